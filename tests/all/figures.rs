//! Tests real surveys through the built program: its scores are the independently counted figures, to four
//! decimals.

use crate::common::{program, surveys};

use serde_json::Value;
use std::path::PathBuf;
use tempfile::TempDir;

/// A survey, its expected figures, and a folder to work in.
struct Survey {
    data: PathBuf,
    expected: Value,
    folder: TempDir,
}

impl Survey {
    fn new(file: &str) -> Self {
        let data = surveys::folder();
        let text = std::fs::read_to_string(data.join("expected.json")).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        let survey =
            Self { expected: all[file].clone(), data, folder: tempfile::tempdir().expect("a folder") };
        survey.run(0, &["new", "--template", "blank", "--title", "Trip", "-o", "p.ron"]);
        survey
    }

    /// Runs the program, expects an exit status, and returns standard output and standard error.
    fn run(&self, status: i32, arguments: &[&str]) -> (String, String) {
        program::expect(self.folder.path(), status, arguments)
    }

    /// Imports a file into the project, in place.
    fn import(&self, status: i32, file: &str, more: &[&str]) -> String {
        let file = self.data.join(file);
        let file = file.to_str().expect("a path");
        self.run(status, &[&["import", "p.ron", "--feedback", file, "-o", "p.ron"], more].concat()).1
    }

    /// Returns the scores, as JSON.
    fn scores(&self, more: &[&str]) -> Vec<Value> {
        let (out, _) = self.run(0, &[&["scores", "p.ron", "--format", "json"], more].concat());
        serde_json::from_str(&out).expect("JSON")
    }
}

/// Returns the row of a touchpoint, wave and segment.
fn row<'a>(rows: &'a [Value], touchpoint: &str, wave: &str, segment: &str) -> &'a Value {
    let is =
        |row: &&Value| row["touchpoint"] == touchpoint && row["wave"] == wave && row["segment"] == segment;
    rows.iter().find(is).unwrap_or_else(|| panic!("no row {touchpoint} / {wave} / {segment}"))
}

fn close(found: &Value, expected: &Value, what: &str) {
    let found = found.as_f64().expect(what);
    let expected = expected.as_f64().expect(what);
    assert!((found - expected).abs() < 0.000_05 + 1e-9, "{what}: {found}, expected {expected}");
}

/// Asserts that n, missing and value of a row are as expected.
fn same(row: &Value, figures: &Value, value: &str) {
    let what = format!("{} {} {}", row["touchpoint"], row["wave"], row["segment"]);
    assert_eq!((&row["n"], &row["missing"]), (&figures["n"], &figures["missing"]), "{what}");
    close(&row["value"], &figures[value], &what);
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn airline() {
    let survey = Survey::new("airline/airline_satisfaction.csv");
    let file = "airline/airline_satisfaction.csv";
    let asked = survey.import(2, file, &[]);
    assert!(asked.contains("left out: number, id") && asked.contains("--missing \"0\""), "{asked}");
    survey.import(0, file, &["--missing", "0"]);
    let means = survey.scores(&["--metric", "mean"]);
    let shares = survey.scores(&["--metric", "csat"]);
    let wave = "airline satisfaction";
    let expected = &survey.expected;
    let names = expected["touchpoints"].as_object().unwrap();
    assert_eq!(names.len(), 14);
    for (name, figures) in names {
        same(row(&means, name, wave, "all"), figures, "mean");
        same(row(&shares, name, wave, "all"), figures, "t2b");
        for (class, mean) in expected["mean_by_class"][name].as_object().unwrap() {
            close(&row(&means, name, wave, &format!("Class={class}"))["value"], mean, name);
        }
    }
    close(&row(&shares, "satisfaction", wave, "all")["value"], &expected["satisfied_pct"], "satisfied");
    for (column, groups) in expected["satisfied_by"].as_object().unwrap() {
        for (group, figures) in groups.as_object().unwrap() {
            let found = row(&shares, "satisfaction", wave, &format!("{column}={group}"));
            assert_eq!(found["n"], figures["n"], "{column} {group}");
            close(&found["value"], &figures["satisfied_pct"], group);
        }
    }
    let by_class = survey.scores(&["--metric", "csat", "--segment", "class"]);
    assert_eq!(by_class.len(), 15 * 3);
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn airline_drivers_are_those_of_numpy() {
    let survey = Survey::new("airline/airline_satisfaction.csv");
    survey.import(0, "airline/airline_satisfaction.csv", &["--missing", "0"]);
    let known = include_str!("../data/airline_drivers.json");
    let known: Value = serde_json::from_str(known).expect("JSON");
    let (out, _) = survey.run(0, &["drivers", "p.ron", "--outcome", "Satisfaction", "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_str(&out).expect("JSON");
    assert_eq!(rows.len(), 14);
    for row in &rows {
        let share = known["shapley"][row["driver"].as_str().unwrap()].as_f64().unwrap();
        assert!((row["share"].as_f64().unwrap() - share).abs() < 1e-9, "{row}, expected {share}");
        assert!((row["r2"].as_f64().unwrap() - known["r2"].as_f64().unwrap()).abs() < 1e-9);
        assert_eq!(row["n"], known["n"]);
    }
    let (_, told) = survey.run(2, &["drivers", "p.ron", "--outcome", "Class"]);
    assert!(told.contains("satisfaction"), "{told}");
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn weighted_drivers_are_those_of_numpy() {
    let survey = Survey::new("sfo/sfo_2017.csv");
    let known: Value = serde_json::from_str(include_str!("../data/sfo_weighted_drivers.json")).expect("JSON");
    let shares = known["shapley"].as_object().unwrap();
    let pairs: Vec<String> = shares.keys().map(|column| format!("{column}={column}")).collect();
    let mut flags: Vec<&str> = pairs.iter().flat_map(|pair| ["--touchpoint", pair]).collect();
    flags.extend(["--outcome", "Q7ALL", "--weight", "WEIGHT", "--wave", "2017"]);
    let scales: Vec<String> = shares.keys().map(|column| format!("{column}=1-5")).collect();
    flags.extend(scales.iter().flat_map(|scale| ["--scale", scale]));
    flags.extend(["--missing", "0", "6", "11", "--ignore", "NETPRO"]);
    // The other columns of the file drive nothing here.
    let others =
        ["Q7INFODOWN", "Q7INFOUP", "Q7WIFI", "Q7ROADS", "Q7PARK", "Q7AIRTRAIN", "Q7LTPARKING", "Q7RENTAL"];
    flags.extend(others.iter().flat_map(|column| ["--ignore", column]));
    survey.import(0, "sfo/sfo_2017.csv", &flags);
    let drivers = |more: &[&str]| -> Vec<Value> {
        let asked = ["drivers", "p.ron", "--outcome", "Q7ALL", "--format", "json"];
        serde_json::from_str(&survey.run(0, &[&asked[..], more].concat()).0).expect("JSON")
    };
    let rows = drivers(&["--weighted"]);
    assert_eq!(rows.len(), shares.len());
    let near = |found: &Value, expected: &Value, far: f64| {
        (found.as_f64().unwrap() - expected.as_f64().unwrap()).abs() < far
    };
    for row in &rows {
        assert!(near(&row["share"], &shares[row["driver"].as_str().unwrap()], 1e-9), "{row}");
        assert!(
            near(&row["r2"], &known["r2"], 1e-9) && near(&row["effective_n"], &known["effective_n"], 1e-4)
        );
        assert_eq!(row["n"], known["n"]);
    }
    // Unweighted, everyone counts alike.
    let plain = drivers(&[]);
    assert!(plain[0]["effective_n"].is_null() && !near(&plain[0]["r2"], &known["r2"], 1e-9));
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn four_waves_of_the_airport_go_through_one_recipe() {
    let survey = Survey::new("sfo/sfo_2017.csv");
    let text = std::fs::read_to_string(survey.data.join("expected.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let recipe = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/sfo.ron");
    for year in ["2010", "2014", "2016", "2017"] {
        let told = survey.import(0, &format!("sfo/sfo_{year}.csv"), &["--recipe", recipe, "--wave", year]);
        assert_eq!(told.contains("Q7WIFI"), year == "2010", "{told}");
    }
    let recipe = std::fs::read_to_string(recipe).unwrap();
    let title = |column: &str| {
        // A question about the journey has the name under which it was asked first.
        let line = recipe.lines().find(|line| line.contains(&format!("\"{column}\"")))?;
        Some(
            line.split_once("target: \"")
                .map_or("Q6N", |(_, rest)| rest.split('"').next().unwrap())
                .to_owned(),
        )
    };
    let means = survey.scores(&["--metric", "mean", "--weighted"]);
    let shares = survey.scores(&["--metric", "csat"]);
    for year in ["2010", "2014", "2016", "2017"] {
        let touchpoints = all[&format!("sfo/sfo_{year}.csv")]["touchpoints"].as_object().unwrap();
        for (column, figures) in touchpoints {
            let title = title(column).expect("the recipe knows it");
            let weighted = row(&means, &title, year, "all");
            same(weighted, figures, "weighted_mean");
            close(&weighted["unweighted"], &figures["mean"], &title);
            same(row(&shares, &title, year, "all"), figures, "t2b");
            let effective = weighted["effective_n"].as_f64().unwrap();
            assert!(effective > 0.0 && effective <= weighted["n"].as_f64().unwrap());
        }
    }
    let expected = &survey.expected;
    let nps = survey.scores(&["--metric", "nps", "--wave", "2017"]);
    same(row(&nps, "NETPRO", "2017", "all"), &expected["NPS"], "nps");
    for (column, of) in [("BAREA", "NPS_by_BAREA"), ("STRATA", "NPS_by_STRATA")] {
        for (group, figures) in expected[of].as_object().unwrap() {
            same(row(&nps, "NETPRO", "2017", &format!("{column}={group}")), figures, "nps");
        }
    }
    let mean = |segment: &str| row(&means, "NETPRO", "2017", segment)["unweighted"].clone();
    close(&mean("all"), &expected["NPS"]["mean"], "mean of NETPRO");
    for (group, figures) in expected["NPS_by_STRATA"].as_object().unwrap() {
        close(&mean(&format!("STRATA={group}")), &figures["mean"], group);
    }
    let nps = survey.scores(&["--metric", "nps", "--weighted"]);
    close(&row(&nps, "NETPRO", "2017", "all")["value"], &expected["NPS_weighted"], "weighted NPS");
    for (column, of) in [
        ("Q13GETRATE", "effort_Q13GETRATE"),
        ("Q14FIND", "effort_Q14FIND"),
        ("Q14PASSTHRU", "effort_Q14PASSTHRU"),
    ] {
        let title = title(column).unwrap();
        close(&row(&means, &title, "2017", "all")["unweighted"], &expected[of]["mean"], &title);
        same(row(&shares, &title, "2017", "all"), &expected[of], "t2b");
    }
    // The drivers of the airport as a whole, over the four waves' common questions.
    let (out, _) = survey.run(0, &["drivers", "p.ron", "--outcome", "Q7ALL"]);
    assert_eq!(out.lines().count(), 1 + 6, "{out}");
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn surgeries_by_month_and_surgery() {
    let survey = Survey::new("fft/fft_gp_surgeries.csv");
    let columns = ["--touchpoint", "Visit=rating", "--segment", "surgery"];
    let dates = ["--date-column", "time", "--wave", "month"];
    survey.import(0, "fft/fft_gp_surgeries.csv", &[&columns[..], &dates].concat());
    let means = survey.scores(&["--metric", "mean", "--wave", "all"]);
    let shares = survey.scores(&["--metric", "csat", "--wave", "all"]);
    let expected = &survey.expected;
    same(row(&means, "Visit", "all", "all"), &expected["scale_1_5_dontknow_missing"], "mean");
    same(row(&shares, "Visit", "all", "all"), &expected["scale_1_5_dontknow_missing"], "t2b");
    // The figures count "don't know" among all; ours among the missing.
    let positive = |row: &Value, figures: &Value| {
        let n = row["n"].as_f64().unwrap();
        let missing = row["missing"].as_f64().unwrap();
        let share = row["value"].as_f64().unwrap() * n / (n + missing);
        assert_eq!(Some(n + missing), figures["n"].as_f64());
        assert!((share - figures["positive_pct_all"].as_f64().unwrap()).abs() < 0.000_1, "{row}");
    };
    let months = expected["by_month"].as_object().unwrap();
    assert_eq!(months.len(), 9);
    months.iter().for_each(|(month, figures)| positive(row(&shares, "Visit", month, "all"), figures));
    let answers = expected["rows"].clone();
    let all = serde_json::json!({ "n": answers, "positive_pct_all": expected["fft_positive_pct_all"] });
    positive(row(&shares, "Visit", "all", "all"), &all);
    for (surgery, figures) in expected["by_surgery"].as_object().unwrap() {
        positive(row(&shares, "Visit", "all", &format!("surgery={surgery}")), figures);
    }
    let waves: Vec<_> = shares.iter().filter(|row| row["segment"] == "all").map(|row| &row["wave"]).collect();
    assert_eq!((waves[0].as_str(), waves[8].as_str()), (Some("2023-07"), Some("2024-03")));
    let labelled = survey.scores(&["--wave", "2024-02", "--segment", "surgery"]);
    assert!(!labelled.is_empty() && labelled.iter().all(|row| row["wave"] == "2024-02"));
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn forms_ask_which_of_day_and_month_comes_first() {
    let file = "prepbench/case040_sudzilla_googleforms_us_dates.csv";
    let survey = Survey::new(file);
    let columns = [
        ("Overall", "On a scale of 0-10, how would you rate Sudzilla?", "NPS_overall"),
        ("Opening", "On a scale of 0-10, how would you rate the opening keynote?", "NPS_open_keynote"),
        ("Closing", "On a scale of 0-10, how would you rate the closing keynote?", "NPS_close_keynote"),
    ];
    let pairs: Vec<String> = columns.iter().map(|(name, column, _)| format!("{name}={column}")).collect();
    let mut flags: Vec<&str> = pairs.iter().flat_map(|pair| ["--touchpoint", pair]).collect();
    flags.extend(["--wave", "month"]);
    let asked = survey.import(2, file, &flags);
    assert!(asked.contains("--day-first | --month-first"), "{asked}");
    flags.push("--month-first");
    survey.import(0, file, &flags);
    let rows = survey.scores(&[]);
    let means = survey.scores(&["--metric", "mean"]);
    for (name, _, of) in columns {
        same(row(&rows, name, "2019-11", "all"), &survey.expected[of], "nps");
        same(row(&means, name, "2019-11", "all"), &survey.expected[of], "mean");
    }
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn forms_of_ratings_leave_names_out() {
    let file = "prepbench/case063_googleforms_ratings.csv";
    let survey = Survey::new(file);
    let told = survey.import(0, file, &[]);
    assert!(told.contains("left out: What is your name?") && !told.contains("binging"), "{told}");
    let rows = survey.scores(&["--metric", "mean"]);
    for (name, figures) in survey.expected["ratings"].as_object().unwrap() {
        let wave = rows[0]["wave"].as_str().expect("a wave of the days").to_owned();
        let found = row(&rows, name.trim(), &wave, "all");
        assert_eq!(found["n"], figures["n"], "{name}");
        close(&found["value"], &figures["mean"], name);
    }
    let kept = std::fs::read_to_string(survey.folder.path().join("p.ron")).unwrap();
    assert!(!kept.contains("Jack Parry"));
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn learners_recommend() {
    let file = "carpentries/2020-12-long-term-other_questions-no-open.csv";
    let survey = Survey::new(file);
    survey.import(0, file, &["--outcome", "recommendation_score", "--wave", "2020-12"]);
    let rows = survey.scores(&["--metric", "nps"]);
    same(row(&rows, "recommendation_score", "2020-12", "all"), &survey.expected["NPS"], "nps");
    let rows = survey.scores(&["--metric", "mean"]);
    same(row(&rows, "recommendation_score", "2020-12", "all"), &survey.expected["NPS"], "mean");
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn words_become_numbers_by_a_value_map() {
    let file = "fivethirtyeight/flying-etiquette.csv";
    let survey = Survey::new(file);
    let touchpoint = ["--touchpoint", "Reclining=Is itrude to recline your seat on a plane?"];
    let asked = survey.import(2, file, &touchpoint);
    assert!(asked.contains("--value"), "{asked}");
    let words = ["Yes, very rude=1", "Yes, somewhat rude=2", "No, not rude at all=3"];
    let values: Vec<&str> = words.iter().flat_map(|word| ["--value", word]).collect();
    survey.import(0, file, &[&touchpoint[..], &values].concat());
    let counts = &survey.expected["recline_rude"];
    let count = |word: &str| counts[word].as_f64().unwrap();
    let n = count("Yes, very rude") + count("Yes, somewhat rude") + count("No, not rude at all");
    let mean =
        (count("Yes, very rude") + 2.0 * count("Yes, somewhat rude") + 3.0 * count("No, not rude at all"))
            / n;
    let rows = survey.scores(&["--metric", "mean"]);
    let found = row(&rows, "Reclining", "flying-etiquette", "all");
    assert_eq!((found["n"].as_f64(), found["missing"].as_f64()), (Some(n), Some(count(""))));
    close(&found["value"], &mean.into(), "Reclining");
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn tables_under_several_header_rows_are_read_whole() {
    let qualtrics = ["Better_Sample_Survey", "Matrix_Single_Answer_Testing", "Single_Answer_MC_Insights"];
    for file in qualtrics.into_iter().chain(["Single_Answer_MC_Legacy"]) {
        let path = format!("qualtrics/{file}.csv");
        let survey = Survey::new(&path);
        let told = survey.import(0, &path, &["--touchpoint", "Finished=Finished", "--wave", "May"]);
        assert!(told.contains(&format!("Imported {} rows", survey.expected["rows"])), "{told}");
        let rows = survey.scores(&["--metric", "mean"]);
        let found = row(&rows, "Finished", "May", "all");
        assert_eq!(
            (&found["n"], &found["value"]),
            (&survey.expected["finished"]["1"], &1.0.into()),
            "{file}"
        );
    }
    for (file, question) in [
        ("steak-risk-survey", "Do you eat steak?"),
        ("thanksgiving-2015-poll-data", "Do you celebrate Thanksgiving?"),
        ("weather-check", "Do you typically check a daily weather report?"),
    ] {
        let path = format!("fivethirtyeight/{file}.csv");
        let survey = Survey::new(&path);
        let touchpoint = format!("Yes={question}");
        let words = ["--value", "Yes=1", "--value", "No=0", "--touchpoint", touchpoint.as_str()];
        let told = survey.import(0, &path, &words);
        assert!(told.contains(&format!("Imported {} rows", survey.expected["rows"])), "{told}");
    }
}

#[test]
#[ignore = "reads survey files that are not part of the project"]
fn a_crosstab_is_refused_with_its_columns() {
    let file = "fivethirtyeight/masculinity-survey.csv";
    let told = Survey::new(file).import(2, file, &[]);
    assert!(told.contains("This is a crosstab: 10 columns"), "{told}");
}
