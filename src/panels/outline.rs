//! The outline: stages with their touchpoints, personas, channels, lanes and metrics; a click selects an
//! element, a double click renames it in place, dragging reorders it among its kind.

use super::list_focus::{ListFocus, line_sense};
use super::outline_line::{LINE, LineMark, OutlineLine, show_line, widget_id};
use super::widgets::{caption_row, hint_label, small_icon_button};
use crate::app::action::Action;
use crate::app::desk::EditContext;
use crate::app::menu_keys::walk_menu;
use crate::app::request::AppRequest;
use crate::app::words::title_of;
use egui::{Key, Response, Sense, Ui};
use engine::edit::command;
use engine::i18n::{Msg, Worded};
use engine::id::{Id, JourneyId, StageId, StepId, TouchpointId};
use engine::model::choice::{InsightKind, LaneKind, MetricKind};
use engine::model::{Journey, Touchpoint, records_in_order};
use engine::theme::size::space;
use engine::theme::{Icon, PointShape};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Shows the outline.
pub(crate) fn show(ui: &mut Ui, desk: &mut EditContext<'_>) {
    ui.spacing_mut().item_spacing.y = 1.0;
    // A separate id scope: the number of lines drawn must not change the ids of the widgets that follow.
    ui.push_id("stages", |ui| stage_section(ui, desk));
    ui.add_space(space::L - ui.spacing().item_spacing.y);
    persona_section(ui, desk);
    ui.add_space(space::L);
    lane_section(ui, desk);
    ui.add_space(space::L);
    channel_section(ui, desk);
    ui.add_space(space::L);
    metric_section(ui, desk);
}

fn stage_section(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let theme = desk.theme;
    let Some(journey) = desk.session.journey().map(Arc::clone) else { return };
    let add = caption_row(ui, theme, desk.text(Msg::ShowOutline), |ui| {
        small_icon_button(ui, theme, Icon::Plus, desk.text(Msg::AddStage)).clicked()
    });
    if add {
        desk.queue_request(AppRequest::Do(Action::AddStage));
    }
    if journey.stages().is_empty() {
        hint_label(ui, theme, desk.text(Msg::NoStagesYet));
    }
    let mut focus = ListFocus::begin_list(ui, "outline stages");
    for section in stages_with_cards(ui, desk, &journey).iter() {
        stage_lines(ui, desk, &journey, section, &mut focus);
    }
    end_list(ui, desk, focus);
}

/// Ends a list of lines: selects the line that the arrow keys moved to.
fn end_list(ui: &Ui, desk: &mut EditContext<'_>, focus: ListFocus<Id>) {
    if let Some(id) = focus.end_list(ui, widget_id) {
        desk.queue_request(AppRequest::Select(vec![id]));
    }
}

/// A stage with its touchpoints, column by column.
#[derive(Debug)]
struct OutlineSection {
    stage: StageId,
    cards: Vec<TouchpointId>,
}

/// Returns the stages with their touchpoints, cached for each revision of the document.
fn stages_with_cards(ui: &Ui, desk: &EditContext<'_>, journey: &Journey) -> Arc<Vec<OutlineSection>> {
    type OutlineCache = (u64, JourneyId, Arc<Vec<OutlineSection>>);
    let place = egui::Id::unique("outline sections");
    let key = (desk.session.document.revision(), journey.info().id);
    let kept = ui.data(|data| data.get_temp::<OutlineCache>(place));
    if let Some((_, _, found)) = kept.filter(|(revision, id, _)| (*revision, *id) == key) {
        return found;
    }
    let mut columns: BTreeMap<StepId, Vec<TouchpointId>> = BTreeMap::new();
    for card in records_in_order(journey.touchpoints()) {
        columns.entry(card.step).or_default().push(card.id);
    }
    let cards = |stage| {
        let steps = journey.steps_of(stage);
        steps.iter().filter_map(|step| columns.get(&step.id)).flatten().copied().collect()
    };
    let stages = journey.stages_in_order().into_iter();
    let found = Arc::new(
        stages.map(|stage| OutlineSection { stage: stage.id, cards: cards(stage.id) }).collect::<Vec<_>>(),
    );
    ui.data_mut(|data| data.insert_temp::<OutlineCache>(place, (key.0, key.1, Arc::clone(&found))));
    found
}

/// Shows a stage's line and, unless folded, those of its touchpoints; lines out of view only take up space.
fn stage_lines(
    ui: &mut Ui,
    desk: &mut EditContext<'_>,
    journey: &Journey,
    section: &OutlineSection,
    focus: &mut ListFocus<Id>,
) {
    let open = is_expanded(ui, section.stage);
    let id = section.stage.into();
    let words = title_of(desk.project(), id, desk.lang);
    let is_stop = focus.register_line(id, desk.session.selection().contains(&id));
    let line = OutlineLine {
        strong: true,
        mark: LineMark::Icon(fold_icon(open)),
        sense: drag_sense(is_stop),
        ..OutlineLine::new(id, words)
    };
    let response = show_line(ui, desk, &line);
    let key = if open { Key::ArrowLeft } else { Key::ArrowRight };
    let is_pressed = response.has_focus() && ui.input(|input| input.key_pressed(key));
    if clicked_mark(&response) || is_pressed {
        ui.data_mut(|data| data.insert_temp(fold_id(section.stage), !open));
    }
    let step = LINE + ui.spacing().item_spacing.y;
    let mut unseen = 0.0;
    let shown = if open { section.cards.as_slice() } else { &[] };
    for card in shown.iter().filter_map(|id| journey.touchpoints().get(id)) {
        let top = ui.cursor().top() + unseen;
        let rows = egui::Rangef::new(top, top + LINE);
        let is_stop = focus.register_line(card.id.into(), desk.session.selection().contains(&card.id.into()));
        if !is_stop && !ui.clip_rect().y_range().intersects(rows) {
            unseen += step;
            continue;
        }
        skip_unseen(ui, &mut unseen);
        let line = OutlineLine { sense: drag_sense(is_stop), ..card_line(desk, journey, card) };
        show_line(ui, desk, &line);
    }
    skip_unseen(ui, &mut unseen);
    ui.add_space(space::XS);
}

/// Adds the space of lines that are not drawn.
fn skip_unseen(ui: &mut Ui, unseen: &mut f32) {
    if *unseen > 0.0 {
        ui.add_space(std::mem::take(unseen));
    }
}

fn fold_id(stage: StageId) -> egui::Id {
    egui::Id::unique(("outline fold", stage))
}

fn is_expanded(ui: &Ui, stage: StageId) -> bool {
    ui.data_mut(|data| *data.get_temp_mut_or(fold_id(stage), true))
}

fn fold_icon(open: bool) -> Icon {
    if open { Icon::ChevronDown } else { Icon::ChevronRight }
}

fn clicked_mark(response: &Response) -> bool {
    let at = if response.clicked() { response.interact_pointer_pos() } else { None };
    at.is_some_and(|at| at.x < response.rect.left() + 20.0)
}

fn card_line(desk: &EditContext<'_>, journey: &Journey, card: &Touchpoint) -> OutlineLine {
    let about = journey.spoken_of_by(card.id.into());
    let insights = about.iter().filter_map(|id| journey.insights().get(&id.to_typed()?));
    let words = title_of(desk.project(), card.id.into(), desk.lang);
    OutlineLine {
        indent: space::L,
        moment: card.moment.is_some(),
        pain: insights.into_iter().any(|insight| insight.kind == InsightKind::Pain),
        ..OutlineLine::new(card.id.into(), words)
    }
}

fn persona_section(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let label = Msg::Personas;
    let add = Msg::AddPersona;
    if section_header(ui, desk, label, add) {
        let name = desk.text(Msg::Persona);
        desk.create_element(|project, source| command::add_persona(project, name, source));
    }
    let shown: Vec<Id> = desk.session.journey().map_or_else(Vec::new, |journey| {
        desk.project().personas_of(journey.info()).iter().map(|persona| persona.id.into()).collect()
    });
    let mut focus = ListFocus::begin_list(ui, "outline personas");
    for (place, persona) in records_in_order(desk.project().personas()).into_iter().enumerate() {
        let mark = if shown.contains(&persona.id.into()) {
            LineMark::Persona(desk.theme.persona_color(place), PointShape::for_index(place))
        } else {
            LineMark::Icon(Icon::User)
        };
        element_line(ui, desk, persona.id.into(), mark, &mut focus);
    }
    end_list(ui, desk, focus);
}

fn lane_section(ui: &mut Ui, desk: &mut EditContext<'_>) {
    let theme = desk.theme;
    let Some(journey) = desk.session.journey().map(Arc::clone) else { return };
    let id = journey.info().id;
    let mut wanted = None;
    caption_row(ui, theme, desk.text(Msg::Lanes), |ui| {
        let response = small_icon_button(ui, theme, Icon::Plus, desk.text(Msg::AddLane));
        egui::Popup::menu(&response).show(|ui| {
            let kinds = LaneKind::all_choices().iter();
            let entries: Vec<(Response, &str)> = kinds
                .map(|kind| (ui.button(desk.text(kind.display_name())), desk.text(kind.display_name())))
                .collect();
            walk_menu(ui, &entries);
            let clicked = entries.iter().zip(LaneKind::all_choices()).find(|((entry, _), _)| entry.clicked());
            wanted = clicked.map(|(_, kind)| *kind);
        });
    });
    if let Some(kind) = wanted {
        desk.create_element(|project, source| command::add_lane(project, id, None, kind, source));
    }
    let mut focus = ListFocus::begin_list(ui, "outline lanes");
    for lane in journey.lanes_in_order() {
        let icon = if lane.folded { Icon::EyeOff } else { Icon::Rows };
        element_line(ui, desk, lane.id.into(), LineMark::Icon(icon), &mut focus);
    }
    end_list(ui, desk, focus);
}

fn channel_section(ui: &mut Ui, desk: &mut EditContext<'_>) {
    if section_header(ui, desk, Msg::Channels, Msg::AddChannel) {
        let name = desk.text(Msg::Channel);
        desk.create_element(|project, source| {
            command::add_channel(project, name, Icon::Circle.name(), source)
        });
    }
    let mut focus = ListFocus::begin_list(ui, "outline channels");
    for channel in records_in_order(desk.project().channels()) {
        let icon = Icon::from_name(&channel.icon).unwrap_or(Icon::Circle);
        element_line(ui, desk, channel.id.into(), LineMark::Icon(icon), &mut focus);
    }
    end_list(ui, desk, focus);
}

fn metric_section(ui: &mut Ui, desk: &mut EditContext<'_>) {
    if section_header(ui, desk, Msg::Metrics, Msg::AddMetric) {
        desk.create_element(|project, source| command::add_metric(project, MetricKind::Csat, source));
    }
    let mut focus = ListFocus::begin_list(ui, "outline metrics");
    for metric in records_in_order(desk.project().metrics()) {
        element_line(ui, desk, metric.id.into(), LineMark::Icon(Icon::BarChart), &mut focus);
    }
    end_list(ui, desk, focus);
}

/// Shows a section's caption with an add button; returns true if that is clicked.
fn section_header(ui: &mut Ui, desk: &EditContext<'_>, label: Msg, add: Msg) -> bool {
    let theme = desk.theme;
    caption_row(ui, theme, desk.text(label), |ui| {
        small_icon_button(ui, theme, Icon::Plus, desk.text(add)).clicked()
    })
}

/// Returns the sense of an outline line.
fn drag_sense(is_stop: bool) -> Sense {
    line_sense(Sense::click_and_drag(), is_stop)
}

fn element_line(ui: &mut Ui, desk: &mut EditContext<'_>, id: Id, mark: LineMark, focus: &mut ListFocus<Id>) {
    let words = title_of(desk.project(), id, desk.lang);
    let is_stop = focus.register_line(id, desk.session.selection().contains(&id));
    show_line(ui, desk, &OutlineLine { mark, sense: drag_sense(is_stop), ..OutlineLine::new(id, words) });
}
