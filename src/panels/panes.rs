//! The parts of the window that F6 and Shift+F6 move between: top bar, outline, map, inspector, footer.

use crate::app::keyboard;
use egui::{Context, FocusDirection, Id, Rect, Ui};

/// A part of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Pane {
    /// The top bar.
    Top,
    /// The outline.
    Outline,
    /// The map, or the view shown in its place.
    Middle,
    /// The inspector.
    Inspector,
    /// The bottom bar.
    Footer,
}

/// The panes of the last frame with their areas, those drawn so far, and the one to focus.
#[derive(Debug, Clone, Default)]
struct Panes {
    shown: Vec<(Pane, Rect)>,
    drawn: Vec<(Pane, Rect)>,
    wanted: Option<Pane>,
}

fn change_panes<T>(ctx: &Context, change: impl FnOnce(&mut Panes) -> T) -> T {
    ctx.data_mut(|data| change(data.get_temp_mut_or_default(Id::unique("panes"))))
}

/// Begins a frame.
pub(crate) fn begin_frame(ctx: &Context) {
    change_panes(ctx, |panes| panes.shown = std::mem::take(&mut panes.drawn));
}

/// Requests the focus for the next pane, or for the previous one if `by` is -1.
pub(crate) fn step_focus(ctx: &Context, by: isize) {
    let at = ctx.memory(egui::Memory::focused).and_then(|id| ctx.read_response(id));
    change_panes(ctx, |panes| {
        let mut order = if panes.shown.is_empty() { panes.drawn.clone() } else { panes.shown.clone() };
        order.sort_by_key(|(pane, _)| *pane);
        let holds = |(_, rect): &&(Pane, Rect)| at.as_ref().is_some_and(|at| rect.contains(at.rect.center()));
        let now = order.iter().find(holds).map_or(Pane::Middle, |(pane, _)| *pane);
        let place = order.iter().position(|(pane, _)| *pane == now).unwrap_or(0).cast_signed();
        let count = order.len().max(1).cast_signed();
        let next = usize::try_from((place + by).rem_euclid(count)).unwrap_or(0);
        panes.wanted = order.get(next).map(|(pane, _)| *pane);
    });
    ctx.request_repaint();
}

/// Begins to draw a pane; focuses its first control if that was requested.
pub(crate) fn enter_pane(ui: &Ui, pane: Pane) {
    let rect = ui.max_rect();
    let is_wanted = change_panes(ui.ctx(), |panes| {
        panes.drawn.push((pane, rect));
        panes.wanted.take_if(|wanted| *wanted == pane).is_some()
    });
    if !is_wanted {
        return;
    }
    ui.memory_mut(|memory| {
        if let Some(id) = memory.focused() {
            memory.surrender_focus(id);
        }
    });
    match keyboard::map_id(ui.ctx()) {
        Some(map) if pane == Pane::Middle => ui.memory_mut(|memory| memory.request_focus(map)),
        // With nothing focused, the next focusable control gets the focus.
        _ => ui.memory_mut(|memory| memory.move_focus(FocusDirection::Next)),
    }
}
