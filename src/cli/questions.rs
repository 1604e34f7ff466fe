//! The questions that must be answered before an import, each with the arguments that answer it.

use crate::feedback::consequence;
use crate::i18n::{Lang, Msg};
use crate::model::choice::Direction;
use crate::model::recipe::ColumnRole;
use crate::survey::mapping::Mapping;
use crate::survey::propose::{Column, Doubt};
use crate::survey::values::{Value, unknown_words};
use std::fmt::Display;

/// Returns the questions that must be answered before the import, each with the arguments that answer it.
pub(super) fn questions(mapping: &Mapping, lang: Lang) -> Vec<String> {
    let ask = |(doubt, places): &(Doubt, Vec<usize>)| {
        let asked: Vec<&Column> = places.iter().filter_map(|place| mapping.column(*place)).collect();
        let names: Vec<&str> = asked.iter().map(|column| column.rule.column.as_str()).collect();
        let unknown = if matches!(doubt, Doubt::Words(_)) { unknown(&asked, mapping) } else { Vec::new() };
        let listed: Vec<String> = unknown.iter().map(|value| value.message(lang)).collect();
        let told = if listed.is_empty() {
            doubt.message(lang)
        } else {
            format!("{}, {}", doubt.message(lang), listed.join(", "))
        };
        let figures = doubt.answers(places).into_iter().filter_map(|says| {
            let figure = consequence(mapping, *doubt, places, says, lang)?;
            Some(format!("{}: {figure}", says.message(*doubt, lang)))
        });
        let figures: Vec<String> = figures.collect();
        let told = if figures.is_empty() { told } else { format!("{told} ({})", figures.join(", ")) };
        let arguments: [(&str, &dyn Display); 3] =
            [("column", &names.join(", ")), ("doubt", &told), ("flags", &flags(*doubt, &asked, &unknown))];
        Msg::CliAsk.with(lang, &arguments)
    };
    mapping.open_questions().iter().map(ask).collect()
}

/// Returns the arguments that read a column differently.
pub(super) fn change_flags(column: &Column) -> String {
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
fn unknown(columns: &[&Column], mapping: &Mapping) -> Vec<Value> {
    let Some(column) = columns.first() else { return Vec::new() };
    mapping.seen(column).map(|seen| unknown_words(seen, &column.rule)).unwrap_or_default()
}

/// Returns the arguments that settle a doubt about columns.
fn flags(doubt: Doubt, columns: &[&Column], unknown: &[Value]) -> String {
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
        Doubt::Zero => format!("--missing \"{only}0\" | --value \"0=0\""),
        Doubt::Past(code) => format!("--missing \"{only}{code}\" | --value \"{code}={code}\""),
        Doubt::Direction(Direction::LowIsGood) => {
            format!("{} | {}", each("--low-is-good"), each("--high-is-good"))
        }
        Doubt::Direction(Direction::HighIsGood) => {
            format!("{} | {}", each("--high-is-good"), each("--low-is-good"))
        }
        Doubt::Codes => {
            format!("{} | {} | {}", each("--high-is-good"), each("--low-is-good"), each("--ignore"))
        }
        Doubt::Ends(low, high) | Doubt::Declared(low, high) => {
            format!("{} | {}", scales(None), scales(Some((low, high))))
        }
        Doubt::Wider(low, high) => {
            format!("{} | {} | {}", scales(Some((low, high))), scales(None), each("--ignore"))
        }
        Doubt::Middle => format!("{} | {}", steps(0.0), steps(1.0)),
        Doubt::OneTwo => {
            format!("{} | {} | {}", each("--yes-no"), scales(Some((1, 5))), each("--ignore"))
        }
        Doubt::Weights => {
            let mut candidates = columns.to_vec();
            candidates.sort_by_key(|column| column.rule.role != ColumnRole::Weight);
            let weights = candidates.iter().map(|column| format!("--weight \"{}\"", column.rule.column));
            weights.chain(["--no-weight".to_owned()]).collect::<Vec<_>>().join(" | ")
        }
        Doubt::Repeats(_) | Doubt::SameRows(_) => "--repeats once | --repeats all".to_owned(),
        Doubt::Turn(_) => format!("--scale \"{name}=1-10\" | --ignore \"{name}\""),
        Doubt::Unit => "--answers counts | --answers shares".to_owned(),
        Doubt::Order => "--day-first | --month-first".to_owned(),
        Doubt::Renamed => {
            let target = columns.first().map_or("", |column| column.rule.target.as_str());
            format!("--touchpoint \"{target}={name}\" | --ignore \"{name}\"")
        }
        Doubt::Words(_) => {
            format!("{} | {} | {}", words("--missing", ""), words("--value", "=NUMBER"), each("--ignore"))
        }
        Doubt::OffScale(_) | Doubt::Impossible(..) | Doubt::Future(..) | Doubt::Fractions(_) => String::new(),
    }
}
