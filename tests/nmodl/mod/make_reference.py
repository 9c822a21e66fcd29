# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Computes reference.txt with NEURON 9.0.2: what the mechanisms of this folder do where the voltage is given.

    pip install neuron==9.0.2; python make_reference.py > reference.txt

The voltage is -65 mV at first, then each of LEVELS for 80 steps. Lines have the mechanism, the level, the step, and the values of variables
in the units of the files; those of states are behind the step, those of currents within it. Tables are off but where the name ends in /tables.
Lines of pool/legacy are by NEURON 8.2.6, the last that has its old constants: make_reference.py legacy."""

import os
import pathlib
import subprocess
import sys
import tempfile

os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
from neuron import h

HERE = pathlib.Path(__file__).resolve().parent
LEVELS = (-90, -40, 0, 50, -70)
VARIABLES = {
    "gates": "m h g ina il",
    "pool": "cai n ica",
    "scheme": "c1 c2 o i bound[0] bound[1] ik flow",
    "coupled": "p q r i",
    "steps": "u x[0] x[2] kept phase i",
    "linear": "head flow i",
    "implicit": "r s sum i",
    "forward": "f w i",
    "synapse": "A B i last",
    "gates/tables": "m h g ina il",
    "tabled": "m h i",
    "tabled/tables": "m h i",
    "moments": "m peak seen i first last",
    "behind": "m pool a b peak seen count rate cai",
    "places": "m total back last where kept ring[0] ring[3] ring[6] i",
    "named": "p q r i",
    "rounds": "m total sum root started i",
    "binding": "c b cb d i",
    "stiff": "x z i",
    "cascade": "ca p[0] p[1] p[3] p[4] b bca",
    "ring": "a b c d e f",
    "fourth": "p q i",
}
if sys.argv[1:] == ["legacy"]:
    h.nrnunit_use_legacy(1)
    VARIABLES = {"pool/legacy": "cai n ica"}
EVENTS = (1, 1.1, 3, 7)
ION = ("ina", "ica", "cai", "eca", "ik")

with tempfile.TemporaryDirectory() as folder:
    program = pathlib.Path(sys.executable).parent / "nrnivmodl"
    subprocess.run([program, HERE], cwd=folder, check=True, capture_output=True)
    h.nrn_load_dll(str(next(pathlib.Path(folder).rglob("libnrnmech.so"))))

h.celsius, h.dt = 6.3, 0.025
for title, variables in VARIABLES.items():
    name, _, tables = title.partition("/")
    soma = h.Section(name="soma")
    soma.L = soma.diam = 10
    soma.cm = 1e15
    segment = soma(0.5)
    if name == "synapse":
        mechanism = h.synapse(segment)
        source = h.NetCon(None, mechanism)
        source.weight[0] = 0.002
    else:
        soma.insert(name)
        mechanism = getattr(segment, name)
    if name in ("gates", "tabled"):
        setattr(h, f"usetable_{name}", bool(tables))

    def show(level, step):
        values = []
        for variable in variables.split():
            id, _, index = variable.partition("[")
            value = getattr(segment if id in ION else mechanism, id)
            values.append(f"{variable}={float(value[int(index[:-1])] if index else value)!r}")
        print(title, level, step, *values)

    h.finitialize(-65)
    if name == "synapse":
        for time in EVENTS:
            source.event(time)
    else:
        show(-65, 0)
    for level in LEVELS:
        for step in range(1, 81):
            for place in soma.allseg():
                place.v = level
            h.fadvance()
            if step in (1, 80):
                show(level, step)
    mechanism = segment = soma = source = None
