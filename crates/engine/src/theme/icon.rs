//! The icon table: one line per icon, drawn from the bundled icon font.
//!
//! To add one: write its line here with any code point, run `assets/fonts/make.py`, and correct the code
//! point it reports.

/// The share of an icon's square above the baseline; the rest (0.14) is below it. So an icon in a line of
/// text is centred on the capitals.
pub const ICON_ASCENT: f32 = 0.86;

macro_rules! icons {
    (channel { $($chan:ident $chan_name:literal $chan_glyph:literal;)* } interface { $($face:ident $face_name:literal $face_glyph:literal;)* }) => {
        /// A line icon of the bundled icon font; its text name is the one Lucide uses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Icon {
            $(#[doc = concat!("A channel's icon, `", $chan_name, "`.")] $chan,)*
            $(#[doc = concat!("An icon of the interface, `", $face_name, "`.")] $face,)*
        }

        impl Icon {
            /// Every icon, channels' first.
            pub const ALL: &[Self] = &[$(Self::$chan,)* $(Self::$face,)*];

            /// The icons a user may choose for a channel.
            pub const CHANNELS: &[Self] = &[$(Self::$chan,)*];

            /// Returns the character of the icon font.
            pub const fn glyph(self) -> char {
                match self {
                    $(Self::$chan => $chan_glyph,)*
                    $(Self::$face => $face_glyph,)*
                }
            }

            /// Returns the name in files.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$chan => $chan_name,)*
                    $(Self::$face => $face_name,)*
                }
            }

            /// Returns the icon with that name, if there is one.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($chan_name => Some(Self::$chan),)*
                    $($face_name => Some(Self::$face),)*
                    _ => None,
                }
            }
        }
    };
}

icons! {
channel {
    Globe "globe" '\u{e0e8}';
    Monitor "monitor" '\u{e11d}';
    Smartphone "smartphone" '\u{e163}';
    Tablet "tablet" '\u{e17e}';
    Store "store" '\u{e3e4}';
    ShoppingBag "shopping-bag" '\u{e15b}';
    ShoppingCart "shopping-cart" '\u{e15c}';
    Phone "phone" '\u{e133}';
    Headset "headset" '\u{e5bd}';
    Mail "mail" '\u{e10f}';
    Mailbox "mailbox" '\u{e3d4}';
    Share "share-2" '\u{e156}';
    Megaphone "megaphone" '\u{e235}';
    MessageCircle "message-circle" '\u{e116}';
    Bot "bot" '\u{e1bb}';
    Handshake "handshake" '\u{e5c0}';
    Building "building-2" '\u{e290}';
    Landmark "landmark" '\u{e23a}';
    Plane "plane" '\u{e1de}';
    Train "train-front" '\u{e506}';
    Car "car" '\u{e1d5}';
    Bus "bus" '\u{e1d4}';
    Bike "bike" '\u{e1d2}';
    Ship "ship" '\u{e3ba}';
    Truck "truck" '\u{e194}';
    BookOpen "book-open" '\u{e05f}';
    Newspaper "newspaper" '\u{e348}';
    Tv "tv" '\u{e195}';
    Video "video" '\u{e1a5}';
    User "user" '\u{e19f}';
    Users "users" '\u{e1a4}';
    ConciergeBell "concierge-bell" '\u{e378}';
    Armchair "armchair" '\u{e2c0}';
    Luggage "luggage" '\u{e2ca}';
    Package "package" '\u{e129}';
    Gift "gift" '\u{e0e1}';
    CreditCard "credit-card" '\u{e0aa}';
    Ticket "ticket" '\u{e20f}';
    QrCode "qr-code" '\u{e1df}';
    MapPin "map-pin" '\u{e111}';
    Bed "bed" '\u{e2c1}';
    Utensils "utensils" '\u{e2f6}';
    Stethoscope "stethoscope" '\u{e2f1}';
    GraduationCap "graduation-cap" '\u{e234}';
    Wifi "wifi" '\u{e1ae}';
    Key "key" '\u{e0fd}';
    Circle "circle" '\u{e076}';
}
interface {
    Search "search" '\u{e151}';
    Plus "plus" '\u{e13d}';
    Minus "minus" '\u{e11c}';
    Close "x" '\u{e1b2}';
    Check "check" '\u{e06c}';
    ChevronDown "chevron-down" '\u{e06d}';
    ChevronUp "chevron-up" '\u{e070}';
    ChevronLeft "chevron-left" '\u{e06e}';
    ChevronRight "chevron-right" '\u{e06f}';
    ArrowUp "arrow-up" '\u{e04a}';
    ArrowDown "arrow-down" '\u{e042}';
    ArrowLeft "arrow-left" '\u{e048}';
    ArrowRight "arrow-right" '\u{e049}';
    CornerDownRight "corner-down-right" '\u{e0a2}';
    Undo "undo-2" '\u{e2a1}';
    Redo "redo-2" '\u{e2a0}';
    Save "save" '\u{e14d}';
    FolderOpen "folder-open" '\u{e247}';
    File "file" '\u{e0c0}';
    FilePlus "file-plus" '\u{e0c9}';
    FileText "file-text" '\u{e0cc}';
    FileTable "file-spreadsheet" '\u{e326}';
    Download "download" '\u{e0b2}';
    Upload "upload" '\u{e19e}';
    Settings "settings" '\u{e154}';
    Sun "sun" '\u{e178}';
    Moon "moon" '\u{e11e}';
    SunMoon "sun-moon" '\u{e2b2}';
    Languages "languages" '\u{e0fe}';
    Eye "eye" '\u{e0ba}';
    EyeOff "eye-off" '\u{e0bb}';
    Lock "lock" '\u{e10b}';
    Trash "trash-2" '\u{e18e}';
    Copy "copy" '\u{e09e}';
    Paste "clipboard-paste" '\u{e3e8}';
    Cut "scissors" '\u{e14e}';
    Duplicate "copy-plus" '\u{e3fd}';
    Pencil "pencil" '\u{e1f9}';
    More "ellipsis" '\u{e0b6}';
    Grip "grip-vertical" '\u{e0eb}';
    PanelLeft "panel-left" '\u{e12a}';
    PanelRight "panel-right" '\u{e431}';
    PanelBottom "panel-bottom" '\u{e42c}';
    Maximize "maximize" '\u{e112}';
    Minimize "minimize" '\u{e11a}';
    Map "map" '\u{e110}';
    ZoomIn "zoom-in" '\u{e1b6}';
    ZoomOut "zoom-out" '\u{e1b7}';
    Fit "scan" '\u{e257}';
    Command "command" '\u{e09a}';
    Keyboard "keyboard" '\u{e284}';
    Help "circle-question-mark" '\u{e082}';
    Info "info" '\u{e0f9}';
    Warning "triangle-alert" '\u{e193}';
    Error "circle-x" '\u{e084}';
    Done "circle-check" '\u{e226}';
    Image "image" '\u{e0f6}';
    Printer "printer" '\u{e141}';
    Flag "flag" '\u{e0d1}';
    Diamond "diamond" '\u{e2d2}';
    ThumbsUp "thumbs-up" '\u{e18a}';
    Frown "frown" '\u{e0db}';
    Meh "meh" '\u{e114}';
    Smile "smile" '\u{e164}';
    Lightbulb "lightbulb" '\u{e1c2}';
    Quote "quote" '\u{e239}';
    Question "message-circle-question-mark" '\u{e568}';
    Comment "message-square" '\u{e117}';
    Note "sticky-note" '\u{e303}';
    Wrench "wrench" '\u{e1b1}';
    Link "link" '\u{e102}';
    Unlink "unlink" '\u{e19c}';
    Branch "git-branch" '\u{e0e2}';
    Split "split" '\u{e440}';
    Repeat "repeat" '\u{e146}';
    Route "route" '\u{e53e}';
    Spline "spline" '\u{e38b}';
    Swap "arrow-right-left" '\u{e417}';
    Table "table" '\u{e17d}';
    Columns "columns-3" '\u{e099}';
    Rows "rows-3" '\u{e58a}';
    Layers "layers" '\u{e529}';
    Grid "layout-grid" '\u{e0ff}';
    BarChart "chart-column" '\u{e2a3}';
    LineChart "chart-line" '\u{e2a5}';
    TrendUp "trending-up" '\u{e191}';
    TrendDown "trending-down" '\u{e190}';
    Target "target" '\u{e180}';
    Star "star" '\u{e176}';
    Heart "heart" '\u{e0f2}';
    Footprints "footprints" '\u{e3b9}';
    Clock "clock" '\u{e087}';
    Calendar "calendar" '\u{e063}';
    Tag "tag" '\u{e17f}';
    Filter "funnel" '\u{e0dc}';
    List "list" '\u{e106}';
    Hash "hash" '\u{e0ef}';
    Text "type" '\u{e198}';
    Database "database" '\u{e0ad}';
    Play "play" '\u{e13c}';
    Move "move" '\u{e121}';
    ExternalLink "external-link" '\u{e0b9}';
    History "history" '\u{e1f5}';
    Refresh "refresh-cw" '\u{e145}';
    Paperclip "paperclip" '\u{e12d}';
    LifeBuoy "life-buoy" '\u{e101}';
    Shield "shield-check" '\u{e1ff}';
    Hand "hand" '\u{e1d7}';
    Pointer "mouse-pointer-2" '\u{e1c3}';
    Sparkles "sparkles" '\u{e412}';
}
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_glyphs_are_unique_and_names_lead_back() {
        let names: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.name()).collect();
        let glyphs: BTreeSet<_> = Icon::ALL.iter().map(|icon| icon.glyph()).collect();
        assert_eq!((names.len(), glyphs.len()), (Icon::ALL.len(), Icon::ALL.len()));
        assert!(Icon::ALL.iter().all(|&icon| Icon::from_name(icon.name()) == Some(icon)));
        assert_eq!(Icon::from_name("no-such-icon"), None);
    }
}
