//! Disks that are really full: a small file system in memory, in a separate user namespace.

use crate::scenario::{Scenario, State};
use crate::strace::finish;
use std::process::{Command, Stdio};

/// The space left on the disk.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Level {
    /// This number of bytes.
    Bytes(u64),
    /// Room, but no entry for another file.
    NoEntries,
}

/// Levels from nothing to almost enough.
pub(crate) const LEVELS: &[Level] =
    &[Level::Bytes(0), Level::Bytes(4096), Level::Bytes(12_288), Level::Bytes(24_576), Level::NoEntries];

/// The size of the disk, in bytes.
const DISK: u64 = 1 << 20;

/// Fails with a sentence if there are no user namespaces.
pub(crate) fn require() {
    let tried = Command::new("unshare").args(["-Urm", "true"]).stderr(Stdio::null()).status();
    assert!(
        tried.is_ok_and(|status| status.success()),
        "unshare is not installed, or may not make namespaces here"
    );
}

/// Runs a scenario on a disk with this much space left; then checks the file as it was copied out.
pub(crate) fn try_level(scenario: &Scenario, level: &Level) {
    let stage = scenario.stage();
    let disk = stage.folder().with_file_name("disk");
    std::fs::create_dir(&disk).unwrap();
    let entries = if matches!(level, Level::NoEntries) {
        "nr_inodes=$(($(ls -A . | wc -l) + 2))"
    } else {
        "nr_inodes=0"
    };
    let fill = match level {
        Level::Bytes(left) => format!(
            "left=$(($(df --output=avail -B1 disk | tail -1) - {left})); [ $left -le 0 ] || head -c $left /dev/zero > disk/filler; "
        ),
        Level::NoEntries => "touch disk/filler 2>/dev/null; ".to_owned(),
    };
    let entries = entries.replace("ls -A .", "ls -A work");
    let script = format!(
        "cd .. && mount -t tmpfs -o size={DISK},{entries} tmpfs disk && cp -a work/. disk/ && {fill} \
         cd disk && \"$@\"; status=$?; cd .. && rm -rf disk/filler && rm -rf work && cp -a disk work; exit $status"
    );
    let mut shell = Command::new("unshare");
    shell.args(["-Urm", "sh", "-c", &script, "sh"]);
    let ended = finish(stage.command(shell, scenario));
    let found = stage.state(scenario);
    let told = format!("{} with {level:?} left: {ended:?}", scenario.name);
    assert!(found != State::Destroyed, "{told}: the file is destroyed");
    assert_eq!(ended.status == Some(0), found == State::New, "{told}: {found:?}");
    if matches!(level, Level::Bytes(0) | Level::NoEntries) {
        assert_eq!(found, State::Old, "{told}: the disk was not full");
    }
}
