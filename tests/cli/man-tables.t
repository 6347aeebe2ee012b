#!/bin/sh
# The tables of nrm-case(5) are those of schema/; schema/man-tables puts them there.
. "${0%/*}/tap.sh"

status 0 "the tables are made" schema/man-tables man/nrm-case.5
same "$tmp/.out" man/nrm-case.5 "man/nrm-case.5 has the tables of schema/"
for page in nrm-profile.5 nrm-machine.7; do
    status 0 "the tables of $page are made" schema/man-tables "man/$page"
    same "$tmp/.out" "man/$page" "man/$page has the tables of schema/"
done
for name in fields events vocabularies; do
    is "$(grep -c "^\.\\\\\" BEGIN $name\$" man/nrm-case.5)" 1 "it has a place for the $name"
done
is "$(sed '1d; s/,.*//' schema/fields.csv | wc -l)" \
    "$(sed -n '/BEGIN fields/,/END fields/p' man/nrm-case.5 | grep -c '^\.It')" "each field has an entry"
is "$(cat schema/events.csv schema/event_fields.csv | grep -Evc '^(type|event),')" \
    "$(sed -n '/BEGIN events/,/END events/p' man/nrm-case.5 | grep -c '^\.It Cm')" \
    "each event and each of its fields has one"
printf '.\\" BEGIN nothing\n.\\" END nothing\n' >"$tmp/page"
status 2 "a table that does not exist is refused" schema/man-tables "$tmp/page"
err_like "page:1: no table nothing" "with the place"
status 2 "a page is needed" schema/man-tables
