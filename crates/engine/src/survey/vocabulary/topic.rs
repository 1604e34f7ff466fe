//! The topics of words in survey files: the sections of the word lists.

/// The topic of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// An answer that means yes.
    Yes,
    /// An answer that means no.
    No,
    /// The good end of a scale.
    Good,
    /// The bad end of a scale.
    Bad,
    /// No answer.
    NoAnswer,
    /// A header of a rated column.
    Rated,
    /// A header that asks about recommending.
    Recommend,
    /// A header about the whole experience.
    Overall,
    /// A header whose high answers may mean much effort or trouble.
    Effort,
    /// A header of grades of which the lowest is best.
    Grade,
    /// A header of ranks.
    Rank,
    /// A header of counts, times and amounts.
    Counted,
    /// A header of codes and numbers that name something.
    Coded,
    /// A header about traits of the respondents.
    Trait,
    /// A header of data about a person.
    Personal,
    /// A header of free text.
    Comment,
    /// The name of a column of respondents' ids.
    Respondent,
    /// A word of headers of other ids.
    Identifier,
    /// The name of a column of weights.
    Weight,
    /// The name of a column of numbers of respondents.
    Count,
    /// The name of a column with the subject of each row.
    Touchpoint,
    /// The name of a column with the answer of each row.
    Answer,
    /// A header of days.
    Date,
    /// The name of a column of periods.
    Period,
    /// The name of a row that sums others up.
    Total,
    /// A value that means all groups.
    Everyone,
    /// A word between a number and its scale, or between the ends of a scale.
    Of,
    /// The name of a column with the status of an answer.
    State,
    /// The name of a column that says whether an answer is finished.
    Finished,
    /// The name of a column that marks tests.
    TestMark,
    /// The `LimeSurvey` column with the time when an answer was submitted.
    Submitted,
    /// The `LimeSurvey` column with the last page that a respondent reached.
    LastPage,
    /// A tool's word for a test or preview.
    TestRow,
    /// A tool's word for spam and invalid answers.
    SpamRow,
    /// A tool's word for an answer that was not finished.
    UnfinishedRow,
    /// A tool's word for people who were screened out.
    ScreenedRow,
    /// The name of a column of promoters.
    Promoter,
    /// The name of a column of passives.
    Passive,
    /// The name of a column of detractors.
    Detractor,
    /// The name of a column of the best answers together.
    TopBox,
    /// The name of a column of the answers between.
    MiddleBox,
    /// The name of a column of the worst answers together.
    BottomBox,
    /// The whole name of a column that holds names or addresses of people.
    PersonColumn,
}

impl Topic {
    /// All topics with the names of their sections.
    pub(super) const SECTIONS: [(&'static str, Self); 43] = [
        ("yes", Self::Yes),
        ("no", Self::No),
        ("good", Self::Good),
        ("bad", Self::Bad),
        ("none", Self::NoAnswer),
        ("rated", Self::Rated),
        ("recommend", Self::Recommend),
        ("overall", Self::Overall),
        ("effort", Self::Effort),
        ("grade", Self::Grade),
        ("rank", Self::Rank),
        ("counted", Self::Counted),
        ("coded", Self::Coded),
        ("trait", Self::Trait),
        ("personal", Self::Personal),
        ("comment", Self::Comment),
        ("respondent", Self::Respondent),
        ("identifier", Self::Identifier),
        ("weight", Self::Weight),
        ("count", Self::Count),
        ("touchpoint", Self::Touchpoint),
        ("answer", Self::Answer),
        ("date", Self::Date),
        ("period", Self::Period),
        ("total", Self::Total),
        ("everyone", Self::Everyone),
        ("of", Self::Of),
        ("state", Self::State),
        ("finished", Self::Finished),
        ("test mark", Self::TestMark),
        ("submitted", Self::Submitted),
        ("last page", Self::LastPage),
        ("test row", Self::TestRow),
        ("spam row", Self::SpamRow),
        ("unfinished row", Self::UnfinishedRow),
        ("screened row", Self::ScreenedRow),
        ("promoter", Self::Promoter),
        ("passive", Self::Passive),
        ("detractor", Self::Detractor),
        ("top box", Self::TopBox),
        ("middle box", Self::MiddleBox),
        ("bottom box", Self::BottomBox),
        ("person column", Self::PersonColumn),
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::SECTIONS.iter().find(|(own, _)| *own == name).map(|(_, topic)| *topic)
    }

    /// The bit of the topic in a [`Topics`].
    fn bit_mask(self) -> u64 {
        1 << self as u32
    }
}

/// A set of topics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Topics(u64);

impl Topics {
    /// True if the set contains a topic.
    pub fn contains(self, topic: Topic) -> bool {
        self.0 & topic.bit_mask() != 0
    }

    /// Adds a topic.
    pub fn insert(&mut self, topic: Topic) {
        self.0 |= topic.bit_mask();
    }
}
