// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/bound_expression.hpp>
#include <nernst/engine/handle.hpp>
#include <nernst/engine/inversion_table.hpp>
#include <nernst/refuse.hpp>

#include <optional>

namespace nernst::engine {

/// What Poisson input is made from.
template <class Real>
struct poisson_input_outline {
  element_group<Real>* target;
  element_set set;       ///< which of its elements
  int symbol;            ///< of the variable
  std::uint64_t number;  ///< of synapses for each neuron
  double rate;           ///< of each of them, in Hz
  double weight;         ///< in SI units, if it is no expression
  std::optional<bound_expression> expression;
  std::uint32_t object;
};

/// Input to each of some neurons from many Poisson neurons of its own: in each step the variable
/// grows by the weight times a binomial number, as in Brian 2. It does not while the variable is
/// frozen by refractoriness.
template <class Real>
class poisson_input {
 public:
  explicit poisson_input(poisson_input_outline<Real> outline)
      : of_(std::move(outline)),
        handles_(*this, detail::message({"poisson_input to ", of_.target->name()})) {}
  poisson_input(poisson_input const&) = delete;
  poisson_input& operator=(poisson_input const&) = delete;

  poisson_input_outline<Real> const& outline() const { return of_; }
  /// Whether it takes part in runs.
  bool is_active() const { return active_; }
  void set_active(bool active) { active_ = active; }
  /// What users hold of it.
  detail::handle<poisson_input> handle() const { return handles_.get(); }
  void set_weight(bound_expression e) { of_.expression = std::move(e); }
  /// \throws std::invalid_argument where more than one spike would be fired in a step.
  void prepare() {
    double const dt = of_.target->dt(), p = of_.rate * dt;
    if (!(p >= 0 && p <= 1))
      detail::refuse<std::invalid_argument>({"poisson_input to ", of_.target->name(),
                                             ": expected a rate of at most one spike in a step of ",
                                             dt, " s, found ", of_.rate, " Hz"});
    table_ = inversion_table::binomial(of_.number, p);
    frozen_ = of_.target->model().variables[of_.symbol].symbol.frozen;
    weights_.clear();
    for (int k = 0; of_.expression && k < of_.target->partitions(); ++k)
      weights_.emplace_back(*of_.expression);
  }
  /// For the neurons of a partition.
  void act(int partition, kernel::step_context const& now) {
    if (!of_.expression) return add(partition, now, [this](std::uint32_t) { return of_.weight; });
    weight_of& weight = weights_[static_cast<std::size_t>(partition)];
    weight.here = of_.target->at(now.time, now.step);
    of_.expression->enter(weight.here);
    weight.here.of(ir::side::here).numbers = of_.set.numbers();
    weight.here.of(ir::side::here).count = of_.set.size();
    weight.here.key = now.key;
    weight.here.settled = now.step;
    add(partition, now, weight);
  }

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

  template <class Weight>
  void add(int partition, kernel::step_context const& now, Weight&& weight) const {
    // No formula of a weight draws so many numbers.
    constexpr std::uint32_t draw = 0xFFFF;
    std::uint32_t const begin = std::max(of_.set.begin(), of_.target->begin(partition));
    std::uint32_t const end = std::min(of_.set.end(), of_.target->end(partition));
    Real* const values = of_.target->arrays()[of_.symbol];
    kernel::spike_history<Real> const spikes = of_.target->spikes();
    for (std::uint32_t n = begin; n < end; ++n) {
      if (!of_.set.contains(n)) continue;
      auto const count = table_(kernel::uniform<double>(now.key, of_.set.number_of(n), draw));
      if (count == 0 || (frozen_ && !spikes.is_open(n, now.step))) continue;
      values[n] += static_cast<Real>(static_cast<double>(count) * weight(n));
    }
  }

  poisson_input_outline<Real> of_;
  inversion_table table_;
  bool frozen_ = false, active_ = true;
  std::vector<weight_of> weights_;  ///< by partition
  detail::handle_source<poisson_input> handles_;
};

}  // namespace nernst::engine
