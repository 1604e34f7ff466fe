//! What a reader of a copy can compute by adding and subtracting, knowing who lies where.

use super::LEAST;
use crate::id::{QuestionId, WaveId};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Segment, Weight};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

/// What one respondent says: the group in each column (none where it is blank), what was chosen of several, and each
/// answer (none where missing).
#[derive(Clone)]
pub(super) struct Row {
    pub(super) groups: Vec<Option<u64>>,
    pub(super) choices: BTreeSet<u64>,
    pub(super) answers: Vec<Option<u64>>,
}

impl Row {
    pub(super) fn new(groups: Vec<Option<u64>>, answers: Vec<Option<u64>>) -> Self {
        Self { groups, choices: BTreeSet::new(), answers }
    }
}

/// Respondents by their places.
type People = BTreeSet<usize>;
/// Groups that exclude each other and make everyone.
type Parts = Vec<(Segment, People)>;

/// How many questions invented people are asked.
pub(super) const QUESTIONS: usize = 3;

pub(super) fn question(place: usize) -> QuestionId {
    format!("q-00000000000{place}").parse().unwrap()
}

pub(super) fn wave() -> WaveId {
    "w-000000000001".parse().unwrap()
}

pub(super) fn segment(column: &str, value: impl Display + Copy) -> Segment {
    Segment { column: column.to_owned(), value: format!("{value}") }
}

pub(super) fn key(place: usize, segment: Segment) -> CountKey {
    CountKey { question: question(place), wave: wave(), segment }
}

/// The groups that rows are counted in.
fn groups(rows: &[Row]) -> BTreeMap<Segment, People> {
    let mut found: BTreeMap<Segment, People> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        let own = row.groups.iter().enumerate();
        let own: Vec<_> = own.filter_map(|(c, group)| Some(segment(&format!("c{c}"), (*group)?))).collect();
        let crossed = match row.groups[..] {
            [Some(one), Some(other), ..] => Some(segment("c0", one).crossed(&segment("c1", other))),
            _ => None,
        };
        let choices = row.choices.iter().map(|choice| segment("o", choice));
        for group in own.into_iter().chain(crossed).chain(choices).chain([Segment::everyone()]) {
            found.entry(group).or_default().insert(place);
        }
    }
    found
}

fn histogram(rows: &[Row], people: &People, place: usize) -> Histogram {
    let mut cell = Histogram::default();
    for answer in people.iter().map(|person| rows[*person].answers[place]) {
        match answer {
            Some(answer) => {
                let answer = Answer::new(answer as f64).unwrap();
                *cell.answers.entry(answer).or_default() += 1;
                cell.weights.entry(answer).or_default().add(Weight::of(1));
            }
            None => cell.missing += 1,
        }
    }
    cell
}

pub(super) fn count(rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    for (group, people) in groups(rows) {
        for place in 0..rows[0].answers.len() {
            counts.histograms.insert(key(place, group.clone()), histogram(rows, &people, place));
        }
    }
    counts
}

/// Rows of linear equations modulo a prime, reduced: what can be computed from what is known by adding and subtracting.
#[derive(Default)]
struct Known(BTreeMap<usize, BTreeMap<usize, u64>>);

const PRIME: u64 = 998_244_353;

impl Known {
    fn reduce(&self, mut row: BTreeMap<usize, u64>) -> BTreeMap<usize, u64> {
        let mut from = 0;
        while let Some((pivot, factor)) = row.range(from..).next().map(|(at, value)| (*at, *value)) {
            from = pivot + 1;
            if let Some(other) = self.0.get(&pivot) {
                for (at, value) in other {
                    let slot = row.entry(*at).or_default();
                    *slot = (*slot + PRIME - factor * value % PRIME) % PRIME;
                }
                row.retain(|_, value| *value != 0);
            }
        }
        row
    }

    fn learn(&mut self, row: BTreeMap<usize, u64>) {
        let mut row = self.reduce(row);
        if let Some((pivot, value)) = row.iter().next().map(|(at, value)| (*at, *value)) {
            let inverse = power(value, PRIME - 2);
            for value in row.values_mut() {
                *value = *value * inverse % PRIME;
            }
            self.0.insert(pivot, row);
        }
    }

    fn tells(&self, row: BTreeMap<usize, u64>) -> bool {
        self.reduce(row).is_empty()
    }
}

fn power(base: u64, exponent: u64) -> u64 {
    let mut result = 1;
    for bit in (0..32).rev() {
        result = result * result % PRIME;
        if exponent >> bit & 1 == 1 {
            result = result * base % PRIME;
        }
    }
    result
}

/// What is unknown of a group: how often each answer was given at each question, 0 for none, and its rows.
const UNKNOWN: usize = QUESTIONS * 4 + 1;

/// A group, a rest or a difference that was thought of, and the questions at which it can be read.
struct Set {
    name: Segment,
    people: People,
    read: Vec<bool>,
}

/// All that a reader of a copy can put into equations about what is not there: that a group has the same rows at all
/// questions; which groups make another, answer by answer.
pub(super) struct Attack<'a> {
    rows: &'a [Row],
    copy: &'a Counts,
    known: Known,
    sets: Vec<Set>,
}

impl<'a> Attack<'a> {
    fn new(rows: &'a [Row], copy: &'a Counts) -> Self {
        Self { rows, copy, known: Known::default(), sets: Vec::new() }
    }

    /// A sum of things about groups, each as often as it is told, without what can be read.
    fn sum(&self, things: impl IntoIterator<Item = (usize, usize, u64)>) -> BTreeMap<usize, u64> {
        let is_read = |set: usize, thing: usize| {
            let read = &self.sets[set].read;
            if thing == UNKNOWN - 1 { read.contains(&true) } else { read[thing / 4] }
        };
        let unread = things.into_iter().filter(|(set, thing, _)| !is_read(*set, *thing));
        unread.map(|(set, thing, times)| (set * UNKNOWN + thing, times)).collect()
    }

    /// Meets a group: its answers and those who gave none are its rows.
    fn meets(&mut self, (name, people): &(Segment, People)) -> usize {
        if let Some(known) = self.sets.iter().position(|set| set.name == *name) {
            return known;
        }
        let there = |place| self.copy.histograms.contains_key(&key(place, name.clone()));
        let read = (0..QUESTIONS).map(there).collect();
        let set = self.sets.len();
        self.sets.push(Set { name: name.clone(), people: people.clone(), read });
        for place in 0..QUESTIONS {
            let answers = (place * 4..place * 4 + 4).map(|answer| (set, answer, 1));
            self.known.learn(self.sum(answers.chain([(set, UNKNOWN - 1, PRIME - 1)])));
        }
        set
    }

    /// Learns that parts make a whole.
    fn adds_up(&mut self, whole: &(Segment, People), parts: &Parts) {
        let all: Vec<usize> = parts.iter().flat_map(|(_, people)| people.iter().copied()).collect();
        assert_eq!((all.len(), &all.into_iter().collect::<People>()), (whole.1.len(), &whole.1));
        let whole = self.meets(whole);
        let parts: Vec<usize> = parts.iter().map(|part| self.meets(part)).collect();
        for thing in 0..UNKNOWN {
            let parts = parts.iter().map(|part| (*part, thing, 1));
            self.known.learn(self.sum(parts.chain([(whole, thing, PRIME - 1)])));
        }
    }

    /// Learns which parts lie in each other, and what is left then.
    fn nests(&mut self, wholes: &Parts, parts: &Parts) {
        for whole in wholes {
            let (name, people) = whole;
            let mut inside: Parts =
                parts.iter().filter(|(_, part)| part.is_subset(people)).cloned().collect();
            let rest = people.iter().filter(|person| inside.iter().all(|(_, part)| !part.contains(person)));
            let rest: People = rest.copied().collect();
            if !rest.is_empty() {
                let less = segment(&format!("{} {} less", name.column, name.value), &parts[0].0.column);
                inside.push((less, rest));
            }
            // A group is no news about itself.
            if inside.iter().all(|(part, _)| part != name) {
                self.adds_up(whole, &inside);
            }
        }
    }

    /// How many things about few there are to find; each that is found is told.
    pub(super) fn finds(&self) -> (usize, Vec<String>) {
        let (mut few, mut told) = (0, Vec::new());
        for (number, set) in self.sets.iter().enumerate() {
            for place in 0..QUESTIONS {
                let cell = histogram(self.rows, &set.people, place);
                let mut secrets = Vec::new();
                if (1..LEAST).contains(&cell.n()) {
                    let answers = [1, 2, 3].map(|answer| (number, place * 4 + answer, 1));
                    secrets.extend(answers.map(|one| self.sum([one])));
                    secrets.push(self.sum(answers));
                }
                if (1..LEAST).contains(&cell.rows()) {
                    secrets.push(self.sum([(number, UNKNOWN - 1, 1)]));
                }
                few += secrets.len();
                let known = secrets.into_iter().filter(|secret| self.known.tells(secret.clone()));
                told.extend(known.map(|_| format!("{:?} at {place}: {cell:?}", set.name)));
            }
        }
        (few, told)
    }
}

/// The groups of a column and those in none of them.
fn parts(rows: &[Row], column: &str) -> Parts {
    let mut parts: Parts = groups(rows).into_iter().filter(|(group, _)| group.column == column).collect();
    let mut rest: People = (0..rows.len()).collect();
    parts.iter().flat_map(|(_, people)| people).for_each(|person| {
        rest.remove(person);
    });
    if !rest.is_empty() {
        parts.push((segment("none of", column), rest));
    }
    parts
}

/// All columns and crossings; each choice of several is one, beside all others.
fn all_parts(rows: &[Row]) -> Vec<Parts> {
    let columns: BTreeSet<String> = groups(rows).into_keys().map(|group| group.column).collect();
    let plain = columns.iter().filter(|column| !["", "o"].contains(&column.as_str()));
    let mut all: Vec<Parts> = plain.map(|column| parts(rows, column)).collect();
    for (choice, people) in groups(rows).into_iter().filter(|(group, _)| group.column == "o") {
        let others: People = (0..rows.len()).filter(|person| !people.contains(person)).collect();
        let others = Some((segment("not", &choice.value), others)).filter(|(_, others)| !others.is_empty());
        all.push([(choice, people)].into_iter().chain(others).collect());
    }
    all
}

/// Each way to attack a copy: with two columns, and with all choices where nobody chose two.
pub(super) fn attacks<'a>(rows: &'a [Row], copy: &'a Counts) -> Vec<Attack<'a>> {
    let everyone = (Segment::everyone(), (0..rows.len()).collect());
    let all = all_parts(rows);
    let mut attacks = Vec::new();
    for (number, one) in all.iter().enumerate() {
        for other in &all[number..] {
            let mut attack = Attack::new(rows, copy);
            attack.adds_up(&everyone, one);
            attack.adds_up(&everyone, other);
            attack.nests(one, other);
            attack.nests(other, one);
            attacks.push(attack);
        }
    }
    if rows.iter().all(|row| row.choices.len() < 2) {
        let mut attack = Attack::new(rows, copy);
        attack.adds_up(&everyone, &parts(rows, "o"));
        attacks.push(attack);
    }
    attacks
}

/// What all attacks on a copy find out about few.
pub(super) fn found(rows: &[Row], copy: &Counts) -> Vec<String> {
    attacks(rows, copy).iter().flat_map(|attack| attack.finds().1).collect()
}
