//! Names and icons of the model's kinds, and the program's failures in the user's words.

use super::App;
use super::files::{OpenFailure, SaveFailure};
pub use crate::i18n::title_of;
use crate::i18n::{Explain, Msg, file_name};
use crate::id::Kind;
pub use crate::layout::{improvement_ink, insight_ink};
use crate::theme::Icon;
use std::path::Path;

/// Returns the icon of a kind of element.
pub fn kind_icon(kind: Kind) -> Icon {
    match kind {
        Kind::Journey | Kind::Project => Icon::Route,
        Kind::Stage | Kind::Step => Icon::Columns,
        Kind::Lane | Kind::Cell => Icon::Rows,
        Kind::Touchpoint => Icon::Footprints,
        Kind::Insight => Icon::Lightbulb,
        Kind::Improvement => Icon::Wrench,
        Kind::Picture | Kind::Image => Icon::Image,
        Kind::Flow | Kind::About | Kind::Answer => Icon::ArrowRight,
        Kind::Persona => Icon::User,
        Kind::Channel => Icon::Globe,
        Kind::Question => Icon::Question,
        Kind::Metric => Icon::BarChart,
        Kind::Wave | Kind::Batch | Kind::Recipe => Icon::FileTable,
        Kind::Evidence => Icon::FileText,
    }
}

impl App {
    /// Describes why a project could not be opened: the file name, the reason, and the path on the last line.
    pub(crate) fn open_failure(&self, path: Option<&Path>, failure: &OpenFailure) -> String {
        let lang = self.lang();
        let why = match failure {
            OpenFailure::File(error) => error.explain(lang),
            OpenFailure::Damaged(damaged) => damaged.error.explain(lang),
            OpenFailure::Template(error) => error.explain(lang),
            OpenFailure::Refused(refused) => refused.explain(lang),
            OpenFailure::NoJourney => Msg::NoJourney.text(lang).to_owned(),
        };
        let name = path.map(file_name).unwrap_or_default();
        let what = Msg::CannotOpen.text_with(lang, &[("file", &name)]);
        format!("{what}\n{why}\n{}", path.map(|path| path.display().to_string()).unwrap_or_default())
    }

    /// Describes why a project could not be saved.
    pub(super) fn save_failure(&self, failure: &SaveFailure) -> String {
        let lang = self.lang();
        let what = Msg::CannotSave.text_with(lang, &[("file", &file_name(&failure.path))]);
        format!("{what}\n{}", failure.error.explain(lang))
    }
}
