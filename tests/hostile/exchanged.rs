//! Hostile mermaid diagrams, outlines and tables of journeys.

use super::{Case, Must, Noise, Scale};

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let mermaid = |name: &str, text: String| Case::journey(name, "map.mmd", text);
    let outline = |name: &str, text: String| Case::journey(name, "map.md", text);
    let table = |name: &str, text: String| Case::journey(name, "map.csv", text);
    let lines = |count: usize, line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let journey = |body: String| format!("journey\ntitle T\nsection S\n{body}");
    let mut cases = vec![
        mermaid("statements in one line", journey("a: 4: x; ".repeat(n(40_000)))).must(Must::Work),
        mermaid("statements without end", journey("a: 4;".repeat(n(1_500_000)))),
        mermaid("semicolons", journey(";".repeat(n(8_000_000)))),
        mermaid("all in one line", "journey; title T; section S; a: 4: x; b: 3: y".to_owned())
            .must(Must::Work),
        mermaid("many tasks", journey(lines(n(45_000), &|at| format!("t{at}: 4: x\n")))),
        mermaid("many sections", journey(lines(n(45_000), &|at| format!("section s{at}\n")))),
        mermaid("tasks of one name", journey("a: 4: x\n".repeat(n(45_000)))),
        mermaid(
            "many people at one task",
            journey(format!("a: 4: {}\n", lines(n(150_000), &|at| format!("p{at}, ")))),
        ),
        mermaid("other people in each line", journey(lines(n(45_000), &|at| format!("a: 4: p{at}\n")))),
        mermaid("lines that are none", journey("what is this\n".repeat(n(45_000)))),
        mermaid("no line that is one", journey("; what; is; this".repeat(n(2_000)))),
        mermaid(
            "scores beyond measure",
            journey("a: 1e999: x\nb: -5: x\nc: NaN: x\nd: 0x1: x\n".repeat(n(8_000))),
        ),
        mermaid("breaks without end", journey(format!("{}: 4\n", "<br ".repeat(n(1_500_000))))),
        mermaid(
            "characters by number",
            journey(format!("{}: 4\n", "#58;#0;#1114112;#x;".repeat(n(200_000)))),
        ),
        mermaid("colons", journey(format!("a{}\n", ":".repeat(n(7_000_000))))),
        mermaid("a description without end", format!("journey\naccDescr {{\n{}", "x\n".repeat(n(45_000)))),
        mermaid("descriptions in a row", format!("journey {}", "accDescr{}".repeat(n(700_000)))),
        mermaid("front matter without end", format!("---\n{}", "title: x\n".repeat(n(45_000))))
            .must(Must::Refuse),
        mermaid("a directive without end", format!("%%{{\n{}", "x\n".repeat(n(45_000)))).must(Must::Refuse),
        mermaid("directives", "%%{init: {}}%%\n".repeat(n(45_000))).must(Must::Refuse),
        mermaid("another diagram", "graph TD; A-->B;".to_owned()).must(Must::Refuse),
        mermaid("too many lines", journey("a: 4\n".repeat(60_000))).must(Must::Refuse),
        mermaid("too many bytes", journey("a".repeat((8 << 20) + 1))).must(Must::Refuse),
        outline("many cards", format!("# T\n## S\n{}", lines(n(45_000), &|at| format!("- c{at} [web]\n")))),
        outline("many channels", format!("# T\n## S\n{}", lines(n(45_000), &|at| format!("- c [h{at}]\n")))),
        outline("many pains", format!("# T\n## S\n- c\n{}", "  ! it hurts\n".repeat(n(45_000)))),
        outline("many stages", lines(n(45_000), &|at| format!("## s{at}\n"))),
        outline("many titles", "# T\n".repeat(n(45_000))),
        outline("steps to the right", lines(n(3_000), &|at| format!("{}- x\n", " ".repeat(at)))),
        outline("signs of no meaning", "@ what\n".repeat(n(45_000))),
        outline("signs without words", "#\n##\n-\n!\n+\n*\n".repeat(n(7_000))),
        outline("hashes", "#".repeat(n(7_000_000))),
        outline("a line without end", format!("# T\n## S\n- {}", "x".repeat(n(7_000_000)))),
        outline("brackets without end", format!("# T\n## S\n- {}", "[".repeat(n(7_000_000)))),
        outline("stars and scores", format!("## S\n{}", "- x (1e999) {5} **\n".repeat(n(40_000)))),
        table(
            "many cards in a table",
            format!("stage,touchpoint\n{}", lines(n(45_000), &|at| format!("s{},t{at}\n", at / 9))),
        ),
        table("many personas in a table", {
            let names = lines(n(2_000), &|at| format!(",feeling: p{at}"));
            format!("stage,touchpoint{names}\n{}", format!("s,t{}\n", ",1".repeat(n(2_000))).repeat(20))
        }),
        table(
            "columns of one name in a table",
            format!("stage,touchpoint{}\ns,t\n", ",touchpoint".repeat(n(4_000))),
        ),
        table("columns of no journey", format!("{}\n1\n", lines(n(4_000), &|at| format!("x{at},"))))
            .must(Must::Refuse),
        table(
            "steps beyond measure",
            format!("stage,touchpoint,step\n{}", "s,t,99999999999999999999\n".repeat(n(40_000))),
        ),
    ];
    for (kind, file) in [("diagram", "map.mmd"), ("outline", "map.md"), ("table", "map.csv")] {
        let of = |name: &str, bytes: Vec<u8>| Case::journey(&format!("{name} as {kind}"), file, bytes);
        cases.push(of("noise", Noise::new(11).bytes(n(3_000_000))));
        cases.push(of("nothing", Vec::new()).must(if kind == "outline" { Must::End } else { Must::Refuse }));
        cases.push(of("zeros", vec![0; n(3_000_000)]).must(Must::Refuse));
        cases.push(of("line ends", vec![b'\n'; 49_000]));
        let wide: Vec<u8> =
            "journey\nsection 站\n值机: 4: 客\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        cases.push(of("wide characters", wide));
    }
    cases
}
