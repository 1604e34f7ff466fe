//! Hostile projects: graphs of extreme shapes, texts and figures that no person types.

use super::{Case, Must, Noise, Scale};
use std::fmt::Write as _;

const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// All commands for a project that has a journey.
const ALL: &[&str] = &[
    "check @",
    "export @ -o out.svg",
    "export @ -o out.png --width 1200",
    "export @ -o out.md",
    "export @ -o out.mmd",
    "export @ -o out.csv",
];
pub(crate) const DRAWN: &[&str] = &["export @ -o out.svg", "export @ -o out.png --width 1200"];
/// The commands for a file that is no project at all.
const READ: &[&str] = &["check @", "repair @ -o out.ron"];
const LISTS: [&str; 20] = [
    "stages",
    "steps",
    "lanes",
    "touchpoints",
    "insights",
    "pictures",
    "cells",
    "flows",
    "abouts",
    "answers",
    "improvements",
    "personas",
    "channels",
    "questions",
    "metrics",
    "waves",
    "batches",
    "recipes",
    "evidence",
    "images",
];

fn digits(number: usize, width: u32) -> String {
    (0..width).rev().map(|place| char::from(DIGITS[(number >> (5 * place)) & 31])).collect()
}

/// Returns the id of the n-th record of a kind.
pub(crate) fn id(letter: char, number: usize) -> String {
    format!("{letter}-{}", digits(number, 12))
}

/// Returns an order key.
fn key(number: usize) -> String {
    format!("{}8", digits(number, 6))
}

/// Returns the journey and the n-th key.
pub(crate) fn home(place: usize) -> String {
    format!("journey: \"{}\", key: \"{}\"", id('j', 0), key(place))
}

/// A project file under construction: rows of records by their lists.
#[derive(Default)]
pub(crate) struct Draft {
    rows: Vec<(&'static str, String)>,
}

impl Draft {
    /// Returns a journey with lanes and this many stages with a step and a card each.
    pub(crate) fn of(stages: usize, cards: usize) -> Self {
        let mut draft = Self::default();
        for (place, kind) in ["touchpoints", "feeling", "scores", "insights", "pictures"].iter().enumerate() {
            draft.add("lanes", 'l', place, &format!("{}, kind: \"{kind}\"", home(place)));
        }
        for place in 0..stages {
            draft.add("stages", 's', place, &format!("{}, title: \"S{place}\"", home(place)));
        }
        for place in 0..cards {
            let stage = id('s', place % stages.max(1));
            draft.add("steps", 'c', place, &format!("{}, stage: \"{stage}\"", home(place)));
            let step = id('c', place);
            let row = format!("{}, step: \"{step}\", title: \"T{place}\"", home(place));
            draft.add("touchpoints", 't', place, &row);
        }
        draft
    }

    pub(crate) fn add(&mut self, list: &'static str, letter: char, number: usize, fields: &str) {
        self.rows.push((list, format!("id: \"{}\", {fields}", id(letter, number))));
    }

    fn flow(&mut self, number: usize, from: (char, usize), to: (char, usize), more: &str) {
        let from = id(from.0, from.1);
        let to = id(to.0, to.1);
        let row = format!("journey: \"{}\", from: \"{from}\", to: \"{to}\"{more}", id('j', 0));
        self.add("flows", 'f', number, &row);
    }

    pub(crate) fn text(&self) -> String {
        let mut text = format!(
            "(\n  format: \"1.0\",\n  program: \"Desireline\",\n  project: (id: \"{}\"),\n  journeys: [(id: \"{}\", key: \"8\", title: \"Trip\")],\n",
            id('p', 0),
            id('j', 0)
        );
        for list in LISTS {
            let mut rows = self.rows.iter().filter(|(of, _)| *of == list).peekable();
            if rows.peek().is_none() {
                continue;
            }
            writeln!(text, "  {list}: [").unwrap();
            rows.for_each(|(_, row)| writeln!(text, "    ({row}),").unwrap());
            text.push_str("  ],\n");
        }
        text.push_str(")\n");
        text
    }
}

/// Returns a small sound project.
pub(crate) fn small() -> String {
    Draft::of(2, 3).text()
}

/// Joins each card to each.
fn complete(cards: usize, more: &str) -> String {
    let mut draft = Draft::of(1, cards);
    let mut number = 0;
    for from in 0..cards {
        for to in (0..cards).filter(|to| *to != from) {
            draft.flow(number, ('t', from), ('t', to), more);
            number += 1;
        }
    }
    draft.text()
}

/// Returns graphs of extreme shapes.
pub(crate) fn graphs(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let root = |count: usize| (n(count * count) as f64).sqrt() as usize;
    let mut cases = vec![
        Case::project("each card joined to each", complete(root(200), ""), ALL),
        Case::project("each joined, with labels", complete(root(60), ", condition: \"if it rains\""), DRAWN),
        Case::project("many stages", Draft::of(n(20_000), n(20_000)).text(), ALL),
        Case::project("many empty stages", Draft::of(n(20_000), 0).text(), ALL),
        Case::project("one stage of many cards", Draft::of(1, n(20_000)).text(), ALL),
    ];
    let with = |name: &str, cards: (usize, usize), flows: &dyn Fn(&mut Draft), commands| {
        let mut draft = Draft::of(cards.0, cards.1);
        flows(&mut draft);
        Case::project(name, draft.text(), commands)
    };
    let parallel = |letter: char| {
        move |draft: &mut Draft| (0..n(20_000)).for_each(|at| draft.flow(at, (letter, 0), (letter, 1), ""))
    };
    cases.push(with("parallel flows", (1, 2), &parallel('t'), ALL));
    cases.push(with("parallel flows of stages", (2, 2), &parallel('s'), DRAWN));
    let chain = |draft: &mut Draft| {
        (1..n(20_000)).for_each(|at| draft.flow(at, ('s', at - 1), ('s', at), ""));
    };
    cases.push(with("a chain of stages", (n(20_000), 0), &chain, ALL));
    let ring = |draft: &mut Draft| {
        (0..n(8_000)).for_each(|at| draft.flow(at, ('t', at), ('t', (at + 1) % n(8_000)), ""));
    };
    cases.push(with("a ring", (3, n(8_000)), &ring, ALL));
    let backwards = |draft: &mut Draft| {
        (1..n(5_000)).for_each(|at| draft.flow(at, ('t', at), ('t', 0), ""));
    };
    cases.push(with("all back to the first", (1, n(5_000)), &backwards, ALL));
    let star = |draft: &mut Draft| {
        (1..n(5_000)).for_each(|at| draft.flow(at, ('t', 0), ('t', at), ", condition: \"maybe\""));
    };
    cases.push(with("the first to all", (1, n(5_000)), &star, DRAWN));
    let selves = |draft: &mut Draft| (0..n(5_000)).for_each(|at| draft.flow(at, ('t', 0), ('t', 0), ""));
    cases.push(with("flows to themselves", (1, 1), &selves, ALL));
    let lost = |draft: &mut Draft| (0..n(5_000)).for_each(|at| draft.flow(at, ('t', 900_000), ('t', at), ""));
    cases.push(with("flows from nowhere", (1, 1), &lost, ALL));
    let mixed = |draft: &mut Draft| (0..n(2_000)).for_each(|at| draft.flow(at, ('s', 0), ('t', 0), ""));
    cases.push(with("flows from stages to cards", (1, 1), &mixed, ALL));
    cases.extend(crowds(scale));
    cases.extend(several(scale));
    cases
}

/// Returns many records of one kind at one place.
fn crowds(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let many = |name: &str, cards: usize, fill: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::of(1, cards);
        fill(&mut draft);
        Case::project(name, draft.text(), ALL)
    };
    let insight = |draft: &mut Draft, at: usize, card: usize| {
        let row = format!(
            "journey: \"{}\", key: \"{}\", kind: \"pain\", title: \"Wait {at}\"",
            id('j', 0),
            key(at)
        );
        draft.add("insights", 'i', at, &row);
        let row =
            format!("journey: \"{}\", from: \"{}\", to: \"{}\"", id('j', 0), id('i', at), id('t', card));
        draft.add("abouts", 'a', at, &row);
    };
    vec![
        many("many insights about one card", 1, &|draft| (0..n(8_000)).for_each(|at| insight(draft, at, 0))),
        many("an insight about each card", n(6_000), &|draft| {
            (0..n(6_000)).for_each(|at| insight(draft, at, at));
        }),
        many("insights about what is not there", 1, &|draft| {
            (0..n(8_000)).for_each(|at| insight(draft, at, 90_000 + at));
        }),
        many("alternatives in one column", 1, &|draft| {
            for at in 1..n(8_000) {
                let row =
                    format!("journey: \"{}\", step: \"{}\", key: \"{}\"", id('j', 0), id('c', 0), key(at));
                draft.add("touchpoints", 't', at, &row);
            }
        }),
        many("cards of one key", 1, &|draft| {
            for at in 1..n(8_000) {
                let row = format!("journey: \"{}\", step: \"{}\", key: \"8\"", id('j', 0), id('c', 0));
                draft.add("touchpoints", 't', at, &row);
            }
        }),
        many("many lanes", 2, &|draft| {
            for at in 5..n(4_000) {
                let row = format!("journey: \"{}\", key: \"{}\", kind: \"text\"", id('j', 0), key(at));
                draft.add("lanes", 'l', at, &row);
            }
        }),
        many("many personas feel", 1, &|draft| {
            let feel = |at: usize| format!("\"{}\": {}", id('u', at), at % 3);
            let feelings: Vec<String> = (0..n(3_000)).map(feel).collect();
            for at in 0..n(3_000) {
                draft.add("personas", 'u', at, &format!("key: \"{}\", name: \"P{at}\"", key(at)));
            }
            let home = format!("journey: \"{}\", step: \"{}\", key: \"zz8\"", id('j', 0), id('c', 0));
            draft.add("touchpoints", 't', 9, &format!("{home}, feelings: {{{}}}", feelings.join(", ")));
        }),
        many("many channels of one card", 1, &|draft| {
            let names: Vec<String> = (0..n(8_000)).map(|at| format!("\"{}\"", id('h', at))).collect();
            for at in 0..n(8_000) {
                draft.add("channels", 'h', at, &format!("key: \"{}\", name: \"same\"", key(at)));
            }
            let home = format!("journey: \"{}\", step: \"{}\", key: \"zz8\"", id('j', 0), id('c', 0));
            draft.add("touchpoints", 't', 9, &format!("{home}, channels: [{}]", names.join(", ")));
        }),
        many("many cells", n(6_000), &|draft| {
            draft.add(
                "lanes",
                'l',
                9,
                &format!("journey: \"{}\", key: \"zz8\", kind: \"doing\"", id('j', 0)),
            );
            for at in 0..n(6_000) {
                let place =
                    format!("journey: \"{}\", lane: \"{}\", at: \"{}\"", id('j', 0), id('l', 9), id('c', at));
                draft.add("cells", 'x', at, &format!("{place}, text: \"words words words\""));
            }
        }),
    ]
}

/// Returns two or three versions at once.
fn several(scale: Scale) -> Vec<Case> {
    let cards = scale.of(6_000);
    let old = Draft::of(2, cards).text();
    let new = old.replace("title: \"T", "title: \"U");
    let other = old.replace("title: \"T", "title: \"V");
    let empty = Draft::of(0, 0).text();
    let files = |a: &str, b: &str, c: &str| {
        vec![
            ("map.ron", a.as_bytes().to_vec()),
            ("ours.ron", b.as_bytes().to_vec()),
            ("theirs.ron", c.as_bytes().to_vec()),
        ]
    };
    let commands: &[&str] = &[
        "diff map.ron ours.ron",
        "diff map.ron ours.ron --format json",
        "diff map.ron ours.ron -o out.svg",
        "merge map.ron ours.ron theirs.ron -o out.ron",
    ];
    vec![
        Case::of("all titles changed by two", files(&old, &new, &other), commands),
        Case::of("all deleted by one and changed by the other", files(&old, &empty, &new), commands),
        Case::of("all added by both", files(&empty, &new, &other), commands),
        Case::of("versions that are none", files("(", ")", "\0"), commands).must(Must::Refuse),
    ]
}

/// Returns texts that no person types, and files that are no projects.
pub(crate) fn texts(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let titled = |name: &str, title: &str| {
        Case::project(name, small().replace("T1", title).replace("Trip", title), ALL)
    };
    let mut cases = vec![
        titled("a title without blanks", &"x".repeat(n(1_000_000))),
        titled("a title of words", &"wort ".repeat(n(200_000))),
        titled("a title of lines", &"\\n".repeat(n(400_000))),
        titled("a title of accents", &format!("a{}", "\u{301}".repeat(n(200_000)))),
        titled("a title of joined emoji", &"👩\u{200d}👩\u{200d}👧".repeat(n(20_000))),
        titled("a title of directions", &"\\u{202e}\\u{2066}a".repeat(n(100_000))),
        titled("a title in many scripts", &"aא字ไทयक".repeat(n(40_000))),
        titled("a title of controls", &"\\u{1}\\u{7f}\\u{85}".repeat(n(50_000))),
        titled("a title of markup", &"</text><script>&amp;]]>".repeat(n(20_000))),
        titled("a title of mermaid", &"; section #58; : %%{ ".repeat(n(20_000))),
    ];
    let read = |name: &str, text: Vec<u8>| Case::project(name, text, READ);
    let whole = small();
    let refused = [
        ("brackets without end", "(".repeat(n(9_000_000)).into_bytes()),
        ("deep lists in a project", whole.replace("\"Trip\"", &"[".repeat(n(4_000_000))).into_bytes()),
        ("comments in comments", format!("{}{whole}", "/*".repeat(n(3_000_000))).into_bytes()),
        (
            "a text without end",
            whole.replace("\"Trip\"", &format!("\"{}", "a".repeat(n(9_000_000)))).into_bytes(),
        ),
        (
            "a raw text without end",
            whole.replace("\"Trip\"", &format!("r{}\"", "#".repeat(n(4_000_000)))).into_bytes(),
        ),
        ("raw texts in a row", whole.replace("\"Trip\"", &"r#\"a".repeat(n(2_000_000))).into_bytes()),
        ("an escape of no character", whole.replace("Trip", "\\u{d800}\\u{110000}").into_bytes()),
        (
            "an unknown field",
            whole.replace("title: \"Trip\"", &format!("{}: 1", "y".repeat(n(2_000_000)))).into_bytes(),
        ),
        ("unknown fields", whole.replace("title: \"Trip\"", &"zz: 1, ".repeat(n(900_000))).into_bytes()),
        (
            "a field twice",
            whole.replace("title: \"Trip\"", &"title: \"a\", ".repeat(n(600_000))).into_bytes(),
        ),
        ("a version of long numbers", whole.replace("1.0", &"9".repeat(n(1_000_000))).into_bytes()),
        ("version 2", whole.replace("1.0", "2.0").into_bytes()),
        ("no version", whole.replace("format: \"1.0\",", "").into_bytes()),
        ("an id twice", whole.replace(&id('t', 1), &id('t', 0)).into_bytes()),
        ("an id of another kind", whole.replace(&id('t', 1), &id('s', 1)).into_bytes()),
        ("a long id", whole.replace(&id('t', 1), &format!("t-{}", "0".repeat(n(1_000_000)))).into_bytes()),
        ("a key too long", whole.replace(&key(1), &"z".repeat(65_537)).into_bytes()),
        ("a key that ends in 0", whole.replace(&key(1), "80").into_bytes()),
        ("nothing", Vec::new()),
        ("blanks", vec![b' '; n(9_000_000)]),
        ("zeros", vec![0; n(9_000_000)]),
        ("noise", Noise::new(1).bytes(n(4_000_000))),
        ("wide characters", whole.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("bytes that are no text", [whole.as_bytes(), &[0xff, 0xfe, 0x80]].concat()),
        ("marks of a merge", format!("<<<<<<< ours\n{whole}=======\n{whole}>>>>>>> theirs\n").into_bytes()),
        ("a page", "<!DOCTYPE html><html>".repeat(n(300_000)).into_bytes()),
        ("brackets that close", ")".repeat(n(4_000_000)).into_bytes()),
        ("quotes", "\"".repeat(n(4_000_000)).into_bytes()),
        ("records of one field", format!("{whole}{}", "(a:1)".repeat(n(1_600_000))).into_bytes()),
        ("records of an id", format!("{whole}{}", "(id:\"t-1\")\n".repeat(n(800_000))).into_bytes()),
        ("a line of fields that close", format!("{whole}{}", ")a:1".repeat(n(2_000_000))).into_bytes()),
        ("lines that belong to nothing", format!("{whole}{}", "x\n".repeat(n(4_500_000))).into_bytes()),
    ];
    cases.extend(refused.map(|(name, bytes)| read(name, bytes)));
    let cut = |share: usize| {
        let text = Draft::of(2, n(10_000)).text();
        text.as_bytes()[..text.len() * share / 10].to_vec()
    };
    cases.extend([1, 3, 5, 7, 9].map(|share| read(&format!("cut at {share} of 10"), cut(share))));
    // The longest keys that may be read, and new ones behind them.
    let longest = whole.replace(&key(1), &"z".repeat(65_536));
    let script = "stage a\nstage b\ntouchpoint a : c\ntouchpoint a : d\nundo\nsave\n";
    let files = vec![("map.ron", longest.into_bytes()), ("script.txt", script.into())];
    let edits = ["edit map.ron --script script.txt", "edit map.ron --script script.txt --strict"];
    cases.push(Case::of("keys as long as they may be", files, &edits).must(Must::Work));
    cases
}

/// Returns figures that no survey has.
pub(crate) fn figures(scale: Scale) -> Vec<Case> {
    const ASKED: &[&str] = &["check @", "scores @", "drivers @", "export @ -o out.svg"];
    let n = |count| scale.of(count);
    let mut cases = Vec::new();
    let numbers = [
        "1e400",
        "-1e400",
        "inf",
        "NaN",
        "1e308",
        "5e-324",
        "-0.0",
        "99999999999999999999",
        "0x10",
        "1_0",
        "1.",
    ];
    for number in numbers {
        let text = small()
            .replace("title: \"T1\"", &format!("title: \"T1\", feelings: {{\"{}\": {number}}}", id('u', 0)));
        cases.push(Case::project(&format!("a feeling of {number}"), text, ALL));
    }
    let survey = |questions: usize, line: &dyn Fn(usize) -> String, more: String| {
        let mut draft = Draft::of(1, questions);
        for at in 0..questions {
            let target = if at == 0 { id('j', 0) } else { id('t', at) };
            let row = format!("key: \"{}\", text: \"Q{at}\", target: \"{target}\"", key(at));
            draft.add("questions", 'q', at, &row);
        }
        draft.add("waves", 'w', 0, "key: \"8\"");
        draft.add("recipes", 'r', 0, "name: \"r\"");
        let lines: Vec<String> =
            (0..questions).map(line).chain(Some(more).filter(|more| !more.is_empty())).collect();
        let head = format!(
            "file: \"x.csv\", hash: \"0f\", imported: \"2026-01-01\", rows: 500, recipe: \"{}\"",
            id('r', 0)
        );
        draft.add("batches", 'b', 0, &format!("{head}, counts: [{}]", lines.join(", ")));
        draft.text()
    };
    let plain = |at: usize| {
        format!(
            "(question: \"{}\", wave: \"{}\", answers: {{1: 100, 3: 200, 5: 200}})",
            id('q', at),
            id('w', 0)
        )
    };
    let moving = |drivers: usize| {
        let all = drivers + 1;
        let mut noise = Noise::new(5);
        let rows: Vec<Vec<i128>> =
            (0..500).map(|_| (0..all).map(|_| i128::from(noise.next() % 5 + 1)).collect()).collect();
        let sums: Vec<String> =
            (0..all).map(|a| (rows.iter().map(|row| row[a]).sum::<i128>() * 1000).to_string()).collect();
        let pairs = (0..all).flat_map(|a| (a..all).map(move |b| (a, b)));
        let product = |(a, b): (usize, usize)| {
            (rows.iter().map(|row| row[a] * row[b]).sum::<i128>() * 1_000_000).to_string()
        };
        let products: Vec<String> = pairs.map(product).collect();
        let names: Vec<String> = (1..all).map(|at| format!("\"{}\"", id('q', at))).collect();
        format!(
            "(question: \"{}\", wave: \"{}\", drivers: [{}], respondents: 500, sums: [{}], products: [{}])",
            id('q', 0),
            id('w', 0),
            names.join(", "),
            sums.join(", "),
            products.join(", ")
        )
    };
    let drivers = (n(160_000) as f64).sqrt() as usize;
    cases.push(Case::project("many drivers", survey(drivers + 1, &plain, moving(drivers)), ASKED));
    cases.push(Case::project("many questions", survey(n(8_000), &plain, String::new()), ASKED));
    let segments = |at: usize| {
        let line = |value: usize| {
            format!(
                "(question: \"{}\", wave: \"{}\", column: \"Store\", value: \"{value}\", answers: {{1: 3, 5: 2}})",
                id('q', at),
                id('w', 0)
            )
        };
        (0..n(2_000)).map(line).chain([plain(at)]).collect::<Vec<_>>().join(", ")
    };
    let asked = &["check @", "scores @ --segment all", "scores @ --segment Store --wave all"];
    cases.push(Case::project("many segments", survey(30, &segments, String::new()), asked));
    let alone = |at: usize| {
        let group = format!("column: \"Store\", value: \"{at}\", answers: {{1: 40, 3: 20}}");
        format!("{}, (question: \"{}\", wave: \"{}\", {group})", plain(at), id('q', at), id('w', 0))
    };
    let alone = survey(n(19_000), &alone, String::new());
    let overlapping = alone.replace("counts: [", "overlapping: [\"Store\"], counts: [");
    let shared = &["redact @ -o out.ron"];
    cases.push(Case::project("a group at each question", alone, shared));
    cases.push(Case::project("an overlapping group at each question", overlapping, shared));
    let choices = |at: usize| {
        let answers = |group: usize| {
            let n = |more: usize| 20 + (at * 7 + group * 13 + more) * 31 % 61;
            format!("value: \"{group}\", answers: {{1: {}, 3: {}, 5: {}}}", n(0), n(5), n(11))
        };
        let place = format!("(question: \"{}\", wave: \"{}\", column: \"Store\"", id('q', at), id('w', 0));
        (0..12).fold(plain(at), |all, group| format!("{all}, {place}, {})", answers(group)))
    };
    let choices =
        survey(n(5_000), &choices, String::new()).replace("counts: [", "overlapping: [\"Store\"], counts: [");
    cases.push(Case::project("twelve overlapping groups at all questions", choices, shared));
    let values = |at: usize| {
        let answers: Vec<String> = (0..n(30_000)).map(|value| format!("{value}: 1")).collect();
        format!(
            "(question: \"{}\", wave: \"{}\", answers: {{{}}})",
            id('q', at),
            id('w', 0),
            answers.join(", ")
        )
    };
    cases.push(Case::project("many answers", survey(10, &values, String::new()), ASKED));
    let counts =
        ["1099511627776", "1099511627777", "18446744073709551615", "18446744073709551616", "-1", "1.5"];
    for count in counts {
        let line = |at: usize| plain(at).replace("100", count);
        cases.push(Case::project(&format!("counts of {count}"), survey(3, &line, String::new()), ASKED));
    }
    let far = |at: usize| plain(at).replace("5: 200", "1e308: 200, -1e308: 7");
    cases.push(Case::project("answers far apart", survey(3, &far, String::new()), ASKED));
    let wrong = moving(3).replace("respondents: 500", "respondents: 0");
    cases.push(Case::project("sums of nobody", survey(4, &plain, wrong), ASKED));
    let huge = moving(3).replace("000, ", "000000000000000000000000000, ");
    cases.push(Case::project("sums beyond measure", survey(4, &plain, huge), ASKED));
    cases
}
