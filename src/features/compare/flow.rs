//! Compares the open project with another version: a file, an earlier state, or another of its journeys.

use crate::app::jobs::{JobScope, Ticket};
use crate::app::{App, Tab};
use crate::features::export::form::{ExportContent, ExportForm};
use crate::features::filing;
use crate::features::filing::files::OpenFailure;
use crate::features::paths::{self, PROJECTS, PathQuestion};
use engine::analysis::changes::{
    ChangeSection, Compared, as_version_of, compare_versions, describe_changes, keep_single_journey,
};
use engine::edit::command::find_counterpart;
use engine::i18n::{Lang, Msg, file_name};
use engine::id::{Id, JourneyId};
use engine::layout::{LayoutRequest, Layouter, TextExtent, layout_once};
use engine::model::Project;
use engine::model::choice::JourneyState;
use engine::scene::Scene;
use engine::store::disk::RealDisk;
use engine::store::project::open_project;
use engine::theme::ThemeId;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The other side of a comparison.
#[derive(Debug, Clone)]
pub enum CompareTarget {
    /// Another version of the project, with a name that identifies it.
    Version(Arc<Project>, String),
    /// Another journey of the same project.
    Journey(JourneyId),
}

/// Two versions side by side in one picture, with a list of their differences.
pub struct Comparison {
    /// The other side.
    pub against: CompareTarget,
    /// Both versions merged into one project, with marks on the differences.
    pub compared: Arc<Compared>,
    /// The differences, in words.
    pub sections: Vec<ChangeSection>,
    /// The language of these words.
    pub lang: Lang,
    /// The document revision that was compared.
    pub revision: u64,
    /// The journey drawn.
    pub journey: JourneyId,
    /// The elements selected on the map and in the list.
    pub selected: BTreeSet<Id>,
    layouter: Layouter,
}

impl std::fmt::Debug for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Comparison").field("revision", &self.revision).finish_non_exhaustive()
    }
}

impl Comparison {
    /// Compares; `None` if the other journey no longer exists or nothing can be drawn.
    fn new(order: &CompareJob) -> Option<Self> {
        let title_of = |id: JourneyId| {
            let title =
                order.project.journey(id).map(|journey| journey.info().title.clone()).unwrap_or_default();
            if title.trim().is_empty() { Msg::UntitledJourney.text(order.lang).to_owned() } else { title }
        };
        let (old, new, names) = match &order.against {
            CompareTarget::Version(old, name) => {
                (Project::clone(old), order.project.clone(), [name.clone(), order.name.clone()])
            }
            CompareTarget::Journey(other) => (
                as_version_of(&order.project, *other, order.journey)?,
                keep_single_journey(&order.project, order.journey)?,
                [title_of(*other), title_of(order.journey)],
            ),
        };
        let compared = compare_versions(&old, &new, names);
        let shown = compared.project.journey(order.journey).map(|_| order.journey);
        let differs = |id: &JourneyId| compared.has_differences(*id);
        let journey = shown.filter(differs).or_else(|| compared.most_changed_journey())?;
        Some(Self {
            against: order.against.clone(),
            sections: describe_changes(&old, &new, order.lang),
            compared: Arc::new(compared),
            lang: order.lang,
            revision: order.revision,
            journey,
            selected: BTreeSet::new(),
            layouter: Layouter::new(),
        })
    }

    /// Lays out the picture of both versions.
    pub fn layout_scene(&mut self, theme: ThemeId, lang: Lang) -> Arc<Scene> {
        let request = self.screen_request(theme, lang);
        self.layouter.layout_journey(&request)
    }

    /// Returns the layout request for the picture on screen.
    pub fn screen_request(&self, theme: ThemeId, lang: Lang) -> LayoutRequest {
        LayoutRequest {
            theme,
            lang,
            changes: Some(Arc::clone(&self.compared)),
            ..LayoutRequest::new(self.compared.project.clone(), self.journey)
        }
    }

    /// Returns the layout request for the export: with a legend and untruncated text.
    pub fn export_request(&self, theme: ThemeId, lang: Lang) -> LayoutRequest {
        LayoutRequest { legend: true, text: TextExtent::Whole, ..self.screen_request(theme, lang) }
    }

    /// Selects an element and shows the journey it belongs to.
    pub fn select_element(&mut self, id: Id) {
        self.selected = BTreeSet::from([id]);
        if let Some(journey) = self.compared.project.journey_of(id) {
            self.journey = journey.info().id;
        }
    }
}

/// The inputs of a comparison job.
struct CompareJob {
    against: CompareTarget,
    project: Project,
    name: String,
    journey: JourneyId,
    revision: u64,
    lang: Lang,
}

/// Compares the open project with another version and shows the result; `name` identifies that version.
pub fn compare_with(app: &mut App, old: Project, name: String) {
    start_comparing(app, None, move || Ok(CompareTarget::Version(Arc::new(old), name)));
}

/// Asks for a file to compare the open project with.
pub(crate) fn ask_which_version(app: &mut App) {
    let kind = ("Desireline", PROJECTS);
    let question = PathQuestion::to_read(Msg::CompareVersions, Msg::OpenNow, kind, compare_with_file);
    paths::ask_path(app, question);
}

/// Compares the open project with a file.
fn compare_with_file(app: &mut App, path: PathBuf) {
    let name = file_name(&path);
    let read = path.clone();
    start_comparing(app, Some(path), move || {
        let opened = open_project(&RealDisk, &read).map_err(OpenFailure::File)?;
        Ok(CompareTarget::Version(Arc::new(opened.loaded.project), name))
    });
}

/// Compares the journey shown with its counterpart (the one it was copied from or that was copied from
/// it), else the next one with another state, else the next.
pub(crate) fn compare_journeys(app: &mut App) {
    let Some(session) = &app.session else { return };
    let journeys = session.project().journeys_in_order();
    let shown = journeys.iter().position(|journey| journey.info().id == session.journey_id()).unwrap_or(0);
    let state = journeys.get(shown).map_or(JourneyState::AsIs, |journey| journey.info().state);
    if let Some(other) = find_counterpart(session.project(), session.journey_id()) {
        return compare_with_journey(app, other);
    }
    let others: Vec<_> = (1..journeys.len()).map(|step| journeys[(shown + step) % journeys.len()]).collect();
    let other = others.iter().find(|journey| journey.info().state != state).or(others.first());
    if let Some(other) = other.map(|journey| journey.info().id) {
        compare_with_journey(app, other);
    }
}

/// Compares the journey shown with another of the project.
fn compare_with_journey(app: &mut App, other: JourneyId) {
    start_comparing(app, None, move || Ok(CompareTarget::Journey(other)));
}

/// Compares again if the document or the language has changed since.
pub(crate) fn follow_comparison(app: &mut App) {
    let lang = app.lang();
    let revision = app.session.as_ref().map(|session| session.document.revision());
    let Some(comparison) = &mut app.workspace.comparison else { return };
    if revision.is_none() {
        return end_comparison(app);
    }
    if Some(comparison.revision) != revision || comparison.lang != lang {
        let Some(now) = revision else { return };
        // Set at once, so that the comparison is not started twice.
        (comparison.revision, comparison.lang) = (now, lang);
        let against = comparison.against.clone();
        start_comparing(app, None, move || Ok(against));
    }
}

fn start_comparing(
    app: &mut App,
    path: Option<PathBuf>,
    against: impl FnOnce() -> Result<CompareTarget, OpenFailure> + Send + 'static,
) {
    let lang = app.lang();
    let Some(session) = &app.session else { return };
    let name = session.file_name().unwrap_or_else(|| session.title(lang));
    let project = session.project().clone();
    let journey = session.journey_id();
    let revision = session.document.revision();
    let compare = move |_: &Ticket| {
        against().and_then(|against| {
            let order = CompareJob { against, project, name, journey, revision, lang };
            Comparison::new(&order).map(Box::new).ok_or(OpenFailure::NoJourney)
        })
    };
    app.jobs.start(JobScope::Document, Msg::Comparing, compare, move |app, result| {
        on_compared(app, path.as_deref(), result);
    });
}

/// Shows the finished comparison, or reports why it failed.
fn on_compared(app: &mut App, path: Option<&Path>, result: Result<Box<Comparison>, OpenFailure>) {
    match result {
        Ok(mut comparison) => {
            let again = app.workspace.comparison.is_some() && app.view.tab == Tab::Changes;
            if let Some(before) = app.workspace.comparison.take()
                && again
            {
                comparison.selected = before.selected;
            }
            app.workspace.comparison = Some(comparison);
            app.view.tab = Tab::Changes;
            app.view.gallery = false;
        }
        Err(failure) => {
            let text = filing::open_failure(app, path, &failure);
            app.show_error(text);
        }
    }
}

/// Shows another journey of the compared versions.
pub(super) fn show_compared(app: &mut App, journey: JourneyId) {
    if let Some(comparison) = &mut app.workspace.comparison {
        comparison.journey = journey;
        comparison.selected.clear();
    }
}

/// Ends the comparison and returns to the map.
pub(crate) fn end_comparison(app: &mut App) {
    app.workspace.comparison = None;
    app.view.tab = Tab::Map;
}

/// Selects an element of the comparison and brings it into view.
pub(super) fn reveal_change(app: &mut App, id: Id) {
    if let Some(comparison) = &mut app.workspace.comparison {
        comparison.select_element(id);
        app.send_order(crate::canvas::CanvasOrder::Reveal(id));
    }
}

/// Opens the export dialog for the picture of the comparison.
pub(crate) fn ask_export_changes(app: &mut App) {
    let theme = app.theme_id();
    let lang = app.lang();
    let Some(comparison) = &mut app.workspace.comparison else { return };
    let size = layout_once(&comparison.export_request(theme, lang)).size;
    let mut form = ExportForm::new(theme, lang);
    form.what = ExportContent::Changes(Arc::clone(&comparison.compared), comparison.journey, size);
    app.dialog.open(form);
}
