// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// The device compiler needs no flag for a model of this size.

#include "../kernel/four_times_cobahh.hpp"
