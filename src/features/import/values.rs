//! The values of a column in the import assistant: the count and lines of each, and how it is read.

use super::columns::{ImportContext, told_account};
use super::form::ImportForm;
use crate::app::style::to_color32;
use crate::panels::fields::{pick_of, pick_option};
use crate::panels::widgets::{caption_label, hint_label, labelled_row, warning_label};
use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};
use engine::i18n::{Explain, Msg, format_count, format_figure};
use engine::survey::cell::CellReading;
use engine::survey::propose::ProposedColumn;
use engine::survey::resolve::ValueReading;
use engine::survey::values::{ColumnValue, read_values};
use engine::theme::size::{space, text};

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
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm, height: f32) {
    let top = ui.cursor().top();
    column_choice(ui, desk, form);
    let place = form.place;
    let asked = form.columns().get(place).filter(|column| form.value_account(column).is_some()).cloned();
    let found =
        asked.and_then(|column| Some((read_values(form.column_profile(&column)?, &column.rule), column)));
    let Some((values, column)) = found else {
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            hint_label(ui, desk.theme, desk.text(Msg::ImportNoColumns));
        });
        return;
    };
    let heads = [Msg::ValueText, Msg::ValueCount, Msg::ValueLines, Msg::ValueReadAs];
    lay_out_line(ui, HEAD, |ui| {
        for (head, width) in heads.into_iter().zip(WIDTHS) {
            lay_out_cell(ui, width, |ui| {
                caption_label(ui, desk.theme, desk.text(head));
            });
        }
    });
    let height = height - (ui.cursor().top() - top);
    let scroll = ScrollArea::vertical().id_salt(("values", place)).auto_shrink(false);
    let scroll = scroll.max_height(height).min_scrolled_height(height);
    let mut taken = None;
    scroll.show_rows(ui, ROW, values.len(), |ui, shown| {
        for value in values.get(shown).unwrap_or_default() {
            lay_out_line(ui, ROW, |ui| taken = value_row(ui, desk, &column, value).or(taken.take()));
        }
    });
    if let Some((text, taken)) = taken {
        form.set_value(place, &text, taken);
    }
}

/// Shows the choice of a column, and the counts of its cells.
fn column_choice(ui: &mut Ui, desk: &ImportContext<'_>, form: &mut ImportForm) {
    let name = desk.text(Msg::Column);
    let asked = form.columns().iter().enumerate().filter(|(_, column)| form.value_account(column).is_some());
    let columns: Vec<(usize, String)> =
        asked.map(|(place, column)| (place, column.question_name().to_owned())).collect();
    let shown = columns.iter().find(|(place, _)| *place == form.place);
    let words = shown.map_or("", |(_, name)| name.as_str()).to_owned();
    let picked = labelled_row(ui, desk.theme, name, |ui| {
        let size = vec2(COLUMN, ui.spacing().interact_size.y);
        let picked = ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            pick_option(ui, "values of", name, &words, &columns, Some(&form.place))
        });
        ui.add_space(space::M);
        if let Some(account) = form.columns().get(form.place).and_then(|column| form.value_account(column)) {
            let rows = Msg::ValuesOfRows.text_with(desk.lang, &[("n", &format_count(form.profile().rows))]);
            hint_label(ui, desk.theme, &format!("{} · {rows}", told_account(desk.lang, &account)));
        }
        picked.inner
    });
    if let Some(place) = picked {
        form.place = place;
    }
    ui.add_space(4.0);
}

fn lay_out_line(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        content(ui);
    });
}

fn lay_out_cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    let size = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// Shows a value; returns the value's text with the reading that the user chose.
fn value_row(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    column: &ProposedColumn,
    value: &ColumnValue,
) -> Option<(String, ValueReading)> {
    let ink = match value.says {
        CellReading::Answer(_) => desk.theme.text,
        CellReading::Missing => desk.theme.muted,
        CellReading::Rejected(_) => desk.theme.moment.ink,
    };
    lay_out_cell(ui, WIDTHS[0], |ui| {
        ui.add(Label::new(RichText::new(&value.text).color(to_color32(ink))).truncate());
    });
    let lines: Vec<String> = value.lines.iter().map(u64::to_string).collect();
    let more = if value.count > value.lines.len() as u64 { " …" } else { "" };
    for (words, width) in
        [(format_count(value.count), WIDTHS[1]), (format!("{}{more}", lines.join(", ")), WIDTHS[2])]
    {
        lay_out_cell(ui, width, |ui| {
            ui.add(
                Label::new(RichText::new(words).size(text::SMALL).color(to_color32(desk.theme.soft)))
                    .truncate(),
            );
        });
    }
    let shown = match value.says {
        CellReading::Answer(answer) => format_figure(answer.get(), 3),
        CellReading::Missing => desk.text(Msg::MissingCodes).to_owned(),
        CellReading::Rejected(_) => desk.text(Msg::ValueNotCounted).to_owned(),
    };
    let name = format!("{}, {}", value.text, desk.text(Msg::ValueReadAs));
    let mut picked = None;
    lay_out_cell(ui, WIDTHS[3], |ui| {
        picked = pick_of(ui, ("value", &value.text), &name, &shown, || offered_readings(desk, column));
    });
    if let CellReading::Rejected(reason) = value.says {
        warning_label(ui, desk.theme, &reason.explain(desk.lang));
    }
    picked.map(|taken| (value.text.clone(), taken))
}

/// Returns the readings offered for a value.
fn offered_readings(desk: &ImportContext<'_>, column: &ProposedColumn) -> Vec<(ValueReading, String)> {
    let low = column.rule.low.floor();
    let high = column.rule.high.ceil();
    let first = low.min(0.0);
    let last = high.max(USUAL);
    let steps = if last - first < STEPS { last - first } else { high - low };
    let first = if last - first < STEPS { first } else { low };
    let whole = (0..=steps.clamp(0.0, 100.0) as u32).map(|step| first + f64::from(step));
    let numbers = whole.map(|number| (ValueReading::Number(number), format_figure(number, 0)));
    let others =
        [(ValueReading::NoAnswer, Msg::MissingCodes), (ValueReading::Rejected, Msg::ValueNotCounted)];
    let others = others.into_iter().map(|(taken, word)| (taken, desk.text(word).to_owned()));
    others.chain(numbers).collect()
}
