#!/bin/sh
# The figures that a State published, every one of them: tests/oracle/published_totals.py adds up and
# compares. A missing Python is a failure: nothing else here proves the main job on real input.
. "${0%/*}/tap.sh"

if ! command -v python3 >/dev/null; then
    fail "python3 is needed to compare"
    exit
fi
tap_planned=python
python3 tests/oracle/published_totals.py tests/data/uk-nrm "$tmp"
