//! Runs the built program as scripts do: in a folder, in English, with its own files in that folder too.
#![allow(dead_code, reason = "each test crate uses its part of this module")]
#![allow(clippy::expect_used, clippy::panic, reason = "a helper of a test that cannot go on fails the test")]

use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// The longest time that a command may take, in an unoptimized build.
const LONGEST: Duration = Duration::from_mins(1);

/// Returns the program, ready to be started.
pub(crate) fn command<S: AsRef<OsStr>>(folder: &Path, arguments: &[S]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_desireline"));
    command.current_dir(folder).args(arguments).env_remove("LANGUAGE").env("LC_ALL", "en_US.UTF-8");
    command.env("DESIRELINE_STATE", folder.join("state")).env("XDG_CONFIG_HOME", folder.join("config"));
    command
}

/// Runs it with this standard input, and expects this exit status; returns standard output and standard
/// error. A command that hangs fails.
pub(crate) fn run<S: AsRef<OsStr>>(
    folder: &Path,
    arguments: &[S],
    input: &str,
    status: i32,
) -> (String, String) {
    // Files hold any amount; a full pipe that is not read would stop the program.
    let [mut given, out, err] = std::array::from_fn(|_| tempfile::tempfile().expect("a file"));
    given.write_all(input.as_bytes()).and_then(|()| given.rewind()).expect("written");
    let mut command = command(folder, arguments);
    command.stdin(given).stdout(out.try_clone().expect("a file")).stderr(err.try_clone().expect("a file"));
    let mut child = command.spawn().expect("the program runs");
    let begun = Instant::now();
    let ended = loop {
        match child.try_wait().expect("it can be asked") {
            Some(ended) => break ended,
            None if begun.elapsed() > LONGEST => {
                child.kill().expect("it can be ended");
                panic!("it hangs: {command:?}");
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    let out = content(out);
    let err = content(err);
    assert_eq!(ended.code(), Some(status), "{command:?}: {out}{err}");
    (out, err)
}

/// Runs it with empty standard input.
pub(crate) fn expect<S: AsRef<OsStr>>(folder: &Path, status: i32, arguments: &[S]) -> (String, String) {
    run(folder, arguments, "", status)
}

fn content(mut file: File) -> String {
    let mut text = String::new();
    file.rewind().and_then(|()| file.read_to_string(&mut text)).expect("text");
    text
}
