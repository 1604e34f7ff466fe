//! Tests laws of editing: undo is exact, a difference leads from one version to the other, merging loses
//! nothing.

use crate::common;

use common::{random_edit, random_project};
use engine::edit::{History, Op, Transaction, apply_all, apply_op, diff_projects, merge_versions};
use engine::id::IdSource;
use engine::model::Project;
use engine::model::check::{Severity, find_problems};
use engine::model::value::FieldValue;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn edited(project: &Project, seed: u64, edits: usize) -> Project {
    let mut source = IdSource::from_seed(seed);
    let mut project = project.clone();
    for _ in 0..edits {
        let transaction = random_edit(&project, &mut source);
        apply_all(&mut project, &transaction).expect("a command's transaction applies");
    }
    project
}

/// Returns the ends of the links that a change draws.
fn links(change: &Transaction) -> Vec<(Option<FieldValue>, Option<FieldValue>)> {
    let drawn =
        change.ops.iter().filter_map(|op| if let Op::Insert(record) = op { Some(record) } else { None });
    let ends = drawn
        .map(|record| (record.find_field("from"), record.find_field("to"), record))
        .map(|(from, to, record)| (from.and_then(|from| record.get(from)), to.and_then(|to| record.get(to))));
    ends.filter(|(from, to)| from.is_some() && to.is_some()).collect()
}

fn errors(project: &Project) -> Vec<String> {
    let found = find_problems(project).into_iter().filter(|problem| problem.severity == Severity::Error);
    found.map(|problem| format!("{problem:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_operation_and_its_inverse_leave_no_trace(seed: u64) {
        let project = random_project(seed, 60);
        let transaction = random_edit(&project, &mut IdSource::from_seed(seed ^ 1));
        let mut copy = project.clone();
        for op in &transaction.ops {
            let before = copy.clone();
            apply_op(&mut copy, op).expect("it applies");
            let mut back = copy.clone();
            apply_op(&mut back, &op.to_inverse()).expect("its inverse applies");
            prop_assert_eq!(&back, &before);
        }
    }

    #[test]
    fn undo_and_redo_walk_the_same_road(seed: u64) {
        let mut source = IdSource::from_seed(seed);
        let start = random_project(seed, 20);
        let mut project = start.clone();
        let mut history = History::default();
        let mut states = vec![start];
        for _ in 0..30 {
            let transaction = random_edit(&project, &mut source);
            let state = history.state_number();
            history.commit_step(&mut project, transaction).expect("it applies");
            if history.state_number() != state {
                states.push(project.clone());
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert!(history.undo(&mut project).expect("undo").is_some());
            prop_assert_eq!(&project, state);
        }
        for state in &states[1..] {
            prop_assert!(history.redo(&mut project).expect("redo").is_some());
            prop_assert_eq!(&project, state);
        }
    }

    /// Ours and theirs alternate; their steps are their edits merged into ours. If neither touched or needed
    /// the other's elements, undoing all of ours leaves exactly theirs.
    #[test]
    fn undo_leaves_what_others_did_and_redo_comes_back(seed: u64) {
        let mut source = IdSource::from_seed(seed ^ 5);
        let start = random_project(seed, 60);
        let mut theirs = start.clone();
        let mut project = start.clone();
        let mut history = History::default();
        let mut ours = 0;
        let mut touched = [BTreeSet::new(), BTreeSet::new()];
        let mut clean = true;
        for turn in 0..12 {
            if turn % 3 == 2 {
                let before = theirs.clone();
                theirs = edited(&theirs, seed ^ (16 + turn), 2);
                let change = diff_projects(&before, &theirs);
                touched[1].extend(change.ops.iter().map(Op::id));
                let merged = merge_versions(&before, &project, &theirs);
                // A link that both drew is one link afterwards, and undo by either side removes it.
                let is_kept = |op: &Op| matches!(op, Op::Remove(_)) || merged.project.record(op.id()).is_some();
                clean &= merged.conflicts.is_empty() && change.ops.iter().all(is_kept);
                let change = diff_projects(&project, &merged.project);
                history.take_in(&mut project, change).expect("it applies");
            } else {
                let change = random_edit(&project, &mut source);
                let state = history.state_number();
                touched[0].extend(change.ops.iter().map(Op::id));
                history.commit_step(&mut project, change).expect("it applies");
                ours += usize::from(history.state_number() != state);
            }
        }
        let end = project.clone();
        let state = history.state_number();
        let mut taken = 0;
        while history.undo(&mut project).expect("undo").is_some() {
            taken += 1;
            prop_assert_eq!(errors(&project), Vec::<String>::new());
        }
        prop_assert!(taken <= ours && !history.can_undo());
        if clean && touched[0].is_disjoint(&touched[1]) {
            // Elements that they removed come back if an undone step needs them: a stage, the last lane for
            // cards.
            let mut rest = diff_projects(&project, &theirs).ops;
            rest.retain(|op| !matches!(op, Op::Remove(_)) || start.record(op.id()).is_none());
            prop_assert_eq!(rest, Vec::new());
        }
        while history.redo(&mut project).expect("redo").is_some() {
            taken -= 1;
        }
        prop_assert_eq!((taken, history.state_number()), (0, state));
        prop_assert_eq!(diff_projects(&project, &end).ops, Vec::new());
    }

    /// Steps redone after others stored theirs give the same as both together if neither touched the other's
    /// elements; in any case, undo leads back.
    #[test]
    fn redo_goes_on_after_what_others_did(seed: u64) {
        let mut source = IdSource::from_seed(seed ^ 6);
        let mut project = random_project(seed, 60);
        let mut history = History::default();
        let mut touched = [BTreeSet::new(), BTreeSet::new()];
        let mut drawn = [BTreeSet::new(), BTreeSet::new()];
        for _ in 0..8 {
            let change = random_edit(&project, &mut source);
            touched[0].extend(change.ops.iter().map(Op::id));
            drawn[0].extend(links(&change));
            history.commit_step(&mut project, change).expect("it applies");
        }
        let ours = project.clone();
        let most = 8 - seed % 5;
        let mut back = 0;
        while back < most && history.undo(&mut project).expect("undo").is_some() {
            back += 1;
        }
        let base = project.clone();
        let mut theirs = base.clone();
        for turn in 0..3 {
            let before = theirs.clone();
            theirs = edited(&theirs, seed ^ (32 + turn), 2);
            touched[1].extend(diff_projects(&before, &theirs).ops.iter().map(Op::id));
            drawn[1].extend(links(&diff_projects(&before, &theirs)));
            let change = diff_projects(&project, &merge_versions(&before, &project, &theirs).project);
            history.take_in(&mut project, change).expect("it applies");
            if turn == 1 && history.redo(&mut project).expect("redo").is_some() {
                back -= 1;
            }
        }
        let before = project.clone();
        let state = history.state_number();
        let mut again = 0;
        while history.redo(&mut project).expect("redo").is_some() {
            again += 1;
            prop_assert_eq!(errors(&project), Vec::<String>::new());
        }
        prop_assert!(again <= back && !history.can_redo());
        let both = merge_versions(&base, &ours, &theirs);
        // Nothing was removed that the other may need, and no link was drawn by both, since it would be one
        // link afterwards.
        let stands = |op: &Op| !matches!(op, Op::Remove(_));
        let apart = both.conflicts.is_empty()
            && touched[0].is_disjoint(&touched[1])
            && drawn[0].is_disjoint(&drawn[1]);
        if apart && [&ours, &theirs].into_iter().all(|side| diff_projects(&base, side).ops.iter().all(stands)) {
            prop_assert_eq!(diff_projects(&project, &both.project).ops, Vec::new());
        }
        for _ in 0..again {
            prop_assert!(history.undo(&mut project).expect("undo").is_some());
        }
        prop_assert_eq!(history.state_number(), state);
        prop_assert_eq!(diff_projects(&project, &before).ops, Vec::new());
    }

    #[test]
    fn a_difference_leads_from_one_to_the_other(seed: u64) {
        let a = random_project(seed, 50);
        let b = edited(&a, seed ^ 2, 20);
        let transaction = diff_projects(&a, &b);
        prop_assert_eq!(&transaction, &diff_projects(&a, &b));
        let mut reached = a.clone();
        apply_all(&mut reached, &transaction).expect("a difference applies");
        prop_assert_eq!(reached, b);
    }

    #[test]
    fn commands_leave_a_sound_project(seed: u64) {
        let project = random_project(seed, 120);
        prop_assert_eq!(errors(&project), Vec::<String>::new());
    }

    #[test]
    fn merging_is_symmetric_and_sound(seed: u64) {
        let base = random_project(seed, 50);
        let a = edited(&base, seed ^ 3, 12);
        let b = edited(&base, seed ^ 4, 12);
        let ab = merge_versions(&base, &a, &b);
        let ba = merge_versions(&base, &b, &a);
        prop_assert_eq!(&ab.project, &ba.project);
        prop_assert_eq!(&ab.conflicts, &ba.conflicts);
        prop_assert_eq!(errors(&ab.project), Vec::<String>::new());
        let alone = merge_versions(&base, &a, &base);
        prop_assert_eq!(&alone.project, &a);
        prop_assert!(alone.conflicts.is_empty());
        let same = merge_versions(&base, &a, &a);
        prop_assert_eq!(&same.project, &a);
        prop_assert!(same.conflicts.is_empty());
    }
}

#[test]
fn edits_of_different_records_never_conflict() {
    use engine::edit::command::{rename_record, set_feeling};
    use engine::id::Kind;
    let base = random_project(11, 160);
    let cards = common::ids(&base, Kind::Touchpoint);
    let personas = common::ids(&base, Kind::Persona);
    assert!(cards.len() > 1 && personas.len() > 1, "the sample holds enough");
    let with = |transaction| {
        let mut project = base.clone();
        apply_all(&mut project, &transaction).expect("it applies");
        project
    };
    let a = with(rename_record(&base, cards[0], "Ours"));
    let b = with(rename_record(&base, cards[1], "Theirs"));
    assert_eq!(merge_versions(&base, &a, &b).conflicts, []);
    let feel = |persona: usize, feeling| {
        set_feeling(
            &base,
            cards[0].to_typed().expect("a card"),
            personas[persona].to_typed().expect("a persona"),
            Some(feeling),
        )
    };
    let merged = merge_versions(&base, &with(feel(0, 1.23)), &with(feel(1, -1.23)));
    assert_eq!(merged.conflicts, [], "two personas' feelings at one touchpoint are two entries");
    let clash = merge_versions(&base, &a, &with(rename_record(&base, cards[0], "Theirs")));
    assert_eq!(clash.conflicts.len(), 1);
}
