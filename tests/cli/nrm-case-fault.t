#!/bin/sh
# nrm-case log, void and new with the N-th allocation, open, read, write, fsync, rename or close failing, for
# N = 1, 2, ... until a run meets no failure: the case file is the old one or the new one, whole, and who is
# told that all went well finds the new one.
. "${0%/*}/tap.sh"

[ -z "${NRM_INSTRUMENTED-}" ] || skip_all "sanitizers bring their own allocator"
[ -e "$BUILD/fault/fail_nth.so" ] || { fail "fault/fail_nth.so is not built"; exit 1; }

now=2026-03-10T12:00+01:00
FAIL_MARK=$tmp/mark
export FAIL_MARK
mkdir "$tmp/store"
file=$tmp/store/2026-0042.yaml
old=$tmp/old.yaml

# What is wrong with the file after a run; nothing where it is as it should be.
judge() {
    if cmp -s "$tmp/new.yaml" "$file"; then
        [ "$rc" -eq 0 ] || [ "$rc" -eq 2 ] || echo "status $rc"
    elif [ "$rc" -ne 2 ]; then
        echo "status $rc, and the event is not in the file"
    elif [ -e "$old" ] && ! cmp -s "$old" "$file"; then
        echo "neither the old file nor the new one"
    elif [ ! -e "$old" ] && [ -e "$file" ]; then
        echo "half of a new file"
    fi
    [ "$rc" -ne 2 ] || [ -s "$tmp/err" ] || echo "status 2 without a message"
    [ "$(find "$tmp/store" -name '.nrm-*')" = "" ] || echo "something is left beside the file"
    [ "$(find "$tmp/store" -name '*.yaml' | wc -l)" -le 1 ] || echo "another file"
}

# inject KIND COMMAND...: the loop. $failed counts the runs that met a failure.
inject() {
    kind=$1 n=1 found= failed=0
    shift
    while :; do
        rm -f "$tmp/mark" "$file" "$tmp/store"/.nrm-*
        [ ! -e "$old" ] || cp "$old" "$file"
        rc=0
        LD_PRELOAD=$BUILD/fault/fail_nth.so FAIL_CALL=$kind FAIL_NTH=$n "$@" \
            >"$tmp/out" 2>"$tmp/err" </dev/null || rc=$?
        [ -e "$tmp/mark" ] || break
        failed=$((failed + 1))
        wrong=$(judge)
        [ -z "$wrong" ] || found="$found
$kind $n: $wrong"
        case $kind in
        malloc) n=$((n + 1 + n / 10)) ;;
        *) n=$((n + 1)) ;;
        esac
    done
    is "$found" "" "$kind: $*"
    ok "something failed" test "$failed" -gt 0
}

disturb() {
    kinds=$1
    shift
    rm -f "$file"
    [ ! -e "$old" ] || cp "$old" "$file"
    status 0 "undisturbed: $*" "$@"
    cp "$file" "$tmp/new.yaml"
    for kind in $kinds; do
        inject "$kind" "$@"
    done
}

# a call without a renameat of its own, as RENAME_NOREPLACE is another one
disturb "malloc open read write fsync close interrupt short" \
    nrm-case new -n $now -t adult -d "$tmp/store" 2026-0042
cp examples/cases/2026-0042.yaml "$old"
disturb "malloc open read write fsync rename close interrupt short" \
    nrm-case log -n $now -d "$tmp/store" 2026-0042 contact kind=phone
disturb "write fsync rename close" nrm-case void -n $now -d "$tmp/store" 2026-0042 3 reason=wrong
