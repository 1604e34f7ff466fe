//! The arguments of `desireline redact`.

use clap::ArgGroup;
use engine::redact::LEAST;
use std::path::PathBuf;

/// The parts that a copy to give away may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Keep {
    /// Quotes.
    Quotes,
    /// Notes.
    Notes,
    /// Names of people.
    Names,
    /// Lanes below the line of visibility.
    Lanes,
    /// Answers of small groups.
    SmallCells,
}

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("what").required(true).args(["list", "output"])))]
pub(super) struct Redact {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// Parts that the copy keeps.
    #[arg(long, value_enum, value_name = "PART", value_delimiter = ',', num_args = 1..)]
    pub(super) keep: Vec<Keep>,
    /// The fewest answers of a group that the copy keeps.
    #[arg(long, value_name = "N", default_value_t = LEAST)]
    pub(super) min_n: u64,
    /// Only list the texts of the copy for a person to read: "read", the place and the text, separated by
    /// tabs. Rules do not find nicknames, descriptions of a person, or names without a title or phrase before
    /// them.
    #[arg(long, conflicts_with = "output")]
    pub(super) list: bool,
    /// That list, with "keep", "drop", "mask" (the whole text) or "mask NAME; NAME" (in all texts) in place
    /// of "read".
    #[arg(long, value_name = "LIST")]
    pub(super) decisions: Option<PathBuf>,
    /// Where to write the copy.
    #[arg(short, long, value_name = "OUT.ron")]
    pub(super) output: Option<PathBuf>,
}
