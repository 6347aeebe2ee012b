#!/bin/sh
# nrm-check on sets of indicators: each fault is found at its line, a good set has none, and a set
# that cannot be read is trouble. The indicators of a case that no set knows are noted.
. "${0%/*}/tap.sh"

now=2026-03-10T12:00+01:00
set_with() { # NAME FURTHER-KEYS... <indicators
    {
        printf 'set: %s\nname: A set\nversion: 1\nreviewed: 2026-01-01\nrule: any\n' "$1"
        shift
        printf '%s\n' "$@"
        echo 'indicators:'
        cat
    } >"$tmp/$1.yaml"
}
indicator() { # ID SIGN QUESTION [FURTHER-KEYS...]
    printf '  - id: %s\n    sign: %s\n    question: %s\n    dimension: means\n' "$1" "$2" "$3"
    shift 3
    [ $# -eq 0 ] || printf '    %s\n' "$@"
}
finds() { # KIND FILE LINE WHY
    status 1 "$4" nrm-check -n $now "$tmp/$2"
    ok "$4: named indicators.$1 at its line" \
        grep -q "^$tmp/$2:$3:[0-9]*: warning: .*\[indicators\.$1; nrm-indicators(5)\]$" "$tmp/.out"
}

for set in indicators/*.yaml; do
    status 0 "$set has no fault" nrm-check -n $now "$set"
done
status 0 "nor have all of them beside each other" nrm-check -n $now indicators/*.yaml

{ indicator papers_kept 'Papers were taken' 'Who keeps your papers?'
  indicator papers_kept 'Papers were held back' 'Where are your papers?'; } | set_with twice 'track: both'
finds id_twice twice.yaml 12 "an id that stands twice in one set"

{ indicator one 'Papers were taken' 'Who keeps your papers?'
  indicator two 'Papers were taken' 'Where are your papers?'; } | set_with texts 'track: both' 'source: S'
finds text_twice texts.yaml 13 "two ids with one text"

indicator one 'Papers were taken' 'Who keeps your papers?' 'weight: strong' | set_with weight 'track: both'
finds weight_without_source weight.yaml 8 "a weight without a source"

indicator one 'Papers were taken' 'Who keeps your papers?' 'track: adult' |
    set_with nobody 'track: child' 'source: S'
finds unreachable nobody.yaml 9 "a question that nobody is asked"

indicator one 'Papers were taken' 'Who keeps your papers?' 'forms: [jugglery]' |
    set_with form 'track: both' 'source: S'
finds form form.yaml 9 "a form of exploitation that the model does not know"

indicator one 'Papers were taken' 'Who keeps your papers?' | sed 's/means/mean/' |
    set_with dimension 'track: both' 'source: S'
status 2 "a dimension that is none" nrm-check -n $now "$tmp/dimension.yaml"
ok "is told with its line" grep -q "^$tmp/dimension.yaml:1[0-9]:" "$tmp/.err"

indicator one 'Papers were taken' 'Who keeps your papers?' | set_with first 'track: both' 'source: S'
indicator one 'Papers were held' 'Where are your papers?' | set_with second 'track: adult' 'source: S'
status 0 "a set alone" nrm-check -n $now "$tmp/second.yaml"
status 1 "an id that another set has" nrm-check -n $now -o csv "$tmp/first.yaml" "$tmp/second.yaml"
ok "is found in the set that came later" grep -q '^,indicators.id_twice,warning,fail,,"*one stands in' "$tmp/.out"

# In cases.
cat >"$tmp/case.yaml" <<'EOF'
id: C-1
person: {age_group: adult}
indicators:
  - {id: sold_to_a_travelling_circus, seen: 2026-03-09}
  - {id: online_first_contact, seen: 2026-03-09}
EOF
status 0 "an indicator that no set knows is a note" nrm-check -n $now "$tmp/case.yaml"
is "$(grep -c 'format\.indicator' "$tmp/.out")" 1 "one for each"
ok "at its place" grep -q "^$tmp/case.yaml:4:5: note C-1 indicators: " "$tmp/.out"
ok "and its word stays in the file" sh -c '! grep -q circus "$1"' sh "$tmp/.out"
