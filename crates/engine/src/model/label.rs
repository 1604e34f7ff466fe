//! The labels of fields, as keys: `i18n` has a message of the same name for each.

/// Passes the names of all labels to a macro.
macro_rules! field_labels {
    ($($use:tt)+) => {
        $($use)+! {
            About Aggregated Aliases AnswerWords AnswersCounted AsAssumption AsShare Assumption
            BelievedScore BestAnswers BetweenChoices Boxes BusinessValue Channel Channels Column
            ColumnNames Columns CompanyBelieves Condition Confidence CrossedWith CustomerEffort Date
            DateOrderLabel Description Direction Due Effort Everyone Evidence Existence Feeling
            FileContent FileDecimalComma FileDelimiter FileEncoding FileHeaderRows FileSheet FirstDay FlowShare
            Folded From Goal Goals Height HighestAnswer Icon Impact Importance Journey Kind KindsShown
            Label Lane LastDay Level LowestAnswer MadeFrom MayDrive Meaningful Metric MomentOfTruth
            Name NoAnswerCodes None NotSettled Note OtherField Owner Persona Personas Picture
            PlaceInOrder Recipe RepeatedOnce Role RowsLeftOut SampleSize ScaleDirection Segment
            Severity Share ShareOfEasy SmallNThreshold SmallSampleBelow SmallestGroup Source Stage
            StartedBy State Status Step Target Text Title To Under Usable Useful Visibility Volume Wait
            WaitInMinutes WaveSplitLabel Why Width WordsOfAnswers
        }
    };
}
pub(crate) use field_labels;

macro_rules! declare_labels {
    ($($label:ident)+) => {
        /// A label of a field, or the word for an empty one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each is named like its message")]
        pub enum FieldLabel { $($label,)+ }
    };
}

field_labels! { declare_labels }
