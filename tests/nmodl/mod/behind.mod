: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE A mechanism without a current: BREAKPOINT acts behind the states
NEURON { SUFFIX behind USEION ca READ ica WRITE cai RANGE peak, seen, count, rate }
UNITS { (mV) = (millivolt) (mA) = (milliamp) (mM) = (milli/liter) }
PARAMETER { least = 1e-4 (mM) }
STATE { m a b pool (mM) }
ASSIGNED { v (mV) ica (mA/cm2) cai (mM) peak seen (mV) count rate (/ms) }
INITIAL { m = 0.1 a = 1 b = 0 pool = 2e-4 peak = -1 seen = v cai = 3e-4 rate = 0.3*exp(v/60) }
BREAKPOINT {
  SOLVE states METHOD cnexp
  SOLVE scheme METHOD sparse
  if (m > peak) { peak = m }
  seen = v + t + rate
  count = count + 1
  if (pool < least) { pool = least }
  m = m*0.999
  cai = pool + 1e-5*m*b
}
DERIVATIVE states {
  m' = (1/(1 + exp(-(v + 30)/8)) - m)/3
  pool' = (5e-5 - pool)/4
}
KINETIC scheme {
  rate = 0.3*exp(v/60)
  ~ a <-> b (rate, 0.2)
  CONSERVE a + b = 1
}
