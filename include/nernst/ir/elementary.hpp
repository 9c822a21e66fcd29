// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/elementary/exponential.hpp>
#include <nernst/ir/elementary/hyperbolic.hpp>
#include <nernst/ir/elementary/logarithm.hpp>
#include <nernst/ir/elementary/power.hpp>
#include <nernst/ir/elementary/sine.hpp>

/// The functions of one number that are here.
#define NERNST_ELEMENTARY_FUNCTIONS(row)                                                           \
  row(exp) row(expm1) row(exprel) row(exprelr) row(log) row(log1p) row(sin) row(cos) row(tanh)
