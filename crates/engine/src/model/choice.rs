//! The closed lists of the domain: kinds of lanes, insights, moments of truth and so on, each with the name
//! that files and the command line use.

use super::field::FieldContent;
use super::value::{Atom, FieldValue};
use std::fmt;
use std::str::FromStr;

/// The error for a text that is not one of a list's names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {expected}, found {found:?}")]
pub struct ParseChoiceError {
    /// The text that was parsed.
    pub found: String,
    /// The accepted names, joined by commas.
    pub expected: String,
}

macro_rules! choices {
    ($($(#[$doc:meta])* $type:ident { $($(#[$variant_doc:meta])* $variant:ident $name:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($(#[$variant_doc])* $variant,)+ }

        impl $type {
            /// All values, in the order in which the interface offers them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the name in files and on the command line.
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
            const CONTENT: FieldContent = FieldContent::Choice(ChoiceList::$type);
            fn to_value(&self) -> FieldValue { FieldValue::Text(self.name().to_owned()) }
            fn from_value(value: &FieldValue) -> Option<Self> {
                if let FieldValue::Text(text) = value { text.parse().ok() } else { None }
            }
        }
    )+

        /// A closed list whose names a field holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ChoiceList {
            $(#[doc = concat!("[`", stringify!($type), "`]")] $type,)+
            /// [`InsightKind`] or [`ImprovementKind`].
            NoteKind,
        }
    };
}

choices! {
    /// The state that a journey shows: as-is, to-be or hypothesis.
    JourneyState {
        /// The journey of customers today.
        AsIs "as-is",
        /// The intended journey.
        ToBe "to-be",
        /// The journey as the team believes it to be, not yet checked.
        Hypothesis "hypothesis",
    }

    /// The kind of content in a lane.
    LaneKind {
        /// Touchpoint cards: all, or those of the lane's channel.
        Touchpoints "touchpoints",
        /// The customer's actions: texts.
        Doing "doing",
        /// The customer's thoughts: texts.
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
        /// Blueprint: the company's actions that the customer sees, as cards.
        FrontStage "front-stage",
        /// Blueprint: the company's actions that the customer does not see, as cards.
        BackStage "back-stage",
        /// Blueprint: supporting processes, as cards.
        Support "support",
    }

    /// The kind of an insight.
    InsightKind {
        /// A problem the customer has.
        Pain "pain",
        /// An aspect that delights or helps the customer.
        Gain "gain",
        /// A task the customer tries to get done.
        Need "need",
        /// The customer's own words.
        Quote "quote",
        /// An open question of the team.
        Question "question",
        /// A remark of the team.
        Note "note",
    }

    /// The level that a pain reaches.
    PainLevel {
        /// One touchpoint.
        Interaction "interaction",
        /// The whole journey.
        Journey "journey",
        /// The customer's relation with the company.
        Relationship "relationship",
    }

    /// The kind of an improvement.
    ImprovementKind {
        /// A possible improvement, without a concrete change.
        Opportunity "opportunity",
        /// A concrete change.
        Solution "solution",
    }

    /// The kind of a moment of truth.
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

    /// The party that starts a touchpoint.
    Initiator {
        /// The customer.
        Customer "customer",
        /// The company.
        Company "company",
        /// A partner of the company.
        Partner "partner",
    }

    /// The visibility of a touchpoint to the customer.
    Visibility {
        /// Above the line of visibility.
        Front "front",
        /// Below it.
        Back "back",
    }

    /// The existence of a touchpoint.
    Existence {
        /// It exists.
        Exists "exists",
        /// It is planned.
        Planned "planned",
    }

    /// The business value of an improvement (CARE).
    BusinessValue {
        /// More customers.
        Acquisition "acquisition",
        /// Customers who stay.
        Retention "retention",
        /// Less cost.
        Efficiency "efficiency",
    }

    /// The progress of an improvement.
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

    /// The formula of a score.
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

    /// The good end of a scale.
    Direction {
        /// High answers are good.
        HighIsGood "high-is-good",
        /// Low answers are good.
        LowIsGood "low-is-good",
    }

    /// The role of a column of a feedback file.
    ColumnRole {
        /// Not read.
        Ignore "ignore",
        /// Answers about a touchpoint.
        Touchpoint "touchpoint",
        /// Answers about a stage.
        Stage "stage",
        /// Answers about the journey as a whole.
        Journey "journey",
        /// Assigns customers to groups.
        Segment "segment",
        /// Several choices in one cell: each is a separate group, and a customer may be in several.
        Choices "choices",
        /// The day of the answer: splits answers into waves.
        Date "date",
        /// The weight of the answer.
        Weight "weight",
        /// In a table of one answer a row: the name of the element that the row's answer is about.
        Names "names",
        /// The number of respondents that the row represents: the table is aggregated already.
        Count "count",
        /// Number of respondents who gave the answer in the column's name: the table is aggregated already.
        AnswerCount "answer-count",
        /// The share of the respondents who gave that answer, in percent or as a fraction of 1.
        AnswerShare "answer-share",
        /// The id of the respondent, by which repeated rows are recognised; never kept in a project.
        Respondent "respondent",
    }

    /// The periods into which a column of dates splits answers.
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

    /// The part of a numeric date that comes first.
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
    /// The kinds of lanes that hold touchpoints' cards.
    pub const OF_CARDS: [Self; 4] = [Self::Touchpoints, Self::FrontStage, Self::BackStage, Self::Support];

    /// Returns true if lanes of this kind hold touchpoints' cards.
    pub fn holds_cards(self) -> bool {
        Self::OF_CARDS.contains(&self)
    }

    /// Returns true if lanes of this kind hold texts, one under each step or stage.
    pub fn holds_texts(self) -> bool {
        matches!(self, Self::Doing | Self::Thinking | Self::Text | Self::PhysicalEvidence)
    }
}
