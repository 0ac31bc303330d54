#!/bin/sh
# Run timetable and its peers on the same instances, one after the other, and collect their JSON lines.
#
#   beside.sh TIMETABLE PYTHON BENCH LIMIT SOLVERS INSTANCE.dzn... >> lines.jsonl
#
# TIMETABLE: the binary; PYTHON: an interpreter with the benchmark's requirements; BENCH: the benchmark folder (peers.py,
# check.py); LIMIT: seconds for each solver; SOLVERS: of "timetable rc2 cpsat" those to run, one thread each. Every
# timetable is judged by the benchmark's own checker: its verdict is the field "checker", and "cpu" the processor seconds,
# which the load of a shared machine touches less.
set -eu
timetable=$1 python=$2 bench=$3 limit=$4 solvers=$5
shift 5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for instance in "$@"; do
    name=$(basename "$instance" .dzn)
    for solver in $solvers; do
        if [ "$solver" = timetable ]; then
            rm -f "$folder/schedule.json"
            line=$({ /usr/bin/time -o "$folder/cpu" -f '%U' "$timetable" solve "$instance" --time-limit "$limit" \
                --out "$folder/schedule.json"; })
            verdict=none
            if [ -f "$folder/schedule.json" ]; then
                verdict=$("$python" "$bench/check.py" "$instance" "$folder/schedule.json" || true)
            fi
            echo "$line" | sed "s/^{/{\"solver\":\"corridor\",\"checker\":\"$verdict\",\"cpu\":$(tail -n 1 "$folder/cpu"),/"
        else
            /usr/bin/time -o "$folder/cpu" -f '%U' "$python" "$bench/peers.py" --solver "$solver" --workers 1 \
                --time-limit "$limit" "$instance" > "$folder/peer"
            sed "s/^{/{\"cpu\":$(tail -n 1 "$folder/cpu"),/" "$folder/peer"
        fi
    done
done
