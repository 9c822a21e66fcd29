// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/operation.hpp>
#include <nernst/kernel/inversion_table.hpp>

#include <math.h>

/// Random numbers that take an unknown number of uniform ones.
namespace nernst::kernel {

/// Uniform numbers in (0, 1), one after the other, for one draw of one element and step.
class uniform_stream {
 public:
  NERNST_FUNCTION uniform_stream(draw_key key, std::uint32_t element, std::uint32_t draw)
      : key_(key), element_(element), draw_(draw) {}

  NERNST_FUNCTION double operator()() {
    if (!second_) bits_ = draw_bits(key_, element_, draw_ | (++block_ << 16));
    second_ = !second_;
    double const u = second_ ? detail::unit_interval<double>(bits_.v[0], bits_.v[1])
                             : detail::unit_interval<double>(bits_.v[2], bits_.v[3]);
    return u + 0x1p-54;
  }

 private:
  draw_key key_;
  std::uint32_t element_, draw_, block_ = 0;
  philox_block bits_{};
  bool second_ = false;
};

namespace detail {
/// A Poisson number by multiplication of uniforms: `exceeds(product)` compares with exp(-mean).
template <class Exceeds>
NERNST_CALLABLE int events_by_products(uniform_stream next, Exceeds const& exceeds) {
  double product = next();
  int k = 0;
  for (; exceeds(product); ++k) product *= next();
  return k;
}

/// A Poisson number by the transformed rejection method PTRS of Hoermann (Insurance:
/// Mathematics and Economics 12, 1993).
NERNST_CALLABLE double events_by_rejection(uniform_stream next, double mean) {
  double const log_mean = ::log(mean);
  double const b = 0.931 + 2.53 * ::sqrt(mean);
  double const a = -0.059 + 0.02483 * b;
  double const inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  double const v_r = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    double const u = next() - 0.5;
    double const v = next();
    double const us = 0.5 - ::fabs(u);
    double const k = ::floor((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (::log(v) + ::log(inverse_alpha) - ::log(a / (us * us) + b) <=
        -mean + k * log_mean - ::lgamma(k + 1))
      return k;
  }
}
}  // namespace detail

/// A Poisson number with mean `mean`: by multiplication of uniforms where few events are expected,
/// else by rejection, as in Brian 2. 0 where the mean is not positive.
NERNST_CALLABLE double poisson(draw_key key, std::uint32_t element, std::uint32_t draw,
                               double mean) {
  if (!(mean > 0)) return 0;
  uniform_stream const next(key, element, draw);
  if (mean >= ir::few_events) return detail::events_by_rejection(next, mean);
  double const least = ::exp(-mean);
  return detail::events_by_products(next, [least](double x) { return x > least; });
}

/// The same number, faster where exp(-mean) is known, if only in single precision: the exponential
/// itself is computed where that does not decide, about once in 10^5 draws.
NERNST_CALLABLE double poisson(draw_key key, std::uint32_t element, std::uint32_t draw, double mean,
                               double exponential) {
  if (!(mean > 0)) return 0;
  uniform_stream const next(key, element, draw);
  if (mean >= ir::few_events) return detail::events_by_rejection(next, mean);
  double const tolerance = 1e-5;
  double const low = exponential * (1 - tolerance), high = exponential * (1 + tolerance);
  return detail::events_by_products(
      next, [=](double x) { return x > high || (x > low && x > ::exp(-mean)); });
}

namespace detail {
/// `binomial` for p in (0, 1/2].
NERNST_CALLABLE double few_successes(draw_key key, std::uint32_t element, std::uint32_t draw,
                                     double n, double p) {
  uniform_stream next(key, element, draw);
  double const q = 1 - p;
  if (n * p < 10) {
    // Distances between successes are geometric.
    double const log_q = ::log1p(-p);
    double sum = 0;
    for (double k = 0;; ++k) {
      sum += ::floor(::log(next()) / log_q) + 1;
      if (sum > n) return k;
    }
  }
  double const spread = ::sqrt(n * p * q);
  double const b = 1.15 + 2.53 * spread;
  double const a = -0.0873 + 0.0248 * b + 0.01 * p;
  double const c = n * p + 0.5;
  double const v_r = 0.92 - 4.2 / b;
  double const alpha = (2.83 + 5.1 / b) * spread;
  double const log_odds = ::log(p / q);
  double const m = ::floor((n + 1) * p);
  double const h = ::lgamma(m + 1) + ::lgamma(n - m + 1);
  for (;;) {
    double const u = next() - 0.5;
    double const v = next();
    double const us = 0.5 - ::fabs(u);
    double const k = ::floor((2 * a / us + b) * u + c);
    if (k < 0 || k > n) continue;
    if (us >= 0.07 && v <= v_r) return k;
    if (::log(v * alpha / (a / (us * us) + b)) <=
        h - ::lgamma(k + 1) - ::lgamma(n - k + 1) + (k - m) * log_odds)
      return k;
  }
}
}  // namespace detail

/// A binomial number: how many of `trials` succeed with probability `p`. By inversion where few are
/// expected, else by the transformed rejection method BTRS of Hoermann (Journal of Statistical
/// Computation and Simulation 46, 1993). Trials are counted in whole numbers; p outside [0, 1]
/// counts as the nearer end.
NERNST_CALLABLE double binomial(draw_key key, std::uint32_t element, std::uint32_t draw,
                                double trials, double p) {
  double const n = ::floor(trials);
  if (!(n > 0) || !(p > 0)) return 0;
  if (p >= 1) return n;
  return p > 0.5 ? n - detail::few_successes(key, element, draw, n, 1 - p)
                 : detail::few_successes(key, element, draw, n, p);
}

/// The number of an operation that draws.
template <ir::op Op, class Real, class... Parameters>
NERNST_FUNCTION Real draw(draw_key key, std::uint32_t element, std::uint32_t number,
                          Parameters... x) {
  if constexpr (Op == ir::op::uniform)
    return kernel::uniform<Real>(key, element, number);
  else if constexpr (Op == ir::op::normal)
    return kernel::normal<Real>(key, element, number);
  else if constexpr (Op == ir::op::poisson || Op == ir::op::poisson_2)
    return static_cast<Real>(kernel::poisson(key, element, number, x...));
  else
    return static_cast<Real>(kernel::binomial(key, element, number, x...));
}

}  // namespace nernst::kernel
