// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/io/npy.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace nernst::io;
using test::contents;
using test::folder;

namespace {
void put(std::string const& path, std::string const& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

template <class T>
void round_trip(std::string const& path) {
  std::vector<T> const data = {T(0), T(1), T(2), T(-3), T(100), T(7)};
  write_npy(path, data, {2, 3});
  array<T> const back = read_npy<T>(path);
  CHECK(back.shape == std::vector<std::size_t>{2, 3});
  CHECK(back.data == data);
}

template <class Action>
void check_error(Action action, std::string const& path, std::string const& expected,
                 std::string const& found) {
  std::string message;
  try {
    action();
  } catch (std::runtime_error const& error) {
    message = error.what();
  }
  INFO("message: " << message);
  CHECK(message.find(path) == 0);
  CHECK(message.find("expected " + expected) != std::string::npos);
  CHECK(message.find("found " + found) != std::string::npos);
}
}  // namespace

TEST_CASE("npy: arrays come back as they were", "[io]") {
  folder const dir;
  round_trip<float>(dir / "a.npy");
  round_trip<double>(dir / "a.npy");
  round_trip<std::int32_t>(dir / "a.npy");
  round_trip<std::int64_t>(dir / "a.npy");
  round_trip<std::uint8_t>(dir / "a.npy");
  round_trip<std::uint16_t>(dir / "a.npy");
  round_trip<std::uint32_t>(dir / "a.npy");
  CHECK_FALSE(std::filesystem::exists(dir / "a.npy.part"));
}

TEST_CASE("npy: empty arrays and scalars", "[io]") {
  folder const dir;
  write_npy(dir / "empty.npy", std::vector<double>{}, {0, 5});
  CHECK(read_npy<double>(dir / "empty.npy").shape == std::vector<std::size_t>{0, 5});
  write_npy(dir / "scalar.npy", std::vector<double>{2.5}, {});
  array<double> const scalar = read_npy<double>(dir / "scalar.npy");
  CHECK(scalar.shape.empty());
  CHECK(scalar.data == std::vector<double>{2.5});
}

TEST_CASE("npy: the bytes are those of the format", "[io]") {
  folder const dir;
  write_npy(dir / "a.npy", std::vector<std::uint8_t>{1, 2, 255}, {3});
  std::string expected = std::string("\x93NUMPY\x01\x00\x76\x00", 10) +
                         "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }";
  expected.resize(127, ' ');
  CHECK(contents(dir / "a.npy") == expected + "\n\x01\x02\xff");
}

TEST_CASE("npy: spikes are a structured array", "[io]") {
  folder const dir;
  std::vector<spike> const spikes = {{0.0001, 3}, {0.25, 0}, {1.5, -1}};
  write_spikes(dir / "s.npy", spikes);
  CHECK(read_spikes(dir / "s.npy") == spikes);
  std::string const bytes = contents(dir / "s.npy");
  CHECK(bytes.size() == 128 + 3 * 12);
  CHECK(bytes.find(
            "'descr': [('t', '<f8'), ('i', '<i4')], 'fortran_order': False, 'shape': (3,)") == 11);
  check_error([&] { read_npy<double>(dir / "s.npy"); }, dir / "s.npy", "entries of type '<f8'",
              "[('t', '<f8'), ('i', '<i4')]");
}

TEST_CASE("npy: other writers' headers", "[io]") {
  folder const dir;
  std::string const header = "{\"x\": 0, 'shape':(2 ,), 'fortran_order':False,'descr':'<u2'}\n";
  std::string const bytes = std::string("\x93NUMPY\x02\x00", 8) + static_cast<char>(header.size()) +
                            std::string(3, '\0') + header;
  put(dir / "a.npy", bytes + std::string("\x05\x00\x06\x01", 4));
  CHECK(read_npy<std::uint16_t>(dir / "a.npy").data == std::vector<std::uint16_t>{5, 262});
}

TEST_CASE("npy: another type is an error, also of the same width", "[io]") {
  folder const dir;
  std::string const path = dir / "a.npy";
  write_npy(path, std::vector<std::int32_t>{1, 2}, {2});
  check_error([&] { read_npy<std::int64_t>(path); }, path, "entries of type '<i8'", "'<i4'");
  check_error([&] { read_npy<std::uint32_t>(path); }, path, "entries of type '<u4'", "'<i4'");
  check_error([&] { read_npy<float>(path); }, path, "entries of type '<f4'", "'<i4'");
  check_error([&] { read_spikes(path); }, path, "entries of type [('t'", "'<i4'");
}

TEST_CASE("npy: files that are no whole npy file are errors", "[io]") {
  folder const dir;
  std::string const path = dir / "a.npy";
  write_npy(path, std::vector<double>{1, 2, 3}, {3});
  std::string const whole = contents(path);

  put(path, whole.substr(0, whole.size() - 1));
  check_error([&] { read_npy<double>(path); }, path, "24 bytes of entries for shape (3,)", "23");
  put(path, whole.substr(0, 40));
  check_error([&] { read_npy<double>(path); }, path, "118 bytes of header", "30");
  put(path, whole.substr(0, 3));
  check_error([&] { read_npy<double>(path); }, path, "6 bytes of magic number", "3");
  put(path, "PK" + whole);
  check_error([&] { read_npy<double>(path); }, path, "an npy file", "another beginning");

  std::string fortran = whole;
  fortran.replace(fortran.find("False"), 5, "True ");
  put(path, fortran);
  check_error([&] { read_npy<double>(path); }, path, "C order", "Fortran order");

  std::string huge = whole;
  huge.replace(huge.find("(3,), }      "), 13, "(9999999999, 9999999999, ), }")
      .resize(whole.size());
  put(path, huge);
  check_error([&] { read_npy<double>(path); }, path, "a shape that fits in memory",
              "(9999999999, 9999999999)");
  std::string version = whole;
  version[6] = 9;
  put(path, version);
  check_error([&] { read_npy<double>(path); }, path, "npy version 1, 2 or 3", "9");
}

TEST_CASE("npy: what cannot be read or written is an error and leaves nothing", "[io]") {
  folder const dir;
  std::vector<double> const data = {1, 2};
  std::string const nowhere = dir / "no/such/a.npy";
  check_error([&] { read_npy<double>(nowhere); }, nowhere, "a file that can be read",
              "No such file");
  check_error([&] { write_npy(nowhere, data, {2}); }, nowhere, "a path that can be written",
              "No such file");
  check_error([&] { write_npy(dir / "a.npy", data, {3}); }, dir / "a.npy", "entries for shape (3,)",
              "2 entries");
  CHECK(std::filesystem::is_empty(dir.path));

  std::filesystem::create_directories(dir / "taken.npy/full");
  check_error([&] { write_npy(dir / "taken.npy", data, {2}); }, dir / "taken.npy",
              "to write 144 bytes", "");
  CHECK_FALSE(std::filesystem::exists(dir / "taken.npy.part"));
}

TEST_CASE("npy: a failed write keeps the older file", "[io]") {
  if (!std::filesystem::exists("/dev/full")) return;
  folder const dir;
  std::string const path = dir / "a.npy";
  write_npy(path, std::vector<double>{1, 2}, {2});
  std::string const before = contents(path);
  std::filesystem::create_symlink("/dev/full", dir / "a.npy.part");
  std::vector<double> const large(100000, 1.0);
  check_error([&] { write_npy(path, large, {large.size()}); }, path, "to write 800128 bytes",
              "No space left");
  CHECK(contents(path) == before);
  CHECK_FALSE(std::filesystem::is_symlink(dir / "a.npy.part"));
}
