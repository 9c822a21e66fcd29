// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The cable equation in device code: a thread for each cell.
#include <nernst/cable/solve.hpp>

namespace cables {
using nernst::cable::forest;
using nernst::cable::step_scheme;

template <class Real>
struct arrays {
  nernst::cable::cable_equation<Real> of;
  Real *v, *inverse, *rest;
};

template <class Real>
__global__ void step(forest all, step_scheme scheme, arrays<Real> a) {
  all.first = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  all.last = all.first < all.cells ? all.first + 1 : all.first;
  nernst::cable::advance(all, scheme, a.of, a.v, a.inverse, a.rest);
}

template __global__ void step(forest, step_scheme, arrays<double>);
template __global__ void step(forest, step_scheme, arrays<float>);
}  // namespace cables
