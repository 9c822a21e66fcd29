: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
: A synapse whose resources are used up by each spike (Tsodyks and Markram 1997).
NEURON {
  POINT_PROCESS depressing
  NONSPECIFIC_CURRENT i
  RANGE tau, tau_rec, use, e, g
}
UNITS {
  (nA) = (nanoamp)
  (mV) = (millivolt)
  (uS) = (microsiemens)
}
PARAMETER {
  tau = 3 (ms) <1e-9, 1e9>
  tau_rec = 800 (ms)
  use = 0.5 <0, 1>
  e = 0 (mV)
}
ASSIGNED {
  v (mV)
  i (nA)
}
STATE { g (uS) }
INITIAL { g = 0 }
BREAKPOINT {
  SOLVE decay METHOD derivimplicit
  i = g*(v - e)
}
DERIVATIVE decay { g' = -g/tau }
NET_RECEIVE (weight (uS), x, last (ms)) {
  INITIAL {
    x = 1
    last = t
  }
  if (flag == 0) {
    x = 1 + (x - 1)*exp(-(t - last)/tau_rec)
    state_discontinuity(g, g + weight*use*x)
    x = x - us