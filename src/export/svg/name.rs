//! Names of blocks: a class for their part, an id after their element.

use crate::scene::{Block, Part};
use std::collections::BTreeMap;

/// The ids assigned so far; they are unique.
#[derive(Default)]
pub(super) struct Names {
    used: BTreeMap<String, u32>,
}

impl Names {
    /// Returns the block's id: that of its element for the main part, with the part's name appended for
    /// others, and a number if an element has several of a part.
    pub(super) fn of(&mut self, block: &Block) -> String {
        let name = match (block.element, block.part) {
            (None, part) => class(part).to_owned(),
            (Some(id), part) if is_main(part) => id.to_string(),
            (Some(id), Part::Curve(persona) | Part::CurvePoint(persona)) => {
                format!("{id}-{}-{persona}", class(block.part))
            }
            (Some(id), part) => format!("{id}-{}", class(part)),
        };
        let count = self.used.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}.{count}") }
    }
}

/// True for the main part of an element.
fn is_main(part: Part) -> bool {
    match part {
        Part::Header
        | Part::StageHeader
        | Part::Lane
        | Part::Card
        | Part::Flow
        | Part::Insight
        | Part::Cell
        | Part::Picture => true,
        Part::Page
        | Part::Line
        | Part::FlowLabel
        | Part::Curve(_)
        | Part::CurvePoint(_)
        | Part::CurveQuote
        | Part::Score
        | Part::Legend
        | Part::Change => false,
    }
}

/// Returns the class of a part.
pub(super) fn class(part: Part) -> &'static str {
    match part {
        Part::Page => "page",
        Part::Header => "header",
        Part::StageHeader => "stage-header",
        Part::Lane => "lane",
        Part::Line => "line",
        Part::Card => "card",
        Part::Flow => "flow",
        Part::FlowLabel => "flow-label",
        Part::Curve(_) => "curve",
        Part::CurvePoint(_) => "curve-point",
        Part::CurveQuote => "curve-quote",
        Part::Insight => "insight",
        Part::Cell => "cell",
        Part::Score => "score",
        Part::Picture => "picture",
        Part::Legend => "legend",
        Part::Change => "change",
    }
}
