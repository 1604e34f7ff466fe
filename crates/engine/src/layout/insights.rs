//! Insight lanes: pains, gains, needs, opportunities and others as notes under the columns of their subjects.

use super::cache::{IdMap, Same};
use super::cards::Cards;
use super::dims::{CARD, OVERHANG, PAD};
use super::far;
use super::pen::BlockPen;
use super::scope::{Body, Scope, Studio};
use super::text::{Setting, one_line};
use crate::i18n::{Msg, Worded};
use crate::id::{FlowId, Id, Kind, TouchpointId};
use crate::model::choice::{ImprovementKind, InsightKind};
use crate::model::{Improvement, Insight, Lane, records_in_order};
use crate::scene::{Block, Placed, Rect, ScenePart, pt};
use crate::theme::size::{radius, space, text};
use crate::theme::{Face, Ink, Theme};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Minimum width of a note, and its maximum if columns to its right are free.
const NARROW: f32 = CARD.x + 2.0 * OVERHANG;
const WIDE: f32 = 2.0 * NARROW;
/// Width of the bar in the kind's colour, and the text's distance from the note's left end.
const BAR: f32 = 3.0;
const INDENT: f32 = 11.0;
const TOP: f32 = 6.0;

/// Returns the colours of an insight.
pub fn insight_ink(kind: InsightKind, theme: &Theme) -> Ink {
    match kind {
        InsightKind::Pain => theme.pain,
        InsightKind::Gain => theme.gain,
        InsightKind::Need => theme.need,
        InsightKind::Quote => theme.quote,
        InsightKind::Question => theme.question,
        InsightKind::Note => theme.note,
    }
}

/// Returns the colours of an improvement.
pub fn improvement_ink(kind: ImprovementKind, theme: &Theme) -> Ink {
    match kind {
        ImprovementKind::Opportunity => theme.opportunity,
        ImprovementKind::Solution => theme.solution,
    }
}

/// An insight or an improvement.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum InsightNote {
    Insight(Same<Insight>),
    Improvement(Same<Improvement>),
}

/// Everything that determines a note's look beside theme and language.
#[derive(PartialEq)]
pub(super) struct NoteKey {
    note: InsightNote,
    width: f32,
    /// True if it has no subject yet.
    loose: bool,
}

impl InsightNote {
    fn id(&self) -> Id {
        match self {
            Self::Insight(insight) => insight.0.id.into(),
            Self::Improvement(improvement) => improvement.0.id.into(),
        }
    }

    /// Returns the name of the kind, by which lanes choose their notes.
    fn kind(&self) -> &'static str {
        match self {
            Self::Insight(insight) => insight.0.kind.name(),
            Self::Improvement(improvement) => improvement.0.kind.name(),
        }
    }

    /// True for problems, which are placed above answers.
    fn is_problem(&self) -> bool {
        use InsightKind::{Need, Pain, Question};
        matches!(self, Self::Insight(insight) if matches!(insight.0.kind, Pain | Need | Question))
    }

    fn title(&self) -> &str {
        match self {
            Self::Insight(insight) => &insight.0.title,
            Self::Improvement(improvement) => &improvement.0.title,
        }
    }

    fn severity(&self) -> Option<u8> {
        match self {
            Self::Insight(insight) => insight.0.severity,
            Self::Improvement(_) => None,
        }
    }

    fn word(&self) -> Msg {
        match self {
            Self::Insight(insight) => insight.0.kind.display_name(),
            Self::Improvement(improvement) => improvement.0.kind.display_name(),
        }
    }

    fn ink(&self, scope: &Scope<'_>) -> Ink {
        let theme = scope.theme;
        match self {
            Self::Insight(insight) => insight_ink(insight.0.kind, theme),
            Self::Improvement(improvement) => improvement_ink(improvement.0.kind, theme),
        }
    }

    /// Returns the second line: severity, value, effort, owner or persona, and a mark if it is only assumed.
    fn meta_line(&self, scope: &Scope<'_>, loose: bool) -> String {
        let mut parts = vec![scope.message_text(self.word()).to_owned()];
        parts.extend(loose.then(|| scope.message_text(Msg::AboutNothingYet).to_owned()));
        let number = |message: Msg, n: u8| message.text_with(scope.lang, &[("n", &n)]).to_lowercase();
        let assumption = match self {
            Self::Insight(insight) => {
                let insight = &insight.0;
                parts.extend(insight.severity.map(|n| number(Msg::SeverityIs, n)));
                let persona = insight.persona.and_then(|id| scope.project.personas().get(&id));
                parts.extend(persona.map(|persona| one_line(&persona.name)));
                insight.assumption
            }
            Self::Improvement(improvement) => {
                let improvement = &improvement.0;
                parts.extend(
                    improvement.value.map(|value| scope.message_text(value.display_name()).to_lowercase()),
                );
                parts.extend(improvement.effort.map(|n| number(Msg::EffortIs, n)));
                parts.push(one_line(&improvement.owner));
                improvement.assumption
            }
        };
        if assumption {
            parts.push(scope.message_text(Msg::Assumption).to_lowercase());
        }
        parts.retain(|part| !part.is_empty());
        // The dot does not begin a row.
        parts.join("\u{a0}· ")
    }
}

/// A note and the first column of its subjects.
pub(super) struct Anchored {
    note: InsightNote,
    first: usize,
    /// True if it has no subject yet: it is placed in separate rows below the others.
    loose: bool,
}

impl Anchored {
    /// Returns the note.
    pub(super) fn note(&self) -> &InsightNote {
        &self.note
    }

    /// Returns the sort key: problems before answers, then from left to right; last the notes without a
    /// subject.
    fn sort_key(&self) -> (bool, bool, usize) {
        (self.loose, !self.note.is_problem(), self.first)
    }
}

/// Returns all notes of the journey with their first column, in reading order; improvements only if they
/// speak of the journey or answer one of its notes.
pub(super) fn collect_notes(scope: &Scope<'_>, cards: &Cards<'_>) -> Vec<Anchored> {
    let mut columns: IdMap<Id, usize> = IdMap::default();
    let mut anchor = |id: Id, column: usize| {
        let first = columns.entry(id).or_insert(column);
        *first = column.min(*first);
    };
    for about in scope.journey.abouts().values() {
        if let Some(column) = column_of(scope, cards, about.to) {
            anchor(about.from, column);
        }
    }
    // A note with its own subject is not moved to the column of the note that it answers.
    let placed: BTreeSet<Id> = columns.keys().copied().collect();
    // Opportunities answer insights and solutions serve opportunities: two rounds reach both.
    for _ in 0..2 {
        for answer in scope.project.answers().values() {
            let own = answer.to.kind() == Kind::Improvement
                || answer.to.to_typed().is_some_and(|id| scope.journey.insights().contains_key(&id));
            let free = own && !placed.contains(&answer.from.into());
            if let Some(column) = columns.get(&answer.to).copied()
                && free
            {
                let first = columns.entry(answer.from.into()).or_insert(column);
                *first = column.min(*first);
            }
        }
    }
    let insights = records_in_order(scope.journey.insights()).into_iter().map(|insight| {
        let first = columns.get(&insight.id.into()).copied();
        // A quote may be about the journey as a whole.
        let speaks =
            insight.kind == InsightKind::Quote || !scope.journey.speaks_of(insight.id.into()).is_empty();
        let loose = first.is_none() && !speaks;
        Anchored { note: InsightNote::Insight(Same(Arc::clone(insight))), first: first.unwrap_or(0), loose }
    });
    let improvements = records_in_order(scope.project.improvements()).into_iter().filter_map(|improvement| {
        let first = *columns.get(&improvement.id.into())?;
        Some(Anchored { note: InsightNote::Improvement(Same(Arc::clone(improvement))), first, loose: false })
    });
    let mut notes: Vec<Anchored> = insights.chain(improvements).collect();
    notes.sort_by_key(Anchored::sort_key);
    notes
}

/// Returns the column of a subject; of a flow, the column where it starts.
fn column_of(scope: &Scope<'_>, cards: &Cards<'_>, id: Id) -> Option<usize> {
    match id.kind() {
        Kind::Touchpoint => cards.column_of(id.to_typed::<TouchpointId>()?),
        Kind::Flow => {
            let from = scope.journey.flows().get(&id.to_typed::<FlowId>()?)?.from;
            if from.kind() == Kind::Flow { None } else { column_of(scope, cards, from) }
        }
        _ => Some(scope.columns.column_range(id)?.start),
    }
}

/// Lays out an insight lane. Notes are placed in rows, each in the first row with room, answers below
/// problems.
pub(super) fn layout_lane(
    scope: &Scope<'_>,
    studio: &mut Studio,
    lane: &Lane,
    notes: &[Anchored],
    elsewhere: &BTreeSet<Id>,
) -> Body {
    let shown = |anchored: &&Anchored| {
        let chosen = lane.only.is_empty() || lane.only.contains(anchored.note.kind());
        chosen && (!lane.only.is_empty() || !elsewhere.contains(&anchored.note.id()))
    };
    let shown: Vec<&Anchored> = notes.iter().filter(shown).collect();
    let left_of = |column: usize| scope.columns.range_span(&(column..column + 1)).0 - OVERHANG;
    let mut rows = NoteRows { right: scope.columns.right_end() + OVERHANG, rows: Vec::new() };
    let problems = shown.first().is_some_and(|anchored| anchored.note.is_problem());
    let mut place = 0;
    let mut groups = shown.chunk_by(|a, b| a.sort_key() == b.sort_key()).peekable();
    while let Some(group) = groups.next() {
        let (loose, answer, first) = group[0].sort_key();
        let next = groups.peek().map(|next| next[0].sort_key());
        let next = next.filter(|next| (next.0, next.1) == (loose, answer));
        let until = next.map_or(f32::INFINITY, |(_, _, column)| left_of(column) - space::S);
        let below = if loose { rows.rows.len() } else { usize::from(problems && answer) };
        for anchored in group {
            let room = (until - left_of(first)).max(NARROW);
            let width = wanted_width(scope, studio, anchored).min(room);
            rows.add_note(Placing { note: place, left: left_of(first), width, answer }, below);
            place += 1;
        }
    }
    rows.draw_rows(scope, studio, &shown)
}

/// Returns the width at which title and meta line fit on one row each, within bounds.
fn wanted_width(scope: &Scope<'_>, studio: &mut Studio, Anchored { note, loose, .. }: &Anchored) -> f32 {
    use super::measure::Measure;
    let title = studio.measure.text_width(Face::Regular, text::SMALL, &quoted_title(scope, note));
    let meta = studio.measure.text_width(Face::Regular, text::TINY, &note.meta_line(scope, *loose));
    (title.max(meta) + INDENT + space::S + 1.0).clamp(NARROW, WIDE)
}

/// Returns the title on one line; a quote in quotation marks.
fn quoted_title(scope: &Scope<'_>, note: &InsightNote) -> String {
    let title = one_line(scope.title_or_untitled(note.title()));
    let said = matches!(note, InsightNote::Insight(insight) if insight.0.kind == InsightKind::Quote);
    if said && !title.starts_with(['"', '“', '「', '‘']) { format!("“{title}”") } else { title }
}

/// The place of a note in its row.
#[derive(Clone, Copy)]
struct Placing {
    note: usize,
    left: f32,
    width: f32,
    answer: bool,
}

impl Placing {
    fn right_end(&self) -> f32 {
        self.left + self.width + space::S
    }
}

/// Rows of notes without overlap. Problems come first, then answers, both from left to right.
struct NoteRows {
    right: f32,
    rows: Vec<NoteRow>,
}

#[derive(Default)]
struct NoteRow {
    problems: Vec<Placing>,
    answers: Vec<Placing>,
}

impl NoteRow {
    fn is_free(&self, new: &Placing) -> bool {
        let own = if new.answer { &self.answers } else { &self.problems };
        let next = self.problems.partition_point(|other| other.right_end() <= new.left);
        own.last().is_none_or(|last| last.right_end() <= new.left)
            && self.problems.get(next).is_none_or(|other| new.right_end() <= other.left)
    }
}

impl NoteRows {
    /// Adds a note to the first row with room, from row `lowest` on.
    fn add_note(&mut self, mut new: Placing, lowest: usize) {
        new.width = new.width.min((self.right - new.left).max(NARROW));
        let free = (lowest..self.rows.len()).find(|row| self.rows[*row].is_free(&new));
        let row = free.unwrap_or(self.rows.len().max(lowest));
        while self.rows.len() <= row {
            self.rows.push(NoteRow::default());
        }
        let row = &mut self.rows[row];
        if new.answer { row.answers.push(new) } else { row.problems.push(new) }
    }

    fn draw_rows(self, scope: &Scope<'_>, studio: &mut Studio, shown: &[&Anchored]) -> Body {
        let mut body = Body { height: PAD, ..Body::default() };
        for row in self.rows {
            let mut lowest = 0.0_f32;
            for Placing { note, left, width, .. } in row.problems.into_iter().chain(row.answers) {
                let Anchored { note, loose, .. } = shown[note];
                let key = NoteKey { note: note.clone(), width, loose: *loose };
                let measure = &mut studio.measure;
                let block = studio
                    .notes
                    .get_or_draw(note.id(), key, |key| draw_note(scope, BlockPen::new(measure), key));
                lowest = lowest.max(block.bounds.max.y);
                body.items.push(Placed { at: pt(left, body.height), block });
            }
            body.height += lowest + space::S;
        }
        body.height += PAD - space::S;
        body
    }
}

fn draw_note(scope: &Scope<'_>, mut pen: BlockPen<'_>, key: &NoteKey) -> Block {
    let theme = scope.theme;
    let ink = key.note.ink(scope);
    let room = key.width - INDENT - space::S;
    let set = |size| Setting { face: Face::Regular, size, room, rows: scope.max_rows(2) };
    let title = pen.break_text(&quoted_title(scope, &key.note), set(text::SMALL));
    let meta = pen.break_text(&key.note.meta_line(scope, key.loose), set(text::TINY));
    let label = format!("{}, {}", quoted_title(scope, &key.note), key.note.meta_line(scope, key.loose));
    let height = title.height() + meta.height() + 2.0 * TOP;
    let rect = Rect::new(0.0, 0.0, key.width, height);
    let border = theme.hatched.then(|| crate::scene::Stroke::solid_line(theme.hairline, 1.0));
    pen.draw_rect(rect, radius::CONTROL, Some(ink.ground), border);
    pen.draw_rect(Rect::new(0.0, 0.0, BAR, rect.height()), BAR / 2.0, Some(ink.ink), None);
    let y = pen.draw_paragraph(title, pt(INDENT, TOP), theme.text);
    pen.draw_paragraph(meta, pt(INDENT, y), theme.soft);
    pen.set_far_form(far::note_form(scope, rect, ink, quoted_title(scope, &key.note), key.note.severity()));
    pen.into_block(Some(key.note.id()), ScenePart::Insight, rect, label)
}
