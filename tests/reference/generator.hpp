// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "twin.hpp"

namespace reference {

/// Choices that depend on a seed alone.
class choices {
 public:
  explicit choices(std::uint64_t seed) : key_{seed, 0, 0} {}

  double real(double low, double high) {
    return low + (high - low) * kernel::uniform<double>(key_, next_++, 0);
  }
  /// A number in [low, high].
  int whole(int low, int high) { return low + static_cast<int>(real(0, high - low + 1)); }
  bool chance(double p) { return real(0, 1) < p; }
  std::vector<double> reals(std::uint32_t n, double low, double high) {
    std::vector<double> all;
    for (std::uint32_t k = 0; k < n; ++k) all.push_back(real(low, high));
    return all;
  }

 private:
  kernel::draw_key key_;
  std::uint32_t next_ = 0;
};

/// A random network and what happens to it. `run()` says whether engine and reference agree.
class random_network {
 public:
  /// `stepwise` compares after each step.
  random_network(std::uint64_t seed, bool stepwise, nernst::exactness how)
      : choose_(seed), both_(choose_.chance(0.25) ? fine : coarse, seed, how), stepwise_(stepwise) {
  }

  twin const& both() const { return both_; }

  bool run() {
    make_populations();
    int const projections = choose_.whole(0, 5);
    for (int k = 0; k < projections; ++k) make_projection();
    for (int inputs = choose_.chance(0.5) ? choose_.whole(1, 2) : 0; inputs > 0; --inputs)
      make_input();
    make_records();
    if (choose_.chance(0.3)) make_call();
    for (int pieces = choose_.whole(1, 5); pieces > 0; --pieces) {
      int const steps = choose_.whole(1, 60);
      for (int made = 0; made < steps; made += stepwise_ ? 1 : steps) {
        both_.run(stepwise_ ? 1 : steps);
        if (!both_.agree()) return false;
      }
      change();
    }
    return true;
  }

 private:
  static constexpr double coarse = 1e-4, fine = 0.5e-4;
  static constexpr int longest_delay = 30;

  std::uint32_t size() {
    return static_cast<std::uint32_t>(choose_.whole(1, choose_.chance(0.2) ? 150 : 40));
  }
  /// Synapses that act before the state update, onto neurons with one period for all.
  static synapse_kind const& early_kind() {
    for (synapse_kind const& k : synapse_kinds)
      if (std::string_view(k.name) == "elsewhere" && k.target == resting) return k;
    throw std::logic_error("reference: no synapses that act early");
  }
  synapse_kind const& any_kind() {
    return synapse_kinds[choose_.whole(0, static_cast<int>(std::size(synapse_kinds)) - 1)];
  }
  void make_populations() {
    synapse_kind const& first = any_kind();
    add(first.source);
    if (first.target != first.source || choose_.chance(0.5)) add(first.target);
    if (choose_.chance(0.5)) add(any_kind().target);
    bool const follows = first.source == following || first.target == following;
    if (follows || both_.populations().back().kind == following) add(leaky, 2);
    int const count = static_cast<int>(both_.populations().size());
    for (int p = 0; p < count; ++p)
      if (both_.populations()[static_cast<std::size_t>(p)].kind == following) link(p, count);
  }
  /// Links to another population that is not linked itself, so that what it does can be followed.
  void link(int of, int populations) {
    int to = of;
    auto const fits = [&] {
      auto const& c = both_.populations()[static_cast<std::size_t>(to)];
      return c.kind != following && c.size() > 1;
    };
    while (!fits()) to = choose_.whole(0, populations - 1);
    auto const here = both_.populations()[static_cast<std::size_t>(of)].size();
    auto const there = static_cast<int>(both_.populations()[static_cast<std::size_t>(to)].size());
    std::vector<std::int32_t> index;
    for (std::uint32_t n = 0; n < here; ++n) index.push_back(choose_.whole(0, there - 1));
    both_.link(of, "other", to, choose_.chance(0.5) ? "v" : "x", index);
    both_.give(of, "drive", choose_.reals(30, -0.5, 1), 3, choose_.whole(1, 12) * coarse / 2);
  }
  void add(int kind, std::uint32_t least = 1) {
    std::uint32_t const n = std::max(least, size());
    auto const& c = both_.populations()[static_cast<std::size_t>(both_.add(kind, n))];
    sums_.push_back(false);
    auto const set = [&](char const* id, double low, double high) {
      both_.set(c.real.elements(), *c.plain, id, choose_.reals(n, low, high));
    };
    set("v", -0.5, 1.5);
    set("g", 0, 1);
    set("x", 0, 1);
    set("b", 0, 2);
    // Others look at times that are no multiples of their own steps.
    bool const fits = c.plain->model().timings.empty() && kind != following;
    if (fits && choose_.chance(0.2)) own_dt(c.real.elements(), *c.plain);
    if (kind == each) set("R", 0, 1.2e-3);
    if (kind == resting || kind == counted)
      both_.set(c.real.elements(), *c.plain, "R", {choose_.whole(0, 8) * coarse});
  }

  template <class Group>
  void own_dt(nernst::detail::group_slice<Real> const& of, Group& plain) {
    both_.set_own_dt(of, plain, choose_.whole(2, 6) * coarse);
  }

  twin::part part_of(int population) {
    auto const n =
        static_cast<int>(both_.populations()[static_cast<std::size_t>(population)].size());
    bool const is_all = choose_.chance(0.5);
    int const begin = is_all ? 0 : choose_.whole(0, n - 1);
    int const end = is_all ? n : choose_.whole(begin + 1, n);
    bool const has_gaps = choose_.chance(0.4);
    twin::part some{population, {}};
    for (int k = begin; k < end; ++k)
      if (k == begin || !has_gaps || choose_.chance(0.6))
        some.neurons.push_back(static_cast<std::uint32_t>(k));
    return some;
  }
  /// A population of that kind, or -1.
  int find(int kind) {
    int const count = static_cast<int>(both_.populations().size());
    int const first = choose_.whole(0, count - 1);
    for (int k = 0; k < count; ++k) {
      int const p = (first + k) % count;
      if (both_.populations()[static_cast<std::size_t>(p)].kind == kind) return p;
    }
    return -1;
  }

  void make_projection() {
    int source = -1, target = -1;
    synapse_kind const* kind = nullptr;
    while (source < 0 || target < 0) {
      kind = &any_kind();
      source = find(kind->source);
      target = find(kind->target);
    }
    for (kernel::scheduled_kernel const& k : kind->model->kernels) {
      if (!kernel::is_sum(k)) continue;
      int const s = kernel::written_by(*kind->model, k);
      bool const into_source = kind->model->variables[s].symbol.owner == ir::side::pre;
      auto const p = static_cast<std::size_t>(into_source ? source : target);
      if (sums_[p]) return;
      sums_[p] = true;
    }
    connect(*kind, part_of(source), part_of(target));
  }
  void connect(synapse_kind const& kind, twin::part const& source, twin::part const& target) {
    // Right behind a change of dt, what acts before the state update sees in Brian 2 who was
    // refractory in steps of the old length; the engine counts in new ones.
    keeps_dt_ = keeps_dt_ || &kind == &early_kind();
    int const sources = source.size();
    int const targets = target.size();
    std::vector<std::int32_t> i, j;
    if (sources * targets <= 200 && choose_.chance(0.2)) {
      for (int k = 0; k < sources * targets; ++k) {
        i.push_back(k / targets);
        j.push_back(k % targets);
      }
    } else {
      for (int n = choose_.whole(0, choose_.chance(0.3) ? 10 : 150); n > 0; --n) {
        i.push_back(choose_.whole(0, sources - 1));
        j.push_back(choose_.whole(0, targets - 1));
      }
      if (choose_.chance(0.3)) std::sort(i.begin(), i.end());
    }
    both_.connect(kind, source, target, i, j, delay());
    int const number = static_cast<int>(both_.projections().size()) - 1;
    auto const& s = both_.projections().back();
    auto const n = static_cast<std::uint32_t>(i.size());
    for (kernel::variable const& v : kind.model->variables) {
      bool const own = v.symbol.owner == ir::side::here && ir::is_stored(v.symbol.kind);
      if (own && v.symbol.id == "w") set(s, "w", choose_.reals(n, -0.5, 0.7));
      if (own && v.symbol.id == "y") set(s, "y", choose_.reals(n, 0, 1));
      if (v.symbol.id == "scale") set(s, "scale", {choose_.real(0.5, 1.5)});
    }
    if (kind.model->timings.empty() && choose_.chance(0.2)) own_dt(s.real.elements, *s.plain);
    if (choose_.chance(0.7)) change_delays(number);
  }
  void set(twin::synapses const& s, char const* id, std::vector<double> const& values) {
    both_.set(s.real.elements, *s.plain, id, values);
  }

  /// Short ones are more frequent.
  double delay() {
    int const most = choose_.chance(0.5) ? 4 : longest_delay;
    double const steps = choose_.whole(0, most) * both_.plain().dt();
    if (choose_.chance(0.7)) return steps;
    return std::max(0.0, steps + choose_.real(-0.4, 0.4) * coarse);
  }
  void change_delays(int number) {
    auto const& s = both_.projections()[static_cast<std::size_t>(number)];
    auto const& kernels = s.plain->model().kernels;
    for (int k = 0; k < kernels.size(); ++k) {
      if (kernels[k].when_executed != kernel::trigger::pathway || choose_.chance(0.4)) continue;
      std::vector<double> all;
      std::uint32_t const count = choose_.chance(0.3) ? 1 : s.plain->size();
      for (std::uint32_t n = 0; n < count; ++n) all.push_back(delay());
      both_.set_delays(number, k, all);
    }
  }

  /// For many neurons few numbers are probable, or many.
  void make_input() {
    int const of = choose_.whole(0, static_cast<int>(both_.populations().size()) - 1);
    auto const number = static_cast<std::uint64_t>(choose_.chance(0.5) ? 1000 : 1000000);
    double const rate = choose_.chance(0.5) ? choose_.real(0, 20) : choose_.real(0, 1000);
    double const mean = static_cast<double>(number) * rate * coarse;
    both_.add_input(part_of(of), number, rate, choose_.real(-0.2, 0.3) / std::max(1.0, mean));
  }

  ir::instant when() {
    return {static_cast<ir::slot>(choose_.whole(0, static_cast<int>(ir::slot::after_end))),
            choose_.whole(-3, 3)};
  }
  void make_records() {
    for (std::size_t p = 0; p < both_.populations().size(); ++p)
      if (choose_.chance(0.5))
        both_.record(static_cast<int>(p), choose_.chance(0.5) ? "v" : "g", when());
  }
  void make_call() {
    // With steps of either length.
    std::int64_t const period = 2 * choose_.whole(1, 5);
    int const of = choose_.whole(0, static_cast<int>(both_.populations().size()) - 1);
    ir::instant at = when();
    // Between update and threshold the engine calls nobody.
    while (at >= ir::instant{ir::slot::groups, 0} && at < ir::instant{ir::slot::thresholds, 0})
      at = when();
    both_.every(period, at, of, choose_.chance(0.5) ? "v" : "g");
  }

  /// Something that happens between two runs.
  void change() {
    if (both_.plain().step() % 2 == 0 && !keeps_dt_ && choose_.chance(0.25))
      both_.set_dt(both_.plain().dt() == coarse ? fine : coarse);
    int const projections = static_cast<int>(both_.projections().size());
    if (projections > 0 && choose_.chance(0.4)) change_delays(choose_.whole(0, projections - 1));
    if (choose_.chance(0.2)) make_projection();
    if (choose_.chance(0.3)) {
      auto const& c = both_.populations().front();
      both_.set(c.real.elements(), *c.plain, "v", choose_.reals(c.size(), -0.5, 1.5));
    }
  }

  choices choose_;
  twin both_;
  bool stepwise_, keeps_dt_ = false;
  std::vector<bool> sums_;  ///< by population: whether something is summed for it
};

}  // namespace reference
