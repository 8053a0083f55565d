"""Checks one person from Python: example.py [FILE]"""

import pathlib
import sys

import magnesia

checker = magnesia.Checker()  # one for the whole program, for all its threads
request = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "examples/people/ann.json").read_bytes()
try:
    answer = checker.assess(request)
    print(answer.at_least, "to", answer.at_most)
    print(answer.to_text(), end="")
except magnesia.MagnesiaError as error:
    sys.exit(str(error))
