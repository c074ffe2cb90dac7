//! Scala files: read after the format's description, mapped to swaras, and told what is wrong with the line.

use super::assert_exact;
use tanpura::tuning::{Scale, Swara, Tuning};

/// Quarter-comma meantone with comments wherever they may stand, pitches of every kind, and words after them.
const MEANTONE: &str = "\
! meantone.scl
!
Quarter-comma meantone
! how many
 12
!
 76.04900 C#
 193.15686 cents
 310.26471
 5/4
 503.42157
 579.47057   ! tritone
 696.57843
 25/16
 889.73529
 1006.84314
 1082.89214
 2
! behind the last pitch nothing counts
 nonsense
";

fn ratio(scale: &Scale, cents: f64, swara: Swara) {
    assert_exact(scale.ratio(swara), (cents / 1200.0).exp2(), &format!("{swara} in {scale}"));
}

#[test]
fn a_scale_of_twelve_goes_degree_by_degree() {
    let scale = Scale::parse(MEANTONE).unwrap();
    let cents = [0.0, 76.049, 193.15686, 310.26471, 386.313_713_9, 503.42157, 579.47057, 696.57843];
    for (swara, cents) in Swara::ALL.into_iter().zip(cents) {
        ratio(&scale, cents, swara);
    }
    assert_eq!(scale.ratio(Swara::Ga), 1.25);
    assert_eq!(scale.ratio(Swara::KomalDha), 25.0 / 16.0);
    ratio(&scale, 1082.89214, Swara::Ni);
    let printed =
        "76.049 193.15686 310.26471 5/4 503.42157 579.47057 696.57843 25/16 889.73529 1006.84314 1082.89214 2/1";
    assert_eq!(scale.to_string(), printed);
    assert_eq!(Tuning::from(scale), printed.parse().unwrap());
}

#[test]
fn in_any_other_scale_each_swara_takes_the_nearest_note() {
    // Seven notes: the komal and tivra swaras share those of their neighbours.
    let bilawal = Scale::parse("!\n\n7\n9/8\n5/4\n4/3\n3/2\n5/3\n15/8\n2/1\n").unwrap();
    let nearest = |swara| bilawal.ratio(swara);
    assert_eq!(nearest(Swara::Sa), 1.0);
    assert_eq!(nearest(Swara::Re), 9.0 / 8.0);
    assert_eq!(nearest(Swara::KomalGa), 1.25, "70.7 cents from Ga, 111.7 from Re");
    assert_eq!(nearest(Swara::KomalRe), 9.0 / 8.0, "92.2 cents from Re, 111.7 from Sa");
    assert_eq!(nearest(Swara::TivraMa), 4.0 / 3.0, "92.2 cents from Ma, 111.7 from Pa");
    assert_eq!(nearest(Swara::Ni), 15.0 / 8.0);
    // Two notes far apart: Ni is nearer to the next Sa than to Pa.
    let two: Scale = "3/2 2/1".parse().unwrap();
    assert_eq!(two.ratio(Swara::Ni), 1.0);
    assert_eq!(two.ratio(Swara::KomalRe), 1.0);
    // The twenty-two shrutis hold every just swara, whatever their order.
    let all: Scale = "2187/2048 16/15 10/9 9/8 6/5 5/4 4/3 27/20 45/32 3/2 8/5 5/3 27/16 9/5 15/8 2/1".parse().unwrap();
    for swara in Swara::ALL {
        let (numerator, denominator) = swara.just_ratio();
        assert_exact(all.ratio(swara), f64::from(numerator) / f64::from(denominator), swara.name());
    }
}

#[test]
fn notes_outside_the_octave_are_moved_into_it_and_sa_stays() {
    let scale: Scale = "-5.0 9/4 3/5 5/2 4/3 45/32 3 8/5 5/3 9/5 15/8 1199.6".parse().unwrap();
    ratio(&scale, 1195.0, Swara::KomalRe);
    assert_eq!(scale.ratio(Swara::Re), 9.0 / 8.0);
    assert_eq!(scale.ratio(Swara::KomalGa), 1.2);
    assert_eq!(scale.ratio(Swara::Ga), 1.25);
    assert_eq!(scale.ratio(Swara::Pa), 1.5);
    assert_eq!(scale.ratio(Swara::Sa), 1.0);
}

#[test]
fn files_of_every_system_are_read_alike() {
    let unix = Scale::parse(MEANTONE).unwrap();
    assert_eq!(Scale::parse(&MEANTONE.replace('\n', "\r\n")), Ok(unix.clone()));
    assert_eq!(Scale::parse(&format!("\u{feff}{MEANTONE}")), Ok(unix.clone()));
    assert_eq!(Scale::parse(MEANTONE.trim_end()), Ok(unix.clone()));
    assert_eq!(Scale::parse(&MEANTONE.replace(" 12\n", "\t12 \n\n").replace(" 5/4", "\t5 / 4")), Ok(unix));
}

#[test]
fn a_wrong_file_is_told_its_line() {
    let many = format!("many\n1001\n{}", "2/1\n".repeat(1001));
    for (text, says) in [
        ("", "the scale has no notes; a Scala file has a line of description, then the number of notes"),
        ("! only a comment\n", "the scale has no notes"),
        ("description\n", "the scale has no notes"),
        ("description\ntwelve\n", "line 2 of the scale is \"twelve\"; after the description comes the number of notes"),
        ("! c\ndescription\n-3\n", "line 3 of the scale is \"-3\""),
        ("!\n12\n9/8\n2/1\n", "line 3 of the scale is \"9/8\"; after the description comes the number"),
        ("d\n0\n", "the scale has 0 notes, so there is nothing to tune to"),
        ("d\n99999999999999999999\n", "line 2 of the scale is \"99999999999999999999\""),
        (many.as_str(), "the scale has 1001 notes; it can have 1 to 1000"),
        ("d\n3\n9/8\n3/2\n", "the scale announces 3 notes and has 2; add the others"),
        ("d\n2\n! comment\nx 3/2\n2/1\n", "line 4 of the scale is \"x 3/2\", which is no pitch; write a ratio (5/4)"),
        ("d\n2\n701,955\n2/1\n", "line 3 of the scale is \"701,955\""),
        ("d\n2\n-3/2\n2/1\n", "line 3 of the scale is \"-3/2\""),
        ("d\n2\n3/0\n2/1\n", "line 3 of the scale is \"3/0\""),
        ("d\n2\n3/2\n3/1\n", "line 4 of the scale, its last pitch, is 3/1 (1902.0 cents); a tanpura's strings stand"),
        ("d\n1\n1199.4\n", "line 3 of the scale, its last pitch, is 1199.4 (1199.4 cents)"),
        (
            "d\n1\n1200\n",
            "1200/1 (12274.6 cents); a tanpura's strings stand in octaves, so a scale ends with 2/1 or 1200.0 (cents need a point)",
        ),
        ("d\n1\nééééééééééééééééééééééééééééééééééééééééééééé\n", "éééé...\", which is no pitch"),
    ] {
        let error = Scale::parse(text).expect_err(text).to_string();
        assert!(error.contains(says), "{text:?} is told: {error}");
    }
}
