//! Mouse handling: pressing selects, dragging begins a gesture, releasing commits it.

use super::camera::CameraView;
use super::edit::{EditEnd, EditTarget, TextDraft, TextEditor, cell_place};
use super::frozen::Zone;
use super::io::{CanvasEvent, CanvasInput};
use super::overlay::{self, HANDLE, flow_handles};
use super::selection::{self, Target, is_stop};
use super::tool::{self, Gesture, GestureStart, Grab};
use super::{Canvas, CanvasState};
use crate::app::keyboard;
use egui::{CursorIcon, PointerButton, Pos2, Response, Ui};
use engine::edit::command::Slot;
use engine::edit::{Op, apply_all};
use engine::i18n::Msg;
use engine::id::{Id, Kind, LaneId, StageId, TouchpointId};
use engine::model::choice::LaneKind;
use engine::scene::{GridColumn, Pt, Rect, ScenePart};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The distance within which the pointer hits a line, in points of the screen.
const REACH: f32 = 5.0;

impl Canvas {
    /// Returns the element at a point of the screen: on the map, or in the frozen headers over it.
    pub(super) fn target_at(&self, input: &CanvasInput<'_>, view: &CameraView, at: Pos2) -> Option<Target> {
        let point = view.screen_to_part(at);
        match view.zone_at(at) {
            Zone::Map => {}
            Zone::Stages => return Self::header_at(input, ScenePart::StageHeader, point),
            Zone::Lanes => return Self::header_at(input, ScenePart::Lane, point),
            Zone::Corner => return None,
        }
        let item = self.paint.index().item_at(input.scene, point, REACH / view.zoom)?;
        selection::target_of(input.scene, item, point)
    }

    /// Handles the pointer in this frame.
    pub(super) fn handle_pointer(
        &mut self,
        ui: &Ui,
        response: &Response,
        view: &CameraView,
        input: &CanvasInput<'_>,
    ) {
        let pointer = ui.input(|input| input.pointer.latest_pos());
        self.hover = response.hover_pos().and_then(|at| self.hovered_at(view, input, at));
        self.over_cell = response.hover_pos().is_some_and(|at| cell_under(view, input, at).is_some());
        if ui.input(|input| input.pointer.primary_pressed()) {
            self.pressed = self.hover;
        }
        let shift = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        if response.drag_started_by(PointerButton::Primary)
            && let Some(origin) = ui.input(|input| input.pointer.press_origin())
        {
            self.begin_drag(input, view, origin, shift);
        }
        if let Some(pointer) = pointer {
            self.update_drag(ui, input, view, pointer, shift);
        }
        if response.drag_stopped_by(PointerButton::Primary) {
            self.commit_gesture(input);
        }
        let is_done = self.taken_click.take().is_some();
        if let Some(at) = response.interact_pointer_pos()
            && !is_done
        {
            if response.double_clicked() {
                self.handle_double_click(input, view, at);
            } else if response.clicked() {
                self.handle_click(input, view, at, shift);
            }
        }
        self.show_cursor(ui, response, view);
    }

    /// Returns the element under the pointer: the card whose handle is hovered, or the element that is hit.
    fn hovered_at(&self, view: &CameraView, input: &CanvasInput<'_>, at: Pos2) -> Option<Target> {
        let near = |target: &Target| {
            flow_handles(view, target).iter().any(|handle| handle.distance(at) <= 1.6 * HANDLE)
        };
        let held = self.hover.filter(|target| !input.read_only && near(target));
        held.or_else(|| self.target_at(input, view, at))
    }

    /// Returns the selection after a click of this frame, before anything is drawn, so that panels show it in
    /// the same frame. The click is then handled; `None` if the click does something else.
    pub fn take_click(&mut self, ui: &Ui, input: &CanvasInput<'_>) -> Option<BTreeSet<Id>> {
        let response = keyboard::map_id(ui.ctx()).and_then(|map| ui.ctx().read_response(map))?;
        let is_plain =
            response.clicked() && !response.double_clicked() && matches!(self.state, CanvasState::Idle);
        if !(is_plain && self.is_showing(input.journey)) {
            return None;
        }
        let at = response.interact_pointer_pos()?;
        let view = self.view_of(self.camera?, ui, input);
        let shift = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        if !shift && cell_under(&view, input, at).is_some() {
            return None;
        }
        self.taken_click = Some(at);
        self.begun = true;
        Some(self.selection_after_click(input, &view, at, shift))
    }

    fn handle_click(&mut self, input: &CanvasInput<'_>, view: &CameraView, at: Pos2, shift: bool) {
        self.begun = true;
        if matches!(self.state, CanvasState::Edit(_)) {
            self.end_typing(input, EditEnd::Left);
        }
        let cell = if shift { None } else { cell_under(view, input, at) };
        if let Some(cell) = cell {
            return self.type_at(input, cell);
        }
        let selection = self.selection_after_click(input, view, at, shift);
        self.select_elements(input, selection);
    }

    /// Returns the selection after a click.
    fn selection_after_click(
        &mut self,
        input: &CanvasInput<'_>,
        view: &CameraView,
        at: Pos2,
        shift: bool,
    ) -> BTreeSet<Id> {
        let target = self.target_at(input, view, at);
        if let Some(Target { part: ScenePart::CurvePoint(persona), .. }) = target {
            self.persona = Some(persona);
        }
        match target {
            Some(target) => selection::after_click(input.selection, target.id, shift),
            None if shift => input.selection.clone(),
            None => BTreeSet::new(),
        }
    }

    /// Handles a double click: edits the name of the element there, or makes a new one on empty ground.
    fn handle_double_click(&mut self, input: &CanvasInput<'_>, view: &CameraView, at: Pos2) {
        if input.read_only {
            return;
        }
        if let Some(target) = self.target_at(input, view, at) {
            let named = matches!(
                target.part,
                ScenePart::Header
                    | ScenePart::StageHeader
                    | ScenePart::Lane
                    | ScenePart::Card
                    | ScenePart::Insight
                    | ScenePart::Flow
                    | ScenePart::FlowLabel
                    | ScenePart::Picture
            );
            if named {
                self.type_at(input, EditTarget::Name(target.id));
            } else if let Some(cell) = cell_at(input, target.id) {
                self.type_at(input, cell);
            }
            return;
        }
        if view.zone_at(at) != Zone::Map {
            return;
        }
        let at = view.screen_to_page(at);
        let grid = &input.scene.grid;
        let Some(band) = grid.lane_at(at.y).filter(|band| at.x > band.label.max.x) else { return };
        match band.kind {
            kind if kind.holds_cards() => {
                let spot = tool::spot_at(input.scene, &[], at);
                if let Some((spot, _)) = spot {
                    self.type_at(input, EditTarget::Touchpoint(Slot::At(spot)));
                }
            }
            LaneKind::Feeling => {
                if let Some(grab) = self.feeling_at(input, at) {
                    let mut gesture = Gesture::new(grab, at, self.gesture_start(input));
                    gesture.pointer = Pt { x: at.x, y: at.y + 1.0 };
                    gesture.follow_pointer(at, false);
                    self.state = CanvasState::Gesture(Box::new(gesture));
                    self.commit_gesture(input);
                }
            }
            kind if kind.holds_texts() => {
                let column = grid.column_at(at.x);
                if let Some(column) = column {
                    let under = column.step.map_or(Id::from(column.stage), Id::from);
                    self.type_at(input, EditTarget::Cell(band.lane, under));
                }
            }
            _ => {}
        }
    }

    /// Begins the gesture for a drag from a point of the screen.
    fn begin_drag(&mut self, input: &CanvasInput<'_>, view: &CameraView, origin: Pos2, shift: bool) {
        let start = view.screen_to_part(origin);
        if let Some(handle) = self.handle_at(input, view, origin) {
            return self.begin_gesture(input, Grab::Flow(handle), start);
        }
        let Some(target) = self.target_at(input, view, origin) else {
            if view.zone_at(origin) != Zone::Map {
                return;
            }
            if let Some(grab) = self.feeling_at(input, start)
                && !input.read_only
            {
                return self.begin_gesture(input, grab, start);
            }
            let kept = if shift { input.selection.clone() } else { BTreeSet::new() };
            self.state = CanvasState::Marquee { start, end: start, kept };
            return;
        };
        if input.read_only {
            return;
        }
        let grab = match target.part {
            ScenePart::Card => Some(Grab::Cards(dragged_cards(input, target.id))),
            ScenePart::StageHeader => target.id.to_typed::<StageId>().map(Grab::Stage),
            ScenePart::Lane => target.id.to_typed::<LaneId>().map(Grab::Lane),
            ScenePart::CurvePoint(persona) => {
                self.persona = Some(persona);
                target.id.to_typed().map(|touchpoint| Grab::Feeling(touchpoint, persona))
            }
            ScenePart::Insight => Some(Grab::Notes(dragged_notes(input, target.id))),
            ScenePart::Picture => target.id.to_typed().map(Grab::Picture),
            _ => None,
        };
        if let Some(grab) = grab {
            if !input.selection.contains(&target.id) {
                self.select_elements(input, [target.id].into());
            }
            self.begin_gesture(input, grab, start);
        }
    }

    fn handle_at(&self, input: &CanvasInput<'_>, view: &CameraView, at: Pos2) -> Option<Id> {
        if input.read_only {
            return None;
        }
        let target = self.pressed?;
        flow_handles(view, &target)
            .iter()
            .any(|handle| handle.distance(at) <= 1.6 * HANDLE)
            .then_some(target.id)
    }

    /// Returns the feeling that could be drawn at a point of a feeling lane: that of the column's first
    /// touchpoint.
    fn feeling_at(&self, input: &CanvasInput<'_>, at: Pt) -> Option<Grab> {
        let grid = &input.scene.grid;
        let band =
            grid.lane_at(at.y).filter(|band| band.kind == LaneKind::Feeling && at.x > band.label.max.x)?;
        let axis = grid.feelings.iter().find(|axis| axis.lane == band.lane)?;
        let journey = input.journey()?;
        if axis.top >= axis.bottom {
            return None;
        }
        let column = grid.column_at(at.x)?;
        let cards = engine::model::sort_records(
            journey.touchpoints().values().filter(|card| Some(card.step) == column.step),
        );
        let persona = tool::edited_persona(input.project, journey.info(), self.persona, &self.source);
        cards.first().map(|card| Grab::Feeling(card.id, persona))
    }

    /// Draws a faint point in a feeling lane if the column has none yet; dragging it makes one.
    pub(super) fn invite_feeling(
        &self,
        ui: &Ui,
        response: &Response,
        view: &CameraView,
        input: &CanvasInput<'_>,
    ) {
        let free = |at: &Pos2| !input.read_only && view.zone_at(*at) == Zone::Map;
        let Some(at) = response.hover_pos().filter(free) else { return };
        let Some(Grab::Feeling(card, persona)) = self.feeling_at(input, view.screen_to_page(at)) else {
            return;
        };
        let journey = input.journey();
        let felt = journey.and_then(|journey| journey.touchpoints().get(&card)).map(|card| &card.feelings);
        if felt.is_some_and(|feelings| !feelings.contains_key(&persona)) {
            overlay::draw_ghost_point(ui.painter(), at, input.theme());
            ui.set_cursor_icon(CursorIcon::ResizeVertical);
        }
    }

    fn begin_gesture(&mut self, input: &CanvasInput<'_>, grab: Grab, start: Pt) {
        let ground = self.gesture_start(input);
        self.state = CanvasState::Gesture(Box::new(Gesture::new(grab, start, ground)));
    }

    fn gesture_start(&mut self, input: &CanvasInput<'_>) -> GestureStart {
        GestureStart {
            scene: Arc::clone(input.scene),
            project: input.project.clone(),
            journey: input.journey,
            source: self.branch_source(),
            first_persona: Msg::Customer.text(input.lang),
        }
    }

    /// Updates the gesture or selection rectangle for a new pointer position.
    fn update_drag(&mut self, ui: &Ui, input: &CanvasInput<'_>, view: &CameraView, at: Pos2, also: bool) {
        let pointer = view.screen_to_page(at);
        match &mut self.state {
            CanvasState::Gesture(gesture) => {
                let before = gesture.outcome.clone();
                // A feeling is a height on the map, even over a frozen header.
                let is_height = matches!(gesture.grab, Grab::Feeling(..));
                gesture.follow_pointer(if is_height { pointer } else { view.screen_to_part(at) }, also);
                if gesture.outcome != before {
                    ui.request_repaint();
                }
            }
            CanvasState::Marquee { start, end, kept } => {
                *end = pointer;
                let mut selection = kept.clone();
                let rect = Rect::from_two_points(*start, pointer);
                let touched = self.paint.index().items_in(input.scene, rect);
                let stops = touched.iter().filter(|item| is_stop(item.block.part));
                let inside = stops.filter(|item| selection::body_rect(item).overlaps_rect(rect));
                selection.extend(inside.filter_map(|item| item.block.element));
                self.select_elements(input, selection);
            }
            CanvasState::Idle | CanvasState::Edit(_) => {}
        }
    }

    /// Ends the gesture: commits its change to the document, once. A new flow is selected, and a field for
    /// its label opens on the line.
    fn commit_gesture(&mut self, input: &CanvasInput<'_>) {
        let CanvasState::Gesture(gesture) = std::mem::replace(&mut self.state, CanvasState::Idle) else {
            return;
        };
        let transaction = gesture.outcome.transaction;
        let made = transaction.ops.first().map(Op::id).filter(|id| id.kind() == Kind::Flow);
        let mut project = input.project.clone();
        let flow = match made {
            Some(flow) if matches!(gesture.grab, Grab::Flow(_)) => {
                apply_all(&mut project, &transaction).is_ok().then_some(flow)
            }
            _ => None,
        };
        if !transaction.is_empty() {
            self.events.push(CanvasEvent::Commit(transaction));
        }
        if let Some(flow) = flow {
            self.select_elements(input, [flow].into());
            let draft = TextDraft::new(EditTarget::Name(flow), &project, input.journey, self.branch_source());
            self.state = CanvasState::Edit(Box::new(TextEditor::new(draft)));
        }
    }

    fn show_cursor(&self, ui: &Ui, response: &Response, view: &CameraView) {
        let at = response.hover_pos();
        let icon = match (&self.state, self.hover, at) {
            (CanvasState::Gesture(gesture), _, _) => match gesture.grab {
                Grab::Feeling(..) => CursorIcon::ResizeVertical,
                Grab::Flow(_) => CursorIcon::Crosshair,
                Grab::Notes(_) if gesture.also => CursorIcon::Copy,
                Grab::Cards(_) | Grab::Stage(_) | Grab::Lane(_) | Grab::Notes(_) | Grab::Picture(_) => {
                    CursorIcon::Grabbing
                }
            },
            (CanvasState::Idle, Some(target), Some(at)) => {
                let on_handle =
                    flow_handles(view, &target).iter().any(|handle| handle.distance(at) <= 1.6 * HANDLE);
                match target.part {
                    _ if on_handle => CursorIcon::Crosshair,
                    ScenePart::CurvePoint(_) => CursorIcon::ResizeVertical,
                    ScenePart::Cell => CursorIcon::Text,
                    ScenePart::Flow | ScenePart::FlowLabel | ScenePart::Score => CursorIcon::PointingHand,
                    _ => return,
                }
            }
            (CanvasState::Idle, None, Some(_)) if self.over_cell => CursorIcon::Text,
            _ => return,
        };
        ui.set_cursor_icon(icon);
    }
}

/// Returns the cell that a click at a point of the screen would edit.
fn cell_under(view: &CameraView, input: &CanvasInput<'_>, at: Pos2) -> Option<EditTarget> {
    let may = !input.read_only && !input.presenting && view.zone_at(at) == Zone::Map;
    if may { text_cell(input, view.screen_to_page(at)) } else { None }
}

/// Returns the cell of a text lane at a point, empty or not.
pub(super) fn text_cell(input: &CanvasInput<'_>, at: Pt) -> Option<EditTarget> {
    let grid = &input.scene.grid;
    let band = grid.lane_at(at.y).filter(|band| band.kind.holds_texts() && at.x > band.label.max.x)?;
    let inside = |column: &&GridColumn| (column.span.0..=column.span.1).contains(&at.x);
    let column = grid.columns.iter().find(inside)?;
    let stage = column.stage.into();
    let step = column.step.map_or(stage, Id::from);
    Some(EditTarget::Cell(band.lane, cell_place(input.journey()?, band.lane, stage, step)))
}

fn cell_at(input: &CanvasInput<'_>, id: Id) -> Option<EditTarget> {
    let cell = input.journey()?.cells().get(&id.to_typed()?)?;
    Some(EditTarget::Cell(cell.lane, cell.at))
}

/// Returns the cards that are dragged along with one: all selected ones if it is one of them.
fn dragged_cards(input: &CanvasInput<'_>, id: Id) -> Vec<TouchpointId> {
    if input.selection.contains(&id) {
        input.selection.iter().filter_map(|id| id.to_typed()).collect()
    } else {
        id.to_typed().into_iter().collect()
    }
}

/// Returns the notes that are dragged along with one: all selected ones if it is one of them.
fn dragged_notes(input: &CanvasInput<'_>, id: Id) -> Vec<Id> {
    let chosen = || input.selection.iter().copied().filter(|id| tool::is_note(*id)).collect();
    if input.selection.contains(&id) { chosen() } else { vec![id] }
}
