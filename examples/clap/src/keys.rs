//! The keys of a keyboard: which are held, and what they say of Sa and of force.

use clack_plugin::events::Pckn;

/// Most keys that are remembered at once: more than fingers; of further ones the oldest is forgotten.
const MOST: usize = 16;

/// White keys from C, in semitones.
const WHITE: [u16; 7] = [0, 2, 4, 5, 7, 9, 11];

/// A key that is held.
#[derive(Debug, Clone, Copy)]
struct Key {
    address: Pckn,
    number: u16,
    /// Semitones beside it, by note expression.
    tuning: f64,
    share: f64,
}

/// The keys that are held, the latest last, and what the latest said when it was pressed.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    held: [Option<Key>; MOST],
    count: usize,
    sa: Option<f64>,
    share: Option<f64>,
}

impl Keys {
    /// Presses a key: its pitch is Sa, its velocity the force.
    pub fn press(&mut self, address: Pckn, velocity: f64) {
        let Some(&number) = address.key.as_specific() else { return };
        self.release(&address);
        if self.count == MOST {
            self.held.rotate_left(1);
            self.count -= 1;
        }
        self.held[self.count] = Some(Key { address, number, tuning: 0.0, share: share(velocity) });
        self.count += 1;
        self.follow();
    }

    /// Lets go of keys; the latest of those still held says what Sa is. When none is held any more, Sa stays.
    pub fn release(&mut self, address: &Pckn) {
        let mut kept = 0;
        for n in 0..self.count {
            if self.held[n].is_some_and(|key| !key.address.matches(address)) {
                self.held[kept] = self.held[n];
                kept += 1;
            }
        }
        self.held[kept..].fill(None);
        self.count = kept;
        self.follow();
    }

    /// Moves keys by so many semitones from where they are on the keyboard.
    pub fn tune(&mut self, address: &Pckn, semitones: f64) {
        for key in self.held.iter_mut().flatten().filter(|key| key.address.matches(address)) {
            key.tuning = semitones;
        }
        self.follow();
    }

    /// Whether any is held.
    pub fn is_held(&self) -> bool {
        self.count > 0
    }

    /// Sa as a key of MIDI, with its fraction; none where no key has said so.
    pub fn sa(&self) -> Option<f64> {
        self.sa
    }

    /// Force of strokes as a share of the usual.
    pub fn share(&self) -> f64 {
        self.share.unwrap_or(1.0)
    }

    /// Forgets what was said of Sa and of force by keys that are not held any more.
    pub fn forget(&mut self) {
        (self.sa, self.share) = (None, None);
        self.follow();
    }

    /// Lets go of all keys and forgets them.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    fn follow(&mut self) {
        if let Some(latest) = self.count.checked_sub(1).and_then(|last| self.held[last]) {
            (self.sa, self.share) = (Some(f64::from(latest.number) + latest.tuning), Some(latest.share));
        }
    }
}

/// What a velocity (0 to 1) makes of the usual force: its half is the usual one.
pub fn share(velocity: f64) -> f64 {
    2.0 * velocity.clamp(0.0, 1.0)
}

/// The string, from 0, that a key plucks: white keys from any C on; black ones none.
pub fn string(key: u16) -> Option<u8> {
    WHITE.iter().position(|white| *white == key % 12).map(|string| string as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clack_plugin::events::Match;

    fn at(key: u16) -> Pckn {
        Pckn::new(0u16, 0u16, key, Match::All)
    }

    #[test]
    fn the_latest_key_that_is_held_says_sa_and_the_last_one_let_go_leaves_it() {
        let mut keys = Keys::default();
        assert_eq!((keys.sa(), keys.share()), (None, 1.0));
        keys.press(at(60), 0.5);
        keys.press(at(64), 1.0);
        assert_eq!((keys.sa(), keys.share()), (Some(64.0), 2.0));
        keys.release(&at(64));
        assert_eq!((keys.sa(), keys.share()), (Some(60.0), 1.0));
        keys.tune(&at(60), -0.25);
        assert_eq!(keys.sa(), Some(59.75));
        keys.release(&Pckn::match_all());
        assert!(!keys.is_held() && keys.sa() == Some(59.75));
        keys.forget();
        assert_eq!(keys.sa(), None);
    }

    #[test]
    fn more_keys_than_fingers_do_no_harm() {
        let mut keys = Keys::default();
        (0..128).for_each(|key| keys.press(at(key), 0.5));
        assert_eq!(keys.sa(), Some(127.0));
        keys.release(&at(127));
        assert_eq!(keys.sa(), Some(126.0));
        (0..128).for_each(|key| keys.release(&at(key)));
        assert!(!keys.is_held());
    }

    #[test]
    fn white_keys_are_strings_from_any_c() {
        assert_eq!([60, 62, 64, 65, 67, 69, 71, 72].map(string), [0, 1, 2, 3, 4, 5, 6, 0].map(Some));
        assert_eq!([61, 63, 66, 68, 70].map(string), [None; 5]);
    }
}
