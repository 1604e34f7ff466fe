"""The peers of the import bench: the same grouping with polars from PyPI. Prints seconds and the peak of memory in MiB.

usage: import.py long|wide|xlsx FILE
"""

import resource
import sys
import time

import polars as pl

kind, path = sys.argv[1], sys.argv[2]
begin = time.time()
month = pl.col("date").str.slice(0, 7).alias("month")
if kind in ("long", "xlsx"):
    columns = ["date", "touchpoint", "segment", "score"]
    if kind == "long":
        rows = pl.read_csv(path, columns=columns)
    else:
        rows = pl.read_excel(path, engine="calamine", columns=columns)
    counted = rows.with_columns(month).group_by(["touchpoint", "segment", "month"]).agg(
        pl.len().alias("n"),
        (pl.col("score") >= 9).sum().alias("promoters"),
        (pl.col("score") <= 6).sum().alias("detractors"),
    )
    counted = counted.with_columns(
        (100 * (pl.col("promoters") - pl.col("detractors")) / pl.col("n")).alias("nps")
    )
    groups = counted.height
else:
    # Each of 18 touchpoints by each of 4 segment columns and months, and the products of all pairs for drivers.
    rows = pl.read_csv(path).with_columns(month)
    scores = [column for column in rows.columns if column.startswith("t")] + ["overall"]
    groups = 0
    for segment in ["s1", "s2", "s3", "s4"]:
        long = rows.unpivot(scores, index=[segment, "month"], variable_name="question", value_name="answer")
        groups += long.group_by([segment, "month", "question", "answer"]).agg(pl.len()).height
    complete = rows.select(scores).drop_nulls()
    pairs = [
        (pl.col(a).cast(pl.Int64) * pl.col(b)).sum().alias(f"{a}.{b}")
        for place, a in enumerate(scores)
        for b in scores[place:]
    ]
    groups += complete.select(pairs).width
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{time.time() - begin:.3f} {peak} {groups}")
