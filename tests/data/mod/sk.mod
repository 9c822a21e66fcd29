: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Small-conductance, calcium-activated potassium channel
COMMENT
  Koehler M, Hirschberg B, Bond CT, Kinzie JM, Marrion NV, Maylie J, Adelman JP (1996)
  Science 273:1709-1714.
ENDCOMMENT

NEURON {
  SUFFIX sk
  USEION k READ ek WRITE ik
  USEION ca READ cai
  RANGE gbar, tau
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
  (mM) = (milli/liter)
}
PARAMETER {
  gbar = 0.0005 (S/cm2) <0, 1e9>
  half = 0.00043 (mM) <1e-9, 1e9>
  tau = 1 (ms) <1e-9, 1e9>
}
ASSIGNED {
  v (mV)
  cai (mM)
  ek (mV)
  ik (mA/cm2)
}
STATE { z FROM 0 TO 1 }

INITIAL {
  z = opened(cai)
}
BREAKPOINT {
  SOLVE gate METHOD cnexp
  ik = gbar*z*(v - ek)
}
DERIVATIVE gate {
  z' = (opened(cai) - z)/tau
}
FUNCTION opened(ca (mM)) {
  opened = 1/(1 + (half/ca)^4.8)
}
