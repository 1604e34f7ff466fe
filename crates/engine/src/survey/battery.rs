//! Batteries: columns of one survey question, which share a scale and are judged together.

use super::figure::read_figure;
use super::profile::{ColumnProfile, Profile};
use super::scale::is_no_answer_in;
use super::vocabulary::{Languages, ScaleKind, compare_key, word_scales};
use std::collections::BTreeMap;

/// The fewest letters of a stem in words: shorter ones are no question.
const STEM: usize = 4;
/// The number of leading words that the names of a battery share.
const BEGINNING: usize = 4;
/// Columns with at least this many answers show their scale by themselves.
const FEW: u64 = 30;
/// Share of a column's words that a scale must contain for the column to be of its kind.
const OF_KIND: f64 = 0.6;

/// The batteries of a table. Yields for a column the joint answers of its battery.
#[derive(Debug, Default)]
pub(super) struct Batteries {
    /// For each column, the index of its battery by name, if any.
    by_stem: Vec<Option<usize>>,
    /// For each battery by name, its columns.
    members: Vec<Vec<usize>>,
    /// For each kind of word scale, the joint answers of all its columns.
    by_kind: Vec<(ScaleKind, BTreeMap<String, u64>)>,
}

impl Batteries {
    /// Finds the batteries of a table.
    pub(super) fn find_batteries(profile: &Profile) -> Self {
        let mut members: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, column) in profile.columns.iter().enumerate() {
            if let Some(stem) = stem_of(column) {
                members.entry(stem).or_default().push(place);
            }
        }
        add_by_first_words(profile, &mut members);
        let mut found = Self { by_stem: vec![None; profile.columns.len()], ..Self::default() };
        for places in members.into_values().filter(|places| places.len() > 1) {
            let number = found.members.len();
            for place in &places {
                found.by_stem[*place] = Some(number);
            }
            found.members.push(places);
        }
        for column in &profile.columns {
            let Some(kind) = kind_of(column, profile.languages) else { continue };
            let place = found.by_kind.iter().position(|(own, _)| *own == kind).unwrap_or_else(|| {
                found.by_kind.push((kind, BTreeMap::new()));
                found.by_kind.len() - 1
            });
            add_values(&mut found.by_kind[place].1, column);
        }
        found
    }

    /// Returns the columns of a column's battery by name, itself included; empty if it has none.
    pub(super) fn members_of(&self, place: usize) -> &[usize] {
        let number = self.by_stem.get(place).copied().flatten();
        number.and_then(|number| self.members.get(number)).map_or(&[], Vec::as_slice)
    }

    /// Returns the joint answers of all numeric columns of a column's battery, its own included.
    pub(super) fn joint_numbers(&self, place: usize, profile: &Profile) -> BTreeMap<String, u64> {
        let mut joint = BTreeMap::new();
        let alone = [place];
        let members = self.members_of(place);
        for member in if members.is_empty() { &alone } else { members } {
            let Some(column) = profile.columns.get(*member) else { continue };
            if *member == place || (!column.many && column.numbers > 4 * column.texts) {
                add_values(&mut joint, column);
            }
        }
        joint
    }

    /// Returns the joint answers of all columns of the same kind of word scale, the column's own included.
    pub(super) fn joint_words(&self, column: &ColumnProfile, languages: Languages) -> BTreeMap<String, u64> {
        let kind = kind_of(column, languages);
        let joint = kind.and_then(|kind| self.by_kind.iter().find(|(own, _)| *own == kind));
        joint.map_or_else(|| column.values.clone(), |(_, values)| values.clone())
    }
}

fn add_values(joint: &mut BTreeMap<String, u64>, column: &ColumnProfile) {
    for (value, count) in &column.values {
        *joint.entry(value.clone()).or_default() += count;
    }
}

/// Returns the common part of the names of a battery: `How was it? - Staff`, `How was it? [Staff]`, `Q5_2`.
fn stem_of(column: &ColumnProfile) -> Option<String> {
    let of_words = |name: &str| {
        let name = name.trim();
        let bracketed = name.strip_suffix([']', '】']).and_then(|name| name.rfind(['[', '【']));
        let cut = bracketed
            .or_else(|| name.rfind(" - "))
            .or_else(|| name.rfind(" – "))
            .or_else(|| name.rfind(['：', ':']))
            .or_else(|| name.rfind('—'));
        cut.map(|at| compare_key(&name[..at])).filter(|stem| stem.chars().count() >= STEM)
    };
    let of_id = |name: &str| {
        let bracketed = name.strip_suffix(']').and_then(|name| name.split_once('['));
        if let Some((stem, _)) = bracketed {
            return Some(compare_key(stem));
        }
        let digits = name.bytes().rev().take_while(u8::is_ascii_digit).count();
        let stem = name.get(..name.len() - digits)?;
        let stem = stem.strip_suffix(['_', '.', 'r'])?;
        let numbered = stem.bytes().last().is_some_and(|byte| byte.is_ascii_digit()) && stem.len() <= 8;
        (digits > 0 && numbered && name.is_ascii()).then(|| stem.to_lowercase())
    };
    of_words(&column.name).or_else(|| of_id(&column.id)).or_else(|| of_id(&column.name))
}

/// Adds batteries of ungrouped columns whose names begin with the same words: "How would you rate the
/// staff?", "How would you rate the room?". Only columns with few answers, which show too little of their
/// scale by themselves.
fn add_by_first_words(profile: &Profile, members: &mut BTreeMap<String, Vec<usize>>) {
    let mut beginnings: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, column) in profile.columns.iter().enumerate() {
        let key = compare_key(&column.name);
        let first: Vec<&str> = key.split(' ').take(BEGINNING).collect();
        let few = column.numbers < FEW && column.numbers > 4 * column.texts;
        if few && first.len() == BEGINNING && stem_of(column).is_none() {
            beginnings.entry(format!("{} …", first.join(" "))).or_default().push(place);
        }
    }
    members.extend(beginnings.into_iter().filter(|(_, places)| places.len() > 2));
}

/// Returns the kind of scale that most words of a column belong to.
fn kind_of(column: &ColumnProfile, languages: Languages) -> Option<ScaleKind> {
    if column.many || column.texts <= column.numbers {
        return None;
    }
    let words = column
        .values
        .keys()
        .filter(|value| !is_no_answer_in(value, languages) && read_figure(value).is_none());
    let keys: Vec<String> = words.map(|value| compare_key(value)).collect();
    let held = |scale: &&super::vocabulary::WordScale| {
        keys.iter().filter(|key| scale.step_of(key).is_some()).count()
    };
    // Among equals the first scale wins; `max_by_key` would return the last.
    let scales: Vec<_> = word_scales(languages).collect();
    let best = scales.into_iter().rev().max_by_key(held)?;
    (keys.len() > 1 && held(&best) as f64 >= OF_KIND * keys.len() as f64).then_some(best.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named_column(name: &str, id: &str) -> ColumnProfile {
        ColumnProfile { name: name.to_owned(), id: id.to_owned(), ..ColumnProfile::default() }
    }

    #[test]
    fn columns_of_one_question_share_a_stem() {
        for (name, id, stem) in [
            ("How was it? - Staff", "", Some("how was it")),
            ("Wie war es? [Personal]", "", Some("wie war es")),
            ("Q1[SQ002]", "", Some("q1")),
            ("Staff", "Q5_2", Some("q5")),
            ("Q7r3", "", Some("q7")),
            ("服务满意度：环境", "", Some("服务满意度")),
            ("Check-in", "", None),
            ("Q4", "", None),
            ("2024", "", None),
        ] {
            if stem.is_some() {
                assert_eq!(stem_of(&named_column(name, id)).as_deref(), stem, "{name}");
            }
        }
        assert_eq!(stem_of(&named_column("Check-in", "")), None);
        assert_eq!(stem_of(&named_column("Q4", "")), None);
    }
}
