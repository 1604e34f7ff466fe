//! Names of blocks: a class for their part, an id after their element.

use crate::scene::{Block, ScenePart};
use std::collections::BTreeMap;

/// The ids assigned so far; they are unique.
#[derive(Default)]
pub(super) struct SvgIds {
    used: BTreeMap<String, u32>,
}

impl SvgIds {
    /// Returns the block's id: that of its element for the main part, with the part's name appended for
    /// others, and a number if an element has several of a part.
    pub(super) fn unique_id(&mut self, block: &Block) -> String {
        let name = match (block.element, block.part) {
            (None, part) => part_class(part).to_owned(),
            (Some(id), part) if is_main(part) => id.to_string(),
            (Some(id), ScenePart::Curve(persona) | ScenePart::CurvePoint(persona)) => {
                format!("{id}-{}-{persona}", part_class(block.part))
            }
            (Some(id), part) => format!("{id}-{}", part_class(part)),
        };
        let count = self.used.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { name } else { format!("{name}.{count}") }
    }
}

/// True for the main part of an element.
fn is_main(part: ScenePart) -> bool {
    match part {
        ScenePart::Header
        | ScenePart::StageHeader
        | ScenePart::Lane
        | ScenePart::Card
        | ScenePart::Flow
        | ScenePart::Insight
        | ScenePart::Cell
        | ScenePart::Picture => true,
        ScenePart::Page
        | ScenePart::Line
        | ScenePart::FlowLabel
        | ScenePart::Curve(_)
        | ScenePart::CurvePoint(_)
        | ScenePart::CurveQuote
        | ScenePart::Score
        | ScenePart::Legend
        | ScenePart::Change => false,
    }
}

/// Returns the class of a part.
pub(super) fn part_class(part: ScenePart) -> &'static str {
    match part {
        ScenePart::Page => "page",
        ScenePart::Header => "header",
        ScenePart::StageHeader => "stage-header",
        ScenePart::Lane => "lane",
        ScenePart::Line => "line",
        ScenePart::Card => "card",
        ScenePart::Flow => "flow",
        ScenePart::FlowLabel => "flow-label",
        ScenePart::Curve(_) => "curve",
        ScenePart::CurvePoint(_) => "curve-point",
        ScenePart::CurveQuote => "curve-quote",
        ScenePart::Insight => "insight",
        ScenePart::Cell => "cell",
        ScenePart::Score => "score",
        ScenePart::Picture => "picture",
        ScenePart::Legend => "legend",
        ScenePart::Change => "change",
    }
}
