//! The canonical layout of our files: one line for each field of a record, anything nested on one line, `\n`
//! only.

use std::fmt::{Display, Write};

/// Spaces per indentation level.
const INDENT: usize = 2;
/// Whole numbers up to this are written without a fraction; all of them are exact in an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A writer of canonical RON text.
#[derive(Debug, Default)]
pub(in crate::store) struct Out {
    text: String,
    depth: usize,
    inline: usize,
    first: bool,
}

impl Out {
    /// Returns the finished text.
    pub(in crate::store) fn finish(mut self) -> Vec<u8> {
        self.text.push('\n');
        self.text.into_bytes()
    }

    /// Writes `(…)`: a record, one field per line unless within [`Self::write_inline`].
    pub(in crate::store) fn write_record(&mut self, fields: impl FnOnce(&mut Self)) {
        self.write_enclosed('(', ')', fields);
    }

    /// Writes `[…]`, one item per line.
    pub(in crate::store) fn write_block<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        item: impl Fn(&mut Self, T),
    ) {
        self.write_enclosed('[', ']', |out| {
            for value in items {
                out.start_item();
                item(out, value);
                out.end_item();
            }
        });
    }

    /// Writes `[…]` on one line.
    pub(in crate::store) fn write_list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        item: impl Fn(&mut Self, T),
    ) {
        self.write_inline(|out| out.write_block(items, item));
    }

    /// Writes `{…}` on one line.
    pub(in crate::store) fn write_map<K, V>(
        &mut self,
        entries: impl IntoIterator<Item = (K, V)>,
        key: impl Fn(&mut Self, K),
        value: impl Fn(&mut Self, V),
    ) {
        self.write_inline(|out| {
            out.write_enclosed('{', '}', |out| {
                for (k, v) in entries {
                    out.start_item();
                    key(out, k);
                    out.text.push_str(": ");
                    value(out, v);
                    out.end_item();
                }
            });
        });
    }

    /// Writes `name: value` within a record.
    pub(in crate::store) fn field(&mut self, name: &str, value: impl FnOnce(&mut Self)) {
        self.start_item();
        self.text.push_str(name);
        self.text.push_str(": ");
        value(self);
        self.end_item();
    }

    /// Writes everything inside on one line.
    pub(in crate::store) fn write_inline(&mut self, inside: impl FnOnce(&mut Self)) {
        self.inline += 1;
        inside(self);
        self.inline -= 1;
    }

    /// Writes a text in quotes. Characters that would hide or move other text in an editor are escaped.
    pub(in crate::store) fn write_string(&mut self, text: &str) {
        self.text.push('"');
        let mut plain = 0;
        for (at, c) in text.char_indices().filter(|(_, c)| needs_escape(*c)) {
            self.text.push_str(&text[plain..at]);
            match c {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\t' => self.text.push_str("\\t"),
                _ => self.display(format_args!("\\u{{{:x}}}", u32::from(c))),
            }
            plain = at + c.len_utf8();
        }
        self.text.push_str(&text[plain..]);
        self.text.push('"');
    }

    /// Writes a number in its shortest exact form. Non-finite numbers, which no document should hold, become
    /// finite.
    pub(in crate::store) fn write_number(&mut self, number: f64) {
        let finite = if number.is_nan() { 0.0 } else { number.clamp(f64::MIN, f64::MAX) + 0.0 };
        if finite.fract() == 0.0 && finite.abs() <= EXACT {
            self.display(finite);
        } else {
            self.display(format_args!("{finite:?}"));
        }
    }

    /// Writes a bare word: a whole number, `true` or `false`.
    pub(in crate::store) fn display(&mut self, word: impl Display) {
        // Writing to a string can't fail.
        write!(self.text, "{word}").unwrap_or_default();
    }

    fn write_enclosed(&mut self, open: char, close: char, inside: impl FnOnce(&mut Self)) {
        self.text.push(open);
        self.depth += 1;
        let outer = std::mem::replace(&mut self.first, true);
        inside(self);
        self.depth -= 1;
        if self.inline == 0 && !self.first {
            self.new_line();
        }
        self.first = outer;
        self.text.push(close);
    }

    fn start_item(&mut self) {
        if self.inline == 0 {
            self.new_line();
        } else if !self.first {
            self.text.push_str(", ");
        }
        self.first = false;
    }

    fn end_item(&mut self) {
        if self.inline == 0 {
            self.text.push(',');
        }
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        for _ in 0..self.depth * INDENT {
            self.text.push(' ');
        }
    }
}

/// Returns true for quotes, control characters, line separators, zero-width and bidirectional marks.
fn needs_escape(c: char) -> bool {
    match c {
        '"'
        | '\\'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{feff}' => true,
        ' '..='~' => false,
        _ => c.is_control(),
    }
}
