#!/usr/bin/env python3
"""Makes the bundled fonts from three registry packages: python3 make.py (needs npm, and fonttools from pip).

Inter and Noto Sans SC are cut to the characters the program writes: Latin, Greek, Cyrillic, marks, arrows, GB 2312,
and whatever `crates/engine/src/i18n` and `templates` hold. Lucide is cut to the table in `crates/engine/src/theme/icon.rs`.
No character is in both Inter and Noto Sans SC, so that every renderer's own fallback picks the same glyphs as ours.
Figures 0-9 are tabular by default, since neither the screen nor the exporters can switch font features on.
"""

import base64
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._n_a_m_e import NameRecord

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = {
    "inter": ("@expo-google-fonts/inter@0.4.2", "sha512-syfiImMaDmq7cFi0of+waE2M4uSCyd16zgyWxdPOY7fN2VBmSLKEzkfbZgeOjJq61kSqPBNNtXjggiQiSD6gMQ=="),
    "noto": ("@expo-google-fonts/noto-sans-sc@0.4.3", "sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ=="),
    "lucide": ("lucide-static@1.62.0", "sha512-WBZA/m2PvkFpMGHDtsBck5P2A9G4ehLlYu4GwwICcmEm1BvYVgj00lCDxKRWLlbMlOibLaiwdQ88G5pHkSWgwA=="),
}
ICON_SHIFT = -140  # of 1000: a square icon then stands centred on Inter's capitals


def ranges(*pairs):
    return {c for first, last in pairs for c in range(first, last + 1)}


LATIN = (
    ranges((0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x218, 0x21B), (0x1E80, 0x1E85), (0x1EA0, 0x1EF9))
    | ranges((0x2C6, 0x2C7), (0x2D8, 0x2DD), (0x300, 0x304), (0x30C, 0x30C), (0x391, 0x3A9), (0x3B1, 0x3C9))
    | ranges((0x400, 0x45F), (0x490, 0x491), (0x2002, 0x200B), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022))
    | ranges((0x2026, 0x2026), (0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC))
    | ranges((0x2070, 0x2070), (0x2074, 0x2079), (0x2080, 0x2089), (0x2113, 0x2113), (0x2116, 0x2116), (0x2122, 0x2122))
    | ranges((0x2190, 0x2199), (0x21A9, 0x21AA), (0x21B5, 0x21B5), (0x21E7, 0x21E7), (0x2206, 0x2206), (0x2211, 0x2212))
    | ranges((0x2215, 0x2215), (0x2219, 0x221A), (0x221E, 0x221E), (0x2248, 0x2248), (0x2260, 0x2260), (0x2264, 0x2265))
    | ranges((0x2318, 0x2318), (0x2325, 0x2325), (0x232B, 0x232B), (0x25A0, 0x25A1), (0x25B2, 0x25B3), (0x25B6, 0x25B7))
    | ranges((0x25BC, 0x25BD), (0x25C0, 0x25C1), (0x25C6, 0x25C7), (0x25CB, 0x25CB), (0x25CF, 0x25CF), (0x2605, 0x2606))
    | ranges((0x2713, 0x2713), (0x2717, 0x2717))
)


def gb2312():
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def used_by_us():
    sources = sorted((ROOT / "crates/engine/src/i18n").glob("*.rs")) + sorted((ROOT / "templates").glob("*.ron"))
    text = "".join(path.read_text("utf-8") for path in sources)
    return {ord(c) for c in text if 0x2E80 <= ord(c) < 0xE000}


def fetch(folder):
    for name, (package, pinned) in PACKAGES.items():
        done = subprocess.run(
            ["npm", "pack", "--silent", "--json", package], cwd=folder, check=True, capture_output=True, text=True
        )
        archive = folder / json.loads(done.stdout)[0]["filename"]
        digest = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if digest != pinned:
            sys.exit(f"{package}: the archive's hash is {digest}, not the one pinned")
        with tarfile.open(archive) as tar:
            tar.extractall(folder / name, filter="data")


def cut(font, characters, features):
    options = subset.Options()
    options.hinting = False
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14, 16, 17]
    options.name_languages = ["*"]
    options.notdef_outline = True
    options.recalc_bounds = True
    options.drop_tables += ["STAT", "gasp", "BASE", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    return font


def tabular_figures(font):
    """Maps the digits to their equally wide forms."""
    gsub = font["GSUB"].table
    lookups = next(r.Feature.LookupListIndex for r in gsub.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    mapping = {}
    for index in lookups:
        for table in gsub.LookupList.Lookup[index].SubTable:
            mapping |= getattr(table, "ExtSubTable", table).mapping
    for table in font["cmap"].tables:
        for digit in range(0x30, 0x3A):
            if digit in table.cmap:
                table.cmap[digit] = mapping.get(table.cmap[digit], table.cmap[digit])


def rename(font, names):
    """Writes the given name records over the old ones, and leaves the copyright and licence as they are."""
    table = font["name"]
    table.names = [n for n in table.names if n.nameID not in (1, 2, 4, 6, 16, 17) and n.platformID == 3]
    for number, text in names.items():
        record = NameRecord()
        record.platformID, record.platEncID, record.langID, record.nameID, record.string = 3, 1, 0x409, number, text
        table.names.append(record)
    table.names.sort()


def save(font, target):
    """Writes the font packed, the same bytes each time."""
    plain = io.BytesIO()
    font.save(plain)
    (HERE / f"{target}.gz").write_bytes(gzip.compress(plain.getvalue(), 9, mtime=0))


def text_font(source, target, family, style, characters, features, tabular):
    font = TTFont(source, recalcTimestamp=False)
    if tabular:
        tabular_figures(font)
    cut(font, characters, features)
    full, postscript = f"{family} {style}", f"{family.replace(' ', '')}-{style}"
    if style == "Regular":
        rename(font, {1: family, 2: style, 4: full, 6: postscript})
    else:
        rename(font, {1: full, 2: "Regular", 4: full, 6: postscript, 16: family, 17: style})
    save(font, target)


def icon_table(points):
    rows = re.findall(r'^\s*\w+ "([a-z0-9-]+)" \'\\u\{([0-9a-f]+)\}\';$', (ROOT / "crates/engine/src/theme/icon.rs").read_text(), re.M)
    wrong = [f'{name}: {points.get(name, 0):x}' for name, code in rows if points.get(name) != int(code, 16)]
    if wrong or not rows:
        sys.exit("crates/engine/src/theme/icon.rs has code points other than Lucide's (0: no such icon):\n  " + "\n  ".join(wrong))
    return {int(code, 16) for _, code in rows}


def icon_font(package):
    points = json.loads((package / "font/codepoints.json").read_text())
    font = TTFont(package / "font/lucide.ttf", recalcTimestamp=False)
    cut(font, icon_table(points), [])
    for name in font.getGlyphOrder():
        glyph = font["glyf"][name]
        if glyph.numberOfContours:
            glyph.coordinates.translate((0, ICON_SHIFT))
            glyph.recalcBounds(font["glyf"])
            font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)
    for table, up, down in (("hhea", "ascent", "descent"), ("OS/2", "sTypoAscender", "sTypoDescender")):
        setattr(font[table], up, 1000 + ICON_SHIFT)
        setattr(font[table], down, ICON_SHIFT)
    font["OS/2"].usWinAscent, font["OS/2"].usWinDescent = 1000 + ICON_SHIFT, -ICON_SHIFT
    family = "Desireline Icons"
    owner, licence = "Copyright Lucide Icons and Contributors", "ISC License, some icons MIT License (Feather)"
    font["name"].names.clear()
    rename(font, {0: owner, 1: family, 2: "Regular", 3: family, 4: family, 6: "DesirelineIcons-Regular", 13: licence})
    save(font, "icons.ttf")


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        fetch(folder)
        marks = ranges((0x3000, 0x301F), (0xFF01, 0xFF5E), (0xFFE0, 0xFFE6))
        chinese = (gb2312() | used_by_us() | marks) - LATIN
        for style, weight in (("Regular", 400), ("SemiBold", 600)):
            inter = folder / f"inter/package/{weight}{style}/Inter_{weight}{style}.ttf"
            text_font(inter, f"Inter-{style}.ttf", "Inter", style, LATIN, ["ccmp", "locl", "kern", "mark", "mkmk", "pnum"], True)
            noto = folder / f"noto/package/{weight}{style}/NotoSansSC_{weight}{style}.ttf"
            text_font(noto, f"NotoSansSC-{style}.ttf", "Noto Sans SC", style, chinese, ["ccmp", "locl", "kern"], False)
        icon_font(folder / "lucide/package")
        licences = (("inter", "LICENSE_FONT", "OFL-Inter.txt"), ("noto", "LICENSE_FONT", "OFL-NotoSansSC.txt"), ("lucide", "LICENSE", "ISC-Lucide.txt"))
        for name, file, target in licences:
            (HERE / target).write_bytes((folder / name / "package" / file).read_bytes())


main()
