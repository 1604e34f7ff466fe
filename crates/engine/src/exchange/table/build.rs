//! Makes a project of the stages that a table was laid out in.

use super::columns::{TableColumn, card_lane, fold_word};
use super::read::{Stage, TableLine, TableStep};
use crate::exchange::maker::{ProjectMaker, clean_text};
use crate::exchange::{ExchangeError, Unread, UnreadReason};
use crate::i18n::{Lang, Msg, Worded};
use crate::id::{CellId, Id, IdSource, ImprovementId, InsightId, LaneId, PersonaId, TouchpointId};
use crate::model::Project;
use crate::model::choice::{ImprovementKind, InsightKind, LaneKind, MomentKind};
use crate::model::range::{FEELING, LEVEL};
use std::collections::{BTreeMap, BTreeSet};

/// Cell contents that mark a moment of truth.
const TICKS: &[&str] = &["x", "✓", "√", "1", "y", "yes", "true", "是", "有"];

/// Makes the project, its personas and lanes in the order of their columns; unreadable cells are added to
/// `unread`.
pub(super) fn build_project(
    stages: &[Stage],
    columns: &[TableColumn],
    lang: Lang,
    source: &mut IdSource,
    unread: &mut Vec<Unread>,
) -> Result<Project, ExchangeError> {
    let mut builder = TableImporter {
        maker: ProjectMaker::new(source),
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
        builder.add_persona_or_lane(column);
    }
    for stage in stages {
        if builder.maker.is_full() {
            break;
        }
        builder.import_stage(stage);
    }
    builder.maker.finish()
}

/// An insight and the severity that the table gives it.
type RatedInsight = (Option<u8>, InsightId);

struct TableImporter<'a> {
    maker: ProjectMaker<'a>,
    lang: Lang,
    unread: &'a mut Vec<Unread>,
    insights: BTreeMap<(InsightKind, String), Vec<RatedInsight>>,
    improvements: BTreeMap<(ImprovementKind, String), ImprovementId>,
    lanes: BTreeMap<(LaneKind, String), LaneId>,
    texts: BTreeMap<(LaneId, Id), CellId>,
    links: BTreeSet<(Id, Id)>,
    /// The customer's touchpoint in the step before.
    before: Option<TouchpointId>,
}

impl TableImporter<'_> {
    fn add_persona_or_lane(&mut self, column: &TableColumn) {
        match column {
            TableColumn::Feeling(name) => drop(self.find_or_add_persona(name)),
            TableColumn::Text(kind, title) => drop(self.find_or_add_lane(*kind, title)),
            _ => {}
        }
    }

    fn find_or_add_persona(&mut self, name: &str) -> PersonaId {
        let name = if name.is_empty() { Msg::Customer.text(self.lang) } else { name };
        self.maker.find_or_add_persona(name)
    }

    fn import_stage(&mut self, stage: &Stage) {
        let id = self.maker.add_stage(&stage.title);
        for line in &stage.own {
            self.add_row_content(line, id.into(), id.into());
            let aim = clean_text(line.get(&TableColumn::Description));
            if let Some(stage) = self.maker.stage_of(id) {
                append_line(&mut stage.description, &aim);
            }
            self.needs_card(line, &[TableColumn::Description]);
        }
        for step in stage.steps_in_order() {
            let column = self.maker.add_step(id);
            for line in &step.own {
                self.add_row_content(line, column.into(), column.into());
                self.needs_card(line, &[]);
            }
            self.import_cards(step, column);
        }
    }

    fn import_cards(&mut self, step: &TableStep, column: crate::id::StepId) {
        let mut first = None;
        for lines in &step.cards {
            let Some(line) = lines.first() else { continue };
            let home = self.card_lane(line.get(&TableColumn::Lane));
            let card = self.maker.add_touchpoint(column, line.get(&TableColumn::Touchpoint), |card| {
                card.lane = home.map(|(lane, _)| lane);
            });
            if home.is_none_or(|(_, kind)| kind == LaneKind::Touchpoints) {
                first = first.or(Some(card));
            }
            for (place, line) in lines.iter().enumerate() {
                self.add_row_content(line, card.into(), column.into());
                self.fill_card(line, card);
                let other = line.get(&TableColumn::Lane);
                if place > 0 && !other.is_empty() {
                    self.unread.push(Unread::new(line.number, other, UnreadReason::NoTouchpoint));
                }
            }
        }
        if let Some(card) = first
            && let Some(before) = self.before.replace(card)
        {
            self.maker.add_flow(before, card);
        }
    }

    /// Reports the cells of a row that only a touchpoint can have.
    fn needs_card(&mut self, line: &TableLine, but: &[TableColumn]) {
        for (column, cell) in &line.cells {
            let of_card = matches!(
                column,
                TableColumn::Description
                    | TableColumn::Lane
                    | TableColumn::Channels
                    | TableColumn::Personas
                    | TableColumn::Moment
                    | TableColumn::Why
                    | TableColumn::Feeling(_)
            );
            if of_card && !but.contains(column) {
                self.unread.push(Unread::new(line.number, cell, UnreadReason::NoTouchpoint));
            }
        }
    }

    fn fill_card(&mut self, line: &TableLine, card: TouchpointId) {
        let names = line.get(&TableColumn::Channels).split([',', '，', '、', ';', '；', '\n']);
        let channels = self.maker.find_or_add_channels(names.map(str::trim).filter(|name| !name.is_empty()));
        // A name may contain a comma, so each is on a separate line.
        let names = line.get(&TableColumn::Personas).split(['\n', ';', '；']).map(str::trim);
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let personas: Vec<PersonaId> = names.into_iter().map(|name| self.find_or_add_persona(name)).collect();
        let feelings = self.parse_feelings(line);
        let (moment, why) = parse_moment(line.get(&TableColumn::Moment), line.get(&TableColumn::Why));
        let description = clean_text(line.get(&TableColumn::Description));
        let Some(card) = self.maker.touchpoint_mut(card) else { return };
        let new: Vec<_> = channels.into_iter().filter(|id| !card.channels.contains(id)).collect();
        card.channels.extend(new);
        card.personas.extend(personas);
        card.feelings.extend(feelings);
        card.moment = moment.or(card.moment);
        append_line(&mut card.moment_why, &clean_text(&why));
        append_line(&mut card.description, &description);
    }

    fn parse_feelings(&mut self, line: &TableLine) -> Vec<(PersonaId, f64)> {
        let mut feelings = Vec::new();
        for (column, cell) in &line.cells {
            let TableColumn::Feeling(name) = column else { continue };
            let Some(feeling) = parse_feeling(cell) else {
                self.unread.push(Unread::new(line.number, cell, UnreadReason::Feeling));
                continue;
            };
            self.maker.count_item();
            feelings.push((self.find_or_add_persona(name), feeling));
        }
        feelings
    }

    /// Adds a row's insights, improvements and lane texts to an element; lane texts belong to a step or
    /// stage.
    fn add_row_content(&mut self, line: &TableLine, target: Id, at: Id) {
        for (column, cell) in &line.cells {
            let entries = cell.lines().map(str::trim).filter(|entry| !entry.is_empty());
            match column {
                TableColumn::Insights(kind) => {
                    entries.for_each(|entry| self.add_insight(*kind, entry, target));
                }
                TableColumn::Improvements(kind) => {
                    entries.for_each(|entry| self.add_improvement(*kind, entry, target));
                }
                TableColumn::Text(kind, title) => self.add_lane_text(*kind, title, cell, at),
                _ => {}
            }
        }
    }

    fn add_insight(&mut self, kind: InsightKind, title: &str, about: Id) {
        let (title, severity) = split_severity(kind, title);
        let known = self.insights.entry((kind, title.to_owned())).or_default();
        // The same title with another severity is another pain, unless one of both has no severity.
        let same = |(of, _): &&RatedInsight| *of == severity || of.is_none() || severity.is_none();
        let id = known.iter().find(same).map(|(_, id)| *id);
        let id = id.unwrap_or_else(|| self.maker.add_insight(kind, title, severity));
        if known.iter().all(|(_, of)| *of != id) {
            known.push((severity, id));
        }
        self.link_once(id.into(), about);
    }

    fn add_improvement(&mut self, kind: ImprovementKind, title: &str, about: Id) {
        let known = self.improvements.get(&(kind, title.to_owned())).copied();
        let id = known.unwrap_or_else(|| self.maker.add_improvement(kind, title));
        self.improvements.insert((kind, title.to_owned()), id);
        self.link_once(id.into(), about);
    }

    fn link_once(&mut self, from: Id, to: Id) {
        if self.links.insert((from, to)) {
            self.maker.link_to_element(from, to);
        }
    }

    fn add_lane_text(&mut self, kind: LaneKind, title: &str, text: &str, at: Id) {
        let lane = self.find_or_add_lane(kind, title);
        let text = clean_text(text);
        if let Some(cell) = self.texts.get(&(lane, at)) {
            if let Some(cell) = self.maker.cell_mut(*cell) {
                append_line(&mut cell.text, &text);
            }
            return;
        }
        let id = self.maker.add_cell(lane, at, text);
        self.texts.insert((lane, at), id);
    }

    /// Returns the lane that a cell names for a card; `None` is the default lane.
    fn card_lane(&mut self, cell: &str) -> Option<(LaneId, LaneKind)> {
        let (kind, title) = card_lane(cell);
        let usual = kind == LaneKind::Touchpoints && title.is_empty();
        (!usual).then(|| (self.find_or_add_lane(kind, title), kind))
    }

    fn find_or_add_lane(&mut self, kind: LaneKind, title: &str) -> LaneId {
        if let Some(known) = self.lanes.get(&(kind, title.to_owned())) {
            return *known;
        }
        let id = self.maker.add_lane(kind, title);
        self.lanes.insert((kind, title.to_owned()), id);
        id
    }
}

/// Splits a pain's title from the severity in brackets behind it.
pub(super) fn split_severity(kind: InsightKind, entry: &str) -> (&str, Option<u8>) {
    let inside = entry.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
    let severity = inside.and_then(|(_, number)| number.trim().parse().ok());
    let known =
        severity.filter(|severity| kind == InsightKind::Pain && LEVEL.contains(&f64::from(*severity)));
    match inside.map(|(title, _)| title.trim()).filter(|title| known.is_some() && !title.is_empty()) {
        Some(title) => (title, known),
        None => (entry, None),
    }
}

/// Appends a text on a new line, unless it is there already.
fn append_line(text: &mut String, more: &str) {
    if text.is_empty() {
        more.clone_into(text);
    } else if !more.is_empty() && text != more {
        text.push('\n');
        text.push_str(more);
    }
}

/// Parses a feeling, rounded as the interface stores it.
fn parse_feeling(cell: &str) -> Option<f64> {
    let number: f64 = cell.replace(',', ".").replace('−', "-").parse().ok()?;
    FEELING.contains(&number).then_some((number * 100.0).round() / 100.0)
}

/// Returns the kind of a moment of truth, by its name in either language or else the team's own, and why.
fn parse_moment(cell: &str, why: &str) -> (Option<MomentKind>, String) {
    let word = fold_word(cell);
    let called = |kind: &&MomentKind| {
        fold_word(kind.name()) == word
            || Lang::ALL.iter().any(|lang| fold_word(kind.display_name().text(*lang)) == word)
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
