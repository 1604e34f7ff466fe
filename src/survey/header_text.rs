//! What the header of a column declares: the ends of its scale, which end is good, and what the column is about.
//!
//! Read are ranges ("from 1 to 4", "1–10", "1 bis 6", "1 至 5"), numbers of points ("5-point scale", "11 分制"), the best
//! mark ("out of 10", "/10"), and legends ("1 = very good … 6 = very bad", "1 (most important) to 5 (least important)").

use super::figure::plain_digits;
use super::vocabulary::{
    FoundPhrase, Languages, Topic, Topics, compare_key, find_phrases, fold_letters, key_is,
};
use crate::model::choice::Direction;

/// The highest end of a scale that steps are counted on.
const STEPS: f64 = 11.0;
/// The ends of wide scales that people use.
const WIDE: &[f64] = &[20.0, 100.0];
/// A header of more letters is a question, in which a phrase about codes or people says little.
const NAME: usize = 40;

/// The ends of a scale that a header declares; one of which only the upper end is told has none below.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DeclaredScale {
    /// The lowest answer, where the header tells it.
    pub low: Option<f64>,
    /// The highest answer.
    pub high: f64,
}

/// What a header declares.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HeaderText {
    /// The scale.
    pub scale: Option<DeclaredScale>,
    /// Which end is good, by a legend.
    pub direction: Option<Direction>,
    /// Numbers that a legend says mean no answer.
    pub missing: Vec<f64>,
    /// What its phrases are about.
    topics: Topics,
    /// What the whole header is a name of.
    names: Topics,
    /// Whether a phrase about counts or amounts begins it, or nothing in it says that the column is rated.
    counted: bool,
    /// Whether its last word is one of identifiers: "Store no.", "Platz Nr.", "Caja nº".
    ends_with_identifier: bool,
    /// Whether a phrase about grades of which the lowest is best stands in it.
    is_grade: bool,
    /// Letters of the key.
    length: usize,
}

impl HeaderText {
    /// Reads a header.
    pub fn read(header: &str, languages: Languages) -> Self {
        let tokens = tokens(header);
        let legend = legend(&tokens, languages);
        let scale = range(&tokens).or(legend.scale).or_else(|| points(&tokens, languages));
        let key = compare_key(&split_words(header));
        let phrases = find_phrases(&key, languages);
        let (mut topics, mut names) = (Topics::default(), Topics::default());
        phrases.iter().for_each(|phrase| topics.insert(phrase.topic));
        for topic in ALL_NAMES {
            let plain = compare_key(header);
            let bare = compare_key(without_brackets(header));
            if [&key, &plain, &bare].iter().any(|key| key_is(key, *topic, languages)) {
                names.insert(*topic);
            }
        }
        let counted = is_counted(&phrases, topics);
        // "Note" is a German grade, and a French or Spanish mark of which the highest is best.
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

    /// Whether a phrase of the header is about a topic.
    pub fn speaks_of(&self, topic: Topic) -> bool {
        if topic == Topic::Grade { self.is_grade } else { self.topics.has(topic) }
    }

    /// Whether the header as a whole is a name of columns about a topic.
    pub fn is_name_of(&self, topic: Topic) -> bool {
        self.names.has(topic)
    }

    /// Whether something says that the column is rated: a phrase, a scale or a legend.
    pub fn is_rated(&self) -> bool {
        let said = [Topic::Rated, Topic::Recommend, Topic::Effort, Topic::Grade, Topic::Rank];
        said.iter().any(|topic| self.speaks_of(*topic)) || self.scale.is_some() || self.direction.is_some()
    }

    /// Whether the column counts or measures something.
    pub fn is_counted(&self) -> bool {
        self.counted && self.scale.is_none()
    }

    /// Whether the column holds codes or numbers that name something.
    pub fn is_coded(&self) -> bool {
        let numbered = self.ends_with_identifier || self.is_name_of(Topic::Period);
        self.is_short() && (numbered || self.speaks_of(Topic::Coded)) && !self.is_rated()
    }

    /// Whether the header is a name rather than a question.
    pub fn is_short(&self) -> bool {
        self.length <= NAME
    }
}

/// Topics of which a column has the name.
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
        (Some(counted), Some(rated)) => counted < rated && counted.0 == 0 && topics.has(Topic::Counted),
        (counted, None) => counted.is_some(),
        (None, Some(_)) => false,
    }
}

/// A header without what stands in brackets.
fn without_brackets(header: &str) -> &str {
    header.split(['(', '[', '（', '【']).next().unwrap_or(header)
}

/// A header with its joined words apart: `RecipientLastName` and `Q19AGE` as people read them.
fn split_words(header: &str) -> String {
    super::personal::apart(header).replace('_', " ")
}

/// A part of a header.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(f64),
    Word(String),
    Sign(char),
}

/// The numbers, words and signs of a header, in lower case without accents.
fn tokens(header: &str) -> Vec<Token> {
    let letters: Vec<char> = fold_letters(&plain_digits(header)).chars().collect();
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let rest = letters.get(at..).unwrap_or_default();
        let run = |wanted: &dyn Fn(char) -> bool| rest.iter().take_while(|letter| wanted(**letter)).count();
        if letter.is_ascii_digit() {
            let mut length = run(&|letter| letter.is_ascii_digit());
            if letters.get(at + length) == Some(&'.')
                && letters.get(at + length + 1).is_some_and(char::is_ascii_digit)
            {
                length +=
                    1 + rest.iter().skip(length + 1).take_while(|letter| letter.is_ascii_digit()).count();
            }
            let text: String = rest.iter().take(length).collect();
            tokens.extend(text.parse().ok().map(Token::Number));
            at += length;
        } else if super::vocabulary::is_spaceless(letter) {
            let length = run(&super::vocabulary::is_spaceless);
            tokens.push(Token::Word(rest.iter().take(length).collect()));
            at += length;
        } else if letter.is_alphanumeric() {
            // A letter with figures behind it, such as Q4, is one word.
            let length = run(&|letter| letter.is_alphanumeric() && !super::vocabulary::is_spaceless(letter));
            tokens.push(Token::Word(rest.iter().take(length).collect()));
            at += length;
        } else {
            if !letter.is_whitespace() && !matches!(letter, '\'' | '’') {
                tokens.push(Token::Sign(letter));
            }
            at += 1;
        }
    }
    signed(tokens)
}

/// The tokens with the sign of negative numbers in them: a dash between two numbers is none.
fn signed(tokens: Vec<Token>) -> Vec<Token> {
    let mut signed: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        let minus = matches!(signed.last(), Some(Token::Sign('-' | '−' | '–' | '+')));
        let before = signed.len().checked_sub(2).and_then(|place| signed.get(place));
        let free = !matches!(before, Some(Token::Number(_) | Token::Word(_)) | Some(Token::Sign(')')));
        let after_range = matches!(before, Some(Token::Word(word)) if word.chars().count() <= 5);
        match token {
            Token::Number(number) if minus && (free || after_range) => {
                let negative = !matches!(signed.pop(), Some(Token::Sign('+')));
                signed.push(Token::Number(if negative { -number } else { number }));
            }
            token => signed.push(token),
        }
    }
    signed
}

/// Whether two numbers are the ends of a scale that people answer on.
fn are_ends(low: f64, high: f64) -> bool {
    let whole = low.fract() == 0.0 && high.fract() == 0.0;
    let steps = high - low;
    let narrow = (-5.0..=1.0).contains(&low) && high <= STEPS && steps >= 2.0;
    let wide = (low == 0.0 || low == 1.0) && WIDE.contains(&high);
    let balanced = low < 0.0 && (low + high).abs() < 0.5 && (high <= 5.0 || high == 10.0 || high == 100.0);
    whole && ((narrow && (low >= 0.0 || balanced)) || wide || balanced)
}

/// Two numbers with nothing but a dash or a word for "to" between them.
fn range(tokens: &[Token]) -> Option<DeclaredScale> {
    for (place, token) in tokens.iter().enumerate() {
        let Token::Number(low) = token else { continue };
        let between = tokens.get(place + 1)?;
        let joins = match between {
            Token::Sign(sign) => matches!(sign, '-' | '–' | '—' | '−' | '~' | '～' | '‑' | '…' | '→'),
            Token::Word(word) => key_is(word, Topic::Of, Languages::ALL),
            Token::Number(_) => false,
        };
        let dots = matches!(between, Token::Sign('.'))
            && tokens.get(place + 2) == Some(&Token::Sign('.'))
            && matches!(tokens.get(place + 3), Some(Token::Number(_) | Token::Sign('.')));
        let skip = if dots {
            tokens.iter().skip(place + 1).take_while(|token| **token == Token::Sign('.')).count()
        } else {
            1
        };
        let after = tokens.get(place + 1 + skip);
        if let (true, Some(Token::Number(high))) = (joins || dots, after) {
            let (low, high) = (low.min(*high), low.max(*high));
            let unit = tokens.get(place + 2 + skip);
            let percent = matches!(unit, Some(Token::Sign('%')));
            if are_ends(low, high) && (!percent || high == 100.0) {
                return Some(DeclaredScale { low: Some(low), high });
            }
        }
    }
    None
}

/// A number of points, or the best mark.
fn points(tokens: &[Token], languages: Languages) -> Option<DeclaredScale> {
    let fits = |high: f64| high.fract() == 0.0 && ((3.0..=STEPS).contains(&high) || WIDE.contains(&high));
    for (place, token) in tokens.iter().enumerate() {
        let Token::Number(high) = token else { continue };
        let (before, mut after) = (place.checked_sub(1).and_then(|at| tokens.get(at)), tokens.get(place + 1));
        if matches!(after, Some(Token::Sign('-' | '‑'))) {
            after = tokens.get(place + 2);
        }
        let word = |token: Option<&Token>| match token {
            Some(Token::Word(word)) => word.clone(),
            _ => String::new(),
        };
        let unit = word(after);
        let is_points =
            POINTS.iter().any(|point| unit == *point || (!point.is_ascii() && unit.starts_with(point)));
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
            Some(Token::Sign('/' | '／')) => {
                !matches!(place.checked_sub(2).and_then(|at| tokens.get(at)), Some(Token::Number(_)))
            }
            Some(Token::Word(word)) => {
                let two_words =
                    place.checked_sub(2).and_then(|at| tokens.get(at)).map_or(String::new(), |token| {
                        match token {
                            Token::Word(first) => format!("{first} {word}"),
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
        let own_unit = key_is(&unit, Topic::Counted, languages);
        if best && fits(*high) && !own_unit {
            return Some(DeclaredScale { low: None, high: *high });
        }
    }
    None
}

/// Words behind a number of steps.
const POINTS: &[&str] = &[
    "point",
    "points",
    "pt",
    "pts",
    "star",
    "stars",
    "step",
    "steps",
    "stufig",
    "stufige",
    "stufigen",
    "stufen",
    "punkte",
    "sterne",
    "points",
    "etoiles",
    "niveaux",
    "puntos",
    "estrellas",
    "punti",
    "stelle",
    "punten",
    "sterren",
    "pontos",
    "estrelas",
    "punktow",
    "gwiazdek",
    "баллов",
    "балльная",
    "звезд",
    "puan",
    "yildiz",
    "点满分",
    "点量表",
    "分制",
    "级量表",
    "段階",
    "点満点",
    "점척도",
    "점만점",
    "분制",
    "级",
];
/// Words before the best mark, beside "out of".
const BEST: &[&str] = &["sur", "max", "maximum"];

/// What a legend says.
#[derive(Debug, Default)]
struct Legend {
    scale: Option<DeclaredScale>,
    direction: Option<Direction>,
    missing: Vec<f64>,
}

/// The labels of numbers: "1 = very good", "5 (least important)", "very bad 1 2 3 4 5 very good".
fn legend(tokens: &[Token], languages: Languages) -> Legend {
    let mut labels: Vec<(f64, Option<bool>)> = Vec::new();
    let (mut missing, mut marked) = (Vec::new(), Vec::new());
    for (place, token) in tokens.iter().enumerate() {
        let Token::Number(number) = token else { continue };
        if number.fract() != 0.0 || !(-5.0..=100.0).contains(number) {
            continue;
        }
        let label = words_behind(tokens, place).join(" ");
        if !label.is_empty() && super::scale::is_no_answer(&label) {
            missing.push(*number);
            continue;
        }
        if !label.is_empty() && is_marked(tokens.get(place + 1)) {
            marked.push(*number);
        }
        labels.push((*number, polarity(&label, languages)));
    }
    let told: Vec<(f64, bool)> =
        labels.iter().filter_map(|(number, good)| Some((*number, (*good)?))).collect();
    let numbers = || labels.iter().map(|(number, _)| *number);
    let (low, high) = (numbers().fold(f64::INFINITY, f64::min), numbers().fold(f64::NEG_INFINITY, f64::max));
    let ends = |numbers: &[f64]| {
        (
            numbers.iter().copied().fold(f64::INFINITY, f64::min),
            numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let of_labels = (told.len() >= 2).then_some((low, high));
    let of_marks = (marked.len() >= 2).then(|| ends(&marked));
    let scale = of_labels
        .or(of_marks)
        .filter(|(low, high)| are_ends(*low, *high))
        .map(|(low, high)| DeclaredScale { low: Some(low), high });
    let middle = if scale.is_some() { f64::midpoint(low, high) } else { 1.5 };
    let votes = told
        .iter()
        .filter(|(number, _)| (number - middle).abs() > 1e-9 && (*number <= STEPS || scale.is_some()));
    let mut low_good = votes.clone().map(|(number, good)| (*number < middle) == *good);
    let direction = low_good.next().filter(|first| low_good.all(|other| other == *first));
    let direction = direction.map(|low| if low { Direction::LowIsGood } else { Direction::HighIsGood });
    Legend { scale, direction, missing }
}

/// Whether what stands behind a number makes the next words its label.
fn is_marked(sign: Option<&Token>) -> bool {
    match sign {
        Some(Token::Sign(sign)) => matches!(sign, '=' | ':' | '：' | '＝'),
        Some(Token::Word(word)) => {
            word.chars().all(super::vocabulary::is_spaceless) && word.chars().count() > 1
        }
        _ => false,
    }
}

/// The words that stand right behind a number, with an equals sign, a dash, a colon or a bracket between, up to the next
/// sign or number.
fn words_behind(tokens: &[Token], place: usize) -> Vec<&str> {
    let mut rest = tokens.get(place + 1..).unwrap_or_default().iter().peekable();
    while matches!(
        rest.peek(),
        Some(Token::Sign('=' | '-' | '–' | '—' | ':' | '(' | '（' | '：' | '"' | '„' | '“' | '«' | '为'))
    ) {
        rest.next();
    }
    let words = rest.map_while(|token| match token {
        Token::Word(word) => Some(word.as_str()),
        _ => None,
    });
    words.collect()
}

/// Whether an answer bears words of the good or the bad end; none where it tells neither.
pub(super) fn polarity_of(answer: &str, languages: Languages) -> Option<bool> {
    let words: String = answer.chars().filter(|sign| !sign.is_ascii_digit()).collect();
    polarity(&words, languages)
}

/// Whether a label names the good end, by the longest phrase in it that begins it; none where it tells neither.
fn polarity(label: &str, languages: Languages) -> Option<bool> {
    let key = compare_key(label);
    let ends = |topic: Topic| {
        let phrases = find_phrases(&key, languages);
        phrases
            .into_iter()
            .filter(move |phrase| phrase.topic == topic && phrase.start <= 4)
            .map(|phrase| phrase.length)
            .max()
    };
    match (ends(Topic::Good), ends(Topic::Bad)) {
        (Some(good), bad) if bad.is_none_or(|bad| good > bad) => Some(true),
        (good, Some(bad)) if good.is_none_or(|good| bad > good) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(header: &str) -> HeaderText {
        HeaderText::read(header, Languages::ALL)
    }

    #[test]
    fn headers_tell_the_ends_of_scales() {
        for (header, ends) in [
            ("Rate the queue from 1 to 4", Some((Some(1.0), 4.0))),
            ("Signage (1-3)", Some((Some(1.0), 3.0))),
            ("Feeling at check-in (-2 to 2)", Some((Some(-2.0), 2.0))),
            ("Stimmung (−2 bis +2)", Some((Some(-2.0), 2.0))),
            ("Zufriedenheit von 1 bis 4", Some((Some(1.0), 4.0))),
            ("满意度（1 至 4 分）", Some((Some(1.0), 4.0))),
            ("整体评分（1~10）", Some((Some(1.0), 10.0))),
            ("How satisfied are you with the app? (slider 0-100)", Some((Some(0.0), 100.0))),
            ("Note de 1 à 5", Some((Some(1.0), 5.0))),
            ("Quality on a 5-point scale", Some((Some(1.0), 5.0))),
            ("Quality on an 11 point scale", Some((Some(0.0), 10.0))),
            ("Score out of 10", Some((None, 10.0))),
            ("Note /20", Some((None, 20.0))),
            ("Service 1 = sehr gut, 6 = ungenügend", Some((Some(1.0), 6.0))),
            ("Rate it: 0 (not at all likely) … 10 (extremely likely)", Some((Some(0.0), 10.0))),
            ("Age 18-24", None),
            ("Open 9-5", None),
            ("Q1-2024", None),
            ("Q3", None),
            ("Nights (1-2 per trip)", None),
            ("Check-in 2024-01", None),
            ("24-7 help desk", None),
            ("本月与上月相比的服务感受(-1变差,0不变,1变好)", Some((Some(-1.0), 1.0))),
            ("De 0 a 10, quanto recomendaria a nossa clínica?", Some((Some(0.0), 10.0))),
            ("تقييم الخدمة (من ١ إلى ٥)", Some((Some(1.0), 5.0))),
        ] {
            let found = read(header).scale.map(|scale| (scale.low, scale.high));
            assert_eq!(found, ends, "{header}");
        }
    }

    #[test]
    fn legends_tell_which_end_is_good() {
        for (header, direction) in [
            (
                "Please rank from 1 (most important) to 5 (least important) - Price",
                Some(Direction::LowIsGood),
            ),
            ("Service (1 = very satisfied, 5 = very dissatisfied)", Some(Direction::LowIsGood)),
            ("Service (1 = very dissatisfied, 5 = very satisfied)", Some(Direction::HighIsGood)),
            ("Service, 1 = best", Some(Direction::LowIsGood)),
            ("Service (5 = excellent)", Some(Direction::HighIsGood)),
            ("Service from 1 to 5", None),
            ("How good was the service?", None),
        ] {
            assert_eq!(read(header).direction, direction, "{header}");
        }
    }

    #[test]
    fn counts_are_told_from_ratings() {
        for header in ["How many times did you call us?", "Waiting time (minutes)", "Number of children"] {
            assert!(read(header).is_counted(), "{header}");
        }
        for header in [
            "How satisfied were you with the waiting time?",
            "Waiting time satisfaction",
            "Check-in",
            "Rate your visit",
        ] {
            assert!(!read(header).is_counted(), "{header}");
        }
        assert!(read("Store no.").is_coded() && read("Month").is_coded());
        assert!(!read("Rate the store").is_coded());
    }
}
