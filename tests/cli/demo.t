#!/bin/sh
# The demonstration runs through, says nothing on standard error, and fits 80 columns.
. "${0%/*}/tap.sh"

NRM_BUILD=$BUILD
export NRM_BUILD
status 0 "the demo runs" sh examples/demo
err_is "" "and warns of nothing"
is "$(out | grep -E '.{81}')" "" "no line is over 80 columns"
like "$(out)" 'presumed +running' "it shows where a case stands"
like "$(out)" '^\*  +\*  +4746$' "it shows the published total"
