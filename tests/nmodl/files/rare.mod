: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0
TITLE What few files have
NEURON {
  ARTIFICIAL_CELL rare
  RANGE interval, x
  POINTER other, weights
  RANDOM stream
  REPRESENTS NCIT:C17145
}
PARAMETER { interval = 10 (ms) n (?)  : nobody knows the unit
}
ASSIGNED { x other weights y z }
UNITSOFF
BEFORE STEP { y = 1 }
AFTER SOLVE { y = y + 1 }
FUNCTION_TABLE rate(u (mV)) (/ms)
INITIAL {
  x = random_uniform(stream) + exprand(1)
  net_send(interval, 1)
}
VERBATIM
#include <stdio.h>
extern double unused(double);  // ENDVERBATIM is no end here
ENDVERBATIM
NET_RECEIVE (w) {
  if (flag == 1) {
    net_event(t)
    net_move(t + interval)
  }
  WATCH (x > 3(mV)) 2, (y < -1) 3
  FOR_NETCONS (v1) { v1 = 2*v1 }
  COMMENT
    net_event(
  ENDCOMMENT
  MUTEXLOCK
  PROTECT z = z + 1
  MUTEXUNLOCK
}
PROCEDURE say() {
  printf("a : b ? %g\n", x)
VERBATIM
  return 0;
ENDVERBATIM
}
UNITSON
