//! The problems that a project can have, each with a name: errors break a reference or a range, warnings are
//! of interest to a careful designer.

use super::choice::InsightKind;
use super::{
    About, Answer, Cell, Field, Flow, Insight, Journey, JourneyInfo, Picture, Project, Question, Record,
    Stage, Step, Touchpoint, home_journey,
};
use crate::id::Id;
use std::collections::BTreeSet;

/// The severity of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The document contradicts itself.
    Error,
    /// The document is sound, but probably not as intended.
    Warning,
}

impl Severity {
    /// Returns the name that the command line prints.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $code:ident $name:literal $severity:ident;)+) => {
        /// The invariant that is broken.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $code,)+ }

        impl Code {
            /// All codes, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$code,)+];

            /// Returns the name that the command line prints.
            pub fn name(self) -> &'static str {
                match self { $(Self::$code => $name,)+ }
            }

            /// Returns the severity of this kind of problem.
            pub fn severity(self) -> Severity {
                match self { $(Self::$code => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A field names a record that does not exist.
    MissingReference "missing-reference" Error;
    /// A record refers to a parent or end of another journey.
    ForeignJourney "foreign-journey" Error;
    /// A flow does not join two touchpoints or two stages.
    FlowEnds "flow-ends" Error;
    /// A link starts or ends at a record of an unsuitable kind.
    LinkEnds "link-ends" Error;
    /// A number lies outside its range.
    OutOfRange "out-of-range" Error;
    /// A stage, touchpoint or journey has no name.
    NoTitle "no-title" Warning;
    /// An insight has no target. Only a quote may lack one: it is about the journey as a whole.
    Unplaced "unplaced" Warning;
    /// A card is in a lane that holds no cards.
    WrongLane "wrong-lane" Warning;
    /// A journey has touchpoints but no lane to show them.
    NoCardLane "no-card-lane" Warning;
    /// The shares of the flows that leave a touchpoint or stage sum to more than 100 %.
    SharesExceedWhole "shares-exceed-whole" Warning;
    /// A pain has no severity.
    NoSeverity "no-severity" Warning;
}

/// One problem of one record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The severity, as [`Code::severity`] gives it.
    pub severity: Severity,
    /// The invariant that is broken.
    pub code: Code,
    /// The record that has the problem.
    pub element: Id,
    /// The field that has the problem; `None` if none in particular.
    pub field: Option<Field>,
    /// The offending value: an id, number or title; may be empty.
    pub found: String,
}

/// Returns all problems of a project, errors first.
pub fn find_problems(project: &Project) -> Vec<Problem> {
    let known: BTreeSet<Id> = project.records().map(|record| record.id()).collect();
    check_records(project, project.records(), &|id| known.contains(&id), &|_| true)
}

/// Returns the problems of these records, errors first. The costly checks run only on these.
pub fn problems_of(project: &Project, ids: &BTreeSet<Id>) -> Vec<Problem> {
    let records = ids.iter().filter_map(|id| project.record(*id));
    check_records(project, records, &|id| project.record(id).is_some(), &|id| ids.contains(&id))
}

fn check_records(
    project: &Project,
    records: impl Iterator<Item = Record>,
    is_known: &dyn Fn(Id) -> bool,
    is_asked: &dyn Fn(Id) -> bool,
) -> Vec<Problem> {
    let mut found = CheckReport::default();
    for record in records {
        check_references(&record, is_known, &mut found);
        check_ranges(&record, &mut found);
        check_titles(&record, &mut found);
        check_link_ends(project, &record, &mut found);
    }
    for journey in project.journeys().values() {
        check_lanes(journey, is_asked, &mut found);
        check_shares(journey, is_asked, &mut found);
        check_insights(journey, is_asked, &mut found);
    }
    found.0.sort_unstable();
    found.0.dedup();
    found.0
}

#[derive(Default)]
struct CheckReport(Vec<Problem>);

impl CheckReport {
    fn add_problem(
        &mut self,
        code: Code,
        element: impl Into<Id>,
        field: impl Into<Option<Field>>,
        found: impl Into<String>,
    ) {
        let element = element.into();
        let field = field.into();
        let found = found.into();
        self.0.push(Problem { severity: code.severity(), code, element, field, found });
    }
}

fn check_references(record: &Record, is_known: &dyn Fn(Id) -> bool, found: &mut CheckReport) {
    for (field, ids) in record.reference_fields() {
        for id in ids.into_iter().filter(|id| !is_known(*id)) {
            found.add_problem(Code::MissingReference, record.id(), field, id.to_string());
        }
    }
}

fn check_ranges(record: &Record, found: &mut CheckReport) {
    for (field, range) in record.ranged_fields() {
        let numbers = record.get(field).map(|value| value.collect_numbers()).unwrap_or_default();
        for number in numbers.into_iter().filter(|number| !range.contains(number)) {
            found.add_problem(Code::OutOfRange, record.id(), field, number.to_string());
        }
    }
    if let Record::Question(question) = record
        && question.high < question.low
    {
        found.add_problem(Code::OutOfRange, record.id(), Question::HIGH, question.high.to_string());
    }
}

fn check_titles(record: &Record, found: &mut CheckReport) {
    let (title, field) = match record {
        Record::JourneyInfo(journey) => (&journey.title, JourneyInfo::TITLE.field()),
        Record::Stage(stage) => (&stage.title, Stage::TITLE.field()),
        Record::Touchpoint(card) => (&card.title, Touchpoint::TITLE.field()),
        _ => return,
    };
    if title.trim().is_empty() {
        found.add_problem(Code::NoTitle, record.id(), field, "");
    }
}

fn check_link_ends(project: &Project, record: &Record, found: &mut CheckReport) {
    let journey = home_journey(record);
    let elsewhere = |id: Id| {
        let other = project.record(id).as_ref().and_then(home_journey);
        other.is_some() && other != journey
    };
    let mut foreign = |field: Field, id: Id| {
        if elsewhere(id) {
            found.add_problem(Code::ForeignJourney, record.id(), field, id.to_string());
        }
    };
    let fits = |field: Field, id: Id| field.may_refer_to(id.kind());
    match record {
        Record::Step(step) => foreign(Step::STAGE.field(), step.stage.into()),
        Record::Touchpoint(card) => {
            foreign(Touchpoint::STEP.field(), card.step.into());
            card.lane.into_iter().for_each(|lane| foreign(Touchpoint::LANE.field(), lane.into()));
        }
        Record::Cell(cell) => {
            foreign(Cell::LANE.field(), cell.lane.into());
            foreign(Cell::AT.field(), cell.at);
        }
        Record::Picture(picture) => foreign(Picture::AT.field(), picture.at),
        Record::Flow(flow) => {
            foreign(Flow::FROM.field(), flow.from);
            foreign(Flow::TO.field(), flow.to);
            let fits = fits(Flow::FROM.field(), flow.from) && fits(Flow::TO.field(), flow.to);
            if !fits || flow.from.kind() != flow.to.kind() {
                found.add_problem(Code::FlowEnds, flow.id, Flow::TO, flow.to.to_string());
            }
        }
        Record::About(about) => {
            foreign(About::TO.field(), about.to);
            if !fits(About::FROM.field(), about.from) || !fits(About::TO.field(), about.to) {
                found.add_problem(Code::LinkEnds, about.id, About::TO, about.to.to_string());
            }
        }
        Record::Answer(answer) if !fits(Answer::TO.field(), answer.to) => {
            found.add_problem(Code::LinkEnds, answer.id, Answer::TO, answer.to.to_string());
        }
        _ => {}
    }
}

fn check_lanes(journey: &Journey, is_asked: &dyn Fn(Id) -> bool, found: &mut CheckReport) {
    let lanes = journey.lanes();
    for card in journey.touchpoints().values().filter(|card| is_asked(card.id.into())) {
        let lane = card.lane.and_then(|lane| lanes.get(&lane));
        if let Some(lane) = lane.filter(|lane| !lane.kind.holds_cards()) {
            found.add_problem(Code::WrongLane, card.id, Touchpoint::LANE, lane.id.to_string());
        }
    }
    if is_asked(journey.info().id.into())
        && !journey.touchpoints().is_empty()
        && !lanes.values().any(|lane| lane.kind.holds_cards())
    {
        found.add_problem(Code::NoCardLane, journey.info().id, None, "");
    }
}

fn check_shares(journey: &Journey, is_asked: &dyn Fn(Id) -> bool, found: &mut CheckReport) {
    let cards = journey.touchpoints().keys().map(|card| Id::from(*card));
    let ends = cards.chain(journey.stages().keys().map(|stage| Id::from(*stage)));
    for id in ends.filter(|id| is_asked(*id)) {
        if let Some(total) = excess_shares(journey, id) {
            found.add_problem(Code::SharesExceedWhole, id, None, total.to_string());
        }
    }
}

/// Returns the sum of the shares of the flows that leave a touchpoint or stage, in percent with one decimal, if
/// it exceeds 100 %.
pub fn excess_shares(journey: &Journey, id: Id) -> Option<f64> {
    let total: f64 = journey.flows_from(id).iter().filter_map(|flow| flow.share).sum();
    // Rounded up, so that no excess reads as 100 %.
    (total > 1.000_001).then(|| (total * 1000.0 - 1e-6).ceil() / 10.0)
}

fn check_insights(journey: &Journey, is_asked: &dyn Fn(Id) -> bool, found: &mut CheckReport) {
    for insight in journey.insights().values().filter(|insight| is_asked(insight.id.into())) {
        if insight.kind != InsightKind::Quote && journey.speaks_of(insight.id.into()).is_empty() {
            found.add_problem(Code::Unplaced, insight.id, None, insight.title.clone());
        }
        if insight.kind == InsightKind::Pain && insight.severity.is_none() {
            found.add_problem(Code::NoSeverity, insight.id, Insight::SEVERITY, "");
        }
    }
}
