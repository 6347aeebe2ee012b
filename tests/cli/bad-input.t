#!/bin/sh
# Bad input: one message with the place and what to do, status 2 (or a finding where the case can be
# read), and with -k everything else is still answered.
. "${0%/*}/tap.sh"

cd "$tmp" || exit 1
now="-n 2026-03-10T12:00+01:00"
tools="nrm-convert nrm-status nrm-deadline nrm-report nrm-pick"
# ask TOOL ARGUMENT...: the tool with what it needs besides files.
ask() {
    asked=$1
    shift
    case $asked in
    nrm-convert) nrm-convert -o json "$@" ;;
    nrm-report) nrm-report $now -q -u -g id -o csv "$@" ;;
    nrm-pick) nrm-pick $now -o json true "$@" ;;
    *) $asked $now -o csv "$@" ;;
    esac
}

printf '%s\n' --- 'id: good-1' 'events:' '  - {at: 2026-03-01, type: detected}' >good-1.yaml
printf '%s\n' --- 'id: good-2' 'events:' '  - {at: 2026-03-02, type: detected}' >good-2.yaml

# refused FILE ERE NAME: every tool, alone and between good files.
refused() {
    file=$1
    for tool in $tools; do
        run ask $tool "$file"
        is "$rc $(err | wc -l)" "2 1" "$3: $tool gives status 2 and one message"
        err_like "$2" "$3: $tool says where and what to do"
    done
    status 2 "$3: -k" ask nrm-convert -k good-1.yaml "$file" good-2.yaml
    is "$(out | grep -c '"id":"good-')" 2 "$3: -k goes on with the other files"
    unlike "$(out)" '"id":"bad' "$3: nothing of it is passed off as whole"
    err_like "$2" "$3: -k tells it all the same"
}

refused missing.yaml '^missing\.yaml: the file cannot be opened: No such file' "a missing file"
mkdir empty-directory
refused empty-directory '^empty-directory: the directory has no case files: ' "a directory without cases"
: >empty.yaml
refused empty.yaml '^empty\.yaml: the file holds no case; ' "an empty file"
: >empty.csv
refused empty.csv '^empty\.csv: the file holds no case; ' "an empty table"
printf '# nothing\n---\n' >comment.yaml
refused comment.yaml '^comment\.yaml: the file holds no case; ' "a file of comments"
printf 'id: bad\177\1\2\3' >binary
refused binary '^binary:1:8: a control character; ' "a binary file"
printf 'id: bad\nx: \000\n' >nul.yaml
refused nul.yaml '^nul\.yaml:2:4: a NUL byte: ' "NUL bytes in YAML"
printf 'id,x\nbad,a\000b\n' >nul.csv
refused nul.csv '^nul\.csv:2:6: a NUL byte: ' "NUL bytes in a table"
printf 'id: bad\nperson: {gender: female\n' >truncated.yaml
refused truncated.yaml '^truncated\.yaml:3:1: .*the closing \} is missing' "truncated YAML"
printf 'id: bad\nx: "a\n' >truncated-2.yaml
refused truncated-2.yaml '^truncated-2\.yaml:[23]:[0-9]+: .' "truncated text"
printf 'id: bad\nperson:\n\tgender: female\n' >tab.yaml
refused tab.yaml '^tab\.yaml:3:1: a tab is used for indentation; use spaces' "tab indentation"
printf 'id: bad\nx: 1\nx: 2\n' >twice.yaml
refused twice.yaml '^twice\.yaml:3:1: the key "x" stands here a second time; ' "a duplicate key"
printf 'id: bad\nx: caf\351\n' >latin.yaml
refused latin.yaml '^latin\.yaml:2:7: .*iconv -f ISO-8859-1 -t UTF-8' "Latin-1 bytes in YAML"
printf 'id,x\nbad,caf\351\n' >latin.csv
refused latin.csv '^latin\.csv:2:8: .*iconv -f ISO-8859-1 -t UTF-8' "Latin-1 bytes in a table"
printf 'id,person.gender\nbad,"female\n' >unclosed.csv
refused unclosed.csv '^unclosed\.csv:2:5: the quote that opens here is never closed; ' "an unclosed quote"
printf 'id,x\nbad,[1\n' >cell.csv
refused cell.csv '^cell\.csv:2:5: this cell starts with \[ and so is read as YAML, but it is not: ' \
    "a cell of broken YAML"
printf 'id,x,x\nbad,1,2\n' >columns.csv
refused columns.csv '^columns\.csv:1:6: the column x is there twice: ' "two equal columns"
printf 'id,at,type\n,2026-03-01,detected\n' >nobody.csv
refused nobody.csv '^nobody\.csv:2:1: this event does not say whose it is: ' "an event of nobody"
printf 'just text\n' >text.yaml
refused text.yaml '^text\.yaml:1:1: this is no case; ' "text that is no case"
{ printf 'id: bad\nx: '; head -c 100000 /dev/zero | tr '\0' '['; echo; } >deep.yaml
refused deep.yaml '^deep\.yaml:2:67: .* over 64 levels deep; ' "deep nesting"
{
    printf 'id: bad\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n'
    for n in 1 2 3 4 5 6 7 8 9; do
        a="*a$((n - 1))"
        printf 'a%d: &a%d [%s]\n' $n $n "$a, $a, $a, $a, $a, $a, $a, $a, $a, $a"
    done
} >bomb.yaml
refused bomb.yaml '^bomb\.yaml:[0-9]+:[0-9]+: .*aliases.* 10 times' "an alias bomb"

# Over 100,000 events; one file, as it is large.
{
    printf 'id: bad\nevents:\n'
    awk 'BEGIN { for (i = 0; i <= 100000; i++) print "- {at: 2026-03-01, type: contact}" }'
} >events.yaml
status 2 "too many events" nrm-convert -o json events.yaml
err_like '^events\.yaml:3:1: a case may have 100000 events' "are refused"
out_is "" "as a whole"

# A scalar of 100 MB, made on the way.
big() {
    printf '%s\n' --- 'id: bad'
    printf 'x: "'
    head -c 100000000 /dev/zero | tr '\0' a
    echo '"'
}
{ cat good-1.yaml && big && cat good-2.yaml; } >big.yaml
status 2 "a scalar of 100 MB" nrm-convert -o json big.yaml
err_like '^big\.yaml:7:[0-9]+: a value of over 64 MiB' "is refused"
is "$(err | wc -l) $(out)" '1 {"id":"good-1","events":[{"at":"2026-03-01","type":"detected"}]}' \
    "behind the case before it"
status 2 "-k" nrm-convert -k -o json big.yaml
is "$(out | grep -c '"id":"good-')" 2 "goes on with the next document"
rm big.yaml

# Rows and documents behind a broken one.
printf 'id,x\ngood-1,1\nbad,2,3\nbad\ngood-2,4\n' >ragged.csv
status 2 "ragged rows" nrm-status $now -o csv ragged.csv
err_is "ragged.csv:3:1: the header has 2 fields, this row has 3: \
put text that holds a separator in double quotes" "are told with the counts"
status 2 "-k" nrm-convert -k -o json ragged.csv
is "$(out)" '{"id":"good-1","x":1}
{"id":"good-2","x":4}' "goes on with the next row"
is "$(err | wc -l)" 2 "and tells each"
printf '%s\n' 'id: good-1' --- 'id: [bad' --- 'id: good-2' --- 'id: bad' '  x: 1' --- 'id: good-3' \
    >stream.yaml
status 2 "broken documents" nrm-convert -o json stream.yaml
is "$(out)" '{"id":"good-1"}' "end the stream"
status 2 "-k" nrm-convert -k -o json stream.yaml
is "$(out | tr '\n' ' ')" '{"id":"good-1"} {"id":"good-2"} {"id":"good-3"} ' "goes on with the next document"
is "$(err | sed 's/:[0-9]*: .*//' | tr '\n' ' ')" "stream.yaml:4 stream.yaml:8 " \
    "and tells each with its line"
for form in csv events; do
    status 2 "-o $form of a broken stream" nrm-convert -o $form stream.yaml
    out_is "" "gives no table"
    status 2 "-o $form -k" nrm-convert -k -o $form stream.yaml
    out_like '^id' "gives the table of the others"
done

# Readable but wrong: said with the place, the value counts as unknown, work goes on.
wrong() {
    printf 'id: wrong\n%s\n' "$1" >wrong.yaml
    for tool in nrm-convert nrm-status; do
        status 0 "$3: $tool goes on" ask $tool wrong.yaml
        err_like "^wrong\.yaml:$2" "$3: and says so"
        is "$(err | wc -l)" 1 "$3: once"
        out_like wrong "$3: the case is there"
    done
    status 1 "$3: nrm-check finds it" nrm-check $now -o csv wrong.yaml
}
wrong 'events: [{at: 2026-03-01, type: deteced}]' \
    '2:33: events\[1\]\.type: no event of the model: deteced; did you mean detected\?' "an unknown event type"
wrong 'person: {pregnant: perhaps}' '2:20: person\.pregnant: ' "a wrong type"
wrong 'person: {birth_date: 2025-02-30}' '2:22: person\.birth_date: a date or time that does not exist; ' \
    "a day that does not exist"
wrong 'events: [{at: 2026-03-01T24:61+01:00, type: detected}]' \
    '2:15: events\[1\]\.at: a date or time that does not exist; ' \
    "a time that does not exist"
wrong 'events: [{at: 2026-03-01T10:00 CEST, type: detected}]' '2:15: events\[1\]\.at: .*like \+01:00' \
    "a zone that is not known"
wrong 'events: [{at: 2026-03-01T10:00, type: detected}]' '2:15: events\[1\]\.at: .*offset' \
    "a time without offset"
wrong 'events: [{at: 2026-03-01, type: rr_granted, from: 2026-03-02, until: 2026-03-01}]' \
    '2:70: events\[1\]\.until: lies before from; ' "an end before its start"
wrong 'person: {family_care: sfae}' '2:23: person\.family_care: .*did you mean safe\?' \
    "a word that the vocabulary lacks"

cat good-1.yaml good-1.yaml >same.yaml
status 0 "two cases with one id" nrm-status $now -o csv same.yaml
is "$(out | grep -c ^good-1)" 2 "are two answers"
status 1 "and nrm-check" nrm-check $now -o csv same.yaml
out_like 'good-1' "finds them"

# Maps and profiles.
printf 'columns: {A: person.gendr}\n' >map.yaml
printf 'A\nbad\n' >map.csv
for tool in $tools; do
    status 2 "a map naming an unknown field: $tool" ask $tool -m ./map.yaml map.csv
    err_is "./map.yaml:1:14: the case model has no field person.gendr; did you mean person.gender?" \
        "is told with the place in the map"
    unlike "$(out)" bad "and nothing is read"
done
mkdir profiles
printf 'extends: two\n' >profiles/one.yaml
printf 'extends: one\n' >profiles/two.yaml
NRM_PATH=$tmp:$NRM_PATH
status 2 "a profile with a cycle in extends" nrm-status $now -p one -o csv good-1.yaml
err_like 'profiles/(one|two)\.yaml:[0-9]+:[0-9]+: ' "is told with the place"
is "$(err | wc -l)" 1 "once"

# The ends of the pipe.
awk 'BEGIN {
    for (i = 0; i < 10000; i++)
        printf "---\nid: many-%d\nevents: [{at: 2026-03-01, type: detected}]\n", i
}' >many.yaml
for tool in $tools; do
    rc=0
    ask $tool good-1.yaml >/dev/full 2>"$tmp/.err" || rc=$?
    is "$rc" 2 "$tool on a full disk"
    err_is "$tool: standard output: No space left on device" "says so"
    rc=0
    ask $tool <empty-directory >"$tmp/.out" 2>"$tmp/.err" || rc=$?
    is "$rc" 2 "$tool of a directory on standard input"
    err_like '^-: this is a directory' "says so"
    rc=0
    ask $tool </dev/null >"$tmp/.out" 2>"$tmp/.err" || rc=$?
    [ "$tool" = nrm-pick ] && wanted=1 || wanted=0
    is "$rc$(err)" $wanted "$tool of nothing on standard input"
    { ask $tool many.yaml 2>"$tmp/.err" || echo $? >"$tmp/pipe-status"; } | head -n 1 >/dev/null
    is "$(cat "$tmp/pipe-status")$(err)" "141" "$tool ends quietly when its reader is gone"
    rm -f "$tmp/pipe-status"
done
