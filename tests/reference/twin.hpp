// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "kinds.hpp"
#include "network.hpp"
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <sstream>

namespace reference {

/// A network that exists twice: in the engine, and plainly. Whatever is done is done to both, and
/// noted in `story`.
class twin {
 public:
  twin(double dt, std::uint64_t seed, nernst::exactness how)
      : real_({.dt = nernst::ir::quantity<"s">{dt}, .seed = seed, .exactness = how}),
        plain_(dt, seed), rounds_alike_(how == nernst::exactness::same_as_brian) {
    story << "dt " << dt << " seed " << seed << "\n";
  }

  std::ostringstream story;
  /// The first thing in which they differ; empty where there is none.
  std::string difference;

  struct cells {
    int kind;
    real_slice real;
    population* plain;
    std::uint32_t size() const { return real.size(); }
  };
  struct part {
    int of;  ///< the number of a population
    std::vector<std::uint32_t> neurons;
    int size() const { return static_cast<int>(neurons.size()); }
  };
  struct synapses {
    synapse_kind const* kind;
    real_projection real;
    projection* plain;
  };

  std::vector<cells> const& populations() const { return populations_; }
  std::vector<synapses> const& projections() const { return projections_; }
  network& plain() { return plain_; }

  int add(int kind, std::uint32_t size) {
    populations_.push_back(
        {kind, neuron_kinds[kind].make(real_, size), &plain_.add(*neuron_kinds[kind].model, size)});
    cells const& made = populations_.back();
    story << "population " << made.real.all->name() << " kind " << kind << " size " << size << "\n";
    spikes_.push_back({real_.record_spikes(handle(made)), &plain_.record_spikes(*made.plain)});
    ir::span<ir::identifier const> const events = made.plain->model().events;
    for (int e = 0; e < events.size(); ++e)
      spikes_.push_back({real_.record_events(handle(made), events[e].view()),
                         &plain_.record_spikes(*made.plain, e)});
    return static_cast<int>(populations_.size()) - 1;
  }
  /// Records a variable of all neurons of a population.
  void record(int of, std::string const& id, ir::instant when) {
    cells const& c = populations_[static_cast<std::size_t>(of)];
    story << "record " << of << " " << id << " in " << ir::to_text(when.when) << " " << when.order
          << "\n";
    states_.push_back({real_.record(handle(c), {id}, {}, when),
                       &plain_.record(*c.plain, c.plain->model().find(id), when)});
  }
  void connect(synapse_kind const& kind, part const& source, part const& target,
               std::vector<std::int32_t> const& i, std::vector<std::int32_t> const& j,
               double delay) {
    story << "connect " << kind.name << " " << text(source) << " -> " << text(target) << " delay "
          << delay << ":";
    for (std::size_t k = 0; k < i.size(); ++k) story << " " << i[k] << "-" << j[k];
    story << "\n";
    projections_.push_back(
        {&kind, kind.connect(real_, real(source), real(target), nernst::dsl::pairs(i, j), delay),
         &plain_.connect(*kind.model, plain(source), plain(target), i, j, delay)});
  }
  void add_input(part const& to, std::uint64_t number, double rate, double weight) {
    story << "input to " << text(to) << " of " << number << " at " << rate << " Hz, weight "
          << weight << "\n";
    cells const& c = populations_[static_cast<std::size_t>(to.of)];
    real_.poisson_input(handle(c)(to.neurons), models::names::v, number,
                        nernst::ir::quantity<"Hz">{rate}, weight);
    plain_.add_input(plain(to), c.plain->model().find("v"), number, rate, weight);
  }
  void set_delays(int of, int kernel, std::vector<double> const& seconds) {
    synapses const& s = projections_[static_cast<std::size_t>(of)];
    int const which = s.plain->model().kernels[kernel].which;
    story << "delays " << of << " pathway " << which << ":";
    for (double const d : seconds) story << " " << d;
    story << "\n";
    nernst::delays<Real>(s.real.elements, s.real.all,
                         s.plain->model().pathways[which].name.view()) = seconds;
    s.plain->set_delays(s.plain->pathway_of(kernel), seconds, plain_.step());
  }
  template <class Group>
  void set(nernst::detail::group_slice<Real> const& of, Group& plain_group, std::string const& id,
           std::vector<double> const& values) {
    int const s = plain_group.model().find(id);
    ir::symbol const& symbol = plain_group.model().variables[s].symbol;
    nernst::values<Real>(of, symbol) = values;
    if (ir::is_shared(symbol.kind))
      plain_group.shared(s) = values[0];
    else
      plain_group.values(s).assign(values.begin(), values.end());
  }
  void link(int of, std::string const& id, int to, std::string const& source,
            std::vector<std::int32_t> const& index) {
    cells const& here = populations_[static_cast<std::size_t>(of)];
    cells const& there = populations_[static_cast<std::size_t>(to)];
    story << "link " << of << " " << id << " to " << to << " " << source << "\n";
    handle(here).link(id, handle(there), source, index);
    here.plain->link(here.plain->model().find(id), *there.plain, there.plain->model().find(source),
                     index);
  }
  void give(int of, std::string const& id, std::vector<double> const& values, std::size_t columns,
            double dt) {
    cells const& c = populations_[static_cast<std::size_t>(of)];
    int const s = c.plain->model().find(id);
    nernst::values<Real>(c.real.elements(), c.plain->model().variables[s].symbol) =
        nernst::timed_values<"1">(values, nernst::ir::quantity<"1">{1.0},
                                  nernst::ir::quantity<"s">{dt}, columns);
    c.plain->give(s, values, columns, dt);
  }
  void every(std::int64_t period, ir::instant when, int of, std::string const& id) {
    story << "every " << period << " steps in " << ir::to_text(when.when) << " " << when.order
          << ": " << of << " " << id << "\n";
    cells const c = populations_[static_cast<std::size_t>(of)];
    int const s = c.plain->model().find(id);
    auto const change = [](auto x) { return static_cast<decltype(x)>(0.5 * x + 0.25); };
    ir::symbol const symbol = c.plain->model().variables[s].symbol;
    double const seconds = static_cast<double>(period) * plain_.dt();
    real_.every(
        nernst::ir::quantity<"s">{seconds},
        [=] {
          nernst::values<Real> const values(c.real.elements(), symbol);
          auto all = values.get();
          for (auto& x : all) x = change(x);
          values = all;
        },
        when);
    plain_.every(period, when, [=] {
      for (Real& x : c.plain->values(s)) x = change(x);
    });
  }
  template <class Group>
  void set_own_dt(nernst::detail::group_slice<Real> const& of, Group& plain_group, double dt) {
    story << of.all->name() << " with steps of " << dt << "\n";
    real_.set_dt(any_elements{of}, nernst::ir::quantity<"s">{dt});
    plain_group.set_own_dt(dt);
  }
  void set_dt(double dt) {
    story << "dt " << dt << "\n";
    real_.set_dt(nernst::ir::quantity<"s">{dt});
    plain_.set_dt(dt);
  }
  void run(std::int64_t steps) {
    story << "run " << steps << " steps from step " << plain_.step() << "\n";
    real_.run(nernst::ir::quantity<"s">{static_cast<double>(steps) * plain_.dt()});
    plain_.run(steps);
  }

  /// What the engine does in a step.
  std::string schedule() const { return real_.schedule(); }

  /// Whether they are equal, bit by bit unless they round differently.
  bool agree() {
    for (std::size_t p = 0; p < populations_.size(); ++p)
      compare("population " + std::to_string(p), *populations_[p].real.all, *populations_[p].plain);
    for (std::size_t p = 0; p < projections_.size(); ++p)
      compare("projection " + std::to_string(p), *projections_[p].real.all, *projections_[p].plain);
    for (std::size_t r = 0; r < spikes_.size(); ++r) {
      auto const& [real, plain] = spikes_[r];
      if (real.steps() == plain->steps && real.neurons() == plain->neurons) continue;
      std::size_t k = 0;
      while (k < real.count() && k < plain->steps.size() && real.steps()[k] == plain->steps[k] &&
             real.neurons()[k] == plain->neurons[k])
        ++k;
      std::ostringstream where;
      where << "spikes " << r << ": number " << k << ", expected ";
      if (k < plain->steps.size()) where << plain->steps[k] << "/" << plain->neurons[k];
      where << ", found ";
      if (k < real.count()) where << real.steps()[k] << "/" << real.neurons()[k];
      differ(where.str());
    }
    for (std::size_t r = 0; r < states_.size(); ++r) compare_record(r);
    return difference.empty();
  }
  std::size_t spike_count() const {
    std::size_t all = 0;
    for (auto const& s : spikes_) all += s.plain->steps.size();
    return all;
  }

 private:
  /// Records know everything by the slice; the model only names the type.
  static detail::handle<models::leaky> handle(cells const& c) {
    return detail::handle<models::leaky>(c.real);
  }
  static std::string text(part const& p) {
    std::ostringstream s;
    s << p.of << "({";
    for (std::uint32_t const n : p.neurons) s << (n == p.neurons[0] ? "" : ", ") << n;
    s << "})";
    return s.str();
  }
  real_slice real(part const& p) const {
    return handle(populations_[static_cast<std::size_t>(p.of)])(p.neurons).slice();
  }
  reference::part plain(part const& p) const {
    return {populations_[static_cast<std::size_t>(p.of)].plain, p.neurons};
  }

  template <class Number>
  bool equal(Number x, Number y) const {
    // Thousands of roundings, none of which grows: equations decay.
    Number const tolerance = 10000 * std::numeric_limits<Number>::epsilon();
    if (!rounds_alike_ && std::abs(x - y) <= tolerance * std::max(Number(1), std::abs(x)))
      return true;
    return std::memcmp(&x, &y, sizeof(Number)) == 0 || (std::isnan(x) && std::isnan(y));
  }
  void differ(std::string const& where) {
    if (difference.empty()) difference = where;
  }
  void differ(std::string const& where, std::size_t element, double expected, double found) {
    std::ostringstream s;
    s.precision(17);
    s << where << " of element " << element << ": expected " << expected << ", found " << found;
    differ(s.str());
  }
  void compare(std::string const& name, nernst::engine::element_group<Real>& real, group& plain) {
    std::vector<std::uint32_t> const place = real.places();
    real.require_ends();
    nernst::engine::scope<Real> const view = real.view();
    constexpr Real never = kernel::spike_history<Real>::never;
    auto const first_step = static_cast<Real>(real.spikes().first_step);
    for (int s = 0; s < plain.model().variables.size(); ++s) {
      ir::symbol const& v = plain.model().variables[s].symbol;
      bool const is_own = v.owner == ir::side::here && v.kind != ir::role::linked;
      bool const is_kept = v.kind == ir::role::trace || (!is_own && v.kind == ir::role::total);
      if (!is_own && !is_kept) continue;
      std::string const label = name + "[" + std::string(v.id.view()) + "]";
      Real const* const array = real.arrays()[s];
      if (array == nullptr) {
        if (ir::is_shared(v.kind) && !equal(real.values()[s], plain.shared(s)))
          differ(label, 0, plain.shared(s), real.values()[s]);
        continue;
      }
      // The engine counts from the first step of a run.
      bool const is_last_spike = plain.model().variables[s].array == plain.model().last_spike;
      for (std::uint32_t e = 0; e < plain.size(); ++e) {
        Real found = static_cast<Real>(view.stored(s, place[e]));
        if (is_last_spike && found > never / 2) found += first_step;
        Real const expected = plain.place(plain.model().variables[s].array, e);
        if (!equal(found, expected)) differ(label, e, expected, found);
      }
    }
  }
  void compare_record(std::size_t number) {
    auto const& [real, plain] = states_[number];
    std::string const label = "record " + std::to_string(number);
    if (real.steps() != plain->rows.size()) return differ(label + ": number of rows");
    for (std::size_t row = 0; row < plain->rows.size(); ++row)
      for (std::size_t n = 0; n < plain->rows[row].size(); ++n)
        if (!equal(static_cast<Real>(real.at(row, 0, n)), plain->rows[row][n]))
          return differ(label + " row " + std::to_string(row), n, plain->rows[row][n],
                        real.at(row, 0, n));
  }

  /// Any elements, where the engine asks for their type.
  struct any_elements {
    using model_type = models::leaky;
    using execution_space = space;
    using real = Real;
    nernst::detail::group_slice<Real> const& slice;
    nernst::detail::group_slice<Real> elements() const { return slice; }
    void ends() const {}
  };
  struct both_spikes {
    nernst::spike_record real;
    spikes* plain;
  };
  struct both_states {
    nernst::state_record<Real> real;
    states* plain;
  };
  real_network real_;
  network plain_;
  bool rounds_alike_;
  std::vector<cells> populations_;
  std::vector<synapses> projections_;
  std::vector<both_spikes> spikes_;
  std::vector<both_states> states_;
};

}  // namespace reference
