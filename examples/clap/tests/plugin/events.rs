//! What happens on frames, as CLAP says it.

use clack_host::events::event_types::*;
use clack_host::events::{EventFlags, Match};
use clack_host::prelude::*;
use clack_host::utils::FixedPoint;
use tanpura_clap::{Id, ROWS};

/// Something that happens on a frame.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Ev {
    Set(&'static str, f64),
    Mod(&'static str, f64),
    On(u16, f64),
    Off(u16),
    Choke(u16),
    Tune(u16, f64),
    /// The host plays at so many beats a minute, or does not.
    Play(f64),
    Halt,
}

/// The number of a parameter.
pub(crate) fn number(key: &str) -> ClapId {
    ClapId::new(ROWS.iter().find(|row| row.key == key).expect("a parameter").number)
}

/// The parameter of a key.
pub(crate) fn id(key: &str) -> Id {
    ROWS.iter().find(|row| row.key == key).expect("a parameter").id
}

/// What the host's transport does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Transport {
    /// There is none.
    Absent,
    /// It stands.
    Halted,
    /// It plays at so many beats a minute.
    At(f64),
}

/// A transport that plays at a tempo, or does not.
pub(crate) fn transport(time: u32, tempo: Option<f64>) -> TransportEvent {
    let nowhere = FixedPoint::from_int(0);
    let plays = if tempo.is_some() { TransportFlags::IS_PLAYING } else { TransportFlags::empty() };
    TransportEvent {
        header: EventHeader::new_core(time, EventFlags::empty()),
        flags: TransportFlags::HAS_TEMPO | plays,
        song_pos_beats: nowhere,
        song_pos_seconds: nowhere,
        tempo: tempo.unwrap_or(120.0),
        tempo_inc: 0.0,
        loop_start_beats: nowhere,
        loop_end_beats: nowhere,
        loop_start_seconds: nowhere,
        loop_end_seconds: nowhere,
        bar_start: nowhere,
        bar_number: 0,
        time_signature_numerator: 4,
        time_signature_denominator: 4,
    }
}

impl Ev {
    /// Puts it into a buffer, at a frame of a block.
    pub(crate) fn push(self, time: u32, buffer: &mut EventBuffer) {
        let key = |key: u16| Pckn::new(0u16, 0u16, key, Match::All);
        match self {
            Self::Set(name, value) => {
                buffer.push(&ParamValueEvent::new(time, number(name), Pckn::match_all(), value));
            }
            Self::Mod(name, amount) => {
                buffer.push(&ParamModEvent::new(time, number(name), Pckn::match_all(), amount));
            }
            Self::On(number, velocity) => buffer.push(&NoteOnEvent::new(time, key(number), velocity)),
            Self::Off(number) => buffer.push(&NoteOffEvent::new(time, key(number), 0.0)),
            Self::Choke(number) => buffer.push(&NoteChokeEvent::new(time, key(number))),
            Self::Tune(number, semitones) => {
                let kind = NoteExpressionType::Tuning;
                buffer.push(&NoteExpressionEvent::new(time, key(number), kind, semitones));
            }
            Self::Play(tempo) => buffer.push(&transport(time, Some(tempo))),
            Self::Halt => buffer.push(&transport(time, None)),
        }
    }
}
