//! Small systems of equations with a symmetric positive definite matrix.

/// A pivot below this share of its diagonal element is rounding: the column repeats earlier ones.
const NEGLIGIBLE: f64 = 1e-11;

/// The lower triangle L of a matrix that is L·Lᵀ, row by row.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky(Vec<Vec<f64>>);

impl Cholesky {
    /// `None` when the matrix is not positive definite. Only its lower triangle is read.
    pub(crate) fn new(matrix: &[Vec<f64>]) -> Option<Self> {
        let mut lower: Vec<Vec<f64>> = Vec::with_capacity(matrix.len());
        for (i, row) in matrix.iter().enumerate() {
            let mut found: Vec<f64> = Vec::with_capacity(i + 1);
            for (j, earlier) in lower.iter().enumerate() {
                found.push((row[j] - dot(&found, &earlier[..j])) / earlier[j]);
            }
            let pivot = row[i] - dot(&found, &found);
            if pivot.is_nan() || pivot <= NEGLIGIBLE * row[i].abs() {
                return None;
            }
            found.push(pivot.sqrt());
            lower.push(found);
        }
        Some(Self(lower))
    }

    /// L·x.
    pub(crate) fn lower_times(&self, x: &[f64]) -> Vec<f64> {
        let rows = self.0.iter();
        rows.map(|row| dot(row, &x[..row.len().min(x.len())]))
            .collect()
    }

    /// The x for which matrix·x is `right`.
    pub(crate) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut x: Vec<f64> = Vec::with_capacity(right.len());
        for (row, value) in self.0.iter().zip(right) {
            let i = x.len();
            x.push((value - dot(&row[..i], &x)) / row[i]);
        }
        for i in (0..x.len()).rev() {
            x[i] /= self.0[i][i];
            let (done, known) = (self.0[i].as_slice(), x[i]);
            for (j, earlier) in x[..i].iter_mut().enumerate() {
                *earlier -= done[j] * known;
            }
        }
        x
    }
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_by_hand() {
        let matrix = [vec![4.0, 2.0], vec![2.0, 5.0]];
        let factor = Cholesky::new(&matrix).unwrap();
        assert_eq!(factor.solve(&[8.0, 12.0]), [1.0, 2.0]);
    }

    #[test]
    fn columns_that_repeat_are_noticed() {
        assert!(Cholesky::new(&[vec![1.0, 3.0], vec![3.0, 9.0]]).is_none());
        assert!(Cholesky::new(&[vec![0.0]]).is_none());
        assert!(Cholesky::new(&[vec![f64::NAN]]).is_none());
    }
}
