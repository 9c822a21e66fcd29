# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""What the scripts that compute with NEURON share."""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("NEURON_MODULE_OPTIONS", "-nogui")

import numpy as np
from neuron import h

DATA = pathlib.Path(__file__).resolve().parent
FOLDER = DATA / "neuron"
SCHEMES = [(table, order) for table in (True, False) for order in (0, 1, 2)]


def load_mechanisms():
    """Translates and compiles mod/*.mod, for this process alone."""
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(sys.executable).parent / "nrnivmodl"
        subprocess.run([program, DATA / "mod"], cwd=folder, check=True, capture_output=True)
        h.nrn_load_dll(str(next(pathlib.Path(folder).rglob("libnrnmech.so"))))


def tables(used):
    """Whether `hh` looks its rates up, as it does by default."""
    h.usetable_hh = int(used)


def run(columns, duration, dt=0.025, order=0, v=-65, every=1, events=()):
    """finitialize(v), then fadvance for `duration` ms. Returns what Vector.record gives of the variables in `columns`: a row for the
    beginning, and one for the end of every `every`-th step. `events` are pairs of a NetCon and the times of its events."""
    h.secondorder, h.dt = order, dt
    vectors = [h.Vector().record(variable) for variable in columns]
    h.finitialize(v)
    for connection, times in events:
        for time in times:
            connection.event(time)
    for _ in range(round(duration / dt)):
        h.fadvance()
    return np.array(vectors).T[::every]


def at(segment, name="v"):
    """A variable of a segment or of a point process."""
    return getattr(segment, f"_ref_{name}")


def ball_and_stick(name, nseg=7, g=0.0001, e=-65, L=200, diam=1):
    """A soma of 20 um with hh, and at its end a passive dendrite; Ra 100 ohm cm, cm 1 uF/cm2."""
    soma, dend = h.Section(name=f"{name}_soma"), h.Section(name=f"{name}_dend")
    soma.L = soma.diam = 20
    dend.L, dend.diam, dend.nseg = L, diam, nseg
    dend.connect(soma(1))
    for section in soma, dend:
        section.Ra, section.cm = 100, 1
    soma.insert("hh")
    dend.insert("pas")
    dend.g_pas, dend.e_pas = g, e
    return soma, dend


def save(name, array):
    file = FOLDER / f"{name}.npy"
    file.parent.mkdir(parents=True, exist_ok=True)
    np.save(file, np.ascontiguousarray(array))
    print(f"{file.relative_to(DATA)}: {array.dtype} {array.shape}, {file.stat().st_size / 1000:.1f} kB")


def write(name, lines):
    file = FOLDER / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n")
    print(f"{file.relative_to(DATA)}: {len(lines)} lines, {file.stat().st_size / 1000:.1f} kB")
