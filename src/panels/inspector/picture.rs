//! A picture: its caption, size and place.

use crate::app::desk::Desk;
use crate::app::words::title_of;
use crate::edit::command;
use crate::i18n::{Msg, bytes, count};
use crate::id::Id;
use crate::model::choice::LaneKind;
use crate::model::{Journey, Picture};
use crate::panels::fields::{pick, pick_of, text};
use crate::panels::widgets::{row, soft};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, picture: &Picture) {
    text(ui, desk, picture.id.into(), "title", Msg::Title, &picture.title);
    if let Some(image) = desk.project().images().get(&picture.image) {
        let sides =
            [("width", &count(image.width) as &dyn std::fmt::Display), ("height", &count(image.height))];
        let size = bytes(image.bytes.len() as u64);
        soft(ui, desk.theme, &format!("{} · {size}", Msg::Pixels.with(desk.lang, &sides)));
    }
    let Some(journey) = desk.session.journey().cloned() else { return };
    place(ui, desk, picture, &journey);
    lane(ui, desk, picture, &journey);
}

fn place(ui: &mut Ui, desk: &mut Desk<'_>, picture: &Picture, journey: &Journey) {
    let name = desk.text(Msg::Under);
    let shown = under(desk, journey, picture.at);
    let options = || {
        let stages = journey.stages_in_order().into_iter();
        let steps = |stage| journey.steps_of(stage).into_iter().map(|step| Id::from(step.id));
        let places = stages.flat_map(|stage| std::iter::once(Id::from(stage.id)).chain(steps(stage.id)));
        places.map(|at| (at, under(desk, journey, at))).collect()
    };
    if let Some(at) = row(ui, desk.theme, name, |ui| pick_of(ui, (picture.id, "at"), name, &shown, options)) {
        let made = command::move_picture(desk.project(), picture.id, at, picture.lane, desk.source);
        desk.commit(made);
    }
}

/// Returns the title of a step or stage; a step has that of a touchpoint in it.
fn under(desk: &Desk<'_>, journey: &Journey, at: Id) -> String {
    let card = at.to().and_then(|step| journey.touchpoints().values().find(|card| card.step == step));
    title_of(desk.project(), card.map_or(at, |card| card.id.into()), desk.lang)
}

/// Shows the lane, if there is more than one for pictures.
fn lane(ui: &mut Ui, desk: &mut Desk<'_>, picture: &Picture, journey: &Journey) {
    let lanes = journey.lanes_in_order();
    let lanes: Vec<_> = lanes.into_iter().filter(|lane| lane.kind == LaneKind::Pictures).collect();
    if lanes.len() < 2 {
        return;
    }
    let named = |(place, lane): (usize, &&std::sync::Arc<crate::model::Lane>)| {
        ((place > 0).then_some(lane.id), title_of(desk.project(), lane.id.into(), desk.lang))
    };
    let options: Vec<_> = lanes.iter().enumerate().map(named).collect();
    let now = picture.lane.filter(|lane| lanes.first().is_none_or(|first| first.id != *lane));
    let shown = options.iter().find(|(lane, _)| *lane == now).map_or("", |(_, name)| name.as_str());
    let name = desk.text(Msg::Lane);
    let picked =
        row(ui, desk.theme, name, |ui| pick(ui, (picture.id, "lane"), name, shown, &options, Some(&now)));
    if let Some(lane) = picked {
        let made = command::move_picture(desk.project(), picture.id, picture.at, lane, desk.source);
        desk.commit(made);
    }
}
