//! Writes a journey as a table that a spreadsheet opens and that reads as the same journey again.

use super::build::split_severity;
use super::columns::{TEXTS, TableColumn, lane_name};
use crate::exchange::maker::SEVERITY;
use crate::exchange::map::{
    Distinct, FirstSpellings, OutlineStage, channel_names, collect_stages, insights_about, title_or_untitled,
    to_single_line,
};
use crate::export::table::write_csv;
use crate::feedback::overlay::{Overlay, OverlayChoice, compute_overlay};
use crate::i18n::{Lang, Worded};
use crate::id::{Id, LaneId, PersonaId};
use crate::model::choice::{InsightKind, LaneKind};
use crate::model::range::{LEVEL, clamp_feeling};
use crate::model::{Insight, Journey, Lane, Project, Touchpoint, records_in_order, sort_records};
use std::collections::{BTreeMap, BTreeSet};

/// The byte order mark by which a spreadsheet recognizes UTF-8.
const MARK: &str = "\u{feff}";

/// The lane of a card without one.
const USUAL: (LaneKind, &str) = (LaneKind::Touchpoints, "");

/// The filled cells of a row.
type RowTexts = BTreeMap<TableColumn, String>;

/// Writes the stages with their steps, touchpoints and everything linked to them. Empty columns are left out.
pub fn write_table(project: &Project, journey: &Journey, lang: Lang) -> Vec<u8> {
    let mut sheet = TableWriter::new(project, journey, lang);
    let mut stages = Distinct::default();
    for part in collect_stages(journey) {
        let title = stages.unique_name(&part.stage.title, lang);
        sheet.write_stage(&part, &title);
    }
    sheet.into_bytes()
}

struct TableWriter<'a> {
    project: &'a Project,
    journey: &'a Journey,
    lang: Lang,
    scores: Overlay,
    /// Unique names of lanes and personas.
    lanes: BTreeMap<LaneId, (LaneKind, String)>,
    personas: Vec<(PersonaId, TableColumn)>,
    /// The columns of lanes with texts, in the order of the lanes.
    titles: Vec<TableColumn>,
    texts: BTreeMap<Id, RowTexts>,
    /// The improvements that answer each pain, need and opportunity.
    answers: BTreeMap<Id, Vec<Id>>,
    known: FirstSpellings,
    rows: Vec<RowTexts>,
}

impl<'a> TableWriter<'a> {
    fn new(project: &'a Project, journey: &'a Journey, lang: Lang) -> Self {
        let mut names = Distinct::default();
        let personas = records_in_order(project.personas()).into_iter();
        let personas =
            personas.map(|p| (p.id, TableColumn::Feeling(names.unique_name(&p.name, lang)))).collect();
        let told = unique_lanes(project, journey);
        let titles = told.iter().map(|(_, (kind, title))| TableColumn::Text(*kind, title.clone())).collect();
        let lanes: BTreeMap<_, _> = told.into_iter().collect();
        let mut texts: BTreeMap<Id, RowTexts> = BTreeMap::new();
        for cell in journey.cells().values().filter(|cell| !cell.text.trim().is_empty()) {
            if let Some((kind, title)) = lanes.get(&cell.lane).filter(|(kind, _)| TEXTS.contains(kind)) {
                let text = texts.entry(cell.at).or_default().entry(TableColumn::Text(*kind, title.clone()));
                let text = text.or_default();
                let between = if text.is_empty() { "" } else { "\n" };
                *text = format!("{text}{between}{}", cell.text.trim());
            }
        }
        let scores = compute_overlay(project, &OverlayChoice::default());
        let mut answers: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for answer in project.answers().values() {
            answers.entry(answer.to).or_default().push(answer.from.into());
        }
        let known = FirstSpellings::default();
        let rows = Vec::new();
        Self { project, journey, lang, scores, lanes, personas, titles, texts, answers, known, rows }
    }

    fn write_stage(&mut self, part: &OutlineStage<'_>, title: &str) {
        let first = RowTexts::from([(TableColumn::Stage, title.to_owned())]);
        let stage = part.stage.id.into();
        let mut own = self.row_with_linked_items(stage, &first);
        own.extend(self.texts.remove(&stage).unwrap_or_default());
        insert_text(&mut own, TableColumn::Description, &part.stage.description);
        self.add_score(&mut own, stage);
        if own.len() > first.len() || part.steps.is_empty() {
            self.rows.push(own);
        }
        for (place, column) in part.steps.iter().enumerate() {
            let mut first = first.clone();
            first.insert(TableColumn::Step, (place + 1).to_string());
            let step = column.step.id.into();
            let own = self.row_with_linked_items(step, &first);
            let mut texts = self.texts.remove(&step).unwrap_or_default();
            if own.len() > first.len() || column.cards.is_empty() {
                self.rows.push(own.into_iter().chain(std::mem::take(&mut texts)).collect());
            }
            for card in &column.cards {
                let mut row = self.card_row(card, &first);
                row.append(&mut texts);
                self.rows.push(row);
            }
        }
    }

    /// Adds the insights about an element to a row, and the improvements about it or in answer to those.
    fn row_with_linked_items(&self, id: Id, first: &RowTexts) -> RowTexts {
        let mut lists: BTreeMap<TableColumn, Vec<String>> = BTreeMap::new();
        let mut ids: BTreeSet<Id> = self.journey.spoken_of_by(id).into_iter().collect();
        for insight in insights_about(self.journey, id) {
            lists.entry(TableColumn::Insights(insight.kind)).or_default().push(self.insight_entry(insight));
        }
        // Opportunities answer pains, and solutions opportunities.
        for _ in 0..2 {
            let answers = ids.iter().filter_map(|id| self.answers.get(id)).flatten().copied();
            ids.extend(answers.collect::<Vec<_>>());
        }
        let improvements =
            sort_records(ids.iter().filter_map(|id| self.project.improvements().get(&id.to_typed()?)));
        for improvement in improvements {
            let title = title_or_untitled(&improvement.title, self.lang);
            lists.entry(TableColumn::Improvements(improvement.kind)).or_default().push(title);
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
    fn insight_entry(&self, insight: &Insight) -> String {
        let title = title_or_untitled(&insight.title, self.lang);
        let known = insight.severity.filter(|severity| LEVEL.contains(&f64::from(*severity)));
        let severity = known.or_else(|| split_severity(insight.kind, &title).1.map(|_| SEVERITY));
        match severity {
            Some(severity) if insight.kind == InsightKind::Pain => format!("{title} ({severity})"),
            _ => title,
        }
    }

    fn card_row(&mut self, card: &Touchpoint, first: &RowTexts) -> RowTexts {
        let mut row = self.row_with_linked_items(card.id.into(), first);
        row.insert(TableColumn::Touchpoint, title_or_untitled(&card.title, self.lang));
        insert_text(&mut row, TableColumn::Description, &card.description);
        insert_text(
            &mut row,
            TableColumn::Channels,
            &channel_names(self.project, card, &mut self.known).join(", "),
        );
        insert_text(&mut row, TableColumn::Personas, &self.persona_names(card));
        insert_text(
            &mut row,
            TableColumn::Moment,
            card.moment.map_or("", |kind| kind.display_name().text(self.lang)),
        );
        insert_text(&mut row, TableColumn::Why, &card.moment_why);
        let lane = card
            .lane
            .and_then(|lane| self.lanes.get(&lane))
            .filter(|(kind, title)| kind.holds_cards() && (*kind, title.as_str()) != USUAL);
        if let Some((kind, title)) = lane {
            row.insert(TableColumn::Lane, lane_name(*kind, title, self.lang));
        }
        for (persona, column) in &self.personas {
            if let Some(feeling) = card.feelings.get(persona).filter(|feeling| feeling.is_finite()) {
                let rounded = (clamp_feeling(*feeling) * 100.0).round() / 100.0;
                // Zero has no sign.
                row.insert(column.clone(), (rounded + 0.0).to_string());
            }
        }
        self.add_score(&mut row, card.id.into());
        row
    }

    /// Returns the personas of a card, one a line.
    fn persona_names(&self, card: &Touchpoint) -> String {
        let takers = self.personas.iter().filter(|(id, _)| card.personas.contains(id));
        let names = takers.filter_map(|(_, column)| match column {
            TableColumn::Feeling(name) => Some(name.as_str()),
            _ => None,
        });
        // Sorted by name: a project read from the table has its personas in another order.
        names.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("\n")
    }

    fn add_score(&self, row: &mut RowTexts, id: Id) {
        let Some(score) = self.scores.scores.get(&id) else { return };
        if let Some(value) = score.score.value {
            row.insert(TableColumn::Score, format!("{value:.2}"));
        }
        row.insert(TableColumn::Metric, score.formula.kind.display_name().text(self.lang).to_owned());
        row.insert(TableColumn::Answers, score.score.n.to_string());
    }

    fn into_bytes(self) -> Vec<u8> {
        let used: BTreeSet<&TableColumn> = self.rows.iter().flat_map(BTreeMap::keys).collect();
        let feelings = self.personas.iter().map(|(_, column)| column.clone());
        let titles = self.titles.iter().cloned();
        let named = feelings
            .chain(TableColumn::insight_and_improvement_columns())
            .chain(titles)
            .chain(TableColumn::LAST);
        let mut columns: Vec<TableColumn> = TableColumn::FIRST.into_iter().chain(named).collect();
        columns.retain(|column| used.contains(column) || TableColumn::FIRST[..3].contains(column));
        let header: Vec<String> = columns.iter().map(|column| column.header_text(self.lang)).collect();
        let cells = |row: &RowTexts| {
            columns.iter().map(|column| row.get(column).cloned().unwrap_or_default()).collect()
        };
        let rows: Vec<Vec<String>> = self.rows.iter().map(cells).collect();
        let mut bytes = MARK.as_bytes().to_vec();
        // Writing to memory never fails.
        drop(write_csv(&header, rows, &mut bytes));
        bytes
    }
}

/// Returns the kind and title of each lane, in their order. Lanes of one kind have unique titles.
fn unique_lanes(project: &Project, journey: &Journey) -> Vec<(LaneId, (LaneKind, String))> {
    let mut taken: BTreeMap<LaneKind, Distinct> = BTreeMap::new();
    let mut named = |lane: &Lane| {
        let channel = lane.channel.and_then(|id| project.channels().get(&id));
        let own = to_single_line(&lane.title);
        let plain =
            if own.is_empty() { channel.map_or(own, |channel| to_single_line(&channel.name)) } else { own };
        (lane.id, (lane.kind, taken.entry(lane.kind).or_default().told_apart(&plain)))
    };
    records_in_order(journey.lanes()).into_iter().map(|lane| named(lane)).collect()
}

fn insert_text(row: &mut RowTexts, column: TableColumn, text: &str) {
    if !text.trim().is_empty() {
        row.insert(column, text.trim().to_owned());
    }
}
