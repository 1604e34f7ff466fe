//! Numeric answers as people and tools write them: `4,5`, `80 %`, `4/5`, `4 von 5`, `★★★☆☆`, `５`, and numbers
//! with labels, such as `5 - Very satisfied` and `Very satisfied (5)`.

use super::cell::parse_number;
use super::vocabulary::{compare_key, is_listed};
use crate::model::counts::Answer;
use unicode_normalization::UnicodeNormalization;

/// The longest cell in bytes that is considered; longer ones are texts.
const LONGEST: usize = 120;
/// Words between an answer and the end of its scale; "3 to 5" is not among them, as it is a range.
const BETWEEN: &[&str] =
    &["/", "of", "out of", "von", "sur", "de", "van", "su", "di", "z", "ze", "из", "uit", "av", "/ "];
/// Scale ends that an answer "4 of 5" may state.
const WHOLES: &[f64] = &[3.0, 4.0, 5.0, 6.0, 7.0, 10.0, 20.0, 100.0];

/// A number read from a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellNumber {
    /// The number itself.
    pub value: f64,
    /// The end of the scale, if the cell states it.
    pub whole: Option<f64>,
    /// True if the number is a percentage.
    pub percent: bool,
}

impl CellNumber {
    fn from_number(value: f64) -> Self {
        Self { value, whole: None, percent: false }
    }
}

/// Reads a cell as a number in any usual form, alone or with a percent sign or the end of its scale, or as
/// stars.
pub fn read_figure(cell: &str) -> Option<CellNumber> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > LONGEST {
        return None;
    }
    if let Some(value) = parse_number(cell) {
        return Some(CellNumber::from_number(value.get()));
    }
    if let Some(stars) = count_stars(cell) {
        return Some(stars);
    }
    let text = plain_digits(cell);
    let trimmed = text.trim();
    if let Some(bare) = trimmed.strip_suffix('%').or_else(|| trimmed.strip_prefix('%')) {
        let value = parse_decimal(bare.trim())?;
        return Some(CellNumber { percent: true, ..CellNumber::from_number(value) });
    }
    parse_decimal(text.trim()).map(CellNumber::from_number).or_else(|| read_part_of_whole(&text))
}

/// Converts full-width, Arabic, Persian and Hindi digits to ASCII.
pub(super) fn plain_digits(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let plain = text.nfkc().map(|sign| match sign {
        '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}' | '\u{966}'..='\u{96f}' => {
            let zero = match sign {
                '\u{660}'..='\u{669}' => 0x660,
                '\u{6f0}'..='\u{6f9}' => 0x6f0,
                _ => 0x966,
            };
            char::from_digit(u32::from(sign) - zero, 10).unwrap_or(sign)
        }
        '\u{2212}' => '-',
        '\u{66a}' => '%',
        '\u{66b}' => ',',
        other => other,
    });
    plain.collect()
}

/// Parses a number with a decimal point or comma.
fn parse_decimal(text: &str) -> Option<f64> {
    if let Some(value) = parse_number(text) {
        return Some(value.get());
    }
    let (whole, decimals) = text.split_once(',')?;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let short = digits(decimals) && decimals.len() != 3 && whole.trim_start_matches(['-', '+']).len() <= 3;
    (short && digits(whole.trim_start_matches(['-', '+'])))
        .then(|| parse_number(&format!("{whole}.{decimals}")))?
        .map(Answer::get)
}

/// Reads `4/5`, `4 of 5`, `4 out of 5`, `4 von 5`.
fn read_part_of_whole(text: &str) -> Option<CellNumber> {
    let lower = text.to_lowercase();
    let digit = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ',';
    let first: String = lower.chars().take_while(|letter| digit(*letter)).collect();
    let last: String = lower.chars().rev().take_while(char::is_ascii_digit).collect();
    let last: String = last.chars().rev().collect();
    let between = lower.get(first.len()..lower.len().checked_sub(last.len())?)?.trim();
    let joins = BETWEEN.contains(&between);
    let value = parse_decimal(&first)?;
    let whole = parse_decimal(&last)?;
    (joins && !between.is_empty() && value <= whole && WHOLES.contains(&whole)).then_some(CellNumber {
        value,
        whole: Some(whole),
        percent: false,
    })
}

/// Reads stars: `★★★☆☆` is three of five; `⭐⭐⭐` is three on an unknown scale.
fn count_stars(cell: &str) -> Option<CellNumber> {
    let mut full = 0_u32;
    let mut empty = 0_u32;
    for sign in cell.chars() {
        match sign {
            '★' | '⭐' | '🌟' => full += 1,
            '☆' => empty += 1,
            '\u{fe0f}' | ' ' => {}
            _ => return None,
        }
    }
    let whole = (empty > 0).then(|| f64::from(full + empty));
    (full + empty > 0).then_some(CellNumber { value: f64::from(full), whole, percent: false })
}

/// Reads the number of a labelled answer, before the label (`5 - Very satisfied`, `4 stars`, `4分`) or after
/// it (`Very satisfied (5)`, `Extremely likely - 10`).
pub fn read_labelled_figure(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > LONGEST {
        return None;
    }
    let text = plain_digits(cell);
    read_leading_figure(text.trim()).or_else(|| read_trailing_figure(text.trim()))
}

fn read_leading_figure(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let at = text.len() - digits.len() + length;
    let (figure, label) = text.split_at_checked(at)?;
    let label = label.trim_start();
    let apart = label.starts_with(['-', '–', '—', ':', '=', '(', '.', ')', '|', '>']) || is_unit(label);
    let told = label.chars().any(char::is_alphabetic);
    // A second number makes it a range or a date.
    let alone = !label.chars().any(|sign| sign.is_ascii_digit());
    if (1..=3).contains(&length) && apart && told && alone {
        parse_number(figure).map(Answer::get)
    } else {
        None
    }
}

fn read_trailing_figure(text: &str) -> Option<f64> {
    let bare = text.strip_suffix([')', ']']).unwrap_or(text);
    let opened = bare.len() < text.len();
    let length = bare.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (label, figure) = bare.split_at_checked(bare.len() - length)?;
    let (label, figure) = match label.strip_suffix('-') {
        // "(-1)" is negative, "likely - 10" and "likely -10" are not.
        Some(label) if opened && label.ends_with(['(', '[']) => (label, format!("-{figure}")),
        _ => (label, figure.to_owned()),
    };
    let label = label.trim_end();
    let apart = if opened {
        label.ends_with(['(', '['])
    } else {
        label.ends_with(['-', '–', '—', ':', '=', '|'])
    };
    let told = label.chars().any(char::is_alphabetic) && !label.chars().any(|sign| sign.is_ascii_digit());
    if (1..=3).contains(&length) && apart && told { parse_number(&figure).map(Answer::get) } else { None }
}

/// True if the word after a number is a unit of ratings.
fn is_unit(label: &str) -> bool {
    const UNITS: &str = "\
        star stars point points stern sterne punkt punkte etoile etoiles estrella estrellas punto puntos \
        stella stelle punti ster sterren punt punten estrela estrelas ponto pontos gwiazdka gwiazdki \
        gwiazdek звезда звезды звезд балл балла баллов yildiz puan 分 星 点 颗星 星级 顆星 つ星 점 개 별";
    is_listed(UNITS, &compare_key(label))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_are_read_in_all_their_forms() {
        let plain = |value| Some(CellNumber::from_number(value));
        for (cell, expected) in [
            ("4", plain(4.0)),
            ("4,5", plain(4.5)),
            ("-0,25", plain(-0.25)),
            ("−2", plain(-2.0)),
            ("５", plain(5.0)),
            ("１０", plain(10.0)),
            ("1,234", None),
            ("80%", Some(CellNumber { value: 80.0, whole: None, percent: true })),
            ("80,5 %", Some(CellNumber { value: 80.5, whole: None, percent: true })),
            ("%45", Some(CellNumber { value: 45.0, whole: None, percent: true })),
            ("٤", plain(4.0)),
            ("４５％", Some(CellNumber { value: 45.0, whole: None, percent: true })),
            ("4/5", Some(CellNumber { value: 4.0, whole: Some(5.0), percent: false })),
            ("4 / 5", Some(CellNumber { value: 4.0, whole: Some(5.0), percent: false })),
            ("4 of 5", Some(CellNumber { value: 4.0, whole: Some(5.0), percent: false })),
            ("4 out of 5", Some(CellNumber { value: 4.0, whole: Some(5.0), percent: false })),
            ("★★★☆☆", Some(CellNumber { value: 3.0, whole: Some(5.0), percent: false })),
            ("⭐⭐⭐⭐", plain(4.0)),
            ("6/5", None),
            ("1/2024", None),
            ("fine", None),
            ("4 times", None),
            ("", None),
        ] {
            assert_eq!(read_figure(cell), expected, "{cell}");
        }
    }

    #[test]
    fn figures_that_bear_words_are_read() {
        for (cell, expected) in [
            ("5 - Very satisfied", Some(5.0)),
            ("Very satisfied (5)", Some(5.0)),
            ("Extremely likely - 10", Some(10.0)),
            ("0 = not at all", Some(0.0)),
            ("4 stars", Some(4.0)),
            ("4分", Some(4.0)),
            ("3 Sterne", Some(3.0)),
            ("非常满意（5）", Some(5.0)),
            ("very bad (-2)", Some(-2.0)),
            ("18-24", None),
            ("2 or more", None),
            ("3rd floor", None),
            ("Room 12", None),
            ("12", None),
            ("5 times", None),
            ("2024-01-03 10:00", None),
        ] {
            assert_eq!(read_labelled_figure(cell), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(text in "\\PC{0,24}|[-0-9 ./,%()★☆]{0,12}") {
            let found = read_figure(&text).map(|figure| figure.value).or_else(|| read_labelled_figure(&text));
            prop_assert!(found.is_none_or(f64::is_finite));
        }
    }
}
