//! `desireline export`: a journey as PNG or SVG, drawn from the same scene as the screen, or in the format of
//! another program.

use super::args::Export;
use super::meter::Meter;
use super::{CommandFinding, Failure, files};
use engine::exchange::{self, ExchangeFormat};
use engine::export::png::{self, PngError, PngOptions};
use engine::export::svg::{self, PageSize, SvgOptions, TextMode};
use engine::feedback::overlay::{OverlayChoice, compute_overlay};
use engine::feedback::score::MetricChoice;
use engine::i18n::{Explain, Lang, Msg};
use engine::layout::{LayoutRequest, layout_once};
use engine::scene::Scene;
use engine::store::disk::RealDisk;
use engine::store::stream::{StreamError, stream_file};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Default pixels per point: sharp on a slide.
const USUAL_SCALE: f32 = 2.0;

pub(super) fn run(args: &Export, lang: Lang) -> Result<CommandFinding, Failure> {
    if let Some(form) = ExchangeFormat::from_path(&args.output) {
        return write_exchange(form, args, lang);
    }
    let size = Size { scale: args.scale, dpi: args.dpi, width: args.width };
    check_output(&args.output, size, Msg::CliEnding, lang)?;
    let project = files::open_to_read(&args.file, lang)?.project;
    let journey = files::find_journey(&project, args.journey.as_deref(), lang)?.info().id;
    let metric = args.metric.map_or(MetricChoice::Own, MetricChoice::Kind);
    let scores = compute_overlay(&project, &OverlayChoice { metric, ..OverlayChoice::default() });
    let request = LayoutRequest {
        overlay: (!scores.is_empty()).then(|| Arc::new(scores)),
        theme: args.theme,
        lang,
        ..LayoutRequest::for_print(project, journey)
    };
    draw_journey(&request, &args.output, size, lang)?;
    Ok(CommandFinding::Nothing)
}

fn write_exchange(form: ExchangeFormat, args: &Export, lang: Lang) -> Result<CommandFinding, Failure> {
    let project = files::open_to_read(&args.file, lang)?.project;
    let journey = files::find_journey(&project, args.journey.as_deref(), lang)?.info().id;
    let bytes = exchange::write_journey(form, &project, journey, lang)
        .map_err(|refused| Failure::for_path(&args.output, &refused.explain(lang), lang))?;
    files::save_bytes(&args.output, &bytes.unwrap_or_default(), true, lang)?;
    Ok(CommandFinding::Nothing)
}

/// The size of a picture; the default size if empty.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    /// Pixels for each point.
    pub(super) scale: Option<f32>,
    /// Pixels for each inch of paper.
    pub(super) dpi: Option<f32>,
    /// Pixels across.
    pub(super) width: Option<u32>,
}

/// Rejects a file name that is no picture's, or an invalid size, before any work; `endings` is the message
/// that lists the valid names.
pub(super) fn check_output(output: &Path, size: Size, endings: Msg, lang: Lang) -> Result<(), Failure> {
    if !matches!(file_extension(output).as_deref(), Some("png" | "svg")) {
        return Err(Failure::for_path(output, endings.text(lang), lang));
    }
    let given = size.scale.or(size.dpi).or(size.width.map(|width| width as f32));
    match given {
        Some(value) if !(value.is_finite() && value > 0.0) => {
            Err(Failure::new(Msg::CliSize, lang, &[("value", &value)]))
        }
        _ => Ok(()),
    }
}

fn file_extension(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Lays out a journey and draws it.
pub(super) fn draw_journey(
    request: &LayoutRequest,
    output: &Path,
    size: Size,
    lang: Lang,
) -> Result<(), Failure> {
    let scene = layout_once(request);
    if file_extension(output).as_deref() == Some("svg") {
        draw_svg(&scene, request, output, size, lang)
    } else {
        draw_png(&scene, request, output, size, lang)
    }
}

fn draw_png(
    scene: &Scene,
    request: &LayoutRequest,
    output: &Path,
    size: Size,
    lang: Lang,
) -> Result<(), Failure> {
    let ground = request.theme.theme().canvas;
    let options = match (size.scale, size.dpi, size.width) {
        (_, Some(dpi), _) => PngOptions::from_dpi(dpi, ground),
        (_, _, Some(width)) => PngOptions::from_width(width, scene, ground),
        (scale, None, None) => PngOptions { scale: scale.unwrap_or(USUAL_SCALE), ground },
    };
    let images = request.project.images();
    let meter = Meter::start(Msg::CliDrawing, output, lang);
    let mut progress =
        |share| if meter.report_progress(share) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) };
    let saved =
        stream_file(&RealDisk, output, |out| png::write_scene(scene, images, options, out, &mut progress));
    let finished = meter.finish();
    if let Err(StreamError::Fill { error: PngError::Cancelled, leftover: None }) = saved {
        return finished;
    }
    files::report_save(output, saved.map_err(|error| error.explain(lang)), lang)
}

fn draw_svg(
    scene: &Scene,
    request: &LayoutRequest,
    output: &Path,
    size: Size,
    lang: Lang,
) -> Result<(), Failure> {
    let page = match (size.scale, size.dpi, size.width) {
        (_, Some(_), _) => PageSize::Millimetres,
        (_, _, Some(width)) => PageSize::Pixels(width as f32 / scene.size.x.max(1.0)),
        (scale, None, None) => PageSize::Pixels(scale.unwrap_or(1.0)),
    };
    let info = request.project.journey(request.journey).map(|journey| Arc::clone(journey.info()));
    let options = SvgOptions {
        text: TextMode::Embedded,
        size: page,
        title: info.as_ref().map_or("", |info| &info.title),
        description: info.as_ref().map_or("", |info| &info.goal),
        language: lang.name(),
        images: request.project.images(),
        finest_dash: 0.0,
    };
    files::save_bytes(output, svg::write_scene(scene, &options).as_bytes(), true, lang)
}
