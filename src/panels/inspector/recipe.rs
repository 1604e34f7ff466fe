//! A saved mapping: its name, what it takes each column for, and the imports that were read by it.

use crate::app::desk::Desk;
use crate::i18n::{Msg, figure};
use crate::id::Id;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Recipe, Worded};
use crate::panels::fields::text;
use crate::panels::inspector::project::lines;
use crate::panels::widgets::{caption, row};
use egui::{Label, Ui};

pub(super) fn show(ui: &mut Ui, desk: &mut Desk<'_>, recipe: &Recipe) {
    text(ui, desk, recipe.id.into(), "name", Msg::Name, &recipe.name);
    let batches = desk.project().batches().values().filter(|batch| batch.recipe == Some(recipe.id));
    let batches: Vec<Id> = batches.map(|batch| batch.id.into()).collect();
    lines(ui, desk, Msg::Batches, batches);
    ui.add_space(8.0);
    caption(ui, desk.theme, desk.text(Msg::Columns));
    for rule in recipe.columns.iter().filter(|rule| rule.role != ColumnRole::Ignore) {
        row(ui, desk.theme, &rule.column, |ui| ui.add(Label::new(told(desk, rule)).wrap()));
    }
}

/// What a column is taken for.
fn told(desk: &Desk<'_>, rule: &ColumnRule) -> String {
    let what = match rule.role {
        ColumnRole::Ignore => return String::new(),
        ColumnRole::Segment
        | ColumnRole::Date
        | ColumnRole::Weight
        | ColumnRole::Count
        | ColumnRole::Names => {
            return desk.text(rule.role.word()).to_owned();
        }
        ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey => rule.target.as_str(),
    };
    let (low, high) = (figure(rule.low, 2), figure(rule.high, 2));
    format!("{what}, {}", Msg::AnswersOf.with(desk.lang, &[("low", &low), ("high", &high)]))
}
