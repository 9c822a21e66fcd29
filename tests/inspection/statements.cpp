// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/evaluation.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/ir/print.hpp>

#include "catch.hpp"
#include "expected.hpp"
#include "models.hpp"
#include "network/cobahh_model.hpp"
#include "operations.hpp"
#include <cmath>
#include <map>
#include <random>

// The statements that are printed are compiled here, and compute the same as the model does when it
// is interpreted.

namespace {
namespace ir = nernst::ir;
namespace kernel = nernst::kernel;
namespace inspection = nernst::inspection;

using values = std::map<std::string, double>;

double number_of(ir::op code, int draw, double a, double b) {
  return 0.1 * static_cast<int>(code) + draw + 2 * a + b;
}

namespace compiled {
// What is in no header of C++: the operations of that name.
double exprel(double x) {
  return ir::evaluation<ir::op::exprel>::of(x);
}
[[maybe_unused]] double exprelr(double x) {
  return ir::evaluation<ir::op::exprelr>::of(x);
}
double exprelr(double x, double e) {
  return ir::evaluation<ir::op::exprelr_2>::of(x, e);
}
double sign(double x) {
  return ir::evaluation<ir::op::sign>::of(x);
}
double minimum(double x, double y) {
  return ir::evaluation<ir::op::minimum>::of(x, y);
}
double maximum(double x, double y) {
  return ir::evaluation<ir::op::maximum>::of(x, y);
}
double floor_mod(double x, double y) {
  return ir::evaluation<ir::op::floor_mod>::of(x, y);
}
template <int N>
double power(double x) {
  return ir::whole_power<N>(x);
}

double uniform(int draw) {
  return number_of(ir::op::uniform, draw, 0, 0);
}
double normal(int draw) {
  return number_of(ir::op::normal, draw, 0, 0);
}
double poisson(int draw, double mean) {
  return number_of(ir::op::poisson, draw, mean, 0);
}
double poisson(int draw, double mean, double exponential) {
  CHECK(exponential == Approx(std::exp(-mean)));
  return poisson(draw, mean);
}
double binomial(int draw, double n, double p) {
  return number_of(ir::op::binomial, draw, n, p);
}
double stimulus(double t) {
  return 3 * t;
}
double image(double t, double column) {
  return t - column;
}
double squash(double x) {
  return x / (1 + x * x);
}
double mix(double x, double y) {
  return x - 2 * y;
}
double blend(double x, double y, double z) {
  return x * y + z;
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-variable"
#pragma GCC diagnostic ignored "-Wparentheses"

#define VARIABLES double &v = x["v"], &w = x["w"], &I = x["I"], &b = x["b"], &dt = x["dt"]
bool adex_update(values& x) {
  VARIABLES;
#define KERNEL 0
#include "expected/adex.inc"
#undef KERNEL
  return fires;
}
bool adex_update_and_reset(values& x) {
  VARIABLES;
#define KERNEL 1
#include "expected/adex.inc"
#undef KERNEL
  return fires;
}
bool adex_reset(values& x) {
  VARIABLES;
#define KERNEL 2
#include "expected/adex.inc"
#undef KERNEL
  return false;
}
#undef VARIABLES

bool cobahh_update(values& x) {
  double &v = x["v"], &m = x["m"], &n = x["n"], &h = x["h"], &g_e = x["g_e"], &g_i = x["g_i"],
         &dt = x["dt"];
  bool const not_refractory = x["not_refractory"] != 0;
#define KERNEL 0
#include "expected/cobahh.inc"
#undef KERNEL
  return fires;
}

void every_operation(values& x) {
  double &a = x["a"], &b = x["b"], &double_ = x["double"], &s = x["s"], &t = x["t"], &dt = x["dt"],
         &i = x["i"];
  double* y[100] = {};
  for (int k = 0; k < 100; ++k) y[k] = &x["y" + std::to_string(k)];
#include "expected/operations_variables.inc"
#define KERNEL 1
#include "expected/operations.inc"
#undef KERNEL
}
#pragma GCC diagnostic pop
}  // namespace compiled

struct environment {
  ir::model const& m;
  values const& x;

  double symbol(int s) const { return x.at(ir::spelling(m.at(s))); }
  double draw(ir::op code, int number) const { return number_of(code, number, 0, 0); }
  double draw(ir::op code, int number, double a, double b) const {
    return number_of(code, number, a, b);
  }
  double lookup(int table, double time, double column) const {
    return m.at(table).id == "stimulus" ? compiled::stimulus(time) : compiled::image(time, column);
  }
  double call(int tag, double const* arguments) const {
    return m.functions[tag].evaluate(arguments);
  }
};

/// A model as it is before anything is derived from it but its integration step; evaluated all at
/// once.
class reference {
 public:
  explicit reference(ir::model written) : m_(std::move(written)) {
    ir::diagnosis mistake;
    kernel::detail::normalise(m_, mistake);
    REQUIRE(mistake.ok());
    auto const method = nernst::integrate::choose(m_);
    REQUIRE(method.ok);
    update_ = nernst::integrate::integrate(m_, method).update;
  }
  ir::model const& model() const { return m_; }
  void update(values& x) const { assign(update_, x); }
  void reset(values& x) const { assign(m_.reset, x); }
  void act(values& x) const { assign(m_.actions[0].statements, x); }
  bool fires(values const& x) const { return value(ir::list<int>{m_.threshold}, x)[0] != 0; }

 private:
  ir::list<double> value(ir::list<int> const& roots, values const& x) const {
    ir::list<double> result(roots.size());
    ir::interpreter<environment>(m_.nodes, roots)({m_, x}, result);
    return result;
  }
  void assign(ir::list<ir::assignment> const& block, values& x) const {
    ir::list<int> roots;
    for (auto const& s : block) roots.push_back(s.value);
    ir::list<double> const result = value(roots, x);
    for (int k = 0; k < block.size(); ++k) x[ir::spelling(m_.at(block[k].symbol))] = result[k];
  }

  ir::model m_;
  ir::list<ir::assignment> update_;
};

/// The optimiser and the compiler may round differently; `absolute` is for differences of numbers
/// of about one.
void check_equal(values const& found, values const& wanted, double absolute = 0) {
  for (auto const& [id, y] : wanted) {
    INFO(id << ": " << found.at(id) << " instead of " << y);
    double const x = found.at(id);
    REQUIRE(
        ((std::isnan(x) && std::isnan(y)) || std::abs(x - y) <= 1e-12 * std::abs(y) + absolute));
  }
}

inspection::description describe(ir::model const& written) {
  auto const d = kernel::derive(written);
  INFO(ir::to_text(d.mistake).view());
  REQUIRE(d.mistake.ok());
  return inspection::describe(written, d.view());
}
}  // namespace

TEST_CASE("literals read back as the same value", "[inspection]") {
  CHECK(inspection::literal(3) == "3.0");
  CHECK(inspection::literal(-0.05) == "-0.05");
  CHECK(inspection::literal(1e-12) == "1e-12");
  CHECK(inspection::literal(INFINITY) == "INFINITY");
  CHECK(inspection::literal(-INFINITY) == "-INFINITY");
  CHECK(inspection::literal(NAN) == "NAN");
  CHECK(std::strtod(inspection::literal(0.1 + 0.2).c_str(), nullptr) == 0.1 + 0.2);
}

TEST_CASE("the statements of adaptive exponential neurons compute the model", "[inspection]") {
  auto const written = lower(models::adex::model);
  auto const d = describe(written);
  std::string const text = expected::for_compiler(d);
  CHECK(text == expected::text("adex.inc", text));
  REQUIRE(d.kernels.size() == 3);
  reference const model(written);
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> v(-0.08, -0.0405), w(-1e-10, 4e-10);
  int spikes = 0;
  for (int k = 0; k < 2000; ++k) {
    values const before{{"v", v(random)}, {"w", w(random)}, {"I", 1e-9},
                        {"b", 8e-11},     {"dt", 1e-4},     {"t", 0}};
    values wanted = before, found = before, fused = before;
    model.update(wanted);
    bool const fires = model.fires(wanted);
    REQUIRE(compiled::adex_update(found) == fires);
    check_equal(found, wanted);
    if (fires) {
      model.reset(wanted);
      compiled::adex_reset(found);
      check_equal(found, wanted);
    }
    REQUIRE(compiled::adex_update_and_reset(fused) == fires);
    check_equal(fused, wanted);
    spikes += fires;
  }
  CHECK(spikes > 20);
  CHECK(spikes < 1980);
}

TEST_CASE("the statements of Hodgkin-Huxley neurons compute the model", "[inspection]") {
  auto const written = lower(cobahh::neurons::model);
  auto const d = describe(written);
  std::string const text = expected::for_compiler(d);
  CHECK(text == expected::text("cobahh.inc", text));
  reference const model(written);
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> v(-0.09, 0.03), gate(0, 1), g(0, 1e-7);
  std::bernoulli_distribution is_open;
  int spikes = 0, silent = 0;
  for (int k = 0; k < 2000; ++k) {
    values const before{{"v", v(random)},
                        {"m", gate(random)},
                        {"n", gate(random)},
                        {"h", gate(random)},
                        {"g_e", g(random)},
                        {"g_i", g(random)},
                        {"dt", 1e-4},
                        {"t", 0},
                        {"not_refractory", is_open(random)}};
    values wanted = before, found = before;
    model.update(wanted);
    bool const fires = model.fires(wanted) && before.at("not_refractory") != 0;
    silent += model.fires(wanted) && !fires;
    REQUIRE(compiled::cobahh_update(found) == fires);
    check_equal(found, wanted);
    spikes += fires;
  }
  CHECK(spikes > 20);
  CHECK(silent > 20);
}

TEST_CASE("the statements of every operation compute it", "[inspection]") {
  auto const written = notation::all_operations();
  auto const d = describe(written);
  std::string const text = expected::for_compiler(d);
  CHECK(text == expected::text("operations.inc", text));
  reference const model(written);
  REQUIRE(model.model().actions.size() == 1);
  std::string variables =
      "// SPDX-FileCopyrightText: The Nernst authors\n// SPDX-License-Identifier: BSL-1.0\n\n";
  for (int k = 0; k + 2 < model.model().actions[0].statements.size(); ++k) {
    std::string const number = std::to_string(k);
    variables += "double& y" + number + " = *y[" + number + "];\n";
  }
  CHECK(variables == expected::text("operations_variables.inc", variables));
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> number(-3, 3);
  for (int k = 0; k < 500; ++k) {
    values before{{"a", number(random)},
                  {"b", number(random)},
                  {"double", number(random)},
                  {"s", number(random)},
                  {"t", 0.25},
                  {"dt", 1e-4},
                  {"i", k}};
    if (k % 7 == 0) before["b"] = before["a"];
    for (int y = 0; y < 100; ++y) before["y" + std::to_string(y)] = 0;
    values wanted = before, found = before;
    model.act(wanted);
    compiled::every_operation(found);
    check_equal(found, wanted, 1e-14);
  }
}
