// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/file.hpp>
#include <nernst/refuse.hpp>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace nernst::io::detail {

using nernst::detail::message;
using nernst::detail::refuse;

NERNST_INLINE void file_error(std::string const& path, std::string const& expected,
                              std::string const& found) {
  refuse<std::runtime_error>({path, ": expected ", expected, ", found ", found});
}

NERNST_INLINE new_file::new_file(std::string const& path)
    : path_(path), part_(message({path, ".part"})), file_(part_, "wb") {
  if (!file_) file_error(path_, "a path that can be written", std::strerror(errno));
}

NERNST_INLINE new_file::~new_file() {
  if (complete_ || !file_) return;
  file_.close();
  std::remove(part_.c_str());
}

NERNST_INLINE void new_file::fail(std::uint64_t bytes) const {
  file_error(path_, message({"to write ", bytes, " bytes"}), std::strerror(errno));
}

NERNST_INLINE void new_file::write(void const* from, std::size_t bytes) {
  size_ += bytes;
  if (!file_.write(from, bytes)) fail(size_);
}

NERNST_INLINE void new_file::complete() {
  complete_ = file_.close() && std::rename(part_.c_str(), path_.c_str()) == 0;
  if (complete_) return;
  std::string const reason = std::strerror(errno);
  std::remove(part_.c_str());
  file_error(path_, message({"to write ", size_, " bytes"}), reason);
}

}  // namespace nernst::io::detail
