// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/io/npy.hpp>
#include <nernst/io/npz.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include <fstream>
#include <map>

using namespace nernst::io;
using test::contents;

namespace {

std::uint64_t number(std::string const& bytes, std::size_t at, std::size_t count) {
  std::uint64_t n = 0;
  for (std::size_t k = count; k-- > 0;) n = n << 8 | static_cast<unsigned char>(bytes.at(at + k));
  return n;
}

/// The members of an archive, found through its directory, which is found from the end.
std::map<std::string, std::string> members(std::string const& bytes) {
  std::map<std::string, std::string> all;
  std::size_t const end = bytes.size() - 22;
  CHECK(number(bytes, end, 4) == 0x06054B50);
  std::size_t const locator = end - 20;
  CHECK(number(bytes, locator, 4) == 0x07064B50);
  std::size_t const record = number(bytes, locator + 8, 8);
  CHECK(number(bytes, record, 4) == 0x06064B50);
  std::uint64_t const count = number(bytes, record + 32, 8);
  std::size_t at = number(bytes, record + 48, 8);
  for (std::uint64_t k = 0; k < count; ++k) {
    CHECK(number(bytes, at, 4) == 0x02014B50);
    std::size_t const name = number(bytes, at + 28, 2), extra = number(bytes, at + 30, 2);
    std::size_t const size = number(bytes, at + 46 + name + 4, 8);
    std::size_t const local = number(bytes, at + 46 + name + 20, 8);
    CHECK(number(bytes, local, 4) == 0x04034B50);
    CHECK(number(bytes, local + 14, 4) == number(bytes, at + 16, 4));
    std::size_t const data =
        local + 30 + number(bytes, local + 26, 2) + number(bytes, local + 28, 2);
    all[bytes.substr(at + 46, name)] = bytes.substr(data, size);
    at += 46 + name + extra;
  }
  return all;
}

}  // namespace

TEST_CASE("npz: an archive of arrays, and their units", "[io]") {
  test::folder const dir;
  std::vector<double> const t{0, 1e-4, 2e-4};
  std::vector<float> const v{1, 2, 3, 4, 5, 6};
  write_npz(dir / "a.npz", {field("t", "s", t), field("v", "mV", v, 2, 3)});
  auto all = members(contents(dir / "a.npz"));
  REQUIRE(all.size() == 3);
  for (auto const& [name, bytes] : all)
    std::ofstream(dir / name.c_str(), std::ios::binary) << bytes;
  CHECK(read_npy<double>(dir / "t.npy").data == t);
  CHECK(read_npy<float>(dir / "v.npy").data == v);
  CHECK(read_npy<float>(dir / "v.npy").shape == std::vector<std::size_t>{2, 3});
  std::string const units = all["units.npy"];
  CHECK(units.find("'descr': [('t', '<U1'), ('v', '<U2')], 'fortran_order': False, 'shape': ()") <
        20);
  CHECK(units.substr(units.size() - 12) == std::string("s\0\0\0m\0\0\0V\0\0\0", 12));
}

TEST_CASE("npz: the checksum is that of zip", "[io]") {
  // The check value of CRC-32: https://reveng.sourceforge.io/crc-catalogue/all.htm
  CHECK(detail::checksum(0, "123456789", 9) == 0xCBF43926);
  CHECK(detail::checksum(detail::checksum(0, "1234", 4), "56789", 5) == 0xCBF43926);
}
