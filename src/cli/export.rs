//! `desireline export`: a journey as PNG or SVG, drawn from the same scene as the screen, or in a form that other
//! programs read.

use super::args::Export;
use super::{Failure, Found, files};
use crate::exchange::{self, Form};
use crate::export::png::{self, PngOptions};
use crate::export::svg::{self, PageSize, SvgOptions, TextMode};
use crate::feedback::overlay::{OverlayChoice, overlay};
use crate::feedback::score::MetricChoice;
use crate::i18n::{Lang, Msg};
use crate::layout::{Request, layout};
use crate::model::Journey;
use crate::scene::Scene;
use crate::store::disk::RealDisk;
use crate::store::stream::{StreamError, stream};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

/// Pixels a point where nothing else is asked for: sharp in a slide.
const USUAL_SCALE: f32 = 2.0;

pub(super) fn run(args: &Export, lang: Lang) -> Result<Found, Failure> {
    if let Some(form) = Form::of(&args.output) {
        return write(form, args, lang);
    }
    let draw = match ending(&args.output).as_deref() {
        Some("png") => draw_png,
        Some("svg") => draw_svg,
        _ => return Err(Failure::at(&args.output, Msg::CliEnding.text(lang), lang)),
    };
    sane(args, lang)?;
    let project = files::open(&args.file, lang)?.project;
    let journey = Arc::clone(files::journey(&project, args.journey.as_deref(), lang)?);
    let metric = args.metric.map_or(MetricChoice::Own, MetricChoice::Kind);
    let scores = overlay(&project, &OverlayChoice { metric, ..OverlayChoice::default() });
    let request = Request {
        overlay: (!scores.is_empty()).then(|| Arc::new(scores)),
        theme: args.theme,
        lang,
        legend: true,
        ..Request::new(project, journey.info().id)
    };
    draw(&Page { scene: &layout(&request), request: &request, journey: &journey }, args, lang)?;
    Ok(Found::Nothing)
}

fn write(form: Form, args: &Export, lang: Lang) -> Result<Found, Failure> {
    let project = files::open(&args.file, lang)?.project;
    let journey = files::journey(&project, args.journey.as_deref(), lang)?.info().id;
    let bytes = exchange::write(form, &project, journey, lang).unwrap_or_default();
    files::save_bytes(&args.output, &bytes, true, lang)?;
    Ok(Found::Nothing)
}

/// A page that is drawn.
struct Page<'a> {
    scene: &'a Scene,
    request: &'a Request,
    journey: &'a Journey,
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// A size that is no size is refused before any work.
fn sane(args: &Export, lang: Lang) -> Result<(), Failure> {
    let given = args.scale.or(args.dpi).or(args.width.map(|width| width as f32));
    match given {
        Some(value) if !(value.is_finite() && value > 0.0) => {
            Err(Failure::new(Msg::CliSize, lang, &[("value", &value)]))
        }
        _ => Ok(()),
    }
}

fn draw_png(page: &Page, args: &Export, lang: Lang) -> Result<(), Failure> {
    let ground = args.theme.theme().canvas;
    let options = match (args.scale, args.dpi, args.width) {
        (_, Some(dpi), _) => PngOptions::dpi(dpi, ground),
        (_, _, Some(width)) => PngOptions::width(width, page.scene, ground),
        (scale, None, None) => PngOptions { scale: scale.unwrap_or(USUAL_SCALE), ground },
    };
    let images = page.request.project.images();
    let fill = |out: &mut dyn Write| {
        png::write(page.scene, images, options, out, &mut |_| ControlFlow::Continue(()))
    };
    stream(&RealDisk, &args.output, fill).map_err(|error| match error {
        StreamError::Save(error) => Failure::at(&args.output, &error.message(lang), lang),
        StreamError::Fill(error) => Failure::at(&args.output, &error.message(lang), lang),
    })
}

fn draw_svg(page: &Page, args: &Export, lang: Lang) -> Result<(), Failure> {
    let size = match (args.scale, args.dpi, args.width) {
        (_, Some(_), _) => PageSize::Millimetres,
        (_, _, Some(width)) => PageSize::Pixels(width as f32 / page.scene.size.x.max(1.0)),
        (scale, None, None) => PageSize::Pixels(scale.unwrap_or(1.0)),
    };
    let info = page.journey.info();
    let options = SvgOptions {
        text: TextMode::Embedded,
        size,
        title: &info.title,
        description: &info.goal,
        language: lang.name(),
        images: page.request.project.images(),
    };
    files::save_bytes(&args.output, svg::write(page.scene, &options).as_bytes(), true, lang)
}
