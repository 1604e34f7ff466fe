//! A fast path for cells and texts in the form that every spreadsheet program writes for most of them: they
//! are parsed as a whole instead of element by element, several times as fast. Any other form (references,
//! single quotes, rich text, formulas, elements cut at the end of a block) is left to the XML parser.

use memchr::memchr;

/// A cell such as `<c r="B2" s="1" t="s"><v>3</v></c>`, `<c r="B2" t="inlineStr"><is><t>good</t></is></c>` or
/// `<c r="B2" s="1"/>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UsualCell<'a> {
    /// Its reference, as `B2`; empty if it has none.
    pub(super) name: &'a str,
    /// The type of its value, and its style; empty if not stated.
    pub(super) kind: &'a str,
    pub(super) style: &'a str,
    pub(super) value: &'a str,
    /// Its length in bytes.
    pub(super) length: usize,
}

/// The emptiest cell.
const EMPTY: &[u8] = b"<c/>";

/// Parses the cell at the start of `bytes`.
pub(super) fn parse_cell(bytes: &[u8]) -> Option<UsualCell<'_>> {
    if bytes.starts_with(EMPTY) {
        return Some(UsualCell { name: "", kind: "", style: "", value: "", length: EMPTY.len() });
    }
    let rest = bytes.strip_prefix(b"<c ")?;
    let close = memchr(b'>', rest)?;
    let tag = rest.get(..close)?;
    let behind = rest.get(close + 1..)?;
    let (tag, empty) = tag.strip_suffix(b"/").map_or((tag, false), |tag| (tag, true));
    let mut cell = UsualCell { name: "", kind: "", style: "", value: "", length: close + 4 };
    let mut tag = std::str::from_utf8(tag).ok()?.trim_ascii();
    while !tag.is_empty() {
        let (name, rest) = tag.split_once("=\"")?;
        let (value, rest) = rest.split_once('"')?;
        match name {
            "r" => cell.name = value,
            "t" => cell.kind = value,
            "s" => cell.style = value,
            _ => return None,
        }
        tag = rest.trim_ascii_start();
    }
    if !empty {
        let (value, length) = match cell.kind {
            "inlineStr" => text_between(behind, b"<is><t>", b"</t></is></c>")
                .or_else(|| text_between(behind, br#"<is><t xml:space="preserve">"#, b"</t></is></c>"))?,
            _ => text_between(behind, b"<v>", b"</v></c>")?,
        };
        (cell.value, cell.length) = (value, cell.length + length);
    }
    Some(cell)
}

/// Parses a shared text such as `<si><t>very good</t></si>` at the start of `bytes`. Returns it with the
/// length of the element.
pub(super) fn parse_text(bytes: &[u8]) -> Option<(&str, usize)> {
    text_between(bytes, b"<si><t>", b"</t></si>")
        .or_else(|| text_between(bytes, br#"<si><t xml:space="preserve">"#, b"</t></si>"))
}

/// Returns the plain text between two marks, with the total length in bytes.
fn text_between<'a>(bytes: &'a [u8], open: &[u8], close: &[u8]) -> Option<(&'a str, usize)> {
    let rest = bytes.strip_prefix(open)?;
    let end = memchr(b'<', rest)?;
    let text = rest.get(..end)?;
    if !rest.get(end..)?.starts_with(close) || memchr(b'&', text).is_some() {
        return None;
    }
    Some((std::str::from_utf8(text).ok()?, open.len() + end + close.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_usual_form_is_taken() {
        let whole = r#"<c r="B2" s="1" t="s"><v>3</v></c>"#;
        let expected = UsualCell { name: "B2", kind: "s", style: "1", value: "3", length: whole.len() };
        assert_eq!(parse_cell(format!("{whole}<c r=").as_bytes()), Some(expected));
        let inline = r#"<c r="C7" t="inlineStr"><is><t>very good</t></is></c>"#;
        let found = parse_cell(inline.as_bytes()).map(|cell| (cell.kind, cell.value, cell.length));
        assert_eq!(found, Some(("inlineStr", "very good", inline.len())));
        let empty = r#"<c r="B2" s="1"/>"#;
        assert_eq!(
            parse_cell(empty.as_bytes()).map(|cell| (cell.value, cell.length)),
            Some(("", empty.len()))
        );
        assert_eq!(parse_cell(b"<c/><c/>").map(|cell| (cell.value, cell.length)), Some(("", 4)));
        for other in [
            &whole[..whole.len() - 1],
            r#"<c r="B2" t="str"><v>a&amp;b</v></c>"#,
            r#"<c r="B2"><f>1+1</f><v>2</v></c>"#,
            "<c r='B2'><v>2</v></c>",
            r#"<c r="B2" x="1"><v>2</v></c>"#,
            r#"<c r="B2" t="inlineStr"><v>a</v></c>"#,
            r#"<c r="B2" t="inlineStr"><is><r><t>a</t></r></is></c>"#,
            r#"<col min="1"/>"#,
            "<c><v>1</v></c>",
        ] {
            assert_eq!(parse_cell(other.as_bytes()), None, "{other}");
        }
        assert_eq!(parse_text("<si><t>好 </t></si><si>".as_bytes()), Some(("好 ", 20)));
        for other in
            ["<si><t>a&amp;b</t></si>", "<si><r><t>a</t></r></si>", "<si><t>a</t><rPh/></si>", "<si><t>a"]
        {
            assert_eq!(parse_text(other.as_bytes()), None, "{other}");
        }
    }
}
