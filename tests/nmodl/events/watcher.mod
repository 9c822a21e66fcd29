: SPDX-FileCopyrightText: The Nernst authors
: SPDX-License-Identifier: BSL-1.0

: Fires where the voltage rises above a level, a while behind that.
NEURON {
  POINT_PROCESS watcher
  RANGE level, latency, seen
}
UNITS { (mV) = (millivolt) }
PARAMETER { level = -25 (mV) latency = 0.51 (ms) }
ASSIGNED { v (mV) seen (ms) }
INITIAL {
  seen = -1
  net_send(0, 1)
}
NET_RECEIVE(w) {
  if (flag == 1) {
    WATCH (v > level) 2
  } else if (flag == 2) {
    seen = t
    net_send(latency, 3)
  } else if (flag == 3) {
    net_event(t)
  }
}
