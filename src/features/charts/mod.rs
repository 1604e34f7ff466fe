//! The view of the scores as charts.

mod flow;
mod hit;
mod plot;
mod ui;

pub use flow::Charts;
pub(crate) use flow::ask_export_chart;
pub(crate) use ui::show;
