//! The whole file: header, the project's own record, then one list per kind of record.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use ron::error::SpannedError;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::leaf::{Leaf, Seed, Unknown};
use super::row::{
    FieldName, FileRecord, differs_from_default, fields, parse, pass_over, read_field, read_row, write_row,
};
use super::rows;
use super::shape::ExpectedShape;
use super::version::{version_of_project, version_of_recipe};
use crate::edit::{ApplyError, Op, apply_op};
use crate::id::{Id, Kind};
use crate::model::{Project, Recipe, Record};
use crate::store::text::Out;

/// The program's name in the header. No version: the same project gives the same bytes from any release.
const PROGRAM: &str = "Desireline";

/// A record as an item of the file's lists, or a single one.
#[derive(PartialEq)]
pub(super) struct One<R>(R);

impl<R: FileRecord> Leaf for One<R> {
    fn write(&self, out: &mut Out) {
        write_row(&self.0, out);
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        read_row(from, unknown).map(Self)
    }
}

/// All records of one kind, in ascending order of id.
#[derive(PartialEq)]
pub(super) struct RecordList<R>(Vec<One<R>>);

impl<R: FileRecord + Identified> Leaf for RecordList<R> {
    fn write(&self, out: &mut Out) {
        out.write_block(&self.0, |out, row| row.write(out));
    }

    fn read<'de, D: Deserializer<'de>>(from: D, unknown: Unknown) -> Result<Self, D::Error> {
        from.deserialize_seq(ManyVisitor(unknown, PhantomData))
    }
}

struct ManyVisitor<R>(Unknown, PhantomData<R>);

impl<'de, R: FileRecord + Identified> Visitor<'de> for ManyVisitor<R> {
    type Value = RecordList<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&ExpectedShape::List, f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<RecordList<R>, A::Error> {
        let mut seen = HashSet::new();
        let mut rows = Vec::new();
        while let Some(row) = from.next_element_seed(Seed::<One<R>>::new(self.0))? {
            if !seen.insert(row.0.id()) {
                return Err(ExpectedShape::NewId.refuse_value(row.0.id()));
            }
            rows.push(row);
        }
        Ok(RecordList(rows))
    }
}

/// One list of the file, for reading record by record a file that can't be read as a whole.
pub(in crate::store) struct FileSection {
    /// Its name.
    pub(in crate::store) name: &'static str,
    /// The kind of its records.
    pub(in crate::store) kind: Kind,
    /// The fields of a record, the required ones first.
    pub(in crate::store) fields: &'static [&'static str],
    /// The required fields.
    pub(in crate::store) needs: &'static [&'static str],
    /// As [`FileRecord::try_field`].
    pub(in crate::store) try_field: fn(&str, &str) -> Option<Result<(), SpannedError>>,
    /// Reads one record.
    pub(in crate::store) record: fn(&str) -> Result<Record, SpannedError>,
}

macro_rules! section {
    ($name:expr, $kind:ident, $row:ident) => {
        FileSection {
            name: $name,
            kind: Kind::$kind,
            fields: <rows::$row as FileRecord>::FIELDS,
            needs: <rows::$row as FileRecord>::NEEDS,
            try_field: <rows::$row as FileRecord>::try_field,
            record: |text| {
                let row: One<rows::$row> = parse(text, Unknown::Refused)?;
                Ok(crate::model::$row::from(row.0).into())
            },
        }
    };
}

/// A record with an id.
pub(super) trait Identified {
    fn id(&self) -> Id;
}

macro_rules! file {
    (
        journeys: $info:ident
        within a journey { $($part:ident: $part_row:ident,)+ }
        within the project { $($own:ident: $own_row:ident,)+ }
    ) => {
        fields! {
            File {
                format: String,
                program: String,
                project: One<rows::ProjectInfo>,
                ---
                journeys: RecordList<rows::$info> = RecordList(Vec::new()),
                $($part: RecordList<rows::$part_row> = RecordList(Vec::new()),)+
                $($own: RecordList<rows::$own_row> = RecordList(Vec::new()),)+
            }
        }

        fields! {
            Change {
                ---
                removed: Vec<Id> = Vec::new(),
                project: Option<One<rows::ProjectInfo>> = None,
                journeys: RecordList<rows::$info> = RecordList(Vec::new()),
                $($part: RecordList<rows::$part_row> = RecordList(Vec::new()),)+
                $($own: RecordList<rows::$own_row> = RecordList(Vec::new()),)+
            }
        }

        impl Change {
            fn from_records(records: &[(Id, Option<Record>)]) -> Self {
                let mut change = Self {
                    removed: records.iter().filter(|(_, record)| record.is_none()).map(|(id, _)| *id).collect(),
                    project: None,
                    journeys: RecordList(Vec::new()),
                    $($part: RecordList(Vec::new()),)+
                    $($own: RecordList(Vec::new()),)+
                };
                for record in records.iter().filter_map(|(_, record)| record.as_ref()) {
                    match record {
                        Record::ProjectInfo(info) => change.project = Some(One((&**info).into())),
                        Record::$info(info) => change.journeys.0.push(One((&**info).into())),
                        $(Record::$part_row(part) => change.$part.0.push(One((&**part).into())),)+
                        $(Record::$own_row(own) => change.$own.0.push(One((&**own).into())),)+
                    }
                }
                change
            }

            fn into_records(self) -> Vec<(Id, Option<Record>)> {
                let project = self.project.into_iter();
                let records = project.map(|row| crate::model::ProjectInfo::from(row.0).into())
                    .chain(self.journeys.0.into_iter().map(|row| crate::model::$info::from(row.0).into()))
                    $(.chain(self.$part.0.into_iter().map(|row| crate::model::$part_row::from(row.0).into())))+
                    $(.chain(self.$own.0.into_iter().map(|row| crate::model::$own_row::from(row.0).into())))+;
                let records = records.map(|record: Record| (record.id(), Some(record)));
                records.chain(self.removed.into_iter().map(|id| (id, None))).collect()
            }
        }

        impl Identified for rows::$info { fn id(&self) -> Id { self.id.into() } }
        $(impl Identified for rows::$part_row { fn id(&self) -> Id { self.id.into() } })+
        $(impl Identified for rows::$own_row { fn id(&self) -> Id { self.id.into() } })+

        /// All lists of the file, and the project's own record.
        pub(in crate::store) static SECTIONS: &[FileSection] = &[
            section!("project", Project, ProjectInfo),
            section!("journeys", Journey, $info),
            $(section!(stringify!($part), $part_row, $part_row),)+
            $(section!(stringify!($own), $own_row, $own_row),)+
        ];

        impl File {
            fn from_project(project: &Project) -> Self {
                let journeys = || project.journeys().values();
                Self {
                    format: version_of_project(project).to_owned(),
                    program: PROGRAM.to_owned(),
                    project: One((&**project.info()).into()),
                    journeys: many(journeys().map(|journey| (&**journey.info()).into())),
                    $($part: many(journeys().flat_map(|journey| journey.$part().values()).map(|r| (&**r).into())),)+
                    $($own: many(project.$own().values().map(|r| (&**r).into())),)+
                }
            }

            /// Returns the project's own record and all others, journeys first, so that their contents find
            /// them.
            fn into_records(self) -> (crate::model::ProjectInfo, impl Iterator<Item = Record>) {
                let records = self.journeys.0.into_iter().map(|row| crate::model::$info::from(row.0).into())
                    $(.chain(self.$part.0.into_iter().map(|row| crate::model::$part_row::from(row.0).into())))+
                    $(.chain(self.$own.0.into_iter().map(|row| crate::model::$own_row::from(row.0).into())))+;
                (self.project.0.into(), records)
            }
        }
    };
}

file! {
    journeys: JourneyInfo
    within a journey {
        stages: Stage,
        steps: Step,
        lanes: Lane,
        touchpoints: Touchpoint,
        insights: Insight,
        pictures: Picture,
        cells: Cell,
        flows: Flow,
        abouts: About,
    }
    within the project {
        answers: Answer,
        improvements: Improvement,
        personas: Persona,
        channels: Channel,
        questions: Question,
        metrics: Metric,
        waves: Wave,
        batches: Batch,
        recipes: Recipe,
        evidence: Evidence,
        images: Image,
    }
}

fn many<R: Identified>(rows: impl Iterator<Item = R>) -> RecordList<R> {
    let mut rows: Vec<One<R>> = rows.map(One).collect();
    rows.sort_by_key(|row| row.0.id());
    RecordList(rows)
}

/// The reason why a file of this version gives no project.
#[derive(Debug)]
pub(in crate::store) enum V1Error {
    /// The text does not parse.
    Parse(SpannedError),
    /// A record does not fit the others.
    Unfit(Id, ApplyError),
}

fields! {
    RecipeFile {
        format: String,
        program: String,
        recipe: One<rows::Recipe>,
        ---
    }
}

/// Reads a file that holds one recipe.
pub(in crate::store) fn read_recipe(text: &str, unknown: Unknown) -> Result<Recipe, V1Error> {
    let file: One<RecipeFile> = parse(text, unknown).map_err(V1Error::Parse)?;
    Ok(file.0.recipe.0.into())
}

/// Writes a file that holds one recipe.
pub(in crate::store) fn write_recipe(recipe: &Recipe) -> Vec<u8> {
    let format = version_of_recipe(recipe).to_owned();
    let program = PROGRAM.to_owned();
    row_bytes(&RecipeFile { format, program, recipe: One(recipe.into()) })
}

/// Writes records in their state after a change, deleted ones by their ids.
pub(in crate::store) fn write_change(records: &[(Id, Option<Record>)]) -> Vec<u8> {
    let mut out = Out::default();
    out.write_inline(|out| write_row(&Change::from_records(records), out));
    out.finish()
}

/// Reads records in their state after a change; `None` for deleted ones.
pub(in crate::store) fn read_change(text: &str) -> Result<Vec<(Id, Option<Record>)>, V1Error> {
    let change: One<Change> = parse(text, Unknown::Refused).map_err(V1Error::Parse)?;
    Ok(change.0.into_records())
}

/// Reads a project.
pub(in crate::store) fn read_project(text: &str, unknown: Unknown) -> Result<Project, V1Error> {
    let file: One<File> = parse(text, unknown).map_err(V1Error::Parse)?;
    let (info, records) = file.0.into_records();
    let mut project = Project::from_info(info);
    for record in records {
        let id = record.id();
        apply_op(&mut project, &Op::Insert(record)).map_err(|error| V1Error::Unfit(id, error))?;
    }
    Ok(project)
}

/// Writes a project; equal projects give equal bytes.
pub(in crate::store) fn write_project(project: &Project) -> Vec<u8> {
    row_bytes(&File::from_project(project))
}

fn row_bytes(file: &impl FileRecord) -> Vec<u8> {
    let mut out = Out::default();
    write_row(file, &mut out);
    out.finish()
}
