// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/network/network_base.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace nernst::detail {

/// The first line in which two outlines of networks differ, which they have to.
std::pair<std::string, std::string> difference(std::string_view x, std::string_view y);

/// What is recorded, and of whom: a line for people, by which a snapshot finds a record.
std::string key_of(spike_store const& record);

}  // namespace nernst::detail

#if NERNST_HEADER_ONLY
#include <nernst/network/store-inl.hpp>
#endif
