//! Files of the program's own format: what is read is written as the same again, and nothing that is read breaks what
//! comes next.

use crate::common::random_project;
use engine::edit::apply_all;
use engine::edit::command::paste_clip;
use engine::i18n::{Explain, Lang};
use engine::id::IdSource;
use engine::model::check::find_problems;
use engine::model::{Project, Record};
use engine::store::image::prepare_image;
use engine::store::load::{load_project, load_recipe, recipe_to_bytes, to_bytes};
use std::sync::OnceLock;

/// A project file.
pub(crate) fn project(data: &[u8]) {
    match load_project(data) {
        Ok(loaded) => {
            let written = to_bytes(&loaded.project);
            let again = load_project(&written).expect("what was written is read");
            assert!(again.project == loaded.project, "it reads as the same project");
            assert_eq!(to_bytes(&again.project), written, "the same project gives the same bytes");
            find_problems(&loaded.project);
        }
        Err(error) => assert!(Lang::ALL.iter().all(|lang| !error.explain(*lang).is_empty())),
    }
}

/// A recipe file.
pub(crate) fn recipe(data: &[u8]) {
    match load_recipe(data) {
        Ok(recipe) => {
            let written = recipe_to_bytes(&recipe);
            assert!(load_recipe(&written).expect("what was written is read") == recipe);
        }
        Err(error) => assert!(!error.explain(Lang::En).is_empty()),
    }
}

/// A clip from another program, pasted into a project.
pub(crate) fn paste(data: &[u8]) {
    static PROJECT: OnceLock<Project> = OnceLock::new();
    let Ok(loaded) = load_project(data) else { return };
    let mut project = PROJECT.get_or_init(|| random_project(3, 30)).clone();
    let Some(journey) = project.journeys().keys().next().copied() else { return };
    let before = project.clone();
    let (transaction, new) =
        paste_clip(&project, &loaded.project, journey, None, &mut IdSource::from_seed(9));
    apply_all(&mut project, &transaction).expect("a command's transaction applies");
    assert!(new.iter().all(|id| project.record(*id).is_some()));
    assert!(
        before.records().all(|record| project.record(record.id()).is_some()),
        "nothing is lost by pasting"
    );
    apply_all(&mut project, &transaction.to_inverse()).expect("its inverse applies");
    assert!(project == before, "undo leaves no trace");
}

/// A picture file.
pub(crate) fn picture(data: &[u8]) {
    if let Ok(image) = prepare_image(data, &mut IdSource::from_seed(1)) {
        assert!((1..=1_600).contains(&image.width) && (1..=1_600).contains(&image.height));
        assert!(matches!(Record::from(image), Record::Image(_)));
    }
}
