"""Runs `heard`, and kills it with all it started before one of the deeds that change something: killed.py AT WORDS…

AT is the number of that deed, or a part of its line in the file that DEEDS names.
"""

import os
import sys

from operations.__main__ import main

CHANGES = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.utime", "subprocess.Popen"}
at = sys.argv.pop(1)
done = os.open(os.environ["DEEDS"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
many = 0


def look(event, told):
    global many
    writes = event == "open" and isinstance(told[2], int) and told[2] & (os.O_WRONLY | os.O_RDWR)
    if event in CHANGES or writes:
        many += 1
        line = f"{event} {told[0]} {told[1] if event == 'os.rename' else ''}"
        os.write(done, f"{line}\n".encode())
        if at == str(many) or (not at.isdigit() and at in line):
            os.killpg(0, 9)


if __name__ == "__main__":
    sys.addaudithook(look)
    main()
