//! The first rows of a file in the import assistant, under the roles of their columns; missing and rejected
//! cells are marked. Only the visible part is drawn, however long and wide the file is.

use super::columns::ImportContext;
use super::form::ImportForm;
use crate::app::style::{font_id, to_color32};
use crate::i18n::{Explain, Msg, Worded, format_count};
use crate::model::choice::DateOrder;
use crate::model::recipe::ColumnRole;
use crate::panels::widgets::hint_label;
use crate::survey::cell::{CellReader, CellReading, Reject, parse_number};
use crate::survey::dates;
use crate::survey::preview::PreviewLine;
use crate::survey::propose::ProposedColumn;
use crate::theme::size::text;
use crate::theme::{Color, Face};
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, FontId, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2,
};
use std::ops::Range;

/// Heights of the header and of a row, and the width of the line numbers.
const HEAD: f32 = 44.0;
const ROW: f32 = 24.0;
const GUTTER: f32 = 52.0;
/// Minimum and maximum width of a column, its padding, and mean widths of Latin and Chinese characters.
const WIDTH: (f32, f32) = (84.0, 220.0);
const PADDING: f32 = 8.0;
const LETTER: f32 = 6.6;
const WIDE_LETTER: f32 = 12.0;
/// Number of rows measured for the width of a column.
const SAMPLE: usize = 12;
/// Height of the remark below the table, in points.
const REMARK: f32 = 20.0;

/// The reader for the cells of a column.
enum ColumnReader {
    /// Reads answers.
    Answers(Box<CellReader>),
    /// Reads days.
    Days(DateOrder),
    /// Reads numbers from 0.
    Figures(Reject),
    /// Takes the text unchanged.
    Plain,
    /// Does not read the cells.
    Ignored,
}

/// The parts drawn of a column.
struct ShownColumn<'a> {
    place: usize,
    name: &'a str,
    told: String,
    span: (f32, f32),
    reader: ColumnReader,
}

impl ShownColumn<'_> {
    /// Reads a cell; `None` if it is neither missing nor rejected.
    fn read_cell(&self, line: &PreviewLine) -> Option<CellReading> {
        let cell = line.cell(self.place);
        let read = |reject: Option<Reject>| match reject {
            _ if cell.is_empty() => Some(CellReading::Missing),
            reject => reject.map(CellReading::Rejected),
        };
        match &self.reader {
            ColumnReader::Ignored => None,
            ColumnReader::Answers(_) if line.ragged => Some(CellReading::Rejected(Reject::RaggedRow)),
            ColumnReader::Answers(reader) => {
                Some(reader.read(cell)).filter(|says| !matches!(says, CellReading::Answer(_)))
            }
            ColumnReader::Days(order) => read(dates::read_date(cell, *order).err()),
            ColumnReader::Figures(reject) => {
                let sound = parse_number(cell).is_some_and(|number| number.get() >= 0.0);
                read((!sound).then_some(*reject))
            }
            ColumnReader::Plain => read(None),
        }
    }
}

/// Shows the table of rows.
pub(super) fn show(ui: &mut Ui, desk: &ImportContext<'_>, form: &ImportForm, height: f32) {
    let all = form.profile().rows;
    let held = form.profile().preview.rows.len() as u64;
    let scroll = ScrollArea::both().id_salt("rows").auto_shrink(false);
    let height = height - REMARK;
    let scroll = scroll.max_height(height).min_scrolled_height(height);
    scroll.show_viewport(ui, |ui, seen| draw_table(ui, desk, form, seen));
    ui.add_space(4.0);
    let more = held < all || !form.profile().complete;
    let first = more.then(|| Msg::RowsFirst.text_with(desk.lang, &[("n", &format_count(held))]));
    let marks = desk.text(Msg::RowsMarks).to_owned();
    let words: Vec<String> = first.into_iter().chain([marks]).collect();
    hint_label(ui, desk.theme, &words.join(" · "));
}

fn draw_table(ui: &mut Ui, desk: &ImportContext<'_>, form: &ImportForm, seen: Rect) {
    let preview = &form.profile().preview;
    let lines = preview.header.len() + preview.rows.len();
    let edges = column_edges(form);
    let size = vec2(*edges.last().unwrap_or(&GUTTER), HEAD + ROW * lines as f32);
    let origin = ui.max_rect().min;
    ui.allocate_space(size);
    let columns = visible_columns(desk, form, &edges, seen.x_range().min + GUTTER..seen.x_range().max);
    let rows = seen_rows(seen, lines);
    let fixed = origin + seen.min.to_vec2();
    let body = Rect::from_min_max(fixed + vec2(GUTTER, HEAD), origin + seen.max.to_vec2());
    for place in rows {
        let top = origin.y + HEAD + ROW * place as f32;
        let rect = Rect::from_min_max(pos2(fixed.x, top), pos2(body.right(), top + ROW));
        let line = preview.header.get(place).or_else(|| preview.rows.get(place - preview.header.len()));
        let Some(line) = line else { continue };
        let is_header = place < preview.header.len();
        draw_row(ui, desk, (line, is_header), &columns, (origin, rect, body));
    }
    draw_header(ui, desk, &columns, (origin, fixed, body));
}

/// Returns the indices of the visible rows.
fn seen_rows(seen: Rect, lines: usize) -> Range<usize> {
    let first = (seen.min.y / ROW).floor().max(0.0) as usize;
    let last = ((seen.max.y - HEAD) / ROW).ceil().max(0.0) as usize;
    first.min(lines)..last.min(lines)
}

/// Returns the left edge of each column, and the right edge of the last.
fn column_edges(form: &ImportForm) -> Vec<f32> {
    let room = |words: &str| -> f32 {
        words.chars().take(40).map(|sign| if sign.is_ascii() { LETTER } else { WIDE_LETTER }).sum()
    };
    let preview = &form.profile().preview;
    let mut edge = GUTTER;
    let ends = form.profile().columns.iter().enumerate().map(|(place, column)| {
        let cells = preview.rows.iter().take(SAMPLE).map(|line| room(line.cell(place)));
        let widest = cells.fold(room(&column.name), f32::max);
        edge += (widest + 2.0 * PADDING).clamp(WIDTH.0, WIDTH.1);
        edge
    });
    std::iter::once(GUTTER).chain(ends).collect()
}

/// Returns the visible columns.
fn visible_columns<'a>(
    desk: &ImportContext<'_>,
    form: &'a ImportForm,
    edges: &[f32],
    seen: Range<f32>,
) -> Vec<ShownColumn<'a>> {
    let spans = edges.windows(2).filter_map(|ends| Some((*ends.first()?, *ends.last()?)));
    let inside = spans.enumerate().filter(|(_, (from, to))| *to > seen.start && *from < seen.end);
    let shown = inside.filter_map(|(place, span)| {
        let name = form.profile().columns.get(place)?.name.as_str();
        let column = form.columns().iter().find(|column| column.rule.column == name)?;
        Some(ShownColumn {
            place,
            name,
            told: role_or_target(desk, column),
            span,
            reader: column_reader(column),
        })
    });
    shown.collect()
}

fn column_reader(column: &ProposedColumn) -> ColumnReader {
    match column.rule.role {
        ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey => {
            ColumnReader::Answers(Box::new(CellReader::new(&column.rule)))
        }
        ColumnRole::Date => ColumnReader::Days(column.rule.order),
        ColumnRole::Weight => ColumnReader::Figures(Reject::NotAWeight),
        ColumnRole::Count => ColumnReader::Figures(Reject::NotACount),
        ColumnRole::Segment
        | ColumnRole::Choices
        | ColumnRole::Names
        | ColumnRole::AnswerCount
        | ColumnRole::AnswerShare
        | ColumnRole::Respondent => ColumnReader::Plain,
        ColumnRole::Ignore => ColumnReader::Ignored,
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

/// Draws the header, which stays visible above the scrolled rows.
fn draw_header(
    ui: &Ui,
    desk: &ImportContext<'_>,
    columns: &[ShownColumn<'_>],
    (origin, fixed, body): (Pos2, Pos2, Rect),
) {
    let theme = desk.theme;
    let all = Rect::from_min_max(fixed, pos2(body.right(), fixed.y + HEAD));
    ui.painter().rect_filled(all, 0.0, to_color32(theme.raised));
    ui.painter().hline(all.x_range(), all.bottom(), Stroke::new(1.0, to_color32(theme.hairline)));
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(all.with_min_x(body.left())));
    for shown in columns {
        let at = pos2(origin.x + shown.span.0 + PADDING, all.top() + 4.0);
        let room = shown.span.1 - shown.span.0 - 2.0 * PADDING;
        draw_truncated(&painter, at, shown.name, (Face::SemiBold, text::SMALL, theme.text), room);
        let ink = if matches!(shown.reader, ColumnReader::Ignored) { theme.muted } else { theme.accent };
        draw_truncated(&painter, at + vec2(0.0, 18.0), &shown.told, (Face::Regular, text::SMALL, ink), room);
    }
}

fn draw_row(
    ui: &Ui,
    desk: &ImportContext<'_>,
    (line, is_header): (&PreviewLine, bool),
    columns: &[ShownColumn<'_>],
    (origin, rect, body): (Pos2, Rect, Rect),
) {
    let theme = desk.theme;
    let clip = ui.clip_rect().intersect(body);
    let painter = ui.painter().with_clip_rect(clip);
    if is_header {
        painter.rect_filled(rect, 0.0, to_color32(theme.hover));
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, to_color32(theme.hairline)));
    let hits: Vec<(Rect, &ShownColumn<'_>, Option<CellReading>)> = columns
        .iter()
        .map(|shown| {
            let span = (origin.x + shown.span.0, origin.x + shown.span.1);
            let place = Rect::from_min_max(pos2(span.0, rect.top()), pos2(span.1, rect.bottom()));
            (place, shown, if is_header { None } else { shown.read_cell(line) })
        })
        .collect();
    let hovered = ui.input(|input| input.pointer.hover_pos());
    let mut told = None;
    for (place, shown, says) in &hits {
        let words = line.cell(shown.place);
        let cut = draw_cell(&painter, desk, *place, words, (shown, *says, is_header));
        if (cut || says.is_some()) && hovered.is_some_and(|at| place.contains(at)) {
            told = cell_tooltip(desk, words, *says);
        }
    }
    let margin = ui.painter().with_clip_rect(ui.clip_rect().with_min_y(body.top()));
    let number = pos2(body.left() - PADDING, rect.center().y);
    margin.text(number, Align2::RIGHT_CENTER, line.number, tiny_font(), to_color32(theme.muted));
    let response = ui.interact(rect.intersect(clip), Id::unique(("row", line.number)), Sense::hover());
    let words = hits.iter().map(|(_, shown, _)| line.cell(shown.place)).collect::<Vec<_>>().join(" · ");
    let name = format!("{}, {words}", Msg::QuotesLine.text_with(desk.lang, &[("line", &line.number)]));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if let Some(words) = told {
        response.on_hover_text_at_pointer(words);
    }
}

fn tiny_font() -> FontId {
    font_id(Face::Regular, text::TINY)
}

/// Draws a cell, coloured by how it is read; returns true if its text is truncated.
fn draw_cell(
    painter: &Painter,
    desk: &ImportContext<'_>,
    place: Rect,
    words: &str,
    (shown, says, is_header): (&ShownColumn<'_>, Option<CellReading>, bool),
) -> bool {
    let theme = desk.theme;
    let ink = match says {
        Some(CellReading::Rejected(_)) => theme.danger.ink,
        Some(CellReading::Missing) => theme.muted,
        _ if is_header => theme.soft,
        _ if matches!(shown.reader, ColumnReader::Ignored) => theme.muted,
        _ => theme.text,
    };
    if matches!(says, Some(CellReading::Rejected(_))) {
        let inside = place.shrink2(vec2(1.0, 1.0));
        painter.rect_filled(inside, 0.0, to_color32(theme.danger.ground));
        painter.hline(
            inside.x_range(),
            inside.bottom() - 1.0,
            Stroke::new(2.0, to_color32(theme.danger.ink)),
        );
    } else if says == Some(CellReading::Missing) {
        painter.rect_filled(place.shrink2(vec2(1.0, 1.0)), 0.0, to_color32(theme.hover));
    }
    let blank = says == Some(CellReading::Missing) && words.is_empty();
    let at = pos2(place.left() + PADDING, place.center().y - text::SMALL * 0.65);
    let room = place.width() - 2.0 * PADDING;
    draw_truncated(painter, at, if blank { "–" } else { words }, (Face::Regular, text::SMALL, ink), room)
}

/// Draws a line of text, truncated with an ellipsis; returns true if it was truncated.
fn draw_truncated(
    painter: &Painter,
    at: Pos2,
    words: &str,
    (face, size, ink): (Face, f32, Color),
    room: f32,
) -> bool {
    let flat = words.replace(['\n', '\r', '\t'], " ");
    let mut job = LayoutJob::simple_singleline(flat, font_id(face, size), to_color32(ink));
    job.wrap = TextWrapping { break_anywhere: true, ..TextWrapping::truncate_at_width(room.max(8.0)) };
    let galley = painter.layout_job(job);
    let elided = galley.elided;
    painter.galley(at, galley, to_color32(ink));
    elided
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
