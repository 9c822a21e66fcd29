# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Computes reference.txt with NEURON 9.0.2: how the mechanisms of this folder diffuse along the branches of a cell.

    pip install neuron==9.0.2; python make_reference.py > reference.txt

The cell is that of tests/cells/mod_diffusion.cpp, steps of 0.025 ms. A line has the number of the step, a variable and its values in the
units of the files, section by section from 0 to 1."""

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

# Length, diameter, and where each begins.
BRANCHES = [
    (20, 20, None, 0),
    (60, 3, 0, 1),
    (50, 1.5, 1, 1),
    (40, 1, 1, 1),
    (30, 0.8, 1, 0.5),
    (45, 2, 0, 0),
    (25, 1.2, 0, 0),
    (20, 1, 2, 1),
    (15, 0.9, 7, 1),
]
WITHOUT = 7

sections = []
for number, (length, diameter, parent, at) in enumerate(BRANCHES):
    made = h.Section(name=f"branch{number}")
    made.L, made.diam, made.nseg, made.Ra, made.cm = length, diameter, 3, 35.4, 1
    if parent is not None:
        made.connect(sections[parent](at), 0)
    made.insert("pas")
    for segment in made:
        segment.pas.g, segment.pas.e = 0.0005, -65
    if number != WITHOUT:
        made.insert("shells")
        made.insert("sodium")
    sections.append(made)
segments = [segment for k, made in enumerate(sections) if k != WITHOUT for segment in made]
for k, segment in enumerate(segments):
    segment.shells.influx = 0.02 * (k % 4)
    segment.shells.D = 0.6 if k >= 3 else 0.3
    segment.sodium.g = 0.0004 * (k % 3)

h.celsius, h.dt = 6.3, 0.025
h.finitialize(-65)
for step in range(1, 401):
    h.fadvance()
    if step not in (1, 40, 400):
        continue
    for name in ("ca", "bound"):
        for shell in range(3):
            print(step, f"{name}[{shell}]", *(repr(getattr(s.shells, name)[shell]) for s in segments))
    print(step, "cai", *(repr(s.cai) for s in segments))
    print(step, "nai", *(repr(s.nai) for s in segments))
    print(step, "v", *(repr(s.v) for s in segments))
