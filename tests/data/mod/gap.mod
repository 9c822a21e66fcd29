: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE One side of a gap junction

NEURON {
  POINT_PROCESS gap
  NONSPECIFIC_CURRENT i
  POINTER vgap
  RANGE r, i
}
UNITS {
  (nA) = (nanoamp)
  (mV) = (millivolt)
}
PARAMETER { r = 100 (megohm) <1e-9, 1e9> }
ASSIGNED {
  v (mV)
  vgap (mV)
  i (nA)
}
BREAKPOINT {
  i = (v - vgap)/r
}
