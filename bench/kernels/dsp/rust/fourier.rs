//! A complex FFT of 2^n points in split arrays: each pass after the first two runs over neighbours, four at a time.

use std::f64::consts::PI;

pub struct Fourier {
    swapped: Vec<usize>,
    /// Twiddles of the pass with `half` butterflies a group begin at `half`.
    cosines: Vec<f32>,
    sines: Vec<f32>,
}

impl Fourier {
    pub fn new(points: usize) -> Self {
        let bits = points.trailing_zeros();
        let mut cosines = vec![0.0; points];
        let mut sines = vec![0.0; points];
        let mut half = 1;
        while half < points {
            for at in 0..half {
                let angle = -PI * at as f64 / half as f64;
                cosines[half + at] = angle.cos() as f32;
                sines[half + at] = angle.sin() as f32;
            }
            half *= 2;
        }
        let swapped = (0..points).map(|at| at.reverse_bits() >> (usize::BITS - bits)).collect();
        Fourier { swapped, cosines, sines }
    }

    /// Transforms `re` and `im` in place. For the inverse: swap the two, transform, and divide by the points.
    pub fn transform(&self, re: &mut [f32], im: &mut [f32]) {
        let points = self.swapped.len();
        assert!(re.len() == points && im.len() == points);
        for (at, &other) in self.swapped.iter().enumerate() {
            if other > at {
                re.swap(at, other);
                im.swap(at, other);
            }
        }
        // The first two passes have the twiddles 1 and -i alone.
        for (r, i) in re.chunks_exact_mut(4).zip(im.chunks_exact_mut(4)) {
            let (sum_r, sum_i, gap_r, gap_i) = (r[0] + r[1], i[0] + i[1], r[0] - r[1], i[0] - i[1]);
            let (right_sum_r, right_sum_i) = (r[2] + r[3], i[2] + i[3]);
            let (right_gap_r, right_gap_i) = (r[2] - r[3], i[2] - i[3]);
            r[0] = sum_r + right_sum_r;
            i[0] = sum_i + right_sum_i;
            r[2] = sum_r - right_sum_r;
            i[2] = sum_i - right_sum_i;
            r[1] = gap_r + right_gap_i;
            i[1] = gap_i - right_gap_r;
            r[3] = gap_r - right_gap_i;
            i[3] = gap_i + right_gap_r;
        }
        let mut half = 4;
        while half < points {
            let cosines = &self.cosines[half..2 * half];
            let sines = &self.sines[half..2 * half];
            for (r, i) in re.chunks_exact_mut(2 * half).zip(im.chunks_exact_mut(2 * half)) {
                let (low_r, high_r) = r.split_at_mut(half);
                let (low_i, high_i) = i.split_at_mut(half);
                for at in 0..half {
                    let turned_r = high_r[at] * cosines[at] - high_i[at] * sines[at];
                    let turned_i = high_r[at] * sines[at] + high_i[at] * cosines[at];
                    high_r[at] = low_r[at] - turned_r;
                    high_i[at] = low_i[at] - turned_i;
                    low_r[at] += turned_r;
                    low_i[at] += turned_i;
                }
            }
            half *= 2;
        }
    }
}
