//! Parses the header of a column: the ends of its scale, its good end, and the topics of the column.
//!
//! It recognises ranges ("from 1 to 4", "1–10", "1 bis 6", "1 至 5"), numbers of points ("5-point scale", "11
//! 分制"), the best mark ("out of 10", "/10"), and legends ("1 = very good … 6 = very bad", "1 (most important)
//! to 5 (least important)").

mod legend;
mod tokens;

pub(super) use legend::polarity_of;

use legend::parse_legend;
use tokens::{HeaderToken, tokenize_header};

use super::vocabulary::{FoundPhrase, Languages, Topic, Topics, compare_key, find_phrases, is_topic_key};
use crate::model::choice::Direction;

/// The highest end of a scale with counted steps.
const STEPS: f64 = 11.0;
/// The usual ends of wide scales.
const WIDE: &[f64] = &[20.0, 100.0];
/// The most letters of a header that is a name; longer ones are questions, in which a phrase about codes or
/// people is weak evidence.
const NAME: usize = 40;

/// The ends of a scale that a header declares.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeclaredScale {
    /// The lowest answer; `None` if the header only states the highest.
    pub low: Option<f64>,
    /// The highest answer.
    pub high: f64,
}

/// The parsed header of a column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeaderText {
    /// The scale.
    pub scale: Option<DeclaredScale>,
    /// The good end of the scale, from a legend.
    pub direction: Option<Direction>,
    /// Numbers that a legend marks as no answer.
    pub missing: Vec<f64>,
    /// The topics of its phrases.
    topics: Topics,
    /// The topics that the whole header is a name for.
    names: Topics,
    /// True if it begins with a phrase about counts or amounts, or contains one and nothing that marks a
    /// rating.
    counted: bool,
    /// True if its last word marks an identifier: "Store no.", "Platz Nr.", "Caja nº".
    ends_with_identifier: bool,
    /// True if it contains a phrase about grades of which the lowest is best.
    is_grade: bool,
    /// The number of letters of its key.
    length: usize,
}

impl HeaderText {
    /// Parses a header.
    pub fn parse(header: &str, languages: Languages) -> Self {
        let tokens = tokenize_header(header);
        let legend = parse_legend(&tokens, languages);
        let scale = find_range(&tokens).or(legend.scale).or_else(|| find_point_scale(&tokens, languages));
        let key = compare_key(&split_words(header));
        let phrases = find_phrases(&key, languages);
        let mut topics = Topics::default();
        let mut names = Topics::default();
        for phrase in &phrases {
            topics.insert(phrase.topic);
        }
        let plain = compare_key(header);
        let bare = compare_key(without_brackets(header));
        for topic in ALL_NAMES {
            if [&key, &plain, &bare].iter().any(|key| is_topic_key(key, *topic, languages)) {
                names.insert(*topic);
            }
        }
        let counted = is_counted(&phrases, topics);
        // "Note" is a German grade, but in French and Spanish a mark of which the highest is best.
        let marks = phrases.iter().filter(|phrase| phrase.topic == Topic::Grade);
        let other = |grade: &FoundPhrase| {
            phrases
                .iter()
                .any(|p| p.topic == Topic::Rated && (p.start, p.length) == (grade.start, grade.length))
        };
        let is_grade = marks.into_iter().any(|grade| !other(grade));
        let missing = legend.missing;
        let length = key.chars().count();
        let last = |phrase: &FoundPhrase| {
            phrase.topic == Topic::Identifier && phrase.start > 0 && phrase.start + phrase.length == length
        };
        let ends_with_identifier = phrases.iter().any(last);
        Self {
            scale,
            direction: legend.direction,
            missing,
            ends_with_identifier,
            is_grade,
            topics,
            names,
            counted,
            length,
        }
    }

    /// True if a phrase of the header is about a topic.
    pub fn has_topic(&self, topic: Topic) -> bool {
        if topic == Topic::Grade { self.is_grade } else { self.topics.contains(topic) }
    }

    /// True if the whole header is a name for columns about a topic.
    pub fn is_name_of(&self, topic: Topic) -> bool {
        self.names.contains(topic)
    }

    /// True if a phrase, a scale or a legend marks the column as rated.
    pub fn is_rated(&self) -> bool {
        let said = [Topic::Rated, Topic::Recommend, Topic::Effort, Topic::Grade, Topic::Rank];
        said.iter().any(|topic| self.has_topic(*topic)) || self.scale.is_some() || self.direction.is_some()
    }

    /// True if the column counts or measures something.
    pub fn is_counted(&self) -> bool {
        self.counted && self.scale.is_none()
    }

    /// True if the column holds codes or numbers that identify something.
    pub fn is_coded(&self) -> bool {
        let numbered = self.ends_with_identifier || self.is_name_of(Topic::Period);
        self.is_short() && (numbered || self.has_topic(Topic::Coded)) && !self.is_rated()
    }

    /// True if the header is a name rather than a question.
    pub fn is_short(&self) -> bool {
        self.length <= NAME
    }
}

/// Topics for which whole headers are recognised as names.
const ALL_NAMES: &[Topic] = &[
    Topic::Respondent,
    Topic::Weight,
    Topic::Count,
    Topic::Touchpoint,
    Topic::Answer,
    Topic::Period,
    Topic::Date,
    Topic::Comment,
    Topic::PersonColumn,
    Topic::Personal,
    Topic::Trait,
    Topic::Overall,
];

fn is_counted(phrases: &[FoundPhrase], topics: Topics) -> bool {
    let rated = [Topic::Rated, Topic::Recommend, Topic::Effort, Topic::Grade, Topic::Rank];
    let first = |wanted: &dyn Fn(Topic) -> bool| {
        let of = phrases.iter().filter(|phrase| wanted(phrase.topic));
        of.map(|phrase| (phrase.start, usize::MAX - phrase.length)).min()
    };
    match (first(&|topic| topic == Topic::Counted), first(&|topic| rated.contains(&topic))) {
        (Some(counted), Some(rated)) => counted < rated && counted.0 == 0 && topics.contains(Topic::Counted),
        (counted, None) => counted.is_some(),
        (None, Some(_)) => false,
    }
}

/// Cuts a header at its first bracket.
fn without_brackets(header: &str) -> &str {
    header.split(['(', '[', '（', '【']).next().unwrap_or(header)
}

/// Splits joined words of a header: `RecipientLastName` and `Q19AGE` into words.
fn split_words(header: &str) -> String {
    super::personal::split_joined_words(header).replace('_', " ")
}

/// True if two numbers are plausible ends of a scale.
fn are_scale_ends(low: f64, high: f64) -> bool {
    let whole = low.fract() == 0.0 && high.fract() == 0.0;
    let steps = high - low;
    let narrow = (-5.0..=1.0).contains(&low) && high <= STEPS && steps >= 2.0;
    let wide = (low == 0.0 || low == 1.0) && WIDE.contains(&high);
    let balanced = low < 0.0 && (low + high).abs() < 0.5 && (high <= 5.0 || high == 10.0 || high == 100.0);
    whole && (balanced || wide || (narrow && low >= 0.0))
}

/// Finds two numbers with only a dash, dots or a word for "to" between them.
fn find_range(tokens: &[HeaderToken]) -> Option<DeclaredScale> {
    for (place, token) in tokens.iter().enumerate() {
        let HeaderToken::Number(low) = token else { continue };
        let between = tokens.get(place + 1)?;
        let joins = match between {
            HeaderToken::Sign(sign) => matches!(sign, '-' | '–' | '—' | '−' | '~' | '～' | '‑' | '…' | '→'),
            HeaderToken::Word(word) => is_topic_key(word, Topic::Of, Languages::ALL),
            HeaderToken::Number(_) => false,
        };
        let dots = matches!(between, HeaderToken::Sign('.'))
            && tokens.get(place + 2) == Some(&HeaderToken::Sign('.'))
            && matches!(tokens.get(place + 3), Some(HeaderToken::Number(_) | HeaderToken::Sign('.')));
        let skip = if dots {
            tokens.iter().skip(place + 1).take_while(|token| **token == HeaderToken::Sign('.')).count()
        } else {
            1
        };
        let after = tokens.get(place + 1 + skip);
        if let (true, Some(HeaderToken::Number(high))) = (joins || dots, after) {
            let (low, high) = if low <= high { (*low, *high) } else { (*high, *low) };
            let unit = tokens.get(place + 2 + skip);
            let percent = matches!(unit, Some(HeaderToken::Sign('%')));
            if are_scale_ends(low, high) && (!percent || high == 100.0) {
                return Some(DeclaredScale { low: Some(low), high });
            }
        }
    }
    None
}

/// Finds a number of points, or the best mark.
fn find_point_scale(tokens: &[HeaderToken], languages: Languages) -> Option<DeclaredScale> {
    let fits = |high: f64| high.fract() == 0.0 && ((3.0..=STEPS).contains(&high) || WIDE.contains(&high));
    for (place, token) in tokens.iter().enumerate() {
        let HeaderToken::Number(high) = token else { continue };
        let before = place.checked_sub(1).and_then(|at| tokens.get(at));
        let mut after = tokens.get(place + 1);
        if matches!(after, Some(HeaderToken::Sign('-' | '‑'))) {
            after = tokens.get(place + 2);
        }
        let word = |token: Option<&HeaderToken>| match token {
            Some(HeaderToken::Word(word)) => word.clone(),
            _ => String::new(),
        };
        let unit = word(after);
        let is_points =
            POINTS.split(' ').any(|point| unit == point || (!point.is_ascii() && unit.starts_with(point)));
        if is_points && fits(*high) {
            let eleven = (*high - 11.0).abs() < 0.5;
            return Some(if eleven {
                DeclaredScale { low: Some(0.0), high: 10.0 }
            } else if *high >= 10.0 {
                DeclaredScale { low: None, high: *high }
            } else {
                DeclaredScale { low: Some(1.0), high: *high }
            });
        }
        let best = match before {
            Some(HeaderToken::Sign('/' | '／')) => {
                !matches!(place.checked_sub(2).and_then(|at| tokens.get(at)), Some(HeaderToken::Number(_)))
            }
            Some(HeaderToken::Word(word)) => {
                let two_words =
                    place.checked_sub(2).and_then(|at| tokens.get(at)).map_or(String::new(), |token| {
                        match token {
                            HeaderToken::Word(first) => format!("{first} {word}"),
                            _ => String::new(),
                        }
                    });
                two_words == "out of"
                    || BEST.contains(&word.as_str())
                    || word.ends_with("满分")
                    || word.ends_with("滿分")
            }
            _ => false,
        };
        let own_unit = is_topic_key(&unit, Topic::Counted, languages);
        if best && fits(*high) && !own_unit {
            return Some(DeclaredScale { low: None, high: *high });
        }
    }
    None
}

/// Words after a number of steps.
const POINTS: &str = "\
    point points pt pts star stars step steps stufig stufige stufigen stufen punkte sterne points \
    etoiles niveaux puntos estrellas punti stelle punten sterren pontos estrelas punktow gwiazdek баллов \
    балльная звезд puan yildiz 点满分 点量表 分制 级量表 段階 点満点 점척도 점만점 분制 级";
/// Words before the best mark, beside "out of".
const BEST: &[&str] = &["sur", "max", "maximum"];

#[cfg(test)]
mod tests;
