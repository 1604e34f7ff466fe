//! Headers declare scales, good ends, and whether a column is rated.

use super::*;

fn parse_header(header: &str) -> HeaderText {
    HeaderText::parse(header, Languages::ALL)
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
        let found = parse_header(header).scale.map(|scale| (scale.low, scale.high));
        assert_eq!(found, ends, "{header}");
    }
}

#[test]
fn legends_tell_which_end_is_good() {
    for (header, direction) in [
        ("Please rank from 1 (most important) to 5 (least important) - Price", Some(Direction::LowIsGood)),
        ("Service (1 = very satisfied, 5 = very dissatisfied)", Some(Direction::LowIsGood)),
        ("Service (1 = very dissatisfied, 5 = very satisfied)", Some(Direction::HighIsGood)),
        ("Service, 1 = best", Some(Direction::LowIsGood)),
        ("Gesamtnote (1,0 = sehr schlecht bis 5,0 = sehr gut)", Some(Direction::HighIsGood)),
        ("Service (5 = excellent)", Some(Direction::HighIsGood)),
        ("Service from 1 to 5", None),
        ("How good was the service?", None),
    ] {
        assert_eq!(parse_header(header).direction, direction, "{header}");
    }
}

#[test]
fn counts_are_told_from_ratings() {
    for header in ["How many times did you call us?", "Waiting time (minutes)", "Number of children"] {
        assert!(parse_header(header).is_counted(), "{header}");
    }
    for header in [
        "How satisfied were you with the waiting time?",
        "Waiting time satisfaction",
        "Check-in",
        "Rate your visit",
    ] {
        assert!(!parse_header(header).is_counted(), "{header}");
    }
    assert!(parse_header("Store no.").is_coded() && parse_header("Month").is_coded());
    assert!(!parse_header("Rate the store").is_coded());
}
