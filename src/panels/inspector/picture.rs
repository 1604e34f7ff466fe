//! A picture: its caption, size and place.

use crate::app::desk::EditContext;
use crate::app::words::title_of;
use crate::panels::fields::{name_field, pick_of, pick_option};
use crate::panels::widgets::{labelled_row, soft_label};
use egui::Ui;
use engine::edit::command;
use engine::i18n::{Msg, format_bytes, format_count};
use engine::id::Id;
use engine::model::choice::LaneKind;
use engine::model::{Journey, Picture};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, picture: &Picture) {
    name_field(ui, desk, picture, Picture::TITLE);
    if let Some(image) = desk.project().images().get(&picture.image) {
        let sides = [
            ("width", &format_count(image.width) as &dyn std::fmt::Display),
            ("height", &format_count(image.height)),
        ];
        let size = format_bytes(image.bytes.len() as u64);
        soft_label(ui, desk.theme, &format!("{} · {size}", Msg::Pixels.text_with(desk.lang, &sides)));
    }
    let Some(journey) = desk.session.journey().cloned() else { return };
    place_row(ui, desk, picture, &journey);
    lane_row(ui, desk, picture, &journey);
}

fn place_row(ui: &mut Ui, desk: &mut EditContext<'_>, picture: &Picture, journey: &Journey) {
    let name = desk.text(Msg::Under);
    let shown = column_title(desk, journey, picture.at);
    let options = || {
        let stages = journey.stages_in_order().into_iter();
        let steps = |stage| journey.steps_of(stage).into_iter().map(|step| Id::from(step.id));
        let places = stages.flat_map(|stage| std::iter::once(Id::from(stage.id)).chain(steps(stage.id)));
        places.map(|at| (at, column_title(desk, journey, at))).collect()
    };
    if let Some(at) =
        labelled_row(ui, desk.theme, name, |ui| pick_of(ui, (picture.id, "at"), name, &shown, options))
    {
        let made = command::move_picture(desk.project(), picture.id, at, picture.lane, desk.source);
        desk.request_commit(made);
    }
}

/// Returns the title of a step or stage; a step has that of a touchpoint in it.
fn column_title(desk: &EditContext<'_>, journey: &Journey, at: Id) -> String {
    let card = at.to_typed().and_then(|step| journey.touchpoints().values().find(|card| card.step == step));
    title_of(desk.project(), card.map_or(at, |card| card.id.into()), desk.lang)
}

/// Shows the lane, if there is more than one for pictures.
fn lane_row(ui: &mut Ui, desk: &mut EditContext<'_>, picture: &Picture, journey: &Journey) {
    let lanes = journey.lanes_in_order();
    let lanes: Vec<_> = lanes.into_iter().filter(|lane| lane.kind == LaneKind::Pictures).collect();
    if lanes.len() < 2 {
        return;
    }
    let named = |(place, lane): (usize, &&std::sync::Arc<engine::model::Lane>)| {
        ((place > 0).then_some(lane.id), title_of(desk.project(), lane.id.into(), desk.lang))
    };
    let options: Vec<_> = lanes.iter().enumerate().map(named).collect();
    let now = picture.lane.filter(|lane| lanes.first().is_none_or(|first| first.id != *lane));
    let shown = options.iter().find(|(lane, _)| *lane == now).map_or("", |(_, name)| name.as_str());
    let name = desk.text(Msg::Lane);
    let picked = labelled_row(ui, desk.theme, name, |ui| {
        pick_option(ui, (picture.id, "lane"), name, shown, &options, Some(&now))
    });
    if let Some(lane) = picked {
        let made = command::move_picture(desk.project(), picture.id, picture.at, lane, desk.source);
        desk.request_commit(made);
    }
}
