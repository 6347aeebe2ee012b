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

# --- the age is put right: from adult to not sure, and what was answered stays ---

drive 80 24 -i 2026-0110.yaml <<'END'
see under 18
key n
see Before you ask
key \n
see 1 of 3
key yy
see 3 of 3
key bbb
see Before you ask
key b
see under 18
key ?
see Before you go on\. A child
key \n\n\n\n
see 1 of 3.*Answer so far: yes, seen
key q
end
END
is "$got" "status 0
|2026-0110.yaml: answers kept: 3; questions still open: 1" "the age put right is one answer more"
is "$(sed -n '4,$p' "$tmp/2026-0110.yaml" 2>&1)" 'person:
  age_group: unknown
indicators:
  - {id: papers, answer: seen, seen: 2026-11-25}
  - {id: work, answer: seen, seen: 2026-11-25}' "and takes none away"

# --- free text: shown, kept, replaced, erased; a line of just b, q or - is a command ---

# other NAME: the steps from the question for other signs on; sets $note to what the file keeps.
other() {
    rm -f "$tmp/$1.yaml"
    {
        printf 'see under 18\nkey n\nsee Before you ask\nkey \\n\nsee 1 of 3\nkey sss\n'
        printf 'see What else was noticed.*just b goes back\n'
        cat
        printf 'end\n'
    } >"$tmp/other"
    drive 80 24 -i "$1.yaml" <"$tmp/other"
    like "$got" "status 0" "$1"
    note=$(sed -n 's/^  - {id: other, .*note: \(.*\)}$/\1/p' "$tmp/$1.yaml")
}
other other-kept <<'END'
key lives behind the shop\n
see All questions are through
key b
see What else was noticed.*So far: lives behind the shop.*just b goes back
key \n
see All questions are through
key \n
END
is "$note" "lives behind the shop" "Enter keeps the text that stands there"
other other-replaced <<'END'
key lives behind the shop\n
see All questions are through
key b
see So far: lives behind the shop
key b or q\n
see All questions are through
key q
END
is "$note" "b or q" "another text replaces it, and may begin with b"
other other-erased <<'END'
key lives behind the shop\n
see All questions are through
key b
see So far: lives
key -\n
see All questions are through
key b
see What else was noticed.*without names\. Type a line
key q\n
END
is "$note" "" "a line of just - erases it"
other other-back <<'END'
key  b \n
see 3 of 3
key y
see What else was noticed
key Q\n
END
is "$note" "" "a line of just b leads back, a line of just q is the end, and neither is text"
like "$(cat "$tmp/other-back.yaml")" "journey, answer: seen" "what was answered there is kept"
other other-cut <<'END'
key half a li
see half a li
hangup
END
is "$note" "half a li" "a line that drops keeps what was typed of the text"
other other-cut-command <<'END'
key hidden\n
see All questions are through
key b
see So far: hidden
key -
see erases the text\. -
hangup
END
is "$note" "hidden" "but a command that was not sent does nothing"

# --- a sign of childhood of a person who was said to be an adult ---

mkdir "$tmp/young" "$tmp/young/indicators"
cat >"$tmp/young/indicators/young.yaml" <<'END'
set: young
name: Age
version: 1
reviewed: 2026-11-01
source: this test
indicators:
  - {id: maybe, sign: May be under eighteen, question: How old are you?, dimension: presentation, childhood: true}
  - {id: work, sign: Works without pay, dimension: purpose}
END
few=$NRM_PATH
NRM_PATH=$tmp/young:$ROOT
drive 80 24 -i 2026-0111.yaml <<'END'
see under 18
key n
see Before you ask
key \n
see 1 of 2
key n
see 2 of 2 Age Sign: Works without pay
key b
see 1 of 2
key y
see Age in doubt: May be under eighteen.*Press a to put the age right.*2 of 2
key a
see under 18
key ?
see Before you go on\. A child
key \n\n\n\n
see 1 of 2.*yes, seen
show child
key q
end
END
like "$got" "status 0" "a sign of childhood is pointed at once it is noted, and a leads to the age"
unlike "$(cat "$tmp/child")" "Age in doubt" "a child is one, and no more is said"
like "$(cat "$tmp/2026-0111.yaml")" "age_group: unknown" "the age is put right"
like "$(cat "$tmp/2026-0111.yaml")" "id: maybe, answer: seen" "the sign is kept"
printf 'id: a\nperson: {age_group: adult}\nindicators: [{id: maybe}]\n' >"$tmp/recorded.yaml"
drive 80 24 -i recorded.yaml <<'END'
see Age in doubt: May be under eighteen.*record says adult.*age_doubted.*child from now on.*Before you ask
key \n\n\na
see 1 of 1
key s
see What else
key \n
see Age in doubt: May be under eighteen.*All questions are through
key q
end
END
like "$got" "status 0" "a sign of before is pointed at from the start, and again at the end"
run sh -c "printf 'n\n\ny\nn\n\n\n' | nrm-screen -n 2026-11-25 -i"
like "$(out)" "id: work, answer: not_seen" "without a terminal it takes no line of its own"
err_like "^Age in doubt: May be under eighteen" "and is said all the same"
NRM_PATH=$few

# --- low windows: nothing of a text is out of reach, the first line does not scroll away ---

# texts WIDTH HEIGHT: sets $texts to the words of the care list and of eight questions about barriers,
# however many pages each has.
texts() {
    rm -f "$tmp/pages" "$tmp/2026-0112.yaml"
    {
        printf 'see under 18\nkey n\nsee Before you ask.*q stop\npages pages\nkey \\n\n'
        for i in 1 2 3 4 5 6 7 8; do
            printf 'see \\b%d of \\d\\d .*stop and keep\npages pages\nkey s\n' $i
        done
        printf 'key q\nend\n'
    } >"$tmp/steps"
    drive "$1" "$2" -i -S barriers 2026-0112.yaml <"$tmp/steps"
    texts=$(tr -s ' \n' '  ' <"$tmp/pages" | sed 's/ More: Enter ([0-9]* of [0-9]*)//g
        s/ ([0-9]* of [0-9]*)//g; s/ Enter go on b back q stop//g
        s/ y yes, seen n no, not seen ? not asked r refused b back s skip q stop and keep//g' |
        fold -s -w 100)
}
NRM_PATH=$ROOT
texts 200 60
wanted=$texts
like "$(printf '%s' "$wanted" | tr '\n' ' ')" "Before you ask.* 1 of .* 2 of .* 8 of " "the texts in a large window"
for size in "80 8" "40 10" "40 6"; do
    texts $size
    is "$texts" "$wanted" "each text can be read to its end at $size"
    like "$got" "^status 0" "the session goes through at $size"
    unlike "$got" "too (wide|tall)" "nothing is wider or taller than $size"
done
NRM_PATH=$few

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
run sh -c "printf 'n\n\ns\ns\ns\nhidden words\nb\n\nq\n' | nrm-screen -n 2026-11-25 -i $tmp/2026-0108.yaml"
err_like "What else was noticed.* There is a text; Enter keeps it\.$" "plain says that there is a text"
unlike "$(err)" "hidden" "and does not show it"
like "$(cat "$tmp/2026-0108.yaml")" "note: hidden words" "which stays"
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
run sh -c 'printf "y\n\ns\ns\ns\ns\n" | nrm-screen -S few -i 2>&1 >/dev/null'
out_like '^5 of 5: Tells it in pieces\. Pieces are no lies\.$' "plain says why a caution does not count"
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
# refused NAME ERE: no file of this name is begun, and nothing is asked.
refused() {
    run sh -c "printf 'n\n\ny\n' | nrm-screen -i \"\$1\"" sh "$tmp/$1"
    is "$rc $(out)" "2 " "a new file called $(printf %s "$1" | cat -v)"
    err_like "$2" "is refused"
    unlike "$(err)" "under 18" "before anything is asked"
    ok "and not made" test ! -e "$tmp/$1"
}
refused "$(printf 'x\377.yaml')" "an id is made of letters"
refused 'two words.yaml' "an id is made of letters"
refused .yaml "an id is needed"
refused x.csv "x.csv: -i keeps answers as YAML, .* x.yaml"
refused X.CSV "X.CSV: -i keeps answers as YAML"
refused nowhere/x.yaml "nowhere"
ln -s nowhere "$tmp/link.yaml"
refused link.yaml "link.yaml: a link to a file that is not there"
printf 'id,person.age_group\n1,adult\n' >"$tmp/table.csv"
cp "$tmp/table.csv" "$tmp/table.txt"
for name in table.csv table.txt; do
    cp "$tmp/$name" "$tmp/before.table"
    status 2 "a table, $name" nrm-screen -i "$tmp/$name"
    err_like "$name: this is a table, and -i takes YAML; nrm-convert -o yaml " "says what to do"
    same "$tmp/before.table" "$tmp/$name" "and stays"
done
status 2 "a closed standard input" timeout 20 sh -c "nrm-screen -i $tmp/2026-0109.yaml <&-"
err_like "standard input" "told"
ok "nothing is made" test ! -e "$tmp/2026-0109.yaml"
status 2 "a closed standard output" timeout 20 sh -c "printf 'n\n\n' | nrm-screen -i >&-"
unlike "$(err)" "under 18" "before anything is asked"
printf 'a: [\n' >"$tmp/broken.yaml"
status 2 "a broken file" nrm-screen -i "$tmp/broken.yaml"
cp "$tmp/broken.yaml" "$tmp/kept.yaml"
same "$tmp/kept.yaml" "$tmp/broken.yaml" "a broken file is not touched"
status 2 "a directory" nrm-screen -i "$tmp"

# --- the terminal of these tests ---

printf 'see b\nend\n' >"$tmp/script"
got=$(timeout 20 python3 tests/cli/terminal.py 80 24 "$tmp/script" printf 'a\377b\n')
is "$got" "status 0
|a$(printf '\357\277\275')b" "bytes that are no UTF-8 do not hold it up"
