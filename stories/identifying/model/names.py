"""Names as the network sees them: how likely each word of a text is part of somebody's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from stories.identifying.model import files, onnx_file
from stories.identifying.model.network import Floats, Network
from stories.identifying.model.word_pieces import END, START, Piece, Vocabulary

# A window of so many pieces, of which so many are in the next one too, as the network was trained.
WINDOW, OVERLAP = 100, 24
# What is longer than so many windows is not looked at to its end: the wait would be over three seconds.
MOST_WINDOWS = 50
_GIVEN_AND_SURNAME = slice(1, 5)
_CITY = slice(29, 31)
