// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The whole model language as device code: noise, functions of the user, timed arrays, actions,
// events, stiff and adaptive methods, texts.

#include <nernst/brian.hpp>
#include <nernst/kernel/functor.hpp>
#include <nernst/language.hpp>

namespace models {
using namespace nernst::dsl;

struct gate {
  template <class T>
  NERNST_FUNCTION T operator()(T x) const {
    return x / (T(1) + x * x);
  }
};

struct noisy {
  static constexpr auto gain = function<"gain", gate>(one, one);
  static constexpr auto stimulus = timed_array<"stimulus">(hertz);
  static constexpr auto x = state<"x">(one);
  static constexpr auto s = shared<"s">(one);
  static constexpr auto drift = subexpression<"drift">(gain(x) * s) | constant_over_dt;
  static constexpr auto model =
      neuron(drift, d(x) / dt = stimulus(t) + drift / ms + x * xi / sqrt(ms), method(heun),
             functions(gain), refractory(2 * ms), every(1 * ms, x += 0.1 * poisson(3.0), s += 1),
             event<"low">(x < -1), on_event<"low">(x = 0), threshold(x > 1 && not_refractory),
             reset(x = 0));
};

struct stiff {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model =
      neuron(d(x) / dt = y / ms, d(y) / dt = (1000 * (1 - x * x) * y - x) / ms, method(rosenbrock));
};

struct adaptive {
  static constexpr auto x = state<"x">(one);
  static constexpr auto y = state<"y">(one);
  static constexpr auto model =
      neuron(d(x) / dt = y / ms, d(y) / dt = (5 * (1 - x * x) * y - x) / ms, method(rk45));
};

struct text {
  static constexpr auto model = nernst::brian::neuron(
      R"(
        dv/dt = (0.04*v**2/mV + 5*v + 140*mV - u + I)/ms : volt
        du/dt = a*(b*v - u)/ms : volt
        I : volt
      )",
      nernst::brian::threshold("v >= 30*mV"), nernst::brian::reset("v = c; u += d"),
      nernst::brian::method("euler"),
      nernst::brian::constants("a", 0.02, "b", 0.2, "c", -65 * mV, "d", 8 * mV));
};

// Types that operators made have names that all parts of nvcc know.
nernst::ir::quantity<"Hz"> rate_of(nernst::ir::quantity<"V"> step,
                                   nernst::ir::quantity<"V/s"> slope) {
  return slope / step;
}
}  // namespace models

namespace {
using nernst::kernel::functor;

template <class Model, int Block, class Real>
__global__ void run(functor<Model, Block, Real> kernel, unsigned size) {
  unsigned const element = blockIdx.x * blockDim.x + threadIdx.x;
  if (element < size) kernel(element);
}
}  // namespace

template <class Model, int Block, class Real>
void launch(functor<Model, Block, Real> const& kernel, unsigned size) {
  run<<<(size + 127) / 128, 128>>>(kernel, size);
}

using namespace nernst::kernel;
template void
launch(functor<models::noisy, number_of<models::noisy, trigger::update>, double> const&, unsigned);
template void launch(functor<models::noisy, number_of<models::noisy, trigger::held>, double> const&,
                     unsigned);
template void
launch(functor<models::noisy, number_of<models::noisy, trigger::timed>, double> const&, unsigned);
template void
launch(functor<models::stiff, number_of<models::stiff, trigger::update>, double> const&, unsigned);
template void
launch(functor<models::adaptive, number_of<models::adaptive, trigger::update>, double> const&,
       unsigned);
template void
launch(functor<models::adaptive, number_of<models::adaptive, trigger::update>, float> const&,
       unsigned);
template void
launch(functor<models::text, number_of<models::text, trigger::update_and_reset>, double> const&,
       unsigned);
template void
launch(functor<models::text, number_of<models::text, trigger::update_and_reset>, float> const&,
       unsigned);
