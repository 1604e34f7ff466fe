//! Clipboard text that the map could not use: tables read as feedback, and lines read as touchpoints and pains.

mod lines;
mod table;

pub use table::{PastedTable, take_pasted};
pub(crate) use table::{offer_lines_instead, show_pasted};
