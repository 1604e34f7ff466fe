//! Tests that the pages on the command line match the program: its commands, options and examples.
#![cfg(unix)]

use crate::common::program;

use engine::store::load::load_recipe;
use program::{command, expect};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;

const PAGE: &str = include_str!("../../docs/command-line.md");
const MANUAL: &str = include_str!("../../docs/manual.md");

/// Returns the text below a heading of the second level, up to the next one.
fn section(title: &str) -> &'static str {
    let heading = format!("\n## {title}\n");
    let (_, rest) = PAGE.split_once(&heading).unwrap_or_else(|| panic!("no section {title}"));
    rest.split("\n## ").next().unwrap_or_default()
}

/// Returns the blocks of code in a language.
fn blocks<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let begin = format!("```{language}\n");
    text.split(&begin).skip(1).map(|rest| rest.split("```").next().unwrap_or_default()).collect()
}

/// Returns the long options in a text.
fn options(text: &str) -> BTreeSet<&str> {
    let is_name = |sign: char| sign.is_ascii_lowercase() || sign == '-';
    let found = text.split("--").skip(1).map(|rest| rest.split(|sign| !is_name(sign)).next());
    found.flatten().filter(|name| name.starts_with(|sign: char| sign.is_ascii_lowercase())).collect()
}

/// Returns the help of the program or of a command.
fn help(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    expect(folder.path(), 0, &[arguments, &["--help"]].concat()).0
}

/// Returns the commands that the program's help lists.
fn commands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let names = lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").collect()
}

#[test]
fn every_command_and_option_stands_in_the_page_and_no_other() {
    let whole = help(&[]);
    let commands = commands(&whole);
    assert!(commands.len() > 10, "{whole}");
    let titles: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert_eq!(titles[1..], commands, "the sections");
    let mut common = options(section(titles[0]));
    for name in ["format", "list"] {
        common.remove(name);
    }
    assert_eq!(common, BTreeSet::from(["lang", "help", "version"]));
    for name in commands {
        let help = help(&[name]);
        let lines = help.lines().filter(|line| line.trim_start().starts_with('-'));
        let lines: Vec<&str> = lines.map(|line| line.split('<').next().unwrap_or_default()).collect();
        let joined = lines.join("\n");
        let known: BTreeSet<&str> = options(&joined).difference(&common).copied().collect();
        // Examples may name options of other commands.
        let parts: Vec<&str> = section(name).split("```").step_by(2).collect();
        let usage = blocks(section(name), "text").concat();
        let told = parts.concat() + &usage;
        let told: BTreeSet<&str> = options(&told).difference(&common).copied().collect();
        assert_eq!(told, known, "desireline {name}");
    }
}

#[test]
fn the_examples_of_the_page_run_as_they_stand() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    std::os::unix::fs::symlink(templates, at.join("templates")).expect("a link");
    expect(at, 0, &["new", "--template", "blank", "-o", "trip.ron"]);
    let examples = blocks(PAGE, "sh");
    assert!(examples.len() >= 4, "{examples:?}");
    let program = Path::new(env!("CARGO_BIN_EXE_desireline")).parent().expect("a folder");
    let mut path = OsString::from(program);
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    for example in examples {
        for line in example.lines() {
            // The same folders and language as the program has in other tests.
            let own = command::<&str>(at, &[]);
            let mut shell = std::process::Command::new("sh");
            shell.args(["-c", line]).current_dir(at);
            shell.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
            let done = shell.env("PATH", &path).env_remove("LANGUAGE").output().expect("a shell runs");
            let err = String::from_utf8_lossy(&done.stderr);
            // A redacted copy of which no text was read tells so by 1.
            let fine = i32::from(line.contains("--decisions"));
            assert_eq!(done.status.code(), Some(fine), "{line}: {err}");
        }
    }
    for name in ["poster.png", "trip.svg", "trip-shared.ron"] {
        assert!(at.join(name).exists(), "{name}");
    }
}

#[test]
fn the_recipe_and_the_outline_of_the_pages_are_read_whole() {
    let recipe = blocks(section("import"), "text");
    let recipe = recipe.iter().find(|block| block.starts_with("(format")).expect("a recipe");
    assert_eq!(load_recipe(recipe.as_bytes()).expect("it reads").columns.len(), 3);
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let outline = blocks(MANUAL, "markdown")[0];
    std::fs::write(at.join("trip.md"), outline).expect("written");
    let (_, err) = expect(at, 0, &["new", "--from", "trip.md", "-o", "trip.ron"]);
    assert_eq!(err, "");
    expect(at, 0, &["export", "trip.ron", "-o", "again.md"]);
    let again = std::fs::read_to_string(at.join("again.md")).expect("a file");
    assert_eq!(again.trim(), outline.trim(), "what is written reads as the same text");
}
