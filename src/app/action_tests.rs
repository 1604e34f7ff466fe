//! Tests of the action table's invariants.

use super::*;
use std::collections::{BTreeMap, BTreeSet};

/// The keys that a system really sends: (control, alt, shift, command, key).
fn sent(key: KeyboardShortcut, mac: bool) -> (bool, bool, bool, bool, Key) {
    let m = key.modifiers;
    (m.ctrl || (m.command && !mac), m.alt, m.shift, m.mac_cmd || (m.command && mac), key.logical_key)
}

#[test]
fn no_two_actions_share_keys_on_any_system() {
    for mac in [false, true] {
        let mut seen = BTreeMap::new();
        for action in Action::ALL {
            for key in action.entry().keys {
                let before = seen.insert(sent(*key, mac), *action);
                assert!(before.is_none(), "{action:?} and {before:?} share {key:?}");
            }
        }
    }
}

#[test]
fn keys_of_the_canvas_and_of_the_systems_stay_free() {
    let canvas = [Key::Enter, Key::Tab, Key::Escape, Key::Space];
    let arrows = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];
    let mac = [Key::H, Key::M, Key::Tab, Key::Space];
    for action in Action::ALL {
        for key in action.entry().keys {
            let plain = key.modifiers == Modifiers::NONE;
            assert!(!plain || !canvas.contains(&key.logical_key), "{action:?}");
            assert!(!plain || !arrows.contains(&key.logical_key), "{action:?}");
            assert!(!key.modifiers.command || !mac.contains(&key.logical_key), "{action:?}");
        }
    }
}

#[test]
fn a_letter_never_fires_while_text_is_typed() {
    for action in Action::ALL {
        let entry = action.entry();
        let bare =
            |key: &KeyboardShortcut| key.modifiers == Modifiers::NONE && key.logical_key.name().len() == 1;
        assert!(!entry.while_typing || !entry.keys.iter().any(bare), "{action:?}");
    }
}

#[test]
fn every_action_is_in_a_menu_under_a_name_of_its_own() {
    let listed: Vec<Action> = Menu::ALL.into_iter().flat_map(Action::in_menu).collect();
    assert_eq!(listed, Action::ALL);
    let names: BTreeSet<String> =
        Action::ALL.iter().map(|action| format!("{:?}", action.entry().label)).collect();
    assert_eq!(names.len(), Action::ALL.len());
}
