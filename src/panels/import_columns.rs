//! The columns of a file in the import assistant: the role of each with its reason, and its content.

use super::dialog_field::dialog_field;
use super::fields::pick;
use super::widgets::{caption, tick};
use crate::app::import_form::ImportForm;
use crate::app::style::color;
use crate::i18n::{Lang, Msg, count, figure};
use crate::id::Id;
use crate::model::choice::Direction;
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, Worded};
use crate::survey::propose::{Column, Doubt};
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
pub(super) struct Desk<'a> {
    pub(super) lang: Lang,
    pub(super) theme: &'static Theme,
    pub(super) journey: &'a Arc<Journey>,
    widths: [f32; 7],
    touchpoints: Vec<(Option<Id>, String)>,
    stages: Vec<(Option<Id>, String)>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(lang: Lang, theme: &'static Theme, journey: &'a Arc<Journey>, width: f32) -> Self {
        let mut touchpoints = ImportForm::targets(ColumnRole::Touchpoint, journey);
        touchpoints.push((None, Msg::NewTouchpoint.text(lang).to_owned()));
        let stages = ImportForm::targets(ColumnRole::Stage, journey);
        let mut widths = WIDTHS;
        let more = (width - table_width(&widths)).max(0.0);
        widths[0] += more * NAMES;
        widths[6] += more * (1.0 - NAMES);
        Self { lang, theme, journey, widths, touchpoints, stages }
    }

    pub(super) fn text(&self, msg: Msg) -> &'static str {
        msg.text(self.lang)
    }

    fn targets(&self, role: ColumnRole) -> &[(Option<Id>, String)] {
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
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, height: f32) {
    // Sets both bounds, so that the dialog has its final height at once.
    let scroll = ScrollArea::both().id_salt("columns").max_height(height).min_scrolled_height(height);
    scroll.auto_shrink([true, false]).show_viewport(ui, |ui, seen| table(ui, desk, form, seen));
}

/// Draws the table of columns; `seen` is the visible part of it.
fn table(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, seen: Rect) {
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
        form.columns().iter().map(|column| ROW + REMARK * remarks(column).count() as f32).collect();
    for (place, height) in heights.into_iter().enumerate() {
        let span = (top, top + height);
        top += height;
        // A wide file has thousands of columns: only the visible ones are drawn.
        if span.1 >= seen.min.y + HEAD && span.0 <= seen.max.y {
            if place % 2 == 0 {
                let row = Rect::from_min_size(ui.max_rect().min + vec2(0.0, span.0), vec2(width, height));
                ui.painter().rect_filled(row, 0.0, color(desk.theme.hover));
            }
            line(ui, span, width, place, |ui| column(ui, desk, form, place));
        }
    }
    // The header stays visible above the scrolled rows.
    let above = Rect::from_min_size(ui.max_rect().min + vec2(0.0, seen.min.y), vec2(width, HEAD));
    ui.painter().rect_filled(above, 0.0, color(desk.theme.raised));
    line(ui, (seen.min.y, seen.min.y + HEAD), width, "head", |ui| {
        for (head, width) in heads.into_iter().zip(desk.widths) {
            cell(ui, width, |ui| caption(ui, desk.theme, desk.text(head)));
        }
    });
    ui.allocate_space(vec2(width, top));
}

/// Lays out a row of the table between two heights.
fn line(
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
fn remarks(column: &Column) -> impl Iterator<Item = &Doubt> {
    let is_date = column.rule.role == ColumnRole::Date;
    column.doubts.iter().filter(move |doubt| match doubt {
        Doubt::Impossible(..) | Doubt::Future(..) => is_date,
        Doubt::OffScale(_) => column.is_question(),
        _ => false,
    })
}

fn cell<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    ui.vertical(|ui| {
        ui.set_width(width);
        content(ui)
    })
    .inner
}

/// Shows one row of the table: a column of the file.
fn column(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, place: usize) {
    let Some(shown) = form.columns().get(place).cloned() else { return };
    let name = told(&shown);
    let name = name.as_str();
    let widths = desk.widths;
    let conclusion = Rect::from_min_size(
        ui.max_rect().min + vec2(0.0, CONTROLS),
        vec2(widths[..6].iter().map(|width| width + GAP).sum::<f32>() - GAP, SECOND),
    );
    // Outside the flow of the row, to use the space below the controls.
    let mut below = ui.new_child(UiBuilder::new().max_rect(conclusion).id_salt("conclusion"));
    small(&mut below, &shown.conclusion(desk.lang), desk.theme.muted);
    cell(ui, widths[0], |ui| {
        first(ui, |ui| ui.add(Label::new(name).truncate()));
    });
    let role = cell(ui, widths[1], |ui| role(ui, desk, &shown, place));
    cell(ui, widths[2], |ui| match shown.rule.role {
        ColumnRole::Date => periods(ui, desk, form, &shown, place),
        _ => target(ui, desk, form, &shown, place),
    });
    let mut scale = None;
    let mut good = None;
    let mut codes = false;
    if shown.is_question() {
        scale = cell(ui, widths[3], |ui| ends(ui, desk, &shown));
        good = cell(ui, widths[4], |ui| good_end(ui, desk, &shown));
        codes = cell(ui, widths[5], |ui| missing(ui, desk, form, place));
    } else if shown.rule.role == ColumnRole::Date {
        days(ui, desk, form, &shown, place);
        widths[5..6].iter().for_each(|width| cell(ui, *width, |_| ()));
    } else {
        widths[3..6].iter().for_each(|width| cell(ui, *width, |_| ()));
    }
    cell(ui, widths[6], |ui| held(ui, desk, form, &shown));
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
fn first<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let size = vec2(ui.available_width(), CONTROLS);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), content).inner
}

fn role(ui: &mut Ui, desk: &Desk<'_>, shown: &Column, place: usize) -> Option<ColumnRole> {
    let roles: Vec<(ColumnRole, String)> =
        ColumnRole::all().iter().map(|role| (*role, desk.text(role.word()).to_owned())).collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Role));
    let current = shown.rule.role;
    pick(ui, ("role", place), &name, desk.text(current.word()), &roles, Some(&current))
}

fn target(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let targets = desk.targets(shown.rule.role);
    if targets.is_empty() {
        return;
    }
    let name = format!("{}, {}", shown.rule.column, desk.text(Msg::Target));
    let title = targets.iter().find(|(id, _)| *id == shown.target).map_or("", |(_, title)| title.as_str());
    if let Some(picked) = pick(ui, ("target", place), &name, title, targets, Some(&shown.target)) {
        form.set_target(place, picked, desk.journey);
    }
}

/// Returns a column's name; in a table with one answer per row, with the question's name in that row.
fn told(column: &Column) -> String {
    let header = &column.rule.column;
    let name = &column.rule.name;
    if name.is_empty() { header.clone() } else { format!("{header} = {name}") }
}

/// Shows the choice of periods by which a column of days splits the answers.
fn periods(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let picked = offer(ui, desk, Msg::WaveSplitLabel, (shown, place), shown.rule.wave);
    if let Some(split) = picked {
        form.set_split(place, split);
    }
}

/// Shows the choice of a date's order, which resolves the doubt about it.
fn days(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, shown: &Column, place: usize) {
    let width = desk.widths[3] + desk.widths[4] + GAP;
    let order = || shown.rule.order;
    let picked = cell(ui, width, |ui| offer(ui, desk, Msg::DateOrderLabel, (shown, place), order()));
    if let Some(order) = picked {
        form.set_order(place, order);
    }
}

/// Shows a list of all values of a choice.
fn offer<T: Worded>(
    ui: &mut Ui,
    desk: &Desk<'_>,
    label: Msg,
    (shown, place): (&Column, usize),
    current: T,
) -> Option<T> {
    let options: Vec<(T, String)> =
        T::all().iter().map(|choice| (*choice, desk.text(choice.word()).to_owned())).collect();
    let name = format!("{}, {}", shown.rule.column, desk.text(label));
    pick(ui, (label.text(desk.lang), place), &name, desk.text(current.word()), &options, Some(&current))
}

fn ends(ui: &mut Ui, desk: &Desk<'_>, shown: &Column) -> Option<(f64, f64)> {
    let mut low = shown.rule.low;
    let mut high = shown.rule.high;
    let changed = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let name = desk.text(Msg::AnswerScale);
        let most = high - 1.0;
        let first = ui.add(end(&mut low, -100.0, most)).accessible_name(name);
        ui.label("–");
        let floor = low + 1.0;
        let last = ui.add(end(&mut high, floor, 1000.0)).accessible_name(name);
        first.changed() || last.changed()
    });
    changed.inner.then_some((low, high))
}

/// Returns the control for one end of a scale.
fn end(value: &mut f64, low: f64, high: f64) -> DragValue<'_> {
    // The value is applied when editing ends, so that Escape restores the old one.
    let edit = DragValue::new(value).update_while_editing(false);
    edit.range(low..=high).speed(0.1).custom_formatter(|number, _| figure(number, 2))
}

fn good_end(ui: &mut Ui, desk: &Desk<'_>, shown: &Column) -> Option<Direction> {
    let mut low = shown.rule.direction == Direction::LowIsGood;
    let changed = tick(ui, desk.theme, &mut low, desk.text(Msg::LowIsGoodShort)).changed();
    changed.then_some(if low { Direction::LowIsGood } else { Direction::HighIsGood })
}

/// Shows the codes for no answer; returns true if they were changed.
fn missing(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, place: usize) -> bool {
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
fn held(ui: &mut Ui, desk: &Desk<'_>, form: &ImportForm, shown: &Column) {
    ui.spacing_mut().item_spacing.y = 2.0;
    if let Some(profile) = form.seen(shown) {
        first(ui, |ui| small(ui, &profile.examples.join(" · "), desk.theme.text));
        ui.add_space(-2.0);
        let groups = form.mapping().groups_of(shown);
        if !groups.is_empty() {
            let kept = Msg::GroupsKept.with(desk.lang, &[("names", &groups.join(desk.text(Msg::ListComma)))]);
            small(ui, &kept, desk.theme.muted);
        }
    }
    if let Some(account) = form.account(shown) {
        let ink = if account.rejected > 0 { desk.theme.moment.ink } else { desk.theme.muted };
        small(ui, &told_account(desk.lang, &account), ink);
    }
    for remark in remarks(shown) {
        small(ui, &remark.message(desk.lang), desk.theme.moment.ink);
    }
}

/// Describes the counts of answers, missing answers and rejected cells.
pub(super) fn told_account(lang: Lang, account: &Account) -> String {
    let told = Msg::ColumnAccount.with(
        lang,
        &[
            ("valid", &count(account.valid)),
            ("missing", &count(account.missing)),
            ("rejected", &count(account.rejected)),
        ],
    );
    if account.untold == 0 {
        return told;
    }
    format!("{told} · {}", Msg::ColumnUntold.with(lang, &[("n", &count(account.untold))]))
}

/// Shows a second line, truncated if there is no room; the tooltip has all of it.
fn small(ui: &mut Ui, words: &str, ink: Color) {
    let label = Label::new(RichText::new(words).size(text::SMALL).color(color(ink))).truncate();
    ui.add(label);
}
