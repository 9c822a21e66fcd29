: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Loops whose ends vary, and those that a parameter ends
NEURON { SUFFIX rounds NONSPECIFIC_CURRENT i RANGE some, total, sum, root, started }
PARAMETER { some = 4.6 most = 3 }
STATE { m }
ASSIGNED { v (mV) i (mA/cm2) total sum root started }
INITIAL { LOCAL j
  m = 0.2 started = 0 j = 0
  while (j < most) { started = started + j*j  j = j + 1 }
}
BREAKPOINT {
  SOLVE states METHOD cnexp
  total = 0 sum = 0
  FROM k = 1 TO some { total = total + 1/k }
  FROM k = 9*m TO 17*m BY 2 { sum = sum + k*m }
  root = root_of(1 + 10*m*m)
  i = 1e-4*(total + sum + root + started)*(v + 50)
}
DERIVATIVE states { m' = (1/(1 + exp(-(v + 30)/8)) - m)/3 }
FUNCTION root_of(x) { LOCAL change, count
  root_of = 1 change = 1 count = 0
  while (fabs(change) > 1e-9*root_of) {
    change = (x/root_of - root_of)/2
    root_of = root_of + change
    count = count + 1
    if (count > 20) { change = 0 }
  }
}
PROCEDURE ask() {
VERBATIM
  root = *hoc_pgetarg(1);
ENDVERBATIM
}
