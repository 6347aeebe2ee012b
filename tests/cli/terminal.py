#!/usr/bin/env python3
"""Drives a program through a pseudo-terminal, with a small terminal of its own behind it.

usage: terminal.py WIDTH HEIGHT SCRIPT COMMAND...

Lines of SCRIPT are
  see TEXT     waits until TEXT (a regular expression, blanks squeezed) stands on the screen
  show NAME    writes the screen as it is to NAME
  pages NAME   adds the screen to NAME, and what stands on its further pages, turned with Enter
  key KEYS     types; \\n, \\x1b and the like as in Python
  size W H     changes the size of the window
  run COMMAND  lets the shell run something meanwhile
  hangup       sends SIGHUP; term, interrupt likewise
  end          waits for the end
At the end it prints "status N", then what is left on the main screen, "|" before each line.
Bytes that are no UTF-8 show as U+FFFD.
"""
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time

SIGNALS = {"hangup": signal.SIGHUP, "term": signal.SIGTERM, "interrupt": signal.SIGINT}


class Screen:
    """Enough of a terminal: text, newline, backspace, home, clear, the alternate screen."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.buffers = {False: [[]], True: [[]]}
        self.alternate = False
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.rest = ""
        self.row = self.column = 0
        self.widest = 0
        self.tall = 0

    def lines(self):
        return self.buffers[self.alternate]

    def put(self, char):
        while len(self.lines()) <= self.row:
            self.lines().append([])
        line = self.lines()[self.row]
        while len(line) <= self.column:
            line.append(" ")
        line[self.column] = char
        self.column += 1
        if self.alternate:
            self.widest = max(self.widest, self.column)
            self.tall = max(self.tall, self.row + 1)

    def escape(self, code):
        if code == "[?1049h":
            self.alternate = True
            self.buffers[True] = [[]]
        elif code == "[?1049l":
            self.alternate = False
            self.buffers[True] = [[]]
            self.row, self.column = len(self.lines()) - 1, 0
        elif code == "[H":
            self.row = self.column = 0
        elif code == "[2J":
            if self.alternate:
                self.buffers[True] = [[]]
        elif code[-1] != "m":
            raise SystemExit(f"a sequence that is not known: {code!r}")

    def feed(self, data):
        text, self.rest = self.rest + self.decoder.decode(data), ""
        while text:
            found = re.match(r"\x1b(\[[?0-9;]*[A-Za-z])", text)
            if found:
                self.escape(found.group(1))
                text = text[found.end():]
            elif re.fullmatch(r"\x1b(\[[?0-9;]*)?", text):
                self.rest = text
                return
            else:
                if text[0] == "\r":
                    self.column = 0
                elif text[0] == "\n":
                    self.row += 1
                    if self.alternate:  # one row too far, and the first one is gone
                        self.tall = max(self.tall, self.row + 1)
                elif text[0] == "\b":
                    self.column = max(0, self.column - 1)
                else:
                    self.put(text[0])
                text = text[1:]

    def text(self, alternate=None):
        which = self.alternate if alternate is None else alternate
        return "\n".join("".join(line).rstrip() for line in self.buffers[which]).rstrip()


def drive(width, height, script, command):
    child, master = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        os.execvp(command[0], command)
    screen = Screen(width, height)
    status = None

    def read(wait):
        if not select.select([master], [], [], wait)[0]:
            return False
        try:
            data = os.read(master, 65536)
        except OSError:
            return None
        if not data:
            return None
        screen.feed(data)
        return True

    def see(wanted):
        until = time.monotonic() + 20
        while not re.search(wanted, " ".join(screen.text().split())):
            if read(0.2) is None or time.monotonic() > until:
                print(f"not seen: {wanted}")
                print(screen.text())
                os.kill(child, signal.SIGKILL)
                return False
        return True

    def turn_pages(name):
        with open(name, "a", encoding="utf-8") as file:
            while True:
                file.write(screen.text() + "\n")
                more = re.search(r"More: Enter \((\d+) of (\d+)\)", " ".join(screen.text().split()))
                if not more:
                    return True
                os.write(master, b"\n")
                if not see(rf"\({int(more[1]) + 1} of {more[2]}\).*q stop"):
                    return False

    for line in script.splitlines():
        word, _, argument = line.strip().partition(" ")
        if word == "see":
            if not see(argument):
                return
        elif word == "pages":
            if not turn_pages(argument):
                return
        elif word == "show":
            while read(0.2):
                pass
            with open(argument, "w", encoding="utf-8") as file:
                file.write(screen.text() + "\n")
        elif word == "key":
            os.write(master, argument.encode().decode("unicode_escape").encode("latin-1"))
        elif word == "size":
            screen.width, screen.height = map(int, argument.split())
            screen.widest = screen.tall = 0
            fcntl.ioctl(master, termios.TIOCSWINSZ,
                        struct.pack("HHHH", screen.height, screen.width, 0, 0))
        elif word == "run":
            os.system(argument.replace("\\\\", "\\"))
        elif word in SIGNALS:
            os.kill(child, SIGNALS[word])
        elif word == "end":
            until = time.monotonic() + 20
            while read(0.2) is not None and time.monotonic() < until:
                pass
            _, status = os.waitpid(child, 0)
        elif word:
            raise SystemExit(f"no such step: {word}")
    print("status", os.waitstatus_to_exitcode(status))
    if screen.widest >= screen.width:
        print("too wide:", screen.widest)
    if screen.tall > screen.height:
        print("too tall:", screen.tall)
    for line in screen.text(False).splitlines():
        print("|" + line)


drive(int(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3]).read(), sys.argv[4:])
