: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A synapse that is used up, with a block by magnesium
NEURON { POINT_PROCESS synapse NONSPECIFIC_CURRENT i RANGE tau1, tau2, e, use, recovery, last }
PARAMETER { tau1 = 0.5 (ms) tau2 = 4 (ms) e = 0 (mV) use = 0.4 recovery = 50 (ms) }
STATE { A (uS) B (uS) }
ASSIGNED { v (mV) i (nA) factor last (ms) }
INITIAL {
  LOCAL tp
  A = 0
  B = 0
  tp = (tau1*tau2)/(tau2 - tau1)*log(tau2/tau1)
  factor = 1/(-exp(-tp/tau1) + exp(-tp/tau2))
}
BREAKPOINT {
  SOLVE state METHOD cnexp
  i = (B - A)*(v - e)/(1 + 0.3*exp(-0.06*v))
}
DERIVATIVE state {
  A' = -A/tau1
  B' = -B/tau2
}
NET_RECEIVE (weight (uS), left, before (ms)) {
  INITIAL { left = 1 before = 0 }
  left = 1 - (1 - left)*exp(-(t - before)/recovery)
  state_discontinuity(A, A + weight*factor*use*left)
  B = B + weight*factor*use*left
  left = left - use*left
  before = t
  last = t
}
