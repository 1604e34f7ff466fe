//! The recovery journal: how long a change takes until it is on stable storage, and what it costs the
//! interface thread.

use crate::sample::sample;
use crate::table::{Table, Times, note};
use engine::edit::apply_all;
use engine::edit::command::rename_record;
use engine::id::Id;
use engine::model::Project;
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::journal::{Journal, JournalOrigin};
use std::time::{Duration, Instant};

/// Changes that are measured.
const CHANGES: usize = 1_000;
/// Saves that are measured.
const SAVES: usize = 40;
/// How long changes go on after a save: until the journal has begun anew, and longer.
const AFTER: Duration = Duration::from_millis(200);

/// Each change waits for the one before, as somebody's typing does; times are on the wall.
pub(crate) fn run(_: &mut Table) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let sample = sample(10_000);
    let mut project = sample.project.clone();
    let origin = JournalOrigin { path: None, base: Base::Absent, project: project.clone() };
    let mut journal = Journal::start_new(RealDisk, folder.path(), origin);
    let mut handed = Vec::new();
    let mut safe = Vec::new();
    let change = |journal: &mut Journal, project: &mut Project, n: usize| {
        let card = Id::from(sample.cards[n * 7 % sample.cards.len()]);
        let transaction = rename_record(project, card, &format!("Ask a colleague for advice {n}"));
        apply_all(project, &transaction).expect("a card takes a name");
        let start = Instant::now();
        let change = journal.append_change(project, &transaction);
        let handed = start.elapsed();
        assert!(journal.wait_until_durable(change, Duration::from_secs(20)), "{:?}", journal.take_trouble());
        (handed, start.elapsed())
    };
    for n in 0..CHANGES + 100 {
        let (fast, slow) = change(&mut journal, &mut project, n);
        handed.push(fast);
        safe.push(slow);
    }
    let measured = |times: Vec<Duration>| Times::from(times[100..].to_vec());
    note("journal: a change handed over, 10,000", &measured(handed), "1 ms");
    note("journal: a change on stable storage, 10,000", &measured(safe), "5 ms");
    let mut anew = Vec::new();
    for save in 0..SAVES {
        journal.rebase_on(JournalOrigin { path: None, base: Base::Absent, project: project.clone() });
        let start = Instant::now();
        for n in 0.. {
            anew.push(change(&mut journal, &mut project, save + n).1);
            if start.elapsed() > AFTER {
                break;
            }
        }
    }
    let longest = anew.iter().copied().max().into_iter().collect();
    note("journal: the changes after a save, 10,000", &Times::from(anew), "50 ms");
    note("journal: the slowest of them", &Times::from(longest), "50 ms");
    journal.close();
}
