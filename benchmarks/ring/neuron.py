# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).parent))
import cells
import with_neuron


def build(size):
    """The cells, their connections, and what else has to be kept."""
    return with_neuron.rings(size, cells.branches())
