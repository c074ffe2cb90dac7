//! The jawari as a player has it under the hand: one way through the height of the bridge, from closed to open.

/// Depth of the gap at jawari 0.25 below the usual, um: a usual pluck lifts the strings 5 to 30 um over the bridge, so that this
/// lets them buzz while they are loud.
const GAP_UM: f64 = 2.0;

/// Height of the bridge at jawari 1 over the usual, um: a bright start that soon turns clean.
const PRESS_UM: f64 = 4.0;

/// Jawari of a bridge set by ear.
const USUAL: f64 = 0.5;

/// How far below grazing a bridge lies that is set by ear, um: a few per cent of what a pluck lifts the string over it, so that
/// the buzz comes down sooner than on one that grazes. Found by matching recorded plucks.
const USUAL_GAP_UM: f64 = 0.69;

/// Lowest bridge, um: no usual pluck reaches it.
const LOWEST_UM: f64 = -1000.0;

/// Height of the bridge over the strings at rest by jawari, 0 (lowest) over 0.5 (as good as grazing) to 1 (pressing), um.
/// Above 1 the way goes on.
pub fn height_um(jawari: f64) -> f64 {
    if jawari <= 0.0 {
        LOWEST_UM
    } else if jawari < USUAL {
        (-GAP_UM * (USUAL / jawari - 1.0) - USUAL_GAP_UM).max(LOWEST_UM)
    } else {
        PRESS_UM * (jawari / USUAL - 1.0) - USUAL_GAP_UM
    }
}

/// The jawari that puts the bridge at a height in um: [`height_um`] backwards.
pub fn jawari(height_um: f64) -> f64 {
    let from_usual = height_um.max(LOWEST_UM) + USUAL_GAP_UM;
    if from_usual < 0.0 { USUAL / (1.0 - from_usual / GAP_UM) } else { USUAL * (1.0 + from_usual / PRESS_UM) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_from_out_of_reach_over_grazing_to_pressing() {
        let below_usual = [0.25, 0.5, 1.0].map(|jawari| height_um(jawari) + USUAL_GAP_UM);
        assert!(below_usual.iter().zip([-GAP_UM, 0.0, PRESS_UM]).all(|(um, expected)| (um - expected).abs() < 1e-9));
        assert_eq!(height_um(0.0), LOWEST_UM);
    }

    #[test]
    fn the_way_back_leads_to_the_same_height() {
        for um in [-1000.0, -30.0, -1.0, 0.0, 2.5, 20.0] {
            assert!((height_um(jawari(um)) - um).abs() < 1e-9 * (1.0 + um.abs()), "{um}");
        }
    }
}
