//! Handling of signals that would silently end a command in the middle of its work.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Makes a write beyond the limit on file sizes fail with an error, which is reported, instead of ending the
/// program.
#[cfg(unix)]
pub(super) fn fail_at_size_limit() {
    let signal = rustix::process::Signal::XFSZ.as_raw();
    // If the system refuses, the signal keeps its default action.
    signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))).ok();
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn fail_at_size_limit() {}

/// Returns a flag that Ctrl+C or the system's request to end sets from now on instead of ending the program,
/// so that it can remove its temporary files. A second one ends it at once.
#[cfg(unix)]
pub(super) fn stop_request() -> Arc<AtomicBool> {
    use engine::store::watch::is_signal_ignored;
    use rustix::process::Signal;
    use signal_hook::flag;
    use std::sync::LazyLock;
    static STOPPED: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| {
        let stopped = Arc::<AtomicBool>::default();
        let signals = [Signal::INT, Signal::TERM].map(Signal::as_raw);
        for signal in signals.into_iter().filter(|signal| !is_signal_ignored(*signal)) {
            // In this order, the first signal finds the flag unset. If the system refuses, the signal keeps
            // its default action.
            flag::register_conditional_default(signal, Arc::clone(&stopped)).ok();
            flag::register(signal, Arc::clone(&stopped)).ok();
        }
        stopped
    });
    Arc::clone(&STOPPED)
}

/// Elsewhere Ctrl+C ends the program at once.
#[cfg(not(unix))]
pub(super) fn stop_request() -> Arc<AtomicBool> {
    Arc::default()
}
