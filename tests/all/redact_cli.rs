//! Tests `desireline redact`: the content of a copy, the list of its texts, and the decisions about them.

use crate::common::program;

use engine::i18n::{Explain, Lang, redaction_words};
use engine::redact::{RedactedItem, Redaction, redact_project};
use program::expect;
use std::path::Path;

/// Makes `trip.ron`: a journey of four cards, one of them with an owner who is named in other texts too.
fn trip(folder: &Path) {
    let outline = "# Trip\n## Plan\n- Karen books\n- Ask Quillfeather\n- Secret desk\n- Pay 王建国\n";
    std::fs::write(folder.join("trip.md"), outline).expect("written");
    expect(folder, 0, &["new", "--outline", "trip.md", "-o", "trip.ron"]);
    let text = std::fs::read_to_string(folder.join("trip.ron")).expect("a project");
    let owned = text.replace(
        "title: \"Secret desk\",",
        "title: \"Secret desk\",\n      owner: \"Karen Fairbanks; 王建国\",",
    );
    assert!(owned != text, "{text}");
    std::fs::write(folder.join("trip.ron"), owned).expect("written");
}

#[test]
fn texts_are_listed_answered_and_become_what_was_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    trip(at);
    let (list, _) = expect(at, 0, &["redact", "trip.ron", "--list"]);
    for line in [
        "read\tTouchpoint “[name] books”, Title\t[name] books",
        "\tAsk Quillfeather",
        "\tPay [name]",
        "\tPlan",
    ] {
        assert!(list.contains(line), "{line} in {list}");
    }
    assert!(!list.contains("Karen") && !list.contains("王建国"), "{list}");
    let (_, told) = expect(at, 0, &["redact", "trip.ron", "-o", "copy.ron"]);
    assert!(told.contains("must read") && told.contains("--list"), "{told}");
    let answered = list.replace("read\tTouchpoint “Ask Q", "mask Quillfeather\tTouchpoint “Ask Q");
    let answered =
        answered.replace("read\tTouchpoint “Secret", "drop\tTouchpoint “Secret").replace("read\t", "keep\t");
    std::fs::write(at.join("list.txt"), answered.replace('\n', "\r\n")).expect("written");
    let (_, told) = expect(at, 0, &["redact", "trip.ron", "--decisions", "list.txt", "-o", "copy.ron"]);
    assert!(told.is_empty(), "{told}");
    let copy = std::fs::read_to_string(at.join("copy.ron")).expect("a copy");
    for gone in ["Karen", "Fairbanks", "Quillfeather", "王建国", "Secret"] {
        assert!(!copy.contains(gone), "{gone} in {copy}");
    }
    assert!(copy.contains("Ask [name]") && copy.contains("[name] books"), "{copy}");
    let (again, _) = expect(at, 0, &["redact", "trip.ron", "--decisions", "list.txt", "--list"]);
    assert!(
        again.contains("mask Quillfeather\t") && again.contains("drop\t") && !again.contains("read\t"),
        "{again}"
    );
}

#[test]
fn answers_that_are_missing_stale_or_broken_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    trip(at);
    std::fs::write(at.join("stale.txt"), "# a remark\nkeep\tCard\tPlan\n\ndrop\tCard\tNever said\n")
        .expect("written");
    let (_, told) = expect(at, 1, &["redact", "trip.ron", "--decisions", "stale.txt", "-o", "copy.ron"]);
    assert!(told.contains("Line 4") && told.contains("left that a person must read"), "{told}");
    std::fs::write(at.join("broken.txt"), "keep\tCard\tPlan\nhide\tCard\tPlan\n").expect("written");
    let (_, told) = expect(at, 2, &["redact", "trip.ron", "--decisions", "broken.txt", "-o", "other.ron"]);
    assert!(told.contains("Line 2") && told.contains("hide") && !at.join("other.ron").exists(), "{told}");
    expect(at, 2, &["redact", "trip.ron", "--decisions", "none.txt", "-o", "other.ron"]);
    expect(at, 2, &["redact", "trip.ron"]);
    expect(at, 2, &["redact", "trip.ron", "--list", "-o", "other.ron"]);
    let (help, _) = expect(at, 0, &["redact", "--help"]);
    assert!(help.contains("nicknames"), "it says what it can't do: {help}");
}

/// The templates are typical maps: hardly a word of them may be mistaken for a name.
#[test]
fn the_texts_of_templates_stay_as_they_are() {
    let names = Redaction {
        quotes: false,
        notes: false,
        lanes: false,
        few: false,
        ..Redaction::of_everything(redaction_words(Lang::En))
    };
    for template in engine::store::template::ALL {
        let project = engine::store::load::load_project(template.bytes).expect("a template").project;
        let taken = redact_project(&project, &names).taken;
        let masked = taken.iter().filter(|taken| matches!(taken, RedactedItem::Masked { .. }));
        let lines: Vec<String> = masked.map(|taken| taken.explain(Lang::En)).collect();
        assert!(lines.iter().all(|line| line.contains("Persona")), "{}: {lines:?}", template.name);
    }
}
