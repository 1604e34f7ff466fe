"""Kinds: formulas, hidden-rows, negative-numbers, no-answer-words, nps-fractions, ragged."""
from kit import *
from tools import *


def formulas():
    K = "formulas"
    t = T("fo1", 36)
    a, b, c = "Check-in (1-5)", "Zimmer (1-5)", "Durchschnitt"
    t.seq("Nr.", int).rate(a, 1, 5, int).rate(b, 1, 5, int, skew=0.6)
    t.add(c, [F("AVERAGE(B%d:C%d)" % (i + 2, i + 2), (t.vals[a][i] + t.vals[b][i]) / 2) for i in range(36)])
    trial("fo1", K, write_xlsx("fo1_mittel_je_zeile.xlsx", t.rows(), "Antworten"), "stored results of formulas are read; the row "
          "average is derived and told or left out", t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="de",
          tool="hand-made Excel", forbid=["Nr."])

    t = T("fo2", 34)
    a, b = "Accueil (1-5)", "Note du séjour (1-5)"
    t.seq("N°", int).rate(a, 1, 5, int)
    t.add(b, [F("ROUND(B%d*0.8+1,0)" % (i + 2)) for i in range(34)])
    trial("fo2", K, write_xlsx("fo2_non_calculee.xlsx", t.rows(), "Réponses"), "the second rating was never calculated: told by "
          "name, not taken for empty without a word", t.E(a, "mean", "csat"), lang="fr", tool="hand-made Excel",
          forbid=[b])

    t = T("fo3", 40)
    a = "Nota del taller (1-5)"
    t.seq("Nº", int)
    t.rate(a, 1, 5, nmiss=7)
    t.cells[a] = [F("VLOOKUP(A%d,hoja2!A:B,2,0)" % (i + 2), t.vals[a][i]) if t.vals[a][i] else
                  F("VLOOKUP(A%d,hoja2!A:B,2,0)" % (i + 2), "#N/A" if i % 2 else "#DIV/0!", "e") for i in range(40)]
    trial("fo3", K, write_xlsx("fo3_errores.xlsx", t.rows(), "Datos"), "#N/A and #DIV/0! are missing answers (7), the rest is read",
          t.E(a, "mean", "csat"), lang="es", tool="hand-made Excel")

    t = T("fo4", 38)
    words = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
    a = "对售后服务的满意度"
    t.seq("编号", int)
    t.words(a, words)
    t.cells[a] = [F('CHOOSE(C%d,"非常不满意","不满意","一般","满意","非常满意")' % (i + 2), c, "str")
                  for i, c in enumerate(t.cells[a])]
    trial("fo4", K, write_xlsx("fo4_文字公式.xlsx", t.rows(), "数据"), "formulas with stored texts are words of a scale",
          t.E(a, "mean", "csat"), lang="zh-CN", tool="hand-made Excel")

    t = T("fo5", 40)
    a = "满意度评分(1-5)"
    t.add("工号", ['="%04d"' % (i * 3 + 7) for i in range(40)])
    t.rate(a, 1, 5, lambda v: '="%d"' % v)
    trial("fo5", K, write_csv("fo5_等号引号.csv", t.rows(), ",", "gb18030"), '="4" in a CSV is the text 4, as written for Excel',
          t.E(a, "mean", "csat"), lang="zh-CN", tool="ticket system", forbid=["工号"])

    t = T("fo6", 30)
    a, b = "Helpfulness (1-5)", "Speed (1-5)"
    t.seq("No.", int).rate(a, 1, 5, int).rate(b, 1, 5)
    t.cells[b] = [F('<f t="shared" ref="C2:C31" si="0">MIN(5,B2+1)</f>' if i == 0 else '<f t="shared" si="0"/>', v)
                  for i, v in enumerate(t.vals[b])]
    trial("fo6", K, write_xlsx("fo6_shared_formula.xlsx", t.rows(), "Survey"), "shared formulas have stored results too",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="en", tool="hand-made Excel")


def hidden_rows():
    K = "hidden-rows"
    note = "all rows counted and the hidden ones told with their number, or asked"
    t = T("hr1", 40)
    a = "Wie zufrieden waren Sie mit dem Termin? (1-5)"
    t.pick("Standort", ["Ulm", "Aalen"]).rate(a, 1, 5, int)
    hidden = [i + 1 for i in range(40) if t.cells["Standort"][i] == "Aalen"]
    trial("hr1", K, write_xlsx("hr1_gefiltert.xlsx", t.rows(), "Umfrage", hidden=hidden,
          filt='<filterColumn colId="0"><filters><filter val="Ulm"/></filters></filterColumn>'),
          "a filter hides %d of 40 rows; all are counted" % len(hidden), t.E(a, "mean", "csat"), lang="de",
          tool="hand-made Excel", note=note)

    t = T("hr2", 44)
    a = "Note de la formation (1 à 5)"
    t.seq("N°", int).rate(a, 1, 5, int)
    trial("hr2", K, write_xlsx("hr2_masquees.xlsx", t.rows(), "Avis", hidden=[3, 4, 5, 20, 21, 40]),
          "six rows hidden by hand, no filter", t.E(a, "mean", "csat"), lang="fr", tool="hand-made Excel", note=note)

    t = T("hr3", 42)
    a = "课程满意度(1-5分)"
    t.seq("序号", int).rate(a, 1, 5, int)
    trial("hr3", K, write_xlsx("hr3_分组折叠.xlsx", t.rows(), "答卷", hidden=range(11, 21), outline=range(11, 21)),
          "ten rows of a group that is folded up", t.E(a, "mean", "csat"), lang="zh-CN", tool="hand-made Excel", note=note)

    t, u = T("hr4", 38), T("hr4old", 25)
    a = "Valutazione del corso (1-5)"
    for x in (t, u):
        x.seq("N.", int)
    t.rate(a, 1, 5, int, skew=2)
    u.rate(a, 1, 5, int, skew=-1)
    trial("hr4", K, write_book("hr4_foglio_nascosto.xlsx", [("Vecchio 2024", u.rows(), {"state": "hidden"}),
          ("Risposte", t.rows(), {})]), "the first sheet is hidden and old; the figures are those of the sheet that a person sees",
          t.E(a, "mean", "csat"), lang="it", tool="hand-made Excel", note="asking for the sheet is right")


def negative_numbers():
    K = "negative-numbers"
    t = T("ng1", 45)
    a, b = "Stimmung beim Empfang (-2 = sehr schlecht, +2 = sehr gut)", "Stimmung bei der Abreise (-2 = sehr schlecht, +2 = sehr gut)"
    t.rate(a, -2, 2).rate(b, -2, 2, lambda v: "%+d" % v if v else "0", skew=0.5)
    trial("ng1", K, write_csv("ng1_stimmung.csv", t.rows(), ";", "utf-8-sig"), "-2 to 2, once with plus signs",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="de", tool="hand-made")

    t = T("ng2", 49)
    a = "Évolution de votre opinion (de -3 à +3)"
    t.seq("N°").rate(a, -3, 3, lambda v: str(v).replace("-", "\u2212"))
    trial("ng2", K, write_csv("ng2_moins.csv", t.rows(), ";"), "the real minus sign (U+2212)", t.E(a, "mean", "csat"),
          lang="fr", tool="hand-made")

    t = T("ng3", 60)
    t.seq("id")
    a, b = "Overall satisfaction with the branch (1-5)", "Likelihood to recommend (0-10)"
    t.rate(a, 1, 5, miss=("-99",), nmiss=9).rate(b, 0, 10, miss=("-99", "-98"), nmiss=8)
    trial("ng3", K, write_csv("ng3_minus99.csv", t.rows(), "\t"), "-99 and -98 are codes of no answer, never answers",
          t.E(a, "mean", "csat") + t.E(b, "nps", "mean"), lang="en", tool="SPSS text export")

    t = T("ng4", 48)
    t.seq("编号")
    a = "本月与上月相比的服务感受(-1变差,0不变,1变好)"
    t.rate(a, -1, 1)
    trial("ng4", K, write_csv("ng4_变好变差.csv", t.rows(), ",", "gb18030"), "-1, 0, 1 is a scale: mean", t.E(a, "mean"),
          lang="zh-CN", tool="hand-made")

    t = T("ng5", 44)
    t.seq("Rif.")
    a = "Giudizio sul ritiro a domicilio (1-5; -1 = non utilizzato)"
    t.rate(a, 1, 5, miss=("-1",), nmiss=10)
    trial("ng5", K, write_csv("ng5_non_utilizzato.csv", t.rows(), ";"), "-1 is 'not used' by the header: missing",
          t.E(a, "mean", "csat"), lang="it", tool="hand-made")


def no_answer_words():
    K = "no-answer-words"

    def two(ident, lang, tool, name, qs, miss, want, enc="utf-8", sep=",", start=None, nmiss=9, **more):
        t = start or T(ident, 52).seq("No")
        for q, s in zip(qs, (1.4, 0.5)):
            t.rate(q, 1, 5, miss=miss, nmiss=nmiss, skew=s)
        f = write_xlsx(name, num_rows(t.rows())) if name.endswith("xlsx") else write_csv(name, t.rows(), sep, enc)
        trial(ident, K, f, want, [e for q in qs for e in t.E(q, "mean", "csat")], lang=lang, tool=tool, **more)

    two("na1", "de", "hand-made", "na1_keine_angabe.csv", ["Erreichbarkeit (1-5)", "Kompetenz (1-5)"],
        ("keine Angabe", "weiß nicht", "trifft nicht zu"), "three German ways to give no answer", "cp1252", ";")
    two("na2", "fr", "Google Forms", "na2_sans_objet.csv", ["Qualité du repas (1-5)", "Propreté de la salle (1-5)"],
        ("Ne sait pas", "Sans objet", "NSP"), "three French ways to give no answer", start=gforms("na2", 52, "fr"))
    two("na3", "zh-CN", "问卷星", "na3_跳过.xlsx", ["1、请为前台服务打分(1-5分)", "2、请为停车服务打分(1-5分)"],
        ("(跳过)", "(空)"), "(跳过) and (空) are no answers", start=wjx("na3", 52))
    two("na4", "ru", "hand-made", "na4_затрудняюсь.csv", ["Вежливость сотрудников (1-5)", "Скорость обслуживания (1-5)"],
        ("Затрудняюсь ответить", "Не пользовался"), "two Russian ways to give no answer", "utf-8-sig", ";")
    two("na5", "ja", "hand-made", "na5_わからない.csv", ["スタッフの対応（1-5）", "店内の清潔さ（1-5）"],
        ("わからない", "該当なし", "無回答"), "three Japanese ways to give no answer", "utf-8-sig")
    two("na6", "en", "hand-made", "na6_marks.csv", ["Ease of booking (1-5)", "Quality of cleaning (1-5)"],
        ("-", "n/a", "#N/A", ".", "?"), "marks for no answer: - n/a #N/A . ?")
    two("na7", "es", "hand-made", "na7_codigo_99.csv", ["Atención en ventanilla (1-5; 9 = no aplica)",
        "Claridad de la factura (1-5; 9 = no aplica)"], ("9",), "9 is 'no aplica' by the header", "utf-8", ";")
    words = ["Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"]
    t = T("na8", 50).seq("Nr")
    q = "Hoe tevreden bent u over de bezorging?"
    t.words(q, words, miss=("Geen mening", "Weet niet", "N.v.t."), nmiss=9)
    trial("na8", K, write_csv("na8_geen_mening.csv", t.rows(), ";"), "Dutch words of no answer among the words of a scale",
          t.E(q, "mean", "csat"), lang="nl", tool="hand-made")


def nps_fractions():
    K = "nps-fractions"

    def one(ident, lang, tool, name, q, points, form, want, enc="utf-8", sep=",", quote="min", start=None, n=48):
        t = start or T(ident, n).seq("ID")
        vals = list(points) + t.r.choices(points, k=t.n - len(points))
        t.r.shuffle(vals)
        t.add(q, [form(v) for v in vals], vals, (0, 10, "high"))
        trial(ident, K, write_csv(name, t.rows(), sep, enc, quote), want + "; detractor < 7, passive < 9, promoter from 9",
              t.E(q, "nps", "mean"), lang=lang, tool=tool)

    one("nf1", "de", "hand-made", "nf1_haushalt.csv", "Weiterempfehlung (0-10), Mittel des Haushalts",
        [0, 2, 3.5, 5, 6.5, 7, 7.5, 8, 8.5, 9, 9.5, 10], lambda v: ("%g" % v).replace(".", ","), "halves with commas", "cp1252", ";")
    one("nf2", "fr", "hand-made", "nf2_tiers.csv", "Probabilité de recommandation (0-10)",
        [0, 1.33, 4.67, 6, 6.33, 6.67, 7, 8, 8.33, 8.67, 9, 9.33, 10], lambda v: ("%.2f" % v).replace(".", ","),
        "thirds, quoted", "utf-8-sig", ",", "all")
    one("nf3", "zh-CN", "hand-made", "nf3_平均分.csv", "推荐意愿(0-10分,两次回答的平均)",
        [0, 2, 4.5, 6, 6.5, 7, 8, 8.5, 9, 9.5, 10], lambda v: "%.1f" % v, "one decimal everywhere", "gb18030")
    one("nf4", "en", "API", "nf4_edges.csv", "nps_score (0-10)",
        [0, 3.25, 5.75, 6.9, 6.99, 7.0, 7.01, 8.9, 8.99, 9.0, 9.01, 10], lambda v: "%.2f" % v, "values at the edges 6.99 and 8.99")


def ragged():
    K = "ragged"
    t = gforms("ra1", 40, "de")
    a, b = "Wie bewerten Sie den Service? (1-5)", "Würden Sie uns weiterempfehlen? (0-10)"
    t.rate(a, 1, 5).rate(b, 0, 10)
    t.add("Anmerkung", [t.r.choice(["", "", "alles gut", "zu laut"]) for _ in range(40)])
    lines = text_csv(t.rows(), ";").splitlines()
    lines = [x.rstrip(";") for x in lines]
    trial("ra1", K, put("ra1_kurze_zeilen.csv", ("\r\n".join(lines) + "\r\n").encode("utf-8-sig")), "rows end where their last "
          "cell ends; every row is whole", t.E(a, "mean", "csat") + t.E(b, "nps"), lang="de", tool="Google Forms, resaved")

    t = T("ra2", 36)
    a = "Note du guichet (1-5)"
    t.seq("N°").rate(a, 1, 5)
    t.add("Remarque", [t.r.choice(["", "rien à dire", "attente trop longue, personne au guichet", "bien, merci, à bientôt"])
                       for _ in range(36)])
    lines = [",".join(r) for r in t.rows()]
    trial("ra2", K, put("ra2_virgules_libres.csv", ("\n".join(lines) + "\n").encode("utf-8")), "commas in the last column are not "
          "quoted, so some rows are longer; the rating stands before them", t.E(a, "mean", "csat"), lang="fr", tool="hand-made")

    t = T("ra3", 44)
    a = "您对门店的满意度(1-5分)"
    t.seq("编号").rate(a, 1, 5)
    t.add("建议", [t.r.choice(["", "很好", "第一行\n第二行", "排队太久，\n希望改进"]) for _ in range(44)])
    rows = [["门店满意度调查报告"], ["导出日期：2026年3月31日"], []] + t.rows()
    trial("ra3", K, write_csv("ra3_报表标题.csv", rows, ",", "utf-8-sig"), "a title, a date and a blank line above the header; line "
          "breaks inside quotes", t.E(a, "mean", "csat"), lang="zh-CN", tool="reporting system")

    t = T("ra4", 42)
    a, b = "How clear was the invoice? (1-5)", "How likely are you to recommend us? (0-10)"
    t.seq("Case").rate(a, 1, 5).rate(b, 0, 10)
    rows = t.rows()
    rows = [r + ["", ""] for r in rows[:20]] + [[""] * 3] + [r for r in rows[20:]] + [[], [""] * 5]
    trial("ra4", K, write_csv("ra4_blank_rows.csv", rows), "some rows have empty cells at their end, blank rows stand between and "
          "below: no answers", t.E(a, "mean", "csat") + t.E(b, "nps"), lang="en", tool="hand-made")

    t = T("ra5", 40)
    a = "Ocena dostawy (1-5)"
    t.seq("Lp.").rate(a, 1, 5)
    t.add("Komentarz", [t.r.choice(["", 'ekran 15" ok', "szybko", 'pudełko 30" x 20"']) for _ in range(40)])
    text = "\n".join(";".join(r) for r in t.rows()) + "\nKoniec raportu\n"
    trial("ra5", K, put("ra5_cale.csv", text.encode("utf-8")), 'inch marks (15") inside cells that are not quoted; a last line '
          "'Koniec raportu' is no answer", t.E(a, "mean", "csat"), lang="pl", tool="hand-made", forbid=["Koniec raportu"])


def run():
    formulas(), hidden_rows(), negative_numbers(), no_answer_words(), nps_fractions(), ragged()
