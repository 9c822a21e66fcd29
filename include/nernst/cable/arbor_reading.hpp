// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/cable/swc_samples.hpp>

namespace nernst::cable::detail {

/// The branches as Arbor 0.12 reads them (arborio/swcio.cpp, load_swc_arbor): a frustum between
/// each sample and its parent, with the type of the sample; branches begin where samples have
/// several children, and at the root, where they all begin. \throws std::runtime_error where the
/// root has no child of its own type: a soma of one sample is nothing to Arbor.
std::vector<branch> arbor_branches(swc_source const& source, std::vector<swc_sample> const& all);

}  // namespace nernst::cable::detail

#if NERNST_HEADER_ONLY
#include <nernst/cable/arbor_reading-inl.hpp>
#endif
