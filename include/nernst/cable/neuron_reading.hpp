// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/swc_samples.hpp>

namespace nernst::cable::detail {

/// The branches as NEURON 9 reads them (Import3d_SWC_read, then instantiate): sections of samples
/// of one type. A soma of one sample, or of three as NeuroMorpho writes spheres, is a cylinder as
/// long as thick, along x. What begins on a soma does so at its first, its last or its middle
/// point; longer branches begin with their own first sample there, joined by a wire without a
/// resistance. Sections of one point, or of two at one place, are left out.
/// \throws std::runtime_error for other sections without a length.
std::vector<branch> neuron_sections(swc_source const& source, std::vector<swc_sample> const& all);

}  // namespace nernst::cable::detail

#if NERNST_HEADER_ONLY
#include <nernst/cable/neuron_reading-inl.hpp>
#endif
