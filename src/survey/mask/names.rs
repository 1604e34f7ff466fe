//! Finds names of people by the words before or after them.

use super::text::{Signs, Word};
use super::{Span, What};
use crate::survey::names::is_chinese;
use crate::survey::vocabulary::is_listed;

/// Titles that are no plain words: a name after them may be in lower case.
const TITLES: &str = "mr mrs ms dr mme herr";
/// Words that turn a following title into a plain word: "my dr called".
const NOUN: &str =
    "a an another any each every female good her his male my new our same that the their this which your";
/// Titles that are also plain words: a name after them must be capitalised.
const WORDS: &str =
    "miss mx doctor prof professor nurse sir madam frau monsieur madame señor señora sister captain";
/// Particles between the parts of a name.
const PARTICLES: &[&str] =
    &["van", "von", "de", "der", "den", "la", "le", "bin", "al", "del", "di", "da", "dos"];
/// Phrases that introduce a name, with true if the name may be in lower case.
const INTRODUCTIONS: &[(&[&str], bool)] = &[
    (&["my", "name", "is"], true),
    (&["my", "name's"], true),
    (&["i", "am", "called"], true),
    (&["i'm", "called"], true),
    (&["call", "me"], false),
    (&["ich", "heiße"], true),
    (&["ich", "heisse"], true),
    (&["mein", "name", "ist"], true),
    (&["je", "m'appelle"], true),
    (&["me", "llamo"], true),
];
/// Closing formulas of letters.
const CLOSINGS: &[&str] = &["regards", "sincerely", "faithfully", "grüße", "grüßen"];
/// The most words of a name, particles not counted.
const PARTS: usize = 3;
/// Common words that are no names, though they may begin a sentence.
pub(super) const COMMON: &str = "\
    a about after again all also always am amazing an and any appointment appointments are as at back \
    bad be because been before best both but by can clinic could did do does during excellent few for \
    from good great had has have he her here his how i if i'm in is it just me much my never nice no not \
    now of off office on one only or our out overall poor practice really said she should so staff such \
    surgery team than thank thanks that the their them then there these they this those to told too took \
    up very visit was we well went were what when where which who why will with would you your";

/// Common Chinese surnames.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
/// Common Chinese surnames of two characters.
const LONG_SURNAMES: &[&str] =
    &["欧阳", "上官", "司马", "诸葛", "司徒", "东方", "皇甫", "夏侯", "尉迟", "公孙", "慕容"];
/// Honorifics after a Chinese name.
const HONORIFICS: &[&str] = &[
    "先生", "女士", "小姐", "太太", "老师", "医生", "大夫", "护士", "经理", "师傅", "阿姨", "教授", "主任",
    "店长",
];
/// Phrases before a Chinese name, with true if only the surname follows.
const CALLED: &[(&str, bool)] = &[
    ("我叫", false),
    ("我名叫", false),
    ("名字叫", false),
    ("名字是", false),
    ("姓名", false),
    ("联系人", false),
    ("我姓", true),
];
/// Words that contain a surname but are no names.
const NOT_NAMES: &[&str] =
    &["任何", "对方", "我方", "官方", "双方", "对于", "由于", "关于", "谢谢", "方向", "公路", "黄金"];
/// Characters that end a name.
const ENDS: &str = "的了是在来从今很想和也要对不就都有，。";

/// Adds the spans of all names.
pub(super) fn find_names(signs: &Signs<'_>, spans: &mut Vec<Span>) {
    let words = signs.split_words();
    for place in 0..words.len() {
        spans.extend(find_titled_name(signs, &words, place));
        spans.extend(find_introduced_name(signs, &words, place));
        spans.extend(find_signature(signs, &words, place));
    }
    for place in (0..signs.len()).filter(|place| signs.char_at(*place).is_some_and(is_chinese)) {
        spans.extend(find_chinese_introduction(signs, place));
        spans.extend(find_name_before_honorific(signs, place));
    }
}

fn find_titled_name(signs: &Signs<'_>, words: &[Word], place: usize) -> Option<Span> {
    let title = words.get(place)?;
    let small = is_listed(TITLES, &title.small);
    if !small && !is_listed(WORDS, &title.small) {
        return None;
    }
    let first = words.get(place + 1).filter(|first| signs.are_joined(title, first, "."))?;
    let is_title = is_listed(TITLES, &first.small) || is_listed(WORDS, &first.small);
    let noun = place.checked_sub(1).and_then(|before| words.get(before));
    let noun = noun.is_some_and(|before| is_listed(NOUN, &before.small));
    if is_title { None } else { name_starting_at(signs, words, place + 1, small && !noun) }
}

fn find_introduced_name(signs: &Signs<'_>, words: &[Word], place: usize) -> Option<Span> {
    let says = |(phrase, _): &&(&[&str], bool)| {
        let here = words.get(place..place + phrase.len());
        here.is_some_and(|here| here.iter().zip(*phrase).all(|(word, said)| word.small == *said))
    };
    let (phrase, small) = INTRODUCTIONS.iter().find(says)?;
    let first = place + phrase.len();
    let joined = signs.are_joined(words.get(first - 1)?, words.get(first)?, ":");
    if joined { name_starting_at(signs, words, first, *small) } else { None }
}

/// Returns the signature of a letter: all that follows its closing formula.
fn find_signature(signs: &Signs<'_>, words: &[Word], place: usize) -> Option<Span> {
    let closing = words.get(place).filter(|word| CLOSINGS.contains(&word.small.as_str()))?;
    let rest = words.get(place + 1..)?;
    let (first, last) = rest.first().zip(rest.last())?;
    let name = rest.len() <= PARTS
        && rest.iter().all(|word| word.capital)
        && signs.are_joined(closing, first, ",\n\r");
    name.then_some(Span { start: first.start, end: last.end, what: What::Name })
}

/// Returns the name that begins with a word.
fn name_starting_at(signs: &Signs<'_>, words: &[Word], first: usize, small: bool) -> Option<Span> {
    let fits = |word: &Word| !is_listed(COMMON, &word.small) && word.small.chars().all(|c| !c.is_numeric());
    let is_particle = |word: &Word| PARTICLES.contains(&word.small.as_str());
    let mut place = first;
    let mut parts = 0;
    let mut end = None;
    while parts < PARTS
        && let Some(word) = words.get(place)
    {
        let before = if place > first { words.get(place - 1) } else { None };
        let initial = before.is_some_and(|before| before.end - before.start == 1);
        if before.is_some_and(|before| !signs.are_joined(before, word, if initial { "." } else { "" })) {
            break;
        }
        if is_particle(word) && words.get(place + 1).is_some_and(|next| next.capital) {
            place += 1;
            continue;
        }
        if !fits(word) || !(word.capital || (small && place == first && word.end - word.start > 1)) {
            break;
        }
        (parts, place) = (parts + 1, place + 1);
        end = Some(if word.small.ends_with("'s") { word.end - 2 } else { word.end });
    }
    Some(Span { start: words.get(first)?.start, end: end?, what: What::Name })
}

fn begins_surname(signs: &Signs<'_>, place: usize) -> bool {
    signs.char_at(place).is_some_and(|sign| SURNAMES.contains(sign))
        || LONG_SURNAMES.iter().any(|name| signs.starts_with(place, name))
}

fn find_chinese_introduction(signs: &Signs<'_>, place: usize) -> Option<Span> {
    let (phrase, surname) = CALLED.iter().find(|(phrase, _)| signs.starts_with(place, phrase))?;
    let start = place + phrase.chars().count();
    let start = signs.end_of_run(start, |c| "：: 是为叫".contains(c));
    let familiar = signs.char_at(start).is_some_and(|sign| "小老阿".contains(sign));
    let long = LONG_SURNAMES.iter().any(|name| signs.starts_with(start, name));
    if !familiar && !begins_surname(signs, start) {
        return None;
    }
    let most = if familiar { 2 } else { usize::from(long) + if *surname { 1 } else { 3 } };
    let end = signs.end_of_run(start, |c| is_chinese(c) && !ENDS.contains(c)).min(start + most);
    Some(Span { start, end, what: What::Name })
}

/// Returns the name before 先生 and the like: the shortest one, extended by a preceding character that is a
/// surname too.
fn find_name_before_honorific(signs: &Signs<'_>, end: usize) -> Option<Span> {
    if !HONORIFICS.iter().any(|word| signs.starts_with(end, word)) {
        return None;
    }
    let is_word = |place: usize| {
        let at = |from: usize| NOT_NAMES.iter().any(|word| signs.starts_with(from, word));
        at(place) || place.checked_sub(1).is_some_and(at)
    };
    let starts = |place: usize| begins_surname(signs, place) && !is_word(place);
    let lengths = (1..=PARTS).filter_map(|length| end.checked_sub(length));
    let mut start = lengths
        .take_while(|place| signs.char_at(*place).is_some_and(is_chinese))
        .find(|place| starts(*place))?;
    let before = start.checked_sub(1).filter(|before| end - before <= PARTS);
    if let Some(before) = before
        .filter(|before| starts(*before) && !signs.char_at(*before).is_some_and(|c| "谢向于".contains(c)))
    {
        start = before;
    }
    Some(Span { start, end, what: What::Name })
}
