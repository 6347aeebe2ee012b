#!/bin/sh
# nrm-convert: forms in and out, joining tables, maps.
. "${0%/*}/tap.sh"

cat >"$tmp/a.yaml" <<'END'
---
nrm: 1
id: "2026-0042"
person:
  gender: female
  nationality: [NGA]
exploitation: {forms: [labour, domestic]}
own: {note: "no", n: 7}
events:
  - {at: 2026-03-01T22:40+01:00, type: detected, by: police}
  - {at: 2026-03-03T09:00+01:00, type: stage1_decision, outcome: positive, id: d-1}
END
cat >"$tmp/wide.csv" <<'END'
id,nrm,person.gender,person.nationality,exploitation.forms,own.note,own.n
2026-0042,1,female,NGA,labour;domestic,"""no""",7
END
cat >"$tmp/long.csv" <<'END'
id,at,type,event_id,by,outcome
2026-0042,2026-03-01T22:40+01:00,detected,,police,
2026-0042,2026-03-03T09:00+01:00,stage1_decision,d-1,,positive
END

nrm-convert -o csv "$tmp/a.yaml" >"$tmp/got" 2>&1
same "$tmp/wide.csv" "$tmp/got" "-o csv writes everything but the events"
nrm-convert -o events "$tmp/a.yaml" >"$tmp/got" 2>&1
same "$tmp/long.csv" "$tmp/got" "-o events writes the events"
nrm-convert "$tmp/a.yaml" >"$tmp/got" 2>&1
same "$tmp/a.yaml" "$tmp/got" "YAML is the default and keeps how things were written"
status 0 "-o json" nrm-convert -o json "$tmp/a.yaml"
out_is '{"nrm":1,"id":"2026-0042","person":{"gender":"female","nationality":["NGA"]},'\
'"exploitation":{"forms":["labour","domestic"]},"own":{"note":"no","n":7},"events":['\
'{"at":"2026-03-01T22:40+01:00","type":"detected","by":"police"},'\
'{"at":"2026-03-03T09:00+01:00","type":"stage1_decision","outcome":"positive","id":"d-1"}]}' \
    "one object on one line"

nrm-convert "$tmp/wide.csv" "$tmp/long.csv" >"$tmp/back.yaml"
for form in csv events; do
    [ $form = csv ] && wanted=wide || wanted=long
    nrm-convert -o $form "$tmp/back.yaml" >"$tmp/got" 2>&1
    same "$tmp/$wanted.csv" "$tmp/got" "wide and long together are the case again, -o $form"
done
nrm-convert "$tmp/long.csv" "$tmp/wide.csv" | cmp -s - "$tmp/back.yaml"
is $? 0 "the order of a wide and a long file does not matter"
nrm-convert - "$tmp/wide.csv" <"$tmp/long.csv" | cmp -s - "$tmp/back.yaml"
is $? 0 "a long table on standard input is found by its header"
nrm-convert -i csv "$tmp/long.csv" "$tmp/wide.csv" | cmp -s - "$tmp/back.yaml"
is $? 0 "-i csv tells the two forms by their headers"

# Other people's spreadsheets: byte order mark, CRLF, semicolons, formulas.
printf '\357\273\277id;person.gender;note\r\nx;female;"\047=1+1"\r\n' >"$tmp/semi.csv"
status 0 "a byte order mark, CRLF and semicolons" nrm-convert "$tmp/semi.csv"
out_is '---
id: x
person:
  gender: female
note: =1+1' "are read"
printf -- '---\nid: x\nnote: "=1+1"\nsum: +4\n' | nrm-convert -o csv >"$tmp/got"
is "$(cat "$tmp/got")" "id,note,sum
x,'=1+1,+4" "no cell is a formula to a spreadsheet"

# Maps.
uk=tests/data/uk-nrm/referrals.csv
status 0 "the Home Office's table is read through its map" nrm-convert -m uk-home-office -o csv $uk
err_is "" "without a word, as the map lists every value and column"
out >"$tmp/uk.csv"
is "$(sed -n '1s/,/ /gp; 2p' "$tmp/uk.csv")" "$(
    echo id weight quarter age_group first_responder.type first_responder.name person.gender \
        person.nationality exploitation.forms
)
,1,2022-Q2,adult,government_agency,Gangmasters and Labour Abuse Authority GLAA,male,SVK,labour" \
    "as the fields that the case model names"
is "$(wc -l <"$tmp/uk.csv")" "$(wc -l <$uk)" "no row is dropped or merged"
is "$(awk -F, 'NR > 1 { n += $2 } END { print n }' "$tmp/uk.csv")" 26056 "nor is any person"
is "$(nrm-convert -m uk-home-office -o json $uk | sed 's/,"nationality":.*//' | sort -u | wc -l)" \
    "$(sed '1d; s/,[^,]*,[0-9]*$//' $uk | sort -u | wc -l)" "what the source tells apart stays apart"
nrm-convert "$tmp/uk.csv" | nrm-convert -o csv | cmp -s - "$tmp/uk.csv"
is $? 0 "the mapped table goes to YAML and back"
nrm-convert -m uk-home-office -o csv <$uk | cmp -s - "$tmp/uk.csv"
is $? 0 "standard input goes through a map as a file does"

sed 's/Male,Slovak,/Male,Martian,/; s/Labour & Criminal/Labour \& Begging/' $uk >"$tmp/later.csv"
status 0 "a later release with values not seen before" \
    nrm-convert -m uk-home-office -o csv "$tmp/later.csv"
is "$(err | grep -c .)" 2 "one message for each new value"
err_like 'later.csv:2:[0-9]+: the map .* does not list "Martian" for person.nationality; it stays ' \
    "with place, column and value"
is "$(out | grep -c ',Martian,')" "$(grep -c ',Martian,' "$tmp/later.csv")" "their rows are kept"
is "$(out | grep -c 'labour;Begging')" "$(grep -c 'Labour & Begging' "$tmp/later.csv")" \
    "also inside lists"
status 0 "-q drops these messages" nrm-convert -q -m uk-home-office -o csv "$tmp/later.csv"
err_is "" "all of them"

cat >"$tmp/htcds.csv" <<'END'
prs_FirstName,prs_Gender,prs_Citizenship,vic_TypeOfExploitation,cas_Status
Ada,Feminine,NGA;GHA,ForcedLabour;Other,Active
END
status 0 "a table with the names of HTCDS" nrm-convert -m maps/htcds.yaml "$tmp/htcds.csv"
out_is '---
identity:
  first_name: Ada
person:
  gender: female
  nationality: [NGA, GHA]
exploitation:
  forms: [labour, other]
source:
  cas_Status: Active' "keeps what the map does not name"
err_is "$tmp/htcds.csv:1:65: the map does not name this column; it is kept as source.cas_Status" \
    "and says so once"

status 2 "a map that is not there" nrm-convert -m nosuch "$tmp/htcds.csv"
err_like '^nrm-convert: there is no map nosuch in .*/maps' "names the places looked at"

# Options.
status 0 "-V" nrm-convert -V
out_is "nrm-convert (nrm) 0.1" "prints name and version"
status 0 "-h" nrm-convert -h
out_like '^Usage: nrm-convert ' "prints the usage"
err_is "" "on standard output"
for wrong in "-Z" "--nosuch" "-o xml" "-i xml" "-o" "-n 2026-02-30" "-n 2026-03" "-n 2026-03-01T10:00"; do
    status 2 "nrm-convert $wrong is refused" nrm-convert $wrong
    err_like '^nrm-convert: .*; nrm-convert -h shows the options$' "with a hint"
    is "$(err | wc -l) $(out | wc -c)" "1 0" "in one line, and nothing on standard output"
done
status 0 "-n with a date" nrm-convert -n 2026-03-01 "$tmp/a.yaml"
status 0 "long options" nrm-convert --quiet --input yaml --output csv --now 2026-03-01T10:00Z "$tmp/a.yaml"
same "$tmp/wide.csv" "$tmp/.out" "do the same as short ones"

status 0 "no case at all on standard input" nrm-convert -o csv
out_is "id" "gives a table without rows"
