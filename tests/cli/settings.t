#!/bin/sh
# What schema/settings.csv says of a setting, used or for the record, is so: some table, file of
# knowledge or piece of the library reads it by its name, or none does.
. "${0%/*}/tap.sh"

read_by_name() {
    grep -rqw "setting_$1" schema/states.csv schema/transitions.csv schema/derived.csv profiles rules \
        entitlements indicators || grep -rqF "\"$1\"" lib
}
command -v python3 >/dev/null 2>&1 || skip_all "python3 is not installed"
python3 - >"$tmp/settings" <<'END'
import csv
for row in csv.DictReader(open("schema/settings.csv")):
    print(row["setting"], row["used"])
END
is "$(wc -l <"$tmp/settings")" "$(($(wc -l <schema/settings.csv) - 1))" "all settings are looked at"
while read -r name used; do
    found=no
    if read_by_name "$name"; then found=yes; fi
    is "$found" "$used" "whether $name is read"
done <"$tmp/settings"
