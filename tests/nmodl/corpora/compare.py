# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Compares .mod files that others have written with NEURON 9.0.2, and makes a page of it. The rows of
docs/mod_corpora.md were joined from several such runs.

    pip install neuron==9.0.2
    g++ -std=c++20 -O1 -Iinclude -Itests tests/nmodl/corpora/clamp.cpp -o clamp
    python tests/nmodl/corpora/compare.py ./clamp BUILT FOLDER... > page.md

Folders hold files named ORIGIN__NAME.mod, and beside them what they INCLUDE, which are fetched for the check and never committed. BUILT is a folder for what nrnivmodl makes of
each. The voltage of a compartment is -65 mV at first, then -89.7, -40.3, 0.2, 49.6 and -70.4 mV for 80 steps of 0.025 ms each; what has NET_RECEIVE gets
events at 1.01, 1.11, 3.01 and 7.01 ms. States, currents and all else that both show are compared at the first and the last step of each level, relative to
the value, or to a thousandth of the greatest value that the variable has."""

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
}
# Of those that differ by more than 1e-9.
REASONS = """Why the others differ: the `ica` of
`capmp` and `capmpr` is what is left of two fluxes that are a billion times larger; in `nakpump` NEURON does not find the steady state: it begins with a negative `eatp`; in
`TC_Ih_CaMod` a state that `CONSERVE` determines is 1e-17 here and 2e-19 there; `rchan` draws random numbers; why
`vascouplingB` differs is not known."""


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


def run_neuron(library, file, names, tables):
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
    soma.cm = 1e15
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
    source = None
    if receive and kind == "POINT_PROCESS":
        source = h.NetCon(None, mechanism)
        source.weight[0] = 0.002

    def value(id):
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
            samples[words[1]] = {w.rsplit("=", 1)[0]: float(w.rsplit("=", 1)[1]) for w in words[2:]}
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
    scale = {}
    for values in there.values():
        for id, value in values.items():
            scale[id] = max(scale.get(id, 0), abs(value) if value == value else 0)
    worst, count = (0.0, ""), 0
    for sample, values in there.items():
        for id, expected in values.items():
            found = here[sample].get(id, float("nan"))
            if expected != expected or abs(expected) == float("inf") or (sample == "init" and expected == 0):
                continue
            count += 1
            off = abs(found - expected) / max(abs(expected), 1e-3 * scale[id], 1e-30)
            if not off <= worst[0]:
                worst = (off, id)
    return worst, count


def compare(program, file, built, tables):
    try:
        here = subprocess.run([program, file] + ["tables"] * tables, capture_output=True, text=True, timeout=60).stdout
    except subprocess.TimeoutExpired:
        return {"stage": "", "note": "takes too long"}
    found = {"stage": re.search("STAGE (.*)", here).group(1), "has_table": "TABLE 1" in here}
    refused = re.search(r"REFUSED (?::(\d+):\d+: )?(.*)", here)
    if refused or "SAMPLE" not in here:
        words = refused.group(2).split("; ")[0] if refused else "not run alone: it needs values"
        return found | {"note": (f"line {refused.group(1)}: " if refused and refused.group(1) else "") + words}
    if re.search(r"\bARTIFICIAL_CELL\b", file.read_text(errors="replace")):
        return found | {"note": "a cell without compartments: it has events alone"}
    library = library_of(file, built)
    if not library:
        return found | {"note": "not for NEURON: nrnivmodl makes nothing of the file alone"}
    ours = samples_of(here)
    command = [sys.executable, __file__, "--neuron", library, str(file), json.dumps(list(ours["init"])), str(int(tables))]
    theirs = subprocess.run(command, capture_output=True, text=True, timeout=120).stdout
    if "ABSENT" in theirs:
        return found | {"note": "not for NEURON: it has no such mechanism"}
    theirs = samples_of(theirs)
    if not theirs:
        return found | {"note": "not run by NEURON alone: it needs what its POINTER leads to"}
    (worst, variable), count = difference(ours, theirs)
    if count == 0:
        return found | {"note": "nothing to compare: it has no values that both show"}
    return found | {"worst": worst, "variable": variable, "count": count}


def shown(worst):
    return "0" if worst == 0 else f"{worst:.1e}"


def main(program, built, *folders):
    files = sorted(f for folder in folders for f in pathlib.Path(folder).glob("*.mod"))
    rows, close, compared = [], 0, 0
    for file in files:
        computed = compare(program, file, pathlib.Path(built), False)
        looked_up = compare(program, file, pathlib.Path(built), True) if computed.get("has_table") and "worst" in computed else {}
        origin, _, name = file.stem.partition("__")
        compared += "worst" in computed
        close += computed.get("worst", 1) <= 1e-9
        rows.append((origin, name, computed, looked_up))
        print(file.stem, computed, looked_up, file=sys.stderr, flush=True)
    print("# `.mod` files of others beside NEURON\n")
    print("This page is made by `tests/nmodl/corpora/compare.py`, which says how: each file in one compartment of which the voltage is given, with\n"
          "events for what has `NET_RECEIVE`, here and in NEURON 9.0.2. The greatest difference is relative to the value. *Tables* is the same with what\n"
          "stands in `TABLE` looked up, here [as in NEURON](mod_files.md#tables). Files that have no numbers say why.\n")
    print(f"{len(files)} files, {compared} compared, {close} of these agree to 1e-9. {REASONS}\n")
    for origin, title in ORIGINS.items():
        print(f"## {title}\n\n| file | stage | greatest difference | of | values | tables |\n|---|---|---|---|---|---|")
        for _, name, row, tables in (r for r in rows if r[0] == origin):
            if "worst" in row:
                of = f"`{row['variable'].lstrip('@')}`" if row["variable"] else ""
                beside = shown(tables["worst"]) if "worst" in tables else tables.get("note", "")
                print(f"| {name} | {row['stage']} | {shown(row['worst'])} | {of} | {row['count']} | {beside} |")
            else:
                print(f"| {name} | {row['stage']} | {row['note']} | | | |")
        print()


if __name__ == "__main__":
    if sys.argv[1] == "--neuron":
        run_neuron(sys.argv[2], sys.argv[3], json.loads(sys.argv[4]), int(sys.argv[5]))
    else:
        main(*sys.argv[1:])
