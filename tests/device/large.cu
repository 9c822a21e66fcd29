// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A model of 200 equations within the default limits of the device compiler.

#include "../kernel/large_model.hpp"
