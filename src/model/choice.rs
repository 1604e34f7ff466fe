//! The closed lists of the field: kinds of lanes, insights, moments of truth and so on, each with the name that
//! files and the command line use.

use super::value::{Atom, Value};
use std::fmt;
use std::str::FromStr;

/// Why a text is not one of a list's names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {expected}, found {found:?}")]
pub struct ParseChoiceError {
    /// The text that was read.
    pub found: String,
    /// The names that would have been read.
    pub expected: String,
}

macro_rules! choices {
    ($($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident $name:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$variant_doc])* $variant,)+ }

        impl $type {
            /// All of them, in the order in which people are offered them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The name in files and on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) }
        }

        impl FromStr for $type {
            type Err = ParseChoiceError;
            fn from_str(text: &str) -> Result<Self, ParseChoiceError> {
                match text {
                    $($name => Ok(Self::$variant),)+
                    _ => Err(ParseChoiceError { found: text.to_owned(), expected: [$($name),+].join(", ") }),
                }
            }
        }

        impl Atom for $type {
            const HOLDS_TEXT: bool = false;
            fn to_value(&self) -> Value { Value::Text(self.name().to_owned()) }
            fn from_value(value: &Value) -> Option<Self> {
                if let Value::Text(text) = value { text.parse().ok() } else { None }
            }
        }
    )+};
}

choices! {
    /// Whether a journey shows what is, what shall be, or what is supposed.
    JourneyState {
        /// What customers go through today.
        AsIs "as-is",
        /// What they shall go through.
        ToBe "to-be",
        /// What the team believes, not yet checked.
        Hypothesis "hypothesis",
    }

    /// What a lane holds.
    LaneKind {
        /// Touchpoint cards: all, or those of the lane's channel.
        Touchpoints "touchpoints",
        /// What the customer does: texts.
        Doing "doing",
        /// What the customer thinks: texts.
        Thinking "thinking",
        /// The feeling curve of each persona.
        Feeling "feeling",
        /// The scores of the overlay.
        Scores "scores",
        /// Pains, gains, needs, opportunities and the rest.
        Insights "insights",
        /// Pictures.
        Pictures "pictures",
        /// Free text under the lane's own title.
        Text "text",
        /// Blueprint: physical evidence, as texts.
        PhysicalEvidence "physical-evidence",
        /// Blueprint: what the company does where the customer sees it, as cards.
        FrontStage "front-stage",
        /// Blueprint: what the company does unseen, as cards.
        BackStage "back-stage",
        /// Blueprint: what supports it, as cards.
        Support "support",
    }

    /// What an insight is.
    InsightKind {
        /// A problem the customer has.
        Pain "pain",
        /// What delights or helps.
        Gain "gain",
        /// What the customer tries to get done.
        Need "need",
        /// The customer's own words.
        Quote "quote",
        /// What the team does not know yet.
        Question "question",
        /// A remark of the team.
        Note "note",
    }

    /// How far a pain reaches.
    PainLevel {
        /// One touchpoint.
        Interaction "interaction",
        /// The whole journey.
        Journey "journey",
        /// The customer's relation with the company.
        Relationship "relationship",
    }

    /// Whether an improvement says what could be better or what will be changed.
    ImprovementKind {
        /// What could be better.
        Opportunity "opportunity",
        /// A concrete change.
        Solution "solution",
    }

    /// Which moment of truth a touchpoint is.
    MomentKind {
        /// Research before the purchase.
        Zero "zero",
        /// Choosing.
        First "first",
        /// Using.
        Second "second",
        /// Telling others.
        Third "third",
        /// The told experience becomes someone's zero.
        Ultimate "ultimate",
        /// The team's own kind, named in the reason.
        Own "own",
    }

    /// Who starts a touchpoint.
    Initiator {
        /// The customer.
        Customer "customer",
        /// The company.
        Company "company",
        /// A partner of the company.
        Partner "partner",
    }

    /// Whether the customer sees a touchpoint.
    Visibility {
        /// Above the line of visibility.
        Front "front",
        /// Below it.
        Back "back",
    }

    /// Whether a touchpoint is there.
    Existence {
        /// It exists.
        Exists "exists",
        /// It is planned.
        Planned "planned",
    }

    /// What an improvement is worth (CARE).
    BusinessValue {
        /// More customers.
        Acquisition "acquisition",
        /// Customers who stay.
        Retention "retention",
        /// Less cost.
        Efficiency "efficiency",
    }

    /// How far an improvement has come.
    Status {
        /// An idea.
        Idea "idea",
        /// Decided.
        Planned "planned",
        /// Being worked on.
        Started "started",
        /// Done.
        Done "done",
        /// Given up.
        Dropped "dropped",
    }

    /// How answers become a score.
    MetricKind {
        /// Net promoter score.
        Nps "nps",
        /// Share of satisfied answers.
        Csat "csat",
        /// Customer effort score.
        Ces "ces",
        /// Arithmetic mean.
        Mean "mean",
    }

    /// Which end of a scale is good.
    Direction {
        /// High answers are good.
        HighIsGood "high-is-good",
        /// Low answers are good.
        LowIsGood "low-is-good",
    }

    /// What a column of a feedback file is taken for.
    ColumnRole {
        /// Not read.
        Ignore "ignore",
        /// Answers about a touchpoint.
        Touchpoint "touchpoint",
        /// Answers about a stage.
        Stage "stage",
        /// Answers about the journey as a whole.
        Journey "journey",
        /// Splits customers into groups.
        Segment "segment",
        /// Holds several choices in one cell: each is a group of its own, and a customer may be in several.
        Choices "choices",
        /// The day of the answer: splits answers into waves.
        Date "date",
        /// What the answer weighs.
        Weight "weight",
        /// In a table of one answer a row: the name of what the row's answer is about.
        Names "names",
        /// How many respondents the row stands for: the table is aggregated already.
        Count "count",
        /// How many respondents gave the answer that the column is named after: the table is aggregated already.
        AnswerCount "answer-count",
        /// Which share of the respondents gave that answer, in percent or as a part of one.
        AnswerShare "answer-share",
        /// The id of the respondent, by which rows that came before are recognised; never kept in a project.
        Respondent "respondent",
    }

    /// Which periods a column of dates splits answers into.
    WaveSplit {
        /// Calendar months.
        Month "month",
        /// Quarters of the year.
        Quarter "quarter",
        /// Years.
        Year "year",
        /// One period for the whole file.
        All "all",
    }

    /// Which part of a date written in figures comes first.
    DateOrder {
        /// The year; dates that begin otherwise can't be read.
        YearFirst "year-first",
        /// The day, unless the year does.
        DayFirst "day-first",
        /// The month, unless the year does.
        MonthFirst "month-first",
    }

    /// The character between the cells of a text.
    Delimiter {
        /// `,`
        Comma "comma",
        /// `;`
        Semicolon "semicolon",
        /// A tab.
        Tab "tab",
        /// `|`
        Pipe "pipe",
    }
}

impl LaneKind {
    /// The kinds of lanes in which touchpoints' cards stand.
    pub const OF_CARDS: [Self; 4] = [Self::Touchpoints, Self::FrontStage, Self::BackStage, Self::Support];

    /// Whether touchpoints' cards stand in lanes of this kind.
    pub fn holds_cards(self) -> bool {
        Self::OF_CARDS.contains(&self)
    }

    /// Whether it holds texts, one under each step or stage.
    pub fn holds_texts(self) -> bool {
        matches!(self, Self::Doing | Self::Thinking | Self::Text | Self::PhysicalEvidence)
    }
}
