#!/usr/bin/env python3
"""Precision and recall of organisation links against the gold pairs.

usage: links.py PAIRS.csv LINKS.csv

LINKS.csv has right_id,left_id,score, best first, left_id empty where none. Only the first row of each right_id counts.
Precision = right links / given links; recall = right links / gold pairs; also over the pairs marked hard.
"""
import csv
import sys


def main():
    pairs, links = sys.argv[1:3]
    gold, hard = {}, set()
    with open(pairs, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            gold[row["right_id"]] = row["left_id"]
            if row["hard"].strip().lower() in ("1", "true", "yes"):
                hard.add(row["right_id"])
    given = {}
    with open(links, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given.setdefault(row["right_id"], row["left_id"])
    given = {right: left for right, left in given.items() if left}
    right = sum(gold.get(r) == left for r, left in given.items())
    hard_right = sum(gold[r] == given.get(r) for r in hard)
    print(f"links {len(given)}  right {right}  precision {right / max(1, len(given)):.4f}  "
          f"recall {right / len(gold):.4f}  recall of hard pairs {hard_right / max(1, len(hard)):.4f} ({len(hard)})")


if __name__ == "__main__":
    main()
