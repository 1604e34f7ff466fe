//! The commands that write files while faults are injected.

use crate::strace::Ended;
use engine::store::load::load_project;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const TEMPLATE: &[u8] = include_bytes!("../../templates/airline.ron");
const FEEDBACK: &[u8] = include_bytes!("../../templates/airline-feedback.csv");

/// The scenario whose acknowledged lines must come back.
const EDITING: &str = "editing by script";
/// Lines of the script.
const LINES: usize = 8;

/// One use of the program that writes a file.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// The arguments, without the program.
    arguments: &'static [&'static str],
    /// The file that must be old or new.
    file: &'static str,
    /// Creates the files beforehand.
    prepare: fn(&Path),
    /// True if the content is one that an undisturbed run leaves.
    is_new: fn(&[u8]) -> bool,
}

/// The state of a file after a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// Its content from before.
    Old,
    /// Its intended content.
    New,
    /// Any other content.
    Destroyed,
}

/// The scenarios; the ordinary run takes the first two.
pub(crate) const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "saving over a file",
        arguments: &["import", "plan.ron", "--feedback", "answers.csv", "-o", "plan.ron"],
        file: "plan.ron",
        prepare: project,
        is_new: has_feedback,
    },
    Scenario {
        name: "saving through a link",
        arguments: &["import", "link.ron", "--feedback", "answers.csv", "-o", "link.ron"],
        file: "link.ron",
        prepare: linked,
        is_new: has_feedback,
    },
    Scenario {
        name: "saving for the first time",
        arguments: &["new", "--template", "airline", "-o", "fresh.ron"],
        file: "fresh.ron",
        prepare: |_| {},
        is_new: reads,
    },
    Scenario {
        name: "saving a copy elsewhere",
        arguments: &["import", "plan.ron", "--feedback", "answers.csv", "-o", "copy.ron"],
        file: "copy.ron",
        prepare: project,
        is_new: has_feedback,
    },
    Scenario {
        name: "exporting a picture over another",
        arguments: &["export", "plan.ron", "-o", "map.png", "--width", "600"],
        file: "map.png",
        prepare: with_picture,
        is_new: |bytes| image::load_from_memory(bytes).is_ok(),
    },
    Scenario {
        name: "exporting a drawing",
        arguments: &["export", "plan.ron", "-o", "map.svg"],
        file: "map.svg",
        prepare: project,
        is_new: |bytes| bytes.ends_with(b"</svg>\n") || bytes.ends_with(b"</svg>"),
    },
    Scenario {
        name: "keeping a recipe over another",
        arguments: &[
            "import",
            "plan.ron",
            "--feedback",
            "answers.csv",
            "--dry-run",
            "--save-recipe",
            "r.ron",
            "--force",
        ],
        file: "r.ron",
        prepare: |folder| {
            project(folder);
            put(folder, "r.ron", b"old");
        },
        is_new: |bytes| engine::store::load::load_recipe(bytes).is_ok(),
    },
    Scenario {
        name: "saving two people's merged versions",
        arguments: &["merge", "plan.ron", "plan.ron", "theirs.ron", "-o", "plan.ron"],
        file: "plan.ron",
        prepare: two_versions,
        is_new: |bytes| titled(bytes, "Theirs"),
    },
    Scenario {
        name: EDITING,
        arguments: &["edit", "plan.ron", "--script", "lines.txt", "--state-dir", "state"],
        file: "plan.ron",
        prepare: scripted,
        is_new: |bytes| titled(bytes, &stage(LINES)),
    },
];

fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let mut file = std::fs::File::create(folder.join(name)).unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
}

fn project(folder: &Path) {
    put(folder, "plan.ron", TEMPLATE);
    put(folder, "answers.csv", FEEDBACK);
}

fn two_versions(folder: &Path) {
    project(folder);
    let text = String::from_utf8_lossy(TEMPLATE).replace("title: \"Gate\"", "title: \"Theirs\"");
    put(folder, "theirs.ron", text.as_bytes());
}

fn stage(line: usize) -> String {
    format!("Acknowledged {line}")
}

fn scripted(folder: &Path) {
    project(folder);
    let lines: Vec<String> = (1..=LINES).map(|line| format!("stage {}", stage(line))).collect();
    put(folder, "lines.txt", lines.join("\n").as_bytes());
}

/// True if a project has a card or stage with this title.
fn titled(bytes: &[u8], title: &str) -> bool {
    load_project(bytes).is_ok() && String::from_utf8_lossy(bytes).contains(&format!("title: \"{title}\""))
}

fn linked(folder: &Path) {
    project(folder);
    std::os::unix::fs::symlink("plan.ron", folder.join("link.ron")).unwrap();
}

fn with_picture(folder: &Path) {
    project(folder);
    put(folder, "map.png", b"an older picture");
}

fn reads(bytes: &[u8]) -> bool {
    load_project(bytes).is_ok()
}

fn has_feedback(bytes: &[u8]) -> bool {
    load_project(bytes).is_ok_and(|loaded| loaded.project.batches().len() == 1)
}

/// A folder prepared for a scenario.
pub(crate) struct Stage {
    folder: PathBuf,
    before: Option<Vec<u8>>,
    _kept: TempDir,
}

impl Scenario {
    pub(crate) fn stage(&self) -> Stage {
        let kept = tempfile::tempdir().unwrap();
        let folder = kept.path().join("work");
        std::fs::create_dir(&folder).unwrap();
        (self.prepare)(&folder);
        let before = std::fs::read(folder.join(self.file)).ok();
        Stage { folder, before, _kept: kept }
    }
}

impl Stage {
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the program set up to work in the folder, to be run by another.
    pub(crate) fn command(&self, mut by: Command, scenario: &Scenario) -> Command {
        by.arg(program()).args(scenario.arguments).args(["--lang", "en"]).current_dir(&self.folder);
        by
    }

    /// Returns the current state of the file.
    pub(crate) fn state(&self, scenario: &Scenario) -> State {
        let path = self.folder.join(scenario.file);
        let now = std::fs::read(&path).ok();
        let linked = scenario.file == "link.ron";
        if linked && !path.is_symlink() {
            return State::Destroyed;
        }
        match (&now, &self.before) {
            (now, before) if now == before => State::Old,
            (Some(bytes), _) if (scenario.is_new)(bytes) => State::New,
            _ => State::Destroyed,
        }
    }

    /// Checks the remaining promises: no file is left but one temporary file of ours, and only if the run was
    /// killed or could not remove it.
    pub(crate) fn check_promises(&self, scenario: &Scenario, ended: &Ended, told: &str) {
        if scenario.name == EDITING {
            self.find_acknowledged(ended, told);
        }
        let names: Vec<String> = std::fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with('.'))
            .collect();
        let ours = names.iter().all(|name| Path::new(name).extension().is_some_and(|ending| ending == "tmp"));
        assert!(names.len() <= 1 && ours, "{told}: {names:?} is left");
        assert!(names.is_empty() || ended.status != Some(0), "{told}: {names:?} is left by a success");
    }
}

impl Stage {
    /// Checks that every acknowledged line is in the file, or can be recovered from the journal.
    fn find_acknowledged(&self, ended: &Ended, told: &str) {
        let numbered = |line: &&str| {
            line.strip_prefix("ok ").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        };
        let acknowledged = ended.told.lines().filter(numbered).count();
        let mut recover = Command::new(program());
        recover.args(["recover", "plan.ron", "-o", "back.ron", "--state-dir", "state", "--lang", "en"]);
        let back = recover.current_dir(&self.folder).output().unwrap();
        let file = if back.status.success() { "back.ron" } else { "plan.ron" };
        let bytes = std::fs::read(self.folder.join(file)).unwrap();
        for line in 1..=acknowledged {
            assert!(titled(&bytes, &stage(line)), "{told}: line {line} of {acknowledged} is lost, {back:?}");
        }
    }
}

/// Returns the program: this build's, or the named one.
pub(crate) fn program() -> PathBuf {
    let named = std::env::var_os("DESIRELINE_PROGRAM").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_desireline")))
}
