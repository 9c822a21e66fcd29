// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0

#include <nernst/engine/team_size.hpp>

#include "catch.hpp"

using nernst::engine::team_size;

namespace {
/// Pieces of a twentieth of a second; how many of them one thread made.
int pieces_alone(team_size& team, int pieces, double speed_of_all, double speed_of_one,
                 long interruptions) {
  int alone = 0;
  for (int k = 0; k < pieces; ++k) {
    bool const is_alone = team.now() == 1;
    alone += is_alone ? 1 : 0;
    team.hear(0.05 * (is_alone ? speed_of_one : speed_of_all), 0.05, interruptions);
  }
  return alone;
}
}  // namespace

TEST_CASE("a team that nobody disturbs stays together", "[engine]") {
  team_size team(4);
  CHECK(pieces_alone(team, 100, 1000, 5000, 2) == 0);
  CHECK(team.now() == 4);
}

TEST_CASE("a disturbed team is left alone where one thread is slower", "[engine]") {
  team_size team(4);
  int const trials = pieces_alone(team, 170, 1000, 500, 50);
  CHECK(trials == 10);
  CHECK(team.now() == 4);
}

TEST_CASE("one thread works for a disturbed team where it is faster", "[engine]") {
  team_size team(2);
  CHECK(pieces_alone(team, 170, 100, 500, 50) >= 155);
  CHECK(team.now() == 1);
  // When the others are gone, the team is tried again and stays.
  CHECK(pieces_alone(team, 40, 1000, 500, 0) <= 16);
  CHECK(team.now() == 2);
}

TEST_CASE("a single thread has no choice", "[engine]") {
  team_size team(1);
  pieces_alone(team, 50, 100, 500, 50);
  CHECK(team.now() == 1);
}

TEST_CASE("interruptions are counted", "[engine]") {
  CHECK(nernst::engine::interruptions() >= 0);
}
