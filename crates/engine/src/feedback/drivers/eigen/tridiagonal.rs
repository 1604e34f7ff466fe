//! Eigenvalues by Householder's reduction to three diagonals and the QL method with implicit shifts
//! (Wilkinson and Reinsch 1971, the `tred2` and `tql2` of EISPACK).

#![allow(clippy::many_single_char_names, reason = "the letters are those of the method")]

/// Iterations by which an eigenvalue has converged.
const STEPS: usize = 60;

/// Returns the eigenvalues of a symmetric matrix of `side` rows, and their vectors as columns, row by row;
/// `None` if the method does not converge, as with NaN.
pub(super) fn decompose_matrix(matrix: &[f64], side: usize) -> Option<(Vec<f64>, Vec<f64>)> {
    if matrix.len() != side * side || side == 0 {
        return None;
    }
    // In the end, a row of `v` is an eigenvector, so that the innermost loops walk along rows.
    let mut v = matrix.to_vec();
    let mut diagonal = vec![0.0; side];
    let mut beside = vec![0.0; side];
    reduce_to_tridiagonal(&mut v, side, &mut diagonal, &mut beside);
    diagonalize_tridiagonal(&mut v, side, &mut diagonal, &mut beside)?;
    if !diagonal.iter().all(|value| value.is_finite()) {
        return None;
    }
    let vectors = (0..side * side).map(|at| v[(at % side) * side + at / side]).collect();
    Some((diagonal, vectors))
}

/// Reduces a matrix to tridiagonal form; `v` becomes the rows of the transformation.
fn reduce_to_tridiagonal(v: &mut [f64], n: usize, d: &mut [f64], e: &mut [f64]) {
    for j in 0..n {
        d[j] = v[j * n + n - 1];
    }
    for i in (1..n).rev() {
        let scale: f64 = d[..i].iter().map(|value| value.abs()).sum();
        let mut h = 0.0;
        if scale == 0.0 {
            e[i] = d[i - 1];
            for j in 0..i {
                d[j] = v[j * n + i - 1];
                v[j * n + i] = 0.0;
                v[i * n + j] = 0.0;
            }
        } else {
            for value in &mut d[..i] {
                *value /= scale;
                h += *value * *value;
            }
            let f = d[i - 1];
            let g = if f > 0.0 { -h.sqrt() } else { h.sqrt() };
            e[i] = scale * g;
            h -= f * g;
            d[i - 1] = f - g;
            e[..i].fill(0.0);
            apply_reflection(v, n, i, h, d, e);
        }
        d[i] = h;
    }
    accumulate_reflections(v, n, d);
    e[0] = 0.0;
}

/// Applies a reflection to the remainder of the matrix.
fn apply_reflection(v: &mut [f64], n: usize, i: usize, h: f64, d: &mut [f64], e: &mut [f64]) {
    for j in 0..i {
        let f = d[j];
        v[i * n + j] = f;
        let row = &v[j * n..j * n + i];
        let mut g = e[j] + row[j] * f;
        for k in j + 1..i {
            g += row[k] * d[k];
            e[k] += row[k] * f;
        }
        e[j] = g;
    }
    let mut f = 0.0;
    for j in 0..i {
        e[j] /= h;
        f += e[j] * d[j];
    }
    let half = f / (h + h);
    for j in 0..i {
        e[j] -= half * d[j];
    }
    for j in 0..i {
        let f = d[j];
        let g = e[j];
        let row = &mut v[j * n..(j + 1) * n];
        for k in j..i {
            row[k] -= f * e[k] + g * d[k];
        }
        d[j] = row[i - 1];
        row[i] = 0.0;
    }
}

/// Accumulates the reflections into one transformation.
fn accumulate_reflections(v: &mut [f64], n: usize, d: &mut [f64]) {
    for i in 0..n - 1 {
        v[i * n + n - 1] = v[i * n + i];
        v[i * n + i] = 1.0;
        let h = d[i + 1];
        if h != 0.0 {
            for k in 0..=i {
                d[k] = v[(i + 1) * n + k] / h;
            }
            for j in 0..=i {
                let (done, reflection) = v.split_at_mut((i + 1) * n);
                let row = &mut done[j * n..=j * n + i];
                let g: f64 = reflection[..=i].iter().zip(row.iter()).map(|(a, b)| a * b).sum();
                row.iter_mut().zip(&d[..=i]).for_each(|(value, d)| *value -= g * d);
            }
        }
        v[(i + 1) * n..=(i + 1) * n + i].fill(0.0);
    }
    for j in 0..n {
        d[j] = v[j * n + n - 1];
        v[j * n + n - 1] = 0.0;
    }
    v[n * n - 1] = 1.0;
}

/// Diagonalizes the tridiagonal matrix; `v` becomes the rows of the eigenvectors.
fn diagonalize_tridiagonal(v: &mut [f64], n: usize, d: &mut [f64], e: &mut [f64]) -> Option<()> {
    e.rotate_left(1);
    e[n - 1] = 0.0;
    let mut shift = 0.0;
    let mut largest = 0.0_f64;
    for l in 0..n {
        largest = largest.max(d[l].abs() + e[l].abs());
        let m = (l..n).find(|m| e[*m].abs() <= f64::EPSILON * largest)?;
        let mut steps = 0;
        while m > l && e[l].abs() > f64::EPSILON * largest {
            steps += 1;
            if steps > STEPS {
                return None;
            }
            let g = d[l];
            let p = (d[l + 1] - g) / (2.0 * e[l]);
            let r = if p < 0.0 { -p.hypot(1.0) } else { p.hypot(1.0) };
            d[l] = e[l] / (p + r);
            d[l + 1] = e[l] * (p + r);
            let h = g - d[l];
            d[l + 2..].iter_mut().for_each(|value| *value -= h);
            shift += h;
            step_implicit_ql(v, n, (l, m), d, e);
        }
        d[l] += shift;
        e[l] = 0.0;
    }
    Some(())
}

/// Does one implicit QL step between two indices.
fn step_implicit_ql(v: &mut [f64], n: usize, (l, m): (usize, usize), d: &mut [f64], e: &mut [f64]) {
    let kept = d[l + 1];
    let beside = e[l + 1];
    let mut p = d[m];
    let [mut c, mut c2, mut c3] = [1.0; 3];
    let [mut s, mut s2] = [0.0; 2];
    for i in (l..m).rev() {
        c3 = c2;
        c2 = c;
        s2 = s;
        let g = c * e[i];
        let h = c * p;
        let r = p.hypot(e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]);
        let (upper, lower) = v.split_at_mut((i + 1) * n);
        for (a, b) in upper[i * n..].iter_mut().zip(&mut lower[..n]) {
            let h = *b;
            *b = s * *a + c * h;
            *a = c * *a - s * h;
        }
    }
    p = -s * s2 * c3 * beside * e[l] / kept;
    e[l] = s * p;
    d[l] = c * p;
}
