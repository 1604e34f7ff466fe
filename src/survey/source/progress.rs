//! How far a read has come, and whether it shall go on.

use std::sync::atomic::{AtomicBool, Ordering};

/// Told the share of a file that is read, 0 to 1; says whether to go on.
type Watch = dyn Fn(f32) -> bool + Send + Sync;

/// How far a read has come, and whether it shall go on.
#[derive(Default)]
pub struct Progress {
    stopped: AtomicBool,
    watch: Option<Box<Watch>>,
}

impl Progress {
    /// A read that tells the share of the file it has seen, 0 to 1, and stops where the answer is false. It is asked
    /// from the thread that reads.
    pub fn watched(watch: impl Fn(f32) -> bool + Send + Sync + 'static) -> Self {
        Self { watch: Some(Box::new(watch)), ..Self::default() }
    }

    /// Tells that so many of all bytes are read; false where the read shall stop.
    pub(super) fn goes_on(&self, read: u64, total: u64) -> bool {
        let share = (read as f64 / total.max(1) as f64).min(1.0) as f32;
        if self.watch.as_ref().is_some_and(|watch| !watch(share)) {
            self.stopped.store(true, Ordering::Relaxed);
        }
        !self.stopped.load(Ordering::Relaxed)
    }
}
