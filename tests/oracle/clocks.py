#!/usr/bin/env python3
"""An independent reckoning of the clocks, from the case model and not from the tables of the project.

usage: clocks.py NRM-DEADLINE COUNT SEED FOLDER

Makes COUNT random histories (zone changes, leap days, month ends, dates alone, children, doubts, voids),
lets nrm-deadline reckon them, reckons them itself by another method - questions asked backwards over
the whole history instead of one pass - and compares state, due, start and done of every clock.
"""
import calendar
import csv
import datetime as dt
import random
import subprocess
import sys
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Warsaw")
UTC = dt.timezone.utc
NOW = dt.datetime(2024, 7, 1, 12, 0, tzinfo=UTC)
ORDER = ["detected", "declined", "referred", "accepted", "stage1_decision", "stage2_decision",
         "reconsideration_requested", "reconsideration_decided", "appeal_lodged", "appeal_decided",
         "remedies_exhausted", "withdrawn", "rr_granted", "rr_extended", "permit_granted",
         "age_doubted", "age_assessment_result", "age_challenged", "age_challenge_decided",
         "advocate_allocated", "handover", "guardian_appointed", "service", "contact", "assessment",
         "void"]


def start_of(day):
    return dt.datetime(day.year, day.month, day.day, tzinfo=ZONE).astimezone(UTC)


def end_of(day):
    return start_of(day + dt.timedelta(days=1)) - dt.timedelta(seconds=1)


def first(t):
    return start_of(t) if not isinstance(t, dt.datetime) else t


def last(t):
    return end_of(t) if not isinstance(t, dt.datetime) else t


def local_day(t):
    return t.astimezone(ZONE).date() if isinstance(t, dt.datetime) else t


def plus(t, amount):
    number, unit = amount
    if unit == "h":
        return first(t) + dt.timedelta(hours=number)
    day = local_day(t)
    if unit == "d":
        return day + dt.timedelta(days=number)
    month = day.month - 1 + number
    year, month = day.year + month // 12, month % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def show(t):
    if t is None:
        return ""
    if not isinstance(t, dt.datetime):
        return t.isoformat()
    return t.astimezone(ZONE).isoformat(timespec="minutes")


# --- histories ---

def random_time(rng):
    day = dt.date(2024, 1, 20) + dt.timedelta(days=rng.randrange(150))
    if rng.random() < 0.25:
        day = rng.choice([dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 30),
                          dt.date(2024, 3, 31), dt.date(2024, 1, 31), dt.date(2024, 4, 30)])
    if rng.random() < 0.3:
        return day
    return dt.datetime(day.year, day.month, day.day, rng.randrange(24), rng.choice([0, 30]),
                       tzinfo=rng.choice([UTC, dt.timezone(dt.timedelta(hours=2))])).astimezone(UTC)


def random_event(rng):
    kind = rng.choice(ORDER[:-1] + ["service"] * 6 + ["detected", "stage1_decision"] * 2)
    event = {"at": random_time(rng), "type": kind}
    if kind in ("stage1_decision", "stage2_decision"):
        event["outcome"] = rng.choice(["positive", "positive", "negative"])
    if kind in ("reconsideration_requested", "appeal_lodged"):
        event["of"] = rng.choice(["stage1", "stage2"])
    if kind == "reconsideration_decided":
        event.update(of=rng.choice(["stage1", "stage2"]), outcome=rng.choice(["overturned", "upheld"]))
    if kind == "appeal_decided":
        event.update(of=rng.choice(["stage1", "stage2"]),
                     outcome=rng.choice(["allowed", "remitted", "dismissed"]))
    if kind == "remedies_exhausted":
        event["of"] = rng.choice(["stage1", "stage2", "age"])
    if kind == "rr_granted" and rng.random() < 0.4:
        event["until"] = local_day(event["at"]) + dt.timedelta(days=rng.choice([10, 90, 120]))
    if kind == "rr_granted" and rng.random() < 0.3:
        event["from"] = local_day(event["at"]) + dt.timedelta(days=rng.choice([0, 1, 2]))
        if event.get("until", event["from"]) < event["from"]:
            del event["until"]
    if kind == "rr_extended":
        event["until"] = local_day(event["at"]) + dt.timedelta(days=rng.choice([30, 200]))
    if kind == "age_assessment_result":
        event.update(result=rng.choice(["adult", "adult", "child", "inconclusive"]),
                     methods=rng.choice([["interview"], ["interview"], ["dental"]]), experts=["a", "b"])
    if kind == "age_challenge_decided":
        event["outcome"] = rng.choice(["adult", "child"])
    if kind == "advocate_allocated":
        event["kind"] = rng.choice(["interim", "independent", "guardian"])
    if kind == "service":
        event["service"] = rng.choice(["accommodation", "accommodation", "urgent_health",
                                       "emergency_kit", "legal_advice", "nrm_referral"])
        event["phase"] = rng.choice(["needed", "offered", "started", "started", "refused", "not_needed"])
        if event["service"] == "accommodation":
            event["kind"] = rng.choice(["interim", "safe"])
    if kind == "contact":
        event["kind"] = rng.choice(["in_person", "phone"])
    if kind == "assessment":
        event["kind"] = rng.choice(["needs_risks", "bic"])
    return event


def random_case(rng, number):
    person = {}
    fate = rng.random()
    if fate < 0.4:
        person["age_group"] = "adult"
    elif fate < 0.6:
        person["birth_date"] = rng.choice([dt.date(2010, 5, 5), dt.date(2006, 2, 28),
                                           dt.date(2006, 4, 2), dt.date(2006, 5, 31)])
    elif fate < 0.7:
        person["birth_date"] = dt.date(1990, 1, 1)
    if rng.random() < 0.7:
        person["family_care"] = rng.choice(["none", "safe", "unsafe"])
    if rng.random() < 0.7:
        person["residence_status"] = rng.choice(["irregular", "citizen"])
    events = [random_event(rng) for _ in range(rng.randrange(12))]
    for index, event in enumerate(events):
        event["id"] = f"e{index}"
    if events and rng.random() < 0.2:
        events.append({"at": random_time(rng), "type": "void", "event": rng.choice(events)["id"],
                       "id": "v"})
    return {"id": f"{number:06d}", "person": person, "risk": rng.choice([None, "high", "low"]),
            "events": events}


def write(value):
    if isinstance(value, list):
        return "[" + ", ".join(value) + "]"
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)


def write_case(case, stream):
    stream.write(f"---\nid: \"{case['id']}\"\n")
    fields = ", ".join(f"{k}: {write(v)}" for k, v in case["person"].items())
    stream.write(f"person: {{{fields}}}\n")
    if case["risk"]:
        stream.write(f"safety: {{disappearance_risk: {case['risk']}}}\n")
    stream.write("events:\n" if case["events"] else "events: []\n")
    for event in case["events"]:
        fields = ", ".join(f"{k}: {write(v)}" for k, v in event.items())
        stream.write(f"  - {{{fields}}}\n")


# --- the state of a case, event by event, as the case model says ---

NEG1 = {"stage1_negative", "stage1_reconsideration", "stage1_appeal", "stage1_final"}
NEG2 = {"stage2_negative", "stage2_reconsideration", "stage2_appeal", "stage2_final"}
EARLY = {"none", "possible", "declined", "referred", "stage1"}
FORBIDDEN = {"dental", "radiological", "anthropometric", "sexual_maturity"}


class State:
    def __init__(self, case):
        person = case["person"]
        self.identification, self.challenged = "none", False
        self.age = "child" if "birth_date" in person else person.get("age_group", "unknown")

    def child(self):
        return self.age not in ("adult", "settled_adult")

    def step(self, event):
        """Moves on; gives the milestones."""
        kind, marks, child = event["type"], set(), self.child()
        before = self.identification
        positive1 = before in EARLY | NEG1 and (
            (kind == "stage1_decision" and event["outcome"] == "positive") or
            (kind == "reconsideration_decided" and event["of"] == "stage1" and event["outcome"] == "overturned") or
            (kind == "appeal_decided" and event["of"] == "stage1" and event["outcome"] == "allowed"))
        positive2 = before != "victim" and (
            (kind == "stage2_decision" and event["outcome"] == "positive") or
            (kind == "reconsideration_decided" and event["of"] == "stage2" and event["outcome"] == "overturned") or
            (kind == "appeal_decided" and event["of"] == "stage2" and event["outcome"] == "allowed"))
        if positive1:
            self.identification = "presumed"
            marks.add("positive1")
            if kind != "stage1_decision" or before in NEG1:
                marks.add("restored")
        elif positive2:
            self.identification = "victim"
            marks.add("positive2")
        elif kind == "detected" and before == "none":
            self.identification = "possible"
        elif kind == "referred" and before in ("none", "possible", "declined"):
            self.identification = "referred"
            if before == "declined":
                marks.add("anew1")
        elif kind == "accepted" and before in ("none", "possible", "declined", "referred"):
            self.identification = "stage1"
            if before == "declined":
                marks.add("anew1")
        elif kind == "declined" and not child and before in ("none", "possible", "referred", "stage1"):
            self.identification = "declined"
            marks.add("left")
        elif kind == "withdrawn" and not child and before in ("none", "possible", "referred", "stage1", "presumed"):
            self.identification = "declined"
            marks.add("left")
        elif kind == "stage1_decision" and event["outcome"] == "negative" and before in ("referred", "stage1"):
            self.identification = "stage1_negative"
        elif kind == "stage2_decision" and event["outcome"] == "negative" and before == "presumed":
            self.identification = "stage2_negative"
        elif kind == "reconsideration_requested":
            self.request(event["of"], "reconsideration", before)
        elif kind == "appeal_lodged":
            self.request(event["of"], "appeal", before)
        elif kind == "reconsideration_decided" and event["outcome"] == "upheld":
            if before == event["of"] + "_reconsideration":
                self.identification = event["of"] + "_negative"
        elif kind == "appeal_decided":
            self.appeal(event, before, marks)
        elif kind == "remedies_exhausted" and event["of"] != "age":
            if before == event["of"] + "_negative" and not self.challenged:
                self.identification = event["of"] + "_final"
        self.step_age(event)
        return marks

    def request(self, of, kind, before):
        if of == "stage1" and before in EARLY | NEG1:
            if kind == "appeal" or before != "stage1_appeal":
                self.identification = f"stage1_{kind}"
        if of == "stage2" and before in EARLY | NEG2 | {"presumed"}:
            if kind == "appeal" or before != "stage2_appeal":
                self.identification = f"stage2_{kind}"

    def appeal(self, event, before, marks):
        of, outcome = event["of"], event["outcome"]
        if outcome == "remitted" and before in (NEG1 if of == "stage1" else NEG2):
            self.identification = "stage1" if of == "stage1" else "presumed"
            marks.add("anew1" if of == "stage1" else "anew2")
        if outcome == "dismissed" and before == of + "_appeal":
            self.identification = of + ("_negative" if self.challenged else "_final")

    def step_age(self, event):
        kind = event["type"]
        if kind == "age_doubted" and self.age not in ("child", "presumed_child", "settled_child"):
            self.age = "presumed_child"
        elif kind == "age_assessment_result":
            if event["result"] == "child":
                self.age = "settled_child"
            elif event["result"] == "inconclusive":
                if self.age != "settled_child":
                    self.age = "presumed_child"
            elif self.age not in ("adult", "settled_adult", "settled_child"):
                if not FORBIDDEN & set(event["methods"]):
                    self.age = "assessed_adult"
        elif kind == "age_challenged":
            self.challenged = True
            if self.age in ("unknown", "adult", "settled_adult"):
                self.age = "presumed_child"
        elif kind == "age_challenge_decided":
            self.challenged = False
            if event["outcome"] == "child":
                self.age = "settled_child"
        elif kind == "remedies_exhausted" and event["of"] == "age":
            if self.age == "assessed_adult" and not self.challenged:
                self.age = "settled_adult"


def moments_of(case):
    """Events that count, in order, with the 18th birthday among them, and what each did."""
    events = [e for e in case["events"] if first(e["at"]) <= NOW]
    gone = {e["event"] for e in events if e["type"] == "void"}
    events = [e for e in events if e["id"] not in gone]
    events.sort(key=lambda e: (first(e["at"]), ORDER.index(e["type"])))
    if len({(first(e["at"]), e["type"]) for e in events}) != len(events):
        return None, None  # a tie that content decides: not this oracle's business
    birth = case["person"].get("birth_date")
    if birth:
        day = 29 if birth.month != 2 or birth.day != 29 else 1
        majority = dt.date(birth.year + 18, birth.month, birth.day) if day == 29 else None
        if majority and start_of(majority) <= NOW:
            place = sum(first(e["at"]) < start_of(majority) for e in events)
            events.insert(place, {"at": start_of(majority), "type": "majority"})
    state, result = State(case), []
    for event in events:
        was_child = state.child()
        if event["type"] == "majority":
            marks = set()
            if state.age in ("child", "presumed_child", "assessed_adult", "settled_child"):
                state.age = "adult"
        else:
            marks = state.step(event)
        result.append({"event": event, "marks": marks, "was_child": was_child, "child": state.child(),
                       "identification": state.identification})
    return result, state


# --- clocks, asked backwards ---

def reflection_ends(moments):
    """End of the reflection period before each moment, and at the end."""
    ends, end, begun = [], None, False
    for moment in moments:
        ends.append(end)
        event = moment["event"]
        if event["type"] == "rr_granted":
            minimum = plus(event.get("from", event["at"]), (90, "d"))
            end = max([minimum] + ([event["until"]] if "until" in event else []), key=last)
            begun = True
        elif event["type"] == "rr_extended":
            end = max([t for t in (end, event["until"]) if t], key=last)
            begun = True
        elif "positive1" in moment["marks"] and not begun:
            end = plus(event["at"], (90, "d"))
    return ends + [end]


class Clock:
    def __init__(self, name, adult, child, anew=(), start=None, child_start=None, stop=None, waive=None,
                 marks_waive=(), keeps=False, implied=None, minimum=False, repeats=False, warn=(0, "h"),
                 applies=None):
        self.__dict__.update(locals())

    def amount(self, child):
        return self.child if child else self.adult

    def starts(self, moment, begun):
        if any(m in moment["marks"] for m in self.anew):
            return "anew"
        event, first_time = moment["event"], not begun or self.repeats
        if first_time and self.start and self.start(moment, event):
            return "start"
        if first_time and moment["child"] and self.child_start and self.child_start(moment, event):
            return "start"
        return None


def reckon(clock, moments, case, state):
    starts, begun = [], False
    for index, moment in enumerate(moments):
        how = clock.starts(moment, begun)
        if how:
            begun = True
            starts.append((index, how))
    stops = [i for i, m in enumerate(moments) if clock.stop and clock.stop(m["event"])]
    refusals = [i for i, m in enumerate(moments) if clock.waive and clock.waive(m["event"])]
    leaving = [i for i, m in enumerate(moments) if any(x in m["marks"] for x in clock.marks_waive)]
    child_now = state.child()
    done_before = lambda i: any(s < i or (s == i) for s in stops)

    if not starts:
        implied = clock.implied and any(clock.implied(m) for m in moments)
        if (stops or implied) and clock.amount(child_now) is not None and not clock.minimum_open(case):
            return ("unknown", None, None, moments[stops[0]]["event"]["at"] if stops else None)
        return None

    # the run that counts: the last start, and where the clock first exists for the track
    opened, start, due, waived, stop = False, None, None, False, None
    ends = reflection_ends(moments)
    for index, moment in enumerate(moments):
        if clock.special == "rr_end" and opened and stop is None:
            due = ends[index]
        if moment["was_child"] != moment["child"] and start is not None:
            at, amount = moment["event"]["at"], clock.amount(moment["child"])
            if not opened:
                if amount is not None:
                    opened, start, due = True, at, clock.due(at, amount, due)
                    waived = clock.keeps and any(r < index for r in refusals)
                    stop = next((s for s in stops if s < index), None)
            elif stop is None and not waived and moment["child"] and not clock.minimum:
                if amount is None:
                    waived = True
                else:
                    other = clock.due(at, amount, due)
                    due = other if due is None or (other and last(other) < last(due)) else due
        how = next((h for i, h in starts if i == index), None)
        if how:
            at, amount = clock.start_time(moment["event"]), clock.amount(moment["child"])
            stop_before = next((s for s in stops if s < index), None)
            if how == "anew" and opened and not clock.keeps:
                stops = [s for s in stops if s >= index]
                stop_before = None
            waived = clock.keeps and any(r <= index for r in refusals)
            if amount is not None:
                opened, start, due, stop = True, at, clock.due(at, amount, due), stop_before
            elif not opened:
                start = at
        if opened and stop is None and index in stops:
            stop = index
        if start is not None and (index in refusals or index in leaving):
            waived = True
    if not opened:
        return None
    if clock.special == "rr_end" and stop is None:
        due = ends[-1]
    if stop is not None:
        done = moments[stop]["event"]["at"]
        early, late = due is None or first(done) <= last(due), due is None or last(done) <= last(due)
        return ("met" if late else "late" if not early else "unknown", due, start, done)
    if waived:
        return ("waived", due, start, None)
    if due is None:
        return ("pending", None, start, None)
    if NOW > last(due):
        return ("met" if clock.minimum else "overdue", due, start, None)
    return ("soon" if last(plus(NOW, clock.warn)) >= last(due) else "pending", due, start, None)


def build(case):
    person = case["person"]
    service = lambda name, phases: lambda e: (e["type"] == "service" and e["service"] == name and e["phase"] in phases)
    def first_hours(name, stop, waive=None, adult=(48, "h"), child=(24, "h"), warn=(12, "h"), applies=None):
        return Clock(name, adult, child, anew=("positive1",), stop=stop, waive=waive, keeps=True,
                     implied=lambda m: m["event"]["type"] == "stage2_decision" or m["marks"] & {"positive2", "anew2"},
                     warn=warn, applies=applies)
    kind = lambda *kinds: lambda e: e["type"] in kinds
    later = lambda m: m["event"]["type"] == "stage2_decision" or m["marks"] & {"positive2", "anew2"}
    clocks = [
        Clock("stage1_decision", (5, "d"), (48, "h"), anew=("anew1",),
              start=lambda m, e: e["type"] in ("detected", "referred"), stop=kind("stage1_decision"),
              marks_waive=("left",), warn=(24, "h"),
              implied=lambda m: m["event"]["type"] in ("accepted", "stage2_decision") or "positive1" in m["marks"]),
        Clock("rr_start", (48, "h"), (24, "h"), anew=("positive1",), stop=kind("rr_granted"), warn=(12, "h"),
              implied=lambda m: m["event"]["type"] == "rr_extended" or later(m)),
        Clock("stage2_decision", (90, "d"), (90, "d"), anew=("positive1", "anew2"), stop=kind("stage2_decision"),
              marks_waive=("positive2", "left"), warn=(21, "d"), implied=lambda m: "positive2" in m["marks"]),
        first_hours("independent_advocate", lambda e: e["type"] == "advocate_allocated" and e["kind"] != "guardian",
                    child=None),
        first_hours("guardian_advocate", lambda e: e["type"] == "advocate_allocated" and e["kind"] == "guardian",
                    adult=None, warn=(6, "h")),
        first_hours("parental_guardian", kind("guardian_appointed"), adult=None, warn=(6, "h"),
                    applies={"none": True, "unsafe": True, "safe": False}.get(person.get("family_care"))),
        Clock("accommodation", (48, "h"), (24, "h"), anew=("restored",), keeps=True, warn=(12, "h"),
              start=lambda m, e: "positive1" in m["marks"], child_start=lambda m, e: e["type"] == "detected",
              stop=lambda e: service("accommodation", ["started"])(e) and e["kind"] == "safe",
              waive=service("accommodation", ["refused", "not_needed"]), implied=later),
        Clock("interim_accommodation", (0, "h"), (0, "h"), start=lambda m, e: e["type"] == "detected",
              stop=service("accommodation", ["started"]),
              waive=service("accommodation", ["refused", "not_needed"]), applies="needed"),
        Clock("residence_permit", (0, "d"), (0, "d"), anew=("positive2",), keeps=True, stop=kind("permit_granted"),
              applies={"irregular": True, "citizen": False}.get(person.get("residence_status"))),
        Clock("contact_guardian", None, (7, "d"), repeats=True, warn=(2, "d"),
              start=lambda m, e: (e["type"] == "advocate_allocated" and e["kind"] == "guardian") or
              (e["type"] == "contact" and e["kind"] == "in_person"), waive=kind("handover")),
        Clock("plan_review", (3, "mo"), None, repeats=True, start=lambda m, e: e["type"] == "assessment", warn=(14, "d")),
    ]
    for name in ("urgent_health", "emergency_kit", "legal_advice", "nrm_referral"):
        clocks.append(first_hours(name, service(name, ["started"]), service(name, ["refused", "not_needed"])))
    extension = Clock("rr_extension", "rr_end", "rr_end", anew=("positive1",), stop=kind("rr_extended"),
                      waive=kind("stage2_decision"), marks_waive=("positive2", "left"), warn=(21, "d"))
    extension.special = "rr_end"
    clocks.append(extension)
    return clocks


Clock.special = None
Clock.minimum_open = lambda self, case: False
Clock.start_time = lambda self, event: event["at"]
Clock.due = lambda self, at, amount, due: due if amount == "rr_end" else plus(at, amount)


def expected(case):
    moments, state = moments_of(case)
    if moments is None:
        return None
    answer = {}
    for clock in build(case):
        row = reckon(clock, moments, case, state)
        applies = clock.applies
        if clock.name == "residence_permit" or clock.name == "parental_guardian":
            if applies is False:
                row = None
            elif applies is None and row and row[0] in ("pending", "soon", "overdue"):
                row = ("unknown",) + row[1:]
        if applies == "needed" and not any(
                m["event"]["type"] == "service" and m["event"]["service"] == "accommodation" and
                m["event"]["phase"] == "needed" for m in moments):
            row = None
        if row:
            answer[clock.name] = (row[0], show(row[1]), show(row[2]), show(row[3]))
    return answer


def main(program, count, seed, folder):
    rng = random.Random(int(seed))
    cases = [random_case(rng, n) for n in range(int(count))]
    path = f"{folder}/histories.yaml"
    with open(path, "w", encoding="utf-8") as stream:
        for case in cases:
            write_case(case, stream)
    run = subprocess.run([program, "-q", "-n", NOW.isoformat(), "-o", "csv", path], capture_output=True,
                         text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    found = {}
    for row in csv.DictReader(run.stdout.splitlines()):
        found.setdefault(row["id"], {})[row["deadline"]] = (row["state"], row["due"], row["start"], row["done"])
    names = {clock.name for clock in build(cases[0])}
    compared = wrong = 0
    for case in cases:
        answer = expected(case)
        if answer is None:
            continue
        for name in sorted(names):
            mine, theirs = answer.get(name), found.get(case["id"], {}).get(name)
            compared += mine is not None
            if mine != theirs:
                wrong += 1
                if wrong <= 3:
                    write_case(case, sys.stdout)
                    print(f"# {case['id']} {name}: nrm-deadline says {theirs}, the oracle {mine}")
    print(f"{compared} compared, {wrong} wrong")
    sys.exit(1 if wrong or compared < 2 * len(cases) else 0)


main(*sys.argv[1:])
