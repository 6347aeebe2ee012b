#!/bin/sh
# One answer, whatever way the cases came: directory, stream, tables; and pipes that commute.
. "${0%/*}/tap.sh"

now="-n 2026-03-10T12:00+01:00"
store=examples/cases
tools="nrm-status nrm-deadline nrm-convert"

# Runs each tool that reads cases in its machine format, with $from as standard input:
# answers NAME FILE... into $tmp/NAME.*
from=/dev/null
answers() {
    name=$1
    shift
    for tool in $tools; do
        [ $tool = nrm-convert ] && format=events || format=csv
        rc=0
        $tool $now -q -o $format "$@" <"$from" >"$tmp/$name.$tool" 2>&1 || rc=$?
        echo "status $rc" >>"$tmp/$name.$tool"
    done
    nrm-report $now -q -u -g track,identification -t -o csv "$@" <"$from" >"$tmp/$name.nrm-report" 2>&1
    nrm-pick $now -q -o csv 'removal_barred' "$@" <"$from" >"$tmp/$name.nrm-pick" 2>&1
}
# agree NAME: as the directory.
agree() {
    for tool in $tools nrm-report nrm-pick; do
        same "$tmp/directory.$tool" "$tmp/$1.$tool" "$tool: $1 = directory"
    done
}

answers directory $store
ok "the example cases give an answer" test "$(wc -l <"$tmp/directory.nrm-status")" -gt 4
answers "slash" $store/
agree "slash"
answers "files" $store/*.yaml
agree "files"
cat $store/*.yaml >"$tmp/all.yaml"
answers "concatenated" "$tmp/all.yaml"
agree "concatenated"
from=$tmp/all.yaml
answers "standard-input"
agree "standard-input"
answers "dash" -
agree "dash"
nrm-convert $store >"$tmp/converted.yaml"
from=$tmp/converted.yaml
answers "converted"
agree "converted"
from=/dev/null

nrm-convert -q -o csv $store >"$tmp/wide.csv"
nrm-convert -q -o events $store >"$tmp/long.csv"
answers "tables" "$tmp/wide.csv" "$tmp/long.csv"
agree "tables"
answers "tables-turned" "$tmp/long.csv" "$tmp/wide.csv"
agree "tables-turned"
# What spreadsheets make of a table on the way.
for form in wide long; do
    { printf '\357\273\277'; sed 's/$/\r/' "$tmp/$form.csv"; } >"$tmp/$form-crlf.csv"
done
answers "crlf" "$tmp/wide-crlf.csv" "$tmp/long-crlf.csv"
agree "crlf"
{ printf '\357\273\277'; sed 's/$/\r/' "$tmp/all.yaml"; } >"$tmp/crlf.yaml"
answers "yaml-crlf" "$tmp/crlf.yaml"
agree "yaml-crlf"
nrm-convert -q "$tmp/wide.csv" "$tmp/long.csv" >"$tmp/back.yaml"
answers "tables-to-yaml" "$tmp/back.yaml"
agree "tables-to-yaml"

# TYPE.field columns: the same history in a table of one row a case.
cat >"$tmp/typed.csv" <<'END'
id,person.birth_date,detected.at,stage1_decision.at,stage1_decision.outcome
x,1990-01-01,2026-03-01T22:40+01:00,2026-03-03T09:00+01:00,positive
END
cat >"$tmp/typed.yaml" <<'END'
id: x
person: {birth_date: 1990-01-01}
events:
  - {at: 2026-03-01T22:40+01:00, type: detected}
  - {at: 2026-03-03T09:00+01:00, type: stage1_decision, outcome: positive}
END
for tool in nrm-status nrm-deadline; do
    $tool $now -o csv "$tmp/typed.csv" >"$tmp/a"
    $tool $now -o csv "$tmp/typed.yaml" >"$tmp/b"
    same "$tmp/b" "$tmp/a" "$tool: columns of events = events"
done

# Picking and asking commute.
expression='identification == "victim" or identification == "presumed"'
nrm-pick $now "$expression" $store | nrm-status $now -o csv >"$tmp/pick-status"
nrm-status $now -o csv $store | awk -F, 'NR == 1 || $4 == "victim" || $4 == "presumed"' >"$tmp/status-pick"
same "$tmp/status-pick" "$tmp/pick-status" "pick then status = status then pick"
ok "which is more than nothing" test "$(wc -l <"$tmp/pick-status")" -gt 1
nrm-pick $now "$expression" $store | nrm-deadline $now -o csv >"$tmp/pick-deadline"
nrm-pick $now -o csv "$expression" $store | sed '1d; s/,.*//' >"$tmp/ids"
nrm-deadline $now -o csv $store | awk -F, 'NR == FNR { picked[$1]; next } FNR == 1 || $1 in picked' \
    "$tmp/ids" - >"$tmp/deadline-pick"
same "$tmp/deadline-pick" "$tmp/pick-deadline" "pick then deadline = deadline then pick"
nrm-pick $now 'track == "adult"' $store | nrm-pick $now "$expression" >"$tmp/one-two"
nrm-pick $now "$expression" $store | nrm-pick $now 'track == "adult"' >"$tmp/two-one"
same "$tmp/one-two" "$tmp/two-one" "two picks commute"
nrm-pick $now "track == \"adult\" and ($expression)" $store >"$tmp/both"
same "$tmp/both" "$tmp/one-two" "two picks = one with and"
nrm-convert $store | nrm-convert -o csv | cmp -s - "$tmp/wide.csv"
is $? 0 "converting twice = converting once"
