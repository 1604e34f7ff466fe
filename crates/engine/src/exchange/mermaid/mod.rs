//! Mermaid `journey` diagrams: reads them as mermaid's own parser does, and writes a journey as one.

mod entity;
mod parse;
mod project;
mod write;

pub use parse::parse_diagram;
pub use project::read_project;
pub use write::write_diagram;

/// The content of a diagram, text for text as mermaid reads it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Diagram {
    /// Its title; the last if there are several.
    pub title: Option<String>,
    /// The title for screen readers.
    pub acc_title: Option<String>,
    /// The description for screen readers.
    pub acc_descr: Option<String>,
    /// The title above the diagram (front matter), which mermaid's journeys do not support.
    pub front_title: Option<String>,
    /// The sections in order.
    pub sections: Vec<String>,
    /// The tasks in order.
    pub tasks: Vec<DiagramTask>,
}

/// A task of a diagram.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagramTask {
    /// The number of its line, from 1.
    pub line: usize,
    /// The number of sections above it: it belongs to the last of them.
    pub section: usize,
    /// Its name, with the blanks around it.
    pub name: String,
    /// Its score; NaN if mermaid finds none.
    pub score: f64,
    /// The names of the people who take part.
    pub people: Vec<String>,
    /// True if it is marked as having no score: its score of 3 is a placeholder.
    pub unscored: bool,
}

/// Comment behind a task without feelings, since mermaid draws no task without a score.
const UNSCORED: &str = "no score";

impl Diagram {
    /// Returns its titles: the first becomes the journey's.
    fn all_titles(&self) -> impl Iterator<Item = &Option<String>> {
        [&self.title, &self.front_title, &self.acc_title].into_iter()
    }

    /// Returns the people who take part in any task, each once, in alphabetical order.
    pub fn actor_names(&self) -> Vec<&str> {
        let mut actors: Vec<&str> =
            self.tasks.iter().flat_map(|task| task.people.iter().map(String::as_str)).collect();
        actors.sort_unstable();
        actors.dedup();
        actors
    }

    /// Returns the section that a task belongs to; empty above the first.
    pub fn section_of(&self, task: &DiagramTask) -> &str {
        let above = task.section.checked_sub(1).and_then(|place| self.sections.get(place));
        above.map_or("", String::as_str)
    }
}
