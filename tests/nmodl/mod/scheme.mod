: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A channel as a kinetic scheme, from its steady state
NEURON { SUFFIX scheme USEION k READ ek WRITE ik RANGE gbar, flow }
PARAMETER { gbar = 0.01 (S/cm2) slope = 20 (mV) }
STATE { c1 c2 o i bound[2] }
ASSIGNED { v (mV) ek (mV) ik (mA/cm2) a (/ms) b (/ms) flow (/ms) }
INITIAL {
  rates(v)
  bound[0] = 1
  SOLVE gating STEADYSTATE sparse
}
BREAKPOINT {
  SOLVE gating METHOD sparse
  ik = gbar*o*(v - ek)
}
KINETIC gating {
  rates(v)
  COMPARTMENT 2 { bound }
  ~ c1 <-> c2 (2*a, b)
  ~ c2 <-> o (a, 2*b)
  flow = f_flux - b_flux
  ~ o <-> i (0.2, 0.01)
  ~ bound[0] <-> bound[1] (a, 0.3)
  CONSERVE c1 + c2 + o + i = 1
}
PROCEDURE rates(v (mV)) {
  a = 0.5*exp(v/slope)
  b = 0.4*exp(-v/slope/2)
}
