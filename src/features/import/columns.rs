//! The columns of a file in the import assistant: the role of each with its reason, and its content.

use super::form::ImportForm;
use crate::app::style::to_color32;
use crate::i18n::{Explain, Lang, Msg, Worded, format_count, format_figure};
use crate::id::Id;
use crate::model::Journey;
use crate::model::choice::Direction;
use crate::model::recipe::ColumnRole;
use crate::panels::dialog_field::dialog_field;
use crate::panels::fields::pick_option;
use crate::panels::widgets::{caption_label, check_box};
use crate::survey::propose::{OpenQuestion, ProposedColumn};
use crate::survey::values::Account;
use crate::theme::size::text;
use crate::theme::{Color, Theme};
use egui::{Align, DragValue, Label, Layout, Rect, RichText, ScrollArea, Ui, UiBuilder, vec2};
use std::sync::Arc;

/// Minimum widths of the columns: name, role, target, scale, direction, codes, values and their counts.
const WIDTHS: [f32; 7] = [184.0, 160.0, 168.0, 84.0, 104.0, 96.0, 232.0];
/// Share of the remaining width that the names get; the values get the rest.
const NAMES: f32 = 0.5;
/// The gap between columns, the margin at the ends of a row, and heights of the header, a row, and a remark.
const GAP: f32 = 12.0;
const EDGE: f32 = 8.0;
const HEAD: f32 = 26.0;
const ROW: f32 = 52.0;
const REMARK: f32 = 18.0;
/// Heights of a row's first line, which holds the controls, and of its second one.
const CONTROLS: f32 = 26.0;
const SECOND: f32 = 18.0;

/// The context in which the assistant is drawn.
pub(super) struct ImportContext<'a> {
    pub(super) lang: Lang,
    pub(super) theme: &'static Theme,
    pub(super) journey: &'a Arc<Journey>,
    widths: [f32; 7],
    touchpoints: Vec<(Option<Id>, String)>,
    stages: Vec<(Option<Id>, String)>,
}

impl<'a> ImportContext<'a> {
    pub(super) fn new(lang: Lang, theme: &'static Theme, journey: &'a Arc<Journey>, width: f32) -> Self {
        let mut touchpoints = ImportForm::list_targets(ColumnRole::Touchpoint, journey);
        touchpoints.push((None, Msg::NewTouchpoint.text(lang).to_owned()));
        let stages = ImportForm::list_targets(ColumnRole::Stage, journey);
        let mut widths = WIDTHS;
        let more = (width - table_width(&widths)).max(0.0);
        widths[0] += more * NAMES;
        widths[6] += more * (1.0 - NAMES);
        Self { lang, theme, journey, widths, touchpoints, stages }
    }

    pub(super) fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    fn targets_of(&self, role: ColumnRole) -> &[(Option<Id>, String)] {
        match role {
            ColumnRole::Touchpoint => &self.touchpoints,
            ColumnRole::Stage => &self.stages,
            ColumnRole::Ignore
            | ColumnRole::Journey
            | ColumnRole::Segment
            | ColumnRole::Choices
            | ColumnRole::Date
            | ColumnRole::Weight
            | ColumnRole::Names
            | ColumnRole::Count
            | ColumnRole::AnswerCount
            | ColumnRole::AnswerShare
            | ColumnRole::Respondent => &[],
        }
    }
}

fn table_width(widths: &[f32]) -> f32 {
    widths.iter().map(|width| width + GAP).sum::<f32>() - GAP + 2.0 * EDGE
}

/// Shows the table of columns.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, height: f32) {
    // Sets both bounds, so that the dialog has its final height at once.
    let scroll = ScrollArea::both().id_salt("columns").max_height(height).min_scrolled_height(height);
    scroll.auto_shrink([true, false]).show_viewport(ui, |ui, seen| show_table(ui, desk, form, seen));
}

/// Draws the table of columns; `seen` is the visible part of it.
fn show_table(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, seen: Rect) {
    let heads = [
        Msg::Column,
        Msg::Role,
        Msg::Target,
        Msg::AnswerScale,
        Msg::Direction,
        Msg::MissingCodes,
        Msg::FirstValues,
    ];
    let width = table_width(&desk.widths);
    let mut top = HEAD;
    let heights: Vec<f32> =
        form.columns().iter().map(|column| ROW + REMARK * row_remarks(column).count() as f32).collect();
    for (place, height) in heights.into_iter().enumerate() {
        let span = (top, top + height);
        top += height;
        // A wide file has thousands of columns: only the visible ones are drawn.
        if span.1 >= seen.min.y + HEAD && span.0 <= seen.max.y {
            if place % 2 == 0 {
                let row = Rect::from_min_size(ui.max_rect().min + vec2(0.0, span.0), vec2(width, height));
                ui.painter().rect_filled(row, 0.0, to_color32(desk.theme.hover));
            }
            lay_out_row(ui, span, width, place, |ui| show_column(ui, desk, form, place));
        }
    }
    // The header stays visible above the scrolled rows.
    let above = Rect::from_min_size(ui.max_rect().min + vec2(0.0, seen.min.y), vec2(width, HEAD));
    ui.painter().rect_filled(above, 0.0, to_color32(desk.theme.raised));
    lay_out_row(ui, (seen.min.y, seen.min.y + HEAD), width, "head", |ui| {
        for (head, width) in heads.into_iter().zip(desk.widths) {
            lay_out_cell(ui, width, |ui| caption_label(ui, desk.theme, desk.text(head)));
        }
    });
    ui.allocate_space(vec2(width, top));
}

/// Lays out a row of the table between two heights.
fn lay_out_row(
    ui: &mut Ui,
    (top, bottom): (f32, f32),
    width: f32,
    salt: impl egui::AsIdSalt,
    content: impl FnOnce(&mut Ui),
) {
    let start = ui.max_rect().min + vec2(EDGE, top + 4.0);
    let place = Rect::from_min_size(start, vec2(width - 2.0 * EDGE, bottom - top - 4.0));
    let layout = Layout::left_to_right(Align::Min);
    let mut row = ui.new_child(UiBuilder::new().max_rect(place).layout(layout).id_salt(salt));
    row.spacing_mut().item_spacing.x = GAP;
    content(&mut row);
}

/// Returns the doubts shown as remarks in the row; those that block the import are asked above the table.
fn row_remarks(column: &ProposedColumn) -> impl Iterator<Item = &OpenQuestion> {
    let is_date = column.rule.role == ColumnRole::Date;
    column.doubts.iter().filter(move |doubt| match doubt {
        OpenQuestion::Impossible(..) | OpenQuestion::Future(..) => is_date,
        OpenQuestion::OffScale(_) => column.is_question(),
        _ => false,
    })
}

fn lay_out_cell<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.set_width(width);
        content(ui)
    })
    .inner
}

/// Shows one row of the table: a column of the file.
fn show_column(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, place: usize) {
    let Some(shown) = form.columns().get(place).cloned() else { return };
    let name = column_label(&shown);
    let name = name.as_str();
    let widths = desk.widths;
    let conclusion = Rect::from_min_size(
        ui.max_rect().min + vec2(0.0, CONTROLS),
        vec2(widths[..6].iter().map(|width| width + GAP).sum::<f32>() - GAP, SECOND),
    );
    // Outside the flow of the row, to use the space below the controls.
    let mut below = ui.new_child(UiBuilder::new().max_rect(conclusion).id_salt("conclusion"));
    small_text(&mut below, &shown.explain(desk.lang), desk.theme.muted);
    lay_out_cell(ui, widths[0], |ui| {
        first_line(ui, |ui| ui.add(Label::new(name).truncate()));
    });
    let role = lay_out_cell(ui, widths[1], |ui| pick_role(ui, desk, &shown, place));
    lay_out_cell(ui, widths[2], |ui| match shown.rule.role {
        ColumnRole::Date => pick_periods(ui, desk, form, &shown, place),
        _ => pick_target(ui, desk, form, &shown, place),
    });
    let mut scale = None;
    let mut good = None;
    let mut codes = false;
    if shown.is_question() {
        scale = lay_out_cell(ui, widths[3], |ui| edit_scale(ui, desk, &shown));
        good = lay_out_cell(ui, widths[4], |ui| good_end(ui, desk, &shown));
        codes = lay_out_cell(ui, widths[5], |ui| edit_missing_codes(ui, desk, form, place));
    } else if shown.rule.role == ColumnRole::Date {
        pick_date_order(ui, desk, form, &shown, place);
        widths[5..6].iter().for_each(|width| lay_out_cell(ui, *width, |_| ()));
    } else {
        widths[3..6].iter().for_each(|width| lay_out_cell(ui, *width, |_| ()));
    }
    lay_out_cell(ui, widths[6], |ui| show_content(ui, desk, form, &shown));
    if let Some(role) = role {
        form.set_role(place, role, desk.journey);
    }
    if let Some((low, high)) = scale {
        form.set_scale(place, low, high);
    }
    if let Some(direction) = good {
        form.set_direction(place, direction);
    }
    if codes {
        form.take_missing(place);
    }
}

/// Lays out the first line of a row, as high as its controls.
fn first_line<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), CONTROLS);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), content).inner
}

fn pick_role(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    shown: &ProposedColumn,
    place: usize,
) -> Option<ColumnRole> {
    let roles: Vec<(ColumnRole, String)> = ColumnRole::all_choices()
        .iter()
        .map(|role| (*role, desk.text(role.display_name()).to_owned()))
        .collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Role));
    let current = shown.rule.role;
    pick_option(ui, ("role", place), &name, desk.text(current.display_name()), &roles, Some(&current))
}

fn pick_target(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &mut ImportForm,
    shown: &ProposedColumn,
    place: usize,
) {
    let targets = desk.targets_of(shown.rule.role);
    if targets.is_empty() {
        return;
    }
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Target));
    let title = targets.iter().find(|(id, _)| *id == shown.target).map_or("", |(_, title)| title.as_str());
    if let Some(picked) = pick_option(ui, ("target", place), &name, title, targets, Some(&shown.target)) {
        form.set_target(place, picked, desk.journey);
    }
}

/// Returns a column's name; in a table with one answer per row, with the question's name in that row.
fn column_label(column: &ProposedColumn) -> String {
    let header = &column.rule.column;
    let name = &column.rule.name;
    if name.is_empty() { header.clone() } else { format!("{header} = {name}") }
}

/// Shows the choice of periods by which a column of days splits the answers.
fn pick_periods(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &mut ImportForm,
    shown: &ProposedColumn,
    place: usize,
) {
    let picked = pick_value(ui, desk, Msg::WaveSplitLabel, (shown, place), shown.rule.wave);
    if let Some(split) = picked {
        form.set_split(place, split);
    }
}

/// Shows the choice of a date's order, which resolves the doubt about it.
fn pick_date_order(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    form: &mut ImportForm,
    shown: &ProposedColumn,
    place: usize,
) {
    let width = desk.widths[3] + desk.widths[4] + GAP;
    let order = || shown.rule.order;
    let picked =
        lay_out_cell(ui, width, |ui| pick_value(ui, desk, Msg::DateOrderLabel, (shown, place), order()));
    if let Some(order) = picked {
        form.set_order(place, order);
    }
}

/// Shows a list of all values of a choice.
fn pick_value<T: Worded>(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    label: Msg,
    (shown, place): (&ProposedColumn, usize),
    current: T,
) -> Option<T> {
    let options: Vec<(T, String)> = T::all_choices()
        .iter()
        .map(|choice| (*choice, desk.text(choice.display_name()).to_owned()))
        .collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(label));
    pick_option(
        ui,
        (label.text(desk.lang), place),
        &name,
        desk.text(current.display_name()),
        &options,
        Some(&current),
    )
}

fn edit_scale(ui: &mut Ui, desk: &ImportContext<'_>, shown: &ProposedColumn) -> Option<(f64, f64)> {
    let mut low = shown.rule.low;
    let mut high = shown.rule.high;
    let changed = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let name = desk.text(Msg::AnswerScale);
        let most = high - 1.0;
        let first = ui.add(scale_end(&mut low, -100.0, most)).accessible_name(name);
        ui.label("–");
        let floor = low + 1.0;
        let last = ui.add(scale_end(&mut high, floor, 1000.0)).accessible_name(name);
        first.changed() || last.changed()
    });
    changed.inner.then_some((low, high))
}

/// Returns the control for one end of a scale.
fn scale_end(value: &mut f64, low: f64, high: f64) -> DragValue<'_> {
    // The value is applied when editing ends, so that Escape restores the old one.
    let edit = DragValue::new(value).update_while_editing(false);
    edit.range(low..=high).speed(0.1).custom_formatter(|number, _| format_figure(number, 2))
}

fn good_end(ui: &mut Ui, desk: &ImportContext<'_>, shown: &ProposedColumn) -> Option<Direction> {
    let mut low = shown.rule.direction == Direction::LowIsGood;
    let changed = check_box(ui, desk.theme, &mut low, desk.text(Msg::LowIsGoodShort)).changed();
    changed.then_some(if low { Direction::LowIsGood } else { Direction::HighIsGood })
}

/// Shows the codes for no answer; returns true if they were changed.
fn edit_missing_codes(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, place: usize) -> bool {
    let Some(codes) = form.missing.get_mut(place) else { return false };
    let before = codes.clone();
    let response = dialog_field(ui, codes, desk.text(Msg::MissingCodes), f32::INFINITY);
    let changed = *codes != before;
    if !codes.is_empty() {
        response.on_hover_text(codes.as_str());
    }
    changed
}

/// Shows the first values, the counts of cells, and the remarks.
fn show_content(ui: &mut Ui, desk: &ImportContext<'_>, form: &ImportForm, shown: &ProposedColumn) {
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(profile) = form.column_profile(shown) {
        first_line(ui, |ui| small_text(ui, &profile.examples.join(" · "), desk.theme.text));
        ui.add_space(-2.0);
        let groups = form.mapping().groups_of(shown);
        if !groups.is_empty() {
            let kept =
                Msg::GroupsKept.text_with(desk.lang, &[("names", &groups.join(desk.text(Msg::ListComma)))]);
            small_text(ui, &kept, desk.theme.muted);
        }
    }
    if let Some(account) = form.value_account(shown) {
        let ink = if account.rejected > 0 { desk.theme.moment.ink } else { desk.theme.muted };
        small_text(ui, &told_account(desk.lang, &account), ink);
    }
    for remark in row_remarks(shown) {
        small_text(ui, &remark.explain(desk.lang), desk.theme.moment.ink);
    }
}

/// Describes the counts of answers, missing answers and rejected cells.
pub(super) fn told_account(lang: Lang, account: &Account) -> String {
    let told = Msg::ColumnAccount.text_with(
        lang,
        &[
            ("valid", &format_count(account.valid)),
            ("missing", &format_count(account.missing)),
            ("rejected", &format_count(account.rejected)),
        ],
    );
    if account.untold == 0 {
        return told;
    }
    format!("{told} · {}", Msg::ColumnUntold.text_with(lang, &[("n", &format_count(account.untold))]))
}

/// Shows a second line, truncated if there is no room; the tooltip has all of it.
fn small_text(ui: &mut Ui, words: &str, ink: Color) {
    let label = Label::new(RichText::new(words).size(text::SMALL).color(to_color32(ink))).truncate();
    ui.add(label);
}
