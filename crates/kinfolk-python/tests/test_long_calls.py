"""A long call lets other threads go on and ends with Ctrl-C."""

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

# The timer is a thread of Python: it can only ring while the call does not hold the interpreter.
CODE = """
import signal, sys, threading, time
import kinfolk
from kinfolk import stats

{before}
threading.Timer({ring}, lambda: signal.raise_signal(signal.SIGINT)).start()
began = time.monotonic()
try:
    {call}
    print("done")
except KeyboardInterrupt:
    print("stopped" if time.monotonic() - began < 20 else "late")
"""

DRAWS = """
rows = range(400)
columns = [[float(at * 7 % 11) for at in rows], [at % 2 for at in rows], [[float(at * 5 % 13) for at in rows]]]
"""


class LongCalls(unittest.TestCase):
    def interrupted(self, *arguments, **parts):
        command = [sys.executable, "-c", CODE.format(**parts), *arguments]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
        self.assertEqual(run.stdout.strip(), "stopped", run.stderr)

    def test_draws(self):
        call = "stats.bootstrap_matched(*columns, draws=1_000_000, seed=1)"
        self.interrupted(before=DRAWS, ring=0.5, call=call)

    def test_draws_go_on_no_further(self):
        call = "stats.bootstrap_matched(*columns, draws=10_000_000, seed=1)"
        after = """
time.sleep(0.5)
before = time.process_time()
time.sleep(1)
print("rests" if time.process_time() - before < 0.2 else "works on")
"""
        code = CODE.format(before=DRAWS, ring=0.5, call=call) + after
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
        self.assertEqual(run.stdout.split(), ["stopped", "rests"], run.stderr)

    def test_a_report_is_not_written_any_more(self):
        with tempfile.TemporaryDirectory() as folder:
            out = str(Path(folder, "report"))
            before = """
study = kinfolk.open(sys.argv[1], today="2025-06-01")
"""
            code = CODE.format(before=before, ring=0.3, call="study.report(out=sys.argv[2])")
            code += "time.sleep(8)\n"
            command = [sys.executable, "-c", code, os.environ["KINFOLK_STUDY"], out]
            run = subprocess.run(command, capture_output=True, text=True, timeout=120)
            self.assertEqual(run.stdout.strip(), "stopped", run.stderr)
            self.assertFalse(Path(out, "report.html").exists())

    def test_files_being_read(self):
        with tempfile.TemporaryDirectory() as folder:
            study = str(Path(folder, "study"))
            self.interrupted(
                study,
                before="kinfolk.synth_study(sys.argv[1], children=20_000, seed=1)",
                ring=0.05,
                call='kinfolk.open(sys.argv[1], today="2025-06-01")',
            )


if __name__ == "__main__":
    unittest.main()
