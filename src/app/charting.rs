//! The chart shown, rebuilt only when one of its inputs has changed.

use super::App;
use super::dialog::Dialog;
use super::export::{ExportContent, ExportForm};
use crate::analysis::chart::Chart;
use crate::analysis::charts::{ChartChoice, ChartInput, build_chart, elements_with_questions};
use crate::feedback::overlay::OverlayChoice;
use crate::i18n::Lang;
use crate::id::{Id, JourneyId};
use crate::layout::chart::draw_chart;
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

impl App {
    /// Returns the chosen chart; `None` if no project is open.
    pub fn current_chart(&mut self) -> Option<Arc<Chart>> {
        let lang = self.lang();
        let session = self.session.as_ref()?;
        let project = session.project();
        let journey = session.journey_id();
        // A selection on the map takes precedence over the element charted last.
        let selected =
            session.single_selection().filter(|id| elements_with_questions(project, journey).contains(id));
        let target = selected.or(self.charts.target);
        self.charts.target = target;
        let ground = ChartKey {
            revision: session.document.revision(),
            journey,
            target,
            shown: session.overlay_choice().clone(),
            choice: self.charts.choice.clone(),
            lang,
        };
        if let Some((known, made)) = &self.charts.made
            && *known == ground
        {
            return Some(Arc::clone(made));
        }
        let shown = &ground.shown;
        let choice = &ground.choice;
        let made = Arc::new(build_chart(&ChartInput { project, journey, target, shown, choice, lang }));
        self.charts.made = Some((ground, Arc::clone(&made)));
        Some(made)
    }

    /// Opens the export dialog for the chart shown, unless it is empty.
    pub(super) fn ask_export_chart(&mut self) {
        let Some(chart) = self.current_chart().filter(|chart| !chart.marks.is_empty()) else { return };
        let page = draw_chart(&chart, self.theme_id()).size;
        let form = ExportForm::new(self.theme_id(), self.lang());
        self.dialog = Some(Dialog::Export(ExportForm { what: ExportContent::Chart(chart, page), ..form }));
    }
}
