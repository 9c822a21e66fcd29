// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// Interpreter = simplified = compiled kernel: thousands of random expressions, each compared with
// its exact value to within the rounding that a correct evaluation may show.

#include "differential.hpp"

#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/evaluate.hpp>
#include <nernst/kernel/fixed_model.hpp>
#include <nernst/kernel/pack.hpp>

#include <array>
#include <catch.hpp>

namespace {
using namespace differential;

constexpr int expressions = 100;

/// 100 expressions as a kernel: of an even seed after simplification, of an odd one as written.
template <int Seed>
struct generated {
  static constexpr sample make() { return make_sample(Seed, expressions, Seed % 2 == 0); }
  static constexpr kernel::derivation derive() {
    kernel::derivation d;
    d.add({}, make().program);
    return d;
  }
  static constexpr kernel::fixed_model<kernel::size_of(derive())> fixed{derive()};
  static constexpr kernel::compiled_model model = fixed.view();
  static constexpr kernel::scheduled_kernel place = model.kernels[0];
};

/// What one element sees. The values are numbers of either precision.
struct element {
  std::array<double, outputs_at> variable{};
  double uniform = 0, normal = 0;

  double symbol(int s) const { return variable[static_cast<std::size_t>(s)]; }
  double draw(op code, int) const { return code == op::uniform ? uniform : normal; }
};

element make_element(random_source& random, int index) {
  auto value = [&](double low, double high) {
    return static_cast<double>(static_cast<float>(low + (high - low) * random.uniform()));
  };
  element e;
  for (int k = 0; k < states; ++k)
    e.variable[static_cast<std::size_t>(k)] =
        random.below(3) == 0 ? random.below(5) - 2 : value(-3, 3);
  e.variable[shared_at] = 0;
  e.variable[time_at] = 0.5;
  e.variable[index_at] = index;
  e.uniform = value(0, 1);
  e.normal = value(-4, 4);
  return e;
}

template <class Value>
struct memory {
  using real = kernel::real_of<Value>;
  static constexpr std::size_t width = kernel::width_of<Value>;
  element const* elements;
  real const* scalars;
  real (*out)[width];
  real const* per_step = nullptr;

  template <class F>
  Value lanes(F f) const {
    alignas(Value) real lane[width];
    for (std::size_t k = 0; k < width; ++k) lane[k] = static_cast<real>(f(elements[k]));
    return kernel::load<Value>(lane);
  }
  template <int Slot>
  Value array() const {
    return lanes([](element const& e) { return e.symbol(Slot); });
  }
  template <int Slot>
  void put(Value v) const {
    kernel::store<Value>(out[Slot - states], v);
  }
  template <int Slot>
  Value scalar() const {
    return Value(scalars[Slot]);
  }
  template <int K>
  Value step_scalar() const {
    return Value(per_step[K]);
  }
  Value time() const { return Value(static_cast<real>(elements[0].symbol(time_at))); }
  Value step() const { return Value(real(0)); }
  Value index() const {
    return lanes([](element const& e) { return e.symbol(index_at); });
  }
  template <op Op>
  Value draw(int number) const {
    return lanes([number](element const& e) { return e.draw(Op, number); });
  }
};

template <int Seed, class Value>
[[gnu::noinline]] void run(memory<Value> m) {
  using real = kernel::real_of<Value>;
  real per_step[generated<Seed>::place.step_scalars.count + 1] = {};
  kernel::prepare_step<generated<Seed>, real>(memory<real>{m.elements, m.scalars, nullptr},
                                              per_step);
  m.per_step = per_step;
  kernel::evaluate<generated<Seed>, Value>(m);
}

struct tally {
  int compared = 0, skipped = 0, tight = 0;
  int wrong = 0;
  std::string first;

  void check(char const* who, int seed, int expression, bounded const& expected,
             long double found) {
    if (!expected.certain) {
      ++skipped;
      return;
    }
    ++compared;
    long double const size = std::abs(expected.value);
    if (expected.error <= 1e-3L * size) ++tight;
    if (std::abs(found - expected.value) <= expected.error) return;
    if (wrong++ == 0)
      first = std::string(who) + ", seed " + std::to_string(seed) + ", expression " +
              std::to_string(expression) + ": expected " +
              std::to_string(static_cast<double>(expected.value)) + " +- " +
              std::to_string(static_cast<double>(expected.error)) + ", found off by " +
              std::to_string(static_cast<double>((found - expected.value) / expected.error)) +
              " times that";
  }
};

template <int Seed, class Value>
void compare_kernel(char const* who, sample const& s, std::vector<element>& elements, tally& t) {
  using real = kernel::real_of<Value>;
  constexpr std::size_t width = kernel::width_of<Value>;
  for (element& e : elements) e.variable[shared_at] = elements[0].variable[0];
  ir::list<double> scalar(s.where.scalars.size());
  ir::interpreter<element>(s.model.nodes, s.where.scalars)(elements[0], scalar);
  std::vector<real> const scalars(scalar.begin(), scalar.end());
  alignas(Value) real out[expressions][width];
  for (std::size_t first = 0; first + width <= elements.size(); first += width) {
    run<Seed, Value>({&elements[first], scalars.data(), out});
    for (std::size_t lane = 0; lane < width; ++lane) {
      error_analysis<real> const exact(s.model.nodes, s.model.nodes.size(), elements[first + lane]);
      for (int k = 0; k < expressions; ++k)
        t.check(who, Seed, k, exact.at(s.written[k]), out[k][lane]);
    }
  }
}

template <int Seed>
void compare_interpreter(char const* who, sample const& s, ir::list<int> const& roots,
                         std::vector<element> const& elements, tally& t) {
  ir::interpreter<element> interpret(s.model.nodes, roots);
  ir::list<double> out(roots.size());
  for (element const& e : elements) {
    interpret(e, out);
    error_analysis<double> const exact(s.model.nodes, s.model.nodes.size(), e);
    for (int k = 0; k < expressions; ++k) t.check(who, Seed, k, exact.at(s.written[k]), out[k]);
  }
}

struct tallies {
  tally interpreted, simplified, scalar, packed, single;
};

template <int Seed>
void compare(tallies& t) {
  sample const s = generated<Seed>::make();
  random_source random{Seed};
  std::vector<element> elements;
  for (int k = 0; k < 32; ++k) elements.push_back(make_element(random, k));
  compare_interpreter<Seed>("interpreter", s, s.written, elements, t.interpreted);
  compare_interpreter<Seed>("simplified", s, s.simple, elements, t.simplified);
  compare_kernel<Seed, double>("kernel", s, elements, t.scalar);
  compare_kernel<Seed, kernel::pack<double>>("packed kernel", s, elements, t.packed);
  if constexpr (Seed <= 4)
    compare_kernel<Seed, kernel::pack<float>>("single-precision kernel", s, elements, t.single);
}

template <int... Seed>
tallies compare_all(std::integer_sequence<int, Seed...>) {
  tallies t;
  (compare<Seed + 1>(t), ...);
  return t;
}
}  // namespace

TEST_CASE("interpreter, simplified graph and compiled kernel agree", "[kernel][differential]") {
  constexpr int seeds = 20;
  static_assert(seeds * expressions >= 2000);
  tallies const t = compare_all(std::make_integer_sequence<int, seeds>());
  for (tally const* one : {&t.interpreted, &t.simplified, &t.scalar, &t.packed, &t.single}) {
    INFO(one->first);
    CAPTURE(one->compared, one->skipped, one->tight);
    CHECK(one->wrong == 0);
    CHECK(one->compared >= 32 * expressions * (one == &t.single ? 4 : seeds) * 8 / 10);
    // The bound is far below any mistake.
    CHECK(one->tight >= one->compared * 9 / 10);
  }
}

// Draws with parameters, timed arrays, functions of the user and what `share_exponentials` makes
// have tests of their own.
TEST_CASE("the generator uses every operation", "[kernel][differential]") {
  std::array<int, 64> used{};
  for (std::uint64_t seed = 1; seed <= 20; ++seed)
    for (kernel::instruction const& i : make_sample(seed, expressions, seed % 2 == 0).program.code)
      if (i.from == kernel::origin::computed) ++used[static_cast<std::size_t>(i.code)];
  for (int code = static_cast<int>(op::negate); code <= static_cast<int>(op::exprel); ++code) {
    auto const what = static_cast<op>(code);
    if (ir::is_random(what) || ir::is_lookup(what) || ir::is_call(what)) continue;
    if (what == op::clip || what == op::exprelr_2) continue;
    CAPTURE(code);
    CHECK(used[static_cast<std::size_t>(code)] > 0);
  }
}
