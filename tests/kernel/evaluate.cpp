// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/fixed_model.hpp>
#include <nernst/kernel/pack.hpp>

#include <array>
#include <catch.hpp>

namespace {
using nernst::ir::op;
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;

/// Two arrays; the first output is (x^5 + y) * [x < y], written always, and y becomes 7 where x >
/// 100.
constexpr kernel::derivation make() {
  ir::model m;
  int const x = m.declare({.id = "x"}), y = m.declare({.id = "y"});
  ir::graph& g = m.nodes;
  kernel::layout where(m.symbols.size());
  where.add_array(x);
  where.add_array(y);
  int const X = g.symbol(x), Y = g.symbol(y), spike = g.make(op::greater, X, g.literal(100));
  int const fifth = g.make(op::power, X, g.literal(5));
  ir::assignment const stores[] = {{x, g.multiply(g.add(fifth, Y), g.make(op::less, X, Y))},
                                   {y, g.select(spike, g.literal(7), Y)}};
  kernel::derivation d;
  d.add({}, kernel::assemble(m, where, stores, spike));
  return d;
}
struct code {
  static constexpr kernel::fixed_model<kernel::size_of(make())> fixed{make()};
  static constexpr kernel::compiled_model model = fixed.view();
  static constexpr kernel::scheduled_kernel place = model.kernels[0];
};

struct nothing {
  static constexpr kernel::compiled_model model{};
  static constexpr kernel::scheduled_kernel place{};
};

template <class Value>
struct memory {
  using real = kernel::real_of<Value>;
  real (*data)[kernel::width_of<Value>];
  int* puts;
  template <int Slot>
  Value array() const {
    return kernel::load<Value>(data[Slot]);
  }
  template <int Slot>
  void put(Value v) const {
    ++puts[Slot];
    kernel::store<Value>(data[Slot], v);
  }
};

template <class Value>
void check_lanes() {
  constexpr std::size_t width = kernel::width_of<Value>;
  using real = kernel::real_of<Value>;
  for (bool const fires : {false, true}) {
    alignas(Value) real data[2][width];
    real before[2][width];
    for (std::size_t k = 0; k < width; ++k) {
      before[0][k] = data[0][k] =
          k + 1 == width && fires ? real(101.5) : real(0.3) + real(k) * real(1.7);
      before[1][k] = data[1][k] = real(5) - real(k) * real(0.6);
    }
    int puts[2] = {};
    auto const mask = kernel::evaluate<code, Value>(memory<Value>{data, puts});
    CHECK(kernel::bits(mask) == (fires ? std::uint64_t{1} << (width - 1) : 0));
    CHECK(puts[0] == 1);
    CHECK(puts[1] == (fires ? 1 : 0));
    for (std::size_t k = 0; k < width; ++k) {
      real const x = before[0][k], y = before[1][k], x2 = x * x;
      CHECK(data[0][k] == Approx(x < y ? x2 * x2 * x + y : real(0)));
      CHECK(data[1][k] == (x > 100 ? real(7) : y));
    }
  }
}
}  // namespace

TEST_CASE("a program runs for one element and for a batch", "[kernel]") {
  check_lanes<double>();
  check_lanes<float>();
  check_lanes<kernel::pack<double>>();
  check_lanes<kernel::pack<float>>();
}

TEST_CASE("an empty program does nothing", "[kernel]") {
  memory<double> const none{nullptr, nullptr};
  CHECK_FALSE(kernel::evaluate<nothing, double>(none));
}
