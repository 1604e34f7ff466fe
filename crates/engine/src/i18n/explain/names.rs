//! The names of elements: their own, or a description for those without one.

use crate::i18n::{Lang, Msg, Worded, shorten_text};
use crate::id::Id;
use crate::model::value::FieldValue;
use crate::model::{Project, Record, Step, title_field};

/// Characters of a name in a list or a sentence.
const NAME: usize = 200;

/// Returns the title of an element: the beginning of its own name, or a description if it has none.
pub fn title_of(project: &Project, id: Id, lang: Lang) -> String {
    project
        .record(id)
        .map_or_else(|| Msg::Untitled.text(lang).to_owned(), |record| record_title(project, &record, lang))
}

fn record_title(project: &Project, record: &Record, lang: Lang) -> String {
    let field = title_field(record.id().kind());
    let own = match field.and_then(|field| record.get(field)) {
        Some(FieldValue::Text(text)) => shorten_text(text.lines().next().unwrap_or_default().trim(), NAME),
        _ => String::new(),
    };
    match record {
        _ if !own.is_empty() => own,
        Record::Flow(flow) => {
            format!("{} → {}", title_of(project, flow.from, lang), title_of(project, flow.to, lang))
        }
        Record::Step(step) => step_title(project, step, lang),
        Record::Lane(row) => row.kind.display_name().text(lang).to_owned(),
        Record::Metric(metric) => metric.kind.display_name().text(lang).to_owned(),
        Record::Insight(insight) => insight.kind.display_name().text(lang).to_owned(),
        Record::Improvement(made) => made.kind.display_name().text(lang).to_owned(),
        Record::JourneyInfo(_) => Msg::UntitledJourney.text(lang).to_owned(),
        Record::Batch(batch) => batch.file.clone(),
        _ => Msg::Untitled.text(lang).to_owned(),
    }
}

/// Names a step by its stage and its position there.
fn step_title(project: &Project, step: &Step, lang: Lang) -> String {
    let steps = project.journey(step.journey).map(|journey| journey.steps_of(step.stage)).unwrap_or_default();
    let before = steps.iter().take_while(|other| other.id != step.id).count();
    let stage = title_of(project, step.stage.into(), lang);
    Msg::StepOfStage.text_with(lang, &[("stage", &stage), ("n", &(before + 1))])
}

/// Names an element by kind and name, or by its id if its kind has no names; empty if the project does not
/// hold it.
pub fn name_element(project: &Project, id: Id, lang: Lang) -> Option<String> {
    let record = project.record(id)?;
    let named = title_field(id.kind()).is_some() || matches!(record, Record::Flow(_) | Record::Batch(_));
    let kind = id.kind().display_name().text(lang);
    Some(if named { kind_and_name(project, id, lang) } else { format!("{kind} {id}") })
}

/// Names an element by its kind and name.
pub fn kind_and_name(project: &Project, id: Id, lang: Lang) -> String {
    let kind = match project.record(id) {
        Some(Record::Insight(insight)) => insight.kind.display_name(),
        Some(Record::Improvement(made)) => made.kind.display_name(),
        _ => id.kind().display_name(),
    };
    let name = match project.record(id) {
        // A flow is known by its ends: the condition alone does not identify it.
        Some(Record::Flow(flow)) => {
            format!("{} → {}", title_of(project, flow.from, lang), title_of(project, flow.to, lang))
        }
        _ => title_of(project, id, lang),
    };
    Msg::KindNamed.text_with(lang, &[("kind", &kind.text(lang)), ("name", &name)])
}
