//! The 128 values of a controller over the values of a parameter.

use tanpura::instrument::settings::ParamInfo;

/// How many times its lowest value a parameter's highest is, from which on equal turns are equal ratios: a cycle of 1 to 30 s.
const RATIO: f64 = 10.0;
/// Full volume, dB: what nothing said means for every level but that of the sur-peti.
const FULL_DB: f64 = 0.0;
/// Volume falls with so many times the logarithm of the controller (General MIDI 2, on volume and expression).
const VOLUME_DB: f64 = 40.0;
/// The middle of a controller, where pan is in the middle.
const MIDDLE: u8 = 64;
/// Its highest value.
const TOP: u8 = 127;

/// Which values a controller goes through.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Spread {
    /// From one value at 0 to another at 127.
    Between(f64, f64),
    /// As volume: 0 dB at 127, -12 dB in the middle, the lowest level at 0.
    Volume {
        /// The lowest level, dB.
        floor_db: f64,
    },
}

impl Spread {
    /// What is usual for a parameter: volume for levels, the whole range for all others.
    pub(crate) fn of(info: &ParamInfo) -> Self {
        let (low, high) = (*info.range.start(), *info.range.end());
        if info.unit == "dB" { Self::Volume { floor_db: low } } else { Self::Between(low, high) }
    }

    /// The parameter at a controller's value.
    pub(crate) fn at(self, value: u8) -> f64 {
        match self {
            Self::Volume { .. } if value >= TOP => FULL_DB,
            Self::Volume { floor_db } if value == 0 => floor_db,
            Self::Volume { floor_db } => {
                let volume = f64::from(value) / f64::from(TOP);
                (FULL_DB + VOLUME_DB * volume.log10()).max(floor_db)
            }
            // To the end, and not nearly.
            Self::Between(from, _) if value == 0 => from,
            Self::Between(_, to) if value >= TOP => to,
            Self::Between(from, to) if is_geometric(from, to) => from * (to / from).powf(share(value)),
            Self::Between(from, to) => from + (to - from) * share(value),
        }
    }
}

/// Whether equal turns are equal ratios.
fn is_geometric(from: f64, to: f64) -> bool {
    from.min(to) > 0.0 && from.max(to) >= RATIO * from.min(to)
}

/// How far a controller is turned, 0 to 1; 64 is just half.
fn share(value: u8) -> f64 {
    if value <= MIDDLE {
        0.5 * f64::from(value) / f64::from(MIDDLE)
    } else {
        0.5 + 0.5 * f64::from(value - MIDDLE) / f64::from(TOP - MIDDLE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tanpura::Param;
    use tanpura::instrument::settings::PARAMS;

    fn usual(param: Param) -> Spread {
        Spread::of(param.info())
    }

    #[test]
    fn every_parameter_stays_in_its_range_and_only_rises() {
        for info in &PARAMS {
            let values: Vec<f64> = (0..=127).map(|value| Spread::of(info).at(value)).collect();
            assert!(values.iter().all(|value| info.bounds().contain(*value)), "{}: {values:?}", info.id);
            assert!(values.is_sorted(), "{}: {values:?}", info.id);
            assert_eq!(values[0], *info.range.start(), "{}", info.id);
            assert_eq!(values[127], if info.unit == "dB" { 0.0 } else { *info.range.end() }, "{}", info.id);
        }
    }

    #[test]
    fn the_middle_is_in_the_middle() {
        assert_eq!(
            (usual(Param::Pan).at(64), usual(Param::Cents).at(64), usual(Param::Jawari).at(64)),
            (0.0, 0.0, 0.5)
        );
        // Half-way from 1 to 30 by ratio: the square root of 30.
        assert!((usual(Param::Cycle).at(64) - 30f64.sqrt()).abs() < 1e-12);
        // 40 log10(64 / 127).
        assert!((usual(Param::Gain).at(64) + 11.905).abs() < 1e-3, "{}", usual(Param::Gain).at(64));
    }

    #[test]
    fn own_ends_hold_in_either_direction() {
        let down = Spread::Between(10.0, -60.0);
        assert_eq!((down.at(0), down.at(64), down.at(127)), (10.0, -25.0, -60.0));
        let cycle = Spread::Between(12.0, 1.0);
        assert_eq!((cycle.at(0), cycle.at(127)), (12.0, 1.0));
        assert!((cycle.at(64) - 12f64.sqrt()).abs() < 1e-12);
    }
}
