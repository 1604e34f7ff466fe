#!/usr/bin/env python3
"""Writes the adversarial survey files of this folder and figures.json.

ALL DATA IS INVENTED: no answer, name, address, telephone number or customer in these files belongs to
anybody; IP addresses are of the blocks reserved for documentation. The figures are plain counts over the
rows that are written, computed here and nowhere else: the program under test has no part in them.

Run: python3 make.py (standard library only; the same bytes each time). To add a kind of trouble, write a
function in one of part1.py to part7.py; kit.py holds the counting and the writers, tools.py the forms of the
survey tools.
"""
import json, os, sys
sys.dont_write_bytecode = True
import kit, part1, part2, part3, part4, part5, part6, part7

ABOUT = (
    "Adversarial survey files. ALL DATA INVENTED, written by make.py. Fields as in trials/feedback/expected.json, "
    "without verdict: expect = figures by plain counting (target = column or touchpoint, value to 4 decimals, n; seg "
    "COLUMN=VALUE; wave as YYYY-MM, YYYY-Qn; weighted: n is then null). CSAT is the share of the two best boxes of the "
    "scale that the file itself states or shows (where low is good: the two lowest), of a yes/no column the share of "
    "yes; the mean is of the figures as written, words counted from 1 (worst) up. forbid: columns, values and groups "
    "that must not become scores (whole names, never parts of names). Added fields: lang, tool; column = place of the column in the file, from 0; names = "
    "other names under which the column may go; secret = texts that must not stand in the project file, in any spelling "
    "of it; asks = only a person can settle it (ask or tell; the figure is that of the likeliest answer); refused = the "
    "file must be refused, want says what the sentence must name; may_refuse = reading it right or refusing it with the "
    "reason are both good, a wrong figure is not. Kind 'clean': nothing may be asked. Where asks is absent, asking is a "
    "nuisance, not a wrong figure.")


def main():
    old = os.path.join(kit.HERE, "figures.json")
    if os.path.exists(old):         # what the last run wrote goes, whatever else lies here stays
        with open(old, encoding="utf-8") as f:
            for name in {n for t in json.load(f)["trials"] for n in t["files"]}:
                path = os.path.join(kit.HERE, name)
                if os.path.exists(path):
                    os.remove(path)
    for part in (part1, part2, part3, part4, part5, part6, part7):
        part.run()
    text = json.dumps({"about": ABOUT, "trials": kit.TRIALS}, ensure_ascii=False, indent=1)
    kit.put("figures.json", (text + "\n").encode("utf-8"))
    kinds = {}
    for t in kit.TRIALS:
        kinds[t["kind"]] = kinds.get(t["kind"], 0) + 1
    print("\n".join("%3d %s" % (n, k) for k, n in sorted(kinds.items())))


if __name__ == "__main__":
    main()
