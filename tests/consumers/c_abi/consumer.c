/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */

#include <nernst/c_abi/mechanism.h>

#include <math.h>
#include <string.h>

NERNST_MECHANISM(km);
NERNST_MECHANISM(leak);

/* Three elements of a leak at 10 mV above its reversal potential. */
static double current_of_leak(void) {
  nernst_mechanism const* const leak = nernst_mechanism_leak();
  double v[3] = {-0.055, -0.055, -0.055}, g[3] = {10, 10, 10};
  double current[3] = {0}, conductance[3] = {0}, work[8];
  double* variables[8] = {0};
  nernst_elements elements = {0};
  for (uint32_t k = 0; k < leak->variable_count; ++k)
    if (strcmp(leak->variables[k].name, "g") == 0) variables[k] = g;
  variables[leak->voltage] = v;
  variables[leak->current] = current;
  variables[leak->conductance] = conductance;
  elements.end = 3;
  elements.variables = variables;
  elements.work = work;
  elements.dt = 1e-4;
  if (leak->prepare(&elements) != NERNST_OK || leak->currents(&elements) != NERNST_OK) return 0;
  return conductance[2] == 10 ? current[2] : 0;
}

int main(void) {
  nernst_mechanism const* const km = nernst_mechanism_km();
  int const is_known = km->version == NERNST_MECHANISM_VERSION && strcmp(km->name, "km") == 0 &&
                       km->ion_count == 1 && strcmp(km->ions[0].name, "k") == 0;
  return is_known && fabs(current_of_leak() - 0.1) < 1e-15 ? 0 : 1;
}
