//! Tests the map on a laptop's window: side panels that fold, the initial zoom, the remembered position, and
//! the overview of elements out of view.

use crate::support;

use desireline::app::action::Action;
use desireline::app::request::AppRequest;
use desireline::canvas::CanvasOrder;
use egui::accesskit::Role;
use egui::vec2;
use egui_kittest::kittest::{NodeT, Queryable};
use engine::i18n::{Lang, Msg};
use engine::id::Id;
use engine::store::settings::Settings;
use std::io::Write;
use std::path::Path;
use support::window::{self, On, Test, press, says, settle};

fn airline(width: f32, height: f32, lang: Lang) -> Test {
    window::open(vec2(width, height), lang, On::Template("airline"))
}

/// Stores the airline's project in a file.
fn store_airline(path: &Path) {
    let template = engine::store::template::find_template("airline").expect("the template is there");
    std::fs::File::create(path).unwrap().write_all(template.bytes).unwrap();
}

#[test]
fn side_panels_fold_in_a_narrow_window_and_visible_buttons_bring_them_back() {
    let mut test = airline(1280.0, 800.0, Lang::En);
    let [outline, inspector] =
        [Action::ToggleOutline, Action::ToggleInspector].map(|action| action.entry().label.text(Lang::En));
    let button = |test: &Test, name: &str| test.query_by_role_and_label(Role::Button, name).is_some();
    let caption = Msg::ShowOutline.text(Lang::En).to_uppercase();
    assert!(says(&test, &caption) && !button(&test, outline));
    test.set_size(vec2(1279.0, 800.0));
    settle(&mut test);
    assert!(!says(&test, &caption));
    assert!(button(&test, outline) && button(&test, inspector));
    press(&mut test, outline);
    assert!(says(&test, &caption) && !button(&test, outline));
    press(&mut test, inspector);
    assert!(test.state().app.view.inspector && !button(&test, inspector));
    // The smallest window still has both buttons in view.
    for width in [1024.0, 800.0, 640.0] {
        test.set_size(vec2(1400.0, 420.0));
        settle(&mut test);
        test.set_size(vec2(width, 420.0));
        settle(&mut test);
        for name in [outline, inspector] {
            let found = test.get_by_role_and_label(Role::Button, name).rect();
            assert!(found.right() <= width && found.width() >= 20.0, "{name} at {found} of {width}");
        }
    }
}

#[test]
fn a_map_larger_than_the_window_has_an_overview_that_moves_it() {
    let mut test = airline(1280.0, 800.0, Lang::En);
    let name = Msg::Minimap.text(Lang::En);
    let overview = test.get_by_label(name).rect();
    assert!(overview.right() <= 980.0 && overview.bottom() <= 766.0, "in the map's corner: {overview}");
    let shows = |test: &Test, card: &str| {
        let is = |label: String| label.starts_with(card);
        let map = egui::Rect::from_min_max(egui::pos2(220.0, 48.0), egui::pos2(980.0, 766.0));
        test.query_all_by(|node| node.role() == Role::TreeItem && node.label().is_some_and(is))
            .any(|node| map.intersects(node.rect()))
    };
    assert!(shows(&test, "Choose flight times") && !shows(&test, "Baggage claim"));
    // A click at its right end shows the map's end.
    let at = overview.right_center() - vec2(8.0, 0.0);
    for pressed in [true, false] {
        test.event(egui::Event::PointerMoved(at));
        let button = egui::PointerButton::Primary;
        let modifiers = egui::Modifiers::NONE;
        test.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
        test.run_steps(3);
    }
    assert!(!shows(&test, "Choose flight times") && shows(&test, "Baggage claim"));
    // The wheel acts over it as over the map.
    let mut wheel = |delta: egui::Vec2, modifiers: egui::Modifiers| {
        test.event(egui::Event::PointerMoved(overview.center()));
        let unit = egui::MouseWheelUnit::Point;
        let phase = egui::TouchPhase::Move;
        let source = egui::MouseWheelSource::Unknown;
        test.event(egui::Event::MouseWheel { unit, delta, phase, modifiers, source });
        test.run_steps(40);
    };
    wheel(vec2(4000.0, 0.0), egui::Modifiers::NONE);
    wheel(vec2(0.0, -40.0), egui::Modifiers::COMMAND);
    assert!(shows(&test, "Choose flight times") && !shows(&test, "Baggage claim"));
    let zoomed = Msg::ZoomIs.text_with(Lang::En, &[("percent", &"100 %")]);
    assert!(test.query_by_label(&zoomed).is_none(), "it is smaller now");
    test.state_mut().app.queue_action(Action::ToggleMinimap);
    settle(&mut test);
    assert!(test.query_by_label(name).is_none() && !test.state().app.settings.minimap);
    test.state_mut().app.queue_action(Action::ToggleMinimap);
    settle(&mut test);
    assert!(test.query_by_label(name).is_some());
    test.state_mut().app.queue_action(Action::Fit);
    settle(&mut test);
    assert!(test.query_by_label(name).is_none(), "the whole map is in view");
}

#[test]
fn a_file_is_opened_again_where_its_map_was_looked_at_last() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trip.ron");
    store_airline(&path);
    let state = Some(folder.path().join("state"));
    let open = || {
        let settings = Settings { state: state.clone(), ..Settings::default_for(Lang::En) };
        window::open_as(vec2(1280.0, 800.0), settings, On::File(path.clone()))
    };
    let place = |test: &Test| test.get_by_role_and_label(Role::Group, "Feeling, lane").rect();
    let bytes = std::fs::read(&path).unwrap();
    let mut test = open();
    let first = place(&test);
    test.state_mut().app.queue_action(Action::ZoomIn);
    settle(&mut test);
    let left_at = place(&test);
    assert_ne!(first, left_at);
    // Another file is opened in between, and shows its own position.
    let other = folder.path().join("other.ron");
    store_airline(&other);
    test.state_mut().app.queue_request(AppRequest::Open(other));
    settle(&mut test);
    assert_eq!(place(&test), first, "a copy has a place of its own");
    test.state_mut().app.queue_request(AppRequest::Open(path.clone()));
    settle(&mut test);
    assert_eq!(place(&test), left_at);
    test.state_mut().app.queue_action(Action::Quit);
    settle(&mut test);
    drop(test);
    let test = open();
    assert_eq!(place(&test), left_at, "also after the program has ended");
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "nothing of it is in the project");
}

#[test]
fn maps_open_readable_on_laptops_and_projectors_and_keep_their_headers_in_view() {
    let looks = [
        (1280.0, 800.0, Action::ThemeLight, Lang::En),
        (1440.0, 900.0, Action::ThemeDark, Lang::ZhCn),
        (2560.0, 1440.0, Action::ThemeLight, Lang::ZhCn),
    ];
    for (width, height, theme, lang) in looks {
        let mut test = window::open(vec2(width, height), lang, On::Template("car-purchase"));
        test.state_mut().app.queue_action(theme);
        settle(&mut test);
        let zoom = |test: &Test, percent: u32| {
            let percent = engine::i18n::format_percent(lang, f64::from(percent) / 100.0, 0);
            says(test, &Msg::ZoomIs.text_with(lang, &[("percent", &percent)]))
        };
        assert!((79..=100).any(|percent| zoom(&test, percent)), "titles of 11 points at {width}");
        assert!(stage_headers(&test).iter().all(|rect| rect.top() > 80.0), "in their own places");
        let over_map = egui::pos2(width / 2.0 - 40.0, height / 2.0);
        test.event(egui::Event::PointerMoved(over_map));
        let unit = egui::MouseWheelUnit::Point;
        let phase = egui::TouchPhase::Move;
        let modifiers = egui::Modifiers::NONE;
        let source = egui::MouseWheelSource::Unknown;
        test.event(egui::Event::MouseWheel { unit, delta: vec2(-320.0, -260.0), phase, modifiers, source });
        test.run_steps(40);
        let after = stage_headers(&test);
        assert!(!after.is_empty() && after.iter().all(|rect| rect.top() < 80.0), "{after:?}");
    }
}

/// Returns the rectangles of the stages' headers in the accessibility tree.
fn stage_headers(test: &Test) -> Vec<egui::Rect> {
    let is_stage = |label: String| label.contains(", stage") || label.contains(", 阶段");
    test.query_all_by(|node| node.role() == Role::TreeItem && node.label().is_some_and(is_stage))
        .map(|node| node.rect())
        .collect()
}

#[test]
fn what_the_keyboard_comes_to_does_not_lie_beneath_the_overview() {
    let mut test = airline(1280.0, 800.0, Lang::En);
    let overview = test.get_by_label(Msg::Minimap.text(Lang::En)).rect();
    let ids: Vec<Id> = {
        let journey = window::journey(&test);
        let cards = journey.touchpoints().keys().map(|id| Id::from(*id));
        cards.chain(journey.insights().keys().map(|id| Id::from(*id))).collect()
    };
    let mut seen = 0;
    for id in ids {
        window::ask(&mut test, AppRequest::Select(vec![id]));
        window::ask(&mut test, AppRequest::Order(CanvasOrder::Reveal(id)));
        test.run_steps(4);
        let selected = |node: &egui_kittest::Node<'_>| {
            let node = node.accesskit_node();
            node.role() == Role::TreeItem && node.is_selected() == Some(true)
        };
        // A quote about the whole journey is not shown on the map.
        let shown = test.query_all_by_role(Role::TreeItem).find(selected).map(|node| node.rect());
        if let Some(shown) = shown {
            assert!(!overview.intersects(shown.shrink(1.0)), "{shown} beneath {overview}");
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen} were seen");
}

#[test]
fn a_click_on_a_text_of_a_lane_types_there() {
    let mut test = airline(1440.0, 900.0, Lang::En);
    let said = "Enters names and cards, finds the fees at the end";
    let is = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with(said))
    };
    let cell = test.query_all_by_role(Role::TreeItem).find(is).expect("the text is on the map").rect();
    // On a slow screen a whole click comes in one frame.
    let pos = cell.center();
    let click = [true, false].map(|pressed| {
        let button = egui::PointerButton::Primary;
        let modifiers = egui::Modifiers::NONE;
        egui::Event::PointerButton { pos, button, pressed, modifiers }
    });
    test.event(egui::Event::PointerMoved(pos));
    test.run_steps(3);
    test.input_mut().events.extend(click);
    test.run_steps(3);
    test.event(egui::Event::Text(" and".to_owned()));
    settle(&mut test);
    window::key(&mut test, egui::Modifiers::NONE, egui::Key::Escape);
    let texts = window::journey(&test).cells().values().map(|cell| cell.text.clone());
    let texts: Vec<String> = texts.filter(|text| text.contains(" and") && text.contains("fees")).collect();
    assert_eq!(texts.len(), 1, "{texts:?}");
}
