//! Reads the cells of aggregated tables: a number of respondents or a share of them.

use super::cell::parse_number;
use crate::model::counts::Answer;

/// The most respondents that one cell can count.
pub(super) const MOST: f64 = 1e9;
/// The most decimals that are considered when the precision of shares is detected.
const DECIMALS: i32 = 6;

/// Reads a non-negative number, with true if it carries a percent sign. A blank cell or a dash is 0; `None`
/// if the cell is anything else.
pub(super) fn read_amount(cell: &str) -> Option<(f64, bool)> {
    let cell = cell.trim();
    let bare = cell.strip_suffix(['%', '％']).unwrap_or(cell).trim_end();
    let signed = bare.len() < cell.len();
    if matches!(bare, "" | "-" | "–" | "—") {
        return Some((0.0, signed));
    }
    let plain = parse_number(bare)
        .or_else(|| parse_number(&remove_group_separators(bare)?))
        .or_else(|| parse_number(&replace_decimal_comma(bare)?));
    plain.map(|amount| (amount.get(), signed)).filter(|(amount, _)| (0.0..=MOST).contains(amount))
}

/// Removes the thousands separators of a number: 12,345 or 12 345.
fn remove_group_separators(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split([',', ' ', '\u{a0}', '\u{202f}', '\'']).collect();
    let (first, rest) = parts.split_first()?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let grouped =
        (1..=3).contains(&first.len()) && !rest.is_empty() && rest.iter().all(|part| part.len() == 3);
    (grouped && parts.iter().all(|part| digits(part))).then(|| parts.concat())
}

/// Replaces the decimal comma of a number by a point.
fn replace_decimal_comma(text: &str) -> Option<String> {
    (text.matches(',').count() == 1).then(|| text.replace(',', "."))
}

/// Converts shares to parts of one, followed by the part that no share covers; `None` if they exceed the
/// whole.
///
/// Without a percent sign, shares that sum to at most 1.5 are read as parts of one, others as percentages.
/// Shares that miss the whole by no more than their rounding error are scaled to cover it.
pub(super) fn parts_of_whole(shares: &[f64], signed: bool) -> Option<Vec<f64>> {
    let sum: f64 = shares.iter().sum();
    let whole = if !signed && sum <= 1.5 { 1.0 } else { 100.0 };
    let slack = (0.5 * precision_of(shares)).mul_add(shares.len() as f64, 1e-9);
    if sum > whole + slack {
        return None;
    }
    let all = if sum >= whole - slack && sum > 0.0 { sum } else { whole };
    let rest = ((all - sum) / all).max(0.0);
    Some(shares.iter().map(|share| share / all).chain([rest]).collect())
}

/// Returns the precision of shares: the place value of their last decimal.
fn precision_of(shares: &[f64]) -> f64 {
    let exact = |decimals: &i32| {
        let scale = 10_f64.powi(*decimals);
        shares.iter().all(|share| (share * scale - (share * scale).round()).abs() < 1e-6)
    };
    10_f64.powi(-(0..DECIMALS).find(exact).unwrap_or(DECIMALS))
}

/// Distributes `n` over parts in whole numbers: the rest after rounding down goes to the largest remainders,
/// among equals to the first.
pub(super) fn apportion_total(n: u64, parts: &[f64]) -> Vec<u64> {
    let sum: f64 = parts.iter().sum();
    if sum <= 0.0 {
        return vec![0; parts.len()];
    }
    let exact: Vec<f64> = parts.iter().map(|part| part / sum * n as f64).collect();
    let mut whole: Vec<u64> = exact.iter().map(|exact| (exact + 1e-9).floor() as u64).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let rest = |place: &usize| exact[*place] - exact[*place].floor();
    // A remainder of almost one was rounded up already.
    order.retain(|place| rest(place) < 1.0 - 1e-9);
    order.sort_by(|a, b| rest(b).total_cmp(&rest(a)));
    let left = n.saturating_sub(whole.iter().sum());
    for place in order.into_iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        whole[place] += 1;
    }
    whole
}

/// Converts an amount to a number of respondents; `None` unless it is whole and at most [`MOST`].
pub(super) fn to_people_count(amount: f64) -> Option<u64> {
    Answer::new(amount)
        .filter(|amount| amount.get().fract() == 0.0 && amount.get() <= MOST)
        .map(|a| a.get() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (cell, expected) in [
            ("37%", Some((37.0, true))),
            ("37,5 %", Some((37.5, true))),
            ("1,234", Some((1234.0, false))),
            ("12 345", Some((12345.0, false))),
            ("0.37", Some((0.37, false))),
            ("-", Some((0.0, false))),
            ("", Some((0.0, false))),
            ("-3", None),
            ("about 3", None),
        ] {
            assert_eq!(read_amount(cell), expected, "{cell}");
        }
    }

    #[test]
    fn shares_are_parts_of_the_whole_and_what_is_missing_is_told() {
        let close = |found: Option<Vec<f64>>, expected: &[f64]| {
            let found = found.unwrap();
            assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
            assert_eq!(found.len(), expected.len());
        };
        close(parts_of_whole(&[50.0, 40.0, 10.0], false), &[0.5, 0.4, 0.1, 0.0]);
        close(parts_of_whole(&[0.5, 0.25], false), &[0.5, 0.25, 0.25]);
        close(parts_of_whole(&[1.0, 0.5], true), &[0.01, 0.005, 0.985]);
        // 33 + 33 + 33 is all of it, 30 + 30 + 30 is not.
        close(parts_of_whole(&[33.0; 3], true), &[1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.0]);
        close(parts_of_whole(&[30.0; 3], true), &[0.3, 0.3, 0.3, 0.1]);
        assert_eq!(parts_of_whole(&[60.0, 50.0], false), None);
    }

    proptest! {
        #[test]
        fn what_is_shared_out_adds_up_and_is_never_further_off_than_one(
            n in 0_u64..5000,
            parts in prop::collection::vec(0_u32..100, 1..12),
        ) {
            let parts: Vec<f64> = parts.into_iter().map(f64::from).collect();
            let sum: f64 = parts.iter().sum();
            let found = apportion_total(n, &parts);
            prop_assert_eq!(found.iter().sum::<u64>(), if sum > 0.0 { n } else { 0 });
            if sum > 0.0 {
                for (found, part) in found.iter().zip(&parts) {
                    prop_assert!((*found as f64 - part / sum * n as f64).abs() < 1.0);
                }
            }
        }
    }
}
