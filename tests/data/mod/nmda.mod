: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE NMDA receptors: two time constants, and a block by magnesium
COMMENT
  The block is that of Jahr CE, Stevens CF (1990) J Neurosci 10:3178-3182. The greatest conductance
  after an event, without the block, is its weight.
ENDCOMMENT

NEURON {
  POINT_PROCESS nmda
  NONSPECIFIC_CURRENT i
  RANGE tau1, tau2, e, mg, g, i
}
UNITS {
  (nA) = (nanoamp)
  (mV) = (millivolt)
  (uS) = (microsiemens)
  (mM) = (milli/liter)
}
PARAMETER {
  tau1 = 2 (ms) <1e-9, 1e9>
  tau2 = 75 (ms) <1e-9, 1e9>
  e = 0 (mV)
  mg = 1 (mM) <0, 1e9>
}
ASSIGNED {
  v (mV)
  i (nA)
  g (uS)
  factor
}
STATE {
  A (uS)
  B (uS)
}

INITIAL {
  LOCAL peak
  A = 0
  B = 0
  peak = tau1*tau2/(tau2 - tau1)*log(tau2/tau1)
  factor = 1/(exp(-peak/tau2) - exp(-peak/tau1))
}
BREAKPOINT {
  SOLVE decay METHOD cnexp
  g = (B - A)*unblocked(v)
  i = g*(v - e)
}
DERIVATIVE decay {
  A' = -A/tau1
  B' = -B/tau2
}
FUNCTION unblocked(v (mV)) {
  unblocked = 1/(1 + exp(-0.062(/mV)*v)*mg/3.57(mM))
}
NET_RECEIVE(weight (uS)) {
  A = A + weight*factor
  B = B + weight*factor
}
