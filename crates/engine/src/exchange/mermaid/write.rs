//! Writes a journey as a mermaid diagram that reads as the same stages, touchpoints, personas and feelings
//! again.

use super::UNSCORED;
use super::entity::encode_name;
use super::project::MIDDLE;
use crate::exchange::map::{Distinct, collect_stages, title_or_untitled};
use crate::i18n::Lang;
use crate::id::PersonaId;
use crate::model::range::clamp_feeling;
use crate::model::{Journey, Project, Touchpoint, records_in_order};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Writes title, goal, stages, touchpoints and feelings. Personas who feel differently at a touchpoint get a
/// line each; a touchpoint without feelings gets the middle score and a comment that says so.
pub fn write_diagram(project: &Project, journey: &Journey, lang: Lang) -> String {
    let mut names = Distinct::default();
    let personas = records_in_order(project.personas()).into_iter();
    let personas =
        personas.map(|persona| (persona.id, encode_name(&names.unique_name(&persona.name, lang)))).collect();
    let mut writer = MermaidWriter { personas, text: String::from("journey\n") };
    let info = journey.info();
    for (word, text) in [("title ", &info.title), ("accDescr: ", &info.goal)] {
        if !text.is_empty() {
            writer.add_line(&format!("  {word}{}", encode_name(text)));
        }
    }
    for part in collect_stages(journey) {
        writer.add_line(&format!("  section {}", encode_name(&title_or_untitled(&part.stage.title, lang))));
        let mut before = String::new();
        for card in part.steps.iter().flat_map(|step| &step.cards) {
            let name = encode_name(&title_or_untitled(&card.title, lang));
            if name == before {
                // Without a line between them they would read as one touchpoint.
                writer.add_line("    %%");
            }
            writer.write_card(card, &name);
            before = name;
        }
    }
    writer.text
}

struct MermaidWriter {
    personas: BTreeMap<PersonaId, String>,
    text: String,
}

impl MermaidWriter {
    fn add_line(&mut self, line: &str) {
        self.text.extend([line, "\n"]);
    }

    fn write_card(&mut self, card: &Touchpoint, name: &str) {
        let mut scores: BTreeMap<Reverse<i64>, Vec<&str>> = BTreeMap::new();
        for (persona, feeling) in card.feelings.iter().filter(|(_, feeling)| feeling.is_finite()) {
            if let Some(known) = self.personas.get(persona) {
                let score = ((clamp_feeling(*feeling) + MIDDLE) * 100.0).round() as i64;
                scores.entry(Reverse(score)).or_default().push(known);
            }
        }
        let mut lines = Vec::new();
        for (Reverse(score), mut people) in scores {
            people.sort_unstable();
            lines.push(format!("    {name}: {}: {}", score as f64 / 100.0, people.join(", ")));
        }
        if lines.is_empty() {
            lines.push(format!("    {name}: {MIDDLE} # {UNSCORED}"));
        }
        for line in &lines {
            self.add_line(line);
        }
    }
}
