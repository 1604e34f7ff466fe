//! The arguments: names of commands and options, fixed for scripts.

use super::redact_args::Redact;
use clap::{ArgGroup, Parser, Subcommand};
use engine::i18n::Lang;
use engine::model::choice::MetricKind;
use engine::survey::source::{Delimiter, Encoding, HEADER_ROWS, Options, READ_SHEET};
use engine::theme::ThemeId;
use std::path::{Path, PathBuf};

/// Draw customer journeys as graphs and lay the customers' own scores over them.
#[derive(Debug, Parser)]
#[command(name = "desireline", version, args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    /// The command; without one the window opens.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// The project to open in the window.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: Option<PathBuf>,
    /// Language of messages and maps: en or zh-CN.
    #[arg(long, global = true)]
    pub(super) lang: Option<Lang>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List the templates, one per line.
    Templates,
    /// Create a project from a template, from a journey in another format, or as a copy of another project.
    New(New),
    /// List the problems of a project, one per line.
    Check(Check),
    /// Change a project by a script: each line is one step, acknowledged once it is safe on the disk.
    Edit(Edit),
    /// Recover the unsaved work of a session that ended early, merged into the file as it is now.
    Recover(Recover),
    /// Save the readable part of a damaged project, and report what was found and done.
    Repair(Repair),
    /// Save a copy to share, without quotes, notes, names, hidden lanes and small groups, and list what was
    /// taken out.
    Redact(Redact),
    /// Import a survey file.
    Import(Box<ImportArgs>),
    /// Print the scores: a row for each touchpoint, wave and segment.
    Scores(Scores),
    /// Print the drivers of an outcome: each touchpoint's share of its variance.
    Drivers(DriversArgs),
    /// Draw a journey as PNG or SVG, or write it as an outline, a mermaid journey or a table.
    Export(Export),
    /// List or draw the differences between two versions; also works as git's external diff.
    Diff(Diff),
    /// Merge the versions of two people and list the conflicts; also works as a git merge driver.
    Merge(Merge),
    /// Write a sheet of an old workbook as CSV: what the program asks of itself, in a process apart.
    #[command(name = READ_SHEET, hide = true)]
    ReadSheet(ReadSheet),
}

impl Command {
    /// True if the output is meant for programs.
    pub(super) fn writes_data(&self) -> bool {
        match self {
            Self::Scores(_) | Self::Drivers(_) | Self::ReadSheet(_) => true,
            Self::Redact(redact) => redact.list,
            Self::Diff(diff) => matches!(diff.format, DiffFormat::Json),
            _ => false,
        }
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct ReadSheet {
    /// The workbook.
    pub(super) file: PathBuf,
    /// The sheet; without it the first visible sheet with rows.
    #[arg(long, allow_hyphen_values = true)]
    pub(super) sheet: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("origin").required(true).args(["template", "from", "outline", "copy"])))]
pub(super) struct New {
    /// Name of a template.
    #[arg(long, value_name = "NAME")]
    pub(super) template: Option<String>,
    /// An outline (.md), a mermaid journey (.mmd) or a table of a journey (.csv).
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// Another project, copied under new ids so that the two are never merged.
    #[arg(long, value_name = "FILE.ron")]
    pub(super) copy: Option<PathBuf>,
    /// Notes: "# title", "## stage", "- touchpoint [channel]", below it "! pain", "+ gain", "* moment of
    /// truth".
    #[arg(long, value_name = "NOTES.md")]
    pub(super) outline: Option<PathBuf>,
    /// Title of the journey.
    #[arg(long, value_name = "T")]
    pub(super) title: Option<String>,
    /// Where to write the project.
    #[arg(short, long, value_name = "FILE.ron")]
    pub(super) output: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(super) struct Edit {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// The lines; without it standard input. "stage NAME", "touchpoint STAGE : NAME", "rename ELEMENT :
    /// NAME", "feeling TOUCHPOINT : NUMBER|none [: PERSONA]", "pain|gain|need|quote|question|note ELEMENT :
    /// TEXT", "delete ELEMENT", "undo", "redo", "save"; an element is named by its id or title.
    #[arg(long, value_name = "LINES")]
    pub(super) script: Option<PathBuf>,
    /// Stop at the first line that can't be carried out, rather than skip it.
    #[arg(long)]
    pub(super) strict: bool,
    /// Do not save at the end; unsaved changes stay in the journal.
    #[arg(long)]
    pub(super) no_save: bool,
    /// The folder for journals and earlier versions [default: `DESIRELINE_STATE`, or the user's data folder].
    #[arg(long, value_name = "DIR")]
    pub(super) state_dir: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("what").required(true).args(["list", "output"])))]
pub(super) struct Recover {
    /// The project that was open; without it all unsaved work.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: Option<PathBuf>,
    /// Only list the unsaved work: changes, time, file and journal, one document per line.
    #[arg(long)]
    pub(super) list: bool,
    /// Where to write the project.
    #[arg(short, long, value_name = "OUT.ron")]
    pub(super) output: Option<PathBuf>,
    /// Keep the journal, so that it can be recovered again.
    #[arg(long)]
    pub(super) keep: bool,
    /// The folder for journals and earlier versions [default: `DESIRELINE_STATE`, or the user's data folder].
    #[arg(long, value_name = "DIR")]
    pub(super) state_dir: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct Repair {
    /// The damaged project; it stays as it is.
    #[arg(value_name = "DAMAGED.ron")]
    pub(super) file: PathBuf,
    /// Print the report and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Where to write the repaired project.
    #[arg(short, long, value_name = "OUT.ron")]
    pub(super) output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// The survey: CSV or other text with delimiters, XLSX, XLS or ODS; one row for each answer.
    #[arg(long, value_name = "DATA")]
    pub(super) feedback: PathBuf,
    /// The sheet of a workbook; without it the first visible sheet with rows.
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    pub(super) sheet: Option<String>,
    /// The encoding of a text file: utf-8, utf-16le, utf-16be, gb18030, cp1252 or another; detected if not
    /// given.
    #[arg(long, value_name = "E")]
    pub(super) encoding: Option<Encoding>,
    /// The character between cells: , ; | or tab; detected if not given.
    #[arg(long, value_name = "C", value_parser = Delimiter::from_typed)]
    pub(super) delimiter: Option<Delimiter>,
    /// The number of header rows, 0 to 3; detected if not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(..=i64::from(HEADER_ROWS)))]
    pub(super) header_rows: Option<u8>,
    /// A saved mapping of columns; without one the proposed mapping is used.
    #[arg(long, value_name = "R.ron")]
    pub(super) recipe: Option<PathBuf>,
    /// Where to write the mapping that was used.
    #[arg(long, value_name = "R.ron")]
    pub(super) save_recipe: Option<PathBuf>,
    /// The roles of the columns.
    #[command(flatten)]
    pub(super) mapping: MappingArgs,
    /// If answers were imported before: replace that import, add only new respondents or later rows, or add
    /// all rows.
    #[arg(long, value_enum)]
    pub(super) again: Option<RepeatedAnswers>,
    /// Print the mapping and import nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Overwrite the file named by --save-recipe.
    #[arg(long)]
    pub(super) force: bool,
    /// Where to write the project.
    #[arg(short, long, value_name = "OUT.ron")]
    pub(super) output: Option<PathBuf>,
}

impl ImportArgs {
    /// Returns the reading options of the survey file.
    pub(super) fn reading_options(&self) -> Options {
        Options {
            encoding: self.encoding,
            delimiter: self.delimiter,
            header_rows: self.header_rows,
            sheet: self.sheet.clone(),
            ..Options::default()
        }
    }
}

/// The user's mapping of columns; the rest is proposed.
#[derive(Debug, clap::Args)]
pub(super) struct MappingArgs {
    /// A column of answers about a touchpoint or stage, new where none has the name; or a value of
    /// --touchpoint-column.
    #[arg(long, value_name = "NAME=COLUMN")]
    pub(super) touchpoint: Vec<String>,
    /// In a table with one answer per row: the column of touchpoint names.
    #[arg(long, value_name = "COLUMN", requires = "score_column")]
    pub(super) touchpoint_column: Option<String>,
    /// In a table with one answer per row: the column of answers.
    #[arg(long, value_name = "COLUMN", requires = "touchpoint_column")]
    pub(super) score_column: Option<String>,
    /// A column of answers about the journey as a whole.
    #[arg(long, value_name = "COLUMN")]
    pub(super) outcome: Vec<String>,
    /// A column that splits customers into groups.
    #[arg(long, value_name = "COLUMN")]
    pub(super) segment: Vec<String>,
    /// Two columns of groups that are also crossed with each other.
    #[arg(long, value_name = "COLUMN,COLUMN")]
    pub(super) cross: Vec<String>,
    /// A column of several choices in a cell: each is a group of its own, and they overlap.
    #[arg(long, value_name = "COLUMN")]
    pub(super) choices: Vec<String>,
    /// A column that is not read.
    #[arg(long, value_name = "COLUMN")]
    pub(super) ignore: Vec<String>,
    /// The column of dates, which splits answers into months or as --wave says.
    #[arg(long, value_name = "COLUMN")]
    pub(super) date_column: Option<String>,
    /// month, quarter or year by the date column, all for one wave, or the name of a wave for all answers.
    #[arg(long, value_name = "month|quarter|year|all|NAME")]
    pub(super) wave: Option<String>,
    /// The column of weights.
    #[arg(long, value_name = "COLUMN")]
    pub(super) weight: Option<String>,
    /// Use no weights, even if a column looks like weights.
    #[arg(long, conflicts_with = "weight")]
    pub(super) no_weight: bool,
    /// A column in which 1 is yes and 2 is no.
    #[arg(long, value_name = "COLUMN")]
    pub(super) yes_no: Vec<String>,
    /// If ids repeat: count each id once, or all rows.
    #[arg(long, value_enum)]
    pub(super) repeats: Option<RepeatedIds>,
    /// Leave out the rows in which the column holds this text; no text after the equals sign means a blank
    /// cell.
    #[arg(long, value_name = "COLUMN=TEXT")]
    pub(super) leave_out: Vec<String>,
    /// Count rows that would be left out otherwise.
    #[arg(long, value_name = "COLUMN=TEXT")]
    pub(super) keep_rows: Vec<String>,
    /// The number of steps of a scale of words.
    #[arg(long, value_name = "COLUMN=NUMBER")]
    pub(super) steps: Vec<String>,
    /// In an aggregated table: the column with the number of respondents of each row.
    #[arg(long, value_name = "COLUMN")]
    pub(super) count: Option<String>,
    /// In an aggregated table: whether the columns of answers hold counts or shares.
    #[arg(long, value_enum)]
    pub(super) answers: Option<AnswerUnit>,
    /// The number for an answer in words.
    #[arg(long, value_name = "TEXT=NUMBER")]
    pub(super) value: Vec<String>,
    /// Codes that mean no answer, in one column, or in all columns where they can't be a real answer.
    #[arg(long, value_name = "[COLUMN=]CODE", num_args = 1.., allow_negative_numbers = true)]
    pub(super) missing: Vec<String>,
    /// The ends of a column's scale.
    #[arg(long, value_name = "COLUMN=LOW-HIGH")]
    pub(super) scale: Vec<String>,
    /// A column whose low answers are good.
    #[arg(long, value_name = "COLUMN")]
    pub(super) low_is_good: Vec<String>,
    /// A column whose high answers are good.
    #[arg(long, value_name = "COLUMN")]
    pub(super) high_is_good: Vec<String>,
    /// Numeric dates begin with the day.
    #[arg(long, conflicts_with = "month_first")]
    pub(super) day_first: bool,
    /// Numeric dates begin with the month.
    #[arg(long)]
    pub(super) month_first: bool,
}

/// The treatment of answers that came with an earlier import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum RepeatedAnswers {
    /// The new import takes the place of the earlier ones.
    Replace,
    /// Only new respondents, or rows after the last day, are added.
    New,
    /// All rows are added.
    Add,
}

/// The treatment of rows whose id an earlier row had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum RepeatedIds {
    /// The first row of an id counts.
    Once,
    /// All rows count.
    All,
}

/// The content of columns of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum AnswerUnit {
    /// Numbers of respondents.
    Counts,
    /// Shares of them.
    Shares,
}

/// The output format of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum ScoreFormat {
    /// Comma-separated values.
    Csv,
    /// An array of objects.
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Scores {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// nps, csat, ces or mean; without it each question's own.
    #[arg(long)]
    pub(super) metric: Option<MetricKind>,
    /// One wave by name, or all waves with their total; without it each wave.
    #[arg(long, value_name = "W|all")]
    pub(super) wave: Option<String>,
    /// The groups of one column; without it everyone and all groups.
    #[arg(long, value_name = "COLUMN|all")]
    pub(super) segment: Option<String>,
    /// Weight the answers; two more columns give the effective n and the unweighted score.
    #[arg(long)]
    pub(super) weighted: bool,
    /// The output format.
    #[arg(long, value_enum, default_value = "csv")]
    pub(super) format: ScoreFormat,
}

#[derive(Debug, clap::Args)]
pub(super) struct DriversArgs {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// The outcome, by the name of its column; without it each.
    #[arg(long, value_name = "COLUMN")]
    pub(super) outcome: Option<String>,
    /// Weight the respondents; one more column gives the effective n.
    #[arg(long)]
    pub(super) weighted: bool,
    /// The output format.
    #[arg(long, value_enum, default_value = "csv")]
    pub(super) format: ScoreFormat,
}

#[derive(Debug, clap::Args)]
#[command(group(ArgGroup::new("size").args(["scale", "dpi", "width"])))]
pub(super) struct Export {
    /// The project.
    #[arg(value_name = "FILE.ron")]
    pub(super) file: PathBuf,
    /// Where to write it; the ending .png, .svg, .md, .mmd or .csv decides the format.
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Title of the journey; without it the first.
    #[arg(long, value_name = "TITLE")]
    pub(super) journey: Option<String>,
    /// Pixels per point.
    #[arg(long, value_name = "S")]
    pub(super) scale: Option<f32>,
    /// Pixels per inch of paper.
    #[arg(long, value_name = "N")]
    pub(super) dpi: Option<f32>,
    /// Width in pixels.
    #[arg(long, value_name = "PX")]
    pub(super) width: Option<u32>,
    /// light, dark or print.
    #[arg(long, default_value_t = ThemeId::Light)]
    pub(super) theme: ThemeId,
    /// nps, csat, ces or mean; without it each question's own.
    #[arg(long)]
    pub(super) metric: Option<MetricKind>,
}

/// The output format of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum DiffFormat {
    /// Sentences, by journey and stage.
    Text,
    /// An array of objects, one for each field.
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Diff {
    /// The older and the newer version, or the arguments of git's external diff.
    #[arg(value_name = "A.ron B.ron", required = true, num_args = 1..=9)]
    files: Vec<PathBuf>,
    /// Draw the newer version with the differences marked; the ending .png or .svg decides the format.
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// The output format.
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: DiffFormat,
    /// Title of the journey to draw; without it the one with the most differences.
    #[arg(long, value_name = "TITLE")]
    pub(super) journey: Option<String>,
    /// Pixels per point.
    #[arg(long, value_name = "S")]
    pub(super) scale: Option<f32>,
    /// light, dark or print.
    #[arg(long, default_value_t = ThemeId::Light)]
    pub(super) theme: ThemeId,
}

impl Diff {
    /// Returns the two versions. Git passes the path, then file, hash and mode of each version; after a
    /// rename, the new path and a word too.
    pub(super) fn version_paths(&self) -> Option<[&Path; 2]> {
        match self.files.as_slice() {
            [old, new] | [_, old, _, _, new, _, _, ..] => Some([old, new]),
            _ => None,
        }
    }

    /// Returns the path under which git knows the file, if git called the program.
    pub(super) fn path_in_git(&self) -> Option<&Path> {
        if !matches!(self.files.len(), 1 | 7..=9) {
            return None;
        }
        self.files.get(7).or(self.files.first()).map(PathBuf::as_path)
    }
}

#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// The common ancestor; an empty file if there is none.
    #[arg(value_name = "BASE.ron")]
    pub(super) base: PathBuf,
    /// One version.
    #[arg(value_name = "OURS.ron")]
    pub(super) ours: PathBuf,
    /// The other version.
    #[arg(value_name = "THEIRS.ron")]
    pub(super) theirs: PathBuf,
    /// Where to write the merged project; it may be one of the three.
    #[arg(short, long, value_name = "OUT.ron")]
    pub(super) output: PathBuf,
}
