//! What somebody asks of a session, carried out, and what there is to say about it.

use super::{News, PAUSE_S, Session, gaps};
use crate::options::Drone;
use crate::play::ask::Ask;
use crate::play::change::{Changed, changed, no_string};
use crate::play::remote;
use crate::play::way_back::Was;
use crate::preset::save::{self, Exists};
use crate::report;
use anyhow::bail;
use tanpura::output::live::Health;

/// How long the end of a pause takes, s.
const RESUME_S: f64 = 0.3;

impl Session {
    /// Carries out what was asked for; what there is to say about it, also where it cannot be done.
    pub(crate) fn answer(&mut self, ask: &Ask) -> Option<News> {
        match (ask, self.ask(ask)) {
            (_, Ok(said)) => (!said.is_empty()).then(|| News::good(said)),
            (Ask::Save { name, .. }, Err(error)) if error.is::<Exists>() => {
                Some(News::bad(format!("you have a preset {name}; save! {name} replaces it")))
            }
            (_, Err(error)) => Some(News::bad(format!("{error:#}"))),
        }
    }

    /// Carries out what somebody asks for. Returns what to say about it: a line, several for those who ask for more, or nothing.
    ///
    /// # Errors
    /// What cannot be done; then everything is as it was.
    fn ask(&mut self, ask: &Ask) -> anyhow::Result<String> {
        let now = changed(self.desk.settings(), self.preset.as_deref(), self.has_own_sa, ask)?;
        if let Some(Changed { settings, said, preset }) = now {
            let was = Was { settings: self.desk.settings().clone(), preset: self.preset.clone() };
            let before = was.settings.tonic.clone();
            self.desk.set(settings)?;
            self.way_back.leave(was, ask, self.desk.settings());
            self.preset = preset;
            self.has_own_sa = match ask {
                Ask::Tonic(_) => true,
                Ask::Change(change) => self.has_own_sa || change.tonic.is_some(),
                // A preset asked for by its name brings its own, where it has one.
                _ => self.has_own_sa && self.desk.settings().tonic == before,
            };
            let is_preset = matches!(ask, Ask::Preset(_) | Ask::PresetStep(_));
            return Ok(if is_preset { format!("{said}; {} goes back", self.means.undo()) } else { said });
        }
        match ask {
            Ask::Pluck { string, force } => self.pluck(*string, *force),
            Ask::Pause(pause) => Ok(self.pause(pause.unwrap_or(!self.desk.is_paused()))),
            Ask::Undo => self.undo(),
            Ask::Save { name, force } => self.save(name, *force),
            Ask::Status => self.status(),
            Ask::Help => Ok(remote::help().to_owned()),
            _ => {
                self.wants_to_quit = true;
                Ok(String::new())
            }
        }
    }

    fn pluck(&mut self, string: usize, force: f64) -> anyhow::Result<String> {
        let settings = self.desk.settings();
        let is_muted = settings.string(string).ok_or_else(|| no_string(settings, string))?.mute;
        // While nobody asks for sound strokes would gather, and come all at once.
        if self.health == Health::Playing {
            self.desk.pluck(string, force);
        }
        Ok(if self.desk.is_paused() {
            format!("paused; {} goes on", self.means.resume())
        } else if is_muted {
            format!("string {} is muted; {} lets it sound", string + 1, self.means.unmute(string))
        } else {
            String::new()
        })
    }

    fn undo(&mut self) -> anyhow::Result<String> {
        let undo = self.means.undo();
        let Some(before) = self.way_back.before() else {
            bail!("there is nothing to go back to; {undo} goes back from a preset that was loaded while it plays");
        };
        let now = Was { settings: self.desk.settings().clone(), preset: self.preset.clone() };
        self.desk.set(before.settings.clone())?;
        self.preset = self.way_back.swap(now).and_then(|before| before.preset);
        let name = self.preset.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        Ok(format!("back to {name}{}; {undo} goes forth again", self.desk.settings().pattern))
    }

    fn pause(&mut self, pause: bool) -> String {
        if pause {
            self.desk.pause(PAUSE_S);
            "paused".to_owned()
        } else {
            self.desk.resume(RESUME_S);
            // A last fade goes on when the sound is back.
            (self.is_ending, self.fade_from_s) = (false, self.elapsed_s() + RESUME_S);
            "playing".to_owned()
        }
    }

    fn save(&mut self, name: &str, force: bool) -> anyhow::Result<String> {
        let name = crate::preset::name(name).map_err(anyhow::Error::msg)?;
        let kept = save::keep(&name, None, self.preset.as_deref(), self.desk.settings(), force)?;
        let said = format!("saved {}; tanpura play --preset {name}", kept.path.display());
        self.preset = Some(name);
        Ok(said)
    }

    fn status(&self) -> anyhow::Result<String> {
        let drone = Drone::of(self.preset.clone(), self.desk.settings().clone())?;
        let state = match self.health {
            Health::Playing if self.desk.is_paused() => "paused".to_owned(),
            Health::Playing => "playing".to_owned(),
            _ => self.stream.lost_reason().unwrap_or_default(),
        };
        let gaps = gaps(self.stream.xruns());
        Ok(format!(
            "{}{}",
            report::describe(&drone),
            report::labelled("now", [format!("{state}, {:.1} s, {gaps}", self.elapsed_s())])
        ))
    }
}
