# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Compares .mod files that others have written with NEURON 9.0.2, and prints the tables of docs/mod_corpora.md.

    pip install neuron==9.0.2
    g++ -std=c++20 -O1 -Iinclude -Itests tests/nmodl/corpora/clamp.cpp -o clamp
    python tests/nmodl/corpora/compare.py ./clamp BUILT FOLDER... > page.md

Folders hold files named ORIGIN__NAME.mod, and beside them what they INCLUDE, which are fetched for the check and never committed. BUILT is a folder for what nrnivmodl makes of
each. The voltage of a compartment is -65 mV at first, then
  voltage: -89.7, -40.3, 0.2, 49.6 and -70.4 mV for 80 steps of 0.025 ms each, compared at the first and the last step of each;
  current: what 1 uF/cm2, NEURON's `pas` and the file let it be for 400 steps, with 0.1 nA from 1 to 5 ms, compared at every 20th step. NEURON finds the slope of
           currents by a difference quotient over 0.001 mV, and so does this;
  derivative: the same with the derivative of currents, as Nernst computes it.
What has NET_RECEIVE gets events at 1.01, 1.11, 3.01 and 7.01 ms. The voltage, states, currents and all else that both show are compared relative to the value, or to a
thousandth of the greatest value that the variable has. What a file computes both for currents and for states NEURON shows as of the voltage of either, depending on its blocks:
here the nearer one counts."""

import json
import os
import pathlib
import re
import subprocess
import sys

LEVELS = (-89.7, -40.3, 0.2, 49.6, -70.4)  # between what tables hold
EVENTS = (1.01, 1.11, 3.01, 7.01)
ORIGINS = {
    "nrnoc": "NEURON, `src/nrnoc`",
    "demo": "NEURON, `share/demo/release`",
    "ex": "NEURON, `share/examples/nrniv/nmodl`",
    "allen": "Allen Institute, AllenSDK",
    "bbp": "Blue Brain Project, neurodamus-models",
    "uc": "NEURON, `test/nmodl/transpiler/usecases`",
}
TITLES = {
    "voltage": "Where the voltage is given",
    "voltage/tables": "Where the voltage is given, with tables",
    "current": "Where a current is given",
    "current/tables": "Where a current is given, with tables",
    "derivative": "Where a current is given, with the derivative",
}
HEAD = """| file | stage | voltage given | values | tables | current given | values | tables | derivative |
|---|---|---|---|---|---|---|---|---|"""


def name_of(file):
    return file.stem.split("__")[-1]


def included_by(file):
    """What stands beside a file and is included by it, also indirectly."""
    found, todo = [], [file]
    while todo:
        for name in re.findall(r'INCLUDE\s*"([^"]+)"', todo.pop().read_text(encoding="latin1")):
            beside = file.parent / name
            if beside.is_file() and beside not in found:
                found.append(beside)
                todo.append(beside)
    return found


def insert_leak(section, name):
    """Of 1 mS/cm2 to -70 mV, beside a mechanism with a name."""
    if name != "pas":
        return section.insert("pas")
    section.insert("hh")
    for place in section:
        place.hh.gnabar, place.hh.gkbar, place.hh.gl, place.hh.el = 0, 0, 1e-3, -70


def run_neuron(library, file, names, given, tables):
    """In a process of its own: prints what NEURON has."""
    os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
    from neuron import h

    if library != "-":
        h.nrn_load_dll(library)
    text = re.sub(r"COMMENT.*?ENDCOMMENT", "", pathlib.Path(file).read_text(encoding="latin1"), flags=re.S)
    text = "\n".join(re.split(r"[:?]", line)[0] for line in text.split("\n"))
    named = re.search(r"(SUFFIX|POINT_PROCESS|ARTIFICIAL_CELL)\s+(\w+)", text)
    kind, name = named.groups() if named else ("SUFFIX", name_of(pathlib.Path(file)))
    ions = re.findall(r"USEION\s+(\w+)", text)
    receive = re.search(r"NET_RECEIVE\s*\(([^)]*)\)?", text)
    soma = h.Section(name="soma")
    soma.L = soma.diam = 10
    soma.cm = 1e15 if given == "voltage" else 1
    segment = soma(0.5)
    h.celsius, h.dt = 6.3, 0.025
    if kind == "SUFFIX":
        try:
            soma.insert(name)
        except ValueError:
            return print("ABSENT")
        mechanism = getattr(segment, name)
    else:
        mechanism = getattr(h, name)(segment)
    if hasattr(h, f"usetable_{name}"):
        setattr(h, f"usetable_{name}", tables)
    if given == "current":
        insert_leak(soma, name)
        clamp = h.IClamp(segment)
        clamp.delay, clamp.dur, clamp.amp = 1, 4, 0.1
    source = None
    if receive and kind == "POINT_PROCESS":
        source = h.NetCon(None, mechanism)
        source.weight[0] = 0.002

    def value(id):
        if id == "v":
            return segment.v
        if id.startswith("@"):
            ion, which = id[1:].split(".")
            return getattr(segment, {"inside": ion + "i", "outside": ion + "o", "reversal": "e" + ion, "current": "i" + ion}[which])
        base, index = re.match(r"(\w+)(?:\[(\d+)\])?$", id).groups()
        if any(base in ("i" + ion, ion + "i", ion + "o", "e" + ion) for ion in ions):
            found = getattr(segment, base)
        else:
            found = getattr(mechanism, base) if hasattr(mechanism, base) else getattr(h, f"{base}_{name}")
        return found[int(index)] if index else found

    def show(sample):
        values = []
        for id in names:
            try:
                values.append(f"{id}={float(value(id))!r}")
            except (AttributeError, LookupError, TypeError, ValueError):
                pass  # not for everybody to see
        print("SAMPLE", sample, *values)

    h.finitialize(-65)
    show("init")
    for time in EVENTS if source else ():
        source.event(time)
    if given == "current":
        for step in range(400):
            h.fadvance()
            if step % 20 == 0 or step == 399:
                show(str(step))
        return
    for k, level in enumerate(LEVELS):
        for step in range(80):
            for place in soma.allseg():
                place.v = level
            h.fadvance()
            if step in (0, 79):
                show(f"{k}_{step}")


def samples_of(text):
    samples = {}
    for line in text.split("\n"):
        if line.startswith("SAMPLE"):
            words = line.split()
            samples[words[1]] = {w.rsplit("=", 1)[0]: [float(x) for x in w.rsplit("=", 1)[1].split(";")] for w in words[2:]}
    return samples


def library_of(file, built):
    """What nrnivmodl makes of a file, `-` for what NEURON has itself, None where it makes nothing."""
    if file.name.startswith("nrnoc__"):
        return "-"
    folder = built / file.stem
    found = list(folder.rglob("libnrnmech.so"))
    if not found and not (folder / "done").exists():
        (folder / "m").mkdir(parents=True)
        (folder / "m" / f"{name_of(file)}.mod").write_bytes(file.read_bytes())
        for included in included_by(file):
            (folder / "m" / included.name).write_bytes(included.read_bytes())
        subprocess.run([pathlib.Path(sys.executable).parent / "nrnivmodl", "m"], cwd=folder, capture_output=True)
        (folder / "done").touch()
        found = list(folder.rglob("libnrnmech.so"))
    return str(found[0]) if found else None


def difference(here, there):
    there = {sample: {id: value for id, [value] in values.items()} for sample, values in there.items()}
    scale = {}
    for values in there.values():
        for id, value in values.items():
            scale[id] = max(scale.get(id, 0), abs(value) if value == value else 0)
    worst, count = (0.0, ""), 0
    for sample, values in there.items():
        for id, expected in values.items():
            if expected != expected or abs(expected) == float("inf") or (sample == "init" and expected == 0):
                continue
            count += 1
            found = here[sample].get(id, [float("nan")])
            off = min(abs(x - expected) for x in found) / max(abs(expected), 1e-3 * scale[id], 1e-30)
            if not off <= worst[0]:
                worst = (off, id)
    return worst, count


def run_here(program, file, given, tables):
    return subprocess.run([program, file, given] + ["tables"] * tables, capture_output=True, text=True, timeout=60).stdout


def run_there(library, file, names, given, tables):
    command = [sys.executable, __file__, "--neuron", library, str(file), json.dumps(names), given, str(int(tables))]
    return subprocess.run(command, capture_output=True, text=True, timeout=120).stdout


def why_not_here(output):
    refused = re.search(r"REFUSED (?::(\d+):\d+: )?(.*)", output)
    if not refused:
        not_run = re.search("NOT RUN (.*)", output)
        return "not run alone: " + not_run.group(1) if not_run else None
    line = f"line {refused.group(1)}: " if refused.group(1) else ""
    return line + refused.group(2).split("; ")[0]


def compare(program, file, built):
    """The differences by what is given: of voltages, of currents, of the latter with the derivative; with tables behind a slash."""
    output = run_here(program, file, "voltage", False)
    found = {"stage": re.search("STAGE (.*)", output).group(1)}
    note = why_not_here(output)
    if note:
        return found | {"note": note}
    if re.search(r"\bARTIFICIAL_CELL\b", file.read_text(errors="replace")):
        return found | {"note": "a cell without compartments: it has events alone"}
    library = library_of(file, built)
    if not library:
        return found | {"note": "not for NEURON: nrnivmodl makes nothing of the file alone"}
    for tables in (False, True) if "TABLE 1" in output else (False,):
        for given in ("voltage", "current"):
            here = samples_of(run_here(program, file, given, tables))
            names = [id for id in here["init"] if id != "v" or given == "current"]
            answer = run_there(library, file, names, given, tables)
            if "ABSENT" in answer:
                return found | {"note": "not for NEURON: it has no such mechanism"}
            there = samples_of(answer)
            if not there:
                return found | {"note": "not run by NEURON alone: it needs what its POINTER leads to"}
            found[given + "/tables" * tables] = difference(here, there)
            if given == "current" and not tables:
                found["derivative"] = difference(samples_of(run_here(program, file, "derivative", tables)), there)
    return found


def shown(difference):
    if difference is None or difference[1] == 0:
        return ""
    worst = difference[0][0]
    return "0" if worst == 0 else f"{worst:.1e}"


def row_of(name, found):
    if "note" in found:
        return f"| {name} | {found['stage']} | {found['note']} | | | | | |"
    cells = [name, found["stage"]]
    for given in ("voltage", "current"):
        (worst, variable), count = found[given]
        of = f" `{variable.lstrip('@')}`" if worst > 0 else ""
        cells += [shown(found[given]) + of, str(count), shown(found.get(given + "/tables"))]
    return "| " + " | ".join(cells + [shown(found["derivative"])]) + " |"


def counts(all_found):
    lines = []
    for given, title in TITLES.items():
        compared = [f[given] for f in all_found if given in f and f[given][1] > 0]
        close = sum(worst <= 1e-9 for (worst, _), _ in compared)
        lines.append(f"{title}: {close} of {len(compared)} agree to 1e-9.")
    return "\n".join(lines)


def main(program, built, *folders):
    files = sorted(f for folder in folders for f in pathlib.Path(folder).glob("*.mod"))
    rows = []
    for file in files:
        try:
            found = compare(program, file, pathlib.Path(built))
        except subprocess.TimeoutExpired:
            found = {"stage": "", "note": "takes too long"}
        origin, _, name = file.stem.partition("__")
        rows.append((origin, name, found))
        print(file.stem, found, file=sys.stderr, flush=True)
    print(f"{len(files)} files. {counts([found for _, _, found in rows])}\n")
    for origin, title in ORIGINS.items():
        print(f"## {title}\n\n{HEAD}")
        for of, name, found in rows:
            if of == origin:
                print(row_of(name, found))
        print()


if __name__ == "__main__":
    if sys.argv[1] == "--neuron":
        run_neuron(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]), sys.argv[5], int(sys.argv[6]))
    else:
        main(*sys.argv[1:])
