#!/bin/sh
# Run assemble and the peer solvers on the same instances, one after the other, and collect their JSON lines.
#
#   beside.sh ASSEMBLE PYTHON BENCH MODE LIMIT PATTERN... >> lines.jsonl
#
# ASSEMBLE: the binary; PYTHON: an interpreter with ortools, highspy, numpy and zstandard; BENCH: the benchmark folder
# (peers.py, check.py, instances/); MODE: on (with pair bonuses) or off (linear); LIMIT: seconds for each peer.
# assemble runs three times, limited to 10 s each; every answer is judged by the benchmark's own checker.
set -eu
assemble=$1 python=$2 bench=$3 mode=$4 limit=$5
shift 5
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
for pattern in "$@"; do
    for instance in "$bench"/instances/$pattern; do
        for _ in 1 2 3; do
            "$assemble" solve "$instance" --time-limit 10 --pairs "$mode" --out "$answer" |
                sed "s/^{/{\"solver\":\"corridor\",\"pairs\":\"$mode\",/"
        done
        "$python" "$bench/check.py" --pairs "$mode" --expected "$bench/instances/infeasible_expected.json" \
            "$instance" "$answer" >&2
        "$python" "$bench/peers.py" --solver highs --workers 1 --time-limit "$limit" --pairs "$mode" "$instance"
        "$python" "$bench/peers.py" --solver cpsat --workers 2 --time-limit "$limit" --pairs "$mode" "$instance"
        "$python" "$bench/peers.py" --solver greedy --time-limit "$limit" --pairs "$mode" "$instance"
    done
done
