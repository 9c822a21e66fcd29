// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Marks a function that kernels call on the host and on the device. NERNST_FUNCTION is always
/// inlined; a long function is NERNST_CALLABLE.
#if defined(__CUDACC__) || defined(__HIPCC__)
#define NERNST_FUNCTION __host__ __device__ __forceinline__
#define NERNST_CALLABLE __host__ __device__ inline
#elif defined(__GNUC__) || defined(__clang__)
#define NERNST_FUNCTION inline __attribute__((always_inline))
#define NERNST_CALLABLE inline
#else
#define NERNST_FUNCTION inline
#define NERNST_CALLABLE inline
#endif
