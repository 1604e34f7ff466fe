//! Importing a million rows from a cold process to scores by touchpoint, segment and month, beside polars
//! from `PyPI` doing the same grouping on the same file in the same run (`pip install polars fastexcel`;
//! without them only ours is shown). Below each: the longest a reader goes without telling its progress,
//! which is the longest a cancelled one goes on; and how long the look at the columns takes beside the count.

#![allow(clippy::expect_used, reason = "a bench that cannot go on stops")]

use engine::store::load::load_project;
use engine::survey::count::count_file;
use engine::survey::profile::profile_file;
use engine::survey::propose::propose_columns;
use engine::survey::source::{Input, ReadProgress, TableError};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ROWS: u32 = 1_000_000;
const RUNS: usize = 5;
const TOUCHPOINTS: u32 = 20;
const WIDE: u32 = 18;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    println!(
        "{:>34} {:>8} {:>9} {:>8} {:>9} {:>6}",
        "1,000,000 rows", "s", "peak MiB", "peer s", "peak MiB", "ratio"
    );
    for kind in ["long", "wide", "xlsx"] {
        let file = folder.path().join(format!("{kind}.{}", if kind == "xlsx" { kind } else { "csv" }));
        let project = folder.path().join("p.ron");
        let mut out = BufWriter::new(File::create(&file).expect("a file"));
        match kind {
            "long" => long(&mut out),
            "wide" => wide(&mut out),
            _ => workbook(&mut out),
        }
        out.flush().expect("written");
        begin(folder.path(), &project, kind);
        let long_form = kind != "wide";
        let arguments: &[&str] = if long_form {
            &[
                "--touchpoint-column",
                "touchpoint",
                "--score-column",
                "score",
                "--scale",
                "score=0-10",
                "--segment",
                "segment",
            ]
        } else {
            &[
                "--outcome",
                "overall",
                "--segment",
                "s1",
                "--segment",
                "s2",
                "--segment",
                "s3",
                "--segment",
                "s4",
            ]
        };
        report(kind, &file, &project, arguments);
        silence(&file, &project);
    }
}

/// Prints the longest times between two reports of progress, of the look that the mapping rests on and of the
/// count, the first and the last at the start and the end; then the times of both, medians of warm runs.
fn silence(file: &Path, project: &Path) {
    let project = load_project(&std::fs::read(project).expect("a project")).expect("a project").project;
    let journey = project.journeys_in_order()[0].info().id;
    let input = Input::new(file);
    let columns =
        propose_columns(&profile_file(&input, &Arc::default()).expect("a table"), &project, journey);
    let look = watched(|progress| profile_file(&input, progress).map(drop));
    let count = watched(|progress| count_file(&input, &columns, progress).map(drop));
    println!(
        "{:>34} look {:.1} ms, count {:.1} ms",
        "longest without report",
        millis(look.0),
        millis(count.0)
    );
    println!(
        "{:>34} look {:.1} ms, count {:.1} ms, look {:.1} % of both",
        "time",
        millis(look.1),
        millis(count.1),
        100.0 * millis(look.1) / millis(look.1 + count.1)
    );
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The longest silence in any of several runs, and the median of their times.
fn watched(read: impl Fn(&Arc<ReadProgress>) -> Result<(), TableError>) -> (Duration, Duration) {
    let mut runs: Vec<(Duration, Duration)> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            (longest(&read), begin.elapsed())
        })
        .collect();
    runs.sort_unstable_by_key(|(_, time)| *time);
    let silence = runs.iter().map(|(silence, _)| *silence).max().unwrap_or_default();
    (silence, runs[RUNS / 2].1)
}

fn longest(read: impl Fn(&Arc<ReadProgress>) -> Result<(), TableError>) -> Duration {
    let seen = Arc::new(Mutex::new((Instant::now(), Duration::ZERO)));
    let told = {
        let seen = seen.clone();
        move || {
            let mut seen = seen.lock().expect("no report panics");
            *seen = (Instant::now(), seen.1.max(seen.0.elapsed()));
            seen.1
        }
    };
    let each = told.clone();
    let progress = ReadProgress::with_callback(move |_| {
        each();
        true
    });
    read(&Arc::new(progress)).expect("a table");
    told()
}

/// A project with the touchpoints that are asked about.
fn begin(folder: &Path, project: &Path, kind: &str) {
    let names =
        |count: u32, name: fn(u32) -> String| (1..=count).map(move |place| format!("- {}\n", name(place)));
    let cards: String = match kind {
        "wide" => names(WIDE, |place| format!("t{place:02}")).collect(),
        _ => names(TOUCHPOINTS, |place| format!("Touchpoint {place:02}")).collect(),
    };
    let notes = folder.join("notes.md");
    let mut file = File::create(&notes).expect("a file");
    file.write_all(format!("# Peers\n## Stage\n{cards}").as_bytes()).expect("written");
    std::fs::remove_file(project).ok();
    let made = program().args(["new", "--outline"]).arg(&notes).arg("-o").arg(project).status();
    assert!(made.is_ok_and(|status| status.success()), "the project is made");
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_desireline"))
}

fn report(kind: &str, file: &Path, project: &Path, arguments: &[&str]) {
    let out = project.with_file_name("out.ron");
    let mut ours: Vec<(Duration, u64)> = (0..RUNS).map(|_| import(file, project, &out, arguments)).collect();
    ours.sort_unstable();
    let (ours, peak) = ours[RUNS / 2];
    let megabytes = file.metadata().map_or(0, |meta| meta.len()) / 1_000_000;
    print!("{:>34} {:>8.3} {peak:>9}", format!("{kind}, {megabytes} MB"), ours.as_secs_f64());
    let mut peers: Vec<(Duration, u64)> = (0..RUNS).filter_map(|_| peer(kind, file)).collect();
    peers.sort_unstable();
    match peers.get(peers.len() / 2) {
        Some((time, peak)) => {
            println!(
                " {:>8.3} {peak:>9} {:>6.2}",
                time.as_secs_f64(),
                ours.as_secs_f64() / time.as_secs_f64()
            );
        }
        None => println!("  polars is not there"),
    }
}

/// One import as a cold process: its time and its peak of memory in MiB.
fn import(file: &Path, project: &Path, out: &Path, arguments: &[&str]) -> (Duration, u64) {
    std::fs::remove_file(out).ok();
    let begin = Instant::now();
    let mut command = program();
    command.arg("import").arg(project).arg("--feedback").arg(file).arg("-o").arg(out);
    command.args(["--date-column", "date", "--wave", "month"]).args(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut peak = 0;
    let status = loop {
        peak = peak.max(memory(child.id()));
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success() && out.exists(), "the import of {} went in", file.display());
    (begin.elapsed(), peak)
}

/// The peak of memory of a process in MiB; 0 where the system does not tell.
fn memory(process: u32) -> u64 {
    let mut status = String::new();
    let path = PathBuf::from(format!("/proc/{process}/status"));
    File::open(path).and_then(|mut file| file.read_to_string(&mut status)).ok();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or_default() / 1024
}

/// The peer as a cold process, its own start included.
fn peer(kind: &str, file: &Path) -> Option<(Duration, u64)> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peers/import.py");
    let begin = Instant::now();
    let output = Command::new("python3").args([script, kind]).arg(file).output().ok()?;
    let text = String::from_utf8(output.stdout).ok().filter(|_| output.status.success())?;
    let peak = text.split_whitespace().nth(1)?.parse().ok()?;
    Some((begin.elapsed(), peak))
}

/// Numbers that look random and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % u64::from(limit)) as u32
    }

    fn day(&mut self) -> String {
        format!("202{}-{:02}-{:02}", 4 + self.below(3), 1 + self.below(12), 1 + self.below(28))
    }
}

/// One answer a row, eight columns, a comment in the last: about 180 MB.
fn long(out: &mut impl Write) {
    let mut random = Random(7);
    let comment =
        "the queue was long but the people at the desk were kind and helped us with the bags after a delay";
    writeln!(out, "respondent,date,touchpoint,segment,score,channel,country,comment").expect("written");
    for row in 0..ROWS {
        let day = random.day();
        let touchpoint = 1 + random.below(TOUCHPOINTS);
        let segment = random.below(5);
        let score = random.below(11);
        let channel = random.below(7);
        let country = random.below(40);
        writeln!(
            out,
            "R{row:07},{day},Touchpoint {touchpoint:02},Segment {segment},{score},channel {channel},C{country:02},\"{comment}, row {row}\""
        )
        .expect("written");
    }
}

/// A respondent a row: 25 columns, 18 touchpoints, an outcome, four segment columns.
fn wide(out: &mut impl Write) {
    let mut random = Random(11);
    let names: Vec<String> = (1..=WIDE).map(|place| format!("t{place:02}")).collect();
    writeln!(out, "respondent,date,s1,s2,s3,s4,{},overall", names.join(",")).expect("written");
    for row in 0..ROWS {
        let mut line = format!("R{row:07},{}", random.day());
        for groups in [2, 3, 5, 8] {
            write!(line, ",g{}", random.below(groups)).expect("a string takes it");
        }
        for _ in 0..=WIDE {
            write!(line, ",{}", 1 + random.below(5)).expect("a string takes it");
        }
        writeln!(out, "{line}").expect("written");
    }
}

/// The rows of `long` as a workbook with its texts in the sheet.
fn workbook(out: &mut BufWriter<File>) {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let mut rows = Vec::new();
    long(&mut rows);
    let options = SimpleFileOptions::default().large_file(true);
    let mut zip = ZipWriter::new(out);
    let kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns='{PACKAGE}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Override PartName='/xl/workbook.xml' ContentType='{kinds}.sheet.main+xml'/><Override PartName='/xl/worksheets/sheet1.xml' ContentType='{kinds}.worksheet+xml'/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='Answers' sheetId='1' r:id='r1'/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='r1' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/></Relationships>"
            ),
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    let mut sheet = BufWriter::new(&mut zip);
    write!(sheet, "<worksheet xmlns='{MAIN}'><sheetData>").expect("written");
    // The comment is the last cell and holds the only comma within quotes.
    for (row, line) in (1_u32..).zip(String::from_utf8(rows).expect("text").lines()) {
        write!(sheet, "<row r=\"{row}\">").expect("written");
        for (column, cell) in ('A'..).zip(line.splitn(8, ',')) {
            let cell = cell.trim_matches('"');
            match cell.parse::<u32>() {
                Ok(number) => write!(sheet, "<c r=\"{column}{row}\"><v>{number}</v></c>"),
                Err(_) => write!(sheet, "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
            }
            .expect("written");
        }
        write!(sheet, "</row>").expect("written");
    }
    write!(sheet, "</sheetData></worksheet>").expect("written");
    drop(sheet);
    zip.finish().expect("a workbook");
}
