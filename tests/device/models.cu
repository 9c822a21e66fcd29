// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The kernels of models as device code, without flags that relax the language: each thread is one
// neuron.

#include <nernst/kernel/functor.hpp>
#include <nernst/language.hpp>

namespace models {
using namespace nernst::dsl;

struct cuba {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto g_e = state<"g_e">(volt);
  static constexpr auto g_i = state<"g_i">(volt);
  static constexpr auto E_L = -49 * mV;
  static constexpr auto model =
      neuron(d(v) / dt = (g_e + g_i - (v - E_L)) / (20 * ms) | unless_refractory,
             d(g_e) / dt = -g_e / (5 * ms), d(g_i) / dt = -g_i / (10 * ms), threshold(v > -50 * mV),
             reset(v = -60 * mV), refractory(5 * ms));
};

struct hodgkin_huxley {
  static constexpr auto v = state<"v">(volt);
  static constexpr auto m = state<"m">(one);
  static constexpr auto n = state<"n">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto g_e = state<"g_e">(siemens);
  static constexpr auto V_T = -63 * mV;
  static constexpr auto alpha_m = 0.32 / mV * 4 * mV / exprel((13 * mV - v + V_T) / (4 * mV)) / ms;
  static constexpr auto beta_m = 0.28 / mV * 5 * mV / exprel((v - V_T - 40 * mV) / (5 * mV)) / ms;
  static constexpr auto alpha_h = 0.128 * exp((17 * mV - v + V_T) / (18 * mV)) / ms;
  static constexpr auto beta_h = 4. / (1 + exp((40 * mV - v + V_T) / (5 * mV))) / ms;
  static constexpr auto alpha_n = 0.032 / mV * 5 * mV / exprel((15 * mV - v + V_T) / (5 * mV)) / ms;
  static constexpr auto beta_n = .5 * exp((10 * mV - v + V_T) / (40 * mV)) / ms;
  static constexpr auto model = neuron(
      d(v) / dt = (10 * nS * (-60 * mV - v) + g_e * (0 * mV - v) -
                   20 * uS * (m * m * m) * h * (v - 50 * mV) - 6 * uS * pow<4>(n) * (v + 90 * mV)) /
                  (200 * pF),
      d(m) / dt = alpha_m * (1 - m) - beta_m * m, d(n) / dt = alpha_n * (1 - n) - beta_n * n,
      d(h) / dt = alpha_h * (1 - h) - beta_h * h, d(g_e) / dt = -g_e / (5 * ms),
      threshold(v > -20 * mV), refractory(v > -20 * mV), method(exponential_euler));
};

/// Every function, random numbers, and what depends on the step and the neuron.
struct functions {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto p = shared<"p">(one);
  static constexpr auto smooth = expm1(x) + log(1 + x * x) + log10(1 + x * x) + log1p(x * x) +
                                 sin(x) + cos(x) + tan(x) + asin(sin(x)) + acos(cos(x)) + atan(x) +
                                 sinh(x) + cosh(x) + tanh(x) + sqrt(abs(x)) + pow(abs(x), p);
  static constexpr auto rough = sign(x) + ceil(x) + floor(x) + min(x, y) + max(x, p) +
                                clip(x, -1, 1) + where(not(x > y) or x == p, x, y);
  static constexpr auto model =
      neuron(d(x) / dt = (smooth + rough) / second, threshold(x > uniform() and t > 1 * ms),
             reset(x = y + i, y = randn()), method(euler));
};

/// Numbers of distributions that stay the same, from tables.
struct counts {
  static constexpr auto x = state<"x">(one);
  static constexpr auto p = shared<"p">(one);
  static constexpr auto model = neuron(every(dt, x = poisson(3) + binomial(10, p)));
};
}  // namespace models

namespace {
using nernst::kernel::functor;
using nernst::kernel::number_of;
using nernst::kernel::trigger;

template <class Model, int Block, class Real>
__global__ void run(functor<Model, Block, Real> kernel, unsigned size) {
  unsigned const element = blockIdx.x * blockDim.x + threadIdx.x;
  if (element < size) kernel(element);
}

template <class Real>
__global__ void draw(Real* uniform, Real* normal, nernst::kernel::draw_key key) {
  unsigned const element = blockIdx.x * blockDim.x + threadIdx.x;
  uniform[element] = nernst::kernel::uniform<Real>(key, element, 0);
  normal[element] = nernst::kernel::normal<Real>(key, element, 1);
}
}  // namespace

template <class Model, int Block, class Real>
void launch(functor<Model, Block, Real> const& kernel, unsigned size) {
  run<<<(size + 127) / 128, 128>>>(kernel, size);
}

template void launch(functor<models::cuba, number_of<models::cuba, trigger::update>, double> const&,
                     unsigned);
template void
launch(functor<models::cuba, number_of<models::cuba, trigger::update_and_reset>, double> const&,
       unsigned);
template void
launch(functor<models::cuba, number_of<models::cuba, trigger::update_and_reset>, float> const&,
       unsigned);
template void launch(functor<models::cuba, number_of<models::cuba, trigger::reset>, double> const&,
                     unsigned);
template void
launch(functor<models::hodgkin_huxley, number_of<models::hodgkin_huxley, trigger::update_and_reset>,
               double> const&,
       unsigned);
template void
launch(functor<models::hodgkin_huxley, number_of<models::hodgkin_huxley, trigger::update_and_reset>,
               float> const&,
       unsigned);
template void
launch(functor<models::functions, number_of<models::functions, trigger::update_and_reset>,
               double> const&,
       unsigned);
template void launch(functor<models::functions,
                             number_of<models::functions, trigger::update_and_reset>, float> const&,
                     unsigned);

template void
launch(functor<models::counts, number_of<models::counts, trigger::timed>, double> const&, unsigned);
template void
launch(functor<models::counts, number_of<models::counts, trigger::timed>, float> const&, unsigned);

void launch_draws(double* uniform, double* normal, nernst::kernel::draw_key key) {
  draw<<<1, 128>>>(uniform, normal, key);
}
void launch_draws(float* uniform, float* normal, nernst::kernel::draw_key key) {
  draw<<<1, 128>>>(uniform, normal, key);
}
