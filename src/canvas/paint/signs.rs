//! Words and marks of far forms at a zoom: at readable sizes, in points of the screen about their block's
//! origin; left out if there is no room for them.

use engine::layout::measure::Measure;
use engine::layout::text::{Paragraph, ParagraphRow, Setting, break_text};
use engine::scene::{
    FarForm, FarMark, FarMarkKind, FarWords, Pt, Rect, SceneShape, Stand, Stroke, TextRow, pt,
};
use engine::theme::Face;
use engine::theme::size::text::TINY;
use unicode_segmentation::UnicodeSegmentation;

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
/// The least characters of a title that is cut, and more than any row holds.
const LEAST_SIGNS: usize = 2;
const ROW_GRAPHEMES: usize = 64;
/// Padding around words on a plate.
const PLATE: Pt = pt(4.0, 2.0);

/// Words and marks, back to front, in points of the screen.
#[derive(Debug, Default, PartialEq)]
pub(super) struct FarSigns {
    /// Plates and marks.
    pub(super) shapes: Vec<SceneShape>,
    /// Rows of text.
    pub(super) rows: Vec<TextRow>,
}

/// The extents of a form's marks on the screen.
#[derive(Debug, Clone, Copy)]
struct MarkExtents {
    /// The lower end of those in the middle of the upper edge.
    top: f32,
    /// The left and lower end of those at the right end of the upper edge.
    corner: Pt,
}

impl MarkExtents {
    fn new(marks: &[(&FarMark, f32)], zoom: f32) -> Self {
        let mut extents = Self { top: f32::NEG_INFINITY, corner: pt(f32::INFINITY, f32::NEG_INFINITY) };
        for (mark, radius) in marks {
            let at = pt(mark.at.x * zoom, mark.at.y * zoom);
            if mark.kind == FarMarkKind::Diamond {
                extents.top = extents.top.max(at.y + radius);
            } else {
                let corner = extents.corner;
                extents.corner = pt(corner.x.min(at.x - radius), corner.y.max(at.y + radius));
            }
        }
        extents
    }

    /// Returns the parts of a centred room that are clear of a badge at the right: all below it, and all
    /// beside it.
    fn clear(self, words: &FarWords, room: Rect) -> [Rect; 2] {
        if words.stand != Stand::Middle || self.corner.x.is_infinite() {
            return [room; 2];
        }
        let middle = room.center().x;
        let half = (self.corner.x - room.center().x).min(room.width() / 2.0);
        let below = Rect { min: pt(room.min.x, room.min.y.max(self.corner.y)), ..room };
        let beside = Rect { min: pt(middle - half, room.min.y), max: pt(middle + half, room.max.y) };
        [beside, below]
    }
}

/// Lays out the words and marks of a far form at a zoom.
pub(super) fn lay_out_signs(form: &FarForm, zoom: f32, measure: &mut dyn Measure) -> FarSigns {
    let mut setter = Setter { measure, zoom, signs: FarSigns::default() };
    let marks: Vec<(&FarMark, f32)> = form.marks.iter().map(|mark| (mark, mark_radius(mark, zoom))).collect();
    setter.lay_out_words(form, MarkExtents::new(&marks, zoom));
    for (mark, radius) in marks {
        setter.place_mark(mark, radius);
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
    signs: FarSigns,
}

impl Setter<'_> {
    /// Lays out figure and title clear of the marks.
    fn lay_out_words(&mut self, form: &FarForm, marks: MarkExtents) {
        let pair =
            form.figure.as_ref().zip(form.title.as_ref()).filter(|(figure, title)| figure.room == title.room);
        if let Some((figure, title)) = pair
            && self.lay_out_stacked(figure, title, marks)
        {
            return;
        }
        if let Some(words) = &form.figure {
            let room = self.screen_room(words, marks.top);
            let size = self.text_size(words);
            if let Some(rows) = self.fit_figure(words, room, size) {
                self.place_rows(words, room, &rows);
            }
        }
        if let Some(words) = form.title.as_ref()
            && pair.is_none()
        {
            let rooms = marks.clear(words, self.screen_room(words, marks.top));
            if let Some((room, rows)) = self.fit_title(words, rooms) {
                self.place_rows(words, room, &rows);
            }
        }
    }

    /// Lays out a title above a figure in their common room; false if they do not both fit.
    fn lay_out_stacked(&mut self, figure: &FarWords, title: &FarWords, marks: MarkExtents) -> bool {
        let room = self.screen_room(figure, marks.top);
        for size in [self.text_size(figure), TINY] {
            let Some(below) = self.fit_figure(figure, room, size) else { continue };
            let free = marks
                .clear(title, room)
                .map(|clear| Rect { max: pt(clear.max.x, clear.max.y - below.line), ..clear });
            let Some((free, above)) = self.fit_title(title, free) else { continue };
            let least = free.min.y + f32::midpoint(above.height(), below.line);
            let start = room.center().y.max(least) - f32::midpoint(above.height(), below.line);
            let middle = start + above.height();
            let upper = Rect { min: pt(free.min.x, start), max: pt(free.max.x, middle) };
            let lower = Rect { min: pt(room.min.x, middle), max: pt(room.max.x, middle + below.line) };
            self.place_rows(title, upper, &above);
            self.place_rows(figure, lower, &below);
            return true;
        }
        false
    }

    /// Returns the room of words on the screen, below the marks on the block's upper edge.
    fn screen_room(&self, words: &FarWords, top: f32) -> Rect {
        let at = |point: Pt| pt(point.x * self.zoom, point.y * self.zoom);
        let min = at(words.room.min);
        let max = at(words.room.max);
        // If hardly a row is left below a diamond, the figure takes precedence.
        let top = if max.y - top >= TINY * LETTERS { min.y.max(top) } else { min.y };
        Rect { min: pt(min.x, top), max }
    }

    fn text_size(&self, words: &FarWords) -> f32 {
        (words.size * self.zoom).round().clamp(TINY, LARGEST)
    }

    /// Sets a figure on one row, as large as its room allows; `None` if it does not fit whole.
    fn fit_figure(&mut self, words: &FarWords, room: Rect, size: f32) -> Option<Paragraph> {
        let size = size.min((room.height() / LETTERS).floor().max(TINY));
        let rows = self.lay_out_rows(words, &words.text, (room.width(), size), 1);
        let fits = !rows.is_cut && rows.width() <= room.width() + 1.0 && size * LETTERS <= room.height();
        fits.then_some(rows)
    }

    /// Sets a title in the first of some rooms in which it fits whole, or else cut; returns its room.
    fn fit_title(&mut self, words: &FarWords, rooms: [Rect; 2]) -> Option<(Rect, Paragraph)> {
        let mut whole = rooms.iter().filter_map(|room| Some((*room, self.whole(words, *room)?)));
        let whole = whole.next();
        // Several rows, or a wide one below a badge, say more than a narrow one beside it.
        let mut rooms = rooms;
        rooms.sort_by(|a, b| {
            let rows = |room: &Rect| self.most_rows(words, *room, TINY);
            rows(b).cmp(&rows(a)).then(b.width().total_cmp(&a.width()))
        });
        whole.or_else(|| rooms.iter().find_map(|room| Some((*room, self.shortened(words, *room)?))))
    }

    /// Returns the number of rows that fit in a room. In the middle of it, the space above the first row and
    /// below the last may lie outside.
    fn most_rows(&self, words: &FarWords, room: Rect, size: f32) -> usize {
        let height = room.height() + words.rise * self.zoom;
        if height < size * LETTERS {
            return 0;
        }
        let rows = if words.stand == Stand::Middle {
            1.0 + (height - size * LETTERS) / (size * LINE)
        } else {
            height / (size * LINE)
        };
        rows.floor().clamp(1.0, 4.0) as usize
    }

    /// Sets a title whole, without breaking its words.
    fn whole(&mut self, words: &FarWords, room: Rect) -> Option<Paragraph> {
        for size in [self.text_size(words), TINY] {
            let most = self.most_rows(words, room, size);
            // A text longer than all rows together can't fit, so it need not be broken into rows.
            let length = self.measure.text_width(words.face, size, &words.text);
            if length > room.width() * most as f32 {
                continue;
            }
            let whole = self.lay_out_rows(words, &words.text, (room.width(), size), most);
            if !whole.rows.is_empty() && !whole.is_cut && !breaks_words(&words.text, &whole) {
                return Some(whole);
            }
        }
        None
    }

    /// Sets as much of a title as fits, if that is enough to be understood.
    fn shortened(&mut self, words: &FarWords, room: Rect) -> Option<Paragraph> {
        let rows = self.most_rows(words, room, TINY);
        if rows == 0 || room.width() < words.least * TINY {
            return None;
        }
        let cut = self.lay_out_rows(words, &words.text, (room.width(), TINY), rows);
        if rows > 1 && cut.rows.len() > 1 && !breaks_words(&words.text, &cut) {
            return Some(cut);
        }
        // One row, filled to its end, also where it could be broken at a space or a hyphen.
        let text = words.text.trim();
        let mut fits = |text: &str| self.measure.text_width(words.face, TINY, text) <= room.width();
        let begins = |signs: usize| text.graphemes(true).take(signs).collect::<String>();
        let marked = |signs: usize| format!("{}…", begins(signs).trim_end());
        let most = text.graphemes(true).take(ROW_GRAPHEMES).count();
        let row = (LEAST_SIGNS..most).rev().map(marked).find(|row| fits(row));
        // The beginning of a name says more than an ellipsis.
        let row = row.or_else(|| (LEAST_SIGNS..=most).rev().map(begins).find(|row| fits(row)))?;
        let width = self.measure.text_width(words.face, TINY, &row);
        Some(Paragraph { rows: vec![ParagraphRow { text: row, width }], ..cut })
    }

    fn lay_out_rows(
        &mut self,
        words: &FarWords,
        text: &str,
        (room, size): (f32, f32),
        rows: usize,
    ) -> Paragraph {
        let rows =
            break_text(self.measure, text, Setting { face: words.face, size, room: room.max(0.0), rows });
        Paragraph { line: size * LINE, ..rows }
    }

    fn place_rows(&mut self, words: &FarWords, room: Rect, rows: &Paragraph) {
        let height = rows.height();
        let middle = room.center();
        let top = match words.stand {
            Stand::MiddleLeft if words.rise > 0.0 && height > room.height() => room.max.y - height,
            Stand::Middle | Stand::MiddleLeft => middle.y - height / 2.0,
            Stand::TopLeft | Stand::Top => room.min.y,
            Stand::Bottom => room.max.y - height,
        };
        if let Some((fill, edge)) = words.plate {
            let size = pt(rows.width() / 2.0, rows.size * LETTERS / 2.0) + PLATE;
            let rect = Rect { min: middle - size, max: middle + size };
            let stroke = Some(Stroke::solid_line(edge, 1.0));
            self.signs.shapes.push(SceneShape::Rect { rect, radius: size.y, fill: Some(fill), stroke });
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

    fn place_mark(&mut self, mark: &FarMark, radius: f32) {
        let at = pt(mark.at.x * self.zoom, mark.at.y * self.zoom);
        let fill = Some(mark.fill);
        let stroke = Some(Stroke::solid_line(mark.edge, 1.0));
        let shape = match &mark.kind {
            FarMarkKind::Diamond => {
                let corners = [pt(-radius, 0.0), pt(0.0, -radius), pt(radius, 0.0), pt(0.0, radius)];
                SceneShape::Polygon { points: corners.map(|corner| at + corner).into(), fill, stroke }
            }
            FarMarkKind::Badge(..) => SceneShape::Circle { center: at, radius, fill, stroke },
        };
        self.signs.shapes.push(shape);
        if let FarMarkKind::Badge(figure, color) = &mark.kind
            && radius >= BADGE
        {
            let face = Face::SemiBold;
            let size = TINY;
            let width = self.measure.text_width(face, size, figure);
            let origin = pt(at.x - width / 2.0, at.y + HALF_CAPITAL * size);
            let row = TextRow { origin, text: figure.clone(), face, size, color: *color, width };
            self.signs.rows.push(row);
        }
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
