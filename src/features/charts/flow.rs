//! The chart shown, rebuilt only when one of its inputs has changed.

use crate::app::App;
use crate::features::export::form::{ExportContent, ExportForm};
use engine::analysis::chart::Chart;
use engine::analysis::charts::{ChartChoice, ChartInput, build_chart, elements_with_questions};
use engine::feedback::overlay::OverlayChoice;
use engine::i18n::Lang;
use engine::id::{Id, JourneyId};
use engine::layout::chart::draw_chart;
use std::sync::Arc;

/// The inputs of a chart, compared to decide if it must be rebuilt.
#[derive(Debug, Clone, PartialEq)]
struct ChartKey {
    revision: u64,
    journey: JourneyId,
    target: Option<Id>,
    shown: OverlayChoice,
    choice: ChartChoice,
    lang: Lang,
}

/// The choice of charts, and the chart built last.
#[derive(Debug, Default)]
pub struct Charts {
    /// The charts the user chose to see.
    pub choice: ChartChoice,
    /// The element charted, for charts that show a single one.
    pub target: Option<Id>,
    made: Option<(ChartKey, Arc<Chart>)>,
}

/// Returns the chosen chart; `None` if no project is open.
pub(super) fn current_chart(app: &mut App) -> Option<Arc<Chart>> {
    let lang = app.lang();
    let session = app.session.as_ref()?;
    let project = session.project();
    let journey = session.journey_id();
    // A selection on the map takes precedence over the element charted last.
    let selected =
        session.single_selection().filter(|id| elements_with_questions(project, journey).contains(id));
    let target = selected.or(app.workspace.charts.target);
    app.workspace.charts.target = target;
    let ground = ChartKey {
        revision: session.document.revision(),
        journey,
        target,
        shown: session.overlay_choice().clone(),
        choice: app.workspace.charts.choice.clone(),
        lang,
    };
    if let Some((known, made)) = &app.workspace.charts.made
        && *known == ground
    {
        return Some(Arc::clone(made));
    }
    let shown = &ground.shown;
    let choice = &ground.choice;
    let made = Arc::new(build_chart(&ChartInput { project, journey, target, shown, choice, lang }));
    app.workspace.charts.made = Some((ground, Arc::clone(&made)));
    Some(made)
}

/// Opens the export dialog for the chart shown, unless it is empty.
pub(crate) fn ask_export_chart(app: &mut App) {
    let Some(chart) = current_chart(app).filter(|chart| !chart.marks.is_empty()) else { return };
    let page = draw_chart(&chart, app.theme_id()).size;
    let form = ExportForm::new(app.theme_id(), app.lang());
    app.dialog.open(ExportForm { what: ExportContent::Chart(chart, page), ..form });
}
