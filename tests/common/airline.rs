//! The airline template with its invented feedback imported, as on a fixed day.
#![allow(dead_code, reason = "each test crate uses its part of this module")]

use engine::edit::apply_all;
use engine::id::IdSource;
use engine::model::Project;
use engine::store::load::load_project;
use engine::survey::count::count_file;
use engine::survey::import::{Import, WaveChoice, build_transaction, wave_name};
use engine::survey::profile::profile_file;
use engine::survey::propose::propose_columns;
use engine::survey::source::{Options, ReadProgress, file_name};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Returns the path of a file among the templates.
pub(crate) fn template_file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name)
}

/// Loads a template as a project.
pub(crate) fn template(name: &str) -> Project {
    let bytes = std::fs::read(template_file(name)).expect("the template is there");
    load_project(&bytes).expect("the template is sound").project
}

/// Returns the proposed import of the invented feedback file.
pub(crate) fn import(project: &Project) -> Import {
    let path = template_file("airline-feedback.csv");
    let progress = Arc::new(ReadProgress::default());
    let journey = project.journeys_in_order()[0].info().id;
    let columns =
        propose_columns(&profile_file(&path, &progress).expect("it can be looked at"), project, journey);
    let counted = count_file(&path, &columns, &progress).expect("it can be counted");
    let file = file_name(&path);
    let wave = WaveChoice::Named(wave_name(&file));
    let today = jiff::civil::date(2026, 11, 22);
    Import { journey, columns, counted, file, options: Options::default(), today, wave, replaces: Vec::new() }
}

/// Returns the airline template with the feedback imported.
pub(crate) fn imported() -> Project {
    let mut project = template("airline.ron");
    let transaction = build_transaction(&project, &import(&project), &mut IdSource::from_seed(21));
    apply_all(&mut project, &transaction).expect("the import applies");
    project
}
