#!/usr/bin/env python3
"""Random cases through nrm-convert and back, compared by parsers that share nothing with it.

Usage: case_roundtrip.py DIRECTORY SEED COUNT
Writes COUNT cases to DIRECTORY, converts YAML to YAML and YAML to wide and long CSV to YAML, and
compares the document graphs that PyYAML (YAML 1.1) and ruamel.yaml (YAML 1.2) compose of both: every
scalar by tag and text, aliases and merged keys expanded, mappings without order. The last line is
"N cases"; a difference ends the program with status 1.
"""
import csv
import random
import re
import subprocess
import sys

import ruamel.yaml
import yaml
from yaml.nodes import MappingNode, ScalarNode, SequenceNode

STR = "tag:yaml.org,2002:str"
SEQ = "tag:yaml.org,2002:seq"
MAP = "tag:yaml.org,2002:map"
NULL = "tag:yaml.org,2002:null"
MERGE = "tag:yaml.org,2002:merge"

# Plain scalars, text or not, as people and programs write them.
PLAIN = """0042 42 -7 +3 0x1F 0o17 017 1_000 190:20:30 1.5 -.5 1e3 1.5e+3 .inf -.INF .nan 0 00 08
    yes No TRUE off y N null ~ Null NULL 2026-03-01 2026-3-1 2026-03-01T22:40:00+01:00 2009 2009-05
    2026-03-01T22:40+01:00 48h 5d female labour NGA victim it's a.b Grün 42a 1.2.3 --- ... -x =1+1
    trailing: x""".split()[:-2] + ["two words", "2026-03-01 10:00:00", "a;b", "a, b", "12:30"]
# Texts that something or other would take for something else.
TEXTS = PLAIN + [
    "", " ", "  lead", "trail ", "\ttab", "tab\t", "a\tb", "line\nline", "line\n", "\nline", "\n",
    "a\n\n b\n", "  x\ny", "[x]", "{x}", "[", "{", '"', "'", '"q"', "'q'", "''", "!x", "!!int 3",
    "&a", "*a", "#c", "a #c", "a: b", "a:", "- a", "-", "?", "? a", "|", ">", "%x", "@x", "`x",
    ",", ";", "a;", ";a", "a;;b", "=", "<<", "=SUM(A1)", "+1", "-1", "@A", "'=1", "''=1", "-",
    "\\", "a\\b", 'a"b', "a,b", '"a","b"', "a\rb", "\r\n", "\x01", "\x7f", "\x85", "\u2028x",
    "\ufeffx", "x\ufeff", "\xa0x", "é", "日本語", "\U0001f600", "ﷺ", "\u200b", "x" * 300, "id",
    "---", "--- a", "...", "null ", "~x", "true;false", "x;42", "\x1b[31m", "\x00", "\ufffe",
    "۴۲", "１２", "NULL\n", "no\n", "42\n", "é;ü", "[a, b]", "{a: b}", "!", "! a",
]
KEYS = [
    "a", "b", "notes", "a.b", ".", "a.", ".a", 'x"y', '"', "[z]", "{k}", "]", "", " ", " lead",
    "trail ", "!t", "!!str x", "é", "日本語", "contact", "detected", "service", "id", "event_id",
    "events", "source", "weight", "line\nbreak", "tab\there", "\x01", "=1+1", "-x", "'q", "@at",
    "#h", "a b", "a: b", "a,b", "a;b", "<<", "=", "\ufeffbom", "kind", "at", "type", "by", "\x7f",
    "x" * 200, "-", "?", "~x", "a\"b.c\"d",
]


class Cases:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.resolver = yaml.SafeLoader("")
        self.fields = [row["path"] for row in table("schema/fields.csv")]
        self.types = [row["type"] for row in table("schema/events.csv")]
        self.event_fields = sorted({row["field"] for row in table("schema/event_fields.csv")})
        self.shared = []

    def plain(self, text):
        return ScalarNode(self.resolver.resolve(ScalarNode, text, (True, False)), text)

    def scalar(self):
        pick = self.random.random()
        if pick < 0.45:
            return self.plain(self.random.choice(PLAIN))
        if pick < 0.5:
            return self.plain("")
        text = self.random.choice(TEXTS)
        if self.random.random() < 0.1:
            text += self.random.choice(TEXTS)
        # Some line ends are such to YAML 1.1 only; double quotes write them as escapes.
        odd = any(c in text for c in "\r\x85\u2028\u2029")
        style = '"' if odd else self.random.choice(["'", '"', "|", ">"])
        return ScalarNode(STR, text, style=style)

    def tagged(self):
        tag = self.random.choice(["!local", "tag:example.org,2026:x", "tag:yaml.org,2002:int"])
        if tag.endswith("int"):
            return ScalarNode(tag, "12", style='"')
        return ScalarNode(tag, self.random.choice(["x", "42", "", "a b"]))

    def key(self):
        pick = self.random.random()
        if pick < 0.12:
            return self.plain(self.random.choice(PLAIN))
        if pick < 0.18:
            return ScalarNode(STR, self.random.choice(PLAIN), style="'")
        if pick < 0.22:
            return ScalarNode(STR, self.random.choice(TEXTS), style='"')
        if pick < 0.24:
            return self.sequence(3, flow=True)
        if pick < 0.25:
            return self.tagged()
        return ScalarNode(STR, self.random.choice(KEYS), style=self.random.choice([None, '"']))

    def sequence(self, depth, flow=None):
        count = self.random.choice([0, 1, 1, 2, 3, 5])
        items = [self.value(depth + 1) for _ in range(count)]
        return SequenceNode(SEQ, items, flow_style=self.flow(flow))

    def flow(self, flow=None):
        return self.random.random() < 0.5 if flow is None else flow

    def mapping(self, depth, keys=None):
        pairs, seen = [], set()
        for _ in range(self.random.choice([0, 1, 2, 2, 3, 6])):
            key = keys() if keys and self.random.random() < 0.8 else self.key()
            # The two YAML versions disagree on some types, so no two keys of one text.
            name = key.value if isinstance(key, ScalarNode) else repr(graph(key))
            if name not in seen:
                seen.add(name)
                pairs.append((key, self.value(depth + 1)))
        if self.shared and self.random.random() < 0.05:
            base = self.random.choice(self.shared)
            if isinstance(base, MappingNode) and not seen & texts_of_keys(base):
                pairs.append((ScalarNode(MERGE, "<<"), base))
        return MappingNode(MAP, pairs, flow_style=self.flow())

    def value(self, depth):
        pick = self.random.random()
        if pick < 0.06 and self.shared:
            return self.random.choice(self.shared)
        if pick < 0.08:
            return self.tagged()
        if depth > 4 or pick < 0.7:
            return self.scalar()
        node = self.sequence(depth) if pick < 0.85 else self.mapping(depth)
        if self.random.random() < 0.2:
            self.shared.append(node)
        return node

    def put(self, root, path, value):
        """Set a path of the model in ROOT, a list of pairs."""
        *outer, last = path.split(".")
        for name in outer:
            found = [v for k, v in root if k.value == name]
            if found and (not isinstance(found[0], MappingNode) or found[0] in self.shared):
                return  # a repeated value could come to stand inside itself
            if not found:
                found = [MappingNode(MAP, [], flow_style=False)]
                root.append((ScalarNode(STR, name), found[0]))
            root = found[0].value
        if not any(k.value == last for k, _ in root):
            root.append((ScalarNode(STR, last), value))

    def event(self):
        names = ["at", "type", "by", "note", "id", "until"]
        known = lambda: ScalarNode(STR, self.random.choice(names + self.event_fields))
        node = self.mapping(1, known)
        pairs = [p for p in node.value if p[0].value not in ("at", "type")]
        if self.random.random() < 0.9:
            pairs.insert(0, (ScalarNode(STR, "type"), self.event_type()))
        if self.random.random() < 0.9:
            pairs.insert(0, (ScalarNode(STR, "at"), self.plain("2026-03-01T22:40:00+01:00")))
        return MappingNode(MAP, pairs, flow_style=False)

    def event_type(self):
        if self.random.random() < 0.1:
            return self.scalar()
        return ScalarNode(STR, self.random.choice(self.types), style=self.random.choice([None, "'"]))

    def events(self):
        pick = self.random.random()
        if pick < 0.06:
            return SequenceNode(SEQ, [])
        if pick < 0.1:
            return self.sequence(1)
        if pick < 0.12:
            return self.scalar()
        return SequenceNode(SEQ, [self.event() for _ in range(self.random.randint(1, 4))])

    def case(self, number):
        self.shared = []
        odd = self.random.choice(["", "-é", ";x", '"q"', " ", "=", "\n", "!", "[a]"])
        name = self.random.choice(["case-%d", "%d", "0%d", odd + "%d", "%d" + odd, '"%d"', "[%d]"])
        pairs = [(ScalarNode(STR, "id"), ScalarNode(STR, name % number, style='"'))]
        if name == "%d":
            pairs = [(ScalarNode(STR, "id"), self.plain(str(number)))]
        for _ in range(self.random.randint(0, 10)):
            self.put(pairs, self.random.choice(self.fields[3:]), self.value(1))
        seen = {k.value for k, _ in pairs} | {"events", "weight"}
        for key, value in self.mapping(0).value:
            if isinstance(key, SequenceNode) or key.value not in seen:
                pairs.append((key, value))
        pairs = [p for p in pairs if p[0].value != "events"]
        if self.random.random() < 0.85:
            pairs.append((ScalarNode(STR, "events"), self.events()))
        return MappingNode(MAP, pairs, flow_style=False)


def texts_of_keys(mapping):
    """Of a mapping and those merged into it."""
    texts = {key.value for key, _ in mapping.value if isinstance(key, ScalarNode)}
    for key, value in mapping.value:
        if key.tag == MERGE:
            texts |= texts_of_keys(value)
    return texts


def table(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def merged(pairs):
    """Own pairs, and those merged in that they do not hide."""
    own = [(k, v) for k, v in pairs if k.tag != MERGE]
    result = {graph(k): graph(v) for k, v in reversed(own)}
    for key, value in pairs:
        if key.tag == MERGE:
            for base in value.value if value.id == "sequence" else [value]:
                for k, v in merged(base.value).items():
                    result.setdefault(k, v)
    return result


def graph(node):
    """A value that is equal for equal documents."""
    if node.tag == NULL:
        return (NULL, "")
    if node.id == "scalar":
        return (node.tag, node.value)
    if node.id == "sequence":
        return (node.tag, tuple(graph(item) for item in node.value))
    return (node.tag, frozenset(merged(node.value).items()))


def compose_old(text):
    return graph(yaml.compose(text, Loader=yaml.SafeLoader))


def compose_new(text):
    return graph(ruamel.yaml.YAML(typ="safe", pure=True).compose(text))


def documents(path):
    with open(path, encoding="utf-8", newline="") as file:
        return re.split(r"^(?=---)", file.read(), flags=re.MULTILINE)[1:]


def run(output, *arguments):
    with open(output, "wb") as file:
        done = subprocess.run(["nrm-convert", "-q", *arguments], stdout=file, check=False)
    if done.returncode != 0:
        sys.exit("nrm-convert %s: status %d" % (" ".join(arguments), done.returncode))


def show_difference(wanted, got, path=""):
    """Print where two graphs part."""
    same = wanted and got and wanted[0] == got[0]
    if same and wanted[0] == MAP:
        left, right = dict(wanted[1]), dict(got[1])
        for key in {**left, **right}:
            if left.get(key) != right.get(key):
                show_difference(left.get(key), right.get(key), path + "/%s" % (key[1],))
    elif same and wanted[0] == SEQ and len(wanted[1]) == len(got[1]):
        for number, (a, b) in enumerate(zip(wanted[1], got[1])):
            if a != b:
                show_difference(a, b, path + "/%d" % number)
    else:
        print("  %s\n    wanted %r\n    got    %r" % (path, wanted, got))


def compare(name, compose, source, result):
    """Compare two files. A document of the source that COMPOSE itself cannot read is left out."""
    wanted, got = documents(source), documents(result)
    if len(wanted) != len(got):
        sys.exit("%s: %d cases, wanted %d" % (name, len(got), len(wanted)))
    compared = 0
    for number, (before, after) in enumerate(zip(wanted, got)):
        try:
            graph_before = compose(before)
        except (yaml.YAMLError, ruamel.yaml.YAMLError):
            continue
        compared += 1
        graph_after = compose(after)
        if graph_before != graph_after:
            print("%s: case %d differs" % (name, number))
            show_difference(graph_before, graph_after)
            sys.exit(1)
    if compared < len(wanted) * 0.8:
        sys.exit("%s: only %d of %d cases could be compared" % (name, compared, len(wanted)))


def main():
    directory, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    source, again = directory + "/source.yaml", directory + "/again.yaml"
    wide, long, back = (directory + name for name in ("/wide.csv", "/long.csv", "/back.yaml"))
    cases = Cases(seed)
    with open(source, "w", encoding="utf-8", newline="") as file:
        for number in range(count):
            node = cases.case(number)
            file.write(yaml.serialize(node, explicit_start=True, allow_unicode=True, width=200))
    run(again, source)
    run(wide, "-o", "csv", source)
    run(long, "-o", "events", source)
    run(back, wide, long)
    for name, compose in (("YAML 1.1", compose_old), ("YAML 1.2", compose_new)):
        compare(name + ", YAML to YAML", compose, source, again)
        compare(name + ", YAML to CSV to YAML", compose, source, back)
    print("%d cases" % count)


if __name__ == "__main__":
    main()
