//! Signals that would end a command in the middle of its work, without a word.

/// Lets a write beyond a limit on the size of files fail with an error, which is told, instead of ending the program.
#[cfg(unix)]
pub(super) fn fail_at_size_limit() {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    let signal = rustix::process::Signal::XFSZ.as_raw();
    // Where the system refuses, the signal does what it always did.
    signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false))).ok();
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn fail_at_size_limit() {}
