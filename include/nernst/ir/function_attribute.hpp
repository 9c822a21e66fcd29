// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Marks a function that kernels call on the host and on the device. NERNST_FUNCTION is always
/// inlined; a long function is NERNST_CALLABLE, and NERNST_HOST_FUNCTION is one that the host alone
/// calls, always inlined there by its own compilers. NERNST_INLINED stands behind the parameters of
/// a lambda in one that is to be inlined always.
#if defined(__CUDACC__) || defined(__HIPCC__)
#if defined(__NVCC__)
#define NERNST_FUNCTION __host__ __device__ __forceinline__
#else
#define NERNST_FUNCTION __host__ __device__ inline __attribute__((always_inline))
#endif
#define NERNST_CALLABLE __host__ __device__ inline
#define NERNST_HOST_FUNCTION inline
#define NERNST_INLINED
#if defined(__NVCC__)
// A kernel with a function that only the host has would compile, and fail on the device.
#pragma nv_diag_error 20014
#endif
#elif defined(__GNUC__) || defined(__clang__)
#define NERNST_FUNCTION inline __attribute__((always_inline))
#define NERNST_HOST_FUNCTION NERNST_FUNCTION
#define NERNST_CALLABLE inline
#define NERNST_INLINED __attribute__((always_inline))
#else
#define NERNST_FUNCTION inline
#define NERNST_HOST_FUNCTION inline
#define NERNST_CALLABLE inline
#define NERNST_INLINED
#endif
