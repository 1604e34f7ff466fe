//! Opening a file to its first painted frame, and what saving costs the frames that go on meanwhile.

use crate::frame::Stage;
use crate::sample::sample;
use crate::table::{Table, Times, note};
use engine::layout::LayoutRequest;
use engine::store::load::{load_project, to_bytes};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// From the bytes of a file to the triangles of the first frame, fonts and text included, against reading
/// alone.
pub(crate) fn run(table: &mut Table) {
    for (count, goal, runs) in [(1_000, "60 ms", 12), (10_000, "300 ms", 6)] {
        let sample = sample(count);
        let bytes = to_bytes(&sample.project);
        let read = Times::of(runs, |_| load_project(&bytes));
        let open = Times::of(runs, |_| {
            let project = load_project(&bytes).expect("the sample reads").project;
            Stage::new(LayoutRequest::new(project, sample.journey))
        });
        table.gate(
            &format!("open {count} to the first frame"),
            &open,
            goal,
            open.ratio(&read),
            (6.0, "reading it"),
        );
    }
    saving(table);
}

/// The interface thread hands a copy of the project over; frames go on while another thread writes it.
fn saving(table: &mut Table) {
    let sample = sample(10_000);
    let project = sample.project.clone();
    let hand = Times::of(50, |_| {
        let copy = project.clone();
        std::thread::spawn(move || drop(copy)).join().is_ok()
    });
    note("save 10,000: what the frame hands over", &hand, "2 ms");
    let mut stage = Stage::new(LayoutRequest::new(sample.project, sample.journey));
    let quiet = stage.pan();
    let done = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&done);
    let writer = std::thread::spawn(move || {
        while !seen.load(Ordering::Relaxed) {
            std::hint::black_box(to_bytes(&project));
        }
    });
    let busy = stage.pan();
    done.store(true, Ordering::Relaxed);
    writer.join().expect("the writer ends");
    table.gate("frame, panning while saving", &busy, "+2 ms", busy.ratio(&quiet), (2.0, "without saving"));
}
