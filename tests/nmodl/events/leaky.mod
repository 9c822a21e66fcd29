: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Sums what arrives, forgets it exponentially, fires and rests.
NEURON {
  ARTIFICIAL_CELL leaky
  RANGE tau, rest, m
}
PARAMETER { tau = 10 (ms) rest = 5 (ms) }
ASSIGNED { m last (ms) resting }
INITIAL {
  m = 0
  last = t
  resting = 0
}
NET_RECEIVE(w) {
  if (resting == 0) {
    m = m*exp(-(t - last)/tau) + w
    last = t
    if (m > 1) {
      resting = 1
      m = 2
      net_send(rest, 1)
      net_event(t)
    }
  } else if (flag == 1) {
    last = t
    resting = 0
    m = 0
  }
}
