// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/ir/inline_subexpressions.hpp>
#include <nernst/ir/simplify.hpp>

#include "../network/cobahh_model.hpp"
#include "../network/cuba_model.hpp"
#include "catch.hpp"
#include "read.hpp"

using namespace reading;

namespace {
constexpr std::string_view cuba_text = R"(
  dv/dt  = (g_e+g_i-(v-E_L))/tau_m : volt (unless refractory)
  dg_e/dt = -g_e/tau_e : volt
  dg_i/dt = -g_i/tau_i : volt
)";
constexpr auto cuba_strings =
    neuron(cuba_text, threshold("v > V_t"), reset("v = V_r"), brian::refractory(5 * ms),
           constants("tau_m", 20 * ms, "tau_e", 5 * ms, "tau_i", 10 * ms, "V_t", -50 * mV, "V_r",
                     -60 * mV, "E_L", -49 * mV));

constexpr auto area = 20000 * um * um;
constexpr auto cobahh_strings = neuron(
    R"(
      dv/dt = (g_l*(E_l-v) + g_e*(E_e-v) + g_i*(E_i-v) - g_na*(m*m*m)*h*(v-E_Na) - g_kd*(n*n*n*n)*(v-E_K))/Cm : volt
      dm/dt = alpha_m*(1-m) - beta_m*m : 1
      dn/dt = alpha_n*(1-n) - beta_n*n : 1
      dh/dt = alpha_h*(1-h) - beta_h*h : 1
      dg_e/dt = -g_e*(1./tau_e) : siemens
      dg_i/dt = -g_i*(1./tau_i) : siemens
      alpha_m = 0.32/mV*4*mV/exprel((13*mV-v+V_T)/(4*mV))/ms : Hz
      beta_m = 0.28/mV*5*mV/exprel((v-V_T-40*mV)/(5*mV))/ms : Hz
      alpha_h = 0.128*exp((17*mV-v+V_T)/(18*mV))/ms : Hz
      beta_h = 4./(1+exp((40*mV-v+V_T)/(5*mV)))/ms : Hz
      alpha_n = 0.032/mV*5*mV/exprel((15*mV-v+V_T)/(5*mV))/ms : Hz
      beta_n = .5*exp((10*mV-v+V_T)/(40*mV))/ms : Hz
    )",
    threshold("v > -20*mV"), refractory("3*ms"), method("exponential_euler"),
    constants("Cm", 1 * uF / (cm * cm) * area, "g_l", 5e-5 * siemens / (cm * cm) * area, "g_na",
              100 * mS / (cm * cm) * area, "g_kd", 30 * mS / (cm * cm) * area, "E_l", -60 * mV,
              "E_K", -90 * mV, "E_Na", 50 * mV, "V_T", -63 * mV, "E_e", 0 * mV, "E_i", -80 * mV,
              "tau_e", 5 * ms, "tau_i", 10 * ms));

/// A model as it comes to the integrators: checked, definitions inlined, simplified.
std::string reduced(ir::model m) {
  ir::typing types(m);
  ir::checker(m, types).run();
  INFO(to_text(types.found()).view());
  REQUIRE(types.found().ok());
  ir::resolve_types(m, types);
  REQUIRE(ir::inline_subexpressions(m).mistake.ok());
  m.subexpressions.clear();
  ir::simplify(m);
  return ir::to_string(m);
}
}  // namespace

static_assert(finding(cuba_strings).ok() && finding(cobahh_strings).ok());
static_assert(cuba_strings.constants.size() == 6 && cuba_strings.constants[1].name == "tau_e" &&
              cuba_strings.constants[1].value == 5e-3 &&
              cuba_strings.constants[1].unit == ir::units::second);

TEST_CASE("a model in strings is the model in expressions", "[brian][model]") {
  CHECK(reduced(lower(cuba_strings)) == reduced(lower(cuba::neurons::model)));
  CHECK(reduced(lower(cobahh_strings)) == reduced(lower(cobahh::neurons::model)));
  CHECK(lower(cobahh_strings).method == ir::method_id::exponential_euler);
}

TEST_CASE("a model in strings is the model in expressions, node by node", "[brian][model]") {
  ir::model const a = lower(cuba_strings), b = lower(cuba::neurons::model);
  REQUIRE(a.symbols.size() == b.symbols.size());
  for (int k = 0; k < a.symbols.size(); ++k) CHECK(a.symbols[k] == b.symbols[k]);
  CHECK(ir::to_string(a) == ir::to_string(b));
}

TEST_CASE("the run-time reader is the one of the compiler", "[brian][model]") {
  std::string const text(cuba_text), condition("v > -50*mV");
  auto const written =
      neuron(text, threshold(condition), reset(std::string_view("v = -60*mV")),
             refractory("5*ms"),
             constants("tau_m", 20 * ms, "tau_e", 5 * ms, "tau_i", 10 * ms, "E_L", -49 * mV));
  CHECK(ir::to_string(lower_neuron(written.pieces, written.constants)) ==
        ir::to_string(lower(cuba_strings)));
}

// Variables.
constexpr ir::model variables_of(std::string_view text) {
  return lower(neuron(text));
}
static_assert(variables_of("dv/dt = 1/second : 1").symbols[0].kind == ir::role::state);
static_assert(variables_of("v : 1").symbols[0].kind == ir::role::parameter &&
              !variables_of("v : 1").symbols[0].constant);
static_assert(variables_of("v : 1 (constant)").symbols[0].constant &&
              variables_of("v : 1 (shared)").symbols[0].kind == ir::role::shared);
static_assert(variables_of("v : 1 (linked)").symbols[0].kind == ir::role::linked &&
              variables_of("v = 1 : 1").symbols[0].kind == ir::role::subexpression);
static_assert(
    variables_of("v = rand() : 1 (constant over dt, shared)").subexpressions[0].constant_over_dt &&
    variables_of("v = rand() : 1 (constant over dt, shared)").subexpressions[0].is_shared);
constexpr ir::role role_of(std::string_view name, ir::value_type type = ir::value_type::real) {
  ir::model const m = lower(
      neuron("x : 1", threshold("x > 0"), refractory("1*ms"), reset("x = 0"), event("seen", name)));
  int const s = m.nodes[m.events[0].condition].which;
  return m.at(s).type == type ? m.at(s).kind : ir::role::state;
}
static_assert(role_of("t") == ir::role::time && role_of("dt") == ir::role::time_step &&
              role_of("i", ir::value_type::integer) == ir::role::index &&
              role_of("N", ir::value_type::integer) == ir::role::count &&
              role_of("t_in_timesteps", ir::value_type::integer) == ir::role::step &&
              role_of("not_refractory", ir::value_type::boolean) == ir::role::not_refractory &&
              role_of("lastspike") == ir::role::last_spike);

// Constants: Brian 2 lets its own names win with a warning; here that is a mistake.
static_assert(is(mistake_of("x = a : 1", constants("a", 1, "mV", 2)), mistake::reserved_name,
                 "mV") &&
              is(mistake_of("x = a : 1", constants("a", 1, "a", 2)), mistake::duplicate_variable,
                 "a") &&
              is(mistake_of("a : 1", constants("a", 1)), mistake::duplicate_variable, "a") &&
              is(mistake_of("x : 1", constants("a b", 1)), mistake::reserved_name, "a b"));
static_assert(mistake_of("x = where(on, n, 2) : 1", constants("on", true, "n", 3)).ok());

// Clauses.
static_assert(is(mistake_of("x : 1", threshold("x > 1"), threshold("x > 2")),
                 mistake::repeated_clause, "threshold") &&
              is(mistake_of("x : 1", refractory("1*ms"), brian::refractory(1 * ms)),
                 mistake::repeated_clause, "refractory") &&
              is(mistake_of("x : 1", on_pre("x = 1")), mistake::misplaced_clause, "on_pre", "",
                 "neuron"));
static_assert(is(mistake_of("x : 1", threshold("x")), mistake::not_a_condition, "threshold") &&
              is(mistake_of("x : 1", refractory("x")), mistake::dimension_mismatch, "refractory") &&
              mistake_of("x : 1", refractory("x > 1")).ok() &&
              mistake_of("x : 1", refractory("True")).ok() &&
              mistake_of("x : 1", refractory("((False))")).ok() &&
              mistake_of("x : 1", refractory("not (1 > 2)")).ok() &&
              mistake_of("x : 1", refractory("1")).what == mistake::dimension_mismatch &&
              mistake_of("x : 1", refractory("True*1")).what == mistake::dimension_mismatch &&
              mistake_of("x : second\ny : boolean", refractory("x")).ok() &&
              lower(neuron("y : boolean", refractory("y"))).refractory_while != ir::none);

// Methods.
constexpr ir::method_id chosen(std::string_view method_name) {
  return lower(neuron("dx/dt = 1/second : 1", method(method_name))).method;
}
static_assert(chosen("exact") == ir::method_id::exact && chosen("linear") == ir::method_id::exact &&
              chosen("euler") == ir::method_id::euler && chosen("rk2") == ir::method_id::rk2 &&
              chosen("rk4") == ir::method_id::rk4 && chosen("heun") == ir::method_id::heun &&
              chosen("milstein") == ir::method_id::milstein &&
              chosen("exponential_euler") == ir::method_id::exponential_euler &&
              chosen("backward_euler") == ir::method_id::backward_euler &&
              chosen("rosenbrock") == ir::method_id::rosenbrock &&
              chosen("rk45") == ir::method_id::rk45 && chosen("gsl_rkf45") == ir::method_id::rk45);
static_assert(is(mistake_of("x : 1", method("foo")), mistake::unknown_method, "foo") &&
              is(mistake_of("x : 1", method("gsl_rk8pd")), mistake::not_supported, "gsl_rk8pd",
                 "rk45"));
constexpr auto two = [](std::string_view names) {
  return lower(neuron("dx/dt = 1/second : 1\ndy/dt = 1/second : 1\nz : 1", method("rk4", names)));
};
static_assert(two("y").equations[0].method == ir::method_id::automatic &&
              two("y").equations[1].method == ir::method_id::rk4 &&
              two("x, y").equations[0].method == ir::method_id::rk4 &&
              two("y").method == ir::method_id::automatic);
static_assert(is(mistake_of("dx/dt = 1/second : 1\ndy/dt = 1/second : 1", method("rk4", "x, y"),
                            method("rk2", "y")),
                 mistake::repeated_clause, "method of y"));
static_assert(is(two("z").mistake, mistake::unknown_variable, "z") &&
              two("x y").mistake.what == mistake::syntax_error &&
              two("x,").mistake.what == mistake::syntax_error);
static_assert(lower(neuron("dx/dt = 1/second : 1", scheme("x_new = x + dt*f(x, t)"))).scheme ==
                  "x_new = x + dt*f(x, t)" &&
              lower(neuron("dx/dt = 1/second : 1", scheme("x_new = x + dt*f(x, t)"))).method ==
                  ir::method_id::scheme);

// Events and times.
constexpr bool schedules_hold() {
  ir::model const m = lower(
      neuron("x : 1", event("high", "x > 1").when(ir::slot::end),
             on_event("high", "x = 0").when(ir::slot::start, 2), brian::every(10 * ms, "x += 1"),
             brian::at(3 * ms, 1 * ms, 2 * second, "x = 5").when(ir::slot::end, -1)));
  return m.mistake.ok() && m.events.size() == 1 &&
         m.events[0].check == ir::instant{ir::slot::end, 0} &&
         m.events[0].act == ir::instant{ir::slot::start, 2} && m.events[0].action.size() == 1 &&
         m.actions.size() == 2 && m.nodes[m.actions[0].period].value == 10e-3 &&
         m.actions[0].when == ir::instant{ir::slot::start, 0} && m.actions[1].times.size() == 3 &&
         m.actions[1].times[0] == 1e-3 && m.actions[1].times[2] == 2 &&
         m.actions[1].when == ir::instant{ir::slot::end, -1};
}
static_assert(schedules_hold());
static_assert(is(mistake_of("x : 1", on_event("high", "x = 0")), mistake::unknown_event, "high") &&
              is(mistake_of("x : 1", event("high", "x > 1"), event("high", "x > 2")),
                 mistake::repeated_clause, "event high") &&
              is(mistake_of("x : 1", event("high", "x > 1"), on_event("high", "x = 1"),
                            on_event("high", "x = 2")),
                 mistake::repeated_clause, "on_event high") &&
              is(mistake_of("x : 1", event("spike", "x > 1")), mistake::reserved_name, "spike") &&
              is(mistake_of("x : 1", event("high", "x")), mistake::not_a_condition, "event high"));
// What an event does may stand before it.
static_assert(mistake_of("x : 1", on_event("high", "x = 0"), event("high", "x > 1")).ok());

// Timed arrays.
static_assert(mistake_of("x = stimulus(t) : amp", brian::timed_array("stimulus", nA)).ok() &&
              mistake_of("x = stimulus(t, i) : amp", brian::timed_array("stimulus", nA)).ok());
static_assert(is(mistake_of("x = stimulus : amp", brian::timed_array("stimulus", nA)),
                 mistake::syntax_error, ": amp", "(t) after a timed array") &&
              is(mistake_of("x = stimulus() : amp", brian::timed_array("stimulus", nA)),
                 mistake::wrong_arguments, "stimulus") &&
              is(mistake_of("x = stimulus(i) : amp", brian::timed_array("stimulus", nA)),
                 mistake::dimension_mismatch, "stimulus(i)", "s", "1"));

// Functions of the user's own.
struct cube {
  double operator()(double x) const { return x * x * x; }
};
constexpr auto cubed = nernst::dsl::function<"cubed", cube>(volt * volt * volt, volt);
static_assert(mistake_of("v : volt\nx = cubed(v) : volt**3", brian::functions(cubed)).ok());
static_assert(is(mistake_of("v : volt\nx = cubed(v, v) : volt**3", brian::functions(cubed)),
                 mistake::wrong_arguments, "cubed", "1", "2") &&
              is(mistake_of("x = cubed(1) : volt**3", brian::functions(cubed)),
                 mistake::dimension_mismatch, "cubed, argument 1", "V", "1") &&
              is(mistake_of("v : volt\nx = cubed(v) : volt**3"), mistake::unknown_function,
                 "cubed") &&
              is(mistake_of("cubed : 1", brian::functions(cubed)), mistake::duplicate_variable,
                 "cubed"));
