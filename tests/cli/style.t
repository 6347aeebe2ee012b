#!/bin/sh
# The house rules that a machine can see; each test lists what breaks its rule.
. "${0%/*}/tap.sh"

columns=100
sources=$(find lib bin tests schema -name '*.[ch]')
texts=$(find . -name .git -prune -o -path ./build -prune -o -path './examples/uk-nrm' -prune -o \
    -path './tests/data' -prune -o -path './tests/fuzz/corpus' -prune -o -type f -print)
scripts=$(printf '%s\n' "$texts" | grep -E '(\.sh|\.t|/run|/bootstrap|/demo)$')

# none NAME: passes where the standard input is empty.
none() { is "$(cat)" "" "$1"; }

none "no tab, no line over $columns columns, no space at a line's end in C" <<END
$(grep -nP "\t|^.{$((columns + 1))}| \$" $sources)
END
none "nothing is left to do" <<END
$(printf '%s\n' "$texts" | tr '\n' '\0' | xargs -0 grep -nIwE "TO""DO|FIX""ME|X""XX" |
    grep -v '^[^:]*\.csv:'
grep -nwE 'for n[o]w' $sources)
END
none "no path of one machine, no foreign place" <<END
$(printf '%s\n' "$texts" | tr '\n' '\0' |
    xargs -0 grep -nIE -e "(^|[^a-z}])/(home|root|work)/" -e "share""d/[cdhst]" -e "[.]librar""y" \
        -e 'deb[.]debian|pypi[.]|npmjs[.]')
END
none "the library never prints, never exits, keeps no state" <<END
$(grep -nE '(^|[^a-z_])(printf|fprintf|puts|perror|exit|abort|strtok|localtime|setlocale)\(' \
    $(find lib -name '*.c') | grep -v 'lib/base/memory.c:.*abort')
END
none "imports point one way: bin, stats, rules, data, base" <<END
$(grep -nE '#include "(data|rules|stats)/' lib/base/*.[ch]
grep -nE '#include "(rules|stats)/' lib/data/*.[ch]
grep -nE '#include "stats/' lib/rules/*.[ch])
END
none "a C file opens with a comment that says what lives there" <<END
$(for file in $sources; do head -c 3 "$file" | grep -q '^/\* *' || echo "$file"; done)
END

# A public function stands under a comment, its own or that of the group it follows without a gap;
# making, freeing and adding to a buffer speak for themselves.
none "public functions are documented" <<END
$(awk '
    FNR == 1 { told = inside = 0 }
    /^$/ { told = 0; next }
    /^(\/\*|.*\/\* )/ { told = 1 }
    /^[a-z].*[ *]nrm_[a-z_]+\(.*[;,]$/ && !/^(struct|enum|union) [a-z_]+ \{/ {
        if (!told && !/_(new|init|free|add(_[a-z]+)?)\(/) print FILENAME ":" FNR ": " $0
    }' $(find lib -name '*.h'))
END
none "functions stay under 81 lines" <<END
$(awk '
    FNR == 1 { start = 0 }
    /^\{$/ { start = FNR }
    /^\}$/ && start { if (FNR - start > 80) print FILENAME ":" start; start = 0 }
    ' $(find lib bin -name '*.c'))
END
none "files stay under 601 lines" <<END
$(find lib bin -name '*.[ch]' -exec wc -l {} + | awk '$1 > 600 && $2 != "total"')
END
for script in $scripts; do
    ok "$script parses" sh -n "$script"
done
