// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/inversion.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/functor.hpp>
#include <nernst/language.hpp>

#include <algorithm>
#include <array>
#include <catch.hpp>
#include <cmath>
#include <vector>

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
using kernel::origin;
using kernel::trigger;
using namespace nernst::dsl;

template <class Model>
constexpr kernel::compiled_model const& of = kernel::compiled<Model>::value;

/// The number of the kernel with a trigger that comes behind `before` others with it.
constexpr int number(kernel::compiled_model const& m, trigger what, int before = 0) {
  for (int k = 0; k < m.kernels.size(); ++k)
    if (m.kernels[k].when_executed == what && before-- == 0) return k;
  return ir::none;
}
constexpr kernel::scheduled_kernel const& kernel_of(kernel::compiled_model const& m, trigger what,
                                                    int before = 0) {
  return m.kernels[number(m, what, before)];
}
/// How many kernels there are beside the update, with and without the reset, and the reset.
constexpr int others(kernel::compiled_model const& m) {
  int n = 0;
  for (auto const& k : m.kernels)
    n += k.when_executed != trigger::update && k.when_executed != trigger::update_and_reset &&
         k.when_executed != trigger::reset;
  return n;
}

/// Statements that write shared variables are a kernel of their own, behind the others; everything
/// else is in the order of writing.
struct actions {
  static constexpr auto x = state<"x">(one);
  static constexpr auto s = shared<"s">(one);
  static constexpr auto model = neuron(d(x) / dt = -x / ms, every(2 * ms, x += s, s += 1),
                                       at({1 * ms, 5 * ms}, x = 0).when(slot::after_resets),
                                       threshold(x > 1), reset(x = 0), method(euler));
};
constexpr auto const& of_actions = of<actions>;
static_assert(others(of_actions) == 3);
static_assert(!kernel_of(of_actions, trigger::timed).for_all &&
              kernel_of(of_actions, trigger::timed).which == 0);
static_assert(kernel_of(of_actions, trigger::timed, 1).for_all &&
              kernel_of(of_actions, trigger::timed, 1).which == 0);
static_assert(kernel_of(of_actions, trigger::timed, 2).which == 1 &&
              kernel_of(of_actions, trigger::timed, 2).when.when == slot::after_resets);
static_assert(of_actions.timings.size() == 2 && of_actions.timings[0].period == 0 &&
              of_actions.times_of(of_actions.timings[1]).size() == 2);
static_assert(of_actions.times_of(of_actions.timings[1])[1] == 5e-3);
static_assert(!of_actions.reset_waits && !of_actions.has(trigger::threshold));
static_assert(of_actions.variables[of_actions.find("s")].symbol.kind == ir::role::shared_state);

/// Between update and threshold something may happen: then the threshold waits for it, and the
/// reset for the threshold.
struct between {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = -x / ms, every(1 * ms, x = 2).when(slot::after_groups), threshold(x > 1),
             reset(x = 0), method(euler));
};
static_assert(of<between>.has(trigger::threshold) && of<between>.reset_waits);
static_assert(others(of<between>) == 2 &&
              number(of<between>, trigger::timed) < number(of<between>, trigger::threshold));
static_assert(kernel_of(of<between>, trigger::update_and_reset).spike == ir::none);
static_assert(kernel_of(of<between>, trigger::threshold).spike != ir::none);

/// Events are found after the threshold, so the reset waits.
struct events {
  static constexpr auto x = state<"x">(one);
  static constexpr auto model = neuron(d(x) / dt = 1 / ms, event<"high">(x > 0.5),
                                       on_event<"high">(x = 0), threshold(x > 1), method(euler));
};
static_assert(of<events>.events.size() == 1 && of<events>.events[0] == "high");
static_assert(others(of<events>) == 2 &&
              number(of<events>, trigger::check) < number(of<events>, trigger::act));
static_assert(of<events>.reset_waits);

/// A rate that is the same for all neurons in a step, from a timed array, and one value per step
/// for each neuron.
struct driven {
  static constexpr auto x = state<"x">(one);
  static constexpr auto n = parameter<"n">(integer);
  static constexpr auto wave = timed_array<"wave">(one);
  static constexpr auto noise = subexpression<"noise">(randn()) | constant_over_dt;
  static constexpr auto model = neuron(
      noise, d(x) / dt = (wave(t) * sin(100 * t / second) + wave(t, n)) / second + noise / second,
      method(euler));
};
constexpr auto const& driven_model = of<driven>;
constexpr auto const& driven_update = kernel_of(driven_model, trigger::update);
static_assert(driven_model.prologue(driven_update).size() > 0 &&
              driven_model.scalars_of_step(driven_update).size() == 1);
static_assert(others(driven_model) == 1 && driven_model.has(trigger::held));
constexpr int computed(ir::op what, ir::span<kernel::instruction const> code) {
  int n = 0;
  for (auto const& i : code) n += i.from == origin::computed && i.code == what;
  return n;
}
static_assert(computed(ir::op::sin, driven_model.code(driven_update)) == 0);
static_assert(computed(ir::op::sin, driven_model.prologue(driven_update)) == 1);

/// Poisson numbers with means that are the same during a run, in a step, and for one neuron.
struct counting {
  static constexpr auto n = state<"n">(one);
  static constexpr auto own = parameter<"own">(one);
  static constexpr auto rate = shared<"rate">(hertz);
  static constexpr auto model = neuron(
      every(dt, n = poisson(3) + poisson(rate * dt) + poisson(4 * t / second) + poisson(own)));
};
constexpr auto const& counting_timed = kernel_of(of<counting>, trigger::timed);
static_assert(computed(ir::op::exp, of<counting>.code(counting_timed)) == 0);
static_assert(computed(ir::op::exp, of<counting>.prologue(counting_timed)) == 1);
static_assert(computed(ir::op::poisson, of<counting>.code(counting_timed)) == 3);
static_assert(computed(ir::op::poisson_2, of<counting>.code(counting_timed)) == 1);
static_assert(of<counting>.distributions.size() == 2);
/// What scalars are computed from.
struct one_rate {
  double symbol(int s) const {
    return of<counting>.variables[s].symbol.kind == ir::role::time_step ? 1e-4 : 2;
  }
  double draw(ir::op, int) const { return 0; }
};

/// Arrays of one pack for a functor, and its scalars.
template <class Model, trigger What, int Before = 0>
struct one_pack {
  using functor = kernel::functor<Model, number(of<Model>, What, Before), double>;
  static constexpr std::size_t width = kernel::pack_width<double>;
  alignas(64) double array[functor::arrays][width] = {};
  functor run;

  one_pack() {
    for (int k = 0; k < functor::arrays; ++k) run.array[k] = array[k];
    for (double& s : run.scalar) s = 1e-3;  // dt, where it is the only scalar
  }
  double* operator[](std::string_view id) {
    return array[of<Model>.variables[of<Model>.find(id)].array];
  }
  void operator()() {
    run(std::size_t{0}, width, [](std::size_t, std::uint64_t) {});
  }
};
}  // namespace

TEST_CASE("what is the same for all elements is computed once per step", "[kernel]") {
  static_assert(driven_model.scalars.results.count == 1);
  one_pack<driven, trigger::update> pack;
  double const rows[] = {1, 10, 2, 20};  // two rows, two columns
  ir::list<kernel::timed_table> tables(driven_model.variables.size());
  tables[driven_model.find("wave")] = kernel::make_timed_table(rows, 2, 2, 1e-3, 1e-3);
  pack.run.around.tables = tables.data();
  pack.run.now.time = 1e-3;
  for (std::size_t k = 0; k < pack.width; ++k) pack["n"][k] = static_cast<double>(k % 2);
  pack();
  for (std::size_t k = 0; k < pack.width; ++k) {
    double const expected = 1e-3 * (2 * std::sin(0.1) + (k % 2 == 0 ? 2 : 20));
    CHECK(pack["x"][k] == Approx(expected).epsilon(1e-14));
  }
  double const all = pack["x"][0];
  pack["x"][0] = 0;
  pack.run(std::size_t{0});  // an element on its own
  CHECK(pack["x"][0] == all);
}

TEST_CASE("a Poisson number whose mean stays the same comes from a table", "[kernel]") {
  one_pack<counting, trigger::timed> pack;
  pack.run.now.key = {1, 2, 3};
  pack.run.now.time = 0.25;
  for (double& mean : pack.array[of<counting>.variables[of<counting>.find("own")].array])
    mean = 1.5;
  ir::list<double> scalar(of<counting>.scalars.results.count);
  ir::interpreter<one_rate> evaluate(of<counting>.tape(of<counting>.scalars));
  evaluate({}, scalar);
  std::copy_n(scalar.data(), scalar.size(), pack.run.scalar);
  double const means[] = {3, 2 * 1e-4, 4 * 0.25, 1.5};
  std::vector<nernst::engine::inversion> made;
  std::vector<kernel::inversion_table> tables;
  for (kernel::distribution const& d : of<counting>.distributions) {
    CHECK(d.code == ir::op::poisson);
    made.push_back(nernst::engine::inversion::poisson(scalar[d.a]));
  }
  for (auto const& m : made) tables.push_back(m.table());
  auto const expected = [&](std::uint32_t k, bool has_tables) {
    double sum = 0;
    for (std::uint32_t draw = 0; draw < 4; ++draw)
      sum += has_tables && draw < 2 ? kernel::draw_from<double>(tables[draw], {1, 2, 3}, k, draw)
                                    : kernel::poisson({1, 2, 3}, k, draw, means[draw]);
    return sum;
  };
  pack.run.around.inversions = tables.data();
  pack();
  for (std::uint32_t k = 0; k < pack.width; ++k) CHECK(pack["n"][k] == expected(k, true));
  pack["n"][1] = 0;
  pack.run(std::size_t{1});
  CHECK(pack["n"][1] == expected(1, true));
  // Where numbers spread too far for a table, and without tables, they are drawn as those of any
  // mean.
  tables[0] = {};
  tables[1] = {};
  pack();
  for (std::uint32_t k = 0; k < pack.width; ++k) CHECK(pack["n"][k] == expected(k, false));
  pack.run.around.inversions = nullptr;
  pack();
  for (std::uint32_t k = 0; k < pack.width; ++k) CHECK(pack["n"][k] == expected(k, false));
}

TEST_CASE("a value that is held over a step is drawn for each element", "[kernel]") {
  one_pack<driven, trigger::held> pack;
  pack.run.now.key = {1, 2, 3};
  pack();
  for (std::size_t k = 0; k < pack.width; ++k)
    CHECK(
        pack["noise"][k] ==
        Approx(kernel::normal<double>({1, 2, 3}, static_cast<std::uint32_t>(k), 0)).epsilon(1e-13));
}

TEST_CASE("statements for all elements are executed once", "[kernel]") {
  std::array<double, static_cast<std::size_t>(of_actions.variables.size())> values{};
  one_pack<actions, trigger::timed, 1> shared;
  shared.run.around.values = values.data();
  auto& s = values[static_cast<std::size_t>(of_actions.find("s"))];
  s = 4;
  shared.run.once();
  CHECK(s == 5);
  one_pack<actions, trigger::timed> elements;
  elements.run.around.values = values.data();
  elements["x"][0] = 1;
  elements();
  CHECK(elements["x"][0] == 6);
}

namespace {
struct logistic {
  template <class T>
  T operator()(T x) const {
    return T(1) / (T(1) + x * x);
  }
};
struct table_of_two {
  double operator()(double x, double y) const { return x > y ? 10 * x : y; }
};
struct calling {
  static constexpr auto f = function<"f", logistic>(one, one);
  static constexpr auto g = function<"g", table_of_two>(volt, volt, volt);
  static constexpr auto v = state<"v">(volt);
  static constexpr auto model = neuron(d(v) / dt = (f(v / volt) * volt + g(v, 2 * volt)) / second,
                                       functions(f, g), method(euler));
};
}  // namespace

TEST_CASE("functions of the user, for a pack at once or lane by lane", "[kernel]") {
  one_pack<calling, trigger::update> pack;
  std::vector<double> before;
  for (std::size_t k = 0; k < pack.width; ++k)
    before.push_back(pack["v"][k] = static_cast<double>(k));
  pack();
  for (std::size_t k = 0; k < pack.width; ++k) {
    double const v = before[k];
    CHECK(pack["v"][k] ==
          Approx(v + 1e-3 * (1 / (1 + v * v) + (v > 2 ? 10 * v : 2))).epsilon(1e-14));
  }
}

namespace {
/// d phi/dt = omega - a sin(phi): an adaptive method has to follow both the fast and the slow part
/// of each turn.
struct rotor {
  static constexpr auto phi = state<"phi">(one);
  static constexpr auto omega = parameter<"omega">(hertz);
  static constexpr auto model = neuron(d(phi) / dt = omega * (1 - 0.9 * sin(phi)), method(rk45));
};
}  // namespace

static_assert(kernel::compiled<rotor>::valid && of<rotor>.adaptive_states.size() == 1);

TEST_CASE("substeps of an adaptive method in a kernel", "[kernel]") {
  one_pack<rotor, trigger::update> pack;
  for (std::size_t k = 0; k < pack.width; ++k) pack["omega"][k] = 10 * static_cast<double>(k + 1);
  for (double& s : pack.run.scalar) s = 0.05;  // dt
  for (int step = 0; step < 20; ++step) pack();
  for (std::size_t k = 0; k < pack.width; ++k) {
    // Each of some 50 substeps may be wrong by 1e-6 of a phase of up to 35.
    // tan(phi/2) = a + sqrt(1 - a^2) tan(sqrt(1 - a^2) omega t / 2 - atan(a / sqrt(1 - a^2)))
    double const a = 0.9, root = std::sqrt(1 - a * a),
                 x = root * 10 * static_cast<double>(k + 1) / 2 - std::atan(a / root);
    CHECK(std::cos(pack["phi"][k]) ==
          Approx(std::cos(2 * std::atan(a + root * std::tan(x)))).margin(2e-3));
    CHECK(std::sin(pack["phi"][k]) ==
          Approx(std::sin(2 * std::atan(a + root * std::tan(x)))).margin(2e-3));
  }
  double alone = pack["phi"][1];
  one_pack<rotor, trigger::update> single;
  single["omega"][1] = 20;
  for (double& s : single.run.scalar) s = 0.05;
  for (int step = 0; step < 20; ++step) single.run(std::size_t{1});
  CHECK(single["phi"][1] == Approx(alone).epsilon(1e-9));
}
