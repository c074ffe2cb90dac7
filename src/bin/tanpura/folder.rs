//! Where a user's own presets are: `tanpura/presets` in the folder for configuration (XDG; on Windows that for programs).

use anyhow::bail;
use etcetera::BaseStrategy;
use std::path::{Path, PathBuf};

/// The folder of the user's presets, whether it is there or not.
///
/// # Errors
/// A user without a home.
pub(crate) fn presets() -> anyhow::Result<PathBuf> {
    // Whoever says where it is needs no home: services have none.
    if let Some(folder) = said() {
        return Ok(within(&folder));
    }
    let Ok(folders) = etcetera::choose_base_strategy() else {
        bail!("there is no home folder to keep presets in; set HOME, or give the path of a .toml file");
    };
    let presets = within(&folders.config_dir());
    // A relative home would mean another folder wherever the program is started.
    if presets.is_relative() {
        bail!("the home folder {} is not a whole path; set HOME to one that is", folders.home_dir().display());
    }
    Ok(presets)
}

fn within(configuration: &Path) -> PathBuf {
    configuration.join("tanpura").join("presets")
}

/// The folder for configuration, where XDG is asked and says one; a relative one says nothing.
fn said() -> Option<PathBuf> {
    let folder = std::env::var_os("XDG_CONFIG_HOME").filter(|_| !cfg!(windows));
    folder.map(PathBuf::from).filter(|folder| folder.is_absolute())
}
