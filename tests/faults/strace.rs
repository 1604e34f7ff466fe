//! Runs the program under strace: lists its calls on files, and makes those calls kill it or fail.

use crate::scenario::{Scenario, Stage};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The longest time that a fault may delay the program.
const PATIENCE: Duration = Duration::from_secs(20);

/// A system call of the program on one of the scenario's files, counted among those of the same name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Point {
    pub(crate) call: String,
    pub(crate) number: usize,
}

/// The fault injected at a point.
#[derive(Debug)]
pub(crate) struct Fault(String);

impl Fault {
    pub(crate) fn kill(point: &Point) -> Self {
        Self(format!("inject={}:signal=KILL:when={}", point.call, point.number))
    }

    /// Returns the fault that the call moves no byte, and reports no error.
    pub(crate) fn stop(point: &Point, from_then_on: bool) -> Self {
        let plus = if from_then_on { "+" } else { "" };
        Self(format!("inject={}:retval=0:when={}{plus}", point.call, point.number))
    }

    /// Returns no fault.
    pub(crate) fn none() -> Self {
        Self(String::new())
    }

    /// Returns the fault as an strace argument.
    pub(crate) fn expression(&self) -> &str {
        &self.0
    }

    /// Returns the traced call as an strace argument.
    pub(crate) fn traced(&self) -> String {
        let call = self.0.split(['=', ':']).nth(1).unwrap_or_default();
        format!("trace={call}")
    }

    /// True if it kills the program.
    pub(crate) fn kills(&self) -> bool {
        self.0.contains("signal=KILL")
    }

    pub(crate) fn error(point: &Point, error: &str, from_then_on: bool) -> Self {
        let plus = if from_then_on { "+" } else { "" };
        Self(format!("inject={}:error={error}:when={}{plus}", point.call, point.number))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The result of a run; without a status if it was killed.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: Option<i32>,
    /// Its whole output, for the message if a promise is broken.
    #[allow(dead_code, reason = "shown where a run breaks a promise")]
    pub(crate) told: String,
    /// Its standard output.
    pub(crate) out: String,
    /// Its standard error.
    pub(crate) complaint: String,
}

/// Fails with a sentence if strace is absent or may not trace.
pub(crate) fn require() {
    let tried =
        Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    assert!(tried.is_ok_and(|status| status.success()), "strace is not installed, or may not trace here");
}

/// Returns every call of an undisturbed run that touches the scenario's files.
pub(crate) fn points(scenario: &Scenario) -> Vec<Point> {
    let stage = scenario.stage();
    let log = tempfile::NamedTempFile::new().unwrap();
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-qq", "-s", "0", "-o"]).arg(log.path());
    let ended = finish(stage.command(strace, scenario));
    assert_eq!(ended.status, Some(0), "{}: {ended:?}", scenario.name);
    let text = String::from_utf8_lossy(&std::fs::read(log.path()).unwrap()).into_owned();
    let folder = stage.folder().canonicalize().unwrap();
    let points = touching(&text, folder.to_str().unwrap());
    assert!(points.len() > 10, "{}: the trace shows no work on files:\n{text}", scenario.name);
    points
}

/// Returns the calls in a trace that name a path in a folder, numbered within their thread and name.
fn touching(trace: &str, folder: &str) -> Vec<Point> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut points = BTreeSet::new();
    for line in trace.lines() {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Some((call, arguments)) = rest.trim_start().split_once('(') else { continue };
        if !call.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue;
        }
        let number = counts.entry((thread, call)).or_default();
        *number += 1;
        // The current folder is named in every relative path; only what is not a system path counts.
        let ours = arguments.contains(&format!("{folder}/"))
            || (arguments.contains(folder) && !arguments.contains("\"/"));
        if ours && call != "execve" && call != "readlink" {
            points.insert(Point { call: call.to_owned(), number: *number });
        }
    }
    points.into_iter().collect()
}

/// Runs a scenario with a fault.
pub(crate) fn run_with(stage: &Stage, scenario: &Scenario, fault: &Fault) -> Ended {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qq", "-o", "/dev/null", "-e", &fault.0]);
    finish(stage.command(strace, scenario))
}

/// Waits for the end of the run; fails if it does not come in time.
pub(crate) fn finish(mut command: Command) -> Ended {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let pid = child.id();
    let begun = Instant::now();
    let output = child.wait_with_output().unwrap();
    assert!(begun.elapsed() < PATIENCE, "{command:?} ({pid}) took {:?}", begun.elapsed());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let out = text(&output.stdout);
    let complaint = text(&output.stderr);
    Ended { status: output.status.code(), told: format!("{out}{complaint}"), out, complaint }
}
