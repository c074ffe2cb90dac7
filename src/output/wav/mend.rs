//! Files whose writing broke off.

use super::{BEFORE_LENGTH_BYTES, Bits};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// Makes a file complete whose writing broke off: as many whole frames as arrived, and the lengths that go with them.
///
/// Nothing is appended, so a full disk is not in the way. Answers with the frames.
pub(in crate::output) fn mend(mut file: &File, bits: Bits) -> io::Result<u64> {
    let header = bits.header_bytes();
    let sound = file.metadata()?.len().checked_sub(header).ok_or(io::ErrorKind::UnexpectedEof)?;
    let frames = sound / bits.frame_bytes();
    let bytes = frames * bits.frame_bytes();
    file.set_len(header + bytes)?;
    for (at, length) in [(4, header + bytes - BEFORE_LENGTH_BYTES), (header - 4, bytes)] {
        file.seek(SeekFrom::Start(at))?;
        file.write_all(&(length as u32).to_le_bytes())?;
    }
    Ok(frames)
}
