//! The review of texts that remain in a redacted copy, one after another: keep, mask or drop.
//!
//! Keys: K, M and D decide; N and P or the page keys move on and back. The text has the focus, so that Shift
//! with the arrow keys selects a name.

use super::two_sided;
use super::widgets::{doubt, heading, hint, named, primary_button, soft};
use crate::analysis::redact::Decision;
use crate::app::App;
use crate::app::dialog::Dialog;
use crate::app::redacting::RedactForm;
use crate::app::request::Request;
use crate::app::style::color;
use crate::i18n::{Lang, Msg, count};
use crate::theme::{Theme, size};
use egui::{Button, Event, Frame, Id, Key, Label, Modifiers, RichText, Role, ScrollArea, TextEdit, Ui, vec2};
use std::ops::Range;

/// Height of the text, in points.
const TEXT: f32 = 190.0;

/// A command in the review.
#[derive(Clone, Copy)]
enum Ask {
    Keep,
    Mask,
    Drop,
    Next,
    Previous,
    Back,
}

/// Shows the text under review.
pub(super) fn show(ui: &mut Ui, app: &mut App) {
    let lang = app.lang();
    let theme = app.theme();
    let Some(Dialog::Redact(form)) = &mut app.dialog else { return };
    ui.set_width(620.0);
    heading(ui, Msg::RedactReadTitle.text(lang));
    progress(ui, theme, form, lang);
    ui.add_space(8.0);
    let typed = keys(ui);
    let selected = text(ui, theme, form, lang);
    ui.add_space(6.0);
    hint(ui, theme, Msg::RedactHow.text(lang));
    ui.add_space(10.0);
    let pressed = buttons(ui, theme, form, lang);
    match typed.or(pressed) {
        Some(Ask::Keep) => form.settle_text(Decision::Keep),
        Some(Ask::Drop) => form.settle_text(Decision::Drop),
        Some(Ask::Mask) => {
            let id = form.reading.map(text_id);
            form.mask_text(selected, lang);
            if let Some(id) = id {
                deselect(ui, id);
            }
        }
        Some(Ask::Next) => form.go(true),
        Some(Ask::Previous) => form.go(false),
        Some(Ask::Back) => app.ask(Request::CloseDialog),
        None => {}
    }
}

/// Shows how many texts have been reviewed.
fn progress(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) {
    let read = form.read();
    let all = form.texts().len();
    let told = Msg::RedactReadCount.with(lang, &[("n", &count(read as u64)), ("all", &count(all as u64))]);
    if all == 0 {
        soft(ui, theme, Msg::RedactNoTexts.text(lang));
    } else if read == all {
        soft(ui, theme, &format!("{told} · {}", Msg::RedactAllRead.text(lang)));
    } else {
        soft(ui, theme, &told);
    }
}

/// Returns the command of a pressed key, whichever control has the focus.
///
/// Text input is discarded: the text is read-only, but input would clear its selection.
fn keys(ui: &Ui) -> Option<Ask> {
    let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Cut);
    ui.input_mut(|input| input.events.retain(|event| !types(event)));
    let all = [
        (Key::K, Ask::Keep),
        (Key::M, Ask::Mask),
        (Key::D, Ask::Drop),
        (Key::N, Ask::Next),
        (Key::PageDown, Ask::Next),
        (Key::P, Ask::Previous),
        (Key::PageUp, Ask::Previous),
    ];
    let pressed =
        |(key, ask): (Key, Ask)| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)).then_some(ask);
    all.into_iter().find_map(pressed)
}

/// Shows the text with its place in the project; returns the selected characters.
fn text(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) -> Range<usize> {
    let (Some(left), Some(words), Some(number)) = (form.text(), form.words(lang), form.reading) else {
        ui.add_space(TEXT);
        return 0..0;
    };
    let place = left.places.first().map(|place| place.message(lang)).unwrap_or_default();
    let more = left.places.len().saturating_sub(1);
    let which = [("n", &count(number as u64 + 1)), ("all", &count(form.texts().len() as u64))];
    let which =
        Msg::RedactText.with(lang, &which.map(|(name, value)| (name, value as &dyn std::fmt::Display)));
    let more_words = Msg::RedactMorePlaces.with(lang, &[("n", &count(more as u64))]);
    let place = if more == 0 { place } else { format!("{place} {more_words}") };
    let line = RichText::new(format!("{which} · {}", place.replace('\n', " ")));
    ui.add(Label::new(line.size(size::text::SMALL).color(color(theme.soft))).truncate());
    let is_gone = match form.decision() {
        Some(Decision::Drop) => true,
        Some(Decision::Mask(names)) => names.is_empty(),
        Some(Decision::Keep) | None => false,
    };
    let ink = color(if is_gone { theme.muted } else { theme.text });
    let mut shown = words.as_str();
    let id = text_id(number);
    let output = Frame::new().fill(color(theme.canvas)).inner_margin(8).show(ui, |ui| {
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
    state(ui, theme, form, lang);
    range.map(|range| range.as_sorted_char_range()).map_or(0..0, |range| range.start.0..range.end.0)
}

/// Returns the id of the control that shows a text.
fn text_id(number: usize) -> Id {
    Id::unique(("text left", number))
}

/// Clears the selection after its text was masked.
fn deselect(ui: &Ui, id: Id) {
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
fn state(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) {
    let words = match form.decision() {
        None => return drop(doubt(ui, theme, Msg::RedactNotDecided.text(lang))),
        Some(Decision::Keep) => Msg::RedactKept.text(lang).to_owned(),
        Some(Decision::Drop) => Msg::RedactDropped.text(lang).to_owned(),
        Some(Decision::Mask(names)) if names.is_empty() => Msg::RedactMaskedWhole.text(lang).to_owned(),
        Some(Decision::Mask(names)) => {
            let names = names.join(Msg::ListComma.text(lang));
            Msg::RedactMaskedWords.with(lang, &[("words", &names)])
        }
    };
    soft(ui, theme, &words);
}

fn buttons(ui: &mut Ui, theme: &Theme, form: &RedactForm, lang: Lang) -> Option<Ask> {
    let mut asked = None;
    let decision = form.decision();
    ui.horizontal(|ui| {
        ui.add_enabled_ui(form.text().is_some(), |ui| {
            let all = [
                (Msg::RedactKeep, "K", Ask::Keep, matches!(decision, Some(Decision::Keep))),
                (Msg::RedactMask, "M", Ask::Mask, matches!(decision, Some(Decision::Mask(_)))),
                (Msg::RedactDrop, "D", Ask::Drop, matches!(decision, Some(Decision::Drop))),
            ];
            for (label, key, ask, chosen) in all {
                let button = Button::selectable(chosen, label.text(lang)).frame_when_inactive(true);
                let response = ui.add(button.shortcut_text(key).min_size(vec2(84.0, 30.0)));
                named(&response, Role::Button, label.text(lang));
                if response.clicked() {
                    asked = Some(ask);
                }
            }
            ui.add_space(12.0);
            let ways = [(Msg::RedactBefore, "P", Ask::Previous), (Msg::RedactAfter, "N", Ask::Next)];
            for (label, key, ask) in ways {
                let button = Button::new(label.text(lang)).frame_when_inactive(false).shortcut_text(key);
                let response = ui.add(button.min_size(vec2(0.0, 30.0)));
                named(&response, Role::Button, label.text(lang));
                if response.clicked() {
                    asked = Some(ask);
                }
            }
        });
        two_sided::at_right(ui, "back", |ui| {
            if primary_button(ui, theme, Msg::RedactBack.text(lang)).clicked() {
                asked = Some(Ask::Back);
            }
        });
    });
    asked
}
