#!/bin/sh
# The manual is whole: mandoc finds nothing wrong, each tool has its page, each option is documented
# there or, where all tools have it, in nrm(7), which names each page.
. "${0%/*}/tap.sh"

for page in man/*.[157]; do
    run mandoc -T lint -W warning "$page"
    is "$(out)$(err)" "" "$page is clean"
done

for tool in bin/nrm-*.c; do
    name=$(basename "$tool" .c)
    ok "$name has a page" test -f "man/$name.1"
    status 0 "$name -h succeeds" "$name" -h
    letters=$(out | sed -n 's/^ *\(-[A-Za-z]\)[ ,].*$/\1/p' | sort -u)
    missing=
    for letter in $letters; do
        grep -Eqs "^\.(It|Op)? *Fl ${letter#-}( |$)" "man/$name.1" man/nrm.7 ||
            missing="$missing $letter"
    done
    is "$missing" "" "man/$name.1 documents every option that $name -h names"
done

for page in man/*.[157]; do
    name=$(basename "$page")
    [ "$name" = nrm.7 ] && continue
    ok "nrm.7 names $name" grep -Eq "Xr ${name%.*} ${name##*.}( |$)" man/nrm.7
done

# A page that is referred to exists, unless it is another package's.
for reference in $(sed -n 's/.*Xr \(nrm[a-z-]*\) \([0-9]\).*/\1.\2/p' man/*.[157] | sort -u); do
    ok "$reference exists" test -f "man/$reference"
done
