// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/inspection/description.hpp>

namespace nernst::inspection {

/// A description for programs, as JSON. Bytes are those of double precision.
std::string to_json(description const& d);

}  // namespace nernst::inspection

#if NERNST_HEADER_ONLY
#include <nernst/inspection/json-inl.hpp>
#endif
