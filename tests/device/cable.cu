// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The cable equation in device code: a thread for each cell.
#include <nernst/cable/solve.hpp>

namespace cables {
using nernst::cable::forest;
using nernst::cable::step_scheme;

template <class Real>
struct arrays {
  Real const *axial, *capacitance, *conductance, *current;
  Real *v, *diagonal, *change;
};

template <class Real>
__global__ void step(forest all, step_scheme scheme, Real dt, arrays<Real> a) {
  all.first = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  all.last = all.first < all.cells ? all.first + 1 : all.first;
  nernst::cable::assemble(all, scheme, dt, a.axial, a.capacitance, a.conductance, a.current, a.v,
                          a.diagonal, a.change);
  nernst::cable::solve(all, a.axial, a.diagonal, a.change);
  nernst::cable::advance(all, scheme, a.change, a.v);
}

template __global__ void step(forest, step_scheme, double, arrays<double>);
template __global__ void step(forest, step_scheme, float, arrays<float>);
}  // namespace cables
