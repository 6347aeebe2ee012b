#!/bin/sh
# nrm-deadline: rows, order, windows, what is new, and the calendar.
. "${0%/*}/tap.sh"

now=2026-03-10T12:00+01:00
cases=examples/cases

status 1 "something is overdue" nrm-deadline -n $now -o csv $cases
is "$(out | head -n 1)" "id,deadline,state,due,start,done,severity,precision,source" "the promised columns"
is "$(out | tail -n +2 | cut -d, -f4 | cut -c1-10 | grep . | sort -c 2>&1)" "" "sorted by due"
status 0 "nothing overdue" nrm-deadline -n 2026-03-05T12:00+01:00 -o csv $cases/2026-0050.yaml
status 1 "only what is overdue" nrm-deadline -O -n $now -o csv $cases
is "$(out | tail -n +2 | cut -d, -f3 | sort -u)" overdue "and nothing else"
status 1 "a window" nrm-deadline -w 100d -n $now -o csv $cases
is "$(out | cut -d, -f3 | grep -c pending)" "$(out | grep -c ',pending,202[67]-\(0[7-9]\|1\|0[1-5]\)')" \
    "what lies within the window is soon"
status 2 "a window that is none" nrm-deadline -w soon -n $now $cases
status 2 "no offset" nrm-deadline -n 2026-03-10T12:00 $cases

# What is new: once, and again only when it changes.
status 1 "the first run tells all" nrm-deadline -S "$tmp/state" -n 2026-03-09T12:00+01:00 -o csv $cases
is "$(stat -c %a "$tmp/state")" 600 "the state file is its owner's alone"
status 0 "the second run tells nothing" nrm-deadline -S "$tmp/state" -n 2026-03-09T12:00+01:00 -o csv $cases
is "$(out | wc -l)" 1 "but the header"
status 1 "a day later: what changed" nrm-deadline -S "$tmp/state" -n $now -o csv $cases
ok "the stage 1 decision became overdue" grep -q '^2026-0050,stage1_decision,overdue' "$tmp/.out"
cp "$tmp/state" "$tmp/kept"
status 2 "what could not be printed" sh -c "nrm-deadline -S '$tmp/state' -n 2026-06-10 -o csv $cases >/dev/full"
same "$tmp/state" "$tmp/kept" "is told again next time"
status 2 "what could not be read" nrm-deadline -S "$tmp/state" -n 2026-06-10 -o csv $cases "$tmp/nowhere.yaml"
same "$tmp/state" "$tmp/kept" "changes nothing either"
status 2 "a state file in no directory" nrm-deadline -S "$tmp/no/state" -n $now $cases

status 0 "no cases, no rows" nrm-deadline -n $now -o csv </dev/null

# The calendar: one event and one alarm for each deadline that is owed; a calendar program reads it.
status 1 "a calendar" nrm-deadline -n $now -o ical $cases
cp "$tmp/.out" "$tmp/due.ics"
owed=$(nrm-deadline -n $now -o csv $cases | grep -cE ',(pending|soon|overdue),')
is "$(grep -c '^BEGIN:VEVENT' "$tmp/due.ics")" "$owed" "an event for each"
is "$(grep -c '^BEGIN:VALARM' "$tmp/due.ics")" "$owed" "an alarm for each"
is "$(grep '^UID:' "$tmp/due.ics" | sort | uniq -d)" "" "each UID once"
nrm-deadline -n 2026-03-11T12:00+01:00 -o ical $cases >"$tmp/later.ics"
is "$(grep '^UID:' "$tmp/later.ics" | sort)" "$(grep '^UID:' "$tmp/due.ics" | sort)" "the same the next day"
if command -v calcurse >/dev/null 2>&1; then
    mkdir "$tmp/calendar"
    TZ=Europe/Warsaw calcurse -D "$tmp/calendar" -i "$tmp/due.ics" >"$tmp/import" 2>&1
    is "$(grep -c 'Specialist legal advice: 2026-0042' "$tmp/calendar/apts")" 1 "calcurse has the event"
    is "$(grep -o '[0-9]* skipped' "$tmp/import")" "0 skipped" "and skipped none"
else
    skip "a calendar program reads it" "calcurse is not installed"
fi
