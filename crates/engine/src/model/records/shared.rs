//! The records that all journeys of a project share.

use crate::i18n::Msg;
use crate::id::EvidenceId;
use crate::model::field::Aspect::Words;
use crate::model::privacy::PrivacyClass;
use crate::model::privacy::PrivacyClass::{Attribution, FreeText, Numbered, ProgramWords};
use crate::model::privacy::ProgramWordList::{HexDigits, Icons};
use crate::model::record::record;
use crate::order::OrderKey;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

record! {
    /// The project's own record; there is exactly one.
    ProjectInfo(ProjectId) named by TITLE {
        ---
        /// The project's title.
        #[field(TITLE, Msg::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The project's subject.
        #[field(DESCRIPTION, Msg::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The origin of the content, such as "invented example".
        #[field(NOTE, Msg::Note, asked_as(Msg::Source), holds_words(FreeText), of_aspect(Words))]
        note: String = String::new(),
    }
}

record! {
    /// A kind of customer, as a person.
    Persona(PersonaId) named by NAME {
        /// Order key among the personas.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The persona's name.
        #[field(NAME, Msg::Name, holds_words(Numbered), of_aspect(Words))]
        name: String = String::new(),
        /// A short description.
        #[field(DESCRIPTION, Msg::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The persona's goals.
        #[field(GOALS, Msg::Goals, holds_words(FreeText), of_aspect(Words))]
        goals: String = String::new(),
        /// The sources that the persona is based on.
        #[field(EVIDENCE, Msg::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, Msg::Assumption, asked_as(Msg::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// A medium in which touchpoints happen.
    Channel(ChannelId) named by NAME {
        /// Order key among the channels.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The channel's name.
        #[field(NAME, Msg::Name, holds_words(FreeText), of_aspect(Words))]
        name: String = String::new(),
        /// The name of its icon, from the bundled icon font.
        #[field(ICON, Msg::Icon, holds_words(ProgramWords(Icons)))]
        icon: String = String::new(),
    }
}

record! {
    /// A source of claims.
    Evidence(EvidenceId) named by SOURCE {
        /// Order key among the sources.
        #[field(KEY, Msg::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The source: a survey, an interview series, an analysis.
        #[field(SOURCE, Msg::Source, holds_words(Attribution))]
        source: String = String::new(),
        /// The date of the source.
        #[field(DATE, Msg::Date)]
        date: Option<Date> = None,
        /// Number of people or cases it covers.
        #[field(N, Msg::SampleSize)]
        n: Option<u64> = None,
        /// Remarks.
        #[field(NOTE, Msg::Note, holds_words(FreeText), of_aspect(Words))]
        note: String = String::new(),
    }
}

record! {
    /// An embedded image file, at most 1,600 pixels a side.
    Image(ImageId) {
        /// The file's content hash.
        #[field(HASH, Msg::Picture, holds_words(ProgramWords(HexDigits)))]
        hash: String,
        /// Width in pixels.
        #[field(WIDTH, Msg::Width)]
        width: u64,
        /// Height in pixels.
        #[field(HEIGHT, Msg::Height)]
        height: u64,
        /// The PNG, JPEG or WebP file.
        #[field(BYTES, Msg::Picture, holds_words(PrivacyClass::Picture))]
        bytes: Arc<[u8]>,
        ---
    }
}
