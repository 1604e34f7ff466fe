"""Kinds: aggregated-guess, aggregated-missed, binary-csat, choices, counts-as-ratings."""
from kit import *
from tools import *


def aggregated_guess():
    K = "aggregated-guess"
    t = T("ag1", 48)
    t.seq("Kundennummer", lambda i: "K-%05d" % (20311 + i * 17))
    t.pick("Filiale", ["Köln", "Bonn", "Aachen"])
    h = "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen? (0-10)"
    t.rate(h, 0, 10)
    for name, lo, hi in (("Promotoren", 9, 10), ("Passive", 7, 8), ("Detraktoren", 0, 6)):
        t.add(name, ["1" if lo <= v <= hi else "0" for v in t.vals[h]])
    f = write_csv("ag1_nps_spalten.csv", t.rows(), ";", "cp1252")
    trial("ag1", K, f, "rows are customers: NPS of the 0-10 column, n 48; the three 1/0 columns repeat it",
          t.E(h, "nps") + t.E(h, "nps", seg=("Filiale", "Bonn")), lang="de", tool="hand-made",
          forbid=["Köln", "Bonn", "Aachen", "Promotoren", "Passive", "Detraktoren"])

    t = T("ag2", 40)
    t.seq("N° de questionnaire", str, 501)
    t.pick("Région", ["Nord", "Ouest", "Sud-Est"])
    t.add("Questions répondues (sur 2)", [""] * 40)
    a, b = "Accueil en magasin (1-5)", "Conseil du vendeur (1-5)"
    t.rate(a, 1, 5, nmiss=4).rate(b, 1, 5, nmiss=6, skew=0.6)
    k = "Questions répondues (sur 2)"
    t.cells[k] = [str(sum(t.vals[h][i] is not None for h in (a, b))) for i in range(40)]
    f = write_csv("ag2_questionnaires.csv", t.rows(), ";", "utf-8-sig")
    trial("ag2", K, f, "rows are questionnaires, not regions with numbers of respondents",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="fr", tool="hand-made",
          forbid=["Nord", "Ouest", "Sud-Est", k, "N° de questionnaire"])

    t = wjx("ag3", 45)
    h = "1、您有多大可能向朋友推荐我们？(0-10)"
    t.rate(h, 0, 10)
    for name, lo, hi in (("推荐者", 9, 10), ("中立者", 7, 8), ("贬损者", 0, 6)):
        t.add(name, ["1" if lo <= v <= hi else "" for v in t.vals[h]])
    f = write_csv("ag3_推荐.csv", t.rows(), ",", "utf-8-sig")
    trial("ag3", K, f, "one row a respondent; flags of promoters are no table of counts", t.E(h, "nps", "mean"),
          lang="zh-CN", tool="问卷星", forbid=["推荐者", "中立者", "贬损者", "序号", "微信"])

    t = T("ag4", 36)
    t.add("Touchpoint owner team", [t.r.choice(["Front desk", "Housekeeping", "Kitchen"]) for _ in range(36)])
    t.seq("Guest no.")
    for h, s in (("Check-in", 1.2), ("Room", 0.5), ("Breakfast", 2.0)):
        t.rate(h + " (1 = poor, 5 = excellent)", 1, 5, skew=s)
    hs = [h for h, _ in t.heads[2:]]
    t.add("Total", [str(sum(t.vals[h][i] for h in hs)) for i in range(36)])
    t.add("%", ["%d%%" % round(100 * sum(t.vals[h][i] for h in hs) / 15) for i in range(36)])
    f = write_csv("ag4_row_totals.csv", t.rows(), "\t", "utf-16")
    trial("ag4", K, f, "row totals and percentages of a respondent are not counts; each rating keeps n 36",
          [e for h in hs for e in t.E(h, "mean", "csat")], lang="en", tool="hand-made",
          forbid=["Total", "%", "Front desk", "Housekeeping", "Kitchen"])


def hist(r, steps, n):
    w = [r.randint(1, 9) for _ in steps]
    got = [1 + n * x // (sum(w) + len(w)) for x in w]
    return got


def aggregated_missed():
    K = "aggregated-missed"
    r = rng("am1")
    heads = ["Kontaktpunkt", "1 (sehr unzufrieden)", "2", "3", "4", "5 (sehr zufrieden)", "keine Angabe"]
    rows, exp = [heads], []
    for name in ("Hotline", "Filiale", "App", "Rechnung"):
        c = hist(r, range(5), r.randint(60, 140))
        rows.append([name] + c + [r.randint(2, 9)])
        vals = [v + 1 for v in range(5) for _ in range(c[v])]
        exp += [expect(name, "mean", mean(vals), len(vals)), expect(name, "csat", csat(vals, 1, 5), len(vals))]
    trial("am1", K, write_csv("am1_haeufigkeiten.csv", rows, ";", "utf-8-sig"),
          "counts of answers a touchpoint; 'keine Angabe' is missing", exp, lang="de", tool="hand-made",
          forbid=["1 (sehr unzufrieden)", "keine Angabe", "2", "3", "4"])

    r = rng("am2")
    rows, exp = [["Tienda", "Promotores", "Pasivos", "Detractores", "Total"]], []
    for name in ("Sevilla Centro", "Bilbao Norte", "Valencia Puerto", "Granada Sur"):
        p, q, d = r.randint(20, 60), r.randint(10, 30), r.randint(5, 40)
        rows.append([name, p, q, d, p + q + d])
        exp.append(expect(name, "nps", 100.0 * (p - d) / (p + q + d), p + q + d))
    trial("am2", K, write_csv("am2_nps_tiendas.csv", rows, ";", "cp1252"),
          "NPS of groups of counts; Total is their sum, not a fourth group", exp, lang="es", tool="hand-made",
          forbid=["Promotores", "Pasivos", "Detractores", "Total"])

    r = rng("am3")
    rows, exp = [["渠道", "评分", "人数"]], []
    for name in ("微信客服", "电话热线", "线下门店"):
        c = hist(r, range(11), r.randint(80, 160))
        rows += [[name, v, c[v]] for v in range(11)]
        vals = [v for v in range(11) for _ in range(c[v])]
        exp += [expect(name, "nps", nps(vals), len(vals)), expect(name, "mean", mean(vals), len(vals))]
    trial("am3", K, write_csv("am3_渠道评分人数.csv", rows, ",", "gb18030"),
          "each row stands for 人数 people; never 11 answers a channel", exp, lang="zh-CN", tool="hand-made",
          forbid=["人数", "评分"])

    r = rng("am4")
    words = ["Molto insoddisfatto", "Insoddisfatto", "Neutro", "Soddisfatto", "Molto soddisfatto"]
    rows, exp = [["Punto di contatto"] + [w + " %" for w in words] + ["Rispondenti"]], []
    for name in ("Accettazione", "Visita medica", "Ritiro referti"):
        c = [1, 1, 1, 1, 1]
        for _ in range(75):
            c[r.choices(range(5), [1, 1, 2, 4, 4])[0]] += 1
        rows.append([name] + [("%.2f" % (x * 1.25)).replace(".", ",") for x in c] + [80])
        vals = [v + 1 for v in range(5) for _ in range(c[v])]
        exp += [expect(name, "mean", mean(vals), 80), expect(name, "csat", csat(vals, 1, 5), 80)]
    trial("am4", K, write_csv("am4_percentuali.csv", rows, ";", "utf-8"),
          "shares with decimal commas times 80 respondents give whole counts", exp, lang="it", tool="hand-made",
          forbid=[w + " %" for w in words] + ["Rispondenti"])

    r = rng("am5")
    names = ["受付", "客室", "朝食", "チェックアウト"]
    cs = [hist(r, range(5), r.randint(50, 90)) for _ in names]
    labels = ["とても不満", "不満", "どちらともいえない", "満足", "とても満足"]
    rows = [["回答"] + names] + [[labels[4 - i]] + [c[4 - i] for c in cs] for i in range(5)]
    exp = []
    for name, c in zip(names, cs):
        vals = [v + 1 for v in range(5) for _ in range(c[v])]
        exp += [expect(name, "mean", mean(vals), len(vals)), expect(name, "csat", csat(vals, 1, 5), len(vals))]
    trial("am5", K, write_xlsx("am5_集計表.xlsx", rows, "集計"),
          "answers as rows, touchpoints as columns, counts in the cells (turned); never 5 answers a column",
          exp, lang="ja", tool="hand-made Excel", forbid=labels,
          note="refusing with the reason, or asking, is acceptable; counts read as ratings are not", may_refuse=True)


def binary_csat():
    K = "binary-csat"
    t = zendesk("bc1", 52)
    h = "Note de satisfaction"
    t.binary(h, "Bon", "Mauvais", 0.7, ("Proposée", "Non proposée"), 18)
    trial("bc1", K, write_csv("bc1_zendesk_fr.csv", t.rows()), "Bon / (Bon + Mauvais); offered is no answer",
          t.E(h, "csat"), lang="fr", tool="Zendesk", forbid=["Ticket ID"], note="asking is fine too")

    t = T("bc2", 44)
    t.seq("Conversation ID", lambda i: str(9154300021 + 137 * i))
    t.dates("Conversation closed at (UTC)", lambda d: d.strftime("%Y-%m-%d %H:%M:%S"))
    t.binary("How did we do?", "👍", "👎", 0.8, nmiss=6)
    trial("bc2", K, write_csv("bc2_thumbs.csv", t.rows()), "thumbs up / (up + down), blanks missing",
          t.E("How did we do?", "csat"), lang="en", tool="chat tool")

    t = wjx("bc3", 50)
    h = "1、您的问题是否已解决？"
    t.binary(h, "是", "否", 0.72, nmiss=5)
    t.rate("2、您对客服的满意度(1-5分)", 1, 5)
    trial("bc3", K, write_csv("bc3_是否解决.csv", t.rows(), ",", "gb18030"), "share of 是 among 是 and 否",
          t.E(h, "csat") + t.E("2、您对客服的满意度(1-5分)", "mean", "csat"), lang="zh-CN", tool="问卷星")

    t = T("bc4", 38)
    t.seq("Vorgang", int, 7001)
    t.binary("Anliegen gelöst?", True, False, 0.66)
    t.binary("War der Rückruf pünktlich?", "Ja", "Nein", 0.8, ("weiß nicht",), 5)
    trial("bc4", K, write_xlsx("bc4_anliegen.xlsx", t.rows(), "Vorgänge"),
          "TRUE/FALSE cells (booleans) and Ja/Nein as shares of yes; 'weiß nicht' missing",
          t.E("Anliegen gelöst?", "csat") + t.E("War der Rückruf pünktlich?", "csat"), lang="de",
          tool="hand-made Excel")

    t = gforms("bc5", 46, "es")
    h = "¿Quedó satisfecho con la reparación?"
    t.binary(h, "Sí", "No", 0.7, ("No sabe / no contesta", ""), 6)
    trial("bc5", K, write_csv("bc5_reparacion.csv", t.rows()), "share of Sí; 'No sabe / no contesta' missing, not No",
          t.E(h, "csat"), lang="es", tool="Google Forms")

    t = T("bc6", 40)
    t.seq("票號")
    h = "服務人員是否親切？（1=是，2=否）"
    t.binary(h, "1", "2", 0.75)
    trial("bc6", K, write_csv("bc6_是否親切.csv", t.rows(), ",", "utf-8-sig"),
          "1 is yes, 2 is no by the header: share of 1, not a mean or a top box of 2", t.E(h, "csat"),
          lang="zh-TW", tool="hand-made")

    t = zendesk("bc7", 56)
    h = "Zufriedenheitsbewertung"
    t.binary(h, "Gut", "Schlecht", 0.75, ("Angeboten", "Nicht angeboten"), 22)
    t.add("Erste Antwortzeit (Min.)", [str(t.r.randint(1, 10)) for _ in range(56)])
    trial("bc7", K, write_csv("bc7_zendesk_de.csv", t.rows(), ";", "utf-8-sig"), "Gut / (Gut + Schlecht); offered is no answer",
          t.E(h, "csat"), lang="de", tool="Zendesk", forbid=["Ticket ID", "Erste Antwortzeit (Min.)"], note="asking is fine too")


def choices():
    K = "choices"
    t = msforms("ch1", 48)
    opts = ["Phone", "Chat, incl. WhatsApp", "Branch, counter", "Website"]
    a, h = "Which of these did you use this year?", "Overall, how satisfied are you with our service? (1-5)"
    t.multi(a, opts, ";", tail=";")
    t.rate(h, 1, 5)
    trial("ch1", K, write_msforms("ch1_msforms_choices.xlsx", t),
          "split at semicolons only; groups overlap; the commas belong to the options",
          t.E(h, "mean") + [e for o in opts for e in t.E(h, "mean", seg=(a, o))], lang="en", tool="Microsoft Forms",
          forbid=["Chat", "incl. WhatsApp", "counter"])

    t = gforms("ch2", 52, "fr")
    opts = ["Boutique (Paris, Lyon)", "Site web", "Téléphone", "Courrier, fax"]
    a, h = "Par quels canaux nous avez-vous contactés ?", "Quelle note donnez-vous à notre accueil ? (1 à 5)"
    t.multi(a, opts, ", ")
    t.rate(h, 1, 5)
    trial("ch2", K, write_csv("ch2_canaux.csv", t.rows()),
          "options hold commas themselves: 'Boutique (Paris, Lyon)' and 'Courrier, fax' are one option each",
          t.E(h, "mean", "csat") + [e for o in opts for e in t.E(h, "mean", seg=(a, o))], lang="fr",
          tool="Google Forms", forbid=["Lyon)", "fax"], asks=True)

    t = wjx("ch3", 50)
    opts = ["微信", "电话", "门店", "官网(含App)"]
    a, h = "1、您通过哪些渠道联系过我们？", "2、总体满意度(1-5分)"
    t.multi(a, opts, "┋")
    t.rate(h, 1, 5)
    trial("ch3", K, write_xlsx("ch3_渠道.xlsx", num_rows(t.rows())), "choices are joined by ┋",
          t.E(h, "mean", "csat") + [e for o in opts for e in t.E(h, "mean", seg=(a, o))], lang="zh-CN", tool="问卷星")

    t = typeform("ch4", 44)
    h = "Wie zufrieden sind Sie mit der Beratung? (1 bis 5)"
    t.rate(h, 1, 5)
    opts = ["E-Mail", "Telefon", "Vor Ort, mit Termin"]
    for o in opts:
        t.ticks(o, o, 0.4)
    end_typeform(t)
    trial("ch4", K, write_csv("ch4_typeform_spalten.csv", t.rows()),
          "one column an option, holding the option or nothing: groups or nothing, no scores", t.E(h, "mean", "csat"),
          lang="de", tool="Typeform", forbid=opts + ["#", "Network ID"])

    t = T("ch5", 46)
    t.seq("Nº")
    opts = ["Loja física", "Aplicativo", "Televendas"]
    a, h = "Onde comprou?", "Nota do atendimento (1 a 5)"
    t.multi(a, opts, " | ", 2)
    t.rate(h, 1, 5)
    trial("ch5", K, write_csv("ch5_onde_comprou.csv", t.rows(), ";", "utf-8-sig"), "choices are joined by |",
          t.E(h, "mean", "csat") + [e for o in opts for e in t.E(h, "mean", seg=(a, o))], lang="pt", tool="hand-made")


def counts_as_ratings():
    K = "counts-as-ratings"

    def few(t, head, lo, hi):
        return t.add(head, [str(v) for v in spread(t.r, t.n, lo, hi, 0.2)])

    t = T("cr1", 56)
    h = "Wie zufrieden sind Sie mit unserer Werkstatt insgesamt? (1-5)"
    t.rate(h, 1, 5)
    bad = ["Wie oft waren Sie in den letzten 12 Monaten bei uns?", "Wartezeit in Minuten", "Anzahl Fahrzeuge im Haushalt",
           "PLZ-Gebiet", "Annahmeplatz Nr."]
    for b, lo, hi in zip(bad, (1, 1, 0, 1, 1), (5, 10, 4, 9, 4)):
        few(t, b, lo, hi)
    trial("cr1", K, write_csv("cr1_werkstatt.csv", t.rows(), ";", "utf-8-sig"), "visits, minutes, cars, postal areas "
          "and desks are no scores", t.E(h, "mean", "csat"), lang="de", tool="hand-made", forbid=bad)

    t = wjx("cr2", 50)
    h = "1、您对本店服务的总体满意度(1-5分)"
    t.rate(h, 1, 5)
    bad = ["2、您家庭人口数", "3、最近一个月到店次数", "4、您所在楼层", "5、年龄段(1=18岁以下,2=18-30,3=31-45,4=46-60,5=60以上)"]
    for b, lo, hi in zip(bad, (1, 1, 1, 1), (6, 5, 8, 5)):
        few(t, b, lo, hi)
    trial("cr2", K, write_csv("cr2_到店.csv", t.rows(), ",", "gb18030"), "people, visits, floors and age groups are no "
          "scores", t.E(h, "mean", "csat"), lang="zh-CN", tool="问卷星", forbid=bad)

    t = gforms("cr3", 48, "fr")
    a, b = "Comment évaluez-vous le service en salle ? (1-5)", "Recommanderiez-vous notre restaurant ? (0-10)"
    t.rate(a, 1, 5).rate(b, 0, 10)
    bad = ["Nombre de personnes à table", "Numéro de table", "Heure d'arrivée (h)", "Nombre de visites cette année"]
    for x, lo, hi in zip(bad, (1, 1, 11, 1), (6, 10, 14, 5)):
        few(t, x, lo, hi)
    trial("cr3", K, write_csv("cr3_restaurant.csv", t.rows()), "persons, tables, hours and visits are no scores",
          t.E(a, "mean", "csat") + t.E(b, "nps"), lang="fr", tool="Google Forms", forbid=bad)

    t = T("cr4", 44)
    h = "Valoración de la estancia (1 a 5)"
    few(t, "Habitación piso", 1, 5)
    few(t, "Noches", 1, 7)
    t.rate(h, 1, 5, skew=0.8)
    few(t, "Hijos que viajan", 0, 3)
    few(t, "Caja nº", 1, 4)
    t.add("Edad", [str(t.r.randint(19, 78)) for _ in range(44)])
    t.add("Mes", [str(1 + i % 10) for i in range(44)])
    trial("cr4", K, write_csv("cr4_hotel.csv", t.rows(), ";", "cp1252"), "floor, nights, children, till, age and month "
          "are no scores", t.E(h, "mean", "csat"), lang="es", tool="hand-made",
          forbid=["Habitación piso", "Noches", "Hijos que viajan", "Caja nº", "Edad", "Mes"])

    t = qualtrics("cr5", 50)
    h = "Overall, how satisfied are you with your last visit?"
    t.rate(h, 1, 7)
    bad = ["How many of our products do you own?", "In which year did you become a customer?",
           "How many minutes did you wait?", "Household size"]
    few(t, bad[0], 1, 7)
    t.add(bad[1], [str(t.r.randint(2009, 2025)) for _ in range(50)])
    few(t, bad[2], 0, 10)
    few(t, bad[3], 1, 5)
    ids = {h: "Q1", **{b: "Q%d" % (i + 2) for i, b in enumerate(bad)}}
    trial("cr5", K, write_qualtrics("cr5_products.csv", t, ids), "products, years, minutes and household size are no "
          "scores", t.E(h, "mean", "csat", names=["Q1"]), lang="en", tool="Qualtrics",
          forbid=bad + ["Duration (in seconds)", "Progress"])


def run():
    aggregated_guess(), aggregated_missed(), binary_csat(), choices(), counts_as_ratings()
