//! Why nothing could be heard.

use std::fmt;

/// What a recording lacks in which no string is heard.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AnalysisError {
    /// A sample rate that carries no strings.
    SampleRate {
        /// It, Hz.
        hz: f64,
    },
    /// Shorter than [`SHORTEST_S`](super::SHORTEST_S).
    TooShort {
        /// Its length, s.
        seconds: f64,
    },
    /// Samples that are no numbers.
    NotNumbers,
    /// Silence.
    Silent,
    /// A lone note that does not die away.
    Held {
        /// Its pitch, Hz.
        hz: f64,
    },
    /// Notes that stop within a second.
    Stops {
        /// How many of them do, 0 to 1.
        share: f64,
    },
    /// Strings, or what sounds like them, of which no tanpura can be made.
    NoTanpura {
        /// How sure the best guess would be, 0 to 1.
        certainty: f64,
    },
    /// Sound without the partials of a plucked string.
    NoString {
        /// Share of the partials asked for that lie where they should, 0 to 1.
        certainty: f64,
    },
}

impl fmt::Display for AnalysisError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SampleRate { hz } => {
                write!(f, "no string can be heard in it: {hz} samples a second are too few; there must be 4000 or more")
            }
            Self::TooShort { seconds } => write!(
                f,
                "no string can be heard in it: it lasts {:.0} ms, and a pitch takes {:.0} ms",
                1000.0 * seconds,
                1000.0 * super::SHORTEST_S
            ),
            Self::NotNumbers => write!(f, "no string can be heard in it: some of its samples are no numbers"),
            Self::Silent => write!(f, "no string can be heard in it: it is silent"),
            Self::Held { hz } => {
                write!(f, "no string can be heard in it: {hz:.1} Hz sound without dying away, as of a reed or a hum")
            }
            Self::Stops { share } => write!(
                f,
                "no tanpura can be heard in it: {:.0} % of its notes stop within a second, as of a voice, where plucked strings ring on",
                100.0 * share
            ),
            Self::NoTanpura { certainty } => write!(
                f,
                "no tanpura can be told in it with more than {:.0} % certainty: a recording is heard best in which one tanpura sounds and \
                 nothing else",
                100.0 * certainty
            ),
            Self::NoString { certainty } => write!(
                f,
                "no string can be heard in it: of the partials a string should have, {:.0} % are where they should be",
                (100.0 * certainty).abs()
            ),
        }
    }
}

impl std::error::Error for AnalysisError {}
