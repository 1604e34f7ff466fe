//! Hostile surveys as text.

use super::{Case, Must, Noise, Scale};

/// Returns rows of answers under a header.
fn table(header: &str, row: &str, rows: usize) -> String {
    format!("{header}\n{}", format!("{row}\n").repeat(rows))
}

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let csv = |name: &str, text: String| Case::survey(name, "data.csv", text);
    let wide = |name: &dyn Fn(usize) -> String, columns: usize| {
        let names: Vec<String> = (0..columns).map(name).collect();
        table(&names.join(","), &vec!["4"; columns].join(","), 50)
    };
    let full = 4_096.min(n(4_096 * 20));
    let mut cases = vec![
        csv("columns of one name", wide(&|_| "How was it?".to_owned(), n(4_000))),
        csv("columns of no name", wide(&|_| String::new(), n(4_000))),
        csv("columns that are numbered already", wide(&|at| format!("Q ({})", at % 7), n(4_000))),
        csv("columns of long names", wide(&|at| format!("{at}{}", "x".repeat(2_000)), n(4_000))),
        csv("columns of like names", wide(&|at| format!("How satisfied were you with {at}?"), n(4_000))),
        csv("columns like touchpoints", wide(&|at| format!("T{}", at % 3), n(4_000))),
        csv("as many columns as may be", wide(&|at| format!("q{at}"), full)),
        csv("a column too many", wide(&|at| format!("q{at}"), 4_097)).must(Must::Refuse),
        csv("a header of commas", table(&",".repeat(n(4_000_000)), "1", 3)),
        csv("rows of commas", table("a,b,c", &",".repeat(n(4_000)), 500)),
        csv("a long table", table("a,b", "4,5", n(1_200_000))),
        csv("one column", table("How was it?", "5", n(2_000_000))),
        csv("different words in each row", {
            let row = |at: usize| format!("store {at},{},word{}\n", at % 5 + 1, at * 7);
            format!("Store,How was it?,Why?\n{}", (0..n(200_000)).map(row).collect::<String>())
        }),
        csv("different numbers in each row", {
            let row = |at: usize| format!("{at},{}.{at}\n", at * 31);
            format!("Id,How was it?\n{}", (0..n(300_000)).map(row).collect::<String>())
        }),
        csv("dates in each row", {
            let row = |at: usize| format!("{:04}-{:02}-{:02},5\n", at % 9_999, at % 14, at % 33);
            format!("Date,How was it?\n{}", (0..n(300_000)).map(row).collect::<String>())
        }),
        csv("waves without end", {
            let row = |at: usize| format!("{:04}-{:02}-01,5\n", 1 + at % 9_000, at % 12 + 1);
            format!("Date,How was it?\n{}", (0..n(100_000)).map(row).collect::<String>())
        }),
        csv("segments by segments", {
            let row =
                |at: usize| format!("a{},b{},c{},d{},{}\n", at % 97, at % 89, at % 83, at % 79, at % 5 + 1);
            format!("A,B,C,D,How was it?\n{}", (0..n(200_000)).map(row).collect::<String>())
        }),
        csv(
            "choices in one cell",
            table("Which?,How was it?", &format!("{}x,4", "a;b;c;".repeat(200)), n(5_000)),
        ),
        csv(
            "a legend in the header",
            table(&format!("\"{}\",b", "1 = bad, 2 = good, ".repeat(n(40_000))), "1,2", 20),
        ),
        csv("tags in the header", table(&format!("\"{}\",b", "<b <i>".repeat(n(100_000))), "1,2", 20)),
        csv("brackets in the header", table(&format!("\"{}\",b", "[({".repeat(n(200_000))), "1,2", 20)),
        csv("a cell of a megabyte", table("a,b", &format!("{},1", "x".repeat(1 << 20)), n(6))),
        csv("a cell too long", table("a,b", &format!("{},1", "x".repeat((1 << 20) + 1)), 2))
            .must(Must::Refuse),
        csv(
            "comments of length",
            table("Why?,How was it?", &format!("{},3", "too slow and ".repeat(500)), n(1_500)),
        ),
        csv(
            "names in comments",
            table("Why?,How was it?", "Mrs Anna Meier of Berlin told Dr. Li at +49 30 1234567,3", n(100_000)),
        ),
        csv("no rows", "a,b,c\n".to_owned()).must(Must::Refuse),
        csv("only line ends", "\n".repeat(n(9_000_000))).must(Must::Refuse),
        csv("only blanks", " ".repeat(n(9_000_000))).must(Must::Refuse),
        csv("only returns", "a\r".repeat(n(4_000_000))),
        csv("only quotes", "\"".repeat(n(9_000_000))),
        csv("an open quote", format!("a,b\n1,\"{}", "2,3\n".repeat(n(1_000_000)))),
        csv("quotes in quotes", table("a,b", "\"\"\"\"\"x\"\"\",1", n(400_000))),
        csv("a line without end", "x".repeat(n(9_000_000))),
        csv("delimiters of all kinds", table("a;b,c\td|e", "1;2,3\t4|5", n(200_000))),
        csv("ragged rows", {
            let row = |at: usize| format!("{}\n", vec!["3"; at % 60].join(","));
            format!("{}\n{}", vec!["q"; 30].join(","), (0..n(60_000)).map(row).collect::<String>())
        }),
        csv("tables below one another", "a,b\n1,2\n\n\n".repeat(n(300_000))),
        csv("gaps", format!("a,b\n1,2\n{}3,4\n", "\n".repeat(n(4_000_000)))),
        csv("formulas", table("a,b", "=cmd|' /C calc'!A0,+1", n(200_000))),
        csv("figures beyond measure", table("a,b,c,d,e", "1e999,-1e999,NaN,0x1F,1e-400", n(100_000))),
        csv("figures of many digits", table("How was it?", &"9".repeat(n(100_000)), 40)),
        csv(
            "counts beyond measure",
            table(
                "Question,very bad,bad,fair,good,very good",
                "T1,900000000000000,900000000000000,900000000000000,900000000000000,18446744073709551615",
                40,
            ),
        ),
        csv("counts of nearly all", table("Question,1,2,3,4,5", "T1,1099511627775,1099511627775,1,1,1", 40)),
        csv("weights beyond measure", {
            let rows: String = (0..60).map(|at| format!("{}e{},{}\n", at + 1, at * 6, at % 5 + 1)).collect();
            format!("Weight,How was it?\n{rows}")
        }),
        csv("lists of recipients", table("E-mail,How was it?", "a@example.org,4", n(300_000))),
    ];
    cases.extend(encodings(scale));
    cases
}

/// Returns texts that are not in their declared encodings.
fn encodings(scale: Scale) -> Vec<Case> {
    let text = table("名称,评分,Größe", "很好,5,ä", scale.of(100_000));
    let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let chinese = encoding_rs::GB18030.encode(&text).0.into_owned();
    let japanese = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let mut odd = wide(u16::to_le_bytes);
    odd.pop();
    let mark = [0xef, 0xbb, 0xbf];
    let utf8 = text.clone().into_bytes();
    let zeros: Vec<u8> = text.bytes().flat_map(|byte| [byte, 0, 0, 0]).collect();
    let texts = [
        ("wide, low byte first", wide(u16::to_le_bytes)),
        ("wide, high byte first", wide(u16::to_be_bytes)),
        ("wide and cut", odd),
        ("wide with half pairs", [vec![0xff, 0xfe], [0x00, 0xd8].repeat(scale.of(200_000))].concat()),
        ("four bytes a character", zeros),
        ("Chinese", chinese.clone()),
        ("Chinese and cut", chinese[..chinese.len() - 1].to_vec()),
        ("two encodings", [chinese, b"\n".to_vec(), utf8.clone(), japanese].concat()),
        ("marks of order", [mark.repeat(scale.of(500_000)), utf8.clone()].concat()),
        ("zeros inside", [b"a,b\n1,2\n\0\0\0".to_vec(), utf8].concat()),
        ("noise", Noise::new(4).bytes(scale.of(5_000_000))),
        (
            "noise in lines",
            Noise::new(6)
                .bytes(scale.of(4_000_000))
                .iter()
                .map(|b| if b % 16 == 0 { b'\n' } else { b | 0x80 })
                .collect(),
        ),
        ("escapes of seven bits", b"a,b\n+AGEA,+ZZZ-\n".repeat(scale.of(200_000))),
    ];
    texts.into_iter().map(|(name, bytes)| Case::survey(name, "data.csv", bytes)).collect()
}
