// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The way of a model through the library. Each pass is an ordinary constexpr function: the compiler
// calls it, and so does this program.
#include <nernst/inspection.hpp>
#include <nernst/ir/print.hpp>
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

  static constexpr auto model =
      neuron(d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory,
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
namespace inspection = nernst::inspection;
namespace kernel = nernst::kernel;

void print(std::vector<std::string> const& statements) {
  for (auto const& s : statements) std::cout << "  " << s << '\n';
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

  ir::model const written = lower(cuba::neurons::model);
  inspection::description const neuron =
      inspection::describe(written, kernel::derive(written).view());
  std::cout << "\n5. once per run\n";
  print(neuron.once_per_run);

  std::cout << "\n6. update, threshold and reset of a neuron\n";
  for (auto const& k : neuron.kernels)
    if (k.what.name == "update and reset") {
      print(k.code.once_per_step);
      print(k.code.statements);
    }

  std::cout << "\n7. the delivery of a spike to a synapse\n";
  ir::model const synapse = lower(cuba::excitation::model);
  inspection::description const delivery =
      inspection::describe(synapse, kernel::derive(synapse).view());
  print(delivery.kernels[0].code.statements);
}
