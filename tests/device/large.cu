// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

// A model of 200 equations, with the limits that the CMake target raises.

#include "../kernel/large_model.hpp"
