//! Where a user's own presets are: `tanpura/presets` in the folder for configuration (XDG; on Windows that for programs).

use anyhow::bail;
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// The folder of the user's presets, whether it is there or not.
///
/// # Errors
/// A user without a home.
pub(crate) fn presets() -> anyhow::Result<PathBuf> {
    let Ok(folders) = etcetera::choose_base_strategy() else {
        bail!("there is no home folder to keep presets in; set HOME, or give the path of a .toml file");
    };
    let presets = folders.config_dir().join("tanpura").join("presets");
    // A relative home would mean another folder wherever the program is started.
    if presets.is_relative() {
        bail!("the home folder {} is not a whole path; set HOME to one that is", folders.home_dir().display());
    }
    Ok(presets)
}
