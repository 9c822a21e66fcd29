: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Steps by hand, with arrays and loops
NEURON { SUFFIX steps NONSPECIFIC_CURRENT i RANGE kept, w, x, phase }
DEFINE N 3
PARAMETER { g = 0.001 (S/cm2) dt (ms) }
STATE { u }
ASSIGNED { v (mV) i (mA/cm2) kept w[N] x[N] phase }
INITIAL {
  FROM k = 0 TO N-1 { x[k] = k + 1  w[k] = 0.1*(k + 1) }
  u = 0
}
BREAKPOINT {
  SOLVE by_hand
  i = g*(v + 60)*(u + kept)
}
PROCEDURE by_hand() {
  LOCAL k, scratch
  scratch = 0
  FROM j = 0 TO N-1 { scratch = scratch + w[j]*x[j] }
  kept = scratch
  k = 0
  while (k < 2) { u = u + dt*(v/100 - u)/10  k = k + 1 }
  FROM j = 0 TO N-1 { x[j] = x[j] - dt*w[j]*x[j] }
  phase = fmod(floor(t*0.73), 3)
}
