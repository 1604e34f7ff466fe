//! In-place typing: a real text field over the card, stage or text, so that input methods work.
//!
//! The typed text is previewed in the map; it is committed when typing ends.

mod cells;
mod draft;
mod next;

pub(super) use cells::cell_place;
pub(super) use draft::{EditTarget, TextDraft};
pub(super) use next::{EditEnd, NextEdit, into_stage, next_edit};

use super::camera::CameraView;
use super::fonts;
use super::io::CanvasInput;
use super::selection::{ArrowDirection, body_rect};
use crate::app::style::to_color32;
use egui::{Event, ImeEvent, Key, Modifiers, TextEdit, Ui, vec2};
use engine::edit::{Transaction, apply_all};
use engine::i18n::Msg;
use engine::id::{Id, Kind};
use engine::scene::{Rect, ScenePart};
use engine::theme::{Face, size};

/// The minimum size of the field, in points of the screen.
pub(super) const LEAST: egui::Vec2 = vec2(150.0, 34.0);
/// The minimum text size in the field, in points of the screen.
const LEAST_TEXT: f32 = 12.0;

/// The text field of a [`TextDraft`].
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each is a stage of typing of its own")]
pub(super) struct TextEditor {
    pub(super) draft: TextDraft,
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

impl TextEditor {
    /// Opens a field.
    pub(super) fn new(draft: TextDraft) -> Self {
        let (preview, element) = draft.to_transaction();
        let began_empty = draft.text.is_empty();
        let composing = false;
        let opened = false;
        let revealed = None;
        let replaces = matches!(draft.what, EditTarget::Name(_));
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
        let (transaction, Some(element)) = self.draft.final_transaction() else { return None };
        if transaction.is_empty() || apply_all(&mut self.draft.project, &transaction).is_err() {
            return None;
        }
        if !matches!(self.draft.what, EditTarget::Cell(..)) {
            self.draft.what = EditTarget::Name(element);
        }
        self.preview = Transaction::default();
        self.element = Some(element);
        Some((transaction, element))
    }

    /// Returns the element's place on the page, once the map shows the preview.
    pub(super) fn element_rect(&self) -> Option<Rect> {
        self.place
    }

    /// Shows the field and handles its input; returns how typing ended, if it did.
    pub(super) fn ui(&mut self, ui: &mut Ui, view: &CameraView, input: &CanvasInput<'_>) -> Option<EditEnd> {
        let at_hand = self.find_rect(input);
        self.place = at_hand.or(self.place);
        let end = self.take_ending_key(ui);
        // The field also runs in its last frame: letters and Enter may arrive together.
        let response = self.show_field(ui, view, input);
        if response.changed() {
            if self.draft.kind() != Kind::Cell && self.draft.text.contains(['\n', '\r', '\t']) {
                let words: Vec<&str> = self.draft.text.split_whitespace().collect();
                self.draft.text = words.join(" ");
            }
            (self.preview, self.element) = self.draft.to_transaction();
        }
        if end.is_some() {
            return end;
        }
        if !self.opened {
            response.request_focus();
            self.opened = true;
            place_cursor(ui, response.id, &self.draft.text, self.replaces);
            forget_undo(ui, response.id);
        } else if !ui.memory(|memory| memory.has_focus(response.id)) {
            if input.is_helping {
                return None;
            }
            // egui moved the focus away before the key arrived here.
            let escaped = ui.input(|input| input.key_pressed(Key::Escape));
            return Some(if escaped { EditEnd::Escape } else { EditEnd::Left });
        }
        if at_hand.is_none() {
            ui.request_repaint();
        }
        None
    }

    fn show_field(&mut self, ui: &mut Ui, view: &CameraView, input: &CanvasInput<'_>) -> egui::Response {
        let theme = input.theme();
        let (face, points) = self.text_style();
        let font = fonts::font_id(face, (points * view.zoom).max(LEAST_TEXT));
        let rect = self.field_rect(ui, view, &font);
        let window = ui.clip_rect();
        ui.set_clip_rect(window.intersect(self.clip(view)));
        let painter = ui.painter();
        let radius = egui::CornerRadius::from(size::radius::CARD.min(size::radius::CARD * view.zoom));
        painter.rect_filled(rect, radius, to_color32(theme.raised));
        let ring = egui::Stroke::new(2.0, to_color32(theme.focus));
        painter.rect_stroke(rect, radius, ring, egui::StrokeKind::Outside);
        let inner = rect.shrink2(vec2(size::space::S, 6.0));
        let hint = self.hint_message().text(input.lang);
        let field = TextEdit::multiline(&mut self.draft.text)
            .id(field_id())
            .font(font.clone())
            .text_color(to_color32(theme.text))
            .hint_text(egui::RichText::new(hint).font(font).color(to_color32(theme.muted)))
            .frame(egui::Frame::NONE)
            .desired_rows(1)
            .desired_width(inner.width())
            .margin(egui::Margin::ZERO)
            .lock_focus(true);
        let response = ui.put(inner, field);
        ui.set_clip_rect(window);
        response
    }

    /// Returns the part of the window in which the field is shown: beside the frozen headers, but over them
    /// if it is a header's own.
    fn clip(&self, view: &CameraView) -> egui::Rect {
        match self.draft.kind() {
            Kind::Stage => view.part_clip_rect(ScenePart::StageHeader),
            Kind::Lane => view.part_clip_rect(ScenePart::Lane),
            _ => view.content_rect(),
        }
    }

    /// Consumes the key that ends typing, unless an input method is composing and needs it. Events after that
    /// key in the same frame are kept for the next field.
    fn take_ending_key(&mut self, ui: &Ui) -> Option<EditEnd> {
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
            end_for_key(key, modifiers, kind)
                .or_else(|| self.leaves_cell(key, modifiers).map(EditEnd::Toward))
        })
    }

    /// Returns the direction in which an arrow key leaves a cell: any while nothing was typed, only up and
    /// down if the cell began empty.
    fn leaves_cell(&self, key: Key, modifiers: Modifiers) -> Option<ArrowDirection> {
        let way = match key {
            Key::ArrowLeft => ArrowDirection::Left,
            Key::ArrowRight => ArrowDirection::Right,
            Key::ArrowUp => ArrowDirection::Up,
            Key::ArrowDown => ArrowDirection::Down,
            _ => return None,
        };
        let entering = self.began_empty
            && matches!(way, ArrowDirection::Up | ArrowDirection::Down)
            && !self.draft.text.contains('\n');
        let leaves = self.draft.kind() == Kind::Cell && modifiers.is_none();
        (leaves && (self.is_untouched() || entering)).then_some(way)
    }

    /// Finds the element's rectangle in the scene.
    fn find_rect(&self, input: &CanvasInput<'_>) -> Option<Rect> {
        let id = self.element?;
        let parts = |part: ScenePart| {
            matches!(
                part,
                ScenePart::Card
                    | ScenePart::StageHeader
                    | ScenePart::Insight
                    | ScenePart::Cell
                    | ScenePart::FlowLabel
                    | ScenePart::Header
                    | ScenePart::Picture
            )
        };
        if let Some(band) = input.scene.grid.lanes.iter().find(|band| Id::from(band.lane) == id) {
            return Some(band.label);
        }
        let item =
            input.scene.items.iter().find(|item| item.block.element == Some(id) && parts(item.block.part));
        item.map(body_rect).or_else(|| input.scene.element_bounds(id))
    }

    /// Returns the field's rectangle on the screen: over the element, and large enough to type in.
    fn field_rect(&self, ui: &Ui, view: &CameraView, font: &egui::FontId) -> egui::Rect {
        let place = self.place.map_or_else(
            || egui::Rect::from_center_size(view.rect.center(), LEAST),
            |place| self.element_screen_rect(view, place),
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
    fn element_screen_rect(&self, view: &CameraView, place: Rect) -> egui::Rect {
        let part = match self.draft.kind() {
            Kind::Stage => ScenePart::StageHeader,
            Kind::Lane => ScenePart::Lane,
            _ => return view.screen_rect(place),
        };
        let shown = view.part_screen_rect(part, place);
        let clip = view.part_clip_rect(part);
        let frozen = if part == ScenePart::Lane { view.frozen.lanes } else { view.frozen.stages };
        if frozen.is_some() && shown.intersects(clip) { shown.intersect(clip) } else { shown }
    }

    fn text_style(&self) -> (Face, f32) {
        match self.draft.kind() {
            Kind::Journey => (Face::SemiBold, size::text::DISPLAY),
            Kind::Stage => (Face::SemiBold, size::text::STRONG),
            Kind::Touchpoint | Kind::Lane => (Face::SemiBold, size::text::BODY),
            _ => (Face::Regular, size::text::SMALL),
        }
    }

    fn hint_message(&self) -> Msg {
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
fn end_for_key(key: Key, modifiers: Modifiers, kind: Kind) -> Option<EditEnd> {
    let plain = modifiers.is_none();
    let shift = modifiers.shift_only();
    match key {
        Key::Escape if plain => Some(EditEnd::Escape),
        Key::Enter if plain => Some(EditEnd::Enter),
        Key::Enter if shift && kind != Kind::Cell => Some(EditEnd::ShiftEnter),
        Key::Tab if plain => Some(EditEnd::Tab),
        Key::Tab if shift => Some(EditEnd::ShiftTab),
        Key::ArrowDown if plain && kind == Kind::Stage => Some(EditEnd::Toward(ArrowDirection::Down)),
        _ => None,
    }
}

/// Selects all of a field's text, so that typing replaces it.
pub(crate) fn select_all(ui: &Ui, field: egui::Id, text: &str) {
    place_cursor(ui, field, text, true);
}

/// Selects all of a field's text, or puts the cursor at its end.
fn place_cursor(ui: &Ui, field: egui::Id, text: &str, all: bool) {
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

impl TextDraft {
    /// Returns the kind of element being typed.
    fn kind(&self) -> Kind {
        match self.what {
            EditTarget::Name(id) => id.kind(),
            EditTarget::Stage(_) => Kind::Stage,
            EditTarget::Touchpoint(_) => Kind::Touchpoint,
            EditTarget::Insight(..) => Kind::Insight,
            EditTarget::Improvement(..) => Kind::Improvement,
            EditTarget::Cell(..) => Kind::Cell,
        }
    }
}
