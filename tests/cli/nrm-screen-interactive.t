#!/bin/sh
# nrm-screen -i driven through a pseudo-terminal, key by key, with a small terminal of our own behind
# it: what stands on the screen at 80 and at 40 columns, what is in the file, what is left afterwards.
. "${0%/*}/tap.sh"

python3 -c 'import pty; pty.openpty()' 2>/dev/null || skip_all "no python3, or no pseudo-terminals"

# drive WIDTH HEIGHT ARGUMENT...: the steps (terminal.py) are standard input; sets $got.
drive() {
    width=$1 height=$2
    shift 2
    cat >"$tmp/script"
    got=$(cd "$tmp" && TERM=xterm python3 "$ROOT/tests/cli/terminal.py" "$width" "$height" "$tmp/script" \
        nrm-screen -n 2026-11-25T12:00+01:00 "$@" 2>&1)
}

mkdir "$tmp/sets" "$tmp/sets/indicators"
cat >"$tmp/sets/indicators/few.yaml" <<'END'
set: few
name: A few signs
version: 1
reviewed: 2026-11-01
source: this test
indicators:
  - {id: papers, sign: Papers are held by others, question: Who has your passport?, dimension: means, first_responder: true}
  - {id: work, sign: Works without pay, question: "What happens to the money that you earn by your work, and who decides?", dimension: purpose, first_responder: true}
  - {id: journey, sign: Was brought here, question: Who arranged the journey?, dimension: act, first_responder: true}
  - {id: later, sign: Comes later, dimension: presentation}
  - {id: why, sign: Tells it in pieces, dimension: caution, explain: Pieces are no lies.}
END
NRM_PATH=$tmp/sets:$ROOT

# --- from the first key to the file ---

drive 80 24 -i 2026-0100.yaml <<'END'
see under 18, or could that be\? y yes n no
key n
see Before you ask\..*urgent health
key \n\n\n
see 1 of 3 A few signs Who has your passport\? Sign: Papers are held by others y yes, seen
show first
key y
see 2 of 3
key b
see 1 of 3.*Answer so far: yes, seen
key x\x1b[A
key n
see 2 of 3
key r
see 3 of 3
key ?
see What else was noticed
key lives behind the shop\n
see All questions are through
key \n
end
END
is "$got" "status 0
|2026-0100.yaml: answers kept: 5; questions still open: 1" \
    "a whole session: nothing is left on the screen but the number of answers"
is "$(cat "$tmp/2026-0100.yaml" 2>&1)" '---
nrm: 1
id: "2026-0100"
person:
  age_group: adult
indicators:
  - {id: papers, answer: not_seen, seen: 2026-11-25}
  - {id: work, answer: refused, seen: 2026-11-25}
  - {id: journey, answer: not_asked, seen: 2026-11-25}
  - {id: other, answer: seen, seen: 2026-11-25, note: lives behind the shop}' "the file"
is "$(stat -c %a "$tmp/2026-0100.yaml")" 600 "the file is its owner's alone"
is "$(ls -A "$tmp" | grep -c '^2026-0100')" 1 "no temporary file is left"
is "$(cat "$tmp/first")" "1 of 3  A few signs

Who has your passport?
Sign: Papers are held by others

y yes, seen n no, not seen ? not asked r refused b back s skip q stop and keep" \
    "a question at 80 columns"

# --- stop and resume ---

drive 40 24 -i 2026-0101.yaml <<'END'
see under 18
key ?
see Before you go on\. A child
key q
end
END
is "$got" "status 0
|2026-0101.yaml: answers kept: 1; questions still open: 3" "stopped at once: the age alone is kept"
is "$(sed -n '/age_group/p' "$tmp/2026-0101.yaml")" "  age_group: unknown" "not sure is unknown"
drive 40 24 -i 2026-0101.yaml <<'END'
see Before you go on\. A child
key \n\n\n\n\n\n
see 1 of 3
show narrow
key s
see 2 of 3
key Y
see 3 of 3
key q
end
END
like "$got" "status 0" "resumed: the age is not asked again"
unlike "$got" "too (wide|tall)" "nothing is wider or taller than 40 by 24"
is "$(cat "$tmp/narrow")" "1 of 3  A few signs

Who has your passport?
Sign: Papers are held by others

y yes, seen n no, not seen ? not asked
r refused b back s skip q stop and keep" "a question at 40 columns"
is "$(grep -c 'id:' "$tmp/2026-0101.yaml")" 2 "a skipped question leaves nothing in the file"
drive 40 10 -i 2026-0101.yaml <<'END'
see Before you go on
key \n\n\n\n\n\n\n\n\n\n\n\n\n\n\n
see 1 of 2
key y
see 2 of 2 A few signs Who arranged
key q
end
END
like "$got" "status 0" "resumed once more: only what is open is asked"
unlike "$got" "too (wide|tall)" "nothing is wider or taller than 40 by 10"

# --- the window changes, the line drops, somebody interrupts ---

cat >"$tmp/2026-0102.yaml" <<'END'
# kept
nrm: 1
id: "2026-0102"
person: {age_group: adult}
indicators: [{id: papers, answer: not_asked, by: unit-4}] # as well
unknown_key: kept
END
chmod 640 "$tmp/2026-0102.yaml"
drive 80 24 -i 2026-0102.yaml <<'END'
see Before you ask
key \n\n\n
see 1 of 3
size 40 12
see r refused b back s skip q stop and keep
show small
key y
see 2 of 3
hangup
end
END
like "$got" "status 0" "a dropped line ends the session"
is "$(sed -n 3p "$tmp/small")$(sed -n 4p "$tmp/small")" \
    "Who has your passport?Sign: Papers are held by others" "a new size is a new screen"
is "$(cat "$tmp/2026-0102.yaml")" '# kept
nrm: 1
id: "2026-0102"
person: {age_group: adult}
indicators: [{id: papers, answer: not_asked, by: unit-4}, {id: papers, answer: seen, seen: 2026-11-25}] # as well
unknown_key: kept' "a dropped line keeps the answers, and everything else in the file"
is "$(stat -c %a "$tmp/2026-0102.yaml")" 640 "a file that was there keeps its permissions"
cp "$tmp/2026-0102.yaml" "$tmp/before"
drive 80 24 -i 2026-0102.yaml <<'END'
see Before you ask
key \n\n\n
see 1 of 2
key y
see 2 of 2
interrupt
end
END
is "$got" "status 2
|2026-0102.yaml: interrupted; nothing was kept" "an interrupt keeps nothing, and shows nothing"
same "$tmp/before" "$tmp/2026-0102.yaml" "the file is as it was"
drive 80 24 -i 2026-0103.yaml <<'END'
see under 18
key \x03
end
END
like "$got" "interrupted; nothing was kept" "Ctrl-C as typed"
ok "no file was made" test ! -e "$tmp/2026-0103.yaml"
drive 80 24 -i 2026-0103.yaml <<'END'
see under 18
key \x1a\x1cn
see Before you ask
term
end
END
like "$got" "answers kept: 1" "Ctrl-Z and Ctrl-\\ do nothing; SIGTERM keeps what there is"

# --- somebody else writes meanwhile ---

cp "$tmp/before" "$tmp/2026-0106.yaml"
drive 80 24 -i 2026-0106.yaml <<END
see Before you ask
key \\n\\n\\n\\n
see 1 of 2
run printf 'events: [{at: 2026-11-24, type: detected}]\\n' >>"$tmp/2026-0106.yaml"
key y
see 2 of 2
key q
end
END
like "$(cat "$tmp/2026-0106.yaml")" "type: detected" "what another program wrote meanwhile stays"
like "$(cat "$tmp/2026-0106.yaml")" "id: work, answer: seen" "and the answers are there"
drive 80 24 -i 2026-0107.yaml <<END
see under 18
key n
see Before you ask
run cp "$tmp/before" "$tmp/2026-0107.yaml"
key q
end
END
like "$(cat "$tmp/2026-0107.yaml")" "age_group: adult" "a file that came up meanwhile is added to"
like "$(cat "$tmp/2026-0107.yaml")" "id: papers" "and keeps what it says"

# --- plain ---

drive 80 24 -i --plain 2026-0104.yaml <<'END'
see Is the person under 18, or could that be\? y yes n no
key n\n
see Enter go on
key \n
see 1 of 3: Who has your passport\? \(sign: Papers are held by others\) y yes, seen
key wxyz\n
see y yes, seen.*y yes, seen
key y\n
see 2 of 3: What happens
key b\n
see 1 of 3: .*Has an answer\.
key s\n
see 2 of 3.*2 of 3
key n\n
see 3 of 3
key s\n
see What else was noticed
key hidden words\n
see All questions are through
key \n
end
END
like "$got" "status 0" "plain"
unlike "$got" "hidden|wxyz" "nothing typed is echoed"
is "$(printf '%s\n' "$got" | grep -c ' of 3: ')" 5 "one line for each question"
like "$(cat "$tmp/2026-0104.yaml")" "note: hidden words" "free text is in the file"
like "$(cat "$tmp/2026-0104.yaml")" "id: papers, answer: seen" "skipping keeps an answer"
printf 'see under 18\nkey q\\n\nend\n' >"$tmp/script"
got=$(cd "$tmp" && TERM=dumb python3 "$ROOT/tests/cli/terminal.py" 80 24 script nrm-screen -i 2026-0105.yaml 2>&1)
is "$got" "status 0
|Is the person under 18, or could that be?
|y yes   n no, surely an adult   ? not sure   q stop
|2026-0105.yaml: no answer was given; nothing was written" "TERM=dumb is plain"
ok "nothing was asked and nothing made" test ! -e "$tmp/2026-0105.yaml"

# --- without a terminal: plain lines from a pipe, YAML on standard output ---

run sh -c 'printf "n\n\ny\nn\nr\n\n\n" | nrm-screen -n 2026-11-25T12:00+01:00 -i'
is "$rc $(out)" '0 ---
nrm: 1
person:
  age_group: adult
indicators:
  - {id: papers, answer: seen, seen: 2026-11-25}
  - {id: work, answer: not_seen, seen: 2026-11-25}
  - {id: journey, answer: refused, seen: 2026-11-25}' "from a pipe"
run sh -c 'printf "n\n\ny\n" | nrm-screen -n 2026-11-25T12:00+01:00 -i'
like "$(out)" "id: papers, answer: seen" "the end of the input keeps the answers"
run sh -c 'nrm-screen -i </dev/null'
is "$rc $(out)" "0 " "no input, no answers, no case"
run sh -c 'printf "y\n\n" | nrm-screen -S few -i 2>&1 >/dev/null'
out_like "1 of 5" "-S asks all questions of a set, signs and cautions too"
printf 'n\n\ny\nn\nr\nc\303\251 \377 \001d\n\n' >"$tmp/typed"
run sh -c "nrm-screen -n 2026-11-25T12:00+01:00 -i <$tmp/typed"
out_like "note: 'cé \? d'" "free text is made fit for a file"

# --- the sets of the project, in Russian and French, on a narrow screen ---

for language in ru fr; do
    (
        printf 'see 18\nkey n\nsee Enter\nkey \\n\\n\\n\\n\\n\\n\\n\\n\\n\n'
        printf 'see 1 of\nshow shown\n'
        i=1
        while [ $i -le 20 ]; do
            printf 'see %d of\nkey %s\n' $i "$(printf '%s' ynrs | cut -c $((i % 4 + 1)))"
            i=$((i + 1))
        done
        printf 'key q\nend\n'
    ) >"$tmp/steps"
    NRM_PATH=$ROOT drive 40 24 -i -S general -L $language "2026-02-$language.yaml" <"$tmp/steps"
    like "$got" "status 0" "twenty questions in $language"
    unlike "$got" "too (wide|tall)" "nothing is wider or taller than 40 by 24 in $language"
done
like "$(cat "$tmp/shown")" "[éèàêç’]" "the question is in French"

# --- bad input ---

drive 80 24 -i <<'END'
end
END
like "$got" "status 2" "standard output on a terminal is refused"
like "$got" "needs a FILE" "with the reason"
status 2 "two files" nrm-screen -i "$tmp/a" "$tmp/b"
err_like "takes one FILE" "told"
printf -- '---\nid: a\n---\nid: b\n' >"$tmp/two.yaml"
status 2 "two cases in one file" nrm-screen -i "$tmp/two.yaml"
err_like "several cases" "told"
printf 'a: [\n' >"$tmp/broken.yaml"
status 2 "a broken file" nrm-screen -i "$tmp/broken.yaml"
cp "$tmp/broken.yaml" "$tmp/kept.yaml"
same "$tmp/kept.yaml" "$tmp/broken.yaml" "a broken file is not touched"
status 2 "a directory" nrm-screen -i "$tmp"
run sh -c "printf 'n\n\ny\n' | nrm-screen -i $tmp/nowhere/x.yaml"
is "$rc" 2 "a folder that is not there"
err_like "x.yaml|nowhere" "told"
