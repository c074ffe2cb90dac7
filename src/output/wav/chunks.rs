//! What a WAV file has behind its sound: tags (`LIST` of kind `INFO`) and a loop (`smpl`). hound writes the rest.
//!
//! "Multimedia Programming Interface and Data Specifications 1.0" (IBM and Microsoft, 1991) has the tags, its update of 1994 the
//! loop. A chunk is a name of four letters, the length of its body, the body, and a zero where that length is odd.

use super::{BEFORE_LENGTH_BYTES, WavOptions};
use crate::output::tags::Tags;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// The name of a chunk.
type Name = [u8; 4];

/// Tags of kind `INFO`: title, software, keywords, comment.
const TITLE: Name = *b"INAM";
const SOFTWARE: Name = *b"ISFT";
const KEYWORDS: Name = *b"IKEY";
const COMMENT: Name = *b"ICMT";

/// Longest list of tags that is read, bytes: no file of ours comes near.
const MOST_BYTES: u32 = 1 << 20;

/// Cents in a semitone, as the loop counts fractions of it: 2^32 to one.
const FRACTIONS: f64 = 4_294_967_296.0;

/// A chunk as it stands in the file.
fn chunk(name: Name, body: &[u8]) -> Vec<u8> {
    let mut chunk = [&name, &(body.len() as u32).to_le_bytes()[..], body].concat();
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

/// Everything behind the sound.
pub(super) fn behind(options: &WavOptions) -> Vec<u8> {
    let tags = if options.tags == Tags::NONE { Vec::new() } else { info(&options.tags) };
    let sampler = options.loop_pitch.map_or(Vec::new(), |pitch| sampler(options, pitch));
    [tags, sampler].concat()
}

fn info(tags: &Tags) -> Vec<u8> {
    let facts: Vec<String> = tags.facts.iter().map(|(name, fact)| format!("{name}: {fact}")).collect();
    let texts =
        [(TITLE, &tags.title), (SOFTWARE, &tags.software), (KEYWORDS, &facts.join("; ")), (COMMENT, &tags.recipe)];
    let said = texts.into_iter().filter(|(_, text)| !text.is_empty());
    // Texts end with a zero.
    let fields = said.flat_map(|(name, text)| chunk(name, &[text.as_bytes(), b"\0"].concat()));
    chunk(*b"LIST", &[b"INFO".to_vec(), fields.collect()].concat())
}

/// One loop over the whole file, for ever; `pitch` in semitones as MIDI counts them.
fn sampler(options: &WavOptions, pitch: f64) -> Vec<u8> {
    let frame_ns = (1e9 / f64::from(options.sample_rate)).round() as u32;
    let pitch = pitch.clamp(0.0, 127.0);
    let (note, above) = (pitch.floor() as u32, (pitch.fract() * FRACTIONS) as u32);
    let last = options.frames.saturating_sub(1) as u32;
    // Maker, product, length of a frame, note, its fraction, SMPTE format and offset, number of loops, further bytes; then
    // of the loop: name, kind (forward), first and last frame, fraction, times (for ever).
    let numbers = [0, 0, frame_ns, note, above, 0, 0, 1, 0, 0, 0, 0, last, 0, 0];
    chunk(*b"smpl", &numbers.map(u32::to_le_bytes).concat())
}

/// Writes what is behind the sound, and brings the length of the whole up to date.
pub(super) fn append(mut file: impl Write + Seek, behind: &[u8]) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?;
    file.write_all(behind)?;
    file.seek(SeekFrom::Start(4))?;
    file.write_all(&((end + behind.len() as u64 - BEFORE_LENGTH_BYTES) as u32).to_le_bytes())?;
    file.flush()
}

/// The comment of a WAV file.
pub(in crate::output) fn recipe(file: &mut (impl Read + Seek)) -> io::Result<Option<String>> {
    file.seek(SeekFrom::Start(12))?;
    while let Some((name, length)) = header(file)? {
        if name == *b"LIST" && length <= MOST_BYTES {
            let mut body = vec![0; length as usize];
            file.read_exact(&mut body)?;
            if let Some(text) = body.strip_prefix(b"INFO").and_then(comment) {
                return Ok(Some(text));
            }
            file.seek_relative(i64::from(length % 2))?;
        } else {
            file.seek_relative(i64::from(length) + i64::from(length % 2))?;
        }
    }
    Ok(None)
}

/// The comment among tags.
fn comment(mut fields: &[u8]) -> Option<String> {
    while let Some((name, length)) = header(&mut fields).ok()? {
        let (body, rest) = fields.split_at_checked(length as usize)?;
        if name == COMMENT {
            let end = body.iter().position(|&byte| byte == 0).unwrap_or(body.len());
            return String::from_utf8(body[..end].to_vec()).ok();
        }
        fields = rest.get(length as usize % 2..).unwrap_or_default();
    }
    None
}

/// Name and length of the next chunk; none at the end.
fn header(file: &mut impl Read) -> io::Result<Option<(Name, u32)>> {
    let mut header = [0; 8];
    match file.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error),
    }
    let [a, b, c, d, length @ ..] = header;
    Ok(Some(([a, b, c, d], u32::from_le_bytes(length))))
}
