//! Exports the map as a picture or in another form: asks for a path, then writes in the background.

use super::form::{ExportContent, ExportForm, ExportFormat};
use crate::app::jobs::{JobScope, Ticket};
use crate::app::notice::NoticeLevel;
use crate::app::{App, Tab};
use crate::features::compare;
use crate::features::paths::{self, PathQuestion, safe_file_name};
use engine::analysis::changes::Compared;
use engine::analysis::chart::ChartTable;
use engine::exchange;
use engine::export::png::{self, PngError};
use engine::export::svg;
use engine::export::table::write_csv;
use engine::feedback::overlay::Overlay;
use engine::i18n::{Explain, Msg, explain_save, file_name};
use engine::id::JourneyId;
use engine::layout::{LayoutRequest, Layouter, chart};
use engine::model::Project;
use engine::scene::Scene;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::save::save_file;
use engine::store::stream::{StreamError, stream_file};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// The inputs of an export job.
struct ExportJob {
    project: Project,
    journey: JourneyId,
    overlay: Option<Arc<Overlay>>,
    changes: Option<Arc<Compared>>,
    form: ExportForm,
    title: String,
}

/// Asks how to export: the comparison where one is shown, else the map.
pub(crate) fn ask_export(app: &mut App) {
    if app.current_tab() == Tab::Changes {
        return compare::ask_export_changes(app);
    }
    app.dialog.open(ExportForm::new(app.theme_id(), app.lang()));
}

/// Asks for the path of an export as chosen in the open dialog, which closes.
pub(super) fn ask_export_path(app: &mut App) {
    let (Some(form), Some(session)) = (app.dialog.take_as::<ExportForm>(), &app.session) else { return };
    // What is not the map gets another file name than the map.
    let title = own_title(&form).unwrap_or_else(|| session.title(app.lang()));
    let ending = form.format.file_extension();
    let name = format!("{}.{ending}", safe_file_name(&title));
    paths::ask_path(app, PathQuestion::to_export(name, ending, |app, path| export_to(app, *form, path)));
}

/// Starts writing; a format named by the path's extension overrides the one chosen in the dialog.
fn export_to(app: &mut App, mut form: ExportForm, path: PathBuf) {
    let Some(session) = &app.session else { return };
    let named =
        ExportFormat::from_path(&path).filter(|format| form.what.available_formats().contains(format));
    form.format = named.unwrap_or(form.format);
    let (project, journey, changes) = match &form.what {
        ExportContent::Changes(compared, journey, _) => {
            (compared.project.clone(), *journey, Some(Arc::clone(compared)))
        }
        ExportContent::Map | ExportContent::Chart(..) => {
            (session.project().clone(), session.journey_id(), None)
        }
    };
    let overlay = if changes.is_none() { session.shown_overlay().cloned() } else { None };
    let order = ExportJob {
        overlay,
        project,
        journey,
        changes,
        title: own_title(&form).unwrap_or_else(|| session.title(form.lang)),
        form,
    };
    app.jobs.start(
        JobScope::Window,
        Msg::Exporting,
        move |ticket| (write_export(&order, &path, ticket), path),
        |app, (result, path)| on_exported(app, &path, result),
    );
}

fn on_exported(app: &mut App, path: &Path, result: Result<Option<Vec<String>>, String>) {
    let lang = app.lang();
    match result {
        Ok(Some(doubts)) => {
            let text = Msg::Exported.text_with(lang, &[("file", &file_name(path))]);
            let weight = if doubts.is_empty() { NoticeLevel::Info } else { NoticeLevel::Warning };
            app.notices.add_notice(weight, [vec![text], doubts].concat().join("\n"));
        }
        Ok(None) => {}
        Err(problem) => {
            let text = format!("{}\n{problem}\n{}", Msg::CannotExport.text(lang), path.display());
            app.show_error(text);
        }
    }
}

/// Returns the title of an export other than the map.
fn own_title(form: &ExportForm) -> Option<String> {
    match &form.what {
        ExportContent::Map => None,
        ExportContent::Chart(chart, _) => Some(chart.title.clone()),
        ExportContent::Changes(compared, ..) => {
            let [old, new] = &compared.names;
            Some(Msg::ComparedVersions.text_with(form.lang, &[("old", old), ("new", new)]))
        }
    }
}

/// Draws and writes; returns messages about the file, or `None` if cancelled.
fn write_export(order: &ExportJob, path: &Path, ticket: &Ticket) -> Result<Option<Vec<String>>, String> {
    let form = &order.form;
    if let ExportContent::Chart(chart, _) = &form.what {
        return match form.format {
            ExportFormat::Png => write_png(order, &chart::draw_chart(chart, form.theme), path, ticket),
            ExportFormat::Svg => write_svg(order, &chart::draw_chart(chart, form.theme), path),
            ExportFormat::Csv | ExportFormat::Markdown | ExportFormat::Mermaid => {
                write_table(order, &chart.table, path)
            }
        };
    }
    if let Some(other) = form.format.text_form() {
        let bytes = exchange::write_journey(other, &order.project, order.journey, form.lang)
            .map_err(|refused| refused.explain(form.lang))?;
        return save_bytes(order, &bytes.unwrap_or_default(), path);
    }
    let request = LayoutRequest {
        overlay: order.overlay.clone(),
        theme: form.theme,
        lang: form.lang,
        changes: order.changes.clone(),
        ..LayoutRequest::for_print(order.project.clone(), order.journey)
    };
    let scene = Layouter::new().layout_journey(&request);
    if form.format == ExportFormat::Svg {
        return write_svg(order, &scene, path);
    }
    write_png(order, &scene, path, ticket)
}

fn write_table(order: &ExportJob, table: &ChartTable, path: &Path) -> Result<Option<Vec<String>>, String> {
    let mut bytes = Vec::new();
    write_csv(&table.header, &table.rows, &mut bytes).map_err(|error| error.to_string())?;
    save_bytes(order, &bytes, path)
}

fn save_bytes(order: &ExportJob, bytes: &[u8], path: &Path) -> Result<Option<Vec<String>>, String> {
    let saved = Base::from_file(&RealDisk, path).and_then(|base| save_file(&RealDisk, path, base, bytes));
    let lang = order.form.lang;
    saved.map(|saved| Some(explain_save(&saved, lang))).map_err(|error| error.explain(lang))
}

fn write_svg(order: &ExportJob, scene: &Scene, path: &Path) -> Result<Option<Vec<String>>, String> {
    let lang = order.form.lang;
    let options = svg::SvgOptions {
        text: if order.form.outlines { svg::TextMode::Outlines } else { svg::TextMode::Embedded },
        size: svg::PageSize::Pixels(1.0),
        title: &order.title,
        description: "",
        language: lang.name(),
        images: order.project.images(),
        finest_dash: 0.0,
    };
    save_bytes(order, &svg::write_scene(scene, &options).into_bytes(), path)
}

/// Streams the picture into the file, so that a poster takes no more memory than a slide.
fn write_png(
    order: &ExportJob,
    scene: &Scene,
    path: &Path,
    ticket: &Ticket,
) -> Result<Option<Vec<String>>, String> {
    let form = &order.form;
    let options =
        png::PngOptions { scale: form.pixels_per_point(scene.size), ground: form.theme.theme().canvas };
    let mut progress = |share: f32| {
        ticket.report_progress(share);
        let stop = ticket.cancel_flag().load(Ordering::Relaxed);
        if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let images = order.project.images();
    match stream_file(&RealDisk, path, |out| png::write_scene(scene, images, options, out, &mut progress)) {
        Ok(saved) => Ok(Some(explain_save(&saved, form.lang))),
        Err(StreamError::Fill { error: PngError::Cancelled, leftover: None }) => Ok(None),
        Err(error) => Err(error.explain(form.lang)),
    }
}
