#!/bin/sh
# nrm-status: one row for each case in every format, why a case stands where it does, what is owed,
# and the machine as a graph. What the derived names say of histories is in tests/lib/standing.c.
. "${0%/*}/tap.sh"

now=2026-03-10T12:00+01:00
columns=id,track,age,identification,rr,stay,support,challenge,removal_barred

cat >"$tmp/cases.yaml" <<'END'
---
id: A
person: {age_group: adult, residence_status: irregular}
events:
  - {at: 2026-02-01T10:00+01:00, type: detected}
  - {at: 2026-02-03T12:00+01:00, type: stage1_decision, outcome: positive}
  - {at: 2026-03-20, type: rr_granted}
---
person: {birth_date: 2010-05-01}
---
id: C;two
person: {age_group: adult}
events:
  - {at: 2026-02-01, type: age_doubted}
  - {at: 2026-02-02, type: age_challenged}
  - {at: 2026-02-03, type: stage1_decision, outcome: positive}
  - {at: 2026-02-05, type: stage2_decision, outcome: negative}
  - {at: 2026-02-06, type: appeal_lodged, of: stage2}
END

# --- formats ---
status 0 "-o csv" nrm-status -n $now -o csv "$tmp/cases.yaml"
out_is "$columns
A,adult,adult,presumed,due,none,none,none,true
,child,child,none,none,unknown,none,none,false
C;two,child,presumed_child,stage2_appeal,due,unknown,none,stage2;age,true" \
    "the promised columns and a row for each case; challenges joined with ;"
cp "$tmp/.out" "$tmp/csv"
status 0 "-o json" nrm-status -n $now -o json "$tmp/cases.yaml"
is "$(echo $columns; out | sed 's/^{"[a-z_]*":"//; s/","[a-z_]*":"/,/g; s/"}$//')" "$(cat "$tmp/csv")" \
    "an object for each case with the same answers"
is "$(out | sed 's/":"[^"]*"//g; s/[{}"]//g' | sort -u)" "$columns" "under the same names"
status 0 "-o text" nrm-status -n $now "$tmp/cases.yaml"
is "$(out | sed -n '1p; /^A /p' | sed 's/  */,/g')" "$(sed -n '1p; /^A,/p' "$tmp/csv")" \
    "is the default, a table of the same answers"
is "$(out | wc -l)" 4 "a line for each case"
status 0 "no cases" nrm-status -n $now -o csv </dev/null
out_is "$columns" "give the header alone"
status 0 "a case with nothing but its id" nrm-status -n $now -o csv - <<'END'
id: E
END
out_is "$columns
E,child,unknown,none,none,unknown,none,none,false" "is a child's until settled, and nothing bars removal"

# --- the moment and the profile ---
status 0 "later" nrm-status -n 2026-03-21T12:00+01:00 -o csv "$tmp/cases.yaml"
is "$(out | sed -n 2p)" A,adult,adult,presumed,running,rr,none,none,true "what was planned counts"
status 0 "a profile of -p" nrm-status -n $now -p merged -o csv "$tmp/cases.yaml"
is "$(out | sed -n 2p | cut -d, -f4)" victim "decides where the stages are merged"
status 2 "a profile that is none" nrm-status -n $now -p nosuch -o csv "$tmp/cases.yaml"
out_is "" "answers nothing"
mkdir "$tmp/profiles"
printf 'profile: torn\nextends: odihr\nzone: Mars/Phobos\n' >"$tmp/profiles/torn.yaml"
sed 's/^id: A/&\nprofile: torn/' "$tmp/cases.yaml" >"$tmp/torn.yaml"
status 2 "a case whose profile is broken" env NRM_PATH="$tmp:$NRM_PATH" nrm-status -n $now -o csv "$tmp/torn.yaml"
out_is "$columns" "ends the run"
status 2 "-k" env NRM_PATH="$tmp:$NRM_PATH" nrm-status -k -n $now -o csv "$tmp/torn.yaml"
is "$(out | sed 1d)" "$(sed '1,2d' "$tmp/csv")" "goes on with the others"
is "$(err | wc -l)" 1 "in one message"

# --- why ---
cat >"$tmp/why.yaml" <<'END'
---
id: "W\e[31m"
person: {birth_date: 2008-02-10, family_care: none}
events:
  - {at: 2026-02-01T10:00+01:00, type: detected}
  - {at: 2026-02-01T12:00+01:00, type: referred}
  - {at: 2026-02-02, type: stage2_decision, outcome: negative}
  - {at: 2026-02-11, type: rr_granted}
  - {at: 2026-02-12, type: rr_ended}
  - {type: accepted}
  - {at: 2026-02-01T13:00+01:00, type: interview, stage: 1}
---
person: {age_group: adult}
events:
  - {at: 2026-02-01, type: consent, purpose: nrm_referral, status: refused}
  - {at: 2026-02-02, type: referred}
  - {at: 2026-02-03, type: stage1_decision, outcome: negative}
  - {at: 2026-02-10, type: remedies_exhausted, of: stage1, how: lapsed}
  - {at: 2026-02-12, type: assessment}
---
id: ""
person: {age_group: adult}
events:
  - {at: 2026-02-01, type: detected}
  - {at: 2026-02-02, type: referred}
END
status 0 "-w" nrm-status -q -w -n $now "$tmp/why.yaml"
csplit -sz -f "$tmp/why." "$tmp/.out" '/^[^ ]/' '{*}'
is "$(sed -n '1p' "$tmp/why.00")" 'W\x1b[31m (profile odihr)' "names the case, safe for a terminal, and the profile"
is "$(sed -n '1p' "$tmp/why.01")" '(no id) (profile odihr)' "a case without id"
is "$(sed -n '1p' "$tmp/why.02")" '(no id) (profile odihr)' "or an empty one"
regions=$(awk -F, 'NR > 1 && $1 != last { print $1; last = $1 }' schema/states.csv)
names=$(awk -F, 'NR > 1 && $1 != last { print $1; last = $1 }' schema/derived.csv)
is "$(sed -n 's/^  \([a-z_]*\): .*/\1/p' "$tmp/why.00")" "$(printf '%s\n' $regions $names)" \
    "each region, then each derived name, once"
is "$(sed -n '/^  identification:/,/^  age:/p' "$tmp/why.00")" \
    '  identification: stage1
    possible: event 1, detected, 2026-02-01T10:00+01:00 [A01; handbook 13.2]
    referred: event 2, referred, 2026-02-01T12:00+01:00 [C03; handbook 13.3]
    stage1: event 6, accepted, not dated [A05; handbook 13.8]
  age: adult' "the events that moved it, with their row; what leads nowhere or moves nothing is not among them"
is "$(sed -n '/^  age:/,/^  age_challenge:/p' "$tmp/why.00")" \
    '  age: adult
    child: from the beginning [G01; handbook 13.14]
    adult: coming of age, 2026-02-10T00:00+01:00 [C23; handbook 13.11 13.14]
  age_challenge: none' "a birthday that no event records"
is "$(sed -n '/^  reflection:/,/^  permit:/p' "$tmp/why.00" | sed 's/[[;] .*//; s/may not.*/.../')" \
    '  reflection: running
    running: event 4, rr_granted, 2026-02-11 [A16
    running: event 5, rr_ended, 2026-02-12 [C14
        held: the recovery and reflection period ...
  permit: none' "what a guard held"
like "$(cat "$tmp/why.01")" '^        not as it should be: an adult is referred only with consent' "a guard that does not hold"
like "$(cat "$tmp/why.02")" '^        cannot tell whether: an adult is referred only with consent' "one that cannot be told"
like "$(cat "$tmp/why.01")" '^  removal_barred: unknown \(assessment\.kind is missing\)$' "what an answer lacks"
like "$(cat "$tmp/why.02")" '^  removal_barred: true, because identification in ' "what it follows from"
is "$(sed -n 's/^  track: //p' "$tmp/why.00" "$tmp/why.01")" \
    'adult, because age in ["adult", "settled_adult"] [handbook 13.14]
adult, because age in ["adult", "settled_adult"] [handbook 13.14]' "and where the handbook says so"
status 0 "of a child" nrm-status -w -n $now - <<'END'
id: K
events: [{at: 2026-03-01, type: detected}]
END
is "$(out | sed -n 's/^  track: //p; s/^  challenge: //p')" "child
none" "nothing where no condition held"
like "$(out)" '^  removal_barred: unknown, because identification in \["possible", "declined"\] \[handbook 13\.2\]$' \
    "where nobody can tell although nothing is missing"

# --- what is owed ---
mkdir -p "$tmp/own/entitlements"
cat >"$tmp/own/entitlements/a.yaml" <<'END'
title: Test
source: S
rules:
  - {id: owed.kit, label: a kit, kind: entitlement, severity: violation, when: has(detected),
     holds: needs.kit_given_at <= now, message: give it, source: S 1}
  - {id: owed.bed, label: a bed, kind: entitlement, severity: note, track: child, on: detected,
     holds: place != "street", message: find one, source: S 2}
END
owed() { status "$1" "$2" env NRM_PATH="$tmp/own:$NRM_PATH" nrm-status -e -n $now "$tmp/owed.yaml"; }
cat >"$tmp/owed.yaml" <<'END'
---
id: A
person: {age_group: adult}
needs: {kit_given_at: 2026-02-01}
events: [{at: 2026-02-01, type: detected, place: street}]
---
person: {age_group: adult}
events: [{at: 2026-02-01, type: detected}]
---
id: N
END
owed 0 "-e where nothing is missing"
out_is "A
  given        a kit [S 1]
(no id)
  cannot tell  a kit [S 1]
               cannot tell: needs.kit_given_at is missing
N
  nothing is owed at this point" "item by item: given, or what cannot be told; only what is owed"
cat >"$tmp/owed.yaml" <<'END'
id: K
needs: {kit_given_at: 2026-03-20}
events:
  - {at: 2026-02-01, type: detected, place: shelter}
  - {at: 2026-02-02, type: detected, place: street}
END
owed 1 "-e where something is missing"
out_is "K
  missing      a kit [S 1]
  given        a bed [S 2]
  missing      a bed [S 2]" "an item that is asked of events is answered for each"
status 1 "the example cases" nrm-status -e -n $now examples/cases
is "$(out | grep -c '^[^ ]')" "$(ls examples/cases | wc -l)" "each has an answer"
echo 'rules: [{id: owed.x, holds: tru}]' >"$tmp/own/entitlements/b.yaml"
owed 2 "entitlements that are broken"
out_is "" "answer nothing"
err_like "^$tmp/own/entitlements/b.yaml:1:" "and are told at their place"
status 1 "-w with -e" nrm-status -w -e -n $now examples/cases/2026-0050.yaml
is "$(out | grep -c '^2026-0050')" 2 "prints both"

# --- the graph ---
status 0 "-g" nrm-status -g -n $now "$tmp/nosuch.yaml"
err_is "" "reads no cases"
cp "$tmp/.out" "$tmp/machine.dot"
is "$(sed -n 's/^    "\([a-z_]*\)\.\([a-z0-9_]*\)" \[label="\(.*\)"\];$/\1,\2,\3/p' "$tmp/machine.dot" | sort)" \
    "$(awk -F, 'NR > 1 { print $1 "," $2 "," $2 }' schema/states.csv | sort)" "every state of every region"
if command -v python3 >/dev/null 2>&1; then
    python3 - >"$tmp/edges" <<'END'
import csv

rows = list(csv.DictReader(open("schema/transitions.csv")))
states = {}
for row in csv.DictReader(open("schema/states.csv")):
    states.setdefault(row["region"], []).append(row["state"])


def origins(row):
    return states[row["region"]] if row["from"] == "*" else row["from"].split("|")


for row in rows:
    for origin in origins(row):
        targets = [row["to"]]
        if row["to"] == "=":
            targets = []
        if row["to"] == "<":  # back to where one can have come from
            targets = {s for other in rows for s in origins(other)
                       if other["region"] == row["region"] and other["to"] == origin}
        for target in targets:
            if target != origin:
                style = ", style=dashed" if row["guard"] else ""
                print('    "{0}.{1}" -> "{0}.{2}" [label="{3}\\n{4}"{5}];'.format(
                    row["region"], origin, target, row["event"], row["id"], style))
END
    is "$(grep -e '->' "$tmp/machine.dot" | sort)" "$(sort "$tmp/edges")" \
        "every row that leads to another state, dashed where it has a guard"
else
    skip "every row that leads to another state" "python3 is not installed"
fi
is "$(sed -n 's/^  subgraph "cluster_\(.*\)" {$/\1/p' "$tmp/machine.dot")" "$regions" "a cluster for each region"
if command -v dot >/dev/null 2>&1; then
    ok "Graphviz reads it" dot -Tcanon -o "$tmp/canon" "$tmp/machine.dot"
else
    skip "Graphviz reads it" "Graphviz is not installed"
fi

# --- trouble ---
printf 'id: bad\nx: [\n' >"$tmp/bad.yaml"
status 2 "a case that cannot be read" nrm-status -n $now -o csv "$tmp/bad.yaml" "$tmp/cases.yaml"
status 2 "-k goes on" nrm-status -k -n $now -o csv "$tmp/bad.yaml" "$tmp/cases.yaml"
out_is "$(cat "$tmp/csv")" "with all the others"
status 2 "a format that is none" nrm-status -n $now -o yaml "$tmp/cases.yaml"
status 2 "something missing, and something that cannot be read" nrm-status -k -e -n $now "$tmp/bad.yaml" examples/cases

# --- what prints text prints nothing else ---
for option in -w -e -g; do
    status 2 "$option with -o csv" nrm-status $option -n $now -o csv examples/cases/2026-0050.yaml
    err_like "print text, not csv" "says so"
done
