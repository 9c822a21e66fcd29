// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/record.hpp>
#include <nernst/network/synapses.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace nernst {

/// A record of states and the neurons it is made of.
template <class Real>
struct watched_states {
  std::unique_ptr<detail::state_store<Real>> store;
  neurons<Real>* of;
};

/// One thing that is done in every step.
template <class Real>
struct act {
  enum kind : std::uint8_t { extra, once, record, update, wait, gate, deliver, reset };

  kind what = gate;
  ir::instant when;
  int number = ir::none;  ///< of an extra
  bool alone = false;     ///< one thread does it for all partitions
  neurons<Real>* of = nullptr;
  detail::state_store<Real>* store = nullptr;
  nernst::synapses* through = nullptr;
};

/// What is done in a step, in order. A `gate` is a barrier: behind it a thread reads the spikes of
/// all partitions, which nobody changes any more. Where neurons are linked to those of other
/// partitions there is a barrier before everything (`wait`), so that populations act one after the
/// other.
template <class Real>
class step_plan {
 public:
  step_plan() = default;
  step_plan(std::vector<std::unique_ptr<neurons<Real>>> const& all,
            std::vector<std::unique_ptr<synapses>> const& through,
            std::vector<watched_states<Real>> const& states) {
    constexpr ir::instant deliveries{ir::slot::synapses, -1};
    bool crossed = false;
    for (auto const& n : all) {
      bool crosses = false;
      for (std::size_t s = 0; s < n->linked().size(); ++s)
        crosses = crosses || (n->linked()[s].given() && n->linked()[s].crosses(*n));
      crossed = crossed || crosses;
      add({act<Real>::update, {ir::slot::groups, 0}, ir::none, false, n.get()});
      if (n->reset_waits)
        add({act<Real>::reset,
             {ir::slot::resets, 0},
             ir::none,
             crosses && resets_links(n->facts()),
             n.get()});
      for (std::size_t k = 0; k < n->facts().extras.size(); ++k) {
        kernel::extra const& e = n->facts().extras[k];
        add({e.for_all ? act<Real>::once : act<Real>::extra, e.when, static_cast<int>(k),
             crosses && e.links, n.get()});
      }
    }
    for (auto const& s : states) {
      act<Real> a{act<Real>::record, s.store->when};
      a.of = s.of;
      a.store = s.store.get();
      add(a);
    }
    for (auto const& s : through) {
      act<Real> a{act<Real>::deliver, deliveries};
      a.through = s.get();
      add(a);
    }
    std::vector<act<Real>> const sorted = std::exchange(acts_, {});
    bool closed = false;
    for (auto const& a : sorted) {
      if (!closed && a.when >= deliveries) {
        acts_.push_back({act<Real>::gate, a.when});
        closed = true;
      } else if (crossed) {
        acts_.push_back({act<Real>::wait, a.when});
      }
      acts_.push_back(a);
    }
    if (!closed) acts_.push_back({act<Real>::gate, deliveries});
  }

  std::vector<act<Real>> const& acts() const { return acts_; }

 private:
  /// Behind all that come before it or have the same place.
  void add(act<Real> const& a) {
    auto const before = [](act<Real> const& x, act<Real> const& y) {
      return x.when != y.when ? x.when < y.when : rank(x) < rank(y);
    };
    acts_.insert(std::upper_bound(acts_.begin(), acts_.end(), a, before), a);
  }

  static bool resets_links(kernel::facts const& model) {
    for (auto const& v : model.variables)
      if (v.symbol.kind == ir::role::linked && v.written) return true;
    return false;
  }
  /// At equal instants: the actions of a model come before a record in slot `start`, and behind the
  /// library's own parts elsewhere.
  static int rank(act<Real> const& a) {
    bool const of_model = a.what == act<Real>::extra || a.what == act<Real>::once;
    return a.when.when == ir::slot::start ? !of_model : of_model;
  }

  std::vector<act<Real>> acts_;
};

}  // namespace nernst
