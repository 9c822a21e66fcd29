// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Marks a function that kernels call on the host and on the device; it is always inlined.
#if defined(__CUDACC__) || defined(__HIPCC__)
#define NERNST_FUNCTION __host__ __device__ __forceinline__
#elif defined(__GNUC__) || defined(__clang__)
#define NERNST_FUNCTION inline __attribute__((always_inline))
#else
#define NERNST_FUNCTION inline
#endif
