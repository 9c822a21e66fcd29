// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/inversion.hpp>
#include <nernst/engine/neuron_input.hpp>
#include <nernst/kernel/distributions.hpp>
#include <nernst/refuse.hpp>

namespace nernst::engine {

/// The Poisson neurons of an input.
struct poisson_trains {
  std::uint64_t number;  ///< of synapses for each neuron
  double rate;           ///< of each of them, in Hz
  double weight;         ///< in SI units, if it is no expression
};

/// How the numbers are distributed that neurons get, and whether none get any which are refractory.
struct poisson_law {
  double trials = 0, p = 0;
  bool frozen = false;
  /// No formula of a weight draws so many numbers. The next draw is this one's, too.
  static constexpr std::uint32_t draw = 0xFFFE;
};

/// Input to each of some neurons from many Poisson neurons of its own: in each step the variable
/// grows by the weight times a binomial number, as in Brian 2. It does not while the variable is
/// frozen by refractoriness.
template <class Real>
class poisson_input final : public neuron_input<Real> {
  using neuron_input<Real>::outline;

 public:
  poisson_input(input_outline<Real> where, poisson_trains const& trains)
      : neuron_input<Real>(std::move(where), "poisson_input"), trains_(trains) {}

  /// \throws std::invalid_argument for a rate below 0, and where more than one spike would be
  /// fired in a step.
  void prepare() override {
    double const dt = outline().target->dt(), p = trains_.rate * dt;
    if (!(p >= 0 && p <= 1))
      detail::refuse<std::invalid_argument>(
          {"poisson_input to ", outline().target->name(),
           ": expected a rate from 0 Hz to that of one spike in a step of ", dt, " s, found ",
           trains_.rate, " Hz"});
    law_ = {.trials = static_cast<double>(trains_.number),
            .p = p,
            .frozen = outline().target->model().variables[outline().symbol].symbol.frozen};
    inversion_ = inversion::binomial(law_.trials, law_.p);
    weights_.clear();
    for (int k = 0; outline().expression && k < outline().target->partitions(); ++k)
      weights_.emplace_back(*outline().expression);
  }
  void act(int partition, kernel::step_context const& now) override {
    if (!outline().expression) {
      // Behind the update of this step.
      auto const inverse = outline().target->scale_of(outline().symbol, ir::role::inverse_scale);
      std::int64_t const updates = now.step + 1 - outline().target->first_scaled();
      double const weight = trains_.weight * static_cast<double>(inverse.after(updates));
      return add(partition, now, weight);
    }
    weight_of& weight = weights_[static_cast<std::size_t>(partition)];
    weight.here = outline().target->at(now.time, now.step);
    outline().expression->enter(weight.here);
    weight.here.of(ir::side::here).numbers = outline().set.numbers();
    weight.here.of(ir::side::here).count = outline().set.size();
    weight.here.key = now.key;
    weight.here.settled = now.step;
    add(partition, now, weight);
  }
  /// Once a run is prepared.
  poisson_law const& law() const { return law_; }
  kernel::inversion_table table() const { return inversion_.table(); }
  /// In SI units, where it is no formula.
  double weight() const { return trains_.weight; }

 private:
  /// The weights of a formula.
  struct weight_of {
    explicit weight_of(bound_expression const& e) : evaluate(e.tape) {}
    double operator()(std::uint32_t neuron) {
      double w = 0;
      here.element = neuron;
      evaluate(here, ir::span<double>(&w, 1));
      return w;
    }
    environment<Real> here{};
    ir::interpreter<environment<Real>> evaluate;
  };

  static constexpr std::uint32_t together = kernel::drawn_together;
  /// What neurons that draw together get: those in [begin, end) of the `together` from `first` on.
  struct share {
    std::uint32_t first, begin, end;
    std::uint8_t const* open;  ///< whom they do not come to has no bit; null where they come to all
    alignas(64) Real numbers[together];
  };

  template <class Weight>
  void add(int partition, kernel::step_context const& now, Weight& weight) const {
    auto const first_own = static_cast<std::uint32_t>(outline().target->begin(partition));
    auto const last_own = static_cast<std::uint32_t>(outline().target->end(partition));
    std::uint32_t const begin = std::max(outline().set.begin(), first_own);
    std::uint32_t const end = std::min(outline().set.end(), last_own);
    if (begin >= end) return;
    Real* const values = outline().target->arrays()[outline().symbol];
    kernel::spike_history<Real> const spikes = outline().target->spikes();
    for (std::uint32_t first = begin - begin % together; first < end; first += together) {
      share of;
      of.first = first;
      of.begin = std::max(first, begin);
      of.end = std::min(first + together, end);
      of.open = law_.frozen ? spikes.open : nullptr;
      draw(of, now.key);
      leave_out(of, spikes, now.step);
      add(values, of, weight);
    }
  }
  void draw(share& of, kernel::draw_key key) const {
    constexpr std::uint32_t draw = poisson_law::draw;
    kernel::inversion_table const table = inversion_.table();
    if (table.is_empty()) {
      for (std::uint32_t k = 0; k < together; ++k)
        of.numbers[k] =
            static_cast<Real>(kernel::binomial(key, of.first + k, draw, law_.trials, law_.p));
    } else {
      alignas(64) std::int32_t places[together];
      kernel::draw_together(table, key, of.first, draw, places);
      for (std::uint32_t k = 0; k < together; ++k)
        of.numbers[k] = static_cast<Real>(table.first + places[k]);
    }
  }
  /// Nothing comes to neurons that are no targets, nor to frozen ones.
  void leave_out(share& of, kernel::spike_history<Real> const& spikes, std::int64_t step) const {
    Real* const own = of.numbers + (of.begin - of.first);
    Real* const own_end = of.numbers + (of.end - of.first);
    std::fill(of.numbers, own, Real(0));
    std::fill(own_end, of.numbers + together, Real(0));
    for (std::uint32_t n = of.begin; n < of.end && !outline().set.is_slice(); ++n)
      if (!outline().set.contains(n)) of.numbers[n - of.first] = 0;
    if (!law_.frozen || of.open != nullptr) return;
    for (std::uint32_t n = of.begin; n < of.end; ++n)
      if (!spikes.is_open(n, step)) of.numbers[n - of.first] = 0;
  }
  static void add(Real* values, share const& of, double weight) {
    using value = kernel::pack<Real>;
    constexpr auto width = static_cast<std::uint32_t>(kernel::pack_width<Real>);
    value const each(static_cast<Real>(weight)), none(Real(0));
    // The partition has all of the packs at the ends.
    for (std::uint32_t n = of.begin - of.begin % width; n < of.end; n += width) {
      auto const number = kernel::load<value>(of.numbers + (n - of.first));
      auto const old = kernel::load<value>(values + n);
      kernel::mask_of<value> changes = number > none;
      if (of.open != nullptr)
        changes = changes && kernel::mask_of_bits<value>(kernel::open_bits<width>(of.open, n));
      kernel::store<value>(values + n, kernel::select<value>(changes, old + number * each, old));
    }
  }
  static void add(Real* values, share const& of, weight_of& weight) {
    for (std::uint32_t n = of.begin; n < of.end; ++n) {
      Real const number = of.numbers[n - of.first];
      bool const is_open = of.open == nullptr || kernel::open_bits<1>(of.open, n) != 0;
      if (number > 0 && is_open)
        values[n] += static_cast<Real>(static_cast<double>(number) * weight(n));
    }
  }

  poisson_trains trains_;
  poisson_law law_;
  inversion inversion_;
  std::vector<weight_of> weights_;  ///< by partition
};

}  // namespace nernst::engine
