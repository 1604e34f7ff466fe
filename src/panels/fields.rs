//! Controls bound to a record's field. Each commits one undo step: text when the field is left or Enter is
//! pressed, choices at once, sliders on release.

use super::list_search::{self, ListEntries};
use super::widgets::{check_box, hint_label, labelled_row, level_picker, link_button, with_outdent};
use crate::app::action::Action;
use crate::app::desk::{EditContext, Pending, Reading};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::canvas::select_all;
use egui::text_edit::TextEditState;
use egui::{
    ComboBox, CursorIcon, Event, Frame, Key, Label, Modifiers, RichText, Sense, TextEdit, TextStyle, Ui,
};
use engine::i18n::{Msg, Worded, format_count, format_figure};
use engine::id::Id;
use engine::model::value::{Atom, FieldValue};
use engine::model::{Field, FieldOf, Typed};
use engine::theme::size::text;

/// The record, field and presentation of a text field.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a property of the field of its own")]
pub(crate) struct Spec<'a> {
    /// The record edited.
    pub(crate) id: Id,
    /// The field of that record.
    pub(crate) field: Field,
    /// The parser for the text.
    pub(crate) reading: Reading,
    /// True for several lines; Enter then starts a new line, and leaving the field commits.
    pub(crate) tall: bool,
    /// True to show the text as a heading: the name of the element shown.
    pub(crate) large: bool,
    /// True if the field holds the name of an element that may be new: a new one is edited at once.
    pub(crate) names: bool,
    /// Further records whose field gets the same value.
    pub(crate) also: &'a [Id],
    /// True if the records differ, so that no value is shown.
    pub(crate) mixed: bool,
}

impl Spec<'_> {
    /// Returns a single-line field of one record.
    pub(crate) fn new(id: Id, field: impl Into<Field>, reading: Reading) -> Self {
        Self {
            id,
            field: field.into(),
            reading,
            tall: false,
            large: false,
            names: false,
            also: &[],
            mixed: false,
        }
    }
}

/// Largest number of text-field states kept by egui: cursor and scroll position, some hundred bytes each.
const MOST_KEPT: usize = 64;

/// Drops the states of all text fields from egui's memory if there are many and no field is focused.
pub(crate) fn forget_idle(ctx: &egui::Context) {
    if !ctx.text_edit_focused() && ctx.data(egui::util::IdTypeMap::count::<TextEditState>) > MOST_KEPT {
        ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<TextEditState>);
    }
}

/// Returns the widget id of a record's field.
pub(crate) fn widget_id(ui: &Ui, spec: Spec<'_>) -> egui::Id {
    ui.make_persistent_id((spec.id, spec.field, spec.also.len()))
}

/// Shows a field that displays `value` until it is edited, and grows with its text.
pub(crate) fn edit_field(ui: &mut Ui, desk: &mut EditContext<'_>, spec: Spec<'_>, value: &str) {
    let Spec { id, field, reading, also, .. } = spec;
    let name = desk.text(field.prompt.display_name());
    let mine = |pending: &&Pending| (pending.id, pending.field, &pending.also[..]) == (id, field, also);
    let salt = widget_id(ui, spec);
    let typed = desk.typing.pending.as_ref().is_some_and(|pending| mine(&pending));
    if let Some(beginning) = text_beginning(value)
        && !typed
        && !ui.memory(|m| m.has_focus(salt))
    {
        if folded_field(ui, desk, spec.large, beginning, value) {
            ui.memory_mut(|memory| memory.request_focus(salt));
        }
        return;
    }
    let stored = || desk.refused_text(id, field).unwrap_or(value).to_owned();
    let mut text = desk.typing.pending.as_ref().filter(mine).map_or_else(stored, |p| p.text.clone());
    let alone = reading == Reading::Text && (spec.tall || spec.large);
    let missing = if spec.mixed { Msg::Mixed } else { Msg::NotSet };
    let hint = if alone { name } else { desk.text(missing) };
    let wrong = reading.parse_value(&text).is_none();
    let mut edit = TextEdit::multiline(&mut text).desired_rows(if spec.tall { 2 } else { 1 });
    if !spec.tall {
        edit = edit.return_key(None);
    }
    if spec.large {
        edit = edit.font(TextStyle::Heading);
    }
    if wrong {
        edit = edit.text_color(to_color32(desk.theme.danger.ink));
    }
    let response = ui.add(edit.id(salt).hint_text(hint).desired_width(f32::INFINITY)).accessible_name(name);
    let mut is_refused = false;
    if !spec.tall {
        text = text.replace(['\n', '\r'], " ");
        // An Enter together with an input-method event belongs to the input method.
        let spoken = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Ime(_))));
        let entered = || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if response.has_focus() && !spoken && entered() {
            is_refused = reading.parse_value(&text).is_none();
            // A text that can't be parsed is corrected in the same field.
            if !is_refused {
                response.surrender_focus();
            }
        }
    }
    let is_named_now = (spec.large || spec.names) && desk.typing.naming.take_if(|made| *made == id).is_some();
    if is_named_now {
        response.request_focus();
    }
    // Typing replaces a value reached by keyboard, as in a form or a spreadsheet.
    let by_keyboard = response.gained_focus()
        && ui.input(|input| !input.pointer.any_down() && !input.pointer.any_released());
    if is_named_now || (by_keyboard && !spec.tall) {
        select_all(ui, salt, &text);
    }
    let from = desk.began_with(id, field);
    let pending = Pending { id, field, also: also.to_vec(), reading, from, text, drawn: true };
    if response.has_focus() {
        if wrong {
            response.show_tooltip_text(reading.input_hint(desk.lang));
        }
        if is_refused {
            desk.commit_pending(&pending);
        }
        desk.typing.pending = Some(pending);
    } else if response.lost_focus() {
        if desk.typing.pending.as_ref().is_some_and(|pending| mine(&pending)) {
            desk.typing.pending = None;
        }
        if pending.text == value || ui.input(|input| input.key_pressed(Key::Escape)) {
            desk.typing.refused.forget_text(id, field);
            let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
            if is_given_up && (spec.large || spec.names) && desk.session.document.is_unnamed(id) {
                // A new element that was given no name is undone.
                desk.queue_request(AppRequest::Do(Action::Undo));
            }
        } else {
            desk.commit_pending(&pending);
        }
    }
}

/// Shows below a field that its text is not kept, and which input is valid.
pub(crate) fn show_refusal(ui: &mut Ui, desk: &EditContext<'_>, spec: Spec<'_>) {
    if desk.refused_text(spec.id, spec.field).is_some() {
        let expected = spec.reading.input_hint(desk.lang);
        let words = Msg::NotKept.text_with(desk.lang, &[("expected", &expected)]);
        let words = RichText::new(words).size(text::SMALL).color(to_color32(desk.theme.danger.ink));
        ui.add(Label::new(words).wrap());
    }
}

/// Largest number of characters that a field shows at once; more take longer than a frame to lay out.
const LONGEST: usize = 4_096;
/// Number of characters shown of a longer text until the user asks for all of it.
const BEGINNING: usize = 400;

/// Returns the part to show of a text that is too long to be shown at once.
fn text_beginning(text: &str) -> Option<&str> {
    // A text with fewer bytes can't have more characters.
    let long = text.len() > LONGEST && text.chars().nth(LONGEST).is_some();
    let end = if long { text.char_indices().nth(BEGINNING)?.0 } else { return None };
    text.get(..end)
}

/// Shows the beginning of a long text; returns true if the user asks for the whole field.
fn folded_field(ui: &mut Ui, desk: &EditContext<'_>, large: bool, beginning: &str, value: &str) -> bool {
    let padding = ui.spacing().button_padding;
    let content = |ui: &mut Ui| {
        let words = RichText::new(format!("{beginning}…"));
        let words = if large { words.heading() } else { words };
        let label = Label::new(words).wrap().selectable(false).sense(Sense::click());
        let pressed = ui.add(label).on_hover_cursor(CursorIcon::Text).clicked();
        let all =
            Msg::ShowAllText.text_with(desk.lang, &[("n", &format_count(value.chars().count() as u64))]);
        with_outdent(ui, |ui| link_button(ui, desk.theme, &all)).clicked() || pressed
    };
    Frame::new().inner_margin(padding).show(ui, content).inner
}

/// Shows the element's name as a heading over the whole width.
pub(crate) fn name_field<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, String>,
) {
    let spec = Spec { large: true, ..Spec::new(record.record_id(), field, Reading::Text) };
    with_outdent(ui, |ui| edit_field(ui, desk, spec, field.get(record)));
}

/// Shows a field for several lines.
pub(crate) fn tall_text<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, String>,
) {
    let spec = Spec { tall: true, ..Spec::new(record.record_id(), field, Reading::Text) };
    with_outdent(ui, |ui| edit_field(ui, desk, spec, field.get(record)));
}

/// Shows a row with a text field.
pub(crate) fn text_row<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, String>,
) {
    read_row(ui, desk, Spec::new(record.record_id(), field, Reading::Text), field.get(record));
}

/// Shows a field for several lines that are parsed, below its label.
pub(crate) fn tall_row(ui: &mut Ui, desk: &mut EditContext<'_>, spec: Spec<'_>, value: &str) {
    let spec = Spec { tall: true, ..spec };
    hint_label(ui, desk.theme, desk.text(spec.field.prompt.display_name()));
    with_outdent(ui, |ui| edit_field(ui, desk, spec, value));
    show_refusal(ui, desk, spec);
}

/// Shows a row with a field whose text is parsed.
pub(crate) fn read_row(ui: &mut Ui, desk: &mut EditContext<'_>, spec: Spec<'_>, value: &str) {
    labelled_row(ui, desk.theme, desk.text(spec.field.prompt.display_name()), |ui| {
        edit_field(ui, desk, spec, value);
    });
    show_refusal(ui, desk, spec);
}

/// Shows a row with an optional figure, with the parser for it: a number in a range, a share, a duration.
pub(crate) fn figure_row<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, Option<f64>>,
    reading: Reading,
) {
    let shown = field.get(record).map(|value| format_figure(value, 3)).unwrap_or_default();
    read_row(ui, desk, Spec::new(record.record_id(), field, reading), &shown);
}

/// Returns the choices of a closed list, each with its word.
pub(crate) fn worded_choices<T: Worded + Atom>(
    desk: &EditContext<'_>,
) -> impl Iterator<Item = (FieldValue, String)> + use<T> {
    let lang = desk.lang;
    T::all_choices()
        .iter()
        .map(move |choice| (choice.to_value(), choice.display_name().text(lang).to_owned()))
}

/// Returns the choices of a closed list after the choice of none, each with its word.
pub(crate) fn optional_choices<T: Worded + Atom>(
    desk: &EditContext<'_>,
) -> impl Iterator<Item = (FieldValue, String)> + use<T> {
    let none = (FieldValue::Nothing, desk.text(Msg::NotSet).to_owned());
    std::iter::once(none).chain(worded_choices::<T>(desk))
}

/// Shows a row with a choice from a closed list.
pub(crate) fn choice_row<R: Typed, T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, T>,
) {
    let options: Vec<(FieldValue, String)> = worded_choices::<T>(desk).collect();
    options_row(ui, desk, record, field, &options);
}

/// Shows a row with an optional choice from a closed list.
pub(crate) fn maybe_row<R: Typed, T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, Option<T>>,
) {
    let options: Vec<(FieldValue, String)> = optional_choices::<T>(desk).collect();
    options_row(ui, desk, record, field, &options);
}

/// Shows a row with a choice from named values.
pub(crate) fn options_row<R: Typed, T: Atom>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, T>,
    options: &[(FieldValue, String)],
) {
    let id = record.record_id();
    let value = field.get(record).to_value();
    let field = field.field();
    let name = desk.text(field.prompt.display_name());
    let shown = options.iter().find(|(option, _)| *option == value).map_or("", |(_, text)| text.as_str());
    let picked = labelled_row(ui, desk.theme, name, |ui| {
        pick_option(ui, (id, field), name, shown, options, Some(&value))
    });
    if let Some(value) = picked {
        desk.set_field(id, field, &value);
    }
}

/// Shows a drop-down list at its current entry; returns the entry picked.
pub(crate) fn pick_option<T: Clone + PartialEq>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    name: &str,
    shown: &str,
    options: &[(T, String)],
    current: Option<&T>,
) -> Option<T> {
    combo_box(ui, salt, name, shown, |ui| list_options(ui, name, options, current))
}

/// Shows a drop-down list whose options are only collected while open, such as those of a whole journey.
pub(crate) fn pick_of<T: Clone + PartialEq>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    name: &str,
    shown: &str,
    options: impl FnOnce() -> Vec<(T, String)>,
) -> Option<T> {
    combo_box(ui, salt, name, shown, |ui| list_options(ui, name, &options(), None))
}

fn list_options<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, String)],
    current: Option<&T>,
) -> Option<T> {
    let is_chosen = |option: &T| Some(option) == current;
    let entries = ListEntries { options, is_chosen: &is_chosen, with_field: false, name, last: None };
    let place = list_search::show(ui, &entries, None)?;
    ui.close();
    options.get(place).map(|(option, _)| option.clone())
}

/// Height of an open list, in points: a dozen options without scrolling.
const LIST: f32 = 400.0;

fn combo_box<T>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    name: &str,
    shown: &str,
    content: impl FnOnce(&mut Ui) -> Option<T>,
) -> Option<T> {
    let width = ui.available_width();
    let combo =
        ComboBox::from_id_salt(salt).selected_text(shown.to_owned()).width(width).truncate().height(LIST);
    let response = combo.show_ui(ui, content);
    response.response.accessible_name(name);
    response.inner.flatten()
}

/// Shows a row with an optional level, up to the highest that the field can have.
pub(crate) fn level_row<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, Option<u8>>,
) {
    let most = highest_level(field.field());
    dots_row(ui, desk, (record.record_id(), field.field()), most, *field.get(record));
}

/// Returns the highest number that a field can have; 0 if it has no range.
pub(crate) fn highest_level(field: Field) -> u8 {
    field.range.as_ref().map_or(0, |range| *range.end() as u8)
}

/// Shows a row with an optional level from 1 to `most`.
pub(crate) fn dots_row(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    (id, field): (Id, Field),
    most: u8,
    value: Option<u8>,
) {
    let name = desk.text(field.prompt.display_name());
    let theme = desk.theme;
    let steps = |ui: &mut Ui| {
        ui.add_space(ui.spacing().button_padding.x);
        level_picker(ui, theme, name, most, value)
    };
    if let Some(chosen) = labelled_row(ui, theme, name, steps) {
        desk.set_field(id, field, &Some(chosen).filter(|step| *step > 0).to_value());
    }
}

/// Shows a row with a check box.
pub(crate) fn flag_row<R: Typed>(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    record: &R,
    field: FieldOf<R, bool>,
) {
    let mut flag = *field.get(record);
    if check_box(ui, desk.theme, &mut flag, desk.text(field.prompt.display_name())).changed() {
        desk.set_atom(record.record_id(), field, &flag);
    }
}
