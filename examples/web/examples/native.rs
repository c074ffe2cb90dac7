//! The native render that a browser's is compared with: `native "tonic D" 48000 10` writes left and right as raw f32 to standard output.

use std::io::Write;
use tanpura::{Render, Tanpura};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [said, rate, seconds] = words.as_slice() else { return Err("say words, a rate and seconds".into()) };
    let (rate, seconds): (f64, f64) = (rate.parse()?, seconds.parse()?);
    let mut tanpura = Tanpura::new(&tanpura_web::page::settings(said)?, rate)?;
    let mut sound = vec![[0.0; 2]; (rate * seconds) as usize];
    tanpura.render(&mut sound);
    let bytes: Vec<u8> = sound.as_flattened().iter().flat_map(|sample| sample.to_le_bytes()).collect();
    Ok(std::io::stdout().write_all(&bytes)?)
}
