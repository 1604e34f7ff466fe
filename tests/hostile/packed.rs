//! Hostile surveys in archives: bombs, cuts at the borders of their parts, and invalid members.

use super::books::archive;
use super::{Case, Must, Noise, Scale};
use std::io::Write;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("packed")
}

pub(crate) fn cases(scale: Scale) -> Vec<Case> {
    let n = |count| scale.of(count);
    let text = format!("a,b\n{}", "4,5\n".repeat(n(100_000)));
    let bomb = gzip(&[b"a,b\n".to_vec(), b"1,2\n".repeat(n(80 << 18))].concat());
    let sound = gzip(text.as_bytes());
    let gz = |name: &str, bytes: Vec<u8>| Case::survey(name, "data.csv.gz", bytes);
    let zip = |name: &str, bytes: Vec<u8>| Case::survey(name, "data.zip", bytes);
    let long = "n".repeat(60_000);
    let many: Vec<(String, Vec<u8>)> =
        (0..n(12_000)).map(|at| (format!("{at}.csv"), b"a\n1\n".to_vec())).collect();
    let many: Vec<(&str, &[u8])> =
        many.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let inner = archive(&[("a.csv", text.as_bytes())]);
    let plain = archive(&[("a.csv", text.as_bytes())]);
    let mut twisted = plain.clone();
    let directory = plain.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a directory");
    twisted[directory + 42..directory + 46].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut sized = plain.clone();
    sized[directory + 20..directory + 28].fill(0xff);
    let mut method = plain.clone();
    method[directory + 10] = 99;
    let mut locked = plain.clone();
    locked[directory + 8] |= 1;
    let mut crowded = plain.clone();
    let end = crowded.len() - 22;
    crowded[end + 8..end + 12].fill(0xff);
    let mut cases = vec![
        gz("a bomb", bomb.clone()).must(Must::Refuse),
        gz("a bomb in a bomb", gzip(&bomb)),
        gz("packed twice", gzip(&sound)),
        gz("packed and cut", sound[..sound.len() / 2].to_vec()).must(Must::Refuse),
        gz("packed without its sum", sound[..sound.len() - 8].to_vec()).must(Must::Refuse),
        gz("packed nothing", gzip(b"")).must(Must::Refuse),
        gz("a header of nothing", vec![0x1f, 0x8b]).must(Must::Refuse),
        gz("many members", gzip(b"a,b\n1,2\n").repeat(n(50_000))),
        gz("noise behind", [sound.clone(), Noise::new(9).bytes(1_000)].concat()),
        zip("a bomb in an archive", archive(&[("a.csv", &b"1,2\n".repeat(n(80 << 18)))])).must(Must::Refuse),
        zip("many tables", archive(&many)).must(Must::Refuse),
        zip("an archive in an archive", archive(&[("b.zip", &inner)])).must(Must::Refuse),
        zip("names that lead out", archive(&[("../../../etc/x.csv", text.as_bytes())])),
        zip("a name without end", archive(&[(&format!("{long}.csv"), text.as_bytes())])),
        zip(
            "long names of no tables",
            archive(&[(&format!("{long}.x"), b"1"), (&format!("{long}.y"), b"2")]),
        ),
        zip("a place beyond the end", twisted).must(Must::Refuse),
        zip("sizes beyond measure", sized),
        zip("an unknown method", method).must(Must::Refuse),
        zip("a member with a password", locked).must(Must::Refuse),
        zip("more members than there are", crowded),
        zip("a mark of an archive", b"PK\x03\x04".to_vec()).must(Must::Refuse),
        zip("an empty archive", archive(&[])).must(Must::Refuse),
        zip("ends of archives", b"PK\x05\x06".repeat(n(500_000))),
    ];
    let cut = |share: usize| {
        let bytes = plain[..plain.len() * share / 8].to_vec();
        zip(&format!("an archive cut at {share} of 8"), bytes).must(Must::Refuse)
    };
    cases.extend((1..8).step_by(2).map(cut));
    cases
}
