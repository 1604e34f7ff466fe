//! The one table of actions: menu, palette, shortcuts, help and the README's table all read it.

use super::keyboard::{self, Owner};
use crate::i18n::Msg;
use crate::theme::Icon;
use egui::{Event, Key, KeyboardShortcut, Modifiers};

/// Where the menu lists an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Menu {
    /// Files and what goes in and out.
    File,
    /// Changes of what is there.
    Edit,
    /// New elements.
    Insert,
    /// What is shown and how large.
    View,
    /// Theme and language.
    Settings,
    /// About the program.
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

/// What must be there for an action to do anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// An open project.
    Document,
    /// A step to take back.
    Undo,
    /// A step to take again.
    Redo,
    /// Something selected.
    Selection,
    /// A touchpoint, stage or flow selected, which an insight can speak of, or what is for one of these.
    Subject,
    /// A touchpoint selected.
    Touchpoint,
    /// Something selected that is of personas: an insight, or a touchpoint.
    Personal,
    /// A pain selected.
    Pain,
    /// An opportunity or solution selected.
    Improvement,
    /// Something selected that can have an owner.
    Owned,
    /// A second journey.
    Journeys,
    /// Imported answers.
    Feedback,
    /// Two versions that are compared.
    Comparison,
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// What it is called.
    pub label: Msg,
    /// Its icon.
    pub icon: Icon,
    /// Its keys; the first is shown.
    pub keys: &'static [KeyboardShortcut],
    /// Where the menu lists it.
    pub menu: Menu,
    /// What it needs.
    pub needs: Needs,
    /// Whether the keys work while text is being typed.
    pub while_typing: bool,
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
    ($($(#[$doc:meta])+ $action:ident: $menu:ident, $label:ident, $icon:ident, $needs:ident, $typing:literal, [$($key:expr),*];)+) => {
        /// Something a person can ask the program for by menu, palette or key.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$doc])+ $action,)+ }

        impl Action {
            /// All actions, in the order of the menus.
            pub const ALL: &'static [Self] = &[$(Self::$action,)+];

            /// The action's line of the table.
            pub fn entry(self) -> Entry {
                match self {
                    $(Self::$action => Entry {
                        label: Msg::$label,
                        icon: Icon::$icon,
                        keys: const { &[$($key),*] },
                        menu: Menu::$menu,
                        needs: Needs::$needs,
                        while_typing: $typing,
                    },)+
                }
            }
        }
    };
}

actions! {
    /// Shows the templates to begin from.
    New: File, New, FilePlus, Nothing, true, [cmd(Key::N)];
    /// Begins a project from an outline in Markdown, a mermaid journey or a table.
    NewFromOutline: File, NewFromOutline, List, Nothing, true, [];
    /// Opens a file.
    Open: File, Open, FolderOpen, Nothing, true, [cmd(Key::O)];
    /// Saves the project.
    Save: File, Save, Save, Document, true, [cmd(Key::S)];
    /// Saves the project under another name.
    SaveAs: File, SaveAs, Copy, Document, true, [cmd_shift(Key::S)];
    /// Saves all of it as another project, which shares no id with this one.
    DuplicateProject: File, DuplicateProject, Duplicate, Document, true, [];
    /// Lists earlier versions of the file.
    Versions: File, Versions, History, Document, true, [];
    /// Looks for what ended processes left unsaved, also in journals that were put aside as damaged.
    RecoverUnsaved: File, RecoverUnsaved, History, Nothing, true, [];
    /// Saves a copy to give away.
    SaveRedacted: File, SaveRedacted, EyeOff, Document, true, [];
    /// Reads a file of customers' answers.
    Import: File, ImportFeedback, FileTable, Document, true, [cmd(Key::I)];
    /// Writes the map as a picture.
    Export: File, Export, Image, Document, true, [cmd(Key::E)];
    /// Writes the chart shown as a picture or a table.
    ExportChart: File, ExportChart, BarChart, Feedback, true, [];
    /// Shows what differs from another version, in a file.
    CompareVersions: File, CompareVersions, Columns, Document, true, [];
    /// Shows what differs from another journey of the project, such as what is from what shall be.
    CompareJourneys: File, CompareJourneys, Columns, Journeys, true, [];
    /// Closes the project.
    Close: File, Close, Close, Document, true, [cmd(Key::W)];
    /// Ends the program.
    Quit: File, Quit, Close, Nothing, true, [cmd(Key::Q)];
    /// Takes the last step back.
    Undo: Edit, Undo, Undo, Undo, false, [cmd(Key::Z)];
    /// Takes the last undone step again.
    Redo: Edit, Redo, Redo, Redo, false, [cmd_shift(Key::Z), cmd(Key::Y)];
    /// Cuts what is selected.
    Cut: Edit, Cut, Cut, Selection, false, [cmd(Key::X)];
    /// Copies what is selected.
    Copy: Edit, Copy, Copy, Selection, false, [cmd(Key::C)];
    /// Inserts what was copied.
    Paste: Edit, Paste, Paste, Document, false, [cmd(Key::V)];
    /// Copies what is selected beside itself.
    Duplicate: Edit, Duplicate, Duplicate, Selection, false, [cmd(Key::D)];
    /// Deletes what is selected.
    Delete: Edit, Delete, Trash, Selection, false, [plain(Key::Delete), plain(Key::Backspace)];
    /// Selects everything on the map.
    SelectAll: Edit, SelectAll, Grid, Document, false, [cmd(Key::A)];
    /// Edits the name of what is selected, in place.
    Rename: Edit, Rename, Pencil, Selection, false, [plain(Key::F2)];
    /// Chooses the channels of the selected touchpoints.
    ChooseChannels: Edit, ChooseChannels, Globe, Touchpoint, false, [plain(Key::C)];
    /// Chooses whose the selected insights are.
    ChoosePersona: Edit, ChoosePersona, User, Personal, false, [plain(Key::R)];
    /// Chooses the state of the selected opportunities and solutions.
    ChooseStatus: Edit, ChooseStatus, Flag, Improvement, false, [plain(Key::U)];
    /// Chooses who owns the selected touchpoints, opportunities and solutions.
    ChooseOwner: Edit, ChooseOwner, User, Owned, false, [plain(Key::W)];
    /// Makes the selected pains slight.
    SeverityOne: Edit, SeverityOne, Frown, Pain, false, [plain(Key::Num1)];
    /// Makes the selected pains a little severe.
    SeverityTwo: Edit, SeverityTwo, Frown, Pain, false, [plain(Key::Num2)];
    /// Makes the selected pains severe.
    SeverityThree: Edit, SeverityThree, Frown, Pain, false, [plain(Key::Num3)];
    /// Makes the selected pains very severe.
    SeverityFour: Edit, SeverityFour, Frown, Pain, false, [plain(Key::Num4)];
    /// Makes the selected pains such that customers leave.
    SeverityFive: Edit, SeverityFive, Frown, Pain, false, [plain(Key::Num5)];
    /// Moves what is selected one place to the left.
    MoveLeft: Edit, MoveLeft, ArrowLeft, Selection, false, [alt(Key::ArrowLeft)];
    /// Moves what is selected one place to the right.
    MoveRight: Edit, MoveRight, ArrowRight, Selection, false, [alt(Key::ArrowRight)];
    /// Moves what is selected one place up.
    MoveUp: Edit, MoveUp, ArrowUp, Selection, false, [alt(Key::ArrowUp)];
    /// Moves what is selected one place down.
    MoveDown: Edit, MoveDown, ArrowDown, Selection, false, [alt(Key::ArrowDown)];
    /// Adds a stage after the selected one.
    AddStage: Insert, AddStage, Columns, Document, false, [plain(Key::S)];
    /// Adds a touchpoint after the selected one.
    AddTouchpoint: Insert, AddTouchpoint, Plus, Document, false, [plain(Key::T)];
    /// Adds a touchpoint in the column of the selected one.
    AddAlternative: Insert, AddAlternative, Split, Touchpoint, false, [plain(Key::A)];
    /// Adds a pain to what is selected.
    AddPain: Insert, AddPain, Frown, Subject, false, [plain(Key::P)];
    /// Adds a gain to what is selected.
    AddGain: Insert, AddGain, Smile, Subject, false, [plain(Key::G)];
    /// Adds a need to what is selected.
    AddNeed: Insert, AddNeed, Target, Subject, false, [plain(Key::N)];
    /// Adds a quote to what is selected.
    AddQuote: Insert, AddQuote, Quote, Subject, false, [plain(Key::Q)];
    /// Reads a file of comments, of which some are kept as quotes.
    QuotesFromComments: Insert, QuotesFromComments, Quote, Document, true, [];
    /// Adds a question to what is selected.
    AddQuestion: Insert, AddQuestion, Question, Subject, false, [];
    /// Adds a note to what is selected.
    AddNote: Insert, AddNote, Note, Subject, false, [];
    /// Adds an opportunity to what is selected.
    AddOpportunity: Insert, AddOpportunity, Lightbulb, Subject, false, [plain(Key::O)];
    /// Adds a solution to what is selected.
    AddSolution: Insert, AddSolution, Wrench, Subject, false, [];
    /// Makes the selected touchpoint a moment of truth, or an ordinary one again.
    ToggleMoment: Insert, ToggleMoment, Diamond, Touchpoint, false, [plain(Key::M)];
    /// Lets a persona feel better at the selected touchpoints.
    RaiseFeeling: Insert, RaiseFeeling, TrendUp, Touchpoint, false, [plain(Key::Plus), plain(Key::Equals)];
    /// Lets a persona feel worse at the selected touchpoints.
    LowerFeeling: Insert, LowerFeeling, TrendDown, Touchpoint, false, [plain(Key::Minus)];
    /// Takes a persona's feeling at the selected touchpoints away.
    ClearFeeling: Insert, ClearFeeling, Meh, Touchpoint, false, [plain(Key::X)];
    /// Places a picture under what is selected.
    AddPicture: Insert, AddPicture, Image, Document, false, [];
    /// Adds a lane.
    AddLane: Insert, AddLane, Rows, Document, false, [];
    /// Adds a persona.
    AddPersona: Insert, AddPersona, User, Document, false, [];
    /// Adds a channel.
    AddChannel: Insert, AddChannel, Globe, Document, false, [];
    /// Adds a metric.
    AddMetric: Insert, AddMetric, BarChart, Document, false, [];
    /// Adds a journey to the project.
    AddJourney: Insert, NewJourney, Route, Document, false, [];
    /// Copies the journey shown, with everything in it, as the one that shall be.
    DuplicateJourney: Insert, DuplicateAsToBe, Duplicate, Document, false, [];
    /// Searches actions and elements.
    Palette: View, CommandPalette, Search, Nothing, true, [cmd(Key::K)];
    /// Shows the map larger.
    ZoomIn: View, ZoomIn, ZoomIn, Document, true, [cmd(Key::Plus), cmd(Key::Equals)];
    /// Shows the map smaller.
    ZoomOut: View, ZoomOut, ZoomOut, Document, true, [cmd(Key::Minus)];
    /// Shows the map at its own size.
    ZoomReset: View, ZoomActual, Search, Document, true, [cmd(Key::Num0)];
    /// Shows the whole map.
    Fit: View, ZoomFit, Fit, Document, true, [cmd(Key::Num1)];
    /// Shows what is selected.
    FitSelection: View, ZoomSelection, Target, Selection, true, [cmd(Key::Num2)];
    /// Shows the next journey.
    NextJourney: View, NextJourney, ArrowRight, Journeys, true, [cmd(Key::J)];
    /// Shows the map.
    ViewMap: View, ViewMap, Route, Document, true, [alt(Key::Num1)];
    /// Shows the scores as charts.
    ViewScores: View, ViewScores, BarChart, Feedback, true, [alt(Key::Num2)];
    /// Shows the versions that are compared.
    ViewChanges: View, ViewChanges, Columns, Comparison, true, [alt(Key::Num3)];
    /// Ends the comparison of versions.
    CloseComparison: View, CloseComparison, Close, Comparison, true, [];
    /// Shows the scores of the wave before.
    PreviousWave: View, PreviousWave, ArrowLeft, Feedback, false, [plain(Key::OpenBracket)];
    /// Shows the scores of the wave after.
    NextWave: View, NextWave, ArrowRight, Feedback, false, [plain(Key::CloseBracket)];
    /// Shows or hides the outline.
    ToggleOutline: View, ToggleOutline, PanelLeft, Document, true, [cmd(Key::B)];
    /// Shows or hides the inspector.
    ToggleInspector: View, ToggleInspector, PanelRight, Document, true, [cmd_shift(Key::B)];
    /// Leads the keyboard to the next part of the window.
    NextPane: View, NextPane, ArrowRight, Document, true, [plain(Key::F6)];
    /// Leads the keyboard to the part of the window before.
    PreviousPane: View, PreviousPane, ArrowLeft, Document, true, [KeyboardShortcut::new(Modifiers::SHIFT, Key::F6)];
    /// Shows or hides the small picture of the whole map.
    ToggleMinimap: View, ToggleMinimap, Map, Document, true, [];
    /// Shows the map alone, or everything again.
    Present: View, Present, Maximize, Document, true, [plain(Key::F11)];
    /// Follows the system's theme.
    ThemeSystem: Settings, ThemeSystem, SunMoon, Nothing, true, [];
    /// Dark on light.
    ThemeLight: Settings, ThemeLight, Sun, Nothing, true, [];
    /// Light on dark.
    ThemeDark: Settings, ThemeDark, Moon, Nothing, true, [];
    /// Speaks English.
    LanguageEnglish: Settings, LanguageEnglish, Languages, Nothing, true, [];
    /// Speaks Chinese.
    LanguageChinese: Settings, LanguageChinese, Languages, Nothing, true, [];
    /// Lists the keys.
    Shortcuts: Help, Shortcuts, Keyboard, Nothing, true, [plain(Key::F1)];
    /// Lists the packages that the program is made of, with their licences.
    Licences: Help, ThirdPartyLicences, List, Nothing, true, [];
    /// Says what the program is and whose fonts it shows.
    About: Help, AboutProgram, Info, Nothing, true, [];
}

impl Action {
    /// The actions of a menu, in order.
    pub fn of(menu: Menu) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |action| action.entry().menu == menu)
    }

    /// Whether typing under way on the map becomes part of the document first.
    pub fn settles(self) -> bool {
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

    /// Whether the system delivers the keys as an event of its own, so that they are never read as keys.
    pub fn is_clipboard(self) -> bool {
        matches!(self, Self::Cut | Self::Copy | Self::Paste)
    }
}

/// The action whose keys were pressed, taken out of the input.
pub fn pressed(ctx: &egui::Context) -> Option<Action> {
    let owner = keyboard::owner(ctx);
    let is_untouched = keyboard::is_untouched(ctx);
    let is_on_cell = owner == Owner::Map && keyboard::is_on_cell(ctx);
    let named = |event: &Event| {
        if is_on_cell && keyboard::is_letter(event) {
            return None;
        }
        named_by(event, owner).or_else(|| undoes(event).filter(|_| is_untouched))
    };
    let found = ctx.input(|input| {
        input.events.iter().enumerate().find_map(|(place, event)| Some((place, named(event)?)))
    });
    let (place, action) = found?;
    ctx.input_mut(|input| {
        let event = input.events.remove(place);
        let is_combined = matches!(event, Event::Key { modifiers, .. } if modifiers.alt || modifiers.command);
        // A letter comes as a key and as text, on some systems also with Alt.
        let is_letter = owner != Owner::Field || is_combined;
        if is_letter && matches!(input.events.get(place), Some(Event::Text(_))) {
            input.events.remove(place);
        }
    });
    Some(action)
}

/// Undo or redo, where a key asks for it.
fn undoes(event: &Event) -> Option<Action> {
    named_by(event, Owner::Map).filter(|action| matches!(action, Action::Undo | Action::Redo))
}

/// The action that a key asks for; of several, the one with more modifier keys.
fn named_by(event: &Event, owner: Owner) -> Option<Action> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let fits = |shortcut: &&KeyboardShortcut| {
        shortcut.logical_key == *key && modifiers.matches_logically(shortcut.modifiers)
    };
    let open = |action: &Action| {
        !action.is_clipboard() && owner.leaves(*key, *modifiers, action.entry().while_typing)
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
