//! Malicious files of every kind that the program reads, given to the program itself: each run ends by itself
//! with the right status, reports the problem in few words, and takes little time and memory.
//!
//! `cargo test` tries a part of them at a twentieth of their size; `.ci/soak` all at full size in an optimised
//! build.
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

/// The makers of the kinds of files.
fn makers() -> Vec<CaseMaker> {
    vec![
        ("projects", projects::graphs),
        ("project texts", projects::texts),
        ("project figures", projects::figures),
        ("project pictures", pictures::cases),
        ("survey texts", survey_texts::cases),
        ("packed texts", packed::cases),
        ("workbooks", books::cases),
        ("cut workbooks", books::cuts),
        ("open document", books::open_document),
        ("old workbooks", old_books::cases),
        ("exchanged", exchanged::cases),
        ("scripts", scripts::cases),
    ]
}

/// Runs some of the cases of each kind; panics with all problems. `DESIRELINE_ONLY` filters by a part of a
/// case's name.
fn try_all(scale: Scale, every: usize) {
    let (mut made, mut count, mut runs, mut short) = (0, 0, 0, String::new());
    let only = std::env::var("DESIRELINE_ONLY").unwrap_or_default();
    for (kind, make) in makers() {
        for case in make(scale) {
            made += 1;
            if made % every != 0 || !format!("{kind}: {}", case.name).contains(&only) {
                continue;
            }
            count += 1;
            for arguments in &case.runs {
                runs += 1;
                let outcome = run::try_one(&case, arguments);
                println!("{kind}: {} ({}): {outcome}", case.name, arguments.join(" "));
                for problem in outcome.problems(&case, scale) {
                    writeln!(short, "{kind}: {} ({}): {problem}", case.name, arguments.join(" ")).unwrap();
                }
            }
        }
    }
    println!("{made} hostile files, {count} of them tried in {runs} runs");
    assert!(made >= 200, "{made} files");
    assert!(short.is_empty(), "of {count} files and {runs} runs fell short:\n{short}");
}

#[test]
fn hostile_files_end_well_in_little_time_and_memory() {
    if std::env::var("DESIRELINE_HOSTILE").is_ok_and(|which| which == "full") {
        try_all(Scale::Full, 1);
    } else {
        try_all(Scale::Small, 5);
    }
}
