/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */

#include "by_hand.h"

#include <stdio.h>
#include <string.h>

double* value_of(single_compartment* c, char const* name) {
  for (uint32_t k = 0; k < c->mechanism->variable_count; ++k)
    if (strcmp(c->mechanism->variables[k].name, name) == 0) return &c->value[k];
  return NULL;
}

static int succeeded(single_compartment const* c, nernst_status status) {
  if (status != NERNST_OK) fprintf(stderr, "%s: %s\n", c->mechanism->name, c->mechanism->message());
  return status == NERNST_OK;
}
static void set(single_compartment* c, char const* name, double value) {
  double* const there = value_of(c, name);
  if (there != NULL) *there = value;
}

int begin(single_compartment* c, nernst_mechanism const* of, double dt) {
  memset(c, 0, sizeof *c);
  c->mechanism = of;
  if (of->version != NERNST_MECHANISM_VERSION || of->variable_count > most_numbers ||
      of->work_size > most_numbers) {
    fprintf(stderr, "%s: another version, or too many variables\n", of->name);
    return 1;
  }
  for (uint32_t k = 0; k < of->variable_count; ++k) {
    c->value[k] = of->variables[k].initial;
    c->variables[k] = &c->value[k];
  }
  set(c, "v", -0.065);
  set(c, "temperature", 279.45);
  set(c, "na.reversal", 0.050);
  set(c, "k.reversal", -0.077);
  c->elements.end = 1;
  c->elements.variables = c->variables;
  c->elements.work = c->work;
  c->elements.dt = dt;
  if (!succeeded(c, of->prepare(&c->elements))) return 1;
  return !succeeded(c, of->initialise(&c->elements));
}

static int add_currents(single_compartment* c) {
  c->value[c->mechanism->current] = 0;
  c->value[c->mechanism->conductance] = 0;
  for (uint32_t k = 0; k < c->mechanism->ion_count; ++k) {
    c->value[c->mechanism->ions[k].current] = 0;
    c->value[c->mechanism->ions[k].conductance] = 0;
    if (!succeeded(c, c->mechanism->ion_currents(&c->elements, k))) return 0;
  }
  return succeeded(c, c->mechanism->currents(&c->elements));
}

int clamped_step(single_compartment* c) {
  if (!add_currents(c) || !succeeded(c, c->mechanism->advance(&c->elements))) return 1;
  c->elements.time += c->elements.dt;
  return 0;
}

int free_step(single_compartment* c, double area, double inward) {
  double* const v = &c->value[c->mechanism->voltage];
  double outward, conductance, diagonal;
  if (!add_currents(c)) return 1;
  outward = 0 - c->value[c->mechanism->current] * area;
  conductance = c->value[c->mechanism->conductance] * area;
  diagonal = 0.01 * area * (1 / c->elements.dt) + conductance;
  *v += (outward + inward) * (1 / diagonal);
  if (!succeeded(c, c->mechanism->advance(&c->elements))) return 1;
  c->elements.time += c->elements.dt;
  return 0;
}

int arrive(single_compartment* c, double* const* connection) {
  uint32_t const first = 0;
  nernst_elements last_step = c->elements;
  nernst_spikes spikes = {0};
  last_step.time -= last_step.dt;
  spikes.count = 1;
  spikes.element = &first;
  spikes.variables = connection;
  return !succeeded(c, c->mechanism->on_spike(&last_step, &spikes));
}
