"""Kinds: slider-percent, summary-rows, test-rows, ticks, weights, words-language, words-scale, yes-no-as-nps."""
from statistics import median_low, stdev
from kit import *
from tools import *


def slider_percent():
    K = "slider-percent"

    def one(ident, lang, tool, name, q, form, want, points=range(0, 101), start=None, enc="utf-8", sep=",", n=48):
        t = start or T(ident, n).seq("ID")
        points = list(points)
        vals = [points[0], points[-1]] + t.r.choices(points, k=t.n - 2)
        t.r.shuffle(vals)
        t.add(q, [form(v) for v in vals], vals, (0, 100, "high"))
        trial(ident, K, write_csv(name, t.rows(), sep, enc), want, t.E(q, "mean"), lang=lang, tool=tool, forbid=["ID"])

    one("sp1", "de", "Umfragetool", "sp1_schieberegler.csv", "Wie zufrieden sind Sie mit dem Onlineshop? (Schieberegler 0–100)", str,
        "0-100 by the header", range(0, 101), enc="utf-8-sig", sep=";")
    one("sp2", "fr", "Google Forms", "sp2_pourcentage.csv", "Quel est votre niveau de satisfaction (0 % à 100 %) ?",
        lambda v: "%d\u00a0%%" % v, "percent signs behind a hard space", range(0, 101, 5), start=gforms("sp2", 46, "fr"))
    one("sp3", "tr", "hand-made", "sp3_yuzde.csv", "Memnuniyet yüzdesi (%0 - %100)", lambda v: "%%%d" % v,
        "Turkish writes the percent sign first: %85", range(0, 101, 5), enc="utf-8-sig", sep=";")
    one("sp4", "zh-CN", "问卷星", "sp4_滑动条.csv", "1、请拖动滑块表示您的满意程度(0-100)", str, "0-100 by the header", range(0, 101),
        start=wjx("sp4", 50))
    one("sp5", "en", "survey API", "sp5_slider_tenths.csv", "Overall satisfaction (slider, 0-100)", lambda v: "%.1f" % v,
        "0-100 with tenths, none below 31", [31 + 3.3 * i for i in range(21)])
    one("sp6", "es", "hand-made", "sp6_barra.csv", "Satisfacción con la app (0-100)", lambda v: "%d %%" % v,
        "percent signs behind a space; everything is a multiple of ten", range(0, 101, 10), sep=";")


def dec(v, c=","):
    return ("%.2f" % v).replace(".", c)


def summary_rows():
    K = "summary-rows"

    def one(ident, lang, name, qs, heads, rows_of, first, want, enc="utf-8", sep=",", n=38, xl=False, start=None, **more):
        """rows_of(means, sums, count, answers) gives the summary rows, from the second column on labelled."""
        t = start or T(ident, n).seq(heads[0], start=1001)
        for q, s in zip(qs, (1.4, 0.4)):
            t.rate(q, 1, 5, skew=s)
        m = [mean(t.vals[q]) for q in qs]
        extra = rows_of(m, [sum(t.vals[q]) for q in qs], t.n, [t.vals[q] for q in qs])
        rows = t.rows()
        rows = [rows[0]] + extra + rows[1:] if first else rows + extra
        f = write_xlsx(name, num_rows(rows)) if xl else write_csv(name, rows, sep, enc)
        trial(ident, K, f, want, [e for q in qs for e in t.E(q, "mean", "csat")], lang=lang, tool="hand-made",
              forbid=[heads[0]], **more)

    one("su1", "de", "su1_durchschnitt.xlsx", ["Empfang (1-5)", "Zimmer (1-5)"], ["Bogen"],
        lambda m, s, n, v: [["Durchschnitt", round(m[0]), round(m[1])]], False,
        "the last row is an average rounded to whole marks, so it looks like an answer", xl=True)
    one("su2", "fr", "su2_moyenne.csv", ["Accueil (1-5)", "Délai (1-5)"], ["N°"],
        lambda m, s, n, v: [["Moyenne", dec(m[0]), dec(m[1])], ["Total", s[0], s[1]]], True, "averages and totals stand first",
        "cp1252", ";")
    one("su3", "zh-CN", "su3_平均分.csv", ["服务态度(1-5分)", "等候时间(1-5分)"], ["编号"],
        lambda m, s, n, v: [["平均分", dec(m[0], "."), dec(m[1], ".")], ["合计", s[0], s[1]], ["最高分", 5, 5], ["最低分", 1, 1]], False,
        "average, total, best and worst mark stand last; the best and worst look like answers", "gb18030")
    one("su4", "es", "su4_total_general.csv", ["Trato (1-5)", "Limpieza (1-5)"], ["Encuesta"],
        lambda m, s, n, v: [[""] * 3, ["Total general", s[0], s[1]], ["Promedio", dec(m[0]), dec(m[1])]], False,
        "a blank row, then total and average", "utf-8", ";")
    one("su5", "en", "su5_stats_block.csv", ["Helpfulness (1-5)", "Speed (1-5)"], ["Response"],
        lambda m, s, n, v: [["Mean", dec(m[0], "."), dec(m[1], ".")], ["Median"] + [int(median_low(x)) for x in v],
                         ["Std. dev."] + ["%.2f" % stdev(x) for x in v], ["N", n, n],
                         ["Top-2 box"] + ["%.0f%%" % csat(x, 1, 5) for x in v]], False,
        "a block of statistics below; the medians look like answers")
    one("su6", "ru", "su6_итого.csv", ["Качество ремонта (1-5)", "Соблюдение сроков (1-5)"], ["Анкета"],
        lambda m, s, n, v: [["Итого", s[0], s[1]], ["Среднее", dec(m[0]), dec(m[1])]], False, "total and average in Russian",
        "utf-8-sig", ";")
    one("su7", "ja", "su7_平均.csv", ["料理（1-5）", "サービス（1-5）"], ["回答番号"],
        lambda m, s, n, v: [["平均", dec(m[0], "."), dec(m[1], ".")]], True, "the average stands first", "utf-8-sig")
    t = T("su8", 36)
    q = "Waardering van de monteur (1-5)"
    t.add("Vestiging", ["Breda"] * 18 + ["Tilburg"] * 18).rate(q, 1, 5)
    t.members["Vestiging"] = [{c} for c in t.cells["Vestiging"]]
    rows, v = t.rows(), t.vals[q]
    rows = rows[:19] + [["Subtotaal Breda", sum(v[:18])]] + rows[19:] + [["Subtotaal Tilburg", sum(v[18:])], ["Eindtotaal", sum(v)]]
    trial("su8", K, write_csv("su8_subtotaal.csv", rows, ";"), "subtotals between the groups and a grand total are no answers and no groups",
          t.E(q, "mean", "csat") + [e for s in ("Breda", "Tilburg") for e in t.E(q, "mean", seg=("Vestiging", s))], lang="nl",
          tool="hand-made", forbid=["Subtotaal Breda", "Subtotaal Tilburg", "Eindtotaal"])


def mask(t, rows, heads):
    """These rows are tests: their cells stay, they are no answers."""
    for h in heads:
        for i in rows:
            t.vals[h][i] = None


def test_rows():
    K = "test-rows"
    want = "test rows are left out, or told or asked"
    q, p = "How likely are you to recommend our bank? (0-10)", "How satisfied are you with the branch? (1-5)"
    kinds = ["0"] * 44 + ["1"] * 5 + ["8"] * 3
    t = qualtrics("te1", 52, status=kinds, channel=["anonymous"] * 44 + ["preview"] * 5 + ["anonymous"] * 3,
                  finished=["1"] * 52)
    t.rate(q, 0, 10).rate(p, 1, 5)
    mask(t, range(44, 52), [q, p])
    trial("te1", K, write_qualtrics("te1_status_codes.csv", t, {q: "Q1", p: "Q2"}), want + ": Status 1 is a preview, 8 is spam",
          t.E(q, "nps", names=["Q1"]) + t.E(p, "mean", "csat", names=["Q2"]), lang="en", tool="Qualtrics (values)")
    t = qualtrics("te2", 48, "DE", status=["Survey Test" if i in (3, 9, 21, 30) else "Spam" if i in (12, 40) else "IP Address"
                                           for i in range(48)])
    q = "Wie zufrieden sind Sie mit der Schadenregulierung? (1-5)"
    t.rate(q, 1, 5)
    mask(t, (3, 9, 21, 30, 12, 40), [q])
    trial("te2", K, write_qualtrics("te2_testlauf.csv", t, {q: "F1"}), want + ": 'Survey Test' (4) and 'Spam' (2)",
          t.E(q, "mean", "csat", names=["F1"]), lang="de", tool="Qualtrics")
    t = legacy("te3", 44, status=["1"] * 6 + ["0"] * 38)
    q = "¿Cómo valora la atención recibida? (1-5)"
    t.rate(q, 1, 5)
    mask(t, range(6), [q])
    trial("te3", K, write_legacy("te3_legacy_preview.csv", t, {q: "Q4"}), want + ": Status 1 is a preview (6)",
          t.E(q, "mean", "csat", names=["Q4"]), lang="es", tool="Qualtrics legacy")
    t = T("te4", 46)
    q = "配送服务评分(1-5分)"
    t.seq("答卷编号").add("是否测试", ["是" if i in (0, 1, 2, 25, 44) else "否" for i in range(46)]).rate(q, 1, 5)
    mask(t, (0, 1, 2, 25, 44), [q])
    trial("te4", K, write_csv("te4_是否测试.csv", t.rows(), ",", "gb18030"), want + ": 是否测试 = 是 (5)", t.E(q, "mean", "csat"),
          lang="zh-CN", tool="survey platform", forbid=["是否测试"], asks=True)
    t = T("te5", 50)
    q = "Recommanderiez-vous notre application ? (0-10)"
    t.seq("response_id", lambda i: "r%06d" % (i * 37)).add("is_test", ["true" if i % 10 == 4 else "false" for i in range(50)])
    t.add("status", ["complete"] * 50).rate(q, 0, 10)
    mask(t, range(4, 50, 10), [q])
    trial("te5", K, write_csv("te5_is_test.csv", t.rows()), want + ": is_test = true (5)", t.E(q, "nps"), lang="fr", tool="survey API",
          forbid=["is_test", "status"], asks=True)
    t = T("te6", 45)
    q = "Quanto è soddisfatto del corriere? (1-5)"
    t.seq("ResponseId", lambda i: "R_%015d" % (i * 7907))
    t.add("DistributionChannel", ["preview" if i < 7 else "email" for i in range(45)]).rate(q, 1, 5)
    mask(t, range(7), [q])
    trial("te6", K, write_csv("te6_canale_preview.csv", t.rows(), ";"), want + ": DistributionChannel = preview (7), the Status column was "
          "deleted by hand", t.E(q, "mean", "csat"), lang="it", tool="Qualtrics, trimmed", forbid=["DistributionChannel"])


def ticks():
    K = "ticks"

    def one(ident, lang, tool, name, q, top, options, mark, off="", start=None, save=None, n=44, enc="utf-8", sep=",", share=0.35):
        t = start or T(ident, n).seq("ID")
        t.rate(q, 1, 5)
        cols = [top % o for o in options]
        for c, o in zip(cols, options):
            t.ticks(c, mark or o, share, off)
        f = save(name, t) if save else write_csv(name, t.rows(), sep, enc)
        trial(ident, K, f, "ticks are groups or nothing, never touchpoints", t.E(q, "mean", "csat"), lang=lang, tool=tool,
              forbid=cols + ([o for o in options] if "%s" != top else []))

    one("tk1", "fr", "hand-made", "tk1_problemes.csv", "Note de la livraison (1-5)", "Problème rencontré : %s",
        ["retard", "colis abîmé", "mauvaise adresse"], "1", enc="utf-8-sig", sep=";")
    one("tk2", "de", "hand-made", "tk2_kreuze.csv", "Zufriedenheit mit dem Markt (1-5)", "Genutzt: %s",
        ["Parkplatz", "Café", "Lieferdienst", "Pfandautomat"], "x", enc="cp1252", sep=";")
    one("tk3", "en", "hand-made Excel", "tk3_true_false.xlsx", "Satisfaction with the stay (1-5)", "Visited - %s",
        ["Pool", "Gym", "Restaurant"], True, False, save=lambda f, t: write_xlsx(f, num_rows(t.rows())))
    one("tk4", "zh-CN", "问卷星", "tk4_多选.csv", "1、总体满意度(1-5分)", "2、您使用过哪些服务？(%s)", ["前台", "餐厅", "洗衣", "接送"],
        "1", "0", start=wjx("tk4", 46), enc="gb18030")
    one("tk5", "it", "LimeSurvey", "tk5_limesurvey.csv", "Quanto è soddisfatto del negozio? (1-5)", "Quali reparti ha visitato? [%s]",
        ["Abbigliamento", "Giardino", "Elettronica"], "Y", start=lime("tk5", 42, "it"), save=lambda f, t: write_lime(f, t))
    m = ["Website", "Store", "Phone line"]
    top = "Where did you get help? (Check all that apply)"
    one("tk6", "en", "SurveyMonkey", "tk6_check_all.csv", "How satisfied are you with the help you got? (1-5)", top + " - %s", m, "",
        start=monkey("tk6", 44), save=lambda f, t: write_monkey(f, t, matrix(top, m)))
    one("tk7", "es", "hand-made", "tk7_marcas.csv", "Valoración del gimnasio (1-5)", "Usa %s", ["sauna", "piscina", "pesas"], "✓", sep=";")
    one("tk8", "pl", "hand-made", "tk8_tak.csv", "Ocena sklepu (1-5)", "Kupiono: %s", ["warzywa", "pieczywo", "nabiał"], "tak",
        enc="utf-8-sig", sep=";")


def weights():
    K = "weights"

    def one(ident, lang, tool, name, q, heads, want, expect_of, enc="utf-8", sep=",", forbid=(), form="%.3f", start=None, **more):
        t = start or T(ident, 48).seq("ID")
        t.rate(q, 1, 5, skew=0.8)
        for k, h in enumerate(heads):
            w = [round(0.4 + (0.22 if k == 0 else -0.11) * t.vals[q][i] + (0 if k == 0 else 0.6) + 0.03 * (i * 5 % 11), 3)
                 for i in range(t.n)]
            t.add(h, [form % x for x in w], w, (0, 3, "high"))
        trial(ident, K, write_csv(name, t.rows(), sep, enc), want, expect_of(t, q), lang=lang, tool=tool,
              forbid=list(heads) + list(forbid), **more)

    by = lambda h: (lambda t, q: t.E(q, "mean", weight=h) + t.E(q, "mean"))
    one("wt1", "de", "panel", "wt1_fallgewicht.csv", "Zufriedenheit mit dem Netz (1-5)", ["Fallgewicht"], "a column of weights",
        by("Fallgewicht"), sep=";")
    one("wt2", "fr", "panel", "wt2_redressement.csv", "Satisfaction à l'égard du réseau (1-5)", ["Coef_redressement"],
        "a column of weights (redressement)", by("Coef_redressement"), "utf-8-sig", ";")
    one("wt3", "zh-CN", "panel", "wt3_权重系数.csv", "网络质量满意度(1-5分)", ["权重系数"], "a column of weights", by("权重系数"), "gb18030")
    one("wt4", "en", "panel", "wt4_two_weights.csv", "Satisfaction with the tariff (1-5)", ["wt_base", "wt_final"],
        "two columns of weights: which one must be asked; likeliest wt_final", by("wt_final"), asks=True)
    one("wt5", "es", "panel", "wt5_pond.csv", "Satisfacción con la factura (1-5)", ["pond_final"], "a column of weights (ponderación)",
        by("pond_final"))
    t = T("wt6", 46)
    q = "Satisfaction with the parcel delivery (1-5)"
    t.seq("Consignment").add("Parcel weight (kg)", ["%.1f" % t.r.uniform(0.2, 3) for _ in range(46)]).rate(q, 1, 5)
    trial("wt6", K, write_csv("wt6_parcel_weight.csv", t.rows()), "kilograms of a parcel are no weights of answers: the figures are unweighted",
          t.E(q, "mean", "csat"), lang="en", tool="hand-made", forbid=["Parcel weight (kg)"])
    t = T("wt7", 44)
    q = "Zufriedenheit mit dem Abholservice (1-5)"
    t.seq("Auftrag").add("Gewicht in kg", ["%d" % t.r.randint(1, 9) for _ in range(44)]).rate(q, 1, 5)
    trial("wt7", K, write_csv("wt7_gewicht_kg.csv", t.rows(), ";", "utf-8-sig"), "Gewicht in kg is no weight of answers and no rating",
          t.E(q, "mean", "csat"), lang="de", tool="hand-made", forbid=["Gewicht in kg"])


def run():
    slider_percent(), summary_rows(), test_rows(), ticks(), weights()
