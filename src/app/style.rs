//! The style of all controls, derived from the theme: flat, one hairline, one accent, one focus ring.

pub use crate::canvas::fonts::{font_family, font_id};
use egui::epaint::Shadow;
use egui::style::{ScrollStyle, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, Margin, Stroke, Style, TextStyle, Visuals, vec2};
use engine::theme::size::{radius, space, text};
use engine::theme::{Color, Face, Theme, ThemeId};

/// Converts a theme colour to egui's type.
pub fn to_color32(color: Color) -> Color32 {
    let [red, green, blue, alpha] = color.to_array();
    Color32::from_rgba_unmultiplied(red, green, blue, alpha)
}

/// Returns the name of the semi-bold text style.
pub fn strong_style() -> TextStyle {
    TextStyle::Name("strong".into())
}

/// Installs the light and dark styles, and disables egui's shortcuts that our action table defines itself.
pub fn install_styles(ctx: &egui::Context) {
    for (egui_theme, id) in [(egui::Theme::Light, ThemeId::Light), (egui::Theme::Dark, ThemeId::Dark)] {
        ctx.set_style_of(egui_theme, theme_style(id));
    }
    ctx.options_mut(|options| {
        options.quit_shortcuts.clear();
        options.zoom_with_keyboard = false;
        options.fallback_theme = egui::Theme::Light;
    });
}

/// Switches to the chosen theme, or to the system's if `None`.
pub fn set_theme_preference(ctx: &egui::Context, theme: Option<ThemeId>) {
    ctx.set_theme(match theme {
        None => egui::ThemePreference::System,
        Some(ThemeId::Dark) => egui::ThemePreference::Dark,
        Some(ThemeId::Light | ThemeId::Print) => egui::ThemePreference::Light,
    });
}

/// Returns the egui style of a theme.
pub fn theme_style(id: ThemeId) -> Style {
    let theme = id.theme();
    let mut style = Style { visuals: theme_visuals(theme), animation_time: 0.12, ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, font_id(Face::Regular, text::SMALL)),
        (TextStyle::Body, font_id(Face::Regular, text::BODY)),
        (TextStyle::Button, font_id(Face::Regular, text::BODY)),
        (TextStyle::Heading, font_id(Face::SemiBold, text::HEADING)),
        (TextStyle::Monospace, font_id(Face::Regular, text::BODY)),
        (strong_style(), font_id(Face::SemiBold, text::BODY)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::XS);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size = vec2(28.0, 26.0);
    spacing.window_margin = Margin::same(space::L as i8);
    spacing.menu_margin = Margin::same(6);
    spacing.indent = space::L;
    spacing.combo_width = 0.0;
    spacing.slider_rail_height = 3.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = scroll_style();
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;
    style
}

fn scroll_style() -> ScrollStyle {
    ScrollStyle { bar_width: 8.0, floating_width: 3.0, foreground_color: false, ..ScrollStyle::floating() }
}

fn theme_visuals(theme: &Theme) -> Visuals {
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    let hairline = Stroke::new(1.0, to_color32(theme.hairline));
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(to_color32(theme.muted));
    visuals.widgets = widget_visuals(theme);
    visuals.selection.bg_fill = to_color32(theme.selected);
    visuals.selection.stroke = Stroke::new(1.5, to_color32(theme.focus));
    visuals.hyperlink_color = to_color32(theme.accent);
    visuals.faint_bg_color = to_color32(theme.hover);
    visuals.extreme_bg_color = to_color32(theme.surface);
    visuals.text_edit_bg_color = Some(to_color32(theme.surface));
    visuals.code_bg_color = to_color32(theme.hover);
    visuals.warn_fg_color = to_color32(theme.pain.ink);
    visuals.error_fg_color = to_color32(theme.danger.ink);
    visuals.window_fill = to_color32(theme.raised);
    visuals.window_stroke = hairline;
    visuals.window_corner_radius = to_corner_radius(radius::CARD);
    visuals.menu_corner_radius = to_corner_radius(radius::CARD);
    visuals.panel_fill = to_color32(theme.surface);
    let shadow = Shadow { offset: [0, 6], blur: 20, spread: 0, color: to_color32(theme.shadow) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.text_cursor.stroke = Stroke::new(1.5, to_color32(theme.accent));
    visuals.indent_has_left_vline = false;
    visuals.slider_trailing_fill = false;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    visuals.disabled_alpha = 0.45;
    visuals
}

fn widget_visuals(theme: &Theme) -> Widgets {
    let hairline = Stroke::new(1.0, to_color32(theme.hairline));
    let outline = Stroke::new(1.0, to_color32(theme.outline));
    let widget = |fill: Color, stroke: Stroke, words: Color| WidgetVisuals {
        bg_fill: to_color32(fill),
        weak_bg_fill: to_color32(fill),
        bg_stroke: stroke,
        corner_radius: to_corner_radius(radius::CONTROL),
        fg_stroke: Stroke::new(1.0, to_color32(words)),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: widget(theme.surface, hairline, theme.text),
        // The rail of a slider uses this fill; buttons use the weak one.
        inactive: WidgetVisuals {
            bg_fill: to_color32(theme.pressed),
            ..widget(theme.surface, hairline, theme.text)
        },
        hovered: widget(theme.hover, outline, theme.text),
        active: widget(theme.pressed, outline, theme.text),
        open: widget(theme.hover, outline, theme.text),
    }
}

/// Converts a corner radius to egui's type.
pub fn to_corner_radius(radius: f32) -> CornerRadius {
    CornerRadius::same(radius as u8)
}
