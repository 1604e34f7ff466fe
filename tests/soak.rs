//! Kills the program at any time, and runs several at once on one file: every acknowledged line is in the
//! file afterwards.
//!
//! `.ci/soak` runs this at length: `DESIRELINE_SOAK` sets the number of killed runs, and of saves by each of
//! eight writers; `DESIRELINE_PROGRAM` names the program if it is not this build's.
#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use engine::id::{IdSource, Kind};
use engine::model::value::FieldValue;
use engine::model::{Project, Touchpoint, title_field};
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use engine::store::versions::{VersionedDocument, Versions};

/// Returns the number of runs or saves from `DESIRELINE_SOAK`, if set.
fn amount() -> Option<usize> {
    std::env::var("DESIRELINE_SOAK").ok()?.parse().ok()
}

fn program() -> PathBuf {
    std::env::var_os("DESIRELINE_PROGRAM")
        .map_or_else(|| env!("CARGO_BIN_EXE_desireline").into(), PathBuf::from)
}

/// A folder with a project and a folder for the program's state.
struct Place {
    dir: tempfile::TempDir,
}

/// The acknowledged lines of a run before it ended or was killed.
struct Run {
    /// Its last line, and what stood behind the number, by number.
    acknowledged: BTreeMap<usize, String>,
    took: Duration,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().expect("a folder") };
        let made = place.command(&["new", "--template", "blank", "-o", "map.ron"]).output().expect("it runs");
        assert!(made.status.success());
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.current_dir(self.dir.path()).env("DESIRELINE_STATE", self.path("state")).args(arguments);
        command
    }

    /// Runs a script on the project, and kills it after some time.
    fn edit(&self, script: &str, name: &str, kill: Option<Duration>) -> Run {
        let file = self.path(name);
        let mut written = File::create(&file).expect("a script");
        std::io::Write::write_all(&mut written, script.as_bytes()).expect("a script");
        let start = Instant::now();
        let mut command = self.command(&["edit", "map.ron", "--script", name]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut out = child.stdout.take().expect("its output");
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            out.read_to_string(&mut text).map(|_| text)
        });
        if let Some(delay) = kill {
            std::thread::sleep(delay);
            child.kill().ok();
        }
        child.wait().expect("it ends");
        let text = reader.join().expect("read").expect("text");
        // A truncated line is no acknowledgement.
        let whole = text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n'));
        let acknowledged = whole.filter_map(|line| {
            let (number, more) = line.strip_prefix("ok ")?.split_once(' ').unwrap_or((&line[3..], ""));
            Some((number.parse().ok()?, more.to_owned()))
        });
        Run { acknowledged: acknowledged.collect(), took: start.elapsed() }
    }

    /// Recovers unsaved changes into a file; false if there were none.
    fn recover(&self, output: &str) -> bool {
        let Output { status, stderr, .. } =
            self.command(&["recover", "map.ron", "-o", output, "--lang", "en"]).output().expect("it runs");
        let told = String::from_utf8_lossy(&stderr).into_owned();
        assert!(status.code() != Some(2) || told.contains("Nothing was left"), "{told}");
        status.code() != Some(2)
    }

    fn open(&self, name: &str) -> Project {
        open_project(&RealDisk, &self.path(name)).expect("the project opens").loaded.project
    }
}

/// Returns the titles of touchpoints and insights.
fn titles(project: &Project) -> BTreeSet<String> {
    let wanted = |kind| matches!(kind, Kind::Touchpoint | Kind::Insight);
    let records = project.records().filter(|record| wanted(record.id().kind()));
    let title = records.filter_map(|record| match record.get(title_field(record.id().kind())?)? {
        FieldValue::Text(title) => Some(title),
        _ => None,
    });
    title.collect()
}

/// Returns a script of this many lines, and the titles after each of them.
fn script(lines: usize) -> (String, Vec<BTreeSet<String>>) {
    let mut text = String::new();
    let mut states = vec![BTreeSet::new()];
    for n in 1..=lines {
        let mut state = states[n - 1].clone();
        let line = match n {
            1 => "stage S".to_owned(),
            _ if n % 100 == 0 => "save".to_owned(),
            _ if n % 10 == 5 => {
                let before = format!("T{}", n - 1);
                state.remove(&before);
                state.insert(format!("R{n}"));
                format!("rename {before} : R{n}")
            }
            _ if n % 10 == 7 => {
                state.insert(format!("P{n}"));
                format!("pain T{} : P{n}", n - 1)
            }
            _ if n % 10 == 9 => {
                state.clone_from(&states[n - 2]);
                "undo".to_owned()
            }
            _ => {
                state.insert(format!("T{n}"));
                format!("touchpoint S : T{n}")
            }
        };
        states.push(state);
        writeln!(text, "{line}").expect("text");
    }
    (text, states)
}

#[test]
fn a_killed_script_loses_no_acknowledged_line() {
    let (runs, lines) = amount().map_or((6, 80), |runs| (runs, 1_000));
    let (text, states) = script(lines);
    let whole = Place::new();
    let run = whole.edit(&text, "script", None);
    assert_eq!(run.acknowledged.last_key_value().map(|(last, _)| *last), Some(lines));
    assert!(!whole.recover("out.ron"), "a script that ended leaves nothing");
    assert_eq!(titles(&whole.open("map.ron")), states[lines]);
    let mut source = IdSource::from_seed(11);
    let mut cut = 0;
    let mut kept = 0;
    for n in 0..runs {
        let place = Place::new();
        let delay = run.took.mul_f64((source.next_u64() % 1_000) as f64 / 1_000.0);
        let killed = place.edit(&text, "script", Some(delay));
        let acknowledged = killed.acknowledged.last_key_value().map_or(0, |(last, _)| *last);
        let name = if place.recover("out.ron") { "out.ron" } else { "map.ron" };
        let found = titles(&place.open(name));
        let reached = states.iter().rposition(|state| *state == found);
        assert!(reached.is_some_and(|line| line >= acknowledged), "run {n}: {reached:?} of {acknowledged}");
        assert!(!place.recover("again.ron"), "run {n}: it is recovered once");
        cut += usize::from(acknowledged < lines);
        kept += acknowledged;
    }
    println!("{runs} runs, {cut} of them killed on the way: {kept} acknowledged lines, 0 lost");
}

/// One of several that edit a file at once: each has touchpoints of its own, whose titles count up.
struct Writer<'a> {
    place: &'a Place,
    name: String,
    slots: &'a [String],
    source: IdSource,
    /// The last acknowledged number for each touchpoint.
    safe: BTreeMap<String, usize>,
    next: usize,
    saves: usize,
    kills: usize,
}

impl Writer<'_> {
    fn work(&mut self, saves: usize) {
        let mut usual = Duration::from_millis(300);
        while self.saves < saves {
            let mut text = String::new();
            let mut lines = BTreeMap::new();
            for line in (1..=20).step_by(2) {
                let slot = &self.slots[self.next % self.slots.len()];
                self.next += 1;
                lines.insert(line, (slot.clone(), self.next));
                writeln!(text, "rename {slot} : {} {:08}\nsave", self.name, self.next).expect("text");
            }
            let kill = self.source.next_u64().is_multiple_of(2);
            let delay = usual.mul_f64((self.source.next_u64() % 1_000) as f64 / 1_000.0);
            let run = self.place.edit(&text, &format!("script-{}", self.name), kill.then_some(delay));
            for (line, more) in &run.acknowledged {
                self.saves += usize::from(more == "saved");
                if let Some((slot, number)) = lines.get(line) {
                    self.safe.insert(slot.clone(), *number);
                }
            }
            if kill {
                self.kills += 1;
                self.place.recover("map.ron");
            } else {
                usual = run.took;
            }
        }
    }
}

#[test]
fn writers_on_one_file_lose_nothing_of_each_other() {
    let (writers, saves) = amount().map_or((3, 30), |saves| (8, saves));
    let place = Place::new();
    let mut begin = "stage S\n".to_owned();
    for n in 0..writers * 4 {
        writeln!(begin, "touchpoint S : {n} 00000000").expect("text");
    }
    let ids: Vec<String> = place.edit(&begin, "script", None).acknowledged.into_values().collect();
    let slots = &ids[1..=writers * 4];
    let mut all: Vec<Writer> = slots
        .chunks(4)
        .zip(0..)
        .map(|(slots, n)| Writer {
            place: &place,
            name: format!("w{n}"),
            slots,
            source: IdSource::from_seed(n),
            safe: BTreeMap::new(),
            next: 0,
            saves: 0,
            kills: 0,
        })
        .collect();
    std::thread::scope(|scope| {
        for writer in &mut all {
            scope.spawn(|| writer.work(saves));
        }
    });
    place.recover("map.ron");
    assert!(!place.recover("map.ron"), "nothing is left");
    let project = place.open("map.ron");
    let mut only_in_a_copy = 0;
    for (slot, number) in all.iter().flat_map(|writer| &writer.safe) {
        let holds = |project: &Project| number_of(project, slot).is_some_and(|found| found >= *number);
        if !holds(&project) {
            only_in_a_copy += 1;
            assert!(copies(&place, &project).iter().any(holds), "{slot} {number} is lost");
        }
    }
    let [saves, kills] =
        [|w: &Writer| w.saves, |w: &Writer| w.kills].map(|n| all.iter().map(n).sum::<usize>());
    println!(
        "{writers} writers, {saves} saves, {kills} killed: 0 lost, {only_in_a_copy} only in an earlier version"
    );
}

/// Returns the number in the title of a touchpoint.
fn number_of(project: &Project, id: &str) -> Option<usize> {
    match project.record(id.parse().ok()?)?.get(Touchpoint::TITLE)? {
        FieldValue::Text(title) => title.split_once(' ')?.1.parse().ok(),
        _ => None,
    }
}

/// Returns the stored earlier versions.
fn copies(place: &Place, project: &Project) -> Vec<Project> {
    let path = fs::canonicalize(place.path("map.ron")).expect("it is there");
    let versions = Versions::new(RealDisk, &place.path("state"));
    let document = |path: &Path| {
        versions
            .list_versions(VersionedDocument { project: project.info().id, path: Some(path) })
            .expect("versions are listed")
    };
    let kept = [document(&path), document(&place.path("map.ron"))].concat();
    kept.iter().filter_map(|kept| versions.load_version(kept).ok()).map(|loaded| loaded.project).collect()
}
