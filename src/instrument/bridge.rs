//! The jawari as a player has it under the hand: one way through the height of the bridge, from closed to open.

/// Depth of the gap at jawari 0.25, um: a string pulled 2 mm aside swings some 30 um over the bridge, so that this lets it
/// buzz while it is loud (simulations of the equations of van Walstijn, Bridges and Mehes 2016).
const GAP_UM: f64 = 5.0;

/// Height of the bridge at jawari 1, um: a bright start that soon turns clean (the same: 5 to 20 um).
const PRESS_UM: f64 = 10.0;

/// Jawari at which the bridge just grazes the strings at rest.
const GRAZING: f64 = 0.5;

/// Lowest bridge, um: no usual pluck reaches it.
const LOWEST_UM: f64 = -1000.0;

/// Height of the bridge over the strings at rest by jawari, 0 (lowest) over 0.5 (grazing) to 1 (pressing), um. Above 1 the
/// way goes on.
pub fn height_um(jawari: f64) -> f64 {
    if jawari < GRAZING {
        (-GAP_UM * (GRAZING / jawari.max(0.0) - 1.0)).max(LOWEST_UM)
    } else {
        PRESS_UM * (jawari / GRAZING - 1.0)
    }
}

/// The jawari that puts the bridge at a height in um: [`height_um`] backwards.
pub fn jawari(height_um: f64) -> f64 {
    if height_um < 0.0 {
        GRAZING / (1.0 - height_um.max(LOWEST_UM) / GAP_UM)
    } else {
        GRAZING * (1.0 + height_um / PRESS_UM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_goes_from_out_of_reach_over_grazing_to_pressing() {
        assert_eq!([0.0, 0.25, 0.5, 1.0].map(height_um), [-1000.0, -5.0, 0.0, 10.0]);
    }

    #[test]
    fn the_way_back_leads_to_the_same_height() {
        for um in [-1000.0, -30.0, -1.0, 0.0, 2.5, 50.0] {
            assert!((height_um(jawari(um)) - um).abs() < 1e-9 * (1.0 + um.abs()), "{um}");
        }
    }
}
