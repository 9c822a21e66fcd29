: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Slow, voltage-dependent (M-type) potassium channel
COMMENT
  Yamada WM, Koch C, Adams PR (1989) Multiple channels and calcium dynamics. In: Koch C, Segev I (eds)
  Methods in Neuronal Modeling, MIT Press; at 36 degrees.
ENDCOMMENT

NEURON {
  SUFFIX km
  USEION k READ ek WRITE ik
  RANGE gbar, taumax
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.0001 (S/cm2) <0, 1e9>
  taumax = 1000 (ms) <1e-9, 1e9>
  q10 = 2.3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  ek (mV)
  ik (mA/cm2)
  minf
  mtau (ms)
}
STATE { m }

INITIAL {
  rates(v)
  m = minf
}
BREAKPOINT {
  SOLVE gate METHOD cnexp
  ik = gbar*m*(v - ek)
}
DERIVATIVE gate {
  rates(v)
  m' = (minf - m)/mtau
}
PROCEDURE rates(v (mV)) {
  minf = 1/(1 + exp(-(v + 35)/10(mV)))
  mtau = taumax/(3.3*exp((v + 35)/20(mV)) + exp(-(v + 35)/20(mV)))/q10^((celsius - 36)/10(degC))
}
