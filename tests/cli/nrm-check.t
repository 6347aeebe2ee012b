#!/bin/sh
# nrm-check: the form of a case, its steps, its clocks and its rules, profiles against the
# recommended standards, and what the exit status says. Sets of indicators are in nrm-check-sets.t;
# each rule of rules/ is tested by its own examples (tests/lib/rule.c).
. "${0%/*}/tap.sh"

now="-n 2026-03-10T12:00+01:00"
columns=id,rule,severity,result,path,message,source

# Rules and a profile of the test's own, so that only what is asked about is found.
mkdir -p "$tmp/own/rules" "$tmp/own/profiles"
NRM_PATH=$tmp/own:$NRM_PATH
cat >"$tmp/own/rules/none.yaml" <<'END'
title: None
source: S
rules: []
END
cat >"$tmp/own/profiles/still.yaml" <<'END'
profile: still
source: S
as_of: 2026-01-01
zone: Europe/Warsaw
clocks: {rr_end: none}
END
cat >"$tmp/own/profiles/clocks.yaml" <<'END'
profile: clocks
source: S
as_of: 2026-01-01
zone: Europe/Warsaw
clocks:
  rr_end: none
  talk: {label: Talk, start: [detected], stop: [interview], implied_by: [accepted], adult: 5d, child: 5d,
         warn: 5d, severity: violation, source: S 1}
  call: {label: Call, start: [detected], stop: [contact], adult: 90d, severity: warning, source: S 2,
         applies: person.gender == "female"}
  note: {label: Note, start: [detected], stop: [interview], adult: rr_end, child: rr_end, source: S 3}
  kit: {label: Kit, start: [assessment], stop: [service], child: 48h, severity: warning, source: S 5}
  letter: {label: Letter, start: [detected], adult: 90d, applies: setting_support_after_18 > 17, source: S 4}
END
# check PROFILE ARGUMENT...; found: what it found, without message and source.
check() {
    profile=$1
    shift
    nrm-check $now -q -p "$profile" -o csv "$@"
}
found() { out | sed 1d | cut -d, -f1-5 | grep "${1-.}"; }

# --- the form of a case ---
cat >"$tmp/form.yaml" <<'END'
---
id: keys
persn: {birth_dat: 2000-01-01}
zzzzzzzzzz: {persn: 1}
person.gender: female
person:
  gendr: male
  qqqqqqqqqq: 1
indicators:
  - {id: online_first_contact, seem: 2026-03-01}
  - online_first_contact
contact: [{x: 2}]
<<: {other: 1}
? [a, key]
: of no name
events:
  - {at: 2026-03-01, type: detected, plce: hotel, qqqqqqqqqq: 1, <<: {other: 1}, ? [a, key] : 1}
  - {at: 2026-03-01, type: strange, plce: hotel}
---
id: words
person: {gender: femal, residence_status: resident}
exploitation: {forms: [labour, jugglery, unknown, acrobatics, {a: b}]}
events:
  - {at: 2026-03-01, type: detected, place: moon}
---
id: right
person: {gender: female, disabilities: , languages: ~}
exploitation: {forms: labour, means: [null]}
events:
  - {at: 2026-03-01, type: detected, place: unknown}
---
id: ids
events:
  - {id: a, at: 2026-03-01, type: detected}
  - {id: b, at: 2026-03-02, type: contact}
  - {at: 2026-03-02, type: contact}
  - {id: a, at: 2026-03-02, type: contact}
  - {id: a, at: 2026-03-03, type: contact}
---
id: voids
events:
  - {at: 2026-03-01, type: contact}
  - {id: twin, at: 2026-03-01, type: contact}
  - {id: twin, at: 2026-03-01, type: contact}
  - {at: 2026-03-01, type: void, event: 99}
  - {at: 2026-03-01, type: void}
  - {at: 2026-03-01, type: void, event: twin}
  - {id: one, at: 2026-03-01, type: void, event: two}
  - {id: two, at: 2026-03-01, type: void, event: one}
  - {id: self, at: 2026-03-01, type: void, event: self}
  - {at: 2026-03-01, type: void, event: 1}
  - {at: 2026-04-01, type: void, event: 99}
  - {at: 2026-03-01, type: void, event: 4}
---
id: keys
---
person: {age_group: adult}
---
id: ""
END
status 1 "the form of cases" check still "$tmp/form.yaml"
is "$(out | sed -n 1p)" $columns "the promised columns"
is "$(found '^keys,')" \
    "keys,format.value,warning,fail,indicators[2]
keys,format.value,warning,fail,contact
keys,format.value,warning,fail,events[2].type
keys,format.unknown_key,note,fail,persn
keys,format.unknown_key,note,fail,zzzzzzzzzz
keys,format.unknown_key,note,fail,person.gender
keys,format.unknown_key,note,fail,person.gendr
keys,format.unknown_key,note,fail,person.qqqqqqqqqq
keys,format.unknown_key,note,fail,indicators.seem
keys,format.unknown_key,note,fail,contact.x
keys,format.unknown_key,note,fail,events[1].plce
keys,format.unknown_key,note,fail,events[1].qqqqqqqqqq
keys,format.duplicate_id,violation,fail,id" \
    "keys that the model does not know, at their place; an unknown key or event hides what is in it"
is "$(out | sed -n 's/^keys,[^,]*,[^,]*,fail,\(.*\),.*perhaps \([a-z]*\) is meant.*/\1 \2/p')" \
    "persn person
person.gendr gender
indicators.seem seen
events[1].plce place" "with the nearest name where there is one"
is "$(found '^words,')" \
    "words,format.value,warning,fail,person.residence_status
words,format.value,warning,fail,exploitation.forms[5]
words,format.word,note,fail,person.gender
words,format.word,note,fail,exploitation.forms
words,format.word,note,fail,exploitation.forms
words,format.word,note,fail,events[1].place" \
    "words: wrong in a closed vocabulary, a note in an open one"
is "$(found '^right,')" "" "nothing where all are words of theirs, unknown, or not filled in"
is "$(found '^ids,')" \
    "ids,format.event_id,warning,fail,events[4].id
ids,format.event_id,warning,fail,events[5].id" "an event's id that stands twice, at each that repeats it"
is "$(found '^voids,')" \
    "voids,format.void,warning,fail,events[5]
voids,format.void,warning,fail,events[6]
voids,format.void_circle,warning,fail,events[7]
voids,format.void_circle,warning,fail,events[8]
voids,format.void_circle,warning,fail,events[9]
voids,format.planned,note,fail,events[11]
voids,format.event_id,warning,fail,events[3].id" \
    "voids of nothing and voids in a circle, those that count; what lies ahead"
is "$(found '^,')" ",format.id,violation,fail,id
,format.id,violation,fail,id" "no id, or an empty one"
status 0 "notes alone" check still - <<'END'
id: N
persn: 1
END
is "$(found)" N,format.unknown_key,note,fail,persn "are no reason for a status"
long=$(printf '€%.0s' $(seq 40))
printf 'id: L\nevents: [{at: 2026-03-01, type: contact, %s: 1}]\n' "$long" >"$tmp/long.yaml"
status 0 "a key that is long" check still "$tmp/long.yaml"
is "$(found)" "L,format.unknown_key,note,fail,events[1].$long" "is not cut in the middle of a character"

# What a case of many voids takes grows with their number, not with its square.
awk 'BEGIN { print "id: V"; print "events:"
    for (i = 1; i <= 20000; i++)
        print "  - {id: e" i ", at: 2026-01-01, type: void, event: e" i % 20000 + 1 "}" }' >"$tmp/voids.yaml"
if [ -z "${NRM_INSTRUMENTED-}" ]; then
    status 1 "20000 voids in 1 GB" sh -c "ulimit -v 1000000; nrm-check $now -q -p still -o csv '$tmp/voids.yaml'"
    is "$(found format.void_circle | wc -l)" 20000 "are found to stand in a circle"
else
    skip "20000 voids in 1 GB" "sanitizers take memory of their own"
    skip "are found to stand in a circle" "sanitizers take memory of their own"
fi

# --- steps ---
cat >"$tmp/steps.yaml" <<'END'
---
id: nowhere
person: {age_group: adult}
events:
  - {at: 2026-03-01, type: detected}
  - {at: 2026-03-02, type: stage2_decision, outcome: negative}
---
id: refused
person: {age_group: adult}
events:
  - {at: 2026-03-01, type: consent, purpose: nrm_referral, status: refused}
  - {at: 2026-03-02, type: referred}
---
id: silent
person: {age_group: adult}
events:
  - {at: 2026-03-02, type: referred}
---
id: given
person: {age_group: adult}
events:
  - {at: 2026-03-01, type: consent, purpose: nrm_referral, status: given}
  - {at: 2026-03-02, type: referred}
---
id: held
person: {birth_date: 2008-02-01}
events:
  - {at: 2026-03-01, type: rr_granted}
  - {at: 2026-03-02, type: rr_ended}
  - {at: 2026-03-03, type: age_doubted}
  - {at: 2026-03-04, type: age_assessment_result, result: adult, methods: [dental], experts: [a, b]}
END
status 1 "the steps of cases" check still "$tmp/steps.yaml"
is "$(found)" \
    "nowhere,step.none,warning,fail,events[2]
refused,step.A04,warning,fail,events[2]
silent,step.A04,warning,unknown,events[1]
held,step.C14,violation,unknown,events[2]
held,step.D11,violation,fail,events[4]" \
    "what leads nowhere, what should not have been, what cannot be told, what a guard held"
like "$(out)" '^nowhere,.*,stage2_decision leads nowhere from where the case stood;' "and why"
status 1 "-a" check still -a "$tmp/steps.yaml"
is "$(found ,pass,)" given,step.A04,warning,pass,events[2] "also what passes, where a step has a condition"

# --- clocks ---
cat >"$tmp/clocks.yaml" <<'END'
---
id: overdue
person: {age_group: adult}
events: [{at: 2026-02-01, type: detected}]
---
id: late
events: [{at: 2026-02-01, type: detected}, {at: 2026-02-22, type: interview, stage: 1}]
---
id: met
events: [{at: 2026-02-01, type: detected}, {at: 2026-02-02, type: interview, stage: 1}]
---
id: soon
person: {age_group: adult, gender: female}
events: [{at: 2026-03-09, type: detected}]
---
id: implied
events: [{at: 2026-02-02, type: accepted}]
---
id: same-day
events:
  - {at: 2026-03-06T10:00+01:00, type: assessment, kind: bic}
  - {at: 2026-03-08, type: service, service: emergency_kit, phase: started}
END
status 1 "the clocks of cases" check clocks "$tmp/clocks.yaml"
is "$(found)" \
    "overdue,deadline.talk,violation,fail,
overdue,deadline.call,warning,unknown,person.gender
overdue,deadline.letter,warning,unknown,
late,deadline.talk,note,fail,
soon,deadline.letter,warning,unknown,
implied,deadline.talk,violation,unknown,
same-day,deadline.kit,warning,unknown," \
    "what is overdue, what cannot be reckoned, what was late as a note; not what is pending"
is "$(out | grep talk | cut -d, -f1,6-)" \
    'overdue,Talk: due 2026-02-06 and not on record; do it now and record it,S 1
late,Talk: due 2026-02-06 and done late; record why,S 1
implied,"Talk: cannot tell whether it is in time: a moment is not on record, or only its day",S 1' "and what to do"
status 1 "-a" check clocks -a "$tmp/clocks.yaml"
is "$(found ,pass,)" \
    "late,deadline.note,warning,pass,
met,deadline.talk,violation,pass,
met,deadline.note,warning,pass," "also what was met, with or without a day that it was due"

# --- rules ---
rm "$tmp/own/rules/none.yaml"
cat >"$tmp/own/rules/test.yaml" <<'END'
title: Test
source: S
rules:
  - {id: t.case, kind: check, severity: warning, holds: person.gender != "male", message: m, source: S 1}
  - {id: t.event, kind: check, severity: note, on: detected|referred, holds: by == "police", message: m, source: S 2}
  - {id: t.before, kind: check, severity: note, on: 'referred where to != "nobody"', sees: before,
     holds: first(detected).place == "hotel", message: m, source: S 3}
  - {id: t.union, kind: check, severity: note, track: adult, on: referred,
     holds: last(detected|interview).by == "ngo", message: m, source: S 4}
  - {id: t.setting, kind: check, severity: note, track: adult, on: referred, holds: setting_support_after_18 > 17,
     message: m, source: S 5}
  - {id: t.open, kind: check, severity: note, track: adult, on: 'referred where to == "police"', holds: unknown,
     message: m, source: S 7}
  - {id: t.when, kind: check, severity: violation, when: person.residence_status == "irregular",
     holds: person.gender == "female", message: m, source: S 6}
END
cat >"$tmp/rules.yaml" <<'END'
---
id: silent
person: {age_group: adult}
events:
  - {at: 2026-02-01, type: detected}
  - {at: 2026-02-02, type: referred, to: police}
  - {at: 2026-02-03, type: referred}
  - {at: 2026-02-03, type: strange}
---
id: many
person: {gender: female}
events: [{}, {}, {}, {}, {}, {}, {}, {}, {}, {at: 2026-02-01, type: detected, by: ngo}]
---
id: wrong
person: {gender: male, residence_status: irregular}
events:
  - {at: 2026-02-01, type: detected, by: ngo, place: street}
  - {at: 2026-02-02, type: referred, by: police, to: police}
---
id: right
person: {gender: female}
events:
  - {at: 2026-02-02, type: referred, by: police, to: police}
  - {at: 2026-02-01, type: detected, by: police, place: hotel}
---
id: exempt
person: {gender: other, residence_status: citizen}
END
status 1 "rules" check still "$tmp/rules.yaml"
is "$(found ',t\.')" \
    "silent,t.case,warning,unknown,person.gender
silent,t.event,note,unknown,events[1].by
silent,t.event,note,unknown,events[2].by
silent,t.event,note,unknown,events[3].by
silent,t.before,note,unknown,detected.place
silent,t.union,note,unknown,detected|interview.by
silent,t.union,note,unknown,detected|interview.by
silent,t.setting,note,unknown,setting_support_after_18
silent,t.setting,note,unknown,setting_support_after_18
silent,t.open,note,unknown,events[2]
silent,t.when,violation,unknown,person.residence_status
many,t.event,note,fail,events[10]
wrong,t.case,warning,fail,
wrong,t.event,note,fail,events[1]
wrong,t.before,note,fail,events[2]
wrong,t.when,violation,fail," \
    "what does not hold at its event, and what is missing by its path: of the event itself, or of the case"
ok "what nobody could tell names nothing" grep -q '^silent,t.open,.*,cannot tell from what is on record,S 7$' "$tmp/.out"
status 1 "-a" check still -a "$tmp/rules.yaml"
is "$(found 'right,t\.')" \
    "right,t.case,warning,pass,
right,t.event,note,pass,events[2]
right,t.event,note,pass,events[1]
right,t.before,note,pass,events[1]
right,t.when,violation,pass," "also what passes, in the order of the events; a rule that holds either way passes"
is "$(found exempt,t.)" exempt,t.case,warning,pass, "and not what does not apply"
sed '/^---/d; /^id: right/,/^id: exempt/!d; /^id: exempt/d' "$tmp/rules.yaml" >"$tmp/right.yaml"
status 0 "a case in which all is well" check still "$tmp/right.yaml"
out_is $columns "has no findings"
status 0 "-l" nrm-check -l "$tmp/nosuch.yaml"
is "$(out | sed 1d | awk '{ print $1, $2, $NF }')" "t.case warning 1
t.event note 2
t.before note 3
t.union note 4
t.setting note 5
t.open note 7
t.when violation 6" "lists the rules with their sources and reads no cases"

# --- formats ---
status 1 "-o json" nrm-check $now -q -p still -o json "$tmp/rules.yaml"
json=$(out | sed -n 's/^{"id":"wrong","rule":"t.before",//p')
is "$json" '"severity":"note","result":"fail","path":"events[2]","message":"m","source":"S 3"}' \
    "an object for each finding under the same names"
is "$(out | wc -l)" "$(check still "$tmp/rules.yaml" | sed 1d | wc -l)" "as many as with -o csv"
status 1 "-o text" nrm-check $now -q -p still "$tmp/rules.yaml"
is "$(out | tail -n 1)" \
    "5 cases: $(check still "$tmp/rules.yaml" | grep -c ',fail,') findings, $(check still "$tmp/rules.yaml" | grep -c ',unknown,') cannot be told" \
    "is the default and ends with a count"
like "$(out)" "^$tmp/rules.yaml:14:1: warning wrong: m \[t\.case; S 1\]\$" "each finding at its place"

# --- profiles against the recommended standards ---
# profile STATUS NAME KEYS-AND-CLOCKS WANTED: a profile that extends odihr by these.
profile() {
    printf 'profile: x\nextends: odihr\nsource: S\nas_of: 2026-01-01\n%s\n' "$3" >"$tmp/x.yaml"
    status "$1" "$2" nrm-check $now -o csv "$tmp/x.yaml"
    is "$(out | sed '1d; s/^x,profile\.[a-z0-9_]*,//' | cut -d, -f1,3)" "$4" "$2: what lies below"
}
for file in "$ROOT"/profiles/*.yaml; do
    status 0 "${file##*/} that is shipped" nrm-check $now -o csv "$file"
    out_is $columns "${file##*/} does not lie below"
done
profile 0 "nothing changed" "" ""
profile 0 "the same in other units" "clocks: {stage1_decision: {adult: 120h, child: 2d}, rr_end: {adult: 3mo, child: 13w}}" ""
profile 0 "better ones" "clocks: {stage1_decision: {adult: 4d}, rr_end: {adult: 91d, child: 1y}}" ""
profile 1 "longer to decide" "clocks: {stage1_decision: {adult: 6d, child: 49h}}" \
    "warning,clocks.stage1_decision.adult
warning,clocks.stage1_decision.child"
like "$(out)" ',below the recommended standard: at most 48 hours,"handbook 13.8, 13.9"$' "and how much it is"
profile 1 "working days for days" "clocks: {stage1_decision: {adult: 5wd}}" "warning,clocks.stage1_decision.adult"
profile 1 "a shorter period" "clocks: {rr_end: {adult: 89d, child: 30d}}" \
    "warning,clocks.rr_end.adult
warning,clocks.rr_end.child"
like "$(out)" ',below the recommended standard: at least 90 days,' "and how long it is"
# handbook 13.10: at least 30 days in the law of every party to the Convention (H07-C002 H07-D032)
profile 1 "a period below the floor" "clocks: {rr_end: {adult: 29d, child: 4w}}" \
    "violation,clocks.rr_end.adult
violation,clocks.rr_end.child"
like "$(out)" ',shorter than the 30 days that the Council of Europe Convention' "and whose floor it is"
profile 1 "no period at all" "clocks: {rr_end: none}" \
    "violation,clocks.rr_end.adult
violation,clocks.rr_end.child"
profile 1 "a month is no less than the floor" "clocks: {rr_end: {adult: 1mo}}" "warning,clocks.rr_end.adult"
profile 1 "below the floor of a Convention that does not bind" \
    "settings: {coe_convention_party: false}
clocks: {rr_end: {adult: 29d}}" "warning,clocks.rr_end.adult"
profile 1 "below the floor, and nobody says whether it binds" \
    "settings: {coe_convention_party: null}
clocks: {rr_end: {adult: 29d}}" "violation,clocks.rr_end.adult"
profile 1 "another minimum" "clocks: {golden_day: {child: 2d}}" "warning,clocks.golden_day.child"
profile 0 "a period that is called a maximum" "clocks: {rr_end: {kind: maximum, adult: 120d}}" ""
profile 1 "clocks that are taken away" "clocks: {guardian_advocate: none, plan_review: none, rr_extension: none}" \
    "warning,clocks.rr_extension.adult
warning,clocks.rr_extension.child
warning,clocks.guardian_advocate.child
warning,clocks.plan_review.adult"
like "$(out)" ',"the recommended standards have this deadline, the profile has not",' "and that others have them"
profile 0 "what has no length is not compared" \
    "clocks: {rr_extension: {adult: 1d}, permit_renewal: {adult: 1d}, stage2_decision: {adult: rr_end}}" ""

# A profile by itself lacks every clock for which the standards have an amount, and no other.
printf 'profile: x\nzone: Europe/Vienna\nclocks: {rr_end: {kind: minimum, adult: 90d, child: 90d}}\n' >"$tmp/x.yaml"
status 1 "a profile by itself" nrm-check $now -o csv "$tmp/x.yaml"
is "$(found ',clocks\.' | cut -d, -f3,5 | sort)" "$(awk -F, '
    NR > 1 && $1 != "rr_end" && $3 != "none" { print "warning,clocks." $1 ".adult" }
    NR > 1 && $1 != "rr_end" && $4 != "none" { print "warning,clocks." $1 ".child" }
    ' tests/data/clocks.csv | sort)" "lacks all other clocks that the standards have"
is "$(found provenance)" x,profile.provenance,warning,fail,source "and a source"
sed '1s/$/\nsource: S/' "$tmp/x.yaml" >"$tmp/y.yaml"
status 1 "a profile with a source" nrm-check $now -o csv "$tmp/y.yaml"
is "$(found provenance)" x,profile.provenance,warning,fail,as_of "still lacks its date"

# --- trouble ---
printf 'profile: x\nextends: odihr\nclocks: {stage1_decision: {adult: soon}}\n' >"$tmp/x.yaml"
status 2 "a profile that cannot be read" nrm-check $now -o csv "$tmp/x.yaml" "$tmp/right.yaml"
err_like "^$tmp/x.yaml:3:35: " "is told at its place"
status 2 "by its plain name too" sh -c "cd '$tmp' && exec nrm-check $now -o csv x.yaml"
err_like "^\./x.yaml:3:35: " "is looked for where the reader found it"
printf 'rules: [{id: t.x, kind: check, severity: note, holds: tru, message: m, source: S}]\n' >"$tmp/x.yaml"
status 2 "rules that cannot be read" nrm-check $now -o csv "$tmp/x.yaml"
err_like "^$tmp/x.yaml:1:" "are told at their place"
status 0 "rules that can" nrm-check $now -o csv "$tmp/own/rules/test.yaml"
status 2 "-k after rules that cannot" nrm-check -k $now -p still -o csv "$tmp/x.yaml" "$tmp/rules.yaml"
is "$(found wrong,t.case)" wrong,t.case,warning,fail, "goes on"
printf 'id: bad\nx: [\n' >"$tmp/x.yaml"
status 2 "a case that cannot be read, and a finding" nrm-check -k $now -p still -o csv "$tmp/x.yaml" "$tmp/rules.yaml"
is "$(found wrong,t.case)" wrong,t.case,warning,fail, "are both told"
echo 'rules: [{id: t.x, holds: tru}]' >"$tmp/own/rules/broken.yaml"
status 2 "rules of the run that are broken" nrm-check $now -o csv "$tmp/right.yaml"
out_is "" "nothing is checked"

# --- the track of a rule is that of the event; a rule can stand for a guard of the machine ---
mkdir "$tmp/tracks" "$tmp/tracks/rules"
cp -r "$tmp/own/profiles" "$tmp/tracks"
cat >"$tmp/tracks/rules/tracks.yaml" <<'END'
title: Tracks
source: S
rules:
  - {id: adult.private, track: adult, on: interview, holds: private, message: m, source: s}
  - {id: child.private, track: child, on: interview, holds: private, message: m, source: s}
  - {id: child.today, track: child, holds: has(detected), message: m, source: s}
END
cat >"$tmp/grown.yaml" <<'END'
id: grown
person: {birth_date: 2008-02-20}
events:
  - {at: 2026-02-10, type: interview, private: false}
  - {at: 2026-03-01, type: interview, private: false}
END
NRM_PATH=$tmp/tracks status 1 "a child then, an adult today" check still "$tmp/grown.yaml"
is "$(found private)" "grown,adult.private,warning,fail,events[2]
grown,child.private,warning,fail,events[1]" "each interview by the track of its day"
is "$(found today)" "" "the case by today's"

printf 'id: g\nperson: {age_group: adult}\nevents:\n  - {at: 2026-03-01, type: referred}\n' >"$tmp/guard.yaml"
NRM_PATH=$tmp/tracks status 0 "a guard that cannot be told" check still "$tmp/guard.yaml"
is "$(found step)" "g,step.A04,warning,unknown,events[1]" "is a finding"
cat >"$tmp/tracks/rules/tracks.yaml" <<'END'
title: Guards
source: S
rules:
  - {id: asked, on: referred, holds: has(consent), instead_of: [A03, A04], message: m, source: s}
END
NRM_PATH=$tmp/tracks status 1 "where a rule stands for it" check still "$tmp/guard.yaml"
is "$(found)" "g,asked,warning,fail,events[1]" "only the rule is"
sed -i 's/A04/A99/' "$tmp/tracks/rules/tracks.yaml"
NRM_PATH=$tmp/tracks status 2 "a row that is none" check still "$tmp/guard.yaml"
err_like "tracks.yaml:4:.*A99 is no row of the state machine" "is told"

# --- help that came before it was owed is no riddle ---
cat >"$tmp/early.yaml" <<'END'
id: early
person: {age_group: adult}
events:
  - {at: 2026-03-01T09:00+01:00, type: service, service: emergency_kit, phase: started}
  - {at: 2026-03-02T09:00+01:00, type: stage2_decision, outcome: positive}
END
rm "$tmp/own/rules/broken.yaml"
NRM_PATH=$tmp/own:$ROOT status 0 "early help" check odihr "$tmp/early.yaml"
is "$(found emergency_kit)" "" "done, and from when it was owed is not on record: nothing to find out"
is "$(found deadline.urgent_health)" "early,deadline.urgent_health,violation,unknown," "not done: cannot be told"
