: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Gates with functions, a table and a temperature
NEURON {
  SUFFIX gates
  USEION na READ ena WRITE ina
  NONSPECIFIC_CURRENT il
  RANGE gbar, gl, el, g
  GLOBAL minf, mtau, hinf, htau
}
UNITS { (mV) = (millivolt) (mA) = (milliamp) (S) = (siemens) }
PARAMETER {
  gbar = 0.12 (S/cm2) <0, 1e9>
  gl = 0.3 (mS/cm2)
  el = -54.3 (mV)
  q10 = 3
}
STATE { m h }
ASSIGNED {
  v (mV) celsius (degC) ena (mV) ina (mA/cm2) il (mA/cm2) g (S/cm2)
  minf hinf mtau (ms) htau (ms) speed
}
INITIAL {
  speed = q10^((celsius - 20)/10)
  rates(v)
  m = minf
  h = hinf
}
BREAKPOINT {
  SOLVE states METHOD cnexp
  g = gbar*m^3*h
  ina = g*(v - ena)
  il = (0.001)*gl*(v - el)
}
DERIVATIVE states {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
}
PROCEDURE rates(v (mV)) {
  LOCAL a, b
  TABLE minf, mtau, hinf, htau DEPEND speed FROM -100 TO 100 WITH 400
  a = 0.1*linoid(-(v + 40), 10)
  b = 4*exp(-(v + 65)/18)
  mtau = 1/(speed*(a + b))
  minf = a/(a + b)
  a = 0.07*exp(-(v + 65)/20)
  b = 1/(1 + exp(-(v + 35)/10))
  htau = 1/(speed*(a + b))
  hinf = a/(a + b)
  if (htau < 0.1) { htau = 0.1 } else if (v > 1e3 && !(hinf > 0.5)) { hinf = 0 }
}
FUNCTION linoid(x (mV), y (mV)) (mV) {
  if (fabs(x/y) < 1e-6) {
    linoid = y*(1 - x/y/2)
  } else {
    linoid = x/(exp(x/y) - 1)
  }
}
