// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nernst::engine {

static_assert(std::endian::native == std::endian::little,
              "archives are written on little-endian machines");

/// What a pass over an archive does.
enum class pass : std::uint8_t {
  write,
  check,    ///< reads everything and changes nothing
  restore,  ///< reads it again, and puts it where it belongs
};

/// Lists of numbers with labels, one after the other. One function goes over what is stored, in all
/// passes: so what is read is what was written. Where something else is found than expected, a
/// reading pass throws std::runtime_error, which says both.
class archive {
 public:
  /// Writes behind what is there.
  explicit archive(std::vector<char>& to) : to_(&to), does_(pass::write) {}
  /// Reads; `name` is that of the file, for messages.
  archive(std::string_view from, std::string_view name, pass does)
      : from_(from), name_(name), does_(does) {}

  bool writes() const { return does_ == pass::write; }
  pass does() const { return does_; }
  std::string_view name() const { return name_; }
  /// Whether what is read belongs where it came from.
  bool restores() const { return does_ == pass::restore; }

  /// Writes `present`, or reads as many values as there are.
  template <class T>
  std::vector<T> list(std::string_view label, std::vector<T> const& present) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (writes()) {
      put(label, present.data(), present.size(), sizeof(T));
      return {};
    }
    std::string_view const bytes = take(label, sizeof(T));
    std::vector<T> read(bytes.size() / sizeof(T));
    if (!bytes.empty()) std::memcpy(read.data(), bytes.data(), bytes.size());
    return read;
  }
  /// The same of a list with a number of values that is known.
  template <class T>
  std::vector<T> list(std::string_view label, std::vector<T> const& present, std::size_t size) {
    std::vector<T> read = list(label, present);
    if (!writes() && read.size() != size) refuse_size(label, size, read.size());
    return read;
  }
  /// Writes a list, or replaces it by what is read, in a pass that restores.
  template <class T>
  void keep(std::string_view label, std::vector<T>& values) {
    std::vector<T> read = list(label, values);
    if (restores()) values = static_cast<std::vector<T>&&>(read);
  }
  /// The same of a single value. Returns what is, or will be, there.
  template <class T>
  T keep(std::string_view label, T& value) {
    std::vector<T> const read = list(label, std::vector<T>{value}, 1);
    if (writes()) return value;
    if (restores()) value = read[0];
    return read[0];
  }

  /// Whether everything has been read.
  bool at_end() const { return from_.empty(); }
  /// \throws std::runtime_error
  [[noreturn]] void refuse(std::string_view expected, std::string_view found) const;

 private:
  [[noreturn]] void refuse_size(std::string_view label, std::size_t expected,
                                std::size_t found) const;
  void put(std::string_view label, void const* values, std::size_t count, std::size_t size);
  std::string_view take(std::string_view label, std::size_t size);
  std::string_view take_bytes(std::size_t count);
  std::uint64_t take_number();

  std::vector<char>* to_ = nullptr;
  std::string_view from_, name_;
  pass does_;
};

/// A number that differs where bytes do, almost surely.
std::uint64_t checksum(std::string_view bytes);

}  // namespace nernst::engine

#if NERNST_HEADER_ONLY
#include <nernst/engine/archive-inl.hpp>
#endif
