#!/bin/sh
# What is owed to a person of which status, until when, and on what it may not hang: what
# nrm-status -e, nrm-deadline and the page of nrm-screen say of one case agree, and co-operation
# changes none of it.
. "${0%/*}/tap.sh"

now=2026-03-04T12:00+01:00

# --- presumed: H03-X002; an adult within 48 hours H03-X012, a child within 24 H03-X014 ---

presumed() { # KIND NAME
    printf 'id: %s\nperson: {age_group: %s}\nevents:\n  - {at: 2026-03-03T09:00+01:00, type: stage1_decision, outcome: positive}\n' \
        "$2" "$1" >"$tmp/$2.yaml"
}
presumed adult a
presumed child c
due() { nrm-deadline -q -n $now -o csv "$tmp/$1.yaml" | awk -F, -v what="$2" '$2 == what { print $5, $4 }'; }
for clock in independent_advocate urgent_health emergency_kit legal_advice nrm_referral accommodation; do
    is "$(due a $clock)" "2026-03-03T09:00+01:00 2026-03-05T09:00+01:00" "an adult, 48 hours: $clock"
done
for clock in guardian_advocate urgent_health emergency_kit nrm_referral accommodation; do
    is "$(due c $clock)" "2026-03-03T09:00+01:00 2026-03-04T09:00+01:00" "a child, 24 hours: $clock"
done
is "$(due a guardian_advocate)$(due c independent_advocate)" "" "each has the advocate of the track"
page() { nrm-screen -n $now "$1" | tr -s ' \n' '  '; }
like "$(page "$tmp/a.yaml")" "Within 48 hours .* an independent advocate" "the page says it of an adult"
like "$(page "$tmp/c.yaml")" "Within 24 hours come the guardian advocate, of every child" "and of a child"
for who in a c; do
    like "$(page "$tmp/$who.yaml")" \
        "None of it hangs on working with the police, a complaint, a conviction, nationality, stay or offences" \
        "with what may not be asked as a condition"
    run nrm-status -q -e -n $now "$tmp/$who.yaml"
    out_like "missing +.*advocate" "nrm-status -e has it as owed"
done

# --- what may be done with a person of doubtful age, and why: H03-X007 H03-X008 ---

aged() { # EVENTS: the track, then the page
    printf 'id: d\nperson: {birth_date: 2000-01-01}\nevents:\n  - {at: 2026-02-01, type: age_doubted}\n%s\n' \
        "$1" >"$tmp/d.yaml"
    nrm-status -q -n $now -o csv "$tmp/d.yaml" | tail -n 1 | cut -d, -f2,3
    page "$tmp/d.yaml"
}
finding='  - {at: 2026-02-10, type: age_assessment_result, result: adult, experts: [a, b], methods: [interview], estimate: 23, margin: 5}'
challenge='  - {at: 2026-02-12, type: age_challenged}'
over='  - {at: 2026-03-01, type: remedies_exhausted, of: age}'
got=$(aged "")
like "$got" "^child,presumed_child" "in doubt: a child"
like "$got" "The age is not known, or in doubt" "and why"
like "$got" "A formal estimate is the last resort" "and what comes before an estimate"
got=$(aged "$finding")
like "$got" "^child,assessed_adult" "found an adult: a child as long as that can be challenged"
like "$got" "can still be challenged" "and why"
like "$got" "See that the finding on age is whole" "and what the finding lacks"
unlike "$got" "below 18" "23 less 5 is 18"
got=$(aged "$(printf '%s' "$finding" | sed 's/23/22/')") # H03-C002
like "$got" "^child,presumed_child" "22 less 5 is 17: no adult"
like "$got" "less its margin lies below 18" "and why"
got=$(aged "$finding
$challenge")
like "$got" "^child,assessed_adult" "challenged: a child"
like "$got" "Every protection and service goes on.*cannot be closed" "support goes on, and the case stays open"
got=$(aged "$finding
$over")
like "$got" "^adult,settled_adult" "settled: an adult"
unlike "$got" "in doubt|can still be challenged" "nothing else stands against it"

# --- a bar to removal and to closing is told with what to do: H03-X008 H03-T040 ---

printf '  - {at: 2026-03-04, type: removal_ordered}\n' | cat "$tmp/a.yaml" - >"$tmp/r.yaml"
like "$(page "$tmp/r.yaml")" "First of all .*A removal was ordered and is barred" "a removal that is barred"
run nrm-status -q -w -n $now "$tmp/r.yaml"
out_like "removal_barred: true, because" "nrm-status -w says why"

# --- co-operation is read by nothing but its own record: H03-G002 ---

mkdir "$tmp/cases"
cp examples/cases/*.yaml "$tmp/cases"
everything() {
    nrm-status -q -n $now -o csv "$tmp/cases"
    nrm-status -q -e -n $now "$tmp/cases"
    nrm-deadline -q -n $now -o csv "$tmp/cases"
    nrm-screen --quiet -n $now -o csv "$tmp/cases"
}
everything >"$tmp/before"
ok "there is something to compare" test "$(wc -l <"$tmp/before")" -gt 100
hour=9
for choice in undecided no yes withdrawn; do
    hour=$((hour + 1))
    for case in "$tmp"/cases/*.yaml; do
        nrm-case log -n $now "$case" cooperation "choice=$choice" \
            "at=2026-03-03T$hour:00+01:00" >"$tmp/logged" 2>&1 ||
            fail "$choice is logged in ${case##*/}"
    done
    everything >"$tmp/after"
    same "$tmp/before" "$tmp/after" "co-operation $choice changes no state, clock, service or screening"
done
is "$(grep -c 'type: cooperation' "$tmp/cases/2026-0042.yaml")" 4 "though it is on record"
