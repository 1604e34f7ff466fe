//! What every part of a layout looks at, and where it draws.

use super::TextExtent;
use super::cache::{IdMap, Shelf};
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

/// What is laid out, and how it shall look.
pub(super) struct Scope<'a> {
    pub(super) project: &'a Project,
    pub(super) journey: &'a Arc<Journey>,
    pub(super) overlay: Option<&'a Overlay>,
    pub(super) personas: Vec<&'a Arc<Persona>>,
    /// The place of each of them among all personas of the project.
    pub(super) places: Vec<usize>,
    pub(super) theme: &'static Theme,
    pub(super) lang: Lang,
    pub(super) text: TextExtent,
    pub(super) columns: Columns<'a>,
}

impl Scope<'_> {
    /// The most rows of a text that has so many on the screen.
    pub(super) fn rows(&self, clamped: usize) -> usize {
        match self.text {
            TextExtent::Clamped => clamped,
            TextExtent::Whole => usize::MAX,
        }
    }

    /// Whether texts are set whole.
    pub(super) fn is_whole(&self) -> bool {
        self.text == TextExtent::Whole
    }

    /// The line colour and the point shape of a persona, by its index.
    pub(super) fn persona_mark(&self, index: usize) -> (Color, PointShape) {
        let place = self.places.get(index).copied().unwrap_or(index);
        (self.theme.persona(place), PointShape::of(place))
    }

    /// A message in the map's language.
    pub(super) fn say(&self, message: Msg) -> &'static str {
        message.text(self.lang)
    }

    /// A title, or what stands for one that was left empty.
    pub(super) fn title<'t>(&self, title: &'t str) -> &'t str {
        if title.trim().is_empty() { Msg::Untitled.text(self.lang) } else { title }
    }
}

/// Sizes of flow labels remembered before all are forgotten: about a megabyte.
const MOST_SIZES: usize = 16_384;

/// What survives from one layout to the next: measured texts and drawn blocks.
#[derive(Default)]
pub(super) struct Studio {
    pub(super) measure: FontMeasure,
    pub(super) cards: Shelf<TouchpointId, CardKey>,
    pub(super) flows: Shelf<FlowId, FlowKey>,
    pub(super) flow_labels: Shelf<FlowId, FlowKey>,
    pub(super) notes: Shelf<Id, NoteKey>,
    pub(super) cells: Shelf<CellId, CellKey>,
    pub(super) bars: Shelf<TouchpointId, BarKey>,
    pub(super) curves: Shelf<PersonaId, CurveKey>,
    pub(super) points: Shelf<(TouchpointId, PersonaId), PointKey>,
    pub(super) quotes: Shelf<Id, QuoteKey>,
    /// Sizes of flow labels, by flow.
    pub(super) label_sizes: IdMap<FlowId, LabelSize>,
}

impl Studio {
    /// Ends a layout.
    pub(super) fn end(&mut self) {
        self.cards.end();
        self.flows.end();
        self.flow_labels.end();
        self.notes.end();
        self.cells.end();
        self.bars.end();
        self.curves.end();
        self.points.end();
        self.quotes.end();
        if self.label_sizes.len() > MOST_SIZES {
            self.label_sizes.clear();
        }
    }

    /// Forgets all blocks: another theme, language or set of channels.
    pub(super) fn clear(&mut self) {
        let measure = std::mem::take(&mut self.measure);
        *self = Self { measure, ..Self::default() };
    }
}

/// What a lane holds, at heights from its top; x is that of the page.
#[derive(Default)]
pub(super) struct Body {
    pub(super) height: f32,
    pub(super) items: Vec<Placed>,
    /// The second line of the lane's label.
    pub(super) note: String,
    /// Lines across the lane with what stands beside them.
    pub(super) ticks: Vec<Tick>,
    /// Heights of +2 and -2 in a feeling lane.
    pub(super) axis: Option<(f32, f32)>,
}

/// A line of an axis.
pub(super) struct Tick {
    pub(super) y: f32,
    pub(super) text: String,
    /// Drawn through, as the zero line is.
    pub(super) main: bool,
}

impl Body {
    /// Puts its items on the page, at the lane's top.
    pub(super) fn emit(self, top: f32, items: &mut Vec<Placed>) {
        items.extend(
            self.items.into_iter().map(|item| Placed { at: item.at + pt(0.0, top), block: item.block }),
        );
    }
}
