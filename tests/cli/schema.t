#!/bin/sh
# The compiler of the case model: the tables of schema/ fit each other, the output is the same each
# time, and a table that does not fit is told as file:line: text with status 2.
. "${0%/*}/tap.sh"

compile=$BUILD/gen/compile
[ -x "$compile" ] || skip_all "the compiler of the tables is not built"

status 0 "the tables compile" "$compile" schema
cp "$tmp/.out" "$tmp/first.c"
cp -R schema "$tmp/elsewhere"
status 0 "they compile elsewhere" "$compile" "$tmp/elsewhere"
same "$tmp/first.c" "$tmp/.out" "to the same output"

# broken FILE SED-SCRIPT ERE NAME: a copy of the tables with one change is refused with that message.
broken() {
    rm -rf "$tmp/copy"
    cp -R schema "$tmp/copy"
    sed "$2" "schema/$1" >"$tmp/copy/$1"
    if cmp -s "schema/$1" "$tmp/copy/$1"; then
        fail "$4: the change finds nothing to change"
        return
    fi
    run "$compile" "$tmp/copy"
    is "$rc: $(err | sed "s|^$tmp/copy/||" | grep -Ec "^$3")" "2: 1" "$4"
    [ "$rc" -eq 2 ] || err
}

broken fields.csv '1s/path/paths/' 'fields.csv:1: column 1 is named paths' "header"
broken fields.csv '2s/,process,/,/' 'fields.csv:2: 8 columns; the table has 9' "ragged row"
broken fields.csv '3s/,string,/,text"x,/' 'fields.csv:3: ' "stray quote"
broken fields.csv '3s/number of/"number of/' 'fields.csv:3: ' "quote in the middle"
broken fields.csv '3s/,string,/,str,/' 'fields.csv:3: str is no type of a field' "wrong type"
broken fields.csv '3s/,no,/,maybe,/' 'fields.csv:3: list is yes or no' "wrong list"
broken fields.csv '3s/,process,/,secret,/' 'fields.csv:3: "secret" is no sensitivity class' \
    "wrong sensitivity"
broken fields.csv '3s/,all,/,none,/' 'fields.csv:3: track is' "wrong track"
broken fields.csv '3s/^id/nrm/' 'fields.csv:3: nrm stands in line 2 already' "path twice"
broken fields.csv '3s/^id/id.x/' 'fields.csv:3: there is no mapping id' "path below nothing"
broken fields.csv '3s/^id/Id/' 'fields.csv:3: "Id" has a character' "odd name"
broken fields.csv 's/code,no,gender,/code,no,genders,/' \
    'fields.csv:[0-9]*: there is no vocabulary "genders"' "unknown vocabulary"
broken fields.csv '3s/,no,,/,no,gender,/' 'fields.csv:3: only a field of type code' \
    "vocabulary without need"
broken fields.csv '3s/H03-F003/H3-F003/' 'fields.csv:3: column 9 is no list of requirements' \
    "wrong requirement"
broken event_fields.csv '2s/^\*/detcted/' 'event_fields.csv:2: there is no event type "detcted"' \
    "field of an unknown event"
broken event_fields.csv '3s/type,string/at,string/' 'event_fields.csv:3: at stands in line 2' \
    "event field twice"
broken events.csv '3s/^declined/detected/' 'events.csv:3: detected stands in line 2 already' \
    "event type twice"
broken vocabularies.csv '3s/claimed/documented/' \
    'vocabularies.csv:3: documented stands in line 2 already' "word twice"
broken vocabularies.csv '3s/,no,/,yes,/' 'vocabularies.csv:3: age_basis is open in one row' \
    "half open vocabulary"
broken vocabularies.csv '3s/claimed/a;b/' 'vocabularies.csv:3: "a;b" has a character' "odd word"
broken vocabularies.csv '2s/^age_basis/spare/' \
    'vocabularies.csv:2: no field uses the vocabulary spare' "unused vocabulary"
broken transitions.csv '2s/,identification,/,identity,/' \
    'transitions.csv:2: there is no region "identity"' "step in an unknown region"
broken transitions.csv '2s/,detected,/,detcted,/' \
    'transitions.csv:2: there is no event type "detcted"' "step by an unknown event"
broken transitions.csv '2s/,none,/,none|nowhere,/' \
    'transitions.csv:2: identification has no state "nowhere"' "step from an unknown state"
broken transitions.csv '2s/,possible,/,nowhere,/' \
    'transitions.csv:2: identification has no state "nowhere"' "step to an unknown state"
broken transitions.csv '3s/^A02/A01/' 'transitions.csv:3: A01 stands in line 2 already' "step twice"
broken transitions.csv 's/,protective,/,strict,/' 'transitions.csv:[0-9]*: kind is' "wrong kind"
broken states.csv '3s/possible/none/' 'states.csv:3: none stands in line 2 already' "state twice"
many() { # COUNT SED-SCRIPT: the script for each number, N standing for it
    for n in $(seq "$1"); do printf '%s\n' "$2" | sed "s/N/$n/g"; done
}
broken states.csv 's/^reflection,/recovery,/' 'states.csv:1: there is no region reflection' \
    "a region that the fold speaks of"
broken states.csv "$(many 16 '$a\
rN,s,d,handbook 1,')" 'states.csv:[0-9]*: more than 16 regions' "too many regions"
broken states.csv "$(many 65 '$a\
spare,sN,d,handbook 1,')" 'states.csv:[0-9]*: more than 64 states in one region' "too many states"
sed '$d' "$tmp/copy/states.csv" >"$tmp/fewer"
cp "$tmp/fewer" "$tmp/copy/states.csv"
status 0 "as many as fit a bit set" "$compile" "$tmp/copy"
broken transitions.csv "2s/,all,,/,all,spare|closed,/" \
    'transitions.csv:[0-9]*: the milestone closed has the name of an event' "a milestone that is an event"
broken transitions.csv "2s/,all,,/,all,$(many 65 mN | paste -sd '|'),/" \
    'transitions.csv:[0-9]*: more than 64 milestones' "too many milestones"
broken derived.csv '$s/^removal_barred/track/' 'derived.csv:[0-9]*: rows of track must' "rows apart"
rm -f "$tmp/copy/derived.csv"
status 2 "a table that is missing" "$compile" "$tmp/copy"
err_like 'derived.csv:1: cannot be opened' "and is named"
status 2 "no operand" "$compile"
