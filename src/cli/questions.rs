//! The questions that must be answered before an import, each with the arguments that answer it.

use engine::feedback::score_if_answered;
use engine::i18n::{Explain, Lang, Msg, explain_answer};
use engine::model::choice::Direction;
use engine::model::recipe::ColumnRole;
use engine::survey::mapping::Mapping;
use engine::survey::propose::{OpenQuestion, ProposedColumn};
use engine::survey::values::{ColumnValue, unknown_words};
use std::fmt::Display;

/// Returns the questions that must be answered before the import, each with the arguments that answer it.
pub(super) fn list_questions(mapping: &Mapping, lang: Lang) -> Vec<String> {
    let ask = |(doubt, places): &(OpenQuestion, Vec<usize>)| {
        let asked: Vec<&ProposedColumn> = places.iter().filter_map(|place| mapping.column(*place)).collect();
        let names: Vec<&str> = asked.iter().map(|column| column.rule.column.as_str()).collect();
        let unknown = if matches!(doubt, OpenQuestion::Words(_)) {
            unknown_values(&asked, mapping)
        } else {
            Vec::new()
        };
        let listed: Vec<String> = unknown.iter().map(|value| value.explain(lang)).collect();
        let told = if listed.is_empty() {
            doubt.explain(lang)
        } else {
            format!("{}, {}", doubt.explain(lang), listed.join(", "))
        };
        let figures = doubt.possible_answers(places).into_iter().filter_map(|says| {
            let figure = score_if_answered(mapping, *doubt, places, says)?.explain(lang);
            Some(format!("{}: {figure}", explain_answer(says, *doubt, lang)))
        });
        let figures: Vec<String> = figures.collect();
        let told = if figures.is_empty() { told } else { format!("{told} ({})", figures.join(", ")) };
        let arguments: [(&str, &dyn Display); 3] = [
            ("column", &names.join(", ")),
            ("doubt", &told),
            ("flags", &answer_flags(*doubt, &asked, &unknown)),
        ];
        Msg::CliAsk.text_with(lang, &arguments)
    };
    mapping.open_questions().iter().map(ask).collect()
}

/// Returns the arguments that read a column differently.
pub(super) fn change_flags(column: &ProposedColumn) -> String {
    let name = &column.rule.column;
    let low = column.rule.low;
    let high = column.rule.high;
    let has_scale = high > low;
    match column.rule.role {
        ColumnRole::Ignore if has_scale => format!("--touchpoint \"{name}={name}\""),
        ColumnRole::Ignore => {
            format!("--segment \"{name}\" | --date-column \"{name}\" | --choices \"{name}\"")
        }
        ColumnRole::Weight => "--no-weight".to_owned(),
        ColumnRole::Touchpoint | ColumnRole::Stage | ColumnRole::Journey if column.rule.words.is_empty() => {
            format!("--scale \"{name}={low}-{high}\" | --ignore \"{name}\"")
        }
        _ => format!("--ignore \"{name}\""),
    }
}

/// Returns the words that the scale of a column does not know.
fn unknown_values(columns: &[&ProposedColumn], mapping: &Mapping) -> Vec<ColumnValue> {
    let Some(column) = columns.first() else { return Vec::new() };
    mapping.profile_of(column).map(|seen| unknown_words(seen, &column.rule)).unwrap_or_default()
}

/// Returns the arguments that settle a doubt about columns.
fn answer_flags(doubt: OpenQuestion, columns: &[&ProposedColumn], unknown: &[ColumnValue]) -> String {
    let name = columns.first().map_or("", |column| column.rule.column.as_str());
    let only = if columns.len() == 1 { format!("{name}=") } else { String::new() };
    let each = |flag: &str| {
        let flags = columns.iter().map(|column| format!("{flag} \"{}\"", column.rule.column));
        flags.collect::<Vec<_>>().join(" ")
    };
    let scales = |ends: Option<(i16, i16)>| {
        let flags = columns.iter().map(|column| {
            let (low, high) =
                ends.map_or((column.rule.low, column.rule.high), |(low, high)| (low.into(), high.into()));
            format!("--scale \"{}={low}-{high}\"", column.rule.column)
        });
        flags.collect::<Vec<_>>().join(" ")
    };
    let steps = |more: f64| {
        let flags = columns
            .iter()
            .map(|column| format!("--steps \"{}={}\"", column.rule.column, column.rule.high + more));
        flags.collect::<Vec<_>>().join(" ")
    };
    let words = |flag: &str, end: &str| {
        let flags = unknown.iter().map(|value| format!("{flag} \"{}{end}\"", value.text));
        flags.collect::<Vec<_>>().join(" ")
    };
    match doubt {
        OpenQuestion::Zero => format!("--missing \"{only}0\" | --value \"0=0\""),
        OpenQuestion::Past(code) => format!("--missing \"{only}{code}\" | --value \"{code}={code}\""),
        OpenQuestion::Direction(Direction::LowIsGood) => {
            format!("{} | {}", each("--low-is-good"), each("--high-is-good"))
        }
        OpenQuestion::Direction(Direction::HighIsGood) => {
            format!("{} | {}", each("--high-is-good"), each("--low-is-good"))
        }
        OpenQuestion::Codes => {
            format!("{} | {} | {}", each("--high-is-good"), each("--low-is-good"), each("--ignore"))
        }
        OpenQuestion::Ends(low, high) | OpenQuestion::Declared(low, high) => {
            format!("{} | {}", scales(None), scales(Some((low, high))))
        }
        OpenQuestion::Wider(low, high) => {
            format!("{} | {} | {}", scales(Some((low, high))), scales(None), each("--ignore"))
        }
        OpenQuestion::Middle => format!("{} | {}", steps(0.0), steps(1.0)),
        OpenQuestion::OneTwo => {
            format!("{} | {} | {}", each("--yes-no"), scales(Some((1, 5))), each("--ignore"))
        }
        OpenQuestion::Weights => {
            let mut candidates = columns.to_vec();
            candidates.sort_by_key(|column| column.rule.role != ColumnRole::Weight);
            let weights = candidates.iter().map(|column| format!("--weight \"{}\"", column.rule.column));
            weights.chain(["--no-weight".to_owned()]).collect::<Vec<_>>().join(" | ")
        }
        OpenQuestion::Repeats(_) | OpenQuestion::SameRows(_) => "--repeats once | --repeats all".to_owned(),
        OpenQuestion::Turn(_) => format!("--scale \"{name}=1-10\" | --ignore \"{name}\""),
        OpenQuestion::Unit => "--answers counts | --answers shares".to_owned(),
        OpenQuestion::Order => "--day-first | --month-first".to_owned(),
        OpenQuestion::Renamed => {
            let target = columns.first().map_or("", |column| column.rule.target.as_str());
            format!("--touchpoint \"{target}={name}\" | --ignore \"{name}\"")
        }
        OpenQuestion::Words(_) => {
            format!("{} | {} | {}", words("--missing", ""), words("--value", "=NUMBER"), each("--ignore"))
        }
        OpenQuestion::OffScale(_)
        | OpenQuestion::Impossible(..)
        | OpenQuestion::Future(..)
        | OpenQuestion::Fractions(_) => String::new(),
    }
}
