#!/usr/bin/env python3
"""Summarise the JSON lines of beside.sh: table.py LINES.jsonl... (standard library only)."""
import collections
import json
import statistics
import sys

SOLVERS = ("corridor", "highs", "cpsat", "greedy")


def main():
    runs = collections.defaultdict(list)
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as lines:
            for line in lines:
                run = json.loads(line)
                mode = "pairs" if run["pairs"] in (True, "on") else "linear"
                group = "infeasible" if run["instance"].startswith("inf") else mode + " " + run["instance"][:5]
                runs[group, run["instance"], run["solver"]].append(run)
    print("| group | solver | proved | seconds median (max) | worst shortfall % | worst gap % | faster peer / corridor |")
    print("|---|---|---|---|---|---|---|")
    for group in dict.fromkeys(key[0] for key in runs):
        names = sorted({key[1] for key in runs if key[0] == group})
        seconds = {key[1:]: statistics.median(r["seconds"] for r in runs[key]) for key in runs if key[0] == group}
        best = {n: max(r["objective"] or 0 for s in SOLVERS for r in runs[group, n, s]) for n in names}
        for solver in SOLVERS:
            last = [runs[group, n, solver][-1] for n in names if runs[group, n, solver]]
            if not last:
                continue
            proved = sum(r["status"] in ("optimal", "infeasible") for r in last)
            times = [seconds[r["instance"], solver] for r in last]
            answered = [r for r in last if r["objective"]]
            none = len(last) - len(answered)
            short = max((100 * (1 - r["objective"] / best[r["instance"]]) for r in answered), default=0)
            gaps = [100 * (r["bound"] / r["objective"] - 1) for r in answered if r["bound"]]
            note = f" ({none} none)" if none and group != "infeasible" else ""
            ratio = ""
            if solver == "corridor":
                pairs = [(min(seconds[n, "highs"], seconds[n, "cpsat"]), seconds[n, "corridor"])
                         for n in names if (n, "highs") in seconds and (n, "cpsat") in seconds]
                if pairs:
                    ratio = f"{statistics.median(peer / max(own, 0.001) for peer, own in pairs):.0f}"
            gap = f"{max(gaps):.1f}" if gaps else "-"
            print(f"| {group} | {solver} | {proved}/{len(last)} | {statistics.median(times):.3f} ({max(times):.3f}) "
                  f"| {short:.1f}{note} | {gap} | {ratio} |")


if __name__ == "__main__":
    main()
