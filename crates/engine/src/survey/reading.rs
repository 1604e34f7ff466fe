//! Reads a file without explicit options: with those of a saved mapping that fits it, otherwise as detected.

use super::profile::{Profile, profile_file};
use super::propose::{ProposedColumn, find_fitting_recipe, propose_columns};
use super::source::{Input, Options, ReadProgress, TableError};
use crate::model::{Project, Recipe};
use std::sync::Arc;

/// The most sheets of a workbook that are searched for answers.
const SHEETS: usize = 12;

/// Profiles the first rows of a file. If a mapping of the project was made of files with other options than
/// detected (another encoding, more header rows), and fits this file when read with them, those are used.
/// Options set in `input` always hold. Returns the input with the options used, and the profile.
///
/// # Errors
/// If the file can't be read as a table.
pub fn look_up(
    input: &Input,
    project: &Project,
    progress: &Arc<ReadProgress>,
) -> Result<(Input, Profile), TableError> {
    let first = profile_file(input, progress);
    if matches!(first, Err(TableError::Cancelled)) {
        return first.map(|seen| (input.clone(), seen));
    }
    let plain = first.as_ref().ok().and_then(|seen| find_fitting_recipe(project, seen));
    if !plain.is_some_and(|recipe| merge_options(input, recipe) == input.options) {
        let mut tried = vec![input.options.clone()];
        for recipe in project.recipes().values() {
            let options = merge_options(input, recipe);
            if tried.contains(&options) {
                continue;
            }
            let other = Input { options: options.clone(), ..input.clone() };
            match profile_file(&other, progress) {
                Err(TableError::Cancelled) => return Err(TableError::Cancelled),
                Ok(seen)
                    if find_fitting_recipe(project, &seen)
                        .is_some_and(|fit| merge_options(input, fit) == options) =>
                {
                    return Ok((other, seen));
                }
                Ok(_) | Err(_) => tried.push(options),
            }
        }
    }
    first.map(|seen| {
        sheet_with_answers(input, project, progress, &seen).unwrap_or_else(|| (input.clone(), seen))
    })
}

/// Finds the first sheet of a workbook that holds answers, if no sheet was chosen and the default one holds
/// none, such as a list of variables.
fn sheet_with_answers(
    input: &Input,
    project: &Project,
    progress: &Arc<ReadProgress>,
    first: &Profile,
) -> Option<(Input, Profile)> {
    let journey = project.journeys_in_order().first()?.info().id;
    let has_answers =
        |seen: &Profile| propose_columns(seen, project, journey).iter().any(ProposedColumn::is_question);
    let names = &first.dialect.sheets;
    if input.options.sheet.is_some() || names.len() < 2 || has_answers(first) {
        return None;
    }
    let others = names.iter().filter(|name| first.dialect.sheet.as_ref() != Some(*name)).take(SHEETS);
    others.into_iter().find_map(|name| {
        let options = Options { sheet: Some(name.clone()), ..input.options.clone() };
        let seen = profile_file(&Input { options, ..input.clone() }, progress).ok().filter(has_answers)?;
        let options = Options { sheet: Some(name.clone()), ..input.options.clone() };
        Some((Input { options, ..input.clone() }, seen))
    })
}

/// Returns the options set for a file, completed by those of a mapping; a mapping with an unknown encoding
/// adds nothing.
fn merge_options(input: &Input, recipe: &Recipe) -> Options {
    input.options.clone().merged_with(Options::from_recipe(recipe).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;
    use crate::edit::command::{TransactionBuilder, new_project};
    use crate::id::{IdSource, RecipeId};
    use crate::model::recipe::{ColumnRole, ColumnRule};
    use crate::survey::source::Encoding;

    /// Builds a project whose only mapping reads two columns with these options.
    fn project_with_mapping(options: &Options) -> Project {
        let mut source = IdSource::from_seed(3);
        let mut project = new_project("Trip", &mut source);
        let mut draft = TransactionBuilder::new(&project, &mut source);
        let mut recipe = Recipe::new(RecipeId::new(draft.source), "monthly".to_owned());
        let rule = |name| ColumnRule { role: ColumnRole::Segment, ..ColumnRule::ignore_column(name) };
        recipe.columns = ["Größe", "Class"].map(rule).into();
        options.store_in(&mut recipe);
        draft.insert(recipe);
        let added = draft.finish();
        apply_all(&mut project, &added).unwrap();
        project
    }

    #[test]
    fn a_file_is_read_as_the_mapping_that_fits_it_says() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), bytes).unwrap();
            Input::new(path)
        };
        let said = Options {
            encoding: Some("cp850".parse().unwrap_or(Encoding::WINDOWS_1252)),
            header_rows: Some(2),
            ..Options::default()
        };
        let project = project_with_mapping(&said);
        // Two header rows, the second of which names the columns: only the mapping shows that.
        let odd = file("odd.csv", b"A,B\nGr\xf6\xdfe,Class\n4,Eco\n5,Eco\n");
        let (read, seen) = look_up(&odd, &project, &Arc::default()).unwrap();
        assert_eq!((read.options.clone(), seen.rows), (said, 2));
        // Options set by a person win, and a file that no mapping fits is read as detected.
        let asked = Input { options: Options { header_rows: Some(1), ..Options::default() }, ..odd };
        assert_eq!(look_up(&asked, &project, &Arc::default()).unwrap().1.rows, 3);
        let other = file("other.csv", b"Seat,Food\n4,3\n5,1\n");
        assert_eq!(look_up(&other, &project, &Arc::default()).unwrap().0.options, Options::default());
    }
}
