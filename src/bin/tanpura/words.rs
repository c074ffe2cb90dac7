//! Words that get more advice here than from the library: it does not know what else the program takes.

use crate::nearest::nearest;
use crate::own;
use tanpura::Model;

/// A kind of tanpura by its name, or what may have been meant.
pub(crate) fn model(word: &str) -> Result<Model, String> {
    word.parse::<Model>().map_err(|unknown| {
        let names = Model::ALL.map(Model::name);
        match nearest(word.trim(), names) {
            Some(name) => format!("{unknown}; did you mean {name}?"),
            None if own::built_in(word.trim()).is_some() => format!("{unknown}; that is a preset: --preset {word}"),
            None => unknown.to_string(),
        }
    })
}
