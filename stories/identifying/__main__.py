"""`python -m stories.identifying`: the same as `python -m stories.pii`."""

from stories.pii.__main__ import main

if __name__ == "__main__":
    main()
