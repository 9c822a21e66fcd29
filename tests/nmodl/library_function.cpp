// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/nmodl/library_function.hpp>

using namespace nernst::nmodl;

static_assert(find_library_function("exp")->most == 1 && find_library_function("Exp") == nullptr);
static_assert(find_library_function("pow")->fewest == 2);
static_assert(find_library_function("net_send")->needs == construct::net_send);
static_assert(find_library_function("sawtooth")->needs == construct::scop_function);

constexpr bool names_are_different() {
  for (library_function const& f : library_functions)
    if (find_library_function(f.name) != &f || f.fewest > f.most) return false;
  return true;
}
static_assert(names_are_different());
