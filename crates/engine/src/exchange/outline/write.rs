//! Writes a journey as notes that read as the same journey again.

use super::super::map::{
    Distinct, FirstSpellings, channel_names, collect_stages, insights_about, title_or_untitled,
    to_single_line,
};
use super::split_moment;
use crate::i18n::Lang;
use crate::id::PersonaId;
use crate::model::choice::{InsightKind, MomentKind};
use crate::model::{Journey, Project, Touchpoint, records_in_order};
use std::collections::BTreeSet;

/// Writes a journey's title, stages and touchpoints with their channels, personas, pains, gains and moments
/// of truth. The same journey always gives the same text.
pub fn write_outline(project: &Project, journey: &Journey, lang: Lang) -> String {
    let mut names = Distinct::default();
    let personas = records_in_order(project.personas()).into_iter();
    let personas = personas.map(|persona| (persona.id, names.unique_name(&persona.name, lang))).collect();
    let known = FirstSpellings::default();
    let text = String::new();
    let mut notes = Notes { project, journey, lang, personas, known, text };
    let title = to_single_line(&journey.info().title);
    if !title.is_empty() {
        notes.add_line("# ", &title);
    }
    for part in collect_stages(journey) {
        let sign = if notes.text.is_empty() { "## " } else { "\n## " };
        notes.add_line(sign, &title_or_untitled(&part.stage.title, lang));
        part.steps.iter().flat_map(|step| &step.cards).for_each(|card| notes.write_card(card));
    }
    notes.text
}

struct Notes<'a> {
    project: &'a Project,
    journey: &'a Journey,
    lang: Lang,
    /// The personas with unique names.
    personas: Vec<(PersonaId, String)>,
    known: FirstSpellings,
    text: String,
}

impl Notes<'_> {
    fn add_line(&mut self, sign: &str, text: &str) {
        self.text.extend([sign, text, "\n"]);
    }

    fn write_card(&mut self, card: &Touchpoint) {
        let mut text = title_or_untitled(&card.title, self.lang);
        let channels = channel_names(self.project, card, &mut self.known);
        // A title that ends in a bracket would be read as one with channels.
        if !channels.is_empty() || text.ends_with(']') {
            text = format!("{text} [{}]", channels.join(", "));
        }
        self.add_line("- ", &text);
        // Sorted by name: a project read from the notes has its personas in another order.
        let named = self.personas.iter().filter(|(id, _)| card.personas.contains(id));
        for name in named.map(|(_, name)| name).collect::<BTreeSet<_>>() {
            self.text.extend(["  @ ", name, "\n"]);
        }
        for insight in insights_about(self.journey, card.id.into()) {
            match insight.kind {
                InsightKind::Pain => self.add_line("  ! ", &title_or_untitled(&insight.title, self.lang)),
                InsightKind::Gain => self.add_line("  + ", &title_or_untitled(&insight.title, self.lang)),
                _ => {}
            }
        }
        if let Some(kind) = card.moment {
            self.add_line("  * ", &format_moment(kind, &to_single_line(&card.moment_why)));
        }
    }
}

/// Writes a moment of truth so that it is read back the same.
fn format_moment(kind: MomentKind, why: &str) -> String {
    if !why.is_empty() && split_moment(why) == (kind, why) {
        return why.to_owned();
    }
    if why.is_empty() { kind.name().to_owned() } else { format!("{kind}: {why}") }
}
