: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Transmitter is there for a time behind each spike; the last one of a connection ends it.
NEURON {
  POINT_PROCESS pulse
  RANGE length, alpha, beta, e, on
  NONSPECIFIC_CURRENT i
}
UNITS { (nA) = (nanoamp) (mV) = (millivolt) (uS) = (microsiemens) }
PARAMETER { length = 1.13 (ms) alpha = 0.94 (/ms) beta = 0.18 (/ms) e = 0 (mV) }
ASSIGNED { v (mV) i (nA) on (uS) }
STATE { r }
INITIAL {
  on = 0
  r = 0
}
BREAKPOINT {
  SOLVE binding METHOD cnexp
  i = r*(v - e)*(0.002)
}
DERIVATIVE binding { r' = alpha*on*100*(1 - r) - beta*r }
NET_RECEIVE(weight (uS), open, spikes, last (ms)) {
  INITIAL {
    open = 0
    spikes = 0
    last = -1e9
  }
  if (flag == 0) {
    spikes = spikes + 1
    last = t
    if (open == 0) {
      open = 1
      on = on + weight
    }
    net_send(length, spikes)
  } else if (flag == spikes) {
    open = 0
    on = on - weight
  }
}
