//! The minor version that a project or recipe needs: 1.0 unless it uses something of 1.1.

use crate::model::recipe::{ColumnRole, ColumnRule, WaveSplit};
use crate::model::{Batch, Journey, Project, Recipe};
use std::sync::Arc;

/// The version of files that use nothing newer.
const FIRST: &str = "1.0";
/// The version of files that use rows left out, respondents, days of answers, copied journeys, or personas of
/// touchpoints.
const SECOND: &str = "1.1";

/// Returns the version to write for a project.
pub(super) fn version_of_project(project: &Project) -> &'static str {
    if needs_later_format(project) { SECOND } else { FIRST }
}

/// Returns true if a project uses something that format 1.0 lacks: programs that know only 1.0 open its file
/// read-only.
pub fn needs_later_format(project: &Project) -> bool {
    let recipes = project.recipes().values().any(|recipe| needs_second(recipe));
    let batches = project.batches().values().any(|batch| is_dated_or_partial(batch));
    let journeys = project.journeys().values().any(|journey| journey.info().origin.is_some());
    let of_some =
        |journey: &Arc<Journey>| journey.touchpoints().values().any(|card| !card.personas.is_empty());
    recipes || batches || journeys || project.journeys().values().any(of_some)
}

/// Returns the version to write for a recipe file.
pub(super) fn version_of_recipe(recipe: &Recipe) -> &'static str {
    if needs_second(recipe) { SECOND } else { FIRST }
}

fn needs_second(recipe: &Recipe) -> bool {
    let newer = |rule: &ColumnRule| {
        rule.role == ColumnRole::Respondent
            || rule.wave == WaveSplit::All
            || !rule.skip.is_empty()
            || rule.least > 0
            || rule.once
    };
    recipe.columns.iter().any(newer)
}

fn is_dated_or_partial(batch: &Batch) -> bool {
    let parts = batch.counts.histograms.values().any(|histogram| !histogram.parts.is_empty());
    parts || batch.first.is_some() || batch.last.is_some() || batch.left_out > 0
}
