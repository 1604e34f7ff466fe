//! `desireline redact`: a copy to give away, and a list of what was taken out of it.

use super::args::{Keep, Redact};
use super::{Failure, Found, files};
use crate::analysis::redact::{Redaction, redact};
use crate::i18n::{Lang, Msg, count};
use crate::store::base::is_same;
use std::io::Write;

pub(super) fn run(args: &Redact, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    if is_same(&args.file, &args.output) {
        return Err(Failure::at(&args.file, Msg::RedactKeepsOriginal.text(lang), lang));
    }
    let loaded = files::open(&args.file, lang)?;
    if let Some(version) = &loaded.read_only {
        return Err(Failure::new(Msg::CliNewer, lang, &[("version", version)]));
    }
    let taken_out = |part: Keep| !args.keep.contains(&part);
    let what = Redaction {
        quotes: taken_out(Keep::Quotes),
        notes: taken_out(Keep::Notes),
        names: taken_out(Keep::Names),
        lanes: taken_out(Keep::Lanes),
        few: taken_out(Keep::SmallCells),
        least: args.min_n,
        ..Redaction::all(lang)
    };
    let copy = redact(&loaded.project, &what);
    files::save_as(&args.output, &copy.project, lang)?;
    for taken in &copy.taken {
        writeln!(out, "{}", taken.message(lang))?;
    }
    for same in &copy.same {
        writeln!(out, "{}", same.message(lang))?;
    }
    writeln!(out, "{}", Msg::RedactCount.with(lang, &[("n", &count(copy.taken.len() as u64))]))?;
    for line in copy.summary(lang) {
        writeln!(out, "- {line}")?;
    }
    writeln!(out, "{}", Msg::RedactCheck.text(lang))?;
    writeln!(out, "{}", Msg::RedactLimits.text(lang))?;
    Ok(Found::Nothing)
}
