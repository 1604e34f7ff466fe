"""Kinds: ready-scores, declared-ends, words-unknown; more of refusal-words, which-end, not-an-answer."""
from kit import *
from tools import *


def ready_scores():
    K = "ready-scores"
    no = lambda ident, f, want, lang: trial(ident, K, f, want, lang=lang, tool="hand-made", refused=True)
    r = rng("rs1")
    rows = [["Touchpoint", "NPS", "Responses"]]
    rows += [[name, r.randint(-40, 70), r.randint(20, 90)] for name in ("Check-in", "Lounge", "Boarding", "Seat", "Meal", "Luggage")]
    no("rs1", write_csv("rs1_nps_with_n.csv", rows), "scores of several people: answers or counts of answers are needed", "en")
    r = rng("rs2")
    rows = [["Filiale", "CSAT %", "Anzahl Antworten"]]
    rows += [["Filiale %s" % c, "%d %%" % r.randint(50, 97), r.randint(20, 90)] for c in "ABCDEFGH"]
    no("rs2", write_csv("rs2_csat_mit_n.csv", rows, ";", "cp1252"), "shares of several people without the other answers", "de")
    r = rng("rs3")
    rows = [["触点", "平均分", "人数"]]
    rows += [[name, "%.2f" % r.uniform(2.5, 4.8), r.randint(20, 90)] for name in ("下单", "付款", "物流", "售后", "退货")]
    no("rs3", write_csv("rs3_平均分.csv", rows, ",", "gb18030"), "averages of several people", "zh-CN")
    r = rng("rs4")
    rows = [["Mois", "Étape", "NPS", "Base"]]
    rows += [["2026-%02d" % m, e, r.randint(-30, 60), r.randint(30, 80)] for m in (4, 5, 6) for e in ("Achat", "Livraison", "Retour")]
    no("rs4", write_xlsx("rs4_nps_par_mois.xlsx", num_rows([[str(c) for c in row] for row in rows])), "scores of several people", "fr")


def declared_ends():
    K = "declared-ends"

    def one(ident, lang, name, q, sep=",", enc="utf-8"):
        t = T(ident, 60).seq("Nr").rate(q, 1, 10)
        trial(ident, K, write_csv(name, t.rows(), sep, enc), "the header says five points, the answers go to ten: asked; likeliest ten",
              t.E(q, "mean"), lang=lang, tool="hand-made", asks=True)

    one("de1", "en", "de1_service.csv", "Service (1-5)")
    one("de2", "de", "de2_wartezeit.csv", "Bewertung der Wartezeit von 1 bis 5", ";", "cp1252")
    one("de3", "zh-CN", "de3_环境.csv", "环境评分（1-5分）", ",", "gb18030")
    one("de4", "fr", "de4_accueil.csv", "Note de l'accueil sur 5", ";", "utf-8-sig")


def words_unknown():
    K = "words-unknown"

    def one(ident, lang, name, q, words, others, sep=",", enc="utf-8"):
        t = T(ident, 90).seq("Nr").words(q, words, skew=0.4)
        place = 0
        for i in range(5, 90):      # three in ten say it in words of their own
            if i % 10 in (3, 6, 9) and t.cells[q].count(t.cells[q][i]) > 6:
                t.cells[q][i], t.vals[q][i] = others[place % len(others)], None
                place += 1
        trial(ident, K, write_csv(name, t.rows(), sep, enc), "words of no scale beside those of one: asked; likeliest no answer",
              t.E(q, "mean", "csat"), lang=lang, tool="hand-made", asks=True)

    one("wu1", "en", "wu1_desk.csv", "How satisfied are you with the desk?", ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied",
        "Very satisfied"], ["Could be worse", "Meh"])
    one("wu2", "de", "wu2_beratung.csv", "Wie zufrieden sind Sie mit der Beratung?", ["sehr unzufrieden", "eher unzufrieden", "teils/teils",
        "eher zufrieden", "sehr zufrieden"], ["passt scho", "so la la"], ";", "cp1252")
    one("wu3", "zh-CN", "wu3_满意.csv", "您对本次服务的满意度", ["非常不满意", "不满意", "一般", "满意", "非常满意"], ["还可以吧", "马马虎虎"],
        ",", "gb18030")


def which_end():
    K = "reverse-words"

    def one(ident, lang, name, q, sep=",", enc="utf-8"):
        t = T(ident, 60).seq("Nr").rate(q, 1, 5, good="low")
        trial(ident, K, write_csv(name, t.rows(), sep, enc), "much of what disturbs is bad: asked, likeliest low is good",
              t.E(q, "mean", "csat"), lang=lang, tool="hand-made", asks=True)

    one("rw1", "en", "rw1_noise.csv", "How bothered were you by the noise? (1-5)")
    one("rw2", "de", "rw2_warten.csv", "Wie sehr hat Sie das Warten gestört? (1-5)", ";", "cp1252")
    one("rw3", "zh-CN", "rw3_噪音.csv", "噪音对您的困扰程度（1-5分）", ",", "gb18030")


def constant_time():
    K = "constant-time"

    def one(ident, lang, name, head, q, time, sep=","):
        t = T(ident, 60)
        t.add(head, ["2026-03-%02d %s" % (1 + i % 4, time) for i in range(60)]).rate(q, 1, 5)
        trial(ident, K, write_csv(name, t.rows(), sep), "all days bear one time, which is none: rows that look alike are nobody's repeats",
              t.E(q, "mean", "csat"), lang=lang, tool="hand-made")

    one("ct1", "en", "ct1_midnight.csv", "Date", "Rating (1-5)", "00:00")
    one("ct2", "de", "ct2_mittag.csv", "Datum", "Bewertung (1-5)", "12:00:00", ";")
    one("ct3", "fr", "ct3_minuit.csv", "Date", "Note (1-5)", "00:00:00", ";")


def lime_labels():
    K = "lime-labels"

    def one(ident, lang, name, submitted, page, q, sep=","):
        t = T(ident, 50).seq("Response ID")
        t.dates(submitted, lambda d: d.strftime("%Y-%m-%d %H:%M:%S"))
        t.add(page, ["4"] * 50).rate(q, 1, 5)
        for i in range(7, 50, 6):       # not sent off
            t.cells[submitted][i], t.cells[page][i], t.vals[q][i] = "", "2", None
        trial(ident, K, write_csv(name, t.rows(), sep), "rows that were not sent off are no answers", t.E(q, "mean", "csat"), lang=lang,
              tool="LimeSurvey, whole labels")

    one("ll1", "en", "ll1_results.csv", "Date submitted", "Last page", "Rate the counter (1-5)")
    one("ll2", "de", "ll2_ergebnisse.csv", "Datum Abgeschickt", "Letzte Seite", "Bewerten Sie den Schalter (1-5)", ";")
    one("ll4", "es", "ll4_resultados.csv", "Fecha de envío", "Última página", "Califique la ventanilla (1-5)")
    one("ll5", "zh-CN", "ll5_结果.csv", "提交日期", "最后一页", "窗口服务评分（1-5分）")
    one("ll3", "fr", "ll3_resultats.csv", "Date de soumission", "Dernière page", "Notez le guichet (1-5)", ";")


def run():
    ready_scores(), declared_ends(), words_unknown(), which_end(), constant_time(), lime_labels()
