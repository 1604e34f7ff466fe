//! The records that all journeys of a project share.

use crate::id::EvidenceId;
use crate::model::FieldLabel;
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
        #[field(TITLE, FieldLabel::Title, holds_words(FreeText), of_aspect(Words))]
        title: String = String::new(),
        /// The project's subject.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The origin of the content, such as "invented example".
        #[field(NOTE, FieldLabel::Note, asked_as(FieldLabel::Source), holds_words(FreeText), of_aspect(Words))]
        note: String = String::new(),
    }
}

record! {
    /// A kind of customer, as a person.
    Persona(PersonaId) named by NAME {
        /// Order key among the personas.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The persona's name.
        #[field(NAME, FieldLabel::Name, holds_words(Numbered), of_aspect(Words))]
        name: String = String::new(),
        /// A short description.
        #[field(DESCRIPTION, FieldLabel::Description, holds_words(FreeText), of_aspect(Words))]
        description: String = String::new(),
        /// The persona's goals.
        #[field(GOALS, FieldLabel::Goals, holds_words(FreeText), of_aspect(Words))]
        goals: String = String::new(),
        /// The sources that the persona is based on.
        #[field(EVIDENCE, FieldLabel::Evidence)]
        evidence: BTreeSet<EvidenceId> = BTreeSet::new(),
        /// True if the team has no evidence yet.
        #[field(ASSUMPTION, FieldLabel::Assumption, asked_as(FieldLabel::AsAssumption))]
        assumption: bool = false,
    }
}

record! {
    /// A medium in which touchpoints happen.
    Channel(ChannelId) named by NAME {
        /// Order key among the channels.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The channel's name.
        #[field(NAME, FieldLabel::Name, holds_words(FreeText), of_aspect(Words))]
        name: String = String::new(),
        /// The name of its icon, from the bundled icon font.
        #[field(ICON, FieldLabel::Icon, holds_words(ProgramWords(Icons)))]
        icon: String = String::new(),
    }
}

record! {
    /// A source of claims.
    Evidence(EvidenceId) named by SOURCE {
        /// Order key among the sources.
        #[field(KEY, FieldLabel::PlaceInOrder)]
        key: OrderKey,
        ---
        /// The source: a survey, an interview series, an analysis.
        #[field(SOURCE, FieldLabel::Source, holds_words(Attribution))]
        source: String = String::new(),
        /// The date of the source.
        #[field(DATE, FieldLabel::Date)]
        date: Option<Date> = None,
        /// Number of people or cases it covers.
        #[field(N, FieldLabel::SampleSize)]
        n: Option<u64> = None,
        /// Remarks.
        #[field(NOTE, FieldLabel::Note, holds_words(FreeText), of_aspect(Words))]
        note: String = String::new(),
    }
}

record! {
    /// An embedded image file, at most 1,600 pixels a side.
    Image(ImageId) {
        /// The file's content hash.
        #[field(HASH, FieldLabel::Picture, holds_words(ProgramWords(HexDigits)))]
        hash: String,
        /// Width in pixels.
        #[field(WIDTH, FieldLabel::Width)]
        width: u64,
        /// Height in pixels.
        #[field(HEIGHT, FieldLabel::Height)]
        height: u64,
        /// The PNG, JPEG or WebP file.
        #[field(BYTES, FieldLabel::Picture, holds_words(PrivacyClass::Picture))]
        bytes: Arc<[u8]>,
        ---
    }
}
