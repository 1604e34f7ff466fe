//! Reads a table by a saved mapping: columns are found by name, by an alias, or by similarity.

use super::known_questions::scale_doubts;
use super::matching::best_pairs;
use super::{ColumnReason, OpenQuestion, ProposedColumn, find_element};
use crate::model::choice::DateOrder;
use crate::model::recipe::{ColumnRole, ColumnRule};
use crate::model::{Journey, Project, Recipe};
use crate::survey::cell::fold_text;
use crate::survey::names::{ComparableName, Weights};
use crate::survey::profile::Profile;
use crate::survey::scale::ScaleSource;
use std::collections::BTreeSet;

/// A scale that ends here cannot change to a wider one.
const TEN: f64 = 10.0;
/// The smallest share of a mapping's columns that a table must have to match it.
const FITS: f64 = 0.6;

/// The columns that only one of a saved mapping and a table has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unshared {
    /// Columns of the mapping that the table lacks.
    pub absent: Vec<String>,
    /// Columns of the table that the mapping does not know and that are therefore not read.
    pub unknown: Vec<String>,
}

/// Applies a saved mapping to a proposal. Columns that it knows, by name or alias in any order, are read by
/// its rules; so are columns with a similar name, and a person is asked to confirm. Others are not read,
/// unless their question was imported under their name before.
pub fn apply_recipe(
    columns: &mut Vec<ProposedColumn>,
    rules: &[ColumnRule],
    table: &Profile,
    journey: &Journey,
) -> Unshared {
    // Rules for single names share the column that holds the names.
    columns.retain(|column| column.rule.name.is_empty());
    let mut found: Vec<Option<usize>> = vec![None; rules.len()];
    let mut taken = BTreeSet::new();
    let headers: Vec<String> = columns.iter().map(|column| column.rule.column.clone()).collect();
    // The ids that the survey tool gave the columns.
    let ids: Vec<Vec<String>> =
        columns.iter().map(|column| column.rule.aliases.iter().cloned().collect()).collect();
    let mut find = |found: &mut [Option<usize>], fits: &dyn Fn(&ColumnRule, &str, &[String]) -> bool| {
        for (slot, rule) in found.iter_mut().zip(rules).filter(|(slot, _)| slot.is_none()) {
            // Rules for rows with different names share their column.
            let shared = |column: &usize| taken.contains(column) && rule.name.is_empty();
            let mut places = headers.iter().zip(&ids).enumerate();
            let of_rule = places.find(|(at, (header, ids))| fits(rule, header, ids) && !shared(at));
            *slot = of_rule.map(|(at, _)| at);
            taken.extend(*slot);
        }
    };
    find(&mut found, &|rule, header, _| rule.column == header);
    find(&mut found, &|rule, header, _| fold_text(&rule.column) == fold_text(header));
    find(&mut found, &|rule, header, _| {
        rule.aliases.iter().any(|alias| fold_text(alias) == fold_text(header))
    });
    find(&mut found, &|rule, _, ids| {
        ids.contains(&rule.column) || ids.iter().any(|id| rule.aliases.contains(id))
    });
    let proposed = columns.clone();
    let alike = pair_similar(rules, &found, &headers, &taken);
    let mut unshared = Unshared::default();
    let mut laid: Vec<Vec<ProposedColumn>> = vec![Vec::new(); columns.len()];
    for (place, rule) in rules.iter().enumerate() {
        let similar = alike.iter().find(|(of, _)| *of == place).map(|(_, at)| *at);
        match found[place].or(similar) {
            None => unshared.absent.push(rule.column.clone()),
            Some(at) => {
                let mut column = column_by_rule(rule, &headers[at], journey, similar.is_some());
                column.rule.aliases.extend(ids[at].iter().cloned());
                column.rule.skip.extend(proposed[at].rule.skip.iter().cloned());
                column.doubts.extend(new_doubts(&column, &proposed[at]));
                if let Some(seen) =
                    table.columns.iter().find(|seen| seen.name == headers[at] && column.is_question())
                {
                    let off = scale_doubts(seen, &column.rule);
                    column.doubts.extend(
                        off.into_iter()
                            .filter(|doubt| matches!(doubt, OpenQuestion::Wider(..) | OpenQuestion::Zero)),
                    );
                }
                laid[at].push(column);
            }
        }
    }
    let old = std::mem::take(columns);
    for (mut column, laid) in old.into_iter().zip(laid) {
        if !laid.is_empty() {
            columns.extend(laid);
            continue;
        }
        if column.reason != ColumnReason::Alias {
            if column.rule.role != ColumnRole::Ignore {
                unshared.unknown.push(column.rule.column.clone());
            }
            column.rule.role = ColumnRole::Ignore;
            column.target = None;
        }
        columns.push(column);
    }
    unshared
}

/// Pairs rules that matched no column by name with the free column of the most similar name.
fn pair_similar(
    rules: &[ColumnRule],
    found: &[Option<usize>],
    headers: &[String],
    taken: &BTreeSet<usize>,
) -> Vec<(usize, usize)> {
    let read = |rule: &ColumnRule| rule.role != ColumnRole::Ignore;
    let open = rules.iter().enumerate().filter(|(place, rule)| found[*place].is_none() && read(rule));
    let names: Vec<(usize, ComparableName)> =
        open.map(|(place, rule)| (place, ComparableName::new(&rule.column))).collect();
    let free = headers.iter().enumerate().filter(|(at, _)| !taken.contains(at));
    let free: Vec<(usize, ComparableName)> =
        free.map(|(at, header)| (at, ComparableName::new(header))).collect();
    let weights = Weights::from_names(names.iter().chain(&free).map(|(_, name)| name));
    best_pairs(&names, &free, &weights).into_iter().map(|(place, at, _)| (place, at)).collect()
}

fn column_by_rule(rule: &ColumnRule, header: &str, journey: &Journey, similar: bool) -> ProposedColumn {
    let target = find_element(journey, rule.role, &rule.target);
    let mut rule = rule.clone();
    let mut doubts: Vec<OpenQuestion> =
        rule.ask.iter().filter_map(|name| OpenQuestion::from_name(name)).collect();
    rule.ask.clear();
    if rule.column != header {
        rule.aliases.insert(std::mem::replace(&mut rule.column, header.to_owned()));
        doubts.extend(similar.then_some(OpenQuestion::Renamed));
    }
    let sure = !similar && (target.is_some() || rule.role != ColumnRole::Stage);
    ProposedColumn { rule, target, reason: ColumnReason::Chosen, source: ScaleSource::Earlier, sure, doubts }
}

/// Returns the questions that a mapping can't anticipate: a change of scale, another order of dates,
/// impossible days.
fn new_doubts(column: &ProposedColumn, proposed: &ProposedColumn) -> Vec<OpenQuestion> {
    let rule = &column.rule;
    let order = proposed.rule.order;
    let ordered = proposed.reason == ColumnReason::Date && order != DateOrder::YearFirst;
    let other_order = ordered && order != rule.order && rule.role == ColumnRole::Date;
    let told = |doubt: &OpenQuestion| match doubt {
        OpenQuestion::Turn(_) => rule.high < TEN,
        OpenQuestion::Impossible(..) | OpenQuestion::Future(..) => true,
        OpenQuestion::Repeats(_) => rule.role == ColumnRole::Respondent && !rule.once,
        OpenQuestion::SameRows(_) => rule.role == ColumnRole::Date && !rule.once,
        _ => false,
    };
    let found = proposed.doubts.iter().copied().filter(|doubt| told(doubt) && !column.doubts.contains(doubt));
    found
        .chain(other_order.then_some(OpenQuestion::Order).filter(|doubt| !column.doubts.contains(doubt)))
        .collect()
}

/// Finds the project's mapping that fits a table: the one most of whose columns exist, by name or alias;
/// among equals the one imported last.
pub fn find_fitting_recipe<'a>(project: &'a Project, table: &Profile) -> Option<&'a Recipe> {
    let names = table.columns.iter().flat_map(|column| [&column.name, &column.id]);
    let headers: BTreeSet<String> =
        names.filter(|name| !name.is_empty()).map(|name| fold_text(name)).collect();
    let there = |rule: &ColumnRule| {
        let names = std::iter::once(&rule.column).chain(&rule.aliases);
        names.into_iter().any(|name| headers.contains(&fold_text(name)))
    };
    let fit = |recipe: &Recipe| {
        let read = || recipe.columns.iter().filter(|rule| rule.role != ColumnRole::Ignore);
        let found = read().filter(|rule| there(rule)).count();
        (found > 0).then(|| found as f64 / read().count() as f64).filter(|fit| *fit >= FITS)
    };
    let imported = |recipe: &Recipe| {
        let batches = project.batches().values().filter(|batch| batch.recipe == Some(recipe.id));
        batches.map(|batch| batch.imported).max()
    };
    let recipes = project.recipes().values().filter_map(|recipe| Some((fit(recipe)?, recipe)));
    let best = recipes.max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| imported(x).cmp(&imported(y))));
    best.map(|(_, recipe)| recipe.as_ref())
}
