: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Equations that read each other
NEURON { SUFFIX coupled NONSPECIFIC_CURRENT i RANGE r }
STATE { p q }
ASSIGNED { v (mV) i (mA/cm2) r }
INITIAL { p = 1  q = 0.5 }
BREAKPOINT {
  SOLVE states METHOD cnexp
  r = p + q
  i = 0.001*(v + 60)*r
}
DERIVATIVE states {
  p' = (exp(v/50) - p)/5
  q' = (p - q)/3
}
