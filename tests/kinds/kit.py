"""Helpers of make.py: tables, writers of CSV and XLSX, plain counting. All data invented."""
import csv, io, os, random, zipfile
from datetime import datetime, timedelta
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
TRIALS = []
SEED = "kinds-2026"
# the beginnings of the addresses that these tools keep of each respondent
PERSONAL = [("Qualtrics legacy", "198.51.100."), ("Qualtrics", "192.0.2."), ("SurveyMonkey", "203.0.113."),
            ("问卷星", "192.0.2.")]


def rng(ident):
    return random.Random(SEED + ":" + ident)


# ---------------------------------------------------------------- counting
def mean(vals):
    return sum(vals) / len(vals)


def csat(vals, low, high, good="high"):
    """Share of the top two boxes of the scale (the two lowest where low is good)."""
    best = [v for v in vals if (v >= high - 1 if good == "high" else v <= low + 1)]
    return 100.0 * len(best) / len(vals)


def yes(vals):
    return 100.0 * sum(1 for v in vals if v == 1) / len(vals)


def nps(vals):
    """Detractors below 7, promoters from 9: for whole numbers 0-6 and 9-10."""
    return 100.0 * (sum(1 for v in vals if v >= 9) - sum(1 for v in vals if v < 7)) / len(vals)


def spread(r, n, low, high, skew=1.4, skip=()):
    """n whole answers, each step of the scale used at least once (but those of skip)."""
    steps = [v for v in range(low, high + 1) if v not in skip]
    weights = [(i + 1) ** skew for i in range(len(steps))]
    out = steps + r.choices(steps, weights, k=n - len(steps))
    r.shuffle(out)
    return out


class T:
    """A table of respondents: columns in order, each with cells (what the file shows) and
    values (what was answered; None = no answer)."""

    def __init__(self, ident, n):
        self.id, self.n, self.r = ident, n, rng(ident)
        self.heads, self.cells, self.vals, self.scale = [], {}, {}, {}
        self.members, self.waves, self.key = {}, None, {}

    def add(self, head, cells, vals=None, scale=None):
        cells = list(cells)
        assert len(cells) == self.n, (self.id, head, len(cells))
        key = head if head not in self.cells else head + "#%d" % len(self.heads)
        self.heads.append((head, key))
        self.cells[key] = cells
        if vals is not None:
            self.vals[key], self.scale[key] = list(vals), scale
        return self

    def seq(self, head, form=str, start=1):
        return self.add(head, [form(start + i) for i in range(self.n)])

    def pick(self, head, options, weights=None):
        got = list(options) if len(options) <= self.n else []
        got += self.r.choices(options, weights, k=self.n - len(got))
        self.r.shuffle(got)
        self.members[head] = [{g} for g in got]
        return self.add(head, got)

    def multi(self, head, options, sep, most=3, tail=""):
        sets = []
        for i in range(self.n):
            k = self.r.randint(1, most)
            sets.append([o for o in options if o in self.r.sample(options, k)])
        for i, o in enumerate(options):          # each option alone once
            sets[i] = [o]
        self.members[head] = [set(s) for s in sets]
        return self.add(head, [sep.join(s) + tail for s in sets])

    def rate(self, head, low, high, form=str, miss=(), nmiss=0, good="high", skew=1.4, skip=()):
        vals = spread(self.r, self.n, low, high, skew, skip)
        holes, left = [], {v: vals.count(v) for v in vals}
        for i in self.r.sample(range(self.n), self.n):       # every step stays in use
            if len(holes) < nmiss and left[vals[i]] > 1:
                left[vals[i]] -= 1
                holes.append(i)
        miss = miss or ("",)
        cells = [form(v) for v in vals]
        for j, i in enumerate(holes):
            vals[i], cells[i] = None, miss[j % len(miss)]
        return self.add(head, cells, vals, (low, high, good))

    def words(self, head, words, skip=(), miss=(), nmiss=0, good="high", skew=1.4, low=1):
        """words from worst to best (low to high)."""
        return self.rate(head, low, low + len(words) - 1, lambda v: words[v - low], miss, nmiss, good,
                         skew, skip)

    def binary(self, head, yes_cell, no_cell, share=0.75, miss=(), nmiss=0):
        vals = [1 if self.r.random() < share else 0 for _ in range(self.n)]
        vals[0], vals[1] = 1, 0
        cells = [yes_cell if v else no_cell for v in vals]
        holes = self.r.sample(range(2, self.n), nmiss)
        miss = miss or ("",)
        for j, i in enumerate(holes):
            vals[i], cells[i] = None, miss[j % len(miss)]
        return self.add(head, cells, vals, "binary")

    def ticks(self, head, mark, share=0.35, off=""):
        return self.add(head, [mark if self.r.random() < share else off for _ in range(self.n)])

    def dates(self, head, form, start=datetime(2026, 1, 5, 9, 12, 7), step=1.5, months=None):
        """Times from start on; months: spread over the days 4 to 26 of these (year, month)."""
        if months:
            when = []
            for i in range(self.n):
                y, m = months[i * len(months) // self.n]
                when.append(datetime(y, m, 4 + (i * 5) % 23, 8 + i % 9, (i * 7) % 60, (i * 13) % 60))
            when.sort()
        else:
            when = [start + timedelta(days=step * i, minutes=37 * i % 600, seconds=i * 11 % 60)
                    for i in range(self.n)]
        self.when = when
        self.waves = ["%04d-%02d" % (w.year, w.month) for w in when]
        return self.add(head, [form(w) for w in when])

    def rows(self, head=True):
        out = [[h for h, _ in self.heads]] if head else []
        for i in range(self.n):
            out.append([self.cells[k][i] for _, k in self.heads])
        return out

    def E(self, head, *metrics, seg=None, wave=None, weight=None, target=None, names=()):
        vals, scale = self.vals[head], self.scale[head]
        keep = []
        for i, v in enumerate(vals):
            if v is None or (wave and self.waves[i] != wave):
                continue
            if seg and seg[1] not in self.members[seg[0]][i]:
                continue
            keep.append(i)
        got = [vals[i] for i in keep]
        out = []
        for m in metrics:
            if weight:
                w = [self.vals[weight][i] for i in keep]
                assert m == "mean"
                value, n = sum(a * b for a, b in zip(got, w)) / sum(w), None
            elif m == "mean":
                value, n = mean(got), len(got)
            elif m == "nps":
                value, n = nps(got), len(got)
            elif scale == "binary":
                value, n = yes(got), len(got)
            else:
                value, n = csat(got, *scale), len(got)
            e = {"target": target or head.split("#")[0], "metric": m, "value": round(value, 4), "n": n}
            if seg:
                e["seg"] = "%s=%s" % seg
            if wave:
                e["wave"] = wave
            if weight:
                e["weighted"] = True
            index = [k for _, k in self.heads].index(head) if head in [k for _, k in self.heads] else None
            if index is not None:
                e["column"] = index
            if names:
                e["names"] = list(names)
            out.append(e)
        return out


# ---------------------------------------------------------------- expectations
def expect(target, metric, value, n, **more):
    return dict({"target": target, "metric": metric, "value": round(value, 4), "n": n}, **more)


def trial(ident, kind, files, want, exp=(), args=None, forbid=(), lang="", tool="", note="", **more):
    files = [files] if isinstance(files, str) else list(files)
    assert all(os.path.exists(os.path.join(HERE, f)) for f in files), files
    for start, block in PERSONAL:
        if tool.startswith(start) and not more.get("refused"):
            if "download" not in tool and "trimmed" not in tool:
                more["secret"] = list(more.get("secret", ())) + [block]
            break
    assert ident not in [t["id"] for t in TRIALS], ident
    TRIALS.append(dict({"id": ident, "kind": kind, "lang": lang, "tool": tool, "files": files,
                        "args": args or [[] for _ in files], "want": want,
                        "expect": list(exp), "forbid": list(forbid), "note": note}, **more))


# ---------------------------------------------------------------- writers
def put(name, data):
    with open(os.path.join(HERE, name), "wb") as f:
        f.write(data)
    return name


def text_csv(rows, sep=",", quote="min", eol="\r\n"):
    s = io.StringIO()
    w = csv.writer(s, delimiter=sep, lineterminator=eol,
                   quoting=csv.QUOTE_ALL if quote == "all" else csv.QUOTE_MINIMAL)
    w.writerows([["" if c is None else c for c in r] for r in rows])
    return s.getvalue()


def write_csv(name, rows, sep=",", enc="utf-8", quote="min", eol="\r\n"):
    """enc: utf-8, utf-8-sig, cp1252, gb18030, utf-16 (little endian with BOM)."""
    text = text_csv(rows, sep, quote, eol)
    data = b"\xff\xfe" + text.encode("utf-16-le") if enc == "utf-16" else text.encode(enc)
    return put(name, data)


class F:
    """A formula, with the value a spreadsheet stored beside it (None: not calculated)."""

    def __init__(self, formula, cached=None, kind="n"):
        self.formula, self.cached, self.kind = formula, cached, kind


class Pct:
    def __init__(self, value):
        self.value = value


def letter(i):
    s = ""
    i += 1
    while i:
        i, k = divmod(i - 1, 26)
        s = chr(65 + k) + s
    return s


def serial(d):
    return (d - datetime(1899, 12, 30)) / timedelta(days=1)


def cell_xml(ref, c, shared):
    if c is None or c == "":
        return ""
    if isinstance(c, bool):
        return '<c r="%s" t="b"><v>%d</v></c>' % (ref, c)
    if isinstance(c, (int, float)):
        return '<c r="%s"><v>%r</v></c>' % (ref, c)
    if isinstance(c, datetime):
        return '<c r="%s" s="1"><v>%r</v></c>' % (ref, round(serial(c), 8))
    if isinstance(c, Pct):
        return '<c r="%s" s="2"><v>%r</v></c>' % (ref, c.value)
    if isinstance(c, F):
        v = "<v>%s</v>" % escape(str(c.cached)) if c.cached is not None else ""
        t = "" if c.kind == "n" else ' t="%s"' % c.kind
        f = c.formula if c.formula.startswith("<f") else "<f>%s</f>" % escape(c.formula)
        return '<c r="%s"%s>%s%s</c>' % (ref, t, f, v)
    if shared is None:
        return '<c r="%s" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (ref, escape(c))
    return '<c r="%s" t="s"><v>%d</v></c>' % (ref, shared.setdefault(c, len(shared)))


HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def sheet_xml(rows, shared, hidden=(), zero=(), cols="", filt=None, outline=()):
    out = []
    width = max(len(r) for r in rows)
    for i, r in enumerate(rows):
        cells = "".join(cell_xml(letter(j) + str(i + 1), c, shared) for j, c in enumerate(r))
        if not cells:
            continue
        extra = ' hidden="1"' if i in hidden else ""
        extra += ' ht="0" customHeight="1"' if i in zero else ""
        extra += ' outlineLevel="1"' if i in outline else ""
        out.append('<row r="%d"%s>%s</row>' % (i + 1, extra, cells))
    auto = '<autoFilter ref="A1:%s%d">%s</autoFilter>' % (letter(width - 1), len(rows), filt) if filt else ""
    return ('%s<worksheet xmlns="%s"><dimension ref="A1:%s%d"/>%s<sheetData>%s</sheetData>%s</worksheet>'
            % (HEAD, MAIN, letter(width - 1), len(rows), cols, "".join(out), auto))


def xlsx_bytes(sheets, inline=False):
    """sheets: list of (name, rows, options); options: hidden, zero, cols, filt, outline, state."""
    shared = None if inline else {}
    parts = {}
    for i, (name, rows, opt) in enumerate(sheets):
        opt = dict(opt)
        opt.pop("state", None)
        parts["xl/worksheets/sheet%d.xml" % (i + 1)] = sheet_xml(rows, shared, **opt)
    names = "".join('<sheet name="%s" sheetId="%d"%s r:id="rId%d"/>'
                    % (escape(n), i + 1, ' state="%s"' % o["state"] if "state" in o else "", i + 1)
                    for i, (n, _, o) in enumerate(sheets))
    k = len(sheets)
    rels = "".join('<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>'
                   % (i + 1, REL, i + 1) for i in range(k))
    rels += '<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>' % (k + 1, REL)
    types = "".join('<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxml'
                    'formats-officedocument.spreadsheetml.worksheet+xml"/>' % (i + 1) for i in range(k))
    if shared is not None:
        rels += '<Relationship Id="rId%d" Type="%s/sharedStrings" Target="sharedStrings.xml"/>' % (k + 2, REL)
        types += ('<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                  'officedocument.spreadsheetml.sharedStrings+xml"/>')
        parts["xl/sharedStrings.xml"] = HEAD + '<sst xmlns="%s" uniqueCount="%d">%s</sst>' % (
            MAIN, len(shared), "".join('<si><t xml:space="preserve">%s</t></si>' % escape(s) for s in shared))
    parts["xl/styles.xml"] = HEAD + (
        '<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType='
        '"gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf '
        'numFmtId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" '
        'applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/></cellXfs></styleSheet>' % MAIN)
    parts["xl/workbook.xml"] = HEAD + '<workbook xmlns="%s" xmlns:r="%s"><sheets>%s</sheets></workbook>' % (
        MAIN, REL, names)
    parts["xl/_rels/workbook.xml.rels"] = HEAD + (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s'
        '</Relationships>' % rels)
    parts["_rels/.rels"] = HEAD + (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="rId1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % REL)
    parts["[Content_Types].xml"] = HEAD + (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>%s</Types>' % types)
    order = ["[Content_Types].xml", "_rels/.rels"] + sorted(p for p in parts if p.startswith("xl/"))
    return zip_bytes([(p, parts[p].encode("utf-8")) for p in order])


def zip_bytes(members):
    b = io.BytesIO()
    with zipfile.ZipFile(b, "w") as z:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 2, 3, 4, 6))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data)
    return b.getvalue()


def write_xlsx(name, rows, sheet="Sheet1", inline=False, **opt):
    return put(name, xlsx_bytes([(sheet, rows, opt)], inline))


def write_book(name, sheets, inline=False):
    return put(name, xlsx_bytes(sheets, inline))


def num(cells):
    """Figures as numbers, for XLSX."""
    return [int(c) if isinstance(c, str) and c.lstrip("-").isdigit() else c for c in cells]


def num_rows(rows):
    return [rows[0]] + [num(r) for r in rows[1:]]
