// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/schedule.hpp>
#include <nernst/engine/watch.hpp>
#include <nernst/refuse.hpp>

#include <cmath>
#include <stdexcept>

namespace nernst::engine {

/// Looks for states that are not finite. Each thread looks at its own partition; of what they find
/// the first counts, by group, variable and element.
template <class Real>
class lookout {
 public:
  lookout(watch what, network_parts<Real> const& network, int partitions)
      : on_(what == watch::finite), found_(partitions) {
    for (auto const& n : network.populations) groups_.push_back(n.get());
    for (auto const& s : network.projections) groups_.push_back(s.get());
  }

  bool is_on() const { return on_; }
  void look(int partition) {
    for (int n = 0; n < groups_.size() && found_[partition].group == ir::none; ++n)
      if (partition < groups_[n]->partitions()) look(partition, n);
  }
  /// Whether any partition has found something in the step in which all of them have looked.
  bool has_found() const { return first().group != ir::none; }
  /// \throws std::runtime_error for what was found; `step` is the one that comes next, at `t`.
  [[noreturn]] void end_run(std::int64_t step, double t) const {
    finding const f = first();
    element_group<Real> const& elements = *groups_[f.group];
    kernel::variable const& v = elements.model().variables[f.variable];
    std::string_view found = "nan";
    if (std::isinf(f.value)) found = f.value > 0 ? "inf" : "-inf";
    std::string const where =
        f.is_shared
            ? std::string()
            : detail::message({elements.element_word(), " ", elements.numbering()(f.place), ", "});
    detail::refuse<std::runtime_error>({detail::label(elements.name(), v.symbol.id),
                                        ": expected a finite value, found ", found, " at ", where,
                                        "t = ", t, " s (step ", step, ")"});
  }

 private:
  struct finding {
    int group = ir::none, variable = ir::none;
    std::size_t place = 0;
    bool is_shared = false;
    double value = 0;

    bool is_before(finding const& other) const {
      if (group != other.group) return group < other.group;
      return variable != other.variable ? variable < other.variable : place < other.place;
    }
  };

  finding first() const {
    finding f;
    for (finding const& one : found_)
      if (one.group != ir::none && (f.group == ir::none || one.is_before(f))) f = one;
    return f;
  }
  void look(int partition, int group) {
    element_group<Real> const& elements = *groups_[group];
    ir::span<kernel::variable const> const variables = elements.model().variables;
    finding& f = found_[partition];
    for (int s = 0; s < variables.size(); ++s) {
      ir::symbol const& v = variables[s].symbol;
      if (v.owner != ir::side::here) continue;  // it has the places of others
      Real const* const array = elements.arrays()[s];
      bool const is_shared = v.kind == ir::role::shared_state && partition == 0;
      if (is_shared && !std::isfinite(elements.values()[s]))
        f = {group, s, 0, true, elements.values()[s]};
      else if (v.kind == ir::role::state && array != nullptr && v.id.view().front() != '_')
        look(f, {group, s}, array, elements.begin(partition), elements.end(partition));
      if (f.group != ir::none) return;
    }
  }
  static void look(finding& f, finding const& at, Real const* array, std::size_t begin,
                   std::size_t end) {
    bool all = true;  // without a way out, so that the loop is vectorised
    for (std::size_t n = begin; n < end; ++n) all = all & (array[n] - array[n] == 0);
    if (all) return;
    std::size_t n = begin;
    while (std::isfinite(array[n])) ++n;
    f = {at.group, at.variable, n, false, static_cast<double>(array[n])};
  }

  bool on_;
  ir::list<element_group<Real> const*> groups_;
  ir::list<finding> found_;  ///< by partition
};

}  // namespace nernst::engine
