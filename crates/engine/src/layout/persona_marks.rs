//! The small marks on a touchpoint's card that only some of the journey's personas take.

use super::feelings::draw_mark;
use super::pen::{Align, BlockPen};
use super::scope::Scope;
use super::text::one_line;
use crate::i18n::Msg;
use crate::id::PersonaId;
use crate::model::{Touchpoint, records_in_order};
use crate::scene::{Pt, pt};
use crate::theme::size::text;
use crate::theme::{Face, PointShape};

/// Radius of a mark, and the distance from one to the next.
const RADIUS: f32 = 4.5;
const PITCH: f32 = 13.0;
/// The maximum number of marks on a card; a number shows how many more there are.
const MOST: usize = 6;

/// Returns the personas that a card names, in the project's order; empty if it is for all personas of the
/// journey.
pub(super) fn named_personas(scope: &Scope<'_>, card: &Touchpoint) -> Vec<PersonaId> {
    let is_everyone = || scope.personas.iter().all(|persona| card.personas.contains(&persona.id));
    if card.personas.is_empty() || is_everyone() {
        return Vec::new();
    }
    let known = records_in_order(scope.project.personas()).into_iter().map(|persona| persona.id);
    known.filter(|id| card.personas.contains(id)).collect()
}

/// Returns the screen reader's text about the card's personas; `None` if it is for all.
pub(super) fn spoken_names(scope: &Scope<'_>, personas: &[PersonaId]) -> Option<String> {
    if personas.is_empty() {
        return None;
    }
    let known = personas.iter().filter_map(|id| scope.project.personas().get(id));
    let names: Vec<String> = known.map(|persona| one_line(scope.title_or_untitled(&persona.name))).collect();
    let names = names.join(Msg::ListComma.text(scope.lang));
    Some(Msg::OnlyFor.text_with(scope.lang, &[("names", &names)]))
}

/// Draws a mark in each persona's colour and shape, from left to right.
pub(super) fn draw_marks(pen: &mut BlockPen<'_>, scope: &Scope<'_>, personas: &[PersonaId], at: Pt) {
    let theme = scope.theme;
    let shown = if personas.len() > MOST { MOST - 1 } else { personas.len() };
    let mut center = at + pt(RADIUS, 0.0);
    for id in personas.iter().take(shown) {
        let place = scope.project.persona_place(*id);
        let shape = PointShape::for_index(place);
        draw_mark(pen, shape, (center, RADIUS), theme.persona_color(place), theme.raised);
        center = center + pt(PITCH, 0.0);
    }
    if personas.len() > shown {
        let rest = format!("+{}", personas.len() - shown);
        pen.draw_text(
            &rest,
            (Face::SemiBold, text::TINY, theme.soft),
            center - pt(RADIUS, 0.0),
            Align::Start,
        );
    }
}
