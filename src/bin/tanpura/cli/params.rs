//! One flag for each row of the parameter table.

use clap::{Arg, ArgMatches, Args, Command, Error, FromArgMatches};
use tanpura::Param;
use tanpura::instrument::settings::{PARAMS, ParamInfo};
use tanpura::preset::words;

/// The parameters that were given, with their values.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct ParamFlags(pub(crate) Vec<(Param, f64)>);

fn flag(info: &'static ParamInfo) -> Arg {
    Arg::new(info.id)
        .long(info.id)
        .value_name(if info.unit.is_empty() { "AMOUNT" } else { info.unit })
        .help(format!("{} [{}; default: {}]", info.help, info.bounds(), info.default_text()))
        .value_parser(move |text: &str| words::param(info.bounds(), text))
}

impl Args for ParamFlags {
    fn augment_args(command: Command) -> Command {
        command.args(PARAMS.iter().map(flag))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for ParamFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let given =
            |info: &ParamInfo| Some((matches.index_of(info.id)?, info.param, *matches.get_one::<f64>(info.id)?));
        let mut given: Vec<_> = PARAMS.iter().filter_map(given).collect();
        // In the order they were typed: of two that say one thing, the later holds.
        given.sort_by_key(|(index, ..)| *index);
        Ok(Self(given.into_iter().map(|(_, param, value)| (param, value)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
