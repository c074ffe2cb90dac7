//! `tanpura play` without a screen: lines in, lines out, for scripts, pedals and logs.
//!
//! Answers go to standard output, what went wrong and what happens to the sound card to standard error. When nobody reads them any
//! more it plays on.

use super::farewell::Farewell;
use super::midi::Midi;
use super::remote::Lines;
use super::session::{News, Session};
use super::sound::{LOOK_EVERY, hear};
use crate::cli::PlayArgs;
use crate::{exits, interrupt, report};
use std::thread::sleep;

/// Most lines carried out in one look.
const MOST_LINES: usize = 16;

/// Plays until it is over.
pub(super) fn lead(args: &PlayArgs, mut session: Session, mut midi: Option<&mut Midi>) -> Farewell {
    let lines = (args.plain && super::terminal::may_read()).then(Lines::spawn);
    while interrupt::count() == 0 && !session.is_over() {
        sleep(LOOK_EVERY);
        let mut news = session.step();
        news.extend(hear(&mut session, &mut midi));
        for line in lines.iter().flat_map(|lines| std::iter::from_fn(|| lines.next())).take(MOST_LINES) {
            match line {
                Ok(ask) => news.extend(session.answer(&ask)),
                Err(said) => news.push(News::bad(said)),
            }
        }
        session.look_at_load();
        for news in &news {
            say(news, args.json);
        }
    }
    session.stop(|session| {
        sleep(LOOK_EVERY);
        session.look_at_load();
    })
}

fn say(news: &News, is_json: bool) {
    if news.is_error {
        exits::warn(&news.text);
    } else if !is_json {
        // Nobody left to read it is nobody left to tell.
        let _ = report::print(&report::printable_lines(&news.text));
    }
}
