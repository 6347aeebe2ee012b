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
is "$(out | grep -c ,pending,)" "$(out | grep ,pending, | awk -F, '$4 > "2026-06-18"' | wc -l)" \
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
mkdir "$tmp/folder"
status 2 "a directory is no state file" nrm-deadline -S "$tmp/folder" -n $now $cases
status 2 "wherever it is" nrm-deadline -S /tmp -n $now $cases
# A name alone is a file in the working directory; an editor may have taken the last end of line.
status 1 "a state file here" sh -c "cd '$tmp' && nrm-deadline -S here -n $now -o csv '$ROOT/$cases'"
printf '%s' "$(cat "$tmp/here")" >"$tmp/here.new" && mv "$tmp/here.new" "$tmp/here"
status 0 "its last line counts" nrm-deadline -S "$tmp/here" -n $now -o csv $cases
is "$(out | wc -l)" 1 "and nothing is new"
status 0 "where nothing is due" nrm-deadline -S "$tmp/here" -n $now </dev/null
is "$(wc -c <"$tmp/here")" 0 "nothing is kept"

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
# The UID is safe for every id; a day is a day, an hour an hour; the alarm goes off so long before.
cat >"$tmp/ids.yaml" <<'END'
id: Ż-7_xA
person: {age_group: adult}
events:
  - {at: 2026-03-08T09:00+01:00, type: detected}
  - {at: 2026-03-09T12:00+01:00, type: stage1_decision, outcome: positive}
END
alarms() { out | tr -d '\r' | grep -E '^(UID|DTSTART|TRIGGER)' | paste -sd ' ' | sed 's/ UID/\nUID/g' | grep "^UID:$1"; }
status 0 "odd letters in an id" nrm-deadline -n $now -o ical "$tmp/ids.yaml"
is "$(alarms stage2_decision)" \
    "UID:stage2_decision-%C5%BB-7%5FxA@nrm DTSTART;VALUE=DATE:20260607 TRIGGER:-P3W" "an alarm 21 days before a day"
is "$(alarms rr_start)" "UID:rr_start-%C5%BB-7%5FxA@nrm DTSTART:20260311T110000Z TRIGGER:-PT12H" \
    "an alarm 12 hours before an hour"
status 0 "a profile with clocks that stay open" nrm-deadline -p unusual -n 2026-03-08T10:00+01:00 -o csv "$tmp/ids.yaml"
ok "and have no due" grep -q ',first_open,pending,,2026-03-08T09:00+01:00,' "$tmp/.out"
status 0 "they are not in the calendar" nrm-deadline -p unusual -n 2026-03-08T10:00+01:00 -o ical "$tmp/ids.yaml"
is "$(alarms first_open)" "" "as they have no day"
sed 's/age_group: adult/age_group: child/' "$tmp/ids.yaml" >"$tmp/child.yaml"
status 0 "a warning of a hundred years" nrm-deadline -p unusual -n 2026-03-08T10:00+01:00 -o ical "$tmp/child.yaml"
is "$(alarms first_open)" "UID:first_open-%C5%BB-7%5FxA@nrm DTSTART:20260310T080000Z TRIGGER:-P24855DT3H14M7S" \
    "is the longest that there is"
if command -v calcurse >/dev/null 2>&1; then
    mkdir "$tmp/calendar"
    TZ=Europe/Warsaw calcurse -D "$tmp/calendar" -i "$tmp/due.ics" >"$tmp/import" 2>&1
    is "$(grep -c 'Specialist legal advice: 2026-0042' "$tmp/calendar/apts")" 1 "calcurse has the event"
    is "$(grep -o '[0-9]* skipped' "$tmp/import")" "0 skipped" "and skipped none"
else
    skip "a calendar program reads it" "calcurse is not installed"
fi
