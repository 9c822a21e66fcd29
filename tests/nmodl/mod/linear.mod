: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE Linear equations for the voltage of a spine
NEURON { SUFFIX linear NONSPECIFIC_CURRENT i RANGE resistance, g }
PARAMETER { resistance = 0 g = 0.001 (S/cm2) }
STATE { head flow }
ASSIGNED { v (mV) i (mA/cm2) }
INITIAL { SOLVE spine }
BREAKPOINT {
  SOLVE spine
  i = flow + g*head/10
}
LINEAR spine SOLVEFOR flow, head {
  ~ resistance*flow = v - head
  ~ flow = g*head + 2
}
