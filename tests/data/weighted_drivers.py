"""Driver shares of the airport survey of 2017 with its weights, computed independently of the program: numpy.

    python3 tests/data/weighted_drivers.py ../shared/data/sfo/sfo_2017.csv > tests/data/sfo_weighted_drivers.json

Respondents count where the outcome (Q7ALL) and all drivers are 1 to 5 (0 is blank, 6 is "never used"), each as often as
WEIGHT says to a millionth. The effective n is Kish's.
"""

import csv
import itertools
import json
import math
import sys

import numpy

DRIVERS = ["Q7ART", "Q7FOOD", "Q7STORE", "Q7SIGN", "Q7WALKWAYS", "Q7SCREENS"]

rows, weights = [], []
with open(sys.argv[1], newline="") as file:
    for row in csv.DictReader(file):
        cells = [row[name] for name in ["Q7ALL", *DRIVERS]]
        if all(cell in {"1", "2", "3", "4", "5"} for cell in cells):
            rows.append([float(cell) for cell in cells])
            weights.append(round(float(row["WEIGHT"]), 6))
data, weights = numpy.array(rows), numpy.array(weights)


def explained(subset):
    """R² of a subset of drivers by weighted least squares."""
    if not subset:
        return 0.0
    root = numpy.sqrt(weights)
    design = numpy.column_stack([numpy.ones(len(data)), data[:, [1 + driver for driver in subset]]])
    found, *_ = numpy.linalg.lstsq(design * root[:, None], data[:, 0] * root, rcond=None)
    mean = numpy.average(data[:, 0], weights=weights)
    rest = weights @ (data[:, 0] - design @ found) ** 2
    return 1.0 - rest / (weights @ (data[:, 0] - mean) ** 2)


count = len(DRIVERS)
subsets = [subset for size in range(count + 1) for subset in itertools.combinations(range(count), size)]
worth = {subset: explained(list(subset)) for subset in subsets}
shares = dict.fromkeys(DRIVERS, 0.0)
for order in itertools.permutations(range(count)):
    for place, driver in enumerate(order):
        before, after = (tuple(sorted(order[:end])) for end in (place, place + 1))
        shares[DRIVERS[driver]] += (worth[after] - worth[before]) / math.factorial(count)

json.dump(
    {
        "n": len(rows),
        "effective_n": weights.sum() ** 2 / (weights**2).sum(),
        "r2": worth[tuple(range(count))],
        "shapley": shares,
    },
    sys.stdout,
    indent=1,
)
print()
