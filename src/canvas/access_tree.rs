//! The journey as a tree of accessibility nodes: stage, touchpoint, notes about it, in the journey's order.

use super::io::CanvasInput;
use super::selection::body_rect;
use egui::accesskit::{self, Action, Affine, Node, NodeId, Role};
use engine::id::{Id, PersonaId};
use engine::model::{Journey, Project, sort_records};
use engine::scene::{Placed, Rect, ScenePart};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The accessibility tree of one scene and selection.
pub(super) struct Spoken {
    root: NodeId,
    nodes: Vec<(NodeId, Node)>,
    elements: HashMap<NodeId, Id>,
    /// The main node of each element.
    places: BTreeMap<Id, NodeId>,
    /// The nodes of headers, which may be shown beside their own places.
    headers: Vec<(NodeId, ScenePart, Rect)>,
}

impl Spoken {
    /// Returns the root node.
    pub(super) fn root_node(&self) -> NodeId {
        self.root
    }

    /// Returns the element of a node.
    pub(super) fn element_of(&self, node: NodeId) -> Option<Id> {
        self.elements.get(&node).copied()
    }

    /// Returns the main node of an element.
    pub(super) fn node_of(&self, element: Id) -> Option<NodeId> {
        self.places.get(&element).copied()
    }

    /// Returns the nodes of stage headers and lane labels with their places on the page.
    pub(super) fn header_nodes(&self) -> &[(NodeId, ScenePart, Rect)] {
        &self.headers
    }

    /// Returns all nodes; `place` is the root's transform from page to screen, and `moved` nodes take other
    /// page bounds.
    pub(super) fn placed_nodes(
        &self,
        place: Affine,
        moved: &HashMap<NodeId, accesskit::Rect>,
    ) -> impl Iterator<Item = (NodeId, Node)> {
        self.nodes.iter().map(move |(id, node)| {
            let mut node = node.clone();
            if *id == self.root {
                node.set_transform(place);
            }
            if let Some(rect) = moved.get(id) {
                node.set_bounds(*rect);
            }
            (*id, node)
        })
    }
}

/// Builds the tree of the journey shown; `None` if there is no journey.
pub(super) fn build_tree(input: &CanvasInput<'_>) -> Option<Spoken> {
    let journey = input.journey()?;
    let mut items: HashMap<Id, Vec<&Placed>> = HashMap::new();
    for item in &input.scene.items {
        if let Some(id) = item.block.element
            && node_role(item.block.part).is_some()
        {
            items.entry(id).or_default().push(item);
        }
    }
    let root = egui::Id::unique("map for screen readers").accesskit_id();
    let spoken = Spoken {
        root,
        nodes: Vec::new(),
        elements: HashMap::new(),
        places: BTreeMap::new(),
        headers: Vec::new(),
    };
    let mut teller = TreeBuilder {
        journey,
        answered: answers_by_target(input.project),
        columns: contents_by_column(journey),
        items,
        selection: input.selection,
        told: BTreeSet::new(),
        spoken,
    };
    let children = teller.add_journey();
    let mut node = Node::new(Role::Tree);
    node.set_label(journey.info().title.as_str());
    node.set_size_of_set(children.len());
    node.set_children(children);
    teller.spoken.nodes.push((root, node));
    Some(teller.spoken)
}

/// Maps each insight or improvement to the improvements that answer it.
fn answers_by_target(project: &Project) -> BTreeMap<Id, Vec<Id>> {
    let mut answers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for answer in project.answers().values() {
        answers.entry(answer.to).or_default().push(answer.from.into());
    }
    answers
}

/// Maps each step or stage to its contents: touchpoints in order, then texts and pictures.
fn contents_by_column(journey: &Journey) -> BTreeMap<Id, Vec<Id>> {
    let mut columns: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
    for card in sort_records(journey.touchpoints().values()) {
        columns.entry(card.step.into()).or_default().push(card.id.into());
    }
    for cell in journey.cells().values() {
        columns.entry(cell.at).or_default().push(cell.id.into());
    }
    for picture in journey.pictures().values() {
        columns.entry(picture.at).or_default().push(picture.id.into());
    }
    columns
}

struct TreeBuilder<'a> {
    journey: &'a Journey,
    answered: BTreeMap<Id, Vec<Id>>,
    columns: BTreeMap<Id, Vec<Id>>,
    items: HashMap<Id, Vec<&'a Placed>>,
    selection: &'a BTreeSet<Id>,
    told: BTreeSet<Id>,
    spoken: Spoken,
}

impl TreeBuilder<'_> {
    /// Adds the children of the root: the header, stage by stage, and elements outside of stages.
    fn add_journey(&mut self) -> Vec<NodeId> {
        let mut children = self.add_element(self.journey.info().id.into(), 0);
        for stage in self.journey.stages_in_order() {
            let steps = self.journey.steps_of(stage.id).into_iter().map(|step| Id::from(step.id));
            let places: Vec<Id> = steps.chain([stage.id.into()]).collect();
            let inside: Vec<Id> =
                places.iter().flat_map(|at| self.columns.get(at).cloned().unwrap_or_default()).collect();
            let below: Vec<NodeId> = inside.into_iter().flat_map(|id| self.add_element(id, 1)).collect();
            children.extend(self.element_over(stage.id.into(), 0, below));
        }
        let mut rest: Vec<Id> = self.items.keys().copied().filter(|id| !self.told.contains(id)).collect();
        rest.sort_unstable();
        for id in rest {
            children.extend(self.add_element(id, 0));
        }
        children
    }

    fn add_element(&mut self, id: Id, level: usize) -> Vec<NodeId> {
        self.element_over(id, level, Vec::new())
    }

    /// Adds the nodes of an element, with `inside` and then the notes about it below the first. Returns that
    /// first node, or `inside` if the element is not drawn. An element is added once, where it comes first.
    fn element_over(&mut self, id: Id, level: usize, inside: Vec<NodeId>) -> Vec<NodeId> {
        if !self.told.insert(id) {
            return inside;
        }
        let mut parts = self.items.get(&id).cloned().unwrap_or_default();
        parts.sort_by_key(|item| part_rank(item.block.part));
        // A part that is drawn twice is added once: node ids must be unique.
        parts.dedup_by_key(|item| item.block.part);
        let Some((main, others)) = parts.split_first() else { return inside };
        let mut below = inside;
        for other in others {
            below.push(self.add_node(other, id, level + 1, Vec::new()));
        }
        let mut speakers = self.journey.spoken_of_by(id);
        speakers.extend(self.answered.get(&id).cloned().unwrap_or_default());
        speakers.extend(self.journey.flows_from(id).iter().map(|flow| Id::from(flow.id)));
        for speaker in speakers {
            below.extend(self.add_element(speaker, level + 1));
        }
        let node = self.add_node(main, id, level, below);
        self.spoken.places.insert(id, node);
        vec![node]
    }

    fn add_node(&mut self, item: &Placed, id: Id, level: usize, children: Vec<NodeId>) -> NodeId {
        let part = item.block.part;
        let name = egui::Id::unique("map node").with((part, id)).accesskit_id();
        let mut node = Node::new(node_role(part).unwrap_or(Role::TreeItem));
        node.set_label(item.block.label.as_str());
        node.set_selected(self.selection.contains(&id));
        let rect = body_rect(item);
        if matches!(part, ScenePart::StageHeader | ScenePart::Lane) {
            self.spoken.headers.push((name, part, rect));
        }
        node.set_bounds(accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        node.set_level(level);
        if !children.is_empty() {
            node.set_size_of_set(children.len());
        }
        node.set_children(children);
        for action in [Action::Click, Action::Focus, Action::ScrollIntoView] {
            node.add_action(action);
        }
        self.spoken.nodes.push((name, node));
        self.spoken.elements.insert(name, id);
        name
    }
}

/// Returns the accessibility role of a part; `None` for parts that get no node.
fn node_role(part: ScenePart) -> Option<Role> {
    match part {
        ScenePart::Header => Some(Role::Heading),
        ScenePart::Lane => Some(Role::Group),
        ScenePart::StageHeader
        | ScenePart::Card
        | ScenePart::Insight
        | ScenePart::Cell
        | ScenePart::Score
        | ScenePart::Flow
        | ScenePart::CurvePoint(_)
        | ScenePart::Picture => Some(Role::TreeItem),
        ScenePart::Page
        | ScenePart::Line
        | ScenePart::FlowLabel
        | ScenePart::Curve(_)
        | ScenePart::CurveQuote
        | ScenePart::Legend
        | ScenePart::Change => None,
    }
}

/// Returns the sort key of an element's parts: itself, then feelings, then scores.
fn part_rank(part: ScenePart) -> (u8, Option<PersonaId>) {
    match part {
        ScenePart::CurvePoint(persona) => (1, Some(persona)),
        ScenePart::Score => (2, None),
        _ => (0, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::layout::{LayoutRequest, Layouter};
    use engine::scene::Scene;
    use std::sync::Arc;

    /// Checks the invariants of an accessibility tree: no duplicate node, no missing node, one parent each.
    fn check(spoken: &Spoken) {
        let nodes: BTreeMap<NodeId, &Node> = spoken.nodes.iter().map(|(id, node)| (*id, node)).collect();
        assert_eq!(nodes.len(), spoken.nodes.len(), "no node twice");
        let children: Vec<NodeId> = nodes.values().flat_map(|node| node.children().to_vec()).collect();
        let known: BTreeSet<NodeId> = children.iter().copied().collect();
        assert_eq!(known.len(), children.len(), "no child of two");
        assert_eq!(known.len() + 1, nodes.len(), "all but the root are children");
        assert!(known.iter().all(|child| nodes.contains_key(child)) && !known.contains(&spoken.root));
    }

    #[test]
    fn every_template_is_one_tree_even_where_blocks_are_drawn_twice() {
        for template in engine::store::template::ALL {
            let project = engine::store::load::load_project(template.bytes).unwrap().project;
            for journey in project.journeys().keys().copied() {
                let scene = Layouter::new().layout_journey(&LayoutRequest::new(project.clone(), journey));
                let twice = scene.items.iter().chain(&scene.items).cloned().collect();
                let twice = Arc::new(Scene { items: twice, ..Scene::clone(&scene) });
                let none = BTreeSet::new();
                for scene in [&scene, &twice] {
                    let input = CanvasInput::new(scene, &project, journey, &none);
                    check(&build_tree(&input).unwrap());
                }
            }
        }
    }
}
