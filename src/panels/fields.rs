//! Controls bound to a record's field. Each commits one undo step: text when it is left or Enter is pressed,
//! choices at once, sliders when they are let go.

use super::list_search::{self, Entries};
use super::widgets::{dots, hint, link, outdented, row, tick};
use crate::app::action::Action;
use crate::app::desk::{Desk, Pending, Reading};
use crate::app::request::Request;
use crate::app::style::color;
use crate::canvas::select_all;
use crate::i18n::{Msg, count};
use crate::id::{Id, Kind};
use crate::model::Field;
use crate::model::Worded;
use crate::model::value::{Atom, Value};
use crate::theme::size::text;
use egui::text_edit::TextEditState;
use egui::{
    ComboBox, CursorIcon, Event, Frame, Key, Label, Modifiers, RichText, Sense, TextEdit, TextStyle, Ui,
};

/// What a field holds and how it is typed.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is a property of the field of its own")]
pub(crate) struct Spec<'a> {
    /// The record.
    pub(crate) id: Id,
    /// The field.
    pub(crate) field: Field,
    /// What it is called.
    pub(crate) label: Msg,
    /// How the text is read.
    pub(crate) reading: Reading,
    /// Several lines; Enter then begins a line, and leaving the field commits.
    pub(crate) tall: bool,
    /// Set as a heading: the name of what is shown.
    pub(crate) large: bool,
    /// True for the name of something that may just have been made: then it is typed at once.
    pub(crate) names: bool,
    /// Further records that get what is typed.
    pub(crate) also: &'a [Id],
    /// Whether the records differ, so that no value is shown.
    pub(crate) mixed: bool,
}

impl Spec<'_> {
    /// A field of one line of one record.
    pub(crate) fn new(id: Id, field: Field, label: Msg, reading: Reading) -> Self {
        Self { id, field, label, reading, tall: false, large: false, names: false, also: &[], mixed: false }
    }
}

/// What egui keeps of text fields at most, in number: cursors and scroll places, some hundred bytes each.
const MOST_KEPT: usize = 64;

/// Lets go of what egui keeps of every text field that was ever shown, once they are many and none is typed into.
pub(crate) fn forget_idle(ctx: &egui::Context) {
    if !ctx.text_edit_focused() && ctx.data(egui::util::IdTypeMap::count::<TextEditState>) > MOST_KEPT {
        ctx.data_mut(egui::util::IdTypeMap::remove_by_type::<TextEditState>);
    }
}

/// A field that shows `value` until it is typed into, and grows with its text.
pub(crate) fn edit(ui: &mut Ui, desk: &mut Desk<'_>, spec: Spec<'_>, value: &str) {
    let Spec { id, field, reading, also, .. } = spec;
    let name = desk.text(spec.label);
    let mine = |pending: &&Pending| (pending.id, pending.field, &pending.also[..]) == (id, field, also);
    let salt = ui.make_persistent_id((id, field, also.len()));
    let typed = desk.pending.as_ref().is_some_and(|pending| mine(&pending));
    if let Some(beginning) = beginning(value).filter(|_| !typed && !ui.memory(|m| m.has_focus(salt))) {
        if folded(ui, desk, spec.large, beginning, value) {
            ui.memory_mut(|memory| memory.request_focus(salt));
        }
        return;
    }
    let stored = || desk.refused_text(id, field).unwrap_or(value).to_owned();
    let mut text = desk.pending.as_ref().filter(mine).map_or_else(stored, |p| p.text.clone());
    let alone = reading == Reading::Text && (spec.tall || spec.large);
    let missing = if spec.mixed { Msg::Mixed } else { Msg::NotSet };
    let hint = if alone { name } else { desk.text(missing) };
    let wrong = reading.value(&text).is_none();
    let mut edit = TextEdit::multiline(&mut text).desired_rows(if spec.tall { 2 } else { 1 });
    if !spec.tall {
        edit = edit.return_key(None);
    }
    if spec.large {
        edit = edit.font(TextStyle::Heading);
    }
    if wrong {
        edit = edit.text_color(color(desk.theme.danger.ink));
    }
    let response = ui.add(edit.id(salt).hint_text(hint).desired_width(f32::INFINITY)).accessible_name(name);
    let mut is_refused = false;
    if !spec.tall {
        text = text.replace(['\n', '\r'], " ");
        // An Enter that comes with an input method's word is the word's.
        let spoken = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Ime(_))));
        let entered = || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if response.has_focus() && !spoken && entered() {
            is_refused = reading.value(&text).is_none();
            // What can't be read is corrected in the same field.
            if !is_refused {
                response.surrender_focus();
            }
        }
    }
    let is_named_now = (spec.large || spec.names) && desk.naming.take_if(|made| *made == id).is_some();
    if is_named_now {
        response.request_focus();
    }
    // Typing replaces a value that the keyboard led to, as in a form or a spreadsheet.
    let by_keyboard = response.gained_focus()
        && ui.input(|input| !input.pointer.any_down() && !input.pointer.any_released());
    if is_named_now || (by_keyboard && !spec.tall) {
        select_all(ui, salt, &text);
    }
    let from = desk.began_with(id, field);
    let pending = Pending { id, field, also: also.to_vec(), reading, from, text, drawn: true };
    if response.has_focus() {
        if wrong {
            response.show_tooltip_text(reading.expects(desk.lang));
        }
        if is_refused {
            desk.take(&pending);
        }
        *desk.pending = Some(pending);
    } else if response.lost_focus() {
        if desk.pending.as_ref().is_some_and(|pending| mine(&pending)) {
            *desk.pending = None;
        }
        // A title that is emptied keeps its text, as on the map.
        let has_title = !matches!(id.kind(), Kind::Flow | Kind::Lane | Kind::Cell);
        let is_emptied = spec.large && has_title && pending.text.trim().is_empty();
        if pending.text == value || is_emptied || ui.input(|input| input.key_pressed(Key::Escape)) {
            desk.refused.forget(id, field);
            let is_given_up = ui.input(|input| input.key_pressed(Key::Escape));
            if is_given_up && (spec.large || spec.names) && desk.session.is_unnamed(id) {
                // Something new that gets no name was never there.
                desk.ask(Request::Do(Action::Undo));
            }
        } else {
            desk.take(&pending);
        }
    }
}

/// Says below a field that what was typed into it is not kept, and what can be.
pub(crate) fn refusal(ui: &mut Ui, desk: &Desk<'_>, spec: Spec<'_>) {
    if desk.refused_text(spec.id, spec.field).is_some() {
        let expected = spec.reading.expects(desk.lang);
        let words = Msg::NotKept.with(desk.lang, &[("expected", &expected)]);
        let words = RichText::new(words).size(text::SMALL).color(color(desk.theme.danger.ink));
        ui.add(Label::new(words).wrap());
    }
}

/// Characters of the longest text that stands in a field at once: more take longer than a frame.
const LONGEST: usize = 4_096;
/// Characters of a longer one that are shown until all of it is asked for.
const BEGINNING: usize = 400;

/// What is shown of a text that is too long to be shown at once.
fn beginning(text: &str) -> Option<&str> {
    // A text of fewer bytes has no more characters.
    let long = text.len() > LONGEST && text.chars().nth(LONGEST).is_some();
    let end = if long { text.char_indices().nth(BEGINNING)?.0 } else { return None };
    text.get(..end)
}

/// Shows the beginning of a long text; true when the field with all of it is asked for.
fn folded(ui: &mut Ui, desk: &Desk<'_>, large: bool, beginning: &str, value: &str) -> bool {
    let padding = ui.spacing().button_padding;
    let content = |ui: &mut Ui| {
        let words = RichText::new(format!("{beginning}…"));
        let words = if large { words.heading() } else { words };
        let label = Label::new(words).wrap().selectable(false).sense(Sense::click());
        let pressed = ui.add(label).on_hover_cursor(CursorIcon::Text).clicked();
        let all = Msg::ShowAllText.with(desk.lang, &[("n", &count(value.chars().count() as u64))]);
        outdented(ui, |ui| link(ui, desk.theme, &all)).clicked() || pressed
    };
    Frame::new().inner_margin(padding).show(ui, content).inner
}

/// The name of what is shown, over the whole width.
pub(crate) fn text(ui: &mut Ui, desk: &mut Desk<'_>, id: Id, field: Field, label: Msg, value: &str) {
    let spec = Spec { large: true, ..Spec::new(id, field, label, Reading::Text) };
    outdented(ui, |ui| edit(ui, desk, spec, value));
}

/// A field for several lines.
pub(crate) fn tall_text(ui: &mut Ui, desk: &mut Desk<'_>, id: Id, field: Field, label: Msg, value: &str) {
    let spec = Spec { tall: true, ..Spec::new(id, field, label, Reading::Text) };
    outdented(ui, |ui| edit(ui, desk, spec, value));
}

/// A row with a text field.
pub(crate) fn text_row(ui: &mut Ui, desk: &mut Desk<'_>, id: Id, field: Field, label: Msg, value: &str) {
    read_row(ui, desk, id, field, label, Reading::Text, value);
}

/// A field for several lines that are read as something else than text, below its label.
pub(crate) fn tall_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    reading: Reading,
    value: &str,
) {
    hint(ui, desk.theme, desk.text(label));
    let spec = Spec { tall: true, ..Spec::new(id, field, label, reading) };
    outdented(ui, |ui| edit(ui, desk, spec, value));
    refusal(ui, desk, spec);
}

/// A row with a field that is read as something else than text.
pub(crate) fn read_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    reading: Reading,
    value: &str,
) {
    let spec = Spec::new(id, field, label, reading);
    row(ui, desk.theme, desk.text(label), |ui| edit(ui, desk, spec, value));
    refusal(ui, desk, spec);
}

/// A row with a number that may be missing.
pub(crate) fn number_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    value: Option<f64>,
    range: (f64, f64),
) {
    figure_row(ui, desk, id, field, label, Reading::Number(range.0, range.1), value);
}

/// A row with a figure that is read in its own way and may be missing: a share, a length of time.
pub(crate) fn figure_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    reading: Reading,
    value: Option<f64>,
) {
    let shown = value.map(|value| crate::i18n::figure(value, 3)).unwrap_or_default();
    read_row(ui, desk, id, field, label, reading, &shown);
}

/// A row with one of a closed list.
pub(crate) fn choice_row<T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    value: T,
) {
    let options: Vec<(Value, String)> =
        T::all().iter().map(|option| (option.to_value(), desk.text(option.word()).to_owned())).collect();
    options_row(ui, desk, id, field, label, &value.to_value(), &options);
}

/// A row with one of a closed list, or none of it.
pub(crate) fn maybe_row<T: Worded + Atom>(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    value: Option<T>,
) {
    let none = (Value::Nothing, desk.text(Msg::NotSet).to_owned());
    let named = T::all().iter().map(|option| (option.to_value(), desk.text(option.word()).to_owned()));
    let options: Vec<(Value, String)> = std::iter::once(none).chain(named).collect();
    options_row(ui, desk, id, field, label, &value.to_value(), &options);
}

/// A row with one of some named values.
pub(crate) fn options_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    value: &Value,
    options: &[(Value, String)],
) {
    let name = desk.text(label);
    let shown = options.iter().find(|(option, _)| option == value).map_or("", |(_, text)| text.as_str());
    let picked = row(ui, desk.theme, name, |ui| pick(ui, (id, field), name, shown, options, Some(value)));
    if let Some(value) = picked {
        desk.set(id, field, &value);
    }
}

/// A list that opens below its current entry.
pub(crate) fn pick<T: Clone + PartialEq>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    name: &str,
    shown: &str,
    options: &[(T, String)],
    current: Option<&T>,
) -> Option<T> {
    list(ui, salt, name, shown, |ui| choose(ui, name, options, current))
}

/// A list whose entries are gathered only while it is open: those of a whole journey.
pub(crate) fn pick_of<T: Clone + PartialEq>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    name: &str,
    shown: &str,
    options: impl FnOnce() -> Vec<(T, String)>,
) -> Option<T> {
    list(ui, salt, name, shown, |ui| choose(ui, name, &options(), None))
}

fn choose<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[(T, String)],
    current: Option<&T>,
) -> Option<T> {
    let is_chosen = |option: &T| Some(option) == current;
    let entries = Entries { options, is_chosen: &is_chosen, with_field: false, name, last: None };
    let place = list_search::show(ui, &entries, None)?;
    ui.close();
    options.get(place).map(|(option, _)| option.clone())
}

/// The height of an open list: a dozen choices without scrolling.
const LIST: f32 = 400.0;

fn list<T>(
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

/// A row with a step from 1 to `most`, or none.
pub(crate) fn dots_row(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    id: Id,
    field: Field,
    label: Msg,
    most: u8,
    value: Option<u8>,
) {
    let (name, theme) = (desk.text(label), desk.theme);
    let steps = |ui: &mut Ui| {
        ui.add_space(ui.spacing().button_padding.x);
        dots(ui, theme, name, most, value)
    };
    if let Some(chosen) = row(ui, theme, name, steps) {
        desk.put(id, field, &Some(chosen).filter(|step| *step > 0));
    }
}

/// A row with a yes or no.
pub(crate) fn flag_row(ui: &mut Ui, desk: &mut Desk<'_>, id: Id, field: Field, label: Msg, value: bool) {
    let mut flag = value;
    if tick(ui, desk.theme, &mut flag, desk.text(label)).changed() {
        desk.put(id, field, &flag);
    }
}
