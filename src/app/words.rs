//! Names and icons of the model's kinds.

pub use engine::i18n::title_of;
use engine::id::Kind;
pub use engine::layout::{improvement_ink, insight_ink};
use engine::theme::Icon;

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
