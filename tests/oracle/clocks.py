#!/usr/bin/env python3
"""An independent reckoning of the clocks, from the case model and not from the tables of the project.

usage: clocks.py NRM-DEADLINE COUNT SEED FOLDER

Makes COUNT random histories (zone changes, leap days, month ends, dates alone, children, doubts, voids,
refusals taken back, periods that ran out, files closed and opened again), lets nrm-deadline reckon them,
reckons them itself by another method - questions asked backwards over the whole history instead of one
pass - and compares state, due, start and done of every clock.
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
         "remedies_exhausted", "withdrawn", "rr_granted", "rr_extended", "rr_ended", "permit_granted",
         "age_doubted", "age_assessment_result", "age_challenged", "age_challenge_decided",
         "advocate_allocated", "advocate_ended", "handover", "guardian_appointed", "guardian_ended", "service",
         "contact", "assessment", "plan", "void", "closed", "reopened"]
# the recommended standards, and amounts for clocks that only a country's profile has
PROFILE = """profile: oracle
extends: odihr
name: The standards, with times for the challenge
clocks:
  reconsideration_request: {adult: 10d, child: 3w}
  appeal_lodging: {adult: 14d, child: 1mo}
"""

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

# what happens to one person in this order, among whatever else happens
STORIES = [
    # refused, and needed after all
    [("stage1_decision", {"outcome": "positive"}), ("service", {"phase": "refused"}),
     ("service", {"phase": "needed"}), ("service", {"phase": "started"})],
    [("service", {"phase": "not_needed"}), ("service", {"phase": "needed"}),
     ("stage1_decision", {"outcome": "positive"}), ("service", {"phase": "refused"}),
     ("service", {"phase": "needed"})],
    [("detected", {}), ("service", {"service": "accommodation", "phase": "started"}),
     ("service", {"service": "accommodation", "phase": "refused"}),
     ("service", {"service": "accommodation", "phase": "needed"})],
    # a doubt before or after stage 1, and an adult in the end
    [("detected", {}), ("age_doubted", {}), ("stage1_decision", {"outcome": "positive"}),
     ("age_assessment_result", {"result": "adult", "methods": ["interview"]}),
     ("remedies_exhausted", {"of": "age"})],
    [("stage1_decision", {"outcome": "positive"}), ("age_doubted", {}),
     ("age_assessment_result", {"result": "adult", "methods": ["interview"]}),
     ("remedies_exhausted", {"of": "age"}), ("advocate_allocated", {})],
    [("assessment", {}), ("age_challenged", {}), ("assessment", {}), ("age_challenge_decided", {})],
    # a child comes of age with the guardian advocate at hand
    [("advocate_allocated", {"kind": "guardian"}), ("contact", {"kind": "in_person"}),
     ("contact", {"kind": "in_person"}), ("advocate_ended", {}), ("contact", {"kind": "in_person"})],
    [("advocate_allocated", {"kind": "guardian"}), ("contact", {"kind": "in_person"}),
     ("handover", {}), ("contact", {"kind": "in_person"})],
    # an advocate, a guardian leaves
    [("stage1_decision", {"outcome": "positive"}), ("advocate_allocated", {"kind": "independent"}),
     ("advocate_ended", {"kind": "independent"}), ("advocate_allocated", {"kind": "independent"})],
    [("stage1_decision", {"outcome": "positive"}), ("advocate_allocated", {"kind": "guardian"}),
     ("age_assessment_result", {"result": "adult", "methods": ["interview"]}), ("remedies_exhausted", {"of": "age"}),
     ("advocate_ended", {"kind": "guardian"}), ("age_doubted", {})],
    [("guardian_appointed", {}), ("guardian_ended", {}), ("stage1_decision", {"outcome": "positive"}),
     ("guardian_appointed", {}), ("guardian_ended", {})],
    # remitted by the court
    [("stage1_decision", {"outcome": "positive"}), ("rr_granted", {}), ("rr_extended", {}),
     ("stage2_decision", {"outcome": "negative"}), ("appeal_decided", {"of": "stage2", "outcome": "remitted"})],
    [("reconsideration_requested", {"of": "stage2"}), ("appeal_decided", {"of": "stage2", "outcome": "remitted"}),
     ("rr_granted", {}), ("stage1_decision", {"outcome": "positive"})],
    # upheld, and on to the court
    [("referred", {}), ("stage1_decision", {"outcome": "negative"}), ("reconsideration_requested", {"of": "stage1"}),
     ("reconsideration_decided", {"of": "stage1", "outcome": "upheld"}), ("appeal_lodged", {"of": "stage1"})],
    [("referred", {}), ("stage1_decision", {"outcome": "negative"}),
     ("appeal_decided", {"of": "stage1", "outcome": "dismissed"}),
     ("reconsideration_requested", {"of": "stage1"}), ("stage1_decision", {"outcome": "positive"})],
    # away and back, while the period runs or after it
    [("stage1_decision", {"outcome": "positive"}), ("rr_granted", {}), ("withdrawn", {}), ("referred", {}),
     ("stage1_decision", {"outcome": "positive"})],
    [("rr_granted", {}), ("withdrawn", {}), ("rr_ended", {}), ("stage1_decision", {"outcome": "positive"}),
     ("rr_granted", {})],
    [("rr_extended", {}), ("stage1_decision", {"outcome": "positive"}), ("stage1_decision", {"outcome": "negative"}),
     ("appeal_decided", {"of": "stage1", "outcome": "allowed"})],
    # closed, and opened again
    [("stage1_decision", {"outcome": "positive"}), ("stage2_decision", {"outcome": "positive"}), ("closed", {}),
     ("reopened", {})],
    [("assessment", {"kind": "bic"}), ("plan", {}), ("withdrawn", {}), ("closed", {}), ("detected", {}),
     ("reopened", {})],
]


def random_time(rng, first_day):
    day = first_day + dt.timedelta(days=rng.randrange((dt.date(2024, 6, 28) - first_day).days))
    if rng.random() < 0.25:
        day = rng.choice([dt.date(2024, 2, 28), dt.date(2024, 2, 29), dt.date(2024, 3, 30),
                          dt.date(2024, 3, 31), dt.date(2024, 1, 31), dt.date(2024, 4, 30)])
    if rng.random() < 0.3:
        return day
    return dt.datetime(day.year, day.month, day.day, rng.randrange(24), rng.choice([0, 30]),
                       tzinfo=rng.choice([UTC, dt.timezone(dt.timedelta(hours=2))])).astimezone(UTC)


def random_event(rng, at, kind=None):
    kind = kind or rng.choice(ORDER + ["service"] * 6 + ["detected", "stage1_decision"] * 2)
    event = {"at": at, "type": kind}
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
        event["from"] = local_day(event["at"]) + dt.timedelta(days=rng.choice([0, 1, 2, 30]))
        if event.get("until", event["from"]) < event["from"]:
            del event["until"]
    if kind == "rr_extended" and rng.random() < 0.85:
        event["until"] = local_day(event["at"]) + dt.timedelta(days=rng.choice([30, 200]))
    if kind == "age_assessment_result":
        event.update(result=rng.choice(["adult", "adult", "child", "inconclusive"]),
                     methods=rng.choice([["interview"], ["interview"], ["dental"]]), experts=["a", "b"])
    if kind == "age_challenge_decided":
        event["outcome"] = rng.choice(["adult", "child"])
    if kind == "advocate_allocated":
        event["kind"] = rng.choice(["interim", "independent", "guardian"])
    if kind == "advocate_ended" and rng.random() < 0.8:
        event["kind"] = rng.choice(["interim", "independent", "guardian"])
    if kind == "service":
        event["service"] = rng.choice(["accommodation", "accommodation", "urgent_health",
                                       "emergency_kit", "legal_advice", "nrm_referral"])
        event["phase"] = rng.choice(["needed", "offered", "started", "started", "refused", "not_needed"])
        event["kind"] = rng.choice(["interim", "safe"])
    if kind == "contact":
        event["kind"] = rng.choice(["in_person", "phone"])
    if kind == "assessment":
        event["kind"] = rng.choice(["needs_risks", "bic", "immediate_risk"])
    if kind == "closed":
        event["reason"] = "other"
    return event


def random_story(rng, first_day):
    """Events in the order of a story; what it leaves open is drawn, and one service stays the same."""
    story = rng.choice(STORIES)
    times = sorted((random_time(rng, first_day) for _ in story), key=first)
    service = rng.choice(["accommodation", "urgent_health", "emergency_kit", "legal_advice", "nrm_referral"])
    events = []
    for at, (kind, fields) in zip(times, story):
        event = random_event(rng, at, kind)
        if kind == "service":
            event["service"] = service
        events.append({**event, **fields})
    return events


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
    first_day = rng.choice([dt.date(2023, 9, 20), dt.date(2024, 1, 20)])
    events = [random_event(rng, random_time(rng, first_day)) for _ in range(rng.randrange(10))]
    if rng.random() < 0.7:
        events += random_story(rng, first_day)
    for index, event in enumerate(events):
        event["id"] = f"e{index}"
    if events and rng.random() < 0.2:
        events.append({"at": random_time(rng, first_day), "type": "void", "event": rng.choice(events)["id"],
                       "id": "v"})
    events = [event for event in events if event["type"] != "void" or "event" in event]
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

EARLY = {"none", "possible", "declined", "referred", "stage1", "closed"}
NEG1 = {"stage1_negative", "stage1_reconsideration", "stage1_appeal", "stage1_final"}
NEG2 = {"stage2_negative", "stage2_reconsideration", "stage2_appeal", "stage2_final"}
FORBIDDEN = {"dental", "radiological", "anthropometric", "sexual_maturity"}


def says(event, kind, /, **fields):
    return event["type"] == kind and all(event.get(k) == v for k, v in fields.items())


class Period:
    """The recovery and reflection period: 90 days at least, and never shortened."""

    def __init__(self):
        self.runs, self.minimum, self.end = False, None, None

    def positive(self, at):
        """Stage 1 became positive; whether the period is owed by that."""
        ninety = plus(at, (90, "d"))
        over = self.end is not None and local_day(at) > self.end
        if self.runs and not over:
            self.minimum = max(self.minimum or ninety, ninety)
            self.end = self.end and max(self.end, ninety)
            return False
        self.runs, self.minimum, self.end = False, ninety, ninety
        return True

    def granted(self, event):
        minimum = plus(event.get("from", event["at"]), (90, "d"))
        end = max(minimum, event.get("until", minimum))
        if self.runs:  # granted once more: no shorter
            minimum = max(minimum, self.minimum or minimum)
            end = self.end and max(end, self.end)
        self.runs, self.minimum, self.end = True, minimum, end

    def extended(self, event):
        known = [t for t in (self.end, self.minimum, event.get("until")) if t]
        self.runs, self.end = True, max(known) if "until" in event else None


class State:
    def __init__(self, case):
        person = case["person"]
        self.identification, self.challenged, self.before_closed = "none", False, None
        self.age = "child" if "birth_date" in person else person.get("age_group", "unknown")
        self.period, self.best_interests, self.plan = Period(), False, False
        self.advocates = set()  # who stand by: independent or else interim, and guardian

    def child(self):
        return self.age not in ("adult", "settled_adult")

    def step(self, event):
        """Moves on; gives the milestones."""
        marks = self.step_identification(event)
        self.step_period(event, marks)
        self.step_age(event)
        self.step_advocates(event, marks)
        self.best_interests |= says(event, "assessment", kind="bic")
        self.plan |= event["type"] == "plan"
        return marks

    def step_advocates(self, event, marks):
        kind = event.get("kind")
        if event["type"] == "advocate_allocated" and kind:
            if kind == "independent":
                self.advocates.discard("interim")
            if kind != "interim" or "independent" not in self.advocates:
                self.advocates.add(kind)
        elif event["type"] == "advocate_ended":
            gone = {kind} & self.advocates if kind else set(self.advocates)
            self.advocates -= gone
            marks |= {"guardian_lost"} if "guardian" in gone else set()
            marks |= {"advocate_lost"} if gone - {"guardian"} else set()
        elif event["type"] == "handover":
            self.advocates.discard("guardian")

    def step_identification(self, event):
        kind, marks, child = event["type"], set(), self.child()
        before = self.identification
        positive1 = before in EARLY | NEG1 and (
            says(event, "stage1_decision", outcome="positive") or
            says(event, "reconsideration_decided", of="stage1", outcome="overturned") or
            says(event, "appeal_decided", of="stage1", outcome="allowed"))
        positive2 = before != "victim" and (
            says(event, "stage2_decision", outcome="positive") or
            says(event, "reconsideration_decided", of="stage2", outcome="overturned") or
            says(event, "appeal_decided", of="stage2", outcome="allowed"))
        if positive1:
            self.identification = "presumed"
            marks.add("stage1_positive")
            if kind != "stage1_decision" or before in NEG1:
                marks.add("stage1_restored")
        elif positive2:
            self.identification = "victim"
            marks.add("stage2_positive")
        elif kind == "detected" and before == "none":
            self.identification = "possible"
        elif kind == "referred" and before in ("none", "possible", "declined"):
            self.identification = "referred"
            if before == "declined":
                marks.add("stage1_anew")
        elif kind == "accepted" and before in ("none", "possible", "declined", "referred"):
            self.identification = "stage1"
            if before == "declined":
                marks.add("stage1_anew")
        elif kind == "declined" and not child and before in ("none", "possible", "referred", "stage1"):
            self.identification = "declined"
            marks.add("left")
        elif kind == "withdrawn" and not child and before in ("none", "possible", "referred", "stage1", "presumed"):
            self.identification = "declined"
            marks.add("left")
        elif says(event, "stage1_decision", outcome="negative") and before in ("referred", "stage1"):
            self.identification = "stage1_negative"
            marks.add("stage1_negative")
        elif says(event, "stage2_decision", outcome="negative") and before == "presumed":
            self.identification = "stage2_negative"
            marks.add("stage2_negative")
        elif kind == "reconsideration_requested":
            self.request(event["of"], "reconsideration", before)
        elif kind == "appeal_lodged":
            self.request(event["of"], "appeal", before)
        elif says(event, "reconsideration_decided", outcome="upheld"):
            if before == event["of"] + "_reconsideration":
                self.identification = event["of"] + "_negative"
        elif kind == "appeal_decided":
            self.appeal(event, before, marks)
        elif kind == "remedies_exhausted" and event["of"] != "age":
            if before == event["of"] + "_negative" and not self.challenged:
                self.identification = event["of"] + "_final"
        elif kind == "closed" and before in ("victim", "declined") and not self.challenged:
            # after a final negative decision only with steps that no history here has
            if not child or (self.best_interests and self.plan):
                self.identification, self.before_closed = "closed", before
                marks.add("closed")
        elif kind == "reopened" and before == "closed":
            self.identification = self.before_closed
            marks.add("reopened")
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
            marks.add(of + "_anew")
        if outcome == "dismissed" and before in (of + "_appeal", of + "_negative"):
            self.identification = of + ("_negative" if self.challenged else "_final")

    def step_period(self, event, marks):
        if "stage1_positive" in marks and self.period.positive(event["at"]):
            marks.add("rr_due")
        if event["type"] == "rr_granted":
            self.period.granted(event)
        if event["type"] == "rr_extended":
            self.period.extended(event)
        if event["type"] == "rr_ended" and self.period.runs:
            undecided = self.challenged or self.identification == "presumed" or \
                self.identification.endswith(("_reconsideration", "_appeal"))
            minimum = self.period.minimum
            if not undecided and minimum is not None and local_day(event["at"]) >= minimum:
                self.period.runs = False

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


class Moment:
    """What happened, what it was called, and how the case stood after it."""

    def __init__(self, event, state, marks, was_child):
        self.event, self.at, self.child = event, event["at"], state.child()
        self.closed = state.identification == "closed"  # until reopened, decided or challenged
        self.turned = None if was_child == self.child else "child" if self.child else "adult"
        self.words = marks | ({event["type"]} - {"closed", "reopened"})
        self.minimum, self.end = state.period.minimum, state.period.end


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
        majority = start_of(birth.replace(year=birth.year + 18))
        if majority <= NOW:
            place = sum(first(e["at"]) < majority for e in events)
            events.insert(place, {"at": majority, "type": "majority"})
    state, result = State(case), []
    for event in events:
        was_child, marks = state.child(), set()
        if event["type"] != "majority":
            marks = state.step(event)
        elif state.age != "settled_adult":
            state.age = "adult"
        result.append(Moment(event, state, marks, was_child))
    return result, state


# --- clocks, asked backwards ---

class Clock:
    """Words, conditions and amounts as the case model and nrm-profile(5) have them."""

    def __init__(self, name, adult=None, child=None, *, start=(), start_child=(), anew=(), stop=(), waive=("closed",),
                 undone=(), refused=(), needed=(), implied=(), keeps=False, repeats=False, minimum=False, warn=(0, "h"),
                 applies=None):
        self.name, self.adult, self.child, self.warn, self.applies = name, adult, child, warn, applies
        self.keeps, self.repeats, self.minimum = keeps, repeats, minimum
        self.patterns = {"start": start, "start_child": start_child, "anew": anew, "stop": stop, "waive": waive,
                         "undone": undone, "refused": refused, "needed": needed, "implied": implied}

    def amount(self, child):
        return self.child if child else self.adult


def matches(patterns, moment):
    for pattern in patterns:
        if pattern in moment.words if isinstance(pattern, str) else pattern(moment.event):
            return True
    return False


def remembered(question):
    def ask(self, i):
        key = question, i
        if key not in self.answers:
            self.answers[key] = question(self, i)
        return self.answers[key]
    return ask


class Life:
    """One clock in one history: every answer is looked for back from moment i."""

    def __init__(self, clock, moments):
        self.clock, self.moments, self.answers = clock, moments, {}
        for name, patterns in clock.patterns.items():
            setattr(self, name, [bool(patterns) and matches(patterns, m) for m in moments])

    @remembered
    def called(self, i):
        """Whether a word that starts the clock was said at moment i or before, on the track it is for."""
        return i >= 0 and (self.says_start(i) or self.called(i - 1))

    def says_start(self, i):
        return self.anew[i] or self.start[i] or (self.start_child[i] and self.moments[i].child)

    def starts(self, i):
        """Whether that word counts: one that starts only counts once, unless the clock repeats."""
        once = self.called(i - 1) or self.run(i - 1) is not None
        return self.anew[i] or (self.says_start(i) and (self.clock.repeats or not once))

    @remembered
    def begins(self, i):
        """Whether the clock runs from moment i, and by which amount."""
        moment, before = self.moments[i], self.run(i - 1)
        amount, other = self.clock.amount(moment.child), self.clock.amount(not moment.child)
        if self.starts(i):
            return other if self.on_the_other_track(i) else amount
        if moment.turned and before is None:
            owed = self.called(i - 1) or (moment.child and any(self.start_child[:i]))
            return amount if owed else None
        if moment.turned == "adult" and self.waiver(i - 1) == "child":
            return amount
        if (moment.turned or self.undone[i]) and self.stopped(i - 1) is not None:
            return amount if self.undone_last(i) else None
        return amount if self.needed[i] and self.waiver(i - 1) == "refused" else None

    @remembered
    def run(self, i):
        """The moment from which the clock runs as moment i sees it."""
        return None if i < 0 else i if self.begins(i) else self.run(i - 1)

    def on_the_other_track(self, i):
        """Whether what comes round again goes on at moment i, past a change to a track that does not have it."""
        return self.clock.repeats and self.starts(i) and self.clock.amount(self.moments[i].child) is None and \
            self.run(i - 1) is not None and self.waiver(i - 1) is None

    def undone_last(self, i):
        """Whether the last word on what was done, up to moment i, is that it was undone."""
        return next((self.undone[j] for j in range(i, -1, -1) if self.undone[j] or self.stop[j]), False)

    @remembered
    def refusal(self, i):
        """Whether the last word on the service, up to moment i, is that it is not wanted."""
        return i >= 0 and (self.refused[i] or (not self.needed[i] and self.refusal(i - 1)))

    @remembered
    def waiver(self, i):
        """Why nothing is due after moment i: refused, over, or a child now."""
        if self.run(i) is None:
            return None
        if self.begins(i):
            if self.clock.keeps and self.refusal(i):
                return "refused"
            return None
        before = self.waiver(i - 1)
        if self.refused[i]:
            return "refused"
        if self.waive[i] and "closed" not in self.moments[i].words:
            return "over"
        adults_only = self.moments[i].child and self.clock.child is None and not self.clock.repeats
        return "child" if adults_only and not before and self.stopped(i) is None else before

    @remembered
    def stopped(self, i):
        """The moment at which that was done which stops the run that moment i sees."""
        run = self.run(i)
        if run is None:
            return None
        # a period that ran out does not meet the one that is due anew
        due_anew = "rr_due" in self.clock.patterns["anew"] and "rr_due" in self.moments[run].words
        again = due_anew or (self.run(run - 1) is not None and not self.clock.keeps)
        # the last undoing that the run saw, or that something was done after
        undone = max((u for u in range(i + 1) if self.undone[u] and (u <= run or any(self.stop[u + 1:i + 1]))),
                     default=0)
        return next((s for s in range(run if again else undone, i + 1) if self.stop[s]), None)

    def due(self):
        last_one, run = len(self.moments) - 1, self.run(len(self.moments) - 1)
        amount, stop = self.begins(run), self.stopped(last_one)
        if amount == "rr_end":
            return self.moments[last_one if stop is None else max(stop - 1, run)].end
        due = plus(self.start_time(), amount)
        if self.clock.name == "rr_end":
            return max(due, self.moments[run].minimum)
        for i in range(run + 1, last_one + 1):
            if self.moments[i].turned == "child" and self.clock.child and not self.clock.minimum and \
                    self.stopped(i) is None and not self.waiver(i):
                due = min(due, plus(self.moments[i].at, self.clock.child), key=last)
        return due

    def start_time(self):
        event = self.moments[self.run(len(self.moments) - 1)].event
        return event.get("from", event["at"]) if self.clock.name == "rr_end" else event["at"]

    def done_without_start(self):
        """The first time that it was done, or the first after it was undone."""
        at, undone = None, False
        for moment, stop, undo in zip(self.moments, self.stop, self.undone):
            if stop and (at is None or undone):
                at = moment.at
            undone = not stop and (undone or undo)
        return at

    def row(self, child_now):
        last_one = len(self.moments) - 1
        startless = not (any(self.start) or any(self.anew) or any(self.start_child))
        if startless or self.run(last_one) is None:
            if self.called(last_one) or not (any(self.stop) or any(self.implied)):
                return None
            done = self.done_without_start()
            return ("unknown", None, None, done) if self.clock.amount(child_now) else None
        stop, due, start = self.stopped(last_one), self.due(), self.start_time()
        if stop is not None:
            done = self.moments[stop].at
            early, late = due is None or first(done) <= last(due), due is None or last(done) <= last(due)
            return ("met" if late else "late" if not early else "unknown", due, start, done)
        if self.waiver(last_one) or ("closed" in self.clock.patterns["waive"] and self.moments[last_one].closed):
            return ("waived", due, start, None)
        if due is None:
            return ("pending", None, start, None)
        if NOW > last(due):
            return ("met" if self.clock.minimum else "overdue", due, start, None)
        return ("soon" if last(plus(NOW, self.clock.warn)) >= last(due) else "pending", due, start, None)


def is_a(kind, /, **fields):
    return lambda event: says(event, kind, **fields)


def service(name, *phases):
    return tuple(is_a("service", service=name, phase=phase) for phase in phases)


LATER = ("stage2_decision", "stage2_anew", "stage2_positive")
IN_PERSON, GUARDIAN = is_a("contact", kind="in_person"), is_a("advocate_allocated", kind="guardian")


def first_hours(name, stop, adult=(48, "h"), child=(24, "h"), warn=(12, "h"), **more):
    return Clock(name, adult, child, anew=("stage1_positive",), stop=stop, keeps=True, implied=LATER, warn=warn, **more)


def family_care(case, moments, state):
    return {"none": True, "unsafe": True, "safe": False}.get(case["person"].get("family_care"))


def no_secure_stay(case, moments, state):
    return {"irregular": True, "citizen": False}.get(case["person"].get("residence_status"))


def stage2_open(case, moments, state):
    return state.period.end is not None and \
        state.identification in ("presumed", "stage2_reconsideration", "stage2_appeal")


def accommodation_needed(case, moments, state):
    return any(says(m.event, "service", service="accommodation", phase="needed") for m in moments)


CLOCKS = [
    Clock("stage1_decision", (5, "d"), (48, "h"), start=("detected", "referred"), anew=("stage1_anew",),
          stop=("stage1_decision",), waive=("left", "closed"), warn=(24, "h"),
          implied=("accepted", "stage1_positive", "stage2_decision")),
    Clock("rr_start", (48, "h"), (24, "h"), start=("stage1_positive",), anew=("rr_due",), stop=("rr_granted",),
          warn=(12, "h"), implied=LATER + ("rr_extended",)),
    Clock("rr_end", (90, "d"), (90, "d"), anew=("stage1_positive", "rr_granted"), minimum=True, warn=(21, "d"),
          implied=LATER + ("rr_extended", "rr_ended")),
    Clock("rr_extension", "rr_end", "rr_end", anew=("stage1_positive", "stage2_anew"), stop=("rr_extended",),
          waive=("stage2_decision", "stage2_positive", "left", "closed"), warn=(21, "d")),
    Clock("rr_further_extension", "rr_end", "rr_end", warn=(21, "d"), applies=stage2_open,
          anew=("rr_extended", is_a("reconsideration_requested", of="stage2"), is_a("appeal_lodged", of="stage2")),
          waive=("stage2_decision", "stage2_positive", "left", "closed")),
    Clock("stage2_decision", (90, "d"), (90, "d"), anew=("stage1_positive", "stage2_anew"),
          stop=("stage2_decision",), waive=("stage2_positive", "left", "closed"), warn=(21, "d"),
          implied=("stage2_positive",)),
    first_hours("independent_advocate", child=None,
                stop=(is_a("advocate_allocated", kind="independent"), is_a("advocate_allocated", kind="interim")),
                undone=("advocate_lost",)),
    first_hours("guardian_advocate", (GUARDIAN,), adult=None, warn=(6, "h"),
                undone=("guardian_lost", "handover")),
    first_hours("parental_guardian", ("guardian_appointed",), adult=None, warn=(6, "h"), undone=("guardian_ended",),
                applies=family_care),
    Clock("accommodation", (48, "h"), (24, "h"), start=("stage1_positive",), start_child=("detected",),
          anew=("stage1_restored",), stop=(is_a("service", service="accommodation", phase="started", kind="safe"),),
          refused=service("accommodation", "refused", "not_needed"), needed=service("accommodation", "needed"),
          implied=LATER, keeps=True, warn=(12, "h")),
    Clock("interim_accommodation", (0, "h"), (0, "h"), start=("detected",), stop=service("accommodation", "started"),
          refused=service("accommodation", "refused", "not_needed"), needed=service("accommodation", "needed"),
          applies=accommodation_needed),
    Clock("residence_permit", (0, "d"), (0, "d"), anew=("stage2_positive",), stop=("permit_granted",), keeps=True,
          applies=no_secure_stay),
    Clock("contact_guardian", None, (7, "d"), start=(IN_PERSON,), anew=(GUARDIAN,), repeats=True, warn=(2, "d"),
          waive=("closed", "handover", is_a("advocate_ended", kind="guardian"), is_a("advocate_ended", kind=None))),
    Clock("plan_review", (3, "mo"), None, start=("assessment",), repeats=True, warn=(14, "d")),
    Clock("golden_day", None, (72, "h"), start=service("accommodation", "started"), waive=(), minimum=True,
          applies=lambda case, moments, state: {"high": True, "low": False}.get(case["risk"])),
    Clock("safety_information", None, (24, "h"), start_child=("detected",), warn=(12, "h"),
          stop=("plan", is_a("assessment", kind="immediate_risk"))),
    Clock("missing_risk_window", None, (72, "h"), start_child=("detected",), waive=(), minimum=True, warn=(72, "h")),
    Clock("missing_risk_weeks", None, (14, "d"), start_child=("detected",), waive=(), minimum=True),
    Clock("missing_risk_months", None, (90, "d"), start_child=("detected",), waive=(), minimum=True),
    Clock("reconsideration_request", (10, "d"), (21, "d"), anew=("stage1_negative", "stage2_negative"),
          stop=("reconsideration_requested",), waive=(is_a("remedies_exhausted", of="stage1"), is_a("remedies_exhausted", of="stage2"), "closed")),
    Clock("appeal_lodging", (14, "d"), (1, "mo"), stop=("appeal_lodged",), waive=(is_a("remedies_exhausted", of="stage1"), is_a("remedies_exhausted", of="stage2"), "closed"),
          anew=("stage1_negative", "stage2_negative", is_a("reconsideration_decided", outcome="upheld"))),
] + [
    first_hours(name, service(name, "started"), refused=service(name, "refused", "not_needed"),
                needed=service(name, "needed"))
    for name in ("urgent_health", "emergency_kit", "legal_advice", "nrm_referral")
]


def expected(case):
    moments, state = moments_of(case)
    if moments is None:
        return None
    answer = {}
    for clock in CLOCKS:
        row = Life(clock, moments).row(state.child())
        applies = clock.applies(case, moments, state) if clock.applies and row else True
        if applies is None and row[0] in ("pending", "soon", "overdue"):
            row = ("unknown",) + row[1:]
        if row and applies is not False:
            answer[clock.name] = (row[0], show(row[1]), show(row[2]), show(row[3]))
    return answer


def main(program, count, seed, folder):
    rng = random.Random(int(seed))
    cases = [random_case(rng, n) for n in range(int(count))]
    profile, path = f"{folder}/oracle.yaml", f"{folder}/histories.yaml"
    with open(profile, "w", encoding="utf-8") as stream:
        stream.write(PROFILE)
    with open(path, "w", encoding="utf-8") as stream:
        for case in cases:
            write_case(case, stream)
    run = subprocess.run([program, "-q", "-p", profile, "-n", NOW.isoformat(), "-o", "csv", path],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    found = {}
    for row in csv.DictReader(run.stdout.splitlines()):
        found.setdefault(row["id"], {})[row["deadline"]] = (row["state"], row["due"], row["start"], row["done"])
    compared = wrong = 0
    for case in cases:
        answer = expected(case)
        if answer is None:
            continue
        for clock in CLOCKS:
            mine, theirs = answer.get(clock.name), found.get(case["id"], {}).get(clock.name)
            compared += mine is not None
            if mine != theirs:
                wrong += 1
                if wrong <= 3:
                    write_case(case, sys.stdout)
                    print(f"# {case['id']} {clock.name}: nrm-deadline says {theirs}, the oracle {mine}")
    print(f"{compared} compared, {wrong} wrong")
    sys.exit(1 if wrong or compared < 2 * len(cases) else 0)


main(*sys.argv[1:])
