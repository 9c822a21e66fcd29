: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Spikes of the source lower a weight, those of the compartment raise all of them.
NEURON {
  POINT_PROCESS plastic
  RANGE tau, e, down, up, raised, fallen, sum
  NONSPECIFIC_CURRENT i
}
UNITS { (nA) = (nanoamp) (mV) = (millivolt) (uS) = (microsiemens) }
PARAMETER {
  tau = 2 (ms) e = 0 (mV) down = 0.1 up = 0.3
  slow = 34 (ms) fast = 17 (ms) high = -19 (mV) low = -19.5 (mV)
}
ASSIGNED { v (mV) i (nA) after (ms) raised fallen sum }
STATE { g (uS) }
INITIAL {
  g = 0
  after = -1e9
  raised = 0
  fallen = 0
  sum = 0
  net_send(0, 1)
}
BREAKPOINT {
  SOLVE decay METHOD cnexp
  i = g*(v - e)
}
DERIVATIVE decay { g' = -g/tau }
NET_RECEIVE(w (uS), a, before (ms)) {
  LOCAL gain
  INITIAL {
    a = 0
    before = -1e9
  }
  if (flag == 0) {
    g = g + w*(1 + a)
    before = t
    a = a*(1 - down*exp((after - t)/slow))
  } else if (flag == 2) {
    after = t
    gain = up + 0.01*raised
    sum = 0
    FOR_NETCONS(w1, a1, before1) {
      a1 = a1 + (1 - a1)*gain*exp((before1 - t)/fast)
      sum = sum + a1
    }
    raised = raised + 1
  } else if (flag == 3) {
    fallen = fallen + 1
  } else {
    WATCH (v > high) 2
    WATCH (v < low) 3
  }
}
