// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A function of the user that is not marked as one for devices: nvcc has to name it.

#include <nernst/kernel/functor.hpp>
#include <nernst/language.hpp>

namespace models {
using namespace nernst::dsl;

struct gate {
  template <class T>
  T operator()(T x) const {
    return x / (T(1) + x * x);
  }
};
struct cell {
  static constexpr auto gain = function<"gain", gate>(one, one);
  static constexpr auto x = state<"x">(one);
  static constexpr auto model =
      neuron(d(x) / dt = gain(x) / second, functions(gain), method(euler));
};
}  // namespace models

template <class Model, int Block, class Real>
__global__ void run(nernst::kernel::functor<Model, Block, Real> kernel) {
  kernel(threadIdx.x);
}
template __global__ void run(nernst::kernel::functor<models::cell, 0, double>);
