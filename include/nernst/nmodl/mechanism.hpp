// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/functors.hpp>
#include <nernst/nmodl/lower.hpp>

#include <concepts>

namespace nernst::nmodl {

/// A mechanism as it was written: the text of a .mod file, and `Included` others that it includes.
template <int Included>
struct mechanism_model {
  using own_method = void;
  using functions = ir::type_list<>;

  source file;
  source included[Included > 0 ? Included : 1] = {};
  ir::placement placed = ir::placement::density;
  table_mode tables = table_mode::none;
  constants values = constants::codata_2018;
};

namespace detail {

/// Which of POINT_PROCESS, ARTIFICIAL_CELL and SUFFIX a text says first, outside of comments.
constexpr ir::placement placement_in(ir::string_view text) {
  constexpr ir::string_view point = "POINT_PROCESS", density = "SUFFIX", comment = "COMMENT",
                            end = "ENDCOMMENT", title = "TITLE", artificial = "ARTIFICIAL_CELL";
  for (std::size_t k = 0; k < text.size(); ++k) {
    char const c = text[k];
    bool const is_title = c == 'T' && text.substr(k).starts_with(title);
    if (c == ':' || c == '?' || is_title) {
      while (k < text.size() && text[k] != '\n') ++k;
    } else if (c == 'C' && text.substr(k).starts_with(comment)) {
      k = text.find(end, k);
      if (k == ir::string_view::npos) break;
      k += end.size() - 1;
    } else if (c == 'A' && text.substr(k).starts_with(artificial)) {
      return ir::placement::artificial;
    } else if (c == 'P' && text.substr(k).starts_with(point)) {
      return ir::placement::point;
    } else if (c == 'S' && text.substr(k).starts_with(density)) {
      break;
    }
  }
  return ir::placement::density;
}

}  // namespace detail

/// A mechanism out of a .mod file, and what that includes. Nothing is read before `lower`.
template <class... Included>
constexpr auto mechanism(source const& file, Included const&... included) {
  mechanism_model<sizeof...(Included)> all{.file = file};
  source* next = all.included;
  ((*next++ = included), ...);
  all.placed = detail::placement_in(file.text);
  return all;
}
/// The same of a text, and of one with the name that messages give it.
template <class Text>
  requires std::convertible_to<Text const&, ir::string_view>
constexpr auto mechanism(Text const& text) {
  return mechanism(source{"mod", text});
}
template <class Text, class... Included>
  requires std::convertible_to<Text const&, ir::string_view>
constexpr auto mechanism(ir::string_view name, Text const& text, Included const&... included) {
  return mechanism(source{name, text}, included...);
}

/// What stands in an array of characters: a literal, or what `#embed "hh.mod"` puts there, which
/// has no zero at its end.
template <std::size_t Size>
constexpr ir::string_view text_of(char const (&characters)[Size]) {
  return {characters, Size - (characters[Size - 1] == '\0' ? 1 : 0)};
}
template <std::size_t Size>
constexpr auto mechanism(char const (&text)[Size]) {
  return mechanism(source{"mod", text_of(text)});
}
template <std::size_t Size, class... Included>
constexpr auto mechanism(ir::string_view name, char const (&text)[Size],
                         Included const&... included) {
  return mechanism(source{name, text_of(text)}, included...);
}

/// The same mechanism, which looks up what stands in TABLE, as in NEURON with usetable_NAME = 1,
/// instead of computing it.
template <int Included>
constexpr auto with_tables(mechanism_model<Included> written) {
  written.tables = table_mode::neuron;
  return written;
}

/// The same mechanism with the values that physical constants had in NEURON before version 8.
template <int Included>
constexpr auto with_legacy_units(mechanism_model<Included> written) {
  written.values = constants::legacy;
  return written;
}

template <int Included>
constexpr ir::model lower(mechanism_model<Included> const& written) {
  ir::span<source const> const included(written.included, Included);
  return lower(written.file, included, written.tables, written.values).model;
}

}  // namespace nernst::nmodl
