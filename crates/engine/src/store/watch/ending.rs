//! Removes this process's lock files before a signal ends it.

use super::presence::Presence;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longest time that the end waits for a drive.
const PATIENCE: Duration = Duration::from_secs(1);

/// Removes this process's lock files when the system or a person ends it by a signal, and then ends as it
/// would have. If the system gives no thread or signals for this, the lock files expire.
#[cfg(unix)]
pub fn take_signs_away_on_end() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    // A signal that is ignored, as under nohup, keeps being ignored.
    let asked: Vec<i32> =
        [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| !is_signal_ignored(*signal)).collect();
    let Ok(mut signals) = Signals::new(asked) else { return };
    let wait = move || {
        if let Some(signal) = signals.forever().next() {
            withdraw_all();
            signal_hook::low_level::emulate_default_handler(signal).ok();
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).ok();
}

/// Does nothing: other systems end a process without a signal.
#[cfg(not(unix))]
pub fn take_signs_away_on_end() {}

/// True if this process was started with a signal ignored; only Linux tells.
#[cfg(unix)]
pub fn is_signal_ignored(signal: i32) -> bool {
    let Ok(state) = std::fs::read_to_string("/proc/self/status") else { return false };
    let mask = state.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    u32::try_from(signal - 1).is_ok_and(|bit| mask.checked_shr(bit).is_some_and(|mask| mask & 1 == 1))
}

/// Removes all lock files, but waits for a drive no longer than [`PATIENCE`].
#[cfg(unix)]
fn withdraw_all() {
    let (done, ended) = channel();
    let work = move || {
        Presence::withdraw_all();
        done.send(()).ok();
    };
    if std::thread::Builder::new().name("signs".to_owned()).spawn(work).is_ok() {
        ended.recv_timeout(PATIENCE).ok();
    }
}
