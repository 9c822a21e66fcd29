# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Computes reference.txt with NEURON 9.0.2: what a mechanism writes by its POINTERs.

    pip install neuron==9.0.2; python make_reference.py > reference.txt

Two cells of three compartments: the driver in each writes into the follower of the compartment behind it, round the cell. Steps of
0.025 ms. A line has the number of the step, a variable and its values in the units of the files, cell by cell."""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h

HERE = pathlib.Path(__file__).resolve().parent
with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(sys.executable).parent / "nrnivmodl"
    subprocess.run([program, HERE], cwd=folder, check=True, capture_output=True)
    h.nrn_load_dll(str(next(pathlib.Path(folder).rglob("libnrnmech.so"))))

cells = []
for number in range(2):
    made = h.Section(name=f"cell{number}")
    made.L, made.diam, made.nseg, made.Ra, made.cm = 300, 2, 3, 35.4, 1
    made.insert("driver")
    made.insert("follower")
    segments = list(made)
    for k, segment in enumerate(segments):
        segment.driver.tau = 1 + number + k
        behind = segments[(k + 1) % 3].follower
        h.setpointer(behind._ref_g, "strength", segment.driver)
        h.setpointer(behind._ref_level, "level", segment.driver)
        h.setpointer(behind._ref_count, "count", segment.driver)
    cells.append(made)
segments = [segment for made in cells for segment in made]

h.celsius, h.dt = 6.3, 0.025
h.finitialize(-55)
for step in range(1, 401):
    h.fadvance()
    if step not in (1, 2, 40, 400):
        continue
    print(step, "v", *(repr(s.v) for s in segments))
    for name in ("g", "level", "x", "count"):
        print(step, name, *(repr(getattr(s.follower, name)) for s in segments))
