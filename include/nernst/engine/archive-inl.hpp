// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/refuse.hpp>

#include <stdexcept>

namespace nernst::engine {

NERNST_INLINE void archive::refuse(std::string_view expected, std::string_view found) const {
  detail::refuse<std::runtime_error>({name_, ": expected ", expected, ", found ", found});
}

NERNST_INLINE void archive::refuse_size(std::string_view label, std::size_t expected,
                                        std::size_t found) const {
  refuse(detail::message({expected, " values of ", label}), detail::message({found}));
}

NERNST_INLINE void archive::put(std::string_view label, void const* values, std::size_t count,
                                std::size_t size) {
  auto const append = [this](void const* bytes, std::size_t n) {
    char const* const first = static_cast<char const*>(bytes);
    to_->insert(to_->end(), first, first + n);
  };
  for (std::uint64_t const n : {std::uint64_t{label.size()}, std::uint64_t{size * count}})
    append(&n, sizeof n);
  append(label.data(), label.size());
  append(values, size * count);
}

NERNST_INLINE std::string_view archive::take_bytes(std::size_t count) {
  if (count > from_.size())
    refuse(detail::message({count, " bytes more"}), detail::message({from_.size()}));
  std::string_view const bytes = from_.substr(0, count);
  from_.remove_prefix(count);
  return bytes;
}

NERNST_INLINE std::uint64_t archive::take_number() {
  std::uint64_t n = 0;
  std::memcpy(&n, take_bytes(sizeof n).data(), sizeof n);
  return n;
}

NERNST_INLINE std::string_view archive::take(std::string_view label, std::size_t size) {
  std::uint64_t const length = take_number();
  std::uint64_t const bytes = take_number();
  std::string_view const found = take_bytes(length);
  if (found != label) refuse(label, found);
  if (bytes % size != 0)
    refuse(detail::message({label, " in whole values of ", size, " bytes"}),
           detail::message({bytes, " bytes"}));
  return take_bytes(bytes);
}

NERNST_INLINE std::uint64_t checksum(std::string_view bytes) {
  constexpr std::uint64_t prime = 0x9E3779B97F4A7C15;
  std::uint64_t sum = bytes.size() * prime;
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    std::size_t const n = bytes.size() < sizeof word ? bytes.size() : sizeof word;
    std::memcpy(&word, bytes.data(), n);
    bytes.remove_prefix(n);
    sum = (sum ^ word) * prime;
    sum ^= sum >> 29;
  }
  return sum;
}

}  // namespace nernst::engine
