: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Transient (A-type) potassium channel
COMMENT
  Connor JA, Stevens CF (1971) J Physiol 213:31-53, in the form of Dayan P, Abbott LF (2001)
  Theoretical Neuroscience, MIT Press, section 6.6; at 18 degrees.
ENDCOMMENT

NEURON {
  SUFFIX ka
  USEION k READ ek WRITE ik
  RANGE gbar, g
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gbar = 0.002 (S/cm2) <0, 1e9>
  q10 = 3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  ek (mV)
  ik (mA/cm2)
  g (S/cm2)
  ainf
  binf
  atau (ms)
  btau (ms)
  qt
}
STATE { a b }

INITIAL {
  qt = q10^((celsius - 18)/10(degC))
  rates(v)
  a = ainf
  b = binf
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  g = gbar*a^3*b
  ik = g*(v - ek)
}
DERIVATIVE gates {
  rates(v)
  a' = (ainf - a)/atau
  b' = (binf - b)/btau
}
PROCEDURE rates(v (mV)) {
  ainf = (0.0761*exp((v + 94.22)*0.0314(/mV))/(1 + exp((v + 1.17)*0.0346(/mV))))^(1/3)
  atau = (0.3632(ms) + 1.158(ms)/(1 + exp((v + 55.96)*0.0497(/mV))))/qt
  binf = (1/(1 + exp((v + 53.3)*0.0688(/mV))))^4
  btau = (1.24(ms) + 2.678(ms)/(1 + exp((v + 50)*0.0624(/mV))))/qt
}
