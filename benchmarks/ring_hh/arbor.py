# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parents[1] / "ring"))
import cells
import with_arbor
from arbor import units


def build(size):
    """The recipe, and the length of a step."""
    return with_arbor.Rings(size, cells.branches(), active=True), cells.DT * units.ms
