//! Background work: each job runs on its own thread, reports progress, can be cancelled, and sends one
//! outcome. The interface thread never waits for a job.

use super::outcome::JobOutcome;
use crate::i18n::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Identifies a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobId(u64);

/// The handle with which a job reports progress and learns that it was cancelled.
#[derive(Debug, Clone)]
pub struct Ticket {
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    ctx: egui::Context,
}

impl Ticket {
    /// Reports progress, from 0 to 1.
    pub fn report_progress(&self, share: f32) {
        let permille = (share.clamp(0.0, 1.0) * 1000.0) as u32;
        if self.progress.swap(permille, Ordering::Relaxed) != permille {
            self.ctx.request_repaint();
        }
    }

    /// Returns the flag that is set once the job should stop.
    pub fn cancel_flag(&self) -> &AtomicBool {
        &self.cancel
    }
}

/// A running job.
#[derive(Debug)]
pub struct Job {
    /// The id of the job.
    pub id: JobId,
    /// The label shown to the user.
    pub label: Msg,
    started: Instant,
    ticket: Ticket,
    parted: bool,
}

impl Job {
    /// Returns the progress, from 0 to 1; `None` until the job reports one.
    pub fn progress(&self) -> Option<f32> {
        let permille = self.ticket.progress.load(Ordering::Relaxed);
        (permille > 0).then_some(permille as f32 / 1000.0)
    }

    /// Returns the time since the job started.
    pub fn running_time(&self) -> Duration {
        self.started.elapsed()
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.ticket.cancel.store(true, Ordering::Relaxed);
    }

    /// True if the job was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.ticket.cancel.load(Ordering::Relaxed)
    }
}

/// A finished job.
#[derive(Debug)]
pub struct FinishedJob {
    /// The result of the job.
    pub outcome: JobOutcome,
    /// True if the document that was open when the job began has been closed since.
    pub parted: bool,
}

/// The running jobs.
#[derive(Debug)]
pub struct Work {
    ctx: egui::Context,
    sender: Sender<(JobId, JobOutcome)>,
    receiver: Receiver<(JobId, JobOutcome)>,
    jobs: Vec<Job>,
    last: u64,
}

impl Work {
    /// Returns an empty list of jobs; `ctx` is repainted when a job reports.
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = channel();
        Self { ctx, sender, receiver, jobs: Vec::new(), last: 0 }
    }

    /// Starts a job. A panic in it becomes [`JobOutcome::Broke`].
    pub fn start(&mut self, label: Msg, job: impl FnOnce(&Ticket) -> JobOutcome + Send + 'static) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        let ticket = Ticket { progress: Arc::default(), cancel: Arc::default(), ctx: self.ctx.clone() };
        let mine = ticket.clone();
        let sender = self.sender.clone();
        let run = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| job(&mine))).unwrap_or(JobOutcome::Broke);
            if sender.send((id, outcome)).is_ok() {
                mine.ctx.request_repaint();
            }
        };
        self.jobs.push(Job { id, label, started: Instant::now(), ticket, parted: false });
        if std::thread::Builder::new().name("work".to_owned()).spawn(run).is_err()
            && self.sender.send((id, JobOutcome::Broke)).is_ok()
        {
            self.ctx.request_repaint();
        }
        id
    }

    /// Returns the jobs finished since the last call; results of forgotten jobs are dropped.
    pub fn take_finished(&mut self) -> Vec<FinishedJob> {
        let ended: Vec<_> = self.receiver.try_iter().collect();
        let mut outcomes = Vec::new();
        for (id, outcome) in ended {
            if let Some(place) = self.jobs.iter().position(|job| job.id == id) {
                let Job { parted, .. } = self.jobs.remove(place);
                outcomes.push(FinishedJob { outcome, parted });
            }
        }
        outcomes
    }

    /// Marks all running jobs as belonging to a document that is now closed.
    pub fn mark_stale(&mut self) {
        self.jobs.iter_mut().for_each(|job| job.parted = true);
    }

    /// Returns the context that is repainted when a job reports.
    pub fn egui_context(&self) -> &egui::Context {
        &self.ctx
    }

    /// Returns the running jobs.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// Cancels a job and drops its outcome.
    pub fn discard_job(&mut self, id: JobId) {
        if let Some(job) = self.jobs.iter().find(|job| job.id == id) {
            job.cancel();
        }
        self.jobs.retain(|job| job.id != id);
    }
}
