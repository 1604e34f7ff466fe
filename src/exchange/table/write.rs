//! Writes a journey as a table that a spreadsheet opens and that reads as the same journey again.

use super::build::weighed;
use super::columns::{Column, TEXTS, lane_name};
use crate::exchange::maker::SEVERITY;
use crate::exchange::map::{Distinct, Names, Part, channels, insights, line, parts, titled};
use crate::export::table::write_csv;
use crate::feedback::overlay::{Overlay, OverlayChoice, overlay};
use crate::i18n::Lang;
use crate::id::{Id, LaneId, PersonaId};
use crate::model::choice::{InsightKind, LaneKind};
use crate::model::{Insight, Journey, Lane, Project, Touchpoint, Worded, ordered, sorted};
use std::collections::{BTreeMap, BTreeSet};

/// The byte order mark by which a spreadsheet recognizes UTF-8.
const MARK: &str = "\u{feff}";

/// The lane of a card without one.
const USUAL: (LaneKind, &str) = (LaneKind::Touchpoints, "");

/// The filled cells of a row.
type Row = BTreeMap<Column, String>;

/// Writes the stages with their steps, touchpoints and everything linked to them. Empty columns are left out.
pub fn write(project: &Project, journey: &Journey, lang: Lang) -> Vec<u8> {
    let mut sheet = Sheet::new(project, journey, lang);
    let mut stages = Distinct::default();
    for part in parts(journey) {
        let title = stages.name(&part.stage.title, lang);
        sheet.stage(&part, &title);
    }
    sheet.bytes()
}

struct Sheet<'a> {
    project: &'a Project,
    journey: &'a Journey,
    lang: Lang,
    scores: Overlay,
    /// Unique names of lanes and personas.
    lanes: BTreeMap<LaneId, (LaneKind, String)>,
    personas: Vec<(PersonaId, Column)>,
    /// The columns of lanes with texts, in the order of the lanes.
    titles: Vec<Column>,
    texts: BTreeMap<Id, Row>,
    /// The improvements that answer each pain, need and opportunity.
    answers: BTreeMap<Id, Vec<Id>>,
    known: Names,
    rows: Vec<Row>,
}

impl<'a> Sheet<'a> {
    fn new(project: &'a Project, journey: &'a Journey, lang: Lang) -> Self {
        let mut names = Distinct::default();
        let personas = ordered(project.personas()).into_iter();
        let personas = personas.map(|p| (p.id, Column::Feeling(names.name(&p.name, lang)))).collect();
        let told = lanes(project, journey);
        let titles = told.iter().map(|(_, (kind, title))| Column::Text(*kind, title.clone())).collect();
        let lanes: BTreeMap<_, _> = told.into_iter().collect();
        let mut texts: BTreeMap<Id, Row> = BTreeMap::new();
        for cell in journey.cells().values().filter(|cell| !cell.text.trim().is_empty()) {
            if let Some((kind, title)) = lanes.get(&cell.lane).filter(|(kind, _)| TEXTS.contains(kind)) {
                let text = texts.entry(cell.at).or_default().entry(Column::Text(*kind, title.clone()));
                let text = text.or_default();
                let between = if text.is_empty() { "" } else { "\n" };
                *text = format!("{text}{between}{}", cell.text.trim());
            }
        }
        let scores = overlay(project, &OverlayChoice::default());
        let mut answers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for answer in project.answers().values() {
            answers.entry(answer.to).or_default().push(answer.from.into());
        }
        let known = Names::default();
        let rows = Vec::new();
        Self { project, journey, lang, scores, lanes, personas, titles, texts, answers, known, rows }
    }

    fn stage(&mut self, part: &Part<'_>, title: &str) {
        let first = Row::from([(Column::Stage, title.to_owned())]);
        let stage = part.stage.id.into();
        let mut own = self.about(stage, &first);
        own.extend(self.texts.remove(&stage).unwrap_or_default());
        put(&mut own, Column::Description, &part.stage.description);
        self.score(&mut own, stage);
        if own.len() > first.len() || part.steps.is_empty() {
            self.rows.push(own);
        }
        for (place, column) in part.steps.iter().enumerate() {
            let mut first = first.clone();
            first.insert(Column::Step, (place + 1).to_string());
            let step = column.step.id.into();
            let own = self.about(step, &first);
            let mut texts = self.texts.remove(&step).unwrap_or_default();
            if own.len() > first.len() || column.cards.is_empty() {
                self.rows.push(own.into_iter().chain(std::mem::take(&mut texts)).collect());
            }
            for card in &column.cards {
                let mut row = self.card(card, &first);
                row.append(&mut texts);
                self.rows.push(row);
            }
        }
    }

    /// Adds the insights about an element to a row, and the improvements about it or in answer to those.
    fn about(&self, id: Id, first: &Row) -> Row {
        let mut lists: BTreeMap<Column, Vec<String>> = BTreeMap::new();
        let mut ids: BTreeSet<Id> = self.journey.spoken_of_by(id).into_iter().collect();
        for insight in insights(self.journey, id) {
            lists.entry(Column::Insights(insight.kind)).or_default().push(self.entry(insight));
        }
        // Opportunities answer pains, and solutions opportunities.
        for _ in 0..2 {
            let answers = ids.iter().filter_map(|id| self.answers.get(id)).flatten().copied();
            ids.extend(answers.collect::<Vec<_>>());
        }
        let improvements = sorted(ids.iter().filter_map(|id| self.project.improvements().get(&id.to()?)));
        for improvement in improvements {
            let title = titled(&improvement.title, self.lang);
            lists.entry(Column::Improvements(improvement.kind)).or_default().push(title);
        }
        let once = |entries: Vec<String>| {
            let mut known = BTreeSet::new();
            let new = entries.iter().filter(|entry| known.insert(entry.as_str()));
            new.map(String::as_str).collect::<Vec<_>>().join("\n")
        };
        let lists = lists.into_iter().map(|(column, entries)| (column, once(entries)));
        first.clone().into_iter().chain(lists).collect()
    }

    /// Returns an insight's title, for a pain with its severity. A title that ends like a severity gets the
    /// default one added.
    fn entry(&self, insight: &Insight) -> String {
        let title = titled(&insight.title, self.lang);
        let known = insight.severity.filter(|severity| (1..=5).contains(severity));
        let severity = known.or_else(|| weighed(insight.kind, &title).1.map(|_| SEVERITY));
        match severity {
            Some(severity) if insight.kind == InsightKind::Pain => format!("{title} ({severity})"),
            _ => title,
        }
    }

    fn card(&mut self, card: &Touchpoint, first: &Row) -> Row {
        let mut row = self.about(card.id.into(), first);
        row.insert(Column::Touchpoint, titled(&card.title, self.lang));
        put(&mut row, Column::Description, &card.description);
        put(&mut row, Column::Channels, &channels(self.project, card, &mut self.known).join(", "));
        put(&mut row, Column::Personas, &self.takers(card));
        put(&mut row, Column::Moment, card.moment.map_or("", |kind| kind.word().text(self.lang)));
        put(&mut row, Column::Why, &card.moment_why);
        let lane = card
            .lane
            .and_then(|lane| self.lanes.get(&lane))
            .filter(|(kind, title)| kind.holds_cards() && (*kind, title.as_str()) != USUAL);
        if let Some((kind, title)) = lane {
            row.insert(Column::Lane, lane_name(*kind, title, self.lang));
        }
        for (persona, column) in &self.personas {
            if let Some(feeling) = card.feelings.get(persona).filter(|feeling| feeling.is_finite()) {
                let rounded = (feeling.clamp(-2.0, 2.0) * 100.0).round() / 100.0;
                // Zero has no sign.
                row.insert(column.clone(), (rounded + 0.0).to_string());
            }
        }
        self.score(&mut row, card.id.into());
        row
    }

    /// Returns the personas of a card, one a line.
    fn takers(&self, card: &Touchpoint) -> String {
        let takers = self.personas.iter().filter(|(id, _)| card.personas.contains(id));
        let names = takers.filter_map(|(_, column)| match column {
            Column::Feeling(name) => Some(name.as_str()),
            _ => None,
        });
        // Sorted by name: a project read from the table has its personas in another order.
        names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("\n")
    }

    fn score(&self, row: &mut Row, id: Id) {
        let Some(score) = self.scores.scores.get(&id) else { return };
        if let Some(value) = score.score.value {
            row.insert(Column::Score, format!("{value:.2}"));
        }
        row.insert(Column::Metric, score.formula.kind.word().text(self.lang).to_owned());
        row.insert(Column::Answers, score.score.n.to_string());
    }

    fn bytes(self) -> Vec<u8> {
        let used: BTreeSet<&Column> = self.rows.iter().flat_map(BTreeMap::keys).collect();
        let feelings = self.personas.iter().map(|(_, column)| column.clone());
        let titles = self.titles.iter().cloned();
        let named = feelings.chain(Column::lists()).chain(titles).chain(Column::LAST);
        let mut columns: Vec<Column> = Column::FIRST.into_iter().chain(named).collect();
        columns.retain(|column| used.contains(column) || Column::FIRST[..3].contains(column));
        let header: Vec<String> = columns.iter().map(|column| column.header(self.lang)).collect();
        let cells =
            |row: &Row| columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect();
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        let mut bytes = MARK.as_bytes().to_vec();
        // Writing to memory never fails.
        drop(write_csv(&header, rows, &mut bytes));
        bytes
    }
}

/// Returns the kind and title of each lane, in their order. Lanes of one kind have unique titles.
fn lanes(project: &Project, journey: &Journey) -> Vec<(LaneId, (LaneKind, String))> {
    let mut taken: BTreeMap<LaneKind, Distinct> = BTreeMap::new();
    let mut named = |lane: &Lane| {
        let channel = lane.channel.and_then(|id| project.channels().get(&id));
        let own = line(&lane.title);
        let plain = if own.is_empty() { channel.map_or(own, |channel| line(&channel.name)) } else { own };
        (lane.id, (lane.kind, taken.entry(lane.kind).or_default().told_apart(&plain)))
    };
    ordered(journey.lanes()).into_iter().map(|lane| named(lane)).collect()
}

fn put(row: &mut Row, column: Column, text: &str) {
    if !text.trim().is_empty() {
        row.insert(column, text.trim().to_owned());
    }
}
