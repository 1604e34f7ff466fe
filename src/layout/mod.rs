//! From a journey to its picture: pure, and the only place where text is broken and things get their places.
//!
//! Columns are steps, rows are lanes. Blocks (a card, a note, a bar) are drawn in coordinates of their own and kept
//! from one layout to the next; what runs each time is only the placing of blocks and flows.

mod cache;
mod cards;
mod columns;
pub mod curve;
mod dims;
mod feelings;
mod flows;
mod header;
mod insights;
mod lanes;
pub mod legend;
pub mod measure;
mod page;
mod pen;
mod quotes;
pub mod route;
mod scope;
mod scores;
pub mod text;
mod texts;
mod words;

use crate::feedback::overlay::Overlay;
use crate::i18n::Lang;
use crate::id::JourneyId;
use crate::model::{Project, Table};
use crate::scene::Scene;
use crate::theme::ThemeId;
use scope::Studio;
use std::sync::Arc;

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
}

impl Request {
    /// A journey as it is, without scores or legend.
    pub fn new(project: Project, journey: JourneyId) -> Self {
        Self { project, journey, overlay: None, theme: ThemeId::Light, lang: Lang::En, legend: false }
    }

    /// Whether both surely ask for the same: shared records are compared by identity, so it takes no time.
    fn is_same(&self, other: &Self) -> bool {
        let look = |request: &Self| (request.journey, request.theme, request.lang, request.legend);
        let journeys = self.project.journey(self.journey).zip(other.project.journey(other.journey));
        look(self) == look(other)
            && journeys.is_some_and(|(one, two)| Arc::ptr_eq(one, two))
            && match (&self.overlay, &other.overlay) {
                (Some(one), Some(two)) => Arc::ptr_eq(one, two),
                (one, two) => one.is_none() && two.is_none(),
            }
            && self.shares_surroundings(other)
    }

    /// Whether what the journey's cards show of the project is the same.
    fn shares_surroundings(&self, other: &Self) -> bool {
        let (one, two) = (&self.project, &other.project);
        is_shared(one.personas(), two.personas())
            && is_shared(one.channels(), two.channels())
            && is_shared(one.improvements(), two.improvements())
            && is_shared(one.answers(), two.answers())
            && is_shared(one.images(), two.images())
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
    last: Option<(Request, Arc<Scene>)>,
}

impl Layouter {
    /// A layouter that remembers nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The picture of a journey; the same one as before where nothing changed. Empty where the journey is missing.
    pub fn layout(&mut self, request: &Request) -> Arc<Scene> {
        if let Some((last, scene)) = &self.last {
            if last.is_same(request) {
                return Arc::clone(scene);
            }
            let look = |request: &Request| (request.theme, request.lang);
            if look(last) != look(request)
                || !is_shared(last.project.channels(), request.project.channels())
                || !is_shared(last.project.personas(), request.project.personas())
            {
                self.studio.clear();
            }
        }
        let journey = request.project.journey(request.journey);
        let scene = journey.map_or_else(empty, |journey| page::scene(&mut self.studio, request, journey));
        let same = self.last.as_ref().map(|(_, last)| last).filter(|last| ***last == scene);
        let scene = same.cloned().unwrap_or_else(|| Arc::new(scene));
        self.last = Some((request.clone(), Arc::clone(&scene)));
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
