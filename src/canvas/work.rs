//! What the canvas does when it is told to: by actions, by panels, by accepted invitations.

use super::camera::{Camera, ZOOM_STEP};
use super::edit::What;
use super::invite::Invite;
use super::io::{CanvasEvent, CanvasInput};
use super::order::Order;
use super::selection::{stage_of, working_stage};
use super::{Canvas, State};
use crate::edit::command::{self, Slot};
use crate::id::{Id, Kind, TouchpointId};
use crate::scene::Rect;

impl Canvas {
    /// Does what it is told.
    pub(super) fn obey(&mut self, order: Order, input: &CanvasInput<'_>) {
        let page = Rect::new(0.0, 0.0, input.scene.size.x, input.scene.size.y);
        match order {
            Order::ZoomIn => self.zoom_by(ZOOM_STEP),
            Order::ZoomOut => self.zoom_by(1.0 / ZOOM_STEP),
            Order::ZoomActual => self.zoom_by(1.0 / self.zoom()),
            Order::Fit => self.camera = Some(Camera::fit(page, self.window.size())),
            Order::FitSelection => {
                let chosen = input.selection.iter().filter_map(|id| input.scene.bounds(*id));
                if let Some(rect) = chosen.reduce(Rect::union) {
                    self.camera = Some(Camera::fit_within(rect.grow(24.0), self.window.size(), 2.0));
                }
            }
            Order::Reveal(id) => self.reveal = Some(id),
            Order::EditTitle(_)
            | Order::AddStage
            | Order::AddTouchpoint
            | Order::AddAlternative
            | Order::AddInsight(_)
            | Order::AddImprovement(_) => {
                let what = (!input.read_only).then(|| what(order, input)).flatten();
                if let Some(what) = what {
                    self.type_at(input, what);
                }
            }
        }
    }

    fn zoom_by(&mut self, factor: f32) {
        let mut camera = self.camera.unwrap_or_default();
        camera.zoom_at(self.window.size() / 2.0, factor);
        self.camera = Some(camera);
    }

    /// Does what an invitation offers.
    pub(super) fn accept(&mut self, input: &CanvasInput<'_>, invite: Invite) {
        match invite {
            Invite::Stage => {
                let last = input.journey().and_then(|j| j.stages_in_order().last().map(|stage| stage.id));
                self.type_at(input, What::Stage(last));
            }
            Invite::Touchpoint(stage) => self.type_at(input, What::Touchpoint(Slot::EndOf(stage))),
            Invite::Lane(kind) => {
                let mut source = self.branch();
                let (transaction, lane) =
                    command::add_lane(input.project, input.journey, None, kind, &mut source);
                self.events.push(CanvasEvent::Commit(transaction));
                self.events.push(CanvasEvent::Select([lane.into()].into()));
                self.reveal = Some(lane.into());
            }
        }
    }

    /// What must come into view now: what was asked for, or what is being typed, once the map shows it.
    pub(super) fn asked_place(&mut self, input: &CanvasInput<'_>) -> Option<Rect> {
        if let State::Edit(editor) = &mut self.state {
            let place = editor.place().filter(|_| !editor.revealed);
            editor.revealed |= place.is_some();
            return place;
        }
        let place = self.reveal.and_then(|id| input.scene.bounds(id));
        if place.is_some() {
            self.reveal = None;
        }
        place
    }
}

/// What a new insight speaks of; an improvement answers a selected pain first.
fn subject(input: &CanvasInput<'_>, answers: bool) -> Option<Id> {
    let answered = |id: &&Id| answers && matches!(id.kind(), Kind::Insight | Kind::Improvement);
    let spoken = |id: &&Id| matches!(id.kind(), Kind::Touchpoint | Kind::Stage | Kind::Flow);
    let chosen = || input.selection.iter();
    chosen().find(answered).or_else(|| chosen().find(spoken)).copied()
}

/// What an order to type something means, given what is selected.
fn what(order: Order, input: &CanvasInput<'_>) -> Option<What> {
    let card = || input.selection.iter().find_map(|id| id.to::<TouchpointId>());
    match order {
        Order::EditTitle(id) => Some(What::Name(id)),
        Order::AddStage => Some(What::Stage(input.selection.iter().find_map(|id| stage_of(input, *id)))),
        Order::AddTouchpoint => match card() {
            Some(card) => Some(What::Touchpoint(Slot::After(card))),
            None => working_stage(input).map(|stage| What::Touchpoint(Slot::EndOf(stage))),
        },
        Order::AddAlternative => card().map(|card| What::Touchpoint(Slot::Beside(card))),
        Order::AddInsight(kind) => Some(What::Insight(kind, subject(input, false))),
        Order::AddImprovement(kind) => Some(What::Improvement(kind, subject(input, true))),
        Order::ZoomIn
        | Order::ZoomOut
        | Order::ZoomActual
        | Order::Fit
        | Order::FitSelection
        | Order::Reveal(_) => None,
    }
}
