// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The cable equation in device code: a thread for each cell.
#include <nernst/cable/solve.hpp>

namespace cables {
using nernst::cable::forest;
using nernst::cable::step_scheme;

template <class Real>
struct arrays {
  Real const* axial;
  nernst::cable::membrane<Real> through;
  Real *v, *diagonal, *change;
};

template <class Real>
__global__ void step(forest all, step_scheme scheme, Real dt, arrays<Real> a) {
  all.first = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  all.last = all.first < all.cells ? all.first + 1 : all.first;
  nernst::cable::advance(all, scheme, dt, a.axial, a.through, a.v, a.diagonal, a.change);
}

template __global__ void step(forest, step_scheme, double, arrays<double>);
template __global__ void step(forest, step_scheme, float, arrays<float>);
}  // namespace cables
