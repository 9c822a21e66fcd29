// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string_view>

namespace nernst {

/// The text of a literal with its length: "mV"sv. Where a `std::string_view` is made of "mV" alone,
/// constant evaluation counts the characters one by one, which costs tables most of their time.
using std::string_view_literals::operator""sv;

}  // namespace nernst
