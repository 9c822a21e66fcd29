// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#include <nernst/io/csv.hpp>

#include "catch.hpp"
#include "io/folder.hpp"

using namespace nernst::io;
using test::contents;

TEST_CASE("csv: a line of names and units, then the rows", "[io]") {
  test::folder const dir;
  std::vector<double> const t{0, 1e-4, 0.1 + 0.2};
  std::vector<std::int32_t> const i{1, 2, -3};
  std::vector<float> const v{1, 2, 3, 4, 5, 6.1f};
  std::uint32_t const numbers[] = {7, 9};
  std::vector<std::uint64_t> const n{18446744073709551615u, 0, 7};
  write_csv(dir / "a.csv", {field("t", "s", t), field("i", "1", i),
                            field("v", "V", v, 3, 2, numbers), field("n", "1", n)});
  CHECK(contents(dir / "a.csv") == "t (s),i,v[7] (V),v[9] (V),n\n"
                                   "0,1,1,2,18446744073709551615\n"
                                   "1e-04,2,3,4,0\n"
                                   "0.30000000000000004,-3,5,6.1,7\n");
  CHECK_FALSE(std::filesystem::exists(dir / "a.csv.part"));
}

TEST_CASE("csv: no rows, no columns, many rows", "[io]") {
  test::folder const dir;
  std::vector<double> const none;
  write_csv(dir / "a.csv", {field("t", "s", none), field("v", "V", none, 0, 0)});
  CHECK(contents(dir / "a.csv") == "t (s)\n");
  std::vector<std::uint8_t> const many(10000, 1);
  write_csv(dir / "b.csv", {field("x", "1", many)});
  CHECK(contents(dir / "b.csv").size() == 2 + 2 * many.size());
}

TEST_CASE("fields get names of their own", "[io]") {
  std::vector<double> const x;
  std::vector<field> all;
  for (int k = 0; k < 3; ++k) enter(all, field("t", "s", x));
  enter(all, field("t_", "s", x));
  CHECK(all[0].full_name() == "t");
  CHECK(all[1].full_name() == "t_");
  CHECK(all[2].full_name() == "t__");
  CHECK(all[3].full_name() == "t___");
}
