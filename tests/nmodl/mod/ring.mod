: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
: Six species that feed on each other in a ring.
NEURON { SUFFIX ring RANGE a, b, c, d, e, f }
ASSIGNED { v (mV) }
STATE { a b c d e f }
INITIAL { a = 1 b = 0.5 c = 0.7 d = 0.2 e = 0.9 f = 0.4 }
BREAKPOINT { SOLVE feed METHOD derivimplicit }
DERIVATIVE feed {
  LOCAL k
  k = 1 + v/200
  a' = a*(1 - a - k*b + 0.3*f) 
  b' = b*(0.8 - b - c + k*a)
  c' = c*(0.9 - c*c - d + b)
  d' = d*(1.1 - d - k*e + c)
  e' = e*(0.7 - e - f + d)
  f' = 2*f*(1 - f/(0.5 + k*a) + e)
}
