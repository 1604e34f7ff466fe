//! Tests the import on the command line: arguments, questions, and remembered answers.

use crate::common::program;

use std::fmt::Write as _;
use tempfile::TempDir;

struct Desk(TempDir);

impl Desk {
    /// Creates a folder with an empty project `p.ron` in it.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().expect("a folder"));
        desk.run(0, &["new", "--template", "blank", "--title", "Trip", "-o", "p.ron"]);
        desk
    }

    fn write(&self, name: &str, text: &str) {
        let file = std::fs::File::create(self.0.path().join(name));
        file.and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes())).expect("written");
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).expect("a file")
    }

    /// Runs the program, expects an exit status; returns standard output and standard error.
    fn run(&self, status: i32, arguments: &[&str]) -> (String, String) {
        program::expect(self.0.path(), status, arguments)
    }

    /// Imports a file into the project, in place; returns standard error.
    fn import(&self, status: i32, file: &str, more: &[&str]) -> String {
        self.run(status, &[&["import", "p.ron", "--feedback", file, "-o", "p.ron"], more].concat()).1
    }

    /// Returns `touchpoint wave segment n value` of each score.
    fn scores(&self, more: &[&str]) -> Vec<String> {
        let (csv, _) = self.run(0, &[&["scores", "p.ron", "--metric", "mean"], more].concat());
        let told = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            [cells[1], cells[3], cells[4], cells[5], cells[7]].join(" ")
        };
        csv.lines().skip(1).map(told).collect()
    }
}

#[test]
fn one_answer_a_row_by_names_months_and_weights() {
    let desk = Desk::new();
    desk.write(
        "long.csv",
        "id,what,score,day,shop,weight\n1,Check-in,4,31/1/2026,A,1\n1,Boarding,2,1/2/2026,A,1\n\
         2,Check-in,5,28/2/2026,B,3\n2,Boarding,5,28.2.26,B,1\n3,Check-in,1,2026年2月5日,B,1\n",
    );
    desk.import(
        0,
        "long.csv",
        &[
            "--touchpoint-column",
            "what",
            "--score-column",
            "score",
            "--date-column",
            "day",
            "--wave",
            "month",
            "--segment",
            "shop",
            "--weight",
            "weight",
            "--touchpoint",
            "Counter=check-in",
        ],
    );
    assert_eq!(
        desk.scores(&["--segment", "shop", "--wave", "2026-02"]),
        [
            "Boarding 2026-02 shop=A 1 2.0000",
            "Boarding 2026-02 shop=B 1 5.0000",
            "Counter 2026-02 shop=B 2 3.0000"
        ]
    );
    let everyone =
        desk.scores(&["--weighted", "--wave", "all"]).into_iter().filter(|row| !row.contains("shop="));
    assert_eq!(
        everyone.collect::<Vec<_>>(),
        [
            "Boarding 2026-02 all 2 3.5000",
            "Boarding all all 2 3.5000",
            "Counter 2026-01 all 1 4.0000",
            "Counter 2026-02 all 2 4.0000",
            "Counter all all 3 4.0000",
        ]
    );
}

#[test]
fn only_a_person_settles_what_is_ambiguous() {
    let desk = Desk::new();
    let mut text = "Seat,Effort,Day\n".to_owned();
    for row in 0..60 {
        writeln!(text, "{},{},{}/{}/2024", row % 7, 1 + row % 5, 1 + row % 12, 1 + row % 9).expect("written");
    }
    desk.write("a.csv", &text);
    let asked = desk.import(2, "a.csv", &["--wave", "quarter"]);
    for flag in ["Seat=0", "Seat=6", "--low-is-good \"Effort\"", "--day-first | --month-first"] {
        assert!(asked.contains(flag), "{flag}: {asked}");
    }
    // A dry run writes the open questions into the mapping, and the mapping asks them again.
    let dry = ["import", "p.ron", "--feedback", "a.csv", "--dry-run", "--save-recipe", "r.ron"];
    let (_, told) = desk.run(0, &dry);
    assert!(told.contains("--low-is-good") && desk.read("r.ron").contains(r#"ask: ["code 6", "zero"]"#));
    let asked = desk.import(2, "a.csv", &["--recipe", "r.ron"]);
    assert!(asked.contains("Seat=6"), "{asked}");
    let answers = ["--missing", "0", "6", "--low-is-good", "Effort", "--wave", "quarter", "--month-first"];
    desk.import(0, "a.csv", &answers);
    let rows = desk.scores(&[]);
    assert!(rows.contains(&"Effort 2024-Q1 all 15 3.0000".to_owned()), "{rows:?}");
    assert_eq!(rows.len(), 2 * 4);
    assert!(!desk.read("p.ron").contains("ask:"));

    // The next month's export, its columns reordered and one spelled differently, raises no question.
    let mut next = "effort,Day,Seat\n".to_owned();
    for row in 0..60 {
        writeln!(next, "{},{}/{}/2025,{}", 1 + row % 5, 1 + row % 12, 1 + row % 9, row % 7).expect("written");
    }
    desk.write("b.csv", &next);
    let told = desk.import(0, "b.csv", &[]);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert_eq!(desk.scores(&[]).len(), 2 * 8);
    // A column that is only similar is asked about.
    desk.write("c.csv", &next.replace("Seat", "Seat comfort").replace("2025", "2023"));
    let asked = desk.import(2, "c.csv", &[]);
    assert!(asked.contains("--touchpoint \"Seat=Seat comfort\""), "{asked}");
    desk.import(0, "c.csv", &["--touchpoint", "Seat=Seat comfort"]);
    assert_eq!(desk.scores(&[]).len(), 2 * 12);
}

#[test]
fn scales_that_turn_words_that_are_not_known_and_days_that_cannot_be_are_told() {
    let desk = Desk::new();
    let mut text = "E-mail,Seat,Mood,Day\n".to_owned();
    for row in 0..90 {
        let seat = if row < 45 { 1 + row % 5 } else { 1 + row % 10 };
        let mood = ["very good", "good", "fair", "poor"][row % 4];
        let mood = if row % 15 == 4 { "meh" } else { mood };
        let day = ["2026-02-03", "1900-01-01", "2098-05-06"][row % 3];
        writeln!(text, "a{row}@b.com,{seat},{mood},{day}").expect("written");
    }
    desk.write("a.csv", &text);
    let asked = desk.import(2, "a.csv", &["--wave", "year"]);
    for part in [
        "left out: E-mail",
        "change between 1–5 and 1–10 in line 47",
        "--scale \"Seat=1-10\" | --ignore \"Seat\"",
        "6 cells hold words that are not on the scale, meh (6, line 6)",
        "--missing \"meh\" | --value \"meh=NUMBER\" | --ignore \"Mood\"",
    ] {
        assert!(asked.contains(part), "{part}: {asked}");
    }
    let (mapping, _) = desk.run(0, &["import", "p.ron", "--feedback", "a.csv", "--dry-run"]);
    assert!(mapping.contains("to change it: --scale \"Seat=1-10\" | --ignore \"Seat\""), "{mapping}");
    for part in ["impossible dates, first in line 3", "dates are in the future, first 6 May 2098 in line 4"] {
        assert!(mapping.contains(part), "{part}: {mapping}");
    }
    let told = desk.import(0, "a.csv", &["--wave", "year", "--scale", "Seat=1-10", "--value", "meh=2.5"]);
    for part in
        ["Day: 30 cells rejected, an impossible date", "Day: 30 dates are in the future, first 6 May 2098"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let rows = desk.scores(&["--wave", "all"]);
    assert!(rows.contains(&"Mood all all 90 2.5222".to_owned()), "{rows:?}");
}

#[test]
fn a_crosstab_is_told_from_answers() {
    let desk = Desk::new();
    let mut text = "AMONG ADULTS,Answer,All,18 - 34,35+\n".to_owned();
    for (row, answer) in ["Very", "Somewhat", "Hardly", "Not", "No answer"].into_iter().enumerate() {
        writeln!(text, ",{answer},{}%,{}%,{}%", 30 - row, 10 + row, 20 + 2 * row).expect("written");
    }
    desk.write("a.csv", &text);
    let told = desk.import(2, "a.csv", &[]);
    assert!(told.contains("3 columns of percentages for groups of people (All, 18 - 34, 35+)"), "{told}");
    let (_, told) = desk.run(0, &["import", "p.ron", "--feedback", "a.csv", "--dry-run"]);
    assert!(told.contains("a row for each respondent"), "{told}");
}

#[test]
fn what_was_said_about_reading_a_file_is_remembered() {
    let desk = Desk::new();
    // The second of two header rows names the columns; without options, the first is taken for the names.
    let month = |from: usize| {
        let rows = (0..40).map(|row| format!("{};{};{}\n", from + row, 1 + row % 5, 2 + row % 3));
        format!("X1;X2;X3\nTicket;Seat;Food\n{}", rows.collect::<String>())
    };
    desk.write("may.csv", &month(100));
    desk.write("june.csv", &month(500));
    let said = ["--header-rows", "2", "--delimiter", ";", "--save-recipe", "r.ron"];
    desk.import(0, "may.csv", &said);
    for file in ["r.ron", "p.ron"] {
        let text = desk.read(file);
        assert!(text.contains("header_rows: 2") && text.contains(r#"delimiter: "semicolon""#), "{text}");
        assert!(!text.contains("encoding:") && !text.contains("decimal_comma:"), "{text}");
    }
    let told = desk.import(0, "june.csv", &[]);
    assert_eq!(told.lines().count(), 1, "{told}");
    let blank = ["new", "--template", "blank", "--title", "Trip", "-o", "q.ron"];
    desk.run(0, &blank);
    let by_recipe = ["import", "q.ron", "--feedback", "june.csv", "--recipe", "r.ron", "-o", "q.ron"];
    desk.run(0, &by_recipe);
    assert_eq!(desk.scores(&["--wave", "june"]), ["Seat june all 40 3.0000", "Food june all 40 2.9750"]);
    desk.write("wrong.ron", &desk.read("r.ron").replace("header_rows", "encoding: \"utf-9\", header_rows"));
    let (_, told) =
        desk.run(2, &["import", "q.ron", "--feedback", "may.csv", "--recipe", "wrong.ron", "-o", "q.ron"]);
    assert!(told.contains("utf-9") && told.contains("gb18030"), "{told}");
}

#[test]
fn wrong_arguments_say_what_was_found_and_expected() {
    let desk = Desk::new();
    desk.write(
        "a.csv",
        "Seat,Food,Class,All,When\n4,fine,A,7,2026-01-02\n5,meh,B,9,2026-01-03\n3,fine,A,2,x\n",
    );
    for (arguments, part) in [
        (&["--touchpoint", "Seat"][..], "NAME=COLUMN"),
        (&["--touchpoint", "Seat=Sead"], "Seat, Food, Class, All, When"),
        (&["--touchpoint", "Food=Food"], "--value TEXT=NUMBER"),
        (&["--outcome", "Total"], "no column Total"),
        (&["--value", "fine=good"], "TEXT=NUMBER"),
        (&["--scale", "Seat=7-1"], "LOW-HIGH"),
        (&["--wave", "month", "--date-column", "Until"], "no column Until"),
        (&["--day-first", "--month-first"], "cannot be used with"),
        (&["--score-column", "Seat"], "--touchpoint-column"),
    ] {
        let told = desk.import(2, "a.csv", arguments);
        assert!(told.contains(part), "{arguments:?}: {told}");
    }
    let told = desk.import(
        0,
        "a.csv",
        &[
            "--touchpoint",
            "Food=Food",
            "--touchpoint",
            "Seat=Seat",
            "--value",
            "fine=3",
            "--value",
            "meh=1",
            "--scale",
            "All=0-10",
            "--outcome",
            "All",
            "--missing",
            "Seat=5",
            "--missing",
            "2",
            "--segment",
            "Class",
            "--wave",
            "Spring",
        ],
    );
    assert!(told.contains("All: 2 is on the scale and counts as an answer"), "{told}");
    assert_eq!(
        desk.scores(&["--segment", "all"])
            .into_iter()
            .filter(|row| row.contains(" all "))
            .collect::<Vec<_>>(),
        ["Seat Spring all 2 3.5000", "Food Spring all 3 2.3333", "All Spring all 3 6.0000"]
    );
    let (_, told) = desk.run(2, &["scores", "p.ron", "--wave", "Summer"]);
    assert!(told.contains("Spring"), "{told}");
    let (_, told) = desk.run(2, &["scores", "p.ron", "--segment", "Age"]);
    assert!(told.contains("Class"), "{told}");
    let (_, told) = desk.run(2, &["drivers", "p.ron"]);
    assert!(told.contains("answered every question"), "{told}");
    let blank = Desk::new();
    let (_, told) = blank.run(2, &["drivers", "p.ron"]);
    assert!(told.contains("--outcome"), "{told}");
}

#[test]
fn tables_that_are_aggregated_already_say_what_they_know_and_no_more() {
    let desk = Desk::new();
    // Counts with the number asked: the remainder gave no answer; sums and means would count twice.
    desk.write(
        "counts.csv",
        "Touchpoint,1,2,3,4,5,Don't know,n,Mean\nSeat,2,3,5,40,50,0,100,4.33\nFood,10,10,30,30,15,2,100,3.3\nTotal,12,13,35,70,65,2,200,3.8\n\
         Gate,90,20,0,0,0,0,100,1\n",
    );
    let told = desk.import(0, "counts.csv", &["--wave", "May"]);
    assert!(
        told.contains("line 4")
            && told.contains("more than all respondents, the row was left out, first in line 5"),
        "{told}"
    );
    assert_eq!(desk.scores(&[]), ["Seat May all 100 4.3300", "Food May all 95 3.3158"]);
    assert!(desk.read("p.ron").contains("aggregated: true"));
    // The next month is imported by the same mapping.
    desk.write(
        "june.csv",
        "Touchpoint,1,2,3,4,5,Don't know,n,Mean\nSeat,0,0,0,0,10,0,10,5\nFood,0,0,0,10,0,0,10,4\n",
    );
    desk.import(0, "june.csv", &["--wave", "June"]);
    assert_eq!(desk.scores(&["--wave", "all"])[2], "Seat all all 110 4.3909");

    // Shares of a known number count exactly, though they are no whole respondents.
    let desk = Desk::new();
    desk.write(
        "nps.csv",
        "触点;推荐者占比;中立者占比;贬损者占比;样本量\n值机;50%;30%;20%;201\n登机;33,3%;33,3%;33,3%;100\n",
    );
    desk.import(0, "nps.csv", &["--wave", "May"]);
    let (csv, _) = desk.run(0, &["scores", "p.ron"]);
    assert!(csv.contains("值机,nps,May,all,201,0,30.0000,18.8440,40.2737"), "{csv}");
    assert!(csv.contains("登机,nps,May,all,100,0,0.0000,"), "{csv}");

    // Shares of an unknown number stay shares: no n, no interval, nothing proven.
    let desk = Desk::new();
    desk.write(
        "shares.csv",
        "Item,Very good,Good,Fair,Poor,Very poor,No answer\nSeat,30,20,0,0,30,20\nFood,10,10,20,20,40,0\n",
    );
    desk.import(0, "shares.csv", &["--wave", "May"]);
    let (csv, _) = desk.run(0, &["scores", "p.ron"]);
    assert!(
        csv.contains("Seat,csat,May,all,,,62.5000,,\n") && csv.contains("Food,csat,May,all,,,20.0000,,\n"),
        "{csv}"
    );
    let (json, _) = desk.run(0, &["scores", "p.ron", "--format", "json", "--metric", "mean"]);
    assert!(json.contains("\"n\": null") && json.contains("\"value\": 3.25"), "{json}");
}

#[test]
fn groups_of_an_aggregated_table_count_for_everyone_once() {
    let desk = Desk::new();
    let rows = "Seat,North,2,3,5,40,50\nSeat,South,200,3,5,40,5\n";
    desk.write("parts.csv", &format!("Touchpoint,Region,1,2,3,4,5\n{rows}"));
    desk.import(0, "parts.csv", &["--wave", "May"]);
    let parts =
        ["Seat May all 353 2.3768", "Seat May Region=North 100 4.3300", "Seat May Region=South 253 1.6047"];
    assert_eq!(desk.scores(&[]), parts);
    let desk = Desk::new();
    desk.write("total.csv", &format!("Touchpoint,Region,1,2,3,4,5\n{rows}Seat,All,202,6,10,80,55\n"));
    desk.import(0, "total.csv", &["--wave", "May"]);
    assert_eq!(desk.scores(&[]), parts);
}

#[test]
fn counts_and_shares_that_look_alike_are_asked_about() {
    let desk = Desk::new();
    desk.write("a.csv", "Touchpoint,Good,Fair,Poor,n\nSeat,50,20,10,90\nFood,30,20,40,95\n");
    let asked = desk.import(2, "a.csv", &[]);
    assert!(asked.contains("--answers counts | --answers shares"), "{asked}");
    let desk = Desk::new();
    desk.write("a.csv", "Touchpoint,Good,Fair,Poor,n\nSeat,50,20,10,90\nFood,30,20,40,95\n");
    desk.import(0, "a.csv", &["--answers", "counts", "--wave", "May"]);
    assert_eq!(desk.scores(&[]), ["Seat May all 80 2.5000", "Food May all 90 1.8889"]);
    // A survey has no counts to be read as such.
    let desk = Desk::new();
    desk.write("rows.csv", "Seat,Food\n5,4\n2,3\n1,5\n");
    let told = desk.import(2, "rows.csv", &["--answers", "counts"]);
    assert!(told.contains("--answers changes nothing"), "{told}");
    // A survey with numbers as names of questions is no aggregated table.
    let mut survey = "Shop,1,2,3\n".to_owned();
    for row in 0..30 {
        let shop = ["A", "B"][row % 2];
        writeln!(survey, "{shop},{},{},{}", 1 + row % 5, 2 + row % 4, 1 + row % 3).expect("written");
    }
    desk.write("b.csv", &survey);
    let (told, _) =
        desk.run(0, &["import", "p.ron", "--feedback", "b.csv", "--dry-run", "--header-rows", "1"]);
    assert!(told.contains("Shop\tsegment") && !told.contains("answer-count"), "{told}");
}

#[test]
fn two_columns_are_crossed_where_asked_and_choices_overlap() {
    let desk = Desk::new();
    let mut text = "Region,Class,Used,Seat\n".to_owned();
    let used = ["Mail; Shop", "Mail", "Shop; Phone", "Phone; Mail; Shop", "Phone"];
    for row in 0..40 {
        let region = ["North", "South"][row % 2];
        let class = ["Eco", "Business"][row / 2 % 2];
        writeln!(text, "{region},{class},{},{}", used[row % 5], 1 + row % 5).expect("written");
    }
    desk.write("a.csv", &text);
    let (proposed, _) = desk.run(0, &["import", "p.ron", "--feedback", "a.csv", "--dry-run"]);
    assert!(proposed.contains("Used\tchoices") && proposed.contains("groups that overlap"), "{proposed}");
    let flags = ["--cross", "Region,Class", "--wave", "May", "--save-recipe", "r.ron"];
    desk.import(0, "a.csv", &flags);
    let crossed = desk.scores(&["--segment", "region x class"]);
    assert_eq!(
        crossed,
        [
            "Seat May Region × Class=North × Business 10 3.0000",
            "Seat May Region × Class=North × Eco 10 3.0000",
            "Seat May Region × Class=South × Business 10 3.0000",
            "Seat May Region × Class=South × Eco 10 3.0000"
        ]
    );
    assert_eq!(
        desk.scores(&["--segment", "Used"]),
        ["Seat May Used=Mail 24 2.3333", "Seat May Used=Phone 24 4.0000", "Seat May Used=Shop 24 2.6667"]
    );
    assert!(desk.read("p.ron").contains("overlapping: [\"Used\"]"));
    assert!(desk.read("r.ron").contains("crossed: [\"Class\"]"));
    // Columns are crossed only on request.
    let plain = Desk::new();
    plain.write("a.csv", &text);
    plain.import(0, "a.csv", &["--wave", "May"]);
    let (_, told) = plain.run(2, &["scores", "p.ron", "--segment", "Region x Class"]);
    assert!(told.contains("Region"), "{told}");
}

#[test]
fn days_as_spreadsheets_count_them_and_our_own_apostrophes_are_read() {
    let desk = Desk::new();
    desk.write("a.csv", "Visit date,Shop,Seat\n45322,'=A,4\n45323.75,'=A,2\n45351,'-B,5\n45352,'twas,1\n");
    desk.import(0, "a.csv", &["--wave", "month", "--segment", "Shop", "--touchpoint", "Seat=Seat"]);
    let rows = desk.scores(&["--segment", "Shop", "--wave", "all"]);
    let found: Vec<&str> = rows.iter().map(String::as_str).collect();
    assert_eq!(
        found,
        [
            "Seat 2024-01 Shop==A 1 4.0000",
            "Seat 2024-02 Shop=-B 1 5.0000",
            "Seat 2024-02 Shop==A 1 2.0000",
            "Seat 2024-03 Shop='twas 1 1.0000",
            "Seat all Shop='twas 1 1.0000",
            "Seat all Shop=-B 1 5.0000",
            "Seat all Shop==A 2 3.0000"
        ]
    );
}

#[test]
fn rows_and_small_groups_that_a_recipe_rules_out_are_told() {
    let desk = Desk::new();
    desk.write(
        "r.ron",
        "(format: \"1.1\", program: \"Desireline\", recipe: (id: \"r-000000000001\", name: \"Rules\", columns: [\n\
         (column: \"Id\", role: \"respondent\", once: true),\n(column: \"Status\", role: \"ignore\", skip: [\"preview\"]),\n\
         (column: \"Day\", role: \"date\", wave: \"all\"),\n(column: \"Region\", role: \"segment\", least: 2),\n\
         (column: \"Seat\", role: \"touchpoint\", target: \"Seat\"),\n]))",
    );
    desk.write(
        "a.csv",
        "Id,Status,Day,Region,Seat\nA1,live,2026-03-01,North,5\nA2,Preview,2026-03-02,Preview Region,1\n\
         A3,live,2026-05-09,North,4\nA1,live,2026-03-01,North,1\nA4,live,2026-04-01,Mayor's house,3\n",
    );
    let told = desk.import(0, "a.csv", &["--recipe", "r.ron", "--wave", "Spring"]);
    assert!(told.contains("Id: 1 row left out, first in line 5\n"), "{told}");
    assert!(told.contains("Status: 1 row left out, first in line 3\n"), "{told}");
    assert!(told.contains("Region: 1 value with few rows shown in no group\n"), "{told}");
    assert_eq!(desk.scores(&[]), ["Seat Spring all 3 4.0000", "Seat Spring Region=North 2 4.5000"]);
    let project = desk.read("p.ron");
    assert!(project.contains("first: \"2026-03-01\"") && project.contains("left_out: 2"), "{project}");
    assert!(!project.contains("Mayor") && !project.contains("A1"), "{project}");
}

#[test]
fn two_columns_of_weights_are_not_chosen_from_in_silence() {
    let desk = Desk::new();
    desk.write(
        "r.ron",
        "(format: \"1.0\", program: \"Desireline\", recipe: (id: \"r-000000000001\", name: \"Weights\", columns: [\n\
         (column: \"w1\", role: \"weight\"),\n(column: \"w2\", role: \"weight\"),\n\
         (column: \"Seat\", role: \"touchpoint\", target: \"Seat\"),\n]))",
    );
    desk.write("a.csv", "w1,w2,Seat\n1,2,5\n1,2,4\n");
    let told = desk.import(2, "a.csv", &["--recipe", "r.ron", "--wave", "May"]);
    assert!(told.contains("“Weight”: w1, w2"), "{told}");
    assert!(!desk.read("p.ron").contains("batches"));
}

#[test]
fn what_was_left_out_of_a_file_is_told_before_and_at_the_import() {
    let desk = Desk::new();
    desk.write("two.csv", "Shop,Check-in\nA,4\nB,5\nA,3\n\nSource: the guest survey of 2026\n");
    let (_, told) = desk.run(0, &["import", "p.ron", "--feedback", "two.csv", "--dry-run"]);
    assert!(told.contains("Notes below the table, from row 6 on"), "{told}");
    let told = desk.import(0, "two.csv", &[]);
    assert_eq!(told.matches("Notes below the table").count(), 1, "{told}");
    assert!(told.contains("Imported 3 rows"), "{told}");
    let more = "A,2\nB,3\n".repeat(30_000);
    desk.write("long.csv", &format!("Shop,Check-in\n{more}\nSource: the guest survey of 2026\n"));
    let told = desk.import(0, "long.csv", &[]);
    assert!(told.contains("from row 60003 on") && told.contains("Imported 60000 rows"), "{told}");
}

#[test]
fn averages_are_no_answers_and_a_column_of_sums_tells_counts() {
    let desk = Desk::new();
    desk.write("means.csv", "Touchpoint,Mean,n\nSeat,4.2,100\nGate,3.1,90\nFood,3.75,80\n");
    let told = desk.import(2, "means.csv", &[]);
    assert!(told.contains("Averages or ready scores"), "{told}");
    assert!(desk.scores(&[]).is_empty());

    desk.write(
        "counts.csv",
        "Touchpoint,Very satisfied,Satisfied,Neutral,Dissatisfied,Very dissatisfied,Total\nSeat,20,30,10,5,5,70\nGate,10,10,10,10,10,50\n",
    );
    desk.import(0, "counts.csv", &["--wave", "May"]);
    assert_eq!(desk.scores(&[]), ["Seat May all 70 3.7857", "Gate May all 50 3.0000"]);
}

#[test]
fn a_lone_number_past_the_scale_of_the_header_is_a_code_that_it_names_or_is_asked_about() {
    let write = |desk: &Desk, file: &str, header: &str| {
        let mut text = format!("id,{header}\n");
        for row in 0..60 {
            writeln!(text, "{row},{}", [1, 2, 3, 4, 5, 9][row % 6]).expect("written");
        }
        desk.write(file, &text);
    };
    let desk = Desk::new();
    write(&desk, "told.csv", "\"How clear was it? (1-5; 9 = don't know)\"");
    desk.import(0, "told.csv", &["--wave", "May"]);
    assert_eq!(desk.scores(&[]), ["How clear was it? (1-5; 9 = don't know) May all 50 3.0000"]);
    let desk = Desk::new();
    write(&desk, "untold.csv", "How short was it? (1-5)");
    let asked = desk.import(2, "untold.csv", &["--wave", "May"]);
    assert!(asked.contains("9 may be a code for no answer"), "{asked}");
}
