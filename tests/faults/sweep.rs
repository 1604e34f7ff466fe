//! Tests every command with a fault at every operation on files, on any file: the program's own state,
//! settings, fonts and libraries included. No path is chosen; the results are checked afterwards.

use crate::scenario::program;
use crate::strace::{Ended, Fault, Point, finish};
use crate::uses::{USES, Use, acknowledged, put};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// The number of faults after which a use reports how far it is.
const REPORTED: usize = 200;

/// The errors that each operation can end with, in addition to those of any operation.
const ERRORS: &[(&str, &[&str])] = &[
    ("openat", &["EIO", "EACCES", "ESTALE", "ETIMEDOUT", "EMFILE", "ENOSPC", "EROFS"]),
    ("read", &["EIO", "ESTALE", "ETIMEDOUT", "EINTR", "EACCES"]),
    ("pread64", &["EIO", "ESTALE"]),
    ("write", &["EIO", "ENOSPC", "EDQUOT", "EFBIG", "ESTALE", "EINTR"]),
    ("fsync", &["EIO", "ENOSPC", "EROFS", "ESTALE"]),
    ("fdatasync", &["EIO", "ENOSPC"]),
    ("rename", &["EIO", "EACCES", "EXDEV", "EBUSY", "ENOSPC", "ESTALE"]),
    ("unlink", &["EIO", "EACCES", "EBUSY"]),
    ("statx", &["EIO", "EACCES", "ESTALE", "ETIMEDOUT"]),
    ("newfstatat", &["EIO", "EACCES", "ESTALE"]),
    ("fstat", &["EIO", "ESTALE"]),
    ("readlink", &["EIO", "EACCES", "ESTALE"]),
    ("getdents64", &["EIO", "ESTALE"]),
    ("flock", &["EINTR", "ENOLCK", "EIO"]),
    ("fchmod", &["EPERM", "EIO"]),
    ("fchown", &["EPERM", "EIO"]),
    ("lseek", &["EIO", "ESPIPE"]),
    ("mkdir", &["EACCES", "ENOSPC", "EIO"]),
    ("getcwd", &["EACCES", "EIO"]),
    ("listxattr", &["EIO", "EACCES", "EOPNOTSUPP"]),
    ("llistxattr", &["EIO", "EACCES", "EOPNOTSUPP"]),
    ("lgetxattr", &["EIO", "EACCES"]),
    ("fgetxattr", &["EIO", "EACCES", "EOPNOTSUPP"]),
    ("fsetxattr", &["EIO", "EPERM", "ENOSPC"]),
    ("copy_file_range", &["EIO", "ENOSPC"]),
    ("close", &["EIO"]),
];

/// Operations that can also move no byte at all, as on a device that stops early. A folder that appears empty
/// can't be distinguished from an empty one.
const STOPPING: &[&str] = &["read", "pread64", "write"];

/// A folder prepared for a use of the program: always at the same path, which journals contain.
struct Scene {
    folder: PathBuf,
    before: BTreeMap<PathBuf, Vec<u8>>,
}

impl Scene {
    /// Creates the files that a use needs anew.
    fn of(prepared: &TempDir) -> Self {
        let folder = prepared.path().join("work");
        fs::remove_dir_all(&folder).unwrap();
        copy_tree(&prepared.path().join("kept"), &folder);
        let before = contents(&folder);
        Self { folder, before }
    }

    /// Returns the program as a use runs it, to be run by another program.
    fn command(&self, mut by: Command, arguments: &[&str]) -> Command {
        by.arg(program()).args(arguments).args(["--lang", "en"]).current_dir(&self.folder);
        by.env("DESIRELINE_STATE", "state").env("HOME", self.folder.join("home")).env("LC_ALL", "C.UTF-8");
        by
    }

    /// Runs the program alone, undisturbed.
    fn run(&self, arguments: &[&str]) -> Ended {
        let mut clean = Command::new("env");
        clean.arg("-u").arg("XDG_DATA_HOME");
        finish(self.command(clean, arguments))
    }
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), &place).unwrap();
            let changed = entry.metadata().unwrap().modified().unwrap();
            fs::File::options().append(true).open(place).unwrap().set_modified(changed).unwrap();
        }
    }
}

/// Returns all files below a folder, by their paths within it.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for path in fs::read_dir(&dir).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Returns every operation of an undisturbed run, numbered within its thread and name.
fn points(prepared: &TempDir, wanted: &Use) -> (Vec<Point>, Ended) {
    let scene = Scene::of(prepared);
    let log = tempfile::NamedTempFile::new().unwrap();
    let calls: Vec<&str> = ERRORS.iter().map(|(call, _)| *call).collect();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-s", "0", "-e", &format!("trace={}", calls.join(",")), "-o"]).arg(log.path());
    let ended = finish(scene.command(strace, wanted.arguments));
    assert!(ended.status.is_some_and(|status| status < 2), "{}: {ended:?}", wanted.name);
    let trace = String::from_utf8_lossy(&fs::read(log.path()).unwrap()).into_owned();
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut points = BTreeSet::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, _)) = rest.trim_start().split_once('(') else { continue };
        if calls.contains(&call) {
            let number = counts.entry((thread, call)).or_default();
            *number += 1;
            points.insert(Point { call: call.to_owned(), number: *number });
        }
    }
    assert!(points.len() > 20, "{}: the trace shows little", wanted.name);
    (points.into_iter().collect(), ended)
}

/// Returns the faults possible at a point: a kill, each error once and from then on, no byte moved.
fn faults(point: &Point) -> Vec<Fault> {
    let mut faults = vec![Fault::kill(point)];
    let errors = ERRORS.iter().find(|(call, _)| *call == point.call).map_or(&[][..], |(_, errors)| errors);
    for error in errors {
        faults.push(Fault::error(point, error, false));
        // An interrupted call is retried: one that always is would never end.
        if *error != "EINTR" {
            faults.push(Fault::error(point, error, true));
        }
    }
    if STOPPING.contains(&&*point.call) {
        faults.push(Fault::stop(point, false));
        faults.push(Fault::stop(point, true));
    }
    faults
}

/// Runs a use with a fault; returns the broken promises.
fn try_fault(prepared: &TempDir, wanted: &Use, clean: &Ended, fault: &Fault) -> Vec<String> {
    let scene = Scene::of(prepared);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &fault.traced(), "-e", fault.expression()]);
    let ended = finish(scene.command(strace, wanted.arguments));
    let mut wrong = Vec::new();
    check_end(wanted, clean, &ended, fault, &mut wrong);
    check_files(&scene, wanted, &ended, fault, &mut wrong);
    check_work(&scene, wanted, &ended, &mut wrong);
    wrong.iter().map(|what| format!("{} with {fault}: {what}; {ended:?}", wanted.name)).collect()
}

/// Checks the end of a run: always by an exit status unless killed, and success only without an error.
fn check_end(wanted: &Use, clean: &Ended, ended: &Ended, fault: &Fault, wrong: &mut Vec<String>) {
    if ended.status == Some(101) || ended.told.contains("panicked") {
        wrong.push("a panic".to_owned());
    }
    if ended.status.is_none() && !fault.kills() {
        wrong.push("ended by a signal".to_owned());
    }
    if ended.status == Some(0) && wanted.tells && ended.out != clean.out {
        wrong.push(format!("another result as success: {:?}", ended.out));
    }
    // An error that could not be written to standard error is reported nowhere; the system's fonts have their
    // own messages.
    let is_new = |line: &str| !line.starts_with("Fontconfig") && !clean.complaint.contains(line);
    if ended.status == Some(0) && clean.status == Some(0) && ended.complaint.lines().any(is_new) {
        wrong.push("something was told, and success".to_owned());
    }
    if ended.told.lines().any(|line| line.chars().count() > 2000) {
        wrong.push("a message of more than 2,000 characters".to_owned());
    }
}

/// Checks the folder afterwards: inputs unchanged, the output old or new, and no unnamed file.
fn check_files(scene: &Scene, wanted: &Use, ended: &Ended, fault: &Fault, wrong: &mut Vec<String>) {
    let now = contents(&scene.folder);
    for (path, bytes) in scene.before.iter().filter(|(path, _)| !path.starts_with("state")) {
        let is_output = wanted.output.is_some_and(|(name, _)| path == Path::new(name));
        if !is_output && now.get(path) != Some(bytes) {
            wrong.push(format!("{} changed", path.display()));
        }
    }
    if let Some((name, is_new)) = wanted.output {
        let old = scene.before.get(Path::new(name));
        let found = now.get(Path::new(name));
        let is_new = found.is_some_and(|bytes| is_new(bytes));
        if found != old && !is_new {
            wrong.push(format!("{name} is destroyed"));
        }
        if ended.status.is_some_and(|status| status < 2) && !is_new {
            wrong.push(format!("{name} is not written, and success"));
        }
    }
    let stays = fault.kills() || ["unlink", "rename"].iter().any(|call| fault.expression().contains(call));
    for path in now.keys().filter(|path| !scene.before.contains_key(*path)) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_ours = name.starts_with('.');
        let is_told = ended.told.contains(&*name) && ended.status != Some(0);
        if is_ours && !stays && !is_told {
            wrong.push(format!("{name} is left and not named"));
        }
        if name.ends_with(".damaged") {
            wrong.push(format!("{name} was put aside though nothing is damaged"));
        }
    }
}

/// Checks that unsaved work is in its journal as before, or in the output of a successful run, and that
/// acknowledged changes can be found.
fn check_work(scene: &Scene, wanted: &Use, ended: &Ended, wrong: &mut Vec<String>) {
    let back = scene.run(&["recover", "left.ron", "-o", "found.ron", "--keep"]);
    let is_there = |name: &str| {
        fs::read_to_string(scene.folder.join(name)).is_ok_and(|text| text.contains("Unsaved work"))
    };
    let is_saved = wanted.output.is_some_and(|(name, _)| is_there(name));
    if !is_there("found.ron") && !is_saved {
        wrong.push(format!("unsaved work is hidden: {back:?}"));
    }
    if let Some(file) = wanted.edits {
        let again = scene.run(&["recover", file, "-o", "edited.ron", "--keep"]);
        let file = if again.status.is_some_and(|status| status < 2) { "edited.ron" } else { file };
        let text = fs::read_to_string(scene.folder.join(file)).unwrap();
        for line in acknowledged(&ended.out) {
            if !text.contains(&line) {
                wrong.push(format!("{line} was acknowledged and is lost: {again:?}"));
            }
        }
    }
}

/// Builds the library that shortens reads and writes and sets the clock.
fn shortener(folder: &Path) -> PathBuf {
    let library = folder.join("short.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/short.c");
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(source).arg("-ldl");
    let built = compiler.status();
    assert!(built.is_ok_and(|status| status.success()), "cc is not installed, or can't build a library");
    library
}

/// Prepares a use in the folder that is its place.
fn prepare(wanted: &Use) -> TempDir {
    let prepared = tempfile::tempdir().unwrap();
    let folder = prepared.path().join("work");
    fs::create_dir(&folder).unwrap();
    let mut bare = |arguments: &[&str]| {
        let mut command = Command::new(program());
        command.args(arguments).args(["--lang", "en"]).current_dir(&folder);
        command.env("DESIRELINE_STATE", "state").env("HOME", folder.join("home"));
        let ended = finish(command);
        assert!(ended.status.is_some_and(|status| status < 2), "{}: {arguments:?}: {ended:?}", wanted.name);
    };
    crate::uses::leave_unsaved(&folder, &mut bare);
    (wanted.prepare)(&folder, &mut bare);
    copy_tree(&folder, &prepared.path().join("kept"));
    prepared
}

/// Runs every use with reads and writes that move few bytes at a time, and with clocks far ahead: each must
/// end as ever. Returns how many runs there were.
pub(crate) fn run_changed(settings: &[(&str, &str)]) -> usize {
    let tools = tempfile::tempdir().unwrap();
    let library = shortener(tools.path());
    let mut tried = 0;
    for wanted in USES {
        let prepared = prepare(wanted);
        let clean = Scene::of(&prepared).run(wanted.arguments);
        for (name, value) in settings {
            let scene = Scene::of(&prepared);
            let mut by = Command::new("env");
            by.arg(format!("LD_PRELOAD={}", library.display())).arg(format!("{name}={value}"));
            let ended = finish(scene.command(by, wanted.arguments));
            let told = format!("{} with {name}={value}: {ended:?}", wanted.name);
            assert_eq!(ended.status, clean.status, "{told}");
            assert!(!wanted.tells || ended.out == clean.out, "{told}");
            let mut wrong = Vec::new();
            check_files(&scene, wanted, &ended, &Fault::none(), &mut wrong);
            check_work(&scene, wanted, &ended, &mut wrong);
            assert!(wrong.is_empty(), "{told}: {wrong:?}");
            tried += 1;
        }
    }
    tried
}

/// Kills a script that deletes something while it saves, at each `stride`-th of the calls that a save makes;
/// another that has the file open must bring in whatever came to the file, and say nothing. Returns how many
/// kills there were, and how many came after the new content.
pub(crate) fn kill_while_saving(stride: usize) -> (usize, usize) {
    let mut tried = 0;
    let mut landed = 0;
    let calls = [("rename", 7), ("fsync", 10), ("unlink", 3)];
    let points = calls
        .iter()
        .flat_map(|(call, last)| (1..=*last).map(|number| Point { call: (*call).to_owned(), number }));
    for point in points.step_by(stride) {
        let prepared = tempfile::tempdir().unwrap();
        let at = prepared.path();
        let bytes = include_bytes!("../../templates/airline.ron");
        put(at, "plan.ron", bytes);
        let mut other = Command::new(program());
        other.args(["edit", "plan.ron", "--state-dir", "other", "--lang", "en"]).current_dir(at);
        let mut other =
            other.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let has_sign =
            || fs::read_dir(at).unwrap().any(|entry| entry.unwrap().path().to_string_lossy().ends_with('#'));
        while !has_sign() {
            assert!(other.try_wait().unwrap().is_none(), "it opens the file");
            std::thread::sleep(Duration::from_millis(5));
        }
        put(at, "lines.txt", b"delete Gate\n");
        let mut strace = Command::new("strace");
        let fault = Fault::kill(&point);
        strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &fault.traced(), "-e", fault.expression()]);
        strace.arg(program()).args(["edit", "plan.ron", "--script", "lines.txt", "--state-dir", "one"]);
        let killed = finish({
            strace.current_dir(at);
            strace
        });
        let has_gate = || fs::read_to_string(at.join("plan.ron")).unwrap().contains("title: \"Gate\"");
        let is_new = !has_gate();
        other.stdin.take().unwrap().write_all(b"stage Later\n").unwrap();
        let ended = other.wait_with_output().unwrap();
        let told = format!("{fault}: {killed:?}, then {}", String::from_utf8_lossy(&ended.stderr));
        assert!(ended.status.success(), "{told}");
        let text = fs::read_to_string(at.join("plan.ron")).unwrap();
        assert!(text.contains("title: \"Later\"") && has_gate() != is_new, "{told}");
        tried += 1;
        landed += usize::from(is_new && killed.status.is_none());
    }
    (tried, landed)
}

/// Tries a share of all faults of a use, each `stride`-th, without those that an earlier run tried; reports
/// how far it is. Returns how many were tried, those of earlier runs included, and what was wrong.
pub(crate) fn run(wanted: &Use, stride: usize) -> (usize, Vec<String>) {
    let prepared = prepare(wanted);
    let (points, traced) = points(&prepared, wanted);
    let clean = Scene::of(&prepared).run(wanted.arguments);
    assert_eq!(clean.status, traced.status, "{}", wanted.name);
    let all: Vec<Fault> = points.iter().flat_map(faults).collect();
    println!("{}: {} points, {} faults", wanted.name, points.len(), all.len());
    let mut progress = Progress::open(wanted.name);
    let mut tried = progress.tried.len();
    let mut wrong = Vec::new();
    for fault in all.iter().step_by(stride).filter(|fault| !progress.tried.contains(fault.expression())) {
        let found = try_fault(&prepared, wanted, &clean, fault);
        for what in &found {
            println!("WRONG {what}");
        }
        if found.is_empty() {
            progress.file.iter_mut().for_each(|file| writeln!(file, "{fault}").unwrap());
        }
        wrong.extend(found);
        tried += 1;
        if tried.is_multiple_of(REPORTED) {
            println!("{}: {tried} tried, {} wrong", wanted.name, wrong.len());
        }
    }
    println!("{}: all done, {tried} tried, {} wrong", wanted.name, wrong.len());
    (tried, wrong)
}

/// The faults of a use that did no harm in an earlier run, so that a run that was cut goes on where it ended.
struct Progress {
    tried: BTreeSet<String>,
    file: Option<fs::File>,
}

impl Progress {
    /// Opens the list of a use in the folder that `DESIRELINE_PROGRESS` names; without it, nothing is kept.
    fn open(name: &str) -> Self {
        let Some(folder) = std::env::var_os("DESIRELINE_PROGRESS").map(PathBuf::from) else {
            return Self { tried: BTreeSet::new(), file: None };
        };
        fs::create_dir_all(&folder).unwrap();
        let place = folder.join(format!("{}.txt", name.replace(' ', "_")));
        let known = fs::read_to_string(&place).unwrap_or_default();
        let file = fs::File::options().create(true).append(true).open(place).unwrap();
        Self { tried: known.lines().map(str::to_owned).collect(), file: Some(file) }
    }
}
