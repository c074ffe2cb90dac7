//! Ports by their names.

/// The port that the system has for programs to meet at, where nobody plays.
const THROUGH: &str = "Midi Through";

/// The port that is meant: the first one whose name has this part, in any case, or the first one at all.
///
/// # Errors
/// A sentence where there is none.
pub(super) fn choose(names: &[String], wanted: Option<&str>) -> Result<usize, String> {
    let Some(wanted) = wanted else {
        let played = names.iter().position(|name| !name.starts_with(THROUGH));
        return played.ok_or_else(|| "there is no MIDI port; plug a controller in".to_owned());
    };
    let lower = wanted.to_lowercase();
    // A port of just this name before one that only has it in its own.
    let exact = names.iter().position(|name| plain(name).to_lowercase() == lower);
    let part = || names.iter().position(|name| name.to_lowercase().contains(&lower));
    exact.or_else(part).ok_or_else(|| match names {
        [] => format!("no MIDI port {wanted:?}; there are none: plug a controller in"),
        names => format!("no MIDI port {wanted:?}; there are: {}", names.join(", ")),
    })
}

/// A name without the address that ALSA gives it (` 20:0`), which is another when it is plugged in again.
pub(super) fn plain(name: &str) -> &str {
    let is_address = |word: &str| {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        word.split_once(':').is_some_and(|(client, port)| is_number(client) && is_number(port))
    };
    name.rsplit_once(' ').filter(|(_, last)| is_address(last)).map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<String> {
        ["Midi Through:Midi Through Port-0 14:0", "Keystation 88:Keystation 88 MIDI 1 20:0", "nanoKONTROL2:CTRL 24:0"]
            .map(str::to_owned)
            .to_vec()
    }

    #[test]
    fn the_first_port_somebody_plays_is_taken_where_none_is_named() {
        assert_eq!(choose(&names(), None), Ok(1));
        assert_eq!(choose(&names()[..1], None), Err("there is no MIDI port; plug a controller in".to_owned()));
        assert_eq!(choose(&[], None), Err("there is no MIDI port; plug a controller in".to_owned()));
    }

    #[test]
    fn a_port_is_found_by_a_part_of_its_name_and_by_its_address() {
        assert_eq!(choose(&names(), Some("kontrol")), Ok(2));
        assert_eq!(choose(&names(), Some("through")), Ok(0));
        assert_eq!(choose(&names(), Some("24:0")), Ok(2));
        let told = choose(&names(), Some("organ")).expect_err("there is no organ");
        assert!(told.starts_with("no MIDI port \"organ\"; there are: Midi Through"), "{told}");
        assert!(choose(&[], Some("organ")).expect_err("none").contains("there are none"));
    }

    #[test]
    fn a_port_of_just_that_name_goes_before_one_that_has_it_within() {
        let names = ["A:Keys Two 20:0", "A:Keys 24:0"].map(str::to_owned);
        assert_eq!(choose(&names, Some("a:keys")), Ok(1));
    }

    #[test]
    fn an_address_is_no_part_of_a_name() {
        assert_eq!(plain("Keystation 88:Keystation 88 MIDI 1 20:0"), "Keystation 88:Keystation 88 MIDI 1");
        for name in ["system:midi_capture_1", "Keys 2", "Keys 2:a", "Keys :0", ""] {
            assert_eq!(plain(name), name);
        }
    }
}
