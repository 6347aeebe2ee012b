"""kill -9 at random moments of nrm-case log: afterwards the file is the old one or the new one, whole, and
the next log goes through.

usage: kill_log.py DIRECTORY ROUNDS SECONDS SEED
"""
import os
import random
import signal
import subprocess
import sys
import time

START = """# kept
nrm: 1
id: "7"
own: [x, y] # kept
events:
  - {at: 2026-03-01, type: detected, by: police} # kept
""" + "".join(f"  - {{at: 2026-03-02, type: contact, kind: phone, who: w-{i}}}\n" for i in range(400)) + "last: 1\n"


def log(directory, number):
    return subprocess.Popen(
        ["nrm-case", "log", "-n", "2026-03-10T12:00Z", "-d", directory, "7", "contact", "at=2026-03-05",
         f"who=k-{number}"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def with_event(text, number):
    line = f"  - {{at: 2026-03-05, type: contact, who: k-{number}}}\n"
    return text.replace("last: 1\n", line + "last: 1\n")


def main():
    directory, rounds, seconds, seed = sys.argv[1], *map(int, sys.argv[2:5])
    rng = random.Random(seed)
    path = os.path.join(directory, "7.yaml")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(START)
    started = time.monotonic()
    for number in range(3):
        log(directory, number).communicate()
    whole = (time.monotonic() - started) / 3
    text, killed, finished, number = START, 0, 0, 3
    for i in range(3):
        text = with_event(text, i)
    deadline = time.monotonic() + seconds
    while number < rounds and time.monotonic() < deadline:
        process = log(directory, number)
        time.sleep(rng.uniform(0, 1.3 * whole))
        process.send_signal(signal.SIGKILL)
        _, message = process.communicate()
        with open(path, encoding="utf-8") as stream:
            now = stream.read()
        if now == with_event(text, number):
            finished += 1
        elif now == text:
            killed += 1
        else:
            print(f"round {number}: neither the old file nor the new one")
            return 1
        if process.returncode not in (0, -signal.SIGKILL):
            print(f"round {number}: status {process.returncode}: {message.decode()}")
            return 1
        cases = [name for name in os.listdir(directory)
                 if not name.startswith(".") or name.endswith((".yaml", ".yml"))]
        if cases != ["7.yaml"]:
            print(f"round {number}: files that look like cases: {cases}")
            return 1
        text = now
        number += 1
    print(f"{number} rounds: {killed} times the old file, {finished} times the new one")
    if log(directory, number).wait():
        print("a log after all this does not go through")
        return 1
    return 0 if killed > 10 and finished > 10 else 1


if __name__ == "__main__":
    sys.exit(main())
