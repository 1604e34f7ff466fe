//! Writes a journey as notes that read as the same journey again.

use super::super::map::{Distinct, Names, channels, insights, line, parts, titled};
use super::split_moment;
use crate::i18n::Lang;
use crate::id::PersonaId;
use crate::model::choice::{InsightKind, MomentKind};
use crate::model::{Journey, Project, Touchpoint, ordered};
use std::collections::BTreeSet;

/// Writes a journey's title, stages and touchpoints with their channels, personas, pains, gains and moments
/// of truth. The same journey always gives the same text.
pub fn write(project: &Project, journey: &Journey, lang: Lang) -> String {
    let mut names = Distinct::default();
    let personas = ordered(project.personas()).into_iter();
    let personas = personas.map(|persona| (persona.id, names.name(&persona.name, lang))).collect();
    let known = Names::default();
    let text = String::new();
    let mut notes = Notes { project, journey, lang, personas, known, text };
    let title = line(&journey.info().title);
    if !title.is_empty() {
        notes.add("# ", &title);
    }
    for part in parts(journey) {
        let sign = if notes.text.is_empty() { "## " } else { "\n## " };
        notes.add(sign, &titled(&part.stage.title, lang));
        part.steps.iter().flat_map(|step| &step.cards).for_each(|card| notes.card(card));
    }
    notes.text
}

struct Notes<'a> {
    project: &'a Project,
    journey: &'a Journey,
    lang: Lang,
    /// The personas with unique names.
    personas: Vec<(PersonaId, String)>,
    known: Names,
    text: String,
}

impl Notes<'_> {
    fn add(&mut self, sign: &str, text: &str) {
        self.text.extend([sign, text, "\n"]);
    }

    fn card(&mut self, card: &Touchpoint) {
        let mut text = titled(&card.title, self.lang);
        let channels = channels(self.project, card, &mut self.known);
        // A title that ends in a bracket would be read as one with channels.
        if !channels.is_empty() || text.ends_with(']') {
            text = format!("{text} [{}]", channels.join(", "));
        }
        self.add("- ", &text);
        // Sorted by name: a project read from the notes has its personas in another order.
        let named = self.personas.iter().filter(|(id, _)| card.personas.contains(id));
        for name in named.map(|(_, name)| name).collect::<BTreeSet<_>>() {
            self.text.extend(["  @ ", name, "\n"]);
        }
        for insight in insights(self.journey, card.id.into()) {
            match insight.kind {
                InsightKind::Pain => self.add("  ! ", &titled(&insight.title, self.lang)),
                InsightKind::Gain => self.add("  + ", &titled(&insight.title, self.lang)),
                _ => {}
            }
        }
        if let Some(kind) = card.moment {
            self.add("  * ", &moment(kind, &line(&card.moment_why)));
        }
    }
}

/// Writes a moment of truth so that it is read back the same.
fn moment(kind: MomentKind, why: &str) -> String {
    if !why.is_empty() && split_moment(why) == (kind, why) {
        return why.to_owned();
    }
    if why.is_empty() { kind.name().to_owned() } else { format!("{kind}: {why}") }
}
