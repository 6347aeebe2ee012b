#!/bin/sh
# The clocks of 100,000 random histories, reckoned a second time in another language and by another
# method. Fewer where the sanitizers look on.
. "${0%/*}/tap.sh"

command -v python3 >/dev/null 2>&1 || skip_all "python3 is not installed"
count=25000
[ -z "${NRM_INSTRUMENTED:-}" ] || count=1500
for seed in 1 2 3 4; do
    mkdir "$tmp/$seed"
done
for seed in 1 3; do
    python3 tests/oracle/clocks.py "$BUILD/bin/nrm-deadline" $count $seed "$tmp/$seed" >"$tmp/$seed.txt" 2>&1 &
    other=$!
    next=$((seed + 1))
    python3 tests/oracle/clocks.py "$BUILD/bin/nrm-deadline" $count $next "$tmp/$next" >"$tmp/$next.txt" 2>&1 || :
    wait $other || :
done
for seed in 1 2 3 4; do
    if grep -q '^[0-9]* compared, 0 wrong$' "$tmp/$seed.txt"; then
        pass "seed $seed: $(cat "$tmp/$seed.txt")"
    else
        fail "seed $seed"
        diag "$(head -n 40 "$tmp/$seed.txt")"
    fi
done
