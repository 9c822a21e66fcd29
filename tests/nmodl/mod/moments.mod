: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Blocks before and after the parts of a step
NEURON { SUFFIX moments NONSPECIFIC_CURRENT i RANGE g, peak, seen, ready, first, last }
UNITS { (mV) = (millivolt) (mA) = (milliamp) (S) = (siemens) }
PARAMETER { g = 0.001 (S/cm2) }
STATE { m }
ASSIGNED { v (mV) i (mA/cm2) peak seen (mV) ready first last }
BEFORE INITIAL { first = 2 }
INITIAL { m = first*0.1 peak = 0 }
AFTER INITIAL { last = m + first }
BREAKPOINT {
  SOLVE states METHOD cnexp
  i = g*m*ready*(v + 50) + 1e-4*peak
}
BEFORE BREAKPOINT { ready = 1 + exp(-t/20) }
DERIVATIVE states { m' = (1/(1 + exp(-(v + 30)/8)) - m)/3 }
AFTER SOLVE { if (m > peak) { peak = m + 1e-3*t } }
BEFORE STEP { seen = v + peak + m }
