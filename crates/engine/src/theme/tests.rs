//! The guarantees of every theme file: it parses, its text is readable, and its marks are distinct.

use super::*;

const FILES: [(&str, &str); 3] = [
    ("light", include_str!("../../../../assets/themes/light.ron")),
    ("dark", include_str!("../../../../assets/themes/dark.ron")),
    ("print", include_str!("../../../../assets/themes/print.ron")),
];

/// Returns red, green and blue as linear light, 0 to 1 (sRGB transfer curve undone).
fn linear(color: Color) -> [f64; 3] {
    let [red, green, blue, _] = color.to_array();
    [red, green, blue].map(|byte| {
        let share = f64::from(byte) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    })
}

/// Returns the contrast ratio of WCAG 2.
fn contrast(one: Color, other: Color) -> f64 {
    let light = |color| {
        let [red, green, blue] = linear(color);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let low = light(one).min(light(other));
    let high = light(one).max(light(other));
    (high + 0.05) / (low + 0.05)
}

/// Full sight, protanopia and deuteranopia (Machado 2009) as matrices on linear light.
const EYES: [[[f64; 3]; 3]; 3] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
];

fn times(matrix: &[[f64; 3]; 3], vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(factor, value)| factor * value).sum())
}

/// Returns the colour as perceived with a kind of sight, in Oklab.
fn seen(color: Color, eye: &[[f64; 3]; 3]) -> [f64; 3] {
    const CONES: [[f64; 3]; 3] = [
        [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
        [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
        [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
    ];
    const LAB: [[f64; 3]; 3] = [
        [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
        [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
        [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
    ];
    let light = times(eye, linear(color)).map(|share| share.clamp(0.0, 1.0));
    times(&LAB, times(&CONES, light).map(f64::cbrt))
}

/// Returns the distance of two colours (100 = black to white) for the kind of sight that distinguishes them
/// least.
fn distance(one: Color, other: Color) -> f64 {
    let of = |eye| {
        let pairs = seen(one, eye).into_iter().zip(seen(other, eye));
        100.0 * pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    };
    EYES.iter().map(of).fold(f64::INFINITY, f64::min)
}

fn check(ratio: f64, theme: ThemeId, pairs: &[(&str, Color, &str, Color)]) {
    for &(mark, color, place, ground) in pairs {
        let found = contrast(color, ground);
        assert!(found >= ratio, "{theme}: {mark} on {place} has {found:.2} to 1, needs {ratio}");
    }
}

fn kinds(theme: &Theme) -> [(&'static str, Ink); 14] {
    [
        ("danger", theme.danger),
        ("pain", theme.pain),
        ("gain", theme.gain),
        ("opportunity", theme.opportunity),
        ("solution", theme.solution),
        ("moment", theme.moment),
        ("need", theme.need),
        ("quote", theme.quote),
        ("question", theme.question),
        ("note", theme.note),
        ("added", theme.added),
        ("removed", theme.removed),
        ("moved", theme.moved),
        ("changed", theme.changed),
    ]
}

fn grounds(theme: &Theme) -> [(&'static str, Color); 3] {
    [("canvas", theme.canvas), ("surface", theme.surface), ("raised", theme.raised)]
}

#[test]
fn theme_files_read_and_names_lead_back() {
    for (name, text) in FILES {
        let id: ThemeId = name.parse().unwrap();
        let read: Theme = ron::from_str(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((id.name(), id.theme()), (name, &read));
    }
    assert!("Light".parse::<ThemeId>().is_err());
}

#[test]
fn text_can_be_read_on_every_ground() {
    for id in ThemeId::ALL {
        let theme = id.theme();
        let text = theme.text;
        let soft = theme.soft;
        let muted = theme.muted;
        let accent = theme.accent;
        for (place, ground) in grounds(theme) {
            let plain = [("text", text), ("soft", soft), ("muted", muted), ("accent", accent)];
            check(4.5, id, &plain.map(|(name, color)| (name, color, place, ground)));
            check(4.5, id, &kinds(theme).map(|(name, kind)| (name, kind.ink, place, ground)));
        }
        for (place, ground) in
            [("hover", theme.hover), ("pressed", theme.pressed), ("selected", theme.selected)]
        {
            check(4.5, id, &[("text", text, place, ground), ("soft", soft, place, ground)]);
        }
        check(
            4.5,
            id,
            &[
                ("on_accent", theme.on_accent, "accent", accent),
                ("accent", accent, "selected", theme.selected),
            ],
        );
        for (name, kind) in kinds(theme) {
            let words = [("text", text), ("soft", soft), ("ink", kind.ink)];
            check(4.5, id, &words.map(|(word, color)| (word, color, name, kind.ground)));
            check(4.5, id, &[("on_ink", kind.on_ink, name, kind.ink)]);
        }
        for step in theme.ramp {
            check(4.5, id, &[("text", step.text, "ramp", step.fill)]);
        }
    }
}

#[test]
fn marks_can_be_seen_on_every_ground() {
    for id in ThemeId::ALL {
        let theme = id.theme();
        for (place, ground) in grounds(theme) {
            let marks = [
                ("focus", theme.focus),
                ("flow", theme.flow),
                ("flow_strong", theme.flow_strong),
                ("outline", theme.outline),
                ("ramp_edge", theme.ramp_edge),
            ];
            check(3.0, id, &marks.map(|(name, color)| (name, color, place, ground)));
            check(3.0, id, &theme.personas.map(|color| ("persona", color, place, ground)));
            check(3.0, id, &theme.stages.map(|color| ("stage", color, place, ground)));
        }
    }
}

/// Returns the hue of a colour in degrees, in Oklab.
fn hue(color: Color) -> f64 {
    let [_, a, b] = seen(color, &EYES[0]);
    b.atan2(a).to_degrees()
}

#[test]
fn a_persona_keeps_its_hue_from_theme_to_theme() {
    for (place, color) in ThemeId::Light.theme().personas.iter().enumerate() {
        for id in [ThemeId::Dark, ThemeId::Print] {
            let other = id.theme().personas[place];
            let turn = (hue(*color) - hue(other)).rem_euclid(360.0);
            let apart = turn.min(360.0 - turn);
            assert!(
                apart <= 15.0,
                "persona {place} is {} in light and {} in {id}",
                color.to_hex(),
                other.to_hex()
            );
        }
    }
}

#[test]
fn colour_blind_eyes_tell_personas_and_scores_apart() {
    for id in ThemeId::ALL {
        let theme = id.theme();
        for (index, &one) in theme.personas.iter().enumerate() {
            for &other in &theme.personas[..index] {
                let found = distance(one, other);
                assert!(
                    found >= 8.0,
                    "{id}: personas {} and {} are {found:.1} apart",
                    one.to_hex(),
                    other.to_hex()
                );
            }
        }
        for pair in theme.ramp.windows(2) {
            let found = distance(pair[0].fill, pair[1].fill);
            assert!(
                found >= 6.0,
                "{id}: {} and {} are {found:.1} apart",
                pair[0].fill.to_hex(),
                pair[1].fill.to_hex()
            );
        }
        let found = distance(theme.ramp[0].fill, theme.ramp[6].fill);
        assert!(found >= 15.0, "{id}: the ends of the ramp are {found:.1} apart");
    }
}

#[test]
fn steps_cover_the_domain_evenly() {
    let theme = ThemeId::Light.theme();
    for (share, index) in
        [(-1.0, 0), (0.0, 0), (0.142, 0), (0.143, 1), (0.5, 3), (0.99, 6), (1.0, 6), (9.0, 6)]
    {
        assert_eq!(theme.ramp_step(share), theme.ramp[index], "{share}");
    }
    assert_eq!(theme.ramp_step(f64::NAN), theme.ramp[3]);
}
