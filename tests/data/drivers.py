"""Driver shares of the airline survey, computed independently of the program: numpy, subset by subset.

    python3 tests/data/drivers.py ../shared/data/airline/airline_satisfaction.csv > tests/data/airline_drivers.json

Respondents count where all 14 ratings are 1 to 5 (0 is "not applicable"); the outcome is 1 for "satisfied", else 0.
"""

import csv
import json
import math
import sys

import numpy

with open(sys.argv[1], newline="") as file:
    table = list(csv.DictReader(file))
names = list(table[0])[8:22]
rows = []
for row in table:
    ratings = [int(row[name]) for name in names]
    if all(1 <= rating <= 5 for rating in ratings):
        rows.append([1.0 if row["satisfaction"] == "satisfied" else 0.0] + ratings)
data = numpy.array(rows, dtype=float)
correlations = numpy.corrcoef(data, rowvar=False)
among, outcome = correlations[1:, 1:], correlations[0, 1:]
count = len(names)


def explained(subset):
    """R² of a subset of drivers, by solving the normal equations."""
    if not subset:
        return 0.0
    return float(outcome[subset] @ numpy.linalg.solve(among[numpy.ix_(subset, subset)], outcome[subset]))


members = [[i for i in range(count) if mask >> i & 1] for mask in range(1 << count)]
worth = [explained(subset) for subset in members]
shares = [0.0] * count
for mask, subset in enumerate(members[:-1]):
    size = len(subset)
    chance = math.factorial(size) * math.factorial(count - 1 - size) / math.factorial(count)
    for driver in range(count):
        if not mask >> driver & 1:
            shares[driver] += chance * (worth[mask | 1 << driver] - worth[mask])

# Johnson's relative weights, from the singular value decomposition of the standardised answers.
standard = (data[:, 1:] - data[:, 1:].mean(axis=0)) / data[:, 1:].std(axis=0)
left, _, right = numpy.linalg.svd(standard, full_matrices=False)
nearest = left @ right * math.sqrt(len(data))
target = (data[:, 0] - data[:, 0].mean()) / data[:, 0].std()
betas = nearest.T @ target / len(data)
loadings = nearest.T @ standard / len(data)
weights = ((loadings.T**2) @ betas**2).tolist()

json.dump(
    {
        "n": len(rows),
        "r2": worth[-1],
        "shapley": dict(zip(names, shares)),
        "relative_weights": dict(zip(names, weights)),
    },
    sys.stdout,
    indent=1,
)
print()
