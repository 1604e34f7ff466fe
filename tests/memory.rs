//! Tests that long use takes no more memory than short use: cards and pains are added, viewed at different
//! zooms, and undone, on a screen with the largest possible textures.
//!
//! `DESIRELINE_CYCLES=1000 cargo test --release --test memory -- --nocapture` measures at length.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot measure fails")]

mod support;

use desireline::app::action::Action;
use egui::{Event, Key, Modifiers, vec2};
use engine::i18n::Lang;
use support::window::{self, On, Test};

/// The allocator of the program itself.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The side of the largest texture that Mesa and most graphics cards take.
const LARGEST_TEXTURE: usize = 16_384;
/// The most memory the program may take, in MiB.
const MOST: u64 = 300;
/// The most text fields that are cached: the limit at which old ones are dropped, and those of one frame.
const MOST_FIELDS: usize = 96;
/// Cycles after which every cache is full.
const WARM: usize = 10;

/// Returns the memory of this process, in MiB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().split(' ').next().unwrap().parse::<u64>().unwrap() / 1024
}

fn step_key(test: &mut Test, key: Key) {
    test.key_press_modifiers(Modifiers::NONE, key);
    test.run_steps(2);
}

fn act(test: &mut Test, action: Action) {
    test.state_mut().app.queue_action(action);
    test.run_steps(2);
}

fn type_name(test: &mut Test, name: &str) {
    test.event(Event::Text(name.to_owned()));
    test.run_steps(1);
    step_key(test, Key::Enter);
    step_key(test, Key::Escape);
}

/// Runs one cycle: a card and its pain are added and undone, at a different zoom each time.
fn cycle(test: &mut Test, number: usize) {
    let gate = window::card(test, "Gate");
    test.state_mut().app.queue_request(desireline::app::request::AppRequest::Select(vec![gate]));
    test.run_steps(1);
    act(test, Action::AddTouchpoint);
    type_name(test, &format!("Card {number}"));
    act(test, Action::AddPain);
    type_name(test, &format!("It takes {number} minutes"));
    let factor = 1.0 + 0.9 * ((number * 37 % 101) as f32 / 101.0);
    for zoom in [factor, factor, 1.0 / factor, 1.0 / factor] {
        test.event(Event::PointerMoved(egui::pos2(700.0, 400.0)));
        test.event(Event::Zoom(zoom));
        test.input_mut().time = Some(test.ctx.input(|input| input.time) + 0.2);
        test.run_steps(2);
        test.input_mut().time = Some(test.ctx.input(|input| input.time) + 0.2);
        test.run_steps(2);
    }
    for _ in 0..2 {
        act(test, Action::Undo);
    }
}

#[test]
fn a_thousand_cycles_stay_within_their_memory() {
    let cycles: usize = std::env::var("DESIRELINE_CYCLES").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    let mut test = window::open(vec2(1440.0, 900.0), Lang::En, On::Template("airline"));
    test.input_mut().max_texture_side = Some(LARGEST_TEXTURE);
    test.run_steps(2);
    let cards = window::journey(&test).touchpoints().len();
    println!("at the start: {} MiB", resident());
    let mut warm = 0;
    for number in 0..cycles {
        cycle(&mut test, number);
        if number + 1 == WARM {
            warm = resident();
        }
        if (number + 1) % 20 == 0 || number + 1 == WARM {
            let atlas = test.ctx.fonts(|fonts| {
                let fonts: &egui::epaint::text::FontsView<'_> = fonts;
                fonts.font_image_size()
            });
            let fields = test.ctx.data(egui::util::IdTypeMap::count::<egui::text_edit::TextEditState>);
            println!("after {} cycles: {} MiB, letters {atlas:?}, {fields} fields", number + 1, resident());
            assert!(fields <= MOST_FIELDS, "{fields} fields are remembered");
            assert!(atlas.into_iter().all(|side| side <= 4_096), "letters take {atlas:?} pixels");
        }
    }
    assert_eq!(window::journey(&test).touchpoints().len(), cards, "each cycle takes back what it made");
    let last = resident();
    assert!(last <= MOST, "{last} MiB after {cycles} cycles");
    // In a debug build egui remembers the name of each id that it ever met, some 20 KiB a cycle.
    let kept = 60 + cycles as u64 / 40;
    assert!(last <= warm + kept, "{last} MiB after {cycles} cycles, {warm} after {WARM}");
}
