//! What a copy to give away must not tell.

use super::cells::without_few;
use super::{LEAST, Redaction, Taken, redact};
use crate::edit::apply_all;
use crate::edit::command::{
    Slot, add_improvement, add_insight, add_lane, add_persona, add_stage, add_touchpoint, new_project,
};
use crate::edit::{Op, Transaction, apply};
use crate::i18n::{Lang, Msg};
use crate::id::{BatchId, Id, QuestionId, Source, WaveId};
use crate::model::check::problems;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind, Visibility};
use crate::model::counts::{Answer, CountKey, Counts, Histogram, Moments, Pairs, Segment, Weight};
use crate::model::value::Atom;
use crate::model::{Batch, Project, Question, Record, Wave};
use crate::order::OrderKey;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What one respondent says: the group in each column (none where it is blank), and each answer (none where missing).
struct Row {
    groups: Vec<Option<u64>>,
    answers: Vec<Option<u64>>,
}

/// Answers of invented people: some groups are small, some questions are rarely answered.
fn rows(source: &mut Source) -> Vec<Row> {
    let mut below = |n: u64| source.next_u64() % n;
    let people = 1 + below(60);
    let rare: Vec<u64> = (0..3).map(|_| 1 + below(8)).collect();
    let blank = below(3) == 0;
    let skewed = |below: &mut dyn FnMut(u64) -> u64| {
        let groups = 2 + below(4);
        below(groups) * below(2) + below(2)
    };
    let row = |_| Row {
        groups: (0..2).map(|_| (!blank || below(9) > 0).then(|| skewed(&mut below))).collect(),
        answers: rare.iter().map(|rare| (below(*rare) == 0).then(|| 1 + below(3))).collect(),
    };
    (0..people).map(row).collect()
}

fn question(place: usize) -> QuestionId {
    format!("q-00000000000{place}").parse().unwrap()
}

fn wave() -> WaveId {
    "w-000000000001".parse().unwrap()
}

fn key(question_place: usize, column: usize, group: u64) -> CountKey {
    let segment = Segment { column: format!("c{column}"), value: group.to_string() };
    CountKey { question: question(question_place), wave: wave(), segment }
}

/// Where a group of each column cross.
fn crossing(question_place: usize, groups: [u64; 2]) -> CountKey {
    let [a, b] = [0, 1].map(|column| key(question_place, column, groups[column]).segment);
    CountKey { segment: a.crossed(&b), ..key(question_place, 0, 0) }
}

fn count(rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    let mut note = |key: CountKey, answer: Option<u64>| {
        let cell: &mut Histogram = counts.histograms.entry(key).or_default();
        match answer {
            Some(answer) => {
                let answer = Answer::new(answer as f64).unwrap();
                *cell.answers.entry(answer).or_default() += 1;
                cell.weights.entry(answer).or_default().add(Weight::of(1));
            }
            None => cell.missing += 1,
        }
    };
    for row in rows {
        for (place, answer) in row.answers.iter().enumerate() {
            note(CountKey { segment: Segment::everyone(), ..key(place, 0, 0) }, *answer);
            if let [Some(a), Some(b)] = row.groups[..] {
                note(crossing(place, [a, b]), *answer);
            }
            for (column, group) in row.groups.iter().enumerate() {
                if let Some(group) = group {
                    note(key(place, column, *group), *answer);
                }
            }
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

/// Each question with each group of each column.
fn sums() -> impl Iterator<Item = (usize, u64, usize)> {
    (0..3).flat_map(|place| (0..8).flat_map(move |group| (0..2).map(move |column| (place, group, column))))
}

/// All that a reader of the copy can put into equations: each cell that is there; that groups add up to everyone,
/// answer by answer, where no group is blank; and that a group has the same rows at all questions.
struct Attack {
    known: Known,
    names: BTreeMap<(CountKey, u64), usize>,
}

impl Attack {
    /// The unknown of a cell: how often an answer was given (0: missing), or (9) its rows.
    fn unknown(&mut self, key: &CountKey, what: u64) -> usize {
        // Rows are a group's, whatever the question.
        let key = if what == 9 { CountKey { question: question(0), ..key.clone() } } else { key.clone() };
        let next = self.names.len();
        *self.names.entry((key, what)).or_insert(next)
    }

    fn answers(&mut self, key: &CountKey) -> BTreeMap<usize, u64> {
        (1..=3).map(|answer| (self.unknown(key, answer), 1)).collect()
    }

    /// Learns that groups add up to another.
    fn adds_up(&mut self, all: &Counts, whole: &CountKey, parts: &[CountKey], what: u64) {
        if !all.histograms.contains_key(whole) {
            return;
        }
        let mut sum: BTreeMap<usize, u64> = [(self.unknown(whole, what), PRIME - 1)].into();
        for key in parts.iter().filter(|key| all.histograms.contains_key(*key)) {
            sum.insert(self.unknown(key, what), 1);
        }
        self.known.learn(sum);
    }

    fn of(all: &Counts, left: &Counts, labelled: bool) -> Self {
        let mut attack = Self { known: Known::default(), names: BTreeMap::new() };
        for key in all.histograms.keys() {
            let mut parts = attack.answers(key);
            parts.insert(attack.unknown(key, 0), 1);
            let rows = attack.unknown(key, 9);
            if left.histograms.contains_key(key) {
                for part in parts.keys() {
                    attack.known.learn([(*part, 1)].into());
                }
            }
            parts.insert(rows, PRIME - 1);
            attack.known.learn(parts);
        }
        for (place, one, column) in sums().filter(|_| labelled) {
            for what in [0, 1, 2, 3, 9] {
                let whole = key(place, column, one);
                let other = |group| if column == 0 { [one, group] } else { [group, one] };
                let parts: Vec<_> = (0..8).map(|group| crossing(place, other(group))).collect();
                attack.adds_up(all, &whole, &parts, what);
            }
        }
        for place in (0..3).filter(|_| labelled) {
            for column in 0..2 {
                for what in [0, 1, 2, 3, 9] {
                    let everyone = CountKey { segment: Segment::everyone(), ..key(place, 0, 0) };
                    let parts: Vec<_> = (0..8).map(|group| key(place, column, group)).collect();
                    attack.adds_up(all, &everyone, &parts, what);
                }
            }
        }
        attack
    }
}

#[test]
fn no_group_of_few_comes_back_by_adding_and_subtracting() {
    let mut found = [0_usize; 2];
    for seed in 0..160 {
        let rows = rows(&mut Source::seeded(seed));
        let all = count(&rows);
        let left = without_few(&all, LEAST);
        let labelled = rows.iter().all(|row| row.groups.iter().all(Option::is_some));
        let mut attack = Attack::of(&all, &left.counts, labelled);
        for key in left.few.iter().filter(|key| all.histograms[*key].n() > 0) {
            let n = attack.answers(key);
            assert!(!attack.known.tells(n), "{seed}: the number of answers of {key:?}");
            for answer in 1..=3 {
                let one = [(attack.unknown(key, answer), 1)].into();
                assert!(!attack.known.tells(one), "{seed}: answer {answer} of {key:?}");
            }
            found[0] += 1;
        }
        for (key, cell) in &left.counts.histograms {
            assert!(cell.n() >= LEAST || cell.n() == 0, "{seed}: {key:?} holds {}", cell.n());
            assert_eq!(all.histograms.get(key), Some(cell));
            found[1] += 1;
        }
    }
    assert!(found.iter().all(|many| *many > 200), "{found:?} cells of few and cells that stay");
}

#[test]
fn a_cell_missing_alone_would_come_back() {
    // The attack finds what is not protected, or the test above would say nothing.
    let row = |group, answer| Row { groups: vec![Some(group), Some(0)], answers: vec![Some(answer); 3] };
    let mut rows: Vec<Row> = (0..40).map(|place| row(0, 1 + place % 3)).collect();
    rows.extend([row(1, 2), row(1, 3)]);
    let all = count(&rows);
    let mut bare = all.clone();
    bare.histograms.retain(|key, _| *key != self::key(0, 0, 1));
    let mut attack = Attack::of(&all, &bare, true);
    let n = attack.answers(&key(0, 0, 1));
    assert!(attack.known.tells(n));
    let left = without_few(&all, LEAST);
    // Three questions, each with a small group, the other one, and both where they cross.
    assert_eq!((left.few.len(), left.partners.len()), (6, 6));
}

#[test]
fn sums_for_drivers_go_where_they_would_tell_of_few() {
    let everyone = |place: usize, n: u64| {
        let answers = BTreeMap::from([(Answer::new(3.0).unwrap(), n)]);
        let key = CountKey { segment: Segment::everyone(), ..key(place, 0, 0) };
        (key, Histogram { answers, ..Histogram::default() })
    };
    let kept = |outcome: u64, driver: u64, n: u64| {
        let moments = Moments { n, sums: vec![0; 2], products: vec![0; 3], ..Moments::default() };
        let pairs = Pairs { drivers: vec![question(1)], moments, weighted: None };
        let histograms = [everyone(0, outcome), everyone(1, driver)].into();
        let counts = Counts { histograms, pairs: [((question(0), wave()), pairs)].into() };
        !without_few(&counts, LEAST).counts.pairs.is_empty()
    };
    assert!(kept(100, 90, 80) && kept(80, 80, 80));
    assert!(!kept(100, 83, 80), "three who rated the driver are not among them");
    assert!(!kept(82, 90, 80) && !kept(100, 90, 4));
}

/// A blueprint with a card of each kind of thing that can be taken out, and answers of a small group.
fn project() -> Project {
    let source = &mut Source::seeded(11);
    let mut project = new_project("Stay", source);
    let journey = project.journeys_in_order()[0].info().id;
    let did = |project: &mut Project, transaction: Transaction| apply_all(project, &transaction).unwrap();
    let (made, stage) = add_stage(&project, journey, None, "Arrive", source);
    did(&mut project, made);
    let (made, lane) = add_lane(&project, journey, None, LaneKind::BackStage, source);
    did(&mut project, made);
    let (made, seen) = add_touchpoint(&project, Slot::EndOf(stage), "Desk", source).unwrap();
    did(&mut project, made);
    let (made, unseen) = add_touchpoint(&project, Slot::EndOf(stage), "Housekeeping", source).unwrap();
    did(&mut project, made);
    set(&mut project, unseen.into(), "lane", &Some(lane));
    set(&mut project, seen.into(), "owner", &"Ms Adler".to_owned());
    set(&mut project, seen.into(), "description", &"Ask Mr Smith, smith@example.org".to_owned());
    let insights = [
        (seen, InsightKind::Quote, "Waited an hour"),
        (seen, InsightKind::Note, "Ask legal"),
        (seen, InsightKind::Pain, "Anna waits"),
        (unseen, InsightKind::Pain, "Understaffed"),
    ];
    let mut pains = Vec::new();
    for (about, kind, title) in insights {
        let (made, id) = add_insight(&project, journey, Some(about.into()), kind, title, source);
        did(&mut project, made);
        pains.push(id);
    }
    let opportunity = ImprovementKind::Opportunity;
    let (made, _) = add_improvement(&project, Some(pains[3].into()), opportunity, "Hire", source);
    did(&mut project, made);
    let (made, persona) = add_persona(&project, "Anna", source);
    did(&mut project, made);
    set(&mut project, persona.into(), "goals", &"Anna wants to sleep".to_owned());
    answers(&mut project, seen.into(), unseen.into(), source);
    project
}

/// Answers about both cards, of 40 people of whom 2 are in a group of their own.
fn answers(project: &mut Project, seen: Id, unseen: Id, source: &mut Source) {
    let mut put = |record: Record| apply(project, &Op::Insert(record)).unwrap();
    for (place, target) in [seen, unseen].into_iter().enumerate() {
        let mut asked = Question::new(question(place), OrderKey::after(None, source));
        (asked.text, asked.target) = (format!("Question {place}"), Some(target));
        put(asked.into());
    }
    let mut may = Wave::new(wave(), OrderKey::after(None, source));
    may.label = "May".to_owned();
    put(may.into());
    let row =
        |place: u64| Row { groups: vec![Some(u64::from(place < 2))], answers: vec![Some(1 + place % 3); 2] };
    let counts = Arc::new(count(&(0..40).map(row).collect::<Vec<_>>()));
    let day = jiff::civil::date(2026, 5, 31);
    let file = "Interviews Ms Adler.xlsx".to_owned();
    put(Batch::new(BatchId::new(source), file, "0f".to_owned(), day, 40, counts).into());
}

fn set(project: &mut Project, id: Id, field: &'static str, value: &impl Atom) {
    let op = Op::set(&project.record(id).unwrap(), field, value.to_value()).unwrap();
    apply(project, &op).unwrap();
}

/// Every text of a project.
fn texts(project: &Project) -> String {
    format!("{:?}", project.records().collect::<Vec<_>>())
}

#[test]
fn a_copy_tells_nothing_of_what_was_taken_out_and_the_list_tells_all_of_it() {
    let project = project();
    let copy = redact(&project, &Redaction::all(Lang::En));
    let told = texts(&copy.project);
    for word in [
        "hour",
        "legal",
        "Adler",
        "Smith",
        "example.org",
        "Anna",
        "Housekeeping",
        "Understaffed",
        "Hire",
        "Question 1",
        "xlsx\"",
    ] {
        let there = told.contains(word);
        assert_eq!(there, word == "xlsx\"", "{word} in {told}");
    }
    assert!(told.contains("Persona 1 waits") && told.contains("Desk"));
    let few: BTreeSet<&str> = copy
        .project
        .batches()
        .values()
        .flat_map(|batch| batch.counts.histograms.keys())
        .map(|key| key.segment.column.as_str())
        .collect();
    assert_eq!(few, BTreeSet::from([""]), "two groups, of which one is small: both go");
    assert_eq!(
        problems(&copy.project),
        problems(&copy.project).into_iter().filter(|p| problems(&project).contains(p)).collect::<Vec<_>>()
    );
    let list: Vec<String> = copy.taken.iter().map(|taken| taken.message(Lang::En)).collect();
    let list = list.join("\n");
    for word in [
        "Waited an hour",
        "Ask legal",
        "Ms Adler",
        "Anna",
        "Housekeeping",
        "Understaffed",
        "Hire",
        "too few",
        "May",
    ] {
        assert!(list.contains(word), "{word} in {list}");
    }
    assert!(copy.taken.iter().all(|taken| !taken.message(Lang::ZhCn).is_empty()));
    assert_eq!(redact(&project, &Redaction::all(Lang::En)).project, copy.project, "the same copy again");
}

#[test]
fn what_is_kept_is_kept() {
    let project = project();
    let none = Redaction {
        quotes: false,
        notes: false,
        names: false,
        lanes: false,
        few: false,
        ..Redaction::all(Lang::En)
    };
    let copy = redact(&project, &none);
    assert_eq!((copy.project, copy.taken), (project.clone(), vec![]));
    let quotes = Redaction { quotes: true, ..none.clone() };
    let taken = redact(&project, &quotes).taken;
    assert_eq!(taken, [Taken::Element { kind: Msg::Quote, title: "Waited an hour".to_owned() }]);
    let names = texts(&redact(&project, &Redaction { names: true, ..none }).project);
    assert!(names.contains("Waited an hour") && names.contains("Housekeeping") && !names.contains("Smith"));
    let mut unseen = project;
    let desk =
        unseen.journeys_in_order()[0].touchpoints().values().find(|card| card.title == "Desk").unwrap().id;
    set(&mut unseen, desk.into(), "visibility", &Visibility::Back);
    assert!(!texts(&redact(&unseen, &Redaction::all(Lang::En)).project).contains("Desk"));
}
