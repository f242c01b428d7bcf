"""The first process of the server stops when it is told to, in whatever moment that is."""

import subprocess
import sys

from tests.size import ROOT

# Woken as by a worker that ends, and by a signal in about the same moment, again and again.
INTERRUPTED = """
import random, signal, sys, threading, time
sys.path.insert(0, "deploy")
import serve
woken = serve.Wake()
signal.signal(signal.SIGALRM, lambda *_: woken.set())
until = time.monotonic() + 2
while time.monotonic() < until:
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00001, 0.0003))
    threading.Thread(target=woken.set).start()
    woken.wait()
    woken.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
"""


def test_signal_wakes_the_first_process_whatever_it_interrupts():
    """With `threading.Event()` in its place this hangs."""
    subprocess.run([sys.executable, "-c", INTERRUPTED], cwd=ROOT, timeout=60, check=True)
