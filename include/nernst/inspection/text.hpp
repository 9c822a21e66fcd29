// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/description.hpp>

namespace nernst::inspection {

/// A description for people.
std::string to_text(description const& d);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/text-inl.hpp>
#endif
