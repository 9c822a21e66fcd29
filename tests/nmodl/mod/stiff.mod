: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Stiff equations that are not linear, by the implicit method
NEURON { SUFFIX stiff NONSPECIFIC_CURRENT i RANGE speed }
STATE { x z }
ASSIGNED { v (mV) i (mA/cm2) speed }
INITIAL { x = 1 z = 0.2 }
BREAKPOINT {
  SOLVE equations METHOD derivimplicit
  i = 1e-4*(x + z)*(v + 60)
}
DERIVATIVE equations {
  speed = 40*exp(z)
  x' = -speed*x*x*x + 1 + v/50
  z' = 5*(x - z*sqrt(z*z + 0.01)) - fabs(z)
}
