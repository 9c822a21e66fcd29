// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/compiled_library.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

/// Files: what a simulation needs, and what it has recorded.
namespace nernst::io {

namespace detail {

/// Says what a file was expected to be, and what it is. \throws std::runtime_error
[[noreturn]] void file_error(std::string const& path, std::string const& expected,
                             std::string const& found);

/// Closes what is still open at its end.
class file {
 public:
  file(std::string const& path, char const* mode) : file_(std::fopen(path.c_str(), mode)) {}
  ~file() { close(); }
  file(file const&) = delete;
  file& operator=(file const&) = delete;

  explicit operator bool() const { return file_ != nullptr; }
  std::size_t read(void* to, std::size_t bytes) { return std::fread(to, 1, bytes, file_); }
  bool write(void const* from, std::size_t bytes) {
    return bytes == 0 || std::fwrite(from, 1, bytes, file_) == bytes;
  }
  bool go_to(std::uint64_t byte) {
    return std::fseek(file_, static_cast<long>(byte), SEEK_SET) == 0;
  }
  bool close() {
    bool const ok = file_ == nullptr || std::fclose(file_) == 0;
    file_ = nullptr;
    return ok;
  }

 private:
  std::FILE* file_;
};

/// A new file that appears whole or not at all: it is written beside its path, and gets its name
/// when it is complete. What has no name by then is removed.
class new_file {
 public:
  /// \throws std::runtime_error if nothing can be written there.
  explicit new_file(std::string const& path);
  ~new_file();

  /// \throws std::runtime_error if the disk is full, say.
  void write(void const* from, std::size_t bytes);
  void write(std::string const& text) { write(text.data(), text.size()); }
  /// How much has been written.
  std::uint64_t size() const { return size_; }
  /// \throws std::runtime_error
  void complete();

 private:
  [[noreturn]] void fail(std::uint64_t bytes) const;

  std::string path_, part_;
  file file_;
  std::uint64_t size_ = 0;
  bool complete_ = false;
};

}  // namespace detail

}  // namespace nernst::io

#if NERNST_HEADER_ONLY
#include <nernst/io/file-inl.hpp>
#endif
