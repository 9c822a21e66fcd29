// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What NEURON's use cases of its transpiler (test/nmodl/transpiler/usecases of its sources, which
// are fetched and never committed) state in their scripts, and what there is here; a row each:
//   g++ -std=c++20 -O1 -Iinclude -Itests tests/nmodl/corpora/usecases.cpp -o usecases
//   ./usecases FOLDER

#include "../clamped_membrane.hpp"
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <vector>

namespace {

namespace nmodl = nernst::nmodl;
using slope = clamped_membrane::slope;

std::filesystem::path folder;

/// A mechanism of a file in one compartment; `called` is what a call gives behind INITIAL, as the
/// interpreter of NEURON makes it.
clamped_membrane begun(std::string const& name, double dt = 0.025e-3, double v = -65e-3,
                       std::string const& call = "") {
  std::ifstream file(folder / (name + ".mod"), std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!call.empty()) {
    text.insert(text.find('{', text.find("NEURON {")) + 1, " RANGE called\n");
    text += "\nASSIGNED { called }\nAFTER INITIAL { called = " + call + " }\n";
  }
  nmodl::lowered const made = nmodl::lower({name, text});
  if (!made.found.what.ok())
    throw std::runtime_error(std::string(nmodl::to_text(made.found).view()));
  clamped_membrane here(made.model, dt, 6.3);
  here.initialise(v);
  return here;
}

struct statement {
  char const* of;
  char const* what;
  double allowed;
  std::function<double()> difference;  ///< the greatest
};

double relative(double found, double expected) {
  return std::abs(found - expected) / std::abs(expected);
}
/// How far a variable becomes from what a solution says, in the course of `steps`.
double far(clamped_membrane here, std::string const& id, int steps,
           std::function<double(double)> const& exact, bool absolute = false) {
  double worst = 0;
  for (int k = 1; k <= steps; ++k) {
    here.step(-65e-3);
    double const found = here.get_now(id), expected = exact(here.time * 1e3);
    worst = std::fmax(worst, absolute ? std::abs(found - expected) : relative(found, expected));
  }
  return worst;
}
double called(std::string const& name, std::string const& call, double expected,
              double v = -65e-3) {
  return std::abs(begun(name, 0.025e-3, v, call).get_now("called") - expected);
}
double first(std::string const& name, std::string const& id, double expected) {
  return std::abs(begun(name).get_now(id) - expected);
}
/// The voltage without a leak beside, in mV, relative to the greatest.
double far_voltage(clamped_membrane here, int steps, std::function<double(double)> const& exact) {
  double worst = 0;
  for (int k = 1; k <= steps; ++k) {
    here.step_under(0, slope::derivative, 0);
    worst = std::fmax(worst, std::abs(here.voltage() * 1e3 - exact(here.time * 1e3)) / 65);
  }
  return worst;
}
double mean_voltage_of_axon() {
  clamped_membrane here = begun("hodgkin_huxley/hodhux");
  double sum = 65;
  for (int k = 0; k < 4000; ++k) {
    // A section of NEURON is 100 um long and 500 um wide, where nobody says otherwise.
    here.step_under(10e-9 * 10e-6 * 10e-6 / (100e-6 * 500e-6), slope::derivative, 0);
    sum += std::abs(here.voltage() * 1e3);
  }
  return sum / 4001;
}
/// Of two mechanisms under the same current, in mV.
double between_voltages(std::string const& name, std::string const& other) {
  clamped_membrane a = begun(name), b = begun(other);
  double worst = 0;
  for (int k = 0; k < 4000; ++k) {
    for (clamped_membrane* c : {&a, &b}) c->step_under(0.1e-9, slope::derivative, 0);
    worst = std::fmax(worst, std::abs(a.voltage() - b.voltage()) * 1e3);
  }
  return worst;
}
double between_gates() {
  clamped_membrane a = begun("matexp/hh_cnexp"), b = begun("matexp/hhkinmatexp");
  for (int k = 0; k < 40; ++k)
    for (clamped_membrane* c : {&a, &b}) c->step(-65e-3);
  double worst = 0;
  for (clamped_membrane* c : {&a, &b}) c->step(-10e-3);
  for (char const* const g : {"gna", "gk"})
    worst = std::fmax(worst, relative(b.get_now(g), a.get_now(g)));
  return worst;
}
double ode_of_voltage() {
  clamped_membrane here = begun("voltage/ode");
  double worst = 0;
  for (int k = 0; k < 4; ++k) {
    double const expected = here.voltage() / 1.025;
    here.step_under(0, slope::derivative, 0);
    worst = std::fmax(worst, relative(here.voltage(), expected));
  }
  return worst;
}
double lagging_voltage() {
  clamped_membrane here = begun("voltage/accessors", 0.025e-3, -65e-3, "get_voltage()");
  return std::abs(here.get_now("called") + 65);
}
double reactions() {
  double const s = 0.9;
  auto const x = [s](double t) { return 0.5 / s * (1 - std::exp(-s * t)); };
  return std::fmax(far(begun("kinetic/X2Y"), "X", 200, x, true),
                   far(begun("kinetic/X2Y"), "Y", 200, [&](double t) { return 1 - x(t); }, true));
}
double finite_difference(std::string const& id, double from, double rate) {
  return far(begun("solve/finite_difference", 1e-6), id, 5000,
             [=](double t) { return from * std::exp(-rate * t); });
}
double decay(std::string const& name, double rate, double dt, int steps) {
  return far(begun(name, dt), "x", steps, [=](double t) { return 42 * std::exp(-rate * t); });
}
double default_values() {
  clamped_membrane here = begun("state/default_values");
  double off = 0;
  for (auto const& [id, value] : std::map<std::string, double>{
           {"X", 2}, {"Y", 0}, {"Z", 7}, {"A[0]", 4}, {"A[2]", 4}, {"B[0]", 5}, {"B[1]", 8}})
    off = std::fmax(off, std::abs(here.get_now(id) - value));
  return off;
}

std::vector<statement> const statements = {
    {"constant/constant", "`foo()` is 2.3", 0,
     [] { return called("constant/constant", "foo()", 2.3); }},
    {"electrode_current/leonhard", "v is `1.5 - 66.5 exp(-5 t)`, to 0.1 of 65 mV", 0.1,
     [] {
       return far_voltage(begun("electrode_current/leonhard"), 200,
                          [](double t) { return 1.5 - 66.5 * std::exp(-5 * t); });
     }},
    {"nonspecific_current/leonhard", "v is `1.5 - 66.5 exp(-5 t)`, to 0.1 of 65 mV", 0.1,
     [] {
       return far_voltage(begun("nonspecific_current/leonhard"), 200,
                          [](double t) { return 1.5 - 66.5 * std::exp(-5 * t); });
     }},
    {"function/functions",
     "`x_plus_a(100)` is 101, `identity(42)` is 42, `v_plus_a(40)` is -2 at -42 mV", 0,
     [] {
       return std::fmax(std::fmax(called("function/functions", "x_plus_a(100)", 101),
                                  called("function/functions", "identity(42)", 42)),
                        called("function/functions", "v_plus_a(40)", -2, -42e-3));
     }},
    {"function/localize_arguments",
     "`id_v(22)`, `id_nai(22)`, `id_x(22)`, `id_s(22)`, `id_p(22)` are 22", 0,
     [] {
       double off = 0;
       for (char const* const f : {"id_v", "id_nai", "id_ina", "id_x", "id_g", "id_s", "id_p"})
         off = std::fmax(off, called("function/localize_arguments", std::string(f) + "(22)", 22));
       return off;
     }},
    {"global/read_only", "x is 2 behind each step, to 1e-12", 1e-12,
     [] { return far(begun("global/read_only"), "x", 40, [](double) { return 2; }); }},
    {"global/thread_newton", "x is `42 t`, to 1e-10", 1e-10,
     [] {
       return far(begun("global/thread_newton"), "x", 200, [](double t) { return 42 * t; }, true);
     }},
    {"hodgkin_huxley/hodhux", "the mean of `|v|` over 100 ms is 58.673 mV, to 0.004", 0.004,
     [] { return relative(mean_voltage_of_axon(), 58.673); }},
    {"kinetic/X2Y", "X and Y are those of `odeint`, to 0.005", 0.005, reactions},
    {"linear/lin", "xx and yy are 0", 0,
     [] { return std::fmax(first("linear/lin", "xx", 0), first("linear/lin", "yy", 0)); }},
    {"matexp/hh_matexp", "v is that of `hh_cnexp`, to 1e-3 mV", 1e-3,
     [] { return between_voltages("matexp/hh_matexp", "matexp/hh_cnexp"); }},
    {"matexp/hhkinmatexp", "gna and gk are those of `hh`, to 1e-6, also behind a step to -10 mV",
     1e-6, between_gates},
    {"neuron_variables", "`range_celsius` is 6.3 (here out of K)", 1e-12,
     [] {
       clamped_membrane here = begun("neuron_variables/neuron_variables");
       here.step(-65e-3);
       return std::abs(here.get_now("range_celsius") - 6.3);
     }},
    {"parameter/range_parameter", "y is 43 behind INITIAL", 0,
     [] { return first("parameter/range_parameter", "y", 43); }},
    {"procedure/procedures", "`identity(42)` is 42", 0,
     [] { return called("procedure/procedures", "identity(42)", 42); }},
    {"solve/cnexp_array", "x is `42 exp(-0.4536 t)`, to 1e-12", 1e-12,
     [] { return decay("solve/cnexp_array", 0.9 * 0.504, 0.025e-3, 200); }},
    {"solve/cnexp_scalar", "x is `42 exp(-t)`, to 1e-12", 1e-12,
     [] { return decay("solve/cnexp_scalar", 1, 0.025e-3, 200); }},
    {"solve/derivimplicit_array", "the same, to 1e-4 with dt 1e-4", 1e-4,
     [] { return decay("solve/derivimplicit_array", 0.9 * 0.504, 1e-7, 50000); }},
    {"solve/derivimplicit_scalar", "the same, to 1e-3 with dt 1e-4", 1e-3,
     [] { return decay("solve/derivimplicit_scalar", 1, 1e-7, 50000); }},
    {"solve/finite_difference", "x is `42 exp(-0.1 t)`, z `21 exp(-0.2 t)`, to 1e-4", 1e-4,
     [] { return std::fmax(finite_difference("x", 42, 0.1), finite_difference("z", 21, 0.2)); }},
    {"state/default_values", "X, Y, Z, A, B are 2, 0, 7, 4 and (5, 8)", 0, default_values},
    {"suffix/no_suffix, point_suffix", "x is 42", 0,
     [] {
       return std::fmax(first("suffix/no_suffix", "x", 42), first("suffix/point_suffix", "x", 42));
     }},
    {"useion/ionic", "ena is 42 behind each step", 1e-12,
     [] {
       clamped_membrane here = begun("useion/ionic");
       here.step(-65e-3);
       return std::abs(here.get("na.reversal") * 1e3 - 42);
     }},
    {"useion/write_cai", "cai is 1124", 0,
     [] { return first("useion/write_cai", "ca.inside", 1124); }},
    {"useion/write_cao", "cao is 1124", 0,
     [] { return first("useion/write_cao", "ca.outside", 1124); }},
    {"useion/write_eca", "eca is 1124", 1e-12,
     [] { return std::abs(begun("useion/write_eca").get_now("ca.reversal") * 1e3 - 1124); }},
    {"voltage/accessors", "`get_voltage()` is v", 1e-12, lagging_voltage},
    {"voltage/ode", "v falls by 1/1.025 in each step, to 10 digits", 1e-10, ode_of_voltage},
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  folder = argv[1];
  int missed = 0;
  for (statement const& s : statements) {
    try {
      double const off = s.difference();
      missed += off <= s.allowed ? 0 : 1;
      std::printf("| %s | %s | %.1e%s |\n", s.of, s.what, off, off <= s.allowed ? "" : " MISSED");
    } catch (std::exception const& e) {
      ++missed;
      std::printf("| %s | %s | %s |\n", s.of, s.what, e.what());
    }
  }
  return missed == 0 ? 0 : 1;
}
