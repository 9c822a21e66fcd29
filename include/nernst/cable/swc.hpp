// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/branch.hpp>

#include <cstdint>
#include <string_view>

namespace nernst {

/// How a file of samples becomes branches, see docs/morphology.md.
enum class swc_reading : std::uint8_t {
  neuron,  ///< as NEURON's Import3d does it: sections of one type, wires to the soma
  arbor,   ///< as Arbor's load_swc_arbor does it: a frustum between each sample and its parent
  brian,   ///< as Brian's Morphology.from_swc_file does it: sections of one type, a spherical soma
};

}  // namespace nernst

namespace nernst::cable {

/// The branches of an SWC text. \throws std::runtime_error as `read_samples`, and for branches
/// without a length.
std::vector<branch> read_swc(std::string_view text, swc_reading how, std::string_view name);

/// What is in a file. \throws std::runtime_error if it cannot be read.
std::string swc_text(std::string const& path);

}  // namespace nernst::cable

#if NERNST_HEADER_ONLY
#include <nernst/cable/swc-inl.hpp>
#endif
