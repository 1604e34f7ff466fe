//! The drawing of the journey shown, rebuilt only when one of its inputs has changed.

use engine::feedback::overlay::Overlay;
use engine::i18n::Lang;
use engine::id::JourneyId;
use engine::layout::{LayoutRequest, Layouter, layout_once};
use engine::model::Project;
use engine::scene::{Pt, Scene};
use engine::theme::ThemeId;
use std::sync::Arc;

/// The inputs of a drawing, cheap to compare.
#[derive(Debug, Clone)]
struct Key {
    revision: u64,
    journey: JourneyId,
    overlay: Option<Arc<Overlay>>,
    theme: ThemeId,
    lang: Lang,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.overlay, &other.overlay) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let key = |key: &Self| (key.revision, key.journey, key.theme, key.lang);
        same && key(self) == key(other)
    }
}

/// The cached drawing of a journey, with its layouter.
#[derive(Default)]
pub struct JourneyPicture {
    layouter: Layouter,
    shown: Option<(Key, Arc<Scene>)>,
    printed: Option<(Key, Pt)>,
}

/// The inputs of a drawing.
#[derive(Debug)]
pub struct PictureRequest<'a> {
    /// The document.
    pub project: &'a Project,
    /// The revision of the document.
    pub revision: u64,
    /// The journey to draw.
    pub journey: JourneyId,
    /// The score overlay, if any.
    pub overlay: Option<Arc<Overlay>>,
    /// The theme to draw with.
    pub theme: ThemeId,
    /// The language of the texts that the program itself writes.
    pub lang: Lang,
}

impl PictureRequest<'_> {
    fn cache_key(&self) -> Key {
        let PictureRequest { revision, journey, theme, lang, .. } = *self;
        Key { revision, journey, overlay: self.overlay.clone(), theme, lang }
    }
}

impl JourneyPicture {
    /// Returns the page size of the journey's export: with untruncated text and a legend, in points.
    pub fn printed_size(&mut self, wanted: PictureRequest<'_>) -> Pt {
        let key = wanted.cache_key();
        if let Some((_, size)) = self.printed.as_ref().filter(|(printed, _)| *printed == key) {
            return *size;
        }
        let PictureRequest { project, journey, overlay, theme, lang, .. } = wanted;
        let request =
            LayoutRequest { overlay, theme, lang, ..LayoutRequest::for_print(project.clone(), journey) };
        let size = layout_once(&request).size;
        self.printed = Some((key, size));
        size
    }

    /// Returns the drawing on screen, rebuilt if an input changed.
    pub fn cached_scene(&mut self, wanted: PictureRequest<'_>) -> Arc<Scene> {
        let key = wanted.cache_key();
        let PictureRequest { project, journey, overlay, theme, lang, .. } = wanted;
        if let Some((_, scene)) = self.shown.as_ref().filter(|(shown, _)| *shown == key) {
            return Arc::clone(scene);
        }
        let scene = self.preview_scene(project.clone(), journey, overlay, theme, lang);
        self.shown = Some((key, Arc::clone(&scene)));
        scene
    }

    /// Draws the document that a gesture would produce; the cached drawing is kept.
    pub fn preview_scene(
        &mut self,
        project: Project,
        journey: JourneyId,
        overlay: Option<Arc<Overlay>>,
        theme: ThemeId,
        lang: Lang,
    ) -> Arc<Scene> {
        self.layouter.layout_journey(&LayoutRequest {
            overlay,
            theme,
            lang,
            ..LayoutRequest::new(project, journey)
        })
    }
}

impl std::fmt::Debug for JourneyPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture")
            .field("shown", &self.shown.as_ref().map(|(key, _)| key))
            .finish_non_exhaustive()
    }
}
