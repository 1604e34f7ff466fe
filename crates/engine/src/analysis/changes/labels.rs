//! Values of fields in words.

use crate::i18n::{
    Lang, Msg, Worded, find_choice_word, format_bytes, format_count, format_date, format_figure,
    format_percent, format_signed, shorten_text, title_of,
};
use crate::model::Project;
use crate::model::counts::Histogram;
use crate::model::field::{FieldContent, FieldWords, NumberUnit};
use crate::model::value::FieldValue;

/// The longest text quoted, in characters.
pub(super) const QUOTED: usize = 160;
/// 2⁵³: above it, an `f64` can't represent every whole number.
const COUNTED: f64 = 9_007_199_254_740_992.0;

/// Returns a field's value in words, on one line. Two values that must read differently go through
/// [`Pair`](super::disambiguate::Pair).
pub(super) fn value_words(project: &Project, words: FieldWords, value: &FieldValue, lang: Lang) -> String {
    let each = |value: &FieldValue| value_words(project, words, value, lang);
    match value {
        FieldValue::Nothing => Msg::NotSet.text(lang).to_owned(),
        FieldValue::Flag(flag) => if *flag { Msg::Yes } else { Msg::No }.text(lang).to_owned(),
        FieldValue::Number(number) => number_words(words.unit, *number, 0, lang),
        FieldValue::Text(text) if text.trim().is_empty() => Msg::NotSet.text(lang).to_owned(),
        FieldValue::Text(text) => text_words(words.content, text, lang).unwrap_or_else(|| quote_line(text)),
        FieldValue::Id(id) => title_of(project, *id, lang),
        FieldValue::List(list) if list.iter().all(|value| matches!(value, FieldValue::Id(_))) => {
            join_list(list.iter().map(each), lang)
        }
        FieldValue::List(list) => format_count(list.len() as u64),
        FieldValue::Set(set) if set.is_empty() => words.empty.display_name().text(lang).to_owned(),
        FieldValue::Set(set) => join_list(set.iter().map(each), lang),
        FieldValue::Map(map) => {
            let entry = |(key, value): (&FieldValue, &FieldValue)| format!("{} {}", each(key), each(value));
            join_list(map.iter().map(entry), lang)
        }
        FieldValue::Counts(counts) => {
            format_count(counts.histograms.values().map(Histogram::n).max().unwrap_or(0))
        }
        FieldValue::Bytes(image) => format_bytes(image.len() as u64),
    }
}

/// Returns the word for a choice, or a day as the interface shows it; `None` for any other text.
fn text_words(content: FieldContent, text: &str, lang: Lang) -> Option<String> {
    match content {
        FieldContent::Choice(list) => Some(find_choice_word(list, text)?.text(lang).to_owned()),
        FieldContent::Day => Some(format_date(lang, text.parse().ok()?)),
        _ => None,
    }
}

/// Formats a number, with a few more decimals than usual for its unit.
pub(super) fn number_words(unit: NumberUnit, number: f64, more: usize, lang: Lang) -> String {
    match unit {
        NumberUnit::Share => format_percent(lang, number, more),
        NumberUnit::Signed => format_signed(number, 2 + more),
        NumberUnit::Minutes => {
            Msg::WaitMinutes.text_with(lang, &[("minutes", &format_figure(number, 1 + more))])
        }
        NumberUnit::Plain => {
            let text = format_figure(number, 3 + more);
            let large = (1000.0..COUNTED).contains(&number) && !text.contains('.');
            if large { format_count(number.round() as u64) } else { text }
        }
    }
}

pub(super) fn join_list(words: impl Iterator<Item = String>, lang: Lang) -> String {
    let words: Vec<String> = words.collect();
    if words.is_empty() { Msg::None.text(lang).to_owned() } else { words.join(Msg::ListComma.text(lang)) }
}

/// Returns a text on one line, shortened.
fn quote_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("“{}”", shorten_text(&line, QUOTED))
}
