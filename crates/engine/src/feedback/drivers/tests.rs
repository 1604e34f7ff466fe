//! Tests that shares match the textbook, add up, and do not depend on the order.

use super::*;
use crate::id::IdSource;
use proptest::prelude::*;

fn close(found: &[f64], expected: &[f64], digits: f64) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < digits, "{found:?}, expected {expected:?}");
    }
}

/// Returns random answers 0 to 9 to outcome and drivers; the outcome follows the first drivers.
fn answers(seed: u64, respondents: usize, drivers: usize) -> Vec<Vec<i64>> {
    let mut source = IdSource::from_seed(seed);
    let mut digit = |most: u64| i64::try_from(source.next_u64() % most).unwrap_or(0);
    let mut rows = Vec::new();
    for _ in 0..respondents {
        let mood = digit(6);
        let own: Vec<i64> = (0..drivers).map(|_| mood + digit(5)).collect();
        let outcome = own.iter().take(3).sum::<i64>() + digit(9);
        rows.push(std::iter::once(outcome).chain(own).collect());
    }
    rows
}

fn moments(rows: &[Vec<i64>]) -> Moments {
    let mut sums = Moments::with_drivers(rows[0].len() - 1);
    for row in rows {
        sums.n += 1;
        row.iter().zip(&mut sums.sums).for_each(|(x, sum)| *sum += i128::from(*x));
        let pairs = row.iter().enumerate().flat_map(|(i, x)| row[i..].iter().map(move |y| x * y));
        pairs.zip(&mut sums.products).for_each(|(xy, sum)| *sum += i128::from(xy));
    }
    sums
}

#[test]
fn shapley_shares_what_the_textbook_shares() {
    // Nobody, A, B, AB, C, AC, BC, ABC.
    let worth = [0.0, 0.4, 0.2, 0.4, 0.1, 0.5, 0.3, 0.5];
    close(&lmg::shapley_values(3, &worth), &[0.3, 0.1, 0.1], 1e-12);
}

#[test]
fn two_drivers_share_by_the_formula_known_for_two() {
    // R² = (a² + b² − 2abr) / (1 − r²); the first gets ½ (a² + R² − b²).
    let a = 0.6_f64;
    let b = 0.3;
    let r = 0.5;
    let r2 = (a * a + b * b - 2.0 * a * b * r) / (1.0 - r * r);
    let found =
        explain_variance(&Correlations { n: 500.0, among: vec![1.0, r, r, 1.0], with_outcome: vec![a, b] });
    close(&found.shares, &[f64::midpoint(a * a, r2 - b * b), f64::midpoint(b * b, r2 - a * a)], 1e-12);
    assert_eq!((found.method, found.cautions.len()), (Method::Shapley, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn shares_add_up_and_know_no_order(seed in 0_u64..1000, count in 2_usize..8) {
        let rows = answers(seed, 300, count);
        let found = compute_drivers(&moments(&rows)).unwrap();
        prop_assert!((found.shares.iter().sum::<f64>() - found.r2).abs() < 1e-12);
        prop_assert!(found.shares.iter().all(|share| *share >= -1e-12) && found.r2 <= 1.0);
        prop_assert!(found.r2_interval.0 <= found.r2 && found.r2 <= found.r2_interval.1);
        let turned: Vec<Vec<i64>> = rows
            .iter()
            .map(|row| std::iter::once(row[0]).chain(row[1..].iter().rev().copied()).collect())
            .collect();
        let mut back = compute_drivers(&moments(&turned)).unwrap().shares;
        back.reverse();
        close(&back, &found.shares, 1e-12);
        // Halves of the respondents add up to all of them.
        let mut halves = moments(&rows[..150]);
        halves.add_moments(&moments(&rows[150..]));
        prop_assert_eq!(&halves, &moments(&rows));
    }
}

#[test]
fn what_explains_nothing_gets_nothing() {
    let mut rows = answers(5, 400, 3);
    for row in &mut rows {
        row.push(7);
    }
    let found = compute_drivers(&moments(&rows)).unwrap();
    assert_eq!(found.shares[3].to_bits(), 0.0_f64.to_bits());
    assert!(found.cautions.contains(&Caution::Constant(3)));
    close(&found.shares[..3], &compute_drivers(&moments(&answers(5, 400, 3))).unwrap().shares, 1e-12);
    for row in &mut rows {
        row[0] = 1;
    }
    assert_eq!(compute_drivers(&moments(&rows)), Err(NoDrivers::ConstantOutcome));
    assert_eq!(compute_drivers(&moments(&answers(5, 4, 3))), Err(NoDrivers::TooFew { n: 4, needed: 5 }));
    assert_eq!(compute_drivers(&Moments::with_drivers(0)), Err(NoDrivers::NoDriver));
}

#[test]
fn twins_share_alike_and_are_told() {
    let rows: Vec<Vec<i64>> =
        answers(8, 400, 2).iter().map(|row| vec![row[0], row[1], row[2], row[1]]).collect();
    let found = compute_drivers(&moments(&rows)).unwrap();
    assert!((found.shares[0] - found.shares[2]).abs() < 1e-9);
    let alone = compute_drivers(&moments(&answers(8, 400, 2))).unwrap();
    assert!((found.r2 - alone.r2).abs() < 1e-9);
    assert!(matches!(&found.cautions[..], [Caution::Collinear { drivers, .. }] if drivers == &[0, 2]));
    let thin = compute_drivers(&moments(&answers(8, 60, 3))).unwrap();
    assert!(thin.cautions.contains(&Caution::Thin { needed: 74 }));
}

#[test]
fn many_drivers_get_relative_weights_that_add_up_and_come_close() {
    let rows = answers(3, 2000, 16);
    let sums = moments(&rows);
    let exact = compute_drivers(&sums).unwrap();
    let eigen = Eigen::from_matrix(&sums.correlations_of(&(0..16).collect::<Vec<_>>()).among, 16);
    let near =
        johnson::relative_weights(&eigen, &sums.correlations_of(&(0..16).collect::<Vec<_>>()).with_outcome);
    assert!((near.iter().sum::<f64>() - exact.r2).abs() < 1e-9);
    close(&near, &exact.shares, 0.02);
    let many = compute_drivers(&moments(&answers(3, 2000, 17))).unwrap();
    assert_eq!((many.method, many.shares.len()), (Method::RelativeWeights, 17));
    // Uncorrelated drivers: both are the squared correlations.
    let with_outcome = vec![0.5, 0.3, 0.1];
    let among = vec![1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0];
    let plain = explain_variance(&Correlations {
        n: 999.0,
        among: among.clone(),
        with_outcome: with_outcome.clone(),
    });
    close(&plain.shares, &[0.25, 0.09, 0.01], 1e-12);
    close(
        &johnson::relative_weights(&Eigen::from_matrix(&among, 3), &with_outcome),
        &[0.25, 0.09, 0.01],
        1e-12,
    );
}

#[test]
fn eigenvalues_are_those_of_the_matrix() {
    let matrix = [2.0, -1.0, 0.0, -1.0, 2.0, -1.0, 0.0, -1.0, 2.0];
    let eigen = Eigen::from_matrix(&matrix, 3);
    let mut values = eigen.values.clone();
    values.sort_by(f64::total_cmp);
    close(&values, &[2.0 - 2.0_f64.sqrt(), 2.0, 2.0 + 2.0_f64.sqrt()], 1e-12);
    close(&eigen.inverse_diagonal(0.0), &[0.75, 1.0, 0.75], 1e-12);
}
