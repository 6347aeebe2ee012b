#!/usr/bin/env python3
"""Runs a program whose standard output is a terminal so many columns wide, and copies what it writes.

usage: columns.py WIDTH COMMAND...
"""
import fcntl
import os
import pty
import struct
import sys
import termios

width = int(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    os.execvp(sys.argv[2], sys.argv[2:])
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # the other end is closed
        break
    if not piece:
        break
    sys.stdout.buffer.write(piece)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status))
