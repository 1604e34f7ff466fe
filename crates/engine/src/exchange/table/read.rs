//! Reads a table as a project: first lays its rows out in stages and steps, then builds these.

use super::build::build_project;
use super::columns::TableColumn;
use crate::exchange::{Brought, ExchangeError, Unread, UnreadReason};
use crate::export::cell::escape_formula;
use crate::i18n::{Lang, Msg};
use crate::id::IdSource;
use crate::survey::source::{Options, SurveyTable, TableError, TableRow};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::Arc;

/// The most filled cells of a table.
const MOST: usize = 500_000;

/// Reads a table as a project. Columns are recognized by their header in either language, in any order; one
/// column of touchpoints or stages suffices. A row with a blank stage belongs to that of the row above.
///
/// # Errors
/// Where it is no table, or none of its columns is one of a journey's.
pub fn read_table(bytes: Vec<u8>, lang: Lang, source: &mut IdSource) -> Result<Brought, ExchangeError> {
    // The header is read as a row, so that its cells are kept as written.
    let options = Options { header_rows: Some(0), decimal_comma: Some(false), ..Options::default() };
    let progress = Arc::default();
    let unpaired = memchr::memchr_iter(b'"', &bytes).count() % 2 == 1;
    let mut table =
        SurveyTable::with_options(Cursor::new(bytes), &options, &progress).map_err(ExchangeError::Table)?;
    if !unpaired {
        // Every quote is closed: a line break within a cell was pasted there.
        table.trust_quotes();
    }
    let mut plan = TablePlan::default();
    let columns = match table.next_row().map_err(ExchangeError::Table)? {
        Some(header) => plan.read_header(&header)?,
        None => Vec::new(),
    };
    let mut spread = None;
    let mut filled = 0;
    while let Some(row) = table.next_row().map_err(ExchangeError::Table)? {
        let cells = plan.read_cells(&columns, &row);
        filled += cells.len();
        if filled > MOST {
            return Err(ExchangeError::TooMuch);
        }
        spread = cells.values().any(|cell| cell.contains('\n')).then_some(row.line_number());
        plan.add_row(TableLine { number: row.line_number() as usize, cells }, lang);
    }
    // An unclosed quote makes the rest of the table one cell.
    if let Some(line) = spread
        && unpaired
    {
        return Err(ExchangeError::Table(TableError::OpenQuote { line }));
    }
    let mut unread = std::mem::take(&mut plan.unread);
    let used: Vec<TableColumn> =
        columns.into_iter().flatten().filter(|column| plan.used.contains(column)).collect();
    let project = build_project(&plan.stages, &used, lang, source, &mut unread)?;
    Ok(Brought { project, unread })
}

/// The filled cells of a row.
pub(super) struct TableLine {
    pub(super) number: usize,
    pub(super) cells: BTreeMap<TableColumn, String>,
}

impl TableLine {
    pub(super) fn get(&self, column: &TableColumn) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A stage as the table has it.
pub(super) struct Stage {
    pub(super) title: String,
    /// The rows about the stage itself.
    pub(super) own: Vec<TableLine>,
    pub(super) steps: Vec<TableStep>,
}

/// A step as the table has it.
#[derive(Default)]
pub(super) struct TableStep {
    number: Option<u32>,
    /// The rows about the step itself.
    pub(super) own: Vec<TableLine>,
    /// The touchpoints, each with the rows below it that name no other element.
    pub(super) cards: Vec<Vec<TableLine>>,
}

#[derive(Default)]
struct TablePlan {
    stages: Vec<Stage>,
    titles: BTreeMap<String, usize>,
    /// The index of each numbered step of a stage.
    numbers: BTreeMap<(usize, u32), usize>,
    /// The stage, step and touchpoint of the row above.
    at: (Option<usize>, Option<usize>, bool),
    /// The columns in which a cell was read.
    used: BTreeSet<TableColumn>,
    unread: Vec<Unread>,
}

impl TablePlan {
    fn leave_out(&mut self, line: u64, text: &str, reason: UnreadReason) {
        self.unread.push(Unread::new(line as usize, text, reason));
    }

    /// Assigns each cell to its column; unknown columns are `None`.
    fn read_header(&mut self, row: &TableRow<'_>) -> Result<Vec<Option<TableColumn>>, ExchangeError> {
        let names: Vec<&str> = (0..row.width()).map(|place| strip_formula_guard(row.cell(place))).collect();
        let mut columns: Vec<Option<TableColumn>> = Vec::new();
        for name in &names {
            let column = TableColumn::from_header(name);
            let reason = match &column {
                None => Some(UnreadReason::Column),
                Some(TableColumn::Score | TableColumn::Metric | TableColumn::Answers) => {
                    Some(UnreadReason::Scores)
                }
                twice if columns.contains(twice) => Some(UnreadReason::ColumnTwice),
                Some(_) => None,
            };
            if let Some(reason) = reason
                && !name.is_empty()
            {
                self.leave_out(row.line_number(), name, reason);
            }
            columns.push(if reason.is_none() { column } else { None });
        }
        let needed = [Some(TableColumn::Touchpoint), Some(TableColumn::Stage)];
        if columns.iter().any(|column| needed.contains(column)) {
            return Ok(columns);
        }
        let names = names.into_iter().filter(|name| !name.is_empty()).take(20).map(str::to_owned);
        Err(ExchangeError::NoColumns { line: row.line_number(), names: names.collect() })
    }

    fn read_cells(
        &mut self,
        columns: &[Option<TableColumn>],
        row: &TableRow<'_>,
    ) -> BTreeMap<TableColumn, String> {
        let mut cells = BTreeMap::new();
        for place in 0..row.width() {
            let text = strip_formula_guard(row.cell(place));
            match columns.get(place) {
                _ if text.is_empty() => {}
                Some(Some(column)) => drop(cells.insert(column.clone(), text.to_owned())),
                // A column with a name was reported already.
                Some(None) => {}
                None => {
                    self.leave_out(row.line_number(), text, UnreadReason::Wide);
                    break;
                }
            }
        }
        cells
    }

    fn add_row(&mut self, line: TableLine, lang: Lang) {
        if line.cells.is_empty() {
            return;
        }
        self.used.extend(
            line.cells.keys().filter(|column| !self.used.contains(column)).cloned().collect::<Vec<_>>(),
        );
        let named = |column: &TableColumn| !line.get(column).is_empty();
        if ![TableColumn::Stage, TableColumn::Step, TableColumn::Touchpoint].iter().any(named)
            && self.goes_on()
        {
            return self.add_to_current_element(line);
        }
        let stage = self.find_or_add_stage(line.get(&TableColumn::Stage), lang);
        if !named(&TableColumn::Step) && !named(&TableColumn::Touchpoint) {
            self.at = (Some(stage), None, false);
            return self.add_to_current_element(line);
        }
        let step = self.find_or_add_step(stage, &line);
        let card = named(&TableColumn::Touchpoint);
        self.at = (Some(stage), Some(step), false);
        if card {
            self.at.2 = true;
            let step = self.stages.get_mut(stage).and_then(|stage| stage.steps.get_mut(step));
            if let Some(step) = step {
                step.cards.push(Vec::new());
            }
        }
        self.add_to_current_element(line);
    }

    fn goes_on(&self) -> bool {
        self.at.0.is_some()
    }

    /// Adds a row to the layout.
    fn add_to_current_element(&mut self, line: TableLine) {
        let (stage, step, card) = self.at;
        let Some(stage) = stage.and_then(|stage| self.stages.get_mut(stage)) else { return };
        let Some(step) = step.and_then(|step| stage.steps.get_mut(step)) else { return stage.own.push(line) };
        match step.cards.last_mut() {
            Some(last) if card => last.push(line),
            _ => step.own.push(line),
        }
    }

    /// Returns the stage of this title, or that of the row above.
    fn find_or_add_stage(&mut self, title: &str, lang: Lang) -> usize {
        if let Some(stage) = self.at.0
            && title.is_empty()
        {
            return stage;
        }
        let title = if title.is_empty() { Msg::Stage.text(lang) } else { title };
        if let Some(known) = self.titles.get(title) {
            return *known;
        }
        self.stages.push(Stage { title: title.to_owned(), own: Vec::new(), steps: Vec::new() });
        self.titles.insert(title.to_owned(), self.stages.len() - 1);
        self.stages.len() - 1
    }

    /// Returns the step of a row's number, or a new one.
    fn find_or_add_step(&mut self, stage: usize, line: &TableLine) -> usize {
        let cell = line.get(&TableColumn::Step);
        let number: Option<u32> = cell.parse().ok().filter(|number| *number > 0);
        if number.is_none() && !cell.is_empty() {
            self.unread.push(Unread::new(line.number, cell, UnreadReason::Step));
        }
        if let Some(known) = number.and_then(|number| self.numbers.get(&(stage, number))) {
            return *known;
        }
        let Some(home) = self.stages.get_mut(stage) else { return 0 };
        home.steps.push(TableStep { number, ..TableStep::default() });
        let place = home.steps.len() - 1;
        if let Some(number) = number {
            self.numbers.insert((stage, number), place);
        }
        place
    }
}

impl Stage {
    /// Returns the steps in the order of their numbers, if all have one.
    pub(super) fn steps_in_order(&self) -> Vec<&TableStep> {
        let mut steps: Vec<&TableStep> = self.steps.iter().collect();
        if steps.iter().all(|step| step.number.is_some()) {
            steps.sort_by_key(|step| step.number);
        }
        steps
    }
}

/// Returns a cell without the apostrophe that keeps a spreadsheet from computing it.
fn strip_formula_guard(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'').filter(|rest| escape_formula(rest).as_ref() != *rest);
    bare.unwrap_or(cell)
}
