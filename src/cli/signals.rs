//! Handling of signals that would silently end a command in the middle of its work.

/// Makes a write beyond the limit on file sizes fail with an error, which is reported, instead of ending the
/// program.
#[cfg(unix)]
pub(super) fn fail_at_size_limit() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    let signal = rustix::process::Signal::XFSZ.as_raw();
    // If the system refuses, the signal keeps its default action.
    signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))).ok();
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn fail_at_size_limit() {}
