//! One run of the program, with its time and memory.

use super::{Case, Must, Scale};
use engine::store::load::load_project;
use std::fmt;
use std::fs::File;
use std::io::{Read, Seek};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::time::{Duration, Instant};

/// The most time and memory of a run in an optimised build.
const SECONDS: f64 = 2.0;
const MEBIBYTES: u64 = 256;
/// The longest time of a run on a busy machine.
const LONGEST: Duration = Duration::from_mins(2);
/// Clock ticks of processor time in a second, as Linux tells them.
const TICKS: f64 = 100.0;
/// The most characters of a message on standard error; each is one line.
const LINE: usize = 2000;

/// The result of a run, with its time and memory.
pub(crate) struct Outcome {
    status: ExitStatus,
    took: Duration,
    cpu: f64,
    /// The most memory of the program, or of its child, in MiB.
    memory: u64,
    complaint: String,
    out: Option<Vec<u8>>,
    hung: bool,
}

/// Runs the program on the files of a case in a fresh folder.
pub(crate) fn try_one(case: &Case, arguments: &[String]) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &case.files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let [out, mut err] = std::array::from_fn(|_| tempfile::tempfile().unwrap());
    let mut command = Command::new(program());
    command.current_dir(folder.path()).args(arguments).args(["--lang", "en"]).env_remove("LANGUAGE");
    command.env("DESIRELINE_STATE", folder.path().join("state")).env("XDG_CONFIG_HOME", folder.path());
    let script = folder.path().join("script.txt");
    command.stdin(File::open(script).map_or_else(|_| std::process::Stdio::null(), Into::into));
    let start = Instant::now();
    let mut child = command.stdout(out).stderr(err.try_clone().unwrap()).spawn().unwrap();
    let mut peak = Peak::default();
    let mut hung = false;
    let status = loop {
        peak.look(child.id());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if start.elapsed() > LONGEST && !hung {
            hung = true;
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let took = start.elapsed();
    let mut bytes = Vec::new();
    err.rewind().and_then(|()| err.read_to_end(&mut bytes)).unwrap();
    let complaint = String::from_utf8_lossy(&bytes).into_owned();
    let out = std::fs::read(folder.path().join("out.ron")).ok();
    Outcome { status, took, cpu: peak.cpu, memory: peak.memory, complaint, out, hung }
}

fn program() -> std::ffi::OsString {
    std::env::var_os("DESIRELINE_PROGRAM").unwrap_or_else(|| env!("CARGO_BIN_EXE_desireline").into())
}

/// The peak usage of a process and its children, as the system reports it while they run.
#[derive(Default)]
struct Peak {
    memory: u64,
    cpu: f64,
}

impl Peak {
    fn look(&mut self, process: u32) {
        let read = |path: String| std::fs::read_to_string(path).unwrap_or_default();
        let status = read(format!("/proc/{process}/status"));
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|text| text.trim().split(' ').next()?.parse::<u64>().ok()).unwrap_or(0);
        self.memory = self.memory.max(peak / 1024);
        let stat = read(format!("/proc/{process}/stat"));
        let fields: Vec<u64> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split(' ')
            .map(|field| field.parse().unwrap_or(0))
            .collect();
        // User and system time, of the process and of the children it has waited for.
        let ticks: u64 = fields.iter().skip(12).take(4).sum();
        self.cpu = self.cpu.max(ticks as f64 / TICKS);
        let children = read(format!("/proc/{process}/task/{process}/children"));
        for child in children.split_whitespace().filter_map(|child| child.parse().ok()) {
            self.look(child);
        }
    }
}

impl Outcome {
    /// The time taken, in seconds: on a busy machine, elapsed time says little.
    pub(crate) fn seconds(&self) -> f64 {
        let took = self.took.as_secs_f64();
        took.min(self.cpu.max(took / 6.0))
    }

    /// The most memory taken, in MiB.
    pub(crate) fn memory(&self) -> u64 {
        self.memory
    }

    /// Returns the requirements that are not met.
    pub(crate) fn problems(&self, case: &Case, scale: Scale) -> Vec<String> {
        let mut problems = Vec::new();
        let mut check = |is_well: bool, problem: String| {
            if !is_well {
                problems.push(problem);
            }
        };
        check(!self.hung, format!("still runs after {LONGEST:?}"));
        check(self.status.signal().is_none(), format!("ended by signal {:?}", self.status.signal()));
        let code = self.status.code();
        check(code.is_none_or(|code| (0..=2).contains(&code)), format!("status {code:?}"));
        let told = code == Some(0) || !self.complaint.trim().is_empty() || code == Some(1);
        check(told, "fails without a word".to_owned());
        let plain = ["panicked at", "memory allocation of", "RUST_BACKTRACE", "stack overflow"];
        let raw = plain.iter().find(|word| self.complaint.contains(**word));
        check(raw.is_none(), format!("says {raw:?}"));
        let longest = self.complaint.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        check(longest <= LINE, format!("a message of {longest} characters"));
        match case.must {
            Must::End => {}
            Must::Refuse => check(code == Some(2), format!("status {code:?} where it has to be refused")),
            Must::Work => check(code == Some(0), format!("status {code:?}: {}", self.complaint.trim())),
        }
        if let Some(out) = &self.out {
            let opens = load_project(out).map(|_| ()).map_err(|error| format!("{error:?}"));
            check(opens.is_ok(), format!("what it wrote does not open: {opens:?}"));
        }
        if scale == Scale::Full {
            let seconds = self.seconds();
            check(seconds <= SECONDS, format!("takes {seconds:.1} s"));
            check(self.memory <= MEBIBYTES, format!("takes {} MiB", self.memory));
        }
        problems
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said: String = self.complaint.chars().take(160).collect();
        let code = self.status.code();
        let took = self.took.as_secs_f64();
        write!(
            f,
            "{code:?}, {took:.2} s, {:.2} s of the processor, {} MiB; {}",
            self.cpu,
            self.memory,
            said.trim()
        )
    }
}

/// Returns a path under the tests.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)).expect("a fixture")
}
