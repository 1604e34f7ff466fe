//! Detects the encoding of a short text: tries each, and judges the resulting text.
//!
//! In a wrong encoding, a text has adjacent letters that no language combines, signs inside words, or unused
//! characters. In the right one all letters belong to one language, and some words are typical of surveys.

use super::Encoding;
use super::letters::{LANGUAGES, Language};
use std::collections::{BTreeMap, BTreeSet};

/// The most bytes that are judged.
const JUDGED: usize = 16 << 10;
/// Points for a letter of the language, for a rare one, for a sign outside words, and for an impossible
/// character.
const LETTER: i64 = 10;
const RARE: i64 = -4;
const SIGN: i64 = 2;
const WRONG: i64 = -20;
const BROKEN: i64 = -60;
/// Points for a character of two bytes, and for a known word.
const CHARACTER: i64 = 22;
const WORD: i64 = 15;
/// The most frequent letters of Russian, Greek and Arabic. In a wrong encoding the letters belong to an
/// alphabet too, but with other frequencies, or are capitals.
const FREQUENT: &str = "оеаинтсрвлαοιετσνηυρόίάέاليمنوترب";
const OFTEN: i64 = 3;
const CAPITAL: i64 = 2;
/// The fewest letters that identify a non-Latin alphabet.
const FEW: i64 = 3;
/// The most points by which another encoding may be behind and still be the right one.
const CLOSE: i64 = 2;
/// The fewest points per character for a text to be certain.
const CERTAIN: i64 = 5;

/// The judgement of a text in an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Judgement {
    points: i64,
    /// The number of non-ASCII characters.
    characters: i64,
}

/// Returns the plausible encodings of a text, the likeliest first; empty if it makes no sense in any.
pub(super) fn plausible_encodings(text: &[u8]) -> Vec<Encoding> {
    let sample = collect_sample(text);
    let mut judged: BTreeMap<&str, (Judgement, String)> = BTreeMap::new();
    let mut likeliest: Option<(i64, &str)> = None;
    for language in LANGUAGES {
        let Some(encoding) = encoding_rs::Encoding::for_label(language.encoding.as_bytes()) else { continue };
        let (best, text) = judged.entry(language.encoding).or_insert_with(|| {
            let (text, _) = encoding.decode_without_bom_handling(&sample);
            (Judgement { points: i64::MIN, characters: 0 }, text.into_owned())
        });
        // In an alphabet's encoding each character is one byte, so that a replacement character rules it out.
        if language.is_alphabet && text.contains(char::REPLACEMENT_CHARACTER) {
            continue;
        }
        let judgement = judge_as(text, language);
        if judgement.points > best.points {
            *best = judgement;
        }
        if likeliest.is_none_or(|(points, _)| judgement.points > points) {
            likeliest = Some((judgement.points, language.encoding));
        }
    }
    let Some((most, first)) = likeliest else { return Vec::new() };
    let is_likely = |judgement: &Judgement| {
        most.saturating_sub(judgement.points) <= CLOSE
            && judgement.points >= CERTAIN * judgement.characters.max(1)
    };
    let mut labels: Vec<&str> =
        judged.iter().filter(|(_, (judgement, _))| is_likely(judgement)).map(|(label, _)| *label).collect();
    labels.sort_by_key(|label| *label != first);
    labels.iter().filter_map(|label| label.parse().ok()).collect()
}

/// Collects the distinct cells with non-ASCII bytes, one per line, without those that are UTF-8. None of the
/// separator bytes is the second byte of a character. Repeats are removed, as a word in each row would
/// outweigh all others.
fn collect_sample(text: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    let mut known = BTreeSet::new();
    for cell in text.split(|byte| matches!(byte, b'\n' | b'\r' | b'\t' | b',' | b';' | b'"')) {
        if cell.is_ascii() || std::str::from_utf8(cell).is_ok() || !known.insert(cell) {
            continue;
        }
        if sample.len() + cell.len() > JUDGED && !sample.is_empty() {
            break;
        }
        sample.extend_from_slice(cell.get(..JUDGED).unwrap_or(cell));
        sample.push(b'\n');
    }
    sample
}

fn judge_as(text: &str, language: &Language) -> Judgement {
    let mut judgement = Judgement { points: 0, characters: 0 };
    let mut before = '\n';
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if !sign.is_ascii() {
            judgement.characters += 1;
            let behind = signs.peek().copied().unwrap_or('\n');
            judgement.points += if language.is_alphabet {
                judge_letter(before, sign, behind, language)
            } else {
                judge_character(sign, language)
            };
        }
        before = sign;
    }
    if language.is_alphabet && !is_latin(language) && judgement.characters < FEW {
        judgement.points /= 2;
    }
    if language.letters.contains('ά') {
        let words = text.split(|sign: char| !sign.is_alphabetic());
        judgement.points += words.filter(|word| is_without_accent(word)).map(|_| WRONG).sum::<i64>();
    }
    let lower = text.to_lowercase();
    judgement.points += if language.is_alphabet {
        let words = lower.split(|sign: char| !sign.is_alphabetic()).filter(|word| word.chars().count() > 1);
        // A single letter is a word in many languages.
        let is_known = |word: &&str| language.words.split(' ').any(|known| known == *word);
        // ASCII words are the same in all encodings, but identify the language.
        words.filter(is_known).map(|word| if word.is_ascii() { LETTER } else { WORD }).sum::<i64>()
    } else {
        language.words.split(' ').flat_map(|word| lower.matches(word)).map(|_| WORD).sum::<i64>()
    };
    judgement
}

/// True for a lower-case word without the accent that Greek words have.
fn is_without_accent(word: &str) -> bool {
    let has_accent = |sign: char| "άέήίόύώΐΰϊϋ".contains(sign);
    !word.is_ascii()
        && word.chars().count() > 3
        && word.chars().all(|sign| sign.is_lowercase() && !has_accent(sign))
}

/// True for languages in Latin script.
fn is_latin(language: &Language) -> bool {
    language.is_alphabet && language.letters.starts_with(|first: char| first < '\u{370}')
}

/// True if a line makes more sense as UTF-8 than in a multi-byte encoding.
pub(super) fn is_more_plausible_as_utf8(line: &str, other: &str, encoding: Encoding) -> bool {
    let languages = LANGUAGES.iter().filter(|language| !language.is_alphabet);
    let own = languages.filter(|language| language.encoding.parse() == Ok(encoding));
    own.into_iter().any(|language| judge_as(line, language).points > judge_as(other, language).points)
}

/// Judges a letter between its neighbours.
fn judge_letter(before: char, sign: char, behind: char, language: &Language) -> i64 {
    if sign == char::REPLACEMENT_CHARACTER {
        return BROKEN;
    }
    if sign.is_control() {
        return WRONG;
    }
    if !sign.is_alphabetic() {
        let is_mark = language.letters.contains(sign);
        return match sign {
            _ if is_mark => LETTER,
            '’' | '‘' => SIGN,
            // Signs that nobody writes inside a word.
            _ if before.is_alphabetic() && behind.is_alphabetic() => WRONG,
            '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…' | '€' | '£' | '°' | '§' | '½' | '¿' | '¡' | '²'
            | '³' | '‚' | '•' | '™' | '®' | '©' | '´' | '\u{a0}' | 'º' | 'ª' | '·' | '№' | '×' => {
                SIGN
            }
            _ => WRONG / 2,
        };
    }
    let small = sign.to_lowercase().next().unwrap_or(sign);
    if !language.letters.contains(small) {
        return if matches!(sign, 'º' | 'ª') { SIGN } else { WRONG };
    }
    // Next to letters of another script, a letter is not part of a word.
    let is_latin = is_latin(language);
    let mixes = !is_latin && (before.is_ascii_alphabetic() || behind.is_ascii_alphabetic());
    let stands_alone = before.is_ascii_digit() || behind.is_ascii_digit();
    let is_odd_capital = sign != small && before.is_lowercase();
    // Greek has a separate sigma for the end of words.
    let is_odd_sigma = (sign == 'σ' && !behind.is_alphabetic()) || (sign == 'ς' && behind.is_alphabetic());
    if mixes || is_odd_capital || is_odd_sigma {
        WRONG
    } else if stands_alone {
        RARE
    } else {
        let is_shouted = sign != small && before.is_alphabetic();
        let often = match FREQUENT.contains(small) {
            _ if is_latin => 0,
            true => OFTEN,
            false => -OFTEN,
        };
        LETTER + often - if is_shouted { CAPITAL } else { 0 }
    }
}

/// Judges a character of a script with thousands of characters.
fn judge_character(sign: char, language: &Language) -> i64 {
    match sign {
        char::REPLACEMENT_CHARACTER => BROKEN,
        _ if language.letters.contains(sign) => CHARACTER,
        '、'
        | '。'
        | '，'
        | '！'
        | '？'
        | '：'
        | '；'
        | '（'
        | '）'
        | '《'
        | '》'
        | '“'
        | '”'
        | '「'
        | '」'
        | '…'
        | '·'
        | '・'
        | '\u{3000}'
        | '～'
        | '【'
        | '】'
        | '０'..='９' => CHARACTER / 2,
        '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{3040}'..='\u{30ff}' => RARE,
        _ => WRONG,
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
