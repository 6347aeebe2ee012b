#!/bin/sh
# YAML in and out against PyYAML and ruamel.yaml: tests/oracle/yaml_oracle.py sends documents through
# tests/oracle/yaml_roundtrip.c, which is built beforehand, and compares both sides.
. "${0%/*}/tap.sh"

python=
for candidate in python3 /usr/bin/python3; do
    if "$candidate" -c 'import yaml, ruamel.yaml' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || skip_all "no python3 with yaml and ruamel.yaml"
if ! [ -x "$BUILD/oracle/yaml_roundtrip" ]; then
    fail "oracle/yaml_roundtrip is not built"
    exit
fi

tap_planned=python
"$python" tests/oracle/yaml_oracle.py "$BUILD/oracle/yaml_roundtrip" tests/data/yaml/*.yaml
