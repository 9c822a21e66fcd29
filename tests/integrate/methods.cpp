// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/integrate/methods.hpp>

#include "catch.hpp"

using namespace nernst;

namespace {

template <class... M>
constexpr int size_of(integrate::method_list<M...>) {
  return sizeof...(M);
}
/// The number of methods with a name.
template <class... M>
constexpr int with(ir::method_id id, integrate::method_list<M...>) {
  return ((M::id == id ? 1 : 0) + ... + 0);
}
template <class... M>
constexpr bool names_agree(integrate::method_list<M...>) {
  return ((ir::find_method(M::name) != nullptr && ir::find_method(M::name)->id == M::id) && ...);
}
constexpr integrate::builtin_methods all;

// Each method that can be named is there once, under its name.
constexpr bool each_is_there() {
  for (int id = 0; id <= static_cast<int>(ir::method_id::scheme); ++id) {
    auto const asked = static_cast<ir::method_id>(id);
    if (with(asked, all) != (asked == ir::method_id::automatic ? 0 : 1)) return false;
  }
  return true;
}
static_assert(each_is_there() && names_agree(all));
static_assert(size_of(all) == static_cast<int>(ir::method_id::scheme));

}  // namespace

TEST_CASE("a scheme that a model brings along is a method") {
  ir::model m;
  m.scheme = "x_new = x + dt*f(x, t";
  CHECK(integrate::own_scheme::check(m).what == ir::mistake::syntax_error);
  m.scheme = "x_new = x + dt*f(x, t)";
  CHECK(integrate::own_scheme::check(m).ok());
  integrate::system f(m);
  CHECK(integrate::own_scheme::accepts(f).ok);
  CHECK(integrate::own_scheme::advance(f).update.empty());
}
