// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#ifndef NERNST_REFERENCE_REAL
#define NERNST_REFERENCE_REAL double
#endif

namespace reference {
/// What both networks compute in.
using Real = NERNST_REFERENCE_REAL;
}  // namespace reference
