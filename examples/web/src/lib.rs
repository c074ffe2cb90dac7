//! The drone in a browser.
//!
//! One module, used twice. The page asks an instance of its own what words mean ([`page`]); the `AudioWorklet` has another one that
//! sounds ([`sound`]). Both are called C-style: numbers go in and out, text goes through one buffer.
//!
//! ```text
//!  page:    controls, link ──words──> change() ──> JSON: what is set, the strings, the same words in short
//!                                        │ those words, as bytes
//!                                        v
//!  worklet:                   build(), set() ──> Desk ──> Engine ──> render() ──> left, right
//! ```

mod change;
mod json;
pub mod page;
pub mod sound;
mod vocabulary;
pub mod words;

use page::Page;
use sound::Sound;
use std::cell::RefCell;

/// Everything an instance holds. There is one thread in it, so nobody ever waits for a borrow.
#[derive(Debug, Default)]
struct Instance {
    /// Text on its way in or out.
    text: Vec<u8>,
    page: Page,
    sound: Option<Sound>,
}

thread_local! {
    static INSTANCE: RefCell<Instance> = RefCell::default();
}

impl Instance {
    /// The text that was written into the buffer.
    fn said(&self) -> String {
        String::from_utf8_lossy(&self.text).into_owned()
    }

    /// Leaves an answer in the buffer, and says how long it is.
    fn answer(&mut self, text: String) -> usize {
        self.text = text.into_bytes();
        self.text.len()
    }
}

fn with<T>(act: impl FnOnce(&mut Instance) -> T) -> T {
    INSTANCE.with_borrow_mut(act)
}

fn with_sound<T: Default>(act: impl FnOnce(&mut Sound) -> T) -> T {
    with(|instance| instance.sound.as_mut().map(act).unwrap_or_default())
}

/// Makes room for `bytes` of text and says where: write them there before a call that reads text.
#[unsafe(no_mangle)]
pub extern "C" fn text_room(bytes: usize) -> *mut u8 {
    with(|instance| {
        instance.text.clear();
        instance.text.resize(bytes, 0);
        instance.text.as_mut_ptr()
    })
}

/// Where the text of the last answer is.
#[unsafe(no_mangle)]
pub extern "C" fn text() -> *const u8 {
    with(|instance| instance.text.as_ptr())
}

/// Answers with the words a page offers, as JSON; returns its length.
#[unsafe(no_mangle)]
pub extern "C" fn vocabulary() -> usize {
    with(|instance| instance.answer(vocabulary::json()))
}

/// Makes the changes in the text, or none of them. Answers with what is set now, or with one sentence about what is wrong, as
/// JSON; returns its length.
#[unsafe(no_mangle)]
pub extern "C" fn change() -> usize {
    with(|instance| {
        let said = instance.said();
        let json = instance.page.change(&said);
        instance.answer(json)
    })
}

/// Forgets all that was set; the defaults are in place.
#[unsafe(no_mangle)]
pub extern "C" fn forget() {
    with(|instance| instance.page = Page::default());
}

/// Builds the drone that the text says, for an output of `sample_rate` Hz. Returns whether it can sound.
#[unsafe(no_mangle)]
pub extern "C" fn build(sample_rate: f64) -> bool {
    with(|instance| {
        instance.sound = Sound::new(&instance.said(), sample_rate);
        instance.sound.is_some()
    })
}

/// Lets the drone become what the text says. Returns whether that can sound; where it cannot, all stays.
#[unsafe(no_mangle)]
pub extern "C" fn set() -> bool {
    with(|instance| {
        let said = instance.said();
        instance.sound.as_mut().is_some_and(|sound| sound.set(&said))
    })
}

/// Renders `frames` frames, [`sound::MOST_FRAMES`] at most, and says where they are: all left samples, then all right ones.
#[unsafe(no_mangle)]
pub extern "C" fn render(frames: usize) -> *const f32 {
    with(|instance| instance.sound.as_mut().map_or(std::ptr::null(), |sound| sound.render(frames).as_ptr()))
}

/// Fades out over `seconds`, until [`resume`].
#[unsafe(no_mangle)]
pub extern "C" fn pause(seconds: f64) {
    with_sound(|sound| sound.pause(seconds));
}

/// Comes in again over `seconds`.
#[unsafe(no_mangle)]
pub extern "C" fn resume(seconds: f64) {
    with_sound(|sound| sound.resume(seconds));
}

/// Falls silent in `seconds` of sound from now; 0 never.
#[unsafe(no_mangle)]
pub extern "C" fn sleep(seconds: f64) {
    with_sound(|sound| sound.sleep(seconds));
}

/// Seconds until it falls asleep; 0 where it does not.
#[unsafe(no_mangle)]
pub extern "C" fn sleep_left() -> f64 {
    with_sound(|sound| sound.sleep_left())
}

/// Whether everything from here on is silence.
#[unsafe(no_mangle)]
pub extern "C" fn is_silent() -> bool {
    with_sound(|sound| sound.is_silent())
}

/// Where the motions of [`sound::STRINGS`] strings are: of each its force on the bridge in N, then how often it was plucked.
#[unsafe(no_mangle)]
pub extern "C" fn motions() -> *const f32 {
    with(|instance| instance.sound.as_mut().map_or(std::ptr::null(), |sound| sound.motions().as_ptr()))
}
