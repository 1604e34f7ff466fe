//! Detects the format of a text from its beginning: the delimiter, the line ends, and decimal commas.

use super::options::{Delimiter, Options};
use csv::{ByteRecord, ReaderBuilder};

/// The most bytes that are inspected.
const HEAD: usize = 64 << 10;
/// The most records that are inspected.
const RECORDS: usize = 100;
/// Fewer control characters than this occur in any text.
const FEW: usize = 5;
/// Text has at most one control character per this many bytes.
const CONTROLS: usize = 50;

/// The detected format of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sniffed {
    pub(super) delimiter: Delimiter,
    /// The byte that ends a record.
    pub(super) end: u8,
    pub(super) decimal_comma: bool,
    /// The length of a first line such as Excel's `sep=;`, otherwise 0.
    pub(super) skipped: usize,
}

/// Detects the format of a text from its first bytes.
pub(super) fn sniff_format(head: &[u8], options: &Options) -> Sniffed {
    // Only a short text is complete: blocks are longer.
    let complete = head.len() <= HEAD;
    let head = head.get(..HEAD).unwrap_or(head);
    let (told, skipped) = separator_line(head);
    let rest = head.get(skipped..).unwrap_or_default();
    let end = line_end(rest);
    let delimiter = options.delimiter.or(told).unwrap_or_else(|| most_even_delimiter(rest, complete));
    let decimals = || delimiter != Delimiter::Comma && has_decimal_commas(rest, delimiter);
    let decimal_comma = options.decimal_comma.unwrap_or_else(decimals);
    Sniffed { delimiter, end, decimal_comma, skipped }
}

/// True if the bytes are not text but a picture, a program or a document.
pub(super) fn is_binary(head: &[u8]) -> bool {
    let controls = head.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0b\x0c\x1b".contains(byte)).count();
    controls >= FEW && controls * CONTROLS > head.len()
}

/// Parses a first line `sep=;`: the delimiter it names, and its length with the line end.
fn separator_line(head: &[u8]) -> (Option<Delimiter>, usize) {
    let end = head.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(head.len());
    let Some([s, e, p, b'=', sign]) = head.get(..end) else { return (None, 0) };
    if ![*s, *e, *p].eq_ignore_ascii_case(b"sep") {
        return (None, 0);
    }
    let known = Delimiter::ALL.iter().find(|delimiter| delimiter.to_byte() == *sign);
    let both = head.get(end..end + 2) == Some(b"\r\n".as_slice());
    (known.copied(), (end + 1 + usize::from(both)).min(head.len()))
}

/// Detects the byte that ends records: a carriage return if no line feed follows the first one, otherwise a
/// line feed.
fn line_end(head: &[u8]) -> u8 {
    let mut quoted = false;
    for (place, byte) in head.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return b'\n',
            b'\r' if !quoted && head.get(place + 1) != Some(&b'\n') => return b'\r',
            _ => {}
        }
    }
    b'\n'
}

/// Splits the first records at a delimiter.
fn split_records(head: &[u8], delimiter: Delimiter) -> Vec<ByteRecord> {
    let mut reader = ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter.to_byte());
    reader.from_reader(head).into_byte_records().take(RECORDS).filter_map(Result::ok).collect()
}

/// Returns the delimiter under which most records are as wide as the first. Among equals, the one that is
/// rarer in running text; a table of one column is read with commas.
fn most_even_delimiter(head: &[u8], complete: bool) -> Delimiter {
    let order = [Delimiter::Tab, Delimiter::Semicolon, Delimiter::Pipe, Delimiter::Comma];
    let evenness = |delimiter: Delimiter| {
        let mut records = split_records(head, delimiter);
        if !complete && records.len() > 1 && records.len() < RECORDS {
            records.pop();
        }
        let Some(first) = records.first().filter(|first| first.len() > 1) else { return (0, 0) };
        let even = records.iter().filter(|record| are_even(first, record)).count();
        (even * 50 / records.len().max(1), first.len())
    };
    let found = order.map(|delimiter| (evenness(delimiter), delimiter));
    let best = found.iter().map(|((even, _), _)| *even).max().unwrap_or(0);
    let winner = found.iter().find(|((even, _), _)| *even == best && best > 0);
    winner.map_or(Delimiter::Comma, |(_, delimiter)| *delimiter)
}

/// True if two records are equally wide, or one has an extra blank cell at its end.
fn are_even(one: &ByteRecord, other: &ByteRecord) -> bool {
    let ends_blank =
        |record: &ByteRecord| record.iter().next_back().is_some_and(|cell| cell.trim_ascii().is_empty());
    let has_one_more =
        |longer: &ByteRecord, shorter: &ByteRecord| longer.len() == shorter.len() + 1 && ends_blank(longer);
    one.len() == other.len() || has_one_more(one, other) || has_one_more(other, one)
}

/// True if numbers such as `3,5` occur but none such as `3.5`. Three digits after a comma may be thousands
/// and prove nothing.
fn has_decimal_commas(head: &[u8], delimiter: Delimiter) -> bool {
    let mut commas = false;
    for cell in split_records(head, delimiter).iter().flatten() {
        let Ok(cell) = std::str::from_utf8(cell) else { continue };
        if is_fraction(cell.trim(), '.') {
            return false;
        }
        let behind = cell.trim().rsplit(',').next().map_or(0, str::len);
        commas |= behind != 3 && is_fraction(cell.trim(), ',');
    }
    commas
}

fn is_fraction(cell: &str, point: char) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let split = cell.trim_start_matches(['-', '+']).split_once(point);
    split.is_some_and(|(whole, part)| digits(whole) && digits(part))
}

/// Converts a number with a decimal comma to one with a point; `None` if the cell is no such number.
pub(super) fn replace_decimal_comma(cell: &str) -> Option<String> {
    let cell = cell.trim();
    let (whole, part) = cell.split_once(',')?;
    let (sign, figures) = match whole.strip_prefix(['-', '+']) {
        Some(figures) => (whole.get(..1).unwrap_or_default(), figures),
        None => ("", whole),
    };
    let mut groups = figures.split('.');
    let first = groups.next().filter(|first| !first.is_empty())?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let sound = digits(first) && !part.is_empty() && digits(part);
    let mut whole = first.to_owned();
    for group in groups {
        if group.len() != 3 || !digits(group) {
            return None;
        }
        whole.push_str(group);
    }
    sound.then(|| format!("{sign}{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniff_text(text: &str) -> (char, u8, bool, usize) {
        let found = sniff_format(text.as_bytes(), &Options::default());
        (char::from(found.delimiter.to_byte()), found.end, found.decimal_comma, found.skipped)
    }

    #[test]
    fn the_delimiter_is_that_which_makes_rows_even() {
        assert_eq!(sniff_text("a,b\n1,2\n"), (',', b'\n', false, 0));
        assert_eq!(sniff_text("What, if;How, so, then\r\n1,5;x\r\n2,5;y\r\n"), (';', b'\n', true, 0));
        assert_eq!(sniff_text("1,5;2,5\r3,5;4,5\r"), (';', b'\r', true, 0));
        assert_eq!(sniff_text("a\tb, c\td\n1\t1.5\t2,3\n"), ('\t', b'\n', false, 0));
        assert_eq!(sniff_text("a|b\n1|2\n"), ('|', b'\n', false, 0));
        assert_eq!(sniff_text("one column, they say\nyes\nno; never\n").0, ',');
        assert_eq!(sniff_text("a,\"x\ny;z\"\n1,\"p;q\"\n").0, ',');
        assert_eq!(sniff_text("n;m\n1,234;2\n"), (';', b'\n', false, 0), "three digits may be thousands");
        assert_eq!(sniff_text("sep=;\r\na,b;c\r\n1;2\r\n"), (';', b'\n', false, 7));
    }

    #[test]
    fn decimal_commas_become_points() {
        for (cell, number) in [("3,5", "3.5"), ("-0,25", "-0.25"), ("1.234,5", "1234.5")] {
            assert_eq!(replace_decimal_comma(cell).as_deref(), Some(number));
        }
        for text in ["a,b", "1,2,3", ",5", "5,", "1.2,5", "3.5"] {
            assert_eq!(replace_decimal_comma(text), None, "{text}");
        }
    }
}
