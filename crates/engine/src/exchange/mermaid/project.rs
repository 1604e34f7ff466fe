//! Makes a diagram a project: sections become stages, tasks touchpoints, actors personas, scores feelings.

use super::entity::decode_name;
use super::{Diagram, DiagramTask, parse_diagram};
use crate::exchange::maker::ProjectMaker;
use crate::exchange::{Brought, ExchangeError, Unread, UnreadReason};
use crate::i18n::{Lang, Msg};
use crate::id::{IdSource, StageId, TouchpointId};
use std::collections::BTreeSet;

/// A mermaid score that is neither good nor bad.
pub(super) const MIDDLE: f64 = 3.0;

/// Reads a diagram as a project. A score without people is the customer's.
///
/// # Errors
/// Where the text does not begin as a journey.
pub fn read_project(text: &str, lang: Lang, source: &mut IdSource) -> Result<Brought, ExchangeError> {
    let (diagram, unread) = parse_diagram(text)?;
    let maker = ProjectMaker::new(source);
    let mut builder = MermaidImporter {
        maker,
        unread,
        customer: Msg::Customer.text(lang),
        stage: None,
        card: None,
        last: None,
    };
    builder.import_heading(&diagram);
    builder.import_tasks(&diagram);
    Ok(Brought { project: builder.maker.finish()?, unread: builder.unread })
}

struct MermaidImporter<'a> {
    maker: ProjectMaker<'a>,
    unread: Vec<Unread>,
    customer: &'static str,
    stage: Option<StageId>,
    card: Option<TouchpointId>,
    last: Option<Last>,
}

/// The task read last: an equal line below it for other people belongs to the same touchpoint.
struct Last {
    line: usize,
    name: String,
    people: BTreeSet<String>,
}

impl MermaidImporter<'_> {
    fn import_heading(&mut self, diagram: &Diagram) {
        if let Some(title) = diagram.all_titles().flatten().next() {
            self.maker.set_title(&decode_name(&replace_line_breaks(title)));
        }
        if let Some(goal) = &diagram.acc_descr {
            self.maker.set_goal(&decode_name(goal));
        }
    }

    fn import_tasks(&mut self, diagram: &Diagram) {
        let mut tasks = diagram.tasks.iter().peekable();
        if tasks.peek().is_some_and(|task| task.section == 0) {
            self.stage = Some(self.maker.add_stage(""));
        }
        while let Some(task) = tasks.next_if(|task| task.section == 0) {
            self.import_task(task);
        }
        for (place, section) in diagram.sections.iter().enumerate() {
            self.stage = Some(self.maker.add_stage(&decode_name(&replace_line_breaks(section))));
            self.last = None;
            while let Some(task) = tasks.next_if(|task| task.section == place + 1) {
                self.import_task(task);
            }
        }
    }

    fn import_task(&mut self, task: &DiagramTask) {
        let Some(stage) = self.stage else { return };
        let title = decode_name(&replace_line_breaks(&task.name));
        let people: BTreeSet<String> = task
            .people
            .iter()
            .filter(|person| !person.is_empty())
            .map(|person| decode_name(person))
            .collect();
        let same = |last: &&Last| {
            let new = !people.is_empty() && !last.people.is_empty() && last.people.is_disjoint(&people);
            task.line <= last.line + 1 && last.name == title && new
        };
        let goes_on = self.last.as_ref().filter(same).and(self.card);
        let card = goes_on.unwrap_or_else(|| self.add_touchpoint(stage, &title));
        let mut known = match self.last.take() {
            Some(last) if goes_on.is_some() => last.people,
            _ => BTreeSet::new(),
        };
        self.import_feelings(card, task, &people);
        known.extend(people);
        self.last = Some(Last { line: task.line, name: title, people: known });
    }

    fn add_touchpoint(&mut self, stage: StageId, title: &str) -> TouchpointId {
        let step = self.maker.add_step(stage);
        let id = self.maker.add_touchpoint(step, title, |_| {});
        if let Some(before) = self.card.replace(id) {
            self.maker.add_flow(before, id);
        }
        id
    }

    fn import_feelings(&mut self, card: TouchpointId, task: &DiagramTask, people: &BTreeSet<String>) {
        if task.unscored {
            return;
        }
        let sound = (1.0..=5.0).contains(&task.score);
        if !sound {
            self.unread.push(Unread::new(task.line, &task.name, UnreadReason::Score));
        }
        // Two decimals, as the interface stores feelings.
        let feeling = ((task.score - MIDDLE) * 100.0).round() / 100.0;
        let anybody = BTreeSet::from([self.customer.to_owned()]);
        if self.maker.is_full() {
            return;
        }
        for person in if people.is_empty() && sound { &anybody } else { people } {
            let persona = self.maker.find_or_add_persona(person);
            if sound {
                self.maker.count_item();
                if let Some(card) = self.maker.touchpoint_mut(card) {
                    card.feelings.insert(persona, feeling);
                }
            }
        }
    }
}

/// Returns a text with its line breaks (`<br>`) as blanks.
fn replace_line_breaks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find("<br") {
        let behind = &rest[place + 3..];
        if let Some(after) = behind.trim_start().trim_start_matches('/').strip_prefix('>') {
            plain.push_str(&rest[..place]);
            plain.push(' ');
            rest = after;
        } else {
            plain.push_str(&rest[..place + 3]);
            rest = behind;
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::replace_line_breaks;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    /// A reference implementation that searches for the end of each tag however far it is.
    fn slowly(text: &str) -> String {
        let Some((before, behind)) = text.split_once("<br") else { return text.to_owned() };
        let mark = behind.split_once('>').filter(|(mark, _)| mark.trim_end_matches('/').trim().is_empty());
        match mark {
            Some((_, after)) => format!("{before} {}", slowly(after)),
            None => format!("{before}<br{}", slowly(behind)),
        }
    }

    proptest! {
        #[test]
        fn a_line_break_is_a_blank(text in "(<br|<|>|/| |\u{a0}|\t|b|r|旅){0,24}") {
            prop_assert_eq!(replace_line_breaks(&text), slowly(&text));
        }
    }

    #[test]
    fn line_breaks_that_never_end_take_no_longer_than_others() {
        let text = "<br ".repeat(400_000);
        let start = Instant::now();
        assert_eq!(replace_line_breaks(&text), text);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
