//! The word lists contain what they promise.

use super::*;
use std::collections::BTreeSet;

#[test]
fn every_section_of_every_list_is_known_and_has_as_many_steps_as_its_name_says() {
    for list in LISTS {
        let title = list.lines().next().unwrap();
        let mut open: Option<(&str, usize)> = None;
        let check = |open: Option<(&str, usize)>| {
            let Some((name, lines)) = open else { return };
            let steps = name.split(' ').nth(1).and_then(|steps| steps.parse::<usize>().ok());
            let months = (name == "months").then_some(12);
            assert!(
                steps.or(months).is_none_or(|steps| steps == lines),
                "{title}: [{name}] has {lines} lines"
            );
        };
        for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                check(open.take());
                assert!(!matches!(begin_section(name), ListSection::None), "{title}: [{name}] is not known");
                open = Some((name, 0));
            } else {
                open = open.map(|(name, lines)| (name, lines + 1));
            }
        }
        check(open);
    }
}

#[test]
fn no_word_stands_on_two_steps_of_one_scale() {
    for list in LISTS {
        let title = list.lines().next().unwrap();
        let mut scale = None;
        let mut known = BTreeSet::new();
        for line in list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[') {
                scale = name.split(' ').next().and_then(ScaleKind::from_name).map(|_| name);
                known.clear();
                continue;
            }
            let keys: BTreeSet<String> =
                line.split('|').map(compare_key).filter(|key| !key.is_empty()).collect();
            let Some(scale) = scale else { continue };
            for key in keys {
                assert!(known.insert(key.clone()), "{title}: {key} occurs twice in [{scale}");
            }
        }
    }
}

#[test]
fn words_are_found_whole_and_in_the_languages_asked_for() {
    let topics = |text: &str| {
        let found = find_phrases(&compare_key(text), Languages::ALL);
        found.into_iter().map(|phrase| phrase.topic).collect::<Vec<_>>()
    };
    assert!(topics("How many times did you call us?").contains(&Topic::Counted));
    assert!(topics("How satisfied were you?").contains(&Topic::Rated));
    assert!(topics("您对等待时间的满意度").contains(&Topic::Rated));
    assert!(!topics("Accountability").contains(&Topic::Count));
    let german =
        languages_of(["Wie zufrieden sind Sie mit der Filiale?"].into_iter(), ["Sehr zufrieden"].into_iter());
    assert!(is_topic_key("keine angabe", Topic::NoAnswer, german));
    assert_ne!(german, Languages::ALL);
}

#[test]
fn each_word_of_a_scale_has_its_step_and_a_longer_text_has_none() {
    for scale in word_scales(Languages::ALL) {
        assert!(scale.words.iter().all(|(word, step)| scale.step_of(word) == Some(*step)));
        assert_eq!(scale.step_of(&"x".repeat(10_000)), None);
    }
}
