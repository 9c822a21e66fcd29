# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Networks of cells in CoreNEURON, which NEURON's wheel has for the processor; else as in neuron_driver.py."""

import contextlib
import os
import re
import tempfile
import time

import driver
import neuron_driver


def build(arguments):
    built = neuron_driver.build(arguments)
    return {**built, "version": built["version"].replace("NEURON", "CoreNEURON")}


@contextlib.contextmanager
def printed():
    """Gives the file that takes what the process prints, also from outside of Python."""
    with tempfile.TemporaryFile("w+") as file:
        before = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            yield file
        finally:
            os.dup2(before, 1)
            os.close(before)


def run(arguments):
    """The loop is what CoreNEURON calls the solver's time, which it prints. All else counts as connecting: it gets its own copy of the network for
    each run, and gives back what has become of it."""
    from neuron import coreneuron, h

    begin = time.perf_counter()
    cells, times, context, kept = neuron_driver.made(arguments, "coreneuron")
    coreneuron.enable = True
    context.psolve(h.dt)
    with printed() as file:
        context.psolve(h.dt + 1000 * arguments.seconds)
        file.seek(0)
        loop = float(re.search(r"Solver Time : (\S+)", file.read()).group(1))
    return neuron_driver.report(time.perf_counter() - begin - loop, loop, cells, times)


if __name__ == "__main__":
    driver.main(build, run)
