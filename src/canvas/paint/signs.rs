//! Words and marks of far forms at a zoom: at readable sizes, in points of the screen about their block's
//! origin; left out if there is no room for them.

use crate::layout::measure::Measure;
use crate::layout::text::{Paragraph, Setting, set};
use crate::scene::{FarForm, FarMark, FarMarkKind, FarWords, Pt, Rect, Shape, Stand, Stroke, TextRow, pt};
use crate::theme::Face;
use crate::theme::size::text::TINY;

/// The maximum size of words on the screen.
const LARGEST: f32 = 24.0;
/// The height of a row, and of its letters, as a multiple of its size.
const LINE: f32 = 1.18;
const LETTERS: f32 = 0.8;
/// From the middle of a capital letter down to its baseline, in ems.
const HALF_CAPITAL: f32 = 0.364;
/// The smallest diamond and badge, and the zoom below which a badge is a dot.
const DIAMOND: f32 = 4.0;
const BADGE: f32 = 6.5;
const DOT: (f32, f32) = (0.16, 3.0);
/// Padding around words on a plate.
const PLATE: Pt = pt(4.0, 2.0);

/// Words and marks, back to front, in points of the screen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Signs {
    /// Plates and marks.
    pub(super) shapes: Vec<Shape>,
    /// Rows of text.
    pub(super) rows: Vec<TextRow>,
}

/// Lays out the words and marks of a far form at a zoom.
pub(super) fn signs(form: &FarForm, zoom: f32, measure: &mut dyn Measure) -> Signs {
    let mut setter = Setter { measure, zoom, signs: Signs::default() };
    let marks: Vec<(&FarMark, f32)> = form.marks.iter().map(|mark| (mark, mark_radius(mark, zoom))).collect();
    let top = marks.iter().filter(|(mark, _)| mark.kind == FarMarkKind::Diamond);
    let top = top.map(|(mark, radius)| mark.at.y * zoom + radius).fold(f32::NEG_INFINITY, f32::max);
    let left = marks.iter().filter(|(mark, _)| mark.kind != FarMarkKind::Diamond);
    let left = left.map(|(mark, radius)| mark.at.x * zoom - radius).fold(f32::INFINITY, f32::min);
    setter.words(form, top, left);
    for (mark, radius) in marks {
        setter.mark(mark, radius);
    }
    setter.signs
}

fn mark_radius(mark: &FarMark, zoom: f32) -> f32 {
    let least = match mark.kind {
        _ if zoom < DOT.0 => DOT.1,
        FarMarkKind::Diamond => DIAMOND,
        FarMarkKind::Badge(..) => BADGE,
    };
    (mark.radius * zoom).max(least)
}

struct Setter<'a> {
    measure: &'a mut dyn Measure,
    zoom: f32,
    signs: Signs,
}

impl Setter<'_> {
    /// Lays out figure and title; `top` and `left` are the extents of marks on the upper edge and at the
    /// right end.
    fn words(&mut self, form: &FarForm, top: f32, left: f32) {
        let pair =
            form.figure.as_ref().zip(form.title.as_ref()).filter(|(figure, title)| figure.room == title.room);
        if let Some((figure, title)) = pair
            && self.stack(figure, title, (top, left))
        {
            return;
        }
        if let Some(words) = &form.figure {
            let (room, size) = (self.room(words, top), self.size(words));
            if let Some(rows) = self.figure(words, room, size) {
                self.place(words, room, &rows);
            }
        }
        if let Some(words) = form.title.as_ref().filter(|_| pair.is_none()) {
            let room = clear_of(left, words, self.room(words, top));
            if let Some(rows) = self.title(words, room) {
                self.place(words, room, &rows);
            }
        }
    }

    /// Lays out a title above a figure in their common room; false if they do not both fit.
    fn stack(&mut self, figure: &FarWords, title: &FarWords, (top, left): (f32, f32)) -> bool {
        let room = self.room(figure, top);
        let clear = clear_of(left, title, room);
        for size in [self.size(figure), TINY] {
            let Some(below) = self.figure(figure, room, size) else { continue };
            let free = Rect { max: pt(clear.max.x, clear.max.y - below.line), ..clear };
            let Some(above) = self.title(title, free) else { continue };
            let start = room.center().y - f32::midpoint(above.height(), below.line);
            let middle = start + above.height();
            let upper = Rect { min: pt(clear.min.x, start), max: pt(clear.max.x, middle) };
            let lower = Rect { min: pt(room.min.x, middle), max: pt(room.max.x, middle + below.line) };
            self.place(title, upper, &above);
            self.place(figure, lower, &below);
            return true;
        }
        false
    }

    /// Returns the room of words on the screen, below the marks on the block's upper edge.
    fn room(&self, words: &FarWords, top: f32) -> Rect {
        let at = |point: Pt| pt(point.x * self.zoom, point.y * self.zoom);
        let (min, max) = (at(words.room.min), at(words.room.max));
        // If hardly a row is left below a diamond, the figure takes precedence.
        let top = if max.y - top >= TINY * LETTERS { min.y.max(top) } else { min.y };
        Rect { min: pt(min.x, top), max }
    }

    fn size(&self, words: &FarWords) -> f32 {
        (words.size * self.zoom).round().clamp(TINY, LARGEST)
    }

    /// Sets a figure on one row, as large as its room allows; `None` if it does not fit whole.
    fn figure(&mut self, words: &FarWords, room: Rect, size: f32) -> Option<Paragraph> {
        let size = size.min((room.height() / LETTERS).floor().max(TINY));
        let rows = self.set(words, &words.text, (room.width(), size), 1);
        let fits = !rows.is_cut && rows.width() <= room.width() + 1.0 && size * LETTERS <= room.height();
        fits.then_some(rows)
    }

    /// Sets a title in as many rows as fit: whole, or cut if enough of it is left to be understood.
    fn title(&mut self, words: &FarWords, room: Rect) -> Option<Paragraph> {
        let height = room.height() + words.rise * self.zoom;
        let most = |size: f32| {
            let rows = (height / (size * LINE)).floor().clamp(0.0, 4.0) as usize;
            if height >= size * LETTERS { rows.max(1) } else { 0 }
        };
        for size in [self.size(words), TINY] {
            // A text longer than all rows together can't fit, so it need not be broken into rows.
            let length = self.measure.width(words.face, size, &words.text);
            if length > room.width() * most(size) as f32 {
                continue;
            }
            let whole = self.set(words, &words.text, (room.width(), size), most(size));
            if !whole.rows.is_empty() && !whole.is_cut && !breaks_words(&words.text, &whole) {
                return Some(whole);
            }
        }
        let rows = most(TINY);
        if rows == 0 || room.width() < words.least * TINY {
            return None;
        }
        let cut = self.set(words, &words.text, (room.width(), TINY), rows);
        if rows > 1 && cut.rows.len() > 1 && !breaks_words(&words.text, &cut) {
            return Some(cut);
        }
        // One row, filled to its end: without spaces it is broken between letters.
        let unbroken = words.text.replace(' ', "\u{a0}");
        let cut = self.set(words, &unbroken, (room.width(), TINY), 1);
        if cut.rows.first().is_some_and(|row| row.text.chars().count() > 2) {
            return Some(cut);
        }
        // The beginning of a name says more than an ellipsis.
        let whole = self.set(words, &unbroken, (room.width(), TINY), 2);
        let mut beginning = Paragraph { rows: whole.rows.into_iter().take(1).collect(), ..cut };
        beginning.rows.retain(|row| row.text.chars().count() > 1);
        (!beginning.rows.is_empty()).then_some(beginning)
    }

    fn set(&mut self, words: &FarWords, text: &str, (room, size): (f32, f32), rows: usize) -> Paragraph {
        let rows = set(self.measure, text, Setting { face: words.face, size, room: room.max(0.0), rows });
        Paragraph { line: size * LINE, ..rows }
    }

    fn place(&mut self, words: &FarWords, room: Rect, rows: &Paragraph) {
        let (height, middle) = (rows.height(), room.center());
        let top = match words.stand {
            Stand::MiddleLeft if words.rise > 0.0 && height > room.height() => room.max.y - height,
            Stand::Middle | Stand::MiddleLeft => middle.y - height / 2.0,
            Stand::TopLeft | Stand::Top => room.min.y,
            Stand::Bottom => room.max.y - height,
        };
        if let Some((fill, edge)) = words.plate {
            let size = pt(rows.width() / 2.0, rows.size * LETTERS / 2.0) + PLATE;
            let rect = Rect { min: middle - size, max: middle + size };
            let stroke = Some(Stroke::solid(edge, 1.0));
            self.signs.shapes.push(Shape::Rect { rect, radius: size.y, fill: Some(fill), stroke });
        }
        for (place, row) in (0_u16..).zip(&rows.rows) {
            let x = match words.stand {
                Stand::Middle | Stand::Bottom | Stand::Top => middle.x - row.width / 2.0,
                Stand::TopLeft | Stand::MiddleLeft => room.min.x,
            };
            let y = top + rows.line * (f32::from(place) + 0.5) + HALF_CAPITAL * rows.size;
            self.signs.rows.push(TextRow {
                origin: pt(x, y),
                text: row.text.clone(),
                face: rows.face,
                size: rows.size,
                color: words.ink,
                width: row.width,
            });
        }
    }

    fn mark(&mut self, mark: &FarMark, radius: f32) {
        let at = pt(mark.at.x * self.zoom, mark.at.y * self.zoom);
        let (fill, stroke) = (Some(mark.fill), Some(Stroke::solid(mark.edge, 1.0)));
        let shape = match &mark.kind {
            FarMarkKind::Diamond => {
                let corners = [pt(-radius, 0.0), pt(0.0, -radius), pt(radius, 0.0), pt(0.0, radius)];
                Shape::Polygon { points: corners.map(|corner| at + corner).into(), fill, stroke }
            }
            FarMarkKind::Badge(..) => Shape::Circle { center: at, radius, fill, stroke },
        };
        self.signs.shapes.push(shape);
        if let FarMarkKind::Badge(figure, color) = &mark.kind
            && radius >= BADGE
        {
            let (face, size) = (Face::SemiBold, TINY);
            let width = self.measure.width(face, size, figure);
            let origin = pt(at.x - width / 2.0, at.y + HALF_CAPITAL * size);
            let row = TextRow { origin, text: figure.clone(), face, size, color: *color, width };
            self.signs.rows.push(row);
        }
    }
}

/// Narrows a centred room so that its words stay clear of a badge at the right.
fn clear_of(left: f32, words: &FarWords, room: Rect) -> Rect {
    let (middle, half) = (room.center().x, (left - room.center().x).min(room.width() / 2.0));
    match words.stand {
        Stand::Middle => Rect { min: pt(middle - half, room.min.y), max: pt(middle + half, room.max.y) },
        _ => room,
    }
}

/// True if a word had to be broken for lack of room.
fn breaks_words(text: &str, rows: &Paragraph) -> bool {
    let mut rest = text;
    for pair in rows.rows.windows(2) {
        let Some(at) = rest.find(pair[0].text.as_str()) else { return false };
        rest = &rest[at + pair[0].text.len()..];
        let before = pair[0].text.chars().next_back();
        let after = rest.chars().next();
        let letter =
            |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() && sign < '\u{2e80}');
        if letter(before) && letter(after) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
