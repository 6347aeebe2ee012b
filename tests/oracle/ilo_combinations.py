#!/usr/bin/env python3
"""Which counts of strong, medium and weak indicators make a dimension of the ILO positive.

Prints tests/data/ilo-combinations.csv. Written from the published list of least combinations, not
from the counts: what is seen is a bag of letters, and it is positive where one of the bags of the
list lies within it.
"""
from collections import Counter
from itertools import product

LEAST = ("SS", "SM", "SW", "MMM", "MMW")


def holds(seen, bag):
    return all(seen[letter] >= count for letter, count in Counter(bag).items())


print("strong,medium,weak,positive")
for strong, medium, weak in product(range(5), repeat=3):
    seen = Counter("S" * strong + "M" * medium + "W" * weak)
    positive = any(holds(seen, bag) for bag in LEAST)
    print(f"{strong},{medium},{weak},{'yes' if positive else 'no'}")
