: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
: Calcium binds to a protein at four sites one after the other, and to a buffer: eight states.
NEURON { SUFFIX cascade RANGE ca, p, b, bca }
PARAMETER {
  rest = 0.1  on = 0.6 (/ms)  off = 0.3 (/ms)  kb = 0.4 (/ms)  rb = 0.1 (/ms)
}
ASSIGNED { v (mV) }
STATE { ca p[5] b bca }
INITIAL {
  ca = rest
  FROM k = 0 TO 4 { p[k] = 0 }
  p[0] = 1
  b = 2
  bca = 0
}
BREAKPOINT { SOLVE bind METHOD sparse }
KINETIC bind {
  ~ ca << (0.3*(1 + exp(-(v + 20)/10))^-1)
  FROM k = 0 TO 3 { ~ ca + p[k] <-> p[k + 1] ((4 - k)*on, (k + 1)*off) }
  ~ ca + b <-> bca (kb, rb)
  ~ ca -> (0.2)
}
