//! Makes a diagram a project: sections become stages, tasks touchpoints, actors personas, scores feelings.

use super::entity::name;
use super::{Diagram, Task, parse};
use crate::exchange::maker::Maker;
use crate::exchange::{Brought, Reason, Refused, Unread};
use crate::i18n::{Lang, Msg};
use crate::id::{Source, StageId, TouchpointId};
use std::collections::BTreeSet;

/// A mermaid score that is neither good nor bad.
pub(super) const MIDDLE: f64 = 3.0;

/// Reads a diagram as a project. A score without people is the customer's.
///
/// # Errors
/// Where the text does not begin as a journey.
pub fn read(text: &str, lang: Lang, source: &mut Source) -> Result<Brought, Refused> {
    let (diagram, unread) = parse(text)?;
    let maker = Maker::new(source);
    let mut builder =
        Builder { maker, unread, customer: Msg::Customer.text(lang), stage: None, card: None, last: None };
    builder.heading(&diagram);
    builder.body(&diagram);
    Ok(Brought { project: builder.maker.finish()?, unread: builder.unread })
}

struct Builder<'a> {
    maker: Maker<'a>,
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

impl Builder<'_> {
    fn heading(&mut self, diagram: &Diagram) {
        if let Some(title) = diagram.titles().flatten().next() {
            self.maker.title(&name(&broken(title)));
        }
        if let Some(goal) = &diagram.acc_descr {
            self.maker.goal(&name(goal));
        }
    }

    fn body(&mut self, diagram: &Diagram) {
        let mut tasks = diagram.tasks.iter().peekable();
        if tasks.peek().is_some_and(|task| task.section == 0) {
            self.stage = Some(self.maker.stage(""));
        }
        while let Some(task) = tasks.next_if(|task| task.section == 0) {
            self.task(task);
        }
        for (place, section) in diagram.sections.iter().enumerate() {
            self.stage = Some(self.maker.stage(&name(&broken(section))));
            self.last = None;
            while let Some(task) = tasks.next_if(|task| task.section == place + 1) {
                self.task(task);
            }
        }
    }

    fn task(&mut self, task: &Task) {
        let Some(stage) = self.stage else { return };
        let title = name(&broken(&task.name));
        let people: BTreeSet<String> =
            task.people.iter().filter(|person| !person.is_empty()).map(|person| name(person)).collect();
        let same = |last: &&Last| {
            let new = !people.is_empty() && !last.people.is_empty() && last.people.is_disjoint(&people);
            task.line <= last.line + 1 && last.name == title && new
        };
        let goes_on = self.last.as_ref().filter(same).and(self.card);
        let card = goes_on.unwrap_or_else(|| self.touchpoint(stage, &title));
        let mut known = match self.last.take() {
            Some(last) if goes_on.is_some() => last.people,
            _ => BTreeSet::new(),
        };
        self.feel(card, task, &people);
        known.extend(people);
        self.last = Some(Last { line: task.line, name: title, people: known });
    }

    fn touchpoint(&mut self, stage: StageId, title: &str) -> TouchpointId {
        let step = self.maker.step(stage);
        let id = self.maker.touchpoint(step, title, |_| {});
        if let Some(before) = self.card.replace(id) {
            self.maker.flow(before, id);
        }
        id
    }

    fn feel(&mut self, card: TouchpointId, task: &Task, people: &BTreeSet<String>) {
        if task.unscored {
            return;
        }
        let sound = (1.0..=5.0).contains(&task.score);
        if !sound {
            self.unread.push(Unread::new(task.line, &task.name, Reason::Score));
        }
        // Two decimals, as the interface stores feelings.
        let feeling = ((task.score - MIDDLE) * 100.0).round() / 100.0;
        let anybody = BTreeSet::from([self.customer.to_owned()]);
        if self.maker.is_full() {
            return;
        }
        for person in if people.is_empty() && sound { &anybody } else { people } {
            let persona = self.maker.persona(person);
            if sound {
                self.maker.count();
                if let Some(card) = self.maker.card(card) {
                    card.feelings.insert(persona, feeling);
                }
            }
        }
    }
}

/// Returns a text with its line breaks (`<br>`) as blanks.
fn broken(text: &str) -> String {
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
    use super::broken;
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
            prop_assert_eq!(broken(&text), slowly(&text));
        }
    }

    #[test]
    fn line_breaks_that_never_end_take_no_longer_than_others() {
        let text = "<br ".repeat(400_000);
        let start = Instant::now();
        assert_eq!(broken(&text), text);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
