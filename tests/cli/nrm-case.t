#!/bin/sh
# nrm-case: new, log, void, show, form; what is checked, what is refused, what of a file stays.
. "${0%/*}/tap.sh"

now=2026-03-10T12:00+01:00
mode() { stat -c %a "$1"; }

# case_file NAME: a case of an adult, referred with consent, in $tmp/NAME.
case_file() {
    cat >"$tmp/$1" <<'END'
# A case. Comments stay.
nrm: 1
id: "2026-0042"   # the number
person: {birth_date: 1990-01-01,  gender: female}
own_key: [ kept,  as it is ]
events:
  - {at: 2026-03-01T10:00+01:00, type: detected, by: police}   # first
  - {id: c1, at: 2026-03-01T11:00+01:00, type: consent, purpose: nrm_referral, status: given}
  # a line between
  - {at: 2026-03-01T12:00+01:00, type: referred, to: ca}
# the end
END
}

# --- new ---
for track in adult child unsure; do
    status 0 "new -t $track" nrm-case new -n $now -t $track 2026-0009
    cp "$tmp/.out" "$tmp/$track.yaml"
    is "$(nrm-status -n $now -o csv "$tmp/$track.yaml" 2>&1 | sed -n '2s/,.*//p')" 2026-0009 "is a case"
    is "$(nrm-check -n $now -o csv "$tmp/$track.yaml" 2>&1 | grep -v 'age.on_record,note' | grep -c ',fail,')" 0 \
        "in which nothing is wrong yet"
    ok "it is commented" test "$(grep -c '#' "$tmp/$track.yaml")" -gt 40
    is "$(awk 'length > 110' "$tmp/$track.yaml")" "" "and fits an editor"
done
is "$(nrm-status -n $now -o csv "$tmp/adult.yaml" "$tmp/child.yaml" "$tmp/unsure.yaml" |
    cut -d, -f2,3)" "track,age
adult,adult
child,child
child,unknown" "adult, child, and not sure, which is treated as a child"
nrm-case new -n $now | sed '/^id:/d' >"$tmp/open.yaml"
sed '/^id:/d' "$tmp/unsure.yaml" >"$tmp/rest.yaml"
same "$tmp/rest.yaml" "$tmp/open.yaml" "not sure is what is assumed"
like "$(nrm-case new -n $now)" '^id:  *#' "and without an id it is left open"
status 0 "new -p" nrm-case new -n $now -p es
out_like '^profile: es ' "stands in the case"
status 2 "a profile that is a path" nrm-case new -n $now -p ./profiles/odihr.yaml
err_like 'plain name' "is refused"

mkdir "$tmp/store"
status 0 "new -d" nrm-case new -n $now -d "$tmp/store"
out_is "$tmp/store/2026-0001.yaml" "takes the first number of the year"
is "$(mode "$tmp/store/2026-0001.yaml")" 600 "for its owner alone"
(umask 0; nrm-case new -n $now -t adult -d "$tmp/store/" 2026-0050 >"$tmp/path")
is "$(mode "$tmp/store/2026-0050.yaml") $(cat "$tmp/path")" "600 $tmp/store/2026-0050.yaml" \
    "whatever the umask"
: >"$tmp/store/2026-0060.yml"
: >"$tmp/store/2025-0099.yaml"
: >"$tmp/store/2026-0070.txt"
: >"$tmp/store/2026-0080x.yaml"
is "$(nrm-case new -n $now -d "$tmp/store")" "$tmp/store/2026-0061.yaml" "the number behind the highest"
is "$(nrm-case new -n 2026-12-31T23:30Z -d "$tmp/store")" "$tmp/store/2027-0001.yaml" \
    "the year is that of the profile's zone"
like "$(cat "$tmp/store/2026-0061.yaml")" '^id: "2026-0061"' "it is the id"
cp "$tmp/store/2026-0050.yaml" "$tmp/before"
status 2 "an id that is taken" nrm-case new -n $now -d "$tmp/store" 2026-0050
err_like 'already' "is refused"
same "$tmp/before" "$tmp/store/2026-0050.yaml" "and the file stays"
status 2 "also as .yml" nrm-case new -n $now -d "$tmp/store" 2026-0060
ln -s nowhere "$tmp/store/2026-0090.yaml"
status 2 "also as a link to nothing" nrm-case new -n $now -d "$tmp/store" 2026-0090
is "$(find "$tmp/store" -name '.*' -type f)" "" "nothing is left beside them"
for id in '' . .hidden -x a/b '../x' 'a b' 'é' "$(printf '%065d' 0)"; do
    status 2 "no id: $(printf %s "$id" | cut -c1-10)" nrm-case new -n $now -d "$tmp/store" -- "$id"
done
status 2 "no such directory" nrm-case new -n $now -d "$tmp/none"
status 2 "two ids" nrm-case new -n $now a b
status 2 "no such template" nrm-case new -n $now -t other
mkdir -p "$tmp/own/templates" "$tmp/own2/templates"
printf 'id: @ID@\nperson: {age_group: adult}\n' >"$tmp/own/templates/adult.yaml"
status 0 "a country's own template" env NRM_PATH="$tmp/own:$ROOT" nrm-case new -n $now -t adult x-1
out_is 'id: "x-1"
person: {age_group: adult}' "is taken first"
printf 'id: fixed\n' >"$tmp/own2/templates/adult.yaml"
status 2 "one without a place for the id" env NRM_PATH="$tmp/own2:$ROOT" nrm-case new -n $now -t adult x-1
err_like 'templates/adult.yaml: .*@ID@' "is refused"

# --- log: what it writes ---
case_file a.yaml
status 0 "log" nrm-case log -n $now "$tmp/a.yaml" accepted by=ca
out_is "2026-0042: event 4, accepted
  identification: stage1, was referred" "says what the event did"
err_is "" "and nothing else"
case_file wanted
sed -i '/type: referred/a\  - {at: 2026-03-10T12:00+01:00, type: accepted, by: ca}' "$tmp/wanted"
same "$tmp/wanted" "$tmp/a.yaml" "one line more, all else as it was"
status 0 "another" nrm-case log -n 2026-03-11 "$tmp/a.yaml" stage1_decision outcome=positive \
    basis=indicators basis='support_org_info;interview' threshold=low notified_at=2026-03-11 separate=yes
like "$(sed -n '/stage1_decision/p' "$tmp/a.yaml")" \
    '^  - \{at: 2026-03-11, type: stage1_decision, outcome: positive, basis: \[indicators, support_org_info, interview\], ' \
    "a date alone after -n, lists by ; and by repeating"
like "$(cat "$tmp/a.yaml")" 'notified_at: 2026-03-11, separate: true\}' "values by their type"
out_like '^  rr: due, was none$' "the recovery and reflection period is due"
run nrm-case log -n $now "$tmp/a.yaml" cooperation choice=no by=007 id=no
like "$(cat "$tmp/a.yaml")" 'choice: "no", by: "007", id: "no"\}' "what others take for something else is quoted"
status 0 "the time of an event" nrm-case log -n $now "$tmp/a.yaml" contact at=2026-03-09T08:00+01:00 kind=video
like "$(cat "$tmp/a.yaml")" '\{at: 2026-03-09T08:00\+01:00, type: contact, kind: video\}' "stands first"
status 0 "an event that lies ahead" nrm-case log -n $now "$tmp/a.yaml" contact at=2026-04-01 kind=phone
err_like 'lies ahead' "is told"
python3 - "$tmp/a.yaml" <<'END' >"$tmp/types" 2>&1
import sys, yaml
events = yaml.safe_load(open(sys.argv[1]))["events"]
print(len(events), events[4]["separate"], repr(events[5]["choice"]), repr(events[5]["by"]))
END
is "$(cat "$tmp/types")" "8 True 'no' '007'" "as another program reads it"

# --- log: text ---
case_file b.yaml
printf 'She said: "no".\r\n\r\n# two\n\n' >"$tmp/note"
status 0 "text from standard input" nrm-case log -n $now "$tmp/b.yaml" contact kind=phone note=- <"$tmp/note"
like "$(cat "$tmp/b.yaml")" 'note: "She said: ..no...\\n\\n# two"\}' "is kept, without the last line end"
cp "$tmp/b.yaml" "$tmp/before"
status 2 "text as an argument" nrm-case log -n $now "$tmp/b.yaml" contact 'note=She is at home'
err_like 'note: everybody on this machine can see.*note=-' "is refused with the way to give it"
unlike "$(err)" 'home' "and not repeated"
status 2 "a number that names the person" nrm-case log -n $now "$tmp/b.yaml" permit_granted number=A12
err_like '^nrm-case: number: ' "likewise"
status 0 "which comes from standard input" nrm-case log -n $now "$tmp/before" permit_granted number=- <"$tmp/note"
status 2 "two texts" nrm-case log -n $now "$tmp/b.yaml" consent why=- note=- <"$tmp/note"
err_like 'one text' "are one too many"
status 2 "no text" nrm-case log -n $now "$tmp/b.yaml" contact note=- </dev/null
err_like 'note: no text' "is told"
printf 'a\377b\n' >"$tmp/bytes"
status 2 "bytes that are no text" nrm-case log -n $now "$tmp/b.yaml" contact note=- <"$tmp/bytes"
printf 'a\033[31mb\n' >"$tmp/bytes"
status 2 "control characters" nrm-case log -n $now "$tmp/b.yaml" contact note=- <"$tmp/bytes"
is "$(grep -c 'type: ' "$tmp/b.yaml")" 4 "nothing of all that was logged"

# --- log: what is refused ---
case_file c.yaml
cp "$tmp/c.yaml" "$tmp/before"
# refused STATUS ERE WORD...: the log is refused with that message and the file stays.
refused() {
    refused_status=$1 refused_text=$2
    shift 2
    status "$refused_status" "refused: $(printf '%s ' "$@" | cut -c1-60)" nrm-case log -n $now "$tmp/c.yaml" "$@"
    err_like "$refused_text" "it says why"
    cmp -s "$tmp/before" "$tmp/c.yaml" || fail "the file was changed"
}
refused 2 'no such event; did you mean stage1_decision' stage1_decison outcome=positive
refused 2 'no such event; nrm-case' Schwalbe
refused 2 'outcom is no field of stage1_decision; did you mean outcome' stage1_decision outcom=positive
refused 2 'zzzzzzzzz is no field of contact; nrm-case form contact' contact zzzzzzzzz=1
refused 2 'outcome: .*positive' stage1_decision outcome=postive
refused 2 'outcome: .*one of: positive, negative' stage1_decision outcome=perhaps
refused 2 'at: ' stage1_decision at=2026-02-30 outcome=positive
refused 2 'at: .*offset' stage1_decision at=2026-02-20T10:00 outcome=positive
refused 2 'at: ' accepted at=2026
refused 2 'separate: neither yes nor no' stage1_decision separate=perhaps
refused 2 'stage: no number' interview stage=two
refused 2 'outcome: there is no value' stage1_decision outcome=
refused 2 'basis: there is no value' stage1_decision 'basis=indicators;'
refused 2 'outcome: this is given twice' stage1_decision outcome=positive outcome=negative
refused 2 'key=value' stage1_decision positive
refused 2 'key=value' stage1_decision =positive
refused 2 'type of the event' accepted type=referred
refused 2 'with --anyway' accepted anyway=x
refused 2 'id: another event' accepted id=c1
refused 1 'not logged: .*leads nowhere.*referred.*leads on from presumed' stage2_decision outcome=negative
refused 1 'without outcome .*outcome=positive or outcome=negative' stage1_decision
refused 1 'voids no event, or one that cannot be told apart' void event=99
refused 1 'not logged: a case may be closed|not logged: closed leads nowhere' closed reason=goals_met
err_like 'all the same: --anyway REASON' "and how to log it all the same"
out_is "" "and prints nothing"
status 2 "log without a type" nrm-case log -n $now "$tmp/c.yaml"
status 2 "log without anything" nrm-case log
status 2 "no command" nrm-case
status 2 "a wrong command" nrm-case lgo "$tmp/c.yaml"
status 2 "--anyway without a reason" nrm-case log -n $now -a '' "$tmp/c.yaml" accepted

# H03-T004: an adult is referred only with consent on record
sed '/consent/d' "$tmp/before" | sed '/referred/d' >"$tmp/d.yaml"
cp "$tmp/d.yaml" "$tmp/before.d"
status 1 "a step whose guard does not hold" nrm-case log -n $now "$tmp/d.yaml" referred to=ca
err_like "d.yaml: not logged: an adult is referred only with consent .*\[A04; handbook" "says what would have to hold"
same "$tmp/before.d" "$tmp/d.yaml" "the file stays"
status 0 "--anyway" nrm-case log -n $now --anyway 'consent is on paper' "$tmp/d.yaml" referred to=ca
err_like 'logged anyway: an adult is referred only with consent' "warns"
like "$(cat "$tmp/d.yaml")" '\{at: .*, type: referred, to: ca, anyway: consent is on paper\}' "and records the reason"
cp "$tmp/before.d" "$tmp/d.yaml"
printf 'by telephone\n' >"$tmp/reason"
status 0 "the reason from standard input" nrm-case log -n $now -a - "$tmp/d.yaml" referred <"$tmp/reason"
like "$(cat "$tmp/d.yaml")" 'anyway: by telephone' "is recorded"
status 0 "a reason that is not needed" nrm-case log -n $now -a why "$tmp/d.yaml" contact kind=phone
err_like 'not recorded' "is not recorded"
unlike "$(tail -n 2 "$tmp/d.yaml")" 'anyway: why' "indeed"
status 0 "a consent that comes late" nrm-case log -n $now "$tmp/d.yaml" consent at=2026-03-09 \
    purpose=nrm_referral status=withdrawn
cp "$tmp/before.d" "$tmp/d.yaml"
status 2 "a reason that is no text" nrm-case log -n $now -a "$(printf 'a\377')" "$tmp/d.yaml" referred
err_like '^nrm-case: --anyway: this is not UTF-8 text' "names the argument, not the file"
unlike "$(err)" 'logged anyway|d.yaml' "and nothing is said to be logged"
same "$tmp/before.d" "$tmp/d.yaml" "is not recorded, and neither is the step"
status 2 "a reason that is no text, where none is needed" nrm-case log -n $now -a "$(printf 'a\377')" "$tmp/d.yaml" contact
for word in by id to; do
    status 2 "a value that is no text, of $word" nrm-case log -n $now "$tmp/d.yaml" referred "$word=$(printf 'x\377')"
    err_like "^nrm-case: $word: this is not UTF-8 text" "names the field, not the file"
    same "$tmp/before.d" "$tmp/d.yaml" "and the file stays"
done

# a step that led nowhere before moved nothing, and what is refused is told from where the case stands
nowhere='{at: 2026-03-02, type: stage2_decision, outcome: negative}'
printf 'id: a\nperson: {age_group: adult}\nevents: [{at: 2026-03-01, type: detected}, %s]\n' "$nowhere" \
    >"$tmp/nowhere.yaml"
status 1 "leads nowhere again" nrm-case log -n $now "$tmp/nowhere.yaml" stage2_decision outcome=negative
err_like 'stands \(identification: possible\); it leads on from presumed' "from where it stands"

# --- log and nrm-check say the same about a step ---
mkdir "$tmp/agree"
while read -r type words; do
    for case in examples/cases/*.yaml; do
        cp "$case" "$tmp/agree/case.yaml"
        # shellcheck disable=SC2086
        run nrm-case log -q -n 2026-03-20T12:00+01:00 "$tmp/agree/case.yaml" $type $words
        logged=$rc
        # shellcheck disable=SC2086
        [ "$rc" -eq 0 ] || run nrm-case log -q -n 2026-03-20T12:00+01:00 -a test "$tmp/agree/case.yaml" $type $words
        count=$(nrm-convert -o events "$tmp/agree/case.yaml" | grep -c '^"*20')
        rules='step[.][^,]*' # referral.consent stands for the guards of A03 and A04
        [ "$type" != referred ] || rules="$rules|referral[.]consent"
        found=$(nrm-check -q -n 2026-03-20T12:00+01:00 -o csv "$tmp/agree/case.yaml" |
            grep -cE ",($rules),[^,]*,[^,]*,events.$count.,")
        [ "$found" -eq 0 ] || found=1
        [ "$rc.$logged" = "0.$found" ] || echo "$type on $case: log $logged, then $rc; nrm-check $found"
        echo "$logged" >>"$tmp/agree/statuses"
    done
done >"$tmp/agree/differ" <<'END'
detected by=police
declined
referred to=ca
accepted
interview stage=1
stage1_decision outcome=positive
stage1_decision outcome=negative
stage2_decision outcome=positive
stage2_decision outcome=negative
reconsideration_requested of=stage1
reconsideration_decided of=stage1 outcome=upheld
reconsideration_decided of=stage2 outcome=overturned
appeal_lodged of=stage2
appeal_decided of=stage2 outcome=dismissed
appeal_decided of=stage1 outcome=remitted
remedies_exhausted of=stage2
remedies_exhausted of=age
withdrawn
rr_granted until=2026-07-01
rr_extended until=2026-09-01
rr_ended
permit_granted grounds=personal
age_doubted
age_assessment_result result=adult
age_challenged
advocate_allocated kind=interim
cooperation choice=yes
closed reason=goals_met
reopened
END
is "$(cat "$tmp/agree/differ")" "" "what log refuses is what nrm-check finds, and the other way round"
is "$(sort -u "$tmp/agree/statuses" | tr '\n' ' ')" "0 1 " "both happen"

# --- void ---
case_file e.yaml
status 2 "void without a reason" nrm-case void -n $now "$tmp/e.yaml" 1
err_like 'say why' "asks for it"
status 2 "void of nothing" nrm-case void -n $now "$tmp/e.yaml" 9 reason=x
status 2 "void of an event that is none" nrm-case void -n $now "$tmp/e.yaml" c2 reason=x
status 2 "void of zero" nrm-case void -n $now "$tmp/e.yaml" 0 reason=x
status 0 "void by number" nrm-case void -n $now "$tmp/e.yaml" 3 reason='wrong case' by=unit-4
like "$(cat "$tmp/e.yaml")" '^  - \{at: 2026-03-10T12:00\+01:00, type: void, event: "3", reason: wrong case, by: unit-4\}' \
    "is one more event"
out_like 'identification: possible, was referred' "which takes the step back"
status 1 "void of a void event" nrm-case void -n $now "$tmp/e.yaml" 3 reason=again
err_like 'void already' "is refused"
status 0 "a void of the void" nrm-case void -n $now "$tmp/e.yaml" 4 reason=-  <"$tmp/reason"
out_like 'identification: referred, was possible' "brings the step back"
status 0 "void by id" nrm-case void -n $now "$tmp/e.yaml" c1 reason=x
err_like 'with this, event 3 is not as it should be: an adult is referred only with consent' \
    "what no longer holds is told"
status 0 "void by the number of an event with an id" nrm-case void -n $now -a x "$tmp/e.yaml" 2 reason=x
like "$(tail -n 2 "$tmp/e.yaml")" 'event: c1' "names it by its id"
status 2 "void with an event in its words" nrm-case void -n $now "$tmp/e.yaml" 2 event=3 reason=x
case_file n.yaml
nrm-case log -q -n $now "$tmp/n.yaml" stage1_decision outcome=negative >"$tmp/.out"
status 0 "void of what a later event rests on" nrm-case void -n $now "$tmp/n.yaml" 3 reason=x
err_like 'n.yaml: with this, event 4 is not .*: stage1_decision leads nowhere .*identification: possible' \
    "tells of that event as well"
# A03 A04: each of nine referrals of an adult rests on the one consent
{
    printf 'id: a\nperson: {age_group: adult}\nevents:\n'
    printf '  - {id: c1, at: 2026-01-01, type: consent, purpose: nrm_referral, status: given}\n'
    for day in 1 2 3 4 5 6 7 8 9; do
        printf '  - {at: 2026-02-0%s, type: referred}\n' $day
        printf '  - {at: 2026-02-0%sT12:00+01:00, type: declined}\n' $day
    done
} >"$tmp/many.yaml"
status 0 "void of what nine others rest on" nrm-case void -n $now "$tmp/many.yaml" c1 reason=x
is "$(err | grep -o 'event [0-9]* is not .* consent' | cut -d ' ' -f 2 | tr '\n' ' ')" "2 4 6 8 10 12 14 16 18 " \
    "tells of all nine"
# which event is meant: that of the id, else that of the number, and never a guess
while IFS='|' read -r word wanted name; do
    printf '%s\n' 'id: a' 'events:' '  - {at: 2026-03-01, type: contact, id: "2"}' \
        '  - {at: 2026-03-02, type: contact}' '  - {at: 2026-03-03, type: contact, id: twin}' \
        '  - {at: 2026-03-04, type: contact, id: twin}' >"$tmp/which.yaml"
    run nrm-case void -n $now "$tmp/which.yaml" -- "$word" reason=x
    is "$rc $(sed -n 's/.*type: void, event: "\(.*\)",.*/\1/p' "$tmp/which.yaml")$(err |
        sed 's/.*which.yaml: \([^;]*\);.*/\1/')" "$wanted" "void of $word: $name"
done <<'END'
2|0 2|an id that is a number
1|0 2|its number, recorded as its id
4|0 4|an id that two events have is not recorded
twin|2 several events have this id|nor taken
5|2 there is no such event|a number too high
1x|2 there is no such event|a number with something behind it
+1|2 there is no such event|a number with a sign
|2 there is no such event|nothing
END

# --- which case ---
{ cat "$tmp/before"; echo ---; sed 's/2026-0042/2026-0043/' "$tmp/before"; } >"$tmp/two.yaml"
cp "$tmp/two.yaml" "$tmp/two.before"
status 2 "two cases in a file" nrm-case log -n $now "$tmp/two.yaml" accepted
err_like 'several cases.*-c ID' "need an id"
status 2 "an id that neither has" nrm-case log -n $now -c 2026-0044 "$tmp/two.yaml" accepted
same "$tmp/two.before" "$tmp/two.yaml" "the file stays"
status 0 "an id that one has" nrm-case log -n $now -c 2026-0043 "$tmp/two.yaml" accepted
is "$(diff "$tmp/two.before" "$tmp/two.yaml" | sed 1d)" "> $(sed -n '/accepted/p' "$tmp/two.yaml")" "one line more"
is "$(nrm-status -n $now -o csv "$tmp/two.yaml" | cut -d, -f1,4)" "id,identification
2026-0042,referred
2026-0043,stage1" "in the right one"
mkdir "$tmp/cases"
cp "$tmp/before" "$tmp/cases/2026-0042.yaml"
cp "$tmp/before" "$tmp/cases/other.yml"
status 0 "-d and an id" nrm-case log -n $now -d "$tmp/cases" 2026-0042 accepted
like "$(cat "$tmp/cases/2026-0042.yaml")" 'type: accepted' "is the file of that name"
status 2 "a file whose case has another id" nrm-case log -n $now -d "$tmp/cases" other accepted
err_like 'other.yml: no case in this file has that id' "is not written to"
status 2 "an id that is a path" nrm-case log -n $now -d "$tmp/cases" ../cases/2026-0042 accepted
status 2 "no such case" nrm-case log -n $now -d "$tmp/cases" 2026-0001 accepted
status 2 "a directory" nrm-case log -n $now "$tmp/cases" accepted
status 2 "standard input" nrm-case log -n $now - accepted
mkdir -p "$tmp/broken/profiles"
echo 'profile: [' >"$tmp/broken/profiles/broken.yaml"
case_file o.yaml
echo 'profile: broken' >>"$tmp/o.yaml"
cp "$tmp/o.yaml" "$tmp/before"
status 2 "a case whose profile is broken" env NRM_PATH="$tmp/broken:$ROOT" nrm-case log -n $now "$tmp/o.yaml" accepted
err_like 'profiles/broken.yaml:' "is told"
same "$tmp/before" "$tmp/o.yaml" "and the file stays"

# --- the file ---
case_file f.yaml
chmod 640 "$tmp/f.yaml"
(umask 0; nrm-case log -n $now "$tmp/f.yaml" accepted >"$tmp/.out")
is "$(mode "$tmp/f.yaml")" 640 "permissions stay"
chmod 444 "$tmp/f.yaml"
cp "$tmp/f.yaml" "$tmp/f.before"
status 2 "a read-only file" nrm-case log -n $now "$tmp/f.yaml" contact kind=phone
err_like 'f.yaml: the file is read-only.*chmod u\+w' "stays"
same "$tmp/f.before" "$tmp/f.yaml" "as it is"
mkdir "$tmp/far"
case_file far/g.yaml
ln -s far/g.yaml "$tmp/link.yaml"
status 0 "a link" nrm-case log -n $now "$tmp/link.yaml" accepted
ok "stays a link" test -L "$tmp/link.yaml"
like "$(cat "$tmp/far/g.yaml")" 'type: accepted' "to the changed file"
mkfifo "$tmp/pipe.yaml"
status 2 "a pipe" timeout 10 nrm-case log -n $now "$tmp/pipe.yaml" accepted
for broken in 'id: [' 'id: a
id: b' 'text' '- 1' ''; do
    printf '%s\n' "$broken" >"$tmp/h.yaml"
    cp "$tmp/h.yaml" "$tmp/h.before"
    status 2 "a broken file: $(printf %s "$broken" | head -n 1)" nrm-case log -n $now "$tmp/h.yaml" accepted
    err_like 'h.yaml' "is told"
    same "$tmp/h.before" "$tmp/h.yaml" "and stays"
done
case_file i.yaml
sed -i 's/$/\r/' "$tmp/i.yaml"
status 0 "a file with CRLF" nrm-case log -n $now "$tmp/i.yaml" accepted
is "$(grep -c "$(printf '\r')\$" "$tmp/i.yaml")" "$(wc -l <"$tmp/i.yaml")" "keeps it on every line"
printf 'id: a\nevents: [{at: 2026-03-01, type: detected}]' >"$tmp/j.yaml"
status 0 "events between brackets" nrm-case log -n $now -q "$tmp/j.yaml" contact at=2026-03-02
is "$(cat "$tmp/j.yaml")" 'id: a
events: [{at: 2026-03-01, type: detected}, {at: 2026-03-02, type: contact}]' "stay there"
printf 'x: &x [{at: 2026-03-01, type: detected}]\nid: a\nevents: *x\n' >"$tmp/k.yaml"
status 2 "events by an alias" nrm-case log -n $now "$tmp/k.yaml" contact
err_like 'k.yaml:3:9: .*alias' "are not touched"

# a case has 100000 events at most: the last one still goes in, and no more
for count in 99999 100000 100001; do
    { echo 'id: a' && echo 'events:' && yes -- '- {at: 2026-03-01, type: contact}' | head -n $count; } >"$tmp/full.yaml"
    cp "$tmp/full.yaml" "$tmp/full.before"
    run nrm-case log -n $now "$tmp/full.yaml" contact
    case $count.$rc in
    99999.0) is "$(grep -c contact "$tmp/full.yaml")" 100000 "the last event that a case may have" ;;
    100000.2) err_like 'full.yaml: a case may have 100000 events; nothing was changed' "one more is refused" ;;
    100001.2) err_like 'full.yaml:.*: a case may have 100000 events and this one has 100001' "so is one for a case that has too many" ;;
    *) fail "$count events and one more: status $rc" ;;
    esac
    [ $count -eq 99999 ] || same "$tmp/full.before" "$tmp/full.yaml" "and the file stays"
done

# --- show ---
status 0 "show" nrm-case show -n $now examples/cases/2026-0042.yaml
out_like '^Case 2026-0042, a child or perhaps a child$' "the case"
out_like '^  - identification: presumed victim' "where it stands"
out_like '^  overdue  2026-03-04' "what is due"
out_like '^   5  2026-03-03T09:00\+01:00 preliminary identification \[stage1_decision\]' "what happened"
out_like '^      -> identification: presumed, was referred' "and what it did"
is "$(out | awk 'length > 80')" "" "80 columns"
err_is "" "quietly"
for width in 24 40 60; do
    run python3 tests/cli/columns.py $width nrm-case show -n $now examples/cases/2025-0311.yaml
    is "$(out | sed 's/\x1b\[[0-9;]*m//g' | tr -d '\r' | awk -v w=$width 'length > w')" "" "$width columns"
done
cat >"$tmp/person.yaml" <<'END'
id: "7"
person: {birth_date: 1990-05-17, gender: female, nationality: [NGA], age_basis: nonsense, dependants: [{relation: son}]}
identity: {name: Blessing Example, known_as: "B"}
contact: {phone: ["+100200300"], safe_to_call: false, address: Somewhere 1}
nickname: Bee
odd: {deep: [1, {name: Example}]}
health:
events:
  - {at: 2026-03-01, type: detected, by: police, nickname: Bee}
  - {at: 2026-03-02, type: permit_granted, number: A12, until: 2026-02-01, grounds: [personal]}
  - {at: 2026-03-03, type: age_assessment_started, experts: [doctor, {name: Example}]}
  - {at: 2026-04-03, type: contact, note: "see \u202e[31m her"}
  - {at: 2026-03-04, type: arrived}
END
status 0 "a case with what names the person" nrm-case show -q -n $now "$tmp/person.yaml"
unlike "$(out)" 'Blessing|Bee|100200300|Somewhere|A12|Example' "does not show it"
out_like 'safe to call: no' "but how to reach the person safely"
out_like 'person dependants: relation: son' "and the entries of lists"
out_like '^Not shown: 9 entries' "and says so"
out_like 'until: \(wrong value' "an end before its beginning counts as unknown"
like "$(out | tr -s '\n ' ' ')" 'age basis: .wrong value, counts as unknown' "a wrong value is told"
out_like '^   4  2026-04-03 contact with the person \[contact\] \(lies ahead\)' "what lies ahead does not count"
out_like '^   5  2026-03-04 an event that the model does not know' "an unknown event is shown without its name"
unlike "$(out)" "$(printf '\342\200\256')" "nothing reaches the terminal that could deceive"
run nrm-case show -q -I -n $now "$tmp/person.yaml"
for word in Blessing Bee 100200300 Somewhere A12; do
    out_like "$word" "--identity shows $word"
done
unlike "$(out)" '^Not shown' "and leaves out nothing"
status 0 "show from standard input" nrm-case show -q -n $now - <"$tmp/person.yaml"
status 0 "two cases" nrm-case show -n $now "$tmp/two.yaml"
is "$(out | grep -c '^Case ')" 2 "are two pages"
run nrm-case show -n $now -c 2026-0043 "$tmp/two.yaml"
is "$(out | grep '^Case ')" "Case 2026-0043, an adult" "-c takes one"
status 2 "an id that is not there" nrm-case show -n $now -c 1 "$tmp/two.yaml"
status 0 "show -d" nrm-case show -n $now -d "$tmp/cases" 2026-0042
status 2 "show without a case" nrm-case show
status 2 "show of nothing" nrm-case show "$tmp/none.yaml"

# H01-S009 H02-D022 H02-S001 H02-S005 H02-N029 H03-N013 H04-S001 H04-S002 H04-S003 H04-S006 H04-S009 H05-S006 H05-S007
# H05-S008 H05-S009 H05-S012 H05-S026 H08-N018 H08-S045: what to do next
# next PERSON EVENTS ERE NAME: the list of what to do next has such a line; with "not" in front it has none.
next_steps() {
    printf 'id: "1"\nperson: {%s}\n%s\nevents: [%s]\n' "$1" "$3" "$2" >"$tmp/next.yaml"
    nrm-case show -q -n $now "$tmp/next.yaml" | sed -n '/^What to do next/,/^$/p' |
        awk '/^  - / && NR > 1 { print "" } { printf "%s ", $0 }' | tr -s ' '
}
positive='{at: 2026-03-01, type: stage1_decision, outcome: positive}'
home='{at: 2026-03-10T08:00+01:00, type: service, service: accommodation, phase: started}'
grown='{at: 2026-03-05, type: age_assessment_result, result: adult, methods: [observation], experts: [a, b]}'
while IFS='|' read -r id person events facts wanted done; do
    like "$(next_steps "$person" "$events" "$facts")" "$wanted" "$id is due"
    [ -z "$done" ] || unlike "$(next_steps "$person" "$events, $done" "$facts")" "$wanted" "$id is done"
done <<END
H01-S009|age_group: adult|{at: 2026-03-01, type: detected, place: admin_detention}, $positive||release, refer .* start the recovery|
H02-S001|age_group: adult|{at: 2026-03-02, type: service, service: legal_advice, phase: needed}||free specialist lawyer|{at: 2026-03-03, type: service, service: legal_advice, phase: started}
H02-S005|age_group: child|$positive||guardian advocate come along|
H02-D022|age_group: adult|{at: 2026-03-02, type: consent, status: given}||time to think|{at: 2026-03-03, type: consent, status: given, reflection_given: true}
H02-D022 in an emergency|age_group: adult|{at: 2026-03-02, type: consent, status: given}||time to think|{at: 2026-03-03, type: consent, status: given, urgent_safeguarding: true}
H02-N029|age_group: child|$positive||which data will be kept|{at: 2026-03-02, type: consent, data_explained: true}
H03-N013|age_group: unknown|{at: 2026-03-02, type: age_assessment_started}||kept apart from the record|{at: 2026-03-03, type: age_assessment_result, guardian_record_apart: true}
H04-S001|age_group: child|$home||soft place to sit|{at: 2026-03-08T08:00+01:00, type: service, service: accommodation, phase: started}, {at: 2026-03-10T09:00+01:00, type: service, service: accommodation, phase: ended}
H04-S002|age_group: child|$home||contact card and the small thing|
H04-S003|age_group: child|$positive||writes down behaviour|{at: 2026-03-02, type: contact, wellbeing: well}
H04-S006|age_group: child|$positive|safety: {recruiting_found_at: 2026-03-02}|recruiting other children|
H04-S009|age_group: adult|{at: 2026-03-02, type: service, service: accommodation, phase: needed}||crisis centre, .* hotel as the last|$home
H05-S006|birth_date: 2009-01-01|$grown||appropriate adult|
H05-S007|birth_date: 2009-01-01|$grown||special measures for children in court|
H05-S008|birth_date: 2009-01-01|$grown||detained, imprisoned or deported|
H05-S009|birth_date: 2009-01-01|$grown||loses services for children|
H05-S012|age_group: adult|{at: 2026-03-02, type: cooperation, choice: withdrawn}||every service of the mechanism goes on|{at: 2026-03-03, type: cooperation, choice: "yes"}
H05-S026|age_group: adult|{at: 2026-03-02, type: stage2_decision, outcome: positive}||residence permits|{at: 2026-03-03, type: permit_granted}
H08-N018|age_group: adult|{at: 2026-03-02, type: declined}||respected, closes no service|
H08-S045|age_group: child|$home||record of the first days|{at: 2026-03-10T08:30+01:00, type: service, service: golden_day, phase: started}
END

# --- form ---
# H02-M001 H01-M001 H01-M002 H02-F016 H03-F020 H08-F033 H02-F007
status 0 "the form of an event" nrm-case form consent
for key in action purpose why storage_explained access_explained to duty_to_share_explained scope capacity language \
    interpreter informed_of questions_invited repeat_offered reflection_given urgent_safeguarding method by at \
    reconfirmed withdrawal_explained override override_by override_notice criminal_case_opened letter_agreed given_by data_explained; do
    out_like "^    $key:\$" "it asks for $key"
done
# form FIELD KEY...: the form asks for these.
form() {
    form_name=$1 form_missing=
    shift
    run nrm-case form "$form_name"
    for key; do
        grep -q "^ *$key:\$" "$tmp/.out" || form_missing="$form_missing $key"
    done
    is "$form_missing" "" "the form of $form_name asks for: $*"
}
form exploitation.debt claimed origin purpose deductions fines interest accounts_shown amount true_cost ratio threats \
    oath belief
form exploitation.employment sector recruitment_route agency_licensed subcontract_depth visa_tied reference_needed \
    permit_kind live_in board_by_employer diplomatic_household contract_seen knows_rights legal_advice
form health urgent symptoms observations observed_by recorded_by consent referred_at seen_at preserve_scene
form team profession sex vetted child_specialist agency roles
form papers stage kind at number next_step who
form person justice_roles
for name in consent health team exploitation.debt contact events person; do
    nrm-case form "$name" >"$tmp/form.yaml"
    ok "the form of $name is YAML" python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$tmp/form.yaml"
    is "$(awk 'length > 80' "$tmp/form.yaml")" "" "and fits 80 columns"
done
status 2 "no such form" nrm-case form consnt
err_like 'did you mean consent' "the nearest is named"
status 2 "form without a name" nrm-case form

# --- output that fails ---
if [ -w /dev/full ]; then
    for command in "new -n $now" "show -n $now examples/cases/2026-0042.yaml" "form consent"; do
        rc=0
        # shellcheck disable=SC2086
        nrm-case $command >/dev/full 2>"$tmp/full" || rc=$?
        is "$rc" 2 "a full disk: nrm-case $(printf %s "$command" | cut -c1-4)"
        like "$(cat "$tmp/full")" 'standard output' "is told"
    done
fi
case_file l.yaml
{ cat "$tmp/l.yaml"; seq -f '# %020g' 1 100; } >"$tmp/m.yaml"
cp "$tmp/m.yaml" "$tmp/m.before"
rc=0
(ulimit -f 1; nrm-case log -n $now "$tmp/m.yaml" accepted >"$tmp/.out" 2>"$tmp/.err") || rc=$?
is "$rc" 2 "a file that cannot grow"
err_like 'm.yaml: nothing was changed, writing failed' "is told"
same "$tmp/m.before" "$tmp/m.yaml" "and loses nothing"
is "$(find "$tmp" -maxdepth 1 -name '.nrm-*')" "" "nothing is left beside it"
rc=0
(ulimit -f 1; nrm-case new -n $now -t adult -d "$tmp/cases" 2026-0900 >"$tmp/.out" 2>"$tmp/.err") || rc=$?
is "$rc" 2 "nor can a new one"
ok "and it is not there" test ! -e "$tmp/cases/2026-0900.yaml"
is "$(find "$tmp/cases" -name '.nrm-*')" "" "nor anything else"

# --- as another person, who may read but not write ---
if [ "$(id -u)" -eq 0 ] && setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$BUILD/bin/nrm-case"; then
    mkdir -m 755 "$tmp/shared"
    chmod 711 "$tmp"
    case_file shared/a.yaml
    chmod 666 "$tmp/shared/a.yaml"
    cp "$tmp/shared/a.yaml" "$tmp/before"
    status 2 "a directory that is read-only" setpriv --reuid=65534 --regid=65534 --clear-groups \
        nrm-case log -n $now "$tmp/shared/a.yaml" accepted
    err_like 'a.yaml: nothing was changed, .*Permission denied; ask' "is told"
    same "$tmp/before" "$tmp/shared/a.yaml" "and the file stays"
    chmod 777 "$tmp/shared"
    status 0 "a file of somebody else that all may write" setpriv --reuid=65534 --regid=65534 --clear-groups \
        nrm-case log -n $now "$tmp/shared/a.yaml" accepted
    is "$(mode "$tmp/shared/a.yaml")" 606 "keeps nobody out or in by a group that cannot be kept"
    chmod 640 "$tmp/shared/a.yaml"
    chown 65534:65534 "$tmp/shared/a.yaml"
    status 0 "as root" nrm-case log -n $now "$tmp/shared/a.yaml" contact kind=phone
    is "$(stat -c '%u:%g %a' "$tmp/shared/a.yaml")" "65534:65534 640" "the owner stays the owner"
else
    skip "another person's files" "needs root"
fi

# --- any file ---
mkdir "$tmp/property"
count=300
[ -z "${NRM_INSTRUMENTED-}" ] || count=60
ok "$count random files keep every byte" python3 tests/oracle/log_property.py "$tmp/property" $count 20260310
