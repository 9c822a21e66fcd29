: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE States that cnexp solves for where their names stand, and what others make of them
NEURON { SUFFIX named NONSPECIFIC_CURRENT i RANGE flow }
STATE { p q r }
ASSIGNED { v (mV) i (mA/cm2) flow }
INITIAL { p = 1 q = 0.7 r = 0.2 }
BREAKPOINT {
  SOLVE states METHOD cnexp
  i = 0.001*p*q*r*(v + 60)
}
DERIVATIVE states { LOCAL squared
  squared = -0.5*p*p
  p' = squared + own()
  flow = q*(1 + v/200)
  if (v > 20) { q' = -q*flow + third(p) } else { q' = 0.1 - q*flow }
  r' = squared - 0.3*r*own()
}
FUNCTION own() { own = 0.1*p*(1 - p) }
FUNCTION third(x) { third = x/3 }
