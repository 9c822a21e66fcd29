// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/ir/list.hpp>
#include <nernst/ir/string_view.hpp>

#include <cstdint>

namespace nernst::ir {

/// FNV-1a: each character c makes the value (value ^ c) * factor.
struct name_hash {
  static constexpr std::uint32_t factor = 16777619U;
  std::uint32_t value = 2166136261U;
};
constexpr std::uint32_t hash_of(string_view name) {
  name_hash h;
  char const* const end = name.data() + name.size();
  for (char const* c = name.data(); c != end; ++c)
    h.value = (h.value ^ static_cast<unsigned char>(*c)) * name_hash::factor;
  return h.value;
}

/// Names, each once, as numbers from 0. The texts that contain them must outlive the table.
class name_table {
 public:
  constexpr int size() const { return names_.size(); }
  constexpr string_view operator[](int number) const {
    entry const& e = names_[number];
    return {e.text, static_cast<std::size_t>(e.size)};
  }

  constexpr std::uint32_t hash(int number) const { return names_[number].hash; }

  /// The number of a name, which is entered when it is new.
  constexpr int intern(string_view name) {
    return intern(name.data(), static_cast<int>(name.size()), hash_of(name));
  }
  /// The same for `size` characters with this hash.
  constexpr int intern(char const* text, int size, std::uint32_t hash) {
    if (2 * names_.size() >= slots_.size()) grow();
    int* const slot = find(text, size, hash);
    if (*slot == 0) {
      names_.push_back({text, size, hash});
      *slot = names_.size();
    }
    return *slot - 1;
  }
  /// A number for something that no text can name.
  constexpr int add_nameless() {
    names_.push_back({"", 0, 0});
    return names_.size() - 1;
  }

 private:
  struct entry {
    char const* text;
    int size;
    std::uint32_t hash;
  };

  /// The slot that holds the number of a name + 1, or the free one (0) where it belongs.
  constexpr int* find(char const* text, int size, std::uint32_t hash) {
    auto const last = static_cast<std::uint32_t>(slots_.size() - 1);
    int* const slots = slots_.data();
    std::uint32_t at = (hash ^ hash >> 15) & last;
    for (; slots[at] != 0; at = (at + 1) & last) {
      entry const& e = names_[slots[at] - 1];
      if (e.hash == hash && e.size == size && is_same(e.text, text, size)) break;
    }
    return slots + at;
  }
  static constexpr bool is_same(char const* a, char const* b, int size) {
    int i = 0;
    while (i + 4 <= size && a[i] == b[i] && a[i + 1] == b[i + 1] && a[i + 2] == b[i + 2] &&
           a[i + 3] == b[i + 3])
      i += 4;
    while (i < size && a[i] == b[i]) ++i;
    return i == size;
  }
  constexpr void grow() {
    slots_ = list<int>(slots_.empty() ? 128 : 4 * slots_.size());
    for (int k = 0; k < names_.size(); ++k) {
      entry const& e = names_[k];
      if (e.size > 0) *find(e.text, e.size, e.hash) = k + 1;
    }
  }

  list<entry> names_;
  list<int> slots_;
};

}  // namespace nernst::ir
