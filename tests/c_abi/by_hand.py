#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""A channel and a synapse of a shared library by hand, through ctypes: by_hand.py LIBRARY CLAMPS

It finds the numbers that CLAMPS, the same in C (clamps.c), prints, to the last bit, and those of NEURON to 1e-9."""

import ctypes
import pathlib
import subprocess
import sys
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_double, c_int, c_int8, c_int32, c_uint8, c_uint32, c_uint64

doubles = POINTER(c_double)


class Variable(Structure):
    _fields_ = [
        ("name", c_char_p),
        ("unit", c_char_p),
        ("numerator", c_int8 * 7),
        ("denominator", c_uint8 * 7),
        ("kind", c_int),
        ("initial", c_double),
        ("read_by", c_uint32),
        ("written_by", c_uint32),
    ]


class Ion(Structure):
    _fields_ = [("name", c_char_p)] + [
        (x, c_int32) for x in ("reversal", "inside", "outside", "current", "conductance")
    ]


class Elements(Structure):
    _fields_ = [
        ("begin", c_uint32),
        ("end", c_uint32),
        ("variables", POINTER(doubles)),
        ("compartment", POINTER(c_int32)),
        ("linked", POINTER(POINTER(c_int32))),
        ("work", doubles),
        ("dt", c_double),
        ("time", c_double),
        ("seed", c_uint64),
        ("step", c_uint64),
        ("object", c_uint32),
    ]


class Spikes(Structure):
    _fields_ = [
        ("count", c_uint32),
        ("element", POINTER(c_uint32)),
        ("connection", POINTER(c_uint32)),
        ("variables", POINTER(doubles)),
    ]


Function = CFUNCTYPE(c_int, POINTER(Elements))


class Mechanism(Structure):
    _fields_ = [
        ("version", c_uint32),
        ("name", c_char_p),
        ("placement", c_int),
        ("properties", c_uint32),
        ("variable_count", c_uint32),
        ("variables", POINTER(Variable)),
        ("connection_variable_count", c_uint32),
        ("connection_variables", POINTER(Variable)),
        ("ion_count", c_uint32),
        ("ions", POINTER(Ion)),
        ("work_size", c_uint32),
        ("voltage", c_int32),
        ("current", c_int32),
        ("conductance", c_int32),
        ("prepare", Function),
        ("initialise", Function),
        ("begin_step", Function),
        ("currents", Function),
        ("ion_currents", CFUNCTYPE(c_int, POINTER(Elements), c_uint32)),
        ("advance", Function),
        ("write_ions", Function),
        ("on_spike", CFUNCTYPE(c_int, POINTER(Elements), POINTER(Spikes))),
        ("message", CFUNCTYPE(c_char_p)),
    ]


class Compartment:
    """One compartment with a mechanism: its variables by name."""

    def __init__(self, of, dt):
        self.of = of
        self.number = {of.variables[k].name.decode(): k for k in range(of.variable_count)}
        self.value = (c_double * of.variable_count)(*(of.variables[k].initial for k in range(of.variable_count)))
        at = ctypes.addressof(self.value)
        pointers = (doubles * of.variable_count)(
            *(ctypes.cast(at + k * ctypes.sizeof(c_double), doubles) for k in range(of.variable_count))
        )
        work = (c_double * of.work_size)()
        self.elements = Elements(end=1, variables=pointers, work=work, dt=dt)
        for name, value in {"v": -0.065, "temperature": 279.45, "na.reversal": 0.050, "k.reversal": -0.077}.items():
            if name in self.number:
                self[name] = value
        self.call(of.prepare)
        self.call(of.initialise)

    def __getitem__(self, name):
        return self.value[self.number[name]]

    def __setitem__(self, name, value):
        self.value[self.number[name]] = value

    def call(self, function, *more):
        if function(self.elements, *more) != 0:
            raise RuntimeError(self.of.message().decode())

    def add_currents(self):
        for name in ("_current", "_conductance", "na.current", "na.conductance", "k.current", "k.conductance"):
            if name in self.number:
                self[name] = 0
        for ion in range(self.of.ion_count):
            self.call(self.of.ion_currents, ion)
        self.call(self.of.currents)

    def clamped_step(self):
        self.add_currents()
        self.call(self.of.advance)
        self.elements.time += self.elements.dt

    def free_step(self, area, inward):
        self.add_currents()
        outward = 0 - self["_current"] * area
        diagonal = 0.01 * area * (1 / self.elements.dt) + self["_conductance"] * area
        self["v"] += (outward + inward) * (1 / diagonal)
        self.call(self.of.advance)
        self.elements.time += self.elements.dt

    def arrive(self, connection):
        """A spike comes at the end of the step that was the last, by a connection with these variables."""
        arrays = (doubles * len(connection))(*(ctypes.pointer(x) for x in connection))
        now = self.elements.time
        self.elements.time = now - self.elements.dt
        self.call(self.of.on_spike, Spikes(count=1, element=ctypes.pointer(c_uint32(0)), variables=arrays))
        self.elements.time = now


def clamps(of):
    cell = Compartment(of, 2.5e-5)
    for level in (-0.065, -0.090, -0.040, 0, 0.050, -0.070):
        cell["v"] = level
        for _ in range(80):
            cell.clamped_step()
        yield from (cell[x] for x in ("m", "h", "n", "na.current", "k.current"))
    cell = Compartment(of, 2.5e-5)
    for step in range(800):
        cell.free_step(1.2566370614359172e-9, 1e-10)
        if step % 80 == 79:
            yield cell["v"]


def spikes(of):
    cell = Compartment(of, 2.5e-5)
    variables = of.connection_variables[: of.connection_variable_count]
    connection = [c_double(2e-9 if x.name == b"weight" else x.initial) for x in variables]
    for step in range(400):
        if step in (40, 44, 120, 280):
            cell.arrive(connection)
        cell["v"] = (-0.090, -0.040, 0, 0.050, -0.070)[step // 80]
        cell.clamped_step()
        if step % 80 in (0, 79):
            yield from (cell[x] for x in ("A", "B", "_current", "last"))


def spikes_in_neuron():
    """The synapse of NEURON 9.0.2, from tests/nmodl/mod/make_reference.py, in SI units."""
    reference = pathlib.Path(__file__).resolve().parent.parent / "nmodl/mod/reference.txt"
    for line in reference.read_text().splitlines():
        if line.startswith("synapse "):
            values = (float(word.split("=")[1]) for word in line.split()[3:])
            yield from (x * unit for x, unit in zip(values, (1e-6, 1e-6, 1e-9, 1e-3)))


# NEURON 9.0.2: hh with usetable_hh = 0 in a section of 20 by 20 um, dt 0.025; `cm` 1e20, v set to each level, 80 times
# fadvance, then m, h, n, and ina and ik times 10; then `cm` 1 and an IClamp of 0.1 nA from 0, v each 2 ms in V.
# fmt: off
NEURON = [
    0.05293248525724958, 0.5961207535084603, 0.3176769140606974, -0.012200571764654333, 0.04399733467282939,
    0.0021099379171112763, 0.7478314917428561, 0.23913419360653862, -1.1777911160531195e-06, -0.01551422683577577,
    0.4914701339302357, 0.36530926613870834, 0.4298354975596984, -4.7103447064778905, 0.44722039531418567,
    0.9740462489621222, 0.05453079344111633, 0.7666997075875078, -3.094208655152984, 9.470237147382857,
    0.9992539279391234, 0.007572294631242587, 0.9487544932611088, 0.0, 36.942944400697066,
    0.02892388198698304, 0.1659088131708185, 0.7396709204384927, -0.0005721406833131085, 0.7632709385414951,
    -0.03561446231470667, -0.028891974374710583, -0.07473418791151297, -0.07205245827122812, -0.06834265653875819,
    -0.06453861326205854, -0.061206525444720584, -0.05793636852234987, -0.046530163114228855, -0.02560340192068444,
]
# fmt: on


def mechanism(library, name):
    entry = getattr(ctypes.CDLL(library), "nernst_mechanism_" + name)
    entry.restype = POINTER(Mechanism)
    of = entry().contents
    assert of.version == 1 and of.name == name.encode()
    return of


def main(library, program):
    of, synapse = mechanism(library, "hh"), mechanism(library, "synapse")
    assert of.placement == 0 and synapse.placement == 1
    assert {of.ions[k].name for k in range(of.ion_count)} == {b"na", b"k"}
    gnabar = next(v for v in of.variables[: of.variable_count] if v.name == b"gnabar")
    assert gnabar.initial == 1200 and gnabar.unit == b"S/m^2"
    assert list(gnabar.numerator) == [-4, -1, 3, 2, 0, 0, 0] and list(gnabar.denominator) == [1] * 7
    assert {x.name for x in synapse.connection_variables[: synapse.connection_variable_count]} == {b"weight", b"left", b"before"}
    found = list(clamps(of)) + list(spikes(synapse))
    in_c = [float(x) for x in subprocess.run([program], check=True, capture_output=True, text=True).stdout.split()]
    assert found == in_c, (found, in_c)
    in_neuron = NEURON + list(spikes_in_neuron())
    assert len(found) == len(in_neuron)
    worst = max(abs(x - y) / max(abs(y), 1e-12) for x, y in zip(found, in_neuron))
    print(f"as C to the last bit, as NEURON to {worst:.1g}")
    assert worst < 1e-9
    cell = Compartment(of, 2.5e-5)
    cell.elements.work = None
    assert of.advance(cell.elements) == 1 and b"`work`" in of.message()


if __name__ == "__main__":
    main(*sys.argv[1:])
