//! Swaras: words, letters and ratios.

use tanpura::tuning::Swara;

#[test]
fn every_swara_has_its_just_ratio_its_word_and_its_letter() {
    // Cents above Sa as tables print them, rounded to 0.1.
    let cents = [0.0, 111.7, 203.9, 315.6, 386.3, 498.0, 590.2, 702.0, 813.7, 884.4, 1017.6, 1088.3];
    for (swara, cents) in Swara::ALL.into_iter().zip(cents) {
        let (numerator, denominator) = swara.just_ratio();
        let got = 1200.0 * (f64::from(numerator) / f64::from(denominator)).log2();
        assert!((got - cents).abs() < 0.05, "{swara}: {got}");
        assert_eq!(swara.to_string().parse(), Ok(swara));
        assert_eq!(swara.letter().to_string().parse(), Ok(swara));
    }
}

#[test]
fn swaras_are_read_in_words_and_in_letters() {
    use Swara::{Dha, Ga, KomalDha, KomalGa, KomalNi, KomalRe, Ma, Ni, Pa, Re, Sa, TivraMa};
    for (typed, swara) in [
        ("Pa", Pa),
        ("pa", Pa),
        ("PA", Pa),
        ("Ri", Re),
        ("Da", Dha),
        ("Ma", Ma),
        ("MA", Ma),
        ("m", Ma),
        ("M", TivraMa),
        ("r", KomalRe),
        ("R", Re),
        ("n", KomalNi),
        ("N", Ni),
        ("s", Sa),
        ("p", Pa),
        ("kNi", KomalNi),
        ("KNI", KomalNi),
        ("Nib", KomalNi),
        ("Ni♭", KomalNi),
        ("komal-Ni", KomalNi),
        ("Komal Dha", KomalDha),
        ("komalga", KomalGa),
        ("kRi", KomalRe),
        ("Ma#", TivraMa),
        ("ma♯", TivraMa),
        ("tMa", TivraMa),
        ("tivra-Ma", TivraMa),
        ("Tivra Ma", TivraMa),
        ("shuddha-Ga", Ga),
    ] {
        assert_eq!(typed.parse(), Ok(swara), "{typed:?}");
    }
}

#[test]
fn a_wrong_swara_names_itself_and_the_nearest_right_one() {
    for (typed, says) in [
        (
            "Pq",
            "unknown swara \"Pq\"; did you mean Pa? Swaras are Sa, kRe, Re, kGa, Ga, Ma, tMa, Pa, kDha, Dha, kNi, Ni",
        ),
        ("Dhaa", "did you mean Dha?"),
        ("Dah", "unknown swara \"Dah\"; did you mean Dha?"),
        ("Nik", "unknown swara \"Nik\"; did you mean Ni?"),
        ("x", "unknown swara \"x\"; swaras are Sa, kRe"),
        ("", "unknown swara \"\""),
        ("kNib", "unknown swara \"kNib\"; did you mean kNi?"),
        ("sRe", "unknown swara \"sRe\"; did you mean kRe?"),
        ("kPa", "\"kPa\" is no swara; only Re, Ga, Dha and Ni can be komal"),
        ("komal-Sa", "\"komal-Sa\" is no swara"),
        ("Re#", "\"Re#\" is no swara; only Ma can be tivra (tMa)"),
    ] {
        let error = typed.parse::<Swara>().expect_err(typed).to_string();
        assert!(error.contains(says), "{typed:?} is told: {error}");
    }
}
