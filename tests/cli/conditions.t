#!/bin/sh
# What may never be a condition counts nowhere, and one mistake of a case is one finding.
. "${0%/*}/tap.sh"

now="-n 2026-03-10T12:00+01:00"

# variant SED-SCRIPT: the example cases with a change each, as one file.
variant() {
    for file in "$ROOT"/examples/cases/*.yaml; do
        sed "$1" "$file"
    done >"$tmp/cases.yaml"
}
states() { nrm-status $now -o csv "$tmp/cases.yaml" | cut -d, -f"${1:-1-}"; }
clocks() { nrm-deadline $now -o csv "$tmp/cases.yaml"; }
owed() { nrm-status $now -e "$tmp/cases.yaml"; }
variant ''
states >"$tmp/states"
states 1-5,7-8 >"$tmp/states-but-stay"
clocks >"$tmp/clocks"
owed >"$tmp/owed"

# handbook 13.7, 13.11: no guard, clock, service or status hangs on co-operation (H03-G002)
for choice in undecided '"yes"' '"no"' withdrawn; do
    variant "/^events:/a\\
  - {at: 2026-01-19T08:00+01:00, type: cooperation, choice: $choice}"
    like "$(cat "$tmp/cases.yaml")" "choice: $choice" "co-operation $choice is on record"
    states >"$tmp/got"
    same "$tmp/states" "$tmp/got" "it changes no state"
    clocks >"$tmp/got"
    same "$tmp/clocks" "$tmp/got" "it changes no clock"
    owed >"$tmp/got"
    same "$tmp/owed" "$tmp/got" "it changes nothing that is owed"
done

# handbook 13.1, 13.10: no guard reads a prosecution, who the person is, or how they were trafficked
# (H03-G098); the right to stay says how the stay is secured, and nothing else
person() { variant "s/^person: {/person: {$1, /; s/^person: *\$/person:\\n  $2/"; }
person 'accused: true, accused_status: convicted, justice_roles: [defendant]' 'accused_status: convicted'
states >"$tmp/got"
same "$tmp/states" "$tmp/got" "an accusation or a conviction changes no state"
variant 's/nationality: \[[A-Z]*\]/nationality: [USA]/; s/forms: \[[a-z]*\]/forms: [organ_removal]/'
like "$(cat "$tmp/cases.yaml")" 'organ_removal' "nationality and form are others"
states >"$tmp/got"
same "$tmp/states" "$tmp/got" "nationality and form of exploitation change no state"
clocks >"$tmp/got"
same "$tmp/clocks" "$tmp/got" "nor a clock"
for status in citizen irregular stateless; do
    variant "s/residence_status: [a-z_]*/residence_status: $status/"
    states 1-5,7-8 >"$tmp/got"
    same "$tmp/states-but-stay" "$tmp/got" "$status: the right to stay changes nothing but the stay"
done

# handbook 14: help opens with the first sign, and does not end with recovery and reflection (H04-T001 H04-E001)
for events in '{at: 2026-03-01, type: detected}' \
    '{at: 2025-10-01, type: stage1_decision, outcome: positive}, {at: 2025-10-01, type: rr_granted},
    {at: 2026-02-01, type: stage2_decision, outcome: positive}, {at: 2026-02-02, type: rr_ended}'; do
    printf 'id: a\nperson: {age_group: adult}\nevents: [%s]\n' "$events" >"$tmp/cases.yaml"
    like "$(owed)" 'missing +health care' "${events%%,*}}: health care is owed"
    like "$(owed)" 'missing +practical, financial and material help' "${events%%,*}}: and material help"
done

# one NAME PERSON EVENTS ERE WANTED: the failing rules of a case that match, clocks and steps apart.
one() {
    printf 'id: a\nperson: %s\nevents: [%s]\n' "$2" "$3" >"$tmp/one.yaml"
    is "$(nrm-check $now -o csv "$tmp/one.yaml" | awk -F, '
        $4 == "fail" && $2 !~ /^(deadline|step)[.]/ { print $2 }' | grep -E "$4" | sort | paste -sd ' ')" \
        "$5" "$1"
}
adult='{age_group: adult, residence_status: irregular}'
one "no consent at all is one finding, whatever followed" "$adult" "
    {at: 2026-03-01, type: detected}, {at: 2026-03-02, type: referred}, {at: 2026-03-03, type: accepted},
    {at: 2026-03-04, type: service, service: health, phase: started}, {at: 2026-03-05, type: referred}" \
    'consent' 'referral.consent'
one "a referral against the person's will is one finding" "$adult" "
    {at: 2026-03-01, type: consent, purpose: nrm_referral, status: refused, explained: true},
    {at: 2026-03-02, type: referred}" 'consent' 'referral.consent'
one "consent to be referred is not consent to share, and not to support" "$adult" "
    {at: 2026-03-01, type: consent, purpose: nrm_referral, status: given}, {at: 2026-03-02, type: referred},
    {at: 2026-03-04, type: service, service: health, phase: started},
    {at: 2026-03-05, type: service, service: education, phase: started}" 'consent' \
    'consent.recorded.sharing consent.support'
one "one wrong in two fields is one finding" "$adult" "
    {at: 2026-03-01, type: stage1_decision, outcome: negative, held_against: [nationality],
    reasons_mention: [nationality]}" '^condition' 'condition.decision.person'
one "co-operation in all its fields is one finding" "$adult" "
    {at: 2026-03-01, type: stage1_decision, outcome: negative, conditional: true, waited_for: [complaint],
    held_against: [no_cooperation], reasons_mention: [cooperation]}" '^condition' \
    'condition.decision.criminal_case'
one "a service that hangs on co-operation is one finding" "$adult" "
    {at: 2026-03-01, type: service, service: accommodation, phase: started, kind: safe, conditional: true,
    withheld_for: [cooperation]}" 'condition|accommodation' 'condition.help.criminal_case'
one "two wrongs are two" "$adult" "
    {at: 2026-03-01, type: service, service: legal_advice, phase: needed, withheld_for: [offence, criminal_case]}" \
    'condition' 'condition.help.criminal_case condition.help.person'
one "help that ends in a challenge is one finding" "$adult" "
    {at: 2026-01-01, type: stage1_decision, outcome: positive},
    {at: 2026-02-01, type: stage2_decision, outcome: negative}, {at: 2026-02-02, type: appeal_lodged, of: stage2},
    {at: 2026-02-03, type: service, service: health, phase: ended, ended_as: negative_decision}" \
    'help_ended|after_negative|cut|condition' 'support.help_ended'
one "an advocate whose work ends in a challenge is one finding" "$adult" "
    {at: 2026-01-01, type: stage1_decision, outcome: positive},
    {at: 2026-01-01, type: advocate_allocated, kind: independent},
    {at: 2026-02-01, type: stage2_decision, outcome: negative}, {at: 2026-02-02, type: appeal_lodged, of: stage2},
    {at: 2026-03-09, type: advocate_ended, kind: independent}" 'advocate|remedy|support' 'advocate.gap'
one "a place that ends is one finding" "$adult" "
    {at: 2026-01-01, type: stage1_decision, outcome: positive},
    {at: 2026-01-02, type: service, service: accommodation, phase: started, kind: safe},
    {at: 2026-02-03, type: service, service: accommodation, phase: ended, ended_as: dropped}" \
    'accommodation|help|gap' 'accommodation.no_gap'
one "a removal that is barred is one finding" "$adult" "
    {at: 2026-02-20, type: referred}, {at: 2026-03-01, type: stage1_decision, outcome: positive},
    {at: 2026-03-02, type: rr_granted, until: 2026-06-30},
    {at: 2026-03-05, type: removal_ordered, kind: dublin, voluntary: false}" 'removal|transfer|protection' \
    'removal.barred'
one "also where nobody wrote down whose wish it was" "$adult" "
    {at: 2026-02-20, type: referred}, {at: 2026-03-01, type: stage1_decision, outcome: positive},
    {at: 2026-03-05, type: removal_ordered}" 'removal|transfer|protection' 'removal.barred'
one "a period of two weeks is one finding" "$adult" "
    {at: 2026-03-01, type: stage1_decision, outcome: positive},
    {at: 2026-03-02, type: rr_granted, until: 2026-03-16}" '^reflection' 'reflection.length.floor'
one "a place that is dropped is found, though an earlier one never ended on record" "$adult" "
    {at: 2026-03-01, type: service, service: accommodation, phase: started, kind: interim},
    {at: 2026-03-02, type: service, service: accommodation, phase: started, kind: safe},
    {at: 2026-03-05, type: service, service: accommodation, phase: ended, ended_as: dropped}" \
    'no_gap' 'accommodation.no_gap'
one "two advocates who meet for the handover are no finding" "$adult" "
    {at: 2026-03-02, type: advocate_allocated, kind: independent, who: a-1},
    {at: 2026-03-05, type: advocate_allocated, kind: independent, who: a-2},
    {at: 2026-03-06, type: handover, kind: independent, who: a-1, to: a-2}" 'advocate[.]single' ''

# all NAME PERSON EVENTS ERE WANTED: as one, with clocks and steps.
all() {
    printf 'id: a\nperson: %s\nevents: [%s]\n' "$2" "$3" >"$tmp/one.yaml"
    is "$(nrm-check $now -o csv "$tmp/one.yaml" | awk -F, '$4 == "fail" { print $2 }' | grep -E "$4" |
        sort | paste -sd ' ')" "$5" "$1"
}
all "a stage 1 decision that is missing is one finding, also after stage 2" "$adult" "
    {at: 2026-02-01, type: detected}, {at: 2026-03-01, type: stage2_decision, outcome: positive}" \
    'stage1' 'deadline.stage1_decision'
all "stage 2 with nothing before it is one too" "$adult" "
    {at: 2026-03-01, type: stage2_decision, outcome: positive}" 'stage1' 'decision.stage2.after_stage1'
advocate='{at: 2026-02-01, type: stage1_decision, outcome: positive},
    {at: 2026-02-01, type: advocate_allocated, kind: independent}'
all "an advocate who left is one finding at once" "$adult" "$advocate,
    {at: 2026-03-10T09:00+01:00, type: advocate_ended, kind: independent}" \
    'advocate[.]gap|deadline[.].*advocate' 'advocate.gap'
all "and one after the hours of the clock" "$adult" "$advocate,
    {at: 2026-03-05T09:00+01:00, type: advocate_ended, kind: independent}" \
    'advocate[.]gap|deadline[.].*advocate' 'deadline.independent_advocate'
all "a closing after a final decision without assessment and referral is one finding" "$adult" "
    {at: 2026-01-20, type: referred}, {at: 2026-02-01, type: stage1_decision, outcome: negative},
    {at: 2026-02-20, type: remedies_exhausted, of: stage1, how: lapsed}, {at: 2026-02-25, type: closed}" \
    'final|step' 'step.A33b'
one "a child without any assessment is one finding" '{age_group: child}' "
    {at: 2026-02-20, type: detected}, {at: 2026-02-21, type: interview, stage: 1},
    {at: 2026-02-22, type: service, service: education, phase: started}" 'best_interests|assess|imminent' \
    'child.best_interests_assessed'
one "nor two after stage 1" '{age_group: child}' "
    {at: 2026-02-20, type: detected}, {at: 2026-02-22, type: stage1_decision, outcome: positive}" \
    'best_interests|assess|imminent' 'child.imminent_at_once'
one "no guardian advocate in a doubt about age is one finding" '{age_group: unknown}' "
    {at: 2026-02-20, type: detected}, {at: 2026-02-21, type: age_doubted},
    {at: 2026-02-22, type: service, service: golden_day, phase: started},
    {at: 2026-02-23, type: guardian_appointed, who: p-1}" 'advocate|guardian[.]beside' \
    'advocate.child_before_decision'
one "a child among adults is one finding" '{age_group: unknown}' "
    {at: 2026-03-01, type: age_doubted}, {at: 2026-03-02, type: service, service: accommodation, phase: started,
    kind: safe, adults_only: true, adult_setting: true}" 'adult|accommodation' \
    'accommodation.child_not_among_adults'

# handbook 12.7: a call does not count as weekly contact, a video only while the country's rule for an
# emergency holds (H02-C011 H02-P008)
printf 'profile: emergency\nextends: odihr\nsource: S\nas_of: 2026-01-01\nsettings: {emergency_contact_rule: true}\n' \
    >"$tmp/emergency.yaml"
weekly() { # PROFILE CONTACT: state of the clock contact_guardian
    printf 'id: a\nperson: {age_group: child}\nevents: [%s, %s]\n' \
        '{at: 2026-02-20, type: advocate_allocated, kind: guardian}' "{at: 2026-03-08, type: contact, $2}" \
        >"$tmp/one.yaml"
    nrm-deadline $now -p "$1" -o csv "$tmp/one.yaml" | awk -F, '$2 == "contact_guardian" { print $3 }'
}
is "$(weekly odihr 'kind: in_person')" pending "a meeting is weekly contact"
is "$(weekly odihr 'kind: phone')" overdue "a call is none"
is "$(weekly odihr 'kind: video, emergency_declared: true')" overdue "nor a video"
is "$(weekly "$tmp/emergency.yaml" 'kind: video, emergency_declared: true')" pending \
    "but in an emergency, where that is the rule"
is "$(weekly "$tmp/emergency.yaml" 'kind: phone')" overdue "a call not even then"

# handbook 19.II: the grounds of a permit that States know beside the two of the handbook (H07-V008)
grounds='personal, cooperation, labour_humanitarian, presumed_victim, child_best_interest, family'
printf 'profile: grounds\nextends: odihr\nsource: S\nas_of: 2026-01-01\nsettings: {permit_grounds: [%s]}\n' \
    "$grounds" >"$tmp/grounds.yaml"
status 0 "a profile may name each ground of a permit" nrm-check "$tmp/grounds.yaml"
err_is "" "without a word on them"
