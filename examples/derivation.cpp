// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The way of a model through the library. Each pass is an ordinary constexpr function: the compiler calls it, and so does this program.
#include <nernst/ir/print.hpp>
#include <nernst/kernel/derive.hpp>
#include <nernst/language.hpp>

#include <iostream>

namespace cuba {
using namespace nernst::dsl;

struct neurons {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);

  static constexpr auto tau_m = 20 * ms, tau_e = 5 * ms, tau_i = 10 * ms;
  static constexpr auto V_t = -50 * mV, V_r = -60 * mV, E_L = -49 * mV;

  static constexpr auto model = neuron(d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory,
                                       d(g_e) / dt = -g_e / tau_e,
                                       d(g_i) / dt = -g_i / tau_i,
                                       threshold(v > V_t),
                                       reset(v = V_r),
                                       refractory(5 * ms));
};

struct excitation {
  static constexpr auto model = synapse(on_pre(post(neurons::g_e) += 1.62 * mV));
};
} // namespace cuba

namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

// The names of operations, in the order of ir::op.
constexpr char const* operation[] = {
    "literal", "symbol", "uniform",    "normal",  "negate",        "not",      "abs",       "sign",   "ceil",  "floor",  "sqrt",
    "exp",     "expm1",  "exprel",     "log",     "log10",         "log1p",    "sin",       "cos",    "tan",   "asin",   "acos",
    "atan",    "sinh",   "cosh",       "tanh",    "add",           "subtract", "multiply",  "divide", "power", "modulo", "minimum",
    "maximum", "less",   "less_equal", "greater", "greater_equal", "equal",    "not_equal", "and",    "or",    "select"};

void print(kernel::program const& p, ir::model const& m, kernel::layout const& where) {
  auto const array = [&](int k) { return ir::spelling(m.at(where.arrays[static_cast<std::size_t>(k)])); };
  for (std::size_t k = 0; k < p.code.size(); ++k) {
    kernel::instruction const& s = p.code[k];
    std::cout << "  %" << k << " = ";
    switch (s.from) {
    case kernel::source::literal:
      std::cout << ir::decimal(s.value);
      break;
    case kernel::source::array:
      std::cout << "load " << array(s.a);
      break;
    case kernel::source::scalar:
      std::cout << "scalar " << s.a;
      break;
    case kernel::source::time:
      std::cout << "time";
      break;
    case kernel::source::step:
      std::cout << "step";
      break;
    case kernel::source::index:
      std::cout << "index";
      break;
    case kernel::source::draw:
      std::cout << "draw " << s.a;
      break;
    case kernel::source::computed:
      std::cout << operation[static_cast<int>(s.code)];
      for (int const operand : {s.a, s.b, s.c})
        if (operand != ir::none) std::cout << " %" << operand;
    }
    std::cout << '\n';
  }
  for (kernel::output const& s : p.stores)
    std::cout << "  store " << array(s.array) << " = %" << s.value << (s.on_spike ? " if it fires\n" : "\n");
  if (p.spike != ir::none) std::cout << "  fires if %" << p.spike << '\n';
}

int main() {
  using nernst::dsl::lower;

  std::cout << "1. the model\n";
  ir::model m = lower(cuba::neurons::model);
  std::cout << ir::to_string(m);

  std::cout << "\n2. what is wrong with it\n";
  std::cout << ir::to_text(ir::check(m)).view() << '\n';

  std::cout << "\n3. the method, and why\n";
  ir::simplify(m);
  auto const method = nernst::integrate::choose(m);
  std::cout << method.name << ": " << method.reason.view() << '\n';

  std::cout << "\n4. one step\n";
  auto const plan = nernst::integrate::integrate(m, method);
  for (ir::assignment const& next : plan.update) std::cout << ir::to_string(m, next) << '\n';

  std::cout << "\n5. once per run\n";
  kernel::neuron_derivation const derived = kernel::derive_neuron(lower(cuba::neurons::model));
  for (std::size_t k = 0; k < derived.where.scalars.size(); ++k)
    std::cout << "  scalar " << k << " = " << ir::to_string(derived.model, derived.where.scalars[k]) << '\n';

  std::cout << "\n6. update, threshold and reset of a neuron\n";
  print(derived.update_and_reset, derived.model, derived.where);

  std::cout << "\n7. the delivery of a spike to a synapse\n";
  kernel::synapse_derivation const delivered = kernel::derive_synapse(lower(cuba::excitation::model));
  print(delivered.pathways[0], delivered.model, delivered.where);
}
