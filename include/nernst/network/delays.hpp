// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/language/pathway.hpp>
#include <nernst/network/values.hpp>

namespace nernst {

/// The delays of a pathway of synapses, in seconds: one for all, or one for each synapse. They are
/// those of spikes that are fired later; what is under way arrives when it would have. A delay is
/// rounded to the nearest step; where they differ the rounded ones are kept.
template <class Real>
class delays {
 public:
  /// Of the pathway with that name, or the first one.
  delays(detail::group_slice<Real> const& of, detail::handle<projection_base<Real>> const& synapses,
         std::string_view pathway = {})
      : of_(of), synapses_(synapses), pathway_(pathway) {}

  /// One delay if all are equal, else one for each synapse.
  std::vector<double> get() const { return chosen().delays(); }
  /// One for all.
  void operator=(ir::quantity<"s"> delay) const { set({delay.si}); }
  /// Evaluated for each synapse; see `projection::operator[]`.
  template <language::Operand T>
    requires(!std::convertible_to<T const&, ir::quantity<"s">>)
  void operator=(T const& expression) const {
    auto const fitting =
        language::detail::operand<"projection[delay] = ...", ir::units::second>(expression);
    if constexpr (!language::detail::any_mistaken<std::remove_const_t<decltype(fitting)>>)
      set_each(language::flatten(fitting));
  }
  void operator=(std::string_view expression) const { set_each(expression); }
  /// In seconds. \throws std::invalid_argument for a wrong number of them, or a negative one.
  void operator=(std::vector<double> const& seconds) const { set(seconds); }

 private:
  engine::pathway<Real>& chosen() const {
    if (synapses_->pathway_count() == 0)
      detail::refuse<std::logic_error>(
          {synapses_->name(), "[delay]: expected synapses with a pathway"});
    return pathway_.empty() ? synapses_->pathway(0) : synapses_->pathway(pathway_);
  }
  values<Real> value() const {
    return {of_, {.id = "delay", .kind = ir::role::subexpression, .unit = ir::units::second}};
  }
  void set(std::vector<double> const& seconds) const {
    chosen().set_delays(seconds, of_.network().step);
  }
  template <class Expression>
  void set_each(Expression const& expression) const {
    engine::delay_collector each = chosen().collect_delays();
    value().evaluate(expression,
                     [&each](std::size_t const* synapses, double const* seconds,
                             std::size_t count) { each.put(synapses, seconds, count); });
    chosen().set_delays(std::move(each), of_.network().step);
  }

  detail::group_slice<Real> of_;
  detail::handle<projection_base<Real>> synapses_;
  std::string pathway_;
};

}  // namespace nernst
