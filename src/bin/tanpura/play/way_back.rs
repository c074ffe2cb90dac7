//! The way back from a preset: no setting is lost to it that nobody saved.

use super::ask::Ask;
use tanpura::Settings;

/// A drone, and the preset it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Was {
    pub(super) settings: Settings,
    pub(super) preset: Option<String>,
}

/// What was there before the last preset.
#[derive(Debug, Default)]
pub(super) struct WayBack {
    before: Option<Was>,
    /// What the last step through the list came to.
    stepped_to: Option<Settings>,
}

impl WayBack {
    /// Takes note of what is left for a preset, if that is what was asked for. Steps through the list are one way, as long as nobody
    /// changes anything on it: back is where the first of them was made, and what was not saved is there.
    pub(super) fn leave(&mut self, was: Was, ask: &Ask, now: &Settings) {
        let is_step = matches!(ask, Ask::PresetStep(_));
        let is_on_its_way = is_step && self.stepped_to.as_ref() == Some(&was.settings);
        if is_step || matches!(ask, Ask::Preset(_)) {
            self.stepped_to = is_step.then(|| now.clone());
            if !is_on_its_way {
                self.before = Some(was);
            }
        }
    }

    /// What to go back to.
    pub(super) fn before(&self) -> Option<&Was> {
        self.before.as_ref()
    }

    /// Goes there, and remembers what was left.
    pub(super) fn swap(&mut self, now: Was) -> Option<Was> {
        self.before.replace(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A drone that can be told by its volume.
    fn drone(gain_db: f64) -> Was {
        Was { settings: Settings { gain_db, ..Settings::default() }, preset: None }
    }

    fn load(way: &mut WayBack, from: f64, ask: &Ask, to: f64) {
        way.leave(drone(from), ask, &drone(to).settings);
    }

    #[test]
    fn back_is_what_the_last_preset_replaced_and_again_is_forth() {
        let (mut way, preset) = (WayBack::default(), Ask::Preset("male".into()));
        assert_eq!(way.before(), None);
        load(&mut way, -1.0, &preset, -2.0);
        load(&mut way, -2.0, &Ask::Tonic(1), -3.0);
        assert_eq!(way.before(), Some(&drone(-1.0)), "only presets are gone back from");
        assert_eq!(way.swap(drone(-3.0)), Some(drone(-1.0)));
        assert_eq!(way.swap(drone(-1.0)), Some(drone(-3.0)), "what was changed since the preset comes back too");
        load(&mut way, -3.0, &preset, -4.0);
        load(&mut way, -4.0, &preset, -5.0);
        assert_eq!(way.before(), Some(&drone(-4.0)));
    }

    #[test]
    fn steps_through_the_list_are_gone_back_at_once_to_what_was_not_saved() {
        let (mut way, next) = (WayBack::default(), Ask::PresetStep(1));
        load(&mut way, -1.0, &next, -2.0);
        load(&mut way, -2.0, &next, -3.0);
        assert_eq!(way.before(), Some(&drone(-1.0)));
        // Changed on the way: that is worth going back to.
        load(&mut way, -3.5, &next, -4.0);
        assert_eq!(way.before(), Some(&drone(-3.5)));
        // A preset that was asked for by its name is where it begins anew.
        load(&mut way, -4.0, &Ask::Preset("male".into()), -5.0);
        load(&mut way, -5.0, &next, -6.0);
        assert_eq!(way.before(), Some(&drone(-5.0)));
    }
}
