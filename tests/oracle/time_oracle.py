"""Asks the library some 40,000 questions about times and checks the answers with Python's own
datetime and zoneinfo. Prints TAP. Usage: time_oracle.py DRIVER"""

import random
import subprocess
import sys
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONES = [
    "Europe/Warsaw", "Europe/London", "Europe/Dublin", "Europe/Istanbul", "Europe/Chisinau",
    "Europe/Lisbon", "Asia/Beirut", "Asia/Gaza", "Asia/Tehran", "Asia/Kathmandu", "Asia/Kolkata",
    "Asia/Pyongyang", "America/Sao_Paulo", "America/Asuncion", "America/St_Johns",
    "America/Havana", "America/Caracas", "America/Scoresbysund", "Africa/Casablanca",
    "Africa/Cairo", "Africa/Monrovia", "Pacific/Apia", "Pacific/Chatham", "Pacific/Kiritimati",
    "Pacific/Kwajalein", "Australia/Lord_Howe", "Antarctica/Troll", "Etc/GMT+12", "UTC",
]
HOLIDAYS = [
    "",
    "01-01 01-06 easter easter+1 05-01 05-03 easter+49 easter+60 08-15 11-01 11-11 12-25 12-26",
    "01-01 02-29 orthodox-easter-2 orthodox-easter+1 03-25 orthodox-easter+50 10-28 2024-07-09",
    "easter+300 easter-250 12-31 2025-01-02 2025-01-03",
]
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
chance = random.Random(20240226)


# --- Python's view of a zone ---

def at(utc, zone):
    return (EPOCH + timedelta(seconds=utc)).astimezone(ZoneInfo(zone))


def day_start(day, zone):
    """The first instant whose local date is DAY or later; fold names both readings of midnight."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    readings = [int((midnight.replace(fold=fold).astimezone(timezone.utc) - EPOCH).total_seconds())
                for fold in (0, 1)]
    low, high = min(readings), max(readings)
    if at(low, zone).date() >= day:
        return low
    while high - low > 1:  # midnight is skipped: the change lies between the readings
        middle = (low + high) // 2
        if at(middle, zone).date() >= day:
            high = middle
        else:
            low = middle
    return high


def text(utc, zone):
    local = at(utc, zone)
    minutes = int(local.utcoffset().total_seconds() / 60)
    shown = (EPOCH + timedelta(seconds=utc, minutes=minutes)).replace(tzinfo=None)
    sign = "-" if minutes < 0 else "+"
    return "%s%s%02d:%02d" % (shown.isoformat(timespec="seconds" if shown.second else "minutes"),
                              sign, abs(minutes) // 60, abs(minutes) % 60)


# --- calendars ---

@lru_cache(maxsize=None)
def easter(year, orthodox):
    """Jones's and Meeus's reckonings, without any moon."""
    if orthodox:
        a, b, c = year % 4, year % 7, year % 19
        d = (19 * c + 15) % 30
        e = (2 * a + 4 * b - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def is_working(day, weekend, holidays):
    if weekend >> day.weekday() & 1:
        return False
    for holiday in holidays.split():
        name, sign, offset = holiday.replace("-easter", "_easter").partition("+")
        if not sign:
            name, sign, offset = name.partition("-")
        if name in ("easter", "orthodox_easter"):
            shift = int(sign + offset) if sign else 0
            for year in (day.year - 1, day.year, day.year + 1):
                if easter(year, name != "easter") + timedelta(shift) == day:
                    return False
        elif day.isoformat() == holiday or day.strftime("%m-%d") == holiday:
            return False
    return True


def add_months(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return FIRST if year < 1 else LAST
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            pass


def add_days(day, days):
    try:
        return day + timedelta(days)
    except OverflowError:
        return LAST if days > 0 else FIRST


def add_working(day, amount, weekend, holidays):
    step = timedelta(1 if amount > 0 else -1)
    for _ in range(abs(amount)):
        day += step
        while not is_working(day, weekend, holidays):
            day += step
    return day


# --- questions, each with its answer ---

def some_utc():
    if chance.random() < 0.3:  # years without a rule but the last one
        return chance.randrange(-11676096000, 32503680000)
    return chance.randrange(-631152000, 4102444800)  # 1950 to 2100


def some_date(least=1900, most=2100):
    year = chance.choice((chance.randint(least, most), chance.randint(2000, 2040)))
    return date(year, 1, 1) + timedelta(chance.randrange(365))


@lru_cache(maxsize=None)
def changes_of_offset(zone, year):
    utc = int((datetime(year, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())
    changes = []
    for low in range(utc, utc + 366 * 86400, 30 * 86400):
        high, before = low + 30 * 86400, at(low, zone).utcoffset()
        if at(high, zone).utcoffset() == before:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if at(middle, zone).utcoffset() == before:
                low = middle
            else:
                high = middle
        changes.append(high)
    return changes


def near_change(zone):
    """An instant close to a change of offset, where everything happens."""
    changes = changes_of_offset(zone, chance.randint(1950, 2050))
    if not changes:
        return some_utc()
    return chance.choice(changes) + chance.choice((-1, 0, 1, chance.randint(-90000, 90000)))


def parse_question():
    """A text with fields in and out of their ranges, and what datetime says about them."""
    year = chance.choice((chance.randint(1, 9999), chance.randint(1990, 2030), 0))
    month = chance.choice((chance.randint(1, 12), 2, 12, chance.randint(0, 14)))
    day = chance.choice((chance.randint(1, 28), chance.randint(28, 32), 0))
    hour, minute = chance.choice(((24, 0), (chance.randint(0, 25), chance.randint(0, 61)),
                                  (chance.randint(0, 23), chance.randint(0, 59))))
    second = chance.choice((None, 0, chance.randint(0, 59), 60, 61))
    fraction = chance.choice(("", "", "." + "0" * chance.randint(1, 9) + "5", ",0"))
    written = "%04d-%02d-%02d" % (year, month, day)
    try:
        ordinal = date(year, month, day).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        ordinal = None
    if chance.random() < 0.3:
        cut = chance.choice((4, 7, 10))
        parts = [year, month, day][:(cut - 1) // 3]
        try:
            first = date(*(parts + [1, 1])[:3]).toordinal() - date(1970, 1, 1).toordinal()
        except ValueError:
            return "parse\t" + written[:cut], "impossible"
        return "parse\t" + written[:cut], "%d %d 0 0" % (len(parts), first)

    written += chance.choice("T ") + "%02d:%02d" % (hour, minute)
    if second is not None:
        written += ":%02d%s" % (second, fraction)
    clock = hour * 3600 + minute * 60 + (second or 0)
    end_of_day = clock == 86400 and hour == 24 and (second is None or fraction in ("", ",0"))
    possible = hour < 24 and minute < 60 and (second or 0) <= 60 or end_of_day
    offset = chance.choice((0, 60, 120, -210, 345, chance.randint(-1439, 1439)))
    sign, hours, minutes = "+-"[offset < 0], abs(offset) // 60, abs(offset) % 60
    zone, fault = chance.choice((
        ("%s%02d:%02d" % (sign, hours, minutes), None),
        (" %s%02d:%02d" % (sign, hours, minutes), None),
        ("%s%02d%02d" % (sign, hours, minutes), None),
        ("Z", None), ("%s%02d" % (sign, hours), None), ("", "no-offset"), (" CEST", "bad-offset"),
        ("+25:00", "bad-offset"), ("-01:75", "bad-offset"), ("+1:00", "bad-offset")))
    if zone == "Z":
        offset = 0
    elif zone[1:].isdigit() and len(zone) == 3:
        offset = hours * (-60 if sign == "-" else 60)
    question = "parse\t" + written + zone
    if ordinal is None or not possible:
        return question, "impossible"
    if fault:
        return question, fault
    local = ordinal * 86400 + clock
    if local // 86400 > 2932896:
        return question, "impossible"
    return question, "4 %d %d %d" % (local // 86400, offset, local - offset * 60)


def written_time(utc):
    """Some way to write an instant."""
    offset = chance.choice((0, 60, 120, -180, 345))
    moment = (EPOCH + timedelta(seconds=utc)).astimezone(timezone(timedelta(minutes=offset)))
    return moment.isoformat(sep=chance.choice("T "))


def text_question():
    zone = chance.choice(ZONES)
    utc = chance.choice((some_utc, lambda: near_change(zone)))()
    return "text\t%s\t%s" % (written_time(utc), zone), text(utc, zone)


def offset_question():
    zone = chance.choice(ZONES)
    utc = chance.choice((some_utc, lambda: near_change(zone)))()
    return "offset\t%d\t%s" % (utc, zone), "%d" % at(utc, zone).utcoffset().total_seconds()


def day_question():
    zone = chance.choice(ZONES)
    utc = chance.choice((some_utc, lambda: near_change(zone)))()
    return "day\t%d\t%s" % (utc, zone), at(utc, zone).date().isoformat()


def span_question():
    zone = chance.choice(ZONES)
    first = chance.choice((some_date, lambda: at(near_change(zone), zone).date()))()
    precision = chance.choice((4, 7, 10, 10, 10, 10))
    if precision == 10:
        following = first + timedelta(1)
    elif precision == 7:
        first = first.replace(day=1)
        following = add_months(first, 1)
    else:
        first, following = date(first.year, 1, 1), date(first.year + 1, 1, 1)
    start, end = day_start(first, zone), day_start(following, zone) - 1
    if precision == 10 and zone == "Pacific/Apia" and first == date(2011, 12, 30):
        end = start
    return "span\t%s\t%s" % (first.isoformat()[:precision], zone), "%d %d" % (start, end)


def add_question():
    zone, weekend = chance.choice(ZONES), chance.choice((0x60, 0x60, 0x30, 0x40, 0))
    holidays, unit = chance.choice(HOLIDAYS), chance.choice("min h h d d wd wd w mo mo y".split())
    amount = chance.choice((chance.randint(0, 100), chance.randint(0, 100), 48, 5, 90))
    if unit != "wd" and chance.random() < 0.1:
        amount = chance.choice((2147483647, 10000000, 5000))
    if chance.random() < 0.2:
        amount = -amount
    if chance.random() < 0.4:
        day = some_date()
        start, utc = day.isoformat(), day_start(day, zone)
    else:
        utc = chance.choice((some_utc, lambda: near_change(zone)))()
        start, day = written_time(utc), at(utc, zone).date()
    question = "add\t%s\t%d%s\t%s\t%d\t%s" % (start, amount, unit, zone, weekend, holidays)
    if unit in ("min", "h"):
        over = utc + amount * (60 if unit == "min" else 3600)
        if not -62000000000 < over < 253000000000:
            return None  # years that datetime does not have; tests/lib/calendar.c has them
        return question, text(over, zone)
    if unit == "wd":
        over = add_working(day, amount, weekend, holidays)
    elif unit == "mo":
        over = add_months(day, amount)
    elif unit == "y":
        over = add_months(day, amount * 12)
    else:
        over = add_days(day, amount * (7 if unit == "w" else 1))
    return question, over.isoformat()


def birthday_question():
    born = chance.choice((some_date(), date(chance.randrange(1904, 2096, 4), 2, 29)))
    age = chance.randint(0, 100)
    try:
        birthday = born.replace(year=born.year + age)
    except ValueError:
        birthday = date(born.year + age, 3, 1)
    return "birthday\t%s\t%d" % (born, age), birthday.isoformat()


def easter_questions():
    for year in range(1, 10000):
        for kind in ("western", "orthodox"):
            yield "easter\t%d\t%s" % (year, kind), easter(year, kind == "orthodox").isoformat()


def some(make, count):
    """COUNT questions by chance; None is one that cannot be answered here."""
    return filter(None, (make() for _ in range(count)))


TESTS = [
    ("parsing", some(parse_question, 5000)),
    ("instants shown in a zone", some(text_question, 3000)),
    ("offsets", some(offset_question, 3000)),
    ("local days", some(day_question, 2000)),
    ("first and last instants", some(span_question, 3000)),
    ("when durations are over", some(add_question, 4000)),
    ("birthdays", some(birthday_question, 500)),
    ("Easter of every year", easter_questions()),
]


def main(driver):
    print("1..%d" % len(TESTS))
    failed = False
    for number, (name, questions) in enumerate(TESTS, 1):
        pairs = list(questions)
        run = subprocess.run([driver], input="".join(q + "\n" for q, _ in pairs), text=True,
                             stdout=subprocess.PIPE, timeout=120)
        answers = run.stdout.splitlines()
        wrong = [(q, want, got) for (q, want), got in zip(pairs, answers) if want != got]
        good = not wrong and len(answers) == len(pairs) and run.returncode == 0
        failed |= not good
        print("%sok %d - %s (%d questions)" % ("" if good else "not ", number, name, len(pairs)))
        if not good:
            print("# status %d, %d answers, %d wrong" % (run.returncode, len(answers), len(wrong)))
        for question, want, got in wrong[:10]:
            print("# %s: wanted %s, got %s" % (question.replace("\t", " | "), want, got))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
