#!/bin/sh
# nrm-screen: its formats, its page at 80 and 40 columns, sets, sheets, the record without identity,
# and what it says to bad input.
. "${0%/*}/tap.sh"

now=2026-11-25T12:00+01:00
screen() { nrm-screen -n "$now" "$@"; }

# --- csv: the columns are a promise ---

run screen -o csv examples/screening/01-building-site.yaml
is "$rc" 0 "screening is no verdict: status 0 where the threshold is reached"
is "$(out | head -n 1)" \
    "id,set,track,acts,means,purpose,threshold,strength,missing,version,reviewed" "the header"
like "$(out)" '^ex-01,ilo-labour-adult,adult,met,met,met,reached,3,,1,2026-11-01$' "a weighted row"
like "$(out)" '^ex-01,elements,adult,met,met,met,reached,,,,$' "the row of the whole case"
unlike "$(out)" "ilo-labour-child" "sets for children have no row for an adult"
unlike "$(out | cut -d, -f4-7)" "negative|no,|false|refuted" "no negative word"
is "$(out | tail -n 1 | cut -d, -f2)" elements "the whole case comes last"
is "$(out | sed '1d;$d' | cut -d, -f2 | sort -c 2>&1)" "" "sets come in the order of their names"
run screen -o csv examples/screening/26-nothing-answered.yaml
is "$rc" 0 "and where it is not"

printf '%s\n' '{id: "=1+1", indicators: [{id: confined}]}' '--- {person: {age_group: adult}}' >"$tmp/odd.yaml"
run screen -o csv -S control "$tmp/odd.yaml"
like "$(out)" "^'=1\\+1,control,child|^\"'=1\\+1\",control,child" "an id is no formula"
like "$(out)" '^,control,adult,not_shown,not_shown,not_shown,not_yet,,' "no id is an empty cell"

# --- choosing sets: H03-X004 H03-X006 H01-X004 ---

run screen -o csv -S control,cues -S ilo-labour-adult examples/screening/01-building-site.yaml
is "$(out | cut -d, -f2 | tr '\n' ' ')" "set control cues ilo-labour-adult elements " "-S"
cp indicators/cues.yaml "$tmp/own.yaml"
sed -i 's/^set: cues/set: own/; s/id: cue_/id: own_/' "$tmp/own.yaml"
run screen -o csv -S "$tmp/own.yaml" examples/screening/01-building-site.yaml
is "$(out | cut -d, -f2 | tr '\n' ' ')" "set own elements " "-S with a path"
run screen --sets -o csv
is "$(out | head -n 1)" "set,version,reviewed,review_due,track,rule,indicators,source" "--sets"
is "$(out | sed 1d | wc -l)" "$(ls indicators/*.yaml | wc -l)" "lists every set"
like "$(out)" '^ilo-labour-adult,1,2026-11-01,2027-11-01,adult,ilo,67,' "with all there is to know"
run screen --sets -S cues
is "$(out | wc -l)" 2 "--sets -S lists the chosen ones"
run screen --sets -S cues -o json
like "$(out)" '^\{"set":"cues","version":"1","reviewed":"2026-11-01"' "--sets as JSON"

# --- review: H06-D003 ---

run nrm-screen -n 2028-01-01 -S cues -o csv examples/screening/01-building-site.yaml
is "$rc" 0 "a set that is overdue for review is used"
err_like 'indicators/cues.yaml:[0-9]+:[0-9]+: the review of this set of indicators is overdue' \
    "and warned about"
is "$(err | wc -l)" 1 "only the sets that were chosen"
run nrm-screen -n 2028-01-01 -S cues -o csv examples/screening/0*.yaml
is "$(err | wc -l)" 1 "once for all cases"
run nrm-screen -n 2028-01-01 --quiet -S cues -o csv examples/screening/01-building-site.yaml
err_is "" "--quiet is quiet"
run nrm-screen -n 2028-01-01 -S cues examples/screening/01-building-site.yaml
out_like 'cues, version 1 of 2026-11-01: nothing seen; its review is overdue' "the page says so too"

# --- yaml: the case goes through, with an event more ---

run screen -o yaml -S ilo-labour-adult examples/screening/01-building-site.yaml
out_like '^  - \{at: 2026-11-25T12:00\+01:00, type: screening, track: adult, acts: met, means: met, purpose: met, threshold: reached, sets: \[ilo-labour-adult/1\], reached_by: \[ilo-labour-adult/1\], missing: \[\]\}$' \
    "the event"
out >"$tmp/logged.yaml"
status 0 "the event is known to the model" nrm-convert -o yaml "$tmp/logged.yaml"
err_is "" "without a warning"
screen -o csv examples/screening/01-building-site.yaml >"$tmp/before"
screen -o csv "$tmp/logged.yaml" >"$tmp/after"
same "$tmp/before" "$tmp/after" "a screening changes no later screening"
nrm-status -n "$now" -o csv examples/cases >"$tmp/before"
screen -o yaml examples/cases | nrm-status -n "$now" -o csv >"$tmp/after"
same "$tmp/before" "$tmp/after" "nor where a case stands"
printf '%s\n' 'base: &list [{type: detected, at: 2026-03-01}]' 'id: a' 'events: *list' >"$tmp/alias.yaml"
run screen -o yaml -S cues "$tmp/alias.yaml"
is "$(out | grep -c 'type: screening')" 1 "a list shared by an alias is not changed elsewhere"
like "$(out)" '^base: &list' "and stays where it is"

# --- json ---

if python3 -c '' 2>/dev/null; then
    screen -o json examples/screening/*.yaml >"$tmp/all.json"
    ok "each line is JSON" python3 -c '
import json, sys
for line in open(sys.argv[1]):
    case = json.loads(line)
    assert case["threshold"] in ("reached", "not_yet"), case
    assert set(case["answers"]) == {"seen", "not_seen", "refused", "not_asked"}
    for one in case["sets"]:
        assert one["threshold"] in ("reached", "not_yet")
' "$tmp/all.json"
    screen -o csv examples/screening/*.yaml >"$tmp/all.csv"
    ok "and says what the rows say" python3 -c '
import csv, json, sys
rows = {}
for line in open(sys.argv[1]):
    case = json.loads(line)
    for one in case["sets"] + [dict(case, set="elements")]:
        rows[case["id"], one["set"]] = one
with open(sys.argv[2]) as file:
    count = 0
    for row in csv.DictReader(file):
        one = rows[row["id"], row["set"]]
        count += 1
        for column in ("acts", "means", "purpose", "threshold"):
            assert row[column] == one[column], row
        assert row["missing"] == ";".join(one["missing"]), row
        strength = one["strength"]
        assert row["strength"] == ("" if strength is None else str(strength)), row
    assert count == len(rows)
' "$tmp/all.json" "$tmp/all.csv"
fi
run screen -o json examples/screening/40-a-sign-no-set-knows.yaml
out_like '"unknown":\["parcel_locker_deliveries"\]' "what no set knows"
out_like '\{"list":"guards","item":"urgent_health","state":"open"\}' "what is open of the care lists"

# --- the page: H01-X002 H03-X005 H03-G008 ---

run screen examples/screening/06-passport-says-adult.yaml examples/screening/45-declined.yaml
out_like "decision lies" "the page says who decides"
unlike "$(out)" "not a victim|negative" "and no negative word"
is "$(out | grep -c '^Case ')" 2 "one page for each case"
page() { # WIDTH CASE: the page as a terminal of that width shows it
    printf 'end\n' >"$tmp/script"
    NO_COLOR=1 TERM=xterm python3 tests/cli/terminal.py "$1" 24 "$tmp/script" \
        nrm-screen -n "$now" "$2" | sed 's/^|//'
}
if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
    for width in 80 40; do
        for case in 12-kidney-for-a-debt 05-unaccompanied-child 45-declined 40-a-sign-no-set-knows; do
            page $width "examples/screening/$case.yaml" >"$tmp/page"
            is "$(head -n 1 "$tmp/page")" "status 0" "$case at $width columns"
            is "$(awk -v width=$width 'length > width' "$tmp/page")" "" "fits"
            sed 1d "$tmp/page" >"$tmp/shown"
            same "tests/data/pages/$case.$width" "$tmp/shown" "$case.$width looks as it should"
        done
    done
fi
printf '{id: "a\\e[2Jb", indicators: [{id: "x\\e]0;y\\a", note: "\\e[31m"}], exploitation: {means: ["\\e[1m"]}}\n' |
    screen >"$tmp/page"
is "$(tr -d '\n' <"$tmp/page" | grep -c "$(printf '\033')")" 0 "no control characters reach the page"

# --- care ---

printf '{id: a, person: {age_group: adult}, health: {urgent: true}}\n' >"$tmp/urgent.yaml"
run screen "$tmp/urgent.yaml"
out_like "call an$|call an ambulance" "an open urgent need calls for an ambulance"
printf '%s\n' '{id: a, person: {age_group: adult}, health: {urgent: true, resolved_at: 2026-11-24}}' >"$tmp/met.yaml"
run screen "$tmp/met.yaml"
unlike "$(out)" "ambulance|urgent health needs" "a need that was met does not"
printf '%s\n' '{id: a, person: {age_group: child}}' >"$tmp/child.yaml"
run screen "$tmp/child.yaml"
out_like "An interview is the exception" "a child is pointed to indicators and best interests"
out_like "48 hours" "with the 48 hours"
unlike "$(out)" "specialist lawyer; always" "the guards of adults are not a child's"

# --- the record without identity ---

mkdir "$tmp/country" "$tmp/country/profiles"
printf 'profile: duty\nextends: odihr\nsettings: {duty_to_notify: true}\n' >"$tmp/country/profiles/duty.yaml"
cat >"$tmp/declined.yaml" <<'END'
id: "2026-0777"
person: {age_group: adult, nationality: [NGA], birth_date: 1990-04-05, gender: female}
identity: {name: Somebody}
contact: {phone: "123"}
jurisdiction: POL
indicators: [{id: confined, note: told by Somebody, by: unit-4, seen: 2026-03-01}, {id: nobody-knows}]
exploitation: {forms: [labour, "Somebody's form"], means: [force], countries: [DEU]}
events: [{at: 2026-03-01T10:00+01:00, type: declined, reason: fears Somebody}]
END
run env NRM_PATH="$tmp/country:$ROOT" nrm-screen -n "$now" -p duty --notification "$tmp/declined.yaml"
is "$(out)" '---
nrm: 1
profile: duty
notification: {track: adult, acts: not_shown, means: met, purpose: met, threshold: reached}
indicators:
  - {id: confined}
exploitation:
  means: [force]
  forms: [labour]' "what was found, and nothing of whom"
run env NRM_PATH="$tmp/country:$ROOT" nrm-screen -n "$now" -p duty "$tmp/declined.yaml"
like "$(out | tr -s " \\n" "  ")" "--notification prints a record" "the page points to it"
like "$(out | tr -s " \\n" "  ")" "offer help outside the mechanism" "help is offered all the same"
run screen --notification "$tmp/declined.yaml"
is "$rc $(out)" "0 " "without the duty there is no record"
err_like "the profile odihr knows no duty to notify" "told"
run screen --notification "$tmp/child.yaml"
is "$rc $(out)" "0 " "nobody declined, no record"

# --- a sign of childhood of an adult: the track stays, and the page says so (H02-T002 H03-T084) ---

printf '%s\n' '{id: a, person: {age_group: adult}, indicators: [{id: maybe_under_18}]}' >"$tmp/young.yaml"
run screen "$tmp/young.yaml"
is "$(out | sed -n '4,7p')" 'Age in doubt
  - May be under eighteen (maybe_under_18)
  The record says adult. A person who may be a child is treated as one: log
  age_doubted with nrm-case, and screen as a child from now on.' "a sign of childhood is pointed at"
run screen -L fr "$tmp/young.yaml"
out_like "^  - A peut-être moins de dix-huit ans" "in the language that was asked for"
run screen -o json "$tmp/young.yaml"
out_like '"track":"adult","age_doubt":\["maybe_under_18"\]' "a program is told"
run screen -o csv -S general "$tmp/young.yaml"
like "$(out)" '^a,general,adult,' "the track is that of the record"
run nrm-case log -n "$now" "$tmp/young.yaml" age_doubted
is "$rc" 0 "the event that it names can be logged"
run screen "$tmp/young.yaml"
like "$(out)" "^Case a, a child or perhaps a child" "and makes a child of the case"
unlike "$(out)" "Age in doubt|The record says adult" "of whom no more is said"

# --- sheets and languages ---

run nrm-screen -q ilo-labour-adult
is "$(out | grep -c '_] seen')" 67 "a sheet has every question"
is "$(out | awk 'length > 80')" "" "and fits 80 columns"
out_like "^Set ilo-labour-adult, version 1, reviewed 2026-11-01. Source: ILO" "version and source"
out_like "\[_\] See to urgent health" "care comes first"
unlike "$(out)" "need is open" "a sheet does not say that a need is open"
unlike "$(out)" "Child:" "a sheet for adults has no box for children"
run nrm-screen -q general -L fr
out_like "[éèàç]" "in French"
run nrm-screen -q general -L ru
out_like "Кто" "in Russian"
run nrm-screen -q general -L xx
err_like "no set has texts in xx; they come in English" "a language that no set has"
is "$rc" 0 "is no reason to stop"

# --- bad input ---

status 2 "a set that is not there" nrm-screen -S kontrol examples/cases
err_like "there is no set kontrol, perhaps you mean control" "with the nearest"
status 2 "an empty name" nrm-screen -S control, examples/cases
status 2 "a sheet of no set" nrm-screen -q nothing
status 2 "a set at a path that is not there" nrm-screen -S "$tmp/none.yaml" examples/cases
status 2 "two jobs at once" nrm-screen -i --sets
status 2 "a language that is none" nrm-screen -L english --sets
status 2 "--sets has no yaml" nrm-screen --sets -o yaml
err_like "sets prints no yaml" "told"
status 2 "a sheet has no json" nrm-screen -q cues -o json
err_like "-q prints no json" "told"
out_is "" "and none is printed"
status 2 "-i has no csv" nrm-screen -i -o csv "$tmp/none-yet.yaml"
status 2 "--notification has no csv" nrm-screen --notification -o csv "$tmp/child.yaml"
status 2 "a sheet takes no case" nrm-screen -q cues examples/cases
err_like "-q takes no FILE" "told"
status 2 "--sets takes no case" nrm-screen --sets examples/cases
err_like "sets takes no FILE" "told"
status 0 "a sheet is text" nrm-screen -q cues -o text
status 0 "a record of who declined is YAML" nrm-screen --notification -o yaml "$tmp/child.yaml"
status 2 "a file that is not there" nrm-screen "$tmp/nothing.yaml"
status 2 "a profile that is not there" nrm-screen -p nowhere examples/cases
printf 'set: bad\nname: B\nindicators: [{id: x, sign: X, dimension: mean}]\n' >"$tmp/bad.yaml"
status 2 "a broken set" nrm-screen -S "$tmp/bad.yaml" examples/cases
err_like 'bad.yaml:3:42: not a dimension of this set; perhaps you mean means' "with its place"
printf 'indicators: [{id: x, answer: jein}]\n' >"$tmp/word.yaml"
run screen -o csv -S cues "$tmp/word.yaml"
is "$rc" 0 "an answer that is none counts as unknown"
err_like 'word.yaml:1:' "and is warned about"
unlike "$(err)" jein "without the value"
run sh -c 'nrm-screen -n 2026-11-25 -o csv </dev/null'
is "$rc $(out | wc -l)" "0 1" "no cases on standard input are fine"
status 2 "a broken case" nrm-screen "$tmp/two-broken.yaml"
printf 'id: a\n---\n{\n---\nid: b\n' >"$tmp/mixed.yaml"
run screen -k -o csv -S cues "$tmp/mixed.yaml"
is "$rc $(out | grep -c elements)" "2 2" "-k goes on, and says so"
if [ -c /dev/full ]; then
    run sh -c 'nrm-screen -n 2026-11-25 -o csv examples/cases >/dev/full'
    is "$rc" 2 "a full disk"
fi
run sh -c 'nrm-screen -n 2026-11-25 examples/screening | head -n 1'
err_is "" "a reader that goes away"
