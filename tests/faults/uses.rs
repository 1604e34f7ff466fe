//! The uses of the program under faults: every command.

use engine::feedback::score::MetricChoice;
use engine::feedback::table::{Waves, score_rows};
use engine::store::load::load_project;
use std::fs;
use std::io::Write;
use std::path::Path;

const TEMPLATE: &[u8] = include_bytes!("../../templates/airline.ron");
const FEEDBACK: &[u8] = include_bytes!("../../templates/airline-feedback.csv");
/// Lines of the script.
const LINES: usize = 3;

/// Runs the program in the prepared folder.
pub(crate) type Run<'a> = &'a mut dyn FnMut(&[&str]);

/// A file that is written, and a check that a content is one that an undisturbed run may leave.
pub(crate) type Output = (&'static str, fn(&[u8]) -> bool);

/// One use of the program.
pub(crate) struct Use {
    pub(crate) name: &'static str,
    pub(crate) arguments: &'static [&'static str],
    /// Creates the files beforehand.
    pub(crate) prepare: fn(&Path, Run<'_>),
    /// The file that is written, and a check that a content is one that an undisturbed run may leave.
    pub(crate) output: Option<Output>,
    /// True if its standard output is its result, the same each time.
    pub(crate) tells: bool,
    /// The file whose changes it acknowledges line by line.
    pub(crate) edits: Option<&'static str>,
}

const READS: Use = Use { name: "", arguments: &[], prepare: project, output: None, tells: true, edits: None };
const WRITES: Use = Use { tells: false, ..READS };

/// Every command.
pub(crate) const USES: &[Use] = &[
    Use { name: "templates", arguments: &["templates"], ..READS },
    Use { name: "check", arguments: &["check", "plan.ron"], ..READS },
    Use { name: "scores", arguments: &["scores", "rated.ron"], prepare: rated, ..READS },
    Use { name: "drivers", arguments: &["drivers", "rated.ron"], prepare: rated, ..READS },
    Use { name: "diff", arguments: &["diff", "plan.ron", "theirs.ron"], prepare: two_versions, ..READS },
    Use { name: "recover --list", arguments: &["recover", "--list"], ..READS },
    Use {
        name: "import --dry-run",
        arguments: &["import", "plan.ron", "--feedback", "answers.csv", "--dry-run"],
        ..READS
    },
    Use {
        name: "new",
        arguments: &["new", "--template", "airline", "-o", "fresh.ron"],
        output: Some(("fresh.ron", reads)),
        ..WRITES
    },
    Use {
        name: "new --copy",
        arguments: &["new", "--copy", "known.ron", "-o", "copy.ron"],
        prepare: known,
        output: Some(("copy.ron", reads)),
        ..WRITES
    },
    Use {
        name: "new --outline",
        arguments: &["new", "--outline", "notes.md", "-o", "fresh.ron"],
        output: Some(("fresh.ron", reads)),
        ..WRITES
    },
    Use {
        name: "edit",
        arguments: &["edit", "plan.ron", "--script", "lines.txt"],
        output: Some(("plan.ron", |bytes| reads(bytes) && holds(bytes, &stage(LINES)))),
        edits: Some("plan.ron"),
        ..WRITES
    },
    Use {
        name: "import",
        arguments: &["import", "plan.ron", "--feedback", "answers.csv", "-o", "plan.ron"],
        output: Some(("plan.ron", |bytes| batches(bytes) == 1)),
        ..WRITES
    },
    Use {
        name: "import --again new",
        arguments: &["import", "known.ron", "--feedback", "june.csv", "--again", "new", "-o", "known.ron"],
        prepare: known,
        // With the ids of May available, exactly the 30 new answers are added.
        output: Some(("known.ron", |bytes| batches(bytes) == 2 && answers(bytes) == 90)),
        ..WRITES
    },
    Use {
        name: "import --save-recipe",
        arguments: &[
            "import",
            "plan.ron",
            "--feedback",
            "answers.csv",
            "--dry-run",
            "--save-recipe",
            "r.ron",
        ],
        output: Some(("r.ron", |bytes| engine::store::load::load_recipe(bytes).is_ok())),
        ..WRITES
    },
    Use {
        name: "export to SVG",
        arguments: &["export", "plan.ron", "-o", "map.svg"],
        output: Some(("map.svg", |bytes| bytes.trim_ascii_end().ends_with(b"</svg>"))),
        ..WRITES
    },
    Use {
        name: "export to PNG",
        arguments: &["export", "plan.ron", "-o", "map.png", "--width", "300"],
        prepare: |folder, run| {
            project(folder, run);
            put(folder, "map.png", b"an older picture");
        },
        output: Some(("map.png", |bytes| image::load_from_memory(bytes).is_ok())),
        ..WRITES
    },
    Use {
        name: "export to CSV",
        arguments: &["export", "plan.ron", "-o", "map.csv"],
        output: Some(("map.csv", |bytes| bytes.len() > 500 && holds(bytes, "Gate"))),
        ..WRITES
    },
    Use {
        name: "merge",
        arguments: &["merge", "plan.ron", "plan.ron", "theirs.ron", "-o", "plan.ron"],
        prepare: two_versions,
        output: Some(("plan.ron", |bytes| reads(bytes) && holds(bytes, "title: \"Theirs\""))),
        ..WRITES
    },
    Use {
        name: "redact",
        arguments: &["redact", "rated.ron", "-o", "shared.ron"],
        prepare: rated,
        output: Some(("shared.ron", reads)),
        ..WRITES
    },
    Use {
        name: "repair",
        arguments: &["repair", "damaged.ron", "-o", "mended.ron"],
        prepare: |folder, run| {
            project(folder, run);
            put(folder, "damaged.ron", &TEMPLATE[..TEMPLATE.len() - 400]);
        },
        output: Some(("mended.ron", reads)),
        ..WRITES
    },
    Use {
        name: "recover",
        arguments: &["recover", "left.ron", "-o", "left.ron"],
        output: Some(("left.ron", |bytes| reads(bytes) && holds(bytes, "Unsaved work"))),
        ..WRITES
    },
    Use {
        name: "recover elsewhere",
        arguments: &["recover", "left.ron", "-o", "back.ron"],
        output: Some(("back.ron", |bytes| reads(bytes) && holds(bytes, "Unsaved work"))),
        ..WRITES
    },
];

pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) {
    let mut file = fs::File::create(folder.join(name)).unwrap();
    file.write_all(bytes).unwrap();
}

/// Leaves unsaved work in a separate file: no use of the program may hide it.
pub(crate) fn leave_unsaved(folder: &Path, run: Run<'_>) {
    put(folder, "left.ron", TEMPLATE);
    put(folder, "left.txt", b"stage Unsaved work\n");
    run(&["edit", "left.ron", "--script", "left.txt", "--no-save"]);
}

fn project(folder: &Path, _: Run<'_>) {
    put(folder, "plan.ron", TEMPLATE);
    put(folder, "answers.csv", FEEDBACK);
    put(folder, "notes.md", b"# Trip\n## Plan\n- Search\n- Book\n");
    let lines: Vec<String> = (1..=LINES).map(|line| format!("stage {}", stage(line))).collect();
    put(folder, "lines.txt", lines.join("\n").as_bytes());
}

fn rated(folder: &Path, run: Run<'_>) {
    project(folder, run);
    run(&["import", "plan.ron", "--feedback", "answers.csv", "-o", "rated.ron"]);
}

fn two_versions(folder: &Path, run: Run<'_>) {
    project(folder, run);
    let text = String::from_utf8_lossy(TEMPLATE).replace("title: \"Gate\"", "title: \"Theirs\"");
    put(folder, "theirs.ron", text.as_bytes());
}

/// Creates a project with an import whose respondents are known by their ids in the state folder.
fn known(folder: &Path, run: Run<'_>) {
    let rows = |to: u32| {
        let rows = (1..=to).map(|id| format!("r{id:04},{}\n", id % 5 + 1));
        rows.collect::<Vec<String>>().concat()
    };
    for (name, to) in [("may.csv", 60), ("june.csv", 90)] {
        put(folder, name, format!("Respondent ID,Gate (1-5)\n{}", rows(to)).as_bytes());
    }
    put(folder, "trip.md", b"# Trip\n## Plan\n- Gate\n");
    run(&["new", "--outline", "trip.md", "-o", "trip.ron"]);
    run(&["import", "trip.ron", "--feedback", "may.csv", "-o", "known.ron"]);
}

fn stage(line: usize) -> String {
    format!("Acknowledged {line}")
}

/// Returns the stages of the acknowledged lines.
pub(crate) fn acknowledged(out: &str) -> Vec<String> {
    let numbers = out.lines().filter_map(|line| line.strip_prefix("ok ")?.split(' ').next()?.parse().ok());
    numbers.map(stage).collect()
}

fn reads(bytes: &[u8]) -> bool {
    load_project(bytes).is_ok()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    String::from_utf8_lossy(bytes).contains(text)
}

fn batches(bytes: &[u8]) -> usize {
    load_project(bytes).map_or(0, |loaded| loaded.project.batches().len())
}

/// Answers of all waves together.
fn answers(bytes: &[u8]) -> u64 {
    let Ok(loaded) = load_project(bytes) else { return 0 };
    let rows = score_rows(&loaded.project, MetricChoice::Own, Waves::Each);
    rows.iter().filter(|row| row.segment.is_everyone()).map(|row| row.score.n).sum()
}
