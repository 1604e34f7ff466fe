//! The list of open conflicts: the current value, the other side's value, and a button for each. While the
//! pointer is over the other side, the map previews it.

use super::flow::decide_conflict;
use crate::app::App;
use crate::app::request::AppRequest;
use crate::app::style::{strong_style, to_color32};
use crate::panels::widgets::{caption_label, draw_divider, link_button, quiet_button, soft_label};
use egui::{Button, RichText, Ui, vec2};
use engine::analysis::changes::{ConflictWords, conflict_words};
use engine::edit::Transaction;
use engine::i18n::{Lang, Msg};
use engine::id::{Id, IdSource};
use engine::model::Project;
use engine::store::document::OpenConflict;
use engine::theme::Theme;
use engine::theme::size::space;

/// Number of conflicts listed at once; more follow as these are decided.
const LISTED: usize = 40;

/// The texts shown for one conflict.
struct ConflictRow {
    words: ConflictWords,
    id: Id,
}

impl ConflictRow {
    fn from_conflict(project: &Project, clash: &OpenConflict, lang: Lang) -> Self {
        let [ours, theirs] = &*clash.sides;
        let words = conflict_words(project, &clash.conflict, [ours, theirs], lang);
        Self { words, id: clash.conflict.id() }
    }
}

/// Shows the list of conflicts.
pub(crate) fn show(ui: &mut Ui, app: &mut App) {
    let theme = app.theme();
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let open = session.document.open_conflicts();
    let count = open.len();
    let shown = open.iter().take(LISTED);
    let rows: Vec<ConflictRow> =
        shown.map(|clash| ConflictRow::from_conflict(session.project(), clash, lang)).collect();
    caption_label(ui, theme, &Msg::ConflictsTitle.text_with(lang, &[("n", &count)]));
    ui.add_space(space::XS);
    soft_label(ui, theme, Msg::ConflictsWhy.text(lang));
    for (place, row) in rows.into_iter().enumerate() {
        draw_divider(ui, theme);
        ui.push_id(place, |ui| show_conflict(ui, app, theme, place, &row));
    }
    draw_divider(ui, theme);
    if quiet_button(ui, Msg::ConflictsKeepAll.text(lang)).clicked() {
        app.queue_request(AppRequest::call_step(|app| {
            app.with_session(|session| session.document.decide_all());
        }));
    }
}

fn show_conflict(ui: &mut Ui, app: &mut App, theme: &Theme, place: usize, row: &ConflictRow) {
    let lang = app.lang();
    if link_button(ui, theme, &row.words.subject).clicked() {
        app.queue_request(AppRequest::Reveal(row.id));
    }
    soft_label(ui, theme, &row.words.what);
    ui.add_space(space::XS);
    if row.words.other.is_empty() {
        if side_button(ui, theme, Msg::ConflictSeen.text(lang), "", false).clicked() {
            app.queue_request(AppRequest::call_step(move |app| decide_conflict(app, place, false)));
        }
        return;
    }
    if side_button(ui, theme, Msg::ConflictStands.text(lang), &row.words.kept, true).clicked() {
        app.queue_request(AppRequest::call_step(move |app| decide_conflict(app, place, false)));
    }
    let other = side_button(ui, theme, Msg::ConflictOther.text(lang), &row.words.other, false);
    if other.clicked() {
        app.queue_request(AppRequest::call_step(move |app| decide_conflict(app, place, true)));
    } else if other.hovered() {
        app.workspace.peek = other_side(app, place);
    }
}

/// Returns the change that taking the other side would make.
fn other_side(app: &App, place: usize) -> Option<Transaction> {
    let session = app.session.as_ref()?;
    let clash = *session.document.open_conflicts().get(place)?;
    // Ids created for a preview are never stored.
    Some(clash.other_side(session.project(), &mut IdSource::from_seed(0)))
}

/// Shows a button as wide as the panel that names one side and its value.
fn side_button(ui: &mut Ui, theme: &Theme, which: &str, says: &str, stands: bool) -> egui::Response {
    let name = if says.is_empty() { which.to_owned() } else { format!("{which}\n{says}") };
    let mut words = egui::text::LayoutJob::default();
    let style = ui.style().clone();
    let label = RichText::new(if says.is_empty() { which.to_owned() } else { format!("{which}\n") });
    let label = if says.is_empty() { label } else { label.small().color(to_color32(theme.soft)) };
    label.append_to(&mut words, &style, egui::FontSelection::Default, egui::Align::Min);
    let value = RichText::new(says).color(to_color32(theme.text));
    let value = if stands { value.text_style(strong_style()) } else { value };
    value.append_to(&mut words, &style, egui::FontSelection::Default, egui::Align::Min);
    let fill = if stands { to_color32(theme.selected) } else { to_color32(theme.raised) };
    let button = Button::new(words).wrap().fill(fill).min_size(vec2(ui.available_width(), 0.0));
    ui.add(button).accessible_name(&name)
}
