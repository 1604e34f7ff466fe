//! Faint placeholders for new elements: reachable with mouse and keyboard, never part of the exported
//! picture.

use super::camera::CameraView;
use super::edit::EditTarget;
use super::io::CanvasInput;
use super::pointer::text_cell;
use super::selection::stage_of;
use super::{flow_label, fonts};
use crate::app::menu_keys::walk_menu;
use crate::app::style::to_color32;
use egui::{Align2, Response, Role, Sense, Stroke, Ui, WidgetInfo};
use engine::i18n::{Msg, Worded};
use engine::id::{FlowId, StageId};
use engine::model::choice::LaneKind;
use engine::scene::{GridColumn, Pt, Rect, ScenePart};
use engine::theme::{Face, Theme, size};

/// Below this zoom no placeholders are shown.
const LEAST_ZOOM: f32 = 0.5;
/// Space between an element of the map and the placeholder beside it.
const GAP: f32 = size::space::L;
/// The width of the placeholder for the first stage.
const FIRST: f32 = 112.0;

/// The size of the placeholder for a flow's label, in points of the screen.
const LABEL: egui::Vec2 = egui::vec2(76.0, 20.0);

/// The element that a placeholder creates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Invite {
    /// A stage after the last.
    Stage,
    /// A touchpoint at the end of a stage.
    Touchpoint(StageId),
    /// A lane of a kind below the last.
    Lane(LaneKind),
    /// The label of a flow that has none.
    Label(FlowId),
}

/// Shows the placeholders; returns the one that was clicked.
pub(super) fn show(
    ui: &mut Ui,
    view: &CameraView,
    input: &CanvasInput<'_>,
    hover: Option<Pt>,
) -> Option<Invite> {
    if view.zoom < LEAST_ZOOM {
        return None;
    }
    let theme = input.theme();
    let mut accepted = None;
    let window = ui.clip_rect();
    ui.set_clip_rect(window.intersect(view.part_clip_rect(ScenePart::StageHeader)));
    if let Some(rect) = stage_place(input) {
        let rect = view.part_screen_rect(ScenePart::StageHeader, rect);
        let response =
            placeholder_button(ui, rect, view.zoom, Msg::PlusStage.text(input.lang), "stage", theme);
        accepted = response.clicked().then_some(Invite::Stage);
    }
    if let Some((stage, rect)) = busy_stage(input, hover) {
        let rect = view.part_screen_rect(ScenePart::StageHeader, rect);
        let response = placeholder_button(ui, rect, view.zoom, "+", ("more", stage), theme);
        let response = response.on_hover_text(Msg::AddTouchpoint.text(input.lang));
        accepted = response.clicked().then_some(Invite::Touchpoint(stage)).or(accepted);
    }
    ui.set_clip_rect(window.intersect(view.content_rect()));
    for (stage, rect) in touchpoint_places(input) {
        let rect = view.screen_rect(rect);
        // A flow may pass through the empty column.
        ui.painter().rect_filled(rect, 0.0, to_color32(theme.canvas));
        let response = placeholder_button(
            ui,
            rect,
            view.zoom,
            Msg::PlusTouchpoint.text(input.lang),
            ("touchpoint", stage),
            theme,
        );
        accepted = response.clicked().then_some(Invite::Touchpoint(stage)).or(accepted);
    }
    if let Some((flow, at)) = flow_label::unlabelled_flow(input) {
        let rect = egui::Rect::from_center_size(view.page_to_screen(at), LABEL);
        ui.painter().rect_filled(rect, size::radius::CHIP, to_color32(theme.surface));
        let response =
            placeholder_button(ui, rect, 1.0, Msg::Condition.text(input.lang), ("label", flow), theme);
        accepted = response.clicked().then_some(Invite::Label(flow)).or(accepted);
    }
    if let Some(rect) = hover.and_then(|at| empty_cell(input, at)) {
        let rect = view.screen_rect(rect);
        let ink = to_color32(theme.muted);
        let corners =
            [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        let line = Stroke::new(1.0, ink.gamma_multiply(0.6));
        ui.painter().extend(egui::Shape::dashed_line(&corners, line, 4.0, 4.0));
        let font = fonts::font_id(Face::Regular, (size::text::SMALL * view.zoom).max(9.0));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, Msg::TypeHere.text(input.lang), font, ink);
    }
    ui.set_clip_rect(window.intersect(view.part_clip_rect(ScenePart::Lane)));
    let lane = lane_menu(ui, view, input);
    ui.set_clip_rect(window);
    lane.or(accepted)
}

/// Returns the rectangle of an empty text cell under the pointer.
fn empty_cell(input: &CanvasInput<'_>, at: Pt) -> Option<Rect> {
    let EditTarget::Cell(lane, under) = text_cell(input, at)? else { return None };
    if input.journey()?.cells().values().any(|cell| cell.lane == lane && cell.at == under) {
        return None;
    }
    let grid = &input.scene.grid;
    let band = grid.lanes.iter().find(|band| band.lane == lane)?;
    let column = grid.columns.iter().find(|column| (column.span.0..=column.span.1).contains(&at.x))?;
    let height = (band.rect.height() - 2.0 * size::space::S).min(44.0);
    Some(Rect::new(column.span.0, band.rect.min.y + size::space::S, column.span.1 - column.span.0, height))
}

/// Returns the place right of the last stage's header, past the room for its next touchpoint; in an empty
/// journey, in its first lane.
fn stage_place(input: &CanvasInput<'_>) -> Option<Rect> {
    let grid = &input.scene.grid;
    let Some(last) = grid.stages.last() else {
        let lane = grid.lanes.first()?;
        return Some(Rect::new(lane.label.max.x + GAP, lane.rect.min.y + GAP, FIRST, 44.0));
    };
    let next = grid.columns.last().filter(|column| column.step.is_some());
    let room = next.map_or(0.0, |column| column.span.1 - column.span.0 + GAP);
    Some(Rect::new(last.header.max.x + GAP + room, last.header.min.y, 96.0, last.header.height()))
}

/// Returns the empty column of each stage without touchpoints, and the column after the last stage's.
fn touchpoint_places(input: &CanvasInput<'_>) -> Vec<(StageId, Rect)> {
    let grid = &input.scene.grid;
    let Some(band) = grid.lanes.iter().find(|band| band.kind == LaneKind::Touchpoints) else {
        return Vec::new();
    };
    let (top, bottom) = band.row.unwrap_or((band.rect.min.y + GAP, band.rect.max.y - GAP));
    let height = bottom - top;
    let place = |column: &GridColumn, left: f32| Rect::new(left, top, column.span.1 - column.span.0, height);
    let empty = grid.columns.iter().filter(|column| column.step.is_none());
    let mut places: Vec<_> = empty.map(|column| (column.stage, place(column, column.span.0))).collect();
    // There is room for another card after the last one of the map.
    let last = grid.columns.last().filter(|column| column.step.is_some());
    places.extend(last.map(|column| (column.stage, place(column, column.span.1 + GAP))));
    places
}

/// Returns the place of the small plus sign in the header of the stage that is hovered or in work.
fn busy_stage(input: &CanvasInput<'_>, hover: Option<Pt>) -> Option<(StageId, Rect)> {
    let grid = &input.scene.grid;
    let over = hover.and_then(|at| {
        let inside = |column: &&GridColumn| (column.span.0..=column.span.1).contains(&at.x);
        grid.columns.iter().find(inside).map(|column| column.stage)
    });
    let chosen = || input.selection.iter().find_map(|id| stage_of(input, *id));
    let stage = over.or_else(chosen)?;
    let header = grid.stages.iter().find(|span| span.stage == stage)?.header;
    Some((stage, Rect::new(header.max.x - 26.0, header.max.y - 26.0, 20.0, 20.0)))
}

fn placeholder_button(
    ui: &mut Ui,
    rect: egui::Rect,
    zoom: f32,
    text: &str,
    salt: impl egui::AsIdSalt,
    theme: &Theme,
) -> Response {
    // Only visible placeholders take the keyboard focus.
    let is_seen = ui.is_rect_visible(rect);
    let sense = if is_seen { Sense::click() } else { Sense::CLICK };
    let response = ui.interact(rect, ui.scope_id().with(("invite", egui::IdSalt::new(salt))), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
    if is_seen {
        let strong = response.hovered() || response.has_focus();
        let ink = to_color32(if strong { theme.accent } else { theme.muted });
        let ink = if strong { ink } else { ink.gamma_multiply(0.75) };
        let corners =
            [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
        let line = Stroke::new(1.0, if strong { ink } else { ink.gamma_multiply(0.6) });
        ui.painter().extend(egui::Shape::dashed_line(&corners, line, 4.0, 4.0));
        let font = fonts::font_id(Face::Regular, (size::text::SMALL * zoom).max(9.0));
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, text, font, ink);
        if response.has_focus() {
            let ring = Stroke::new(2.0, to_color32(theme.focus));
            ui.painter().rect_stroke(rect.expand(2.0), size::radius::CARD, ring, egui::StrokeKind::Outside);
        }
    }
    response
}

/// Shows the menu of lane kinds below the last lane.
fn lane_menu(ui: &mut Ui, view: &CameraView, input: &CanvasInput<'_>) -> Option<Invite> {
    let last = input.scene.grid.lanes.last()?;
    let rect = Rect::new(last.rect.min.x, last.rect.max.y + 8.0, last.label.width().max(80.0), 26.0);
    let rect = view.part_screen_rect(ScenePart::Lane, rect);
    let response =
        placeholder_button(ui, rect, view.zoom, Msg::PlusLane.text(input.lang), "lane", input.theme());
    let mut chosen = None;
    egui::Popup::menu(&response).show(|ui| {
        let entries: Vec<(Response, &str)> = LaneKind::ALL
            .iter()
            .map(|kind| {
                let words = kind.display_name().text(input.lang);
                (ui.button(words), words)
            })
            .collect();
        walk_menu(ui, &entries);
        let clicked = entries.iter().zip(LaneKind::ALL).find(|((entry, _), _)| entry.clicked());
        if let Some((_, kind)) = clicked {
            chosen = Some(Invite::Lane(*kind));
            ui.close();
        }
    });
    chosen
}
