#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Writes the morphologies under cable/, and what NEURON and Arbor make of them.

    python3 make_cable.py            with NEURON 9.0.2 and Arbor 0.12.2: pip install neuron arbor
    python3 make_cable.py brian      with Brian 2.9.0

neuron.txt: each section as Import3d_SWC_read and instantiate make it: its name, its parent and where it begins there, its length (um), how many
segments d_lambda = 0.1 gives it (Ra 100 ohm cm, cm 1 uF/cm2), and for these area (um2), axial resistance to the parent (Mohm), diameter (um).
arbor.txt: each branch that load_swc_arbor makes: its parent, its length (um) and its segments' tags.
neuron_passive.txt: of grown1, cut by d_lambda, with pas (0.1 mS/cm2, -65 mV), voltages (mV) in the middle of each segment after 5 ms of 0.1 nA
into soma(0.5), dt 0.025 ms, for secondorder 0 and 2.
arbor_passive.txt: of grown1 in Arbor's reading (with a second soma sample, 14 um from the first), 3 compartments for each branch, the same with
0.1 nA into the middle of the first branch: voltages (mV) in the middle of each branch.

arbor_places.txt: of arbor1 the cables (branch, from, to) and locations (branch, at) that region and locset expressions give.

brian.txt: each section as Morphology.from_swc_file makes it: its parent and its names there, and of each compartment the area (um2), the distance
of its middle from the root (um), and r_length_1 and r_length_2 (um).

Coordinates and radii are multiples of 1/16 um, as NEURON keeps them in single precision.
"""

import pathlib
import random
import sys

FOLDER = pathlib.Path(__file__).resolve().parent / "cable"

BY_HAND = {
    # A soma of one sample; one dendrite has a single sample, and one forks at its first.
    "soma1": """1 1 1 2 3 6 -1
2 3 8 2 3 1.5 1
3 3 40 4 3 1 2
4 3 60 20 3 0.5 3
5 3 60 -20 3 0.75 3
6 4 1 30 3 2 1
7 4 1 130 3 1.25 6
8 4 21 60 3 0.5 6
9 4 41 80 3 0.25 8
10 2 -20 2 3 0.5 1
11 3 1 2 -30 1 1
""",
    # NeuroMorpho's three samples for a sphere.
    "soma3": """1 1 0 0 0 5 -1
2 1 0 -5 0 5 1
3 1 0 5 0 5 1
4 3 5 0 0 1 1
5 3 55 0 0 0.5 4
6 4 0 6 0 1.5 1
7 4 0 90 0 1 6
8 4 20 120 0 0.5 7
9 4 -20 120 0 0.5 7
10 2 0 -8 0 0.75 1
""",
    # Three samples that are no sphere: as long as two diameters.
    "soma3_long": """1 1 0 0 0 5 -1
2 1 0 -10 0 5 1
3 1 0 10 0 5 1
4 3 5 0 0 1 1
5 3 55 0 0 0.5 4
6 4 0 11 0 1.5 3
7 4 0 90 0 1 6
8 2 0 -12 0 0.75 2
9 2 0 -50 0 0.5 8
""",
    # A soma of a line of samples; dendrites at its ends and in its middle.
    "soma_line": """1 1 0 0 0 3 -1
2 1 4 0 0 5 1
3 1 8 0 0 6 2
4 1 12 0 0 4 3
5 3 8 10 0 1 3
6 3 8 60 0 0.5 5
7 4 14 0 0 2 4
8 4 80 0 0 1 7
9 4 80 30 0 0.5 8
10 4 110 -10 0 0.5 8
11 2 -3 0 0 0.75 1
12 2 -60 0 0 0.5 11
13 3 8 -12 0 0.75 3
""",
    # Somata that fork, and a dendrite of another type behind an axon.
    "soma_fork": """1 1 0 0 0 4 -1
2 1 6 0 0 5 1
3 1 10 6 0 3 2
4 1 10 -6 0 3 2
5 3 10 20 0 1 3
6 3 10 60 0 0.5 5
7 3 10 -20 0 1 4
8 3 10 -60 0 0.5 7
9 2 -20 0 0 1 1
10 2 -60 0 0 0.5 9
11 5 -90 10 0 0.5 10
12 5 -90 50 0 0.25 11
13 4 6 10 0 1 2
14 4 6 70 0 0.75 13
""",
    # A soma of two samples; dendrites at its end, with types of one's own behind one.
    "soma2": """1 1 0 0 0 4 -1
2 1 10 0 0 5 1
3 3 30 0 0 1 2
4 3 60 10 0 0.5 3
5 3 60 -10 0 0.5 3
6 2 10 -40 0 0.75 2
7 0 80 10 0 0.25 4
8 6 100 10 0 0.25 7
""",
    # No soma: the root is a fork of dendrites. One of its steps has no length.
    "no_soma": """1 3 0 0 0 2 -1
2 3 20 0 0 1.5 1
3 3 20 0 0 1 2
4 3 80 0 0 0.5 3
5 3 -30 10 0 1 1
6 3 -60 40 0 0.5 5
7 3 0 -50 0 1 1
""",
    "soma_only": "1 1 0 0 0 10 -1\n",
}


def grown(seed, samples):
    """A cell that grows at random from a soma of one sample."""
    draw = random.Random(seed)
    rows = [(1, 1, 0.0, 0.0, 0.0, 7.0, -1)]
    tips = []
    for kind, count in ((3, 4), (4, 1), (2, 1)):
        tips += [(kind, 1)] * count
    while len(rows) < samples and tips:
        kind, parent = tips.pop(draw.randrange(len(tips)))
        place, r = list(rows[parent - 1][2:5]), rows[parent - 1][5] if parent > 1 else draw.randrange(16, 40) / 16
        for _ in range(draw.randrange(1, 12)):
            place = [x + draw.randrange(-160, 161) / 16 for x in place]
            r = max(0.125, r - draw.choice([0, 0, 0, 0.0625, 0.125]))
            rows.append((len(rows) + 1, kind, *place, r, parent))
            parent = len(rows)
        if draw.random() < 0.75:
            tips += [(kind, parent)] * 2
    return "".join(" ".join(f"{x:.10g}" for x in row) + "\n" for row in rows)


def write_neuron(names):
    from neuron import h

    h.load_file("import3d.hoc")
    h.load_file("stdlib.hoc")
    lines = []
    for name in names:
        reader = h.Import3d_SWC_read()
        reader.input(str(FOLDER / f"{name}.swc"))

        class cell:
            pass

        one = cell()
        h.Import3d_GUI(reader, 0).instantiate(one)
        lines.append(f"file {name}")
        for section in one.all:
            section.Ra, section.cm = 100, 1
            section.nseg = int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1
            parent = section.parentseg()
            at = (parent.sec.name().split(".")[-1], parent.x) if parent else ("-", 0)
            lines.append(f"section {section.name().split('.')[-1]} {at[0]} {at[1]} {section.L!r} {section.nseg}")
            lines += [f"{segment.area()!r} {segment.ri()!r} {segment.diam!r}" for segment in section]
        one.all = None
        for section in list(h.allsec()):
            h.delete_section(sec=section)
    (FOLDER / "neuron.txt").write_text("\n".join(lines) + "\n")


def write_arbor(names):
    import arbor

    lines = []
    for name in names:
        try:
            tree = arbor.load_swc_arbor(str(FOLDER / f"{name}.swc")).morphology
        except Exception:  # a soma of one sample
            continue
        lines.append(f"file {name}")
        for branch in range(tree.num_branches):
            parts = tree.branch_segments(branch)
            size = sum(
                ((s.prox.x - s.dist.x) ** 2 + (s.prox.y - s.dist.y) ** 2 + (s.prox.z - s.dist.z) ** 2) ** 0.5 for s in parts
            )
            parent = tree.branch_parent(branch)
            tags = " ".join(str(s.tag) for s in parts)
            lines.append(f"branch {parent if parent < 2**32 - 1 else -1} {size!r} {len(parts)} {tags}")
    (FOLDER / "arbor.txt").write_text("\n".join(lines) + "\n")


def write_neuron_passive():
    from neuron import h

    h.load_file("import3d.hoc")
    h.load_file("stdrun.hoc")
    reader = h.Import3d_SWC_read()
    reader.input(str(FOLDER / "grown1.swc"))

    class cell:
        pass

    one = cell()
    h.Import3d_GUI(reader, 0).instantiate(one)
    for section in one.all:
        section.Ra, section.cm = 100, 1
        section.nseg = int((section.L / (0.1 * h.lambda_f(100, sec=section)) + 0.9) / 2) * 2 + 1
        section.insert("pas")
        section.g_pas, section.e_pas = 1e-4, -65
    clamp = h.IClamp(one.soma[0](0.5))
    clamp.delay, clamp.dur, clamp.amp = -1, 1e9, 0.1
    lines = []
    for order in (0, 2):
        h.secondorder, h.dt, h.steps_per_ms = order, 0.025, 40
        h.finitialize(-65)
        for _ in range(200):
            h.fadvance()
        lines.append(f"file secondorder{order}")
        for section in one.all:
            name = section.name().split(".")[-1]
            lines.append(f"section {name} " + " ".join(repr(segment.v) for segment in section))
    (FOLDER / "neuron_passive.txt").write_text("\n".join(lines) + "\n")


def with_second_soma_sample(text):
    """grown cells for Arbor, which takes no soma of one sample."""
    rows = text.split("\n")
    count = len(rows)
    return "\n".join(rows[:-1] + [f"{count} 1 0 0 14 7 1"]) + "\n"


def write_arbor_passive():
    import arbor
    from arbor import units as U

    tree = arbor.load_swc_arbor(str(FOLDER / "arbor1.swc")).morphology
    decor = arbor.decor()
    decor.set_property(Vm=-65 * U.mV, cm=0.01 * U.F / U.m2, rL=100 * U.Ohm * U.cm)
    decor.paint("(all)", arbor.density("pas/e=-65", {"g": 1e-4}))
    decor.place("(location 0 0.5)", arbor.i_clamp(0 * U.ms, 1e9 * U.ms, 0.1 * U.nA))

    class recipe(arbor.recipe):
        def __init__(self):
            arbor.recipe.__init__(self)
            self.properties = arbor.neuron_cable_properties()

        def num_cells(self):
            return 1

        def cell_kind(self, gid):
            return arbor.cell_kind.cable

        def cell_description(self, gid):
            return arbor.cable_cell(tree, decor, arbor.label_dict(), arbor.cv_policy_fixed_per_branch(3))

        def global_properties(self, kind):
            return self.properties

        def probes(self, gid):
            return [arbor.cable_probe_membrane_voltage("(on-branches 0.5)", "v")]

    simulation = arbor.simulation(recipe())
    handle = simulation.sample((0, "v"), arbor.explicit_schedule([5 * U.ms]))
    simulation.run(tfinal=5.1 * U.ms, dt=0.025 * U.ms)
    lines = ["file voltages"]
    lines += [f"branch {place.branch} {float(data[0][1])!r}" for data, place in simulation.samples(handle)]
    (FOLDER / "arbor_passive.txt").write_text("\n".join(lines) + "\n")


# Not of the root: several branches begin there, of which Arbor takes the first as the root's alone.
REGIONS = [
    "(tag 3)",
    "(intersect (tag 3) (radius-lt (all) 0.8))",
    "(radius-ge (tag 2) 1.1)",
    "(complement (tag 1))",
    "(difference (all) (join (tag 2) (tag 4)))",
    "(distal-interval (location 3 0.25) 60)",
    "(distal-interval (location 0 0.5) 50)",
    "(proximal-interval (terminal) 40)",
    "(intersect (tag 3) (z-dist-from-root-gt 20))",
    "(intersect (distal-interval (location 0 0.5) 120) (complement (distal-interval (location 0 0.5) 70)))",
]
LOCSETS = [
    "(terminal)",
    "(restrict-to (terminal) (tag 3))",
    "(proximal (distal-interval (location 3 0.25) 60))",
    "(distal (tag 2))",
    "(distal (distal-interval (location 0 0.5) 50))",
    "(on-branches 0.25)",
]


def write_arbor_places():
    import arbor

    tree = arbor.load_swc_arbor(str(FOLDER / "arbor1.swc")).morphology
    cell = arbor.cable_cell(tree, arbor.decor(), arbor.label_dict())
    lines = []
    for text in REGIONS:
        lines.append(f"file {text.replace(' ', '_')}")
        lines += [f"cable {c.branch} {c.prox!r} {c.dist!r}" for c in cell.cables(text)]
    for text in LOCSETS:
        lines.append(f"file {text.replace(' ', '_')}")
        lines += [f"place {x.branch} {x.pos!r}" for x in cell.locations(text)]
    (FOLDER / "arbor_places.txt").write_text("\n".join(lines) + "\n")


def write_brian(names):
    import brian2

    lines = []
    for name in names:
        try:
            root = brian2.Morphology.from_swc_file(str(FOLDER / f"{name}.swc"))
        except Exception:  # three samples of a soma that are no sphere
            continue
        lines.append(f"file {name}")
        open_sections, count = [(root, -1, "")], 0
        while open_sections:
            section, parent, called = open_sections.pop()
            lines.append(f"section {parent} {called}".rstrip())
            columns = section.area / brian2.um2, section.distance / brian2.um, section.r_length_1 / brian2.um, section.r_length_2 / brian2.um
            lines += [" ".join(repr(float(x)) for x in row) for row in zip(*columns)]
            children = list(section.children)
            names_of = {id(c): [n for n in section.children._named_children if section.children[n] is c] for c in children}
            open_sections += [(c, count, " ".join(names_of[id(c)])) for c in reversed(children)]
            count += 1
    (FOLDER / "brian.txt").write_text("\n".join(lines) + "\n")


def main():
    if sys.argv[1:] == ["brian"]:
        # Not somata of several branches, each of which is a sphere to Brian.
        several = {"arbor1", "soma3_long", "soma_fork", "soma_line"}
        return write_brian(sorted({path.stem for path in FOLDER.glob("*.swc")} - several))
    FOLDER.mkdir(exist_ok=True)
    texts = dict(BY_HAND)
    for seed in range(4):
        texts[f"grown{seed}"] = grown(seed, 60 + 120 * seed)
    texts["arbor1"] = with_second_soma_sample(texts["grown1"])
    for name, text in texts.items():
        (FOLDER / f"{name}.swc").write_text(text)
    write_neuron(texts)
    write_arbor(texts)
    write_neuron_passive()
    write_arbor_passive()
    write_arbor_places()


if __name__ == "__main__":
    main()
