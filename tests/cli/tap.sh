# Helpers for TAP tests in sh. A test begins with
#     . "${0%/*}/tap.sh"
# and then stands in the project's root, finds the built tools first in PATH, and owns a private
# directory $tmp that is gone at the end. Zone, locale and umask are odd on purpose.
# NRM_BUILD names the build directory; NRM_INSTRUMENTED is set where the tools carry
# sanitizers or counters (they take more memory and time then). An assertion must not stand in a pipeline or a (subshell):
# its number would be lost.

ROOT=$(cd "${0%/*}/../.." && pwd) || exit 1
cd "$ROOT" || exit 1
BUILD=${NRM_BUILD:-build}
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
PATH=$BUILD/bin:$PATH
LC_ALL=C.UTF-8
TZ=Pacific/Chatham
NRM_PATH=$ROOT:$ROOT/tests/data
export ROOT BUILD PATH LC_ALL TZ NRM_PATH
unset NO_COLOR COLUMNS TERM POSIXLY_CORRECT
umask 077
tmp=$(mktemp -d "${TMPDIR:-/tmp}/nrm-test.XXXXXX") || exit 1
tap_count=0 tap_failed=0 tap_planned=
rc=0

tap_end() {
    tap_status=$?
    trap - EXIT
    cd / && chmod -R u+rwx "$tmp" && rm -rf "$tmp"
    [ -n "$tap_planned" ] || echo "1..$tap_count"
    [ "$tap_status" -eq 0 ] || echo "# the test ended with status $tap_status"
    [ "$tap_status" -eq 0 ] && [ "$tap_failed" -gt 0 ] && tap_status=1
    exit "$tap_status"
}
trap tap_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

# plan COUNT: optional; without it the number of tests run is printed at the end.
plan() { tap_planned=$1; echo "1..$1"; }

diag() { printf '%s\n' "$*" | sed 's/^/# /'; }

pass() { tap_count=$((tap_count + 1)); printf 'ok %d - %s\n' "$tap_count" "$1"; }

fail() {
    tap_count=$((tap_count + 1)) tap_failed=$((tap_failed + 1))
    printf 'not ok %d - %s\n' "$tap_count" "$1"
}

# skip NAME REASON
skip() { tap_count=$((tap_count + 1)); printf 'ok %d - %s # SKIP %s\n' "$tap_count" "$1" "$2"; }

# skip_all REASON: ends the test here.
skip_all() { tap_planned=0; echo "1..0 # SKIP $1"; exit 0; }

# ok NAME COMMAND...: passes where the command succeeds; its output becomes comments.
ok() {
    tap_name=$1
    shift
    if "$@" >"$tmp/.ok" 2>&1; then
        pass "$tap_name"
    else
        fail "$tap_name"
        diag "failed: $*"
        sed 's/^/# /;20q' "$tmp/.ok"
    fi
}

# is GOT WANTED NAME: two strings are the same.
is() {
    if [ "$1" = "$2" ]; then
        pass "$3"
    else
        fail "$3"
        printf '%s\n' "$2" >"$tmp/.wanted"
        printf '%s\n' "$1" >"$tmp/.got"
        diff -u "$tmp/.wanted" "$tmp/.got" | sed '1,2d;s/^/# /' | head -n 40
    fi
}

# like GOT ERE NAME and unlike GOT ERE NAME: some line matches, no line matches.
like() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        pass "$3"
    else
        fail "$3"
        diag "no line matches: $2"
        printf '%s\n' "$1" | sed 's/^/#   /;20q'
    fi
}

unlike() {
    if printf '%s\n' "$1" | grep -Eq -e "$2"; then
        fail "$3"
        diag "a line matches: $2"
        printf '%s\n' "$1" | grep -E -e "$2" | sed 's/^/#   /;20q'
    else
        pass "$3"
    fi
}

# same FILE FILE NAME: two files are the same byte by byte, the wanted one first.
same() {
    if cmp -s "$1" "$2"; then
        pass "$3"
    else
        fail "$3"
        diff -a -u "$1" "$2" 2>&1 | sed '1,2d;s/^/# /' | head -n 40
    fi
}

# run COMMAND...: sets $rc; out and err give what it wrote. Standard input is the caller's.
run() {
    rc=0
    "$@" >"$tmp/.out" 2>"$tmp/.err" || rc=$?
}
out() { cat "$tmp/.out"; }
err() { cat "$tmp/.err"; }

# status WANTED NAME COMMAND...: runs the command as run does and compares its exit status.
status() {
    tap_wanted=$1 tap_name=$2
    shift 2
    run "$@"
    if [ "$rc" -eq "$tap_wanted" ]; then
        pass "$tap_name"
    else
        fail "$tap_name"
        diag "status $rc, wanted $tap_wanted: $*"
        sed 's/^/# stderr: /;20q' "$tmp/.err"
    fi
}

# out_is WANTED NAME, err_like ERE NAME: of the last command that run or status ran.
out_is() { is "$(out)" "$1" "$2"; }
out_like() { like "$(out)" "$1" "$2"; }
err_is() { is "$(err)" "$1" "$2"; }
err_like() { like "$(err)" "$1" "$2"; }
