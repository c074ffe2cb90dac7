//! The bytes of a MIDI message as what they say (MIDI 1.0, table 1 of its summary of messages).

/// What of MIDI means something here. Channels are counted from 1, as people do; numbers and values are 0 to 127.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Message {
    /// A key pressed. One let go is told as `None` by [`read`]: a drone does not end with it.
    Note { channel: u8, note: u8 },
    /// A controller moved: a knob, a fader, a pedal.
    Control { channel: u8, control: u8, value: u8 },
    /// Another sound chosen, counted from 1, as most devices show it.
    Program { channel: u8, program: u8 },
}

/// The largest data byte; the top bit marks a status byte.
const MOST: u8 = 127;
/// Controls above this are no controllers but modes of a channel: all notes off and the like.
pub(crate) const LAST_CONTROL: u8 = 119;

/// Reads one message; what is none, or means nothing here, is `None`.
pub(crate) fn read(bytes: &[u8]) -> Option<Message> {
    let (&status, data) = bytes.split_first()?;
    let channel = (status & 0x0f) + 1;
    match (status & 0xf0, data) {
        // With velocity 0 it is a key let go.
        (0x90, &[note, velocity @ 1..=MOST]) if note <= MOST && velocity <= MOST => {
            Some(Message::Note { channel, note })
        }
        (0xb0, &[control @ 0..=LAST_CONTROL, value @ 0..=MOST]) => Some(Message::Control { channel, control, value }),
        (0xc0, &[program @ 0..=MOST]) => Some(Message::Program { channel, program: program + 1 }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_controls_and_programs_are_read_with_their_channel() {
        assert_eq!(read(&[0x90, 61, 100]), Some(Message::Note { channel: 1, note: 61 }));
        assert_eq!(read(&[0x9f, 0, 1]), Some(Message::Note { channel: 16, note: 0 }));
        assert_eq!(read(&[0xb2, 64, 127]), Some(Message::Control { channel: 3, control: 64, value: 127 }));
        assert_eq!(read(&[0xc0, 0]), Some(Message::Program { channel: 1, program: 1 }));
    }

    #[test]
    fn a_key_let_go_and_all_that_is_no_message_of_ours_is_nothing() {
        let nothing: [&[u8]; 12] = [
            &[],
            &[0x90],
            &[0x90, 61],
            &[0x90, 61, 0],
            &[0x80, 61, 64],
            &[0x90, 200, 1],
            &[0xb0, 1, 200],
            &[0xb0, 123, 0],
            &[61, 100],
            &[0xe0, 0, 64],
            &[0xf0, 0x7e, 0x7f, 0xf7],
            &[0xfe],
        ];
        for bytes in nothing {
            assert_eq!(read(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn no_bytes_make_it_panic() {
        for status in 0..=255 {
            for data in [0, 1, 64, 127, 128, 255] {
                for bytes in [&[status][..], &[status, data], &[status, data, data], &[status, 0, data, data]] {
                    let _ = read(bytes);
                }
            }
        }
    }
}
