"""Kinds: words-language, words-scale, yes-no-as-nps, clean."""
from kit import *
from tools import *

SATISFIED = {   # worst to best
    "pt": ["Muito insatisfeito", "Insatisfeito", "Neutro", "Satisfeito", "Muito satisfeito"],
    "it": ["Molto insoddisfatto", "Insoddisfatto", "Né soddisfatto né insoddisfatto", "Soddisfatto", "Molto soddisfatto"],
    "nl": ["Zeer ontevreden", "Ontevreden", "Neutraal", "Tevreden", "Zeer tevreden"],
    "pl": ["Bardzo niezadowolony", "Niezadowolony", "Ani zadowolony, ani niezadowolony", "Zadowolony", "Bardzo zadowolony"],
    "ru": ["Совсем не удовлетворён", "Скорее не удовлетворён", "Нейтрально", "Скорее удовлетворён", "Полностью удовлетворён"],
    "ja": ["とても不満", "やや不満", "どちらともいえない", "やや満足", "とても満足"],
    "ko": ["매우 불만족", "불만족", "보통", "만족", "매우 만족"],
    "tr": ["Hiç memnun değilim", "Memnun değilim", "Kararsızım", "Memnunum", "Çok memnunum"],
    "ar": ["غير راض تماما", "غير راض", "محايد", "راض", "راض جدا"],
    "zh-TW": ["非常不滿意", "不滿意", "普通", "滿意", "非常滿意"],
    "es": ["Muy insatisfecho", "Algo insatisfecho", "Neutral", "Algo satisfecho", "Muy satisfecho"],
    "fr": ["Pas du tout satisfait", "Plutôt pas satisfait", "Ni satisfait ni insatisfait", "Plutôt satisfait", "Tout à fait satisfait"],
    "de": ["sehr unzufrieden", "eher unzufrieden", "weder noch", "eher zufrieden", "sehr zufrieden"],
    "zh-CN": ["很不满意", "不太满意", "一般", "比较满意", "很满意"]}
ASK = {"pt": "Qual o seu grau de satisfação com a entrega?", "it": "Quanto è soddisfatto del nostro servizio?",
       "nl": "Hoe tevreden bent u over onze winkel?", "pl": "Jak bardzo jest Pan/Pani zadowolony/a z obsługi?",
       "ru": "Насколько вы удовлетворены обслуживанием?", "ja": "当店のサービスにどの程度満足していますか？",
       "ko": "서비스에 얼마나 만족하십니까?", "tr": "Hizmetimizden ne kadar memnunsunuz?", "ar": "ما مدى رضاك عن خدمتنا؟",
       "zh-TW": "您對我們的服務滿意嗎？", "es": "¿Qué tan satisfecho está con la reparación?", "fr": "Êtes-vous satisfait de la visite ?",
       "de": "Wie zufrieden sind Sie mit dem Einkauf?", "zh-CN": "您对本次就餐是否满意？"}


def words_language():
    for k, lang in enumerate(SATISFIED):
        ident = "wl%d" % (k + 1)
        form = lang in STAMPS and k % 2 == 0
        t = gforms(ident, 46, lang) if form else T(ident, 46).seq("ID")
        q, w = ASK[lang], SATISFIED[lang]
        t.words(q, w, nmiss=3)
        if k % 3 == 1:      # letter case and blanks as people type them
            t.cells[q] = [c.upper() if i % 9 == 4 and lang != "tr" else c + " " if i % 7 == 2 and c else c
                          for i, c in enumerate(t.cells[q])]
        f = write_csv("%s_%s.csv" % (ident, lang), t.rows(), ";" if lang in ("it", "de", "ru", "tr") and not form else ",",
                      "gb18030" if lang == "zh-CN" else "utf-8-sig" if k % 2 else "utf-8")
        trial(ident, "words-language", f, "five words from worst to best are 1 to 5 (known or asked)", t.E(q, "mean", "csat"), lang=lang,
              tool="Google Forms" if form else "hand-made")


def words_scale():
    K = "words-scale"

    def one(ident, lang, tool, name, q, words, want, start=None, save=None, enc="utf-8", sep=","):
        t = start or T(ident, 46).seq("ID")
        t.words(q, words)
        f = save(name, t) if save else write_csv(name, t.rows(), sep, enc)
        trial(ident, K, f, want, t.E(q, "mean", "csat"), lang=lang, tool=tool)

    one("ws1", "de", "hand-made", "ws1_vier_stufen.csv", "Zufriedenheit mit der Pflege",
        ["sehr unzufrieden", "eher unzufrieden", "eher zufrieden", "sehr zufrieden"], "four steps are 1 to 4: no hole in the middle",
        sep=";", enc="cp1252")
    one("ws2", "fr", "Google Forms", "ws2_quatre.csv", "La visite vous a-t-elle plu ?", ["Pas du tout", "Plutôt non", "Plutôt oui",
        "Tout à fait"], "four steps are 1 to 4", start=gforms("ws2", 46, "fr"))
    one("ws3", "zh-CN", "问卷星", "ws3_七级.csv", "1、您是否同意：办理流程很简单", ["非常不同意", "不同意", "有点不同意", "中立", "有点同意",
        "同意", "非常同意"], "seven steps are 1 to 7", start=wjx("ws3", 49), enc="gb18030")
    seven = ["Totalmente en desacuerdo", "En desacuerdo", "Algo en desacuerdo", "Ni de acuerdo ni en desacuerdo", "Algo de acuerdo",
             "De acuerdo", "Totalmente de acuerdo"]
    one("ws4", "es", "hand-made", "ws4_siete.csv", "El trámite fue sencillo", seven, "seven steps are 1 to 7", sep=";")
    one("ws5", "it", "hand-made", "ws5_scarso_ottimo.csv", "Come valuta la mensa?", ["Scarso", "Sufficiente", "Buono", "Ottimo"],
        "four steps are 1 to 4", sep=";")

    def battery(ident, lang, tool, top, items, words, skips, start, save, want):
        t = start
        cols = ["%s [%s]" % (top, i) if tool != "Qualtrics" else "%s - %s" % (top, i) for i in items]
        for c, skip in zip(cols, skips):
            t.words(c, words, skip=skip)
        trial(ident, K, save(t, cols), want, [e for c in cols for e in t.E(c, "mean", "csat")], lang=lang, tool=tool)

    agree = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
    battery("ws6", "en", "Qualtrics", "Please tell us how far you agree", ["The agent listened", "The answer was clear",
            "The matter was settled", "I would call again"], agree, ((1, 2), (5,), (), (1, 5)), qualtrics("ws6", 48),
            lambda t, cols: write_qualtrics("ws6_battery.csv", t, {c: "Q5_%d" % (i + 1) for i, c in enumerate(cols)}),
            "columns of one battery share the five steps, also where one used three of them")
    battery("ws7", "de", "LimeSurvey", "Wie beurteilen Sie", ["die Begrüßung", "die Erklärung", "die Rechnung"],
            ["sehr schlecht", "schlecht", "mittelmäßig", "gut", "sehr gut"], ((1,), (4, 5), ()), lime("ws7", 45, "de"),
            lambda t, cols: write_lime("ws7_batterie.csv", t), "columns of one battery share the five steps")
    battery("ws8", "zh-CN", "Google Forms", "请评价以下环节", ["挂号", "候诊", "缴费", "取药"], ["很差", "较差", "一般", "较好", "很好"],
            ((1, 2), (5,), (), (3,)), gforms("ws8", 48, "zh"), lambda t, cols: write_csv("ws8_就诊环节.csv", t.rows()),
            "columns of one grid share the five steps")
    battery("ws9", "fr", "Google Forms", "Êtes-vous d'accord ?", ["Le guide était clair", "Le prix était juste", "Je reviendrai"],
            ["Pas du tout d'accord", "Pas d'accord", "Ni d'accord ni pas d'accord", "D'accord", "Tout à fait d'accord"],
            ((1,), (), (2, 3)), gforms("ws9", 45, "fr"), lambda t, cols: write_csv("ws9_accord.csv", t.rows()),
            "columns of one grid share the five steps; 'D'accord' is not 'Pas d'accord'")


def yes_no():
    K = "yes-no-as-nps"

    def one(ident, lang, tool, name, q, y, n, want, start=None, enc="utf-8", sep=",", **more):
        t = start or T(ident, 50).seq("ID")
        t.binary(q, y, n, 0.76)
        trial(ident, K, write_csv(name, t.rows(), sep, enc), want + ": the share of yes, never an NPS", t.E(q, "csat"), lang=lang, tool=tool,
              note="an NPS for this column is wrong", **more)

    one("yn1", "de", "hand-made", "yn1_weiterempfehlen.csv", "Würden Sie unsere Klinik weiterempfehlen?", "1", "0", "1 and 0", sep=";")
    one("yn2", "fr", "Google Forms", "yn2_recommander.csv", "Recommanderiez-vous ce médecin à un proche ?", "Oui", "Non", "Oui and Non",
        start=gforms("yn2", 48, "fr"))
    one("yn3", "zh-CN", "问卷星", "yn3_推荐.csv", "1、您会向朋友推荐我们吗？", "会", "不会", "会 and 不会", start=wjx("yn3", 50), enc="gb18030")
    one("yn4", "es", "hand-made", "yn4_recomendaria.csv", "¿Nos recomendaría? (1 = sí, 2 = no)", "1", "2", "1 is yes, 2 is no", sep=";")
    one("yn5", "en", "hand-made", "yn5_recommend_y_n.csv", "Recommend?", "Y", "N", "Y and N")
    one("yn6", "ru", "hand-made", "yn6_рекомендация.csv", "Порекомендуете ли вы нас друзьям?", "Да", "Нет", "Да and Нет", enc="utf-8-sig",
        sep=";")


def clean():
    K = "clean"
    want = "a plain export: nothing is asked, every figure right"

    def done(ident, f, exp, lang, tool, **more):
        trial(ident, K, f, want, exp, lang=lang, tool=tool, **more)

    five = ["Extremely dissatisfied", "Somewhat dissatisfied", "Neither satisfied nor dissatisfied", "Somewhat satisfied",
            "Extremely satisfied"]
    t = qualtrics("cl1", 50)
    a, b = "How satisfied are you with our mobile app?", "How likely is it that you would recommend us to a friend or colleague?"
    t.words(a, five).add(b + " - Group", [""] * 50).rate(b, 0, 10)
    t.cells[b + " - Group"] = ["Promoter" if v >= 9 else "Passive" if v >= 7 else "Detractor" for v in t.vals[b]]
    done("cl1", write_qualtrics("cl1_qualtrics.csv", t, {a: "Q1", b + " - Group": "Q2_NPS_GROUP", b: "Q2"}),
         t.E(a, "mean", "csat", names=["Q1"]) + t.E(b, "nps", names=["Q2"]), "en", "Qualtrics")
    t = qualtrics("cl2", 44, "ZH-S")
    a, b = "请为我们的客服打分（1=很差，5=很好）", "您有多大可能推荐我们？（0-10）"
    t.rate(a, 1, 5).rate(b, 0, 10)
    done("cl2", write_qualtrics("cl2_qualtrics_中文.csv", t, {a: "Q1", b: "Q2"}), t.E(a, "mean", "csat", names=["Q1"]) + t.E(b, "nps", names=["Q2"]),
         "zh-CN", "Qualtrics")
    t = legacy("cl3", 42)
    a = "Wie zufrieden sind Sie mit unserem Service? (1 = sehr unzufrieden, 5 = sehr zufrieden)"
    t.rate(a, 1, 5, nmiss=3)
    done("cl3", write_legacy("cl3_legacy.csv", t, {a: "Q1"}), t.E(a, "mean", "csat", names=["Q1"]), "de", "Qualtrics legacy")
    t = monkey("cl4", 48)
    a, top, names = "How likely are you to recommend us? (0-10)", "Please rate the following (1 = poor, 5 = excellent)", ["Staff", "Price", "Range"]
    t.rate(a, 0, 10)
    for n in names:
        t.rate("%s - %s" % (top, n), 1, 5)
    done("cl4", write_monkey("cl4_surveymonkey.csv", t, matrix(top, names)), t.E(a, "nps") + [e for n in names for e in t.E(
        "%s - %s" % (top, n), "mean", "csat", names=[n])], "en", "SurveyMonkey")
    t = monkey("cl5", 44)
    a = "Dans l'ensemble, êtes-vous satisfait de notre hôtel ?"
    t.words(a, ["Très insatisfait", "Insatisfait", "Ni satisfait ni insatisfait", "Satisfait", "Très satisfait"])
    done("cl5", write_monkey("cl5_surveymonkey_fr.csv", t, {}, "Réponse"), t.E(a, "mean", "csat"), "fr", "SurveyMonkey")
    t = lime("cl6", 46, "de")
    a, b = "Wie zufrieden sind Sie mit der Reparatur? (1-5)", "Wie wahrscheinlich ist es, dass Sie uns empfehlen? (0-10)"
    t.rate(a, 1, 5).rate(b, 0, 10)
    done("cl6", write_lime("cl6_limesurvey.csv", t), t.E(a, "mean", "csat") + t.E(b, "nps"), "de", "LimeSurvey")
    t = lime("cl7", 44, "es", token=False)
    a = "Valore la limpieza del centro [de 1 a 5]"
    t.rate(a, 1, 5)
    done("cl7", write_lime("cl7_limesurvey_es.csv", t, ","), t.E(a, "mean", "csat"), "es", "LimeSurvey")
    for ident, lang, qs, grid in (
            ("cl8", "us", ["How would you rate the workshop? (1-5)", "How likely are you to recommend it? (0-10)"], None),
            ("cl9", "de", ["Wie hat Ihnen die Führung gefallen? (1-5)", "Würden Sie die Führung weiterempfehlen? (0-10)"], None),
            ("cl10", "zh", ["您对培训讲师的评分（1-5分）", "您有多大可能推荐本课程？（0-10分）"], None),
            ("cl11", "ja", ["セミナーの満足度（1-5）", "友人に薦める可能性（0-10）"], None),
            ("cl12", "pt", ["Como avalia o evento? (1-5)", "Qual a probabilidade de nos recomendar? (0-10)"], None),
            ("cl25", "ru", ["Как вы оцениваете мастер-класс? (1-5)", "Какова вероятность, что вы порекомендуете нас? (0-10)"], None),
            ("cl26", "tr", ["Eğitimi nasıl değerlendirirsiniz? (1-5)", "Bizi önerme olasılığınız nedir? (0-10)"], None),
            ("cl13", "zh-TW", ["您對活動的整體評價（1-5分）", "您有多大可能推薦我們？（0-10分）"], None)):
        t = gforms(ident, 46, lang)
        t.rate(qs[0], 1, 5, nmiss=2).rate(qs[1], 0, 10)
        done(ident, write_csv("%s_googleforms_%s.csv" % (ident, lang), t.rows()), t.E(qs[0], "mean", "csat") + t.E(qs[1], "nps"),
             {"us": "en", "zh": "zh-CN"}.get(lang, lang), "Google Forms")
    t = gforms("cl14", 45, "pl")
    cols = ["Oceń od 1 (bardzo źle) do 5 (bardzo dobrze) [%s]" % x for x in ("Lokalizacja", "Obsługa", "Cena")]
    for c in cols:
        t.rate(c, 1, 5)
    done("cl14", write_csv("cl14_googleforms_pl.csv", t.rows()), [e for c in cols for e in t.E(c, "mean", "csat")], "pl", "Google Forms")
    people = [("Rosamund Tillingford", "rosamund.tillingford@example.com"), ("Anatole Beauchesne", "anatole.beauchesne@example.com"),
              ("Perpetua Wildgoose", "perpetua.wildgoose@example.com")]
    for ident, lang, q, who in (("cl15", "en", "How satisfied are you with the new canteen? (1-5)", None),
                                ("cl16", "fr", "Quelle note donnez-vous à la formation ? (1-5)", people),
                                ("cl17", "ko", "교육에 얼마나 만족하십니까? (1-5)", None)):
        t = msforms(ident, 40, lang, who)
        t.rate(q, 1, 5, int)
        more = {"secret": [x for p in people for x in p]} if who else {}
        done(ident, write_msforms("%s_msforms_%s.xlsx" % (ident, lang), t), t.E(q, "mean", "csat"), lang, "Microsoft Forms", **more)
    for ident, lang, a, b in (("cl18", "en", "How was your stay? (1 = terrible, 5 = wonderful)", "How likely are you to recommend us? (0-10)"),
                              ("cl19", "it", "Come valuta il soggiorno? (1 = pessimo, 5 = ottimo)", "Ci consiglierebbe a un amico? (0-10)")):
        t = typeform(ident, 44)
        t.rate(a, 1, 5).rate(b, 0, 10)
        done(ident, write_csv("%s_typeform_%s.csv" % (ident, lang), end_typeform(t).rows()), t.E(a, "mean", "csat") + t.E(b, "nps"), lang, "Typeform")
    for ident, ext in (("cl20", "xlsx"), ("cl21", "csv")):
        t = wjx(ident, 50)
        a, b = "1、您对本次服务的总体满意度(1-5分)", "2、您向亲友推荐我们的可能性(0-10分)"
        t.rate(a, 1, 5).rate(b, 0, 10)
        f = "%s_问卷星.%s" % (ident, ext)
        f = write_xlsx(f, num_rows(t.rows())) if ext == "xlsx" else write_csv(f, t.rows(), ",", "gb18030")
        done(ident, f, t.E(a, "mean", "csat") + t.E(b, "nps"), "zh-CN", "问卷星")
    t = T("cl22", 300)
    a, b = "Overall satisfaction with the branch (1-5)", "Likelihood to recommend (0-10)"
    t.pick("Region", ["North", "South", "West"]).rate(a, 1, 5, int, nmiss=11).rate(b, 0, 10, int)
    done("cl22", write_xlsx("cl22_regions.xlsx", t.rows(), "Responses"), t.E(a, "mean", "csat") + t.E(b, "nps") + [
        e for s in ("North", "South", "West") for e in t.E(a, "mean", seg=("Region", s)) + t.E(b, "nps", seg=("Region", s))],
        "en", "hand-made Excel")
    t = T("cl23", 60)
    a = "Zufriedenheit mit der Werkstatt (1 = sehr unzufrieden, 5 = sehr zufrieden)"
    t.pick("Standort", ["Erfurt", "Jena"]).rate(a, 1, 5, int)
    done("cl23", write_xlsx("cl23_werkstatt.xlsx", t.rows(), "Tabelle1", inline=True), t.E(a, "mean", "csat") + [
        e for s in ("Erfurt", "Jena") for e in t.E(a, "mean", seg=("Standort", s))], "de", "hand-made Excel")
    t = T("cl24", 56)
    a, b = "Tevredenheid over de bezorging (1-5)", "Hoe waarschijnlijk is het dat u ons aanbeveelt? (0-10)"
    t.seq("Nr.").rate(a, 1, 5).rate(b, 0, 10)
    done("cl24", write_csv("cl24_bezorging.csv", t.rows(), ";"), t.E(a, "mean", "csat") + t.E(b, "nps"), "nl", "hand-made")


def run():
    words_language(), words_scale(), yes_no(), clean()
