//! In-place typing: a real text field over the card, stage or text, so that input methods work.
//!
//! The typed text is previewed in the map; it is committed when typing ends.

mod cells;
mod draft;
mod next;

pub(super) use cells::cell_place;
pub(super) use draft::{Draft, What};
pub(super) use next::{End, Next, after, into_stage};

use super::camera::View;
use super::fonts;
use super::io::CanvasInput;
use super::paint::color;
use super::selection::{Way, body};
use crate::edit::{Transaction, apply_all};
use crate::i18n::Msg;
use crate::id::{Id, Kind};
use crate::scene::{Part, Rect};
use crate::theme::{Face, size};
use egui::{Event, ImeEvent, Key, Modifiers, TextEdit, Ui, vec2};

/// The minimum size of the field, in points of the screen.
pub(super) const LEAST: egui::Vec2 = vec2(150.0, 34.0);
/// The minimum text size in the field, in points of the screen.
const LEAST_TEXT: f32 = 12.0;

/// The text field of a [`Draft`].
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a stage of typing of its own")]
pub(super) struct Editor {
    pub(super) draft: Draft,
    /// The change that the map previews.
    pub(super) preview: Transaction,
    /// The element that the text belongs to.
    pub(super) element: Option<Id>,
    /// The element's last known place, so that the field stays put while the layout is recomputed.
    place: Option<Rect>,
    composing: bool,
    opened: bool,
    /// True if the text was empty when typing began.
    began_empty: bool,
    /// True if the first key typed replaces the text, as in a spreadsheet cell reached by keyboard.
    pub(super) replaces: bool,
    /// The zoom at which the map has been panned to show the field.
    pub(super) revealed: Option<f32>,
}

impl Editor {
    /// Opens a field.
    pub(super) fn new(draft: Draft) -> Self {
        let (preview, element) = draft.transaction();
        let began_empty = draft.text.is_empty();
        let composing = false;
        let opened = false;
        let revealed = None;
        let replaces = matches!(draft.what, What::Name(_));
        Self { draft, preview, element, place: None, composing, opened, began_empty, replaces, revealed }
    }

    /// True if the field was shown and has the keyboard focus.
    pub(super) fn is_open(&self) -> bool {
        self.opened
    }

    /// True if the text is as it was when typing began.
    pub(super) fn is_untouched(&self) -> bool {
        self.preview.is_empty() || (self.draft.is_new() && self.draft.text.trim().is_empty())
    }

    /// Returns the change made by the text so far; a new element is then edited under its own name.
    pub(super) fn take_typed(&mut self) -> Option<(Transaction, Id)> {
        let (transaction, Some(element)) = self.draft.result() else { return None };
        if transaction.is_empty() || apply_all(&mut self.draft.project, &transaction).is_err() {
            return None;
        }
        if !matches!(self.draft.what, What::Cell(..)) {
            self.draft.what = What::Name(element);
        }
        self.preview = Transaction::default();
        self.element = Some(element);
        Some((transaction, element))
    }

    /// Returns the element's place on the page, once the map shows the preview.
    pub(super) fn place(&self) -> Option<Rect> {
        self.place
    }

    /// Shows the field and handles its input; returns how typing ended, if it did.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &View, input: &CanvasInput<'_>) -> Option<End> {
        let at_hand = self.find(input);
        self.place = at_hand.or(self.place);
        let end = self.keys(ui);
        // The field also runs in its last frame: letters and Enter may arrive together.
        let response = self.field(ui, view, input);
        if response.changed() {
            if self.draft.kind() != Kind::Cell && self.draft.text.contains(['\n', '\r', '\t']) {
                let words: Vec<&str> = self.draft.text.split_whitespace().collect();
                self.draft.text = words.join(" ");
            }
            (self.preview, self.element) = self.draft.transaction();
        }
        if end.is_some() {
            return end;
        }
        if !self.opened {
            response.request_focus();
            self.opened = true;
            mark(ui, response.id, &self.draft.text, self.replaces);
            forget_undo(ui, response.id);
        } else if !ui.memory(|memory| memory.has_focus(response.id)) {
            if input.is_helping {
                return None;
            }
            // egui moved the focus away before the key arrived here.
            let escaped = ui.input(|input| input.key_pressed(Key::Escape));
            return Some(if escaped { End::Escape } else { End::Left });
        }
        if at_hand.is_none() {
            ui.request_repaint();
        }
        None
    }

    fn field(&mut self, ui: &mut Ui, view: &View, input: &CanvasInput<'_>) -> egui::Response {
        let theme = input.theme();
        let (face, points) = self.look();
        let font = fonts::font(face, (points * view.zoom).max(LEAST_TEXT));
        let rect = self.rect(ui, view, &font);
        let window = ui.clip_rect();
        ui.set_clip_rect(window.intersect(self.clip(view)));
        let painter = ui.painter();
        let radius = egui::CornerRadius::from(size::radius::CARD.min(size::radius::CARD * view.zoom));
        painter.rect_filled(rect, radius, color(theme.raised));
        let ring = egui::Stroke::new(2.0, color(theme.focus));
        painter.rect_stroke(rect, radius, ring, egui::StrokeKind::Outside);
        let inner = rect.shrink2(vec2(size::space::S, 6.0));
        let hint = self.hint().text(input.lang);
        let field = TextEdit::multiline(&mut self.draft.text)
            .id(field_id())
            .font(font.clone())
            .text_color(color(theme.text))
            .hint_text(egui::RichText::new(hint).font(font).color(color(theme.muted)))
            .frame(egui::Frame::NONE)
            .desired_rows(1)
            .desired_width(inner.width())
            .margin(egui::Margin::ZERO)
            .lock_focus(true);
        let response = ui.put(inner, field);
        ui.set_clip_rect(window);
        response
    }

    /// Returns the part of the window in which the field is shown: beside the frozen headers, but over them if
    /// it is a header's own.
    fn clip(&self, view: &View) -> egui::Rect {
        match self.draft.kind() {
            Kind::Stage => view.clip(Part::StageHeader),
            Kind::Lane => view.clip(Part::Lane),
            _ => view.content(),
        }
    }

    /// Consumes the key that ends typing, unless an input method is composing and needs it. Events after that
    /// key in the same frame are kept for the next field.
    fn keys(&mut self, ui: &Ui) -> Option<End> {
        let mut spoken = false;
        ui.input(|input| {
            for event in &input.events {
                if let Event::Ime(event) = event {
                    spoken = true;
                    match event {
                        ImeEvent::Preedit { text, .. } => self.composing = !text.is_empty(),
                        ImeEvent::Commit(_) => self.composing = false,
                        _ => {}
                    }
                }
            }
        });
        if self.composing || spoken || !ui.memory(|memory| memory.has_focus(field_id())) {
            return None;
        }
        let kind = self.draft.kind();
        take_key(ui, |key, modifiers| {
            ends(key, modifiers, kind).or_else(|| self.leaves_cell(key, modifiers).map(End::Toward))
        })
    }

    /// Returns the direction in which an arrow key leaves a cell: any while nothing was typed, only up and
    /// down if the cell began empty.
    fn leaves_cell(&self, key: Key, modifiers: Modifiers) -> Option<Way> {
        let way = match key {
            Key::ArrowLeft => Way::Left,
            Key::ArrowRight => Way::Right,
            Key::ArrowUp => Way::Up,
            Key::ArrowDown => Way::Down,
            _ => return None,
        };
        let entering =
            self.began_empty && matches!(way, Way::Up | Way::Down) && !self.draft.text.contains('\n');
        let leaves = self.draft.kind() == Kind::Cell && modifiers.is_none();
        (leaves && (self.is_untouched() || entering)).then_some(way)
    }

    /// Finds the element's rectangle in the scene.
    fn find(&self, input: &CanvasInput<'_>) -> Option<Rect> {
        let id = self.element?;
        let parts = |part: Part| {
            matches!(
                part,
                Part::Card
                    | Part::StageHeader
                    | Part::Insight
                    | Part::Cell
                    | Part::FlowLabel
                    | Part::Header
                    | Part::Picture
            )
        };
        if let Some(band) = input.scene.grid.lanes.iter().find(|band| Id::from(band.lane) == id) {
            return Some(band.label);
        }
        let item =
            input.scene.items.iter().find(|item| item.block.element == Some(id) && parts(item.block.part));
        item.map(body).or_else(|| input.scene.bounds(id))
    }

    /// Returns the field's rectangle on the screen: over the element, and large enough to type in.
    fn rect(&self, ui: &Ui, view: &View, font: &egui::FontId) -> egui::Rect {
        let place = self.place.map_or_else(
            || egui::Rect::from_center_size(view.rect.center(), LEAST),
            |place| self.shown(view, place),
        );
        let width = place.width().max(LEAST.x) - 2.0 * size::space::S;
        let text =
            ui.painter().layout(self.draft.text.clone(), font.clone(), egui::Color32::PLACEHOLDER, width);
        let height = LEAST.y.max(text.size().y + 12.0);
        // A line has no box to write in: the field is centred on it.
        if self.draft.kind() == Kind::Flow {
            egui::Rect::from_center_size(place.center(), vec2(LEAST.x, height))
        } else {
            egui::Rect::from_min_size(place.min, place.size().max(vec2(LEAST.x, height)))
        }
    }

    /// Returns the element's rectangle on the screen; of a frozen header, the part in view.
    fn shown(&self, view: &View, place: Rect) -> egui::Rect {
        let part = match self.draft.kind() {
            Kind::Stage => Part::StageHeader,
            Kind::Lane => Part::Lane,
            _ => return view.screen_rect(place),
        };
        let shown = view.place(part, place);
        let clip = view.clip(part);
        let frozen = if part == Part::Lane { view.frozen.lanes } else { view.frozen.stages };
        if frozen.is_some() && shown.intersects(clip) { shown.intersect(clip) } else { shown }
    }

    fn look(&self) -> (Face, f32) {
        match self.draft.kind() {
            Kind::Journey => (Face::SemiBold, size::text::DISPLAY),
            Kind::Stage => (Face::SemiBold, size::text::STRONG),
            Kind::Touchpoint | Kind::Lane => (Face::SemiBold, size::text::BODY),
            _ => (Face::Regular, size::text::SMALL),
        }
    }

    fn hint(&self) -> Msg {
        match self.draft.kind() {
            Kind::Stage => Msg::TypeStageName,
            Kind::Touchpoint => Msg::TypeTouchpointName,
            Kind::Flow => Msg::Condition,
            _ => Msg::TypeHere,
        }
    }
}

/// Removes the first key with a meaning from this frame's events and returns that meaning.
pub(super) fn take_key<T>(ui: &Ui, means: impl Fn(Key, Modifiers) -> Option<T>) -> Option<T> {
    let asks = |event: &Event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => means(*key, *modifiers),
        _ => None,
    };
    let (place, taken) = ui.input(|input| {
        input.events.iter().enumerate().find_map(|(place, event)| Some((place, asks(event)?)))
    })?;
    ui.input_mut(|input| _ = input.events.remove(place));
    Some(taken)
}

pub(super) fn field_id() -> egui::Id {
    egui::Id::unique("canvas text field")
}

/// Maps a key to the way it ends typing; in the texts of lanes, Shift+Enter breaks the line instead.
fn ends(key: Key, modifiers: Modifiers, kind: Kind) -> Option<End> {
    let plain = modifiers.is_none();
    let shift = modifiers.shift_only();
    match key {
        Key::Escape if plain => Some(End::Escape),
        Key::Enter if plain => Some(End::Enter),
        Key::Enter if shift && kind != Kind::Cell => Some(End::ShiftEnter),
        Key::Tab if plain => Some(End::Tab),
        Key::Tab if shift => Some(End::ShiftTab),
        Key::ArrowDown if plain && kind == Kind::Stage => Some(End::Toward(Way::Down)),
        _ => None,
    }
}

/// Selects all of a field's text, so that typing replaces it.
pub(crate) fn select_all(ui: &Ui, field: egui::Id, text: &str) {
    mark(ui, field, text, true);
}

/// Selects all of a field's text, or puts the cursor at its end.
fn mark(ui: &Ui, field: egui::Id, text: &str, all: bool) {
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field).unwrap_or_default();
    let range = if all {
        egui::text::CCursorRange::select_all_str(text)
    } else {
        egui::text::CCursorRange::one(egui::text::CCursor::new(text.chars().count()))
    };
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), field);
}

/// Clears the field's undo history: one field serves all elements, and undo must not restore another's text.
fn forget_undo(ui: &Ui, field: egui::Id) {
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), field) {
        state.clear_undoer();
        state.store(ui.ctx(), field);
    }
}

impl Draft {
    /// Returns the kind of element being typed.
    fn kind(&self) -> Kind {
        match self.what {
            What::Name(id) => id.kind(),
            What::Stage(_) => Kind::Stage,
            What::Touchpoint(_) => Kind::Touchpoint,
            What::Insight(..) => Kind::Insight,
            What::Improvement(..) => Kind::Improvement,
            What::Cell(..) => Kind::Cell,
        }
    }
}
