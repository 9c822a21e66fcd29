// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/io/npy.hpp>
#include <nernst/network/connect.hpp>

#include "connections.hpp"
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

using namespace nernst::dsl;
using namespace connections;
using nernst::connection_request;

/// A file with a text that goes with the object.
class text_file {
 public:
  explicit text_file(std::string const& text, std::string const& name = "nernst_edges.csv")
      : path_(std::filesystem::temp_directory_path() / name) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  ~text_file() { std::filesystem::remove(path_); }
  text_file(text_file const&) = delete;
  text_file& operator=(text_file const&) = delete;
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

connection_request const four_to_five{.sources = 4, .targets = 5};

pair_list edges_in(std::string const& text) {
  text_file const file(text);
  return pairs_of(edges_from(file.path()).build(host, four_to_five));
}
/// What a file's mistake is, without the folder.
template <class Error>
std::string mistake_in(std::string const& text) {
  text_file const file(text);
  std::string const said =
      message<Error>([&] { edges_from(file.path()).build(host, four_to_five); });
  std::size_t const at = said.find("nernst_edges");
  return at == std::string::npos ? said : said.substr(at);
}
template <class T>
std::string write_pairs(std::vector<T> const& numbers, std::vector<std::size_t> const& shape) {
  auto const path = (std::filesystem::temp_directory_path() / "nernst_edges.npy").string();
  nernst::io::write_npy(path, numbers, shape);
  return path;
}

}  // namespace

TEST_CASE("csr takes rows as they are") {
  auto const list = csr({0, 2, 2, 5, 5}, {3, 1, 4, 4, 0}).build(host, four_to_five);
  CHECK(list.row_begin == places{0, 2, 2, 5, 5});
  CHECK(list.target == indices{3, 1, 4, 4, 0});
  CHECK(list.creation.empty());
  CHECK(csr({0, 0}, {}).build(host, {.sources = 1, .targets = 0}).target.empty());
  std::vector<std::size_t> const rows{0, 1};
  std::vector<std::uint16_t> const targets{2};
  CHECK(csr(rows, targets).build(host, {.sources = 1, .targets = 3}).target == indices{2});
}

TEST_CASE("csr says what does not fit") {
  using error = std::invalid_argument;
  CHECK(message<error>([] { csr({}, {}); }) ==
        "csr: expected the beginning of each row and the end of the last, found nothing");
  CHECK(message<error>([] { csr({1, 2}, {0, 0}); }) ==
        "csr: expected rows that ascend from 0, found 1 at the beginning of row 0");
  CHECK(message<error>([] { csr({0, 3, 2}, {0, 0}); }) ==
        "csr: expected rows that ascend from 0, found 2 at the beginning of row 2");
  CHECK(message<error>([] { csr({0, -3}, {0, 0}); }) ==
        "csr: expected rows that ascend from 0, found -3 at the beginning of row 1");
  CHECK(message<error>([] { csr({0, 1}, {0, 0}); }) ==
        "csr: expected the last row to end at 2, the number of targets, found 1");
  CHECK(message<error>([] { csr({0, 1}, {0}).build(host, four_to_five); }) ==
        "csr: expected 4 rows, one for each source, found 1");
  CHECK(message<std::out_of_range>([] { csr({0, 1}, {-1}); }) ==
        "csr: expected a target index from 0 to 4294967295 at position 0, found -1");
  CHECK(message<std::out_of_range>([] {
          csr({0, 1}, {5}).build(host, {.sources = 1, .targets = 5});
        }) == "csr: expected a target index below 5 at position 0, found 5");
}

TEST_CASE("edges_from reads texts, in their order") {
  pair_list const expected{{3, 0}, {0, 4}, {0, 4}};
  CHECK(edges_in("3,0\n0,4\n0,4\n") == expected);
  CHECK(edges_in("source,target\n3,0\n0,4\n0,4") == expected);
  CHECK(edges_in("# a comment\r\n\r\n3 ; 0 # here\r\n  0\t4  \r\n0 4\r\n") == expected);
  CHECK(edges_in("").empty());
  text_file const file("3,0\n0,4\n2,1\n");
  auto const list = edges_from(file.path()).build(host, four_to_five);
  CHECK(list.row_begin == places{0, 1, 1, 2, 3});
  CHECK(list.creation == places{1, 2, 0});
}

TEST_CASE("edges_from names the line that is wrong") {
  CHECK(mistake_in<std::runtime_error>("0,1\n\n0\n") ==
        "nernst_edges.csv, line 3: expected source,target, found '0'");
  CHECK(mistake_in<std::runtime_error>("0,1\nsource,target\n") ==
        "nernst_edges.csv, line 2: expected source,target, found 'source,target'");
  CHECK(mistake_in<std::runtime_error>("0,1,0.5\n") ==
        "nernst_edges.csv, line 1: expected source,target, found '0,1,0.5'");
  CHECK(mistake_in<std::runtime_error>("0,1.5\r\n") ==
        "nernst_edges.csv, line 1: expected source,target, found '0,1.5'");
  CHECK(mistake_in<std::runtime_error>("0,99999999999999999999\n") ==
        "nernst_edges.csv, line 1: expected source,target, found '0,99999999999999999999'");
  CHECK(mistake_in<std::out_of_range>("0,1\n4,1\n") ==
        "nernst_edges.csv, line 2: expected a source index below 4, found 4");
  CHECK(mistake_in<std::out_of_range>("0,1\n3,-1\n") ==
        "nernst_edges.csv, line 2: expected a target index below 5, found -1");
  CHECK(message<std::runtime_error>([] {
          edges_from("/no/such/file.csv").build(host, four_to_five);
        }) == "/no/such/file.csv: expected a file that can be read, found No such file or "
              "directory");
}

TEST_CASE("edges_from reads npy files of integers") {
  pair_list const expected{{3, 0}, {0, 4}};
  auto const read = [](std::string const& path) {
    auto all = pairs_of(edges_from(path).build(host, four_to_five));
    std::filesystem::remove(path);
    return all;
  };
  CHECK(read(write_pairs<std::int64_t>({3, 0, 0, 4}, {2, 2})) == expected);
  CHECK(read(write_pairs<std::int32_t>({3, 0, 0, 4}, {2, 2})) == expected);
  CHECK(read(write_pairs<std::uint32_t>({3, 0, 0, 4}, {2, 2})) == expected);
  CHECK(read(write_pairs<std::uint64_t>({3, 0, 0, 4}, {2, 2})) == expected);
  auto const mistake = [&]<class Error>(Error const*, std::string const& path) {
    std::string const said = message<Error>([&] { read(path); });
    std::filesystem::remove(path);
    std::size_t const at = said.find("nernst_edges");
    return at == std::string::npos ? said : said.substr(at);
  };
  std::runtime_error const* const runtime = nullptr;
  std::out_of_range const* const range = nullptr;
  CHECK(mistake(runtime, write_pairs<std::int64_t>({3, 0, 0, 4}, {4})) ==
        "nernst_edges.npy: expected the shape (n, 2), found (4,)");
  CHECK(mistake(runtime, write_pairs<double>({3, 0}, {1, 2})) ==
        "nernst_edges.npy: expected entries of type '<i8', '<i4', '<u8' or '<u4', found '<f8'");
  CHECK(mistake(range, write_pairs<std::int32_t>({3, 0, 3, -2}, {2, 2})) ==
        "nernst_edges.npy, row 1: expected a target index below 5, found -2");
}
