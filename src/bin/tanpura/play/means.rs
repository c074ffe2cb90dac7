//! What people have at hand to ask with: answers that tell how to go on name it.

/// Keys of the screen, or words of lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    #[cfg_attr(not(feature = "screen"), allow(dead_code, reason = "only a screen has keys"))]
    Keys,
    Words,
}

/// Strings that a key can mute: those with a number of one digit.
const WITH_A_KEY: usize = 9;

impl Means {
    /// Goes back from a preset.
    pub(super) fn undo(self) -> &'static str {
        match self {
            Self::Keys => "u",
            Self::Words => "undo",
        }
    }

    /// Ends a pause.
    pub(super) fn resume(self) -> &'static str {
        match self {
            Self::Keys => "space",
            Self::Words => "resume",
        }
    }

    /// Lets a string be heard, counted from 0.
    pub(super) fn unmute(self, string: usize) -> String {
        match self {
            Self::Keys if string < WITH_A_KEY => format!("m {}", string + 1),
            Self::Keys => format!(":unmute {}", string + 1),
            Self::Words => format!("unmute {}", string + 1),
        }
    }
}
