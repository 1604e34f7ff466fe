"""Kinds: privacy, refusal-words, same-answers-twice, scale-ends, several-tables."""
import json, struct
from kit import *
from tools import *


def privacy():
    K = "privacy"

    def one(ident, lang, tool, name, q, extra, want, n=40, enc="utf-8", sep=",", start=None, low=1, high=5, seg=None,
            hidden=(), save=None):
        """extra: header -> texts that must not be kept (repeated over the rows)."""
        t = start or T(ident, n)
        if seg:
            t.pick(*seg)
        t.rate(q, low, high)
        secret = list(hidden)
        for head, texts in extra.items():
            t.add(head, [texts[(i * 7 + i // len(texts)) % len(texts)] for i in range(t.n)])
            secret += [x for x in texts if x]
        f = save(name, t) if save else write_csv(name, t.rows(), sep, enc)
        exp = t.E(q, "mean", "csat") if high == 5 else t.E(q, "nps")
        if seg:
            exp += [e for v in seg[1] for e in t.E(q, "mean", seg=(seg[0], v))]
        trial(ident, K, f, want, exp, lang=lang, tool=tool, forbid=list(extra), secret=secret)

    one("pr1", "de", "hand-made", "pr1_berater.csv", "Wie zufrieden waren Sie mit der Beratung? (1-5)",
        {"Ihr Berater": ["Wiebke Sandvoss", "Ortwin Kallmeyer", "Gesine Trautvetter", "Falko Dünnebier", "Almut Rehbinder"]},
        "names of staff are no groups, although each has 40 answers; the branch is one", 200, "utf-8-sig", ";",
        seg=("Filiale", ["Lübeck", "Rostock"]))
    one("pr2", "fr", "hand-made", "pr2_clients.csv", "Note de l'intervention (1-5)",
        {"Nom du client": ["Hortense Brisemure", "Gaspard Lenfumé", "Solange Pétrichor", "Amaury Vaudebois"],
         "Téléphone": ["01 99 00 41 27", "02 61 91 88 03", "03 53 01 77 64"],
         "Commentaire": ["Rappelez-moi après dix-huit heures", "Le technicien Ludovic Ferrandier est parti trop tôt", "", "Parfait, comme toujours chez vous"]},
        "names, telephone numbers and comments are not kept", 24, "cp1252", ";")
    one("pr3", "zh-CN", "商城后台", "pr3_配送.csv", "配送满意度(1-5分)",
        {"接待员工": ["欧阳槐序", "司徒望舒", "慕容商羽"], "联系电话": ["19900000417", "19900000528", "19900000639", "19900000740"],
         "收货地址": ["云梦市清溪路388号6幢702室", "栖霞镇望江巷15号", "云梦市松风里9号楼1单元"],
         "备注": ["请打电话给欧阳槐序", "包装破损要求退款", ""]},
        "staff, telephone, address and remarks are not kept", 45, "gb18030")
    one("pr4", "ja", "hand-made", "pr4_来店.csv", "ご来店の満足度（1-5）",
        {"担当者": ["九条綾芽", "鷹司蓮太郎", "伊集院千早"], "ご住所": ["架空県月見市星川町4-17-2", "架空県月見市鈴音台8-3"],
         "ご意見": ["九条さんの説明が丁寧でした", "駐車場が狭いと感じました", ""]},
        "staff, address and opinions are not kept", 36, "utf-8-sig")
    one("pr5", "es", "centralita", "pr5_llamadas.csv", "Valoración de la llamada (1-5)",
        {"Nombre del agente": ["Fermina Arizmendi", "Leopoldo Carrascal", "Nieves Urdangarín"],
         "Dirección": ["Calle del Alhelí 43, 2º B", "Avenida de los Tejos 118"],
         "Observaciones": ["Pide hablar con Fermina Arizmendi", "Que no le llamen por la mañana", ""]},
        "agents, addresses and remarks are not kept", 42, "utf-8", ";")
    one("pr6", "ru", "hand-made", "pr6_сотрудники.csv", "Оценка обслуживания (1-5)",
        {"ФИО сотрудника": ["Златогорова Евлампия Саввична", "Перепёлкин Аристарх Фомич", "Незабудкина Устинья"],
         "Телефон клиента": ["+7 900 000-41-17", "+7 900 000-52-28"], "Пожелания": ["Позвоните мне вечером на дачу", ""]},
        "staff, telephones and wishes are not kept", 36, "utf-8-sig", ";")
    one("pr7", "ar", "Google Forms", "pr7_فرع.csv", "ما مدى رضاك عن الخدمة؟ (1-5)",
        {"اسم الموظف": ["غيداء السنديان", "رامح القطوف"], "رقم الجوال": ["0500000417", "0500000528"],
         "ملاحظات": ["أرجو الاتصال بي بعد العصر", ""]},
        "staff, mobile numbers and remarks are not kept", start=gforms("pr7", 34, "ar"))
    one("pr8", "tr", "hand-made", "pr8_servis.csv", "Servisten ne kadar memnunsunuz? (1-5)",
        {"Görüşülen personel": ["Çiğdem Kırlangıç", "Oğuzhan Değirmenci"], "Adres": ["Leylak Sokağı No: 47 Daire 3", "Ihlamur Caddesi 112"],
         "Eklemek istedikleriniz": ["Oğuzhan Bey çok ilgiliydi", ""]}, "staff, addresses and remarks are not kept", 36, "utf-8-sig", ";")
    one("pr9", "ko", "hand-made", "pr9_상담.csv", "상담 만족도 (1-5)",
        {"상담원": ["독고은하", "제갈바다", "남궁새벽"], "고객 연락처": ["010-0000-4172", "010-0000-5283"],
         "의견": ["남궁새벽 상담원님 감사합니다", ""]}, "staff, telephones and opinions are not kept", 36, "utf-8-sig")
    one("pr10", "en", "hand-made", "pr10_served_by.csv", "How likely are you to recommend us? (0-10)",
        {"Served by": ["Thaddeus Wrenfield", "Philippa Oakhollow", "Jocasta Merriweather", "Barnaby Quillfeather"],
         "Anything else?": ["Write to p.oakhollow@example.org please", "Call 01632 960471 after six", "Nothing more from my side", ""]},
        "staff, mails and telephones inside remarks are not kept, although nothing in the header says 'name'", 44,
        low=0, high=10, seg=("Site", ["Leeds", "York"]))
    people = [("Quentin Harebell", "quentin.harebell@example.com"), ("Ottoline Fairbrass", "o.fairbrass@example.com"),
              ("Lysander Cobbold", "lysander@example.net")]
    one("pr11", "en", "Microsoft Forms", "pr11_named_forms.xlsx", "How satisfied are you with IT support? (1-5)",
        {"What should we improve?": ["Ask Ottoline Fairbrass about the printer", "Faster laptops", ""]},
        "Email, Name and comments are not kept", start=msforms("pr11", 36, people=people),
        hidden=[x for p in people for x in p], save=write_msforms)


def cfb(streams):
    """The smallest compound file with these empty streams."""
    def entry(name, kind, child=0xFFFFFFFF, left=0xFFFFFFFF, right=0xFFFFFFFF):
        raw = (name + "\0").encode("utf-16-le")
        return raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, left, right, child) + bytes(36) + \
            struct.pack("<IQ", 0xFFFFFFFE, 0)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head += b"\xff" * (512 - len(head))
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    tree = entry("Root Entry", 5, 1) + entry(streams[0], 2, right=2) + entry(streams[1], 2) + bytes(128)
    return head + fat + tree


def refusal_words():
    K = "refusal-words"
    no = lambda ident, f, want, lang="", **m: trial(ident, K, f, want, lang=lang, refused=True, **m)
    t = T("rf", 30)
    a = "Wie zufrieden sind Sie mit der App? (1-5)"
    t.seq("Nr").rate(a, 1, 5)
    exp = t.E(a, "mean", "csat")
    data = [{"id": i + 1, "answers": {"satisfaction": t.vals[a][i]}} for i in range(30)]
    no("rf1", put("rf1_responses.json", json.dumps({"responses": data}, indent=1).encode()), "a JSON file: export as CSV or XLSX")
    no("rf2", put("rf2_befragung.sav", b"$FL2@(#) SPSS DATA FILE MS Windows 27.0.0".ljust(64) + struct.pack("<iiiii", 2, 3, 1, 0, 30)
       + struct.pack("<d", 100.0) + b"02 Mar 2609:14:20" + bytes(range(256)) * 3), "an SPSS file (.sav): save as CSV or XLSX there", "de")
    no("rf3", put("rf3_enquete.dta", b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>\x02\x00</K><N>\x1e"
       + bytes(7) + b"</N>" + bytes(range(256)) * 2 + b"</stata_dta>"), "a Stata file (.dta): export as CSV or XLSX there", "fr")
    whole = xlsx_bytes([("Antworten", num_rows(t.rows()), {})])
    no("rf4", put("rf4_halbes_paket.xlsx", whole[:len(whole) * 6 // 10]), "the file is damaged or cut off: load it down again", "de")

    u = T("rf5", 32)
    b = "您对本次服务的满意度(1-5分)"
    u.seq("序号").rate(b, 1, 5)
    cells = "".join("<tr>%s</tr>" % "".join("<td>%s</td>" % c for c in r) for r in u.rows())
    trial("rf5", K, put("rf5_网页.xls", ("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head><meta charset=\"utf-8\">"
          "</head><body><table border=1>%s</table></body></html>" % cells).encode()), "a web page named .xls: read, or refused with "
          "the reason (open it in a spreadsheet program, save as .xlsx)", u.E(b, "mean", "csat"), lang="zh-CN",
          tool="system export", may_refuse=True)

    v = T("rf6", 34)
    c = "Note du service après-vente (1 à 5)"
    v.seq("N°").rate(c, 1, 5)
    kind = lambda x: "Number" if x.isdigit() else "String"
    rows = "".join("<Row>%s</Row>" % "".join('<Cell><Data ss:Type="%s">%s</Data></Cell>' % (kind(x), escape(x)) for x in r)
                   for r in v.rows())
    trial("rf6", K, put("rf6_xml2003.xls", ('<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
          '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
          '<Worksheet ss:Name="Avis"><Table>%s</Table></Worksheet></Workbook>' % rows).encode()), "an XML spreadsheet of 2003 named "
          ".xls: read, or refused with the reason (save as .xlsx)", v.E(c, "mean", "csat"), lang="fr", tool="system export",
          may_refuse=True)
    one, two = text_csv(t.rows()).encode("utf-8-sig"), text_csv(v.rows()).encode("utf-8")
    trial("rf7", K, put("rf7_download.zip", zip_bytes([("App-Umfrage_2. M\u00e4rz 2026_09.14.csv", one)])), "a zip with one CSV: read, or "
          "refused with the reason (unpack it)", exp, lang="de", tool="Qualtrics download", may_refuse=True)
    no("rf8", put("rf8_two_files.zip", zip_bytes([("app.csv", one), ("sav.csv", two)])), "a zip with two tables (app.csv, sav.csv): "
       "unpack it and choose one; never one of them in silence", "en")
    no("rf9", put("rf9_vacio.csv", b""), "the file is empty", "es")
    no("rf10", write_csv("rf10_nur_kopf.csv", [["Zeitstempel", a, "Kommentar"]], ";", "utf-8-sig"), "there are headers but no answers", "de")
    no("rf11", put("rf11_informe.csv", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages"
       b"/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), "a PDF, whatever its name says", "es")
    doc = [("[Content_Types].xml", b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            b'<Default Extension="xml" ContentType="application/xml"/></Types>'),
           ("word/document.xml", b'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            b'<w:body><w:p><w:r><w:t>Bericht</w:t></w:r></w:p></w:body></w:document>')]
    no("rf12", put("rf12_bericht.xlsx", zip_bytes(doc)), "not a workbook (a text document named .xlsx)", "de")
    no("rf13", put("rf13_passwort.xlsx", cfb(["EncryptionInfo", "EncryptedPackage"])), "protected by a password: open it, save it "
       "without one", "de")


def same_answers_twice():
    K = "same-answers-twice"
    three = [(2026, 1), (2026, 2), (2026, 3)]

    def cumulative(ident, t, q, names, date, save, lang, tool, want):
        m = "nps" if t.scale[q][1] == 10 else "mean"
        exp = [e for w in sorted(set(t.waves)) for e in t.E(q, m, wave=w)]
        short = [r for i, r in enumerate(t.rows()[1:]) if t.waves[i] != "2026-03"]
        files = [save(names[0], t, [t.rows()[0]] + short), save(names[1], t, t.rows())]
        trial(ident, K, files, want, exp, [["--date-column", date, "--wave", "month"], []], lang=lang, tool=tool)

    t = lime("sa1", 60, "de", months=three)
    q = "Wie zufrieden sind Sie mit dem Kundenportal? (1-5)"
    t.rate(q, 1, 5)
    cumulative("sa1", t, q, ["sa1_bis_februar.csv", "sa1_bis_maerz.csv"], "submitdate",
               lambda f, t, rows: write_csv(f, rows, ";", "utf-8-sig", "all", "\n"), "de", "LimeSurvey",
               "the second export holds the first again (same ids): 20 answers a month, never 40")
    t = gforms("sa2", 60, "fr", months=three)
    q = "Recommanderiez-vous notre boutique ? (0-10)"
    t.rate(q, 0, 10)
    t.rate("Note de l'accueil (1-5)", 1, 5)
    cumulative("sa2", t, q, ["sa2_fin_fevrier.csv", "sa2_fin_mars.csv"], "Horodateur", lambda f, t, rows: write_csv(f, rows),
               "fr", "Google Forms", "no ids, but the same times to the second with the same answers: 20 answers a month, never 40")

    def inside(ident, t, qs, dup, f, want, lang, tool, enc="utf-8", sep=",", **more):
        rows = t.rows()
        again = [rows[1 + i] for i in dup]
        trial(ident, K, write_csv(f, rows + again, sep, enc), want, [e for q in qs for e in t.E(q, "mean", "csat")],
              lang=lang, tool=tool, **more)

    t = wjx("sa3", 40)
    q = "1、您对本次活动的满意度(1-5分)"
    t.rate(q, 1, 5)
    inside("sa3", t, [q], [2, 5, 9, 14, 20, 27, 33, 38], "sa3_重复序号.csv", "8 rows stand twice with the same 序号: told, counted once",
           "zh-CN", "问卷星", "gb18030")
    t = T("sa4", 42)
    t.dates("Fecha y hora", lambda d: d.strftime("%Y-%m-%d %H:%M:%S"))
    q = "Valoración del curso (1-5)"
    t.rate(q, 1, 5)
    t.add("Sede", [t.r.choice(["Lugo", "Vigo"]) for _ in range(42)])
    inside("sa4", t, [q], range(10, 20), "sa4_filas_repetidas.csv", "10 whole rows, time to the second included, stand twice and there "
           "are no ids: told or asked; likeliest counted once", "es", "hand-made", sep=";", asks=True)

    t = qualtrics("sa5", 44)
    q = "How satisfied are you with the renewal process?"
    t.rate(q, 1, 5)
    files = [write_qualtrics(f, t, {q: "Q2"}) for f in ("sa5_export.csv", "sa5_export (1).csv")]
    trial("sa5", K, files, "the same export under another name: nothing is added, and it is told", t.E(q, "mean", "csat", names=["Q2"]),
          lang="en", tool="Qualtrics")

    # what is NOT the same answers
    t, u = T("sa6", 30), T("sa6b", 30)
    q = "Zufriedenheit mit der Kantine (1-5)"
    for x, m in ((t, 1), (u, 2)):
        x.seq("Nr.").dates("Datum", lambda d: d.strftime("%d.%m.%Y"), months=[(2026, m)])
        x.rate(q, 1, 5, skew=1.5 if m == 1 else 0.3)
    files = [write_csv("sa6_januar.csv", t.rows(), ";"), write_csv("sa6_februar.csv", u.rows(), ";")]
    trial("sa6", K, files, "numbers start again each month, dates and answers differ: nobody is dropped (30 and 30); asking is fine",
          t.E(q, "mean", wave="2026-01") + u.E(q, "mean", wave="2026-02"),
          [["--date-column", "Datum", "--wave", "month"], []], lang="de", tool="hand-made", note="the trap is a false alarm")
    t = T("sa7", 60)
    qs = ["Friendliness (1-5)", "Cleanliness (1-5)"]
    t.rate(qs[0], 1, 5, skew=3).rate(qs[1], 1, 5, skew=3)
    trial("sa7", K, write_csv("sa7_same_looking.csv", t.rows()), "many rows look the same because there are but two ratings: 60 people, "
          "n stays 60", [e for q in qs for e in t.E(q, "mean", "csat")], lang="en", tool="hand-made", note="the trap is a false alarm")


def scale_ends():
    K = "scale-ends"
    t = T("se1", 44)
    a, b = "Bewerten Sie die Wartezeit von 1 (schlecht) bis 4 (gut)", "Bewerten Sie die Ausstattung (1-7)"
    t.seq("Nr.").rate(a, 1, 4, skip=(1,)).rate(b, 1, 7, skip=(1, 7))
    trial("se1", K, write_csv("se1_von_bis.csv", t.rows(), ";", "cp1252"), "the header states 1-4 and 1-7, ends unused",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="de", tool="hand-made")
    t = gforms("se2", 46, "fr")
    a = "Sur une échelle de 1 à 10, notez votre conseiller"
    t.rate(a, 1, 10, skip=(1, 2, 3))
    trial("se2", K, write_csv("se2_un_a_dix.csv", t.rows()), "1-10 by the header: top boxes are 9 and 10; not an NPS",
          t.E(a, "mean", "csat"), lang="fr", tool="Google Forms")
    t = wjx("se3", 45)
    a = "1、您对产品质量的评价（1=非常不满意，7=非常满意）"
    t.rate(a, 1, 7, skip=(7,))
    trial("se3", K, write_csv("se3_七分制.csv", t.rows(), ",", "gb18030"), "1-7 by the legend, nobody gave 7: top boxes 6 and 7",
          t.E(a, "mean", "csat"), lang="zh-CN", tool="问卷星")
    names = ["Arrival", "Parking", "Signs", "Shop", "Toilets"]
    top = "Please rate each of the following"
    t = monkey("se4", 48)
    qs = ["%s - %s" % (top, n) for n in names]
    for q, skip in zip(qs, ((), (1, 5), (), (4, 5), ())):
        t.rate(q, 1, 5, skip=skip)
    trial("se4", K, write_monkey("se4_siblings.csv", t, matrix(top, names)), "columns of one grid share the scale 1-5, also where one "
          "used 2-4 or 1-3 only", [e for q, n in zip(qs, names) for e in t.E(q, "mean", "csat", names=[n])], lang="en",
          tool="SurveyMonkey")
    t = typeform("se5", 50)
    a = "De 0 a 10, quanto recomendaria a nossa clínica?"
    t.rate(a, 0, 10, skip=(0, 1, 2))
    trial("se5", K, write_csv("se5_sem_zero.csv", end_typeform(t).rows()), "0-10 by the question although nobody gave 0-2: NPS",
          t.E(a, "nps", "mean"), lang="pt", tool="Typeform")
    t = T("se6", 42)
    a, b = "接客の評価（5点満点）", "品揃えの評価（10点満点）"
    t.seq("番号").rate(a, 1, 5, skip=(1, 5)).rate(b, 1, 10, skip=(1, 2, 10))
    trial("se6", K, write_csv("se6_満点.csv", t.rows(), ",", "utf-8-sig"), "5点満点 is out of 5, 10点満点 out of 10",
          t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="ja", tool="hand-made")
    t = lime("se7", 44, "nl")
    a = "Beoordeel de website op een schaal van 1 (slecht) tot 6 (uitstekend)"
    t.rate(a, 1, 6, skip=(6,))
    trial("se7", K, write_lime("se7_schaal.csv", t), "1-6 by the header, nobody gave 6", t.E(a, "mean", "csat"), lang="nl",
          tool="LimeSurvey")


def several_tables():
    K = "several-tables"
    t = T("st1", 40)
    a, b = "Accueil (1-5)", "Attente (1-5)"
    t.seq("N°").rate(a, 1, 5).rate(b, 1, 5, skew=0.4)
    low = [["Magasin", "Nombre de visites", "Objectif"], ["Nantes", "5", "4"], ["Angers", "3", "5"], ["Laval", "2", "3"]]
    trial("st1", K, write_csv("st1_deux_tableaux.csv", t.rows() + [[], []] + low, ";", "utf-8-sig"), "a second table stands below: its "
          "figures are no answers of the first", t.E(a, "mean", "csat") + t.E(b, "mean", "csat"), lang="fr", tool="hand-made",
          forbid=["Nombre de visites", "Objectif", "Nantes"])
    t = T("st2", 36)
    a = "Zufriedenheit Montage (1-5)"
    t.seq("Nr.", int).rate(a, 1, 5, int)
    rows = [r + ["", ""] for r in t.rows()]
    side = [["Note", "Anzahl"]] + [[v, t.vals[a].count(v)] for v in range(5, 0, -1)] + [["Summe", 36]]
    for i, s in enumerate(side):
        rows[i] = rows[i][:2] + ["", ""] + s
    trial("st2", K, write_xlsx("st2_nebentabelle.xlsx", rows, "Auswertung"), "a table of counts stands beside the answers: told or left out",
          t.E(a, "mean", "csat"), lang="de", tool="hand-made Excel", forbid=["Note", "Anzahl", "Summe"])
    t, u = T("st3", 30), T("st3b", 30)
    a, b = "环境满意度(1-5分)", "价格满意度(1-5分)"
    for x in (t, u):
        x.seq("编号", str, 1 if x is t else 31).rate(a, 1, 5).rate(b, 1, 5, skew=0.4)
    exp = []
    for q in (a, b):
        v = t.vals[q] + u.vals[q]
        exp += [expect(q, "mean", mean(v), 60), expect(q, "csat", csat(v, 1, 5), 60)]
    trial("st3", K, write_csv("st3_粘贴两次.csv", t.rows() + u.rows(), ",", "gb18030"), "the header stands again in the middle, the same "
          "columns go on: 60 answers, the header is none", exp, lang="zh-CN", tool="hand-made")
    t = T("st4", 38)
    a = "Q1"
    t.seq("RespID", int).rate(a, 1, 5, int)
    book = [["Variable", "Label", "Values"], ["RespID", "Respondent number", ""],
            ["Q1", "Satisfaction with the hotline", "1 = very dissatisfied … 5 = very satisfied"]]
    trial("st4", K, write_book("st4_codebook_first.xlsx", [("Codebook", book, {}), ("Data", t.rows(), {})]), "the first sheet is a list of "
          "variables; the answers are on the second (chosen, or asked)", t.E(a, "mean", "csat", names=["Satisfaction with the hotline"]),
          lang="en", tool="hand-made Excel", forbid=["Variable", "Label", "Values"])
    t, u = T("st5", 32), T("st5b", 20)
    a, b = "Nota de la visita (1-5)", "Nota del envío (1-10)"
    t.seq("Nº", int).rate(a, 1, 5, int)
    u.seq("Nº", int).rate(b, 1, 10, int)
    trial("st5", K, write_xlsx("st5_dos_notas.xlsx", t.rows() + [[""], ["Segunda encuesta"]] + u.rows(), "Hoja1"), "below stands another "
          "survey with 1-10 in the same column: never mixed with 1-5", t.E(a, "mean", "csat"), lang="es", tool="hand-made Excel",
          forbid=["Segunda encuesta"])


def run():
    privacy(), refusal_words(), same_answers_twice(), scale_ends(), several_tables()
