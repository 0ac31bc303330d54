#!/usr/bin/env python3
"""Summarise the JSON lines of beside.sh: table.py OPTIMA.tsv LINES.jsonl... (standard library only).

A run that ended without proof counts with the limit, 60 s. OPTIMA.tsv has the columns file, instance,
variant, optimum (UNSAT where no timetable exists). A peer is summed over the instances that it was run
on: the number behind the stroke."""
import csv
import json
import statistics
import sys

LIMIT = 60.0
PROVED = ("optimal", "infeasible")
SOLVERS = ("corridor", "rc2", "cpsat")


def main():
    with open(sys.argv[1], encoding="utf-8") as lines:
        optima = {row["file"].removesuffix(".dzn"): row["optimum"] for row in csv.DictReader(lines, delimiter="\t")}
    runs = {}
    for name in sys.argv[2:]:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                run = json.loads(line)
                runs[run["instance"], run["solver"]] = run
    names = sorted({name for name, _ in runs})
    variants = sorted({name.rsplit(".", 1)[-1] for name in names})
    wrong = [f"{name} ({solver})" for (name, solver), run in runs.items() if run["status"] in PROVED
             and name in optima and optima[name] != str(run["breaks"]).replace("None", "UNSAT")]
    refused = [f"{name} ({solver})" for (name, solver), run in runs.items() if run["breaks"] is not None
               and not (run["checked"] if solver != "corridor" else run["checker"] == str(run["breaks"]))]

    def seconds(name, solver):
        run = runs[name, solver]
        return min(run["seconds"], LIMIT) if run["status"] in PROVED else LIMIT

    print("| instances | solver | proved | total s | median s | slowest s | total CPU s |")
    print("|---|---|---|---|---|---|---|")
    for variant in variants + ["all"]:
        for solver in SOLVERS:
            some = [name for name in names if (name, solver) in runs and variant in ("all", name.rsplit(".", 1)[-1])]
            if not some:
                continue
            times = [seconds(name, solver) for name in some]
            proved = sum(runs[name, solver]["status"] in PROVED for name in some)
            slowest = max(some, key=lambda name: seconds(name, solver))
            cpu = sum(runs[name, solver]["cpu"] for name in some)
            print(f"| {variant} | {solver} | {proved}/{len(some)} | {sum(times):.0f} | {statistics.median(times):.2f} "
                  f"| {max(times):.1f} ({slowest}) | {cpu:.0f} |")
    print(f"\nnot as published: {', '.join(wrong) or 'none'}; refused by the checker: {', '.join(refused) or 'none'}")


if __name__ == "__main__":
    main()
