// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/network.hpp>

// The preset `device` compiles the tests with networks that work as on a GPU. Test cases about what
// the host's engine alone has are tagged [host].
namespace test {

/// Where networks work that name no space.
using space = NERNST_DEFAULT_SPACE;

}  // namespace test
