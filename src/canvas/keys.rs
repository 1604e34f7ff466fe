//! The map's keyboard handling, and the step after typing.

use super::edit::{Draft, Editor, End, Next, What, after, into_stage, take_key};
use super::io::{CanvasEvent, CanvasInput};
use super::selection::{self, Way};
use super::{Canvas, State};
use crate::edit::apply_all;
use crate::edit::command::Slot;
use crate::id::{Id, Kind, StageId};
use crate::model::choice::InsightKind;
use egui::{Event, Key, Modifiers, Ui};
use std::collections::BTreeSet;

/// The action of a key while nothing is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    /// Cancels the current gesture, or clears the selection.
    Drop,
    /// Selects the element next to the selected one.
    Walk(Way),
    /// Continues from the selected element.
    GoOn(End),
}

fn wish(key: Key, modifiers: Modifiers) -> Option<Wish> {
    let plain = modifiers.is_none();
    match key {
        Key::Escape if plain => Some(Wish::Drop),
        Key::Enter if plain => Some(Wish::GoOn(End::Enter)),
        Key::Enter if modifiers.shift_only() => Some(Wish::GoOn(End::ShiftEnter)),
        Key::ArrowLeft if plain => Some(Wish::Walk(Way::Left)),
        Key::ArrowRight if plain => Some(Wish::Walk(Way::Right)),
        Key::ArrowUp if plain => Some(Wish::Walk(Way::Up)),
        Key::ArrowDown if plain => Some(Wish::Walk(Way::Down)),
        _ => None,
    }
}

/// Returns the selected cell of a text lane, if nothing else is selected.
pub(super) fn selected_cell(input: &CanvasInput<'_>) -> Option<What> {
    if input.selection.len() != 1 {
        return None;
    }
    let one = input.selection.first()?;
    let cell = input.journey()?.cells().get(&one.to()?)?;
    Some(What::Cell(cell.lane, cell.at))
}

impl Canvas {
    /// Handles one key a frame, as each may change the target of the next.
    pub(super) fn press(&mut self, ui: &Ui, input: &CanvasInput<'_>) {
        let idle = matches!(self.state, State::Idle);
        if idle && !input.read_only && self.type_into_cell(ui, input) {
            return;
        }
        let Some(wish) =
            take_key(ui, |key, modifiers| wish(key, modifiers).filter(|w| idle || *w == Wish::Drop))
        else {
            return;
        };
        let chosen = input.selection.iter().next().copied();
        match wish {
            Wish::Drop => self.escape(input),
            Wish::Walk(way) => self.walk(input, chosen, way),
            Wish::GoOn(_) if input.read_only => {}
            Wish::GoOn(end) => self.go_on(input, chosen, end),
        }
    }

    /// Opens the selected text cell with the typed text in place of its own, as in a spreadsheet.
    fn type_into_cell(&mut self, ui: &Ui, input: &CanvasInput<'_>) -> bool {
        let Some(cell) = selected_cell(input) else { return false };
        let typed = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Text(text) if !text.trim().is_empty() => Some(text.clone()),
                _ => None,
            })
        });
        let Some(text) = typed else { return false };
        let source = self.branch();
        let mut draft = Draft::new(cell, input.project, input.journey, source);
        draft.text = text;
        self.state = State::Edit(Box::new(Editor::new(draft)));
        true
    }

    /// Cancels the current gesture; else selects the selection's subject, then nothing, then ends a
    /// presentation.
    fn escape(&mut self, input: &CanvasInput<'_>) {
        if !matches!(std::mem::replace(&mut self.state, State::Idle), State::Idle) {
            return;
        }
        if input.selection.is_empty() {
            self.events.push(CanvasEvent::Leave);
        }
        let one = if input.selection.len() == 1 { input.selection.first() } else { None };
        let parent = one.and_then(|id| selection::subject_of(input, *id));
        self.select(input, parent.into_iter().collect());
    }

    fn walk(&mut self, input: &CanvasInput<'_>, from: Option<Id>, way: Way) {
        let journey = input.journey();
        let stage =
            if way == Way::Down && !input.read_only { from.and_then(Id::to::<StageId>) } else { None };
        if let Some(next) = stage.and_then(|stage| Some(into_stage(journey?, stage))) {
            return self.go_to(input, next);
        }
        let next = match from {
            Some(from) => selection::next(input.scene, from, way),
            None => selection::first(input),
        };
        if let Some(next) = next {
            self.go_to(input, Next::Select(next));
        }
    }

    /// Handles Enter on the selection: enters a stage, continues after a touchpoint, or edits a text.
    fn go_on(&mut self, input: &CanvasInput<'_>, chosen: Option<Id>, end: End) {
        let next = match chosen.map(|id| (id, id.kind())) {
            None => selection::first(input).map(Next::Select),
            Some((id, Kind::Stage)) => {
                let journey = input.journey();
                id.to().and_then(|stage| Some(into_stage(journey?, stage)))
            }
            Some((id, Kind::Touchpoint)) => {
                let slot = if end == End::ShiftEnter { Slot::Beside } else { Slot::After };
                id.to().map(|card| Next::Type(What::Touchpoint(slot(card))))
            }
            Some((id, Kind::Cell)) => {
                let journey = input.journey();
                let cell = id.to().and_then(|id| journey?.cells().get(&id));
                cell.map(|cell| Next::Type(What::Cell(cell.lane, cell.at)))
            }
            Some((id, _)) => Some(Next::Type(What::Name(id))),
        };
        if let Some(next) = next {
            self.go_to(input, next);
        }
    }

    /// Selects an element and brings it into view, or opens a text field.
    pub(super) fn go_to(&mut self, input: &CanvasInput<'_>, next: Next) {
        match next {
            Next::Select(id) => {
                self.select(input, [id].into());
                self.reveal = Some(id);
            }
            Next::Deselect => self.select(input, BTreeSet::new()),
            Next::Type(what) => self.type_at(input, what),
        }
    }

    /// Opens a text field.
    pub(super) fn type_at(&mut self, input: &CanvasInput<'_>, what: What) {
        let source = self.branch();
        let draft = Draft::new(what, input.project, input.journey, source);
        self.state = State::Edit(Box::new(Editor::new(draft)));
    }

    /// Ends typing: commits the text and takes the next step.
    pub(super) fn end_typing(&mut self, input: &CanvasInput<'_>, end: End) {
        let State::Edit(editor) = std::mem::replace(&mut self.state, State::Idle) else { return };
        let (transaction, done) = editor.draft.result();
        let mut project = editor.draft.project.clone();
        if apply_all(&mut project, &transaction).is_err() {
            return;
        }
        let is_left = end == End::Left;
        let as_ended = if is_left { End::Escape } else { end };
        let next = after(&editor.draft, as_ended, &project, input.journey, done);
        if done.is_none() || end == End::Escape {
            self.begun = true;
        }
        if !transaction.is_empty() {
            self.events.push(CanvasEvent::Commit(transaction));
        }
        if end == End::Left {
            // A new element becomes the target of the palette's commands. A click makes its own selection.
            if let Some(Next::Select(id)) = next
                && input.read_only
                && editor.draft.is_new()
            {
                self.select(input, [id].into());
            }
            return;
        }
        match next {
            Some(Next::Type(what)) => {
                let chosen = done.into_iter().collect();
                self.select(input, chosen);
                let source = self.branch();
                let mut editor = Editor::new(Draft::new(what, &project, input.journey, source));
                editor.replaces |= matches!(what, What::Cell(..));
                self.state = State::Edit(Box::new(editor));
            }
            Some(next) => self.go_to(input, next),
            None => {}
        }
        if let (What::Insight(InsightKind::Pain, _), Some(pain)) = (editor.draft.what, done) {
            self.events.push(CanvasEvent::TypedPain(pain));
        }
    }
}
