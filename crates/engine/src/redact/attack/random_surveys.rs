//! Random surveys with the features of real ones: nested columns, blanks, routes, weights, several imports.

use super::{Row, Survey};
use crate::id::IdSource;
use crate::model::counts::WeightSum;
use std::cell::RefCell;

/// A source of random numbers below a limit.
type Below<'a> = &'a dyn Fn(u64) -> u64;

/// Returns a survey of one to four segment columns and one to four imports.
pub(super) fn random_survey(seed: u64) -> Survey {
    let source = RefCell::new(IdSource::from_seed(seed));
    let below: Below<'_> = &|n| source.borrow_mut().next_u64() % n;
    let questions = 1 + below(3) as usize;
    let width = 1 + below(4) as usize;
    let imports = 1 + below(4) as usize;
    let waves = 1 + below(2) * below(3);
    let mut rows = Vec::new();
    let groups = random_groups(width, below);
    let scale = [2, 3, 5, 5, 5, 11][below(6) as usize];
    let rare: Vec<u64> = (0..questions).map(|_| 1 + below(2) * below(6)).collect();
    // Only the first group of a column is asked the last question.
    let routed = (questions > 1 && below(3) == 0).then(|| below(width as u64) as usize);
    let several = below(5);
    for (place, groups) in groups.into_iter().enumerate() {
        let often = groups.iter().flatten().sum::<u64>() % scale;
        let answer = || 1 + if below(2) == 0 { often } else { below(scale) };
        let mut answers: Vec<Option<u64>> =
            rare.iter().map(|rare| (below(*rare) == 0).then(answer)).collect();
        if routed.is_some_and(|column| groups[column] != Some(0)) && below(20) > 0 {
            answers[questions - 1] = None;
        }
        let mut row = Row::new(groups, answers);
        row.choices = match several {
            0 => (below(5) > 0).then(|| below(1 + below(3))).into_iter().collect(),
            1 => (0..3).filter(|choice| below(2 + choice) < 2 && below(12) > 0).collect(),
            _ => std::collections::BTreeSet::new(),
        };
        row.weight = WeightSum::ONE + below(3) * below(900_000);
        row.wave = 1 + (place as u64 % waves) as usize;
        rows.push(row);
    }
    share_out(&mut rows, imports, below);
    let columns =
        (0..imports).map(|import| (0..width).filter(|_column| import == 0 || below(4) > 0).collect());
    let columns = columns.collect();
    let crossed = if width > 1 && below(2) == 0 { vec![(0, 1)] } else { Vec::new() };
    let crossed = if width > 2 && below(6) == 0 { vec![(0, 1), (1, 2)] } else { crossed };
    let outcome = (questions > 1 && below(2) == 0).then_some(questions - 1);
    Survey { rows, columns, crossed, is_weighted: below(4) == 0, outcome }
}

/// Returns the groups of random people: independent columns, stores in regions in countries of which some
/// straddle a border, and some blanks.
fn random_groups(width: usize, below: Below<'_>) -> Vec<Vec<Option<u64>>> {
    let people = 20 + below(2) * below(60) + below(2) * below(150);
    let blank = below(3) * 6;
    let sizes: Vec<u64> = (0..width).map(|_| 2 + below(4)).collect();
    let nested = below(3);
    let straddles = 1 + below(30);
    let mut all = Vec::new();
    for _ in 0..people {
        let finest = below(12);
        let of = |column: usize| {
            let size = sizes[column];
            let own = if nested == 0 { below(size).min(below(size + 2)) } else { finest * size / 12 };
            let own = if nested > 0 && below(straddles) == 0 { below(size) } else { own };
            (below(100) >= blank).then_some(own)
        };
        all.push((0..width).map(of).collect());
    }
    all
}

/// Assigns rows to imports: parts of the whole, exports that grow, or the same rows again.
fn share_out(rows: &mut [Row], imports: usize, below: Below<'_>) {
    let kind = below(4);
    let count = rows.len() as u64;
    let newcomers = 1 + below(8) * below(4);
    for (place, row) in rows.iter_mut().enumerate() {
        let place = place as u64;
        row.imports = match kind {
            // Each row in one import.
            0 => 1 << below(imports as u64),
            // The first holds all; the others a wave or a part each.
            1 => 1 | (1 << below(imports as u64)),
            // Each holds all rows of those before and some more.
            2 => (0..imports as u64)
                .filter(|import| place + newcomers * (imports as u64 - 1 - import) < count)
                .fold(0, |bits, import| bits | 1 << import),
            // The same rows over and over.
            _ => (1 << imports) - 1,
        };
        if row.imports == 0 {
            row.imports = 1;
        }
    }
}
