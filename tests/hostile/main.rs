//! Malicious files of every kind that the program reads, given to the program itself: each run ends by itself
//! with the right status, reports the problem in few words, and takes little time and memory.
//!
//! `cargo test` tries a part of them at a twentieth of their size; `.ci/soak` all at full size in an
//! optimised build.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![allow(clippy::too_many_lines, reason = "lists of cases, one after the other")]
#![allow(clippy::format_collect, reason = "files of a few megabytes are built from parts once")]
#![allow(clippy::disallowed_methods, reason = "tests set up files as other programs would")]

mod books;
mod exchanged;
mod old_books;
mod packed;
mod pictures;
mod projects;
mod run;
mod scripts;
mod survey_texts;

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A file, and the commands that the program runs on it.
pub(crate) struct Case {
    name: String,
    /// The files, the hostile one first.
    files: Vec<(String, Vec<u8>)>,
    /// The arguments of each run.
    runs: Vec<Vec<String>>,
    must: Must,
}

/// The required end of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Must {
    /// With a result, or with a reason why there is none.
    End,
    /// With a reason.
    Refuse,
    /// With a result.
    Work,
}

/// The size of hostile files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// A twentieth, for unoptimized builds.
    Small,
    /// As large as a file of 10 MB may make it.
    Full,
}

impl Scale {
    /// Scales a number of items.
    pub(crate) fn of(self, count: usize) -> usize {
        match self {
            Self::Small => (count / 20).max(2),
            Self::Full => count,
        }
    }
}

impl Case {
    /// Returns the case of a project, and commands with `@` in its place.
    pub(crate) fn project(name: &str, text: impl Into<Vec<u8>>, commands: &[&str]) -> Self {
        Self::of(name, vec![("map.ron", text.into())], commands)
    }

    /// Returns the case of a survey that is imported into a small project.
    pub(crate) fn survey(name: &str, file: &str, bytes: impl Into<Vec<u8>>) -> Self {
        let files = vec![(file, bytes.into()), ("map.ron", projects::small().into_bytes())];
        Self::of(name, files, &[&format!("import map.ron --feedback {file} -o out.ron --force")])
    }

    /// Returns the case of a file that becomes a project.
    pub(crate) fn journey(name: &str, file: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self::of(name, vec![(file, bytes.into())], &[&format!("new --from {file} -o out.ron")])
    }

    pub(crate) fn of(name: &str, files: Vec<(&str, Vec<u8>)>, commands: &[&str]) -> Self {
        let words = |command: &&str| command.split(' ').map(|word| word.replace('@', "map.ron")).collect();
        let files = files.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
        Self { name: name.to_owned(), files, runs: commands.iter().map(words).collect(), must: Must::End }
    }

    #[must_use]
    pub(crate) fn must(self, must: Must) -> Self {
        Self { must, ..self }
    }
}

/// A source of noise that is the same each time.
pub(crate) struct Noise(u64);

impl Noise {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(2).wrapping_add(0x9e37_79b9_7f4a_7c15))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 24) as u8).collect()
    }
}

/// A kind of cases by its name.
type CaseMaker = (&'static str, fn(Scale) -> Vec<Case>);

/// Declares the kinds of files, and a test of each: in full, one kind takes minutes.
macro_rules! kinds {
    ($($test:ident, $name:literal, $make:path;)*) => {
        const KINDS: &[CaseMaker] = &[$(($name, $make)),*];
        $(
            #[test]
            fn $test() {
                try_kind(($name, $make));
            }
        )*
    };
}

kinds! {
    graphs_end_well, "projects", projects::graphs;
    texts_in_projects_end_well, "project texts", projects::texts;
    figures_in_projects_end_well, "project figures", projects::figures;
    pictures_end_well, "project pictures", pictures::cases;
    survey_texts_end_well, "survey texts", survey_texts::cases;
    packed_texts_end_well, "packed texts", packed::cases;
    workbooks_end_well, "workbooks", books::cases;
    cut_workbooks_end_well, "cut workbooks", books::cuts;
    open_documents_end_well, "open document", books::open_document;
    old_workbooks_end_well, "old workbooks", old_books::cases;
    exchanged_files_end_well, "exchanged", exchanged::cases;
    scripts_end_well, "scripts", scripts::cases;
}

/// The share of the cases that `cargo test` tries: one of so many.
const PART: usize = 5;

/// Runs cases of a kind, all at full size if `DESIRELINE_HOSTILE=full`; panics with all problems.
/// `DESIRELINE_ONLY` filters by a part of a case's name.
fn try_kind((kind, make): CaseMaker) {
    let is_full = std::env::var("DESIRELINE_HOSTILE").is_ok_and(|which| which == "full");
    let (scale, every) = if is_full { (Scale::Full, 1) } else { (Scale::Small, PART) };
    let only = std::env::var("DESIRELINE_ONLY").unwrap_or_default();
    let mut short = String::new();
    let mut worst: BTreeMap<String, Worst> = BTreeMap::new();
    for case in make(scale).into_iter().step_by(every) {
        if !format!("{kind}: {}", case.name).contains(&only) {
            continue;
        }
        for arguments in &case.runs {
            let outcome = run::try_one(&case, arguments);
            println!("{kind}: {} ({}): {outcome}", case.name, arguments.join(" "));
            for problem in outcome.problems(&case, scale) {
                writeln!(short, "{kind}: {} ({}): {problem}", case.name, arguments.join(" ")).unwrap();
            }
            worst.entry(command_of(arguments)).or_default().add(&case.name, &outcome);
        }
    }
    for (command, worst) in worst {
        println!("worst of {kind}, {command}: {worst}");
    }
    assert!(short.is_empty(), "of {kind} fell short:\n{short}");
}

/// Returns the command of a run, with the ending of the file that it writes.
fn command_of(arguments: &[String]) -> String {
    let ending = arguments.iter().find_map(|argument| argument.strip_prefix("out."));
    let command = arguments.first().map_or("", String::as_str);
    ending.map_or_else(|| command.to_owned(), |ending| format!("{command} {ending}"))
}

/// The runs of a command that took the most.
#[derive(Default)]
struct Worst {
    runs: usize,
    time: (f64, String),
    memory: (u64, String),
}

impl Worst {
    fn add(&mut self, name: &str, outcome: &run::Outcome) {
        self.runs += 1;
        if outcome.seconds() > self.time.0 {
            self.time = (outcome.seconds(), name.to_owned());
        }
        if outcome.memory() > self.memory.0 {
            self.memory = (outcome.memory(), name.to_owned());
        }
    }
}

impl std::fmt::Display for Worst {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { runs, time: (seconds, slowest), memory: (mebibytes, largest) } = self;
        write!(f, "{runs} runs, {seconds:.2} s ({slowest}), {mebibytes} MiB ({largest})")
    }
}

#[test]
fn there_are_enough_hostile_files() {
    let made: usize = KINDS.iter().map(|(_, make)| make(Scale::Small).len()).sum();
    println!("{made} hostile files");
    assert!(made >= 200, "{made} files");
}
