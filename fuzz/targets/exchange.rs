//! Journeys in other forms: what is read is sound, and what is written of it reads as the same again.

use engine::exchange::{Brought, ExchangeError, ExchangeFormat, read_project, write_journey};
use engine::i18n::{Explain, Lang};
use engine::id::IdSource;
use engine::model::Project;
use engine::model::check::{Severity, find_problems};

/// A mermaid diagram.
pub(crate) fn mermaid(data: &[u8]) {
    settles(ExchangeFormat::Mermaid, data);
}

/// An outline.
pub(crate) fn outline(data: &[u8]) {
    settles(ExchangeFormat::Outline, data);
}

/// A table.
pub(crate) fn table(data: &[u8]) {
    settles(ExchangeFormat::Table, data);
}

fn settles(form: ExchangeFormat, data: &[u8]) {
    match bring(form, data) {
        Err(refused) => assert!(Lang::ALL.iter().all(|lang| !refused.explain(*lang).is_empty())),
        Ok(brought) => {
            assert!(brought.unread.iter().all(|unread| !unread.explain(Lang::ZhCn).is_empty()));
            let first = written(form, &brought.project);
            let second = again(form, &first);
            // One entry may stand at several touchpoints; reading settles which comes first.
            assert!(form == ExchangeFormat::Table || second == first, "as the same journey");
            assert_eq!(again(form, &second), second, "as the same journey");
        }
    }
}

/// What is written of what was written.
fn again(form: ExchangeFormat, written: &[u8]) -> Vec<u8> {
    let brought = bring(form, written).expect("what was written is read");
    assert_eq!(brought.unread, [], "all of it");
    self::written(form, &brought.project)
}

fn bring(form: ExchangeFormat, data: &[u8]) -> Result<Brought, ExchangeError> {
    let brought = read_project(form, data.to_vec(), "Journey", Lang::En, &mut IdSource::from_seed(1))?;
    let broken =
        find_problems(&brought.project).into_iter().find(|problem| problem.severity == Severity::Error);
    assert_eq!(broken, None, "it is sound");
    Ok(brought)
}

fn written(form: ExchangeFormat, project: &Project) -> Vec<u8> {
    let journey = project.journeys().keys().next().copied().expect("there is a journey");
    write_journey(form, project, journey, Lang::En)
        .expect("it can be read again")
        .expect("the journey is there")
}
