//! WAV headers as they ought to be: of recordings that were never finished, and of streams that could not go back to say how long
//! they are.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use symphonia::core::io::MediaSource;

/// A header can count so many bytes of sound; by the largest number, readers know that it does not say.
const UNSAID: u32 = u32::MAX;

/// Lengths from here on that go beyond the end of the file mean that nobody knew: ffmpeg streams 0xffffffff, arecord 0x80000000, sox
/// 0x7ffff000 or a little less.
const STREAMED: u32 = 0x7fff_0000;

/// Bytes of a chunk's name and length.
const CHUNK_BYTES: u64 = 8;

/// Microsoft's ADPCM (2) and IMA's (0x11) by their numbers.
const MS_ADPCM: u16 = 2;
const IMA_ADPCM: u16 = 0x11;

/// Bytes of their `fmt ` chunk that are looked at: 20 to the frames of a block, and 2 + 7 times 4 to the end of the coefficients.
const FORMAT_BYTES: u64 = 50;

/// The coefficients of Microsoft's ADPCM that every file has, and the only ones that its reader knows.
const COEFFICIENTS: [[i16; 2]; 7] = [[256, 0], [512, -256], [0, 0], [192, 64], [240, 0], [460, -208], [392, -232]];

/// A file, and what is read in the place of some of its bytes.
#[derive(Debug)]
pub(super) struct Mended {
    file: File,
    length: u64,
    at: u64,
    /// Where, and what.
    words: Vec<(u64, [u8; 4])>,
    /// What of it no reader here gets right.
    pub(super) unsupported: Option<&'static str>,
}

impl Mended {
    /// The file, `length` bytes long, with a header that says how long its sound is.
    ///
    /// # Errors
    /// What the file system says.
    pub(super) fn new(file: File, length: u64) -> io::Result<Self> {
        let mut mended = Self { file, length, at: 0, words: Vec::new(), unsupported: None };
        match mended.look() {
            // It ends within its header: whoever reads on will say so.
            Err(error) if error.kind() != io::ErrorKind::UnexpectedEof => return Err(error),
            _ => {}
        }
        mended.seek(SeekFrom::Start(0))?;
        Ok(mended)
    }

    /// Goes through the header.
    fn look(&mut self) -> io::Result<()> {
        let [riff, length, wave] = [self.word()?, self.word()?, self.word()?];
        if !matches!(&riff, b"RIFF" | b"RF64") || wave != *b"WAVE" {
            return Ok(());
        }
        let mut words = Vec::new();
        if &riff == b"RF64" {
            // The same with longer numbers in front; no more is listened to than short ones can count.
            words.push((0, *b"RIFF"));
        }
        let of_all = u32::from_le_bytes(length);
        if of_all == 0 || of_all >= STREAMED {
            words.push((4, UNSAID.to_le_bytes()));
        }
        loop {
            let [name, length] = [self.word()?, self.word()?];
            let (length, start) = (u32::from_le_bytes(length), self.at);
            match &name {
                b"fmt " => self.unsupported = self.format(length)?,
                b"data" => {
                    let rest = self.length.saturating_sub(start);
                    let is_unsaid = length >= STREAMED && u64::from(length) > rest;
                    if is_unsaid || (length == 0 && rest > 0 && !self.is_all_chunks()?) {
                        // What is longer than can be counted is heard so far.
                        let rest = u32::try_from(rest).unwrap_or(UNSAID - 1);
                        words.extend([(4, UNSAID.to_le_bytes()), (start - 4, rest.to_le_bytes())]);
                    }
                    self.words = words;
                    return Ok(());
                }
                _ => {}
            }
            self.seek(SeekFrom::Start(start + u64::from(length).next_multiple_of(2)))?;
        }
    }

    /// What of a format its reader passes over though it should not.
    fn format(&mut self, length: u32) -> io::Result<Option<&'static str>> {
        let mut body = Vec::new();
        (&mut *self).take(FORMAT_BYTES.min(length.into())).read_to_end(&mut body)?;
        let number = |n: usize| body.get(2 * n..2 * n + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]));
        let [kind, channels, block_bytes, block_frames] = [0, 1, 6, 9].map(|n| u32::from(number(n)));
        // Bytes of a channel before its differences, and frames in them; every further frame takes half a byte.
        let [ahead_bytes, ahead_frames] = match kind as u16 {
            MS_ADPCM => [7, 2],
            IMA_ADPCM => [4, 1],
            _ => return Ok(None),
        };
        let rest = block_bytes.saturating_sub(ahead_bytes * channels);
        if block_frames != 2 * rest / channels.max(1) + ahead_frames {
            return Ok(Some("ADPCM in blocks that are not full"));
        }
        let coefficient = |n: usize| [number(11 + 2 * n), number(12 + 2 * n)].map(u16::cast_signed);
        let is_usual = number(10) == 7 && (0..7).all(|n| coefficient(n) == COEFFICIENTS[n]);
        Ok((kind == MS_ADPCM.into() && !is_usual).then_some("ADPCM with coefficients of its own"))
    }

    /// Whether from here to the end there are chunks with names, one after the other: then there is no sound among them.
    fn is_all_chunks(&mut self) -> io::Result<bool> {
        while self.at + CHUNK_BYTES <= self.length {
            let [name, length] = [self.word()?, self.word()?];
            let is_name = name.iter().all(|letter| (b' '..=b'~').contains(letter));
            let end = self.at + u64::from(u32::from_le_bytes(length));
            if !is_name || end > self.length {
                return Ok(false);
            }
            self.seek(SeekFrom::Start(end.next_multiple_of(2)))?;
        }
        Ok(self.at >= self.length)
    }

    fn word(&mut self) -> io::Result<[u8; 4]> {
        let mut word = [0; 4];
        self.read_exact(&mut word)?;
        Ok(word)
    }
}

impl Read for Mended {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(out)?;
        for (start, word) in &self.words {
            for (at, byte) in (*start..).zip(word) {
                if let Some(out) = at.checked_sub(self.at).and_then(|n| out[..count].get_mut(n as usize)) {
                    *out = *byte;
                }
            }
        }
        self.at += count as u64;
        Ok(count)
    }
}

impl Seek for Mended {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.file.seek(to)?;
        Ok(self.at)
    }
}

impl MediaSource for Mended {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.length)
    }
}
