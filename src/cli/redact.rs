//! `desireline redact`: a copy to give away, a list of what was taken out of it, and the texts a person must read.

use super::redact_args::{Keep, Redact};
use super::{Failure, Found, complain, files, redact_texts};
use crate::analysis::redact::{Decisions, Redaction, decide, read_count, redact};
use crate::i18n::{Lang, Msg, brief, count};
use std::io::Write;

pub(super) fn run(args: &Redact, lang: Lang, out: &mut dyn Write) -> Result<Found, Failure> {
    if let Some(output) = &args.output
        && files::is_same(&args.file, output, lang)?
    {
        return Err(Failure::at(output, Msg::RedactKeepsOriginal.text(lang), lang));
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
    let (decisions, stale) = match &args.decisions {
        Some(path) => redact_texts::read(path, &copy.texts, lang)?,
        None => (Decisions::new(), Vec::new()),
    };
    let output = match args.output.as_ref() {
        Some(output) if !args.list => output,
        _ => {
            redact_texts::write(&copy.texts, &decisions, lang, out)?;
            return Ok(Found::Nothing);
        }
    };
    files::save_as(output, &decide(&copy, &decisions, lang), lang)?;
    for taken in &copy.taken {
        writeln!(out, "{}", brief(&taken.message(lang)))?;
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
    for line in &stale {
        complain(line);
    }
    let unread = copy.texts.len() - read_count(&copy.texts, &decisions);
    if unread > 0 {
        complain(&Msg::RedactLeft.with(lang, &[("n", &count(unread as u64))]));
    }
    // Texts that are still open set the exit status only if decisions were given; else the message suffices.
    let is_open = args.decisions.is_some() && (unread > 0 || !stale.is_empty());
    Ok(if is_open { Found::Problems } else { Found::Nothing })
}
