// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/neuron_input.hpp>

namespace nernst {

/// A Poisson input of a network. A handle: copies speak of the same input, and each use is a
/// std::logic_error once the network is no longer there.
template <class Real>
class poisson_input {
 public:
  explicit poisson_input(detail::handle<engine::neuron_input<Real>> input)
      : input_(std::move(input)) {}

  /// Whether it takes part in runs, from the next one on.
  void active(bool on) const { input_->set_active(on); }
  bool active() const { return input_->is_active(); }

 private:
  detail::handle<engine::neuron_input<Real>> input_;
};

}  // namespace nernst
