#!/bin/sh
# What nrm-screen says about worked cases is what a specialist expects of them: each case of
# examples/screening and tests/data/screening carries the wanted rows under `expected`, which were
# settled by thought and not by running the tool.
. "${0%/*}/tap.sh"

python3 -c 'import yaml' 2>/dev/null || skip_all "no python3 with yaml"

# Reads the rows of nrm-screen from standard input and the cases from a file; prints each cell that
# differs from `expected`, and each wanted row that is missing.
cat >"$tmp/compare.py" <<'END'
import csv
import sys

import yaml

rows = {(row["id"], row["set"]): row for row in csv.DictReader(sys.stdin)}
wanted = 0
with open(sys.argv[1], encoding="utf-8") as file:
    for case in yaml.safe_load_all(file):
        for name, cells in case["expected"].items():
            wanted += 1
            row = rows.get((case["id"], name))
            if row is None:
                print(f"{case['id']}, {name}: no row")
                continue
            for column, value in cells.items():
                if row[column] != str(value):
                    print(f"{case['id']}, {name}: {column} is {row[column]}, wanted {value}")
            if ("strength" in cells) != (row["strength"] != ""):
                print(f"{case['id']}, {name}: strength is {row['strength'] or 'empty'}")
if wanted == 0:
    print("no row is wanted")
END

for file in examples/screening/*.yaml tests/data/screening/*.yaml; do
    run nrm-screen -n 2026-11-24T12:00Z -o csv "$file"
    case $rc in
    0 | 1) is "$(out | python3 "$tmp/compare.py" "$file" 2>&1)" "" "$file" ;;
    *) fail "$file" && diag "status $rc: $(err)" ;;
    esac
done
