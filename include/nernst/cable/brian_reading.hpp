// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/swc_samples.hpp>

namespace nernst::cable::detail {

/// The branches as Brian 2.9 reads them (Morphology.from_swc_file): sections as long as there is
/// one child of the same type, which begin at the last sample of their parent; behind a soma as
/// thick as at their first own sample. A soma of one sample, or of three as NeuroMorpho writes
/// spheres, is a sphere. Children follow their parents before their siblings.
/// \throws std::runtime_error for three samples of a soma that are no sphere, a sphere that is not
/// the root, and sections without a length.
std::vector<branch> brian_sections(swc_source const& source, std::vector<swc_sample> const& all);

}  // namespace nernst::cable::detail

#if NERNST_HEADER_ONLY
#include <nernst/cable/brian_reading-inl.hpp>
#endif
