: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Fires at random, behind a time in which it cannot.
NEURON {
  ARTIFICIAL_CELL noisy
  RANGE mean, dead
  RANDOM wait
}
PARAMETER { mean = 5 (ms) dead = 1 (ms) }
INITIAL { net_send(random_negexp(wait, mean), 1) }
NET_RECEIVE(w) {
  if (flag == 1) {
    net_event(t)
    net_send(dead + random_negexp(wait, mean), 1)
  }
}
