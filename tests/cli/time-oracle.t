# Times, zones and deadlines against an independent reckoning: tests/oracle/time_oracle.py asks
# tests/oracle/time_driver.c, which is built beforehand.
. "${0%/*}/tap.sh"

PYTHONTZPATH=${TZDIR:-/usr/share/zoneinfo} # the database that the C library reads
export PYTHONTZPATH
command -v python3 >/dev/null || skip_all "no python3"
python3 -c 'import zoneinfo; zoneinfo.ZoneInfo("Europe/Warsaw")' 2>/dev/null ||
    skip_all "no zone database for python3"
if ! [ -x "$BUILD/oracle/time_driver" ]; then
    fail "oracle/time_driver is not built"
    exit
fi

tap_planned=python
python3 tests/oracle/time_oracle.py "$BUILD/oracle/time_driver"
