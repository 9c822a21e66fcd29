// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/replay.hpp>

namespace nernst::inspection {

/// The expression graph of the kernels of a model in the language of Graphviz: `dot -Tsvg`.
/// Operations that several kernels share stand in it once; the colour says how often they are
/// computed.
std::string to_dot(kernel::compiled_model const& m);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/dot-inl.hpp>
#endif
