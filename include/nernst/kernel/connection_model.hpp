// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/connection.hpp>
#include <nernst/kernel/compiled.hpp>

namespace nernst::kernel {

namespace detail {
template <class Mechanism>
struct written_connection {
  using functions = typename detail::written<Mechanism>::functions;

  friend constexpr ir::model lower(written_connection const&, ir::span<ir::symbol const>,
                                   ir::span<ir::symbol const>) {
    return ir::connection_to(lower(Mechanism::model));
  }
};
}  // namespace detail

/// The model of the synapses that connect to a point mechanism: what its `on_spike` says.
template <class Mechanism>
struct connection {
  static constexpr detail::written_connection<Mechanism> model{};
};

}  // namespace nernst::kernel
