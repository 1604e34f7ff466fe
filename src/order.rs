//! Fractional order keys: between any two keys there is room for another, and a random suffix keeps two
//! people who insert at one place from ever choosing the same key.
//!
//! A key is a fraction written in base 32 after an imagined point (`"g"` is one half), compared as text.

use crate::id::Source;
use std::fmt;
use std::str::FromStr;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Random digits at the end of each new key: one chance in 32,768 that two people insert the same.
const SUFFIX: usize = 3;
/// The longest key read from a file. Inserting at one place again and again adds a digit about every fifth time,
/// so this is beyond anything typed, and still bounds what a hostile file can make us compare.
const LONGEST: usize = 1 << 16;

/// A place in an order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

impl OrderKey {
    /// A new key after `low` and before `high` (either end open). Where `low >= high`, the key follows `low`.
    pub fn between(low: Option<&Self>, high: Option<&Self>, source: &mut Source) -> Self {
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

    /// A new key after `low`.
    pub fn after(low: Option<&Self>, source: &mut Source) -> Self {
        Self::between(low, None, source)
    }

    /// `count` ascending keys of even length, for filling a new document.
    pub fn spread(count: usize, source: &mut Source) -> Vec<Self> {
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

    /// The key of a place in a row that is written from beginning to end, however long: short, and ascending with `place`.
    pub fn at(place: u32, source: &mut Source) -> Self {
        let digits = (0..7).rev().map(|digit| DIGITS[(u64::from(place) >> (digit * 5)) as usize & 31]);
        let end = DIGITS[1 + (source.next_u64() % 31) as usize];
        Self(digits.chain([end]).map(char::from).collect())
    }

    /// Its first eight characters as a number, in the same order as keys; where two are equal, the keys decide.
    pub fn prefix(&self) -> u64 {
        let bytes = self.0.as_bytes();
        let mut first = [0; 8];
        let length = bytes.len().min(first.len());
        first[..length].copy_from_slice(&bytes[..length]);
        u64::from_be_bytes(first)
    }

    /// The key's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Digits strictly between `low` and `high` such that any suffix stays below `high`.
fn midpoint(low: &[u8], high: Option<&[u8]>) -> Vec<u8> {
    let value = |digit: Option<&u8>| digit.and_then(|d| DIGITS.iter().position(|x| x == d));
    let mut out = Vec::new();
    let mut bounded = high;
    for place in 0.. {
        let below = value(low.get(place)).unwrap_or(0);
        let above = bounded.map_or(32, |high| value(high.get(place)).unwrap_or(0));
        if above > below + 1 {
            // Growing at the end takes small steps, so that typing a thousand cards keeps keys short.
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

/// Why a text is not an order key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an order key of base-32 digits that does not end in 0, found {0:?}")]
pub struct ParseOrderError(pub String);

impl FromStr for OrderKey {
    type Err = ParseOrderError;

    fn from_str(text: &str) -> Result<Self, ParseOrderError> {
        let digits = text.bytes().all(|byte| DIGITS.contains(&byte));
        if digits && !text.is_empty() && text.len() <= LONGEST && !text.ends_with('0') {
            Ok(Self(text.to_owned()))
        } else {
            Err(ParseOrderError(text.chars().take(80).collect()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn between_lies_between(seed: u64, picks in prop::collection::vec(any::<usize>(), 1..200)) {
            let mut source = Source::seeded(seed);
            let mut keys = vec![OrderKey::after(None, &mut source)];
            for pick in picks {
                let at = pick % (keys.len() + 1);
                let low = at.checked_sub(1).map(|i| keys[i].clone());
                let key = OrderKey::between(low.as_ref(), keys.get(at), &mut source);
                prop_assert!(low.as_ref().is_none_or(|low| *low < key && low.prefix() <= key.prefix()));
                prop_assert!(keys.get(at).is_none_or(|high| key < *high));
                prop_assert_eq!(key.as_str().parse(), Ok(key.clone()));
                keys.insert(at, key);
            }
        }
    }

    #[test]
    fn spread_ascends() {
        let keys = OrderKey::spread(10_000, &mut Source::seeded(1));
        assert_eq!(keys.len(), 10_000);
        assert!(keys.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn keys_of_places_ascend_and_leave_room() {
        let mut source = Source::seeded(2);
        let places = [0, 1, 31, 32, 99_999, 100_000, u32::MAX];
        let keys = places.map(|place| OrderKey::at(place, &mut source));
        assert!(keys.is_sorted_by(|a, b| a < b));
        for pair in keys.windows(2) {
            let between = OrderKey::between(Some(&pair[0]), Some(&pair[1]), &mut source);
            assert!(pair[0] < between && between < pair[1]);
        }
        assert!(keys.iter().all(|key| key.as_str().parse() == Ok(key.clone())));
    }

    #[test]
    fn appending_a_thousand_keeps_keys_short() {
        let mut source = Source::seeded(3);
        let mut last = OrderKey::after(None, &mut source);
        for _ in 0..1000 {
            last = OrderKey::after(Some(&last), &mut source);
        }
        assert!(last.as_str().len() < 80, "{last}");
    }
}
