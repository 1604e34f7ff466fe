//! Kills the program, or makes its system calls fail, at every point where it accesses files; and runs it on
//! disks that are really full. In all cases, a file is the old one or the new one, and success is never
//! reported without reason.
//!
//! The ordinary run tries some points of two scenarios; `DESIRELINE_FAULTS=full` tries all of them and prints
//! their number: `DESIRELINE_FAULTS=full cargo test --test faults -- --include-ignored --nocapture`. Tests that
//! need strace, a C compiler or user namespaces are ignored; `.ci/run` runs those that the machine can do.
//!
//! The sweep over every command is a test for each: `… -- --ignored every_command::redact` runs one of them. With
//! `DESIRELINE_PROGRESS=folder` a run that was cut goes on where it ended.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a test that finds its data otherwise than expected fails"
)]

mod every_command;
mod scenario;
mod space;
mod strace;
mod sweep;
mod uses;

use scenario::{SCENARIOS, Scenario, State};
use strace::{Fault, Point};

/// Errors that calls on files can give, by call.
const ERRORS: &[(&str, &[&str])] = &[
    ("write", &["ENOSPC", "EIO", "EDQUOT", "EFBIG", "EINTR", "ESTALE"]),
    ("fsync", &["EIO", "ENOSPC", "EDQUOT", "EROFS", "EINVAL"]),
    ("fdatasync", &["EIO", "ENOSPC", "EDQUOT"]),
    ("openat", &["EACCES", "ENOSPC", "EMFILE", "EIO", "EROFS", "ESTALE", "ETIMEDOUT"]),
    ("rename", &["EXDEV", "EACCES", "EBUSY", "ENOSPC", "EIO", "EEXIST", "ESTALE"]),
    ("unlink", &["EACCES", "EIO", "EBUSY"]),
    ("statx", &["EIO", "EACCES", "ESTALE", "ENETDOWN"]),
    ("read", &["EIO", "ESTALE", "EINTR"]),
    ("fchmod", &["EPERM", "EIO"]),
    ("fchown", &["EPERM", "EIO"]),
    ("ftruncate", &["EIO", "ENOSPC"]),
    ("flock", &["EINTR", "ENOLCK"]),
    ("mkdir", &["EACCES", "ENOSPC"]),
    ("lseek", &["EIO"]),
    ("readlink", &["EIO"]),
];

fn full() -> bool {
    std::env::var("DESIRELINE_FAULTS").is_ok_and(|level| level == "full")
}

/// Returns the scenarios of this run: all, or a part of each of the first two.
fn chosen() -> &'static [Scenario] {
    if full() { SCENARIOS } else { &SCENARIOS[..2] }
}

/// Returns the stride at which points are tried.
fn stride(points: usize) -> usize {
    if full() { 1 } else { (points / 12).max(1) }
}

/// Runs a scenario with a fault; fails if the file is neither old nor new, or success is reported wrongly.
fn try_fault(scenario: &Scenario, fault: &Fault) -> State {
    let stage = scenario.stage();
    let ended = strace::run_with(&stage, scenario, fault);
    let found = stage.state(scenario);
    let told = format!("{} with {fault}: {ended:?}", scenario.name);
    assert!(found != State::Destroyed, "{told}: the file is destroyed");
    assert!(ended.status != Some(0) || found == State::New, "{told}: success was reported for nothing");
    assert!(ended.status != Some(101), "{told}: a panic");
    stage.check_promises(scenario, &ended, &told);
    found
}

#[test]
#[ignore = "needs strace"]
fn a_kill_at_any_system_call_leaves_the_old_or_the_new_file() {
    strace::require();
    let mut old = 0;
    let mut new = 0;
    for scenario in chosen() {
        let points = strace::points(scenario);
        let step = stride(points.len());
        for point in points.iter().step_by(step) {
            match try_fault(scenario, &Fault::kill(point)) {
                State::Old => old += 1,
                _ => new += 1,
            }
        }
    }
    assert!(old > 0 && new > 0, "no kill before or none after the rename: {old} old, {new} new");
    println!("killed at {} points: {old} old, {new} new, 0 destroyed", old + new);
}

#[test]
#[ignore = "needs strace"]
fn a_failing_system_call_leaves_the_old_or_the_new_file_and_is_told() {
    strace::require();
    let mut old = 0;
    let mut new = 0;
    for scenario in chosen() {
        let faults: Vec<Fault> = strace::points(scenario).iter().flat_map(errors).collect();
        let step = stride(faults.len());
        for fault in faults.iter().step_by(step) {
            match try_fault(scenario, fault) {
                State::Old => old += 1,
                _ => new += 1,
            }
        }
    }
    assert!(
        old > 0 && new > 0,
        "no error that a save fails by, or none that it survives: {old} old, {new} new"
    );
    println!(
        "{} errors injected: {old} old, {new} new, 0 destroyed, 0 told as success for nothing",
        old + new
    );
}

/// Returns the errors that can occur at a point: once, and from then on.
fn errors(point: &Point) -> Vec<Fault> {
    let known = ERRORS.iter().find(|(call, _)| *call == point.call);
    let errors = known.into_iter().flat_map(|(_, errors)| errors.iter());
    // An interrupted call is retried, by us and by every library: one that always is would never end.
    let fits = |error: &str, on: bool| !(on && error == "EINTR");
    let both = errors.flat_map(|error| [false, true].map(|on| (*error, on)));
    both.filter(|(error, on)| fits(error, *on)).map(|(error, on)| Fault::error(point, error, on)).collect()
}

#[test]
#[ignore = "needs a C compiler"]
fn reads_and_writes_of_few_bytes_and_any_clock_change_no_result() {
    // The last seconds of 9999, and beyond all dates.
    let settings = [
        ("SHORT_BYTES", "7"),
        ("SHORT_BYTES", "4095"),
        ("CLOCK_SECONDS", "253402300799"),
        ("CLOCK_SECONDS", "900000000000"),
    ];
    let settings = if full() { &settings[..] } else { &settings[1..3] };
    let tried = sweep::run_changed(settings);
    println!("{tried} runs with short reads and writes, or a clock far ahead: each as ever");
}

#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_an_error_and_no_silent_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut shell = std::process::Command::new("sh");
    // In blocks of 512 bytes.
    shell.args(["-c", "ulimit -f 8; exec \"$0\" new --template airline -o big.ron --lang en"]);
    let ended = strace::finish({
        shell.arg(scenario::program()).current_dir(folder.path());
        shell
    });
    assert_eq!(ended.status, Some(2), "{ended:?}");
    assert!(ended.complaint.contains("File too large"), "{ended:?}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
}

#[test]
#[ignore = "needs strace"]
fn whoever_is_killed_while_saving_leaves_proof_of_what_was_saved() {
    strace::require();
    let (tried, landed) = sweep::kill_while_saving(if full() { 1 } else { 3 });
    println!(
        "killed at {tried} points of a save, which came to the file {landed} times: merged by others each time"
    );
    assert!(landed > 0, "no kill came after the rename");
}

#[test]
#[ignore = "needs user namespaces"]
fn a_full_disk_keeps_the_old_file_and_is_told() {
    space::require();
    let mut tried = 0;
    for scenario in chosen() {
        for level in space::LEVELS {
            space::try_level(scenario, level);
            tried += 1;
        }
    }
    println!("{tried} runs on full disks: 0 destroyed, 0 told as success for nothing");
}
