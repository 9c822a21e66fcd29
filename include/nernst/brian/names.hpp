// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian/builtin.hpp>
#include <nernst/ir/buffer.hpp>

namespace nernst::brian::detail {

/// A name that texts mention, and what it stands for.
struct known_name {
  char const* text = nullptr;
  int size = 0;
  std::uint32_t hash = 0;
  meaning what = meaning::unresolved;
  int index = ir::none;
  int node = ir::none;  ///< what reads it, once that is known
  double value = 0;
  ir::dimension unit;
  bool is_base_unit = false;
  int line = ir::none;  ///< the line that defines it

  constexpr std::string_view view() const { return {text, static_cast<std::size_t>(size)}; }
};

constexpr bool same(char const* a, char const* b, int size) {
  int i = 0;
  while (i < size && a[i] == b[i]) ++i;
  return i == size;
}

/// All names of a model, each once: from the tokens on, a name is a number. Texts must outlive the
/// table.
class name_table {
 public:
  constexpr name_table() = default;
  constexpr ~name_table() = default;
  name_table(name_table const&) = delete;
  name_table& operator=(name_table const&) = delete;

  constexpr known_name& operator[](int i) { return first_[i]; }
  constexpr known_name* data() { return first_; }
  constexpr int size() const { return count_; }

  constexpr int intern(std::string_view name) {
    return intern(name.data(), static_cast<int>(name.size()), hash_of(name));
  }
  constexpr int intern(char const* text, int size, std::uint32_t hash) {
    if (2 * count_ >= capacity_) grow();
    int* const table = slots_;
    int const last = capacity_ - 1;
    int slot = static_cast<int>((hash ^ hash >> 15) & static_cast<std::uint32_t>(last));
    for (; table[slot] != 0; slot = (slot + 1) & last)
      if (known_name const& n = first_[table[slot] - 1];
          n.hash == hash && n.size == size && same(n.text, text, size))
        return table[slot] - 1;
    known_name n;
    n.text = text;
    n.size = size;
    n.hash = hash;
    names_.push_back(n);
    return (table[slot] = ++count_) - 1;
  }
  /// A name that no text can find.
  constexpr int add(known_name const& n) {
    if (2 * count_ >= capacity_) grow();
    names_.push_back(n);
    return count_++;
  }

 private:
  constexpr void grow() {
    capacity_ = capacity_ == 0 ? 128 : 4 * capacity_;
    table_ = ir::buffer<int>(capacity_);
    names_.reserve(capacity_ / 2 + 1);
    int* const table = slots_ = table_.data();
    first_ = names_.data();
    for (int k = 0; k < count_; ++k) {
      if (first_[k].hash == 0) continue;
      int slot = slot_of(first_[k].hash, capacity_);
      while (table[slot] != 0) slot = (slot + 1) & (capacity_ - 1);
      table[slot] = k + 1;
    }
  }

  ir::buffer<known_name> names_;
  ir::buffer<int> table_;
  known_name* first_ = nullptr;
  int* slots_ = nullptr;
  int count_ = 0, capacity_ = 0;
};

}  // namespace nernst::brian::detail
