//! The first rows of a file in the import assistant, under the roles of their columns; missing and rejected
//! cells are marked. Only the visible part is drawn, however long and wide the file is.

use super::import_columns::Desk;
use super::widgets::hint;
use crate::app::import_form::ImportForm;
use crate::app::style::{color, font};
use crate::i18n::{Msg, count};
use crate::model::Worded;
use crate::model::choice::DateOrder;
use crate::model::recipe::ColumnRole;
use crate::survey::cell::{Cell, CellReader, Reject, number};
use crate::survey::dates;
use crate::survey::preview::Line;
use crate::survey::propose::Column;
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
enum Reader {
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
struct Shown<'a> {
    place: usize,
    name: &'a str,
    told: String,
    span: (f32, f32),
    reader: Reader,
}

impl Shown<'_> {
    /// Reads a cell; `None` if it is neither missing nor rejected.
    fn says(&self, line: &Line) -> Option<Cell> {
        let cell = line.cell(self.place);
        let read = |reject: Option<Reject>| match reject {
            _ if cell.is_empty() => Some(Cell::Missing),
            reject => reject.map(Cell::Rejected),
        };
        match &self.reader {
            Reader::Ignored => None,
            Reader::Answers(_) if line.ragged => Some(Cell::Rejected(Reject::RaggedRow)),
            Reader::Answers(reader) => {
                Some(reader.read(cell)).filter(|says| !matches!(says, Cell::Answer(_)))
            }
            Reader::Days(order) => read(dates::read(cell, *order).err()),
            Reader::Figures(reject) => {
                let sound = number(cell).is_some_and(|number| number.get() >= 0.0);
                read((!sound).then_some(*reject))
            }
            Reader::Plain => read(None),
        }
    }
}

/// Shows the table of rows.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, form: &ImportForm, height: f32) {
    let all = form.profile().rows;
    let held = form.profile().preview.rows.len() as u64;
    let scroll = ScrollArea::both().id_salt("rows").auto_shrink(false);
    let height = height - REMARK;
    let scroll = scroll.max_height(height).min_scrolled_height(height);
    scroll.show_viewport(ui, |ui, seen| table(ui, desk, form, seen));
    ui.add_space(4.0);
    let more = held < all || !form.profile().complete;
    let first = more.then(|| Msg::RowsFirst.with(desk.lang, &[("n", &count(held))]));
    let marks = desk.text(Msg::RowsMarks).to_owned();
    let words: Vec<String> = first.into_iter().chain([marks]).collect();
    hint(ui, desk.theme, &words.join(" · "));
}

fn table(ui: &mut Ui, desk: &Desk<'_>, form: &ImportForm, seen: Rect) {
    let preview = &form.profile().preview;
    let lines = preview.header.len() + preview.rows.len();
    let edges = edges(form);
    let size = vec2(*edges.last().unwrap_or(&GUTTER), HEAD + ROW * lines as f32);
    let origin = ui.max_rect().min;
    ui.allocate_space(size);
    let columns = columns(desk, form, &edges, seen.x_range().min + GUTTER..seen.x_range().max);
    let rows = seen_rows(seen, lines);
    let fixed = origin + seen.min.to_vec2();
    let body = Rect::from_min_max(fixed + vec2(GUTTER, HEAD), origin + seen.max.to_vec2());
    for place in rows {
        let top = origin.y + HEAD + ROW * place as f32;
        let rect = Rect::from_min_max(pos2(fixed.x, top), pos2(body.right(), top + ROW));
        let line = preview.header.get(place).or_else(|| preview.rows.get(place - preview.header.len()));
        let Some(line) = line else { continue };
        let is_header = place < preview.header.len();
        row(ui, desk, (line, is_header), &columns, (origin, rect, body));
    }
    heads(ui, desk, &columns, (origin, fixed, body));
}

/// Returns the indices of the visible rows.
fn seen_rows(seen: Rect, lines: usize) -> Range<usize> {
    let first = (seen.min.y / ROW).floor().max(0.0) as usize;
    let last = ((seen.max.y - HEAD) / ROW).ceil().max(0.0) as usize;
    first.min(lines)..last.min(lines)
}

/// Returns the left edge of each column, and the right edge of the last.
fn edges(form: &ImportForm) -> Vec<f32> {
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
fn columns<'a>(desk: &Desk<'_>, form: &'a ImportForm, edges: &[f32], seen: Range<f32>) -> Vec<Shown<'a>> {
    let spans = edges.windows(2).filter_map(|ends| Some((*ends.first()?, *ends.last()?)));
    let inside = spans.enumerate().filter(|(_, (from, to))| *to > seen.start && *from < seen.end);
    let shown = inside.filter_map(|(place, span)| {
        let name = form.profile().columns.get(place)?.name.as_str();
        let column = form.columns().iter().find(|column| column.rule.column == name)?;
        Some(Shown { place, name, told: told(desk, column), span, reader: reader(column) })
    });
    shown.collect()
}

fn reader(column: &Column) -> Reader {
    match column.rule.role {
        ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey => {
            Reader::Answers(Box::new(CellReader::new(&column.rule)))
        }
        ColumnRole::Date => Reader::Days(column.rule.order),
        ColumnRole::Weight => Reader::Figures(Reject::NotAWeight),
        ColumnRole::Count => Reader::Figures(Reject::NotACount),
        ColumnRole::Segment
        | ColumnRole::Choices
        | ColumnRole::Names
        | ColumnRole::AnswerCount
        | ColumnRole::AnswerShare
        | ColumnRole::Respondent => Reader::Plain,
        ColumnRole::Ignore => Reader::Ignored,
    }
}

/// Returns the column's role, or its target if it has one.
fn told(desk: &Desk<'_>, column: &Column) -> String {
    let role = desk.text(column.rule.role.word());
    match column.rule.role {
        ColumnRole::Touchpoint | ColumnRole::Stage if !column.rule.target.is_empty() => {
            column.rule.target.clone()
        }
        _ => role.to_owned(),
    }
}

/// Draws the header, which stays visible above the scrolled rows.
fn heads(ui: &Ui, desk: &Desk<'_>, columns: &[Shown<'_>], (origin, fixed, body): (Pos2, Pos2, Rect)) {
    let theme = desk.theme;
    let all = Rect::from_min_max(fixed, pos2(body.right(), fixed.y + HEAD));
    ui.painter().rect_filled(all, 0.0, color(theme.raised));
    ui.painter().hline(all.x_range(), all.bottom(), Stroke::new(1.0, color(theme.hairline)));
    let painter = ui.painter().with_clip_rect(ui.clip_rect().intersect(all.with_min_x(body.left())));
    for shown in columns {
        let at = pos2(origin.x + shown.span.0 + PADDING, all.top() + 4.0);
        let room = shown.span.1 - shown.span.0 - 2.0 * PADDING;
        cut(&painter, at, shown.name, (Face::SemiBold, text::SMALL, theme.text), room);
        let ink = if matches!(shown.reader, Reader::Ignored) { theme.muted } else { theme.accent };
        cut(&painter, at + vec2(0.0, 18.0), &shown.told, (Face::Regular, text::SMALL, ink), room);
    }
}

fn row(
    ui: &Ui,
    desk: &Desk<'_>,
    (line, is_header): (&Line, bool),
    columns: &[Shown<'_>],
    (origin, rect, body): (Pos2, Rect, Rect),
) {
    let theme = desk.theme;
    let clip = ui.clip_rect().intersect(body);
    let painter = ui.painter().with_clip_rect(clip);
    if is_header {
        painter.rect_filled(rect, 0.0, color(theme.hover));
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, color(theme.hairline)));
    let hits: Vec<(Rect, &Shown<'_>, Option<Cell>)> = columns
        .iter()
        .map(|shown| {
            let span = (origin.x + shown.span.0, origin.x + shown.span.1);
            let place = Rect::from_min_max(pos2(span.0, rect.top()), pos2(span.1, rect.bottom()));
            (place, shown, if is_header { None } else { shown.says(line) })
        })
        .collect();
    let hovered = ui.input(|input| input.pointer.hover_pos());
    let mut told = None;
    for (place, shown, says) in &hits {
        let words = line.cell(shown.place);
        let cut = cell(&painter, desk, *place, words, (shown, *says, is_header));
        if (cut || says.is_some()) && hovered.is_some_and(|at| place.contains(at)) {
            told = why(desk, words, *says);
        }
    }
    let margin = ui.painter().with_clip_rect(ui.clip_rect().with_min_y(body.top()));
    let number = pos2(body.left() - PADDING, rect.center().y);
    margin.text(number, Align2::RIGHT_CENTER, line.number, tiny(), color(theme.muted));
    let response = ui.interact(rect.intersect(clip), Id::unique(("row", line.number)), Sense::hover());
    let words = hits.iter().map(|(_, shown, _)| line.cell(shown.place)).collect::<Vec<_>>().join(" · ");
    let name = format!("{}, {words}", Msg::QuotesLine.with(desk.lang, &[("line", &line.number)]));
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
    if let Some(words) = told {
        response.on_hover_text_at_pointer(words);
    }
}

fn tiny() -> FontId {
    font(Face::Regular, text::TINY)
}

/// Draws a cell, coloured by how it is read; returns true if its text is truncated.
fn cell(
    painter: &Painter,
    desk: &Desk<'_>,
    place: Rect,
    words: &str,
    (shown, says, is_header): (&Shown<'_>, Option<Cell>, bool),
) -> bool {
    let theme = desk.theme;
    let ink = match says {
        Some(Cell::Rejected(_)) => theme.danger.ink,
        Some(Cell::Missing) => theme.muted,
        _ if is_header => theme.soft,
        _ if matches!(shown.reader, Reader::Ignored) => theme.muted,
        _ => theme.text,
    };
    if matches!(says, Some(Cell::Rejected(_))) {
        let inside = place.shrink2(vec2(1.0, 1.0));
        painter.rect_filled(inside, 0.0, color(theme.danger.ground));
        painter.hline(inside.x_range(), inside.bottom() - 1.0, Stroke::new(2.0, color(theme.danger.ink)));
    } else if says == Some(Cell::Missing) {
        painter.rect_filled(place.shrink2(vec2(1.0, 1.0)), 0.0, color(theme.hover));
    }
    let blank = says == Some(Cell::Missing) && words.is_empty();
    let at = pos2(place.left() + PADDING, place.center().y - text::SMALL * 0.65);
    let room = place.width() - 2.0 * PADDING;
    cut(painter, at, if blank { "–" } else { words }, (Face::Regular, text::SMALL, ink), room)
}

/// Draws a line of text, truncated with an ellipsis; returns true if it was truncated.
fn cut(painter: &Painter, at: Pos2, words: &str, (face, size, ink): (Face, f32, Color), room: f32) -> bool {
    let flat = words.replace(['\n', '\r', '\t'], " ");
    let mut job = LayoutJob::simple_singleline(flat, font(face, size), color(ink));
    job.wrap = TextWrapping { break_anywhere: true, ..TextWrapping::truncate_at_width(room.max(8.0)) };
    let galley = painter.layout_job(job);
    let elided = galley.elided;
    painter.galley(at, galley, color(ink));
    elided
}

/// Returns the tooltip of a cell: the whole text, and why it does not count.
fn why(desk: &Desk<'_>, words: &str, says: Option<Cell>) -> Option<String> {
    let reason = match says {
        Some(Cell::Rejected(reason)) => Some(reason.message(desk.lang)),
        Some(Cell::Missing) => Some(desk.text(Msg::MissingCodes).to_owned()),
        _ => None,
    };
    let parts: Vec<String> =
        Some(words).filter(|words| !words.is_empty()).map(str::to_owned).into_iter().chain(reason).collect();
    (!parts.is_empty()).then(|| parts.join("\n"))
}
