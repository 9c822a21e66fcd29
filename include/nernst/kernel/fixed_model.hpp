// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/kernel/derivation.hpp>

namespace nernst::kernel {

/// How many elements each list of a compiled model has.
struct model_size {
#define NERNST_ROW(type, name) int name = 0;
  NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW

  /// Whether there is room in each list.
  constexpr bool is_complete() const {
    bool all = true;
#define NERNST_ROW(type, name) all = all && name > 0;
    NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
    return all;
  }
  constexpr bool fits(model_size const& room) const {
    bool all = true;
#define NERNST_ROW(type, name) all = all && name <= room.name;
    NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
    return all;
  }
};

/// The sizes of the lists of a derivation, or of a compiled model.
constexpr model_size size_of(auto const& lists) {
  model_size n;
#define NERNST_ROW(type, name) n.name = lists.name.size();
  NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
  return n;
}

/// A compiled model in arrays of given size: what constant evaluation can leave behind.
template <model_size Room>
struct fixed_model : model_outline {
  model_size size;
#define NERNST_ROW(type, name) type name[Room.name > 0 ? Room.name : 1] = {};
  NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW

  constexpr fixed_model() = default;
  /// From a derivation or a compiled model; where it is larger than `Room`, its size is all that is
  /// kept.
  constexpr explicit fixed_model(auto const& from)
      : model_outline(from), size(kernel::size_of(from)) {
    if (!size.fits(Room)) return;
#define NERNST_ROW(type, name) ir::list<type>::copy(from.name.data(), name, size.name);
    NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
  }

  constexpr compiled_model view() const {
    compiled_model all;
    static_cast<model_outline&>(all) = *this;
#define NERNST_ROW(type, name) all.name = {name, size.name};
    NERNST_MODEL_LISTS(NERNST_ROW)
#undef NERNST_ROW
    return all;
  }
};

}  // namespace nernst::kernel
