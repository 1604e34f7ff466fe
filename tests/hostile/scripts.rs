//! Hostile edit scripts, journals and recipes.

use super::{Case, Must, Noise, Scale, projects};

/// The magic bytes at the start of journals.
const MARK: &[u8] = b"Desireline journal\n";

/// Returns a record of a journal: length, checksum, number, content.
fn frame(number: u64, content: &[u8]) -> Vec<u8> {
    let length = content.len() as u32;
    let sum = crc32c::crc32c_append(crc32c::crc32c(&length.to_le_bytes()), &number.to_le_bytes());
    let sum = crc32c::crc32c_append(sum, content);
    [&length.to_le_bytes()[..], &sum.to_le_bytes(), &number.to_le_bytes(), content].concat()
}

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let script = |name: &str, text: Vec<u8>| {
        let files = vec![("script.txt", text), ("map.ron", projects::small().into_bytes())];
        Case::of(name, files, &["edit map.ron --script script.txt", "edit map.ron --strict"])
    };
    let mut cases = vec![
        script("commands that are none", b"fly away\n".repeat(n(200_000))),
        script("commands without words", b"stage\ntouchpoint\nrename\ndelete\n".repeat(n(20_000))),
        script("undo at the beginning", b"undo\n".repeat(n(1_000_000))),
        script("undo and redo", b"undo\nredo\nsave\n".repeat(n(20_000))),
        script("a line without end", vec![b'x'; n(9_000_000)]),
        script("line ends", vec![b'\n'; n(9_000_000)]),
        script("zeros", vec![0; n(5_000_000)]),
        script("noise", Noise::new(12).bytes(n(500_000))),
        script(
            "a title of a megabyte",
            [b"rename T1 : ".to_vec(), vec![b'x'; n(1_000_000)], b"\n".to_vec()].concat(),
        ),
        script(
            "feelings beyond measure",
            b"feeling T1 : 1e999\nfeeling T1 : NaN\nfeeling T1 : -3\n".repeat(n(20_000)),
        ),
        script(
            "ambiguous names",
            b"stage same\n".repeat(20).into_iter().chain(b"delete same\n".repeat(n(20_000))).collect(),
        ),
        script("deletes of what is gone", b"delete T1\n".repeat(n(50_000))),
        script("many stages", (0..200).flat_map(|at| format!("stage s{at}\n").into_bytes()).collect()),
        script("wide characters", "stage 站\n".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        script("no text", vec![0xff; n(1_000_000)]),
    ];
    let journal = |name: &str, bytes: Vec<u8>| {
        let files = vec![
            ("state/journals/0000000000000000.journal", bytes),
            ("map.ron", projects::small().into_bytes()),
        ];
        let commands = ["recover --list", "recover map.ron -o out.ron --keep", "check map.ron"];
        Case::of(name, files, &commands)
    };
    let head = |content: &[u8]| [MARK, &frame(0, content)].concat();
    let long = |length: u32| [MARK, &length.to_le_bytes(), &[0; 12], b"short"].concat();
    cases.extend([
        journal("a journal of nothing", Vec::new()),
        journal("a journal of its mark", MARK.to_vec()),
        journal("a journal of noise", [MARK.to_vec(), Noise::new(13).bytes(n(2_000_000))].concat()),
        journal("a journal of zeros", vec![0; n(9_000_000)]),
        journal("a record of four gigabytes", long(u32::MAX)),
        journal("a record of a quarter", long(1 << 28)),
        journal("a header that is none", head(b"(")),
        journal("a header without end", head(&vec![b'('; n(5_000_000)])),
        journal("a header of noise", head(&Noise::new(14).bytes(n(1_000_000)))),
        journal(
            "empty records",
            [MARK.to_vec(), (0..n(500_000)).flat_map(|at| frame(at as u64, b"")).collect()].concat(),
        ),
        journal("records of one number", [MARK.to_vec(), frame(0, b"()").repeat(n(400_000))].concat()),
        journal(
            "records in reverse",
            [MARK.to_vec(), (0..n(300_000)).rev().flat_map(|at| frame(at as u64, b"()")).collect()].concat(),
        ),
    ]);
    let recipe = |name: &str, text: String| {
        let files = vec![
            ("map.ron", projects::small().into_bytes()),
            ("recipe.ron", text.into_bytes()),
            ("data.csv", b"a,b\n1,2\n3,4\n".to_vec()),
        ];
        Case::of(name, files, &["import map.ron --feedback data.csv --recipe recipe.ron -o out.ron"])
    };
    let head = "(format: \"1.0\", program: \"x\", recipe: (id: \"r-000000000000\", name: \"r\", columns: [";
    let rule = |name: &str| format!("(column: \"{name}\", role: \"answer\"),");
    cases.extend([
        recipe(
            "a recipe of many columns",
            format!("{head}{}]))", (0..n(50_000)).map(|at| rule(&at.to_string())).collect::<String>()),
        ),
        recipe("a recipe of one column", format!("{head}{}]))", rule("a").repeat(n(50_000)))),
        recipe("a recipe without end", format!("{head}{}", "(".repeat(n(3_000_000)))).must(Must::Refuse),
        recipe("a project as a recipe", projects::small()).must(Must::Refuse),
    ]);
    cases
}
