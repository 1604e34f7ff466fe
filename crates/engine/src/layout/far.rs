//! Far forms of blocks, for zooms at which their own words would be too small to read: a card shows its score
//! on the score's colour with diamond and severity, a note a chip of its colour with its severity, a bar its
//! value, a flow its share.

use super::scope::Scope;
use crate::scene::{FarForm, FarMark, FarMarkKind, FarWords, Rect, SceneShape, Stand, Stroke, pt};
use crate::theme::size::{radius, text};
use crate::theme::{Color, Face, Ink, RampStep};

/// Text size of a card's score.
const SCORE: f32 = 26.0;
/// Distance of the hatching lines that mark a small n.
const HATCH: f32 = 14.0;
/// Width of a note's chip with its severity, and of its edge if it has none.
const SEVERITY: f32 = 40.0;
const EDGE: f32 = 9.0;
/// Padding between the border of a card and its words.
const INSET: f32 = 5.0;
/// The overhang of a share beyond its flow's own label, in x and y.
const SHARE: (f32, f32) = (26.0, 12.0);

/// The minimum width, in ems, of a text that is cut; and of a stage's or lane's name.
const LEAST: f32 = 2.5;
const LEAST_NAME: f32 = 2.0;

/// Returns a row of text in the block's own size and colour.
fn far_words(text: String, room: Rect, stand: Stand, (face, size, ink): (Face, f32, Color)) -> FarWords {
    FarWords { text, room, stand, face, size, rise: 0.0, least: LEAST, ink, plate: None }
}

/// The content of a card's far form.
pub(super) struct FarCard<'a> {
    pub(super) rect: Rect,
    pub(super) title: &'a str,
    /// The score as text, its colours, and true if its n is small.
    pub(super) score: Option<(String, RampStep, bool)>,
    pub(super) severity: Option<&'a str>,
    pub(super) is_moment: bool,
    pub(super) is_planned: bool,
    pub(super) is_back: bool,
}

impl FarCard<'_> {
    pub(super) fn into_form(self, scope: &Scope<'_>) -> FarForm {
        let theme = scope.theme;
        let rect = self.rect;
        let plain = if self.is_back { theme.canvas } else { theme.raised };
        let (fill, ink) =
            self.score.as_ref().map_or((plain, theme.text), |(_, step, _)| (step.fill, step.text));
        let (edge, width) = match (self.is_moment, &self.score) {
            (true, _) => (theme.moment.ink, 5.0),
            (false, Some(_)) => (theme.ramp_edge, 1.0),
            (false, None) => (theme.outline, 1.0),
        };
        let dash = self.is_planned.then_some((8.0, 6.0));
        let stroke = Some(Stroke { color: edge, width, dash });
        let mut shapes = vec![SceneShape::Rect { rect, radius: radius::CARD, fill: Some(fill), stroke }];
        if self.score.as_ref().is_some_and(|(.., is_small)| *is_small) {
            shapes.extend(super::pen::hatch_lines(
                rect.grow_by(-2.0),
                HATCH,
                Stroke::solid_line(ink.with_alpha(56), 1.5),
            ));
        }
        let room = rect.grow_by(-INSET);
        let figure = self
            .score
            .map(|(figure, ..)| far_words(figure, room, Stand::Middle, (Face::SemiBold, SCORE, ink)));
        let style = (Face::SemiBold, text::STRONG, ink);
        // A cut name beside a score is less useful than the score alone.
        let least = if figure.is_some() { f32::INFINITY } else { LEAST };
        let title = FarWords { least, ..far_words(self.title.to_owned(), room, Stand::Middle, style) };
        let middle = pt(rect.center().x, rect.min.y);
        let diamond = self.is_moment.then_some(FarMark {
            at: middle,
            radius: 10.0,
            fill: theme.moment.ink,
            edge: theme.raised,
            kind: FarMarkKind::Diamond,
        });
        let badge = self.severity.map(|severity| FarMark {
            at: pt(rect.max.x - 3.0, rect.min.y + 2.0),
            radius: 12.0,
            fill: theme.pain.ink,
            edge: theme.raised,
            kind: FarMarkKind::Badge(severity.to_owned(), theme.pain.on_ink),
        });
        FarForm { shapes, figure, title: Some(title), marks: diamond.into_iter().chain(badge).collect() }
    }
}

/// Returns a note's far form: a chip of its colour with its severity, and its title beside that if it fits.
pub(super) fn note_form(
    scope: &Scope<'_>,
    rect: Rect,
    ink: Ink,
    title: String,
    severity: Option<u8>,
) -> FarForm {
    let border = Some(Stroke::solid_line(ink.ink, 1.0));
    let width = if severity.is_some() { SEVERITY } else { EDGE };
    let chip = Rect::new(rect.min.x, rect.min.y, width, rect.height());
    let shapes = vec![
        SceneShape::Rect { rect, radius: radius::CONTROL, fill: Some(ink.ground), stroke: border },
        SceneShape::Rect { rect: chip, radius: radius::CONTROL, fill: Some(ink.ink), stroke: None },
    ];
    let figure = severity.map(|severity| {
        far_words(severity.to_string(), chip, Stand::Middle, (Face::SemiBold, text::HEADING, ink.on_ink))
    });
    let room = Rect { min: pt(chip.max.x + INSET, rect.min.y), max: rect.max - pt(INSET, 0.0) };
    let style = (Face::Regular, text::SMALL, scope.theme.text);
    FarForm {
        shapes,
        figure,
        title: Some(far_words(title, room, Stand::MiddleLeft, style)),
        marks: Vec::new(),
    }
}

/// Returns the far form of a text in a text lane.
pub(super) fn cell_form(rect: Rect, (fill, edge, ink): (Color, Color, Color), text: String) -> FarForm {
    let stroke = Some(Stroke::solid_line(edge, 1.0));
    let shapes = vec![SceneShape::Rect { rect, radius: radius::CONTROL, fill: Some(fill), stroke }];
    let style = (Face::Regular, text::SMALL, ink);
    let title = Some(far_words(text, rect.grow_by(-INSET), Stand::MiddleLeft, style));
    FarForm { shapes, title, ..FarForm::default() }
}

/// Returns the far form of a stage's header: its name, which may extend `beyond` its right end up to the next
/// stage, and `rise` into the empty room above.
pub(super) fn stage_form(
    shapes: Vec<SceneShape>,
    rect: Rect,
    (beyond, rise): (f32, f32),
    title: (String, Color),
) -> FarForm {
    let room = Rect { min: rect.min + pt(INSET, INSET), max: rect.max + pt(beyond, -2.0) };
    let style = (Face::SemiBold, text::DISPLAY, title.1);
    let title = FarWords { rise, least: LEAST_NAME, ..far_words(title.0, room, Stand::MiddleLeft, style) };
    FarForm { shapes, title: Some(title), ..FarForm::default() }
}

/// Returns the far form of a lane: its name in its label.
pub(super) fn lane_form(shapes: Vec<SceneShape>, room: Rect, title: (String, Color)) -> FarForm {
    let style = (Face::SemiBold, text::SMALL, title.1);
    let title = FarWords { least: LEAST_NAME, ..far_words(title.0, room, Stand::TopLeft, style) };
    FarForm { shapes, title: Some(title), ..FarForm::default() }
}

/// Returns the far form of the journey's header: its title with its score.
pub(super) fn journey_form(room: Rect, title: String, ink: Color) -> FarForm {
    let style = (Face::SemiBold, text::DISPLAY, ink);
    FarForm { title: Some(far_words(title, room, Stand::TopLeft, style)), ..FarForm::default() }
}

/// Returns the far form of a bar, with its value in the room above or below it.
pub(super) fn bar_form(shapes: Vec<SceneShape>, room: Rect, stand: Stand, value: (String, Color)) -> FarForm {
    let style = (Face::SemiBold, text::SMALL, value.1);
    FarForm { shapes, figure: Some(far_words(value.0, room, stand, style)), ..FarForm::default() }
}

/// Returns a flow's share at its label's place; empty for a flow that has only a condition.
pub(super) fn share_form(share: Option<String>, label: Rect, ink: Color, plate: (Color, Color)) -> FarForm {
    let room = Rect { min: label.min - pt(SHARE.0, SHARE.1), max: label.max + pt(SHARE.0, SHARE.1) };
    let style = (Face::Regular, text::TINY, ink);
    let figure =
        share.map(|share| FarWords { plate: Some(plate), ..far_words(share, room, Stand::Middle, style) });
    FarForm { figure, ..FarForm::default() }
}
