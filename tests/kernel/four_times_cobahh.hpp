// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nernst/brian.hpp>
#include <nernst/kernel/compiled.hpp>
#include <nernst/language.hpp>

/// The neurons of COBAHH four times in one model, as a text: no compiler needs a flag for it.
namespace four_times_cobahh {
using namespace nernst::dsl;

struct writer {
  char text[8000] = {};
  int size = 0;

  static constexpr std::string_view one = R"(
    dv#/dt = (gl*(El-v#) + ge#*(Ee-v#) + gi#*(Ei-v#) - g_na*(m#*m#*m#)*h#*(v#-ENa)
              - g_kd*(n#*n#*n#*n#)*(v#-EK))/Cm : volt
    dm#/dt = alpha_m#*(1-m#) - beta_m#*m# : 1
    dn#/dt = alpha_n#*(1-n#) - beta_n#*n# : 1
    dh#/dt = alpha_h#*(1-h#) - beta_h#*h# : 1
    dge#/dt = -ge#*(1./taue) : siemens
    dgi#/dt = -gi#*(1./taui) : siemens
    alpha_m# = 0.32*(mV**-1)*4*mV/exprel((13*mV-v#+VT)/(4*mV))/ms : Hz
    beta_m# = 0.28*(mV**-1)*5*mV/exprel((v#-VT-40*mV)/(5*mV))/ms : Hz
    alpha_h# = 0.128*exp((17*mV-v#+VT)/(18*mV))/ms : Hz
    beta_h# = 4./(1+exp((40*mV-v#+VT)/(5*mV)))/ms : Hz
    alpha_n# = 0.032*(mV**-1)*5*mV/exprel((15*mV-v#+VT)/(5*mV))/ms : Hz
    beta_n# = .5*exp((10*mV-v#+VT)/(40*mV))/ms : Hz
)";

  constexpr writer() {
    for (char const digit : {'0', '1', '2', '3'})
      for (char const c : one) text[size++] = c == '#' ? digit : c;
  }
};
inline constexpr writer written;

struct neurons {
  static constexpr auto area = 20000 * um * um;
  static constexpr auto model = nernst::brian::neuron(
      std::string_view(written.text, static_cast<std::size_t>(written.size)),
      nernst::brian::threshold("v0 > -20*mV"), nernst::brian::refractory("3*ms"),
      nernst::brian::method("exponential_euler"),
      nernst::brian::constants("Cm", 1 * uF / (cm * cm) * area, "gl",
                               5e-5 * siemens / (cm * cm) * area, "El", -60 * mV, "EK", -90 * mV,
                               "ENa", 50 * mV, "g_na", 100 * mS / (cm * cm) * area, "g_kd",
                               30 * mS / (cm * cm) * area, "VT", -63 * mV, "taue", 5 * ms, "taui",
                               10 * ms, "Ee", 0 * mV, "Ei", -80 * mV));
};
using code = nernst::kernel::compiled<neurons>;
static_assert(code::valid && code::value.equations.size() == 24);

}  // namespace four_times_cobahh
