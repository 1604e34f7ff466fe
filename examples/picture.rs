//! Draws the first journey of a project, with its scores: `cargo run --example picture -- FILE.ron OUT.png`.

use engine::export::png::{PngOptions, write_scene};
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::i18n::{Explain, Lang};
use engine::layout::{LayoutRequest, layout_once};
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use engine::store::stream::stream_file;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [file, picture] = arguments.as_slice() else {
        eprintln!("say what to draw and where: cargo run --example picture -- FILE.ron OUT.png");
        return ExitCode::FAILURE;
    };
    match draw(Path::new(file), Path::new(picture)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Draws the journey as it is printed: texts in full, and a legend below the map.
fn draw(file: &Path, picture: &Path) -> Result<(), String> {
    let opened = open_project(&RealDisk, file).map_err(|error| error.explain(Lang::En))?;
    let project = opened.loaded.project;
    let journey = project.journeys_in_order().first().map(|journey| journey.info().id);
    let journey = journey.ok_or_else(|| "the project has no journey".to_owned())?;
    let scores = compute_overlay(&project, &OverlayChoice::default());
    let request = LayoutRequest {
        overlay: (!scores.is_empty()).then(|| Arc::new(scores)),
        ..LayoutRequest::for_print(project, journey)
    };
    let scene = layout_once(&request);
    let options = PngOptions { scale: 2.0, ground: request.theme.theme().canvas };
    let images = request.project.images();
    // The file appears under its name only when it is complete.
    stream_file(&RealDisk, picture, |out| {
        write_scene(&scene, images, options, out, &mut |_| ControlFlow::Continue(()))
    })
    .map(drop)
    .map_err(|error| error.explain(Lang::En))
}
