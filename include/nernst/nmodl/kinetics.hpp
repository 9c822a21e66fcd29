// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/nmodl/tables.hpp>

namespace nernst::nmodl::detail {

/// Turns reactions into what they add to the derivatives of states.
class kinetics : public tables {
 public:
  using tables::tables;

 protected:
  /// That a sum of states, each times its volume, is `total`.
  struct conserved {
    ir::list<int> slots;
    ir::list<double> weights;
    int total = ir::none, at = 0;
  };
  /// That sum without the total, of these states.
  template <class State>
  constexpr int balance(conserved const& c, State state) {
    int sum = g_.negate(c.total);
    for (int j = 0; j < c.slots.size(); ++j)
      sum = g_.add(sum, g_.multiply(weight(c, j), state(c.slots[j])));
    return sum;
  }
  constexpr int weight(conserved const& c, int j) {
    int const w = number(c.weights[j]), volume = volumes_[c.slots[j]];
    return volume == ir::none ? w : g_.multiply(w, volume);
  }

  constexpr void begin_reactions() {
    gains_ = ir::list<int>(slots_.own(), ir::none);
    volumes_ = ir::list<int>(slots_.own(), ir::none);
    conserved_.clear();
    reacting_.clear();
  }
  /// The derivatives of all states that take part become variables.
  constexpr void end_reactions() {
    for (int const k : reacting_) {
      int gain = gains_[k];
      if (volumes_[k] != ir::none) gain = g_.divide(gain, volumes_[k]);
      write(prime_of(k), gain);
    }
    for (conserved const& c : conserved_)
      for (diffusing_state const& d : diffusing_)
        if (has(c.slots, d.slot))
          not_supported(c.at, "CONSERVE of what diffuses", "conserve states that stay");
  }

  constexpr void react(node const& n) {
    switch (n.kind) {
    case node_kind::reaction: {
      int const forward = flux(n.a, n.c), backward = flux(n.b, n.d);
      set_fluxes(forward, backward);
      int const net = g_.subtract(forward, backward);
      gain(n.a, net, -1);
      return gain(n.b, net, 1);
    }
    case node_kind::influx: {
      int const rate = as_number(value(n.c));
      set_fluxes(rate, number(0));
      return gain(n.a, rate, 1);
    }
    case node_kind::decay: {
      int const rate = flux(n.a, n.c);
      set_fluxes(rate, number(0));
      return gain(n.a, rate, -1);
    }
    case node_kind::conserve:
      return conserve(n);
    case node_kind::compartment:
      return compartment(n);
    default:
      return diffuse(n);
    }
  }

  /// A state of LONGITUDINAL_DIFFUSION, with its volume and what stands there, in um2 and um4/ms.
  struct diffusing_state {
    int slot = ir::none, volume = ir::none, transport = ir::none;
  };
  ir::list<diffusing_state> diffusing_;
  ir::list<conserved> conserved_;
  ir::list<int> reacting_;  ///< slots, in the order of their reactions

 private:
  constexpr void set_fluxes(int forward, int backward) {
    for (auto const& [id, node] : {flux_name{"f_flux", forward}, flux_name{"b_flux", backward}})
      if (int const k = slots_.of_name(s_.names.intern(id)); k != ir::none) write(k, node);
  }
  struct flux_name {
    ir::string_view id;
    int node;
  };

  constexpr int flux(int terms, int rate) {
    int product = as_number(value(rate));
    for (int t = terms; t != ir::none; t = s_.nodes[t].next) {
      node const term = s_.nodes[t];
      int const x = as_number(value(term.a));
      int factor = x;
      if (term.value != 1) factor = g_.make(ir::op::power, x, number(term.value));
      product = g_.multiply(product, factor);
    }
    return product;
  }
  constexpr void gain(int terms, int flux, double sign) {
    for (int t = terms; t != ir::none; t = s_.nodes[t].next) {
      node const term = s_.nodes[t];
      int const k = slot_of(s_.nodes[term.a]);
      if (k == ir::none || slots_[k].kind != slot_kind::state) continue;
      double const weight = sign * term.value;
      int const more = weight == 1 ? flux : g_.multiply(number(weight), flux);
      if (gains_[k] == ir::none) reacting_.push_back(k);
      gains_[k] = gains_[k] == ir::none ? more : g_.add(gains_[k], more);
    }
  }
  constexpr void conserve(node const& n) {
    conserved c;
    c.at = n.at;
    c.total = as_number(value(n.b));
    for (int t = n.a; t != ir::none; t = s_.nodes[t].next) {
      node const term = s_.nodes[t];
      node const& of = s_.nodes[term.a];
      bool const is_whole_array = of.kind == node_kind::name && size_of(of) > 1;
      int const first = slot_of(of), count = is_whole_array ? size_of(of) : 1;
      for (int k = 0; k < count && first != ir::none; ++k) {
        c.slots.push_back(first + k);
        c.weights.push_back(term.value);
      }
    }
    conserved_.push_back(c);
  }
  /// Calls `act(slot, value)` for what COMPARTMENT or LONGITUDINAL_DIFFUSION names: the same value
  /// for all, or one that depends on the index.
  template <class Act>
  constexpr void for_each_named(node const& n, Act act) {
    for (int t = n.b; t != ir::none; t = s_.nodes[t].next) {
      node const of = s_.nodes[t];
      int const first = first_slot(of), count = size_of(of);
      if (first == ir::none || of.b != ir::none) continue;
      for (int k = first; k < first + count && k < slots_.own(); ++k) {
        if (n.name != ir::none) write(counter_of(n), number(k - first));
        act(k, as_number(value(n.a)));
      }
    }
  }
  constexpr void compartment(node const& n) {
    for_each_named(n, [this](int k, int volume) { volumes_[k] = volume; });
  }
  /// Behind the reactions of a step; a steady state is that of a compartment alone.
  constexpr void diffuse(node const& n) {
    if (moment_ != moment::update) return;
    for_each_named(n, [&](int k, int transport) {
      bool is_first = slots_[k].kind == slot_kind::state && volumes_[k] != ir::none;
      for (diffusing_state const& d : diffusing_) is_first = is_first && d.slot != k;
      if (!is_first)
        return not_supported(n.at, "LONGITUDINAL_DIFFUSION", "name states of COMPARTMENT, once");
      diffusing_.push_back({k, volumes_[k], transport});
    });
  }
  /// The index is a local variable that stands there.
  constexpr int counter_of(node const& n) const {
    int best = ir::none;
    for (int k = 0; k < s_.locals.size(); ++k)
      if (s_.locals[k].name == n.name && s_.locals[k].kind == local_variable::counter &&
          s_.locals[k].at > n.at && best == ir::none)
        best = k;
    return slots_.of_local(best);
  }

  ir::list<int> gains_, volumes_;  ///< by slot
};

}  // namespace nernst::nmodl::detail
