: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Low-voltage activated (T-type) calcium channel
COMMENT
  Huguenard JR, McCormick DA (1992) J Neurophysiol 68:1373-1383; at 24 degrees.
  The current is that of the Goldman-Hodgkin-Katz equation.
ENDCOMMENT

NEURON {
  SUFFIX cat
  USEION ca READ cai, cao WRITE ica
  RANGE pbar
}
UNITS {
  (mV) = (millivolt)
  (mA) = (milliamp)
  (mM) = (milli/liter)
  FARADAY = (faraday) (coulomb)
  R = (k-mole) (joule/degC)
}
PARAMETER {
  pbar = 1e-5 (cm/s) <0, 1e9>
  qm = 5
  qh = 3
}
ASSIGNED {
  v (mV)
  celsius (degC)
  cai (mM)
  cao (mM)
  ica (mA/cm2)
  minf
  hinf
  mtau (ms)
  htau (ms)
}
STATE { m h }

INITIAL {
  rates(v)
  m = minf
  h = hinf
}
BREAKPOINT {
  SOLVE gates METHOD cnexp
  ica = pbar*m^2*h*ghk(v, cai, cao)
}
DERIVATIVE gates {
  rates(v)
  m' = (minf - m)/mtau
  h' = (hinf - h)/htau
}
PROCEDURE rates(v (mV)) {
  LOCAL slow
  minf = 1/(1 + exp(-(v + 57)/6.2(mV)))
  hinf = 1/(1 + exp((v + 81)/4(mV)))
  slow = qm^((24 - celsius)/10(degC))
  mtau = slow*(0.612(ms) + 1(ms)/(exp(-(v + 132)/16.7(mV)) + exp((v + 16.8)/18.2(mV))))
  slow = qh^((24 - celsius)/10(degC))
  if (v < -80) {
    htau = slow*exp((v + 467)/66.6(mV))*1(ms)
  } else {
    htau = slow*(28(ms) + exp(-(v + 22)/10.5(mV))*1(ms))
  }
}
FUNCTION ghk(v (mV), ci (mM), co (mM)) (.001 coul/cm3) {
  LOCAL w
  w = (.001)*2*FARADAY*v/(R*(celsius + 273.15))
  ghk = (.001)*2*FARADAY*(ci*efun(-w) - co*efun(w))
}
FUNCTION efun(z) {
  if (fabs(z) < 1e-4) {
    efun = 1 - z/2
  } else {
    efun = z/(exp(z) - 1)
  }
}
