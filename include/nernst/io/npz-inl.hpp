// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/io/file.hpp>
#include <nernst/io/npy.hpp>
#include <nernst/io/npz.hpp>

#include <array>

namespace nernst::io {

namespace detail {

NERNST_INLINE std::uint32_t checksum(std::uint32_t sum, void const* data, std::size_t bytes) {
  static std::array<std::uint32_t, 256> const table = [] {
    std::array<std::uint32_t, 256> all{};
    for (std::uint32_t k = 0; k < 256; ++k) {
      std::uint32_t c = k;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      all[k] = c;
    }
    return all;
  }();
  auto const* const byte = static_cast<unsigned char const*>(data);
  sum = ~sum;
  for (std::size_t k = 0; k < bytes; ++k) sum = table[(sum ^ byte[k]) & 0xFF] ^ (sum >> 8);
  return ~sum;
}

/// Little-endian numbers, one after the other.
class zip_record {
 public:
  zip_record& u16(std::uint64_t x) { return put(x, 2); }
  zip_record& u32(std::uint64_t x) { return put(x, 4); }
  zip_record& u64(std::uint64_t x) { return put(x, 8); }
  zip_record& text(std::string const& t) {
    bytes_ += t;
    return *this;
  }
  std::string const& bytes() const { return bytes_; }

 private:
  zip_record& put(std::uint64_t x, std::size_t count) {
    char byte[8];
    for (int k = 0; k < 8; ++k) byte[k] = static_cast<char>(x >> (8 * k) & 0xFF);
    bytes_.append(byte, count);
    return *this;
  }
  std::string bytes_;
};

/// An archive that stores its members. Sizes and places always have 64 bits (PKWARE's APPNOTE,
/// 4.3 and 4.5.3).
class archive {
 public:
  explicit archive(std::string const& path) : out_(path) {}

  void add(std::string const& name, std::string const& header, void const* data,
           std::size_t bytes) {
    std::uint64_t const at = out_.size();
    std::uint64_t const size = header.size() + bytes;
    std::uint32_t const sum = checksum(checksum(0, header.data(), header.size()), data, bytes);
    zip_record local;
    local.u32(0x04034B50).text(about(sum, name.size()));
    local.u16(20).text(name).u16(1).u16(16).u64(size).u64(size);
    out_.write(local.bytes());
    out_.write(header);
    out_.write(data, bytes);
    directory_.u32(0x02014B50).u16(made_by).text(about(sum, name.size())).u16(28);
    directory_.u16(0).u16(0).u16(0).u32(0).u32(0xFFFFFFFF).text(name);
    directory_.u16(1).u16(24).u64(size).u64(size).u64(at);
    ++members_;
  }

  void complete() {
    std::uint64_t const at = out_.size();
    std::uint64_t const size = directory_.bytes().size();
    zip_record end;
    end.text(directory_.bytes());
    end.u32(0x06064B50).u64(44).u16(made_by).u16(version).u32(0).u32(0);
    end.u64(members_).u64(members_).u64(size).u64(at);
    end.u32(0x07064B50).u32(0).u64(at + size).u32(1);
    end.u32(0x06054B50).u16(0).u16(0).u16(0xFFFF).u16(0xFFFF);
    end.u32(0xFFFFFFFF).u32(0xFFFFFFFF).u16(0);
    out_.write(end.bytes());
    out_.complete();
  }

 private:
  static constexpr std::uint64_t version = 45, made_by = version;
  static constexpr std::uint64_t midnight = 0, first_of_1980 = 1 << 5 | 1;

  /// What both headers of a member say: version, no flags, stored, time, checksum, the sizes (which
  /// stand elsewhere), the length of the name.
  static std::string about(std::uint32_t sum, std::size_t name) {
    zip_record r;
    r.u16(version).u16(0).u16(0).u16(midnight).u16(first_of_1980).u32(sum);
    return r.u32(0xFFFFFFFF).u32(0xFFFFFFFF).u16(name).bytes();
  }

  new_file out_;
  zip_record directory_;
  std::uint64_t members_ = 0;
};

/// The units of all fields as one record of texts, in NumPy's four bytes a character.
NERNST_INLINE void add_units(archive& to, std::vector<field> const& members) {
  std::string type;
  std::string bytes;
  for (field const& f : members) {
    type += type.empty() ? "[('" : ", ('";
    type += f.full_name();
    type += "', '<U";
    append_number(type, std::uint64_t{f.unit.size()});
    type += "')";
    for (char const c : f.unit) {
      bytes += c;
      bytes.append(3, '\0');
    }
  }
  type += ']';
  to.add("units.npy", npy_header(type, {}), bytes.data(), bytes.size());
}

}  // namespace detail

NERNST_INLINE void write_npz(std::string const& path, std::vector<field> const& members) {
  detail::archive all(path);
  for (field const& f : members) {
    std::string type;
    detail::append_type(type, f.type);
    std::vector<std::size_t> shape(1, f.rows);
    if (f.is_table) shape.push_back(f.width);
    std::string const name = f.full_name() + ".npy";
    all.add(name, detail::npy_header(type, shape), f.entries, f.rows * f.row_bytes());
  }
  detail::add_units(all, members);
  all.complete();
}

}  // namespace nernst::io
