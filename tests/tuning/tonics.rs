//! Tonics: what each word sounds as, and what wrong ones are told.

use super::assert_exact;
use tanpura::Model;
use tanpura::tuning::{Register, Tonic};

/// Frequency so many equal semitones above A4 = 440 Hz.
fn above_a4(semitones: f64) -> f64 {
    440.0 * (semitones / 12.0).exp2()
}

/// What is typed, how it prints, semitones from A4 for male and for female tanpuras.
pub(crate) const TONICS: [(&str, &str, f64, f64); 67] = [
    ("C", "C", -21.0, -9.0),
    ("C#", "C#", -20.0, -8.0),
    ("c#", "C#", -20.0, -8.0),
    ("C♯", "C#", -20.0, -8.0),
    ("Csharp", "C#", -20.0, -8.0),
    ("c sharp", "C#", -20.0, -8.0),
    ("C-sharp", "C#", -20.0, -8.0),
    (" C# ", "C#", -20.0, -8.0),
    ("Db", "Db", -20.0, -8.0),
    ("D♭", "Db", -20.0, -8.0),
    ("d flat", "Db", -20.0, -8.0),
    ("D", "D", -19.0, -7.0),
    ("E", "E", -17.0, -5.0),
    ("F", "F", -16.0, -4.0),
    ("E#", "E#", -16.0, -4.0),
    ("F#", "F#", -27.0, -15.0),
    ("Gb", "Gb", -27.0, -15.0),
    ("A", "A", -24.0, -12.0),
    ("B", "B", -22.0, -10.0),
    ("b", "B", -22.0, -10.0),
    ("bb", "Bb", -23.0, -11.0),
    ("Cb", "Cb", -22.0, -10.0),
    ("B#", "B#", -21.0, -9.0),
    ("A4", "A4", 0.0, 0.0),
    ("C#3", "C#3", -20.0, -20.0),
    ("c#4", "C#4", -8.0, -8.0),
    ("Cb4", "Cb4", -10.0, -10.0),
    ("B#3", "B#3", -9.0, -9.0),
    ("F# 2", "F#2", -27.0, -27.0),
    ("C#+14c", "C#+14c", -19.86, -7.86),
    ("C#3-5.25c", "C#3-5.25c", -20.0525, -20.0525),
    ("C# + 14 cents", "C#+14c", -19.86, -7.86),
    ("C#−10c", "C#-10c", -20.1, -8.1),
    ("C#-0c", "C#", -20.0, -8.0),
    ("C+100c", "C+100c", -20.0, -8.0),
    ("kali1", "kali1", -20.0, -8.0),
    ("Kali 1", "kali1", -20.0, -8.0),
    ("KALI-1", "kali1", -20.0, -8.0),
    ("kali2", "kali2", -18.0, -6.0),
    ("kali3", "kali3", -27.0, -15.0),
    ("kali4", "kali4", -25.0, -13.0),
    ("kali5", "kali5", -23.0, -11.0),
    ("kali5-50c", "kali5-50c", -23.5, -11.5),
    ("safed1", "safed1", -21.0, -9.0),
    ("safed 4", "safed4", -16.0, -4.0),
    ("safed7", "safed7", -22.0, -10.0),
    ("pandhri1", "safed1", -21.0, -9.0),
    ("Pandhri-5", "safed5", -26.0, -14.0),
    ("black 1", "kali1", -20.0, -8.0),
    ("White-7", "safed7", -22.0, -10.0),
    ("1k", "1k", -21.0, -9.0),
    ("5½k", "5.5k", -25.0, -13.0),
    ("2½ kattai", "2.5k", -18.0, -6.0),
    ("1¼k", "1.25k", -20.5, -8.5),
    ("1¾k", "1.75k", -19.5, -7.5),
    ("1.5 kattai", "1.5k", -20.0, -8.0),
    ("1.25k", "1.25k", -20.5, -8.5),
    ("1.75K", "1.75k", -19.5, -7.5),
    ("2.5k", "2.5k", -18.0, -6.0),
    ("3k", "3k", -17.0, -5.0),
    ("3.25k", "3.25k", -16.5, -4.5),
    ("4k", "4k", -16.0, -4.0),
    ("4.25k", "4.25k", -15.5, -3.5),
    ("4.5k", "4.5k", -27.0, -15.0),
    ("5.5k", "5.5k", -25.0, -13.0),
    ("7 Kattai", "7k", -22.0, -10.0),
    ("5.5k+14c", "5.5k+14c", -24.86, -12.86),
];

#[test]
fn every_tonic_sounds_where_musicians_expect_it() {
    for (typed, prints, low, high) in TONICS {
        let tonic: Tonic = typed.parse().unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert_exact(tonic.hz(440.0, Register::Low), above_a4(low), typed);
        assert_exact(tonic.hz(440.0, Register::High), above_a4(high), typed);
        assert_eq!(tonic.to_string(), prints, "{typed:?}");
        assert_eq!(prints.parse().as_ref(), Ok(&tonic), "{typed:?} printed as {prints:?}");
    }
}

#[test]
fn a_tonic_in_hz_is_that_frequency_whatever_a4_and_register() {
    for (typed, prints, hz) in [
        ("138.6hz", "138.6hz", 138.6),
        ("138.6 Hz", "138.6hz", 138.6),
        ("40HZ", "40hz", 40.0),
        ("1100hz", "1100hz", 1100.0),
        ("100hz+1200c", "100hz+1200c", 200.0),
    ] {
        let tonic: Tonic = typed.parse().unwrap();
        assert_exact(tonic.hz(440.0, Register::Low), hz, typed);
        assert_exact(tonic.hz(432.0, Register::High), hz, typed);
        assert_eq!(tonic.to_string(), prints);
        assert_eq!(prints.parse(), Ok(tonic));
    }
}

#[test]
fn a_named_tonic_follows_a4() {
    let hz = |word: &str, a4_hz| word.parse::<Tonic>().unwrap().hz(a4_hz, Register::Low);
    assert_exact(hz("A4", 432.0), 432.0, "A4");
    assert_exact(hz("A", 432.0), 108.0, "A");
    assert_exact(hz("A-10c", 432.0), 108.0 * (-10f64 / 1200.0).exp2(), "A-10c");
    assert_exact(hz("A-10.25c", 432.0), 108.0 * (-10.25f64 / 1200.0).exp2(), "A-10.25c");
    assert_exact(hz("C#", 440.0), 138.591_315_488_436_05, "C#");
    assert_eq!(Tonic::default(), "C#".parse().unwrap());
}

#[test]
fn a_wrong_tonic_is_told_what_is_right() {
    for (typed, says) in [
        ("", "unknown tonic \"\"; tonics are notes"),
        ("H", "unknown tonic \"H\"; tonics are notes (C#, Db, C#3), Hz (138.6hz)"),
        ("H#", "unknown tonic \"H#\"; tonics are"),
        ("C$", "unknown tonic \"C$\"; tonics are notes"),
        ("C##", "did you mean C#? Tonics are notes"),
        ("kaali1", "did you mean kali1?"),
        ("klai1", "did you mean kali1?"),
        ("Safad3", "did you mean safed3?"),
        ("white8", "unknown tonic \"white8\"; there are white1 to white7"),
        ("pandhari4", "did you mean pandhri4?"),
        ("C#+14", "did you mean C#+14c?"),
        ("C#-14", "did you mean C#-14c?"),
        ("C-3", "did you mean C3?"),
        ("138.6", "did you mean 138.6hz?"),
        ("138,6hz", "did you mean 138.6hz?"),
        ("5.5", "did you mean 5.5k?"),
        ("5\t.5", "unknown tonic \"5\\t.5\"; did you mean 5.5k?"),
        ("C#10", "unknown tonic \"C#10\""),
        ("nanhz", "unknown tonic \"nanhz\""),
        ("1e2hz", "unknown tonic \"1e2hz\""),
        ("-138hz", "unknown tonic \"-138hz\""),
        ("+14c", "unknown tonic \"+14c\""),
        ("Sa", "unknown tonic \"Sa\""),
        ("Ç", "unknown tonic \"Ç\""),
        ("kali", "unknown tonic \"kali\"; there are kali1 to kali5"),
        ("kali0", "there are kali1 to kali5"),
        ("kali6", "unknown tonic \"kali6\"; there are kali1 to kali5"),
        ("safed 8", "unknown tonic \"safed 8\"; there are safed1 to safed7"),
        ("pandhri257", "there are pandhri1 to pandhri7"),
        ("3.5k", "\"3.5k\" is not used: 3 kattai is E and 4 is F"),
        ("3.75 kattai", "\"3.75 kattai\" is not used"),
        ("0.5k", "unknown tonic \"0.5k\"; kattai go from 1 (C) to 7 (B)"),
        ("7.5k", "kattai go from 1 (C) to 7 (B)"),
        ("1.1k", "halves and quarters; add cents"),
        ("39.9hz", "tonic \"39.9hz\" would sound at 39.9 Hz; a tonic lies between 40 and 1100 Hz"),
        ("1100.1hz", "between 40 and 1100 Hz"),
        ("0hz", "between 40 and 1100 Hz"),
        ("C#9", "would sound at 8869.8 Hz"),
        ("C1", "would sound at 32.7 Hz"),
        ("C#-2400c", "would sound at 34.6 Hz"),
        ("C#+9999999999c", "between 40 and 1100 Hz"),
    ] {
        let error = typed.parse::<Tonic>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}

#[test]
fn a_kattai_of_a_female_singer_sounds_in_her_octave() {
    let hz = |model: Model| "5.5k".parse::<Tonic>().unwrap().hz(440.0, model.register());
    assert_exact(hz(Model::Female), above_a4(-13.0), "G#3");
    assert_exact(hz(Model::Male), above_a4(-25.0), "G#2");
    assert_exact("G#3".parse::<Tonic>().unwrap().hz(440.0, Register::Low), 207.652_348_789_972_56, "G#3");
}

#[test]
fn moved_by_semitones_every_tonic_sounds_there_and_its_name_reads_back() {
    let (mut moved, mut least, mut most) = (0, 0, 0);
    // Far off its name a tonic of one register lies beyond what the other may have (found by fuzzing: C#+2230c, by two).
    let far_off = |word: &str| ["+2230c", "-1250c"].map(|cents| format!("{word}{cents}").parse().ok());
    let of = |word: &str| far_off(word).into_iter().flatten().chain([word.parse::<Tonic>().expect(word)]);
    for tonic in TONICS.iter().flat_map(|(word, ..)| of(word).collect::<Vec<_>>()) {
        for register in [Register::Low, Register::High] {
            for semitones in -30..=30 {
                let Some(to) = tonic.moved(semitones, register) else { continue };
                let cents = 1200.0 * (to.hz(440.0, register) / tonic.hz(440.0, register)).log2();
                // Frequencies are rounded to hundredths of a Hz.
                let exact = if to.to_string().contains("hz") { 0.25 } else { 1e-9 };
                assert!((cents - 100.0 * f64::from(semitones)).abs() < exact, "{tonic} {semitones:+}: {to}, {cents} c");
                let back: Tonic = to.to_string().parse().expect("it reads back");
                assert!((back.hz(440.0, register) - to.hz(440.0, register)).abs() < 1e-9, "{to}");
                moved += 1;
                (least, most) = (least.min(semitones), most.max(semitones));
            }
        }
    }
    assert!(moved > 9_000 && least <= -14 && most >= 24, "{moved} {least} {most}");
    let one = |word: &str| word.parse::<Tonic>().expect(word).moved(1, Register::Low).map(|tonic| tonic.to_string());
    for (word, next) in [("C#", "D"), ("Db", "D"), ("kali5", "safed7"), ("5.5k", "6k"), ("C#3", "D3"), ("F", "F#3")] {
        assert_eq!(one(word).as_deref(), Some(next));
    }
    assert_eq!("1050hz".parse::<Tonic>().expect("a tonic").moved(1, Register::Low), None);
}
