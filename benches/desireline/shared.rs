//! Frames of the whole window with 10,000 touchpoints while others' work comes in and ours is stored: time on
//! the wall, since a frame that waits is as bad as one that works. The longest frame counts.

use crate::sample::{Sample, sample};
use crate::table::{Table, Times, note};
use desireline::app::Window;
use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::app::session::Session;
use eframe::App as _;
use egui::{RawInput, Rect, Vec2, pos2, vec2};
use engine::edit::{apply_all, command};
use engine::i18n::Lang;
use engine::id::Id;
use engine::model::value::FieldValue;
use engine::model::{Project, Touchpoint};
use engine::store::base::Base;
use engine::store::disk::RealDisk;
use engine::store::project::save_project;
use engine::store::settings::Settings;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const WINDOW: Vec2 = vec2(1600.0, 900.0);
/// How often each thing is done.
const RUNS: usize = 5;
/// Frames that are drawn after it is done, since what is new is drawn then.
const AFTER: usize = 20;
/// How long anything may take at most.
const PATIENCE: Duration = Duration::from_secs(20);

/// A window on a file.
struct Open {
    ctx: egui::Context,
    window: Window,
    path: PathBuf,
    begun: Instant,
}

impl Open {
    fn new(path: &Path, state: &Path) -> Self {
        let ctx = egui::Context::default();
        let settings = Settings { state: Some(state.to_owned()), ..Settings::default_for(Lang::En) };
        let mut window = Window::new(&ctx, settings, Some(path.to_owned()));
        window.app.picker.uses_system = false;
        let mut open = Self { ctx, window, path: path.to_owned(), begun: Instant::now() };
        open.until(|session| session.document.file().is_some());
        // What the start leaves to do: pictures of recent files, the journal, the first look at the file.
        let rested = Instant::now();
        while rested.elapsed() < Duration::from_secs(3) {
            open.frame();
        }
        open
    }

    /// One frame, up to the triangles.
    fn frame(&mut self) -> Duration {
        let begun = Instant::now();
        let time = Some(self.begun.elapsed().as_secs_f64());
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), WINDOW));
        let mut host = eframe::Frame::_new_kittest();
        let window = &mut self.window;
        let output = self.ctx.run_ui(RawInput { screen_rect, time, ..RawInput::default() }, |ui| {
            let ctx = ui.ctx().clone();
            window.logic(&ctx, &mut host);
            window.ui(ui, &mut host);
        });
        std::hint::black_box(self.ctx.tessellate(output.shapes, output.pixels_per_point));
        begun.elapsed()
    }

    /// Draws frames until something is so and a few more; the longest one.
    fn until(&mut self, so: impl Fn(&Session) -> bool) -> Duration {
        let begun = Instant::now();
        let mut longest = Duration::ZERO;
        while !self.window.app.session.as_ref().is_some_and(&so) && begun.elapsed() < PATIENCE {
            longest = longest.max(self.frame());
        }
        assert!(begun.elapsed() < PATIENCE, "it never came to be");
        (0..AFTER).fold(longest, |longest, _| longest.max(self.frame()))
    }

    fn project(&self) -> &Project {
        self.window.app.session.as_ref().expect("a file is open").project()
    }

    /// Renames a card here.
    fn rename(&mut self, card: Id, name: &str) {
        let renamed = command::rename_record(self.project(), card, name);
        self.window.app.queue_request(AppRequest::Commit(renamed));
    }

    /// Somebody else stores what is open here with a hundred cards renamed; the name of the first.
    fn elsewhere(&self, sample: &Sample, run: usize) -> String {
        let file = self.window.app.session.as_ref().and_then(|session| session.document.file().cloned());
        let mut theirs = file.expect("a file is open").content;
        let name = |card: usize| format!("Others {run} {card}");
        for (place, card) in sample.cards.iter().enumerate().skip(1).step_by(100) {
            let renamed = command::rename_record(&theirs, Id::from(*card), &name(place));
            apply_all(&mut theirs, &renamed).expect("a card can be renamed");
        }
        let base = Base::from_file(&RealDisk, &self.path).expect("the file is there");
        drop(save_project(&RealDisk, &self.path, base, &theirs).expect("it is stored"));
        name(1)
    }
}

/// The longest frames against the longest one after a change of our own, which is laid out and drawn as well.
pub(crate) fn run(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shared.ron");
    let state = folder.path().join("state");
    let sample = sample(10_000);
    drop(save_project(&RealDisk, &path, Base::Absent, &sample.project).expect("it is stored"));
    let mut open = Open::new(&path, &state);
    let second = Id::from(sample.cards[1]);
    let own: Vec<Duration> = (0..RUNS)
        .map(|run| {
            open.rename(Id::from(sample.cards[0]), &format!("Own {run}"));
            open.until(|session| session.document.is_dirty())
        })
        .collect();
    open.window.app.queue_action(Action::Save);
    open.until(|session| !session.document.is_dirty());
    let own = Times::from(own);
    note("longest frame, 10,000, a card renamed", &own, "50 ms");
    let shows = move |name: String| {
        let name = Some(FieldValue::Text(name));
        move |session: &Session| {
            session.project().record(second).and_then(|r| r.get(Touchpoint::TITLE)) == name
        }
    };
    let taken: Vec<Duration> = (0..RUNS)
        .map(|run| {
            let name = open.elsewhere(&sample, run);
            open.until(shows(name))
        })
        .collect();
    let mut merged = Vec::new();
    let mut saved = Vec::new();
    for run in RUNS..2 * RUNS {
        open.rename(Id::from(sample.cards[0]), &format!("Ours {run}"));
        open.frame();
        let name = open.elsewhere(&sample, run);
        merged.push(open.until(shows(name)));
        open.window.app.queue_action(Action::Save);
        saved.push(open.until(|session| !session.document.is_dirty()));
    }
    let named = [("taken over", taken), ("merged with ours", merged), ("ours saved", saved)];
    for (name, times) in named {
        let times = Times::from(times);
        let ratio = times.ratio(&own);
        table.gate(
            &format!("longest frame, 10,000, {name}"),
            &times,
            "50 ms",
            ratio,
            (4.0, "a card renamed"),
        );
    }
}
