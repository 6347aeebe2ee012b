#!/bin/sh
# nrm-report: groups, each(), totals, filter, formats, messages, and what it refuses.
. "${0%/*}/tap.sh"

now=2026-04-01T12:00Z
report() { nrm-report -n "$now" "$@"; }

cat >"$tmp/cases.yaml" <<'END'
---
nrm: 1
id: "1"
person: {gender: female, birth_date: 1990-01-01, nationality: [NGA, GHA]}
exploitation: {forms: [labour, sexual]}
---
nrm: 1
id: "2"
person: {gender: male, birth_date: 2010-05, nationality: [GHA, NGA]}
exploitation: {forms: [sexual, labour, labour]}
---
nrm: 1
id: "3"
person: {gender: unknown, birth_date: 1980-01-01}
exploitation: {forms: []}
---
nrm: 1
id: "4"
person: {gender: "=1+1", birth_date: 1985-01-01}
exploitation: {forms: [unknown]}
---
nrm: 1
id: "5"
weight: 2.5
person: {gender: female}
exploitation: {forms: [criminal]}
END
cases=$tmp/cases.yaml

# --- rows and columns ---
status 0 "without -g" report -u -o csv "$cases"
out_is "count,status
6.5,unprotected" "it is one count"
err_is "" "and with -u nothing more is said"
is "$(: | report -u -o csv)" "count,status
0,unprotected" "no case gives the count 0"
is "$(: | report -u -o csv -g track)" "track,count,status" "and no row by groups"

status 0 "by a field" report -u -o csv -g person.gender "$cases"
out_is "person.gender,count,status
'=1+1,1,unprotected
female,3.5,unprotected
male,1,unprotected
unknown,1,unprotected" "sorted; what would be a formula is guarded"

status 0 "by a list as a whole" report -u -o csv -g 'exploitation.forms,person.nationality' "$cases"
out_is "exploitation.forms,person.nationality,count,status
criminal,(missing),2.5,unprotected
labour;sexual,GHA;NGA,1,unprotected
sexual;labour;labour,GHA;NGA,1,unprotected
unknown,(missing),1,unprotected
(empty),(missing),1,unprotected" "recorded as unknown, empty and missing are three things"
is "$(report -u -o csv -g person.nationality "$cases")" "person.nationality,count,status
GHA;NGA,2,unprotected
(missing),4.5,unprotected" "the order in a list makes no other group"

status 0 "once for each member" report -u -o csv -t -g 'each(exploitation.forms)' "$cases"
out_is "each(exploitation.forms),count,status
criminal,2.5,unprotected
labour,2,unprotected
sexual,2,unprotected
unknown,1,unprotected
(empty),1,unprotected
*,6.5,unprotected" "the total counts a person once"

status 0 "totals over every set of columns" report -u -o csv -t \
    -g 'who=track == "child", person.gender' -e 'person.gender in ["female", "male"]' "$cases"
out_is "who,person.gender,count,status
false,female,1,unprotected
false,*,1,unprotected
true,female,2.5,unprotected
true,male,1,unprotected
true,*,3.5,unprotected
*,female,3.5,unprotected
*,male,1,unprotected
*,*,4.5,unprotected" "each combination, the star last; the column has the name given"

is "$(report -u -o csv -g person.gender -g track "$cases")" \
    "$(report -u -o csv -g person.gender,track "$cases")" "two -g are one list"
status 0 "an expression may hold commas" report -u -o csv -g \
    'x=person.gender in ["a,b", "male"],"no, indeed",each(["b", "a", "b"]),d=("(")' "$cases"
out_is 'x,"""no, indeed""","each([""b"", ""a"", ""b""])",d,count,status
false,"no, indeed",a,(,5.5,unprotected
false,"no, indeed",b,(,5.5,unprotected
true,"no, indeed",a,(,1,unprotected
true,"no, indeed",b,(,1,unprotected' "in quotes, brackets and parentheses"

# --- filter ---
status 0 "a filter that cannot be told" report -u -o csv -e 'person.birth_date < 2000-01-01' "$cases"
out_is "count,status
3,unprotected" "counts only where it is true"
err_is "nrm-report: 1 case is not counted, as -e cannot tell: person.birth_date is missing" \
    "and says how many it could not tell"
run report -u -o csv -e 'person.nationality == []' "$cases"
run report -u -o csv -e '"NGA" in person.nationality' "$cases"
err_like '^nrm-report: 3 cases are not counted, .*person.nationality is missing in the first of them$' \
    "several of them"

# --- other formats ---
status 0 "as JSON" report -u -o json -t -g 'person.gender != "x", né=.own' -e 'id == "1"' "$cases"
out_is '{"person.gender != \"x\"":"true","né":"(missing)","count":1,"status":"unprotected"}
{"person.gender != \"x\"":"true","né":"*","count":1,"status":"unprotected"}
{"person.gender != \"x\"":"*","né":"(missing)","count":1,"status":"unprotected"}
{"person.gender != \"x\"":"*","né":"*","count":1,"status":"unprotected"}' "one object a line"
status 0 "as text" report -g person.gender,each=each\(exploitation.forms\) -e 'not (id == "5")' "$cases"
out_is 'person.gender  each     count
=1+1           unknown      1
female         labour       1
female         sexual       1
male           labour       1
male           sexual       1
unknown        (empty)      1

Filter: not (id == "5")
Counted: 4 of 5 records
Persons: 4 of 6.5
One person can stand in several rows, in a total once.
Small counts are shown: not for publication.' "with what it was made of below"

# --- without -u ---
status 0 "without -u" report -o csv "$cases"
out_is "count,status
6.5,shown" "the status is shown"
is "$(err | grep -c 'must not be published')" 1 "the warning comes once"
run report -q -o csv "$cases"
err_is "" "-q keeps it quiet"

# --- equivalences ---
groups='track,identification,each(exploitation.forms),person.nationality,year=age(2026-01-01)'
report -u -t -o csv -g "$groups" examples/cases >"$tmp/directory"
cat examples/cases/*.yaml | report -u -t -o csv -g "$groups" >"$tmp/stream"
same "$tmp/directory" "$tmp/stream" "a directory is what its files are one after the other"
report -u -t -o csv -g "$groups" $(ls -r examples/cases/*.yaml) >"$tmp/reversed"
same "$tmp/directory" "$tmp/reversed" "the order of the cases does not matter"
ok "there was something to compare" test "$(wc -l <"$tmp/directory")" -gt 50
nrm-pick -n "$now" 'track == "child"' examples/cases | report -u -o csv -g "$groups" >"$tmp/picked"
report -u -o csv -e 'track == "child"' -g "$groups" examples/cases >"$tmp/filtered"
same "$tmp/filtered" "$tmp/picked" "-e is nrm-pick before it"
nrm-convert -o csv examples/cases >"$tmp/wide.csv"
nrm-convert -o events examples/cases >"$tmp/events.csv"
nrm-convert -o yaml "$tmp/wide.csv" "$tmp/events.csv" | report -u -t -o csv -g "$groups" >"$tmp/back"
same "$tmp/directory" "$tmp/back" "through CSV and back it is the same table"

# --- refused ---
# refused ERE ARGUMENT...: status 2, one message, nothing on standard output.
refused() {
    wanted=$1
    shift
    status 2 "refused: $(printf %s "$*" | tr "\n" " ")" report -u -o csv "$@" "$cases"
    err_like "$wanted" "it says why"
    is "$(err | wc -l)$(out)" 1 "once, and prints no table"
}
refused '^-g:1:7: .*frack.*track' -g track,frack
refused '^-g:1:16: ' -g 'é=track,ß=each(frack)'
refused '^-g:2:2: ' -g 'track,
 frack'
refused '^-g:1:7: a grouping is missing' -g track,,age
refused '^-g:1:7: a grouping is missing' -g track,
refused '^-g:1:1: a grouping is missing' -g ''
refused '^-g:1:7: two columns have the name track' -g track,track
refused '^-g:1:1: the table has a column count' -g count=track
refused '^-g:1:1: the table has a column status' -g 'status = track'
refused '^-g:1:1: .*quot|^-g:1:[0-9]*: .*"' -g '"track'
refused '^-g:1:' -g 'each(track'
refused '^-g:1:[0-9]*: a table takes 16 groupings' -g "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1,j=1,k=1,l=1,\
m=1,n=1,o=1,p=1,q=1"
refused '^-e:1:1: .*frack' -e 'frack == 1'
refused '^-e:1:' -e '"text"'
refused 'once' -e 'true' -e 'true'
refused 'takes one of: text csv json' -o yaml
refused '/none' "$tmp/none"

# --- input that is broken ---
printf '%s\n' '---' 'nrm: 1' 'id: "1"' '---' 'a: [' '---' 'nrm: 1' 'id: "2"' >"$tmp/broken.yaml"
status 2 "a broken case" report -u -o csv "$tmp/broken.yaml"
out_is "" "no table of some of the cases is taken for one of all"
mkdir "$tmp/files"
cp "$cases" "$tmp/files/a.yaml"
printf 'a: [\n' >"$tmp/files/b.yaml"
status 2 "with -k" report -k -u -o csv "$tmp/files"
out_is "count,status
6.5,unprotected" "the others are counted, and the status tells"
run report -k -u "$tmp/files"
out_like '^Incomplete: ' "a table for people tells too"

printf '%s\n' '---' 'nrm: 1' 'id: "1"' 'weight: 1e300' '---' 'nrm: 1' 'id: "2"' >"$tmp/weight.yaml"
status 2 "a weight that is no number of persons" report -u -o csv "$tmp/weight.yaml"
err_like 'weight.yaml:.*weight' "is told with its place"
status 2 "and skipped with -k" report -k -u -o csv "$tmp/weight.yaml"
out_is "count,status
1,unprotected" "the other one is counted"

{
    printf '%s\n' '---' 'nrm: 1' 'id: "1"'
    for list in a b c; do
        printf '%s: [x' $list
        seq -s '' -f ', x%g' 1 40
        echo ']'
    done
} >"$tmp/many.yaml"
status 2 "a case in too many cells" report -q -u -o csv \
    -g 'each(.a),each(.b),each(.c)' "$tmp/many.yaml"
err_like 'many.yaml:.*more than 10000 cells' "is told with its place"
out_is "" "and no table is printed"

# --- output that fails ---
if [ -w /dev/full ]; then
    rc=0
    report -u -o csv "$cases" >/dev/full 2>"$tmp/full" || rc=$?
    is "$rc" 2 "a full disk gives status 2"
    like "$(cat "$tmp/full")" 'standard output' "and a message"
fi
is "$( (report -u -t -o csv -g "$groups" examples/cases; echo "$?" >"$tmp/rc") 2>&1 | head -n 1)" \
    "$(head -n 1 "$tmp/directory")" "a reader that is gone ends it quietly"

# --- the examples beside the real quarter ---
awk -v dir="$tmp" '
    /^```/ { inside = !inside; next }
    inside && /^\$ / { n++; command = 1; $0 = substr($0, 3) }
    inside && command { print >(dir "/" n ".sh"); command = /\\$/; next }
    inside { print >(dir "/" n ".wanted") }' examples/uk-nrm/README.md
for n in 1 2; do
    sh "$tmp/$n.sh" >"$tmp/$n.got" 2>&1
    same "$tmp/$n.wanted" "$tmp/$n.got" "examples/uk-nrm/README.md: command $n"
done
awk 'NR == 1 || /^2023-Q1,/' tests/data/uk-nrm/referrals.csv >"$tmp/quarter.csv"
same "$tmp/quarter.csv" examples/uk-nrm/referrals-2023-q1.csv "the example is that quarter of the data"
