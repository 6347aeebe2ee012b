#!/bin/sh
# nrm-pick: three answers to a condition, and what is printed of each.
. "${0%/*}/tap.sh"

cat >"$tmp/cases.yaml" <<'END'
---
id: a
person: {birth_date: 2010-01-01, gender: female}
---
id: b
person: {birth_date: 1990-01-01, gender: male}
events:
  - {at: 2026-01-10, type: detected, by: police}
---
id: c
person: {gender: female}
END
now="-n 2026-03-10"
ids() { sed -n 's/^id: //p' | tr '\n' ' '; }

status 0 "cases that satisfy are picked" nrm-pick $now 'person.gender == "female"' "$tmp/cases.yaml"
is "$(out | ids)" "a c " "and only those"
status 0 "-x picks the others" nrm-pick $now -x 'person.gender == "female"' "$tmp/cases.yaml"
is "$(out | ids)" "b " "and only those"

# A case that lacks what the condition asks for is neither.
young='age(now) < 18'
status 0 "an answer that cannot be told" nrm-pick $now "$young" "$tmp/cases.yaml"
is "$(out | ids)" "a " "is no yes"
err_is "nrm-pick: 1 case cannot be told; -a picks it, -v says what is missing" "is mentioned"
status 0 "-x" nrm-pick $now -x "$young" "$tmp/cases.yaml"
is "$(out | ids)" "b " "is no no"
status 0 "-a" nrm-pick $now -a "$young" "$tmp/cases.yaml"
is "$(out | ids)" "c " "picks those"
err_is "" "without a word"
status 0 "-v" nrm-pick $now -v "$young" "$tmp/cases.yaml"
err_like "^$tmp/cases.yaml:10:1: cannot tell: person.birth_date is missing\$" "says what is missing"
status 0 "-q" nrm-pick $now -q -v "$young" "$tmp/cases.yaml"
err_is "" "says nothing"

# The three picks part the whole.
for option in "" -x -a; do
    nrm-pick $now -q $option "$young" "$tmp/cases.yaml"
done | sort >"$tmp/parts"
sort "$tmp/cases.yaml" >"$tmp/whole"
same "$tmp/whole" "$tmp/parts" "yes, no and unknown together are all cases, unchanged"

for pair in ":1" "-x:1" "-a:1"; do
    status 0 "-c ${pair%:*} counts" nrm-pick $now -q -c ${pair%:*} "$young" "$tmp/cases.yaml"
    out_is "${pair#*:}" "and prints nothing else"
done
status 1 "nothing picked" nrm-pick $now 'person.gender == "other"' "$tmp/cases.yaml"
out_is "" "gives nothing"
status 1 "-c of nothing" nrm-pick $now -c 'person.gender == "other"' "$tmp/cases.yaml"
out_is "0" "gives 0"
status 1 "no cases at all" nrm-pick $now true </dev/null

status 0 "-o csv" nrm-pick $now -o csv 'has(detected)' "$tmp/cases.yaml"
out_is "id,person.birth_date,person.gender
b,1990-01-01,male" "writes a table of those cases"
status 0 "-o events" nrm-pick $now -o events 'has(detected)' "$tmp/cases.yaml"
out_is "id,at,type,by
b,2026-01-10,detected,police" "writes their events"
status 0 "-o json" nrm-pick $now -o json 'id == "c"' "$tmp/cases.yaml"
out_is '{"id":"c","person":{"gender":"female"}}' "writes objects"
status 0 "derived names can be asked for" nrm-pick $now -c 'track == "child"' "$tmp/cases.yaml"
out_is "2" "a person of unknown age may be a child"
status 0 "-n moves the clock" nrm-pick -n 2029-03-10 -c 'track == "child"' "$tmp/cases.yaml"
out_is "1" "to after the birthday"
status 0 "options behind the expression" nrm-pick true "$tmp/cases.yaml" -c $now
out_is "3" "are taken as such"

# The expression is the first operand and is parsed before anything is read.
status 2 "no expression" nrm-pick
err_is "nrm-pick: the expression is missing; nrm-pick -h shows the options" "is a usage error"
while IFS='|' read -r expression place; do
    status 2 "refused: $expression" nrm-pick $now "$expression" "$tmp/nosuch.yaml"
    err_like "^expression:$place: " "at its place"
    is "$(err | wc -l)" 1 "in one message"
done <<'END'
person.gendr == "x"|1:1
person.gender ==|1:17
person.gender|1:1
END
status 2 "-x with -a" nrm-pick -x -a true "$tmp/cases.yaml"
status 2 "a file that is not there" nrm-pick $now true "$tmp/nosuch.yaml"
status 2 "an unknown profile" nrm-pick $now -p nosuch true "$tmp/cases.yaml"
