//! A lane: its name, its content, and its folding.

use crate::app::desk::EditContext;
use crate::panels::fields::{choice_row, flag_row, name_field, options_row};
use crate::panels::widgets::{caption_label, check_box, hint_label};
use egui::Ui;
use engine::i18n::{Msg, Worded};
use engine::model::choice::{ImprovementKind, InsightKind, LaneKind};
use engine::model::value::{Atom, FieldValue};
use engine::model::{Lane, records_in_order};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, lane: &Lane) {
    name_field(ui, desk, lane, Lane::TITLE);
    choice_row(ui, desk, lane, Lane::KIND);
    if lane.kind == LaneKind::Touchpoints {
        channel_row(ui, desk, lane);
    }
    if lane.kind == LaneKind::Insights {
        show_kinds(ui, desk, lane);
    }
    flag_row(ui, desk, lane, Lane::FOLDED);
}

fn channel_row(ui: &mut Ui, desk: &mut EditContext<'_>, lane: &Lane) {
    let all = (FieldValue::Nothing, desk.text(Msg::All).to_owned());
    let channels = records_in_order(desk.project().channels()).into_iter();
    let named = channels.map(|channel| (channel.id.to_value(), channel.name.clone()));
    let options: Vec<(FieldValue, String)> = std::iter::once(all).chain(named).collect();
    options_row(ui, desk, lane, Lane::CHANNEL, &options);
}

/// Shows the kinds that an insight lane shows; none ticked means all.
fn show_kinds(ui: &mut Ui, desk: &mut EditContext<'_>, lane: &Lane) {
    caption_label(ui, desk.theme, desk.text(Msg::Insights));
    let insights = InsightKind::ALL.iter().map(|kind| (kind.name(), kind.display_name()));
    let improvements = ImprovementKind::ALL.iter().map(|kind| (kind.name(), kind.display_name()));
    let mut only = lane.only.clone();
    for (name, word) in insights.chain(improvements) {
        let mut shown = only.contains(name);
        if check_box(ui, desk.theme, &mut shown, desk.text(word)).changed() {
            if shown {
                only.insert(name.to_owned())
            } else {
                only.remove(name)
            };
        }
    }
    hint_label(ui, desk.theme, desk.text(Msg::NoneTickedIsAll));
    if only != lane.only {
        desk.set_atom(lane.id.into(), Lane::ONLY, &only);
    }
}
