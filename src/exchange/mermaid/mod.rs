//! Mermaid `journey` diagrams: what its own parser reads in them, made a project, and a journey written as one.

mod entity;
mod parse;
mod project;
mod write;

pub use parse::parse;
pub use project::read;
pub use write::write;

/// What a diagram says, text for text as mermaid reads it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// Its title; the last, where there are several.
    pub title: Option<String>,
    /// The title for screen readers.
    pub acc_title: Option<String>,
    /// The description for screen readers.
    pub acc_descr: Option<String>,
    /// The title above the diagram (front matter), which mermaid's journeys do not know.
    pub front_title: Option<String>,
    /// The sections in order.
    pub sections: Vec<String>,
    /// The tasks in order.
    pub tasks: Vec<Task>,
}

/// A task of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// The line it stands in, from 1.
    pub line: usize,
    /// How many sections stand above it: it belongs to the last of them.
    pub section: usize,
    /// Its name, with the blanks around it.
    pub name: String,
    /// Its score; no number where mermaid finds none.
    pub score: f64,
    /// Who takes part.
    pub people: Vec<String>,
    /// It is marked as one that has no score: the 3 stands for none.
    pub unscored: bool,
}

/// What stands behind a task without feelings, since mermaid draws none without a score.
const UNSCORED: &str = "no score";

impl Diagram {
    /// Its titles: the first there is becomes the journey's.
    fn titles(&self) -> impl Iterator<Item = &Option<String>> {
        [&self.title, &self.front_title, &self.acc_title].into_iter()
    }

    /// Everybody who takes part in a task, each once, in the order of their characters.
    pub fn actors(&self) -> Vec<&str> {
        let mut actors: Vec<&str> =
            self.tasks.iter().flat_map(|task| task.people.iter().map(String::as_str)).collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// The section that a task belongs to; empty above the first.
    pub fn section(&self, task: &Task) -> &str {
        let above = task.section.checked_sub(1).and_then(|place| self.sections.get(place));
        above.map_or("", String::as_str)
    }
}
