//! What plain `play` says, through a thread of its own: whoever reads it may stop reading for as long as he likes, and that must not be
//! who looks after the sound.

use super::session::News;
use crate::exits;
use crate::report::{self, LONGEST_END};
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, channel, sync_channel};
use std::thread;

/// Most that waits to be said; what comes while nobody reads is left out.
const MOST_WAITING: usize = 1024;

/// The way from news to whoever reads them.
#[derive(Debug)]
pub(super) struct Speaker {
    news: SyncSender<News>,
    done: Receiver<()>,
}

impl Speaker {
    /// Someone who says news, or with `is_json` only the bad ones.
    ///
    /// # Errors
    /// No thread can be started.
    pub(super) fn new(is_json: bool) -> io::Result<Self> {
        let (news, from) = sync_channel(MOST_WAITING);
        let (done, is_done) = channel();
        thread::Builder::new().name("speaker".to_owned()).spawn(move || {
            for news in from {
                say(&news, is_json);
            }
            drop(done);
        })?;
        Ok(Self { news, done: is_done })
    }

    /// Has it said as soon as somebody reads; waits for nothing.
    pub(super) fn say(&self, news: News) {
        let _ = self.news.try_send(news);
    }

    /// Lets all be said that waits, if somebody reads; otherwise nothing is said any more.
    pub(super) fn finish(self) {
        drop(self.news);
        if self.done.recv_timeout(LONGEST_END) == Err(RecvTimeoutError::Timeout) {
            report::fall_silent();
        }
    }
}

fn say(news: &News, is_json: bool) {
    if news.is_error {
        exits::warn(&news.text);
    } else if !is_json {
        // Nobody left to read it is nobody left to tell.
        let _ = report::print(&report::printable_lines(&news.text));
    }
}
