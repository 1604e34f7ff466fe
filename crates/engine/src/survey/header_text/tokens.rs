//! Splits a header into numbers, words and signs.

use crate::survey::figure::plain_digits;
use crate::survey::vocabulary::{fold_letters, is_spaceless};

/// A part of a header.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum HeaderToken {
    Number(f64),
    Word(String),
    Sign(char),
}

/// Splits a header into numbers, words and signs, in lower case without accents.
pub(super) fn tokenize_header(header: &str) -> Vec<HeaderToken> {
    let letters: Vec<char> = fold_letters(&plain_digits(header)).chars().collect();
    let mut tokens: Vec<HeaderToken> = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let rest = letters.get(at..).unwrap_or_default();
        let run = |wanted: &dyn Fn(char) -> bool| rest.iter().take_while(|letter| wanted(**letter)).count();
        if letter.is_ascii_digit() {
            let mut length = run(&|letter| letter.is_ascii_digit());
            if letters.get(at + length) == Some(&'.')
                && letters.get(at + length + 1).is_some_and(char::is_ascii_digit)
            {
                length +=
                    1 + rest.iter().skip(length + 1).take_while(|letter| letter.is_ascii_digit()).count();
            }
            let text: String = rest.iter().take(length).collect();
            // `1,0` is one number, `1,2` may be two.
            length += if is_comma_zero(rest.get(length..).unwrap_or_default()) { 2 } else { 0 };
            tokens.extend(text.parse().ok().map(HeaderToken::Number));
            at += length;
        } else if is_spaceless(letter) {
            let length = run(&is_spaceless);
            tokens.push(HeaderToken::Word(rest.iter().take(length).collect()));
            at += length;
        } else if letter.is_alphanumeric() {
            // A letter followed by digits, such as Q4, is one word.
            let mut length = run(&|letter| letter.is_alphanumeric() && !is_spaceless(letter));
            // "don't" is one word.
            if matches!(rest.get(length..), Some(['\'' | '’', 't', ..])) {
                length += 2;
            }
            tokens.push(HeaderToken::Word(rest.iter().take(length).collect()));
            at += length;
        } else {
            if !letter.is_whitespace() && !matches!(letter, '\'' | '’') {
                tokens.push(HeaderToken::Sign(letter));
            }
            at += 1;
        }
    }
    merge_signs(tokens)
}

/// True if a text begins with a decimal comma and a single zero.
fn is_comma_zero(text: &[char]) -> bool {
    matches!(text, [',', '0', ..]) && text.get(2).is_none_or(|next| !next.is_ascii_digit() && *next != ',')
}

/// Merges the sign of negative numbers into them; a dash between two numbers is no sign.
fn merge_signs(tokens: Vec<HeaderToken>) -> Vec<HeaderToken> {
    let mut signed: Vec<HeaderToken> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let minus = matches!(signed.last(), Some(HeaderToken::Sign('-' | '−' | '–' | '+')));
        let before = signed.len().checked_sub(2).and_then(|place| signed.get(place));
        let free =
            !matches!(before, Some(HeaderToken::Number(_) | HeaderToken::Word(_) | HeaderToken::Sign(')')));
        let after_range = matches!(before, Some(HeaderToken::Word(word)) if word.chars().count() <= 5);
        match token {
            HeaderToken::Number(number) if minus && (free || after_range) => {
                let negative = !matches!(signed.pop(), Some(HeaderToken::Sign('+')));
                signed.push(HeaderToken::Number(if negative { -number } else { number }));
            }
            token => signed.push(token),
        }
    }
    signed
}
