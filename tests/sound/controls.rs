//! Thread, bridge, stiffness, force and place flipped from end to end twenty times a second while it sounds: no click.

use crate::clicks::Edges;
use crate::measure::peak;
use crate::play::{render, tanpura};
use tanpura::{Command, Frame, Param, Settings, Tanpura};

/// What a hand can flip while the drone sounds.
const HAND: [Param; 5] = [Param::Thread, Param::Bridge, Param::Stiffness, Param::Force, Param::Place];

/// What is left without a bridge.
const WITHOUT_BRIDGE: [Param; 4] = [Param::Thread, Param::Stiffness, Param::Force, Param::Place];

/// Flips a second.
const FLIPS_HZ: f64 = 20.0;

/// Seconds for which it sounds before, and is listened to: four strokes fall into these.
const BEFORE_S: f64 = 2.0;
const LISTEN_S: f64 = 4.0;

/// Most that steps and bursts may be of those of a drone left alone with its parameters as they come, at either end or
/// half-way. 6 dB: alone too, one place of the thread steps twice as far as another.
const STEP: f64 = 2.0;
const BURST: f64 = 2.0;

/// How far under the peak the largest click of plain strings must be, dB: chosen, no source. Left alone theirs are some 70 dB
/// under it.
const CLICK_DB: f64 = 50.0;

/// Flips that make hard plucks.
const HARD: [&str; 2] = ["pluck-force", "all"];

/// What a drone does when left alone.
fn steady(settings: &Settings) -> Edges {
    let mut tanpura = tanpura(settings);
    render(&mut tanpura, BEFORE_S);
    Edges::of_frames(&render(&mut tanpura, LISTEN_S))
}

/// What it does when left alone with parameters at one end, half-way and at the other end.
fn along(settings: &Settings, params: &[Param]) -> Edges {
    let at = |share: f64| {
        let mut settings = settings.clone();
        for param in params {
            let (low, high) = (param.info().range.start(), param.info().range.end());
            settings.set(*param, low + share * (high - low));
        }
        steady(&settings)
    };
    [0.0, 0.5, 1.0].map(at).into_iter().fold(Edges::default(), Edges::or)
}

/// What it plays when parameters go from end to end.
fn flipped(settings: &Settings, params: &[Param]) -> Vec<Frame> {
    let mut tanpura = tanpura(settings);
    render(&mut tanpura, BEFORE_S);
    let flip = |tanpura: &mut Tanpura, n: usize| {
        for param in params {
            let range = &param.info().range;
            let end = if n.is_multiple_of(2) { range.end() } else { range.start() };
            tanpura.apply(Command::Set(*param, *end));
        }
        render(tanpura, 1.0 / FLIPS_HZ)
    };
    let frames: Vec<Frame> = (0..(LISTEN_S * FLIPS_HZ) as usize).flat_map(|n| flip(&mut tanpura, n)).collect();
    assert!(frames.iter().flatten().all(|x| x.is_finite()), "{params:?}");
    frames
}

/// What came of flipping parameters.
struct Flipped {
    id: &'static str,
    /// Edges, as shares of those of the drone left alone with these parameters anywhere on their way.
    of_steady: Edges,
    /// The largest click that could have made the loudest burst, under the peak, dB.
    click_db: f64,
}

/// Flips each parameter alone, then all together.
fn flips(name: &str, settings: &Settings, params: &[Param]) -> Vec<Flipped> {
    let settings = Settings { room: 0.0, human: 0.0, ..settings.clone() };
    let usual = steady(&settings);
    let steady: Vec<Edges> = params.chunks(1).map(|param| usual.or(along(&settings, param))).collect();
    let each = params.chunks(1).zip(&steady).map(|(param, steady)| (param[0].info().id, param, *steady));
    let all = ("all", params, steady.iter().copied().fold(along(&settings, params), Edges::or));
    let measure = |(id, params, steady): (&'static str, &[Param], Edges)| {
        let frames = flipped(&settings, params);
        let edges = Edges::of_frames(&frames);
        let click_db = 20.0 * (f64::from(peak(frames.as_flattened())) / edges.click()).log10();
        let (of_usual, of_steady) = (edges.over(usual), edges.over(steady));
        println!(
            "flip {name}, {id}: {of_usual} of the drone; {of_steady} of it with these left alone; as a click of -{click_db:.0} dB"
        );
        Flipped { id, of_steady, click_db }
    };
    each.chain([all]).map(measure).collect()
}

/// Asserts that no flip is sharper than a drone left alone.
fn check(name: &str, settings: &Settings) {
    let flips = flips(name, settings, &HAND);
    let sharp = flips.iter().filter(|flip| flip.of_steady.exceed(STEP, BURST));
    let sharp: Vec<String> = sharp.map(|flip| format!("{}: {}", flip.id, flip.of_steady)).collect();
    assert_eq!(sharp, [""; 0], "{name}");
}

#[test]
fn no_parameter_clicks_through_the_body() {
    check("body", &Settings::default());
}

#[test]
fn no_parameter_clicks_in_the_bare_force() {
    check("bare", &Settings { body: 0.0, ..Settings::default() });
}

/// The dullest sound there is: nothing hides a click.
#[test]
fn no_parameter_clicks_in_the_bare_force_of_plain_strings() {
    let flips = flips("plain", &Settings { body: 0.0, jawari: 0.0, ..Settings::default() }, &WITHOUT_BRIDGE);
    // A hard pluck is sharper than that by itself: it must not be sharper than one that was hard all along.
    let sharp = flips.iter().filter(|flip| flip.of_steady.step > STEP);
    let sharp = sharp.chain(flips.iter().filter(|flip| !HARD.contains(&flip.id) && flip.click_db < CLICK_DB));
    let sharp: Vec<String> = sharp.map(|flip| format!("{}: click of -{:.0} dB", flip.id, flip.click_db)).collect();
    assert_eq!(sharp, [""; 0]);
}
