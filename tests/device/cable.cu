// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// What a device does of a step of cells beside the kernels of their mechanisms, as device code.
#include <nernst/cable/device_kernels.hpp>

namespace {
using namespace nernst::cable;

template <class Work>
__global__ void run(Work work) {
  work(blockIdx.x * blockDim.x + threadIdx.x);
}

#define NERNST_REAL(Real)                                                                          \
  template __global__ void run(compartment_start<Real>);                                           \
  template __global__ void run(cell_solution<Real>);                                               \
  template __global__ void run(stimulus_count<Real>);                                              \
  template __global__ void run(flow_computation<Real>);                                            \
  template __global__ void run(potential_computation<Real>);                                       \
  template __global__ void run(ion_correction<Real>);                                              \
  template __global__ void run(diffusion_computation<Real>);                                       \
  template __global__ void run(ring_currents<Real>);                                               \
  template __global__ void run(held_solution<Real>);                                               \
  template __global__ void run(tree_solution<Real>);
NERNST_REAL(double)
NERNST_REAL(float)
}  // namespace
