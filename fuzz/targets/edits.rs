//! Scripts of commands, undo, redo, saving and opening against a plain list of records; and three-way merges.

use crate::common::{random_edit, random_project};
use engine::edit::{History, Op, Transaction, apply_all, diff_projects, merge_versions};
use engine::id::{Id, IdSource};
use engine::model::check::{Severity, find_problems};
use engine::model::{Field, Project, Record};
use engine::store::load::{load_project, to_bytes};
use std::collections::BTreeMap;

/// The most steps of a script.
const MOST: usize = 48;

/// The document as a plain list: of each record, its fields as text. It knows nothing of graphs, tables or sharing.
#[derive(Debug, Clone, PartialEq, Default)]
struct Plain(BTreeMap<Id, BTreeMap<Field, String>>);

impl Plain {
    fn of(project: &Project) -> Self {
        Self(project.records().map(|record| (record.id(), fields(&record))).collect())
    }

    fn apply(&mut self, transaction: &Transaction) {
        for op in &transaction.ops {
            match op {
                Op::Insert(record) => {
                    assert!(self.0.insert(record.id(), fields(record)).is_none(), "an id is given once");
                }
                Op::Remove(record) => {
                    assert_eq!(self.0.remove(&record.id()), Some(fields(record)), "what goes was there");
                }
                Op::Set { id, field, from, to } => {
                    let record = self.0.get_mut(id).expect("what changes is there");
                    let before = record.insert(*field, format!("{to:?}"));
                    assert_eq!(before, Some(format!("{from:?}")), "a change says what was there");
                }
            }
        }
    }
}

fn fields(record: &Record) -> BTreeMap<Field, String> {
    let named =
        |field: &Field| (*field, record.get(field).map(|value| format!("{value:?}")).unwrap_or_default());
    record.fields().iter().map(named).collect()
}

/// A number for the commands of a step, different for each place.
fn seed(place: usize, bytes: &[u8]) -> u64 {
    bytes.iter().fold(place as u64, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Three bytes a step: what is done, and two that choose the command.
pub(crate) fn script(data: &[u8]) {
    let Some((first, steps)) = data.split_first() else { return };
    let mut project = random_project(u64::from(*first), usize::from(first % 24));
    let mut plain = Plain::of(&project);
    let (mut history, mut done, mut undone) = (History::default(), Vec::new(), Vec::new());
    for (place, step) in steps.chunks_exact(3).take(MOST).enumerate() {
        match step[0] % 8 {
            5 => {
                let taken = history.undo(&mut project).expect("a step can be taken back").is_some();
                assert_eq!(taken, !done.is_empty());
                if let Some(before) = done.pop() {
                    undone.push(std::mem::replace(&mut plain, before));
                }
            }
            6 => {
                let taken = history.redo(&mut project).expect("a step can be taken again").is_some();
                assert_eq!(taken, !undone.is_empty());
                if let Some(after) = undone.pop() {
                    done.push(std::mem::replace(&mut plain, after));
                }
            }
            7 => project = load_project(&to_bytes(&project)).expect("what was saved is opened").project,
            _ => {
                let mut source = IdSource::from_seed(seed(place, step));
                let transaction = random_edit(&project, &mut source);
                if !transaction.is_empty() {
                    done.push(plain.clone());
                    undone.clear();
                }
                plain.apply(&transaction);
                history.commit_step(&mut project, transaction).expect("a command's transaction applies");
            }
        }
        assert_eq!(Plain::of(&project), plain, "step {place}");
    }
    links(&project);
    let broken = find_problems(&project).into_iter().find(|problem| problem.severity == Severity::Error);
    assert_eq!(broken, None, "commands leave a sound project");
}

/// The graph knows the links that the records name, and no others.
fn links(project: &Project) {
    for journey in project.journeys().values() {
        let flows = journey.flows().values().map(|flow| (Id::from(flow.id), flow.from, flow.to));
        let abouts = journey.abouts().values().map(|about| (Id::from(about.id), about.from, about.to));
        let all: Vec<(Id, Id, Id)> = flows.chain(abouts).collect();
        for card in journey.touchpoints().keys().map(|id| Id::from(*id)) {
            let ends = |pick: fn(&(Id, Id, Id)) -> Id| {
                let mut ids: Vec<Id> =
                    all.iter().filter(|link| pick(link) == card).map(|link| link.0).collect();
                ids.sort_unstable();
                ids
            };
            assert_eq!(journey.links_from(card), ends(|link| link.1));
            assert_eq!(journey.links_to(card), ends(|link| link.2));
        }
    }
}

/// A document, and what two people make of it: the first byte chooses it, each further two a command of one of them.
pub(crate) fn merge_triple(data: &[u8]) {
    let Some((first, steps)) = data.split_first() else { return };
    let base = random_project(u64::from(*first), 8 + usize::from(first % 24));
    let mut sides = [base.clone(), base.clone()];
    for (place, step) in steps.chunks_exact(2).take(MOST).enumerate() {
        let side = &mut sides[usize::from(step[0] & 1)];
        let transaction = random_edit(side, &mut IdSource::from_seed(seed(place, step)));
        apply_all(side, &transaction).expect("a command's transaction applies");
    }
    let [ours, theirs] = sides;
    let merged = merge_versions(&base, &ours, &theirs);
    let turned = merge_versions(&base, &theirs, &ours);
    assert!(merged.project == turned.project && merged.conflicts == turned.conflicts, "merging is symmetric");
    let broken =
        find_problems(&merged.project).into_iter().find(|problem| problem.severity == Severity::Error);
    assert_eq!(broken, None, "what was merged is sound");
    assert!(load_project(&to_bytes(&merged.project)).expect("it is opened").project == merged.project);
    let alone = merge_versions(&base, &ours, &base);
    assert!(alone.project == ours && alone.conflicts.is_empty(), "one person's work is taken as it is");
    let again = merge_versions(&merged.project, &merged.project, &merged.project);
    assert!(again.project == merged.project && again.conflicts.is_empty(), "merging again changes nothing");
    let mut reached = base.clone();
    apply_all(&mut reached, &diff_projects(&base, &merged.project)).expect("a difference applies");
    assert!(reached == merged.project, "a difference leads there");
}
