//! Fractional order keys: between any two keys there is room for another, and a random suffix keeps two
//! people who insert at one place from ever choosing the same key.
//!
//! A key is a fraction written in base 32 after an imagined point (`"g"` is one half), compared as text.

use crate::id::IdSource;
use std::fmt;
use std::ops::Range;
use std::str::FromStr;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Random digits at the end of each new key: one chance in 32,768 that two people insert the same.
const SUFFIX: usize = 3;
/// The longest key read from a file. Repeated insertion at one place adds a digit about every fifth time, so
/// this is beyond anything typed, and still bounds the cost of comparing a hostile file's keys.
const LONGEST: usize = 1 << 16;
/// The longest key that a command writes. If a new one would be longer, it and its neighbours get new keys.
const CROWDED: usize = 64;
/// The longest key that a neighbour then gets.
const RESPACED: usize = 32;
/// The number of digits used to space keys anew; if they do not suffice, more neighbours are included.
const COUNTED: u32 = 20;
/// The minimum distance between keys spaced anew: two digits for insertions.
const ROOM: u128 = 1 << 10;

/// A sortable position among siblings.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

impl OrderKey {
    /// Creates a key after `low` and before `high` (either end open). If `low >= high`, the key follows
    /// `low`.
    pub fn new_between(low: Option<&Self>, high: Option<&Self>, source: &mut IdSource) -> Self {
        let low = low.map_or("", |key| key.0.as_str());
        let high = high.map(|key| key.0.as_str()).filter(|high| low < *high);
        let mut text = midpoint(low.as_bytes(), high.map(str::as_bytes));
        let mut bits = source.next_u64();
        for _ in 0..SUFFIX {
            text.push(DIGITS[(bits & 31) as usize]);
            bits >>= 5;
        }
        // A key never ends in the lowest digit, so that there is always room below it.
        text.push(DIGITS[1 + (bits % 31) as usize]);
        Self(text.into_iter().map(char::from).collect())
    }

    /// Creates a key after `low`.
    pub fn new_after(low: Option<&Self>, source: &mut IdSource) -> Self {
        Self::new_between(low, None, source)
    }

    /// Creates `count` ascending keys of even length, for filling a new document.
    pub fn spread_evenly(count: usize, source: &mut IdSource) -> Vec<Self> {
        let width = (1..=12).find(|w| 32_usize.saturating_pow(*w) > count * 2).unwrap_or(1);
        let step = 32_usize.saturating_pow(width) / (count + 1);
        let key = |place: usize| {
            let mut rest = place * step;
            let mut text = vec![b'0'; width as usize];
            for slot in text.iter_mut().rev() {
                *slot = DIGITS[rest % 32];
                rest /= 32;
            }
            text.push(DIGITS[1 + (source.next_u64() % 31) as usize]);
            Self(text.into_iter().map(char::from).collect())
        };
        (1..=count).map(key).collect()
    }

    /// Creates the key of a position in a row written from beginning to end: short, and ascending with
    /// `place`.
    pub fn from_position(place: u32, source: &mut IdSource) -> Self {
        let digits = (0..7).rev().map(|digit| DIGITS[(u64::from(place) >> (digit * 5)) as usize & 31]);
        let end = DIGITS[1 + (source.next_u64() % 31) as usize];
        Self(digits.chain([end]).map(char::from).collect())
    }

    /// Parses a key of any length, as operations may hold until commands shorten it; `None` if the text is no
    /// key.
    pub fn of_any_length(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| DIGITS.contains(&byte));
        (digits && !text.is_empty() && !text.ends_with('0')).then(|| Self(text.to_owned()))
    }

    /// Returns true if the key is so long that it and its neighbours should get new keys.
    pub fn is_crowded(&self) -> bool {
        self.0.len() > CROWDED
    }

    /// Returns true if the key is short enough to be read again from a file.
    pub fn is_readable(&self) -> bool {
        self.0.len() <= LONGEST
    }

    /// Creates short keys for a place and as few of its neighbours as possible: returns the range of the
    /// ascending keys, and their replacements. The order is kept, even that of equal keys.
    pub fn space_anew(keys: &[Self], place: usize, source: &mut IdSource) -> (Range<usize>, Vec<Self>) {
        let mut reach = 1_usize;
        loop {
            let range = place.saturating_sub(reach)..place.saturating_add(reach + 1).min(keys.len());
            let low = range.start.checked_sub(1).and_then(|before| keys.get(before));
            if let Some(spaced) = Self::fill_gap(low, keys.get(range.end), range.len(), source) {
                return (range, spaced);
            }
            if range.len() >= keys.len() {
                return (range.clone(), Self::spread_evenly(range.len(), source));
            }
            reach = reach.saturating_mul(2);
        }
    }

    /// Creates `count` short ascending keys of even distance between two; `None` if there is no room for
    /// them.
    fn fill_gap(
        low: Option<&Self>,
        high: Option<&Self>,
        count: usize,
        source: &mut IdSource,
    ) -> Option<Vec<Self>> {
        let low = low.map_or(&[][..], |key| key.0.as_bytes());
        let high = high.map(|key| key.0.as_bytes());
        let digit = |text: &[u8], place: usize| {
            let found = text.get(place).and_then(|digit| DIGITS.iter().position(|known| known == digit));
            found.unwrap_or(0) as u128
        };
        let shared = high.map_or(0, |high| {
            (0..high.len()).take_while(|place| digit(low, *place) == digit(high, *place)).count()
        });
        let number = |text: &[u8]| {
            (shared..shared + COUNTED as usize).fold(0, |sum, place| sum << 5 | digit(text, place))
        };
        let first = number(low);
        let last = high.map_or(1 << (5 * COUNTED), number);
        let parts = count as u128 + 1;
        let (width, first, step) = (1..=COUNTED).find_map(|width| {
            let [first, last] = [first, last].map(|end| end >> (5 * (COUNTED - width)));
            let step = last.checked_sub(first)? / parts;
            (step >= ROOM).then_some((width, first, step))
        })?;
        let prefix: String =
            (0..shared).map(|place| char::from(DIGITS[digit(low, place) as usize])).collect();
        if shared + width as usize >= RESPACED {
            return None;
        }
        let key = |place: u128| {
            let number = first + step * place;
            let digits = (0..width).rev().map(|at| DIGITS[(number >> (5 * at)) as usize & 31]);
            let end = DIGITS[1 + (source.next_u64() % 31) as usize];
            Self(prefix.chars().chain(digits.chain([end]).map(char::from)).collect())
        };
        Some((1..parts).map(key).collect())
    }

    /// Returns the first eight characters as a number, ordered as the keys are; if two are equal, the keys
    /// decide.
    pub fn prefix_number(&self) -> u64 {
        let bytes = self.0.as_bytes();
        let mut first = [0; 8];
        let length = bytes.len().min(first.len());
        first[..length].copy_from_slice(&bytes[..length]);
        u64::from_be_bytes(first)
    }

    /// Returns the key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns digits strictly between `low` and `high` such that any suffix stays below `high`.
fn midpoint(low: &[u8], high: Option<&[u8]>) -> Vec<u8> {
    let value = |digit: Option<&u8>| digit.and_then(|d| DIGITS.iter().position(|x| x == d));
    let mut out = Vec::new();
    let mut bounded = high;
    for place in 0.. {
        let below = value(low.get(place)).unwrap_or(0);
        let above = bounded.map_or(32, |high| value(high.get(place)).unwrap_or(0));
        if above > below + 1 {
            // Growing at the end takes small steps, so that keys stay short when a thousand cards are typed.
            let middle = if bounded.is_none() { below + 1 } else { usize::midpoint(below, above) };
            out.push(DIGITS[middle]);
            return out;
        }
        out.push(DIGITS[below]);
        if above > below {
            bounded = None;
        }
    }
    out
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

/// The error for a text that is not an order key; holds its first 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an order key of base-32 digits that does not end in 0, found {0:?}")]
pub struct ParseOrderError(pub String);

impl FromStr for OrderKey {
    type Err = ParseOrderError;

    fn from_str(text: &str) -> Result<Self, ParseOrderError> {
        let key = Self::of_any_length(text).filter(Self::is_readable);
        key.ok_or_else(|| ParseOrderError(text.chars().take(80).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn between_lies_between(seed: u64, picks in prop::collection::vec(any::<usize>(), 1..200)) {
            let mut source = IdSource::from_seed(seed);
            let mut keys = vec![OrderKey::new_after(None, &mut source)];
            for pick in picks {
                let at = pick % (keys.len() + 1);
                let low = at.checked_sub(1).map(|i| keys[i].clone());
                let key = OrderKey::new_between(low.as_ref(), keys.get(at), &mut source);
                prop_assert!(low.as_ref().is_none_or(|low| *low < key && low.prefix_number() <= key.prefix_number()));
                prop_assert!(keys.get(at).is_none_or(|high| key < *high));
                prop_assert_eq!(key.as_str().parse(), Ok(key.clone()));
                keys.insert(at, key);
            }
        }
    }

    /// The index of an insertion, from the number of earlier insertions and the number of keys.
    type Rule = fn(usize, usize) -> usize;

    /// Inserts at the indices given by a rule, spacing anew as commands do; returns the length of the longest
    /// key and the number of changed keys.
    fn insert_often(count: usize, rule: Rule) -> (usize, usize) {
        let mut source = IdSource::from_seed(8);
        let mut keys: Vec<OrderKey> = OrderKey::spread_evenly(3, &mut source);
        let mut longest = 0;
        let mut changed = 0;
        for turn in 0..count {
            let place = rule(turn, keys.len());
            let low = place.checked_sub(1).and_then(|before| keys.get(before));
            let key = OrderKey::new_between(low, keys.get(place), &mut source);
            let is_crowded = key.is_crowded();
            keys.insert(place, key);
            if is_crowded {
                let (range, spaced) = OrderKey::space_anew(&keys, place, &mut source);
                changed += range.len();
                assert!(range.contains(&place) && spaced.len() == range.len());
                assert!(spaced.iter().all(|key| key.as_str().parse().as_ref() == Ok(key)));
                keys.splice(range, spaced);
            }
            longest = longest.max(keys[place].as_str().len());
        }
        assert!(keys.is_sorted_by(|a, b| a < b));
        (longest, changed)
    }

    #[test]
    fn a_hundred_thousand_insertions_at_one_place_keep_keys_short() {
        let rules: [(&str, usize, Rule); 5] = [
            ("behind one", 100_000, |_, _| 2),
            ("before one", 100_000, |turn, _| turn + 1),
            ("at the end", 100_000, |_, length| length),
            ("between the last two", 20_000, |turn, _| turn / 2 + 1),
            ("at the beginning", 20_000, |_, _| 0),
        ];
        for (name, count, rule) in rules {
            let (longest, changed) = insert_often(count, rule);
            assert!(longest <= CROWDED, "{name}: {longest} digits");
            assert!(changed <= 64 * count, "{name}: {changed} keys changed for {count} insertions");
        }
    }

    #[test]
    fn the_longest_key_of_a_file_gets_room_again() {
        let mut source = IdSource::from_seed(9);
        let long: OrderKey = "z".repeat(LONGEST).parse().unwrap();
        let next = OrderKey::new_after(Some(&long), &mut source);
        assert!(next.is_crowded() && !next.is_readable());
        let (range, spaced) = OrderKey::space_anew(&[long.clone(), long, next], 2, &mut source);
        assert_eq!(range, 0..3);
        assert!(spaced.is_sorted_by(|a, b| a < b) && !spaced.iter().any(OrderKey::is_crowded));
    }

    #[test]
    fn spread_ascends() {
        let keys = OrderKey::spread_evenly(10_000, &mut IdSource::from_seed(1));
        assert_eq!(keys.len(), 10_000);
        assert!(keys.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn keys_of_places_ascend_and_leave_room() {
        let mut source = IdSource::from_seed(2);
        let places = [0, 1, 31, 32, 99_999, 100_000, u32::MAX];
        let keys = places.map(|place| OrderKey::from_position(place, &mut source));
        assert!(keys.is_sorted_by(|a, b| a < b));
        for pair in keys.windows(2) {
            let between = OrderKey::new_between(Some(&pair[0]), Some(&pair[1]), &mut source);
            assert!(pair[0] < between && between < pair[1]);
        }
        assert!(keys.iter().all(|key| key.as_str().parse() == Ok(key.clone())));
    }

    #[test]
    fn appending_a_thousand_keeps_keys_short() {
        let mut source = IdSource::from_seed(3);
        let mut last = OrderKey::new_after(None, &mut source);
        for _ in 0..1000 {
            last = OrderKey::new_after(Some(&last), &mut source);
        }
        assert!(last.as_str().len() < 80, "{last}");
    }
}
