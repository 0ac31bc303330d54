//! Ridge regression of every organisation on all others over past consortia, solved when it is asked.
//!
//! With X the consortia by organisations, G = X'WX and P = (G + ridge)^-1, the regression that predicts
//! organisation j from the others has the coefficients -P_ij / P_jj (Steck's EASE). P itself is never formed: for the members
//! already in, y = P x is found by conjugate gradients over the sparse consortia, and only the diagonal of P is kept.
//! Outside the members -y_j = sum over the consortia of j of w_p (Xy)_p / ridge, so every score divides into consortia.

use serde::{Deserialize, Serialize};

use super::field::Rows;

/// Steps of conjugate gradients at most; the system is diagonally strong and far from needing them all.
const STEPS: usize = 12;
/// The residual, relative to the start, at which to stop.
const CLOSE: f32 = 3e-3;

/// One such regression, ready to be solved.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Circle {
    pub ridge: f32,
    /// Weight w_p of each consortium; 0 for projects of one.
    row_weights: Vec<f32>,
    /// Diagonal of G + ridge.
    diagonal: Vec<f32>,
    /// 1 / P_jj.
    pub pivots: Vec<f32>,
}

impl Circle {
    pub fn build(members: &Rows, portfolio: &Rows, row_weights: Vec<f32>, ridge: f32) -> Self {
        let mut diagonal = vec![ridge; portfolio.len()];
        for (project, weight) in row_weights.iter().enumerate().filter(|(_, w)| **w > 0.0) {
            for member in members.row(project) {
                diagonal[*member as usize] += weight;
            }
        }
        let pivots = pivots(members, portfolio, &row_weights, &diagonal);
        Self { ridge, row_weights, diagonal, pivots }
    }

    pub fn is_sound(&self, projects: usize, organisations: usize) -> bool {
        self.row_weights.len() == projects && self.diagonal.len() == organisations && self.pivots.len() == organisations
    }

    /// For each consortium w_p (Xy)_p / ridge, where (G + ridge) y = x and x holds the weights of the members already in.
    pub fn votes(&self, members: &Rows, seeds: &[(u32, f32)]) -> Vec<f32> {
        votes(members, &self.row_weights, &self.diagonal, self.ridge, seeds)
    }
}

/// 1 / P_jj, by one step of elimination: D_j - sum over k of G_jk^2 / D_k.
fn pivots(members: &Rows, portfolio: &Rows, row_weights: &[f32], diagonal: &[f32]) -> Vec<f32> {
    let organisations = diagonal.len();
    let mut together = vec![0.0_f32; organisations];
    let mut touched: Vec<u32> = Vec::new();
    (0..organisations)
        .map(|j| {
            for project in portfolio.row(j).iter().filter(|p| row_weights[**p as usize] > 0.0) {
                for other in members.row(*project as usize).iter().filter(|o| **o as usize != j) {
                    if together[*other as usize] == 0.0 {
                        touched.push(*other);
                    }
                    together[*other as usize] += row_weights[*project as usize];
                }
            }
            let mut pivot = diagonal[j];
            for other in touched.drain(..) {
                let shared = std::mem::take(&mut together[other as usize]);
                pivot -= shared * shared / diagonal[other as usize];
            }
            pivot.max(diagonal[j] * 0.1)
        })
        .collect()
}

fn votes(members: &Rows, row_weights: &[f32], diagonal: &[f32], ridge: f32, seeds: &[(u32, f32)]) -> Vec<f32> {
    let n = diagonal.len();
    let mut y = vec![0.0_f32; n];
    let mut residual = vec![0.0_f32; n];
    for (seed, weight) in seeds {
        residual[*seed as usize] = *weight;
    }
    let mut z: Vec<f32> = residual.iter().zip(diagonal).map(|(r, d)| r / d).collect();
    let mut direction = z.clone();
    let mut rz: f32 = residual.iter().zip(&z).map(|(r, z)| r * z).sum();
    let start = rz;
    let rows: Vec<usize> = (0..members.len()).filter(|p| row_weights[*p] > 0.0).collect();
    let mut image = vec![0.0_f32; n];
    for _ in 0..STEPS {
        if rz <= start * CLOSE * CLOSE || rz <= 0.0 {
            break;
        }
        image.iter_mut().zip(&direction).for_each(|(i, d)| *i = ridge * d);
        for project in &rows {
            let row = members.row(*project);
            let sum: f32 = row.iter().map(|m| direction[*m as usize]).sum();
            if sum != 0.0 {
                let sum = sum * row_weights[*project];
                for member in row {
                    image[*member as usize] += sum;
                }
            }
        }
        let curve: f32 = direction.iter().zip(&image).map(|(d, i)| d * i).sum();
        if curve <= 0.0 {
            break;
        }
        let step = rz / curve;
        let mut next = 0.0;
        for k in 0..n {
            y[k] += step * direction[k];
            residual[k] -= step * image[k];
            z[k] = residual[k] / diagonal[k];
            next += residual[k] * z[k];
        }
        let turn = next / rz;
        rz = next;
        direction.iter_mut().zip(&z).for_each(|(d, z)| *d = z + turn * *d);
    }
    let mut votes = vec![0.0; members.len()];
    for project in rows {
        votes[project] =
            row_weights[project] * members.row(project).iter().map(|m| y[*m as usize]).sum::<f32>() / ridge;
    }
    votes
}
