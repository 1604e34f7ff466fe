//! Background work: each job runs on its own thread, reports progress, can be cancelled, and ends in a
//! continuation, which the interface thread calls with the result. That thread never waits for a job.

use super::App;
use engine::i18n::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// What the interface thread does with a result.
type Continuation = Box<dyn FnOnce(&mut App) + Send>;

/// The document that the result of a job is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobScope {
    /// The window, whichever document is open when the job ends.
    Window,
    /// The document that is open now: once that is closed, the result is dropped.
    Document,
    /// Another document, which the result opens: text being typed is committed to the open one before.
    NextDocument,
}

/// Identifies a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobId(u64);

/// The handle with which a job reports progress and learns that it was cancelled.
#[derive(Debug, Clone)]
pub struct Ticket {
    job: JobId,
    progress: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    ctx: egui::Context,
}

impl Ticket {
    /// Returns the id of the job.
    pub fn job_id(&self) -> JobId {
        self.job
    }

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
    scope: JobScope,
    started: Instant,
    ticket: Ticket,
    is_stale: bool,
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

/// Owns a running job: dropping the guard cancels the job and drops its result.
#[derive(Debug)]
pub struct JobGuard {
    job: JobId,
    dropped: Sender<JobId>,
}

impl Drop for JobGuard {
    fn drop(&mut self) {
        // Without a receiver there are no jobs left to cancel.
        self.dropped.send(self.job).ok();
    }
}

/// A finished job whose continuation has not been called yet.
struct FinishedJob {
    scope: JobScope,
    is_stale: bool,
    /// `None` if the job panicked or got no thread; nothing was changed.
    continuation: Option<Continuation>,
}

/// The running jobs, and the finished ones whose continuations have not been called yet.
pub struct Jobs {
    ctx: egui::Context,
    sender: Sender<(JobId, Option<Continuation>)>,
    receiver: Receiver<(JobId, Option<Continuation>)>,
    /// The jobs whose guards were dropped since the last turn.
    unwanted: (Sender<JobId>, Receiver<JobId>),
    running: Vec<Job>,
    finished: Vec<FinishedJob>,
    last: u64,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jobs")
            .field("running", &self.running)
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}

impl Jobs {
    /// Returns an empty list of jobs; `ctx` is repainted when a job reports.
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = channel();
        let unwanted = channel();
        Self { ctx, sender, receiver, unwanted, running: Vec::new(), finished: Vec::new(), last: 0 }
    }

    /// Starts a job: `work` runs on a thread of its own, then `end` on the interface thread with the result. A
    /// panic in `work` is reported instead.
    pub fn start<T: Send + 'static>(
        &mut self,
        scope: JobScope,
        label: Msg,
        work: impl FnOnce(&Ticket) -> T + Send + 'static,
        end: impl FnOnce(&mut App, T) + Send + 'static,
    ) -> JobId {
        self.last += 1;
        let id = JobId(self.last);
        let ticket =
            Ticket { job: id, progress: Arc::default(), cancel: Arc::default(), ctx: self.ctx.clone() };
        let mine = ticket.clone();
        let sender = self.sender.clone();
        let run = move || {
            let result = catch_unwind(AssertUnwindSafe(|| work(&mine))).ok();
            let continuation =
                result.map(|result| Box::new(move |app: &mut App| end(app, result)) as Continuation);
            if sender.send((id, continuation)).is_ok() {
                mine.ctx.request_repaint();
            }
        };
        self.running.push(Job { id, label, scope, started: Instant::now(), ticket, is_stale: false });
        if std::thread::Builder::new().name("work".to_owned()).spawn(run).is_err()
            && self.sender.send((id, None)).is_ok()
        {
            self.ctx.request_repaint();
        }
        id
    }

    /// Collects the jobs that finished since the last call; discarded ones are dropped.
    pub(crate) fn collect_finished(&mut self) {
        while let Ok(job) = self.unwanted.1.try_recv() {
            self.discard_job(job);
        }
        for (id, continuation) in self.receiver.try_iter() {
            if let Some(place) = self.running.iter().position(|job| job.id == id) {
                let Job { scope, is_stale, .. } = self.running.remove(place);
                self.finished.push(FinishedJob { scope, is_stale, continuation });
            }
        }
    }

    /// Calls the continuations of the collected jobs, except those meant for a document that is closed.
    pub(super) fn finish_collected(app: &mut App) {
        while !app.jobs.finished.is_empty() {
            let FinishedJob { scope, is_stale, continuation } = app.jobs.finished.remove(0);
            match continuation {
                None => app.show_error(Msg::ErrorTitle.text(app.lang()).to_owned()),
                Some(_) if is_stale && scope == JobScope::Document => {}
                Some(continuation) => continuation(app),
            }
        }
    }

    /// Runs turns until all jobs have ended, for tests.
    #[cfg(test)]
    pub(crate) fn finish_all(ctx: &egui::Context, app: &mut App) {
        for _ in 0..2000 {
            app.jobs.collect_finished();
            app.run_turn(ctx);
            if app.jobs.running_jobs().is_empty() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("a job does not end");
    }

    /// True if a collected job opens another document.
    pub(super) fn has_next_document(&self) -> bool {
        self.finished.iter().any(|job| job.scope == JobScope::NextDocument)
    }

    /// Marks all jobs as belonging to a document that is now closed.
    pub(crate) fn mark_stale(&mut self) {
        self.running.iter_mut().for_each(|job| job.is_stale = true);
        self.finished.iter_mut().for_each(|job| job.is_stale = true);
    }

    /// Returns the context that is repainted when a job reports.
    pub(crate) fn egui_context(&self) -> &egui::Context {
        &self.ctx
    }

    /// Returns the running jobs.
    pub fn running_jobs(&self) -> &[Job] {
        &self.running
    }

    /// Ties a job to a guard.
    pub(crate) fn guard_job(&self, job: JobId) -> JobGuard {
        JobGuard { job, dropped: self.unwanted.0.clone() }
    }

    /// Cancels a job and drops its result.
    pub(crate) fn discard_job(&mut self, id: JobId) {
        if let Some(job) = self.running.iter().find(|job| job.id == id) {
            job.cancel();
        }
        self.running.retain(|job| job.id != id);
    }
}
