"""The forms in which known survey tools write their exports. All data invented."""
import json
from kit import T, write_csv, write_xlsx

# ---------------------------------------------------------------- Qualtrics
Q_HEAD = [("StartDate", "Start Date", "startDate"), ("EndDate", "End Date", "endDate"),
          ("Status", "Response Type", "status"), ("IPAddress", "IP Address", "ipAddress"),
          ("Progress", "Progress", "progress"), ("Duration (in seconds)", "Duration (in seconds)", "duration"),
          ("Finished", "Finished", "finished"), ("RecordedDate", "Recorded Date", "recordedDate"),
          ("ResponseId", "Response ID", "_recordId"),
          ("RecipientLastName", "Recipient Last Name", "recipientLastName"),
          ("RecipientFirstName", "Recipient First Name", "recipientFirstName"),
          ("RecipientEmail", "Recipient Email", "recipientEmail"),
          ("ExternalReference", "External Data Reference", "externalDataReference"),
          ("LocationLatitude", "Location Latitude", "locationLatitude"),
          ("LocationLongitude", "Location Longitude", "locationLongitude"),
          ("DistributionChannel", "Distribution Channel", "distributionChannel"),
          ("UserLanguage", "User Language", "userLanguage")]


def letters(r, k):
    return "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789") for _ in range(k))


def qualtrics(ident, n, lang="EN", status=None, channel=None, finished=None, months=None):
    t = T(ident, n)
    r = t.r
    iso = "%Y-%m-%d %H:%M:%S"
    t.dates("Start Date", lambda d: d.strftime(iso), months=months)
    ip = ["192.0.2.%d" % r.randint(1, 250) for _ in range(n)]
    lengths = [r.randint(45, 900) for _ in range(n)]
    fill = {"End Date": [d.strftime(iso) for d in t.when],
            "Response Type": status or ["IP Address"] * n, "IP Address": ip,
            "Progress": ["100"] * n, "Duration (in seconds)": [str(x) for x in lengths],
            "Finished": finished or ["True"] * n, "Recorded Date": [d.strftime(iso) for d in t.when],
            "Response ID": ["R_" + letters(r, 15) for _ in range(n)],
            "Distribution Channel": channel or ["anonymous"] * n, "User Language": [lang] * n,
            "Location Latitude": ["%.4f" % r.uniform(47, 53) for _ in range(n)],
            "Location Longitude": ["%.4f" % r.uniform(6, 13) for _ in range(n)]}
    for code, text, _ in Q_HEAD[1:]:
        t.add(text, fill.get(text, [""] * n))
    return t


def write_qualtrics(name, t, ids, enc="utf-8-sig", sep=","):
    """ids: question text -> QID code."""
    code = {x: c for c, x, _ in Q_HEAD}
    imp = {x: i for _, x, i in Q_HEAD}
    heads = [h for h, _ in t.heads]
    one = [code.get(h) or ids.get(h, h) for h in heads]
    three = [json.dumps({"ImportId": imp.get(h) or "QID%d_%s" % (i, ids.get(h, h)),
                         **({"timeZone": "Europe/Berlin"} if "Date" in h else {})}) for i, h in enumerate(heads)]
    return write_csv(name, [one, heads, three] + t.rows(head=False), sep, enc)


def legacy(ident, n, status=None):
    t = T(ident, n)
    for h, cells in [("ResponseID", ["R_" + letters(t.r, 15) for _ in range(n)]),
                     ("ResponseSet", ["Default Response Set"] * n), ("Name", ["Anonymous"] * n),
                     ("ExternalDataReference", [""] * n), ("EmailAddress", [""] * n),
                     ("IPAddress", ["198.51.100.%d" % t.r.randint(1, 250) for _ in range(n)]),
                     ("Status", status or ["0"] * n)]:
        t.add(h, cells)
    t.dates("StartDate", lambda d: d.strftime("%Y-%m-%d %H:%M:%S"))
    t.add("EndDate", [d.strftime("%Y-%m-%d %H:%M:%S") for d in t.when])
    t.add("Finished", ["1"] * n)
    return t


def write_legacy(name, t, ids):
    one = ["V%d" % (i + 1) if i < 10 else ids.get(h, h) for i, (h, _) in enumerate(t.heads)]
    rows = [one + [""], [h for h, _ in t.heads] + [""]]
    return write_csv(name, rows + [r + [""] for r in t.rows(head=False)], enc="utf-8-sig")


# ---------------------------------------------------------------- SurveyMonkey
def monkey(ident, n):
    t = T(ident, n)
    t.seq("Respondent ID", lambda i: str(118240000000 + i * 7919))
    t.add("Collector ID", ["431900217"] * n)
    t.dates("Start Date", lambda d: d.strftime("%m/%d/%Y %I:%M:%S %p"))
    t.add("End Date", [d.strftime("%m/%d/%Y %I:%M:%S %p") for d in t.when])
    t.add("IP Address", ["203.0.113.%d" % t.r.randint(1, 250) for _ in range(n)])
    for h in ("Email Address", "First Name", "Last Name", "Custom Data 1"):
        t.add(h, [""] * n)
    return t


def write_monkey(name, t, tops, response="Response", enc="utf-8-sig"):
    """tops: column -> (text of the first row, text of the second); else the text and 'Response'."""
    one, two = [], []
    for i, (h, _) in enumerate(t.heads):
        a, b = (h, "") if i < 9 else tops.get(h, (h, response))
        one.append(a)
        two.append(b)
    return write_csv(name, [one, two] + t.rows(head=False), enc=enc)


def matrix(question, rows):
    """The columns of a grid: the question stands over the first column only."""
    return {"%s - %s" % (question, r): (question if i == 0 else "", r) for i, r in enumerate(rows)}


# ---------------------------------------------------------------- LimeSurvey
def lime(ident, n, lang="de", token=True, date="real", lastpage="4", months=None):
    t = T(ident, n)
    t.seq("id")
    if date == "real":
        t.dates("submitdate", lambda d: d.strftime("%Y-%m-%d %H:%M:%S"), months=months)
    else:
        t.add("submitdate", ["1980-01-01 00:00:00"] * n)
    t.add("lastpage", [lastpage] * n)
    t.add("startlanguage", [lang] * n)
    t.add("seed", [str(t.r.randint(10 ** 8, 2 * 10 ** 9)) for _ in range(n)])
    if token:
        t.add("token", [letters(t.r, 15) for _ in range(n)])
    return t


def write_lime(name, t, sep=";"):
    return write_csv(name, t.rows(), sep, "utf-8-sig", "all", "\n")


# ---------------------------------------------------------------- forms
def ampm(d):
    return "%d:%02d:%02d %s" % (d.hour % 12 or 12, d.minute, d.second, "PM" if d.hour >= 12 else "AM")


STAMPS = {
    "en": ("Timestamp", lambda d: "%04d/%02d/%02d %s GMT+1" % (d.year, d.month, d.day, ampm(d))),
    "us": ("Timestamp", lambda d: "%d/%d/%d %d:%02d:%02d" % (d.month, d.day, d.year, d.hour, d.minute, d.second)),
    "de": ("Zeitstempel", lambda d: d.strftime("%d.%m.%Y %H:%M:%S")),
    "fr": ("Horodateur", lambda d: d.strftime("%d/%m/%Y %H:%M:%S")),
    "es": ("Marca temporal", lambda d: d.strftime("%d/%m/%Y %H:%M:%S")),
    "it": ("Informazioni cronologiche", lambda d: d.strftime("%d/%m/%Y %H.%M.%S")),
    "nl": ("Tijdstempel", lambda d: d.strftime("%d-%m-%Y %H:%M:%S")),
    "pt": ("Carimbo de data/hora", lambda d: d.strftime("%d/%m/%Y %H:%M:%S")),
    "pl": ("Sygnatura czasowa", lambda d: d.strftime("%d.%m.%Y %H:%M:%S")),
    "ru": ("Отметка времени", lambda d: d.strftime("%d.%m.%Y %H:%M:%S")),
    "tr": ("Zaman damgası", lambda d: d.strftime("%d.%m.%Y %H:%M:%S")),
    "ja": ("タイムスタンプ", lambda d: d.strftime("%Y/%m/%d %H:%M:%S")),
    "ko": ("타임스탬프", lambda d: "%d. %d. %d %s %d:%02d:%02d" % (
        d.year, d.month, d.day, "오후" if d.hour >= 12 else "오전", d.hour % 12 or 12, d.minute, d.second)),
    "zh": ("时间戳记", lambda d: "%d/%d/%d %s%d:%02d:%02d" % (
        d.year, d.month, d.day, "下午" if d.hour >= 12 else "上午", d.hour % 12 or 12, d.minute, d.second)),
    "zh-TW": ("時間戳記", lambda d: "%d/%d/%d %s %d:%02d:%02d" % (
        d.year, d.month, d.day, "下午" if d.hour >= 12 else "上午", d.hour % 12 or 12, d.minute, d.second)),
    "ar": ("طابع زمني", lambda d: d.strftime("%d/%m/%Y %H:%M:%S")),
}


def gforms(ident, n, lang, months=None):
    t = T(ident, n)
    head, form = STAMPS[lang]
    return t.dates(head, form, months=months)


MS = {"en": ("ID", "Start time", "Completion time", "Email", "Name"),
      "de": ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"),
      "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"),
      "es": ("ID", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre"),
      "ko": ("ID", "시작 시간", "완료 시간", "전자 메일", "이름"),
      "pt": ("ID", "Hora de início", "Hora de conclusão", "Email", "Nome")}


def msforms(ident, n, lang="en", people=None, months=None):
    """people: list of (name, mail), else anonymous."""
    t = T(ident, n)
    a, b, c, d, e = MS[lang]
    t.seq(a, int)
    t.dates(b, lambda x: x, months=months)
    t.add(c, t.cells[b])
    who = [people[i % len(people)] if people else ("", "anonymous") for i in range(n)]
    t.add(d, [w[1] for w in who])
    t.add(e, [w[0] for w in who])
    return t


def write_msforms(name, t):
    rows = [[int(c) if isinstance(c, str) and c.isdigit() else c for c in r] for r in t.rows()]
    return write_xlsx(name, rows)


def typeform(ident, n):
    t = T(ident, n)
    return t.add("#", [letters(t.r, 16).lower() for _ in range(n)])


def end_typeform(t):
    iso = "%Y-%m-%d %H:%M:%S"
    t.dates("Start Date (UTC)", lambda d: d.strftime(iso))
    t.add("Submit Date (UTC)", [d.strftime(iso) for d in t.when])
    t.add("Network ID", [letters(t.r, 10).lower() for _ in range(t.n)])
    return t


def wjx(ident, n, months=None):
    t = T(ident, n)
    t.seq("序号")
    t.dates("提交答卷时间", lambda d: "%d/%d/%d %d:%02d:%02d" % (
        d.year, d.month, d.day, d.hour, d.minute, d.second), months=months)
    t.add("所用时间", ["%d秒" % t.r.randint(20, 400) for _ in range(n)])
    t.add("来源", [t.r.choice(["微信", "手机提交", "链接"]) for _ in range(n)])
    t.add("来源详情", [t.r.choice(["N/A", "直接访问"]) for _ in range(n)])
    t.add("来自IP", ["192.0.2.%d(%s)" % (t.r.randint(1, 250), t.r.choice(["浙江-杭州", "四川-成都", "北京-北京"]))
                   for _ in range(n)])
    return t


def zendesk(ident, n):
    t = T(ident, n)
    t.seq("Ticket ID", lambda i: str(48200 + i * 3))
    t.dates("Solved at", lambda d: d.strftime("%Y-%m-%d %H:%M"))
    return t.add("Group", [t.r.choice(["Billing", "Technical", "Returns"]) for _ in range(n)])
