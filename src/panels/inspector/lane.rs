//! A lane: its name, its content, and its folding.

use crate::app::desk::Desk;
use crate::i18n::Msg;
use crate::model::Worded;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind};
use crate::model::value::{Atom, Value};
use crate::model::{Lane, ordered};
use crate::panels::fields::{choice_row, flag_row, options_row, text};
use crate::panels::widgets::{caption, hint, tick};
use egui::Ui;

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, lane: &Lane) {
    let id = lane.id.into();
    text(ui, desk, id, "title", Msg::Title, &lane.title);
    choice_row(ui, desk, id, "kind", Msg::Kind, lane.kind);
    if lane.kind == LaneKind::Touchpoints {
        channel(ui, desk, lane);
    }
    if lane.kind == LaneKind::Insights {
        kinds(ui, desk, lane);
    }
    flag_row(ui, desk, id, "folded", Msg::Folded, lane.folded);
}

fn channel(ui: &mut Ui, desk: &mut Desk<'_>, lane: &Lane) {
    let all = (Value::Nothing, desk.text(Msg::All).to_owned());
    let channels = ordered(desk.project().channels()).into_iter();
    let named = channels.map(|channel| (channel.id.to_value(), channel.name.clone()));
    let options: Vec<(Value, String)> = std::iter::once(all).chain(named).collect();
    options_row(ui, desk, lane.id.into(), "channel", Msg::Channel, &lane.channel.to_value(), &options);
}

/// Shows the kinds that an insight lane shows; none ticked means all.
fn kinds(ui: &mut Ui, desk: &mut Desk<'_>, lane: &Lane) {
    caption(ui, desk.theme, desk.text(Msg::Insights));
    let insights = InsightKind::ALL.iter().map(|kind| (kind.name(), kind.word()));
    let improvements = ImprovementKind::ALL.iter().map(|kind| (kind.name(), kind.word()));
    let mut only = lane.only.clone();
    for (name, word) in insights.chain(improvements) {
        let mut shown = only.contains(name);
        if tick(ui, desk.theme, &mut shown, desk.text(word)).changed() {
            if shown {
                only.insert(name.to_owned())
            } else {
                only.remove(name)
            };
        }
    }
    hint(ui, desk.theme, desk.text(Msg::NoneTickedIsAll));
    if only != lane.only {
        desk.put(lane.id.into(), "only", &only);
    }
}
