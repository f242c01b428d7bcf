"""The name model, read with numpy: a text in, how likely each piece of it is a name, a town or a street out."""

import os

# One thread for each look: more gain nothing on so small a model, and take the machine from everybody else.
# It counts only if it is set before numpy comes in, so it stands here, above every module that imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
