//! The command palette: finds every action and element by a few letters, controlled by the keyboard.

use crate::app::App;
use crate::app::action::Action;
use crate::app::dialog::{DialogPlace, Modal};
use crate::app::request::AppRequest;
use crate::app::style::to_color32;
use crate::app::words::{kind_icon, title_of};
use crate::panels::actions::key_text;
use crate::panels::list_search::step_highlight;
use crate::panels::widgets::{hint_label, icon_text};
use egui::{AtomExt as _, Button, ScrollArea, TextEdit, Ui, vec2};
use engine::i18n::{Lang, Msg, Worded};
use engine::id::{Id, JourneyId, Kind};
use engine::model::Project;
use engine::theme::Icon;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Largest number of results shown.
const MOST: usize = 40;

/// The effect of choosing a result.
#[derive(Debug, Clone, PartialEq)]
enum PaletteCommand {
    /// Runs an action.
    Act(Action),
    /// Goes to an element.
    Go(Id),
}

/// A search result, or a candidate for one.
#[derive(Debug, Clone)]
struct PaletteResult {
    hit: PaletteCommand,
    words: String,
    icon: Icon,
    kind: Msg,
}

/// The candidates and results, updated only when the document, the language or the search changes.
#[derive(Debug, Default)]
struct PaletteCache {
    of: Option<Of>,
    all: Vec<PaletteResult>,
    text: String,
    hits: Vec<PaletteResult>,
}

/// The inputs of the candidates: document and revision, language, and true if the start page is shown.
type Of = (Option<(JourneyId, u64)>, Lang, bool);

impl PaletteCache {
    fn refresh_results(&mut self, app: &App, lang: Lang, text: &str) {
        let document =
            app.session.as_ref().map(|session| (session.journey_id(), session.document.revision()));
        let of = Some((document, lang, app.at_start()));
        let same = self.of == of;
        if !same {
            (self.of, self.all) = (of, all_candidates(app, lang));
        }
        if !same || self.text != text {
            text.clone_into(&mut self.text);
            self.hits = find_matches(&self.all, text);
        }
    }
}

/// The state of the palette's search.
#[derive(Debug, Default)]
pub(crate) struct PaletteSearch {
    text: String,
    /// The index of the highlighted result.
    marked: usize,
    /// The results, cached between frames.
    kept: PaletteCache,
}

impl Modal for PaletteSearch {
    fn show(&mut self, ui: &mut Ui, app: &mut App) {
        show_search(ui, app, self);
    }

    fn place(&self) -> DialogPlace {
        DialogPlace::Top
    }

    fn yields_to_actions(&self) -> bool {
        true
    }
}

/// Shows the search and its results.
fn show_search(ui: &mut Ui, app: &mut App, search: &mut PaletteSearch) {
    let lang = app.lang();
    let theme = app.theme();
    ui.set_width(520.0_f32.min(ui.ctx().content_rect().width() - 48.0));
    search.kept.refresh_results(app, lang, &search.text);
    let results = std::mem::take(&mut search.kept.hits);
    search.marked = search.marked.min(results.len().saturating_sub(1));
    let enter = step_highlight(ui, &mut search.marked, results.len());
    let label = Msg::SearchOrCommand.text(lang);
    let edit = TextEdit::singleline(&mut search.text).hint_text(label).desired_width(f32::INFINITY);
    let response = ui.add(edit.margin(egui::Margin::symmetric(10, 8))).accessible_name(label);
    response.request_focus();
    if response.changed() {
        search.marked = 0;
    }
    let mut chosen = enter.then(|| results.get(search.marked)).flatten().cloned();
    ui.add_space(4.0);
    if results.is_empty() {
        hint_label(ui, theme, Msg::NoMatches.text(lang));
    }
    let scroll = ScrollArea::vertical().max_height(380.0).min_scrolled_height(380.0);
    scroll.auto_shrink([false, true]).show(ui, |ui| {
        for (place, found) in results.iter().enumerate() {
            if result_line(ui, app, found, place == search.marked) {
                chosen = Some(found.clone());
            }
        }
    });
    search.kept.hits = results;
    if let Some(found) = chosen {
        app.queue_request(AppRequest::CloseDialog);
        app.queue_request(match found.hit {
            PaletteCommand::Act(action) => AppRequest::Do(action),
            PaletteCommand::Go(id) => AppRequest::Reveal(id),
        });
    }
}

fn result_line(ui: &mut Ui, app: &App, found: &PaletteResult, marked: bool) -> bool {
    let theme = app.theme();
    let lang = app.lang();
    let glyph = icon_text(found.icon, 14.0, to_color32(theme.muted));
    let right = match found.hit {
        PaletteCommand::Act(action) => key_text(ui, action),
        PaletteCommand::Go(_) => found.kind.text(lang).to_owned(),
    };
    let right = egui::RichText::new(right).small().color(to_color32(theme.muted));
    // The text is truncated before the icon: a quote may be long.
    let words = egui::RichText::new(&found.words).color(to_color32(theme.text));
    let button = Button::selectable(marked, (glyph, words.atom_shrink(true))).right_text(right).truncate();
    let response = ui.add(button.min_size(vec2(ui.available_width(), 28.0)));
    if marked {
        response.scroll_to_me(None);
    }
    response.clicked()
}

/// Returns all actions and elements that can be found now.
fn all_candidates(app: &App, lang: Lang) -> Vec<PaletteResult> {
    let actions =
        Action::ALL.iter().copied().filter(|action| app.can_run(*action) && *action != Action::Palette);
    let actions = actions.map(|action| {
        let entry = action.entry();
        let words = entry.label.text(lang).to_owned();
        PaletteResult { hit: PaletteCommand::Act(action), words, icon: entry.icon, kind: entry.menu.label() }
    });
    let elements =
        app.session.as_ref().map(|session| named_elements(session.project(), lang)).unwrap_or_default();
    actions.chain(elements).collect()
}

/// Returns the elements that have a name.
fn named_elements(project: &Project, lang: Lang) -> Vec<PaletteResult> {
    let named =
        |kind: Kind| !matches!(kind, Kind::Step | Kind::About | Kind::Answer | Kind::Image | Kind::Cell);
    let ids = project.records().map(|record| record.id()).filter(|id| named(id.kind()));
    ids.map(|id| PaletteResult {
        hit: PaletteCommand::Go(id),
        words: title_of(project, id, lang),
        icon: kind_icon(id.kind()),
        kind: id.kind().display_name(),
    })
    .collect()
}

/// Returns the best matches, best first; without a search text, the first candidates in order.
fn find_matches(candidates: &[PaletteResult], text: &str) -> Vec<PaletteResult> {
    if text.trim().is_empty() {
        return candidates.iter().take(MOST).cloned().collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(text.trim(), CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &PaletteResult)> = candidates
        .iter()
        .filter_map(|found| {
            let score = score_match(&pattern, &found.words, &mut buffer, &mut matcher);
            let also = || score_of_alias(&pattern, &found.hit, &mut buffer, &mut matcher);
            Some((score.or_else(also)?, found))
        })
        .collect();
    let start = text.trim().to_lowercase();
    // An exact match comes first, even if a longer name scores higher.
    scored.sort_by_cached_key(|(score, found)| {
        let words = found.words.to_lowercase();
        (words != start, std::cmp::Reverse(*score), !words.starts_with(&start))
    });
    scored.into_iter().take(MOST).map(|(_, found)| found.clone()).collect()
}

/// Scores how well a text matches all words of the search; `None` if the letters of a word are spread over
/// more than twice their number.
fn score_match(pattern: &Pattern, words: &str, buffer: &mut Vec<char>, matcher: &mut Matcher) -> Option<u32> {
    let mut sum = 0;
    for atom in &pattern.atoms {
        let mut places = Vec::new();
        sum += u32::from(atom.indices(Utf32Str::new(words, buffer), matcher, &mut places)?);
        let span = places.iter().max().zip(places.iter().min()).map_or(0, |(last, first)| last - first + 1);
        if span as usize > 2 * atom.needle_text().len() {
            return None;
        }
    }
    Some(sum)
}

/// Scores the match with further words under which an action can be found.
fn score_of_alias(
    pattern: &Pattern,
    hit: &PaletteCommand,
    buffer: &mut Vec<char>,
    matcher: &mut Matcher,
) -> Option<u32> {
    let words = match hit {
        PaletteCommand::Act(Action::LanguageEnglish) => "language English 语言 英语 英文",
        PaletteCommand::Act(Action::LanguageChinese) => "language Chinese 语言 汉语",
        PaletteCommand::Act(Action::ThemeLight | Action::ThemeDark) => "theme mode colours 主题 颜色",
        _ => return None,
    };
    score_match(pattern, words, buffer, matcher)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> PaletteResult {
        PaletteResult {
            hit: PaletteCommand::Act(Action::Fit),
            words: words.to_owned(),
            icon: Icon::Search,
            kind: Msg::MenuView,
        }
    }

    #[test]
    fn a_few_letters_find_words_in_both_languages() {
        let all =
            [found("Online boarding"), found("Baggage claim"), found("线上值机"), found("Board the plane")];
        let names = |text| find_matches(&all, text).into_iter().map(|f| f.words).collect::<Vec<_>>();
        assert_eq!(names("bagcl"), ["Baggage claim"]);
        assert_eq!(names("值机"), ["线上值机"]);
        assert_eq!(names("board")[0], "Board the plane");
        let gates = [found("Gate changes are shouted"), found("Gate")];
        assert_eq!(find_matches(&gates, "gate")[0].words, "Gate");
        assert_eq!(find_matches(&[found("Check-in desk → Gate")], "chinese").len(), 0, "letters all over it");
        let language = PaletteResult { hit: PaletteCommand::Act(Action::LanguageChinese), ..found("中文") };
        assert_eq!(find_matches(std::slice::from_ref(&language), "chinese").len(), 1);
        assert_eq!(find_matches(&[language], "language").len(), 1);
        assert_eq!(names("zzz"), Vec::<String>::new());
        assert_eq!(names("").len(), 4);
    }
}
