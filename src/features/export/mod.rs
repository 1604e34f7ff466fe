//! Exports the map, a comparison or a chart: as a picture, or in another form.

mod flow;
pub mod form;
mod ui;

pub(crate) use flow::ask_export;
