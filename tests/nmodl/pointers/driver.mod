: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Gives another mechanism, in its BREAKPOINT and with its states, what that goes by
NEURON {
  SUFFIX driver
  NONSPECIFIC_CURRENT i
  POINTER strength, level, count
  RANGE tau, gain
}
PARAMETER { tau = 3 (ms) gain = 0.002 }
STATE { m }
ASSIGNED { v (mV) i (mA/cm2) strength (S/cm2) level count }
INITIAL {
  m = 0.1
  level = 0.3
  strength = 0
  count = 0
}
BREAKPOINT {
  SOLVE states METHOD cnexp
  strength = gain*m/(1 + exp(-(v + 40)/8))
  i = 0.0001*(v + 70)
}
DERIVATIVE states {
  m' = (1/(1 + exp(-(v + 50)/5)) - m)/tau
  level = level + 0.01*m
  count = count + 1
}
