: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Rises to 1 with a rate that what arrives changes, fires there, and begins anew.
NEURON {
  ARTIFICIAL_CELL rising
  RANGE rate, m, fired
}
PARAMETER { rate = 0.07 (/ms) }
ASSIGNED { m last (ms) slope (/ms) fired }
INITIAL {
  m = 0
  last = 0
  slope = rate
  fired = 0
  net_send(1/slope, 1)
}
NET_RECEIVE(w) {
  if (flag == 1) {
    fired = fired + 1
    m = 0
    slope = rate
    last = t
    net_event(t)
    net_send(1/slope, 1)
  } else {
    m = m + slope*(t - last)
    last = t
    if (m >= 1) {
      net_move(t)
    } else {
      slope = slope*(1 + w)
      net_move(t + (1 - m)/slope)
    }
  }
}
