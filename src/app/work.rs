//! Background work: each job runs on a thread of its own, reports progress, can be cancelled, and sends one outcome.
//! The interface thread never waits for any of it.

use super::outcome::Outcome;
use crate::i18n::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Names a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobId(u64);

/// What a job is given to report by.
#[derive(Debug, Clone)]
pub struct Ticket {
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    ctx: egui::Context,
}

impl Ticket {
    /// Says how much is done, from 0 to 1.
    pub fn report(&self, share: f32) {
        let permille = (share.clamp(0.0, 1.0) * 1000.0) as u32;
        if self.progress.swap(permille, Ordering::Relaxed) != permille {
            self.ctx.request_repaint();
        }
    }

    /// Set once the user wants the job to stop.
    pub fn cancel(&self) -> &AtomicBool {
        &self.cancel
    }
}

/// A job under way.
#[derive(Debug)]
pub struct Job {
    /// Its name.
    pub id: JobId,
    /// What it does, in the user's words.
    pub label: Msg,
    started: Instant,
    ticket: Ticket,
    parted: bool,
}

impl Job {
    /// How much is done, from 0 to 1; nothing while it has not said.
    pub fn progress(&self) -> Option<f32> {
        let permille = self.ticket.progress.load(Ordering::Relaxed);
        (permille > 0).then_some(permille as f32 / 1000.0)
    }

    /// For how long it runs.
    pub fn age(&self) -> Duration {
        self.started.elapsed()
    }

    /// Asks it to stop.
    pub fn cancel(&self) {
        self.ticket.cancel.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.ticket.cancel.load(Ordering::Relaxed)
    }
}

/// A job that ended.
#[derive(Debug)]
pub struct Ended {
    /// How.
    pub outcome: Outcome,
    /// Whether the document that was open when it began was left meanwhile.
    pub parted: bool,
}

/// The jobs under way.
#[derive(Debug)]
pub struct Work {
    ctx: egui::Context,
    sender: Sender<(JobId, Outcome)>,
    receiver: Receiver<(JobId, Outcome)>,
    jobs: Vec<Job>,
    last: u64,
}

impl Work {
    /// No jobs; the context is woken when one has something to say.
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = channel();
        Self { ctx, sender, receiver, jobs: Vec::new(), last: 0 }
    }

    /// Starts a job. One that panics ends as a failure like any other.
    pub fn start(&mut self, label: Msg, job: impl FnOnce(&Ticket) -> Outcome + Send + 'static) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        let ticket = Ticket { progress: Arc::default(), cancel: Arc::default(), ctx: self.ctx.clone() };
        let (mine, sender) = (ticket.clone(), self.sender.clone());
        let run = move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| job(&mine))).unwrap_or(Outcome::Broke);
            if sender.send((id, outcome)).is_ok() {
                mine.ctx.request_repaint();
            }
        };
        self.jobs.push(Job { id, label, started: Instant::now(), ticket, parted: false });
        if std::thread::Builder::new().name("work".to_owned()).spawn(run).is_err()
            && self.sender.send((id, Outcome::Broke)).is_ok()
        {
            self.ctx.request_repaint();
        }
        id
    }

    /// The outcomes since the last call; those of forgotten jobs are dropped.
    pub fn finished(&mut self) -> Vec<Ended> {
        let ended: Vec<_> = self.receiver.try_iter().collect();
        let mut outcomes = Vec::new();
        for (id, outcome) in ended {
            if let Some(place) = self.jobs.iter().position(|job| job.id == id) {
                let Job { parted, .. } = self.jobs.remove(place);
                outcomes.push(Ended { outcome, parted });
            }
        }
        outcomes
    }

    /// Notes that the open document is left: what is under way was begun for that one.
    pub fn part(&mut self) {
        self.jobs.iter_mut().for_each(|job| job.parted = true);
    }

    /// The context that is woken.
    pub fn context(&self) -> &egui::Context {
        &self.ctx
    }

    /// The jobs under way.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// Stops caring for a job: its outcome will be dropped.
    pub fn forget(&mut self, id: JobId) {
        if let Some(job) = self.jobs.iter().find(|job| job.id == id) {
            job.cancel();
        }
        self.jobs.retain(|job| job.id != id);
    }
}
