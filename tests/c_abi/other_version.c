/* SPDX-FileCopyrightText: The Nernst authors
 * SPDX-License-Identifier: BSL-1.0 */

/* A mechanism by an interface that is not there yet. */

#include <nernst/c_abi/mechanism.h>

NERNST_MECHANISM(future);
NERNST_MECHANISM(future) {
  static nernst_mechanism const all = {.version = 99, .name = "future"};
  return &all;
}
