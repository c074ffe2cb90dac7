//! Messages that wait for the player, where the newest value of a controller takes the place of older ones.
//!
//! A turned knob sends hundreds of messages a second, and only its place now matters. A pedal is a controller too, and of that it
//! matters that it went down and came up: so a value replaces another only on the same side of the middle.

use super::message::Message;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Most messages that wait; a cable of MIDI carries about a thousand a second.
const CAPACITY: usize = 128;
/// Values from here on are pressed, the others let go (MIDI 1.0, on switches).
pub(crate) const PRESSED: u8 = 64;

/// Messages between the thread that hears them and the player.
#[derive(Debug, Default)]
pub(crate) struct Inbox(Mutex<VecDeque<Message>>);

impl Inbox {
    /// One more message. Where too many wait, the oldest goes.
    pub(crate) fn push(&self, message: Message) {
        let mut waiting = self.lock();
        // The latest of the same controller, if any waits.
        let latest = waiting.iter_mut().rev().find(|waiting| is_same_control(**waiting, message));
        match latest {
            Some(latest) if is_pressed(*latest) == is_pressed(message) => *latest = message,
            _ => {
                if waiting.len() >= CAPACITY {
                    waiting.pop_front();
                }
                waiting.push_back(message);
            }
        }
    }

    /// The message that waits longest.
    pub(crate) fn pop(&self) -> Option<Message> {
        self.lock().pop_front()
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Message>> {
        // Nothing in here panics half-way, so what a panic elsewhere leaves is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_same_control(a: Message, b: Message) -> bool {
    match (a, b) {
        (Message::Control { channel: a, control: x, .. }, Message::Control { channel: b, control: y, .. }) => {
            (a, x) == (b, y)
        }
        _ => false,
    }
}

fn is_pressed(message: Message) -> bool {
    matches!(message, Message::Control { value: PRESSED.., .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn control(control: u8, value: u8) -> Message {
        Message::Control { channel: 1, control, value }
    }

    fn waiting(messages: impl IntoIterator<Item = Message>) -> Vec<Message> {
        let inbox = Inbox::default();
        messages.into_iter().for_each(|message| inbox.push(message));
        std::iter::from_fn(|| inbox.pop()).collect()
    }

    #[test]
    fn of_a_turned_knob_the_newest_value_wins() {
        assert_eq!(waiting((0..=50).map(|value| control(1, value))), [control(1, 50)]);
        // Through the middle: once on either side.
        assert_eq!(waiting((0..=127).map(|value| control(1, value))), [control(1, 63), control(1, 127)]);
        let two = (0..1000u32).flat_map(|i| [control(1, (i % 60) as u8), control(2, (i % 50) as u8)]);
        assert_eq!(waiting(two), [control(1, 39), control(2, 49)]);
    }

    #[test]
    fn a_pedal_that_went_down_and_up_did_both() {
        let trodden = [control(64, 127), control(64, 0), control(64, 127), control(64, 0)];
        assert_eq!(waiting(trodden), trodden);
    }

    #[test]
    fn notes_keep_their_order_and_channels_are_apart() {
        let note = |note| Message::Note { channel: 1, note };
        let other = Message::Control { channel: 2, control: 1, value: 3 };
        let played = [note(60), note(61), control(1, 3), other, note(60)];
        assert_eq!(waiting(played), played);
    }

    #[test]
    fn what_nobody_reads_is_bounded_and_ends_with_the_newest() {
        let notes = waiting((0..100_000u32).map(|i| Message::Note { channel: 1, note: (i % 128) as u8 }));
        assert_eq!(notes.len(), CAPACITY);
        assert_eq!(notes.last(), Some(&Message::Note { channel: 1, note: (99_999 % 128) as u8 }));
    }
}
