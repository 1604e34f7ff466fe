//! Actions that change the view or the settings, never the document.

use super::App;
use super::notice::NoticeLevel;
use crate::features::filing;
use engine::feedback::overlay::OverlayChoice;
use engine::i18n::{Lang, Msg};
use engine::model::records_in_order;
use engine::theme::ThemeId;

/// Shows the next journey of the project; after the last, the first.
pub(super) fn next_journey(app: &mut App) {
    app.with_session(|session| {
        let journeys = session.project().journeys_in_order();
        let ids: Vec<_> = journeys.iter().map(|journey| journey.info().id).collect();
        let place = ids.iter().position(|id| *id == session.journey_id()).unwrap_or(0);
        if let Some(next) = ids.get((place + 1) % ids.len().max(1)) {
            session.show_journey(*next);
        }
    });
}

/// Shows the scores of another wave, cycling through all waves together and each wave.
pub(super) fn step_wave(app: &mut App, by: isize) {
    app.with_session(|session| {
        let waves: Vec<_> =
            records_in_order(session.project().waves()).into_iter().map(|wave| wave.id).collect();
        let places = waves.len().cast_signed() + 1;
        let place =
            session.overlay_choice().wave.and_then(|wave| waves.iter().position(|known| *known == wave));
        // Index 0 means all waves together.
        let next = (place.map_or(0, |place| place.cast_signed() + 1) + by).rem_euclid(places);
        let wave = usize::try_from(next - 1).ok().and_then(|place| waves.get(place)).copied();
        session.set_overlay_choice(OverlayChoice { wave, ..session.overlay_choice().clone() });
    });
}

/// Toggles the presentation of the map alone; on entering, shows a hint how to leave.
pub(super) fn toggle_presentation(app: &mut App) {
    app.view.presenting = !app.view.presenting;
    if app.view.presenting {
        app.notices.add_notice(NoticeLevel::Info, Msg::PresentHint.text(app.lang()));
    }
}

/// Shows or hides the overview map and keeps the choice.
pub(super) fn toggle_minimap(app: &mut App) {
    app.settings.minimap = !app.settings.minimap;
    filing::keep_settings(app);
}

/// Switches to a theme, or to the system's, and keeps the choice.
pub(super) fn set_theme(app: &mut App, theme: Option<ThemeId>) {
    app.settings.theme = theme;
    super::style::set_theme_preference(&app.ctx, theme);
    filing::keep_settings(app);
}

/// Switches the language of the interface and keeps the choice.
pub(super) fn set_lang(app: &mut App, lang: Lang) {
    app.settings.lang = lang;
    filing::keep_settings(app);
}

/// Sends the window a command, such as to ask the system for its clipboard.
pub(super) fn send_command(app: &App, command: egui::ViewportCommand) {
    app.ctx.send_viewport_cmd(command);
}
