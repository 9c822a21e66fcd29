: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A leak: a conductance that is always there

NEURON {
  SUFFIX leak
  NONSPECIFIC_CURRENT i
  RANGE g, e
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  g = 1e-4 (S/cm2) <0, 1e9>
  e = -65 (mV)
}
ASSIGNED {
  v (mV)
  i (mA/cm2)
}
BREAKPOINT { i = g*(v - e) }
