//! Fields and their values in words.

use crate::i18n::{
    Lang, Msg, Worded, format_bytes, format_count, format_date, format_figure, format_percent, format_signed,
    shorten_text, title_of,
};
use crate::id::Kind;
use crate::model::choice::{
    BusinessValue, ColumnRole, DateOrder, Delimiter, Direction, Existence, ImprovementKind, Initiator,
    InsightKind, JourneyState, LaneKind, MetricKind, MomentKind, PainLevel, Status, Visibility, WaveSplit,
};
use crate::model::counts::Histogram;
use crate::model::value::FieldValue;
use crate::model::{Field, Project};
use std::str::FromStr;

/// The longest text quoted, in characters.
pub(super) const QUOTED: usize = 160;
/// 2⁵³: above it, an `f64` can't represent every whole number.
const COUNTED: f64 = 9_007_199_254_740_992.0;

/// Returns a field's value in words, on one line. Two values that must read differently go through
/// [`Pair`](super::disambiguate::Pair).
pub(super) fn value_words(
    project: &Project,
    kind: Kind,
    field: Field,
    value: &FieldValue,
    lang: Lang,
) -> String {
    let each = |value: &FieldValue| value_words(project, kind, field, value, lang);
    match value {
        FieldValue::Nothing => Msg::NotSet.text(lang).to_owned(),
        FieldValue::Flag(flag) => if *flag { Msg::Yes } else { Msg::No }.text(lang).to_owned(),
        FieldValue::Number(number) => number_words(kind, field, *number, 0, lang),
        FieldValue::Text(text) if text.trim().is_empty() => Msg::NotSet.text(lang).to_owned(),
        FieldValue::Text(text) => choice_word(kind, field, text)
            .map(|word| word.text(lang).to_owned())
            .or_else(|| {
                if is_date(kind, field) { text.parse().ok() } else { None }.map(|day| format_date(lang, day))
            })
            .unwrap_or_else(|| quote_line(text)),
        FieldValue::Id(id) => title_of(project, *id, lang),
        FieldValue::List(list) if list.iter().all(|value| matches!(value, FieldValue::Id(_))) => {
            join_list(list.iter().map(each), lang)
        }
        FieldValue::List(list) => format_count(list.len() as u64),
        // No personas means everyone.
        FieldValue::Set(set) if set.is_empty() && field == "personas" => Msg::Everyone.text(lang).to_owned(),
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

/// Formats a number, with a few more decimals than usual for its field.
pub(super) fn number_words(kind: Kind, field: Field, number: f64, more: usize, lang: Lang) -> String {
    if (kind, field) == (Kind::Flow, "share") {
        return format_percent(lang, number, more);
    }
    match field {
        "feelings" => format_signed(number, 2 + more),
        "wait" => Msg::WaitMinutes.text_with(lang, &[("minutes", &format_figure(number, 1 + more))]),
        _ => {
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

fn is_date(kind: Kind, field: Field) -> bool {
    matches!(
        (kind, field),
        (Kind::Wave, "from" | "to") | (Kind::Improvement, "due") | (Kind::Evidence, "date") | (_, "imported")
    )
}

fn choice_word(kind: Kind, field: Field, text: &str) -> Option<Msg> {
    fn choice_name<T: Worded + FromStr>(text: &str) -> Option<Msg> {
        text.parse::<T>().ok().map(T::display_name)
    }
    match (kind, field) {
        (Kind::Journey, "state") => choice_name::<JourneyState>(text),
        (Kind::Lane, "kind") => choice_name::<LaneKind>(text),
        (Kind::Lane, "only") => {
            choice_name::<InsightKind>(text).or_else(|| choice_name::<ImprovementKind>(text))
        }
        (Kind::Insight, "kind") => choice_name::<InsightKind>(text),
        (Kind::Insight, "level") => choice_name::<PainLevel>(text),
        (Kind::Improvement, "kind") => choice_name::<ImprovementKind>(text),
        (Kind::Improvement, "value") => choice_name::<BusinessValue>(text),
        (Kind::Improvement, "status") => choice_name::<Status>(text),
        (Kind::Metric, "kind") => choice_name::<MetricKind>(text),
        (Kind::Question | Kind::Recipe, "direction") => choice_name::<Direction>(text),
        (Kind::Recipe, "delimiter") => choice_name::<Delimiter>(text),
        (Kind::Recipe, "role") => choice_name::<ColumnRole>(text),
        (Kind::Recipe, "wave") => choice_name::<WaveSplit>(text),
        (Kind::Recipe, "order") => choice_name::<DateOrder>(text),
        (Kind::Touchpoint, "initiator") => choice_name::<Initiator>(text),
        (Kind::Touchpoint, "moment") => choice_name::<MomentKind>(text),
        (Kind::Touchpoint, "visibility") => choice_name::<Visibility>(text),
        (Kind::Touchpoint, "existence") => choice_name::<Existence>(text),
        _ => None,
    }
}
