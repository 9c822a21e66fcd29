// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/language/written_expression-inl.hpp>
#include <nernst/network/values-inl.hpp>

namespace nernst {
template class values<float>;
template class values<double>;
}  // namespace nernst
