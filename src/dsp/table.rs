//! Measured tables: straight lines between points.

/// The value at `x` on straight lines through `points` (at least two, in rising order of their first number); before the
/// first and after the last it is theirs.
///
/// # Panics
/// Where there are fewer than two points.
pub fn interpolate(points: &[(f64, f64)], x: f64) -> f64 {
    let after = points.partition_point(|&(at, _)| at <= x).clamp(1, points.len() - 1);
    let ((x0, y0), (x1, y1)) = (points[after - 1], points[after]);
    y0 + (y1 - y0) * ((x - x0) / (x1 - x0)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lead_from_point_to_point_and_stay_at_the_ends() {
        let points = [(0.0, 1.0), (1.0, 3.0), (4.0, 0.0)];
        for (x, y) in [(-1.0, 1.0), (0.0, 1.0), (0.5, 2.0), (1.0, 3.0), (2.0, 2.0), (4.0, 0.0), (9.0, 0.0)] {
            assert_eq!(interpolate(&points, x), y);
        }
    }
}
