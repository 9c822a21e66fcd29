// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#pragma once

#include <nernst/integrate/choose.hpp>
#include <nernst/integrate/matrix_exponential.hpp>
#include <nernst/ir/interpreter.hpp>
#include <nernst/kernel/derivation.hpp>
#include <nernst/kernel/mechanism_currents.hpp>
#include <nernst/nmodl/lower.hpp>

#include <cmath>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

/// A compartment of which the voltage or the current is given, with one mechanism that is
/// interpreted: the reference for what kernels do. Steps are NEURON's: currents, the voltage, then
/// states. Values are in SI units.
class clamped_membrane {
 public:
  clamped_membrane(nernst::ir::model const& written, double dt_, double celsius,
                   double area_ = 314.15926535897933e-12, double diameter = 10e-6)
      : m(written), dt(dt_), area(area_) {
    nernst::ir::list<nernst::ir::assignment> const held =
        nernst::kernel::detail::normalise(m, mistake);
    if (!mistake.ok()) throw std::runtime_error(std::string(nernst::ir::to_text(mistake)));
    auto const choice = nernst::integrate::choose(m);
    if (!choice.ok) throw std::runtime_error(std::string(nernst::ir::to_text(choice.diagnosis)));
    plan = nernst::integrate::integrate(m, choice);
    totals = nernst::kernel::detail::current_totals(m).whole();
    values.resize(static_cast<std::size_t>(m.symbols.size()), 0.0);
    for (int s = 0; s < m.symbols.size(); ++s) at(s) = m.at(s).initial;
    set("temperature", celsius + 273.15);
    set("area", area);
    set("diameter", diameter);
    set("dt", dt);
    for (auto const& i : ions) {
      std::string const id(i.name);
      set(id + ".inside", i.inside);
      set(id + ".outside", i.outside);
      set(id + ".reversal", i.reversal);
    }
    for (int s = 0; s < m.symbols.size(); ++s) enter_unknown_ion(std::string(m.at(s).id));
    for (auto const& t : m.tabulations) fill(t);
  }

  void initialise(double v) {
    set_voltage(v);
    set("t", 0);
    for (auto const& i : ions) find_reversal(i);
    execute(m.initial);
    execute(written(true));
    find_currents(0);
  }
  void step(double v) {
    set_voltage(v);
    find_written_reversals();
    find_currents(time + dt / 2);
    find_states();
  }
  /// How the current's slope is found: as kernels do, or by NEURON's difference quotient.
  enum class slope { derivative, quotient };
  /// The step of a compartment with a capacitance of 1 uF/cm2 and a leak, usually that of NEURON's
  /// `pas`, into which a current flows.
  void step_under(double injected, slope by, double leak = 10) {
    constexpr double capacitance = 0.01, leak_reversal = -0.07;
    find_written_reversals();
    double const at_higher_voltage = current_at(voltage_ + 1e-6);
    set_voltage(voltage_);
    find_currents(time + dt / 2);
    double const membrane = m.placed == nernst::ir::placement::point ? area : 1;
    double const g = by == slope::quotient ? (at_higher_voltage - total) / 1e-6 : conductance();
    double const out = total / membrane + leak * (voltage_ - leak_reversal);
    set_voltage(voltage_ + (injected / area - out) / (capacitance / dt + g / membrane + leak));
    find_states();
  }
  double voltage() const { return voltage_; }
  /// Of a point mechanism: an event arrives with values of its connection, at the end of the step
  /// that was the last.
  void event(std::map<std::string, double>& connection) {
    for (auto const& [id, value] : connection) set(id, value);
    set("t", time - dt);
    execute(m.on_spike);
    for (auto& [id, value] : connection) value = get(id);
  }

  bool has(std::string const& id) const { return m.find(id) != nernst::ir::none; }
  /// A variable, or what a subexpression of the model was when currents were found.
  double get(std::string const& id) {
    int const s = m.find(id);
    if (s == nernst::ir::none) throw std::runtime_error("no variable " + id);
    return at(s);
  }
  /// The same now.
  double get_now(std::string const& id) {
    int const e = nernst::ir::subexpression_of(m, m.find(id));
    return e == nernst::ir::none ? get(id) : evaluate(m.subexpressions[e].value);
  }
  void set(std::string const& id, double value) {
    if (int const s = m.find(id); s != nernst::ir::none) at(s) = value;
  }
  /// All currents, out of the cell.
  double current() const { return total; }

  nernst::ir::model m;
  nernst::ir::diagnosis mistake;
  double dt, area, time = 0;

 private:
  struct ion {
    std::string name;
    double charge, inside, outside, reversal;
  };
  std::vector<ion> ions = {{"na", 1, 10, 140, 0.050},
                           {"k", 1, 54.4, 2.5, -0.077},
                           {"ca", 2, 5e-5, 2, 0.1324579341637009}};

  void enter_unknown_ion(std::string const& id) {
    auto const dot = id.find('.');
    if (dot == std::string::npos) return;
    for (auto const& i : ions)
      if (i.name == id.substr(0, dot)) return;
    ions.push_back({id.substr(0, dot), 1, 1, 1, 0});
    set(ions.back().name + ".inside", 1);
    set(ions.back().name + ".outside", 1);
  }
  nernst::ir::list<nernst::ir::assignment> written(bool into_compartment) const {
    nernst::ir::list<nernst::ir::assignment> all;
    for (auto const& w : m.written)
      if ((m.at(w.symbol).kind == nernst::ir::role::local) == into_compartment) all.push_back(w);
    return all;
  }
  double& at(int s) { return values[static_cast<std::size_t>(s)]; }
  bool writes(std::string const& of) const {
    for (auto const& s : m.written)
      for (std::string const side : {".inside", ".outside"})
        if (m.at(s.symbol).id == of + side) return true;
    return false;
  }
  void set_voltage(double v) {
    voltage_ = v;
    set("v", v);
  }
  void find_states() {
    set("t", time);
    propagate();
    nernst::ir::list<nernst::ir::assignment> update = plan.update;
    update.append(m.with_update);
    execute(update);
    execute(written(false));
    execute(written(true));
    time += dt;
  }
  void find_written_reversals() {
    for (auto const& i : ions)
      if (writes(std::string(i.name))) find_reversal(i);
  }
  void find_reversal(ion const& i) {
    if (!has(i.name + ".inside") && !has(i.name + ".outside")) return;
    double const in = has(i.name + ".inside") ? get(i.name + ".inside") : i.inside;
    double const out = has(i.name + ".outside") ? get(i.name + ".outside") : i.outside;
    double const unit = 8.31446261815324 * temperature() / (i.charge * 96485.33212331001);
    set(i.name + ".reversal", unit * std::log(out / in));
  }
  double temperature() { return has("temperature") ? get("temperature") : 279.45; }

  void fill(nernst::ir::tabulation const& t) {
    double x = t.from;
    for (int k = 0; k <= t.count; ++k, x += (t.to - t.from) / t.count) {
      at(t.argument) = x;
      tables[t.table].push_back(evaluate(t.value));
    }
  }
  void find_currents(double t) {
    set("t", t);
    total = 0;
    for (auto const& s : m.subexpressions) at(s.symbol) = evaluate(s.value);
    std::map<std::string, double> of_ion;
    for (auto const& c : m.currents) {
      double const i = evaluate(c.value);
      total += i;
      if (c.ion.size > 0) of_ion[std::string(c.ion)] += i;
    }
    execute(m.with_currents);
    bool const is_point = m.placed == nernst::ir::placement::point;
    for (auto const& [id, i] : of_ion) set(id + ".current", is_point ? i / area : i);
  }
  double current_at(double v) {
    set("v", v);
    set("t", time + dt / 2);
    for (auto const& s : m.subexpressions) at(s.symbol) = evaluate(s.value);
    double sum = 0;
    for (auto const& c : m.currents) sum += evaluate(c.value);
    return sum;
  }
  double conductance() { return totals.size() > 1 ? evaluate(totals[1].value) : 0; }
  void propagate() {
    for (auto const& block : plan.exact) {
      nernst::ir::list<double> a;
      for (int const n : block.matrix) a.push_back(evaluate(n) * dt);
      auto const p = nernst::integrate::matrix_exponential<double>(a, block.order);
      for (int k = 0; k < block.coefficient.size(); ++k)
        if (block.coefficient[k] != nernst::ir::none) at(block.coefficient[k]) = p[k];
    }
  }

  struct environment {
    clamped_membrane* of;
    double symbol(int s) const { return of->at(s); }
    double draw(nernst::ir::op, int) const { return 0.5; }
    double draw(nernst::ir::op, int, double a, double) const { return a; }
    double lookup(int table, double place, double) const {
      auto const values = of->tables.find(table);
      if (values != of->tables.end()) return values->second.at(static_cast<std::size_t>(place));
      throw std::runtime_error("it needs values of the function that it looks up");
    }
    double call(int, double const*) const { return 0; }
  };
  using evaluator = nernst::ir::interpreter<environment>;
  double evaluate(int root) {
    values.resize(static_cast<std::size_t>(m.symbols.size()), 0.0);
    int const roots[] = {root};
    double result[1];
    evaluator(m.nodes, roots)(environment{this}, result);
    return result[0];
  }
  void execute(nernst::ir::list<nernst::ir::assignment> const& block) {
    nernst::ir::list<int> roots;
    for (auto const& s : block) roots.push_back(s.value);
    nernst::ir::list<double> result(roots.size());
    evaluator(m.nodes, roots)(environment{this}, result);
    for (int k = 0; k < block.size(); ++k) at(block[k].symbol) = result[k];
  }

  nernst::integrate::plan plan;
  nernst::ir::list<nernst::ir::assignment> totals;
  std::vector<double> values;
  std::map<int, std::vector<double>> tables;
  double voltage_ = 0, total = 0;
};
