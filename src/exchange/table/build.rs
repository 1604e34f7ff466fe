//! Makes a project of the stages that a table was laid out in.

use super::columns::{Column, card_lane, folded};
use super::read::{Line, Stage, Step};
use crate::exchange::maker::{Maker, clean};
use crate::exchange::{Reason, Refused, Unread};
use crate::i18n::{Lang, Msg};
use crate::id::{CellId, Id, ImprovementId, InsightId, LaneId, PersonaId, Source, TouchpointId};
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind, MomentKind};
use crate::model::{Project, Worded};
use std::collections::{BTreeMap, BTreeSet};

/// Cell contents that mark a moment of truth.
const TICKS: &[&str] = &["x", "✓", "√", "1", "y", "yes", "true", "是", "有"];

/// Makes the project, its personas and lanes in the order of their columns; unreadable cells are added to
/// `unread`.
pub(super) fn build(
    stages: &[Stage],
    columns: &[Column],
    lang: Lang,
    source: &mut Source,
    unread: &mut Vec<Unread>,
) -> Result<Project, Refused> {
    let mut builder = Builder {
        maker: Maker::new(source),
        lang,
        unread,
        insights: BTreeMap::new(),
        improvements: BTreeMap::new(),
        lanes: BTreeMap::new(),
        texts: BTreeMap::new(),
        links: BTreeSet::new(),
        before: None,
    };
    for column in columns {
        builder.named(column);
    }
    for stage in stages {
        if builder.maker.is_full() {
            break;
        }
        builder.stage(stage);
    }
    builder.maker.finish()
}

/// An insight and the severity that the table gives it.
type Weighed = (Option<u8>, InsightId);

struct Builder<'a> {
    maker: Maker<'a>,
    lang: Lang,
    unread: &'a mut Vec<Unread>,
    insights: BTreeMap<(InsightKind, String), Vec<Weighed>>,
    improvements: BTreeMap<(ImprovementKind, String), ImprovementId>,
    lanes: BTreeMap<(LaneKind, String), LaneId>,
    texts: BTreeMap<(LaneId, Id), CellId>,
    links: BTreeSet<(Id, Id)>,
    /// The customer's touchpoint in the step before.
    before: Option<TouchpointId>,
}

impl Builder<'_> {
    fn named(&mut self, column: &Column) {
        match column {
            Column::Feeling(name) => drop(self.persona(name)),
            Column::Text(kind, title) => drop(self.lane(*kind, title)),
            _ => {}
        }
    }

    fn persona(&mut self, name: &str) -> PersonaId {
        let name = if name.is_empty() { Msg::Customer.text(self.lang) } else { name };
        self.maker.persona(name)
    }

    fn stage(&mut self, stage: &Stage) {
        let id = self.maker.stage(&stage.title);
        for line in &stage.own {
            self.about(line, id.into(), id.into());
            let aim = clean(line.get(&Column::Description));
            if let Some(stage) = self.maker.stage_of(id) {
                add(&mut stage.description, &aim);
            }
            self.needs_card(line, &[Column::Description]);
        }
        for step in stage.steps_in_order() {
            let column = self.maker.step(id);
            for line in &step.own {
                self.about(line, column.into(), column.into());
                self.needs_card(line, &[]);
            }
            self.cards(step, column);
        }
    }

    fn cards(&mut self, step: &Step, column: crate::id::StepId) {
        let mut first = None;
        for lines in &step.cards {
            let Some(line) = lines.first() else { continue };
            let home = self.card_lane(line.get(&Column::Lane));
            let card = self.maker.touchpoint(column, line.get(&Column::Touchpoint), |card| {
                card.lane = home.map(|(lane, _)| lane);
            });
            if home.is_none_or(|(_, kind)| kind == LaneKind::Touchpoints) {
                first = first.or(Some(card));
            }
            for (place, line) in lines.iter().enumerate() {
                self.about(line, card.into(), column.into());
                self.fill(line, card);
                let other = line.get(&Column::Lane);
                if place > 0 && !other.is_empty() {
                    self.unread.push(Unread::new(line.number, other, Reason::NoTouchpoint));
                }
            }
        }
        if let Some(card) = first
            && let Some(before) = self.before.replace(card)
        {
            self.maker.flow(before, card);
        }
    }

    /// Reports the cells of a row that only a touchpoint can have.
    fn needs_card(&mut self, line: &Line, but: &[Column]) {
        for (column, cell) in &line.cells {
            let of_card = matches!(
                column,
                Column::Description
                    | Column::Lane
                    | Column::Channels
                    | Column::Personas
                    | Column::Moment
                    | Column::Why
                    | Column::Feeling(_)
            );
            if of_card && !but.contains(column) {
                self.unread.push(Unread::new(line.number, cell, Reason::NoTouchpoint));
            }
        }
    }

    fn fill(&mut self, line: &Line, card: TouchpointId) {
        let names = line.get(&Column::Channels).split([',', '，', '、', ';', '；', '\n']);
        let channels = self.maker.channels(names.map(str::trim).filter(|name| !name.is_empty()));
        // A name may contain a comma, so each is on a separate line.
        let names = line.get(&Column::Personas).split(['\n', ';', '；']).map(str::trim);
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let personas: Vec<PersonaId> = names.into_iter().map(|name| self.persona(name)).collect();
        let feelings = self.feelings(line);
        let (moment, why) = moment(line.get(&Column::Moment), line.get(&Column::Why));
        let description = clean(line.get(&Column::Description));
        let Some(card) = self.maker.card(card) else { return };
        let new: Vec<_> = channels.into_iter().filter(|id| !card.channels.contains(id)).collect();
        card.channels.extend(new);
        card.personas.extend(personas);
        card.feelings.extend(feelings);
        card.moment = moment.or(card.moment);
        add(&mut card.moment_why, &clean(&why));
        add(&mut card.description, &description);
    }

    fn feelings(&mut self, line: &Line) -> Vec<(PersonaId, f64)> {
        let mut feelings = Vec::new();
        for (column, cell) in &line.cells {
            let Column::Feeling(name) = column else { continue };
            let Some(feeling) = feeling(cell) else {
                self.unread.push(Unread::new(line.number, cell, Reason::Feeling));
                continue;
            };
            self.maker.count();
            feelings.push((self.persona(name), feeling));
        }
        feelings
    }

    /// Adds a row's insights, improvements and lane texts to an element; lane texts belong to a step or
    /// stage.
    fn about(&mut self, line: &Line, target: Id, at: Id) {
        for (column, cell) in &line.cells {
            let entries = cell.lines().map(str::trim).filter(|entry| !entry.is_empty());
            match column {
                Column::Insights(kind) => entries.for_each(|entry| self.insight(*kind, entry, target)),
                Column::Improvements(kind) => {
                    entries.for_each(|entry| self.improvement(*kind, entry, target));
                }
                Column::Text(kind, title) => self.text(*kind, title, cell, at),
                _ => {}
            }
        }
    }

    fn insight(&mut self, kind: InsightKind, title: &str, about: Id) {
        let (title, severity) = weighed(kind, title);
        let known = self.insights.entry((kind, title.to_owned())).or_default();
        // The same title with another severity is another pain, unless one of both has no severity.
        let same = |(of, _): &&Weighed| *of == severity || of.is_none() || severity.is_none();
        let id = known.iter().find(same).map(|(_, id)| *id);
        let id = id.unwrap_or_else(|| self.maker.insight(kind, title, severity));
        if known.iter().all(|(_, of)| *of != id) {
            known.push((severity, id));
        }
        self.link(id.into(), about);
    }

    fn improvement(&mut self, kind: ImprovementKind, title: &str, about: Id) {
        let known = self.improvements.get(&(kind, title.to_owned())).copied();
        let id = known.unwrap_or_else(|| self.maker.improvement(kind, title));
        self.improvements.insert((kind, title.to_owned()), id);
        self.link(id.into(), about);
    }

    fn link(&mut self, from: Id, to: Id) {
        if self.links.insert((from, to)) {
            self.maker.speaks(from, to);
        }
    }

    fn text(&mut self, kind: LaneKind, title: &str, text: &str, at: Id) {
        let lane = self.lane(kind, title);
        let text = clean(text);
        if let Some(cell) = self.texts.get(&(lane, at)) {
            if let Some(cell) = self.maker.cell(*cell) {
                add(&mut cell.text, &text);
            }
            return;
        }
        let id = self.maker.text(lane, at, text);
        self.texts.insert((lane, at), id);
    }

    /// Returns the lane that a cell names for a card; `None` is the default lane.
    fn card_lane(&mut self, cell: &str) -> Option<(LaneId, LaneKind)> {
        let (kind, title) = card_lane(cell);
        let usual = kind == LaneKind::Touchpoints && title.is_empty();
        (!usual).then(|| (self.lane(kind, title), kind))
    }

    fn lane(&mut self, kind: LaneKind, title: &str) -> LaneId {
        if let Some(known) = self.lanes.get(&(kind, title.to_owned())) {
            return *known;
        }
        let id = self.maker.lane(kind, title);
        self.lanes.insert((kind, title.to_owned()), id);
        id
    }
}

/// Splits a pain's title from the severity in brackets behind it.
pub(super) fn weighed(kind: InsightKind, entry: &str) -> (&str, Option<u8>) {
    let inside = entry.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
    let severity = inside.and_then(|(_, number)| number.trim().parse().ok());
    let known = severity.filter(|severity| kind == InsightKind::Pain && (1..=5).contains(severity));
    match inside.map(|(title, _)| title.trim()).filter(|title| known.is_some() && !title.is_empty()) {
        Some(title) => (title, known),
        None => (entry, None),
    }
}

/// Appends a text on a new line, unless it is there already.
fn add(text: &mut String, more: &str) {
    if text.is_empty() {
        more.clone_into(text);
    } else if !more.is_empty() && text != more {
        text.push('\n');
        text.push_str(more);
    }
}

/// Parses a feeling, rounded as the interface stores it.
fn feeling(cell: &str) -> Option<f64> {
    let number: f64 = cell.replace(',', ".").replace('−', "-").parse().ok()?;
    (-2.0..=2.0).contains(&number).then_some((number * 100.0).round() / 100.0)
}

/// Returns the kind of a moment of truth, by its name in either language or else the team's own, and why.
fn moment(cell: &str, why: &str) -> (Option<MomentKind>, String) {
    let word = folded(cell);
    let called = |kind: &&MomentKind| {
        folded(kind.name()) == word || Lang::ALL.iter().any(|lang| folded(kind.word().text(*lang)) == word)
    };
    if cell.is_empty() {
        return (None, why.to_owned());
    }
    let known = MomentKind::ALL.iter().find(called).copied();
    let said = known.is_some() || TICKS.contains(&cell.to_lowercase().as_str());
    let why = match (said, why.is_empty()) {
        (true, _) => why.to_owned(),
        (false, true) => cell.to_owned(),
        (false, false) => format!("{cell}: {why}"),
    };
    (known.or(Some(MomentKind::Own)), why)
}
