: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Indices and bounds that vary
NEURON { SUFFIX places NONSPECIFIC_CURRENT i RANGE some, g, total, back, last, ring, where, kept }
DEFINE N 7
UNITS { (mV) = (millivolt) (mA) = (milliamp) (S) = (siemens) }
PARAMETER { some = 4.6 g = 0.001 (S/cm2) }
STATE { m }
ASSIGNED { v (mV) i (mA/cm2) total back last where kept ring[7] x[5] }
INITIAL {
  where = 0 m = 0.2
  FROM k = 0 TO N-1 { ring[k] = 0.1*k }
  FROM k = 1 TO some { x[k-1] = k }
}
BREAKPOINT {
  SOLVE put
  SOLVE states METHOD cnexp
  total = 0 back = 0 last = -1
  FROM k = 0 TO where {
    if (ring[k] > 0.3) { total = total + ring[k]*ring[N-1-k] } else { back = back + 1 }
    last = k
  }
  i = g*m*(v + 50) + 1e-5*total + 1e-6*ring[where] + 1e-6*x[some/2]
}
DERIVATIVE states { m' = (1/(1 + exp(-(v + 30)/8)) - m)/3 }
PROCEDURE put() {
  ring[where] = m + 1e-2*t
  FROM k = where/2+1 TO some+1 { kept = kept + 1e-3*k*x[k-1] }
  where = where + 1.25
  if (where >= N) { where = where - N }
}
