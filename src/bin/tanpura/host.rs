//! The sound system that `--host` names.

use crate::exits::Usage;
use tanpura::output::live::Host;

/// The sound system of that name, or the first that answers.
///
/// # Errors
/// A name that this build does not know.
pub(crate) fn choose(name: Option<&str>) -> Result<Host, Usage> {
    name.map_or_else(|| Ok(Host::system()), Host::named).map_err(|error| Usage(error.to_string()))
}
