//! L9 to the letter: the energy of a loop of the instrument's own parts never rises, step by step.
//!
//! The string is wired here once more, from the same parts, so that every wave can be weighed. Energies are sums of
//! squared velocity waves: those on their way through the long string, and those between bridge and thread.

use proptest::prelude::*;
use tanpura::dsp::damping::{self, Damping};
use tanpura::dsp::delay_line::DelayLine;
use tanpura::dsp::noise::chance;
#[cfg(feature = "simd")] // what plain arrays do without
use tanpura::dsp::simd::prelude::*;
use tanpura::dsp::simd::{Level, dispatch};
use tanpura::dsp::{BLOCK, LANES, Lanes, SHORT_BLOCK, block_at_mut};
use tanpura::string::STRINGS;
use tanpura::string::dispersion::{self, Dispersion};
use tanpura::string::jawari::{Jawari, MAX_TAU, MIN_TAU};

/// Rounding of f32 in a sum of some dozen terms.
const ROUNDING: f64 = 1e-6;

/// What rounding may look like a pull, over thousands of frames in a thread that loses nothing, m/s.
const PULL: f64 = 1e-4;

/// Length of the ideal long string, frames: a whole number of blocks.
const PERIOD: usize = 6 * BLOCK;

/// Waves spread evenly over -1 to 1 m/s, of one seed.
fn random_waves(seed: u64) -> Vec<f32> {
    (0..PERIOD as u64).map(|n| chance(seed, n, 0) as f32).collect()
}

/// The thread seen from outside: it remembers what went out to it, and weighs what is on the way.
struct Thread {
    tau: f64,
    /// The waves that went out, latest first.
    sent: Vec<f64>,
}

impl Thread {
    fn new(tau: f64) -> Self {
        Self { tau, sent: vec![0.0; tau as usize + 2] }
    }

    /// Share of the wave sent `k` frames ago that is still on its way.
    fn share(&self, k: usize) -> f64 {
        (self.tau - k as f64).clamp(0.0, 1.0)
    }

    /// The wave sent in the frame in which `a` came in from the long string and `b` went back: what keeps the height of the
    /// string, the sum of all on its way, in step with its velocity a + b. Returns the contact force.
    fn exchange(&mut self, a: f64, b: f64) -> f64 {
        let height =
            |first: usize, sent: &[f64]| sent.iter().enumerate().map(|(k, s)| self.share(k + first) * s).sum::<f64>();
        let sent = (height(0, &self.sent) + a + b - height(1, &self.sent)) / self.share(0);
        self.sent.rotate_right(1);
        self.sent[0] = sent;
        sent - a
    }

    fn energy(&self) -> f64 {
        self.sent.iter().enumerate().map(|(k, s)| self.share(k) * s * s).sum()
    }
}

/// Runs random waves through an ideal string and the junction, by every second seed half a block at a time: the largest rise of energy in a
/// frame and the energy left, as shares of the first, and the largest force that pulls.
fn run(tau: f64, h: f32, seed: u64) -> (f64, f64, f64) {
    if seed.is_multiple_of(2) { run_by::<BLOCK>(tau, h, seed) } else { run_by::<SHORT_BLOCK>(tau, h, seed) }
}

/// The same by `N` frames at a time.
fn run_by<const N: usize>(tau: f64, h: f32, seed: u64) -> (f64, f64, f64) {
    let mut jawari = Jawari::new();
    jawari.set_thread(0, tau);
    jawari.set_height(0, h, h);
    jawari.clear(0);
    let mut thread = Thread::new(tau);
    thread.sent.fill(f64::from(h.max(0.0)) / tau);
    let mut long = random_waves(seed);
    let square = |x: f32| f64::from(x).powi(2);
    let mut travelling: f64 = long.iter().map(|x| square(*x)).sum();
    let first = travelling + thread.energy();
    let (mut before, mut rise, mut pull) = (first, f64::MIN, 0.0f64);
    for round in 0..200 * BLOCK / N {
        let start = round * N % PERIOD;
        let arriving: [f32; N] = std::array::from_fn(|n| -long[start + n]);
        let mut velocity = [0.0; N];
        dispatch!(Level::new(), simd => {
            let mut running = jawari.begin::<N, _>(simd, round * N % BLOCK);
            for (n, a) in arriving.into_iter().enumerate() {
                running.tick(n, Lanes::<STRINGS>::from_fn(|lane| if lane == 0 { a } else { 0.0 }).load(simd));
            }
            jawari.end::<N, _>(simd);
            let passed = jawari.passed::<N, _>(simd, 0);
            for n in (0..N).step_by(16) {
                passed.velocity(n).store_slice(&mut velocity[n..n + 16]);
            }
        });
        for n in 0..N {
            let a = arriving[n];
            let b = velocity[n] - a;
            pull = pull.min(thread.exchange(a.into(), b.into()));
            travelling += square(b) - square(long[start + n]);
            long[start + n] = b;
            let now = travelling + thread.energy();
            rise = rise.max((now - before) / first);
            before = now;
        }
    }
    (rise, before / first, -pull)
}

/// So many cases, unless more are asked for, as in tests/properties.rs.
fn tried(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: asked.unwrap_or(cases), failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn the_bridge_only_takes_energy_and_only_pushes() {
    for tau in [0.3, 0.5, 0.8, 1.0, 1.3, 1.73, 2.0, 2.6, 3.0, 4.0, 4.5, 5.0, 6.0, 7.0] {
        for (h, name) in [(0.0, "grazing"), (-0.4, "gap"), (0.4, "pressed")] {
            for seed in 0..6 {
                let (rise, left, pull) = run(tau, h, seed);
                if seed == 0 {
                    println!("L9 tau {tau}, {name}: rises by {rise:.1e} a frame at most, {left:.3} left");
                }
                assert!(rise < ROUNDING, "tau {tau}, {name}: the energy rises by {rise:.1e}");
                assert!(pull < PULL, "tau {tau}, {name}: the bridge pulls with {pull:.1e}");
                // Pressed hard enough, the string never leaves the bridge, and that costs nothing.
                assert!(left < 0.95 || h > 0.0, "tau {tau}, {name}: the waves touched and lost nothing, {left}");
            }
        }
    }
}

proptest! {
    #![proptest_config(tried(200))]

    #[test]
    fn wherever_thread_and_bridge_are_the_energy_never_rises(tau in MIN_TAU..=MAX_TAU, h in -3f32..3.0, seed: u64) {
        let (rise, left, _) = run(tau, h, seed);
        prop_assert!(rise < ROUNDING && left < 1.0 + 1e-3, "rises by {rise:.1e} a frame, {left:.6} left");
    }
}

#[test]
fn without_a_bridge_a_thread_at_whole_samples_keeps_every_wave() {
    for tau in [1.0, 2.0, 5.0] {
        let (rise, left, pull) = run_by::<BLOCK>(tau, -1e6, 1);
        assert!(
            rise < ROUNDING && (left - 1.0).abs() < 1e-4 && pull < PULL,
            "tau {tau}: {rise:.1e}, {left}, {pull:.1e}"
        );
    }
}

/// Sum of squares that a stage has let out so far never exceeds what went in.
fn assert_passive(name: &str, mut stage: impl FnMut(&mut [Lanes<LANES>; BLOCK])) {
    let (mut into, mut out) = (0.0, 0.0);
    for block in 0..400u64 {
        let mut wave: [Lanes<LANES>; BLOCK] = std::array::from_fn(|n| {
            // A second of noise, then what still comes out.
            let loud = if block < 300 { 1.0 } else { 0.0 };
            Lanes::splat(loud * chance(3, block * BLOCK as u64 + n as u64, 1) as f32)
        });
        let energy = |wave: &[Lanes<LANES>; BLOCK]| wave.iter().map(|x| f64::from(x[0]).powi(2)).sum::<f64>();
        into += energy(&wave);
        stage(&mut wave);
        out += energy(&wave);
        assert!(out <= into * (1.0 + ROUNDING), "{name}: {out} from {into}");
    }
    println!("L9 {name}: lets {:.4} of the energy through", out / into);
}

fn assert_delay_is_passive(delay: f64) {
    let mut line = DelayLine::new(delay.ceil() + 1.0);
    line.set_delay(0, delay);
    line.shorten(Lanes::ZERO);
    assert_passive("delay line", |wave| {
        if line.holds_a_block() {
            send::<BLOCK>(&mut line, wave);
        } else {
            send::<SHORT_BLOCK>(&mut line, block_at_mut(wave, 0));
            send::<SHORT_BLOCK>(&mut line, block_at_mut(wave, SHORT_BLOCK));
        }
    });
}

/// Sends `N` frames through a delay line.
fn send<const N: usize>(line: &mut DelayLine, wave: &mut [Lanes<LANES>; N]) {
    let mut rows = [[0.0; N]; LANES];
    dispatch!(Level::new(), simd => line.read(simd, rows.each_mut()));
    for (lane, row) in line.next_rows::<N>().into_iter().enumerate() {
        *row = wave.map(|frame| frame[lane]);
    }
    line.go_on::<N>();
    *wave = std::array::from_fn(|n| Lanes::from_fn(|lane| rows[lane][n]));
}

fn assert_dispersion_is_passive(design: dispersion::Design) {
    let mut chain = Dispersion::new();
    chain.set(0, design);
    assert_passive("dispersion", |wave| {
        dispatch!(Level::new(), simd => {
            let mut chain = chain.begin(simd);
            for frame in wave {
                frame.store(chain.tick(frame.load(simd)));
            }
            chain.end();
        });
    });
}

fn assert_damping_is_passive(design: damping::Design) {
    let mut losses = Damping::new();
    losses.set(0, design);
    assert_passive("damping", |wave| {
        dispatch!(Level::new(), simd => {
            let mut losses = losses.begin(simd);
            for frame in wave {
                frame.store(losses.tick(frame.load(simd)));
            }
            losses.end();
        });
    });
}

#[test]
fn every_other_stage_of_the_loop_only_takes_energy() {
    for step in 0..=10 {
        assert_delay_is_passive(340.0 + f64::from(step) / 10.0);
    }
    for b in [0.0, 1.6e-5, 1e-4, 1e-3] {
        assert_dispersion_is_passive(dispersion::Design::stiff_string(b, 346.3));
    }
    for high_s in [14.0, 2.9, 0.1] {
        assert_damping_is_passive(damping::Design::from_t60(14.0, high_s, 138.6, 48_000.0));
    }
}

proptest! {
    #![proptest_config(tried(60))]

    /// Strings of 20 to 900 Hz at any rate, far stiffer and duller than any parameter makes them.
    #[test]
    fn no_stage_of_any_string_gives_energy(
        hz in 20.0..900f64,
        rate in 44_100.0..=384_000f64,
        b in 0.0..2e-3,
        low_s in 0.05..60f64,
        high in 0.002..=1f64,
    ) {
        let period = rate / hz;
        assert_delay_is_passive(period);
        assert_dispersion_is_passive(dispersion::Design::stiff_string(b, period));
        assert_damping_is_passive(damping::Design::from_t60(low_s, high * low_s, hz, rate));
    }
}
