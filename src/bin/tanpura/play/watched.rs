//! `tanpura play` with its screen: what it shows, and what keys ask for.

use super::ask::Ask;
use super::farewell::Farewell;
use super::look::Look;
use super::midi::Midi;
use super::remote;
use super::screen::{Input, Screen, has_failed};
use super::session::{News, Session};
use super::sound::{LOOK_EVERY, hear, look_every};
use crate::preset::save;
use crate::signals;
use anyhow::{Context, anyhow};

/// Plays until it is over.
///
/// # Errors
/// A terminal that cannot be drawn on.
pub(super) fn lead(mut session: Session, mut midi: Option<&mut Midi>) -> anyhow::Result<Farewell> {
    let mut screen = Screen::open().context("cannot draw on this terminal; --plain plays without a screen")?;
    let mut look = Look::new();
    let mut is_closed = false;
    while signals::count() == 0 && !session.is_over() && !is_closed {
        match screen.poll(look_every(midi.as_deref())) {
            Ok(inputs) => inputs.into_iter().for_each(|input| carry_out(&mut session, &mut screen, &mut look, input)),
            // The terminal is gone, and nobody looks or types any more.
            Err(_) => is_closed = true,
        }
        look.tell(session.step());
        look.tell(hear(&mut session, &mut midi));
        is_closed |= show(&mut session, &mut screen, &mut look).is_err();
    }
    let mut farewell = session.stop(|session| {
        // In its raw mode the terminal sends no signals: whoever asks again for the end is in a hurry.
        match screen.poll(LOOK_EVERY) {
            Ok(inputs) if inputs.contains(&Input::Ask(Ask::Quit)) => signals::ask(),
            Ok(_) => {}
            Err(_) => std::thread::sleep(LOOK_EVERY),
        }
        // Where the terminal is gone there is nothing to show it on.
        let _ = show(session, &mut screen, &mut look);
    });
    drop(screen);
    if has_failed() {
        farewell.failure.get_or_insert_with(|| anyhow!("a part of the program failed, as said above"));
    }
    Ok(farewell)
}

fn show(session: &mut Session, screen: &mut Screen, look: &mut Look) -> std::io::Result<()> {
    look.watch(session);
    if screen.is_due()? {
        screen.draw(&look.view(session))?;
    }
    Ok(())
}

fn carry_out(session: &mut Session, screen: &mut Screen, look: &mut Look, input: Input) {
    let ask = match input {
        Input::Ask(ask) => ask,
        Input::Line(line) => match remote::parse(&line) {
            Ok(Some(ask)) => ask,
            Ok(None) => return,
            Err(said) => return look.tell(vec![News::bad(said)]),
        },
        // The screen has seen to them.
        Input::Redraw | Input::Suspend => return,
    };
    let said = match &ask {
        // All of it is on the screen.
        Ask::Status => return,
        Ask::Help => Some(News::good("? shows the keys; after a colon, whatever a preset says: cycle 4s")),
        Ask::Save { name, force: false } if save::is_taken(name) => return screen.offer_replacing(name),
        _ => session.answer(&ask),
    };
    look.tell(said.into_iter().collect());
}
