: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE The implicit method
NEURON { SUFFIX implicit NONSPECIFIC_CURRENT i RANGE sum }
STATE { r s }
ASSIGNED { v (mV) i (mA/cm2) sum }
INITIAL { r = 2  s = 0.3 }
BREAKPOINT {
  SOLVE stiff METHOD derivimplicit
  i = 0.001*sum*(v + 60)
}
DERIVATIVE stiff {
  sum = r + s
  r' = -r + s*v/100
  s' = 2*r - 30*s
}
