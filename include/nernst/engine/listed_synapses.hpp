// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>
#include <nernst/kernel/compiled_model.hpp>

#include <string_view>

namespace nernst::engine {

/// What a model of synapses has that needs lists of single ones, of which there are fewer than 2^32
/// then, as messages say it: ", as ..."; empty where it has nothing.
std::string_view reason_to_list(kernel::compiled_model const& synapses);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/listed_synapses-inl.hpp>
#endif
