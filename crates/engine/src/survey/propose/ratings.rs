//! Columns of answers: their scale, its good end, and whether they are ratings at all.

use super::classify::Context;
use super::{ColumnReason, OpenQuestion, ProposedColumn};
use crate::model::choice::Direction;
use crate::survey::figure::read_figure;
use crate::survey::header_text::HeaderText;
use crate::survey::outcome::{read_outcome_words, read_two_values};
use crate::survey::profile::ColumnProfile;
use crate::survey::scale::{GuessedScale, ScaleHint, ScaleSource, guess_scale, is_no_answer_in};
use crate::survey::text_scale::{read_coded_values, read_labelled_values, read_most_words, read_words};
use crate::survey::vocabulary::Topic;
use std::collections::BTreeMap;

/// Tables with fewer rows show no spread of answers.
const FEW: u64 = 20;
/// The average number of rows per code of answers.
const OFTEN: u64 = 2;
/// The number of answers from which 1 and 2 alone are no chance.
const ONE_TWO: u64 = 8;

/// Builds the column as one of answers; `None` if its cells are none.
pub(super) fn rating_column(
    context: &Context<'_>,
    place: usize,
    column: &ColumnProfile,
    header: &HeaderText,
) -> Option<ProposedColumn> {
    if is_tick(context, place, column) {
        return Some(ProposedColumn::new_ignored(&column.name, ColumnReason::Ticked));
    }
    let joint = context.batteries.joint_numbers(place, context.profile);
    if let Some(found) = yes_no_column(context, place, (column, &joint), header) {
        return Some(found);
    }
    if column.texts > 0
        && !column.many
        && let Some(found) = labelled_column(context, place, column, header)
    {
        return Some(found);
    }
    let hint = scale_hint(context, place, header);
    if let Some(scale) = detect_scale(column, &joint, &hint) {
        return Some(judge_rating(context, place, column, &scale, header));
    }
    if header.has_topic(Topic::Overall)
        && let Some(words) = read_outcome_words(&column.values, column.many)
    {
        let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::SmallNumbers);
        (found.rule.low, found.rule.high, found.rule.words) = (0.0, 1.0, words);
        found.source = ScaleSource::TwoValues;
        return Some(found);
    }
    if column.many {
        return None;
    }
    word_column(context, place, column, header).or_else(|| code_column(context, column, header))
}

/// Collects the context for detecting a column's scale.
fn scale_hint(context: &Context<'_>, place: usize, header: &HeaderText) -> ScaleHint {
    let siblings =
        || context.batteries.members_of(place).iter().filter_map(|member| context.headers.get(*member));
    let own = header.scale;
    let of_sibling = siblings().find_map(|header| header.scale);
    let qualtrics = context.profile.columns.iter().any(|other| {
        let group = |name: &str| {
            !name.is_empty()
                && name.strip_suffix("_NPS_GROUP").is_some_and(|base| is_called(context, place, base))
        };
        group(&other.name) || group(&other.id)
    });
    let nps = qualtrics.then_some(crate::survey::header_text::DeclaredScale { low: Some(0.0), high: 10.0 });
    ScaleHint {
        declared: own.or(of_sibling).or(nps),
        of_battery: own.is_none() && of_sibling.is_some(),
        recommend: header.has_topic(Topic::Recommend),
        rated: context.is_rated(place),
        grade: header.has_topic(Topic::Grade),
        languages: context.profile.languages,
        missing: std::array::from_fn(|at| header.missing.get(at).copied()),
    }
}

fn is_called(context: &Context<'_>, place: usize, base: &str) -> bool {
    context.profile.columns.get(place).is_some_and(|column| column.name == base || column.id == base)
}

/// Detects the scale of a numeric column: from its whole battery if that has one, otherwise by itself.
fn detect_scale(
    column: &ColumnProfile,
    joint: &BTreeMap<String, u64>,
    hint: &ScaleHint,
) -> Option<GuessedScale> {
    let alone = || guess_scale(&column.values, column.many, hint);
    if column.many || joint.len() <= column.values.len() {
        return alone();
    }
    let own = alone()?;
    let Some(all) = guess_scale(joint, false, hint) else { return Some(own) };
    let wider = all.high > own.high || all.low < own.low;
    let source = if wider && all.source == ScaleSource::Answers { ScaleSource::Battery } else { all.source };
    // A question about the battery is asked only for those of its columns whose cells raise it.
    let zero = own.zero_unclear
        || (all.zero_unclear
            && column.values.keys().any(|value| read_figure(value).is_some_and(|f| f.value == 0.0)));
    Some(GuessedScale {
        missing: own.missing,
        off: own.off,
        fractions: own.fractions,
        past: own.past,
        declared: own.declared,
        zero_unclear: zero,
        source,
        ..all
    })
}

/// Builds the column with its scale and questions, and judges whether it is rated.
fn judge_rating(
    context: &Context<'_>,
    place: usize,
    column: &ColumnProfile,
    scale: &GuessedScale,
    header: &HeaderText,
) -> ProposedColumn {
    let mut found = answer_column(column, scale, header);
    if context.is_rated(place)
        || matches!(scale.source, ScaleSource::Header | ScaleSource::Cells | ScaleSource::Recommend)
    {
        if header.is_counted() && scale.source == ScaleSource::Answers {
            return ProposedColumn { doubts: Vec::new(), ..with_reason(found, ColumnReason::Counted) };
        }
        return found;
    }
    if header.is_counted() {
        found = with_reason(found, ColumnReason::Counted);
    } else if header.is_coded() {
        found = with_reason(found, ColumnReason::Coded);
    } else if scale.other.is_some() || !looks_rated(context, column, scale) {
        found = with_reason(found, ColumnReason::Unrated);
    }
    found
}

fn with_reason(mut column: ProposedColumn, reason: ColumnReason) -> ProposedColumn {
    column.reason = reason;
    column
}

/// True if the answers are distributed like ratings: over all of a usual scale, or over that of other rating
/// columns.
fn looks_rated(context: &Context<'_>, column: &ColumnProfile, scale: &GuessedScale) -> bool {
    let numbers: Vec<f64> =
        column.values.keys().filter_map(|value| read_figure(value)).map(|figure| figure.value).collect();
    let on = || numbers.iter().copied().filter(|n| (scale.low..=scale.high).contains(n));
    let lowest = on().fold(f64::INFINITY, f64::min);
    let highest = on().fold(f64::NEG_INFINITY, f64::max);
    let different = on().count();
    let ends = (scale.low, scale.high);
    let few = context.profile.rows < FEW;
    if few {
        return different > 0;
    }
    let whole_five = ends == (1.0, 5.0) && highest == 5.0 && different >= 3;
    let zero_five = ends == (0.0, 5.0) && highest == 5.0 && different >= 5;
    let wide = scale.high >= 7.0
        && highest == scale.high
        && lowest <= 2.0
        && different as f64 >= 0.6 * (scale.high - scale.low);
    let balanced = scale.low < 0.0 && different >= 3;
    // Beside columns that are marked as rated, an unmarked one must look so by itself.
    let signs = context.headers.iter().any(HeaderText::is_rated);
    let spread = different >= 3 || highest == scale.high;
    let sibling = !signs && lowest >= 1.0 && spread && has_rated_sibling(context, column, ends);
    whole_five || zero_five || wide || balanced || sibling
}

/// True if another column, itself distributed like ratings, is on the same scale.
fn has_rated_sibling(context: &Context<'_>, column: &ColumnProfile, ends: (f64, f64)) -> bool {
    let (low, high) = ends;
    let sibling = |(place, other): (usize, &ColumnProfile)| {
        let Some(header) = context.headers.get(place) else { return false };
        let figures: Vec<f64> =
            other.values.keys().filter_map(|value| read_figure(value)).map(|figure| figure.value).collect();
        let within = figures.iter().all(|n| (low..=high).contains(n)) && figures.contains(&high);
        other.name != column.name
            && !other.many
            && other.numbers > 0
            && within
            && !header.is_counted()
            && !header.is_coded()
    };
    context.profile.columns.iter().enumerate().any(sibling)
}

/// Builds the column of answers on a scale, with the questions about it.
fn answer_column(column: &ColumnProfile, scale: &GuessedScale, header: &HeaderText) -> ProposedColumn {
    let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::SmallNumbers);
    (found.rule.low, found.rule.high, found.rule.missing) = (scale.low, scale.high, scale.missing.clone());
    found.source = scale.source;
    set_direction(&mut found, header);
    let may_turn = scale.high > 5.0 && scale.source == ScaleSource::Answers;
    let turn = if may_turn { column.run.find_scale_change() } else { None };
    let eleven = scale.low == 0.0 && scale.high == 10.0;
    found.doubts.extend(scale.past.map(OpenQuestion::Past));
    found.doubts.extend(turn.map(OpenQuestion::Turn));
    found.doubts.extend(scale.zero_unclear.then_some(OpenQuestion::Zero));
    found.doubts.extend(scale.other.map(|(low, high)| OpenQuestion::Ends(low as i16, high as i16)));
    found.doubts.extend(scale.declared.map(|(low, high)| OpenQuestion::Declared(low as i16, high as i16)));
    found.doubts.extend((scale.off > 0).then_some(OpenQuestion::OffScale(scale.off)));
    found.doubts.extend((eleven && scale.fractions > 0).then_some(OpenQuestion::Fractions(scale.fractions)));
    found
}

/// Sets the good end: from the header, from a rank or grade, or as a question for a person.
pub(super) fn set_direction(found: &mut ProposedColumn, header: &HeaderText) {
    found.rule.direction = Direction::HighIsGood;
    if let Some(direction) = header.direction {
        found.rule.direction = direction;
    } else if header.has_topic(Topic::Rank) {
        found.rule.direction = Direction::LowIsGood;
    } else if header.has_topic(Topic::Grade) || header.has_topic(Topic::Effort) {
        found.doubts.push(OpenQuestion::Direction(Direction::LowIsGood));
    }
}

/// True if a column holds a tick or nothing: one value or blank, or a battery of yes and no without a sign of
/// a rating.
fn is_tick(context: &Context<'_>, place: usize, column: &ColumnProfile) -> bool {
    let languages = context.profile.languages;
    let given = |column: &ColumnProfile| {
        column.values.keys().filter(|value| !is_no_answer_in(value, languages)).cloned().collect::<Vec<_>>()
    };
    let own = given(column);
    let ticked = |value: &String| {
        matches!(value.as_str(), "1" | "x" | "✓" | "✔" | "true" | "yes" | "ja" | "oui" | "si" | "是" | "1.0")
    };
    if !column.many && own.len() == 1 && own.iter().all(ticked) && column.blank > 0 {
        return true;
    }
    let members = context.batteries.members_of(place);
    let two = |place: &usize| {
        context.profile.columns.get(*place).is_some_and(|column| {
            !column.many
                && (read_two_values(&column.values, false, languages).is_some()
                    || given(column).iter().all(ticked))
        })
    };
    members.len() > 1 && !context.is_rated(place) && members.iter().all(two)
}

/// Builds the column as one of yes and no.
fn yes_no_column(
    context: &Context<'_>,
    place: usize,
    (column, joint): (&ColumnProfile, &BTreeMap<String, u64>),
    header: &HeaderText,
) -> Option<ProposedColumn> {
    let languages = context.profile.languages;
    let longer = header.scale.is_some_and(|scale| scale.high > 1.0);
    let rated = context.is_rated(place);
    if let Some(words) = read_two_values(&column.values, column.many, languages) {
        let figures = words.keys().all(|word| read_figure(word).is_some());
        let sibling = figures && read_two_values(joint, false, languages).is_none();
        if longer || sibling || (!rated && (figures || !is_asked(&column.name))) {
            let counted = ColumnReason::Unrated;
            return (figures && !longer && !sibling).then(|| {
                let mut found = ProposedColumn::new_ignored(&column.name, counted);
                (found.rule.low, found.rule.high, found.source) = (0.0, 1.0, ScaleSource::TwoValues);
                found
            });
        }
        let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::YesNo);
        found.rule.missing = missing_values(column, context);
        (found.rule.low, found.rule.high, found.source) = (0.0, 1.0, ScaleSource::TwoValues);
        found.rule.words = words.into_iter().filter(|(word, _)| read_figure(word).is_none()).collect();
        return Some(found);
    }
    let one_two = distinct_figures(&column.values) == [1.0, 2.0] && distinct_figures(joint) == [1.0, 2.0];
    let answers: u64 = column.numbers;
    if !one_two || longer || !rated || answers < ONE_TWO || column.texts > 0 {
        return None;
    }
    let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::YesNo);
    (found.rule.low, found.rule.high, found.source) = (0.0, 1.0, ScaleSource::TwoValues);
    found.rule.words = [("1".to_owned(), 1.0), ("2".to_owned(), 0.0)].into();
    found.doubts.push(OpenQuestion::OneTwo);
    Some(found)
}

/// True if a header is a question.
fn is_asked(name: &str) -> bool {
    let name = name.trim_end();
    name.ends_with(['?', '？', '؟']) || name.contains("是否") || name.ends_with(['吗', '嗎'])
}

fn distinct_figures(values: &BTreeMap<String, u64>) -> Vec<f64> {
    let mut figures: Vec<f64> =
        values.keys().filter_map(|value| read_figure(value)).map(|figure| figure.value).collect();
    figures.sort_by(f64::total_cmp);
    figures.dedup();
    figures
}

fn missing_values(column: &ColumnProfile, context: &Context<'_>) -> std::collections::BTreeSet<String> {
    column.values.keys().filter(|value| is_no_answer_in(value, context.profile.languages)).cloned().collect()
}

/// Builds the column as one of words on a known scale.
fn word_column(
    context: &Context<'_>,
    place: usize,
    column: &ColumnProfile,
    header: &HeaderText,
) -> Option<ProposedColumn> {
    let languages = context.profile.languages;
    let joint = context.batteries.joint_words(column, languages);
    let most = || if context.is_rated(place) { read_most_words(&column.values, languages) } else { None };
    let reading = read_words(&column.values, &joint, languages).or_else(most)?;
    let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::Words);
    found.source = ScaleSource::Words;
    found.rule.missing = missing_values(column, context);
    found.doubts.extend(reading.other.is_some().then_some(OpenQuestion::Middle));
    (found.rule.words, found.rule.low, found.rule.high) = (reading.words, 1.0, reading.high);
    // Words of answers tell which end is good, but a legend in the header may reverse them.
    found.rule.direction = header.direction.unwrap_or(Direction::HighIsGood);
    Some(found)
}

/// Builds the column as one of numbers with labels.
fn labelled_column(
    context: &Context<'_>,
    place: usize,
    column: &ColumnProfile,
    header: &HeaderText,
) -> Option<ProposedColumn> {
    let languages = context.profile.languages;
    let (plain, words) = read_labelled_values(&column.values, languages)?;
    let hint = ScaleHint { rated: true, ..scale_hint(context, place, header) };
    let scale = guess_scale(&plain, false, &hint)?;
    let mut found = answer_column(
        column,
        &GuessedScale {
            source: if scale.source == ScaleSource::Answers { ScaleSource::Cells } else { scale.source },
            ..scale
        },
        header,
    );
    found.rule.missing = missing_values(column, context);
    if let Some(direction) = label_direction(&words, (found.rule.low, found.rule.high), languages) {
        found.rule.direction = direction;
        found.doubts.retain(|doubt| !matches!(doubt, OpenQuestion::Direction(_)));
    }
    found.rule.words = words;
    Some(found)
}

/// Returns the good end according to the words of the lowest and highest labelled answer.
fn label_direction(
    words: &BTreeMap<String, f64>,
    (low, high): (f64, f64),
    languages: crate::survey::vocabulary::Languages,
) -> Option<Direction> {
    let middle = f64::midpoint(low, high);
    let good = |word: &str| crate::survey::header_text::polarity_of(word, languages);
    let votes = words
        .iter()
        .filter_map(|(word, number)| Some((*number, good(word)?)))
        .filter(|(number, _)| (number - middle).abs() > 0.4);
    let mut for_high = 0;
    let mut for_low = 0;
    for (number, good) in votes {
        if (number > middle) == good { for_high += 1 } else { for_low += 1 }
    }
    match (for_high, for_low) {
        (1.., 0) => Some(Direction::HighIsGood),
        (0, 1..) => Some(Direction::LowIsGood),
        _ => None,
    }
}

/// Builds the column as one of codes of answers, whose order a person must state.
fn code_column(context: &Context<'_>, column: &ColumnProfile, header: &HeaderText) -> Option<ProposedColumn> {
    let words = read_coded_values(&column.values, context.profile.languages)?;
    // Names of places and steps are coded too, and each of them is rare.
    let names = [Topic::Touchpoint, Topic::Trait].into_iter().any(|topic| header.is_name_of(topic));
    if names || header.is_coded() || context.profile.rows < OFTEN * words.len() as u64 {
        return None;
    }
    let mut found = ProposedColumn::new_ignored(&column.name, ColumnReason::Words);
    let high = words.values().copied().fold(0.0, f64::max);
    let low = words.values().copied().fold(1.0, f64::min);
    found.source = ScaleSource::Cells;
    found.rule.missing = missing_values(column, context);
    (found.rule.words, found.rule.low, found.rule.high) =
        (words, low.min(1.0), if high <= 5.0 { 5.0 } else { high });
    found.doubts.push(OpenQuestion::Codes);
    Some(found)
}
