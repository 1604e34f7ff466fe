//! Matches columns of answers to elements by name.

use super::{ProposedColumn, role_of, title_of_element};
use crate::id::Id;
use crate::model::recipe::ColumnRole;
use crate::model::{Journey, sort_records};
use crate::survey::names::{ALIKE, ComparableName, SAME, Weights};
use crate::survey::personal::split_joined_words;
use crate::survey::propose::ColumnReason;
use crate::survey::vocabulary::{Languages, Topic, compare_key, find_phrases};
use std::collections::BTreeSet;

/// Assigns elements to columns of answers by name, the most similar pairs first and each element once.
pub(super) fn match_names(columns: &mut [ProposedColumn], journey: &Journey, languages: Languages) {
    let touchpoints =
        sort_records(journey.touchpoints().values()).into_iter().map(|t| (Id::from(t.id), &t.title));
    let stages = journey.stages_in_order().into_iter().map(|s| (Id::from(s.id), &s.title));
    let mut free: Vec<(Id, ComparableName)> =
        touchpoints.chain(stages).map(|(id, title)| (id, ComparableName::new(title))).collect();
    let taken: BTreeSet<Id> = columns.iter().filter_map(|column| column.target).collect();
    free.retain(|(id, _)| !taken.contains(id));
    let open = |column: &ProposedColumn| column.reason.may_match();
    let names: Vec<(usize, ComparableName)> = columns
        .iter()
        .enumerate()
        .filter(|(_, column)| open(column))
        .map(|(place, column)| (place, ComparableName::new(column.question_name())))
        .collect();
    let weights =
        Weights::from_names(names.iter().map(|(_, name)| name).chain(free.iter().map(|(_, name)| name)));
    for (place, target, likeness) in best_pairs(&names, &free, &weights) {
        let Some(column) = columns.get_mut(place) else { continue };
        column.reason = if likeness >= SAME { ColumnReason::Name } else { ColumnReason::Similar };
        column.sure = likeness >= SAME;
        column.rule.role = role_of(target);
        column.rule.target = title_of_element(journey, target);
        column.target = Some(target);
    }
    for column in columns.iter_mut().filter(|column| open(column)) {
        if column.reason.is_open() && speaks_of_all(column.question_name(), languages) {
            column.reason = ColumnReason::Outcome;
            column.rule.role = ColumnRole::Journey;
            column.rule.target.clone_from(&journey.info().title);
            column.target = Some(journey.info().id.into());
        }
    }
}

/// Pairs similar names, the most similar first, each side once. Returns the pairs with their similarity.
pub(super) fn best_pairs<T: Copy + Ord>(
    names: &[(usize, ComparableName)],
    targets: &[(T, ComparableName)],
    weights: &Weights,
) -> Vec<(usize, T, f64)> {
    let mut pairs: Vec<(f64, usize, T)> = Vec::new();
    for (place, name) in names {
        let alike = targets.iter().map(|(id, target)| (weights.name_similarity(name, target), *place, *id));
        pairs.extend(alike.filter(|(likeness, ..)| *likeness >= ALIKE));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut places = BTreeSet::new();
    let mut ids = BTreeSet::new();
    let mut best = Vec::new();
    for (likeness, place, id) in pairs {
        if !places.contains(&place) && !ids.contains(&id) {
            places.insert(place);
            ids.insert(id);
            best.push((place, id, likeness));
        }
    }
    best
}

/// True if a name is about the whole experience: it mentions recommending, or nothing specific.
fn speaks_of_all(name: &str, languages: Languages) -> bool {
    let key = compare_key(&split_joined_words(name));
    let phrases = find_phrases(&key, languages);
    if phrases.iter().any(|phrase| phrase.topic == Topic::Recommend) {
        return true;
    }
    let said = ComparableName::new(&split_joined_words(name));
    let overall = |word: &String| {
        find_phrases(&compare_key(word), languages).iter().any(|phrase| phrase.topic == Topic::Overall)
    };
    let all =
        phrases.iter().filter(|phrase| phrase.topic == Topic::Overall).map(|phrase| phrase.length).max();
    said.unique_words().iter().all(overall) || all.is_some_and(|length| length == key.chars().count())
}
