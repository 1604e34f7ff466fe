//! The review of texts that remain in a redacted copy, one after another: keep, mask or drop.
//!
//! Keys: K, M and D decide; N and P or the page keys move on and back. The text has the focus, so that Shift
//! with the arrow keys selects a name.

use super::form::RedactForm;
use crate::app::App;
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::panels::two_sided;
use crate::panels::widgets::{
    heading_label, hint_label, primary_button, set_accessible_name, soft_label, warning_label,
};
use egui::{Button, Event, Frame, Id, Key, Label, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, vec2};
use engine::i18n::{Explain, Lang, Msg, format_count};
use engine::redact::Decision;
use engine::theme::{Theme, size};
use std::ops::Range;

/// Height of the text, in points.
const TEXT: f32 = 190.0;

/// A command in the review.
#[derive(Clone, Copy)]
enum TextAnswer {
    Keep,
    Mask,
    Drop,
    Next,
    Previous,
    Back,
}

/// Shows the text under review.
pub(super) fn show(ui: &mut Ui, app: &mut App, form: &mut RedactForm) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(620.0);
    heading_label(ui, Msg::RedactReadTitle.text(lang));
    show_progress(ui, theme, form, lang);
    ui.add_space(8.0);
    let typed = consume_command_key(ui);
    let selected = show_text(ui, theme, form, lang);
    ui.add_space(6.0);
    hint_label(ui, theme, Msg::RedactHow.text(lang));
    ui.add_space(10.0);
    let pressed = decision_buttons(ui, theme, form, lang);
    match typed.or(pressed) {
        Some(TextAnswer::Keep) => form.settle_text(Decision::Keep),
        Some(TextAnswer::Drop) => form.settle_text(Decision::Drop),
        Some(TextAnswer::Mask) => {
            let id = form.reading.map(text_id);
            form.mask_text(selected, lang);
            if let Some(id) = id {
                clear_selection(ui, id);
            }
        }
        Some(TextAnswer::Next) => form.step_review(true),
        Some(TextAnswer::Previous) => form.step_review(false),
        Some(TextAnswer::Back) => app.queue_request(AppRequest::CloseDialog),
        None => {}
    }
}

/// Shows how many texts have been reviewed.
fn show_progress(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) {
    let read = form.decided_count();
    let all = form.remaining_texts().len();
    let told = Msg::RedactReadCount
        .text_with(lang, &[("n", &format_count(read as u64)), ("all", &format_count(all as u64))]);
    if all == 0 {
        soft_label(ui, theme, Msg::RedactNoTexts.text(lang));
    } else if read == all {
        soft_label(ui, theme, &format!("{told} · {}", Msg::RedactAllRead.text(lang)));
    } else {
        soft_label(ui, theme, &told);
    }
}

/// Returns the command of a pressed key, whichever control has the focus.
///
/// Text input is discarded: the text is read-only, but input would clear its selection.
fn consume_command_key(ui: &Ui) -> Option<TextAnswer> {
    let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Cut);
    ui.input_mut(|input| input.events.retain(|event| !types(event)));
    let all = [
        (Key::K, TextAnswer::Keep),
        (Key::M, TextAnswer::Mask),
        (Key::D, TextAnswer::Drop),
        (Key::N, TextAnswer::Next),
        (Key::PageDown, TextAnswer::Next),
        (Key::P, TextAnswer::Previous),
        (Key::PageUp, TextAnswer::Previous),
    ];
    let pressed = |(key, ask): (Key, TextAnswer)| {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)).then_some(ask)
    };
    all.into_iter().find_map(pressed)
}

/// Shows the text with its place in the project; returns the selected characters.
fn show_text(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) -> Range<usize> {
    let (Some(left), Some(words), Some(number)) = (form.current_text(), form.masked_text(lang), form.reading)
    else {
        ui.add_space(TEXT);
        return 0..0;
    };
    let place = left.places.first().map(|place| place.explain(lang)).unwrap_or_default();
    let more = left.places.len().saturating_sub(1);
    let which = [
        ("n", &format_count(number as u64 + 1)),
        ("all", &format_count(form.remaining_texts().len() as u64)),
    ];
    let which =
        Msg::RedactText.text_with(lang, &which.map(|(name, value)| (name, value as &dyn std::fmt::Display)));
    let more_words = Msg::RedactMorePlaces.text_with(lang, &[("n", &format_count(more as u64))]);
    let place = if more == 0 { place } else { format!("{place} {more_words}") };
    let line = RichText::new(format!("{which} · {}", place.replace('\n', " ")));
    ui.add(Label::new(line.size(size::text::SMALL).color(to_color32(theme.soft))).truncate());
    let is_gone = match form.current_decision() {
        Some(Decision::Drop) => true,
        Some(Decision::Mask(names)) => names.is_empty(),
        Some(Decision::Keep) | None => false,
    };
    let ink = to_color32(if is_gone { theme.muted } else { theme.text });
    let mut shown = words.as_str();
    let id = text_id(number);
    let output = Frame::new().fill(to_color32(theme.canvas)).inner_margin(8).show(ui, |ui| {
        let area = ScrollArea::vertical().id_salt(("text left", number));
        let area = area.max_height(TEXT).min_scrolled_height(TEXT).auto_shrink(false);
        area.show(ui, |ui| {
            let edit = TextEdit::multiline(&mut shown).id(id).text_color(ink).frame(Frame::NONE);
            edit.desired_width(f32::INFINITY).desired_rows(8).show(ui)
        })
    });
    let output = output.inner.inner;
    let response = output.response.response;
    if ui.memory(|memory| memory.focused().is_none())
        || ui.data(|data| data.get_temp(at_id()) != Some(number))
    {
        response.request_focus();
        ui.data_mut(|data| data.insert_temp(at_id(), number));
    }
    let range = output.cursor_range.or(output.state.cursor.char_range());
    show_decision(ui, theme, form, lang);
    range.map(|range| range.as_sorted_char_range()).map_or(0..0, |range| range.start.0..range.end.0)
}

/// Returns the id of the control that shows a text.
fn text_id(number: usize) -> Id {
    Id::unique(("text left", number))
}

/// Clears the selection after its text was masked.
fn clear_selection(ui: &Ui, id: Id) {
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), id) {
        state.cursor.set_char_range(None);
        TextEdit::store_state(ui.ctx(), id, state);
    }
}

/// Returns the key under which the index of the focused text is stored.
fn at_id() -> Id {
    Id::unique("text that has the keyboard")
}

/// Shows the decision about the text.
fn show_decision(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) {
    let words = match form.current_decision() {
        None => return drop(warning_label(ui, theme, Msg::RedactNotDecided.text(lang))),
        Some(Decision::Keep) => Msg::RedactKept.text(lang).to_owned(),
        Some(Decision::Drop) => Msg::RedactDropped.text(lang).to_owned(),
        Some(Decision::Mask(names)) if names.is_empty() => Msg::RedactMaskedWhole.text(lang).to_owned(),
        Some(Decision::Mask(names)) => {
            let names = names.join(Msg::ListComma.text(lang));
            Msg::RedactMaskedWords.text_with(lang, &[("words", &names)])
        }
    };
    soft_label(ui, theme, &words);
}

fn decision_buttons(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) -> Option<TextAnswer> {
    let mut asked = None;
    let decision = form.current_decision();
    ui.horizontal(|ui| {
        ui.add_enabled_ui(form.current_text().is_some(), |ui| {
            let all = [
                (Msg::RedactKeep, "K", TextAnswer::Keep, matches!(decision, Some(Decision::Keep))),
                (Msg::RedactMask, "M", TextAnswer::Mask, matches!(decision, Some(Decision::Mask(_)))),
                (Msg::RedactDrop, "D", TextAnswer::Drop, matches!(decision, Some(Decision::Drop))),
            ];
            for (label, key, ask, chosen) in all {
                let button = Button::selectable(chosen, label.text(lang)).frame_when_inactive(true);
                let response = ui.add(button.shortcut_text(key).min_size(vec2(84.0, 30.0)));
                set_accessible_name(&response, Role::Button, label.text(lang));
                if response.clicked() {
                    asked = Some(ask);
                }
            }
            ui.add_space(12.0);
            let ways =
                [(Msg::RedactBefore, "P", TextAnswer::Previous), (Msg::RedactAfter, "N", TextAnswer::Next)];
            for (label, key, ask) in ways {
                let button = Button::new(label.text(lang)).frame_when_inactive(false).shortcut_text(key);
                let response = ui.add(button.min_size(vec2(0.0, 30.0)));
                set_accessible_name(&response, Role::Button, label.text(lang));
                if response.clicked() {
                    asked = Some(ask);
                }
            }
        });
        two_sided::at_right(ui, "back", |ui| {
            if primary_button(ui, theme, Msg::RedactBack.text(lang)).clicked() {
                asked = Some(TextAnswer::Back);
            }
        });
    });
    asked
}
