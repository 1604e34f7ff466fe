"""Kinds: dates, decimal-comma, direction, figures-with-words."""
from kit import *
from tools import *

Q1 = [(2026, 1), (2026, 2), (2026, 3)]
DE = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
FRS = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split()
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
RU = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
PL = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
TR = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık".split()
EPOCH = datetime(1970, 1, 1)


def monthly(ident, lang, tool, name, head, form, q, want, enc="utf-8", sep=",", n=60, months=Q1, low=1, high=5, **more):
    """A file whose only trouble is how its dates are written; n answers over the months."""
    t = T(ident, n)
    t.seq("ID", lambda i: "%d" % (3000 + i))
    t.dates(head, form, months=months)
    t.rate(q, low, high)
    if name.endswith(".xlsx"):
        f = write_xlsx(name, num_rows(t.rows()))
    else:
        f = write_csv(name, t.rows(), sep, enc)
    m = "nps" if high == 10 else "mean"
    exp = t.E(q, m) + [e for w in sorted(set(t.waves)) for e in t.E(q, m, wave=w)]
    trial(ident, "dates", f, want, exp, [["--date-column", head, "--wave", "month"]], lang=lang, tool=tool,
          forbid=[head, "ID"], **more)


def dates():
    sec = lambda d: str(int((d - EPOCH).total_seconds()))
    monthly("dt1", "en", "chat tool", "dt1_epoch_seconds.csv", "responded_at", sec,
            "How would you rate this conversation? (1-5)", "seconds since 1970 are dates; all well inside their months")
    monthly("dt2", "zh-CN", "小程序", "dt2_毫秒.csv", "提交时间", lambda d: sec(d) + "%03d" % (d.second * 13 % 1000),
            "您对本次配送的满意度(1-5分)", "milliseconds since 1970 are dates", "gb18030")
    monthly("dt3", "de", "hand-made", "dt3_monatsnamen.csv", "Ausgefüllt am",
            lambda d: "%d. %s %d, %02d:%02d Uhr" % (d.day, DE[d.month - 1], d.year, d.hour, d.minute),
            "Wie bewerten Sie die Lieferung? (1-5)", "German month names", "cp1252", ";")
    monthly("dt4", "fr", "hand-made", "dt4_mois_abreges.csv", "Date de réponse",
            lambda d: "%d %s %d" % (d.day, FRS[d.month - 1], d.year),
            "Recommanderiez-vous notre agence ? (0-10)", "French abbreviated month names", "utf-8-sig", ";", high=10, low=0)
    monthly("dt5", "es", "hand-made", "dt5_meses.csv", "Fecha de la encuesta",
            lambda d: "%d de %s de %d" % (d.day, ES[d.month - 1], d.year),
            "Valoración de la visita (1-5)", "Spanish dates in words", "utf-8", ";")
    monthly("dt6", "ru", "hand-made", "dt6_месяцы.csv", "Дата ответа",
            lambda d: "%d %s %d г." % (d.day, RU[d.month - 1], d.year),
            "Оцените работу отделения (1-5)", "Russian month names in the genitive", "utf-8-sig", ";")
    monthly("dt7", "pl", "hand-made", "dt7_miesiące.csv", "Data wypełnienia",
            lambda d: "%d %s %d" % (d.day, PL[d.month - 1], d.year),
            "Ocena obsługi (1-5)", "Polish month names in the genitive", "utf-8", ";")
    monthly("dt8", "tr", "hand-made", "dt8_aylar.csv", "Yanıt tarihi",
            lambda d: "%d %s %d" % (d.day, TR[d.month - 1], d.year),
            "Hizmetimizi nasıl değerlendirirsiniz? (1-5)", "Turkish month names", "utf-8-sig", ";")
    monthly("dt9", "ko", "Google Forms", "dt9_구글폼.csv", *STAMPS["ko"], "상담 서비스 만족도 (1-5)",
            "Korean Google Forms times: 2026. 1. 15 오후 2:30:00")
    monthly("dt10", "zh-CN", "Google Forms", "dt10_时间戳记.csv", *STAMPS["zh"], "您对售后服务的评分（1-5）",
            "Chinese Google Forms times: 2026/1/15 下午2:30:00")
    monthly("dt11", "en", "Google Forms", "dt11_gmt_offset.csv", *STAMPS["en"], "How was your onboarding call? (1-5)",
            "Google Forms times with PM and GMT+1")
    zones = ["+08:00", "Z", "-05:00", "+05:30"]
    monthly("dt12", "en", "survey API", "dt12_iso_zones.csv", "submitted_at",
            lambda d: d.strftime("%Y-%m-%dT%H:%M:%S.120") + zones[d.day % 4], "CSAT (1-5)",
            "ISO 8601 with zones that differ; none near a month's edge")
    monthly("dt13", "de", "hand-made Excel", "dt13_tageszahlen.csv", "Datum", lambda d: str(int(serial(d))),
            "Zufriedenheit mit dem Termin (1-5)", "days as spreadsheets count them (46026…) are dates", "utf-8", ";")

    # anonymised: every answer has the same date
    t = lime("dt14", 40, "fr", token=False, date="1980")
    a, b = "Comment jugez-vous l'accueil ? (1 à 5)", "Comment jugez-vous les délais ? (1 à 5)"
    t.rate(a, 1, 5).rate(b, 1, 5, skew=0.5)
    trial("dt14", "dates", write_lime("dt14_limesurvey_anonyme.csv", t), "1980-01-01 on every row is LimeSurvey's mark of an "
          "anonymous survey, not a period: no wave 1980", t.E(a, "mean", "csat") + t.E(b, "mean", "csat"),
          lang="fr", tool="LimeSurvey", forbid=["submitdate", "seed", "lastpage", "1980-01"])

    t = T("dt21", 42)
    q = "请为本次体检服务打分(1-5分)"
    t.seq("编号").add("填写日期", ["1900/1/1"] * 42).rate(q, 1, 5)
    trial("dt21", "dates", write_csv("dt21_日期已脱敏.csv", t.rows(), ",", "gb18030"), "1900/1/1 on every row is a blanked date: no wave "
          "1900", t.E(q, "mean", "csat"), lang="zh-CN", tool="hand-made", forbid=["填写日期", "编号", "1900-01"])

    # period columns
    def period(ident, lang, name, head, labels, q, wave, want, enc="utf-8", sep=",", n=60):
        t = T(ident, n)
        t.add(head, [labels[i * len(labels) // n][0] for i in range(n)])
        t.waves = [labels[i * len(labels) // n][1] for i in range(n)]
        t.rate(q, 1, 5)
        exp = t.E(q, "mean", "csat") + [e for _, w in labels for e in t.E(q, "mean", wave=w)]
        trial(ident, "dates", write_csv(name, t.rows(), sep, enc), want, exp, [["--date-column", head, "--wave", wave]],
              lang=lang, tool="hand-made", forbid=[head])

    period("dt15", "en", "dt15_quarters.csv", "Survey period", [("2025 Q4", "2025-Q4"), ("2026 Q1", "2026-Q1"),
           ("2026 Q2", "2026-Q2"), ("2026 Q3", "2026-Q3")], "Ease of parking (1 = very bad, 5 = very good)", "quarter",
           "'2026 Q3' is a quarter", n=80)
    period("dt16", "de", "dt16_monate.csv", "Monat", [("März 2026", "2026-03"), ("April 2026", "2026-04"),
           ("Mai 2026", "2026-05")], "Zufriedenheit mit der Küche (1-5)", "month", "'Mai 2026' is a month", "cp1252", ";")
    period("dt17", "zh-CN", "dt17_月份.csv", "月份", [("2026年4月", "2026-04"), ("2026年5月", "2026-05"),
           ("2026年6月", "2026-06")], "餐饮满意度(1-5分)", "month", "'2026年5月' is a month", "gb18030")
    period("dt18", "fr", "dt18_trimestres.csv", "Période", [("T1 2026", "2026-Q1"), ("T2 2026", "2026-Q2"),
           ("T3 2026", "2026-Q3")], "Note de propreté (1 à 5)", "quarter", "'T2 2026' (trimestre) is a quarter",
           "utf-8-sig", ";")
    period("dt19", "en", "dt19_mmm_yy.csv", "Month", [("Mar-26", "2026-03"), ("Apr-26", "2026-04"),
           ("May-26", "2026-05")], "Rating of the shuttle (1-5)", "month", "'May-26' is May 2026, not the 26th of May")

    # day or month first: only a person can say
    t = T("dt20", 48)
    t.dates("Data", lambda d: "%02d/%02d/%d" % (d.day, d.month, d.year), months=[(2026, 1), (2026, 2), (2026, 3), (2026, 4)])
    t.when = [datetime(w.year, w.month, 1 + (i * 5) % 12) for i, w in enumerate(t.when)]
    t.cells["Data"] = ["%02d/%02d/%d" % (d.day, d.month, d.year) for d in t.when]
    q = "Voto al servizio (1-5)"
    t.rate(q, 1, 5)
    trial("dt20", "dates", write_csv("dt20_giorno_o_mese.csv", t.rows(), ";"), "no day above 12: which comes first must be "
          "asked; in Italian the day does (the file is in Italian)",
          t.E(q, "mean") + [e for w in sorted(set(t.waves)) for e in t.E(q, "mean", wave=w)],
          [["--date-column", "Data", "--wave", "month"]], lang="it", tool="hand-made", asks=True)


def halves(t, head, low, high, form, nmiss=0, miss=("",)):
    vals = [v / 2 for v in spread(t.r, t.n, 2 * low, 2 * high, 1.2)]
    cells = [form(v) for v in vals]
    for j, i in enumerate(t.r.sample(range(t.n), nmiss)):
        vals[i], cells[i] = None, miss[j % len(miss)]
    return t.add(head, cells, vals, (low, high, "high"))


def comma(v, places=1):
    return ("%.*f" % (places, v)).replace(".", ",")


def decimal_comma():
    K = "decimal-comma"
    t = T("dc1", 42)
    t.pick("Standort", ["Kiel", "Husum", "Flensburg"])
    halves(t, "Bewertung Zimmer (1-5)", 1, 5, lambda v: comma(v) if v % 1 else "%d" % v)
    halves(t, "Bewertung Frühstück (1-5)", 1, 5, comma, 4, ("k. A.",))
    a, b = "Bewertung Zimmer (1-5)", "Bewertung Frühstück (1-5)"
    trial("dc1", K, write_csv("dc1_halbe_punkte.csv", t.rows(), ";", "cp1252"), "4,5 is 4.5 beside whole numbers; 'k. A.' "
          "is missing", t.E(a, "mean") + t.E(b, "mean") + t.E(a, "mean", seg=("Standort", "Husum")), lang="de",
          tool="hand-made")

    t = gforms("dc2", 40, "fr")
    a = "Moyenne des notes du séjour (sur 5)"
    halves(t, a, 1, 5, comma)
    trial("dc2", K, write_csv("dc2_guillemets.csv", t.rows(), ",", "utf-8", "all"), "quoted decimal commas between comma "
          "separators", t.E(a, "mean"), lang="fr", tool="Google Forms")

    t = T("dc3", 44)
    t.seq("Codice")
    a, w = "Soddisfazione per il servizio clienti (1-5)", "Peso campionario"
    t.rate(a, 1, 5)
    weights = [round(0.55 + 0.05 * (i * 7 % 9) + 0.15 * t.vals[a][i], 2) for i in range(44)]
    t.add(w, [comma(x, 2) for x in weights], weights, (0, 2, "high"))
    trial("dc3", K, write_csv("dc3_peso.csv", t.rows(), ";", "utf-8-sig"), "weights with decimal commas",
          t.E(a, "mean", weight="Peso campionario") + t.E(a, "mean"), lang="it", tool="hand-made",
          forbid=["Peso campionario", "Codice"])

    t = T("dc4", 46)
    t.add("Umsatz in €", ["%d.%03d,%02d" % (t.r.randint(1, 9), t.r.randint(0, 999), t.r.randint(0, 99)) for _ in range(46)])
    a = "Gesamtnote (1,0 = sehr schlecht bis 5,0 = sehr gut)"
    halves(t, a, 1, 5, comma)
    t.add("Entfernung km", [comma(t.r.uniform(0.5, 9.9)) for _ in range(46)])
    trial("dc4", K, write_csv("dc4_tausenderpunkt.csv", t.rows(), "\t", "utf-16"), "1.250,00 is money and 4,5 a rating; "
          "kilometres are no rating", t.E(a, "mean"), lang="de", tool="hand-made Excel",
          forbid=["Umsatz in €", "Entfernung km"])

    t = T("dc5", 40)
    t.seq("Nr.")
    a = "Welk rapportcijfer geeft u onze klantenservice? (1-10)"
    halves(t, a, 1, 10, comma)
    trial("dc5", K, write_csv("dc5_rapportcijfer.csv", t.rows(), ";", "utf-8"), "Dutch marks 1-10 with halves: 7,5",
          t.E(a, "mean"), lang="nl", tool="hand-made", forbid=["Nr."])


def direction():
    K = "direction"
    t = T("di1", 54)
    t.seq("Bogen")
    qs = ["Schulnote für die Beratung (1 = sehr gut, 6 = ungenügend)", "Schulnote für den Preis (1 = sehr gut, 6 = ungenügend)"]
    t.rate(qs[0], 1, 6, good="low", skew=-1.3).rate(qs[1], 1, 6, good="low", skew=-0.2)
    trial("di1", K, write_csv("di1_schulnoten.csv", t.rows(), ";", "cp1252"), "1 is best by the header: csat is the share of "
          "1 and 2; the mean is of the grades as written", [e for q in qs for e in t.E(q, "mean", "csat")], lang="de",
          tool="hand-made")

    t = T("di2", 50)
    items = ["Prix", "Délai", "Conseil", "Stationnement"]
    order = [t.r.sample([1, 2, 3, 4], 4) for _ in range(50)]
    for o in order:
        if o[0] == 4:
            k = o.index(1)
            o[0], o[k] = 1, 4
    qs = ["Classez de 1 (le plus important) à 4 (le moins important) [%s]" % i for i in items]
    for j, q in enumerate(qs):
        t.add(q, [str(o[j]) for o in order], [o[j] for o in order], (1, 4, "low"))
    trial("di2", K, write_csv("di2_classement.csv", t.rows()), "ranks: 1 is best; csat is the share of ranks 1 and 2",
          [e for q in qs for e in t.E(q, "mean", "csat")], lang="fr", tool="LimeSurvey-like")

    t = qualtrics("di3", 48)
    a = "How satisfied are you with the claim process? (1 = very satisfied, 5 = very dissatisfied)"
    b = "How satisfied are you with the payout? (1 = very dissatisfied, 5 = very satisfied)"
    t.rate(a, 1, 5, good="low", skew=-1).rate(b, 1, 5)
    trial("di3", K, write_qualtrics("di3_turned_legend.csv", t, {a: "Q1", b: "Q2"}), "one question is turned by its legend, its "
          "neighbour is not", t.E(a, "mean", "csat", names=["Q1"]) + t.E(b, "mean", "csat", names=["Q2"]), lang="en",
          tool="Qualtrics")

    t = wjx("di4", 50)
    a = "1、办理这项业务您花费了多大力气？(1-7分)"
    t.rate(a, 1, 7, good="low", skew=-0.5)
    trial("di4", K, write_csv("di4_费力度.csv", t.rows(), ",", "gb18030"), "an effort question without a legend: only a person "
          "can say which end is good; likeliest 1 = little effort = good", t.E(a, "mean", "csat"), lang="zh-CN", tool="问卷星",
          asks=True)

    t = gforms("di5", 46, "es")
    a = "Califique la limpieza (1 = excelente, 5 = muy mala)"
    t.rate(a, 1, 5, good="low", skew=-1.2)
    trial("di5", K, write_csv("di5_limpieza.csv", t.rows()), "1 is best by the header", t.E(a, "mean", "csat"), lang="es",
          tool="Google Forms")

    t = T("di6", 48)
    t.seq("Nr ankiety")
    a = "Ocena w skali szkolnej (1 = niedostateczny, 6 = celujący)"
    t.rate(a, 1, 6)
    trial("di6", K, write_csv("di6_ocena_szkolna.csv", t.rows(), ";", "utf-8-sig"), "Polish school grades: 6 is best, unlike "
          "German ones", t.E(a, "mean", "csat"), lang="pl", tool="hand-made")

    t = T("di7", 48)
    t.pick("Filiale", ["Mitte", "Nord"])
    a = "Schulnote Freundlichkeit"
    t.rate(a, 1, 6, good="low", skew=-1)
    trial("di7", K, write_csv("di7_schulnote_ohne_legende.csv", t.rows(), ";", "utf-8"), "German school grades without a legend: "
          "asked; likeliest 1 is best", t.E(a, "mean", "csat"), lang="de", tool="hand-made", asks=True)

    t = monkey("di8", 45)
    a = "How much effort did you personally have to put forth to handle your request?"
    t.rate(a, 1, 5, good="low", skew=-0.6)
    trial("di8", K, write_monkey("di8_effort.csv", t, {}), "effort without a legend: asked; likeliest 1 = very low effort = good",
          t.E(a, "mean", "csat"), lang="en", tool="SurveyMonkey", asks=True)

    t = T("di9", 44)
    t.seq("Nr.")
    words = ["1 - sehr zufrieden", "2 - zufrieden", "3 - teils/teils", "4 - unzufrieden", "5 - sehr unzufrieden"]
    a = "Zufriedenheit mit der Montage"
    t.rate(a, 1, 5, lambda v: words[v - 1], good="low", skew=-1)
    trial("di9", K, write_csv("di9_figur_und_wort.csv", t.rows(), ";", "utf-8-sig"), "the words say that 1 is best: csat is "
          "the share of 1 and 2", t.E(a, "csat"), lang="de", tool="hand-made",
          note="no mean expected: read as 1-5 with 1 best, or turned, are both right")

    t = T("di10", 49)
    t.seq("Vorgang")
    a = "Wie viel Aufwand hatten Sie, um Ihr Anliegen zu klären? (1-7)"
    b = "Es war einfach, mein Anliegen zu klären (1 = stimme gar nicht zu, 7 = stimme voll zu)"
    t.rate(a, 1, 7, good="low", skew=-0.6).rate(b, 1, 7)
    trial("di10", K, write_csv("di10_aufwand.csv", t.rows(), ";", "utf-8-sig"), "two effort questions that point in opposite ways; the "
          "first is asked (likeliest 1 = no effort = good), the second is said by its legend",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="de", tool="hand-made", asks=True)


def figures_with_words():
    K = "figures-with-words"

    def one(ident, t, q, form, f, want, lang, tool, metrics=("mean", "csat"), low=1, high=5, **more):
        t.rate(q, low, high, form)
        return lambda save: trial(ident, K, save(f, t), want, t.E(q, *metrics), lang=lang, tool=tool, **more)

    plain = lambda sep=",", enc="utf-8": (lambda f, t: write_csv(f, t.rows(), sep, enc))
    w = ["Very dissatisfied", "Dissatisfied", "Neither satisfied nor dissatisfied", "Satisfied", "Very satisfied"]
    q = "How satisfied are you with the delivery?"
    one("fw1", qualtrics("fw1", 44), q, lambda v: "%d - %s" % (v, w[v - 1]), "fw1_figure_first.csv", "figures before the words",
        "en", "Qualtrics")(lambda f, t: write_qualtrics(f, t, {q: "Q3"}))
    de = {1: "1 (sehr unzufrieden)", 5: "5 (sehr zufrieden)"}
    one("fw2", gforms("fw2", 44, "de"), "Wie zufrieden sind Sie mit der Hotline?", lambda v: de.get(v, str(v)),
        "fw2_nur_enden.csv", "only the ends hold words", "de", "Google Forms")(plain())
    one("fw3", T("fw3", 40).seq("N°"), "Note de la livraison", lambda v: "%d/5" % v, "fw3_sur_cinq.csv",
        "4/5 is four of five, not a date and not 0.8", "fr", "hand-made")(plain(";", "cp1252"))
    one("fw4", T("fw4", 42).seq("Nr."), "Sterne für die Werkstatt", lambda v: "%d von 5" % v, "fw4_von_fuenf.csv",
        "'4 von 5' is 4", "de", "review portal")(plain(";", "utf-8-sig"))
    one("fw5", T("fw5", 45).seq("评价编号"), "商品评分", lambda v: "★" * v + "☆" * (5 - v), "fw5_星级.csv", "filled stars count",
        "zh-CN", "shop platform")(plain())
    one("fw6", T("fw6", 40).seq("整理番号"), "接客の満足度（１～５）", lambda v: "０１２３４５"[v], "fw6_全角.csv",
        "full-width digits", "ja", "hand-made")(plain())
    faces = ["😡", "🙁", "😐", "🙂", "😍"]
    one("fw7", typeform("fw7", 45), "Como foi o seu atendimento?", lambda v: faces[v - 1], "fw7_carinhas.csv",
        "five faces from angry to in love: 1 to 5 in that order (or asked)", "pt", "Typeform")(
            lambda f, t: plain()(f, end_typeform(t)))
    one("fw8", wjx("fw8", 50), "1、您有多大可能向朋友推荐我们？", lambda v: "%d分" % v, "fw8_几分.xlsx", "'9分' is 9 of 0-10",
        "zh-CN", "问卷星", ("nps", "mean"), 0, 10)(lambda f, t: write_xlsx(f, t.rows()))
    one("fw9", T("fw9", 40).seq("Avis"), "Note globale", lambda v: "%d étoile%s" % (v, "s" if v > 1 else ""),
        "fw9_etoiles.csv", "'4 étoiles' is 4", "fr", "review portal")(plain(";"))
    pl = ["bardzo źle", "źle", "średnio", "dobrze", "bardzo dobrze"]
    one("fw10", T("fw10", 42).seq("Lp."), "Jak ocenia Pani/Pan wizytę?", lambda v: "%s (%d)" % (pl[v - 1], v),
        "fw10_liczba_na_końcu.csv", "figures behind Polish words", "pl", "hand-made")(plain(";"))
    ends = {0: "0 - Not at all likely", 10: "10 - Extremely likely"}
    q2 = "How likely is it that you would recommend us to a friend or colleague?"
    one("fw11", monkey("fw11", 50), q2, lambda v: ends.get(v, str(v)), "fw11_nps_ends.csv", "only 0 and 10 hold words", "en",
        "SurveyMonkey", ("nps",), 0, 10)(lambda f, t: write_monkey(f, t, {}))
    one("fw12", T("fw12", 40).seq("رقم"), "تقييم الخدمة (من ١ إلى ٥)", lambda v: "٠١٢٣٤٥"[v], "fw12_أرقام.csv", "Arabic-Indic digits",
        "ar", "hand-made")(plain(",", "utf-8-sig"))


def run():
    dates(), decimal_comma(), direction(), figures_with_words()
