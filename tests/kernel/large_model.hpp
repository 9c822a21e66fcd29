// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>

/// A model of 200 coupled equations, as a text: it must compile with the limits of constant
/// evaluation that the CMake target raises.
namespace large {

inline constexpr int equations = 200;

/// dx0/dt = (0.5*tanh(x1) + (x7 - x0)*exp(-x1/3) - x0)/(10*ms) : 1 and so on.
struct writer {
  char text[24000] = {};
  int size = 0;

  constexpr writer() {
    for (int k = 0; k < equations; ++k) {
      int const next = (k + 1) % equations, far = (k + 7) % equations;
      *this << "dx" << k << "/dt = (0.5*tanh(x" << next << ") + (x" << far << " - x" << k
            << ")*exp(-x" << next << "/3) - x" << k << ")/(" << 10 + k % 5 << "*ms) : 1\n";
    }
  }
  constexpr writer& operator<<(char const* s) {
    for (; *s != '\0'; ++s) text[size++] = *s;
    return *this;
  }
  constexpr writer& operator<<(int n) {
    if (n >= 10) *this << n / 10;
    text[size++] = static_cast<char>('0' + n % 10);
    return *this;
  }
};
inline constexpr writer written;

struct neurons {
  static constexpr auto model =
      nernst::brian::neuron(std::string_view(written.text, static_cast<std::size_t>(written.size)),
                            nernst::brian::threshold("x0 > 1"), nernst::brian::reset("x0 = 0"),
                            nernst::brian::method("euler"));
};
using code = nernst::kernel::compiled<neurons>;
inline constexpr nernst::kernel::compiled_model const& model = code::value;
template <nernst::kernel::trigger What>
inline constexpr nernst::kernel::scheduled_kernel const& kernel =
    model.kernels[nernst::kernel::number_of<neurons, What>];
static_assert(code::valid);
static_assert(model.arrays == equations);
static_assert(model.stores(kernel<nernst::kernel::trigger::update_and_reset>).size() == equations);

}  // namespace large
