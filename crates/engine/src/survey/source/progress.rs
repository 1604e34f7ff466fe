//! Progress and cancellation of a read.

use std::sync::atomic::{AtomicBool, Ordering};

/// Callback with the share of the file that is read, 0 to 1; returns false to cancel.
type ProgressCallback = dyn Fn(f32) -> bool + Send + Sync;

/// Progress and cancellation of a read.
#[derive(Default)]
pub struct ReadProgress {
    stopped: AtomicBool,
    watch: Option<Box<ProgressCallback>>,
}

impl ReadProgress {
    /// Creates a progress that reports the share of the file read so far, 0 to 1, and cancels once the
    /// callback returns false. It is called on the reading thread.
    pub fn with_callback(watch: impl Fn(f32) -> bool + Send + Sync + 'static) -> Self {
        Self { watch: Some(Box::new(watch)), ..Self::default() }
    }

    /// Reports the bytes read out of all; returns false if the read is cancelled.
    pub(super) fn report_read(&self, read: u64, total: u64) -> bool {
        let share = (read as f64 / total.max(1) as f64).min(1.0) as f32;
        if self.watch.as_ref().is_some_and(|watch| !watch(share)) {
            self.stopped.store(true, Ordering::Relaxed);
        }
        !self.stopped.load(Ordering::Relaxed)
    }
}
