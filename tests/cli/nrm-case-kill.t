#!/bin/sh
# nrm-case log is killed at random moments, and runs many times at once: no file is ever half a file, and
# nothing that was logged is lost.
. "${0%/*}/tap.sh"

now=2026-03-10T12:00Z
rounds=400
[ -z "${NRM_INSTRUMENTED-}" ] || rounds=120
mkdir "$tmp/kill"
ok "$rounds times kill -9: the old file or the new one" \
    python3 tests/oracle/kill_log.py "$tmp/kill" $rounds 20 20260310
sed 's/^/# /' "$tmp/.ok"

# what the killed ones left is no case, and the next writer clears what is old
find "$tmp/kill" -name '.nrm-*' -exec touch -d '1 hour ago' {} +
is "$(nrm-status -n $now -o csv "$tmp/kill" | wc -l)" 2 "whoever reads the directory finds one case"
nrm-case log -n $now -d "$tmp/kill" 7 contact kind=phone >/dev/null
is "$(find "$tmp/kill" -name '.nrm-*')" "" "what was left behind is cleared"

# --- many at once ---
cat >"$tmp/a.yaml" <<'END'
id: "7"   # kept
events:
  - {at: 2026-03-01, type: detected}
# end
END
i=0
while [ $i -lt 20 ]; do
    i=$((i + 1))
    nrm-case log -n $now "$tmp/a.yaml" contact kind=phone who=w-$i >"$tmp/out.$i" 2>&1 &
done
wait
is "$(grep -o 'who: w-[0-9]*' "$tmp/a.yaml" | sort -u | wc -l)" 20 "20 at once all arrive"
is "$(wc -l <"$tmp/a.yaml")" 24 "each on one line"
is "$(cat "$tmp"/out.* | grep -c '^7: event ')" 20 "each is told so"
is "$(sed -n '1,3p;$p' "$tmp/a.yaml")" 'id: "7"   # kept
events:
  - {at: 2026-03-01, type: detected}
# end' "the rest is as it was"
is "$(find "$tmp" -maxdepth 1 -name '.nrm-*')" "" "nothing is left beside it"

# new ones at once: each gets a number of its own
mkdir "$tmp/store"
i=0
while [ $i -lt 20 ]; do
    i=$((i + 1))
    nrm-case new -n $now -d "$tmp/store" >"$tmp/new.$i" 2>&1 &
done
wait
is "$(sort -u "$tmp"/new.* | wc -l) $(find "$tmp/store" -type f | wc -l)" "20 20" "20 new cases are 20 cases"
is "$(nrm-status -n $now -o csv "$tmp/store" | sed 1d | cut -d, -f1 | sort -u | wc -l)" 20 "with 20 ids"

# a writer that is stopped keeps others waiting, not for ever once it is gone
python3 - "$tmp/a.yaml" <<'END' &
import fcntl, sys, time
stream = open(sys.argv[1], "r+b")
fcntl.flock(stream, fcntl.LOCK_EX)
time.sleep(60)
END
holder=$!
sleep 1
nrm-case log -n $now "$tmp/a.yaml" contact kind=video >"$tmp/.out" 2>&1 &
waiter=$!
sleep 1
unlike "$(cat "$tmp/a.yaml")" 'kind: video' "while another writer has the file a log waits"
kill -9 $holder
wait $waiter
is "$?" 0 "and goes through when it is gone"
like "$(cat "$tmp/a.yaml")" 'kind: video' "with its event"
