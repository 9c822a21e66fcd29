/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */

/* Mechanisms by hand, in C alone: prints what a voltage clamp and a current clamp of hh give, and
 * four spikes at a synapse, a line for each number that by_hand.py finds, too, and NEURON. */

#include "by_hand.h"
#include <stdio.h>
#include <string.h>

NERNST_MECHANISM(hh);
NERNST_MECHANISM(synapse);

static int voltage_clamp(void) {
  static double const level[] = {-0.065, -0.090, -0.040, 0, 0.050, -0.070};
  static char const* const gate[] = {"m", "h", "n"};
  single_compartment c;
  if (begin(&c, nernst_mechanism_hh(), 2.5e-5) != 0) return 1;
  for (unsigned k = 0; k < sizeof level / sizeof *level; ++k) {
    *value_of(&c, "v") = level[k];
    for (int step = 0; step < 80; ++step)
      if (clamped_step(&c) != 0) return 1;
    for (unsigned g = 0; g < 3; ++g) printf("%.17g\n", *value_of(&c, gate[g]));
    printf("%.17g\n%.17g\n", *value_of(&c, "na.current"), *value_of(&c, "k.current"));
  }
  return 0;
}
static int current_clamp(void) {
  single_compartment c;
  double const area = 1.2566370614359172e-9; /* a cylinder of 20 by 20 um */
  if (begin(&c, nernst_mechanism_hh(), 2.5e-5) != 0) return 1;
  for (int step = 0; step < 800; ++step) {
    if (free_step(&c, area, 1e-10) != 0) return 1;
    if (step % 80 == 79) printf("%.17g\n", *value_of(&c, "v"));
  }
  return 0;
}
static void print_synapse(single_compartment* c) {
  static char const* const shown[] = {"A", "B", "_current", "last"};
  for (unsigned k = 0; k < 4; ++k) printf("%.17g\n", *value_of(c, shown[k]));
}
static int spikes(void) {
  static double const level[] = {-0.090, -0.040, 0, 0.050, -0.070};
  static int const arrivals[] = {40, 44, 120, 280};
  nernst_mechanism const* const of = nernst_mechanism_synapse();
  double value[3];
  double* connection[3];
  single_compartment c;
  int next = 0;
  if (begin(&c, of, 2.5e-5) != 0 || of->connection_variable_count != 3) return 1;
  for (unsigned k = 0; k < 3; ++k) {
    connection[k] = &value[k];
    value[k] = of->connection_variables[k].initial;
    if (strcmp(of->connection_variables[k].name, "weight") == 0) value[k] = 2e-9;
  }
  for (int step = 0; step < 400; ++step) {
    if (next < 4 && step == arrivals[next]) {
      if (arrive(&c, connection) != 0) return 1;
      ++next;
    }
    *value_of(&c, "v") = level[step / 80];
    if (clamped_step(&c) != 0) return 1;
    if (step % 80 == 0 || step % 80 == 79) print_synapse(&c);
  }
  return 0;
}

int main(void) {
  return voltage_clamp() != 0 || current_clamp() != 0 || spikes() != 0;
}
