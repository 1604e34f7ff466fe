//! Words for two values of a field that differ in the text too: the usual words if they suffice, else with as
//! much more detail as needed.

use super::labels::{QUOTED, join_list, number_words, value_words};
use crate::i18n::{Lang, Msg, Worded, kind_and_name, shorten_text, title_of};
use crate::id::Id;
use crate::model::Project;
use crate::model::field::FieldWords;
use crate::model::recipe::ColumnRule;
use crate::model::value::FieldValue;
use std::collections::{BTreeMap, BTreeSet};

/// Characters quoted before the position where two long texts begin to differ.
const BEFORE: usize = 40;
/// The most decimals used to make two numbers read differently.
const DECIMALS: usize = 17;

/// The words for the field that two values belong to, with the versions they are from.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    /// The project in which each value's ids are looked up.
    pub(super) projects: [&'a Project; 2],
    /// The words for the field.
    pub(super) words: FieldWords,
    /// The language of the words.
    pub(super) lang: Lang,
}

impl Pair<'_> {
    /// Returns both values in words. Different values never get the same words.
    pub(super) fn describe_values(self, values: [&FieldValue; 2]) -> [String; 2] {
        let usual = [0, 1].map(|side| self.describe_value(side, values[side]));
        if usual[0] != usual[1] || values[0] == values[1] {
            return usual;
        }
        let closer = self.describe_closely(values);
        if closer[0] != closer[1] {
            return closer;
        }
        let [one, other] = usual;
        [one, Msg::AnotherOne.text_with(self.lang, &[("value", &other)])]
    }

    fn describe_value(self, side: usize, value: &FieldValue) -> String {
        value_words(self.projects[side], self.words, value, self.lang)
    }

    fn describe_closely(self, values: [&FieldValue; 2]) -> [String; 2] {
        match values {
            [FieldValue::Number(one), FieldValue::Number(other)] => self.describe_numbers([*one, *other]),
            [FieldValue::Text(one), FieldValue::Text(other)] => quote_texts([one, other]),
            [FieldValue::Id(one), FieldValue::Id(other)] => self.describe_references([*one, *other]),
            [FieldValue::List(one), FieldValue::List(other)]
                if matches!(one.first(), Some(FieldValue::List(_))) =>
            {
                self.describe_rules(one, other)
            }
            [FieldValue::List(one), FieldValue::List(other)] => {
                [self.describe_list(0, one, other), self.describe_list(1, other, one)]
            }
            [FieldValue::Set(one), FieldValue::Set(other)] => {
                [self.describe_set(0, one, other), self.describe_set(1, other, one)]
            }
            [FieldValue::Map(one), FieldValue::Map(other)] => {
                [self.describe_map(0, one, other), self.describe_map(1, other, one)]
            }
            _ => [0, 1].map(|side| self.describe_fully(side, values[side])),
        }
    }

    /// Returns the value in full, so that its words differ from those of any other value as far as possible.
    fn describe_fully(self, side: usize, value: &FieldValue) -> String {
        match value {
            FieldValue::Text(text) => {
                let [_, shown] = quote_texts(["", text]);
                shown
            }
            FieldValue::Id(id) => format!("{} ({id})", self.describe_value(side, value)),
            _ => self.describe_value(side, value),
        }
    }

    /// Returns a number with as many decimals as it takes to differ.
    fn describe_numbers(self, numbers: [f64; 2]) -> [String; 2] {
        let with = |more| numbers.map(|number| number_words(self.words.unit, number, more, self.lang));
        let differing = (1..=DECIMALS).map(with).find(|words| words[0] != words[1]);
        differing.unwrap_or_else(|| numbers.map(|number| format!("{number:?}").replace('-', "−")))
    }

    /// Returns two references by kind, or by id if the kinds are the same.
    fn describe_references(self, ids: [Id; 2]) -> [String; 2] {
        let named = [0, 1].map(|side| kind_and_name(self.projects[side], ids[side], self.lang));
        if named[0] != named[1] {
            return named;
        }
        [0, 1].map(|side| format!("{} ({})", title_of(self.projects[side], ids[side], self.lang), ids[side]))
    }

    /// Returns the words of the first rule that differs, and of the first part of it that does.
    fn describe_rules(self, one: &[FieldValue], other: &[FieldValue]) -> [String; 2] {
        let differing = one.iter().zip(other).find(|(one, other)| one != other);
        let Some((FieldValue::List(one), FieldValue::List(other))) = differing else {
            return Default::default();
        };
        let mut parts = ColumnRule::PARTS.iter().zip(one.iter().zip(other)).enumerate();
        let Some((place, (words, (from, to)))) = parts.find(|(_, (_, (from, to)))| from != to) else {
            return Default::default();
        };
        let part = Self { words: *words, ..self };
        let words = part.describe_values([from, to]);
        // The first part is the column itself.
        if place == 0 {
            return words;
        }
        let column = one.first().map(|column| part.describe_value(0, column)).unwrap_or_default();
        let label = part.words.label.display_name().text(self.lang);
        let says = |value: String| {
            Msg::RuleSays.text_with(self.lang, &[("column", &column), ("field", &label), ("value", &value)])
        };
        words.map(says)
    }

    /// Returns the list of one side in words, each entry distinguishable from the one at the same position on
    /// the other side.
    fn describe_list(self, side: usize, own: &[FieldValue], its: &[FieldValue]) -> String {
        let each =
            own.iter().enumerate().map(|(place, entry)| self.describe_entry(side, entry, its.get(place)));
        join_list(each, self.lang)
    }

    /// Returns the set of one side in words; entries that only this side has are distinguishable from those
    /// that only the other has.
    fn describe_set(self, side: usize, own: &BTreeSet<FieldValue>, its: &BTreeSet<FieldValue>) -> String {
        let (own, its): (BTreeSet<_>, BTreeSet<_>) = (own.iter().collect(), its.iter().collect());
        join_list(
            own.iter().map(|entry| self.describe_entry(side, entry, find_counterpart(entry, &own, &its))),
            self.lang,
        )
    }

    /// The same for the map of one side.
    fn describe_map(
        self,
        side: usize,
        own: &BTreeMap<FieldValue, FieldValue>,
        its: &BTreeMap<FieldValue, FieldValue>,
    ) -> String {
        let (keys, others): (BTreeSet<_>, BTreeSet<_>) = (own.keys().collect(), its.keys().collect());
        let entry = |(key, value): (&FieldValue, &FieldValue)| {
            let told = its.get(key).map_or_else(
                || self.describe_value(side, value),
                |other| self.describe_entry(side, value, Some(other)),
            );
            format!("{} {told}", self.describe_entry(side, key, find_counterpart(key, &keys, &others)))
        };
        join_list(own.iter().map(entry), self.lang)
    }

    /// Returns an entry of one side in words that differ from those of its counterpart.
    fn describe_entry(self, side: usize, entry: &FieldValue, other: Option<&FieldValue>) -> String {
        let Some(other) = other else { return self.describe_fully(side, entry) };
        let [one, two] = self.describe_values(if side == 0 { [entry, other] } else { [other, entry] });
        if side == 0 { one } else { two }
    }
}

/// Returns the counterpart that an entry must read differently from: itself if both sides have it, else the
/// entry at the same position among those that only the other side has.
fn find_counterpart<'v>(
    entry: &'v FieldValue,
    own: &BTreeSet<&'v FieldValue>,
    its: &BTreeSet<&'v FieldValue>,
) -> Option<&'v FieldValue> {
    if its.contains(entry) {
        return Some(entry);
    }
    let place = own.difference(its).position(|other| *other == entry)?;
    its.difference(own).nth(place).copied()
}

/// Quotes two texts from the position where they begin to differ.
fn quote_texts(texts: [&str; 2]) -> [String; 2] {
    let lines = texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines = if lines[0] == lines[1] { mark_blanks(texts) } else { lines };
    let common = lines[0].chars().zip(lines[1].chars()).take_while(|(one, other)| one == other).count();
    let from = if common < QUOTED - BEFORE { 0 } else { common - BEFORE };
    lines.map(|line| {
        let rest: String = line.chars().skip(from).collect();
        let cut = if from > 0 { "…" } else { "" };
        format!("“{cut}{}”", shorten_text(&rest, QUOTED))
    })
}

/// Quotes two texts that have the same words, each on one line, with symbols for the blanks and line breaks
/// in which they differ.
fn mark_blanks(texts: [&str; 2]) -> [String; 2] {
    let [one, other] = texts.map(split_words);
    let mut lines = [String::new(), String::new()];
    for ((blank, word), (another, _)) in one.into_iter().zip(other) {
        let signs = if blank == another {
            [if blank.is_empty() { "" } else { " " }; 2].map(str::to_owned)
        } else {
            [blank, another].map(|blank| blank.chars().map(blank_symbol).collect())
        };
        for (line, signs) in lines.iter_mut().zip(signs) {
            line.push_str(&signs);
            line.push_str(word);
        }
    }
    lines
}

/// Splits a text into words, each with the blanks before it; the last one is empty.
fn split_words(text: &str) -> Vec<(&str, &str)> {
    let mut rest = text;
    let cut = |word: &str| {
        let start = rest.trim_start();
        let blank = &rest[..rest.len() - start.len()];
        let (word, behind) = start.split_at(word.len());
        rest = behind;
        (blank, word)
    };
    text.split_whitespace().chain([""]).map(cut).collect()
}

/// Returns a visible symbol for a blank.
fn blank_symbol(blank: char) -> String {
    match blank {
        '\n' => "¶".to_owned(),
        ' ' => "·".to_owned(),
        other => other.escape_default().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{IdSource, Kind};
    use crate::model::{Cell, Field, Flow, Recipe, Record, Touchpoint};
    use crate::store::load::load_project;
    use proptest::prelude::*;
    use std::sync::Arc;

    /// Returns a project that uses every feature of the file format.
    fn everything() -> Project {
        load_project(include_bytes!("../../../../../tests/data/v1/everything.ron")).expect("it opens").project
    }

    fn words(
        project: &Project,
        field: impl Into<Field>,
        values: [&FieldValue; 2],
        lang: Lang,
    ) -> [String; 2] {
        Pair { projects: [project; 2], words: field.into().words, lang }.describe_values(values)
    }

    fn text(text: &str) -> FieldValue {
        FieldValue::Text(text.to_owned())
    }

    /// Texts and numbers that are easily mistaken for each other.
    fn alike() -> Vec<FieldValue> {
        let long = "all the same ".repeat(30);
        let texts = [
            "", " ", "  ", "\n", "a b", "a  b", "a\nb", "a\r\nb", "a\tb", "a\u{a0}b", "a b ", " a b", "None",
        ];
        let longs =
            ["", ".", "x", "y", "\nx", "and much more", "and much less, which no list can show at all"];
        let numbers =
            [0.0, -0.0, 0.33, 0.334, 0.3341, 1.0, 2.0, 3.0, 4.0, 12.34, 12.341, 999.9996, 1000.0, 1000.0001];
        let far = [0.1, 0.1_f64.next_up(), 1e-300, 1.1e-300, 1e300, 1.1e300, 9_007_199_254_740_992.0];
        let texts =
            texts.iter().map(|t| text(t)).chain(longs.iter().map(|end| text(&format!("{long}{end}"))));
        texts.chain(numbers.into_iter().chain(far).map(FieldValue::Number)).collect()
    }

    /// Collects the leaf values of a nested value.
    fn atoms(value: FieldValue, found: &mut BTreeSet<FieldValue>) {
        match value {
            FieldValue::List(list) => list.into_iter().for_each(|value| atoms(value, found)),
            FieldValue::Set(set) => set.into_iter().for_each(|value| atoms(value, found)),
            FieldValue::Map(map) => map.into_iter().for_each(|(key, value)| {
                atoms(key, found);
                atoms(value, found);
            }),
            atom => drop(found.insert(atom)),
        }
    }

    /// Collects the leaf values of all records of a project, and ids that the project does not hold.
    fn all_atoms(project: &Project) -> BTreeSet<FieldValue> {
        let mut found =
            BTreeSet::from([FieldValue::Nothing, FieldValue::Flag(true), FieldValue::Flag(false)]);
        for record in project.records() {
            found.insert(FieldValue::Id(record.id()));
            record.fields().iter().filter_map(|field| record.get(field)).for_each(|v| atoms(v, &mut found));
        }
        let kinds = Kind::ALL.iter().flat_map(|kind| [*kind; 2]);
        let source = &mut IdSource::from_seed(1);
        found.extend(kinds.map(|kind| FieldValue::Id(Id::new(kind, source))));
        found
    }

    /// Makes a collection.
    type NameMaker<'a> = &'a dyn Fn(&[&FieldValue]) -> FieldValue;

    /// Returns valid values of a field, as the record stores them.
    fn values(record: &Record, field: Field, atoms: &BTreeSet<FieldValue>) -> Vec<FieldValue> {
        let fits = |value: FieldValue| record.with_field(field, &value)?.get(field);
        let free = fits(text("no choice of any list")).is_some();
        let own = atoms.iter().filter(|atom| !free || !matches!(atom, FieldValue::Text(_))).cloned();
        let parts: Vec<FieldValue> = own.chain(alike()).collect();
        let mut found: BTreeSet<FieldValue> = parts.iter().cloned().filter_map(fits).collect();
        let set = |parts: &[&FieldValue]| FieldValue::Set(parts.iter().map(|part| (*part).clone()).collect());
        let list =
            |parts: &[&FieldValue]| FieldValue::List(parts.iter().map(|part| (*part).clone()).collect());
        let map = |parts: &[&FieldValue]| {
            let entry = |(place, part): (usize, &&FieldValue)| {
                ((*part).clone(), FieldValue::Number(1.0 + place as f64 / 1e4))
            };
            FieldValue::Map(parts.iter().enumerate().map(entry).collect())
        };
        let makers: [NameMaker<'_>; 3] = [&set, &list, &map];
        for make in makers {
            let single: Vec<&FieldValue> =
                parts.iter().filter(|part| fits(make(&[part])).is_some()).take(12).collect();
            let pairs = single.iter().flat_map(|one| single.iter().map(|other| make(&[one, other])));
            let all = pairs.chain(single.iter().map(|one| make(&[one]))).chain([make(&[])]);
            found.extend(all.filter_map(fits));
        }
        found.extend(made(record, field, &parts).into_iter().filter_map(fits));
        found.into_iter().collect()
    }

    /// Returns rules, counts and pictures that differ from those of a record in a single part.
    fn made(record: &Record, field: Field, parts: &[FieldValue]) -> Vec<FieldValue> {
        match record.get(field) {
            Some(FieldValue::List(rules)) if field == Recipe::COLUMNS => {
                let Some(FieldValue::List(first)) = rules.first() else { return Vec::new() };
                let sets = parts.iter().map(|part| FieldValue::Set([part.clone()].into()));
                let maps = parts
                    .iter()
                    .map(|part| FieldValue::Map([(part.clone(), FieldValue::Number(2.0))].into()));
                let parts: Vec<FieldValue> = parts.iter().cloned().chain(sets).chain(maps).collect();
                let other = |place: usize| {
                    let rules = &rules;
                    parts.iter().map(move |part| {
                        let mut rules = rules.clone();
                        let mut first = first.clone();
                        first[place] = part.clone();
                        rules[0] = FieldValue::List(first);
                        FieldValue::List(rules)
                    })
                };
                let mut all = Vec::new();
                for place in 0..first.len() {
                    let fitting: Vec<FieldValue> = other(place)
                        .filter(|rules| record.with_field(field, rules).is_some())
                        .take(30)
                        .collect();
                    assert!(
                        fitting.len() > 1,
                        "{}",
                        ColumnRule::PARTS[place].label.display_name().text(Lang::En)
                    );
                    all.extend(fitting);
                }
                all
            }
            Some(FieldValue::Counts(counts)) => {
                let mut other = crate::model::counts::Counts::clone(&counts);
                other.histograms.values_mut().for_each(|histogram| histogram.missing += 1);
                vec![FieldValue::Counts(Arc::new(other))]
            }
            Some(FieldValue::Bytes(bytes)) => {
                vec![FieldValue::Bytes(bytes.iter().rev().copied().collect())]
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn different_values_of_any_field_get_different_words() {
        let project = everything();
        let atoms = all_atoms(&project);
        let mut kinds = BTreeSet::new();
        for record in project.records().filter(|record| record.id().kind() != Kind::Project) {
            let kind = record.id().kind();
            if !kinds.insert(kind) {
                continue;
            }
            for field in record.fields() {
                let values = values(&record, *field, &atoms);
                assert!(values.len() > 1, "{kind:?} {field}");
                for lang in Lang::ALL {
                    for (place, one) in values.iter().enumerate() {
                        for other in &values[..place] {
                            let [from, to] = words(&project, field, [one, other], lang);
                            assert_ne!(from, to, "{kind:?} {field}: {one:?} {other:?}");
                            let another = Msg::AnotherOne.text_with(lang, &[("value", &from)]);
                            let opaque = matches!(one, FieldValue::Counts(_) | FieldValue::Bytes(_));
                            assert!(to != another || opaque, "{kind:?} {field}: {one:?} {other:?}");
                        }
                    }
                }
            }
        }
        assert_eq!(kinds.len() + 1, Kind::ALL.len());
    }

    #[test]
    fn as_much_is_shown_as_tells_two_values_apart() {
        let project = everything();
        let told = |field: Field, one: &FieldValue, other: &FieldValue| {
            words(&project, field, [one, other], Lang::En)
        };
        let texts = |one: &str, other: &str| told(Touchpoint::DESCRIPTION.field(), &text(one), &text(other));
        assert_eq!(texts("one\ntwo", "one\nthree"), ["“one two”", "“one three”"]);
        assert_eq!(texts("a b\nc", "a b c "), ["“a b¶c”", "“a b·c·”"]);
        assert_eq!(texts("", " "), ["“”", "“·”"]);
        let long = "word ".repeat(100);
        let [one, other] = texts(&format!("{long}here {long}"), &format!("{long}there {long}"));
        assert!(
            one.starts_with("“…word word") && one.contains(" here word") && one.ends_with("word…”"),
            "{one}"
        );
        assert!(other.contains(" there word") && other.chars().count() <= one.chars().count(), "{other}");
        let share =
            |one, other| told(Flow::SHARE.field(), &FieldValue::Number(one), &FieldValue::Number(other));
        assert_eq!(share(0.334, 0.33), ["33.4\u{202f}%", "33.0\u{202f}%"]);
        assert_eq!(share(0.5, 0.33), ["50\u{202f}%", "33\u{202f}%"]);
        let recipe = project.recipes().values().next().expect("a recipe");
        let mut changed = recipe.columns.clone();
        let columns = crate::model::value::Atom::to_value(&recipe.columns);
        changed[2].low = 0.0;
        let changed = crate::model::value::Atom::to_value(&changed);
        let expected = ["“touchpoint column”: Lowest answer 1", "“touchpoint column”: Lowest answer 0"];
        assert_eq!(told(Recipe::COLUMNS.field(), &columns, &changed), expected);
        let ids: Vec<FieldValue> = project.channels().keys().map(|id| FieldValue::Id((*id).into())).collect();
        let lists = |ids: &[&FieldValue]| FieldValue::List(ids.iter().map(|id| (*id).clone()).collect());
        let unnamed = FieldValue::Id(Id::new(Kind::Channel, &mut IdSource::from_seed(2)));
        let [one, other] =
            told(Touchpoint::CHANNELS.field(), &lists(&[&ids[0], &ids[1]]), &lists(&[&ids[0], &unnamed]));
        assert_eq!(one, "Counter, Untitled (h-000000000002)");
        assert!(other.starts_with("Counter, Untitled (h-") && other != one, "{other}");
    }

    proptest! {
        #[test]
        fn texts_that_differ_in_one_place_get_different_short_words(
            before in "[ab \\n]{0,400}", one in "\\PC{0,2}|[ \\n\\t]{1,3}", other in "\\PC{0,2}|[ \\n\\t]{1,3}", after in "[ab \\n]{0,300}",
        ) {
            prop_assume!(one != other);
            let both = [one, other].map(|middle| text(&format!("{before}{middle}{after}")));
            prop_assume!(both[0] != both[1]);
            let project = Project::new_empty(&mut IdSource::from_seed(1));
            let told = words(&project, Cell::TEXT, [&both[0], &both[1]], Lang::En);
            prop_assert_ne!(&told[0], &told[1]);
            prop_assert!(told.iter().all(|words| words.chars().count() <= QUOTED + 3), "{:?}", told);
        }

        #[test]
        fn numbers_get_different_words_however_near(number in -1e9..1e9_f64, steps in 1_u32..60) {
            let other = f64::from_bits(number.to_bits() ^ (1 << (steps - 1)));
            prop_assume!(other.is_finite());
            let project = Project::new_empty(&mut IdSource::from_seed(1));
            let fields = [Flow::SHARE.field(), Touchpoint::FEELINGS.field(), Flow::WAIT.field(), Flow::VOLUME.field()];
            for field in fields {
                let [one, two] = [number, other].map(FieldValue::Number);
                let told = words(&project, field, [&one, &two], Lang::En);
                prop_assert_ne!(&told[0], &told[1], "{} {}", field, number);
            }
        }
    }
}
