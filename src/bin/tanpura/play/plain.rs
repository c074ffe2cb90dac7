//! `tanpura play` without a screen: lines in, lines out, for scripts, pedals and logs.
//!
//! Answers go to standard output, what went wrong and what happens to the sound card to standard error. When nobody reads them any
//! more it plays on.

use super::farewell::Farewell;
use super::midi::Midi;
use super::remote::{Line, Lines};
use super::session::{News, Session};
use super::sound::{LOOK_EVERY, hear, look_every};
use super::speaker::Speaker;
use crate::cli::PlayArgs;
use crate::signals;
use anyhow::Context;
use std::thread::sleep;
use std::time::Duration;

/// Most lines carried out in one look.
const MOST_LINES: usize = 16;

/// Plays until it is over.
///
/// # Errors
/// No thread can be started.
pub(super) fn lead(args: &PlayArgs, mut session: Session, mut midi: Option<&mut Midi>) -> anyhow::Result<Farewell> {
    let speaker = Speaker::new(args.json).context("cannot answer")?;
    let lines = (args.plain && super::terminal::may_read()).then(Lines::spawn);
    while signals::count() == 0 && !session.is_over() {
        let first = wait(lines.as_ref(), look_every(midi.as_deref()));
        let mut news = session.step();
        news.extend(hear(&mut session, &mut midi));
        let others = lines.iter().flat_map(|lines| std::iter::from_fn(|| lines.next()));
        for line in first.into_iter().chain(others).take(MOST_LINES) {
            match line {
                Ok(ask) => news.extend(session.answer(&ask)),
                Err(said) => news.push(News::bad(said)),
            }
        }
        session.look_at_load();
        for news in news {
            speaker.say(news);
        }
    }
    let farewell = session.stop(|session| {
        sleep(LOOK_EVERY);
        session.look_at_load();
    });
    speaker.finish();
    Ok(farewell)
}

/// Waits for a line, or for the next look.
fn wait(lines: Option<&Lines>, longest: Duration) -> Option<Line> {
    if let Some(lines) = lines {
        return lines.next_within(longest);
    }
    sleep(longest);
    None
}
