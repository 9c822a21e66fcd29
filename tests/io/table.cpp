// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/io/npy.hpp>
#include <nernst/io/table.hpp>

#include "catch.hpp"
#include "io/folder.hpp"
#include "io/full_disk.hpp"

using namespace nernst::io;
using Catch::Matchers::Contains;
using test::contents;
using test::full_disk;

namespace {

struct columns {
  std::vector<double> t;
  std::vector<std::int32_t> i;
  explicit columns(std::size_t rows) : t(rows, 0.5), i(rows, 7) {}
  std::vector<field> fields() const { return {field("t", "s", t), field("i", "1", i)}; }
};

}  // namespace

TEST_CASE("a path's ending is its format", "[io]") {
  CHECK(format_of("a/b.npy") == format::npy);
  CHECK(format_of("b.c.npz") == format::npz);
  CHECK(format_of("b.csv") == format::csv);
  CHECK_THROWS_AS(format_of("npy"), std::invalid_argument);
  CHECK_THROWS_WITH(format_of("a/b.txt"), "a/b.txt: expected a file name that ends in .npy, .npz "
                                          "or .csv, found '.txt'");
  CHECK_THROWS_WITH(format_of("b.npz", {format::npy, format::csv}),
                    "b.npz: expected a file name that ends in .npy or .csv, found '.npz'");
  CHECK_THROWS_AS(write_table("nothing.h5", columns(1).fields()), std::invalid_argument);
}

TEST_CASE("tables of all formats appear whole or not at all", "[io]") {
  test::folder const dir;
  columns const some(20000);
  for (char const* name : {"a.npy", "a.npz", "a.csv"}) {
    write_table(dir / name, columns(2).fields());
    std::string const before = contents(dir / name);
    {
      full_disk const full(4096);
      CHECK_THROWS_AS(write_table(dir / name, some.fields()), std::runtime_error);
      CHECK_THROWS_WITH(write_table(dir / name, some.fields()),
                        Contains(dir / name) && Contains("expected to write"));
    }
    CHECK(contents(dir / name) == before);
    CHECK_FALSE(std::filesystem::exists(dir / name + ".part"));
    CHECK_THROWS_WITH(write_table(dir / "no folder" + ("/" + std::string(name)), some.fields()),
                      Contains("expected a path that can be written"));
  }
}

TEST_CASE("a growing table has the rows that were appended", "[io]") {
  test::folder const dir;
  growing_table array(dir / "a.npy", columns(0).fields()), text(dir / "a.csv", columns(0).fields());
  CHECK(read_spikes(dir / "a.npy").empty());
  CHECK(contents(dir / "a.csv") == "t (s),i\n");
  for (std::size_t const rows : {2u, 0u, 9998u}) {
    array.append(columns(rows).fields());
    text.append(columns(rows).fields());
  }
  CHECK(array.rows() == 10000);
  auto const spikes = read_spikes(dir / "a.npy");
  REQUIRE(spikes.size() == 10000);
  CHECK(spikes[9999] == spike{0.5, 7});
  CHECK(contents(dir / "a.csv").size() == 8 + 10000 * 6);
}

TEST_CASE("a growing table can be read after the disk was full, and goes on", "[io]") {
  test::folder const dir;
  growing_table array(dir / "a.npy", columns(0).fields()), text(dir / "a.csv", columns(0).fields());
  array.append(columns(3).fields());
  text.append(columns(3).fields());
  std::string const before = contents(dir / "a.csv");
  {
    full_disk const full(8192);
    columns const many(100000);
    CHECK_THROWS_AS(array.append(many.fields()), std::runtime_error);
    CHECK_THROWS_WITH(text.append(many.fields()),
                      Contains(dir / "a.csv") && Contains("expected to append"));
  }
  CHECK(read_spikes(dir / "a.npy").size() == 3);
  CHECK(contents(dir / "a.csv") == before);
  array.append(columns(2).fields());
  text.append(columns(2).fields());
  CHECK(read_spikes(dir / "a.npy").size() == 5);
  CHECK(contents(dir / "a.csv") == before + "0.5,7\n0.5,7\n");
}

TEST_CASE("a growing table that is cut in the middle still reads", "[io]") {
  test::folder const dir;
  growing_table array(dir / "a.npy", columns(0).fields());
  array.append(columns(3).fields());
  std::string const three = contents(dir / "a.npy");
  // What is on the disk while more is written: rows that the header does not tell of yet.
  std::ofstream(dir / "a.npy", std::ios::binary) << three << "some bytes of a row";
  CHECK(read_spikes(dir / "a.npy").size() == 3);
}

TEST_CASE("a file that cannot be made is an error of the beginning", "[io]") {
  test::folder const dir;
  CHECK_THROWS_WITH(growing_table(dir / "no/a.csv", columns(0).fields()),
                    Contains("expected a path that can be written"));
  CHECK_THROWS_AS(growing_table(dir / "a.npz", columns(0).fields()), std::invalid_argument);
  if (!std::filesystem::exists("/dev/full")) return;
  std::filesystem::create_symlink("/dev/full", dir / "full.csv");
  CHECK_THROWS_WITH(growing_table(dir / "full.csv", columns(0).fields()),
                    Contains(dir / "full.csv") && Contains("No space left"));
}
