// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/dependency.hpp>
#include <nernst/kernel/derivation.hpp>

namespace nernst::kernel::detail {

/// Lets memory hold states that only decay, x <- c x with a c that is the same for all neurons
/// during a run, without a scale that all neurons have in common and that is c^n after n steps. An
/// update need not store them then: it does so where the scale begins anew at 1, as often as the
/// engine wants, which is in each step unless rounding may differ (see `exactness`). Kernels read
/// scale times memory and add to memory by the inverse scale, so that a scale that is always 1
/// changes nothing.
class state_scaling {
 public:
  constexpr state_scaling(ir::model& m, layout& where, derivation& d,
                          ir::list<kernel_draft>& drafts)
      : m_(m), where_(where), d_(d), drafts_(drafts) {}

  /// Neurons find out which of their states are such; synapses have been told of those of theirs.
  constexpr void run() {
    if (!m_.of_synapses && m_.placed == ir::placement::nowhere) mark_decaying();
    scale_ = ir::list<int>(m_.symbols.size(), ir::none);
    inverse_ = scale_;
    int const written = m_.symbols.size();
    for (int s = 0; s < written; ++s)
      if (m_.at(s).scaled) declare(s);
    if (!d_.scaled_states.empty()) rewrite();
  }

 private:
  static constexpr ir::string_view of_scale = "_scale_", of_inverse = "_inverse_";

  static constexpr ir::symbol named_after(ir::symbol state, ir::string_view prefix, ir::role kind) {
    ir::identifier id(prefix);
    state.id = id += state.id;
    state.kind = kind;
    state.scaled = false;
    return state;
  }
  constexpr void declare(int state) {
    scaled_state one{.state = state, .decay = decay_of(state)};
    one.scale = m_.add(named_after(m_.at(state), of_scale, ir::role::scale));
    if (m_.of_synapses)
      one.inverse = m_.add(named_after(m_.at(state), of_inverse, ir::role::inverse_scale));
    scale_[state] = m_.nodes.symbol(one.scale);
    if (m_.of_synapses) inverse_[state] = m_.nodes.symbol(one.inverse);
    d_.scaled_states.push_back(one);
  }

  // ---- which states of neurons only decay

  constexpr void mark_decaying() {
    int left = 64;  // bits of `functor::taken`
    for (ir::assignment const& s : drafts_[0].statements) {
      ir::symbol const& x = m_.at(s.symbol);
      bool const is_state = x.kind == ir::role::state && x.type == ir::value_type::real;
      if (left == 0 || !is_state || !is_decay(s) || is_written_elsewhere(s)) continue;
      if (named_after(x, of_inverse, x.kind).id.full()) continue;
      // Asked when it is known to matter, as it takes many steps.
      if (left == 64 && computes_functions()) return;
      m_.symbols[s.symbol].scaled = true;
      --left;
    }
  }
  /// Whether an update computes functions of states: beside them stores take no time.
  constexpr bool computes_functions() const {
    ir::list<int> roots;
    for (ir::assignment const& s : drafts_[0].statements) roots.push_back(s.value);
    for (int const i : ir::schedule(m_.nodes, roots)) {
      bool const is_function = ir::properties(m_.nodes[i].code).cost.functions > 0;
      if (is_function && frequency_of(i) == ir::frequency::per_element) return true;
    }
    return false;
  }
  constexpr bool is_read_of(int node, int symbol) const {
    ir::node const& n = m_.nodes[node];
    return n.code == ir::op::symbol && n.which == symbol;
  }
  constexpr bool is_decay(ir::assignment const& s) {
    if (is_read_of(s.value, s.symbol)) return false;  // stays as it is, and is not stored
    int const factor = factor_of(s.value, s.symbol);
    return factor != ir::none && frequency_of(factor) == ir::frequency::per_run;
  }
  /// What an update multiplies its state by: a node, or `none` where it does something else.
  constexpr int factor_of(int value, int symbol) {
    ir::node const n = m_.nodes[value];
    if (is_read_of(value, symbol)) return m_.nodes.literal(1);
    if (n.code == ir::op::multiply && is_read_of(n.a, symbol)) return n.b;
    if (n.code == ir::op::multiply && is_read_of(n.b, symbol)) return n.a;
    bool const is_sum = n.code == ir::op::add || n.code == ir::op::subtract;
    int const first = is_sum ? factor_of(n.a, symbol) : ir::none;
    int const second = is_sum ? factor_of(n.b, symbol) : ir::none;
    bool const both = first != ir::none && second != ir::none;
    return both ? m_.nodes.make(n.code, first, second) : ir::none;
  }
  constexpr bool is_written_elsewhere(ir::assignment const& decay) const {
    for (kernel_draft const& k : drafts_)
      for (ir::assignment const& s : k.statements)
        if (s.symbol == decay.symbol && s.value != decay.value) return true;
    return false;
  }
  constexpr int decay_of(int state) {
    for (ir::assignment const& s : drafts_[0].statements)
      if (s.symbol == state && !m_.of_synapses) return where_.scalar(factor_of(s.value, state));
    return ir::none;
  }
  constexpr ir::frequency frequency_of(int root) const {
    ir::frequency often = ir::frequency::per_run;
    for (int const i : ir::schedule(m_.nodes, root)) {
      ir::frequency const own = where_.frequency(m_, m_.nodes[i]);
      if (own > often) often = own;
    }
    return often;
  }

  // ---- what kernels read and write

  /// Only what depends on scaled states is built anew: clang limits the steps of an evaluation.
  constexpr void rewrite() {
    image_ = ir::list<int>(m_.nodes.size());
    ir::list<int> const order = ir::schedule(m_.nodes, roots_of(drafts_));
    for (int const i : order) {
      ir::node const& n = m_.nodes[i];
      bool const changes = n.code == ir::op::symbol
                               ? is_scaled(n)
                               : has_image(n.a) || has_image(n.b) || has_image(n.c);
      if (changes) image_[i] = rebuilt(i, n) + 1;
    }
    for (kernel_draft& k : drafts_) {
      k.spike = image(k.spike);
      for (ir::assignment& s : k.statements) {
        bool const is_of_neuron = inverse_[s.symbol] != ir::none;
        s.value = is_of_neuron ? in_memory(s) : image(s.value);
      }
    }
  }
  constexpr bool has_image(int node) const { return node != ir::none && image_[node] != 0; }
  /// The node in the place of another one.
  constexpr int image(int node) const { return has_image(node) ? image_[node] - 1 : node; }
  constexpr bool is_scaled(ir::node const& n) const {
    return n.code == ir::op::symbol && n.which < scale_.size() && scale_[n.which] != ir::none;
  }
  /// What node `i`, which is `n`, becomes. A factor that elements have in common takes the scale,
  /// so that nothing is computed more for each.
  constexpr int rebuilt(int i, ir::node n) {
    if (n.code == ir::op::symbol) return m_.nodes.multiply(scale_[n.which], i);
    if (n.code == ir::op::multiply) {
      bool const first = is_scaled(m_.nodes[n.a]);
      int const state = first ? n.a : n.b, factor = first ? n.b : n.a;
      if (is_scaled(m_.nodes[state]) && frequency_of(factor) != ir::frequency::per_element)
        return m_.nodes.multiply(m_.nodes.multiply(factor, scale_[m_.nodes[state].which]), state);
    }
    n.a = image(n.a);
    n.b = image(n.b);
    n.c = image(n.c);
    return m_.nodes.make(n);
  }
  /// What memory holds of a new value.
  constexpr int in_memory(ir::assignment const& s) {
    int const sum = grown(s.value, s.symbol);
    return sum != ir::none ? sum : m_.nodes.multiply(image(s.value), inverse_[s.symbol]);
  }
  /// The same of a state that something is added to; `none` of any other value.
  constexpr int grown(int node, int symbol) {
    ir::node const n = m_.nodes[node];
    if (is_read_of(node, symbol)) return node;
    if (n.code != ir::op::add && n.code != ir::op::subtract) return ir::none;
    bool const second = n.code == ir::op::add && !reads(n.a, symbol);
    int const sum = second ? n.b : n.a, more = second ? n.a : n.b;
    if (reads(more, symbol)) return ir::none;
    int const before = grown(sum, symbol);
    if (before == ir::none) return ir::none;
    int const added = m_.nodes.multiply(image(more), inverse_[symbol]);
    return second ? m_.nodes.add(added, before) : m_.nodes.make(n.code, before, added);
  }
  constexpr bool reads(int node, int symbol) const {
    return ir::any_of(m_.nodes, node, [symbol](ir::node const& n) {
      return n.code == ir::op::symbol && n.which == symbol;
    });
  }

  ir::model& m_;
  layout& where_;
  derivation& d_;
  ir::list<kernel_draft>& drafts_;
  ir::list<int> scale_, inverse_;  ///< by symbol: the nodes of its scale and of the inverse
  ir::list<int> image_;  ///< by node: 1 + what stands in its place, or 0 if that is itself
};

}  // namespace nernst::kernel::detail
