: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Fires at regular times.
NEURON {
  ARTIFICIAL_CELL ticker
  RANGE start, interval, number
}
PARAMETER { start = 2 (ms) interval = 1.5 (ms) number = 10 }
ASSIGNED { fired }
INITIAL {
  fired = 0
  if (number > 0) { net_send(start, 1) }
}
NET_RECEIVE(w) {
  if (flag == 1) {
    fired = fired + 1
    net_event(t)
    if (fired < number) { net_send(interval, 1) }
  }
}
