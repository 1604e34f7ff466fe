//! A tolerant reader of the canonical form: it finds records and their fields among any other text, and never
//! fails. It does not judge the values of fields.

use super::report::MOST_OF_A_KIND;

/// Names in the file's own header; no record has such fields.
const HEAD: [&str; 3] = ["format", "program", "project"];
/// Lists whose records hold lists of records themselves.
const NESTED: [&str; 2] = ["batches", "recipes"];
/// Maximum number of characters before a value.
const NAME: usize = 120;
/// Maximum number of lines of a value in brackets; longer lists are lists of records.
const LINES: usize = 64;

/// A record as found in the text.
#[derive(Debug, Default)]
pub(super) struct Raw<'a> {
    /// Its start, as a byte offset.
    pub(super) at: usize,
    /// The list that contains it.
    pub(super) list: &'a str,
    /// Its whole text, if it begins and ends properly and contains nothing odd.
    pub(super) whole: Option<&'a str>,
    /// Its fields, in the order of the file.
    pub(super) fields: Vec<RawField<'a>>,
    /// True if the file ended within it.
    pub(super) cut: bool,
}

/// A field as found in the text.
#[derive(Debug)]
pub(super) struct RawField<'a> {
    /// Its start, as a byte offset.
    pub(super) at: usize,
    /// The text in place of its name.
    pub(super) name: &'a str,
    /// The text in place of its value.
    pub(super) value: RawValue<'a>,
}

/// A value as found in the text.
#[derive(Debug)]
pub(super) enum RawValue<'a> {
    /// On one line, or in matching brackets.
    Text(&'a str),
    /// A list of records, each on a separate line.
    Lines(Vec<(usize, &'a str)>),
}

/// The text of a file that is in no record.
#[derive(Debug, Default)]
pub(super) struct Scanned<'a> {
    /// Text outside any record, with its byte offset; at most [`MOST_OF_A_KIND`].
    pub(super) stray: Vec<(usize, &'a str)>,
    /// The number of further texts outside any record.
    pub(super) more_stray: usize,
    /// Unknown names of lists, with their byte offsets.
    pub(super) lists: Vec<(usize, &'a str)>,
}

/// Finds the records of a file with these lists, and hands each to `take`: in a small part of a file there may
/// be very many.
pub(super) fn scan_records<'a>(
    text: &'a str,
    lists: &'a [&'a str],
    take: &mut dyn FnMut(Raw<'a>),
) -> Scanned<'a> {
    let found = Scanned::default();
    let mut scanner = Scanner {
        text,
        at: 0,
        end: 0,
        trimmed_end: 0,
        quote: NextByte::new(b'"'),
        bracket: NextByte::new(b'['),
        stray_end: 0,
        lists,
        list: "",
        open: None,
        has_id: false,
        odd: false,
        found,
        take,
    };
    scanner.run();
    scanner.found
}

struct Scanner<'t, 'a> {
    text: &'a str,
    at: usize,
    /// The end of the current line.
    end: usize,
    /// The same without carriage returns before the line break.
    trimmed_end: usize,
    quote: NextByte,
    bracket: NextByte,
    /// The end of the last line with stray text.
    stray_end: usize,
    lists: &'a [&'a str],
    list: &'a str,
    open: Option<Raw<'a>>,
    /// True if the open record has its id.
    has_id: bool,
    /// True if odd text was met since the open record began.
    odd: bool,
    found: Scanned<'a>,
    /// Receives each record.
    take: &'t mut dyn FnMut(Raw<'a>),
}

/// The place of the next byte of one value. It is searched again only from behind it, so that a line of megabytes
/// is searched once.
struct NextByte {
    byte: u8,
    searched_from: usize,
    at: usize,
}

impl NextByte {
    fn new(byte: u8) -> Self {
        Self { byte, searched_from: usize::MAX, at: 0 }
    }

    /// Returns true if the byte is in this range of a text.
    fn is_in(&mut self, text: &str, start: usize, end: usize) -> bool {
        if !(self.searched_from..=self.at).contains(&start) {
            let rest = text.as_bytes().get(start..).unwrap_or_default();
            self.at = rest.iter().position(|byte| *byte == self.byte).map_or(text.len(), |at| start + at);
            self.searched_from = start;
        }
        self.at < end
    }
}

impl<'a> Scanner<'_, 'a> {
    fn run(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b'(' if self.has_id && !begins_record(self.rest()) => self.stray_bracket(),
                b'(' => {
                    self.close_record(false);
                    self.open = Some(Raw { at: self.at, list: self.list, ..Raw::default() });
                    self.at += 1;
                }
                b')' => {
                    self.at += 1;
                    self.close_record(true);
                }
                b']' => {
                    self.at += 1;
                    self.close_record(false);
                    self.list = "";
                }
                b'/' if self.rest().starts_with("//") => self.at += self.rest_of_line().len(),
                byte if byte.is_ascii_whitespace() || byte == b',' => self.at += 1,
                _ => self.read_field(),
            }
        }
        if let Some(mut raw) = self.open.take().filter(|raw| !raw.fields.is_empty()) {
            raw.cut = true;
            (self.take)(raw);
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Returns the rest of the line, without its line break.
    fn rest_of_line(&mut self) -> &'a str {
        if self.at >= self.end {
            let rest = self.rest();
            self.end = rest.find('\n').map_or(self.text.len(), |end| self.at + end);
            let line = self.text.get(self.at..self.end).unwrap_or_default();
            self.trimmed_end = self.at + line.trim_end_matches('\r').len();
        }
        self.text.get(self.at..self.trimmed_end).unwrap_or_default()
    }

    /// Ends the open record.
    fn close_record(&mut self, properly: bool) {
        if let Some(mut raw) = self.open.take().filter(|raw| !raw.fields.is_empty()) {
            raw.whole = if properly && !self.odd { self.text.get(raw.at..self.at) } else { None };
            (self.take)(raw);
        }
        (self.odd, self.has_id) = (false, false);
    }

    /// Reads a name with its value, or stray text.
    fn read_field(&mut self) {
        let line = self.rest_of_line();
        let Some((odd, name, value)) = name_and_value(line) else { return self.skip_stray(line) };
        self.note_stray(self.at, odd.trim());
        let name_at = self.at + odd.len();
        self.at += line.len() - value.len();
        if self.opens_list(name) {
            return self.begin_list(name_at, name);
        }
        if name == "id" && self.has_id {
            self.close_record(false);
        }
        let value = self.read_value();
        if HEAD.contains(&name) {
            return;
        }
        self.has_id |= name == "id";
        let list = self.list;
        let open = self.open.get_or_insert_with(|| Raw { at: name_at, list, ..Raw::default() });
        open.fields.push(RawField { at: name_at, name, value });
    }

    /// Returns true if a list of the file follows: records in brackets, or the project's own record.
    fn opens_list(&mut self, name: &str) -> bool {
        let rest = self.rest().trim_start();
        if name == "project" {
            return rest.starts_with('(');
        }
        let mut inside = rest.chars();
        let bracket = inside.next();
        let inside = inside.as_str();
        self.rest_of_line();
        let has_quote = self.quote.is_in(self.text, self.at, self.end);
        let records = inside.trim_start().starts_with('(');
        match (self.lists.contains(&name), self.open.is_some()) {
            // After a known list's name, the bracket may be any character, and so may the text that follows
            // it.
            (true, true) => {
                let behind = inside.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
                bracket.is_some() && (records || behind.is_empty() || behind.starts_with('\n'))
            }
            (true, false) => !has_quote,
            (false, true) => false,
            (false, false) => !has_quote && (records || self.bracket.is_in(self.text, self.at, self.end)),
        }
    }

    fn begin_list(&mut self, at: usize, name: &'a str) {
        self.close_record(false);
        self.list = name;
        if !self.lists.contains(&name) {
            self.found.lists.push((at, name));
        }
        let line = self.rest_of_line();
        self.at += line.find('(').unwrap_or(line.len());
    }

    fn read_value(&mut self) -> RawValue<'a> {
        let rest = self.rest();
        if let Some(inside) = rest.strip_prefix('[').filter(|rest| rest.trim_start().starts_with('(')) {
            self.at += rest.len() - inside.len();
            return RawValue::Lines(self.read_lines());
        }
        let line = self.rest_of_line();
        // Only lists and maps may span lines.
        if let Some(end) = balanced_end(if rest.starts_with(['[', '{']) { rest } else { line }) {
            self.at += end;
            return RawValue::Text(&rest[..end]);
        }
        self.odd = true;
        self.at += line.len();
        RawValue::Text(line.trim_end().trim_end_matches(','))
    }

    /// Reads the records of a list within a record, one per line.
    fn read_lines(&mut self) -> Vec<(usize, &'a str)> {
        let mut lines = Vec::new();
        loop {
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    return lines;
                }
                Some(b'(') if !begins_record(self.rest()) => {
                    let line = self.rest_of_line();
                    let text = balanced_end(line).map_or(line, |end| &line[..end]);
                    lines.push((self.at, text));
                    self.at += text.len();
                }
                Some(byte) if byte.is_ascii_whitespace() || byte == b',' => self.at += 1,
                // The list was not closed: its record continues here.
                _ => {
                    self.odd = true;
                    return lines;
                }
            }
        }
    }

    /// Handles a bracket in a record that opens no other record: of a list whose own bracket is lost, or a
    /// stray one.
    fn stray_bracket(&mut self) {
        self.odd = true;
        if !NESTED.contains(&self.list) {
            self.note_stray(self.at, "(");
            self.at += 1;
            return;
        }
        let lines = self.read_lines();
        let Some(raw) = &mut self.open else { return };
        let list = raw.fields.iter().rposition(|field| matches!(field.value, RawValue::Lines(_)));
        // If there is no list yet, the bracket that opens it is damaged.
        let place = list.unwrap_or(raw.fields.len().saturating_sub(1));
        match raw.fields.get_mut(place).map(|field| &mut field.value) {
            Some(RawValue::Lines(all)) => all.extend(lines),
            Some(value) => *value = RawValue::Lines(lines),
            None => {}
        }
    }

    fn skip_stray(&mut self, line: &'a str) {
        let start = self.at;
        // A bracket may begin a record again.
        let end = line
            .char_indices()
            .skip(1)
            .find(|(_, c)| matches!(c, '(' | ')' | ']'))
            .map_or(line.len(), |(at, _)| at);
        self.note_stray(start, line[..end].trim());
        self.at += end.max(1);
    }

    /// Records stray text; that of one line is joined.
    fn note_stray(&mut self, at: usize, text: &'a str) {
        if text.is_empty() {
            return;
        }
        self.odd = true;
        let same_line = at < std::mem::replace(&mut self.stray_end, self.end);
        let is_full = self.found.stray.len() == MOST_OF_A_KIND;
        match self.found.stray.last_mut() {
            // The last one listed is of another line.
            Some(_) if same_line && self.found.more_stray > 0 => {}
            Some((last, stray)) if same_line => {
                *stray = self.text.get(*last..at + text.len()).unwrap_or(text);
            }
            _ if is_full => self.found.more_stray += 1,
            _ => self.found.stray.push((at, text)),
        }
    }
}

/// Returns true if the bracket at the start opens a record of a list of the file, which begins with its id.
fn begins_record(text: &str) -> bool {
    let inside = text.get(1..).unwrap_or_default();
    inside.starts_with(['\n', '\r']) || inside.trim_start().starts_with("id:")
}

/// Splits a line into the text before a field's name, the name, and the rest.
fn name_and_value(line: &str) -> Option<(&str, &str, &str)> {
    let begin =
        line.len() - line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"()[]".contains(c)).len();
    let ends = |(_, c): &(usize, char)| matches!(c, ':' | '"' | '[' | '{');
    let end = begin + line[begin..].char_indices().take(NAME).find(ends)?.0;
    let before = line[..end].trim_end();
    let (name, value) = match line.as_bytes().get(end)? {
        b':' => (before, &line[end + 1..]),
        // The colon is damaged.
        b'"' | b'[' | b'{' => {
            (before.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'), &line[end..])
        }
        _ => return None,
    };
    // A bracket may be part of a damaged name; before a name it is a real one.
    let bracket = ['(', ')', ']'];
    let start = name.rfind(char::is_whitespace).map_or(0, |at| at + 1).max(begin);
    let name = name.get(start..).filter(|name| !name.is_empty() && !name.starts_with(bracket))?;
    if line[begin.min(start)..start].contains(bracket) {
        return None;
    }
    Some((&line[..start], name, value.trim_start_matches([' ', '\t'])))
}

/// Returns the end of the value at the start of the text, if its quotes and brackets match.
fn balanced_end(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut lines = 0;
    let mut open = Vec::new();
    while lines < LINES {
        let byte = *bytes.get(at)?;
        match byte {
            b'"' => at = string_end(bytes, at)?,
            b'(' => open.push(b')'),
            b'[' => open.push(b']'),
            b'{' => open.push(b'}'),
            b')' | b']' | b'}' | b',' | b'\n' | b'\r' if open.is_empty() => break,
            b')' | b']' | b'}' if open.pop() != Some(byte) => return None,
            b'\n' => lines += 1,
            _ => {}
        }
        at += 1;
        if open.is_empty() && matches!(byte, b'"' | b')' | b']' | b'}') {
            break;
        }
    }
    let behind = text[at..].trim_start_matches([' ', '\t']);
    (at > 0 && (behind.is_empty() || behind.starts_with([',', '\n', '\r', ')', ']', '}']))).then_some(at)
}

/// Returns the closing quote of a string, which never spans lines.
fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            b'\n' => return None,
            _ => at += 1,
        }
    }
}
