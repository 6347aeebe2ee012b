#!/bin/sh
# Every example in man/ and in each README.md does what it says. An example is a line "$ COMMAND" in a
# literal display (.Bd -literal, in README.md ```); the lines up to the next "$ " or the block's end are
# all that it writes, then "[status N]" where its status is not 0. A command goes on after a backslash.
# It runs in a copy of the root made of links, so that files it makes are left nowhere.
# With --update the outputs are rewritten in place instead (make examples-update [PAGES=...]); further
# arguments are the pages.
. "${0%/*}/tap.sh"

# Takes the examples of a page apart: N.command, N.wanted, N.line in the directory DIR.
split='
function plain(s) {
    if (!mdoc) return s
    gsub(/\\&/, "", s); gsub(/\\-/, "-", s); gsub(/\\[(]aq/, "\047", s); gsub(/\\[(]dq/, "\"", s)
    gsub(/\\[(]ga/, "`", s); gsub(/\\[(]ha/, "^", s); gsub(/\\[(]ti/, "~", s)
    gsub(/\\[(]rs/, "\\", s); gsub(/\\e/, "\\", s)
    return s
}
function finish() { if (n) { close(base ".command"); close(base ".wanted") } taking = 0; command = 0 }
mdoc && /^\.Bd .*-literal/ { inside = 1; next }
mdoc && /^\.Ed/ { inside = 0; finish(); next }
!mdoc && /^```/ { inside = !inside; finish(); next }
!inside { next }
/^\$ / && !command {
    finish()
    base = dir "/" ++n
    print FNR > (base ".line")
    close(base ".line")
    printf "" > (base ".wanted")
    $0 = substr($0, 3)
    command = taking = 1
}
command {
    text = plain($0)
    print text > (base ".command")
    command = text ~ /\\$/
    next
}
taking { print plain($0) > (base ".wanted") }
'

# Copies a page with N.got in the place of each wanted output.
rewrite='
function coded(s) {
    if (!mdoc) return s
    gsub(/\\/, "\\e", s); gsub(/\047/, "\\(aq", s); gsub(/`/, "\\(ga", s)
    gsub(/\^/, "\\(ha", s); gsub(/~/, "\\(ti", s)
    return s ~ /^\./ ? "\\&" s : s
}
mdoc && /^\.Bd .*-literal/ { inside = 1 }
mdoc && /^\.Ed/ { inside = taking = 0 }
!mdoc && /^```/ { inside = !inside; taking = 0 }
inside && /^\$ / && !command { command = taking = 1; n++ }
command {
    print
    command = mdoc ? /\\(e|[(]rs)$/ : /\\$/
    if (!command) {
        got = dir "/" n ".got"
        while ((getline line < got) > 0) print coded(line)
        close(got)
    }
    next
}
!taking
'

run_example() {
    (
        cd "$tmp/root" || exit 1
        status=0
        timeout 60 sh -c "$(cat "$1.command")" </dev/null >"$1.got" 2>&1 || status=$?
        [ "$status" -eq 0 ] || echo "[status $status]" >>"$1.got"
    )
}

update=
if [ "${1-}" = --update ]; then
    update=yes
    shift
fi
[ $# -gt 0 ] || set -- README.md examples/*/README.md man/*.[157]
for page in "$@"; do
    mdoc=1
    [ "${page%README.md}" = "$page" ] || mdoc=0
    work=$tmp/examples/$(printf '%s' "$page" | tr / -)
    mkdir -p "$work" "$tmp/root"
    ln -s "$ROOT"/* "$tmp/root"
    awk -v mdoc=$mdoc -v dir="$work" "$split" "$page"
    n=1
    while [ -e "$work/$n.command" ]; do
        run_example "$work/$n"
        name="$page:$(cat "$work/$n.line"): $(head -n 1 "$work/$n.command")"
        [ -n "$update" ] || same "$work/$n.wanted" "$work/$n.got" "$name"
        n=$((n + 1))
    done
    if [ -n "$update" ]; then
        awk -v mdoc=$mdoc -v dir="$work" "$rewrite" "$page" >"$tmp/new"
        cmp -s "$tmp/new" "$page" || { cat "$tmp/new" >"$page" && diag "$page rewritten"; }
    elif [ "${page%.1}" != "$page" ]; then
        ok "$page has an example" test "$n" -gt 1
    fi
    rm -rf "$tmp/root"
done
