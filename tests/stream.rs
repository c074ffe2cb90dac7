//! A stream that never lets go, on a sound card that fails in every way there is: see `fake_driver`.
//!
//! What is heard does not depend on time, since the tests pull every block. What has to wait for threads waits as long as
//! they take.

use fake_driver::{BufferSize, CARD, Card, ErrorKind, FakeDriver, I24, LATENCY, SampleFormat};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tanpura::output::live::{Device, Health, Host, LiveError, Stream};
use tanpura::{Frame, Render};

/// However slow the machine is, something is wrong by then.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a main loop gives a call that never waits: a screen has 20 ms, and other programs may hold the processor.
const AT_ONCE: Duration = Duration::from_millis(250);

/// Frame n is n steps of 16 bits to the left, and as many in the other direction to the right; every format can say that.
struct Count(i16);

impl Render for Count {
    fn render(&mut self, out: &mut [Frame]) {
        for frame in out {
            *frame = [f32::from(self.0) / 32_768.0, -f32::from(self.0) / 32_768.0];
            self.0 = self.0.wrapping_add(1) & i16::MAX;
        }
    }
}

/// The numbers of the frames in a stereo block of floats; 0 is also silence.
fn numbers(block: &[f32]) -> Vec<i16> {
    let number = |&[left, right]: &[f32; 2]| {
        assert_eq!(left, -right);
        (left * 32_768.0) as i16
    };
    block.as_chunks().0.iter().map(number).collect()
}

fn found(driver: &FakeDriver, name: Option<&str>) -> Device {
    Device::find_on(&Host::from(driver.host()), name).expect("it is plugged in")
}

/// A driver with one card, and a stream that plays on it from frame 1.
fn playing() -> (FakeDriver, Stream) {
    let driver = FakeDriver::new(&[CARD]);
    let stream = found(&driver, None).play(Count(1)).expect("plays");
    (driver, stream)
}

/// Keeps a stream until it fares like that.
fn keep_until(stream: &mut Stream, wanted: Health) {
    keep_while(stream, |health| health != wanted);
}

fn keep_while(stream: &mut Stream, goes_on: impl Fn(Health) -> bool) {
    let start = Instant::now();
    while goes_on(kept(stream)) {
        assert!(start.elapsed() < PATIENCE, "still {stream:?}: {:?}", stream.last_error());
        sleep(Duration::from_millis(5));
    }
}

/// Keeps it once, and sees that this does not wait.
fn kept(stream: &mut Stream) -> Health {
    let start = Instant::now();
    let health = stream.keep();
    assert!(start.elapsed() < AT_ONCE, "keep took {:?}", start.elapsed());
    health
}

#[test]
fn a_lost_device_is_opened_again_and_the_drone_goes_on_from_where_it_was() {
    for (kind, reason) in [
        (ErrorKind::DeviceNotAvailable, "the sound device Fake is gone"),
        (ErrorKind::StreamInvalidated, "the sound device Fake was closed by the sound system"),
    ] {
        let (driver, mut stream) = playing();
        assert_eq!(numbers(&driver.pull(0, 4)), [1, 2, 3, 4]);
        assert_eq!((kept(&mut stream), stream.lost_reason()), (Health::Playing, None));
        driver.fail(0, kind);
        assert_eq!(kept(&mut stream), Health::Lost);
        assert_eq!(stream.lost_reason().as_deref(), Some(reason));
        keep_until(&mut stream, Health::Playing);
        assert_eq!((driver.streams(), driver.is_closed(0), stream.lost_reason()), (2, true, None));
        assert_eq!(numbers(&driver.pull(1, 3)), [5, 6, 7]);
    }
}

#[test]
fn a_device_that_stops_asking_is_lost_and_whatever_it_asks_for_later_is_silence() {
    let (driver, mut stream) = playing();
    driver.pull::<f32>(0, 2);
    let start = Instant::now();
    keep_until(&mut stream, Health::Lost);
    assert!(start.elapsed() >= Duration::from_secs(2), "at its start it has more time");
    assert_eq!(stream.lost_reason().as_deref(), Some("the sound device Fake has stopped asking for sound"));
    assert_eq!(numbers(&driver.pull(0, 2)), [0, 0]);
    keep_until(&mut stream, Health::Playing);
    assert_eq!(numbers(&driver.pull(0, 2)), [0, 0]);
    assert_eq!(numbers(&driver.pull(1, 2)), [3, 4]);
}

#[test]
fn xruns_are_counted_over_all_streams_and_end_none() {
    let (driver, mut stream) = playing();
    for _ in 0..3 {
        driver.fail(0, ErrorKind::Xrun);
    }
    assert_eq!((kept(&mut stream), stream.xruns()), (Health::Playing, 3));
    driver.fail(0, ErrorKind::DeviceNotAvailable);
    assert_eq!((kept(&mut stream), stream.xruns()), (Health::Lost, 3));
    keep_until(&mut stream, Health::Playing);
    driver.fail(1, ErrorKind::Xrun);
    assert_eq!(stream.xruns(), 4);
}

#[test]
fn a_storm_of_errors_ends_nothing_while_blocks_are_asked_for() {
    let (driver, mut stream) = playing();
    for n in 1..100 {
        driver.fail(0, ErrorKind::BackendError);
        driver.fail(0, ErrorKind::DeviceChanged);
        assert_eq!(numbers(&driver.pull(0, 1)), [n]);
        assert_eq!(kept(&mut stream), Health::Playing);
    }
}

#[test]
fn another_rate_asks_for_a_renderer_that_fits() {
    let (driver, mut stream) = playing();
    driver.pull::<f32>(0, 9);
    driver.plug(&[Card { rate_hz: 44_100, ..CARD }]);
    driver.fail(0, ErrorKind::DeviceNotAvailable);
    let wanted = Health::NeedsRenderer { sample_rate: 44_100 };
    keep_until(&mut stream, wanted);
    assert_eq!((driver.streams(), kept(&mut stream), stream.device().sample_rate()), (1, wanted, 44_100));
    stream.renew(Count(101));
    keep_until(&mut stream, Health::Playing);
    assert_eq!(driver.config(1).sample_rate, 44_100);
    assert_eq!(numbers(&driver.pull(1, 2)), [101, 102]);
}

#[test]
fn a_renderer_can_be_exchanged_while_all_is_well() {
    let (driver, mut stream) = playing();
    driver.pull::<f32>(0, 9);
    stream.renew(Count(201));
    assert_eq!(kept(&mut stream), Health::Lost);
    assert_eq!(stream.lost_reason().as_deref(), Some("the sound device Fake is being opened again"));
    keep_until(&mut stream, Health::Playing);
    assert_eq!(numbers(&driver.pull(1, 2)), [201, 202]);
}

#[test]
fn a_driver_that_never_closes_its_stream_keeps_neither_the_drone_nor_the_program() {
    let (driver, mut stream) = playing();
    driver.pull::<f32>(0, 4);
    driver.hang_on_close(true);
    driver.fail(0, ErrorKind::DeviceNotAvailable);
    assert_eq!(kept(&mut stream), Health::Lost);
    keep_until(&mut stream, Health::Playing);
    assert!(!driver.is_closed(0));
    assert_eq!(numbers(&driver.pull(1, 2)), [5, 6]);
    assert_eq!(numbers(&driver.pull(0, 2)), [0, 0]);

    let start = Instant::now();
    drop(stream);
    assert!(start.elapsed() < Duration::from_secs(2), "it took {:?}", start.elapsed());
    assert!(!driver.is_closed(1));
    driver.hang_on_close(false);
    let start = Instant::now();
    while !(driver.is_closed(0) && driver.is_closed(1)) {
        assert!(start.elapsed() < PATIENCE);
        sleep(Duration::from_millis(5));
    }
}

/// Tells when it is asked, and does not come back before it is let go: what no renderer may, but a debugger can.
struct Hangs(Sender<()>, Receiver<()>);

impl Render for Hangs {
    fn render(&mut self, _: &mut [Frame]) {
        let _ = self.0.send(());
        let _ = self.1.recv();
    }
}

#[test]
fn a_driver_that_hangs_within_a_block_costs_the_renderer_and_nothing_else() {
    let driver = FakeDriver::new(&[CARD]);
    let ((asked, is_asked), (let_go, gone)) = (channel(), channel());
    let mut stream = found(&driver, None).play(Hangs(asked, gone)).expect("plays");
    let hung = driver.clone();
    let hung = std::thread::spawn(move || hung.pull::<f32>(0, 1));
    is_asked.recv().expect("it is asked");
    keep_until(&mut stream, Health::NeedsRenderer { sample_rate: 48_000 });
    stream.renew(Count(1));
    keep_until(&mut stream, Health::Playing);
    assert_eq!(numbers(&driver.pull(1, 2)), [1, 2]);
    let_go.send(()).expect("it waits");
    hung.join().expect("it ends");
}

#[test]
fn attempts_are_spaced_out_and_say_why_they_fail() {
    let (driver, mut stream) = playing();
    driver.refuse(Some(ErrorKind::DeviceBusy));
    driver.fail(0, ErrorKind::DeviceNotAvailable);
    let lost = Instant::now();
    keep_while(&mut stream, |_| driver.attempts() < 5);
    // A stream that was lost at its start waits 0.2 s, then 0.4, 0.8 and 1 s at the most.
    assert!(lost.elapsed() >= Duration::from_millis(200 + 400 + 800 + 1000));
    keep_while(&mut stream, |_| lost.elapsed() < Duration::from_millis(2_500));
    assert_eq!(stream.last_error(), Some(&LiveError::Busy { device: "Fake".into() }));
    driver.refuse(None);
    let back = Instant::now();
    keep_until(&mut stream, Health::Playing);
    assert!(back.elapsed() < Duration::from_secs(2), "it took {:?}", back.elapsed());
    assert_eq!(stream.last_error(), None);
}

#[test]
fn an_attempt_that_hangs_is_given_up_for_another() {
    let (driver, mut stream) = playing();
    driver.pull::<f32>(0, 4);
    driver.hang_on_open(true);
    driver.fail(0, ErrorKind::DeviceNotAvailable);
    keep_while(&mut stream, |_| driver.attempts() < 3); // the first was the stream's own
    driver.hang_on_open(false);
    keep_until(&mut stream, Health::Playing);
    let start = Instant::now();
    while driver.streams() < 3 {
        assert!(start.elapsed() < PATIENCE);
        sleep(Duration::from_millis(5));
    }
    // Both came to be open, in whichever order; only the newest sounds, and the other is closed.
    let closed: Vec<usize> = (1..3).filter(|&stream| eventually_closed(&driver, stream)).collect();
    let &[late] = &*closed else { panic!("closed: {closed:?}") };
    assert_eq!(numbers(&driver.pull(3 - late, 2)), [5, 6]);
}

fn eventually_closed(driver: &FakeDriver, stream: usize) -> bool {
    let start = Instant::now();
    while !driver.is_closed(stream) && start.elapsed() < Duration::from_secs(1) {
        sleep(Duration::from_millis(5));
    }
    driver.is_closed(stream)
}

#[test]
fn a_device_asked_for_by_name_is_waited_for_and_the_default_is_whichever_it_is() {
    let [studio, kitchen] = ["Studio", "Kitchen"].map(|name| Card { name, ..CARD });
    for (asked, back_on) in [(Some("studio"), "Studio"), (Some("stud"), "Studio"), (None, "Kitchen")] {
        let driver = FakeDriver::new(&[studio, kitchen]);
        let mut stream = found(&driver, asked).play(Count(1)).expect("plays");
        driver.plug(&[kitchen]);
        driver.fail(0, ErrorKind::DeviceNotAvailable);
        if asked.is_some() {
            let start = Instant::now();
            keep_while(&mut stream, |_| start.elapsed() < Duration::from_millis(700));
            let missing = stream.last_error().expect("it was looked for").to_string();
            assert!(
                missing.starts_with("no sound device \"stud") && missing.ends_with("there are: Kitchen"),
                "{missing}"
            );
            driver.plug(&[kitchen, studio]);
        }
        keep_until(&mut stream, Health::Playing);
        assert_eq!(stream.device().name(), back_on);
        assert_eq!(numbers(&driver.pull(1, 1)), [1]);
    }
}

#[test]
fn a_device_that_opens_and_dies_at_once_is_not_opened_without_end() {
    let (driver, mut stream) = playing();
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(2_500) {
        if kept(&mut stream) == Health::Playing {
            driver.fail(driver.streams() - 1, ErrorKind::StreamInvalidated);
        }
        sleep(Duration::from_millis(5));
    }
    // After 0.2, 0.6, 1.4 and 2.4 s.
    assert!((2..=5).contains(&driver.streams()), "opened {} times", driver.streams());
}

#[test]
fn what_the_driver_tells_can_be_asked() {
    let driver = FakeDriver::new(&[Card { only_block: Some(256), ..CARD }]);
    let mut device = found(&driver, None);
    device.set_buffer_frames(512);
    let stream = device.play(Count(1)).expect("plays");
    assert_eq!(driver.config(0).buffer_size, BufferSize::Default, "it takes one size only");
    assert_eq!((stream.block_frames(), stream.latency()), (512, Duration::ZERO));
    driver.pull::<f32>(0, 256);
    assert_eq!((stream.block_frames(), stream.latency()), (256, LATENCY));
    assert_eq!((stream.device().name(), stream.device().host().name().as_str()), ("Fake", "custom"));
}

/// A sample as a test counts it: in steps of 16 bits.
trait Steps {
    fn steps(self) -> i32;
}

impl Steps for f32 {
    fn steps(self) -> i32 {
        (self * 32_768.0) as i32
    }
}

impl Steps for i16 {
    fn steps(self) -> i32 {
        self.into()
    }
}

impl Steps for u16 {
    fn steps(self) -> i32 {
        i32::from(self) - 32_768
    }
}

impl Steps for i32 {
    fn steps(self) -> i32 {
        self >> 16
    }
}

impl Steps for I24 {
    fn steps(self) -> i32 {
        self.inner() >> 8
    }
}

/// Blocks of all sizes, with a loss in between, are one count without a gap.
fn counts<S: Steps + fake_driver::SizedSample + Default>(channels: usize) {
    let driver = FakeDriver::new(&[Card { channels: channels as u16, format: S::FORMAT, ..CARD }]);
    let mut stream = found(&driver, None).play(Count(1)).expect("plays");
    let mut expected = Count(1);
    for (n, frames) in [1, 7, 64, 441, 1024, 1025, 8191, 8192, 3].into_iter().enumerate() {
        if n == 4 {
            driver.fail(0, ErrorKind::DeviceNotAvailable);
            keep_until(&mut stream, Health::Lost);
            keep_until(&mut stream, Health::Playing);
        }
        let mut frames = vec![[0.0; 2]; frames];
        expected.render(&mut frames);
        let heard: Vec<i32> = driver.pull::<S>(usize::from(n >= 4), frames.len()).into_iter().map(S::steps).collect();
        let frame = |[left, right]: [f32; 2]| {
            let mut frame = vec![0; channels];
            match &mut *frame {
                [mono] => *mono = 0, // the mean of a number and its opposite
                [out_left, out_right, ..] => (*out_left, *out_right) = (left.steps(), right.steps()),
                [] => {}
            }
            frame
        };
        let told: Vec<i32> = frames.into_iter().flat_map(frame).collect();
        assert!(heard == told, "{} frames of {channels} x {}", heard.len() / channels, S::FORMAT);
    }
}

#[test]
fn blocks_of_1_to_8192_frames_in_every_format_are_one_stream_over_a_loss() {
    for channels in [1, 2, 6] {
        counts::<f32>(channels);
        counts::<i16>(channels);
        counts::<u16>(channels);
        counts::<i32>(channels);
        counts::<I24>(channels);
    }
}

#[test]
fn a_format_that_nobody_has_is_told() {
    let driver = FakeDriver::new(&[Card { format: SampleFormat::DsdU8, ..CARD }]);
    let error = found(&driver, None).play(Count(1)).expect_err("nobody plays that");
    assert!(matches!(error, LiveError::Format { .. }), "{error}");
}
