#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Nernst authors
# SPDX-License-Identifier: BSL-1.0
"""Models that are texts in Python are looked at from Python.

    tests/inspection/python.py INCLUDE_FOLDER

cppyy hands C++ to its own compiler, Cling, while Python runs; cppyy 3.5 brings that of Clang 16. So
the compiler derives the models here as anywhere else, and neither Kokkos nor xsimd is needed. Ends
with 1 and says what differs if something does.
"""

import json
import os
import pathlib
import sys
import time

os.environ.setdefault("STDCXX", "20")  # before the import: C++20 is needed

import cppyy  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent

failures = []
times = []


def expect(what, found, expected):
    if found != expected:
        failures.append(f"{what}: expected {expected!r}, found {found!r}")


def timed(what, action):
    start = time.perf_counter()
    result = action()
    times.append(f"{time.perf_counter() - start:6.2f} s  {what}")
    return result


# ---- texts to models -----------------------------------------------------------------------------


def text(s):
    return f'R"nernst({s})nernst"'


def define(name, kind, equations, constants=(), **clauses):
    """Makes the struct models::NAME. Clauses are called as in C++; constants are C++."""
    arguments = [text(equations)]
    arguments += [f"nernst::brian::{clause}({text(s)})" for clause, s in clauses.items()]
    if constants:
        values = ", ".join(f'"{constant}", {value}' for constant, value in constants.items())
        arguments.append(f"nernst::brian::constants({values})")
    cppyy.cppdef(
        f"""
        namespace models {{
        using namespace nernst::dsl;
        struct {name} {{
          static constexpr auto model = nernst::brian::{kind}({", ".join(arguments)});
        }};
        }}
        """
    )
    return getattr(cppyy.gbl.models, name)


def inspect(*models):
    return cppyy.gbl.nernst.inspect[models]()


def told(cpp):
    """What the compiler says to C++, nothing if it has no objection."""
    try:
        if cppyy.cppdef(cpp):
            return ""
    except SyntaxError as error:
        return str(error)
    return "refused without a word"


def valid(name):
    return f"static_assert(nernst::kernel::compiled<models::{name}>::valid);"


def expect_refused(what, cpp, *parts):
    error = told(cpp)
    if not error:
        failures.append(f"{what}: the compiler has no objection to {cpp}")
    for part in parts:
        if part not in error:
            failures.append(f"{what}: {part!r} is not in what the compiler says:\n{error}")


# ---- tests ---------------------------------------------------------------------------------------


def cuba():
    model = define(
        "cuba",
        "neuron",
        """
        dv/dt = (ge+gi-(v-El))/taum : volt (unless refractory)
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        """,
        threshold="v>Vt",
        reset="v = Vr",
        refractory="5*ms",
        constants={
            "taum": "20*ms",
            "taue": "5*ms",
            "taui": "10*ms",
            "Vt": "-50*mV",
            "Vr": "-60*mV",
            "El": "-49*mV",
        },
    )
    expect("cuba", timed("CUBA is derived by the compiler", lambda: told(valid("cuba"))), "")
    expect("compiled<cuba>::valid", cppyy.gbl.nernst.kernel.compiled[model].valid, True)
    cppyy.cppdef(
        """
        namespace models {
        constexpr auto report = nernst::inspect<cuba>();
        static_assert(report.method("v") == "exact" && report.reads("ge") && !report.writes("dt"));
        }
        """
    )
    # It could not have said so of anything.
    expect_refused(
        "a wrong method",
        'static_assert(nernst::inspect<models::cuba>().method("v") == "euler");',
        "static assertion failed",
    )

    report = timed("the report of CUBA is made", lambda: inspect(model))
    for variable in "v", "ge", "gi":
        expect(f"method of {variable}", str(report.method(variable)), "exact")
        expect(
            f"reason of {variable}",
            str(report.reason(variable)),
            "linear with constant coefficients",
        )
    expect("method of no variable", str(report.method("El")), "")
    for variable in "v", "ge", "gi":
        expect(f"{variable} is read", report.reads(variable), True)
        expect(f"{variable} is written", report.writes(variable), True)
    for variable in "not_refractory", "dt":
        expect(f"{variable} is read", report.reads(variable), True)
        expect(f"{variable} is written", report.writes(variable), False)
    for variable in "t", "El", "_last_spike", "no such variable":
        expect(f"{variable} is read", report.reads(variable), False)
        expect(f"{variable} is written", report.writes(variable), False)

    # nernst-inspect says the same of the same model.
    said = str(timed("to_text(), which derives CUBA again", lambda: report.text()))
    same = (ROOT / "examples/expected/nernst_inspect.txt").read_text()
    expect("text", said.splitlines(), same.splitlines())
    expect("what print shows", str(report), said)

    data = json.loads(str(timed("to_json()", lambda: report.json())))
    expect("kind", data["kind"], "neuron")
    expect("variables", [v["name"] for v in data["variables"]], ["v", "ge", "gi"])
    expect(
        "methods",
        data["methods"],
        [
            {
                "states": ["v", "ge", "gi"],
                "method": "exact",
                "reason": "linear with constant coefficients",
            }
        ],
    )
    kernels = {kernel["name"]: kernel for kernel in data["kernels"]}
    expect("kernels", list(kernels), ["update", "update and reset", "reset"])
    if "update" in kernels:
        expect("writes of update", kernels["update"]["writes"], ["v", "ge", "gi"])
    if "reset" in kernels:
        expect("statements of reset", kernels["reset"]["statements"], ["v = -0.06;"])
        expect("reads of reset", kernels["reset"]["reads"], [])
        expect("writes of reset", kernels["reset"]["writes"], ["v"])
    expect("dot", str(report.dot()).startswith("digraph model {"), True)


def each_state_its_method():
    model = define(
        "mixed",
        "neuron",
        """
        dv/dt = (g - v**3/volt**2)/(10*ms) : volt
        dg/dt = -g/(5*ms) : volt
        """,
    )
    expect("mixed", told(valid("mixed")), "")
    report = inspect(model)
    # Printed first of all: Cling must not forget afterwards what it derived for that.
    expect("the first line printed", str(report).splitlines()[0], "neuron")
    expect("method of v", str(report.method("v")), "euler")
    expect("method of g", str(report.method("g")), "exact")


def synapse():
    cuba = cppyy.gbl.models.cuba
    model = define("excitatory", "synapse", "w : volt", on_pre="ge_post += w")
    report = inspect(model, cuba, cuba)
    expect("w", (report.reads("w"), report.writes("w")), (True, False))
    expect("ge_post", (report.reads("ge_post"), report.writes("ge_post")), (True, True))
    expect("v_post", (report.reads("v_post"), report.writes("v_post")), (False, False))


def mistakes():
    define("wrong_unit", "neuron", "dv/dt = (v - I)/(10*ms) : volt\nI : amp")
    expect_refused(
        "a wrong unit",
        valid("wrong_unit"),
        "the units do not fit (see dimension_mismatch<where, expected, found>)",
        'dimension_mismatch<ir::fixed_string<18>{"v - I (line 1:12)"}, ir::fixed_string<2>{"V"}, '
        'ir::fixed_string<2>{"A"}>',
    )
    define("no_name", "neuron", "dv/dt = (El - v)/(10*ms) : volt")
    expect_refused("an unknown name", valid("no_name"), "unknown_variable", "El (line 1:10)")
    define("no_syntax", "neuron", "dv/dt = -(v/(10*ms) : volt")
    expect_refused("an open bracket", valid("no_syntax"), "syntax_error", "(line 1:")

    # A mistake is a value as well, which can be asked for without an error.
    cppyy.cppdef(
        """
        namespace models {
        std::string described() {
          return nernst::inspection::to_text(nernst::inspection::describe(
              lower(wrong_unit::model), nernst::kernel::compiled<wrong_unit>::value));
        }
        }
        """
    )
    expect(
        "the mistake in a description",
        str(cppyy.gbl.models.described()).splitlines()[-1],
        "mistake: the units do not fit in 'v - I' (line 1, column 12): expected V, found A",
    )


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: python.py INCLUDE_FOLDER")
    print(f"cppyy {cppyy.__version__}, Python {sys.version.split()[0]}")
    cppyy.add_include_path(sys.argv[1])
    cppyy.cppdef('static_assert(__cplusplus >= 202002L, "cppyy was built for an older C++");')
    timed(
        "the headers are read",
        lambda: cppyy.cppdef(
            """
            #include <nernst/brian.hpp>
            #include <nernst/language.hpp>
            #include <nernst/inspection.hpp>
            """
        ),
    )
    cuba()
    mistakes()
    each_state_its_method()  # What was refused has changed nothing.
    synapse()

    print("\n".join(times))
    for failure in failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    sys.exit(1 if failures else 0)


main()
