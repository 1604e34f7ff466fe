//! From a journey to its scene: a pure function, and the only code that breaks text and places elements.
//!
//! Columns are steps, rows are lanes. Blocks (a card, a note, a bar) are drawn in their own coordinates and
//! cached from one layout to the next; each layout only places blocks and flows.

mod cache;
mod cards;
mod changes;
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

pub use changes::{change_icon, change_ink};
pub use insights::{improvement_ink, insight_ink};
pub use words::spoken_score;

use crate::analysis::changes::Compared;
use crate::feedback::overlay::Overlay;
use crate::i18n::Lang;
use crate::id::{AnswerId, ChannelId, ImageId, ImprovementId, JourneyId, PersonaId};
use crate::model::{Answer, Channel, Image, Improvement, Journey, Persona, Project, Table};
use crate::scene::Scene;
use crate::theme::ThemeId;
use scope::Studio;
use std::sync::{Arc, Weak};

/// The extent to which long texts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextExtent {
    /// Limited to the rows of a card or note, then an ellipsis: as on the screen.
    #[default]
    Clamped,
    /// Unshortened: cards, notes, labels and headers grow to hold their texts, as for print.
    Whole,
}

/// The input of a layout. Equal requests give equal scenes.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutRequest {
    /// The project.
    pub project: Project,
    /// The journey in it.
    pub journey: JourneyId,
    /// The scores to show, if any.
    pub overlay: Option<Arc<Overlay>>,
    /// The theme.
    pub theme: ThemeId,
    /// The language of the map's own words.
    pub lang: Lang,
    /// True if a legend is placed below the map, as on exported pages.
    pub legend: bool,
    /// The extent to which long texts are shown.
    pub text: TextExtent,
    /// The comparison if the project merges two versions: its differences are marked on the map, with a
    /// legend below.
    pub changes: Option<Arc<Compared>>,
}

impl LayoutRequest {
    /// A request for a journey without scores or legend.
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

    /// A request for a journey as exported: texts unshortened, and a legend below it.
    pub fn for_print(project: Project, journey: JourneyId) -> Self {
        Self { legend: true, text: TextExtent::Whole, ..Self::new(project, journey) }
    }
}

/// The last request, by the identity of its records. The journey is held weakly, so that changing one that
/// nobody else holds needs no copy.
struct LastRequest {
    journey: Weak<Journey>,
    look: RequestLook,
    overlay: Option<Arc<Overlay>>,
    changes: Option<Arc<Compared>>,
    personas: Table<PersonaId, Persona>,
    channels: Table<ChannelId, Channel>,
    improvements: Table<ImprovementId, Improvement>,
    answers: Table<AnswerId, Answer>,
    images: Table<ImageId, Image>,
}

impl LastRequest {
    fn from_request(request: &LayoutRequest) -> Self {
        let project = &request.project;
        Self {
            journey: project.journey(request.journey).map(Arc::downgrade).unwrap_or_default(),
            look: RequestLook::from_request(request),
            overlay: request.overlay.clone(),
            changes: request.changes.clone(),
            personas: project.personas().clone(),
            channels: project.channels().clone(),
            improvements: project.improvements().clone(),
            answers: project.answers().clone(),
            images: project.images().clone(),
        }
    }

    /// True if the request has the same records by pointer; takes next to no time.
    fn is_same_request(&self, request: &LayoutRequest) -> bool {
        let project = &request.project;
        let journey = project.journey(request.journey).map(Arc::as_ptr);
        self.look == RequestLook::from_request(request)
            && journey == Some(self.journey.as_ptr())
            && is_one(self.overlay.as_ref(), request.overlay.as_ref())
            && is_one(self.changes.as_ref(), request.changes.as_ref())
            && self.has_same_names(project)
            && is_shared(&self.improvements, project.improvements())
            && is_shared(&self.answers, project.answers())
            && is_shared(&self.images, project.images())
    }

    /// True if personas and channels are the same; blocks show them without having them in their keys.
    fn has_same_names(&self, project: &Project) -> bool {
        is_shared(&self.personas, project.personas()) && is_shared(&self.channels, project.channels())
    }
}

/// The parts of a request beside its records.
#[derive(Debug, Clone, Copy, PartialEq)]
struct RequestLook {
    journey: JourneyId,
    theme: ThemeId,
    lang: Lang,
    text: TextExtent,
    legend: bool,
}

impl RequestLook {
    fn from_request(request: &LayoutRequest) -> Self {
        let LayoutRequest { journey, theme, lang, text, legend, .. } = *request;
        Self { journey, theme, lang, text, legend }
    }

    /// True if blocks drawn for the other look can be reused.
    fn shares_blocks(&self, other: &Self) -> bool {
        (self.theme, self.lang, self.text) == (other.theme, other.lang, other.text)
    }
}

/// True if both are the same object, or both are `None`.
fn is_one<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// True if two tables hold the same record objects.
fn is_shared<I: PartialEq, R>(one: &Table<I, R>, other: &Table<I, R>) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.0 == b.0 && Arc::ptr_eq(a.1, b.1))
}

/// Lays out journeys, with a cache from one layout to the next.
#[derive(Default)]
pub struct Layouter {
    studio: Studio,
    last: Option<(LastRequest, Arc<Scene>)>,
}

impl Layouter {
    /// A layouter with an empty cache.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the scene of a journey: the same object as before if nothing changed, empty if the journey
    /// does not exist.
    pub fn layout_journey(&mut self, request: &LayoutRequest) -> Arc<Scene> {
        if let Some((last, scene)) = &self.last {
            if last.is_same_request(request) {
                return Arc::clone(scene);
            }
            if !last.look.shares_blocks(&RequestLook::from_request(request))
                || !last.has_same_names(&request.project)
            {
                self.studio.clear();
            }
        }
        let journey = request.project.journey(request.journey);
        let scene =
            journey.map_or_else(empty_scene, |journey| page::layout_page(&mut self.studio, request, journey));
        let same = self.last.as_ref().map(|(_, last)| last).filter(|last| ***last == scene);
        let scene = same.cloned().unwrap_or_else(|| Arc::new(scene));
        self.last = Some((LastRequest::from_request(request), Arc::clone(&scene)));
        scene
    }
}

/// Lays out a journey once, without a cache.
pub fn layout_once(request: &LayoutRequest) -> Arc<Scene> {
    Layouter::new().layout_journey(request)
}

fn empty_scene() -> Scene {
    Scene { size: crate::scene::pt(1.0, 1.0), items: Vec::new(), grid: crate::scene::PageGrid::default() }
}
