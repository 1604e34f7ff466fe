//! The map for those who don't see it: a node for each element in view, with what it says and whether it is chosen.

use super::camera::View;
use super::io::CanvasInput;
use super::selection::body;
use crate::id::Id;
use crate::scene::{Part, Placed};
use egui::Ui;
use egui::accesskit::{self, Action, Role};

/// No more elements than this are told of at once.
const MOST: usize = 400;

/// Whether anybody listens.
pub(super) fn is_on(ui: &Ui, canvas: egui::Id) -> bool {
    ui.accesskit_node_builder(canvas, |_| ()).is_some()
}

/// Tells of the elements in view; returns the one that was clicked or focused through a screen reader.
pub(super) fn tell(ui: &Ui, view: &View, input: &CanvasInput<'_>, items: &[&Placed]) -> Option<Id> {
    let mut asked = None;
    let mut told = 0;
    for item in items {
        let (Some(role), Some(id)) = (role(item.block.part), item.block.element) else { continue };
        let node = ui.scope_id().with((item.block.part, id));
        let shown = if item.block.part == Part::StageHeader { Part::StageHeader } else { Part::Page };
        let rect = view.place(shown, body(item)).intersect(view.rect);
        let known = ui.accesskit_node_builder(node, |builder| {
            builder.set_role(role);
            builder.set_label(item.block.label.as_str());
            builder.set_selected(input.selection.contains(&id));
            builder.set_bounds(accesskit::Rect {
                x0: rect.min.x.into(),
                y0: rect.min.y.into(),
                x1: rect.max.x.into(),
                y1: rect.max.y.into(),
            });
            builder.add_action(Action::Click);
        });
        if known.is_none() || told >= MOST {
            break;
        }
        told += 1;
        if ui.input(|input| input.has_accesskit_action_request(node, Action::Click)) {
            asked = Some(id);
        }
    }
    asked
}

fn role(part: Part) -> Option<Role> {
    match part {
        Part::Card | Part::Insight | Part::Cell | Part::Score => Some(Role::ListItem),
        Part::StageHeader | Part::Header => Some(Role::Heading),
        Part::Lane => Some(Role::Group),
        Part::Flow | Part::CurvePoint(_) => Some(Role::GraphicsSymbol),
        Part::Picture => Some(Role::Image),
        Part::Page
        | Part::Line
        | Part::FlowLabel
        | Part::Curve(_)
        | Part::CurveQuote
        | Part::Legend
        | Part::Change => None,
    }
}
