"""A long call lets other threads go on and ends with Ctrl-C."""

import subprocess
import sys
import unittest

# The timer is a thread of Python: it can only ring while the call does not hold the interpreter.
CODE = """
import signal, threading, time
from kinfolk import stats

rows = range(400)
columns = [[float(at * 7 % 11) for at in rows], [at % 2 for at in rows], [[float(at * 5 % 13) for at in rows]]]
threading.Timer(0.5, lambda: signal.raise_signal(signal.SIGINT)).start()
began = time.monotonic()
try:
    stats.bootstrap_matched(*columns, draws=1_000_000, seed=1)
except KeyboardInterrupt:
    print("stopped" if time.monotonic() - began < 20 else "late")
"""


class LongCalls(unittest.TestCase):
    def test_interrupted(self):
        run = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120)
        self.assertEqual(run.stdout.strip(), "stopped", run.stderr)


if __name__ == "__main__":
    unittest.main()
