// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/integrate/choose.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/differentiate.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/derivation.hpp>
#include <nernst/kernel/functor.hpp>

#include "dual.hpp"
#include "network/cobahh_model.hpp"
#include "network/cuba_model.hpp"
#include <catch.hpp>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

// A type of numbers from outside is taken by kernels, the interpreter and the matrix exponential:
// dual numbers give the derivatives that the library derives from the expressions.
namespace {
using nernst::ir::op;
using outside::dual;
namespace ir = nernst::ir;
namespace integrate = nernst::integrate;
namespace kernel = nernst::kernel;

namespace written {
using namespace nernst::dsl;

/// COBAHH with variables instead of two of its constants.
struct hodgkin_huxley : cobahh::variables {
  static constexpr auto g_na = parameter<"g_na">(siemens);
  static constexpr auto V_T = shared<"V_T">(volt);
  static constexpr auto model = equations(g_na, V_T);
};

/// CUBA with variables instead of three of its constants: of the population, so that there is one
/// propagator, or one of each neuron.
template <ir::role Kind>
struct integrate_and_fire : cuba::neurons {
  static constexpr nernst::language::variable<"tau_m", ir::units::second, Kind> tau_m{};
  static constexpr nernst::language::variable<"tau_e", ir::units::second, Kind> tau_e{};
  static constexpr nernst::language::variable<"E_L", ir::units::volt, Kind> E_L{};

  static constexpr auto model = neuron(
      d(v) / dt = (g_e + g_i - (v - E_L)) / tau_m | unless_refractory, d(g_e) / dt = -g_e / tau_e,
      d(g_i) / dt = -g_i / tau_i, threshold(v > V_t), reset(v = V_r), refractory(5 * ms));
};
}  // namespace written

using hodgkin_huxley = written::hodgkin_huxley;
using one_propagator = written::integrate_and_fire<ir::role::shared>;
using own_propagators = written::integrate_and_fire<ir::role::parameter>;

template <class Number>
struct environment {
  std::vector<Number> const& value;  ///< by symbol
  Number symbol(int s) const { return value[static_cast<std::size_t>(s)]; }
  Number draw(op, int) const { return Number(NAN); }
};
template <class Number>
ir::list<Number> interpret(ir::tape_view const& t, std::vector<Number> const& value) {
  ir::list<Number> result(t.results.size());
  ir::interpreter<environment<Number>, Number> run(t);
  run({value}, result);
  return result;
}

/// One neuron, with all that a network does for it in numbers of one type.
template <class Model, class Number>
struct cell {
  static constexpr kernel::compiled_model const& model = kernel::compiled<Model>::value;
  static constexpr int update = kernel::number_of<Model, kernel::trigger::update>;
  using functor = kernel::functor<Model, update, Number>;

  /// What a kernel sees.
  struct memory {
    Number* arrays;
    Number const* scalars;
    Number const* per_step;
    bool is_open;
    template <int Slot>
    Number array() const {
      return arrays[Slot];
    }
    template <int Slot>
    void put(Number const& x) const {
      arrays[Slot] = x;
    }
    template <int Slot>
    Number scalar() const {
      return scalars[Slot];
    }
    template <int K>
    Number step_scalar() const {
      return per_step[K];
    }
    template <int>
    Number scale() const {
      return Number(1.0);
    }
    template <int>
    bool takes() const {
      return true;
    }
    bool open() const { return is_open; }
  };

  /// By symbol, as it was before the step.
  std::vector<Number> value = std::vector<Number>(static_cast<std::size_t>(model.variables.size()));
  ir::list<Number> arrays = ir::list<Number>(model.arrays);
  ir::list<Number> scalars;
  bool is_open = true;  ///< not refractory
  bool fires = false;

  Number& operator[](std::string_view id) {
    return value[static_cast<std::size_t>(model.find(id))];
  }
  Number after(int symbol) const { return arrays[model.variables[symbol].array]; }

  /// What is computed once per run.
  void prepare() {
    for (auto const& p : model.propagators) {
      ir::list<Number> a = interpret(model.tape(p.matrix), value);
      for (Number& x : a) x *= (*this)["dt"];
      a = integrate::matrix_exponential<Number>(a, p.order);
      for (int k = 0; k < a.size(); ++k) {
        int const s = model.coefficients_of(p)[k];
        if (s != ir::none) value[static_cast<std::size_t>(s)] = a[k];
      }
    }
    scalars = interpret(model.tape(model.scalars), value);
    for (int s = 0; s < model.variables.size(); ++s) {
      int const slot = model.variables[s].array;
      if (slot != ir::none) arrays[slot] = value[static_cast<std::size_t>(s)];
    }
  }
  void step() {
    using code = kernel::kernel_code<kernel::compiled<Model>, update>;
    std::vector<Number> per_step(static_cast<std::size_t>(code::place.step_scalars.count + 1));
    kernel::prepare_step<code, Number>(memory{arrays.data(), scalars.data(), nullptr, is_open},
                                       per_step.data());
    fires = kernel::evaluate<code, Number>(
        memory{arrays.data(), scalars.data(), per_step.data(), is_open});
  }
};

using point = std::vector<std::pair<std::string_view, double>>;

template <class Number, class Model>
cell<Model, Number> at(point const& x, bool is_open = true) {
  cell<Model, Number> c;
  for (auto const& [id, number] : x) c[id] = Number(number);
  c.is_open = is_open;
  return c;
}

/// The step of a model as an expression of the library, and its derivative.
template <class Model>
class symbolic {
 public:
  symbolic() : m_(lower(Model::model)) {
    ir::diagnosis mistake;
    kernel::detail::normalise(m_, mistake);
    integrate::choice const choice = integrate::choose(m_);
    REQUIRE(choice.ok);
    plan_ = integrate::integrate(m_, choice);
    // Derived twice from one model: symbols have the same numbers.
    for (int s = 0; s < m_.symbols.size(); ++s)
      REQUIRE(m_.at(s).id == cell<Model, double>::model.variables[s].symbol.id.view());
  }
  ir::model const& model() const { return m_; }
  ir::list<ir::assignment> const& update() const { return plan_.update; }

  /// The new value of each state of a neuron.
  template <class Number>
  ir::list<Number> values(cell<Model, Number> const& c) const {
    ir::list<int> roots;
    for (auto const& u : plan_.update) roots.push_back(u.value);
    return interpret<Number>(ir::record(m_.nodes, roots), variables(c));
  }
  /// Its derivative with respect to symbol `p`, also through the propagators.
  ir::list<double> derivative(cell<Model, double> const& c, int p) {
    ir::list<double> result = slopes(c, p);
    for (auto const& block : plan_.exact) {
      ir::list<double> const by_p = propagator_by(block, c, p);
      for (int k = 0; k < by_p.size(); ++k) {
        if (block.coefficient[k] == ir::none) continue;
        ir::list<double> const by_coefficient = slopes(c, block.coefficient[k]);
        for (int u = 0; u < result.size(); ++u) result[u] += by_coefficient[u] * by_p[k];
      }
    }
    return result;
  }

 private:
  template <class Number>
  std::vector<Number> variables(cell<Model, Number> const& c) const {
    std::vector<Number> all = c.value;
    int const flag = m_.find(ir::role::not_refractory);
    if (flag != ir::none) all[static_cast<std::size_t>(flag)] = Number(c.is_open ? 1 : 0);
    return all;
  }
  /// The derivative with the propagators held.
  ir::list<double> slopes(cell<Model, double> const& c, int p) {
    ir::list<int> roots;
    for (auto const& u : plan_.update)
      roots.push_back(ir::differentiate(m_.nodes, u.value, p, m_.functions));
    return interpret<double>(ir::record(m_.nodes, roots), variables(c));
  }
  /// The derivative L of exp(X), where X = A dt: the exponential of [[X, X'], [0, X]] is
  /// [[exp(X), L], [0, exp(X)]].
  ir::list<double> propagator_by(integrate::exact_block const& block, cell<Model, double> const& c,
                                 int p) {
    int const n = block.order;
    int const dt = m_.time_step();
    ir::list<int> roots;
    for (int const entry : block.matrix) {
      int const exponent = m_.nodes.multiply(entry, dt);
      roots.push_back(exponent);
      roots.push_back(ir::differentiate(m_.nodes, exponent, p));
    }
    ir::list<double> const a = interpret<double>(ir::record(m_.nodes, roots), variables(c));
    ir::list<double> both(4 * n * n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) {
        double const entry = a[2 * (i * n + j)];
        both[i * 2 * n + j] = entry;
        both[(n + i) * 2 * n + n + j] = entry;
        both[i * 2 * n + n + j] = a[2 * (i * n + j) + 1];
      }
    both = integrate::matrix_exponential<double>(both, 2 * n);
    ir::list<double> result(n * n);
    for (int i = 0; i < n; ++i)
      for (int j = 0; j < n; ++j) result[i * n + j] = both[i * 2 * n + n + j];
    return result;
  }

  ir::model m_;
  integrate::plan plan_;
};

bool agree(double x, double expected, double tolerance = 1e-13) {
  return std::abs(x - expected) <= tolerance * std::abs(expected);
}

/// The derivatives of one step with respect to everything that has a value, by dual numbers and
/// otherwise.
template <class Model>
void check_step(point const& x, bool is_open = true) {
  symbolic<Model> reference;
  auto plain = at<double, Model>(x, is_open);
  plain.prepare();
  plain.step();
  for (auto const& [id, number] : x) {
    int const p = plain.model.find(id);
    auto c = at<dual, Model>(x, is_open);
    c[id].slope = 1;
    c.prepare();
    ir::list<dual> const interpreted = reference.values(c);
    ir::list<double> const expected = reference.derivative(plain, p);
    c.step();
    CHECK(c.fires == plain.fires);

    // Independent of what the library knows of derivatives.
    double const h = 1e-5 * std::abs(number);
    cell<Model, double> beside[2];
    for (int k = 0; k < 2; ++k) {
      beside[k] = at<double, Model>(x, is_open);
      beside[k][id] += k == 0 ? -h : h;
      beside[k].prepare();
      beside[k].step();
    }

    for (int u = 0; u < expected.size(); ++u) {
      int const state = reference.update()[u].symbol;
      dual const found = c.after(state);
      INFO(reference.model().at(state).id.view()
           << " by " << id << ": " << found.slope << " vs. " << expected[u]);
      CHECK(agree(found.value, plain.after(state)));
      CHECK(agree(found.slope, expected[u]));
      CHECK(agree(interpreted[u].value, found.value));
      CHECK(agree(interpreted[u].slope, found.slope));
      double const difference = (beside[1].after(state) - beside[0].after(state)) / (2 * h);
      double const rounding = 1e-15 * std::abs(found.value) / h;
      CHECK(std::abs(difference - found.slope) <= 1e-6 * std::abs(found.slope) + rounding);
    }
  }
}

/// COBAHH at a potential.
point gates(double v) {
  return {{"v", v},      {"m", 0.08},    {"n", 0.4},      {"h", 0.55}, {"g_e", 6e-9},
          {"g_i", 4e-8}, {"g_na", 2e-5}, {"V_T", -0.063}, {"dt", 1e-4}};
}
/// CUBA at a potential.
point membrane(double v) {
  return {{"v", v},        {"g_e", 4e-3},   {"g_i", -9e-3}, {"tau_m", 20e-3},
          {"tau_e", 5e-3}, {"E_L", -49e-3}, {"dt", 1e-4}};
}
}  // namespace

TEST_CASE("each function of dual numbers has the derivative of the table", "[kernel][dual]") {
#define NERNST_ROW(name, ...) op::name,
  constexpr op functions[] = {op::negate, NERNST_FUNCTIONS(NERNST_ROW)};
#undef NERNST_ROW
  constexpr op of_two[] = {op::add,       op::subtract,     op::multiply, op::divide,  op::power,
                           op::floor_mod, op::floor_divide, op::atan2,    op::minimum, op::maximum};
  ir::graph g;
  int const x = g.symbol(0);
  int const y = g.symbol(1);
  ir::list<int> nodes;
  for (op const code : functions) nodes.push_back(g.make(code, x));
  for (op const code : of_two) nodes.push_back(g.make(code, x, y));
  nodes.push_back(g.make(op::clip, x, g.literal(0.25), y));
  nodes.push_back(g.select(g.make(op::less, x, y), g.multiply(x, y), y));
  for (double const a : {1e-9, 0.01, 0.2, 0.7, 0.95})
    for (double const b : {0.4, 1.75}) {
      for (int const node : nodes) {
        ir::list<int> const roots = {node, ir::differentiate(g, node, 0),
                                     ir::differentiate(g, node, 1)};
        ir::list<double> const expected = interpret<double>(ir::record(g, roots), {a, b});
        ir::tape const t = ir::record(g, ir::span<int const>(&node, 1));
        dual const by_x = interpret<dual>(t, {{a, 1}, {b, 0}})[0];
        dual const by_y = interpret<dual>(t, {{a, 0}, {b, 1}})[0];
        INFO(ir::properties(g[node].code).name << " at " << a << ", " << b);
        CHECK(agree(by_x.value, expected[0]));
        CHECK(agree(by_x.slope, expected[1]));
        CHECK(agree(by_y.slope, expected[2]));
      }
    }
}

TEST_CASE("a step of Hodgkin and Huxley's equations in dual numbers", "[kernel][dual]") {
  for (double const v : {-0.0621, -0.0412, 0.0233}) check_step<hodgkin_huxley>(gates(v));
  // Where the formula of a rate, k x/(exp(x) - 1), is 0/0.
  for (double const v : {-0.05, -0.048, -0.023}) check_step<hodgkin_huxley>(gates(v));
}

TEMPLATE_TEST_CASE("a step of CUBA by its exact solution in dual numbers", "[kernel][dual]",
                   one_propagator, own_propagators) {
  for (double const v : {-0.0587, -0.0499}) check_step<TestType>(membrane(v));
  check_step<TestType>(membrane(-0.06), false);
}

TEMPLATE_TEST_CASE("the propagator of CUBA in dual numbers has the derivative of its formula",
                   "[kernel][dual]", one_propagator, own_propagators) {
  auto c = at<dual, TestType>(membrane(-0.06));
  c["tau_m"].slope = 1;
  c.prepare();
  long double const dt = 1e-4L;
  long double const m = 20e-3L;
  long double const e = 5e-3L;
  long double const rest = -49e-3L;
  long double const kept = std::exp(-dt / m);
  long double const by_m = kept * dt / (m * m);  // of kept
  long double const apart = std::exp(-dt / e) - kept;
  struct expected {
    std::string_view id;
    long double value;
    long double slope;
  };
  for (auto const& [id, value, slope] :
       {expected{"P_v_v", kept, by_m}, expected{"P_g_e_g_e", std::exp(-dt / e), 0},
        expected{"P_v_g_e", e / (e - m) * apart,
                 e / ((e - m) * (e - m)) * apart - e / (e - m) * by_m},
        expected{"Q_v", rest * (1 - kept), -rest * by_m}}) {
    INFO(id);
    REQUIRE(c.model.find(id) != ir::none);
    CHECK(agree(c[id].value, static_cast<double>(value)));
    CHECK(agree(c[id].slope, static_cast<double>(slope)));
  }
}

TEST_CASE("the exponential of a matrix by an entry that is zero", "[kernel][dual]") {
  double const a = -0.3;
  double const b = -0.8;
  ir::list<dual> const matrix = {dual(a), {0, 1}, dual(0), dual(b)};
  auto const found = integrate::matrix_exponential<dual>(matrix, 2);
  CHECK(found[1].value == 0);
  CHECK(agree(found[1].slope, (std::exp(a) - std::exp(b)) / (a - b)));
  CHECK(found[0] == dual(std::exp(a)));
  CHECK(found[2] == dual(0));
  CHECK(found[3] == dual(std::exp(b)));
}

TEST_CASE("a functor runs over arrays of dual numbers", "[kernel][dual]") {
  using model = own_propagators;
  for (bool const is_open : {true, false}) {
    auto c = at<dual, model>(membrane(-0.0499), is_open);
    c["tau_m"].slope = 1;
    c.prepare();
    ir::list<dual> arrays = c.arrays;
    std::uint8_t fired = 2;
    cell<model, dual>::functor f;
    for (int k = 0; k < arrays.size(); ++k) f.array[k] = &arrays[k];
    for (int k = 0; k < c.scalars.size(); ++k) f.scalar[k] = c.scalars[k];
    std::uint8_t const open = is_open ? 1 : 0;
    f.around.open = &open;
    f.fired = &fired;
    f(0);
    c.step();
    CHECK(arrays == c.arrays);
    CHECK(fired == (c.fires ? 1 : 0));
  }
}

TEST_CASE("a type with its functions beside it needs nothing more", "[kernel][dual]") {
  using outside::dual_by_lookup;
  auto specialised = at<dual, hodgkin_huxley>(gates(-0.0621));
  auto found = at<dual_by_lookup, hodgkin_huxley>(gates(-0.0621));
  specialised["V_T"].slope = found["V_T"].slope = 1;
  specialised.prepare();
  found.prepare();
  specialised.step();
  found.step();
  for (int k = 0; k < found.arrays.size(); ++k) {
    CHECK(agree(found.arrays[k].value, specialised.arrays[k].value));
    CHECK(agree(found.arrays[k].slope, specialised.arrays[k].slope));
  }
  ir::list<dual_by_lookup> const matrix = {{-0.3, 1}, {0.2, 0}, {0, 0}, {-0.8, 0}};
  CHECK(integrate::matrix_exponential<dual_by_lookup>(matrix, 2)[0] ==
        dual(std::exp(-0.3), std::exp(-0.3)));
}
