//! What there is to say about settings that changed.

use tanpura::instrument::settings::PARAMS;
use tanpura::{Param, Settings};

/// What is otherwise than before, in a few words.
pub(super) fn told(settings: &Settings, before: &Settings) -> String {
    let mut told = Vec::new();
    let mut tell = |is_changed: bool, words: String| {
        if is_changed {
            told.push(words);
        }
    };
    let sa = format!("Sa {} = {:.3} Hz", settings.tonic, settings.sa_hz());
    tell(settings.tonic != before.tonic || settings.a4_hz != before.a4_hz, sa);
    tell(settings.pattern != before.pattern, settings.pattern.to_string());
    tell(settings.model != before.model, format!("{} tanpura", settings.model));
    tell(settings.tuning != before.tuning, format!("tuned {}", settings.tuning));
    tell(settings.rhythm != before.rhythm, format!("rhythm {}", settings.rhythm));
    tell(settings.seed != before.seed, format!("seed {}", settings.seed));
    for info in &PARAMS {
        // Of the two ways to say one thing, the one that was said.
        let is_other = matches!(info.param, Param::Bpm | Param::Cycle) && settings.is_unsaid(info.param);
        let follows = info.param == Param::Bridge && settings.is_unsaid(Param::Bridge);
        let is_changed = settings.get(info.param) != before.get(info.param) && !is_other && !follows;
        tell(is_changed, value(settings, info.param));
    }
    for (string, (own, was)) in settings.per_string.iter().zip(&before.per_string).enumerate() {
        tell(own != was, format!("string {}{}", string + 1, crate::report::of_its_own(own)));
    }
    tell(
        settings.sur_peti != before.sur_peti,
        match &settings.sur_peti {
            Some(chord) => format!("sur-peti {chord}"),
            None => "no sur-peti".to_owned(),
        },
    );
    tell(
        settings.others.len() != before.others.len(),
        match settings.others.len() {
            0 => "one tanpura".to_owned(),
            others => format!("{} tanpuras", others + 1),
        },
    );
    let is_tuned = settings.tonic != before.tonic || settings.cents != before.cents || settings.tuning != before.tuning;
    if told.is_empty() && settings.others != before.others && !is_tuned {
        told.push("other tanpuras beside".to_owned());
    }
    told.join(", ")
}

/// A parameter with its value.
pub(super) fn value(settings: &Settings, param: Param) -> String {
    let (info, value) = (param.info(), (settings.get(param) * 1000.0).round() / 1000.0);
    format!("{} {value} {}", info.id, info.unit).trim_end().to_owned()
}
