//! A line of the outline: its look, and its response to clicks, renaming and dragging.

use super::map_menu;
use super::widgets::set_accessible_name;
use crate::app::action::Action;
use crate::app::desk::{EditContext, Pending, Reading};
use crate::app::request::AppRequest;
use crate::app::style::{font_id, to_color32, to_corner_radius};
use crate::canvas::select_all;
use egui::{
    Align2, Key, Painter, Popup, PopupCloseBehavior, Pos2, Rect, Response, Role, Sense, Shape, Stroke,
    TextEdit, Ui, pos2, vec2,
};
use engine::edit::command::{self, CardPlace};
use engine::i18n::Msg;
use engine::id::{Id, Kind};
use engine::model::value::FieldValue;
use engine::model::{Lane, title_field};
use engine::theme::size::{radius, space, text};
use engine::theme::{Color, Face, Icon, PointShape, Theme};

/// Height of a line, in points.
pub(super) const LINE: f32 = 25.0;

/// The mark at the left of a line.
#[derive(Debug, Clone, Copy)]
pub(super) enum LineMark {
    /// Nothing.
    None,
    /// An icon.
    Icon(Icon),
    /// A persona's colour and shape.
    Persona(Color, PointShape),
}

/// The content of a line: its element, its text, and the small marks at its right.
#[derive(Debug, Clone)]
pub(super) struct OutlineLine {
    /// The element that the line selects.
    pub(super) id: Id,
    /// The name of the element.
    pub(super) words: String,
    /// The indentation, in points.
    pub(super) indent: f32,
    /// True for a line that heads others.
    pub(super) strong: bool,
    /// The mark at the left.
    pub(super) mark: LineMark,
    /// True to show a diamond for a moment of truth.
    pub(super) moment: bool,
    /// True to show a dot for a pain.
    pub(super) pain: bool,
    /// The interactions sensed; only one line of a list is focusable.
    pub(super) sense: Sense,
}

impl OutlineLine {
    /// Returns a plain line without marks.
    pub(super) fn new(id: Id, words: String) -> Self {
        let sense = Sense::click_and_drag();
        Self {
            id,
            words,
            indent: 0.0,
            strong: false,
            mark: LineMark::None,
            moment: false,
            pain: false,
            sense,
        }
    }
}

/// Returns the widget id of an element's line.
pub(super) fn widget_id(id: Id) -> egui::Id {
    egui::Id::unique(("outline", id))
}

/// Shows a line, or the field for renaming it.
pub(super) fn show_line(ui: &mut Ui, desk: &mut EditContext<'_>, line: &OutlineLine) -> Response {
    if desk.typing.naming == Some(line.id) {
        // Another name being typed is committed first: this field opens in the next frame.
        let other = renamed_element(ui).is_some_and(|id| id != line.id);
        set_renaming(ui, if other { None } else { desk.typing.naming.take() });
    }
    let renamed = renamed_element(ui).is_some_and(|id| id == line.id);
    if renamed {
        return rename_field(ui, desk, line);
    }
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), LINE));
    let response = ui.interact(rect, widget_id(line.id), line.sense);
    set_accessible_name(&response, Role::Button, &line.words);
    if ui.is_rect_visible(rect) {
        paint_line(ui, desk, line, rect, &response);
    }
    handle_clicks(ui, desk, line, &response);
    handle_drag(ui, desk, line, &response);
    response
}

fn paint_line(ui: &Ui, desk: &EditContext<'_>, line: &OutlineLine, rect: Rect, response: &Response) {
    let theme = desk.theme;
    let painter = ui.painter();
    let selected = desk.session.selection().contains(&line.id);
    let wide = rect.expand2(vec2(space::S, 0.0));
    let ground = if selected { Some(theme.selected) } else { response.hovered().then_some(theme.hover) };
    if let Some(ground) = ground {
        painter.rect_filled(wide, to_corner_radius(radius::CHIP), to_color32(ground));
    }
    if selected {
        let edge = Rect::from_min_size(wide.min, vec2(3.0, wide.height()));
        painter.rect_filled(edge, 1.5, to_color32(theme.accent));
    }
    let left = draw_mark(painter, theme, line, rect);
    let right = draw_badges(painter, theme, line, rect);
    let face = if line.strong { Face::SemiBold } else { Face::Regular };
    let ink = if selected {
        theme.accent
    } else if line.strong {
        theme.text
    } else {
        theme.soft
    };
    let words = elided_text(ui, &line.words, font_id(face, text::BODY), to_color32(ink), right - left);
    let at = pos2(left, rect.center().y - words.size().y / 2.0);
    painter.galley(at, words, to_color32(ink));
}

/// Lays out the text in a single row, truncated with an ellipsis.
fn elided_text(
    ui: &Ui,
    words: &str,
    font: egui::FontId,
    ink: egui::Color32,
    room: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
    ui.painter().layout_job(job)
}

/// Draws the mark at the left; returns the left edge of the text.
fn draw_mark(painter: &Painter, theme: &Theme, line: &OutlineLine, rect: Rect) -> f32 {
    let left = rect.left() + line.indent;
    let center = pos2(left + 7.0, rect.center().y);
    match line.mark {
        LineMark::None => return left,
        LineMark::Icon(icon) => {
            let size = if line.strong { 12.0 } else { 14.0 };
            let glyph = icon.glyph().to_string();
            painter.text(
                center,
                Align2::CENTER_CENTER,
                glyph,
                font_id(Face::Icon, size),
                to_color32(theme.muted),
            );
        }
        LineMark::Persona(ink, shape) => draw_persona(painter, center, ink, shape),
    }
    left + 22.0
}

fn draw_persona(painter: &Painter, center: Pos2, ink: Color, shape: PointShape) {
    let size = 6.0;
    if shape.corner_points().is_empty() {
        painter.circle_filled(center, size, to_color32(ink));
    } else {
        let points = shape.corner_points().iter().map(|[x, y]| center + vec2(*x, *y) * size).collect();
        painter.add(Shape::convex_polygon(points, to_color32(ink), Stroke::NONE));
    }
}

/// Draws diamond and dot at the right; returns the right edge of the text.
fn draw_badges(painter: &Painter, theme: &Theme, line: &OutlineLine, rect: Rect) -> f32 {
    let mut right = rect.right();
    if line.pain {
        right -= 6.0;
        painter.circle_filled(pos2(right, rect.center().y), 3.0, to_color32(theme.pain.ink));
        right -= 6.0;
    }
    if line.moment {
        right -= 6.0;
        let center = pos2(right, rect.center().y);
        let corners = [vec2(0.0, -4.5), vec2(4.5, 0.0), vec2(0.0, 4.5), vec2(-4.5, 0.0)];
        let points = corners.iter().map(|corner| center + *corner).collect();
        painter.add(Shape::convex_polygon(points, to_color32(theme.moment.ink), Stroke::NONE));
        right -= 6.0;
    }
    right - space::XS
}

fn handle_clicks(ui: &Ui, desk: &mut EditContext<'_>, line: &OutlineLine, response: &Response) {
    if response.double_clicked() || (response.has_focus() && ui.input(|input| input.key_pressed(Key::F2))) {
        set_renaming(ui, Some(line.id));
    } else if response.clicked() && ui.input(|input| input.modifiers.shift || input.modifiers.command) {
        // As on the map: toggles the element in the selection.
        let mut chosen = desk.session.selection().clone();
        if !chosen.remove(&line.id) {
            chosen.insert(line.id);
        }
        desk.queue_request(AppRequest::Select(chosen.into_iter().collect()));
    } else if response.clicked() {
        let on_map = matches!(line.id.kind(), Kind::Stage | Kind::Touchpoint | Kind::Lane);
        desk.queue_request(if on_map {
            AppRequest::Reveal(line.id)
        } else {
            AppRequest::Select(vec![line.id])
        });
    }
    if response.secondary_clicked() && !desk.session.selection().contains(&line.id) {
        desk.queue_request(AppRequest::Select(vec![line.id]));
    }
    let popup = Popup::context_menu(response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| line_menu(ui, desk, line));
}

fn line_menu(ui: &mut Ui, desk: &mut EditContext<'_>, line: &OutlineLine) {
    ui.spacing_mut().item_spacing.y = 0.0;
    if line.id.kind() == Kind::Lane {
        fold_entry(ui, desk, line.id);
    }
    match map_menu::show(ui, desk.theme, desk.lang, desk.session) {
        // In the outline, a name is edited in its line.
        Some(Action::Rename) => set_renaming(ui, Some(line.id)),
        Some(action) => desk.queue_request(AppRequest::Do(action)),
        None => {}
    }
}

fn fold_entry(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id) {
    let lanes = desk.session.journey().map(|journey| journey.lanes());
    let Some(lane) = lanes.and_then(|all| all.get(&id.to_typed()?)) else { return };
    let label = if lane.folded { Msg::UnfoldLane } else { Msg::FoldLane };
    if ui.button(desk.text(label)).clicked() {
        desk.set_atom(id, Lane::FOLDED, &!lane.folded);
        ui.close();
    }
}

/// Makes the line draggable; dropping it on another of its kind moves it before that one.
fn handle_drag(ui: &Ui, desk: &mut EditContext<'_>, line: &OutlineLine, response: &Response) {
    response.dnd_set_drag_payload(line.id);
    let fits = |id: &Id| id.kind() == line.id.kind() && *id != line.id;
    if response.dnd_hover_payload::<Id>().is_some_and(|id| fits(&id)) {
        let stroke = Stroke::new(2.0, to_color32(desk.theme.focus));
        ui.painter().hline(response.rect.x_range(), response.rect.top(), stroke);
    }
    if let Some(id) = response.dnd_release_payload::<Id>().filter(|id| fits(id)) {
        put_before(desk, *id, line.id);
    }
}

fn put_before(desk: &mut EditContext<'_>, id: Id, before: Id) {
    let project = desk.project();
    let transaction = match (id.to_typed(), before.to_typed()) {
        (Some(card), Some(other)) => {
            let Some(journey) = desk.session.journey() else { return };
            let Some(other) = journey.touchpoints().get(&other) else { return };
            let Some(step) = journey.steps().get(&other.step) else { return };
            let spot = CardPlace {
                stage: step.stage,
                step: None,
                before: Some(step.id),
                lane: other.lane,
                above: None,
            };
            command::move_touchpoints(project, &[card], spot, desk.source)
        }
        _ => command::reorder_record(project, id, Some(before), desk.source),
    };
    desk.request_commit(transaction);
}

fn rename_key() -> egui::Id {
    egui::Id::unique("outline rename")
}

fn renamed_element(ui: &Ui) -> Option<Id> {
    ui.data(|data| data.get_temp::<Option<Id>>(rename_key())).flatten()
}

fn set_renaming(ui: &Ui, id: Option<Id>) {
    ui.data_mut(|data| data.insert_temp(rename_key(), id));
}

/// Shows the name field in place of the line; Enter or leaving it commits the name, Escape does not.
fn rename_field(ui: &mut Ui, desk: &mut EditContext<'_>, line: &OutlineLine) -> Response {
    let Some(field) = title_field(line.id.kind()) else { return ui.label(line.words.as_str()) };
    let mine = |pending: &&Pending| pending.id == line.id && pending.field == field;
    let stored = || match desk.project().record(line.id).and_then(|record| record.get(field)) {
        Some(FieldValue::Text(text)) => text,
        _ => String::new(),
    };
    let mut text = desk.typing.pending.as_ref().filter(mine).map_or_else(stored, |p| p.text.clone());
    let edit = TextEdit::singleline(&mut text).id(rename_key().with(line.id)).desired_width(f32::INFINITY);
    let response = ui.add(edit.hint_text(line.words.as_str())).accessible_name(desk.text(Msg::Name));
    let from = desk.began_with(line.id, field);
    let pending =
        Pending { id: line.id, field, also: Vec::new(), reading: Reading::Text, from, text, drawn: true };
    if response.lost_focus() {
        set_renaming(ui, None);
        desk.typing.pending = None;
        if !ui.input(|input| input.key_pressed(Key::Escape)) {
            desk.commit_pending(&pending);
        } else if desk.session.document.is_unnamed(line.id) {
            // A new element that was given no name is undone.
            desk.queue_request(AppRequest::Do(Action::Undo));
        }
        return response;
    }
    if !ui.memory(|memory| memory.has_focus(response.id)) {
        response.request_focus();
        response.scroll_to_me(None);
        select_all(ui, response.id, &pending.text);
    }
    desk.typing.pending = Some(pending);
    response
}
