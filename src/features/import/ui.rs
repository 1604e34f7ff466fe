//! The import assistant: the options for reading the file, the open questions, and the content by columns, by
//! a column's values, or as rows.

use super::columns::{self, ImportContext};
use super::flow::{import_confirmed, look_at};
use super::form::{ImportForm, ImportView};
use super::{again, file, notes, questions, rows, values};
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::features::paste;
use crate::panels::dialog_field::dialog_field;
use crate::panels::two_sided;
use crate::panels::widgets::{
    default_button, heading_label, hint_label, labelled_row, link_button, quiet_button, soft_label,
    tab_button, warning_label,
};
use egui::Ui;
use engine::feedback::crosstab::Crosstab;
use engine::i18n::{Explain, Msg, format_count};
use engine::model::Journey;
use engine::model::recipe::ColumnRole;
use engine::survey::propose::{ColumnReason, ProposedColumn};
use engine::theme::size::space;
use std::sync::Arc;

/// Minimum height of the file's content, in points.
const BODY: f32 = 140.0;
/// Minimum height that the questions leave for it, and the room below it.
const KEPT: f32 = 190.0;
const BELOW: f32 = 224.0;
/// Margin beside the assistant, and its minimum and maximum width.
const BESIDE: f32 = 96.0;
const WIDTH: (f32, f32) = (480.0, 1184.0);
/// Width of the page about answers that were imported before, in points.
const AGAIN: f32 = 560.0;

impl Modal for ImportForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let journey = app.session.as_ref().and_then(|session| session.journey()).cloned();
        if let Some(journey) = journey {
            show_assistant(ui, app, self, &journey);
        }
    }

    fn is_form(&self) -> bool {
        true
    }

    fn on_closed(&mut self, app: &mut App) {
        paste::offer_lines_instead(app, self);
    }
}

/// Shows the import assistant.
fn show_assistant(ui: &mut Ui, app: &mut App, form: &mut ImportForm, journey: &Arc<Journey>) {
    let lang = app.lang();
    let theme = app.theme();
    let room = ui.ctx().content_rect();
    let width = (room.width() - BESIDE).clamp(WIDTH.0, WIDTH.1);
    let width = if form.again.is_some() { width.min(AGAIN) } else { width };
    ui.set_width(width);
    let desk = ImportContext::new(lang, theme, journey);
    let top = ui.cursor().top();
    heading_label(ui, &format!("{} · {}", desk.text(Msg::ImportTitle), form.profile().file));
    let mut look_again = None;
    if form.again.is_some() {
        again::show(ui, &desk, form);
    } else {
        look_again = file::show(ui, lang, theme, &form.input, &form.profile().dialect);
        notes::show_warnings(ui, &desk, form);
        if let Some(problem) = &form.problem {
            warning_label(ui, theme, problem);
        } else {
            wave_row(ui, &desk, form);
            let used = ui.cursor().top() - top + notes::height_of_rules(form);
            let left = room.height() - BELOW - KEPT - used;
            questions::show(ui, &desk, form, left.min(room.height() / 3.0));
            show_row_notes(ui, &desk, form);
            let used = ui.cursor().top() - top;
            show_content(ui, &desk, form, (room.height() - BELOW - used).max(BODY));
        }
    }
    if let Some(input) = look_again {
        app.queue_request(AppRequest::call_step(|app| look_at(app, input)));
    }
    ui.add_space(12.0);
    two_sided::show_buttons(ui, |ui| {
        if quiet_button(ui, Msg::Cancel.text(lang)).clicked() {
            app.queue_request(AppRequest::CloseDialog);
        }
        let start = ui
            .add_enabled_ui(form.is_ready(), |ui| default_button(ui, theme, Msg::ImportNow.text(lang)))
            .inner;
        if start.clicked() {
            app.queue_request(AppRequest::call_step(import_confirmed));
        }
    });
}

/// Shows the field for the wave's name, and the number of rows read.
fn wave_row(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm) {
    // If days determine the waves, the name only applies to rows without a day.
    let wave =
        desk.text(if form.mapping().is_split_by_days() { Msg::ImportWaveUndated } else { Msg::ImportWave });
    labelled_row(ui, desk.theme, wave, |ui| {
        dialog_field(ui, &mut form.wave, wave, 260.0);
        ui.add_space(space::M);
        soft_label(ui, desk.theme, &describe_rows(desk, form));
    });
    ui.add_space(4.0);
}

/// Shows the row rules and the note about cross-tables, between the questions and the columns.
fn show_row_notes(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm) {
    notes::show_row_rules(ui, desk, form);
    let crosstab = if form.has_answers() { None } else { Crosstab::detect_in(form.profile()) };
    if let Some(crosstab) = Crosstab::turned_table(form.profile()).or(crosstab) {
        warning_label(ui, desk.theme, &crosstab.explain(desk.lang));
    }
    ui.add_space(4.0);
}

/// Describes the number of rows read and the tool that wrote the file.
fn describe_rows(desk: &ImportContext<'_>, form: &ImportForm) -> String {
    let rows = form.profile().rows + form.profile().left_out;
    let rows = Msg::ImportRows.text_with(desk.lang, &[("n", &format_count(rows))]);
    let more = if form.profile().complete { "" } else { " …" };
    let tool = form.profile().dialect.tool;
    let tool =
        tool.map(|tool| format!(" · {}", Msg::FileTool.text_with(desk.lang, &[("tool", &tool.name())])));
    format!("{rows}{more}{}", tool.unwrap_or_default())
}

/// Shows the content of the file in one of three views.
fn show_content(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, height: f32) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let views = [
            (ImportView::Columns, Msg::Columns),
            (ImportView::Values, Msg::ImportValues),
            (ImportView::Rows, Msg::ImportRowsShown),
        ];
        for (view, name) in views {
            if tab_button(ui, desk.theme, desk.text(name), form.view == view).clicked() {
                form.view = view;
            }
        }
        two_sided::at_right(ui, "touchpoints", |ui| {
            if form.has_unmatched()
                && link_button(ui, desk.theme, desk.text(Msg::ImportAsTouchpoints)).clicked()
            {
                form.make_touchpoints();
            }
        });
    });
    ui.add_space(4.0);
    match form.view {
        ImportView::Columns => columns::show(ui, desk, form, height),
        ImportView::Values => values::show(ui, desk, form, height),
        ImportView::Rows => rows::show(ui, desk, form, height),
    }
    ui.add_space(4.0);
    hint_label(ui, desk.theme, &import_note(desk, form));
}

/// Returns the reason that blocks the import, or else a note about columns that are left out.
fn import_note(desk: &ImportContext<'_>, form: &ImportForm) -> String {
    if !form.has_answers() {
        return desk.text(Msg::ImportNoColumns).to_owned();
    }
    if !form.open_questions().is_empty() {
        let open = format_count(form.open_questions().len() as u64);
        return Msg::ImportAsks.text_with(desk.lang, &[("n", &open)]);
    }
    let personal = |column: &&ProposedColumn| {
        let left_out = matches!(column.rule.role, ColumnRole::Ignore | ColumnRole::Respondent);
        left_out
            && matches!(
                column.reason,
                ColumnReason::Personal | ColumnReason::Identifier | ColumnReason::Respondent
            )
    };
    let names: Vec<&str> =
        form.columns().iter().filter(personal).map(|column| column.rule.column.as_str()).collect();
    let kept = desk.text(Msg::PersonalLeftOut);
    if names.is_empty() {
        return kept.to_owned();
    }
    let names = names.join(desk.text(Msg::ListComma));
    format!("{kept} · {}", Msg::ImportPersonal.text_with(desk.lang, &[("names", &names)]))
}
