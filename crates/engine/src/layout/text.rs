//! Breaks text into rows: unwanted characters are removed, lines broken by the Unicode rules (UAX #14, which
//! knows Chinese punctuation), words wider than a row broken anywhere, and an ellipsis set where rows run
//! out.

use super::measure::Measure;
use crate::theme::{Face, size};
use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

/// The maximum characters of a clamped text, and of an unshortened one: a card of that many still fits a
/// picture.
const LONGEST: usize = 4_000;
const LONGEST_WHOLE: usize = 20_000;
/// More graphemes than any row holds: those beyond don't affect it.
const ROW_GRAPHEMES: usize = 1_000;
/// The character in place of omitted text.
const ELLIPSIS: char = '…';

/// The style and room of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// The width of a row in points.
    pub room: f32,
    /// The maximum number of rows; `usize::MAX` sets the whole text.
    pub rows: usize,
}

/// One row and its measured width.
#[derive(Debug, Clone, PartialEq)]
pub struct ParagraphRow {
    /// The text, without spaces at its end.
    pub text: String,
    /// Its advance in points.
    pub width: f32,
}

/// A text in rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// The rows from top to bottom.
    pub rows: Vec<ParagraphRow>,
    /// The face.
    pub face: Face,
    /// The size in points.
    pub size: f32,
    /// The height of a row.
    pub line: f32,
    /// True if it ends in an ellipsis because rows ran out.
    pub is_cut: bool,
}

impl Paragraph {
    /// Returns the height of all rows.
    pub fn height(&self) -> f32 {
        self.line * self.rows.len() as f32
    }

    /// Returns the width of the widest row.
    pub fn width(&self) -> f32 {
        self.rows.iter().map(|row| row.width).fold(0.0, f32::max)
    }
}

/// Breaks a text into rows.
pub fn break_text(measure: &mut dyn Measure, text: &str, setting: Setting) -> Paragraph {
    let longest = if setting.rows == usize::MAX { LONGEST_WHOLE } else { LONGEST };
    let text = clean_text(text, longest);
    let chinese = text.chars().any(is_chinese);
    let line = setting.size * if chinese { size::LINE_CHINESE } else { size::LINE_LATIN };
    let mut breaker = Breaker { measure, setting, rows: Vec::new(), full: false, is_cut: false };
    for paragraph in text.split('\n') {
        breaker.break_paragraph(paragraph);
    }
    let is_cut = breaker.is_cut;
    let mut rows = breaker.rows;
    while rows.last().is_some_and(|row| row.text.is_empty()) {
        rows.pop();
    }
    Paragraph { rows, face: setting.face, size: setting.size, line, is_cut }
}

/// Returns the text on one line: line breaks become spaces.
pub fn one_line(text: &str) -> String {
    clean_text(text, LONGEST).replace('\n', " ")
}

/// True if a character belongs to Chinese text, which takes higher lines.
fn is_chinese(sign: char) -> bool {
    matches!(sign, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns the text without control and direction characters, runs of blanks as one, and cut to `longest`
/// characters.
fn clean_text(text: &str, longest: usize) -> String {
    let mut out = String::with_capacity(text.len().min(longest));
    let mut signs = text.trim().chars().peekable();
    for _ in 0..longest {
        let Some(sign) = signs.next() else { return out };
        match sign {
            '\r' if signs.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            _ if is_silent(sign) => {}
            _ if sign.is_control() || sign == ' ' => {
                if !out.ends_with([' ', '\n']) {
                    out.push(' ');
                }
            }
            _ => out.push(sign),
        }
    }
    if signs.next().is_some() {
        out.push(ELLIPSIS);
    }
    out
}

/// True for direction marks, byte order marks and soft hyphens, which are invisible and may reverse lines.
fn is_silent(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

struct Breaker<'a> {
    measure: &'a mut dyn Measure,
    setting: Setting,
    rows: Vec<ParagraphRow>,
    full: bool,
    is_cut: bool,
}

impl Breaker<'_> {
    /// Fills rows with one paragraph's pieces, as many a row as fit.
    fn break_paragraph(&mut self, text: &str) {
        if self.full {
            return;
        }
        let mut start = 0;
        let mut fits = 0;
        let mut used = 0.0;
        for (end, kind) in linebreaks(text) {
            let width = self.text_width(text[fits..end].trim_end());
            if fits > start && used + width > self.setting.room {
                let row = text[start..fits].trim_end();
                if !self.push_row(row, !text[fits..].trim().is_empty()) {
                    return;
                }
                (start, used) = (fits, 0.0);
            }
            used += self.text_width(&text[fits..end]);
            fits = end;
            let whole_start = start;
            while self.is_too_wide(text[start..fits].trim_end()) {
                let Some(cut) = self.find_cut(&text[start..fits]) else { break };
                if !self.push_row(&text[start..start + cut], true) {
                    return;
                }
                start += cut;
            }
            if start > whole_start {
                used = self.text_width(&text[start..fits]);
            }
            if kind == BreakOpportunity::Mandatory && end == text.len() {
                break;
            }
        }
        self.push_row(text[start..].trim_end(), false);
    }

    /// Adds a row; the last one allowed ends in an ellipsis if there is `more` text. Returns false when full.
    fn push_row(&mut self, text: &str, more: bool) -> bool {
        if self.rows.len() >= self.setting.rows {
            self.full = !text.is_empty();
            if self.full {
                self.end_last();
            }
            return false;
        }
        self.full = more && self.rows.len() + 1 == self.setting.rows;
        let text = if self.full { self.shorten_text(text) } else { text.to_owned() };
        self.add_row(text);
        !self.full
    }

    /// Adds an ellipsis to the last row, because it is full and another paragraph follows.
    fn end_last(&mut self) {
        if let Some(last) = self.rows.pop() {
            let text = self.shorten_text(&last.text);
            self.add_row(text);
        }
    }

    fn add_row(&mut self, text: String) {
        let width = self.text_width(&text);
        self.rows.push(ParagraphRow { text, width });
    }

    /// Returns as much of the text as fits before an ellipsis.
    fn shorten_text(&mut self, text: &str) -> String {
        self.is_cut = true;
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let with = |end: usize| {
            format!(
                "{}{ELLIPSIS}",
                text[..end].trim_end_matches([' ', '\u{a0}', '·', ',', '，', '、', ELLIPSIS])
            )
        };
        let fitting =
            ends.partition_point(|end| *end == 0 || self.text_width(&with(*end)) <= self.setting.room);
        with(ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0))
    }

    /// Returns the end of the part that fits of a piece wider than the room, at least one grapheme; `None` if
    /// it has but one.
    fn find_cut(&mut self, text: &str) -> Option<usize> {
        let places = text.grapheme_indices(true).map(|(at, _)| at);
        let ends: Vec<usize> = places.skip(1).take(ROW_GRAPHEMES).collect();
        let fitting = ends.partition_point(|end| self.text_width(&text[..*end]) <= self.setting.room);
        ends.get(fitting.saturating_sub(1)).copied()
    }

    /// True if a piece is wider than a row; of a long one the beginning is measured first.
    fn is_too_wide(&mut self, text: &str) -> bool {
        let head = text.grapheme_indices(true).nth(ROW_GRAPHEMES).map_or(text.len(), |(end, _)| end);
        let is_wide = self.text_width(&text[..head]) > self.setting.room;
        is_wide || (head < text.len() && self.text_width(text) > self.setting.room)
    }

    fn text_width(&mut self, text: &str) -> f32 {
        self.measure.text_width(self.setting.face, self.setting.size, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::measure::FontMeasure;
    use proptest::prelude::*;

    /// Ten points a character, for any character.
    struct Tens;
    impl Measure for Tens {
        fn text_width(&mut self, _: Face, _: f32, text: &str) -> f32 {
            text.chars().count() as f32 * 10.0
        }
    }

    fn rows(text: &str, signs: usize, rows: usize) -> Vec<String> {
        let setting = Setting { face: Face::Regular, size: 10.0, room: signs as f32 * 10.0, rows };
        break_text(&mut Tens, text, setting).rows.into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn breaks_at_words_and_ends_in_an_ellipsis() {
        assert_eq!(rows("Online boarding", 8, 2), ["Online", "boarding"]);
        assert_eq!(rows("Online boarding pass", 10, 2), ["Online", "boarding…"]);
        assert_eq!(rows("Fees, and more", 5, 1), ["Fees…"]);
        assert_eq!(rows("exactly", 7, 1), ["exactly"]);
        assert_eq!(rows("", 7, 2), [""; 0]);
        assert_eq!(rows("one\ntwo\n", 7, 3), ["one", "two"]);
        assert_eq!(rows("one\ntwo", 7, 1), ["one…"]);
        assert_eq!(rows("one\ntwo\nthree", 7, 2), ["one", "two…"]);
    }

    #[test]
    fn breaks_overlong_words_anywhere() {
        assert_eq!(rows("Donaudampfschiff", 6, 3), ["Donaud", "ampfsc", "hiff"]);
        assert_eq!(rows("a Donaudampf", 6, 3), ["a", "Donaud", "ampf"]);
        assert_eq!(rows("Donaudampfschiff", 6, 2), ["Donaud", "ampfs…"]);
    }

    #[test]
    fn keeps_chinese_punctuation_where_it_belongs() {
        assert_eq!(rows("客户旅程，从需求到推荐。", 4, 9), ["客户旅", "程，从需", "求到推", "荐。"]);
        assert_eq!(rows("查看航班（直飞）信息", 4, 9), ["查看航班", "（直飞）", "信息"]);
        assert_eq!(rows("他说：《旅程》很好", 4, 9), ["他说：", "《旅程》", "很好"]);
    }

    #[test]
    fn takes_the_sting_out_of_odd_characters() {
        assert_eq!(rows("a\tb\u{202e}c\u{0}d", 20, 1), ["a bc d"]);
        assert_eq!(rows("a\r\nb\u{2028}c", 20, 9), ["a", "b", "c"]);
        assert_eq!(one_line("a\nb"), "a b");
        assert!(clean_text(&"x".repeat(100_000), LONGEST).chars().count() <= LONGEST + 1);
    }

    #[test]
    fn sets_a_long_text_whole_where_rows_are_free() {
        for text in ["x".repeat(20_000), "word ".repeat(4_000), "字".repeat(20_000)] {
            let rows = rows(&text, 40, usize::MAX);
            let set: usize = rows.iter().map(|row| row.replace(' ', "").chars().count()).sum();
            assert_eq!(set, text.replace(' ', "").chars().count());
        }
    }

    proptest! {
        #[test]
        fn rows_fit_their_room(text in "[a-zA-Z ,.\\-（）。，“”汉字旅程\n]{0,80}", room in 20.0_f32..200.0, rows in 1_usize..5) {
            let setting = Setting { face: Face::SemiBold, size: 12.0, room, rows };
            let paragraph = break_text(&mut FontMeasure::new(), &text, setting);
            prop_assert!(paragraph.rows.len() <= rows);
            for row in &paragraph.rows {
                prop_assert!(row.width <= room + 0.01, "{:?} is wider than {room}", row);
            }
            let kept: String = paragraph.rows.iter().flat_map(|row| row.text.chars()).filter(|c| !c.is_whitespace()).collect();
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            let whole = kept == all;
            prop_assert!(whole || kept.ends_with(ELLIPSIS), "{kept:?} of {all:?}");
        }
    }
}
