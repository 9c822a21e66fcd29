/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */
#ifndef TESTS_C_ABI_BY_HAND_H
#define TESTS_C_ABI_BY_HAND_H

#include <nernst/c_abi/mechanism.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A mechanism in one compartment, whose voltage the caller has or finds. Each function returns 0,
 * or 1 behind a message on the standard error. */
enum { most_numbers = 64 };
typedef struct single_compartment {
  nernst_mechanism const* mechanism;
  double value[most_numbers];
  double* variables[most_numbers];
  double work[most_numbers];
  nernst_elements elements;
} single_compartment;

/* A variable by its name, or NULL. */
double* value_of(single_compartment* c, char const* name);
/* Lets all variables have their usual values; the compartment and its ions have those of the
 * squid's axon at 6.3 degrees Celsius, at -65 mV. */
int begin(single_compartment* c, nernst_mechanism const* of, double dt);
/* A step with the voltage as it is. */
int clamped_step(single_compartment* c);
/* A step of the cable equation: a membrane of `area` with a capacitance of 0.01 F/m^2, into which a
 * current flows. */
int free_step(single_compartment* c, double area, double inward);
/* A spike arrives at the end of the step that was the last, by a connection whose variables are at
 * `connection`. */
int arrive(single_compartment* c, double* const* connection);

#ifdef __cplusplus
}
#endif

#endif
