"""The first process of the server stops when it is told to, in whatever moment that is."""

import subprocess
import sys

import pytest

from tests.size import ROOT

# Woken as by a worker that ends, and by a signal in about the same moment, again and again.
INTERRUPTED = """
import random, signal, sys, threading, time
sys.path.insert(0, "deploy")
import serve
woken = {made}
signal.signal(signal.SIGALRM, lambda *_: woken.set())
until = time.monotonic() + 4
while time.monotonic() < until:
    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.00001, 0.0003))
    threading.Thread(target=woken.set).start()
    woken.wait()
    woken.clear()
signal.setitimer(signal.ITIMER_REAL, 0)
"""


def ends(made):
    command = [sys.executable, "-c", INTERRUPTED.format(made=made)]
    try:
        return subprocess.run(command, cwd=ROOT, timeout=12, capture_output=True, text=True).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@pytest.mark.slow
def test_signal_wakes_the_first_process_whatever_it_interrupts():
    assert ends("serve.Wake()")


@pytest.mark.full
def test_what_granian_waits_for_by_itself_does_not():
    """Until this fails, ours is needed."""
    assert not ends("threading.Event()")
