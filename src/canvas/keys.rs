//! What the keyboard means on the map, and where typing goes on.

use super::edit::{Draft, Editor, End, Next, What, after, into_stage};
use super::io::{CanvasEvent, CanvasInput};
use super::selection::{self, Way};
use super::{Canvas, State};
use crate::edit::apply_all;
use crate::edit::command::Slot;
use crate::id::{Id, Kind, StageId};
use egui::{Key, Modifiers, Ui};
use std::collections::BTreeSet;

impl Canvas {
    /// Does what a key asks for.
    pub(super) fn press(&mut self, ui: &Ui, input: &CanvasInput<'_>) {
        if ui.input_mut(|keys| keys.consume_key(Modifiers::NONE, Key::Escape)) {
            self.escape(input);
            return;
        }
        if !matches!(self.state, State::Idle) {
            return;
        }
        let took = |modifiers, key| ui.input_mut(|keys| keys.consume_key(modifiers, key));
        let chosen = input.selection.iter().next().copied();
        if !input.read_only {
            if took(Modifiers::SHIFT, Key::Enter) {
                self.go_on(input, chosen, End::ShiftEnter);
            } else if took(Modifiers::NONE, Key::Enter) {
                self.go_on(input, chosen, End::Enter);
            }
        }
        let ways = [
            (Key::ArrowLeft, Way::Left),
            (Key::ArrowRight, Way::Right),
            (Key::ArrowUp, Way::Up),
            (Key::ArrowDown, Way::Down),
        ];
        for (key, way) in ways {
            if took(Modifiers::NONE, key) {
                self.walk(input, chosen, way);
            }
        }
    }

    /// Drops what is under way; else nothing is selected any more.
    fn escape(&mut self, input: &CanvasInput<'_>) {
        if matches!(std::mem::replace(&mut self.state, State::Idle), State::Idle) {
            self.select(input, BTreeSet::new());
        }
    }

    fn walk(&mut self, input: &CanvasInput<'_>, from: Option<Id>, way: Way) {
        let journey = input.journey();
        let stage = from.and_then(Id::to::<StageId>).filter(|_| way == Way::Down && !input.read_only);
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

    /// Enter on what is selected: into a stage, on from a touchpoint, or its text.
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

    /// Selects something and brings it into view, or opens its text field.
    pub(super) fn go_to(&mut self, input: &CanvasInput<'_>, next: Next) {
        match next {
            Next::Select(id) => {
                self.select(input, [id].into());
                self.reveal = Some(id);
            }
            Next::Type(what) => self.type_at(input, what),
        }
    }

    /// Opens a text field for something.
    pub(super) fn type_at(&mut self, input: &CanvasInput<'_>, what: What) {
        let source = self.branch();
        let draft = Draft::new(what, input.project, input.journey, source);
        self.state = State::Edit(Box::new(Editor::new(draft)));
    }

    /// Goes on with what was typed too fast for one frame; call it before anyone reads the keys of this one.
    pub fn resume(&mut self, ctx: &egui::Context) {
        if !self.later.is_empty() {
            let later = std::mem::take(&mut self.later);
            ctx.input_mut(|input| _ = input.events.splice(0..0, later));
        }
    }

    /// Ends the typing: commits what was typed and goes on to what follows.
    pub(super) fn end_typing(&mut self, input: &CanvasInput<'_>, end: End) {
        let State::Edit(mut editor) = std::mem::replace(&mut self.state, State::Idle) else { return };
        self.later = std::mem::take(&mut editor.later);
        if end == End::Escape {
            self.begun = true;
            return;
        }
        let (transaction, done) = editor.draft.result();
        let mut project = editor.draft.project.clone();
        if apply_all(&mut project, &transaction).is_err() {
            return;
        }
        let next = after(&editor.draft, end, &project, input.journey, done);
        if done.is_none() {
            self.begun = true;
        }
        if !transaction.is_empty() {
            self.events.push(CanvasEvent::Commit(transaction));
        }
        if end == End::Left {
            return;
        }
        match next {
            Some(Next::Type(what)) => {
                let chosen = done.into_iter().collect();
                self.select(input, chosen);
                let source = self.branch();
                let draft = Draft::new(what, &project, input.journey, source);
                self.state = State::Edit(Box::new(Editor::new(draft)));
            }
            Some(Next::Select(id)) => self.go_to(input, Next::Select(id)),
            None => {}
        }
    }
}
