// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/engine/archive.hpp>
#include <nernst/io/file.hpp>
#include <nernst/network/snapshot.hpp>
#include <nernst/refuse.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace nernst {

namespace detail {

/// What a file begins with.
struct snapshot_head {
  static constexpr char word[] = "\x93NERNST\n";
  static constexpr std::uint32_t present = 2;

  char magic[8];
  std::uint32_t version = present, unused = 0;
  std::uint64_t bytes = 0, sum = 0;  ///< of what follows

  bool is_one() const { return std::memcmp(magic, word, sizeof magic) == 0; }
};
static_assert(sizeof(snapshot_head) == 32);

/// Everything that follows, in pieces: nobody is to ask for memory that a damaged head speaks of.
inline std::vector<char> content_of(io::detail::file& in, std::uint64_t bytes) {
  std::vector<char> content;
  for (bool goes_on = true; goes_on && content.size() < bytes;) {
    std::size_t const had = content.size();
    std::uint64_t const wanted = std::min(bytes - had, std::uint64_t{1} << 24);
    content.resize(had + static_cast<std::size_t>(wanted));
    content.resize(had + in.read(content.data() + had, content.size() - had));
    goes_on = content.size() == had + wanted;
  }
  return content;
}

}  // namespace detail

NERNST_INLINE void snapshot::save(std::string const& path) const {
  detail::snapshot_head head{};
  std::memcpy(head.magic, detail::snapshot_head::word, sizeof head.magic);
  head.bytes = content_->size();
  head.sum = engine::checksum(content());
  io::detail::new_file out(path);
  out.write(&head, sizeof head);
  out.write(content_->data(), content_->size());
  out.complete();
}

NERNST_INLINE snapshot snapshot::load(std::string const& path) {
  using detail::message;
  using io::detail::file_error;
  io::detail::file in(path, "rb");
  if (!in) file_error(path, "a file that can be read", std::strerror(errno));
  detail::snapshot_head head{};
  std::size_t const found = in.read(&head, sizeof head);
  if (found < sizeof head.magic || !head.is_one())
    file_error(path, "a snapshot, which begins with \\x93NERNST", "another beginning");
  if (found < sizeof head)
    file_error(path, message({"a head of ", sizeof head, " bytes"}),
               message({found, " (the file is cut short)"}));
  std::uint64_t const present = head.present, version = head.version;
  if (version != present)
    file_error(path, message({"version ", present, " of the format"}), message({version}));
  std::vector<char> content = detail::content_of(in, head.bytes);
  if (content.size() != head.bytes)
    file_error(path, message({head.bytes, " bytes of state"}),
               message({content.size(), " (the file is cut short)"}));
  char more = 0;
  if (in.read(&more, 1) != 0)
    file_error(path, message({head.bytes, " bytes of state"}), "more (the file is damaged)");
  snapshot s(std::move(content), path);
  std::uint64_t const sum = engine::checksum(s.content());
  if (sum != head.sum)
    file_error(path, message({"the checksum ", head.sum}),
               message({sum, " (the file is damaged)"}));
  return s;
}

}  // namespace nernst
