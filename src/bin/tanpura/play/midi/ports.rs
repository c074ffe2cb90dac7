//! Ports of the system, through midir: one is listened to, and looked for again when it goes away.

use super::inbox::Inbox;
use super::map::{DEFAULT, Map};
use super::names::{choose, plain};
use super::{Heard, message};
use crate::cli::PlayArgs;
use anyhow::{Context, anyhow};
use midir::{Ignore, MidiInput, MidiInputConnection, MidiInputPort};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;
use tanpura::output::live::silence_libasound;

/// What the program is called among others of MIDI.
const CLIENT: &str = "tanpura";
/// How often is looked whether the port is there: soon enough for somebody with a plug in their hand.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Most of a map's file that is read, bytes: no map comes near this size.
const LARGEST: u64 = 1 << 20;

/// A port that is listened to.
#[derive(Debug)]
pub(crate) struct Midi {
    map: Map,
    inbox: Arc<Inbox>,
    said: Receiver<String>,
    /// The watching thread ends when this is gone.
    _watched: Sender<()>,
    port: String,
}

impl Midi {
    /// What came since, one at a time. Does not wait.
    pub(crate) fn next(&mut self) -> Option<Heard> {
        if let Ok(said) = self.said.try_recv() {
            // Nothing is held on a keyboard that was pulled out.
            self.map.let_go();
            return Some(Heard::Said(said));
        }
        // Messages that the map knows nothing of are passed over; no more can wait than the inbox holds.
        while let Some(message) = self.inbox.pop() {
            if let Some(ask) = self.map.ask(message) {
                return Some(Heard::Ask(ask));
            }
        }
        None
    }

    /// Name of the port.
    pub(crate) fn port(&self) -> &str {
        &self.port
    }
}

/// Opens the port that `--midi` asks for, with the map of `--midi-map`; `None` where neither is asked for.
///
/// # Errors
/// A map that cannot be read, a system without MIDI, no port of this name.
pub(crate) fn open(args: &PlayArgs) -> anyhow::Result<Option<Midi>> {
    let Some(wanted) = args.midi.as_deref().or(args.midi_map.as_ref().map(|_| "")) else { return Ok(None) };
    let map = match &args.midi_map {
        Some(path) => read_map(path)?,
        None => Map::read(DEFAULT).map_err(|said| anyhow!(said))?,
    };
    let inbox = Arc::new(Inbox::default());
    let listening = Listening::open(Some(wanted).filter(|wanted| !wanted.is_empty()), &inbox)?;
    let port = listening.name.clone();
    let (say, said) = channel();
    let (watched, unwatched) = channel();
    let watch = {
        let inbox = Arc::clone(&inbox);
        move || watch(listening, &inbox, &say, &unwatched)
    };
    thread::Builder::new().name("midi".to_owned()).spawn(watch).context("cannot listen for MIDI")?;
    Ok(Some(Midi { map, inbox, said, _watched: watched, port }))
}

fn read_map(path: &Path) -> anyhow::Result<Map> {
    let quoted = path.to_string_lossy();
    let mut text = String::new();
    let file = File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text));
    file.with_context(|| format!("cannot read MIDI map {quoted:?}"))?;
    Map::read(&text).map_err(|said| anyhow!("MIDI map {quoted:?}: {said}"))
}

/// Names of all ports, and whether each is the one that is listened to where none is named.
///
/// # Errors
/// A system without MIDI.
pub(crate) fn list() -> anyhow::Result<Vec<(String, bool)>> {
    let input = client()?;
    let names = names(&input, &input.ports());
    let default = choose(&names, None).ok();
    Ok(names.into_iter().enumerate().map(|(index, name)| (name, default == Some(index))).collect())
}

/// A port that is there, its connection, and the client that looks whether it still is.
struct Listening {
    name: String,
    port: MidiInputPort,
    looking: MidiInput,
    _connection: MidiInputConnection<()>,
}

impl Listening {
    fn open(wanted: Option<&str>, inbox: &Arc<Inbox>) -> anyhow::Result<Self> {
        let looking = client()?;
        let ports = looking.ports();
        let names = names(&looking, &ports);
        let index = choose(&names, wanted).map_err(|said| anyhow!(said))?;
        let (name, port) = (names[index].clone(), ports[index].clone());
        let mut input = client()?;
        // Clocks and the innards of synthesizers.
        input.ignore(Ignore::All);
        let inbox = Arc::clone(inbox);
        let hear = move |_, bytes: &[u8], (): &mut ()| {
            if let Some(message) = message::read(bytes) {
                inbox.push(message);
            }
        };
        let connection = input.connect(&port, "in", hear, ());
        let connection = connection.map_err(|error| anyhow!("the MIDI port {name} cannot be listened to: {error}"))?;
        Ok(Self { name, port, looking, _connection: connection })
    }

    fn is_there(&self) -> bool {
        self.looking.ports().contains(&self.port)
    }
}

/// Says when the port goes away, and listens to it again when it is back; until nobody wants it any more.
fn watch(listening: Listening, inbox: &Arc<Inbox>, say: &Sender<String>, unwatched: &Receiver<()>) {
    let name = plain(&listening.name).to_owned();
    let mut listening = Some(listening);
    while unwatched.recv_timeout(LOOK_EVERY) == Err(RecvTimeoutError::Timeout) {
        let said = match &listening {
            Some(here) if here.is_there() => continue,
            Some(_) => {
                listening = None;
                format!("the MIDI port {name} went away; plug it in again")
            }
            None => match Listening::open(Some(&name), inbox) {
                Err(_) => continue,
                Ok(found) => {
                    listening = Some(found);
                    format!("the MIDI port {name} is back")
                }
            },
        };
        // Nobody to hear it: then the next look ends this.
        let _ = say.send(said);
    }
}

/// A client of the system's MIDI.
fn client() -> anyhow::Result<MidiInput> {
    silence_libasound();
    let advice = if cfg!(target_os = "linux") {
        "there is no MIDI here: ALSA's sequencer, /dev/snd/seq, does not open; `sudo modprobe snd-seq` loads it"
    } else {
        "there is no MIDI here: the system's MIDI does not open"
    };
    MidiInput::new(CLIENT).map_err(|_| anyhow!(advice))
}

fn names(input: &MidiInput, ports: &[MidiInputPort]) -> Vec<String> {
    // One that goes away meanwhile has no name, and nobody asks for it.
    ports.iter().map(|port| input.port_name(port).unwrap_or_default()).collect()
}
