#!/bin/sh
# Random cases from YAML to YAML and from YAML to both tables and back, compared by PyYAML and
# ruamel.yaml: tests/oracle/case_roundtrip.py. The seeds are fixed.
. "${0%/*}/tap.sh"

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import yaml, ruamel.yaml' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || skip_all "no python3 with yaml and ruamel.yaml"

for seed in 1 2 3 4 5 6; do
    status 0 "random cases, seed $seed" \
        "$python" tests/oracle/case_roundtrip.py "$tmp" "$seed" 60
    out_is "60 cases" "random cases, seed $seed: all were compared"
    [ "$rc" -eq 0 ] || { err; out; } | sed 's/^/# /;40q'
done

# What random cases cannot show: the order of keys and the comments' neighbours survive YAML to YAML.
cat >"$tmp/a.yaml" <<'END'
---
id: "0042"
z: 1
a: [no, "no", 2026-03-01, "2026-03-01", ~, null, 0x1F]
text: |
  first
    second
more: &m {x: 1}
again: *m
END
nrm-convert "$tmp/a.yaml" >"$tmp/b.yaml"
same "$tmp/a.yaml" "$tmp/b.yaml" "YAML to YAML changes no byte of a plainly written case"
