//! Keys and text that arrive in one frame but belong to what the first of them leads to: they wait for the next frame.
//!
//! On a slow screen "P, N, o" may come at once: P opens a field, and the letters are for it, not for the map.

use egui::{Context, Event, Id, InputState};
use std::sync::Arc;

/// The frame in which it was typed, and what.
type Kept = (u64, Arc<Vec<Event>>);

fn place() -> Id {
    Id::unique("typed too early")
}

/// Keeps what was typed from a place in this frame's events on.
pub(crate) fn keep(ctx: &Context, from: usize) {
    let mut kept = ctx.input_mut(|input| split(input, from));
    if !kept.is_empty() {
        let now = ctx.cumulative_frame_nr();
        // What was kept in this frame already came after it.
        let behind = ctx.data(|data| data.get_temp::<Kept>(place())).filter(|(then, _)| *then == now);
        kept.extend(behind.iter().flat_map(|(_, behind)| behind.iter().cloned()));
        ctx.data_mut(|data| data.insert_temp::<Kept>(place(), (now, Arc::new(kept))));
        ctx.request_repaint();
    }
}

fn split(input: &mut InputState, from: usize) -> Vec<Event> {
    let typed = |event: &Event| {
        matches!(
            event,
            Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Copy | Event::Cut | Event::Paste(_)
        )
    };
    let rest = input.events.split_off(from.min(input.events.len()));
    let (kept, now): (Vec<Event>, Vec<Event>) = rest.into_iter().partition(typed);
    input.events.extend(now);
    kept
}

/// Puts what was kept in front of this frame's events; call it before anyone reads them.
pub(crate) fn resume(ctx: &Context) {
    let now = ctx.cumulative_frame_nr();
    let kept = ctx.data(|data| data.get_temp::<Kept>(place()));
    if let Some((_, kept)) = kept.filter(|(then, _)| *then != now) {
        ctx.data_mut(|data| data.remove::<Kept>(place()));
        ctx.input_mut(|input| _ = input.events.splice(0..0, kept.iter().cloned()));
    }
}

/// Drops what all widgets have remembered, apart from the keys that are still to be read.
pub(crate) fn keep_alone(ctx: &Context) {
    ctx.data_mut(|data| {
        let kept = data.get_temp::<Kept>(place());
        data.clear();
        if let Some(kept) = kept {
            data.insert_temp(place(), kept);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::RawInput;

    #[test]
    fn what_is_kept_twice_in_a_frame_stays_in_order() {
        let ctx = Context::default();
        let events: Vec<Event> = ["a", "b", "c"].map(|text| Event::Text(text.to_owned())).to_vec();
        let frame = |events: Vec<Event>, draw: &dyn Fn(&Context)| {
            let mut output = ctx.run_ui(RawInput { events, ..RawInput::default() }, |ui| draw(ui.ctx()));
            output.textures_delta.clear();
        };
        frame(events.clone(), &|ctx| {
            keep(ctx, 2);
            keep(ctx, 1);
        });
        frame(Vec::new(), &|ctx| {
            resume(ctx);
            assert_eq!(ctx.input(|input| input.events.clone()), events[1..]);
        });
    }
}
