: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Uses resources up, and fills them again; connections begin as parameters of the synapse say.
NEURON {
  POINT_PROCESS depressing
  RANGE tau, e, u0, filled
  NONSPECIFIC_CURRENT i
}
UNITS { (nA) = (nanoamp) (mV) = (millivolt) (uS) = (microsiemens) }
PARAMETER {
  tau = 3 (ms) e = 0 (mV) tau_rec = 100 (ms) tau_facil = 50 (ms) u0 = 0.1 filled = 0.9
}
ASSIGNED { v (mV) i (nA) x }
STATE { g (uS) }
INITIAL { g = 0 }
BREAKPOINT {
  SOLVE decay METHOD cnexp
  i = g*(v - e)
}
DERIVATIVE decay { g' = -g/tau }
NET_RECEIVE(weight (uS), y, z, u, last (ms)) {
  INITIAL {
    y = 1 - filled
    z = 0
    u = u0
    last = t
  }
  z = z*exp(-(t - last)/tau_rec)
  z = z + y*(exp(-(t - last)/tau) - exp(-(t - last)/tau_rec))/((tau/tau_rec) - 1)
  y = y*exp(-(t - last)/tau)
  x = 1 - y - z
  u = u*exp(-(t - last)/tau_facil)
  u = u + u0*(1 - u)
  g = g + weight*x*u
  y = y + x*u
  last = t
}
