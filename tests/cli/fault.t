#!/bin/sh
# Every tool, with the N-th allocation, open, read, write or close failing, for N = 1, 2, ... until a run
# meets no failure: the right output and status, or status 2 with a message; never a crash, and a
# failed write or close of the output never ends well. Allocations are many: from the fortieth on N grows
# by a fortieth.
. "${0%/*}/tap.sh"

[ -z "${NRM_INSTRUMENTED-}" ] || skip_all "sanitizers bring their own allocator"
[ -e "$BUILD/fault/fail_nth.so" ] || { fail "fault/fail_nth.so is not built"; exit 1; }

now=2026-03-10T12:00+01:00
case=examples/cases/2026-0042.yaml
FAIL_MARK=$tmp/mark
export FAIL_MARK

# What is wrong with a run that met the failure; nothing where it ended as it should.
judge() {
    if [ "$rc" -eq 2 ]; then
        [ -s "$tmp/err" ] || echo "status 2 without a message"
    elif [ "$rc" -gt 2 ]; then
        echo "status $rc: $(head -n 1 "$tmp/err")"
    elif [ "$1" = write ]; then
        echo "status $rc though a write failed"
    elif [ "$rc" -ne "$right" ]; then
        echo "status $rc, but $right when nothing fails"
    elif ! cmp -s "$tmp/right" "$tmp/out"; then
        echo "status $rc with other output"
    fi
}

# inject KIND COMMAND...: the loop; $tmp/right and $right hold what the command does undisturbed.
inject() {
    kind=$1 n=1 found=
    shift
    while :; do
        rm -f "$tmp/mark"
        rc=0
        LD_PRELOAD=$BUILD/fault/fail_nth.so FAIL_CALL=$kind FAIL_NTH=$n "$@" \
            >"$tmp/out" 2>"$tmp/err" <"$case" || rc=$?
        [ -e "$tmp/mark" ] || break
        wrong=$(judge "$kind")
        [ -z "$wrong" ] || found="$found
$kind $n: $wrong"
        case $kind in
        malloc) n=$((n + 1 + n / 40)) ;;
        *) n=$((n + 1)) ;;
        esac
    done
    is "$found" "" "$kind: $*"
}

disturb() {
    right=0
    "$@" >"$tmp/right" 2>"$tmp/err" <"$case" || right=$?
    ok "undisturbed: $*" test "$right" -le 1
    for kind in malloc open read write close interrupt short; do
        inject "$kind" "$@"
    done
}

disturb nrm-status -n $now "$case"
disturb nrm-status -n $now -o json
disturb nrm-deadline -n $now -o csv "$case"
disturb nrm-check -n $now -o csv "$case"
disturb nrm-pick -n $now 'track == "child"' "$case"
disturb nrm-convert -o yaml "$case"
disturb nrm-convert -o csv "$case"
disturb nrm-convert -o events "$case"
disturb nrm-report -u -n $now -g track,identification -t -o csv "$case"
disturb nrm-screen -n $now -o csv "$case"

nrm-convert -o csv "$case" >"$tmp/wide.csv"
nrm-convert -o events "$case" >"$tmp/long.csv"
disturb nrm-convert -o yaml "$tmp/wide.csv" "$tmp/long.csv"

# Something must have been disturbed at all.
LD_PRELOAD=$BUILD/fault/fail_nth.so FAIL_CALL=write FAIL_NTH=1 nrm-status -n $now "$case" \
    >"$tmp/out" 2>"$tmp/err"
is "$?" 2 "a failed write is met"
like "$(cat "$tmp/err")" 'standard output: ' "and told"
