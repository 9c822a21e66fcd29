// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/simplify.hpp>
#include <nernst/ir/weighted_sum.hpp>

namespace nernst::ir {

/// Finds exponentials whose arguments are whole multiples of another's, but for a number, as the
/// rates of channels have them: exp(-v/10), exp(-v/20) and exp(-v/80) are powers of the last.
///
/// Beside exp(a), exp(k a + b) becomes exp(a)^k exp(b), and exprelr(x) of x = k a + b
/// exprelr_2(x, exp(a)^k exp(b)); where k is negative, exprelr(x) = exprelr(-x) exp(-x). This
/// changes the last digits.
class exponential_sharer {
 public:
  /// `may_change(i)` says whether node `i` may be replaced: what is computed once per run need not,
  /// and what decides a jump must not.
  template <class MayChange>
  constexpr exponential_sharer(graph& g, span<int const> roots, MayChange may_change)
      : g_(g), order_(schedule(g, roots)), images_(g.size(), none) {
    for (int const i : order_) {
      op const code = g_[i].code;
      if ((code == op::exp || code == op::exprelr) && may_change(i)) enter(i);
    }
    for (int k = 0; k < all_.size(); ++k)
      if (all_[k].family == k) share(k);
  }

  /// The roots with what was found.
  constexpr list<int> operator()(span<int const> roots) {
    if (!found_) return list<int>(roots);
    return rebuild(g_, order_, roots, [this](int i, node const& n) {
      if (images_[i] != none) return images_[i];
      return n == g_[i] ? i : g_.make(n);
    });
  }

 private:
  /// The power up to which roundings are few.
  static constexpr int highest_power = 12;
  /// Up to here exp(b) does not take a product out of the range of single precision.
  static constexpr double largest_offset = 30;

  struct exponential {
    int node = none;
    weighted_sum argument;
    int family = none;  ///< the first one whose argument is a multiple of this one's
  };

  constexpr void enter(int i) {
    exponential e{i, weighted_sum(g_, g_[i].a), all_.size()};
    for (int k = 0; k < all_.size() && e.family == all_.size(); ++k)
      if (all_[k].family == k && e.argument.multiple_of(all_[k].argument) != 0) e.family = k;
    if (e.argument.ok) all_.push_back(e);
  }

  /// The whole k where an exponential can be made of the k-th power of another, or 0.
  constexpr int power_of(exponential const& e, exponential const& base) const {
    double const ratio = e.argument.multiple_of(base.argument);
    if (ratio > highest_power + 0.5 || ratio < -highest_power - 0.5) return 0;
    int const k = static_cast<int>(ratio < 0 ? ratio - 0.5 : ratio + 0.5);
    double const offset = e.argument.offset - k * base.argument.offset;
    bool const fits = is_close(ratio, k, k) && offset < largest_offset && offset > -largest_offset;
    return fits && (k > 0 || g_[e.node].code == op::exprelr) ? k : 0;
  }

  constexpr void share(int family) {
    int base = none, most = 1;
    for (int b = family; b < all_.size(); ++b) {
      if (all_[b].family != family || g_[all_[b].node].code != op::exp) continue;
      int count = 0;
      for (int e = family; e < all_.size(); ++e)
        count += all_[e].family == family && power_of(all_[e], all_[b]) != 0;
      if (count > most) {
        most = count;
        base = b;
      }
    }
    if (base == none) return;
    for (int e = family; e < all_.size(); ++e) {
      int const k = all_[e].family == family && e != base ? power_of(all_[e], all_[base]) : 0;
      if (k != 0) images_[all_[e].node] = made_of(all_[base], k, all_[e]);
    }
    found_ = true;
  }

  constexpr int made_of(exponential const& base, int k, exponential const& e) {
    double const offset = e.argument.offset - k * base.argument.offset;
    int const power =
        times_exp(simplifier(g_).whole_power(base.node, k < 0 ? -k : k), k < 0 ? -offset : offset);
    node const n = g_[e.node];
    if (n.code == op::exp) return power;
    if (k > 0) return g_.make(op::exprelr_2, n.a, power);
    int const mirrored = g_.make(op::exprelr_2, g_.negate(n.a), power);
    return g_.make_commuting(op::multiply, mirrored, power);
  }
  constexpr int times_exp(int x, double exponent) {
    if (exponent == 0) return x;
    return g_.multiply(x, g_.make(op::exp, g_.literal(exponent)));
  }

  graph& g_;
  list<int> order_, images_;
  list<exponential> all_;
  bool found_ = false;
};

/// Builds `roots` with fewer exponentials where some are powers of others, and returns the new
/// roots. They should have their final form but for this.
template <class MayChange>
constexpr list<int> share_exponentials(graph& g, span<int const> roots, MayChange may_change) {
  exponential_sharer share(g, roots, may_change);
  return share(roots);
}

}  // namespace nernst::ir
