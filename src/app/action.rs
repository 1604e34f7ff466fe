//! The single table of actions, read by menus, palette, shortcuts, help and the manual's table.

use super::keyboard::{self, Owner};
use super::{App, Tab, viewing};
use crate::canvas::CanvasOrder;
use crate::features::choose::Chosen;
use crate::features::filing::step::NextStep;
use crate::features::help::{AboutDialog, LicencesForm, ShortcutList};
use crate::features::palette::PaletteSearch;
use crate::features::recovery::UnsavedSearch;
use crate::features::{
    charts, choose, compare, export, filing, import, pictures, quotes, recovery, redact, versions,
};
use crate::panels::panes;
use egui::{Event, Key, KeyboardShortcut, Modifiers, ViewportCommand};
use engine::edit::command::{self, Toward};
use engine::i18n::{Lang, Msg};
use engine::model::choice::{ImprovementKind, InsightKind, LaneKind};
use engine::theme::{Icon, ThemeId};

/// The change of a feeling by one key press, on the scale from -2 to 2.
const FEELING_STEP: f64 = 0.5;

/// The menu that lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// Opening, saving, importing and exporting files.
    File,
    /// Changes to existing elements.
    Edit,
    /// New elements.
    Insert,
    /// The view shown and its zoom.
    View,
    /// Theme and language.
    Settings,
    /// Help and information about the program.
    Help,
}

impl Menu {
    /// All menus, from left to right.
    pub const ALL: [Self; 6] = [Self::File, Self::Edit, Self::Insert, Self::View, Self::Settings, Self::Help];

    /// The menu's title.
    pub fn label(self) -> Msg {
        match self {
            Self::File => Msg::MenuFile,
            Self::Edit => Msg::MenuEdit,
            Self::Insert => Msg::MenuInsert,
            Self::View => Msg::MenuView,
            Self::Settings => Msg::Settings,
            Self::Help => Msg::Help,
        }
    }
}

/// The condition under which an action is available.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Always available.
    Nothing,
    /// An open project.
    Document,
    /// A step that can be undone.
    Undo,
    /// An undone step that can be redone.
    Redo,
    /// At least one selected element.
    Selection,
    /// A selected touchpoint, stage or flow (a subject of insights), or an element attached to one; with
    /// nothing selected, the insight is about nothing yet.
    Subject,
    /// A touchpoint selected.
    Touchpoint,
    /// A selected element that can belong to personas: an insight or a touchpoint.
    Personal,
    /// A pain selected.
    Pain,
    /// An opportunity or solution selected.
    Improvement,
    /// A selected element that can have an owner.
    Owned,
    /// At least two journeys.
    Journeys,
    /// Imported survey answers.
    Feedback,
    /// An open comparison of two versions.
    Comparison,
}

/// The properties of one [`Action`].
#[derive(Debug, Clone, Copy)]
pub struct ActionEntry {
    /// The label in menus, palette and help.
    pub label: Msg,
    /// The icon beside the label.
    pub icon: Icon,
    /// The keyboard shortcuts; the first is the one shown.
    pub keys: &'static [KeyboardShortcut],
    /// The menu that lists the action.
    pub menu: Menu,
    /// The condition under which the action is available.
    pub needs: Needs,
    /// True if the keys also work while text is being typed.
    pub while_typing: bool,
    /// Carries out the action once [`App::run_action`] has checked its condition.
    pub(super) handler: fn(&mut App),
}

const fn cmd(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn cmd_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

macro_rules! actions {
    ($($(#[$doc:meta])+ $action:ident: $menu:ident, $label:ident, $icon:ident, $needs:ident, $typing:literal, [$($key:expr),*], $handler:expr;)+) => {
        /// A command that the user can choose by menu, palette or key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])+ $action,)+ }

        impl Action {
            /// All actions, in the order of the menus.
            pub const ALL: &'static [Self] = &[$(Self::$action,)+];

            /// Returns the action's properties from the table.
            pub fn entry(self) -> ActionEntry {
                match self {
                    $(Self::$action => ActionEntry {
                        label: Msg::$label,
                        icon: Icon::$icon,
                        keys: const { &[$($key),*] },
                        menu: Menu::$menu,
                        needs: Needs::$needs,
                        while_typing: $typing,
                        handler: $handler,
                    },)+
                }
            }
        }
    };
}

actions! {
    /// Shows the templates for a new project.
    New: File, New, FilePlus, Nothing, true, [cmd(Key::N)], |app| app.view.gallery = true;
    /// Starts a project from an outline in Markdown, a mermaid journey or a table.
    NewFromOutline: File, NewFromOutline, List, Nothing, true, [], filing::ask_which_outline;
    /// Opens a file.
    Open: File, Open, FolderOpen, Nothing, true, [cmd(Key::O)], |app| filing::leave_project(app, NextStep::ChooseFile);
    /// Saves the project.
    Save: File, Save, Save, Document, true, [cmd(Key::S)], |app| filing::save_project(app, NextStep::Stay);
    /// Saves the project under another file name.
    SaveAs: File, SaveAs, Copy, Document, true, [cmd_shift(Key::S)], |app| filing::save_as(app, NextStep::Stay);
    /// Saves the whole project as another project, which shares no id with this one.
    DuplicateProject: File, DuplicateProject, Duplicate, Document, true, [],
        filing::ask_for_duplicate;
    /// Lists earlier versions of the file.
    Versions: File, Versions, History, Document, true, [], versions::look_for_versions;
    /// Looks for unsaved work of ended processes, also in journals that were put aside as damaged.
    RecoverUnsaved: File, RecoverUnsaved, History, Nothing, true, [],
        |app| recovery::search_unsaved(app, UnsavedSearch::Asked);
    /// Saves a redacted copy for sharing.
    SaveRedacted: File, SaveRedacted, EyeOff, Document, true, [], redact::ask_redacted;
    /// Imports a file of survey answers.
    Import: File, ImportFeedback, FileTable, Document, true, [cmd(Key::I)], |app| import::ask_for_answers(app, None);
    /// Exports the map as a picture or in another form.
    Export: File, Export, Image, Document, true, [cmd(Key::E)], export::ask_export;
    /// Exports the chart shown, as a picture or a table.
    ExportChart: File, ExportChart, BarChart, Feedback, true, [], charts::ask_export_chart;
    /// Compares the project with another version in a file.
    CompareVersions: File, CompareVersions, Columns, Document, true, [],
        compare::ask_which_version;
    /// Compares the journey with another journey of the project, such as as-is with to-be.
    CompareJourneys: File, CompareJourneys, Columns, Journeys, true, [], compare::compare_journeys;
    /// Closes the project.
    Close: File, Close, Close, Document, true, [cmd(Key::W)], |app| filing::leave_project(app, NextStep::Close);
    /// Quits the program.
    Quit: File, Quit, Close, Nothing, true, [cmd(Key::Q)], |app| filing::leave_project(app, NextStep::Quit);
    /// Undoes the last step.
    Undo: Edit, Undo, Undo, Undo, false, [cmd(Key::Z)], App::undo_step;
    /// Redoes the last undone step.
    Redo: Edit, Redo, Redo, Redo, false, [cmd_shift(Key::Z), cmd(Key::Y)], App::redo_step;
    /// Cuts the selected elements.
    Cut: Edit, Cut, Cut, Selection, false, [cmd(Key::X)], |app| viewing::send_command(app, ViewportCommand::RequestCut);
    /// Copies the selected elements.
    Copy: Edit, Copy, Copy, Selection, false, [cmd(Key::C)],
        |app| viewing::send_command(app, ViewportCommand::RequestCopy);
    /// Inserts the copied elements.
    Paste: Edit, Paste, Paste, Document, false, [cmd(Key::V)],
        |app| viewing::send_command(app, ViewportCommand::RequestPaste);
    /// Inserts a copy of the selected elements beside them.
    Duplicate: Edit, Duplicate, Duplicate, Selection, false, [cmd(Key::D)], App::duplicate_selection;
    /// Deletes the selected elements.
    Delete: Edit, Delete, Trash, Selection, false, [plain(Key::Delete), plain(Key::Backspace)],
        |app| app.apply_to_selection(command::delete_records);
    /// Selects all stages and touchpoints of the journey.
    SelectAll: Edit, SelectAll, Grid, Document, false, [cmd(Key::A)], App::select_all;
    /// Edits the name of the selected element in place.
    Rename: Edit, Rename, Pencil, Selection, false, [plain(Key::F2)], App::rename_selected;
    /// Chooses the channels of the selected touchpoints.
    ChooseChannels: Edit, ChooseChannels, Globe, Touchpoint, false, [plain(Key::C)],
        |app| choose::ask_chosen(app, Chosen::Channels);
    /// Chooses the persona of the selected insights, or the personas of the selected touchpoints.
    ChoosePersona: Edit, ChoosePersona, User, Personal, false, [plain(Key::R)], choose::ask_persona;
    /// Chooses the status of the selected opportunities and solutions.
    ChooseStatus: Edit, ChooseStatus, Flag, Improvement, false, [plain(Key::U)],
        |app| choose::ask_chosen(app, Chosen::Status);
    /// Chooses the owner of the selected touchpoints, opportunities and solutions.
    ChooseOwner: Edit, ChooseOwner, User, Owned, false, [plain(Key::W)], |app| choose::ask_chosen(app, Chosen::Owner);
    /// Sets the severity of the selected pains to 1, the lowest.
    SeverityOne: Edit, SeverityOne, Frown, Pain, false, [plain(Key::Num1)], |app| choose::set_severity(app, 1);
    /// Sets the severity of the selected pains to 2.
    SeverityTwo: Edit, SeverityTwo, Frown, Pain, false, [plain(Key::Num2)], |app| choose::set_severity(app, 2);
    /// Sets the severity of the selected pains to 3.
    SeverityThree: Edit, SeverityThree, Frown, Pain, false, [plain(Key::Num3)], |app| choose::set_severity(app, 3);
    /// Sets the severity of the selected pains to 4.
    SeverityFour: Edit, SeverityFour, Frown, Pain, false, [plain(Key::Num4)], |app| choose::set_severity(app, 4);
    /// Sets the severity of the selected pains to 5: customers leave.
    SeverityFive: Edit, SeverityFive, Frown, Pain, false, [plain(Key::Num5)], |app| choose::set_severity(app, 5);
    /// Moves the selected elements one place to the left.
    MoveLeft: Edit, MoveLeft, ArrowLeft, Selection, false, [alt(Key::ArrowLeft)],
        |app| app.nudge_selection(Toward::Left);
    /// Moves the selected elements one place to the right.
    MoveRight: Edit, MoveRight, ArrowRight, Selection, false, [alt(Key::ArrowRight)],
        |app| app.nudge_selection(Toward::Right);
    /// Moves the selected elements one place up.
    MoveUp: Edit, MoveUp, ArrowUp, Selection, false, [alt(Key::ArrowUp)],
        |app| app.nudge_selection(Toward::Up);
    /// Moves the selected elements one place down.
    MoveDown: Edit, MoveDown, ArrowDown, Selection, false, [alt(Key::ArrowDown)],
        |app| app.nudge_selection(Toward::Down);
    /// Adds a stage after the selected one.
    AddStage: Insert, AddStage, Columns, Document, false, [plain(Key::S)],
        |app| app.send_order(CanvasOrder::AddStage);
    /// Adds a touchpoint after the selected one.
    AddTouchpoint: Insert, AddTouchpoint, Plus, Document, false, [plain(Key::T)],
        |app| app.send_order(CanvasOrder::AddTouchpoint);
    /// Adds a touchpoint in the column of the selected one.
    AddAlternative: Insert, AddAlternative, Split, Touchpoint, false, [plain(Key::A)],
        |app| app.send_order(CanvasOrder::AddAlternative);
    /// Adds a pain to the selected element.
    AddPain: Insert, AddPain, Frown, Subject, false, [plain(Key::P)],
        |app| app.add_insight(InsightKind::Pain);
    /// Adds a gain to the selected element.
    AddGain: Insert, AddGain, Smile, Subject, false, [plain(Key::G)],
        |app| app.add_insight(InsightKind::Gain);
    /// Adds a need to the selected element.
    AddNeed: Insert, AddNeed, Target, Subject, false, [plain(Key::N)],
        |app| app.add_insight(InsightKind::Need);
    /// Adds a quote to the selected element.
    AddQuote: Insert, AddQuote, Quote, Subject, false, [plain(Key::Q)],
        |app| app.add_insight(InsightKind::Quote);
    /// Reads a file of comments, some of which are kept as quotes.
    QuotesFromComments: Insert, QuotesFromComments, Quote, Document, true, [],
        quotes::ask_for_comments;
    /// Adds a question to the selected element.
    AddQuestion: Insert, AddQuestion, Question, Subject, false, [],
        |app| app.add_insight(InsightKind::Question);
    /// Adds a note to the selected element.
    AddNote: Insert, AddNote, Note, Subject, false, [], |app| app.add_insight(InsightKind::Note);
    /// Adds an opportunity to the selected element.
    AddOpportunity: Insert, AddOpportunity, Lightbulb, Subject, false, [plain(Key::O)],
        |app| app.add_improvement(ImprovementKind::Opportunity);
    /// Adds a solution to the selected element.
    AddSolution: Insert, AddSolution, Wrench, Subject, false, [],
        |app| app.add_improvement(ImprovementKind::Solution);
    /// Marks the selected touchpoint as a moment of truth, or removes the mark.
    ToggleMoment: Insert, ToggleMoment, Diamond, Touchpoint, false, [plain(Key::M)],
        |app| app.apply_to_selection(command::toggle_moment);
    /// Raises a persona's feeling at the selected touchpoints by half a point.
    RaiseFeeling: Insert, RaiseFeeling, TrendUp, Touchpoint, false, [plain(Key::Plus), plain(Key::Equals)],
        |app| app.send_order(CanvasOrder::Feel(Some(FEELING_STEP)));
    /// Lowers a persona's feeling at the selected touchpoints by half a point.
    LowerFeeling: Insert, LowerFeeling, TrendDown, Touchpoint, false, [plain(Key::Minus)],
        |app| app.send_order(CanvasOrder::Feel(Some(-FEELING_STEP)));
    /// Removes a persona's feeling from the selected touchpoints.
    ClearFeeling: Insert, ClearFeeling, Meh, Touchpoint, false, [plain(Key::X)],
        |app| app.send_order(CanvasOrder::Feel(None));
    /// Places a picture under the selected element.
    AddPicture: Insert, AddPicture, Image, Document, false, [], pictures::ask_for_picture;
    /// Adds a lane.
    AddLane: Insert, AddLane, Rows, Document, false, [], |app| app.add_lane(LaneKind::Text);
    /// Adds a persona.
    AddPersona: Insert, AddPersona, User, Document, false, [], App::add_persona;
    /// Adds a channel.
    AddChannel: Insert, AddChannel, Globe, Document, false, [], App::add_channel;
    /// Adds a metric.
    AddMetric: Insert, AddMetric, BarChart, Document, false, [], App::add_metric;
    /// Adds a journey to the project.
    AddJourney: Insert, NewJourney, Route, Document, false, [], App::add_journey;
    /// Copies the journey shown, with everything in it, as its to-be version.
    DuplicateJourney: Insert, DuplicateAsToBe, Duplicate, Document, false, [], filing::duplicate_journey;
    /// Searches actions and elements.
    Palette: View, CommandPalette, Search, Nothing, true, [cmd(Key::K)],
        |app| app.dialog.open(PaletteSearch::default());
    /// Zooms in.
    ZoomIn: View, ZoomIn, ZoomIn, Document, true, [cmd(Key::Plus), cmd(Key::Equals)],
        |app| app.send_order(CanvasOrder::ZoomIn);
    /// Zooms out.
    ZoomOut: View, ZoomOut, ZoomOut, Document, true, [cmd(Key::Minus)],
        |app| app.send_order(CanvasOrder::ZoomOut);
    /// Resets the zoom to 100 %.
    ZoomReset: View, ZoomActual, Search, Document, true, [cmd(Key::Num0)],
        |app| app.send_order(CanvasOrder::ZoomActual);
    /// Zooms so that the whole map fits.
    Fit: View, ZoomFit, Fit, Document, true, [cmd(Key::Num1)], |app| app.send_order(CanvasOrder::Fit);
    /// Zooms so that the selection fits.
    FitSelection: View, ZoomSelection, Target, Selection, true, [cmd(Key::Num2)],
        |app| app.send_order(CanvasOrder::FitSelection);
    /// Shows the next journey.
    NextJourney: View, NextJourney, ArrowRight, Journeys, true, [cmd(Key::J)], viewing::next_journey;
    /// Shows the map.
    ViewMap: View, ViewMap, Route, Document, true, [alt(Key::Num1)], |app| app.view.tab = Tab::Map;
    /// Shows the scores as charts.
    ViewScores: View, ViewScores, BarChart, Feedback, true, [alt(Key::Num2)],
        |app| app.view.tab = Tab::Scores;
    /// Shows the two versions that are compared.
    ViewChanges: View, ViewChanges, Columns, Comparison, true, [alt(Key::Num3)],
        |app| app.view.tab = Tab::Changes;
    /// Ends the comparison of versions.
    CloseComparison: View, CloseComparison, Close, Comparison, true, [], compare::end_comparison;
    /// Shows the scores of the previous wave.
    PreviousWave: View, PreviousWave, ArrowLeft, Feedback, false, [plain(Key::OpenBracket)],
        |app| viewing::step_wave(app, -1);
    /// Shows the scores of the next wave.
    NextWave: View, NextWave, ArrowRight, Feedback, false, [plain(Key::CloseBracket)], |app| viewing::step_wave(app, 1);
    /// Shows or hides the outline.
    ToggleOutline: View, ToggleOutline, PanelLeft, Document, true, [cmd(Key::B)],
        |app| app.view.outline = !app.view.outline;
    /// Shows or hides the inspector.
    ToggleInspector: View, ToggleInspector, PanelRight, Document, true, [cmd_shift(Key::B)],
        |app| app.view.inspector = !app.view.inspector;
    /// Moves the keyboard focus to the next part of the window.
    NextPane: View, NextPane, ArrowRight, Document, true, [plain(Key::F6)],
        |app| panes::step_focus(&app.ctx, 1);
    /// Moves the keyboard focus to the previous part of the window.
    PreviousPane: View, PreviousPane, ArrowLeft, Document, true, [KeyboardShortcut::new(Modifiers::SHIFT, Key::F6)],
        |app| panes::step_focus(&app.ctx, -1);
    /// Shows or hides the overview map.
    ToggleMinimap: View, ToggleMinimap, Map, Document, true, [], viewing::toggle_minimap;
    /// Shows the map alone, or leaves the presentation.
    Present: View, Present, Maximize, Document, true, [plain(Key::F11)], viewing::toggle_presentation;
    /// Follows the system's theme.
    ThemeSystem: Settings, ThemeSystem, SunMoon, Nothing, true, [], |app| viewing::set_theme(app, None);
    /// Switches to the light theme.
    ThemeLight: Settings, ThemeLight, Sun, Nothing, true, [], |app| viewing::set_theme(app, Some(ThemeId::Light));
    /// Switches to the dark theme.
    ThemeDark: Settings, ThemeDark, Moon, Nothing, true, [], |app| viewing::set_theme(app, Some(ThemeId::Dark));
    /// Switches the interface to English.
    LanguageEnglish: Settings, LanguageEnglish, Languages, Nothing, true, [], |app| viewing::set_lang(app, Lang::En);
    /// Switches the interface to Chinese.
    LanguageChinese: Settings, LanguageChinese, Languages, Nothing, true, [], |app| viewing::set_lang(app, Lang::ZhCn);
    /// Lists the keyboard shortcuts.
    Shortcuts: Help, Shortcuts, Keyboard, Nothing, true, [plain(Key::F1)],
        |app| app.dialog.open(ShortcutList);
    /// Lists the third-party packages in the program, with their licences.
    Licences: Help, ThirdPartyLicences, List, Nothing, true, [],
        |app| app.dialog.open(LicencesForm::new());
    /// Shows what the program is and whose fonts it uses.
    About: Help, AboutProgram, Info, Nothing, true, [], |app| app.dialog.open(AboutDialog);
}

impl Action {
    /// Returns the actions of a menu, in order.
    pub fn in_menu(menu: Menu) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |action| action.entry().menu == menu)
    }

    /// True if text being typed on the map is committed before the action runs.
    pub fn commits_typing_first(self) -> bool {
        let files =
            matches!(self, Self::New | Self::Open | Self::Save | Self::SaveAs | Self::Close | Self::Quit);
        let whole = matches!(
            self,
            Self::Import | Self::Versions | Self::QuotesFromComments | Self::Export | Self::Undo | Self::Redo
        );
        let other =
            matches!(self, Self::SaveRedacted | Self::NextJourney | Self::AddJourney | Self::NewFromOutline);
        let compares = matches!(self, Self::CompareVersions | Self::CompareJourneys | Self::ViewChanges);
        let copies = matches!(self, Self::DuplicateProject | Self::DuplicateJourney);
        files || whole || other || compares || copies
    }

    /// True if the system delivers the keys as clipboard events, so that they never arrive as key events.
    pub fn is_clipboard(self) -> bool {
        matches!(self, Self::Cut | Self::Copy | Self::Paste)
    }
}

/// Returns the action whose keys were pressed and removes them from the input.
pub fn consume_shortcut(ctx: &egui::Context) -> Option<Action> {
    let owner = keyboard::current_owner(ctx);
    let is_untouched = keyboard::is_untouched(ctx);
    let is_on_cell = owner == Owner::Map && keyboard::is_on_cell(ctx);
    let named = |event: &Event| {
        if is_on_cell && keyboard::is_letter(event) {
            return None;
        }
        named_by(event, owner).or_else(|| if is_untouched { match_undo_redo(event) } else { None })
    };
    let found = ctx.input(|input| {
        input.events.iter().enumerate().find_map(|(place, event)| Some((place, named(event)?)))
    });
    let (place, action) = found?;
    ctx.input_mut(|input| {
        let event = input.events.remove(place);
        let is_combined = matches!(event, Event::Key { modifiers, .. } if modifiers.alt || modifiers.command);
        // A letter arrives as a key and as text, on some systems also with Alt.
        let is_letter = owner != Owner::Field || is_combined;
        if is_letter && matches!(input.events.get(place), Some(Event::Text(_))) {
            input.events.remove(place);
        }
    });
    Some(action)
}

/// Returns undo or redo if the event is one of their shortcuts.
fn match_undo_redo(event: &Event) -> Option<Action> {
    named_by(event, Owner::Map).filter(|action| matches!(action, Action::Undo | Action::Redo))
}

/// Returns the action of a shortcut; of several, the one with more modifier keys.
fn named_by(event: &Event, owner: Owner) -> Option<Action> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let fits = |shortcut: &&KeyboardShortcut| {
        shortcut.logical_key == *key && modifiers.matches_logically(shortcut.modifiers)
    };
    let open = |action: &Action| {
        !action.is_clipboard() && owner.allows_shortcut(*key, *modifiers, action.entry().while_typing)
    };
    let all = Action::ALL.iter().copied().filter(open);
    let named = all.filter_map(|action| Some((action.entry().keys.iter().find(fits)?, action)));
    named
        .max_by_key(|(shortcut, _)| (shortcut.modifiers.shift, shortcut.modifiers.alt))
        .map(|(_, action)| action)
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
