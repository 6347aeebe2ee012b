"""nrm-case log on random case files: what PyYAML reads afterwards is what it read before with one event
more, and every byte of the old file is still there, in its place.

usage: log_property.py DIRECTORY COUNT SEED
"""
import os
import random
import subprocess
import sys

import yaml

EVENT = {"at": "2026-03-05", "type": "contact", "kind": "video"}


class Loader(yaml.BaseLoader):
    """Every scalar is its text."""


def comment(rng):
    return rng.choice(["", "", "", "  # x: [y", " # - {at: 1}"])


def scalar(rng):
    return rng.choice(["1", "yes", "'it''s'", '"a\\n\\"b"', "2026-03-01", "ä €", "x y", '"# no"', "~", "a-b:c"])


def flow(rng, depth=0):
    kind = rng.randrange(4 if depth < 3 else 1)
    if kind == 1:
        return "[" + ", ".join(flow(rng, depth + 1) for _ in range(rng.randrange(3))) + "]"
    if kind == 2:
        return "{" + ", ".join(f"k{i}: {flow(rng, depth + 1)}" for i in range(rng.randrange(3))) + "}"
    return scalar(rng)


def event(rng, style, indent, gap):
    if style == "flow":
        breaks = "\n" + indent + "     " if rng.random() < 0.2 else " "
        return [f"{{at: 2026-03-0{rng.randrange(1, 5)},{breaks}type: contact, note: {flow(rng)}}}"]
    lines = [f"at: 2026-03-0{rng.randrange(1, 5)}" + comment(rng), "type: contact"]
    if rng.random() < 0.3:
        mark = rng.choice(["|", ">", "|-", "|+", ">+"])
        lines += [f"note: {mark}", "  one", "", "   two"] + [""] * rng.randrange(3)
    else:
        lines.append(f"note: {flow(rng)}" + comment(rng))
    if rng.random() < 0.3:
        lines += ["list:", "- a", "- b" + comment(rng)]
    return lines


def events(rng, braces):
    """The lines of the key `events`."""
    shape = rng.choice(["flow", "lines"] if braces else
                       ["block", "block", "block", "flow", "lines", "none", "null", "empty", "tilde"])
    count = rng.randrange(1, 4)
    if braces or shape == "flow":
        items = ", ".join(flow(rng, 3).join(["{note: ", "}"]) for _ in range(count))
        return ["events: [" + items + rng.choice(["", ",", " "]) + "]" + ("" if braces else comment(rng))]
    if shape == "lines":
        lines = ["events: ["]
        for i in range(count):
            last = i == count - 1
            lines.append("   {note: 1}" + ("" if last and rng.random() < 0.5 else ",") + comment(rng))
        return lines + ["  ]" + comment(rng)]
    if shape == "block":
        indent = " " * rng.choice([0, 2, 2, 4])
        gap = rng.choice([1, 1, 3])
        lines = ["events:" + comment(rng)]
        for _ in range(count):
            body = event(rng, rng.choice(["flow", "block"]), indent, gap)
            lines.append(indent + "-" + " " * gap + body[0])
            lines += [indent + " " * (gap + 1) + line if line else "" for line in body[1:]]
            if rng.random() < 0.2:
                lines.append(indent + "  # between")
        return lines
    return {"none": [], "null": ["events: null" + comment(rng)], "empty": ["events: []" + comment(rng)],
            "tilde": ["events:" + comment(rng)]}[shape]


def document(rng, number):
    if rng.random() < 0.1:
        return ["{id: c%d, x: %s, %s}" % (number, flow(rng, 2), events(rng, True)[0])]
    groups = [[f"id: c{number}" + comment(rng)], ["person:", "  languages:", "    - en" + comment(rng)],
              [f"own: {flow(rng)}" + comment(rng)], ["# a line", ""], events(rng, False)]
    rng.shuffle(groups)
    return [line for group in groups for line in group]


def make_file(rng):
    count = rng.choice([1, 1, 1, 2, 3])
    lines = []
    for number in range(count):
        if number or rng.random() < 0.3:
            lines.append("---" + comment(rng))
        lines += document(rng, number)
        if rng.random() < 0.1:
            lines.append("...")
    text = "\n".join(lines) + "\n"
    if rng.random() < 0.2 and not text.endswith("\n\n") and "two" not in text[-12:]:
        text = text[:-1]
    if rng.random() < 0.3:
        text = text.replace("\n", "\r\n")
    if rng.random() < 0.1:
        text = "\ufeff" + text
    return text.encode(), count


def load(text):
    return [root for root in yaml.load_all(text.decode("utf-8-sig"), Loader) if root is not None]


def meets(old, new):
    """Whether NEW is OLD with something put in at one place."""
    start = len(os.path.commonprefix([old, new]))
    end = len(os.path.commonprefix([old[::-1], new[::-1]]))
    return start + end >= len(old)


def keeps(old, new):
    if meets(old, new):
        return True
    start = len(os.path.commonprefix([old, new]))
    if new[start:start + 1] == b"," and meets(old, new[:start] + new[start + 1:]):
        return True
    for word in (b" null", b" []"):  # these make room for a list
        at = old.find(b"events:" + word)
        while at >= 0:
            cut = at + len(b"events:")
            if meets(old[:cut] + old[cut + len(word):], new):
                return True
            at = old.find(b"events:" + word, at + 1)
    return False


def wanted(documents, number):
    for root in documents:
        if root["id"] == f"c{number}":
            old = root.get("events")
            root["events"] = (old if isinstance(old, list) else []) + [EVENT]
    return documents


def main():
    directory, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    refused = 0
    for round_number in range(count):
        text, cases = make_file(rng)
        number = rng.randrange(cases)
        path = os.path.join(directory, "case.yaml")
        with open(path, "wb") as stream:
            stream.write(text)
        run = subprocess.run(
            ["nrm-case", "log", "-q", "-n", "2026-03-10T12:00Z", "-c", f"c{number}", path, "contact",
             "at=2026-03-05", "kind=video"], capture_output=True, check=False)
        with open(path, "rb") as stream:
            after = stream.read()
        if run.returncode == 2 and after == text and b"written in a way" in run.stderr:
            refused += 1
            continue
        wrong = None
        if run.returncode:
            wrong = "status %d: %s" % (run.returncode, run.stderr.decode())
        elif load(after) != wanted(load(text), number):
            wrong = "it does not say the same and one event more"
        elif not keeps(text, after):
            wrong = "bytes of the old file are gone"
        if wrong:
            print(f"seed {seed}, file {round_number}: {wrong}")
            print(text.decode(), after.decode(), sep="\n=== became\n")
            return 1
    print(f"{count} files, {refused} refused")
    return 1 if refused > count // 50 else 0


if __name__ == "__main__":
    sys.exit(main())
