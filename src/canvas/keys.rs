//! The map's keyboard handling, and the step after typing.

use super::edit::{EditEnd, EditTarget, NextEdit, TextDraft, TextEditor, into_stage, next_edit, take_key};
use super::io::{CanvasEvent, CanvasInput};
use super::selection::{self, ArrowDirection};
use super::{Canvas, CanvasState};
use egui::{Event, Key, Modifiers, Ui};
use engine::edit::apply_all;
use engine::edit::command::Slot;
use engine::id::{Id, Kind, StageId};
use engine::model::choice::InsightKind;
use std::collections::BTreeSet;

/// The action of a key while nothing is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeyCommand {
    /// Cancels the current gesture, or clears the selection.
    Drop,
    /// Selects the element next to the selected one.
    Walk(ArrowDirection),
    /// Continues from the selected element.
    GoOn(EditEnd),
}

fn key_command(key: Key, modifiers: Modifiers) -> Option<KeyCommand> {
    let plain = modifiers.is_none();
    match key {
        Key::Escape if plain => Some(KeyCommand::Drop),
        Key::Enter if plain => Some(KeyCommand::GoOn(EditEnd::Enter)),
        Key::Enter if modifiers.shift_only() => Some(KeyCommand::GoOn(EditEnd::ShiftEnter)),
        Key::ArrowLeft if plain => Some(KeyCommand::Walk(ArrowDirection::Left)),
        Key::ArrowRight if plain => Some(KeyCommand::Walk(ArrowDirection::Right)),
        Key::ArrowUp if plain => Some(KeyCommand::Walk(ArrowDirection::Up)),
        Key::ArrowDown if plain => Some(KeyCommand::Walk(ArrowDirection::Down)),
        _ => None,
    }
}

/// Returns the selected cell of a text lane, if nothing else is selected.
pub(super) fn selected_cell(input: &CanvasInput<'_>) -> Option<EditTarget> {
    if input.selection.len() != 1 {
        return None;
    }
    let one = input.selection.first()?;
    let cell = input.journey()?.cells().get(&one.to_typed()?)?;
    Some(EditTarget::Cell(cell.lane, cell.at))
}

impl Canvas {
    /// Handles one key a frame, as each may change the target of the next.
    pub(super) fn handle_key(&mut self, ui: &Ui, input: &CanvasInput<'_>) {
        let idle = matches!(self.state, CanvasState::Idle);
        if idle && !input.read_only && self.type_into_cell(ui, input) {
            return;
        }
        let Some(wish) = take_key(ui, |key, modifiers| {
            key_command(key, modifiers).filter(|w| idle || *w == KeyCommand::Drop)
        }) else {
            return;
        };
        let chosen = input.selection.iter().next().copied();
        match wish {
            KeyCommand::Drop => self.handle_escape(input),
            KeyCommand::Walk(way) => self.move_selection(input, chosen, way),
            KeyCommand::GoOn(_) if input.read_only => {}
            KeyCommand::GoOn(end) => self.go_on(input, chosen, end),
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
        let source = self.branch_source();
        let mut draft = TextDraft::new(cell, input.project, input.journey, source);
        draft.text = text;
        self.state = CanvasState::Edit(Box::new(TextEditor::new(draft)));
        true
    }

    /// Cancels the current gesture; else selects the selection's subject, then nothing, then ends a
    /// presentation.
    fn handle_escape(&mut self, input: &CanvasInput<'_>) {
        if !matches!(std::mem::replace(&mut self.state, CanvasState::Idle), CanvasState::Idle) {
            return;
        }
        if input.selection.is_empty() {
            self.events.push(CanvasEvent::Leave);
        }
        let one = if input.selection.len() == 1 { input.selection.first() } else { None };
        let parent = one.and_then(|id| selection::subject_of(input, *id));
        self.select_elements(input, parent.into_iter().collect());
    }

    fn move_selection(&mut self, input: &CanvasInput<'_>, from: Option<Id>, way: ArrowDirection) {
        let journey = input.journey();
        let stage = if way == ArrowDirection::Down && !input.read_only {
            from.and_then(Id::to_typed::<StageId>)
        } else {
            None
        };
        if let Some(next) = stage.and_then(|stage| Some(into_stage(journey?, stage))) {
            return self.go_to(input, next);
        }
        let next = match from {
            Some(from) => selection::next_element(input.scene, from, way),
            None => selection::first_stage(input),
        };
        if let Some(next) = next {
            self.go_to(input, NextEdit::Select(next));
        }
    }

    /// Handles Enter on the selection: enters a stage, continues after a touchpoint, or edits a text.
    fn go_on(&mut self, input: &CanvasInput<'_>, chosen: Option<Id>, end: EditEnd) {
        let next = match chosen.map(|id| (id, id.kind())) {
            None => selection::first_stage(input).map(NextEdit::Select),
            Some((id, Kind::Stage)) => {
                let journey = input.journey();
                id.to_typed().and_then(|stage| Some(into_stage(journey?, stage)))
            }
            Some((id, Kind::Touchpoint)) => {
                let slot = if end == EditEnd::ShiftEnter { Slot::Beside } else { Slot::After };
                id.to_typed().map(|card| NextEdit::Type(EditTarget::Touchpoint(slot(card))))
            }
            Some((id, Kind::Cell)) => {
                let journey = input.journey();
                let cell = id.to_typed().and_then(|id| journey?.cells().get(&id));
                cell.map(|cell| NextEdit::Type(EditTarget::Cell(cell.lane, cell.at)))
            }
            Some((id, _)) => Some(NextEdit::Type(EditTarget::Name(id))),
        };
        if let Some(next) = next {
            self.go_to(input, next);
        }
    }

    /// Selects an element and brings it into view, or opens a text field.
    pub(super) fn go_to(&mut self, input: &CanvasInput<'_>, next: NextEdit) {
        match next {
            NextEdit::Select(id) => {
                self.select_elements(input, [id].into());
                self.reveal = Some(id);
            }
            NextEdit::Deselect => self.select_elements(input, BTreeSet::new()),
            NextEdit::Type(what) => self.type_at(input, what),
        }
    }

    /// Opens a text field.
    pub(super) fn type_at(&mut self, input: &CanvasInput<'_>, what: EditTarget) {
        let source = self.branch_source();
        let draft = TextDraft::new(what, input.project, input.journey, source);
        self.state = CanvasState::Edit(Box::new(TextEditor::new(draft)));
    }

    /// Ends typing: commits the text and takes the next step.
    pub(super) fn end_typing(&mut self, input: &CanvasInput<'_>, end: EditEnd) {
        let CanvasState::Edit(editor) = std::mem::replace(&mut self.state, CanvasState::Idle) else { return };
        let (transaction, done) = editor.draft.final_transaction();
        let mut project = editor.draft.project.clone();
        if apply_all(&mut project, &transaction).is_err() {
            return;
        }
        let is_left = end == EditEnd::Left;
        let as_ended = if is_left { EditEnd::Escape } else { end };
        let next = next_edit(&editor.draft, as_ended, &project, input.journey, done);
        if done.is_none() || end == EditEnd::Escape {
            self.begun = true;
        }
        if !transaction.is_empty() {
            self.events.push(CanvasEvent::Commit(transaction));
        }
        if end == EditEnd::Left {
            // A new element becomes the target of the palette's commands. A click makes its own selection.
            if let Some(NextEdit::Select(id)) = next
                && input.read_only
                && editor.draft.is_new()
            {
                self.select_elements(input, [id].into());
            }
            return;
        }
        match next {
            Some(NextEdit::Type(what)) => {
                let chosen = done.into_iter().collect();
                self.select_elements(input, chosen);
                let source = self.branch_source();
                let mut editor = TextEditor::new(TextDraft::new(what, &project, input.journey, source));
                editor.replaces |= matches!(what, EditTarget::Cell(..));
                self.state = CanvasState::Edit(Box::new(editor));
            }
            Some(next) => self.go_to(input, next),
            None => {}
        }
        if let (EditTarget::Insight(InsightKind::Pain, _), Some(pain)) = (editor.draft.what, done) {
            self.events.push(CanvasEvent::TypedPain(pain));
        }
    }
}
