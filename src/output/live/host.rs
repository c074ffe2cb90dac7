//! Which sound system to play through: ALSA, `PulseAudio`, JACK, what the build and the machine have.

use super::LiveError;
use super::device::{reason, silence_libasound};
use cpal::traits::HostTrait;
use std::fmt;
use std::sync::Arc;

/// Sound systems that a build has only with the feature of the same name.
const FEATURES: &[&str] =
    if cfg!(any(target_os = "linux", target_os = "freebsd", target_os = "netbsd", target_os = "dragonfly")) {
        &["jack", "pulseaudio", "pipewire"]
    } else if cfg!(any(target_os = "macos", windows)) {
        &["jack"]
    } else {
        &[]
    };
/// A server for people who start it on purpose: its host always answers, even where no server runs.
const ON_PURPOSE: &str = "jack";
/// The host of a driver that a program brings along: it has no name to be asked for by.
const OWN: &str = "custom";

/// A sound system. Choosing one does not connect to it.
#[derive(Clone)]
pub struct Host(Which);

#[derive(Clone)]
enum Which {
    System,
    Named(cpal::HostId),
    Own(Arc<cpal::Host>),
}

impl Host {
    /// The first that answers, of those compiled in: `PipeWire`, then `PulseAudio`, then ALSA. JACK has to be asked for
    /// by name.
    pub fn system() -> Self {
        Self(Which::System)
    }

    /// One of [`Host::names`], in any case of letters.
    ///
    /// # Errors
    /// [`LiveError::UnknownHost`] where it is not compiled in.
    pub fn named(name: &str) -> Result<Self, LiveError> {
        let found = compiled().find(|id| id.to_string().eq_ignore_ascii_case(name));
        let unknown = || {
            let names = Self::names();
            let by_feature = FEATURES.iter().map(|&feature| feature.to_owned());
            let by_feature = by_feature.filter(|feature| !names.contains(feature)).collect();
            LiveError::UnknownHost { name: name.to_owned(), names, by_feature }
        };
        found.map(|id| Self(Which::Named(id))).ok_or_else(unknown)
    }

    /// Names of the sound systems that are compiled in: `alsa`, `coreaudio`, `jack`, `pipewire`, `pulseaudio`, `wasapi`.
    /// Whether one answers shows when it is used.
    pub fn names() -> Vec<String> {
        compiled().map(|id| id.to_string()).collect()
    }

    /// Its name; `system` for [`Host::system`].
    pub fn name(&self) -> String {
        match &self.0 {
            Which::System => "system".to_owned(),
            Which::Named(id) => id.to_string(),
            Which::Own(host) => host.id().to_string(),
        }
    }

    /// Connects to it. May take as long as the sound system likes.
    pub(super) fn connect(&self) -> Result<Arc<cpal::Host>, LiveError> {
        silence_libasound();
        match &self.0 {
            Which::System => first_that_answers(),
            Which::Named(id) => open(*id),
            Which::Own(host) => Ok(Arc::clone(host)),
        }
    }

    /// This choice once it has been made: a lost device is looked for where it was, not wherever something answers.
    pub(super) fn settled(&self, connected: &cpal::Host) -> Self {
        match &self.0 {
            Which::System => Self(Which::Named(connected.id())),
            _ => self.clone(),
        }
    }
}

/// Plays through a driver of your own, for tests or for sound systems that `cpal` does not know; see its feature `custom`.
impl From<cpal::Host> for Host {
    fn from(host: cpal::Host) -> Self {
        Self(Which::Own(Arc::new(host)))
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Host").field(&self.name()).finish()
    }
}

fn compiled() -> impl Iterator<Item = cpal::HostId> {
    cpal::ALL_HOSTS.iter().copied().filter(|id| id.to_string() != OWN)
}

/// (`cpal::default_host` panics where ALSA's configuration is broken.)
fn first_that_answers() -> Result<Arc<cpal::Host>, LiveError> {
    let mut why = LiveError::NoDevice { reason: "this system has no sound".to_owned() };
    for id in cpal::available_hosts().into_iter().filter(|id| id.to_string() != ON_PURPOSE) {
        match open(id) {
            // A server without anything to play on leaves it to the next.
            Ok(host) if host.default_output_device().is_some() => return Ok(host),
            Ok(_) => why = LiveError::NoDevice { reason: format!("{id} has none") },
            Err(error) => why = error,
        }
    }
    Err(why)
}

fn open(id: cpal::HostId) -> Result<Arc<cpal::Host>, LiveError> {
    let no_device = |reason: &str| LiveError::NoDevice { reason: format!("{id}: {reason}") };
    let host = cpal::host_from_id(id).map_err(|error| no_device(&reason(&error)))?;
    // JACK has a device exactly where it has a server.
    if id.to_string() == ON_PURPOSE && host.default_output_device().is_none() {
        return Err(no_device("no server is running"));
    }
    Ok(Arc::new(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_chooses_its_host_in_any_case() {
        let names = Host::names();
        assert!(!names.is_empty());
        for name in names {
            let host = Host::named(&name.to_uppercase()).expect("it is compiled in");
            assert_eq!(host.name(), name);
        }
        assert_eq!(Host::system().name(), "system");
    }

    #[test]
    fn a_driver_of_ones_own_has_no_name_to_be_asked_for_by() {
        assert!(Host::named(OWN).is_err() && !Host::names().contains(&OWN.to_owned()));
    }
}
