# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""The one table of the networks that are measured. A network is a folder of benchmarks/ with nernst.cpp and a file for each peer."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Network:
    """A network of one size."""

    name: str  # its folder
    size: int  # neurons
    title: str
    rate: float  # Hz, of a run of these seconds
    tolerance: float  # how far from it a program may lie, as a fraction: as far as networks drawn from other seeds do
    goal: float  # how many times as fast as the best peer Nernst is to be, both in double precision
    seconds: dict  # simulated, by simulator; those that are not named do not take part
    by_default: bool = True  # whether it is measured where nobody names it with its size
    left_out: dict = dataclasses.field(default_factory=dict)  # why a peer that has the network does not take part, by peer

    @property
    def key(self):
        return f"{self.name}-{self.size}"


def seconds(nernst, **peers):
    return {"nernst": nernst, **peers}


NETWORKS = (
    Network("cuba", 4000, "CUBA 4000", 5.6, 0.10, 10, seconds(10, brian2=10, nest=2, genn=10)),
    Network("cuba", 400_000, "CUBA 400,000", 5.6, 0.10, 6, seconds(1, brian2=1, genn=1)),
    Network("cobahh", 4000, "COBAHH 4000", 37.5, 0.10, 15, seconds(1, brian2=1, nest=0.5, genn=1)),
    Network("coba", 4000, "COBA 4000", 17.5, 0.12, 10, seconds(10, brian2=10, nest=1, genn=10)),
    Network("brunel", 10_000, "Brunel 10,000", 35.5, 0.05, 10, seconds(1, brian2=1, nest=0.5, genn=1)),
    Network("brunel_plastic", 10_000, "Brunel 10,000, plastic", 34, 0.05, 10, seconds(0.5, brian2=0.5, nest=0.2, genn=0.5)),
    Network("pd14", 7717, "Microcircuit 7,717", 2.72, 0.05, 10, seconds(2, brian2=2, nest=1)),
    Network(
        "pd14", 77_169, "Microcircuit 77,169", 3.25, 0.05, 10, seconds(1, nest=0.2), by_default=False,
        left_out={"brian2": "what it keeps of 3 10^8 synapses with weights and delays is more than 24 GB"},
    ),
    Network("izhikevich", 1000, "Izhikevich 1000, dense", 7.15, 0.05, 10, seconds(10, brian2=10, nest=10, genn=10)),
    Network("izhikevich", 10_000, "Izhikevich 10,000", 7.15, 0.05, 10, seconds(5, brian2=5, nest=2, genn=5)),
    Network("ring", 256, "Rings, 256 cells", 9.2, 0.02, 8, seconds(1, neuron=1, coreneuron=1, arbor=1)),
    Network("ring", 1024, "Rings, 1024 cells", 9.2, 0.02, 8, seconds(0.5, neuron=0.5, coreneuron=0.5, arbor=0.5)),
    Network("ring_hh", 256, "Rings, 256 active cells", 9.9, 0.02, 8, seconds(1, neuron=0.5, coreneuron=0.5, arbor=0.5)),
    Network("big_cell", 1, "A cell of 10,000 parts", 46, 0.03, 8, seconds(1, neuron=1, coreneuron=1, arbor=1)),
)
