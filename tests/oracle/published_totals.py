"""The totals that the Home Office printed with its releases, against what nrm-report makes of the rows
of the same releases; then a later release, made here, with words that the map does not know. Nothing
of the map is used: the words are translated by the tables below, the sums are made by Python.

usage: published_totals.py DIRECTORY-OF-THE-DATA TEMPORARY-DIRECTORY   (writes TAP)"""
import collections
import csv
import itertools
import re
import subprocess
import sys

FIELDS = {
    "quarter": "quarter",
    "first_responder_type": "first_responder.type",
    "first_responder": "first_responder.name",
    "exploitation": "exploitation.forms",
    "age_at_exploitation": "age_group",
    "gender": "person.gender",
    "nationality": "person.nationality",
}
COLUMNS = list(FIELDS)
PRINTED = COLUMNS[:6]  # the totals are printed for all nationalities together
TYPES = {
    "Government agency": "government_agency",
    "NGO and third sector": "ngo",
    "Local Authority": "local_authority",
    "Police": "police",
}
FORMS = {
    "Labour": "labour",
    "Criminal": "criminal",
    "Sexual": "sexual",
    "Domestic": "domestic",
    "Organ Harvesting": "organ_removal",
    "Not specified or unknown": "unknown",
}
AGES = {
    "Adult (18 or over)": "adult",
    "Child (17 or under)": "child",
    "Not specified or unknown": "unknown",
}
GENDERS = {
    "Male": "male",
    "Female": "female",
    "Other": "other",
    "Not Recorded": "not_recorded",
    "Unknown": "unknown",
}
TOTAL = "*"
PUBLISHED = 9382

count = failures = 0


def ok(good, name, details=()):
    global count, failures
    count += 1
    failures += not good
    print("ok" if good else "not ok", count, "-", name)
    if not good:
        for line in list(details)[:20]:
            print("#", line)


def members(text):
    """A list of forms is what stands between its separators, in any order."""
    return tuple(sorted(FORMS.get(part, part) for part in re.split(", | & ", text)))


def translated(column, text):
    if column == "exploitation":
        return members(text)
    words = {"first_responder_type": TYPES, "age_at_exploitation": AGES, "gender": GENDERS}
    return words.get(column, {}).get(text, text)


def cell_of(column, text):
    """One printed cell: "Total", or for responders "NAME-OF-THE-TYPE total", is summed over."""
    if text == "Total" or (column == "first_responder" and text.endswith(" total")):
        return TOTAL
    return translated(column, text)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def label(column, text):
    """What a cell of the report says, without the guard against formulas."""
    if re.match("'+[=+@\t\r-]", text):
        text = text[1:]
    if column != "exploitation" or text == TOTAL:
        return text
    return tuple(sorted(text.split(";")))


def report(path, columns, totals):
    """The cells of a report as a mapping; a cell that is there twice ends the test."""
    command = ["nrm-report", "-n", "2024-01-01", "-m", "uk-home-office", "-u", "-o", "csv"]
    command += ["-t"] if totals else []
    command += ["-g", ",".join(FIELDS[column] for column in columns), path]
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    lines = run.stderr.decode().splitlines()
    if run.returncode != 0:
        ok(False, "nrm-report succeeds on " + path, lines)
        print(f"1..{count}")
        sys.exit(1)
    rows = list(csv.reader(run.stdout.decode().splitlines()))
    wanted = [FIELDS[column] for column in columns] + ["count", "status"]
    ok(rows[0] == wanted, "the header names the groupings", [rows[0]])
    cells = {}
    for row in rows[1:]:
        key = tuple(label(column, text) for column, text in zip(columns, row))
        if key in cells or row[-1] != "unprotected":
            ok(False, "one cell, one row, unprotected", [row])
        cells[key] = row[-2]
    return cells, lines


def sums(rows, columns, totals):
    """The same cells, added up here."""
    cells = collections.Counter()
    masks = list(itertools.product([False, True], repeat=len(columns))) if totals else [()]
    for row in rows:
        key = tuple(translated(column, row[column]) for column in columns)
        for mask in masks:
            cells[tuple(TOTAL if out else part for out, part in zip(mask, key)) or key] += int(
                row["people"]
            )
    return {key: str(value) for key, value in cells.items()}


def differences(wanted, got):
    for key in sorted(wanted.keys() | got.keys(), key=str):
        if wanted.get(key) != got.get(key):
            yield f"{key}: wanted {wanted.get(key)}, got {got.get(key)}"


def published_cells(path):
    """Every printed figure by its cell."""
    cells = {}
    for row in read(path):
        key = tuple(cell_of(column, row[column]) for column in COLUMNS)
        if key in cells:
            ok(False, "a figure is printed once", [row])
        cells[key[:6]] = row["people"]
        if key[6] != TOTAL:
            ok(False, "figures are for all nationalities", [row])
    return cells


def check_published(data):
    referrals = data + "/referrals.csv"
    wanted = published_cells(data + "/published-totals.csv")
    ok(len(wanted) == PUBLISHED, f"{PUBLISHED} figures were printed", [len(wanted)])
    got, messages = report(referrals, PRINTED, True)
    ok(messages == [], "the map knows every word of the release", messages)
    compared = [key for key in wanted if got.get(key) == wanted[key]]
    wrong = differences(wanted, {key: got[key] for key in wanted if key in got})
    ok(len(compared) == PUBLISHED, f"{len(compared)} of {PUBLISHED} figures are in one cube", wrong)

    # coarser groupings give the same figures without -t
    compared = 0
    kept = collections.defaultdict(dict)
    for key, people in wanted.items():
        used = tuple(column for column, part in zip(PRINTED, key) if part != TOTAL)
        kept[used][tuple(part for part in key if part != TOTAL)] = people
    for used, figures in sorted(kept.items()):
        got, _ = report(referrals, used, False)
        missing = list(differences(figures, {key: got[key] for key in figures if key in got}))
        ok(missing == [], f"{len(figures)} figures by " + ", ".join(used), missing)
        compared += len(figures) - len(missing)
    ok(compared == PUBLISHED, f"{compared} of {PUBLISHED} figures are in coarser groupings")


def check_cube(name, path, columns):
    """Not one row more, not one less, than adding up by hand gives."""
    rows = read(path)
    for totals in (False, True):
        got, messages = report(path, columns, totals)
        wanted = sums(rows, columns, totals)
        wrong = list(differences(wanted, got))
        ok(wrong == [], f"{name}: {len(wanted)} cells" + (" with totals" if totals else ""), wrong)
    return messages


# Words that no release had: with the separators of lists, of CSV and of our own output in them, words
# that look like marks of a total or like a formula, and one that is told apart only by its spelling.
NEW = {
    "first_responder_type": {"NGO and third sector": "Health, social care & other"},
    "first_responder": {
        "Kalayaan": "Kalayaan & Partners, London",
        "Migrant Help": 'Police, Fire; "Rescue" & Co',
        "BAWSO": "+44 Helpline",
        "Medaille Trust": "medaille trust",
        "Unseen": "Grand total",
    },
    "exploitation": {
        "Criminal": "Criminal & Forced begging",
        "Organ Harvesting": "Fraud (online), Removal of organs",
        "Domestic": "Domestic & Labour (home)",
        "Sexual": "Sexual \\ images",
    },
    "age_at_exploitation": {"Not specified or unknown": "Child, age disputed"},
    "gender": {"Other": "Non-binary / other", "Unknown": "Prefers not to say; left blank"},
}


def renewed(column, text):
    if column == "nationality":  # all of them are new
        return f'{text}, Côte "d\'Ivoire" & others'
    words = NEW.get(column, {})
    if column != "exploitation":
        return words.get(text, text)
    return re.sub("|".join(words), lambda match: words[match.group()], text)


def later_release(source, path):
    rows = []
    for number, row in enumerate(read(source)):
        if row["quarter"] in ("2023-Q2", "2023-Q3"):
            row = {key: renewed(key, text) for key, text in row.items()}
            row["quarter"] = row["quarter"].replace("2023", "2031")
            row["people"] = str(int(row["people"]) + number % 3)
            rows.append(row)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS + ["people"])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def check_later(source, path):
    rows = later_release(source, path)
    ok(len(rows) > 3000, f"a later release of {len(rows)} rows")
    messages = check_cube("later release", path, PRINTED)
    check_cube("later release by nationality", path, ["nationality", "gender", "quarter"])
    new = set()  # words that the map cannot know, of the columns whose words are translated
    for row in rows:
        for column, known in (("first_responder_type", TYPES), ("age_at_exploitation", AGES),
                              ("gender", GENDERS)):
            new |= {(column, row[column])} if row[column] not in known else set()
        new |= {("exploitation", part) for part in re.split(", | & ", row["exploitation"])
                if part not in FORMS}
    told = collections.Counter(column for column, _ in new)
    for column, words in sorted(told.items()):
        warnings = [line for line in messages if FIELDS[column] in line]
        ok(len(warnings) == words, f"one warning for each of {words} new words of {column}", messages)


def main():
    data, directory = sys.argv[1:]
    check_published(data)
    check_cube("release", data + "/referrals.csv", PRINTED)
    check_later(data + "/referrals.csv", directory + "/later.csv")
    print(f"1..{count}")
    sys.exit(failures > 0)


main()
