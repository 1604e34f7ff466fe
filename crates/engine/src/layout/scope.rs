//! The shared context of a layout, and its caches.

use super::TextExtent;
use super::cache::{BlockCache, IdMap};
use super::cards::CardKey;
use super::columns::Columns;
use super::feelings::{CurveKey, PointKey, QuoteKey};
use super::flows::{FlowKey, LabelSize};
use super::insights::NoteKey;
use super::measure::FontMeasure;
use super::scores::BarKey;
use super::texts::CellKey;
use crate::feedback::overlay::Overlay;
use crate::i18n::{Lang, Msg};
use crate::id::{CellId, FlowId, Id, PersonaId, TouchpointId};
use crate::model::{Journey, Persona, Project};
use crate::scene::{Placed, pt};
use crate::theme::{Color, PointShape, Theme};
use std::sync::Arc;

/// The content and look of a layout.
pub(super) struct Scope<'a> {
    pub(super) project: &'a Project,
    pub(super) journey: &'a Arc<Journey>,
    pub(super) overlay: Option<&'a Overlay>,
    pub(super) personas: Vec<&'a Arc<Persona>>,
    /// The index of each persona among all of the project.
    pub(super) places: Vec<usize>,
    pub(super) theme: &'static Theme,
    pub(super) lang: Lang,
    pub(super) text: TextExtent,
    pub(super) columns: Columns<'a>,
}

impl Scope<'_> {
    /// Returns the maximum number of rows of a text, given its limit on the screen.
    pub(super) fn max_rows(&self, clamped: usize) -> usize {
        match self.text {
            TextExtent::Clamped => clamped,
            TextExtent::Whole => usize::MAX,
        }
    }

    /// True if texts are not clamped.
    pub(super) fn is_whole(&self) -> bool {
        self.text == TextExtent::Whole
    }

    /// Returns the line colour and the point shape of a persona, by its index.
    pub(super) fn persona_mark(&self, index: usize) -> (Color, PointShape) {
        let place = self.places.get(index).copied().unwrap_or(index);
        (self.theme.persona_color(place), PointShape::for_index(place))
    }

    /// Returns a message in the map's language.
    pub(super) fn message_text(&self, message: Msg) -> &'static str {
        message.text(self.lang)
    }

    /// Returns a title, or the placeholder for an empty one.
    pub(super) fn title_or_untitled<'t>(&self, title: &'t str) -> &'t str {
        if title.trim().is_empty() { Msg::Untitled.text(self.lang) } else { title }
    }
}

/// The maximum number of cached flow label sizes: about a megabyte.
const MOST_SIZES: usize = 16_384;

/// The caches from one layout to the next: measured texts and drawn blocks.
#[derive(Default)]
pub(super) struct Studio {
    pub(super) measure: FontMeasure,
    pub(super) cards: BlockCache<TouchpointId, CardKey>,
    pub(super) flows: BlockCache<FlowId, FlowKey>,
    pub(super) flow_labels: BlockCache<FlowId, FlowKey>,
    pub(super) notes: BlockCache<Id, NoteKey>,
    pub(super) cells: BlockCache<CellId, CellKey>,
    pub(super) bars: BlockCache<TouchpointId, BarKey>,
    pub(super) curves: BlockCache<PersonaId, CurveKey>,
    pub(super) points: BlockCache<(TouchpointId, PersonaId), PointKey>,
    pub(super) quotes: BlockCache<Id, QuoteKey>,
    /// Sizes of flow labels, by flow.
    pub(super) label_sizes: IdMap<FlowId, LabelSize>,
}

impl Studio {
    /// Ends a layout: drops unused blocks.
    pub(super) fn end_layout(&mut self) {
        self.cards.end_round();
        self.flows.end_round();
        self.flow_labels.end_round();
        self.notes.end_round();
        self.cells.end_round();
        self.bars.end_round();
        self.curves.end_round();
        self.points.end_round();
        self.quotes.end_round();
        if self.label_sizes.len() > MOST_SIZES {
            self.label_sizes.clear();
        }
    }

    /// Drops all blocks, for another theme, language or set of channels.
    pub(super) fn clear(&mut self) {
        let measure = std::mem::take(&mut self.measure);
        *self = Self { measure, ..Self::default() };
    }
}

/// The content of a lane, with y from its top and x of the page.
#[derive(Default)]
pub(super) struct Body {
    pub(super) height: f32,
    pub(super) items: Vec<Placed>,
    /// The second line of the lane's label.
    pub(super) note: String,
    /// Lines across the lane with their labels.
    pub(super) ticks: Vec<LaneTick>,
    /// The y of +2 and of -2 in a feeling lane.
    pub(super) axis: Option<(f32, f32)>,
}

/// A line of an axis.
pub(super) struct LaneTick {
    pub(super) y: f32,
    pub(super) text: String,
    /// True if the line is solid, as the zero line is.
    pub(super) main: bool,
}

impl Body {
    /// Places its items on the page, at the lane's top.
    pub(super) fn place_items(self, top: f32, items: &mut Vec<Placed>) {
        items.extend(
            self.items.into_iter().map(|item| Placed { at: item.at + pt(0.0, top), block: item.block }),
        );
    }
}
