//! The map for screen readers: a tree of stages, their touchpoints and the notes about those, in the
//! journey's order. It holds the whole journey, whatever part is in view.
//!
//! Node bounds are in page coordinates, below one root node that carries the camera's translation and scale.
//! So the nodes are rebuilt only when the scene or the selection changes. They are merged into egui's own
//! tree when a frame ends.

use super::access_tree::{self, Spoken};
use super::camera::CameraView;
use super::io::CanvasInput;
use egui::accesskit::{self, Action, Affine, Node, NodeId, Role};
use egui::{Event, FullOutput, Ui, pos2};
use engine::i18n::{Lang, icon_label};
use engine::id::Id;
use engine::scene::{Scene, ScenePart};
use engine::theme::Icon;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// Caches the screen reader's tree until the scene or the selection changes.
#[derive(Default)]
pub(super) struct ScreenReader {
    known: Option<SpokenKey>,
}

struct SpokenKey {
    scene: Arc<Scene>,
    selection: BTreeSet<Id>,
    lang: Lang,
    spoken: Arc<Spoken>,
}

/// True if assistive technology is connected.
fn is_on(ui: &Ui, canvas: egui::Id) -> bool {
    ui.accesskit_node_builder(canvas, |_| ()).is_some()
}

impl ScreenReader {
    /// Hands the tree to the [`Narrator`] if a screen reader is connected; returns the element that was
    /// chosen there. While `busy`, the last tree is kept, because a gesture's preview changes with every
    /// move.
    pub(super) fn update_tree(
        &mut self,
        ui: &Ui,
        canvas: egui::Id,
        view: &CameraView,
        input: &CanvasInput<'_>,
        busy: bool,
    ) -> Option<Id> {
        if !is_on(ui, canvas) {
            self.known = None;
            return None;
        }
        let spoken = self.current_tree(input, busy)?;
        let root = spoken.root_node();
        ui.accesskit_node_builder(canvas, |node| node.push_child(root));
        let origin = view.page_to_screen(engine::scene::pt(0.0, 0.0)) - pos2(0.0, 0.0);
        let zoom = f64::from(view.zoom);
        let place = Affine::new([zoom, 0.0, 0.0, zoom, origin.x.into(), origin.y.into()]);
        let focus = match input.selection.first() {
            Some(id) if input.selection.len() == 1 => spoken.node_of(*id),
            _ => None,
        };
        let asked = ui.input(|input| input.events.iter().find_map(|event| requested_element(event, &spoken)));
        let moved = moved_headers(&spoken, view);
        let told = PendingTree { spoken, place, moved, canvas: canvas.accesskit_id(), focus };
        ui.ctx().plugin_or_default::<Narrator>().lock().map = Some(told);
        asked
    }

    fn current_tree(&mut self, input: &CanvasInput<'_>, busy: bool) -> Option<Arc<Spoken>> {
        let is_known = |known: &&SpokenKey| {
            let same = Arc::ptr_eq(&known.scene, input.scene) && known.lang == input.lang;
            busy || (same && known.selection == *input.selection)
        };
        if let Some(known) = self.known.as_ref().filter(is_known) {
            return Some(Arc::clone(&known.spoken));
        }
        let spoken = Arc::new(access_tree::build_tree(input)?);
        self.known = Some(SpokenKey {
            scene: Arc::clone(input.scene),
            selection: input.selection.clone(),
            lang: input.lang,
            spoken: Arc::clone(&spoken),
        });
        Some(spoken)
    }
}

/// Returns the element that a screen reader selects or scrolls into view.
fn requested_element(event: &Event, spoken: &Spoken) -> Option<Id> {
    match event {
        Event::AccessKitActionRequest(request)
            if matches!(request.action, Action::Click | Action::Focus | Action::ScrollIntoView) =>
        {
            spoken.element_of(request.target_node)
        }
        _ => None,
    }
}

/// Returns the page coordinates of the headers that are drawn away from their own places.
fn moved_headers(spoken: &Spoken, view: &CameraView) -> HashMap<NodeId, accesskit::Rect> {
    let place = |(node, part, body): &(NodeId, ScenePart, engine::scene::Rect)| {
        let shown = view.part_screen_rect(*part, *body);
        let min = view.screen_to_page(shown.min);
        let max = view.screen_to_page(shown.max);
        let rect = accesskit::Rect { x0: min.x.into(), y0: min.y.into(), x1: max.x.into(), y1: max.y.into() };
        (shown != view.screen_rect(*body)).then_some((*node, rect))
    };
    spoken.header_nodes().iter().filter_map(place).collect()
}

/// The map's tree, to be merged into egui's in this frame.
struct PendingTree {
    spoken: Arc<Spoken>,
    place: Affine,
    /// Page coordinates of the frozen headers.
    moved: HashMap<NodeId, accesskit::Rect>,
    canvas: NodeId,
    focus: Option<NodeId>,
}

/// Merges the map's tree into egui's, and names icons, whose private-use characters no screen reader can
/// read.
#[derive(Default)]
pub struct Narrator {
    map: Option<PendingTree>,
    lang: Lang,
}

impl Narrator {
    /// Sets the language of the icon names.
    pub fn set_language(ctx: &egui::Context, lang: Lang) {
        ctx.plugin_or_default::<Self>().lock().lang = lang;
    }

    /// Returns the language of the interface.
    pub fn lang(ctx: &egui::Context) -> Lang {
        ctx.plugin_or_default::<Self>().lock().lang
    }
}

impl egui::Plugin for Narrator {
    fn debug_name(&self) -> &'static str {
        "narrator"
    }

    fn output_hook(&mut self, _: &egui::Context, output: &mut FullOutput) {
        let map = self.map.take();
        let Some(update) = &mut output.platform_output.accesskit_update else { return };
        for (_, node) in &mut update.nodes {
            name_icons(node, self.lang);
        }
        let Some(told) = map.filter(|told| update.nodes.iter().any(|(id, _)| *id == told.canvas)) else {
            return;
        };
        update.nodes.extend(told.spoken.placed_nodes(told.place, &told.moved));
        if update.focus == told.canvas {
            update.focus = told.focus.unwrap_or(update.focus);
        }
    }
}

/// True if a character is a glyph of the icon font (private use area).
fn is_icon(sign: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&sign)
}

/// Removes icon glyphs from a node's label and value; a label of icons only becomes the icon's name.
fn name_icons(node: &mut Node, lang: Lang) {
    let cleaned = |text: &str| {
        let words: String = text.chars().filter(|sign| !is_icon(*sign)).collect();
        match words.trim() {
            "" => {
                let sign = text.chars().find(|sign| is_icon(*sign));
                let icon = Icon::ALL.iter().find(|icon| Some(icon.glyph()) == sign);
                icon.map_or_else(String::new, |icon| icon_label(*icon, lang).replace('-', " "))
            }
            words => words.to_owned(),
        }
    };
    if let Some(label) = node.label().filter(|label| label.contains(is_icon)) {
        let label = cleaned(label);
        node.set_label(label);
    }
    if let Some(value) = node.value().filter(|value| value.contains(is_icon)) {
        if node.role() == Role::TextRun {
            // The reader counts characters one by one; a run without characters is not read.
            node.set_value("");
            node.set_character_lengths([]);
            node.clear_character_positions();
            node.clear_character_widths();
            node.clear_word_starts();
        } else {
            let value = cleaned(value);
            node.set_value(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::exchange::outline::read_outline;
    use engine::id::IdSource;
    use engine::layout::{LayoutRequest, Layouter};
    use std::fmt::Write as _;

    #[test]
    fn what_is_read_is_made_anew_only_where_picture_or_selection_changed() {
        let mut outlined = "# Trip\n".to_owned();
        for stage in 0..100 {
            writeln!(outlined, "## Stage {stage}").unwrap();
            (0..20).for_each(|card| writeln!(outlined, "- Card {card}\n! Pain {card}").unwrap());
        }
        let project = read_outline(&outlined, &mut IdSource::from_seed(1)).unwrap().project;
        let journey = project.journeys_in_order()[0].info().id;
        let scene = Layouter::new().layout_journey(&LayoutRequest::new(project.clone(), journey));
        let moved = Arc::new(Scene::clone(&scene));
        let card: Id = (*project.journeys_in_order()[0].touchpoints().keys().next().unwrap()).into();
        let none = BTreeSet::new();
        let one = BTreeSet::from([card]);
        let mut reader = ScreenReader::default();
        let mut spoken = |scene: &Arc<Scene>, selection: &BTreeSet<Id>, busy| {
            let input = CanvasInput::new(scene, &project, journey, selection);
            reader.current_tree(&input, busy).unwrap()
        };
        let first = spoken(&scene, &none, false);
        let nodes = first.placed_nodes(Affine::default(), &HashMap::new()).count();
        assert!(nodes > 4_000 + 100, "all of it: {nodes}");
        assert!(Arc::ptr_eq(&first, &spoken(&scene, &none, false)));
        assert!(Arc::ptr_eq(&first, &spoken(&moved, &one, true)), "not while a gesture is under way");
        let chosen = spoken(&scene, &one, false);
        assert!(!Arc::ptr_eq(&first, &chosen) && chosen.node_of(card).is_some());
        assert!(!Arc::ptr_eq(&chosen, &spoken(&moved, &one, false)));
        let begun = std::time::Instant::now();
        let all: Vec<_> = chosen.placed_nodes(Affine::default(), &HashMap::new()).collect();
        println!("{} nodes are handed on in {:?}", all.len(), begun.elapsed());
    }
}
