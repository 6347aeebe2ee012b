#!/bin/sh
# The sets of indicators are whole: each indicator is used by a test case and can be reached by a
# question, each requirement on indicators stands in a set, the ILO sets are the published table,
# the texts are there. tests/data/indicators.csv says which indicator carries which requirements; a
# sign that is dropped, or renamed, or loses one of them, differs from it.
. "${0%/*}/tap.sh"

python3 -c 'import yaml' 2>/dev/null || skip_all "no python3 with yaml"

cat >"$tmp/sets.py" <<'END'
import csv
import glob
import os
import sys

import yaml

LANGUAGES = {"general": ("en", "fr", "ru")}


def documents(pattern):
    for name in sorted(glob.glob(pattern)):
        with open(name, encoding="utf-8") as file:
            for document in yaml.safe_load_all(file):
                yield name, document


def sets():
    return [document for _, document in documents("indicators/*.yaml")]


def cases():
    yield from documents("examples/screening/*.yaml")
    yield from documents("tests/data/screening/*.yaml")


def used():
    """Each indicator of each set is seen in some case that wants a row of that set."""
    seen = {(name, entry["id"]) for _, case in cases() for name in case["expected"]
            for entry in case["indicators"] if entry.get("answer", "seen") == "seen"}
    for known in sets():
        for indicator in known["indicators"]:
            if (known["set"], indicator["id"]) not in seen:
                print(f"{known['set']}: {indicator['id']} stands in no case")


def asked():
    """Each indicator can be reached by a question; each caution says why it does not count."""
    for known in sets():
        for indicator in known["indicators"]:
            if not indicator.get("question"):
                print(f"{indicator['id']} has no question")
            if indicator["dimension"] == "caution" and not indicator.get("explain"):
                print(f"{indicator['id']} does not explain")
            for text in ("sign", "question", "explain"):
                for language in LANGUAGES.get(known["set"], ()):
                    if text in indicator and language not in indicator[text]:
                        print(f"{indicator['id']}: no {text} in {language}")


def table(name):
    with open(name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def carried():
    """The indicators and their requirements are those of the table, no more and no fewer."""
    wanted = {row["indicator"]: row["requirements"].split()
              for row in table("tests/data/indicators.csv")}
    got = {}
    for known in sets():
        for indicator in known["indicators"]:
            if indicator.get("requirements"):
                got[indicator["id"]] = indicator["requirements"]
    for name in sorted(set(wanted) | set(got)):
        if wanted.get(name) != got.get(name):
            print(f"{name} carries {got.get(name)}, wanted {wanted.get(name)}")
    if not wanted:
        print("the table is empty")


def reached():
    """What was printed or asked, "SET ID" on each line, is every indicator of every set."""
    with open(sys.argv[2], encoding="utf-8") as file:
        got = {tuple(line.split()) for line in file}
    wanted = {(known["set"], indicator["id"]) for known in sets()
              for indicator in known["indicators"]}
    for known, name in sorted(wanted - got):
        print(f"{known}: {name} is not reached")
    for known, name in sorted(got - wanted):
        print(f"{known}: {name} stands in no set")


def first():
    """The questions asked without -S are the short list, and nothing else."""
    with open(sys.argv[2], encoding="utf-8") as file:
        got = {line.strip() for line in file}
    wanted = {indicator["id"] for known in sets() for indicator in known["indicators"]
              if indicator.get("first_responder")}
    if got != wanted or not wanted:
        print(f"differ: {', '.join(sorted(got ^ wanted))}")


def areas():
    """Signs of an area or a community stand in no set: they say nothing about one person."""
    community = {f"H01-I{number:03d}" for number in range(16, 27)}
    for known in sets():
        for indicator in known["indicators"]:
            for name in community.intersection(indicator.get("requirements", [])):
                print(f"{known['set']}: {indicator['id']} carries {name}")


def unique():
    """An id stands in one set, the ILO's apart; two ids have no text in common."""
    homes, owners = {}, {}
    for known in sets():
        if not known["set"].startswith("ilo-"):
            for indicator in known["indicators"]:
                homes.setdefault(indicator["id"], []).append(known["set"])
        for indicator in known["indicators"]:
            for text in ("sign", "question", "explain"):
                value = indicator.get(text, {})
                for words in value.values() if isinstance(value, dict) else [value]:
                    owners.setdefault(" ".join(words.lower().split()), set()).add(indicator["id"])
    for name, where in homes.items():
        if len(where) > 1:
            print(f"{name} stands in {', '.join(where)}")
    for words, names in owners.items():
        if len(names) > 1:
            print(f"{', '.join(sorted(names))}: {words}")


def ilo():
    """Ids, dimensions and weights are those of the published table, in its order."""
    with open("tests/data/ilo/delphi-labour.csv", encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    for track in ("adult", "child"):
        known = next(s for s in sets() if s["set"] == f"ilo-labour-{track}")
        wanted = [(row["id"], row["dimension"], row[f"{track}_labour"]) for row in table
                  if row[f"{track}_labour"]]
        got = [(i["id"], i["dimension"], i.get("weight")) for i in known["indicators"]]
        for left, right in zip(wanted, got):
            if left != right:
                print(f"{track}: {right}, wanted {left}")
        if len(wanted) != len(got):
            print(f"{track}: {len(got)} indicators, wanted {len(wanted)}")
        if known["track"] != track or known["rule"] != "ilo":
            print(f"{track}: track or rule")
    for known in sets():
        if known["rule"] != "ilo" and any("weight" in i for i in known["indicators"]):
            print(f"{known['set']}: a weight that no source publishes")


def requirements(share):
    """At least SHARE of the rows on indicators of wave 1 stand in a set; no row is made up."""
    with open("docs/requirements.csv", encoding="utf-8") as file:
        table = {row["id"]: row for row in csv.DictReader(file)}
    carried = {name for known in sets() for indicator in known["indicators"]
               for name in indicator.get("requirements", [])}
    wanted = {name for name, row in table.items()
              if row["kind"] == "indicator" and row.get("wave", "1") == "1"}
    for name in sorted(carried - set(table)):
        print(f"there is no requirement {name}")
    missing = sorted(wanted - carried)
    if not wanted or len(missing) > (1 - share) * len(wanted):
        print(f"{len(missing)} of {len(wanted)} requirements stand in no set: {' '.join(missing)}")


def examples():
    """At least thirty worked cases, each with what a specialist expects and why."""
    names = sorted(glob.glob("examples/screening/*.yaml"))
    if len(names) < 30:
        print(f"{len(names)} worked cases, wanted 30")
    for name in names:
        with open(name, encoding="utf-8") as file:
            text = file.read()
        case = yaml.safe_load(text)
        if not text.startswith("# ") or "elements" not in case.get("expected", {}):
            print(f"{name} does not say what is expected")
        if case["id"] != "ex-" + os.path.basename(name)[:2]:
            print(f"{name} holds the case {case['id']}")


{"used": used, "asked": asked, "carried": carried, "reached": reached, "first": first,
 "areas": areas, "unique": unique, "ilo": ilo, "examples": examples,
 "requirements": lambda: requirements(0.95)}[sys.argv[1]]()
END

# look CHECK NAME [FILE]
look() { is "$(python3 "$tmp/sets.py" "$1" ${3+"$3"} 2>&1)" "" "$2"; }

# keys AGE: an answer about the age, then yes to whatever is asked.
keys() { printf '%s\n\n' "$1"; yes y | head -n 200; }

# asked AGE [OPTION...]: the ids that a dialogue asks of a person of that age (n: an adult).
asked() {
    age=$1
    shift
    keys "$age" | nrm-screen -n 2026-11-25T12:00+01:00 -i "$@" 2>/dev/null |
        sed -n 's/^  - {id: \([^,]*\), answer: seen, seen: 2026-11-25}$/\1/p'
}

look used "every indicator stands in a test case"
look asked "every indicator can be asked for, every caution explains"
look carried "each indicator carries what the table says"
for file in indicators/*.yaml; do
    set=${file##*/} set=${set%.yaml}
    nrm-screen -q "$set" | sed -n "/\[_\] refused\$/{n;s/^ */$set /p;}" >>"$tmp/printed"
    for age in n y; do asked $age -S "$set" | sed "s/^/$set /"; done >>"$tmp/asked"
done
look reached "every indicator stands on the sheet of its set" "$tmp/printed"
look reached "every indicator is asked by -i, of an adult or of a child" "$tmp/asked"
for age in n y; do asked $age; done | sort -u >"$tmp/first"
look first "without -S the short list for first responders is asked" "$tmp/first"
look areas "what says something of an area stands in no set" # H01-G026
look unique "ids and texts are unique"
look ilo "the ILO sets are the published table"
look examples "at least thirty worked cases"
if [ -f docs/requirements.csv ]; then
    look requirements "the requirements on indicators stand in the sets"
else
    skip "the requirements on indicators stand in the sets" "no docs/requirements.csv"
fi
