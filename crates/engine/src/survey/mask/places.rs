//! Addresses: streets with a house number, British postcodes, Chinese roads and rooms.

use super::text::{TextCharacters, TextWord};
use super::{MaskKind, MaskSpan};
use crate::survey::names::is_chinese;

/// Words for English streets.
const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "close",
    "court",
    "way",
    "square",
    "terrace",
    "crescent",
    "boulevard",
    "blvd",
    "gardens",
    "mews",
    "grove",
    "highway",
];
/// Endings of German streets.
const ENDINGS: &[&str] = &["straße", "strasse", "str", "gasse", "allee", "weg"];
/// The most words of a street's name.
const WORDS: usize = 4;
/// Endings of Chinese roads and estates.
const ROADS: &[&str] = &["路", "街", "大道", "巷", "弄", "胡同", "小区", "花园", "公寓", "新村", "大厦"];
/// Units in a Chinese address, the longer words first.
const UNITS: &[&str] = &["号楼", "单元", "号", "弄", "栋", "幢", "座", "楼", "层", "室"];
/// The most characters of a Chinese road with its city.
const LONGEST: usize = 12;
/// Characters before an address that are not part of it.
const BEFORE: &str = "在住是到于从我和去了的到达往离，。：";

/// Finds addresses.
pub(super) fn find_places(signs: &TextCharacters<'_>, spans: &mut Vec<MaskSpan>) {
    let words = signs.word_list();
    for place in 0..words.len() {
        let found = street(signs, words, place).or_else(|| german(signs, words, place));
        spans.extend(found.or_else(|| postcode(signs, words, place)));
    }
    let mut place = 0;
    while place < signs.len() {
        let (end, last, count) = numbered(signs, place);
        if count == 0 {
            place += 1;
            continue;
        }
        let start = road(signs, place);
        if start.is_some() || (count > 1 && last == "室") {
            spans.push(MaskSpan { start: start.unwrap_or(place), end, what: MaskKind::Address });
        }
        place = end;
    }
}

fn is_house(word: &TextWord) -> bool {
    let digits = word.small.trim_end_matches(|c: char| c.is_ascii_lowercase());
    word.small.len() - digits.len() <= 1
        && (1..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
}

fn street(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let house = words.get(place).filter(|word| is_house(word))?;
    let mut before = house;
    for (count, word) in words.iter().skip(place + 1).take(WORDS).enumerate() {
        if !signs.is_joined_by(before, word, if count == 0 { "," } else { "" }) {
            return None;
        }
        if count > 0 && STREETS.contains(&word.small.as_str()) {
            return Some(MaskSpan { start: house.start, end: word.end, what: MaskKind::Address });
        }
        if !word.capital {
            return None;
        }
        before = word;
    }
    None
}

fn german(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let road = words.get(place).filter(|word| word.capital)?;
    let named = |ending: &&str| {
        let name = road.small.strip_suffix(*ending);
        name.is_some_and(|name| name.chars().count() >= 3)
    };
    if !ENDINGS.iter().any(named) {
        return None;
    }
    let house = words.get(place + 1).filter(|word| is_house(word) && signs.is_joined_by(road, word, "."))?;
    Some(MaskSpan { start: road.start, end: house.end, what: MaskKind::Address })
}

/// Finds a British postcode, in one word or two: SW5 9QX.
fn postcode(signs: &TextCharacters<'_>, words: &[TextWord], place: usize) -> Option<MaskSpan> {
    let first = words.get(place).filter(|word| word.capital)?;
    let whole = first.small.len() > 4 && first.small.is_ascii();
    if whole && let Some((outer, inner)) = first.small.split_at_checked(first.small.len() - 3) {
        let fits = is_outer(outer) && is_inner(inner);
        return fits.then_some(MaskSpan { start: first.start, end: first.end, what: MaskKind::Address });
    }
    let second =
        words.get(place + 1).filter(|word| is_inner(&word.small) && signs.is_joined_by(first, word, ""))?;
    is_outer(&first.small).then_some(MaskSpan {
        start: first.start,
        end: second.end,
        what: MaskKind::Address,
    })
}

fn is_outer(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_lowercase).count();
    let rest = text.as_bytes().get(letters..).unwrap_or_default();
    let digits = rest.first().is_some_and(u8::is_ascii_digit) && rest.iter().all(u8::is_ascii_alphanumeric);
    (1..=2).contains(&letters) && rest.len() <= 2 && digits
}

fn is_inner(text: &str) -> bool {
    matches!(text.as_bytes(), [digit, a, b] if digit.is_ascii_digit() && a.is_ascii_lowercase() && b.is_ascii_lowercase())
}

/// Returns the end of a chain such as 3号楼502室, its last unit, and their number.
fn numbered(signs: &TextCharacters<'_>, start: usize) -> (usize, &'static str, usize) {
    let mut place = start;
    let mut last = "";
    let mut count = 0;
    loop {
        let digits = signs.while_from(place, |c| c.is_ascii_digit() || "一二三四五六七八九十百".contains(c));
        let is_unit = |unit: &&&str| digits > place && signs.starts_with(digits, unit);
        let Some(unit) = UNITS.iter().find(is_unit) else { return (place, last, count) };
        (place, last, count) = (digits + unit.chars().count(), unit, count + 1);
    }
}

/// Returns the start of the road before a number, if there is one.
fn road(signs: &TextCharacters<'_>, end: usize) -> Option<usize> {
    let is_road = |road: &str| {
        let start = end.checked_sub(road.chars().count());
        start.is_some_and(|start| signs.starts_with(start, road))
    };
    let start = signs.back_while(end, |c| is_chinese(c) && !BEFORE.contains(c));
    ROADS.iter().any(|road| is_road(road)).then_some(start.max(end.saturating_sub(LONGEST)))
}
