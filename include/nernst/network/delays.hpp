// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/projection_base.hpp>
#include <nernst/language/pathway.hpp>
#include <nernst/network/values.hpp>

#include <memory>
#include <string>
#include <vector>

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

  /// Those of the synapses for which a condition holds, which may also be a text; the others keep
  /// theirs, rounded: `synapses[delay][i == 0] = 2 * ms`.
  template <language::Condition C>
  delays operator[](C const& condition) const {
    return some(value()[condition]);
  }
  delays operator[](std::string_view condition) const { return some(value()[condition]); }
  /// Those from source `from` to target `to`, counted within the slices or sets; see
  /// `values::operator()`. \throws std::out_of_range for neurons that are not there.
  delays operator()(std::uint32_t from, std::uint32_t to) const { return some(value()(from, to)); }

  /// One delay if all are equal, else one for each synapse.
  std::vector<double> get() const { return chosen().delays(); }
  /// One for all.
  void operator=(ir::quantity<"s"> delay) const {
    some_ ? set_each(language::flatten(delay)) : set({delay.si});
  }
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
  /// In seconds. \throws std::invalid_argument for a wrong number of them, a negative one, and
  /// for those that a condition chooses.
  void operator=(std::vector<double> const& seconds) const {
    if (some_)
      detail::refuse<std::invalid_argument>(
          {synapses_->name(),
           "[delay]: expected one delay for all that a condition chooses, found a list"});
    set(seconds);
  }

 private:
  engine::pathway<Real>& chosen() const {
    if (synapses_->pathway_count() == 0)
      detail::refuse<std::logic_error>(
          {synapses_->name(), "[delay]: expected synapses with a pathway"});
    return pathway_.empty() ? synapses_->pathway(0) : synapses_->pathway(pathway_);
  }
  delays some(values<Real> const& those) const {
    delays few = *this;
    few.some_ = std::make_shared<values<Real> const>(those);
    return few;
  }
  values<Real> value() const {
    if (some_) return *some_;
    return {of_, {.id = "delay", .kind = ir::role::subexpression, .unit = ir::units::second}};
  }
  void set(std::vector<double> const& seconds) const {
    chosen().set_delays(seconds, of_.network().step);
  }
  template <class Expression>
  void set_each(Expression const& expression) const {
    if (some_) return set_some(expression);
    engine::delay_collector each = chosen().collect_delays();
    value().evaluate(expression,
                     [&each](std::size_t const* synapses, double const* seconds,
                             std::size_t count) { each.put(synapses, seconds, count); });
    chosen().set_delays(std::move(each), of_.network().step);
  }

  template <class Expression>
  void set_some(Expression const& expression) const {
    std::vector<double> all = get();
    if (all.size() == 1) all.resize(synapses_->size(), all.front());
    std::vector<char> const is_chosen = some_->holds();
    some_->evaluate(expression,
                    [&](std::size_t const* synapses, double const* seconds, std::size_t count) {
                      for (std::size_t k = 0; k < count; ++k)
                        if (is_chosen[synapses[k]]) all[synapses[k]] = seconds[k];
                    });
    set(all);
  }

  detail::group_slice<Real> of_;
  detail::handle<projection_base<Real>> synapses_;
  std::string pathway_;
  std::shared_ptr<values<Real> const> some_;  ///< what a condition chooses; null for all
};

}  // namespace nernst
