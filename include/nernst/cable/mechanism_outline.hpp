// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/kernel_launch.hpp>
#include <nernst/network/outline.hpp>

#include <string>

namespace nernst::cable::detail {

/// What the elements of a mechanism are made from where a network works: they are called as its
/// struct.
template <class Mechanism, class Space, class Real>
engine::group_outline<Real> mechanism_outline_in() {
  return nernst::detail::outline_in<Mechanism, Space, Real>(
      std::string(nernst::detail::own_type_name<Mechanism>()),
      nernst::detail::constants_of<Mechanism>());
}

}  // namespace nernst::cable::detail
