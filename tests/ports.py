"""Ports of loopback for servers that can't be asked which one they took: each is held until this process ends."""

import socket
import sys

_held = []


def held_port():
    """Return a port that nobody else is given; whoever binds it by its number, as servers do, may have it.

    It is bound here and never listened at. So the system hands it out neither to who asks for any port nor to a line
    out, a server that is started again finds it free, and until one is there a connection is refused.
    """
    holder = socket.socket()
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    holder.bind(("127.0.0.1", 0))
    # Some servers share with others of their user in this way alone. Set before, it would let others take ours.
    holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    _held.append(holder)
    return holder.getsockname()[1]


if __name__ == "__main__":
    # For a script of the shell: so many, in one line, until the pipe from it closes.
    print(*(held_port() for _ in range(int(sys.argv[1]))), flush=True)
    sys.stdin.read()
