//! Projects of any content are laid out and written as a picture.

use engine::export::svg::{self, PageSize, SvgOptions, TextMode};
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::i18n::Lang;
use engine::layout::{LayoutRequest, layout_once};
use engine::store::load::load_project;
use std::sync::Arc;

/// The most bytes of a project that is drawn: larger ones only take longer.
const MOST: usize = 16 << 10;

/// A project file, as a map.
pub(crate) fn draw(data: &[u8]) {
    let Some(Ok(loaded)) = (data.len() <= MOST).then(|| load_project(data)) else { return };
    let scores = Arc::new(compute_overlay(&loaded.project, &OverlayChoice::default()));
    for journey in loaded.project.journeys().keys().take(2) {
        let request = LayoutRequest {
            overlay: Some(Arc::clone(&scores)),
            lang: Lang::ZhCn,
            legend: true,
            ..LayoutRequest::new(loaded.project.clone(), *journey)
        };
        let scene = layout_once(&request);
        assert!(scene.size.x.is_finite() && scene.size.y.is_finite(), "a page has a size");
        let options = SvgOptions {
            text: TextMode::Embedded,
            size: PageSize::Pixels(1.0),
            title: "",
            description: "",
            language: Lang::En.name(),
            images: loaded.project.images(),
            finest_dash: 0.0,
        };
        assert!(!svg::write_scene(&scene, &options).contains("NaN"), "a picture has numbers");
    }
}
