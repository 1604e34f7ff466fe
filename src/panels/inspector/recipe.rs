//! A saved mapping: its name, the role of each column, and the imports read with it.

use crate::app::desk::EditContext;
use crate::panels::fields::name_field;
use crate::panels::inspector::project::element_list;
use crate::panels::widgets::{caption_label, labelled_row};
use egui::{Label, Ui};
use engine::i18n::{Msg, Worded, format_figure};
use engine::id::Id;
use engine::model::Recipe;
use engine::model::counts::Segment;
use engine::model::recipe::{ColumnRole, ColumnRule};

pub(super) fn show(ui: &mut Ui, desk: &mut EditContext<'_>, recipe: &Recipe) {
    name_field(ui, desk, recipe, Recipe::NAME);
    let batches = desk.project().batches().values().filter(|batch| batch.recipe == Some(recipe.id));
    let batches: Vec<Id> = batches.map(|batch| batch.id.into()).collect();
    element_list(ui, desk, Msg::Batches, batches);
    show_options(ui, desk, recipe);
    ui.add_space(8.0);
    caption_label(ui, desk.theme, desk.text(Msg::Columns));
    for rule in recipe.columns.iter().filter(|rule| rule.role != ColumnRole::Ignore) {
        labelled_row(ui, desk.theme, &rule.column, |ui| ui.add(Label::new(describe_rule(desk, rule)).wrap()));
    }
}

/// Shows the reading options that the user set.
fn show_options(ui: &mut Ui, desk: &EditContext<'_>, recipe: &Recipe) {
    let rows = recipe.header_rows.map(|rows| rows.to_string());
    let delimiter = recipe.delimiter.map(|delimiter| desk.text(delimiter.display_name()).to_owned());
    let comma =
        recipe.decimal_comma.map(|comma| desk.text(if comma { Msg::Yes } else { Msg::No }).to_owned());
    let said = [
        (Msg::FileSheet, recipe.sheet.clone()),
        (Msg::FileEncoding, recipe.encoding.as_ref().map(|name| name.to_uppercase())),
        (Msg::FileDelimiter, delimiter),
        (Msg::FileHeaderRows, rows),
        (Msg::FileDecimalComma, comma),
    ];
    for (label, value) in said {
        if let Some(value) = value {
            labelled_row(ui, desk.theme, desk.text(label), |ui| ui.add(Label::new(value).wrap()));
        }
    }
}

/// Describes the role of a column; empty for an ignored one.
fn describe_rule(desk: &EditContext<'_>, rule: &ColumnRule) -> String {
    let what = match rule.role {
        ColumnRole::Ignore => return String::new(),
        ColumnRole::Segment
        | ColumnRole::Choices
        | ColumnRole::Date
        | ColumnRole::Weight
        | ColumnRole::Count
        | ColumnRole::AnswerCount
        | ColumnRole::AnswerShare
        | ColumnRole::Respondent
        | ColumnRole::Names => {
            let crossed = rule.crossed.iter().map(|other| format!("{}{other}", Segment::CROSS));
            return format!("{}{}", desk.text(rule.role.display_name()), crossed.collect::<String>());
        }
        ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey => rule.target.as_str(),
    };
    let low = format_figure(rule.low, 2);
    let high = format_figure(rule.high, 2);
    format!("{what}, {}", Msg::AnswersOf.text_with(desk.lang, &[("low", &low), ("high", &high)]))
}
