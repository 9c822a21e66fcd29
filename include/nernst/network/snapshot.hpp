// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nernst {

/// The state of a network between two steps, see `network::store`: a value, of which copies share
/// the memory.
class snapshot {
 public:
  /// Reads what `save` has written. \throws std::runtime_error if that cannot be read, is no
  /// snapshot or one of another version of the format, or is not whole.
  static snapshot load(std::string const& path);
  /// Writes a file, which appears whole or not at all. \throws std::runtime_error
  void save(std::string const& path) const;

  std::size_t memory_bytes() const { return content_->size(); }

  /// For networks.
  explicit snapshot(std::vector<char> content, std::string name = "snapshot")
      : name_(std::move(name)),
        content_(std::make_shared<std::vector<char> const>(std::move(content))) {}
  std::string_view content() const { return {content_->data(), content_->size()}; }
  /// What messages call it.
  std::string const& name() const { return name_; }

 private:
  std::string name_;
  std::shared_ptr<std::vector<char> const> content_;
};

}  // namespace nernst

#if NERNST_HEADER_ONLY
#include <nernst/network/snapshot-inl.hpp>
#endif
