//! The first rows of a file in the import assistant, under the roles of their columns; missing and rejected
//! cells are marked.

use super::columns::ImportContext;
use super::form::ImportForm;
use crate::app::style::{font_id, to_color32};
use crate::panels::table_area::{TableArea, begin_frozen_part, column_widths, draw_edge};
use crate::panels::widgets::hint_label;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Id, Pos2, Role, Sense, Stroke, Ui, WidgetInfo, vec2};
use egui_table::{CellInfo, Column, HeaderCellInfo, HeaderRow, PrefetchInfo, Table, TableDelegate};
use engine::i18n::{Explain, Msg, Worded, format_count};
use engine::model::recipe::ColumnRole;
use engine::survey::cell::{CellReader, CellReading, Reject, parse_number};
use engine::survey::dates;
use engine::survey::preview::PreviewLine;
use engine::survey::propose::ProposedColumn;
use engine::theme::size::text;
use engine::theme::{Color, Face};

/// Heights of the header and of a row, and the width of the line numbers.
const HEAD: f32 = 44.0;
const ROW: f32 = 24.0;
const GUTTER: f32 = 52.0;
/// Minimum and maximum width of a column at first and by the user's choice, its padding, and mean widths of
/// Latin and Chinese characters.
const WIDTH: (f32, f32) = (84.0, 220.0);
const CHOSEN: (f32, f32) = (40.0, 800.0);
const PADDING: f32 = 8.0;
const LETTER: f32 = 6.6;
const WIDE_LETTER: f32 = 12.0;
/// Number of rows measured for the width of a column.
const SAMPLE: usize = 12;
/// Height of the remark below the table, in points.
const REMARK: f32 = 20.0;

/// A visible column of the file.
struct ShownColumn<'a> {
    place: usize,
    column: &'a ProposedColumn,
    reader: CellReader,
}

impl ShownColumn<'_> {
    fn is_ignored(&self) -> bool {
        self.column.rule.role == ColumnRole::Ignore
    }

    /// Reads a cell; `None` if it is neither missing nor rejected.
    fn read_cell(&self, line: &PreviewLine) -> Option<CellReading> {
        let cell = line.cell(self.place);
        let read = |reject: Option<Reject>| match reject {
            _ if cell.is_empty() => Some(CellReading::Missing),
            reject => reject.map(CellReading::Rejected),
        };
        let is_figure = || parse_number(cell).is_some_and(|number| number.get() >= 0.0);
        match self.column.rule.role {
            ColumnRole::Ignore => None,
            _ if self.column.is_question() && line.ragged => Some(CellReading::Rejected(Reject::RaggedRow)),
            _ if self.column.is_question() => {
                Some(self.reader.read(cell)).filter(|says| !matches!(says, CellReading::Answer(_)))
            }
            ColumnRole::Date => read(dates::read_date(cell, self.column.rule.order).err()),
            ColumnRole::Weight => read((!is_figure()).then_some(Reject::NotAWeight)),
            ColumnRole::Count => read((!is_figure()).then_some(Reject::NotACount)),
            _ => read(None),
        }
    }
}

/// Shows the table of rows.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &ImportForm, height: f32) {
    let profile = form.profile();
    let held = profile.preview.rows.len();
    let area = TableArea {
        name: desk.text(Msg::ImportRowsShown),
        size: vec2(ui.available_width(), height - REMARK),
        head: HEAD,
        step: ROW,
    };
    area.show(ui, |ui| {
        let mut columns = vec![Column::new(WIDTH.0).range(CHOSEN.0..=CHOSEN.1); profile.columns.len() + 1];
        columns[0] = Column::new(GUTTER).range(GUTTER..=GUTTER).resizable(false);
        // A file that is read in another way has other columns.
        let table = Table::new().id_salt((&profile.file, profile.dialect.header_rows, columns.len()));
        let table = table.columns(columns).num_sticky_cols(1).headers([HeaderRow::new(HEAD)]);
        let table = table.num_rows((profile.preview.header.len() + held) as u64);
        column_widths(ui, &table, || first_widths(form));
        table.show(ui, &mut RowsTable { desk, form, shown: Vec::new() });
    });
    ui.add_space(4.0);
    let held = held as u64;
    let more = held < profile.rows || !profile.complete;
    let first = more.then(|| Msg::RowsFirst.text_with(desk.lang, &[("n", &format_count(held))]));
    let marks = desk.text(Msg::RowsMarks).to_owned();
    let words: Vec<String> = first.into_iter().chain([marks]).collect();
    hint_label(ui, desk.theme, &words.join(" · "));
}

/// Returns the widths of the line numbers and columns until the user drags an edge.
fn first_widths(form: &ImportForm) -> Vec<f32> {
    let room = |words: &str| -> f32 {
        words.chars().take(40).map(|sign| if sign.is_ascii() { LETTER } else { WIDE_LETTER }).sum()
    };
    let preview = &form.profile().preview;
    let widths = form.profile().columns.iter().enumerate().map(|(place, column)| {
        let cells = preview.rows.iter().take(SAMPLE).map(|line| room(line.cell(place)));
        let widest = cells.fold(room(&column.name), f32::max);
        (widest + 2.0 * PADDING).clamp(WIDTH.0, WIDTH.1)
    });
    std::iter::once(GUTTER).chain(widths).collect()
}

/// Draws the cells of the table; its first column has the line numbers.
struct RowsTable<'a> {
    desk: &'a ImportContext<'a>,
    form: &'a ImportForm,
    /// The visible columns of the file.
    shown: Vec<ShownColumn<'a>>,
}

impl<'a> RowsTable<'a> {
    /// Returns a row of the file; true with it if it names the columns.
    fn line(&self, row: u64) -> Option<(&'a PreviewLine, bool)> {
        let preview = &self.form.profile().preview;
        let place = row as usize;
        let below = || Some((preview.rows.get(place - preview.header.len())?, false));
        preview.header.get(place).map(|line| (line, true)).or_else(below)
    }

    /// Returns a visible column by its number in the table.
    fn shown_column(&self, number: usize) -> Option<&ShownColumn<'a>> {
        self.shown.iter().find(|shown| shown.place + 1 == number)
    }
}

impl TableDelegate for RowsTable<'_> {
    fn default_row_height(&self) -> f32 {
        ROW
    }

    fn prepare(&mut self, info: &PrefetchInfo) {
        let shown = info.visible_columns.clone().filter_map(|number| {
            let place = number.checked_sub(1)?;
            let name = self.form.profile().columns.get(place)?.name.as_str();
            let column = self.form.columns().iter().find(|column| column.rule.column == name)?;
            Some(ShownColumn { place, column, reader: CellReader::new(&column.rule) })
        });
        self.shown = shown.collect();
    }

    fn header_cell_ui(&mut self, ui: &mut Ui, cell: &HeaderCellInfo) {
        let theme = self.desk.theme;
        let rect = ui.max_rect();
        let line = Stroke::new(1.0, to_color32(theme.hairline));
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
        let Some(shown) = self.shown_column(cell.col_range.start) else { return };
        let at = rect.min + vec2(PADDING, 4.0);
        draw_truncated(ui, at, &shown.column.rule.column, (Face::SemiBold, theme.text));
        let ink = if shown.is_ignored() { theme.muted } else { theme.accent };
        let role = role_or_target(self.desk, shown.column);
        draw_truncated(ui, at + vec2(0.0, 18.0), &role, (Face::Regular, ink));
        draw_edge(ui, theme);
    }

    fn row_ui(&mut self, ui: &mut Ui, row: u64) {
        let Some((line, is_header)) = self.line(row) else { return };
        if begin_frozen_part(ui) {
            return;
        }
        let theme = self.desk.theme;
        let rect = ui.max_rect();
        if is_header {
            ui.painter().rect_filled(rect, 0.0, to_color32(theme.hover));
        }
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, to_color32(theme.hairline)));
        let seen = rect.intersect(ui.clip_rect());
        let response = ui.interact(seen, Id::unique(("row", line.number)), Sense::hover());
        response.widget_info(|| {
            let words = self.shown.iter().map(|shown| line.cell(shown.place)).collect::<Vec<_>>().join(" · ");
            let number = Msg::QuotesLine.text_with(self.desk.lang, &[("line", &line.number)]);
            WidgetInfo::labeled(Role::Label, true, format!("{number}, {words}"))
        });
    }

    fn cell_ui(&mut self, ui: &mut Ui, cell: &CellInfo) {
        let Some((line, is_header)) = self.line(cell.row_nr) else { return };
        let rect = ui.max_rect();
        if cell.col_nr == 0 {
            let at = rect.right_center() - vec2(PADDING, 0.0);
            let ink = to_color32(self.desk.theme.muted);
            ui.painter().text(at, Align2::RIGHT_CENTER, line.number, font_id(Face::Regular, text::TINY), ink);
        }
        let Some(shown) = self.shown_column(cell.col_nr) else { return };
        let words = line.cell(shown.place);
        let says = if is_header { None } else { shown.read_cell(line) };
        let cut = draw_cell(ui, self.desk, words, (shown, says, is_header));
        if (cut || says.is_some())
            && ui.rect_contains_pointer(rect)
            && let Some(words) = cell_tooltip(self.desk, words, says)
        {
            ui.interact(rect, ui.unique_id().with("tooltip"), Sense::hover()).on_hover_text_at_pointer(words);
        }
    }
}

/// Returns the column's role, or its target if it has one.
fn role_or_target(desk: &ImportContext<'_>, column: &ProposedColumn) -> String {
    let role = desk.text(column.rule.role.display_name());
    match column.rule.role {
        ColumnRole::Touchpoint | ColumnRole::Stage if !column.rule.target.is_empty() => {
            column.rule.target.clone()
        }
        _ => role.to_owned(),
    }
}

/// Draws a cell, coloured by how it is read; returns true if its text is truncated.
fn draw_cell(
    ui: &mut Ui,
    desk: &ImportContext<'_>,
    words: &str,
    (shown, says, is_header): (&ShownColumn<'_>, Option<CellReading>, bool),
) -> bool {
    let theme = desk.theme;
    let ink = match says {
        Some(CellReading::Rejected(_)) => theme.danger.ink,
        Some(CellReading::Missing) => theme.muted,
        _ if is_header => theme.soft,
        _ if shown.is_ignored() => theme.muted,
        _ => theme.text,
    };
    let rect = ui.max_rect();
    let inside = rect.shrink(1.0);
    if matches!(says, Some(CellReading::Rejected(_))) {
        let line = Stroke::new(2.0, to_color32(theme.danger.ink));
        ui.painter().rect_filled(inside, 0.0, to_color32(theme.danger.ground));
        ui.painter().hline(inside.x_range(), inside.bottom() - 1.0, line);
    } else if says == Some(CellReading::Missing) {
        ui.painter().rect_filled(inside, 0.0, to_color32(theme.hover));
    }
    let blank = says == Some(CellReading::Missing) && words.is_empty();
    let at = rect.left_center() + vec2(PADDING, -text::SMALL * 0.65);
    draw_truncated(ui, at, if blank { "–" } else { words }, (Face::Regular, ink))
}

/// Draws a small line of text, truncated at the end of its cell; returns true if it was truncated.
fn draw_truncated(ui: &mut Ui, at: Pos2, words: &str, (face, ink): (Face, Color)) -> bool {
    let flat = words.replace(['\n', '\r', '\t'], " ");
    let mut job = LayoutJob::simple_singleline(flat, font_id(face, text::SMALL), to_color32(ink));
    if !ui.is_sizing_pass() {
        let room = (ui.max_rect().width() - 2.0 * PADDING).max(8.0);
        job.wrap = TextWrapping { break_anywhere: true, ..TextWrapping::truncate_at_width(room) };
    }
    let galley = ui.painter().layout_job(job);
    let is_cut = galley.elided;
    if ui.is_sizing_pass() {
        ui.set_min_width(galley.size().x + 2.0 * PADDING);
    }
    ui.painter().galley(at, galley, to_color32(ink));
    is_cut
}

/// Returns the tooltip of a cell: the whole text, and why it does not count.
fn cell_tooltip(desk: &ImportContext<'_>, words: &str, says: Option<CellReading>) -> Option<String> {
    let reason = match says {
        Some(CellReading::Rejected(reason)) => Some(reason.explain(desk.lang)),
        Some(CellReading::Missing) => Some(desk.text(Msg::MissingCodes).to_owned()),
        _ => None,
    };
    let parts: Vec<String> =
        Some(words).filter(|words| !words.is_empty()).map(str::to_owned).into_iter().chain(reason).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}
