"""What the YAML reader and writer make of documents, judged by two parsers that share no code with
them: PyYAML (YAML 1.1) and ruamel.yaml (YAML 1.2), both in their pure Python form. Each document goes
through the driver, as blocks and as one line; the graph of nodes before and after must be the same:
kinds, resolved tags, texts, order, and which node is the same node as another (anchors and aliases).

usage: yaml_oracle.py DRIVER FILE...   (writes TAP)"""
import random
import re
import subprocess
import sys
import warnings

import ruamel.yaml
import yaml

DOCUMENTS = 2000

NASTY = [
    "", "~", "null", "Null", "true", "yes", "No", "on", "OFF", "y", "n", "0042", "0x1F", "0o17", "017", "1_000",
    "190:20:30", "09:30", "1e5", "1.5e+3", ".5", "5.", ".inf", "-.INF", ".nan", "+12", "-0", "2026-03-01",
    "2026-03-01T22:40:00+01:00", "2026-03-01 22:40:00.5 Z", "2026-3-1", "2026-03-01T22:40+01:00", "2009-05",
    "2001-12-14\t21:59:43.10 -5", "<<", "=", "-", "--", "---", "--- x", "...", "... x", "- x", "-x", "?", "? x",
    "?x", ":", ": x", ":x", "x:", "x: y", "x:y", "x :y", "http://example.org/?a=b#c", "#", "# x", "x # y",
    "x#y", "a, b", "[a", "a]", "{a", "a}", "[a, b]", "{a: b}", "&a", "*a", "!a", "| x", "> x", "%x", "@x", "`x`",
    "'", '"', "it's", 'say "x"', "'x'", '"x"', "\\", "a\\nb", "a\\", " x", "x ", "  ", "\t", "\tx", "x\t",
    "a\tb", "\n", "\n\n", "x\n", "x\n\n", "\nx", "\n\nx\n", "x\ny", "x\n\ny\n", "x\n\n\ny", " x\ny\n", "x\n y\nz\n",
    "x\n  y\n\n  z\nw\n", "x\n\ty\nz", "\tx\ny\n", "x \ny", "x\n \ny\n", "x\n  ", "x\n\n ", "x\n  \n", "# x\ny\n",
    "--- x\ny\n", "x\n---\ny\n", "x: y\nz: w\n", "- x\n- y\n", "a\u0085b", "a\u2028b", "\u2029", "\ufeff", "a\ufeffb",
    "\x00", "a\x07b", "\x1b[31m", "\x7f", "\x80", "a\rb", "a\r\nb", "\u00a0", "\u00a0x", "na\u00efve", "\u0395\u03bb",
    "\u0627\u0644", "\u4e2d\u6587", "\U0001f600", "x\n\U0001f600\n", "\U00020bb7", "e\u0301", "\u200b", "\u202ex",
    "word " * 40, "x" * 130, "x" * 1100, "two  spaces", "a,b", "a?b", "why?", "=x", "~x", "nullx", "0042x", "1:x",
]

# Read differently by YAML 1.1 and 1.2, or by nobody, where they stand in plain text.
UNLIKE = "\n\r\x00\x07\x1b\x7f\x80\x85\u2028\u2029\ufeff!"

PLACES = [
    "key: @", "- @\n- x", "key:\n  - @\n  - x", "[@, x]", "[x, @]", "{a: @}", "{a: @, b: x}", "@: x", "{@: x, b: y}",
    "? @\n: x", "? x\n: @", "{? @ : x}", "- - @\n  - x", "- a: @\n  b: x", "key: &a @\nb: *a", "- !!str @\n- x",
    "- !own @\n- x", "- ! @\n- x", "[&a @, *a]", "{a: &a @, b: *a}", "key: !<tag:example.org,2000:a,b> @", "[!own @, x]",
    "&a @: x", "!own @: x", "{&a @: x, b: *a}", "a:\n  b:\n    c: @\n  d: x", "[[@], {a: [@]}]", "- &a\n- @\n- *a",
    "base: &b {k: @}\nuse:\n  <<: *b\n  own: x", "use: {<<: [{k: @}, {l: x}]}", "a: [@]\nb: {c: @}\nd: @",
]

BLOCKS = [
    "key: |\n  x\n  y\n", "key: |-\n  x\n\n", "key: |+\n  x\n\n\nb: y", "key: |2\n    x\n   y\n", "key: >\n  x\n  y\n\n  z\n",
    "key: >-\n  x\n    y\n  z\n", "key: >+\n\n  x\n\n   y\n\n\n  z\n\n", "- |\n x\n- >2\n   x\n  y\n", "? |\n  x\n  y\n: z",
    "key: 'x\n  y\n\n  z'", 'key: "x\\\n  y \\\n   z\\n"', "key: x\n  y\n\n  z", "key: [x\n  y, z]", "key: |\n  \tx\n   y\n",
    "key: |\n  x\t\n  y \n", "key: >\n  x\n  \ty\n  z\n", "key: >\n  x \n  y\n", "key: !own |\n  x\n", "key: &a >\n  x\nb: *a",
    "a: !!binary |\n  R0lG\nb: !!set {x, y}\nc: !!omap [x: y, z: w]\n", "? [a, {b: c}]\n: {? [d] : e}\n? {f: g}\n:\n- h\n",
    "? - a\n  - b\n: - c\n", "? a: b\n  c: d\n: e: f\n", "? &k a\n: *k\n*k : z\n", "a: &a [b]\nc: *a\nd: &a {e: f}\ng: *a\n",
    "empty: []\nalso: {}\nnothing:\n? \n: x\n", "- []\n- {}\n-\n- - - x\n- ? x\n", "a: &x\nb: *x\nc: &y !!str\nd: *y\n",
]


def quoted(text, style):
    """TEXT in quotes, written without the help of a YAML library."""
    if style == "'" and all(" " <= c < "\x7f" for c in text):
        return "'" + text.replace("'", "''") + "'"
    parts = []
    for c in text:
        if c in '\\"':
            parts.append("\\" + c)
        elif " " <= c < "\x7f" or ("\u00a0" <= c and c not in "\u2028\u2029\ufeff"):
            parts.append(c)
        else:
            parts.append("\\U%08X" % ord(c))
    return '"' + "".join(parts) + '"'


def random_node(chance, depth, known):
    """A random graph of PyYAML nodes; KNOWN are those that an alias may name."""
    if known and chance.random() < 0.12:
        return chance.choice(known)
    kind = chance.random()
    if depth == 0 or kind < 0.5:
        style = chance.choice([None, None, None, "'", '"', "|", ">"])
        node = yaml.ScalarNode("tag:yaml.org,2002:str", chance.choice(NASTY), style=style)
        if style is None:
            node.tag = RESOLVER.resolve(yaml.ScalarNode, node.value, (True, False))
    elif kind < 0.75:
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [], flow_style=chance.random() < 0.4)
        node.value = [random_node(chance, depth - 1, known) for _ in range(chance.randrange(4))]
    else:
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], flow_style=chance.random() < 0.4)
        keys = {}
        for _ in range(chance.randrange(4)):
            key = random_node(chance, chance.choice([0, 0, 0, depth - 1]), known)
            keys.setdefault((key.tag, str(key.value)), key)
        node.value = [(key, random_node(chance, depth - 1, known)) for key in keys.values()]
    if chance.random() < 0.05:
        node.tag = chance.choice(["!own", "!a/b", "tag:example.org,2000:x", "tag:yaml.org,2002:x"])
    if chance.random() < 0.3:
        known.append(node)
    return node


NULL = "tag:yaml.org,2002:null"
RESOLVER = yaml.SafeLoader("")


def generate():
    """Documents as text, each a mapping that starts with its number."""
    chance = random.Random(20260301)
    bodies = list(BLOCKS)
    for place in PLACES:
        for text in NASTY:
            form = chance.choice(["plain", "'", '"'])
            raw = form == "plain" and not any(map(text.__contains__, UNLIKE))
            written = text if raw else quoted(text, form)
            bodies.append(place.replace("@", written))
    chance.shuffle(bodies)
    bodies = bodies[: DOCUMENTS // 2]
    while len(bodies) < DOCUMENTS:
        node = random_node(chance, 4, [])
        bodies.append(yaml.serialize(node, allow_unicode=True, width=chance.choice([20, 80, 1000]),
                                     indent=chance.choice([2, 4])))
    return ["--- \nn: %d\nbody:\n%s\n" % (n, indent(body)) for n, body in enumerate(bodies)]


def indent(body):
    body = body.removesuffix("\n...\n")
    if body.startswith(("&", "!")) and "\n" in body:
        head, _, rest = body.partition("\n")
        if ":" not in head:
            body = "  " + head + "\n" + rest
    return "\n".join("  " + line if line.strip() else line for line in body.split("\n"))


def compose(library, text):
    """All documents of TEXT as graphs of nodes, or None where it cannot be read."""
    try:
        return list(library.compose_all(text, Loader=library.SafeLoader))
    except (library.YAMLError, ValueError, AttributeError, NotImplementedError):
        return None


def difference(a, b, seen, tags=True):
    """What differs between two graphs, or None. SEEN maps nodes of the first to their twins. TAGS: look
    at them, too."""
    if id(a) in seen:
        return None if seen[id(a)] is b else "alias"
    if id(b) in seen.values() or type(a).__name__ != type(b).__name__:
        return "kind"
    seen[id(a)] = b
    if tags and str(a.tag) != str(b.tag):
        return "tag %s -> %s" % (a.tag, b.tag)
    if not isinstance(a.value, list):
        if str(a.tag) == NULL and b.value == "null" and not a.value:
            return None  # nothing else can stand for an empty item between brackets
        return None if a.value == b.value else "text %r -> %r" % (a.value, b.value)
    if len(a.value) != len(b.value):
        return "count"
    for x, y in zip(a.value, b.value):
        pairs = zip(x, y) if isinstance(x, tuple) else [(x, y)]
        for left, right in pairs:
            found = difference(left, right, seen, tags)
            if found:
                return found
    return None


class Judge:
    def __init__(self, driver):
        self.driver, self.count = driver, 0

    def result(self, good, name, details=()):
        self.count += 1
        print("%s %d - %s" % ("ok" if good else "not ok", self.count, name))
        for line in details:
            print("#   " + line.replace("\n", "\n#   "))

    def through(self, text, form):
        done = subprocess.run([self.driver, form], input=text.encode(), capture_output=True, check=False)
        return done.stdout.decode(), done.stderr.decode(), done.returncode

    def file(self, name, form):
        with open(name, encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        output, errors, status = self.through(text, form)
        self.result(status == 0, "%s (%s) is read" % (name, form), [errors] if errors else [])
        readers = [library for library in (yaml, ruamel.yaml) if compose(library, text) is not None]
        self.result(readers, "%s is read by others" % name)
        for library in readers:
            before, after, wrong = compose(library, text), compose(library, output), []
            if after is None or len(before) != len(after):
                wrong.append("cannot be compared")
            else:
                wrong += filter(None, (difference(a, b, {}) for a, b in zip(before, after)))
            self.result(not wrong, "%s (%s) is kept for %s" % (name, form, library.__name__), wrong)

    def generated(self, documents, form):
        output, _, _ = self.through("".join(documents), form)
        parts = re.split(r"^(?=---(?:$| \{n))", output, flags=re.MULTILINE)[1:]
        written = {int(re.match(r"---\s\{?n: (\d+)", part)[1]): part for part in parts}
        for library in (yaml, ruamel.yaml):
            wrong, compared = [], 0
            for n, text in enumerate(documents):
                before, first = compose(library, text), compose(yaml, text)
                if not before or n not in written:
                    continue
                if first and difference(first[0], before[0], {}, tags=False):
                    continue  # YAML 1.1 and 1.2 read different things here
                compared += 1
                after = compose(library, written[n])
                found = difference(before[0], after[0], {}) if after else "cannot be read back"
                if found:
                    wrong.append("%s\n%s%s" % (found, text, written[n]))
            self.result(not wrong, "%d documents (%s) are kept for %s" % (compared, form, library.__name__), wrong[:5])
            self.result(compared > DOCUMENTS * 0.8, "most documents could be compared",
                        ["%d of %d" % (compared, DOCUMENTS)])
        refused = [n for n, text in enumerate(documents) if n not in written and compose(yaml, text)]
        self.result(len(refused) < DOCUMENTS * 0.05, "hardly a document is refused that PyYAML reads",
                    ["%d:\n%s" % (len(refused), "".join(documents[n] for n in refused[:5]))])


def main():
    warnings.simplefilter("ignore")
    judge = Judge(sys.argv[1])
    documents = generate()
    for form in ("block", "flow"):
        for name in sys.argv[2:]:
            judge.file(name, form)
        judge.generated(documents, form)
    print("1..%d" % judge.count)
    return 0


sys.exit(main())
