//! The quotes dialog: the column of comments, the element they are about, and each comment with a check box.

use super::flow::{keep_chosen, look_again_for_quotes, read_wanted};
use super::form::QuoteForm;
use super::list;
use crate::app::App;
use crate::app::dialog::Modal;
use crate::app::request::AppRequest;
use crate::features::import::file;
use crate::panels::fields::pick_option;
use crate::panels::two_sided;
use crate::panels::widgets::{
    caption_label, check_box, heading_label, hint_label, link_button, primary_button, quiet_button,
    soft_label, warning_label,
};
use egui::{Event, Id, Key, Modifiers, TextEdit, Ui};
use engine::i18n::{Lang, Msg, format_count};
use engine::model::Journey;
use engine::theme::Theme;
use std::sync::Arc;

/// Width of a choice, in points.
const WIDTH: f32 = 240.0;

impl Modal for QuoteForm {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        let lang = app.lang();
        let theme = app.theme();
        let journey = app.session.as_ref().and_then(|session| session.journey()).cloned();
        let Some(journey) = journey else { return };
        let room = ui.ctx().content_rect();
        ui.set_width((room.width() - 96.0).clamp(480.0, 860.0));
        heading_label(ui, &format!("{} · {}", Msg::QuotesTitle.text(lang), self.input.file_name()));
        if let Some(input) = file::show(ui, lang, theme, &self.input, &self.dialect) {
            app.queue_request(AppRequest::call_step(|app| look_again_for_quotes(app, input)));
        }
        let asked = match self.problem.clone() {
            Some(problem) => show_problem(ui, lang, theme, &problem),
            None => show_comments(ui, lang, theme, self, &journey),
        };
        for request in asked {
            app.queue_request(request);
        }
    }
}

/// Shows why the file could not be read; the options to read it otherwise are above.
fn show_problem(ui: &mut Ui, lang: Lang, theme: &Theme, problem: &str) -> Vec<AppRequest> {
    warning_label(ui, theme, problem);
    ui.add_space(8.0);
    let cancel = quiet_button(ui, Msg::Cancel.text(lang)).clicked();
    cancel.then_some(AppRequest::CloseDialog).into_iter().collect()
}

/// Shows the comments of a column, to be read and ticked.
fn show_comments(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    form: &mut QuoteForm,
    journey: &Arc<Journey>,
) -> Vec<AppRequest> {
    let before = form.wanted.clone();
    let entered = consume_enter(ui, form);
    choice_lists(ui, lang, theme, form, journey);
    search_row(ui, lang, theme, form);
    // Sets both bounds, so that the dialog has its final height at once.
    let height = (ui.ctx().content_rect().height() - 436.0).max(160.0);
    list::show(ui, lang, theme, form, height);
    show_remarks(ui, lang, theme, form);
    let read = (form.wanted != before).then(|| AppRequest::call_step(read_wanted));
    let keep = (entered && form.is_ready()).then(|| AppRequest::call_step(keep_chosen));
    ui.add_space(8.0);
    let pressed = show_buttons(ui, lang, theme, form);
    read.into_iter().chain(pressed.or(keep)).collect()
}

/// Shows the number of chosen comments, and the buttons.
fn show_buttons(ui: &mut Ui, lang: Lang, theme: &Theme, form: &QuoteForm) -> Option<AppRequest> {
    let chosen = format_count(form.chosen.len() as u64);
    ui.horizontal(|ui| {
        let all = form.found.as_ref().map_or(0, |found| found.total);
        soft_label(
            ui,
            theme,
            &Msg::QuotesChosen.text_with(lang, &[("n", &chosen), ("all", &format_count(all))]),
        );
        two_sided::at_right(ui, "buttons", |ui| {
            let cancel = quiet_button(ui, Msg::Cancel.text(lang));
            let label = Msg::QuotesKeep.text_with(lang, &[("n", &chosen)]);
            let keep = ui.add_enabled_ui(form.is_ready(), |ui| primary_button(ui, theme, &label)).inner;
            let wish = keep.clicked().then(|| AppRequest::call_step(keep_chosen));
            wish.or(cancel.clicked().then_some(AppRequest::CloseDialog))
        })
    })
    .inner
}

/// True if Enter was pressed in the search or on a comment; elsewhere it belongs to the focused control. An
/// Enter together with an input-method event belongs to the input method.
fn consume_enter(ui: &Ui, form: &QuoteForm) -> bool {
    let focused = ui.memory(egui::Memory::focused);
    let ours = form.in_list || focused.is_none_or(|id| id == search_id());
    ours && ui.input_mut(|input| {
        let spoken = input.events.iter().any(|event| matches!(event, Event::Ime(_)));
        input.consume_key(Modifiers::NONE, Key::Enter) && !spoken
    })
}

fn search_id() -> Id {
    Id::unique("search comments")
}

/// Shows the choices of column, target, and answers beside the comments.
fn choice_lists(ui: &mut Ui, lang: Lang, theme: &Theme, form: &mut QuoteForm, journey: &Arc<Journey>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        let column = form.wanted.column;
        if let Some(picked) = choice_list(ui, lang, theme, Msg::QuotesColumn, &form.texts, &column) {
            form.set_column(picked, journey);
        }
        let targets = QuoteForm::list_targets(journey, lang);
        if let Some(picked) = choice_list(ui, lang, theme, Msg::Target, &targets, &form.target) {
            form.set_target(picked);
        }
        if !form.scores.is_empty() {
            let none = (None, Msg::QuotesNoAnswer.text(lang).to_owned());
            let scores = form.scores.iter().map(|(place, name)| (Some(*place), name.clone()));
            let all: Vec<_> = std::iter::once(none).chain(scores).collect();
            if let Some(picked) = choice_list(ui, lang, theme, Msg::QuotesAnswer, &all, &form.wanted.score) {
                form.wanted.score = picked;
            }
        }
    });
    ui.add_space(6.0);
}

/// Shows a caption with a list below it.
fn choice_list<T: Clone + PartialEq>(
    ui: &mut Ui,
    lang: Lang,
    theme: &Theme,
    label: Msg,
    all: &[(T, String)],
    now: &T,
) -> Option<T> {
    let name = label.text(lang);
    let shown = all.iter().find(|(value, _)| value == now).map_or("", |(_, text)| text.as_str());
    ui.vertical(|ui| {
        ui.set_width(WIDTH);
        caption_label(ui, theme, name);
        pick_option(ui, ("quotes", label), name, shown, all, Some(now))
    })
    .inner
}

/// Shows the search field and the check box for masking.
fn search_row(ui: &mut Ui, lang: Lang, theme: &Theme, form: &mut QuoteForm) {
    ui.horizontal(|ui| {
        let label = Msg::QuotesSearch.text(lang);
        let edit =
            TextEdit::singleline(&mut form.search).id(search_id()).hint_text(label).desired_width(420.0);
        let response = ui.add(edit).accessible_name(label);
        if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown)) {
            form.marked = Some(0);
        }
        // The comments were read for another search text: they are read again.
        if response.changed() && !form.wanted.words.is_empty() {
            form.wanted.words.clear();
        }
        ui.add_space(12.0);
        check_box(ui, theme, &mut form.masked, Msg::QuotesMask.text(lang));
    });
    ui.add_space(6.0);
}

/// Shows notes on the masking, and on comments that are not listed.
fn show_remarks(ui: &mut Ui, lang: Lang, theme: &Theme, form: &mut QuoteForm) {
    let masks = if form.masked { Msg::QuotesCheck } else { Msg::QuotesUnmasked };
    ui.add_space(4.0);
    hint_label(ui, theme, masks.text(lang));
    if let Some(ragged) = form.found.as_ref().map(|found| found.ragged).filter(|ragged| *ragged > 0) {
        hint_label(ui, theme, &Msg::QuotesRagged.text_with(lang, &[("n", &format_count(ragged))]));
    }
    let Some(found) = form.found.as_ref().filter(|found| found.total > found.list.len() as u64) else {
        return;
    };
    let n = format_count(found.list.len() as u64);
    let all = format_count(found.total);
    ui.horizontal(|ui| {
        hint_label(ui, theme, &Msg::QuotesFirst.text_with(lang, &[("n", &n), ("all", &all)]));
        if form.has_more() && link_button(ui, theme, Msg::QuotesInFile.text(lang)).clicked() {
            form.wanted.words.clone_from(&form.search);
        }
    });
}
