//! The values of a column in the import assistant: the count and lines of each, and how it is read.

use super::fields::{pick, pick_of};
use super::import_columns::{Desk, told_account};
use super::widgets::{caption, doubt, hint, row};
use crate::app::import_form::ImportForm;
use crate::app::style::color;
use crate::i18n::{Msg, count, figure};
use crate::survey::cell::Cell;
use crate::survey::propose::Column;
use crate::survey::settle::Taken;
use crate::survey::values::{Value, values};
use crate::theme::size::{space, text};
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

/// Widths of the table's columns: value, count, lines, and reading.
const WIDTHS: [f32; 4] = [360.0, 90.0, 150.0, 180.0];
const GAP: f32 = 16.0;
const HEAD: f32 = 24.0;
const ROW: f32 = 32.0;
/// Width of the choice of a column, in points.
const COLUMN: f32 = 300.0;
/// Limit of steps up to which the numbers offered are widened to 0 and [`USUAL`].
const STEPS: f64 = 21.0;
/// Highest number usually offered, even if the scale ends below it.
const USUAL: f64 = 10.0;

/// Shows the values of one column.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm, height: f32) {
    let top = ui.cursor().top();
    choice(ui, desk, form);
    let place = form.place;
    let asked = form.columns().get(place).filter(|column| form.account(column).is_some()).cloned();
    let found = asked.and_then(|column| Some((values(form.seen(&column)?, &column.rule), column)));
    let Some((values, column)) = found else {
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            hint(ui, desk.theme, desk.text(Msg::ImportNoColumns));
        });
        return;
    };
    let heads = [Msg::ValueText, Msg::ValueCount, Msg::ValueLines, Msg::ValueReadAs];
    line(ui, HEAD, |ui| {
        for (head, width) in heads.into_iter().zip(WIDTHS) {
            cell(ui, width, |ui| {
                caption(ui, desk.theme, desk.text(head));
            });
        }
    });
    let height = height - (ui.cursor().top() - top);
    let scroll = ScrollArea::vertical().id_salt(("values", place)).auto_shrink(false);
    let scroll = scroll.max_height(height).min_scrolled_height(height);
    let mut taken = None;
    scroll.show_rows(ui, ROW, values.len(), |ui, shown| {
        for value in values.get(shown).unwrap_or_default() {
            line(ui, ROW, |ui| taken = value_row(ui, desk, &column, value).or(taken.take()));
        }
    });
    if let Some((text, taken)) = taken {
        form.set_value(place, &text, taken);
    }
}

/// Shows the choice of a column, and the counts of its cells.
fn choice(ui: &mut Ui, desk: &Desk<'_>, form: &mut ImportForm) {
    let name = desk.text(Msg::Column);
    let asked = form.columns().iter().enumerate().filter(|(_, column)| form.account(column).is_some());
    let columns: Vec<(usize, String)> =
        asked.map(|(place, column)| (place, column.asked().to_owned())).collect();
    let shown = columns.iter().find(|(place, _)| *place == form.place);
    let words = shown.map_or("", |(_, name)| name.as_str()).to_owned();
    let picked = row(ui, desk.theme, name, |ui| {
        let size = vec2(COLUMN, ui.spacing().interact_size.y);
        let picked = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            pick(ui, "values of", name, &words, &columns, Some(&form.place))
        });
        ui.add_space(space::M);
        if let Some(account) = form.columns().get(form.place).and_then(|column| form.account(column)) {
            let rows = Msg::ValuesOfRows.with(desk.lang, &[("n", &count(form.profile().rows))]);
            hint(ui, desk.theme, &format!("{} · {rows}", told_account(desk.lang, &account)));
        }
        picked.inner
    });
    if let Some(place) = picked {
        form.place = place;
    }
    ui.add_space(4.0);
}

fn line(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        content(ui);
    });
}

fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let size = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// Shows a value; returns the value's text with the reading that the user chose.
fn value_row(ui: &mut Ui, desk: &Desk<'_>, column: &Column, value: &Value) -> Option<(String, Taken)> {
    let ink = match value.says {
        Cell::Answer(_) => desk.theme.text,
        Cell::Missing => desk.theme.muted,
        Cell::Rejected(_) => desk.theme.moment.ink,
    };
    cell(ui, WIDTHS[0], |ui| {
        ui.add(Label::new(RichText::new(&value.text).color(color(ink))).truncate());
    });
    let lines: Vec<String> = value.lines.iter().map(u64::to_string).collect();
    let more = if value.count > value.lines.len() as u64 { " …" } else { "" };
    for (words, width) in
        [(count(value.count), WIDTHS[1]), (format!("{}{more}", lines.join(", ")), WIDTHS[2])]
    {
        cell(ui, width, |ui| {
            ui.add(
                Label::new(RichText::new(words).size(text::SMALL).color(color(desk.theme.soft))).truncate(),
            );
        });
    }
    let shown = match value.says {
        Cell::Answer(answer) => figure(answer.get(), 3),
        Cell::Missing => desk.text(Msg::MissingCodes).to_owned(),
        Cell::Rejected(_) => desk.text(Msg::ValueNotCounted).to_owned(),
    };
    let name = format!("{}, {}", value.text, desk.text(Msg::ValueReadAs));
    let mut picked = None;
    cell(ui, WIDTHS[3], |ui| {
        picked = pick_of(ui, ("value", &value.text), &name, &shown, || offered(desk, column));
    });
    if let Cell::Rejected(reason) = value.says {
        doubt(ui, desk.theme, &reason.message(desk.lang));
    }
    picked.map(|taken| (value.text.clone(), taken))
}

/// Returns the readings offered for a value.
fn offered(desk: &Desk<'_>, column: &Column) -> Vec<(Taken, String)> {
    let low = column.rule.low.floor();
    let high = column.rule.high.ceil();
    let first = low.min(0.0);
    let last = high.max(USUAL);
    let steps = if last - first < STEPS { last - first } else { high - low };
    let first = if last - first < STEPS { first } else { low };
    let whole = (0..=steps.clamp(0.0, 100.0) as u32).map(|step| first + f64::from(step));
    let numbers = whole.map(|number| (Taken::Number(number), figure(number, 0)));
    let others = [(Taken::NoAnswer, Msg::MissingCodes), (Taken::Rejected, Msg::ValueNotCounted)];
    let others = others.into_iter().map(|(taken, word)| (taken, desk.text(word).to_owned()));
    others.chain(numbers).collect()
}
