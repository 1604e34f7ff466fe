//! From a journey to its picture: pure, and the only place where text is broken and things get their places.
//!
//! Columns are steps, rows are lanes. Blocks (a card, a note, a bar) are drawn in coordinates of their own and kept
//! from one layout to the next; what runs each time is only the placing of blocks and flows.

mod cache;
mod cards;
pub(crate) mod changes;
pub mod chart;
mod columns;
pub mod curve;
mod dims;
mod far;
mod feelings;
mod flows;
mod header;
mod insights;
mod lanes;
mod legend;
pub mod measure;
mod page;
mod pen;
mod persona_marks;
mod quotes;
pub mod route;
mod scope;
mod scores;
pub mod text;
mod texts;
mod words;

pub use insights::{improvement_ink, insight_ink};

use crate::analysis::changes::Compared;
use crate::feedback::overlay::Overlay;
use crate::i18n::Lang;
use crate::id::{AnswerId, ChannelId, ImageId, ImprovementId, JourneyId, PersonaId};
use crate::model::{Answer, Channel, Image, Improvement, Journey, Persona, Project, Table};
use crate::scene::Scene;
use crate::theme::ThemeId;
use scope::Studio;
use std::sync::{Arc, Weak};

/// How much of a text is set where it is longer than its place on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextExtent {
    /// As many rows as a card or note has, then an ellipsis: what the screen shows.
    #[default]
    Clamped,
    /// All of it: cards, notes, labels and headers grow to hold their texts, as in a picture that is printed.
    Whole,
}

/// What is to be laid out, and how it shall look. Equal requests give equal scenes.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The project.
    pub project: Project,
    /// Its journey.
    pub journey: JourneyId,
    /// The scores to show.
    pub overlay: Option<Arc<Overlay>>,
    /// The theme.
    pub theme: ThemeId,
    /// The language of the map's own words.
    pub lang: Lang,
    /// Whether a legend stands below the map, as on exported pages.
    pub legend: bool,
    /// How much of long texts is set.
    pub text: TextExtent,
    /// What the project is two versions of, with their differences; marked on the map and told below it.
    pub changes: Option<Arc<Compared>>,
}

impl Request {
    /// A journey as it is, without scores or legend.
    pub fn new(project: Project, journey: JourneyId) -> Self {
        Self {
            project,
            journey,
            overlay: None,
            theme: ThemeId::Light,
            lang: Lang::En,
            legend: false,
            text: TextExtent::Clamped,
            changes: None,
        }
    }

    /// A journey as it is exported: its texts whole, and a legend below it.
    pub fn printed(project: Project, journey: JourneyId) -> Self {
        Self { legend: true, text: TextExtent::Whole, ..Self::new(project, journey) }
    }
}

/// What was asked for last, by the identity of its records. The journey is not kept alive: a change of one that
/// nobody else holds needs no copy of it.
struct Shown {
    journey: Weak<Journey>,
    look: Look,
    overlay: Option<Arc<Overlay>>,
    changes: Option<Arc<Compared>>,
    personas: Table<PersonaId, Persona>,
    channels: Table<ChannelId, Channel>,
    improvements: Table<ImprovementId, Improvement>,
    answers: Table<AnswerId, Answer>,
    images: Table<ImageId, Image>,
}

impl Shown {
    fn of(request: &Request) -> Self {
        let project = &request.project;
        Self {
            journey: project.journey(request.journey).map(Arc::downgrade).unwrap_or_default(),
            look: Look::of(request),
            overlay: request.overlay.clone(),
            changes: request.changes.clone(),
            personas: project.personas().clone(),
            channels: project.channels().clone(),
            improvements: project.improvements().clone(),
            answers: project.answers().clone(),
            images: project.images().clone(),
        }
    }

    /// Whether the request surely asks for the same; it takes next to no time.
    fn is(&self, request: &Request) -> bool {
        let project = &request.project;
        let journey = project.journey(request.journey).map(Arc::as_ptr);
        self.look == Look::of(request)
            && journey == Some(self.journey.as_ptr())
            && is_one(self.overlay.as_ref(), request.overlay.as_ref())
            && is_one(self.changes.as_ref(), request.changes.as_ref())
            && self.names(project)
            && is_shared(&self.improvements, project.improvements())
            && is_shared(&self.answers, project.answers())
            && is_shared(&self.images, project.images())
    }

    /// Whether personas and channels, which blocks show without being keyed by them, are the same.
    fn names(&self, project: &Project) -> bool {
        is_shared(&self.personas, project.personas()) && is_shared(&self.channels, project.channels())
    }
}

/// What a request asks for beside the records.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    journey: JourneyId,
    theme: ThemeId,
    lang: Lang,
    text: TextExtent,
    legend: bool,
}

impl Look {
    fn of(request: &Request) -> Self {
        let Request { journey, theme, lang, text, legend, .. } = *request;
        Self { journey, theme, lang, text, legend }
    }

    /// Whether blocks drawn for the other look can serve this one.
    fn shares_blocks(&self, other: &Self) -> bool {
        (self.theme, self.lang, self.text) == (other.theme, other.lang, other.text)
    }
}

/// Whether both are the very same, or neither is there.
fn is_one<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Whether two tables hold the very same records.
fn is_shared<I: PartialEq, R>(one: &Table<I, R>, other: &Table<I, R>) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1))
}

/// Lays out journeys, and remembers what can stay from one layout to the next.
#[derive(Default)]
pub struct Layouter {
    studio: Studio,
    last: Option<(Shown, Arc<Scene>)>,
}

impl Layouter {
    /// A layouter that remembers nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The picture of a journey; the same one as before where nothing changed. Empty where the journey is missing.
    pub fn layout(&mut self, request: &Request) -> Arc<Scene> {
        if let Some((last, scene)) = &self.last {
            if last.is(request) {
                return Arc::clone(scene);
            }
            if !last.look.shares_blocks(&Look::of(request)) || !last.names(&request.project) {
                self.studio.clear();
            }
        }
        let journey = request.project.journey(request.journey);
        let scene = journey.map_or_else(empty, |journey| page::scene(&mut self.studio, request, journey));
        let same = self.last.as_ref().map(|(_, last)| last).filter(|last| ***last == scene);
        let scene = same.cloned().unwrap_or_else(|| Arc::new(scene));
        self.last = Some((Shown::of(request), Arc::clone(&scene)));
        scene
    }
}

/// Lays out a journey once.
pub fn layout(request: &Request) -> Arc<Scene> {
    Layouter::new().layout(request)
}

fn empty() -> Scene {
    Scene { size: crate::scene::pt(1.0, 1.0), items: Vec::new(), grid: crate::scene::Grid::default() }
}
