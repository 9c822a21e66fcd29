: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Equations that are not linear, by the method of Runge and Kutta
NEURON { SUFFIX fourth NONSPECIFIC_CURRENT i RANGE rate }
PARAMETER { g = 0.001 (S/cm2) rate = 0.3 (/ms) }
STATE { p q }
ASSIGNED { v (mV) i (mA/cm2) }
INITIAL { p = 0.9 q = 0.2 }
BREAKPOINT { SOLVE prey METHOD runge i = g*p*(v + 70) }
DERIVATIVE prey {
  p' = rate*p*(1 - 2*q) + 0.002*(v + 60)*p*(1 - p)
  q' = -rate*q + p*q
}
