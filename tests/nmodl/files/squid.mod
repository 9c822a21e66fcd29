: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Sodium, potassium and leak of the squid's giant axon (Hodgkin and Huxley 1952)
COMMENT
  The rates of the paper, with potentials shifted to a resting potential of -65 mV, at 6.3 degrees.
ENDCOMMENT

NEURON {
  SUFFIX squid
  USEION na READ ena WRITE ina
  USEION k READ ek WRITE ik
  NONSPECIFIC_CURRENT il
  RANGE gnabar, gkbar, gl, el, gna, gk
  THREADSAFE
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (S) = (siemens)
}
PARAMETER {
  gnabar = 0.12 (S/cm2)
  gkbar = 0.036 (S/cm2)
  gl = 0.0003 (S/cm2)
  el = -54.3 (mV)
  q10 = 3
}
STATE { m h n }
ASSIGNED {
  v (mV)
  celsius (degC)
  ena (mV)
  ek (mV)
  ina (mA/cm2)
  ik (mA/cm2)
  il (mA/cm2)
  gna (S/cm2)
  gk (S/cm2)
  minf hinf ninf
  mtau (ms)
  htau (ms)
  ntau (ms)
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  gna = gnabar*m^3*h
  gk = gkbar*n^4
  ina = gna*(v - ena)
  ik = gk*(v - ek)
  il = gl*(v - el)
}
INITIAL {
  rates(v)
  m = minf
  h = hinf
  n = ninf
}
DERIVATIVE gates {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
  n' = (ninf - n)/ntau
}
PROCEDURE rates(v (mV)) {
  LOCAL alpha, beta, tcorr
  TABLE minf, mtau, hinf, htau, ninf, ntau DEPEND celsius FROM -100 TO 100 WITH 200
  tcorr = q10^((celsius - 6.3)/10(degC))
  alpha = linoid(v + 40, 10)
  beta = 4*exp(-(v + 65)/18)
  mtau = 1/(tcorr*(alpha + beta))
  minf = alpha/(alpha + beta)
  alpha = 0.07*exp(-(v + 65)/20)
  beta = 1/(exp(-(v + 35)/10) + 1)
  htau = 1/(tcorr*(alpha + beta))
  hinf = alpha/(alpha + beta)
  alpha = 0.1*linoid(v + 55, 10)
  beta = 0.125*exp(-(v + 65)/80)
  ntau = 1/(tcorr*(alpha + beta))
  ninf = alpha/(alpha + beta)
}
FUNCTION linoid(x (mV), y (mV)) {
  : x/y/(1 - exp(-x/y)), but for small x
  if (fabs(x/y) < 1e-6) {
    linoid = 1 + x/y/2
  } else {
    linoid = x/y/(1 - exp(-x/y))
  }
}
