//! XML text that any parser accepts: escaped, without control characters, numbers as short as possible.

use std::fmt::Write;

/// An XML document in progress.
#[derive(Default)]
pub(super) struct XmlWriter {
    out: String,
}

impl XmlWriter {
    /// Returns the document.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// Begins an element: `<name`.
    pub(super) fn open_element(&mut self, name: &str) -> &mut Self {
        self.add_raw("<").add_raw(name)
    }

    /// Adds an attribute with any text.
    pub(super) fn add_attribute(&mut self, name: &str, value: &str) -> &mut Self {
        self.add_raw(" ").add_raw(name).add_raw("=\"");
        write_escaped(&mut self.out, value);
        self.add_raw("\"")
    }

    /// Adds an attribute with a number.
    pub(super) fn add_number_attribute(&mut self, name: &str, value: f32) -> &mut Self {
        self.add_raw(" ").add_raw(name).add_raw("=\"").add_number(value).add_raw("\"")
    }

    /// Ends an element without content: `/>`.
    pub(super) fn close_empty_element(&mut self) {
        self.add_raw("/>");
    }

    /// Begins the element's content: `>`.
    pub(super) fn begin_content(&mut self) -> &mut Self {
        self.add_raw(">")
    }

    /// Adds text to the content.
    pub(super) fn add_text(&mut self, text: &str) -> &mut Self {
        write_escaped(&mut self.out, text);
        self
    }

    /// Closes an element that has content: `</name>`.
    pub(super) fn close_element(&mut self, name: &str) -> &mut Self {
        self.add_raw("</").add_raw(name).add_raw(">\n")
    }

    /// Adds an element with a text, unless that is empty.
    pub(super) fn add_element(&mut self, name: &str, text: &str) -> &mut Self {
        if text.is_empty() {
            return self;
        }
        self.open_element(name).begin_content().add_text(text).close_element(name)
    }

    /// Adds a number as in paths and transforms, to the thousandth.
    pub(super) fn add_number(&mut self, value: f32) -> &mut Self {
        write_number(&mut self.out, value);
        self
    }

    /// Adds a factor in full precision, for which thousandths are not enough.
    pub(super) fn add_exact_number(&mut self, value: f32) -> &mut Self {
        let written = write!(self.out, "{}", if value.is_finite() { value } else { 0.0 });
        debug_assert!(written.is_ok(), "a string takes all that is written to it");
        self
    }

    /// Adds raw XML.
    pub(super) fn add_raw(&mut self, text: &str) -> &mut Self {
        self.out.push_str(text);
        self
    }
}

/// Writes a number to the thousandth; 0 if it is not finite.
fn write_number(out: &mut String, value: f32) {
    let thousandths = (f64::from(value) * 1000.0).round() as i64;
    if thousandths < 0 {
        out.push('-');
    }
    let whole = thousandths.unsigned_abs() / 1000;
    let mut rest = thousandths.unsigned_abs() % 1000;
    let mut places = 3;
    while places > 0 && rest.is_multiple_of(10) {
        (rest, places) = (rest / 10, places - 1);
    }
    let written = if places == 0 { write!(out, "{whole}") } else { write!(out, "{whole}.{rest:0places$}") };
    debug_assert!(written.is_ok(), "a string takes all that is written to it");
}

/// Escapes text for content and attributes alike. Characters that XML forbids are left out, and white space
/// that a parser would fold becomes a plain space.
fn write_escaped(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        let written = |value| {
            let mut xml = XmlWriter::default();
            xml.add_number(value);
            xml.finish()
        };
        for (value, text) in [
            (0.0, "0"),
            (-0.000_4, "0"),
            (1.5, "1.5"),
            (-0.25, "-0.25"),
            (12.0449, "12.045"),
            (100.0, "100"),
            (0.01, "0.01"),
            (f32::NAN, "0"),
        ] {
            assert_eq!(written(value), text);
        }
        assert!(written(f32::INFINITY).chars().all(|sign| sign.is_ascii_digit() || sign == '.'));
    }

    #[test]
    fn text_is_escaped_and_stripped_of_controls() {
        let mut xml = XmlWriter::default();
        xml.add_element("t", "a<b & \"c\">\u{0}\u{7}\n\u{ffff}é中");
        assert_eq!(xml.finish(), "<t>a&lt;b &amp; &quot;c&quot;&gt; é中</t>\n");
    }
}
