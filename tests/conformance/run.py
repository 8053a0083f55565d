"""Answers the jobs of conformance_check.py through Python."""
import datetime, sys

import magnesia

knowledge = magnesia.Knowledge()
jobs, answers = sys.stdin.buffer, sys.stdout.buffer
while header := jobs.readline():
    call, form, authority, as_of, settles, complete, size = header.decode().split()
    text = jobs.read(int(size))
    jobs.read(1)
    status, verdict, out = "ok", "- - - -", b""
    try:
        day = None if as_of == "-" else datetime.date.fromisoformat(as_of)
        checker = magnesia.Checker(knowledge, authority=authority, as_of=day, history_settles=settles == "1", record_is_complete=complete == "1")
        answer = getattr(checker, call)(text)
        if isinstance(answer, magnesia.Assessment):
            verdict = f"{answer.at_least} {answer.at_most} {answer.decided:d} {answer.clearance is not None:d}"
        out = answer.write(form)
    except magnesia.MagnesiaError as error:
        status, out = error.status, (error.document or "").encode()
    answers.write(f"{status} {verdict} {len(out)}\n".encode() + out + b"\n")
