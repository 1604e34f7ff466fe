//! A project: everything in one file.

use super::journey::Journey;
use super::record::Record;
use super::records::{
    Answer, Batch, Channel, Evidence, Image, Improvement, JourneyInfo, Lane, Metric, Persona, ProjectInfo,
    Question, Recipe, Stage, Step, Wave,
};
use super::table::{Table, records_in_order, sort_records};
use crate::id::{
    AnswerId, BatchId, ChannelId, EvidenceId, Id, IdSource, ImageId, ImprovementId, JourneyId, Kind,
    MetricId, PersonaId, ProjectId, QuestionId, RecipeId, StageId, WaveId,
};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Journeys and what they share: personas, channels, improvements, questions, metrics, feedback, evidence.
///
/// Cloning is cheap: records and journeys are shared until changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    info: Arc<ProjectInfo>,
    journeys: BTreeMap<JourneyId, Arc<Journey>>,
    improvements: Table<ImprovementId, Improvement>,
    answers: Table<AnswerId, Answer>,
    personas: Table<PersonaId, Persona>,
    channels: Table<ChannelId, Channel>,
    questions: Table<QuestionId, Question>,
    metrics: Table<MetricId, Metric>,
    waves: Table<WaveId, Wave>,
    batches: Table<BatchId, Batch>,
    recipes: Table<RecipeId, Recipe>,
    evidence: Table<EvidenceId, Evidence>,
    images: Table<ImageId, Image>,
}

/// The reason why a record could not be put into a project.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PutError {
    /// The project already has a record with that id.
    #[error("{0} is there already")]
    Exists(Id),
    /// The record's journey is not in the project.
    #[error("{record} belongs to {journey}, which is not in the project")]
    NoJourney {
        /// The record that could not be put.
        record: Id,
        /// The journey that the record names.
        journey: JourneyId,
    },
    /// The project has no record with that id.
    #[error("{0} is not in the project")]
    Missing(Id),
    /// The record can't be removed: it is the project's own, or a journey that still holds records.
    #[error("{0} still holds other records")]
    Held(Id),
}

macro_rules! project_tables {
    ($($(#[$doc:meta])* $kind:ident $table:ident $id:ident;)+) => {
        $($(#[$doc])* pub fn $table(&self) -> &Table<$id, $kind> { &self.$table })+

        fn own_record(&self, id: Id) -> Option<Record> {
            match id.kind() {
                Kind::Project => (Id::from(self.info.id) == id).then(|| Record::ProjectInfo(Arc::clone(&self.info))),
                $(Kind::$kind => self.$table.get(&id.to_typed()?).map(|r| Record::$kind(Arc::clone(r))),)+
                _ => None,
            }
        }

        fn own_records(&self) -> impl Iterator<Item = Record> + '_ {
            std::iter::once(Record::ProjectInfo(Arc::clone(&self.info)))
                $(.chain(self.$table.values().map(|r| Record::$kind(Arc::clone(r)))))+
        }

        fn put_own(&mut self, record: Record) {
            match record {
                Record::ProjectInfo(record) => self.info = record,
                $(Record::$kind(record) => { self.$table.insert(record.id, record); })+
                _ => {}
            }
        }

        fn take_own(&mut self, id: Id) {
            match id.kind() {
                $(Kind::$kind => if let Some(id) = id.to_typed() { self.$table.remove(&id); },)+
                _ => {}
            }
        }
    };
}

impl Project {
    /// Creates an empty project.
    pub fn new(id: ProjectId) -> Self {
        Self::from_info(ProjectInfo::new(id))
    }

    /// Creates a project with this record about itself and nothing else.
    pub fn from_info(info: ProjectInfo) -> Self {
        Self {
            info: Arc::new(info),
            journeys: BTreeMap::new(),
            improvements: Table::default(),
            answers: Table::default(),
            personas: Table::default(),
            channels: Table::default(),
            questions: Table::default(),
            metrics: Table::default(),
            waves: Table::default(),
            batches: Table::default(),
            recipes: Table::default(),
            evidence: Table::default(),
            images: Table::default(),
        }
    }

    /// Creates an empty project with a new id.
    pub fn new_empty(source: &mut IdSource) -> Self {
        Self::new(ProjectId::new(source))
    }

    project_tables! {
        /// Opportunities and solutions.
        Improvement improvements ImprovementId;
        /// The links from improvements to the insights and opportunities that they answer.
        Answer answers AnswerId;
        /// The personas.
        Persona personas PersonaId;
        /// The channels.
        Channel channels ChannelId;
        /// The questions asked of customers.
        Question questions QuestionId;
        /// The metrics.
        Metric metrics MetricId;
        /// The waves of feedback.
        Wave waves WaveId;
        /// The imports.
        Batch batches BatchId;
        /// The saved mappings.
        Recipe recipes RecipeId;
        /// The sources of evidence for claims.
        Evidence evidence EvidenceId;
        /// The embedded images.
        Image images ImageId;
    }

    /// Returns the project's own record: title, description and more.
    pub fn info(&self) -> &Arc<ProjectInfo> {
        &self.info
    }

    /// Returns the journeys by id.
    pub fn journeys(&self) -> &BTreeMap<JourneyId, Arc<Journey>> {
        &self.journeys
    }

    /// Returns the journeys in order.
    pub fn journeys_in_order(&self) -> Vec<&Arc<Journey>> {
        let mut journeys: Vec<_> = self.journeys.values().collect();
        journeys.sort_by(|a, b| a.info().key.cmp(&b.info().key));
        journeys
    }

    /// Returns the journey with this id.
    pub fn journey(&self, id: JourneyId) -> Option<&Arc<Journey>> {
        self.journeys.get(&id)
    }

    /// Returns the personas of a journey in order: those it names, or all if it names none.
    pub fn personas_of(&self, journey: &JourneyInfo) -> Vec<&Arc<Persona>> {
        let mut personas = records_in_order(&self.personas);
        personas.retain(|persona| journey.personas.is_empty() || journey.personas.contains(&persona.id));
        personas
    }

    /// Returns the index of a persona among all personas of the project. Its colour and point shape depend on
    /// it, so that they are the same in every journey, theme and export.
    pub fn persona_place(&self, id: PersonaId) -> usize {
        records_in_order(&self.personas).into_iter().position(|persona| persona.id == id).unwrap_or_default()
    }

    /// Returns the record with this id.
    pub fn record(&self, id: Id) -> Option<Record> {
        self.own_record(id).or_else(|| match id.kind() {
            Kind::Journey => self.journeys.get(&id.to_typed()?)?.record(id),
            _ => self.journeys.values().find_map(|journey| journey.record(id)),
        })
    }

    /// Returns the journey that holds the record with this id.
    pub fn journey_of(&self, id: Id) -> Option<&Arc<Journey>> {
        self.journeys.values().find(|journey| journey.record(id).is_some())
    }

    /// Returns all records, ordered by kind within the project and then within each journey.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        self.own_records().chain(self.journeys.values().flat_map(|journey| journey.records()))
    }

    /// Adds a new record.
    pub(crate) fn insert_record(&mut self, record: Record) -> Result<(), PutError> {
        let id = record.id();
        if self.record(id).is_some() {
            return Err(PutError::Exists(id));
        }
        if let Record::JourneyInfo(info) = record {
            self.journeys.insert(info.id, Arc::new(Journey::new(info)));
            return Ok(());
        }
        self.put_record(record)
    }

    /// Replaces the record with the same id.
    pub(crate) fn replace_record(&mut self, record: Record) -> Result<(), PutError> {
        if self.record(record.id()).is_none() {
            return Err(PutError::Missing(record.id()));
        }
        self.put_record(record)
    }

    /// Removes a record. A journey must be empty, and the project's own record can't be removed.
    pub(crate) fn remove_record(&mut self, id: Id) -> Result<Record, PutError> {
        let record = self.record(id).ok_or(PutError::Missing(id))?;
        match home_journey(&record) {
            Some(journey) => {
                let journey = self.journeys.get_mut(&journey).ok_or(PutError::Missing(id))?;
                Arc::make_mut(journey).remove_record(id);
            }
            None => match &record {
                Record::ProjectInfo(_) => return Err(PutError::Held(id)),
                Record::JourneyInfo(info) => {
                    if self.journeys.get(&info.id).is_some_and(|journey| journey.records().nth(1).is_some()) {
                        return Err(PutError::Held(id));
                    }
                    self.journeys.remove(&info.id);
                }
                _ => self.take_own(id),
            },
        }
        Ok(record)
    }

    fn put_record(&mut self, record: Record) -> Result<(), PutError> {
        let journey = match &record {
            Record::JourneyInfo(info) => Some(info.id),
            other => home_journey(other),
        };
        let Some(id) = journey else {
            self.put_own(record);
            return Ok(());
        };
        let journey = self.journeys.get_mut(&id);
        let journey = journey.ok_or(PutError::NoJourney { record: record.id(), journey: id })?;
        Arc::make_mut(journey).put_record(record);
        Ok(())
    }
}

/// Returns the journey that a record belongs to, if there is one; a journey's own record has none.
pub fn home_journey(record: &Record) -> Option<JourneyId> {
    match record {
        Record::Stage(r) => Some(r.journey),
        Record::Step(r) => Some(r.journey),
        Record::Lane(r) => Some(r.journey),
        Record::Touchpoint(r) => Some(r.journey),
        Record::Insight(r) => Some(r.journey),
        Record::Picture(r) => Some(r.journey),
        Record::Cell(r) => Some(r.journey),
        Record::Flow(r) => Some(r.journey),
        Record::About(r) => Some(r.journey),
        _ => None,
    }
}

impl Journey {
    /// Returns the stages in order.
    pub fn stages_in_order(&self) -> Vec<&Arc<Stage>> {
        records_in_order(self.stages())
    }

    /// Returns the lanes in order.
    pub fn lanes_in_order(&self) -> Vec<&Arc<Lane>> {
        records_in_order(self.lanes())
    }

    /// Returns the steps of a stage in order.
    pub fn steps_of(&self, stage: StageId) -> Vec<&Arc<Step>> {
        sort_records(self.steps().values().filter(|step| step.stage == stage))
    }
}
