//! Executes orders to the canvas: from actions, panels and clicked placeholders.

use super::camera::{Camera, CameraView};
use super::edit::{EditTarget, LEAST};
use super::frozen;
use super::invite::Invite;
use super::io::{CanvasEvent, CanvasInput, PicturePlace};
use super::order::CanvasOrder;
use super::overlay;
use super::selection::{self, stage_of, working_stage};
use super::tool;
use super::{Canvas, CanvasState};
use engine::edit::command::{self, Slot};
use engine::i18n::{Msg, format_signed};
use engine::id::{Id, Kind, PersonaId, TouchpointId};
use engine::model::choice::ImprovementKind;
use engine::model::range::clamp_feeling;
use engine::scene::{Rect, Scene, ScenePart, pt};

/// The largest share of the map's visible part that an open field takes when it is brought into view.
const FIELD_SHARE: f32 = 0.8;
/// The time that the message about a changed feeling is shown, in seconds.
const TOLD: f64 = 1.6;

/// The message about a feeling changed by a key, shown at its place for a moment.
#[derive(Debug, Clone)]
pub(super) struct FeelingHint {
    card: TouchpointId,
    persona: PersonaId,
    words: String,
    since: Option<f64>,
}

impl Canvas {
    /// Executes an order.
    pub(super) fn execute_order(&mut self, order: CanvasOrder, input: &CanvasInput<'_>) {
        let page = Rect::new(0.0, 0.0, input.scene.size.x, input.scene.size.y);
        let before = self.camera;
        self.do_order(order, input, page);
        self.unmoved &= self.camera == before;
    }

    fn do_order(&mut self, order: CanvasOrder, input: &CanvasInput<'_>, page: Rect) {
        match order {
            CanvasOrder::ZoomIn => self.zoom_to(self.camera.unwrap_or_default().larger_zoom(), input),
            CanvasOrder::ZoomOut => self.zoom_to(self.camera.unwrap_or_default().smaller_zoom(), input),
            CanvasOrder::ZoomActual => self.zoom_to(1.0, input),
            CanvasOrder::Fit => self.camera = Some(self.fit_page(page, input)),
            CanvasOrder::FitSelection => {
                let chosen = input.selection.iter().filter_map(|id| input.scene.element_bounds(*id));
                if let Some(rect) = chosen.reduce(Rect::union) {
                    self.camera = Some(self.fit_beside_headers(rect.grow_by(24.0), input));
                }
            }
            CanvasOrder::Reveal(id) => self.reveal = Some(id),
            CanvasOrder::Feel(by) => self.change_feeling(by, input),
            CanvasOrder::EditTitle(_)
            | CanvasOrder::EditCell(..)
            | CanvasOrder::AddStage
            | CanvasOrder::AddTouchpoint
            | CanvasOrder::AddAlternative
            | CanvasOrder::AddInsight(..)
            | CanvasOrder::AddImprovement(..) => {
                let what = (!input.read_only).then(|| edit_target(order, input)).flatten();
                if let Some(what) = what {
                    self.type_at(input, what);
                }
            }
        }
    }

    /// Changes the feeling of the persona in work at the selected touchpoints, and shows the new value.
    fn change_feeling(&mut self, by: Option<f64>, input: &CanvasInput<'_>) {
        let Some(journey) = input.journey() else { return };
        if input.read_only {
            return;
        }
        let cards: Vec<TouchpointId> = input.selection.iter().filter_map(|id| id.to_typed()).collect();
        let Some(first) = cards.first().copied() else { return };
        let mut source = self.branch_source();
        let persona = tool::edited_persona(input.project, journey.info(), self.persona, &source);
        let customer = Msg::Customer.text(input.lang);
        let transaction = tool::step_feelings(input.project, &cards, persona, by, customer, &mut source);
        let name = input.project.personas().get(&persona).map_or(customer, |persona| &persona.name);
        let before = journey.touchpoints().get(&first).and_then(|card| card.feelings.get(&persona));
        let now = by.map(|by| clamp_feeling(before.copied().unwrap_or(0.0) + by));
        let shown = now.map_or("–".to_owned(), |now| format_signed(now, 1));
        self.told = Some(FeelingHint { card: first, persona, words: format!("{name} {shown}"), since: None });
        if !transaction.is_empty() {
            self.events.push(CanvasEvent::Commit(transaction));
        }
    }

    /// Shows the whole page. If the frozen lane labels are wider than the page's own, its content is shown
    /// beside them.
    fn fit_page(&self, page: Rect, input: &CanvasInput<'_>) -> Camera {
        let window = self.window.size();
        let plain = Camera::fit_rect(page, window);
        let Some(lane) = input.scene.grid.lanes.first() else { return plain };
        let covered = frozen::covered_size(&input.scene.grid, input.scene.size, window, plain.zoom).x;
        if (lane.label.max.x - plain.origin.x) * plain.zoom >= covered {
            return plain;
        }
        let content = Rect { min: pt(lane.label.max.x, page.min.y), max: page.max };
        let mut camera = Camera::fit_rect(content, window - egui::vec2(covered, 0.0));
        camera.pan_by(egui::vec2(covered, 0.0));
        camera
    }

    /// Shows a whole rectangle in the part of the window that frozen headers leave free.
    fn fit_beside_headers(&self, rect: Rect, input: &CanvasInput<'_>) -> Camera {
        let window = self.window.size();
        let most = 2.0;
        let zoom = Camera::fit_within(rect, window, most).zoom;
        let covered = frozen::covered_size(&input.scene.grid, input.scene.size, window, zoom);
        let mut camera = Camera::fit_within(rect, window - covered, most);
        camera.pan_by(covered);
        camera
    }

    /// Returns the zoom at which zooming out ends.
    pub(super) fn least_zoom(&self, input: &CanvasInput<'_>) -> f32 {
        Camera::least_zoom(input.scene.size, self.window.size())
    }

    /// Zooms about the window's middle.
    fn zoom_to(&mut self, zoom: f32, input: &CanvasInput<'_>) {
        let least = self.least_zoom(input);
        let mut camera = self.camera.unwrap_or_default();
        camera.zoom_at(self.window.size() / 2.0, zoom / camera.zoom, least);
        self.camera = Some(camera);
    }

    /// Executes the action of a clicked placeholder.
    pub(super) fn accept_invite(&mut self, input: &CanvasInput<'_>, invite: Invite) {
        match invite {
            Invite::Stage => {
                let last = input.journey().and_then(|j| j.stages_in_order().last().map(|stage| stage.id));
                self.type_at(input, EditTarget::Stage(last));
            }
            Invite::Label(flow) => self.type_at(input, EditTarget::Name(flow.into())),
            Invite::Touchpoint(stage) => self.type_at(input, EditTarget::Touchpoint(Slot::EndOf(stage))),
            Invite::Lane(kind) => {
                let mut source = self.branch_source();
                let (transaction, lane) =
                    command::add_lane(input.project, input.journey, None, kind, &mut source);
                self.events.push(CanvasEvent::Commit(transaction));
                self.events.push(CanvasEvent::Select([lane.into()].into()));
                self.queue_order(CanvasOrder::EditTitle(lane.into()));
                self.reveal = Some(lane.into());
            }
        }
    }

    /// Shows the new value of a feeling for a moment, at the point of the curve or else at the card.
    pub(super) fn tell_feeling(&mut self, ui: &egui::Ui, view: &CameraView, input: &CanvasInput<'_>) {
        let Some(told) = &mut self.told else { return };
        let now = ui.input(|input| input.time);
        let left = TOLD - (now - *told.since.get_or_insert(now));
        if left <= 0.0 {
            self.told = None;
            return;
        }
        let parts = [ScenePart::CurvePoint(told.persona), ScenePart::Card];
        let place = parts.iter().find_map(|part| {
            let is = |item: &&engine::scene::Placed| {
                item.block.part == *part && item.block.element == Some(told.card.into())
            };
            input.scene.items.iter().find(is).map(engine::scene::Placed::bounds)
        });
        if let Some(place) = place {
            overlay::draw_badge(
                ui.painter(),
                view.page_to_screen(place.center()),
                &told.words,
                input.theme(),
            );
        }
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
    }

    /// Returns the place in a picture lane at a point of the screen; `None` outside the map.
    pub fn picture_place_at(&self, scene: &Scene, at: egui::Pos2) -> Option<PicturePlace> {
        let view = CameraView::new(self.camera?, self.window, 1.0);
        self.window
            .contains(at)
            .then(|| tool::picture_place(&scene.grid, view.screen_to_page(at)))?
            .map(|(_, place)| place)
    }

    /// Pans to the requested element or the open text field, beside the frozen headers.
    pub(super) fn reveal_asked(&mut self, camera: &mut Camera, ui: &egui::Ui, input: &CanvasInput<'_>) {
        let Some((kind, place)) = self.asked_place(input, camera.zoom) else { return };
        let window = self.window.size();
        let before = camera.origin;
        let view = self.view_of(*camera, ui, input);
        let covered = frozen::covered_size(&input.scene.grid, input.scene.size, window, camera.zoom);
        // Of a field larger than the window the beginning is shown, where the text is.
        let room = (window - covered).max(egui::Vec2::ZERO) * FIELD_SHARE / camera.zoom;
        let place = if matches!(self.state, CanvasState::Edit(_)) {
            Rect::new(place.min.x, place.min.y, place.width().min(room.x), place.height().min(room.y))
        } else {
            place
        };
        camera.reveal_rect(place, window, covered);
        // All of a frozen header is in view across the edge, and along it unless it is beyond the window.
        if kind == Some(Kind::Stage) && view.frozen.stages.is_some() {
            camera.origin.y = before.y;
            let seen = view
                .part_screen_rect(ScenePart::StageHeader, place)
                .intersect(view.part_clip_rect(ScenePart::StageHeader));
            if seen.width() >= LEAST.x {
                camera.origin.x = before.x;
            }
        }
        if kind == Some(Kind::Lane) && view.frozen.lanes.is_some() {
            camera.origin.x = before.x;
        }
        let view = self.view_of(*camera, ui, input);
        self.pan_clear_of_minimap(camera, &view, input.scene.size, view.screen_rect(place));
    }

    /// Returns the place to bring into view once the map shows it, and the kind of its element.
    fn asked_place(&mut self, input: &CanvasInput<'_>, zoom: f32) -> Option<(Option<Kind>, Rect)> {
        if let CanvasState::Edit(editor) = &mut self.state {
            let place = if editor.revealed == Some(zoom) { None } else { editor.element_rect() };
            editor.revealed = place.map(|_| zoom).or(editor.revealed);
            // The field may be larger than the element whose text it edits.
            let least = LEAST / zoom;
            let whole = |place: Rect| {
                let size = (place.width().max(least.x), place.height().max(least.y));
                Rect::new(place.min.x, place.min.y, size.0, size.1)
            };
            let kind = editor.element.map(Id::kind);
            return place.map(|place| (kind, whole(place)));
        }
        let id = self.reveal?;
        let place = input.scene.element_bounds(id)?;
        self.reveal = None;
        Some((Some(id.kind()), place))
    }
}

/// The maximum number of steps from the selection to its subject: from a solution over opportunity and pain
/// to a touchpoint.
const SUBJECTS: usize = 4;

/// Returns the subject of a new insight: the selection, or the selection's own subject.
fn spoken_of(input: &CanvasInput<'_>) -> Option<Id> {
    let spoken = |id: &Id| matches!(id.kind(), Kind::Touchpoint | Kind::Stage | Kind::Flow);
    let above = |id: &Id| {
        let next = |id: &Id| selection::subject_of(input, *id);
        std::iter::successors(Some(*id), next).take(SUBJECTS).find(spoken)
    };
    input.selection.iter().copied().find(spoken).or_else(|| input.selection.iter().find_map(above))
}

/// Returns the target of a new improvement: a selected insight, for a solution also an opportunity; else what
/// it speaks of.
fn answered_element(input: &CanvasInput<'_>, kind: ImprovementKind) -> Option<Id> {
    let made = |id: &Id| id.to_typed().and_then(|id| input.project.improvements().get(&id));
    let is_answered = |id: &Id| {
        let serves = kind == ImprovementKind::Solution;
        let opportunity = || made(id).is_some_and(|made| made.kind == ImprovementKind::Opportunity && serves);
        id.kind() == Kind::Insight || opportunity()
    };
    let beside = || input.selection.iter().filter(|id| made(id).is_some());
    let chosen = input.selection.iter().copied().find(is_answered);
    // A new one beside a selected improvement answers the same element.
    let shared = || beside().find_map(|id| selection::subject_of(input, *id));
    chosen.or_else(shared).or_else(|| spoken_of(input))
}

/// Returns what an order opens for typing, given the selection.
fn edit_target(order: CanvasOrder, input: &CanvasInput<'_>) -> Option<EditTarget> {
    let card = || input.selection.iter().find_map(|id| id.to_typed::<TouchpointId>());
    match order {
        CanvasOrder::EditTitle(id) => Some(EditTarget::Name(id)),
        CanvasOrder::EditCell(lane, at) => Some(EditTarget::Cell(lane, at)),
        CanvasOrder::AddStage => {
            Some(EditTarget::Stage(input.selection.iter().find_map(|id| stage_of(input, *id))))
        }
        CanvasOrder::AddTouchpoint => match card() {
            Some(card) => Some(EditTarget::Touchpoint(Slot::After(card))),
            None => working_stage(input).map(|stage| EditTarget::Touchpoint(Slot::EndOf(stage))),
        },
        CanvasOrder::AddAlternative => card().map(|card| EditTarget::Touchpoint(Slot::Beside(card))),
        // An insight can't speak of a whole journey: there it is about nothing yet.
        CanvasOrder::AddInsight(kind, Some(about)) if about.kind() == Kind::Journey => {
            Some(EditTarget::Insight(kind, None))
        }
        CanvasOrder::AddInsight(kind, about) => {
            Some(EditTarget::Insight(kind, about.or_else(|| spoken_of(input))))
        }
        CanvasOrder::AddImprovement(kind, about) => {
            Some(EditTarget::Improvement(kind, about.or_else(|| answered_element(input, kind))))
        }
        CanvasOrder::ZoomIn
        | CanvasOrder::ZoomOut
        | CanvasOrder::ZoomActual
        | CanvasOrder::Fit
        | CanvasOrder::FitSelection
        | CanvasOrder::Feel(_)
        | CanvasOrder::Reveal(_) => None,
    }
}
