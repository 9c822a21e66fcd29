: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Hyperpolarisation-activated cation channel
COMMENT
  Kole MHP, Hallermann S, Stuart GJ (2006) J Neurosci 26:1677-1687.
ENDCOMMENT

NEURON {
  SUFFIX ih
  NONSPECIFIC_CURRENT i
  RANGE gbar, e
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.00002 (S/cm2) <0, 1e9>
  e = -45 (mV)
}
ASSIGNED {
  v (mV)
  i (mA/cm2)
  alpha (/ms)
  beta (/ms)
}
STATE { m }

INITIAL {
  rates(v)
  m = alpha/(alpha + beta)
}
BREAKPOINT {
  SOLVE gate METHOD cnexp
  i = gbar*m*(v - e)
}
DERIVATIVE gate {
  rates(v)
  m' = alpha*(1 - m) - beta*m
}
PROCEDURE rates(v (mV)) {
  UNITSOFF
  if (fabs(v + 154.9) < 1e-5) {
    alpha = 0.00643*11.9
  } else {
    alpha = 0.00643*(v + 154.9)/(exp((v + 154.9)/11.9) - 1)
  }
  beta = 0.193*exp(v/33.1)
  UNITSON
}
