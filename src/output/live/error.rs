//! Why there is no sound, and what to do about it.

use crate::tuning::nearest::nearest;
use std::fmt;

/// How many names a sentence carries.
const NAMES: usize = 8;

/// Why a device was not found or does not play.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum LiveError {
    /// No sound system of that name in this build.
    UnknownHost {
        /// What was asked for.
        name: String,
        /// Names there are.
        names: Vec<String>,
        /// Those that a build with the feature of the same name has.
        by_feature: Vec<String>,
    },
    /// Nothing to play on.
    NoDevice {
        /// What the system says.
        reason: String,
    },
    /// No device of that name.
    UnknownDevice {
        /// What was asked for.
        name: String,
        /// Names there are.
        known: Vec<String>,
    },
    /// Several devices bear that in their names.
    AmbiguousDevice {
        /// What was asked for.
        name: String,
        /// The devices it could be.
        matching: Vec<String>,
    },
    /// Another program holds the device.
    Busy {
        /// Name of the device.
        device: String,
    },
    /// The user may not open the device.
    Denied {
        /// Name of the device.
        device: String,
    },
    /// The device takes no samples of a kind that we have.
    Format {
        /// Name of the device.
        device: String,
        /// The format it asks for.
        format: String,
    },
    /// The device does not open, or does not start.
    Failed {
        /// Name of the device.
        device: String,
        /// What the system says.
        reason: String,
    },
}

impl fmt::Display for LiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownHost { name, names, by_feature } => {
                write!(f, "no sound system {name:?} in this build: there are {}", names.join(", "))?;
                if by_feature.iter().any(|feature| feature.eq_ignore_ascii_case(name)) {
                    let feature = name.to_lowercase();
                    return write!(f, "; build it with the feature {feature} (cargo build --features {feature})");
                }
                if !by_feature.is_empty() {
                    write!(f, "; with the feature of that name also {}", by_feature.join(", "))?;
                }
                match nearest(name, names.iter().chain(by_feature)) {
                    Some(right) => write!(f, "; did you mean {right}?"),
                    None => Ok(()),
                }
            }
            Self::NoDevice { reason } => {
                write!(f, "no sound device ({reason}): connect one or start the sound server, or write a file instead")
            }
            Self::UnknownDevice { name, known } if known.is_empty() => {
                write!(f, "no sound device {name:?}; there is none at all: name none to try the system's default")
            }
            Self::UnknownDevice { name, known } => {
                write!(f, "no sound device {name:?}; there are: {}", Names(known))
            }
            Self::AmbiguousDevice { name, matching } => {
                write!(f, "{name:?} could be any of {}: give more of the name", Names(matching))
            }
            Self::Busy { device } => {
                write!(f, "another program holds the sound device {device}: end that program, or choose another device")
            }
            Self::Denied { device } => {
                write!(f, "the sound device {device} may not be opened by this user: on Linux, join the group audio")
            }
            Self::Format { device, format } => {
                write!(
                    f,
                    "the sound device {device} wants samples as {format}, which we do not have: choose another one"
                )
            }
            Self::Failed { device, reason } => {
                write!(f, "the sound device {device} does not play ({reason}): try again, or choose another device")
            }
        }
    }
}

impl std::error::Error for LiveError {}

/// Why a stream was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// The driver says that the device is not there.
    Gone,
    /// The driver says that the stream cannot go on.
    Closed,
    /// Nobody says anything, and nobody asks for sound.
    Silent,
    /// Its owner gave it another renderer.
    Renewed,
}

/// To stand behind the name of the device.
impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Gone => "is gone",
            Self::Closed => "was closed by the sound system",
            Self::Silent => "has stopped asking for sound",
            Self::Renewed => "is being opened again",
        })
    }
}

/// Names in a sentence; a desktop can have forty.
struct Names<'a>(&'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, more) = self.0.split_at(self.0.len().min(NAMES));
        f.write_str(&first.join(", "))?;
        if more.is_empty() { Ok(()) } else { write!(f, " and {} more", more.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_sound_system_is_told_which_there_are_and_what_others_need() {
        let unknown = |name: &str, by_feature: &[&str]| {
            let by_feature = by_feature.iter().map(|&feature| feature.to_owned()).collect();
            LiveError::UnknownHost { name: name.to_owned(), names: vec!["alsa".to_owned()], by_feature }.to_string()
        };
        let start = |name: &str| format!("no sound system {name:?} in this build: there are alsa");
        let optional = ["jack", "pipewire"];
        assert_eq!(
            unknown("JACK", &optional),
            start("JACK") + "; build it with the feature jack (cargo build --features jack)"
        );
        assert_eq!(
            unknown("jakc", &optional),
            start("jakc") + "; with the feature of that name also jack, pipewire; did you mean jack?"
        );
        assert_eq!(unknown("attic", &[]), start("attic"));
    }

    #[test]
    fn an_unknown_name_is_told_which_there_are_and_not_all_of_forty() {
        let unknown = |count: usize| {
            let known = (0..count).map(|n| format!("hw{n}")).collect();
            LiveError::UnknownDevice { name: "attic".into(), known }.to_string()
        };
        assert_eq!(unknown(2), r#"no sound device "attic"; there are: hw0, hw1"#);
        assert_eq!(
            unknown(40),
            r#"no sound device "attic"; there are: hw0, hw1, hw2, hw3, hw4, hw5, hw6, hw7 and 32 more"#
        );
        assert!(unknown(0).contains("none at all"));
    }
}
