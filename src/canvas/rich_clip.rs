//! The clipboard in two forms: plain lines for other programs, and the elements themselves for Desireline
//! windows.
//!
//! Other programs and text fields get a title a line, with the insights of a touchpoint indented below it.
//! The elements are in the clipboard's HTML, in a comment that browsers and word processors ignore. If the
//! system takes no HTML, a window remembers its last copy and recognizes it by its lines.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use engine::i18n::{Lang, Msg, escape_invisible};
use engine::id::StepId;
use engine::model::{Journey, Project, Touchpoint, records_in_order, sort_records};
use engine::store::load::{load_project, to_bytes};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The text before and after the elements in the HTML.
const MARKS: (&str, &str) = ("<!--desireline ", "-->");

/// A clipboard that takes HTML beside plain text.
pub trait RichClipboard {
    /// Puts both forms on the clipboard; false if that failed.
    fn write_html(&mut self, html: &str, lines: &str) -> bool;
    /// Returns the HTML on the clipboard.
    fn read_html(&mut self) -> Option<String>;
}

/// The system's clipboard, opened on first use.
#[derive(Default)]
pub struct SystemClipboard(Option<arboard::Clipboard>);

impl SystemClipboard {
    fn open_clipboard(&mut self) -> Option<&mut arboard::Clipboard> {
        if self.0.is_none() {
            self.0 = arboard::Clipboard::new().ok();
        }
        self.0.as_mut()
    }
}

impl RichClipboard for SystemClipboard {
    fn write_html(&mut self, html: &str, lines: &str) -> bool {
        self.open_clipboard().is_some_and(|clipboard| clipboard.set_html(html, Some(lines)).is_ok())
    }

    fn read_html(&mut self) -> Option<String> {
        self.open_clipboard()?.get().html().ok()
    }
}

/// The last copy, and the clipboard for copies.
#[derive(Default)]
pub(super) struct Clips {
    system: Option<Box<dyn RichClipboard>>,
    /// The lines of the last copy and its elements.
    last: Option<(String, Project)>,
}

impl Clips {
    /// Sets the clipboard that takes more than plain text.
    pub(super) fn use_system(&mut self, system: Box<dyn RichClipboard>) {
        self.system = Some(system);
    }

    /// Copies elements; returns their lines if the caller must put those on the clipboard itself.
    pub(super) fn copy_elements(&mut self, clip: Project, lang: Lang) -> Option<String> {
        let lines = lines_of(&clip, lang);
        let html = to_html(&clip, &lines);
        let done = self.system.as_mut().is_some_and(|system| system.write_html(&html, &lines));
        self.last = Some((lines.clone(), clip));
        (!done).then_some(lines)
    }

    /// Returns the elements of a pasted text: from the last copy here, or from the HTML of another window.
    pub(super) fn pasted_elements(&mut self, text: &str) -> Option<Project> {
        if let Some((lines, clip)) = &self.last
            && same_lines(lines, text)
        {
            return Some(clip.clone());
        }
        let html = self.system.as_mut()?.read_html()?;
        let (lines, clip) = from_html(&html)?;
        same_lines(&lines, text).then_some(clip)
    }
}

/// True if two texts have the same lines, whatever their line endings.
fn same_lines(one: &str, other: &str) -> bool {
    let lines = |text| str::lines(text).map(str::trim_end);
    lines(one.trim_end()).eq(lines(other.trim_end_matches(['\0', '\n', '\r', ' '])))
}

/// Returns the HTML: the lines, with the elements behind them.
fn to_html(clip: &Project, lines: &str) -> String {
    let escape = |line: &str| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut list = String::new();
    lines.lines().for_each(|line| list.extend(["<p>", &escape(line.trim()), "</p>"]));
    let data = STANDARD.encode(to_bytes(clip));
    let (begin, end) = MARKS;
    format!("<meta charset=\"utf-8\">{list}{begin}{data} {}{end}", STANDARD.encode(lines))
}

/// Returns the lines and the elements that a Desireline window put into the HTML.
fn from_html(html: &str) -> Option<(String, Project)> {
    let (begin, end) = MARKS;
    let (data, _) = html.split_once(begin)?.1.split_once(end)?;
    let (clip, lines) = data.split_once(' ')?;
    let clip = load_project(&STANDARD.decode(clip).ok()?).ok()?.project;
    Some((String::from_utf8(STANDARD.decode(lines).ok()?).ok()?, clip))
}

/// Returns the titles of the elements, one a line; notes about a touchpoint are indented below it.
fn lines_of(clip: &Project, lang: Lang) -> String {
    let mut lines = ClipboardLines { text: String::new(), told: BTreeSet::new() };
    for journey in clip.journeys().values() {
        let stages = journey.stages_in_order();
        let mut cards: BTreeMap<StepId, Vec<&Arc<Touchpoint>>> = BTreeMap::new();
        for card in sort_records(journey.touchpoints().values()) {
            cards.entry(card.step).or_default().push(card);
        }
        for stage in &stages {
            lines.add_title("", &stage.title);
            for step in journey.steps_of(stage.id) {
                lines.add_cards(journey, cards.get(&step.id));
            }
        }
        let stages: BTreeSet<_> = stages.iter().map(|stage| stage.id).collect();
        for step in records_in_order(journey.steps()).into_iter().filter(|step| !stages.contains(&step.stage))
        {
            lines.add_cards(journey, cards.get(&step.id));
        }
        for insight in records_in_order(journey.insights()) {
            if !lines.told.contains(&insight.id.into()) {
                lines.add_title("", &insight.title);
            }
        }
        journey.pictures().values().for_each(|picture| lines.add_title("", &picture.title));
        journey.cells().values().for_each(|cell| lines.add_title("", &cell.text));
    }
    clip.improvements().values().for_each(|made| lines.add_title("", &made.title));
    if lines.text.is_empty() {
        lines.add_title("", Msg::Untitled.text(lang));
    }
    lines.text
}

struct ClipboardLines {
    text: String,
    /// The insights that are listed below a touchpoint.
    told: BTreeSet<engine::id::Id>,
}

impl ClipboardLines {
    fn add_title(&mut self, indent: &str, title: &str) {
        let title = escape_invisible(&title.split_whitespace().collect::<Vec<_>>().join(" "));
        if !title.is_empty() {
            self.text.extend([indent, &title, "\n"]);
        }
    }

    fn add_cards(&mut self, journey: &Journey, cards: Option<&Vec<&Arc<Touchpoint>>>) {
        for card in cards.into_iter().flatten() {
            self.add_title("", &card.title);
            for insight in journey.spoken_of_by(card.id.into()) {
                let title =
                    insight.to_typed().and_then(|id| journey.insights().get(&id)).map(|found| &found.title);
                if let Some(title) = title
                    && self.told.insert(insight)
                {
                    self.add_title("\t", title);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::exchange::outline::read_outline;
    use engine::id::IdSource;

    fn clip() -> Project {
        read_outline("# Trip\n## Plan\n- Search\n! Slow & <old>\n- Book\n", &mut IdSource::from_seed(4))
            .unwrap()
            .project
    }

    #[test]
    fn titles_are_lines_and_insights_are_indented() {
        assert_eq!(lines_of(&clip(), Lang::En), "Plan\nSearch\n\tSlow & <old>\nBook\n");
    }

    #[test]
    fn elements_come_back_from_html_and_nothing_else_does() {
        let clip = clip();
        let lines = lines_of(&clip, Lang::En);
        let html = to_html(&clip, &lines);
        assert!(!html.contains("<old>") && html.contains("<p>Book</p>"), "{html}");
        let wrapped = format!("<html><body>{html}</body></html>");
        assert_eq!(from_html(&wrapped), Some((lines, clip)));
        for bad in
            ["", "<p>Book</p>", "<!--desireline -->", "<!--desireline AAAA BBBB-->", "<!--desireline !"]
        {
            assert_eq!(from_html(bad), None, "{bad}");
        }
    }

    #[test]
    fn lines_are_known_again_whatever_ends_them() {
        assert!(same_lines("a\n\tb\n", "a\r\n\tb\0") && same_lines("a\n", "a"));
        assert!(!same_lines("a\n\tb\n", "a\nb") && !same_lines("a\n", "a\nb"));
    }
}
