// SPDX-FileCopyrightText: The Nernst authors
// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "run.hpp"

namespace models {
using namespace nernst::dsl;

/// Neurons of the ventral cochlear nucleus: examples/frompapers/Rothman_Manis_2003.py of Brian 2,
/// with one neuron for each of its six types.
namespace rothman_manis_2003 {
struct written {
  static constexpr auto C = 12 * pF;
  static constexpr auto Eh = -43 * mV, EK = -70 * mV, El = -65 * mV, ENa = 50 * mV;
  static constexpr double nf = 0.85, zss = 0.5, temp = 22., frac = 0.0;
  static constexpr double q10 = 1.0;               ///< 3. ** ((temp - 22) / 10.)
  static constexpr double qt = 0.191190467371012;  ///< 4.5 ** ((temp - 33.) / 10.)

  static constexpr auto v = state<"v">(volt);
  static constexpr auto I = parameter<"I">(amp);
  static constexpr auto gnabar = parameter<"gnabar">(siemens) | constant;
  static constexpr auto gkhtbar = parameter<"gkhtbar">(siemens) | constant;
  static constexpr auto gkltbar = parameter<"gkltbar">(siemens) | constant;
  static constexpr auto gkabar = parameter<"gkabar">(siemens) | constant;
  static constexpr auto ghbar = parameter<"ghbar">(siemens) | constant;
  static constexpr auto gbarno = parameter<"gbarno">(siemens) | constant;
  static constexpr auto gl = parameter<"gl">(siemens) | constant;
  static constexpr auto vu = v / mV;

  static constexpr auto m = state<"m">(one);
  static constexpr auto h = state<"h">(one);
  static constexpr auto ina = gnabar * pow<3>(m) * h * (ENa - v);
  static constexpr auto minf = 1. / (1 + exp(-(vu + 38.) / 7.));
  static constexpr auto hinf = 1. / (1 + exp((vu + 65.) / 6.));
  static constexpr auto mtau =
      ((10. / (5 * exp((vu + 60.) / 18.) + 36. * exp(-(vu + 60.) / 25.))) + 0.04) * ms;
  static constexpr auto htau =
      ((100. / (7 * exp((vu + 60.) / 11.) + 10. * exp(-(vu + 60.) / 25.))) + 0.6) * ms;

  static constexpr auto n = state<"n">(one);
  static constexpr auto p = state<"p">(one);
  static constexpr auto ikht = gkhtbar * (nf * pow<2>(n) + (1 - nf) * p) * (EK - v);
  static constexpr auto ninf = pow<-1, 2>(1 + exp(-(vu + 15) / 5.));
  static constexpr auto pinf = 1. / (1 + exp(-(vu + 23) / 6.));
  static constexpr auto ntau =
      ((100. / (11 * exp((vu + 60) / 24.) + 21 * exp(-(vu + 60) / 23.))) + 0.7) * ms;
  static constexpr auto ptau =
      ((100. / (4 * exp((vu + 60) / 32.) + 5 * exp(-(vu + 60) / 22.))) + 5) * ms;

  static constexpr auto r = state<"r">(one);
  static constexpr auto ih = ghbar * r * (Eh - v);
  static constexpr auto rinf = 1. / (1 + exp((vu + 76.) / 7.));
  static constexpr auto rtau =
      ((100000. / (237. * exp((vu + 60.) / 12.) + 17. * exp(-(vu + 60.) / 14.))) + 25.) * ms;

  static constexpr auto w = state<"w">(one);
  static constexpr auto z = state<"z">(one);
  static constexpr auto iklt = gkltbar * pow<4>(w) * z * (EK - v);
  static constexpr auto winf = pow<1, 4>(1. / (1 + exp(-(vu + 48.) / 6.)));
  static constexpr auto zinf = zss + ((1. - zss) / (1 + exp((vu + 71.) / 10.)));
  static constexpr auto wtau =
      ((100. / (6. * exp((vu + 60.) / 6.) + 16. * exp(-(vu + 60.) / 45.))) + 1.5) * ms;
  static constexpr auto ztau =
      ((1000. / (exp((vu + 60.) / 20.) + exp(-(vu + 60.) / 8.))) + 50) * ms;

  static constexpr auto a = state<"a">(one);
  static constexpr auto b = state<"b">(one);
  static constexpr auto c = state<"c">(one);
  static constexpr auto ika = gkabar * pow<4>(a) * b * c * (EK - v);
  static constexpr auto ainf = pow<1, 4>(1. / (1 + exp(-(vu + 31) / 6.)));
  static constexpr auto binf = 1. / pow<1, 2>(1 + exp((vu + 66) / 7.));
  static constexpr auto cinf = 1. / pow<1, 2>(1 + exp((vu + 66) / 7.));
  static constexpr auto atau =
      ((100. / (7 * exp((vu + 60) / 14.) + 29 * exp(-(vu + 60) / 24.))) + 0.1) * ms;
  static constexpr auto btau =
      ((1000. / (14 * exp((vu + 60) / 27.) + 29 * exp(-(vu + 60) / 24.))) + 1) * ms;
  static constexpr auto ctau = ((90. / (1 + exp((-66 - vu) / 17.))) + 10) * ms;

  static constexpr auto ileak = gl * (El - v);

  static constexpr auto h1 = state<"h1">(one);
  static constexpr auto h2 = state<"h2">(one);
  static constexpr auto ihcno = gbarno * (h1 * frac + h2 * (1 - frac)) * (Eh - v);
  static constexpr auto hinfno = 1. / (1 + exp((vu + 66.) / 7.));
  static constexpr auto alp1 = exp(1e-3 * 3 * (vu + 50) * 9.648e4 / (8.315 * (273.16 + temp)));
  static constexpr auto bet1 =
      exp(1e-3 * 3 * 0.3 * (vu + 50) * 9.648e4 / (8.315 * (273.16 + temp)));
  static constexpr auto alp2 = exp(1e-3 * 3 * (vu + 84) * 9.648e4 / (8.315 * (273.16 + temp)));
  static constexpr auto bet2 =
      exp(1e-3 * 3 * 0.6 * (vu + 84) * 9.648e4 / (8.315 * (273.16 + temp)));
  static constexpr auto tau1 = bet1 / (qt * 0.008 * (1 + alp1)) * ms;
  static constexpr auto tau2 = bet2 / (qt * 0.0029 * (1 + alp2)) * ms;

  static constexpr auto model =
      neuron(d(v) / dt = (ileak + ina + ikht + iklt + ika + ih + ihcno + I) / C,
             d(a) / dt = q10 * (ainf - a) / atau, d(b) / dt = q10 * (binf - b) / btau,
             d(c) / dt = q10 * (cinf - c) / ctau, d(m) / dt = q10 * (minf - m) / mtau,
             d(h) / dt = q10 * (hinf - h) / htau, d(r) / dt = q10 * (rinf - r) / rtau,
             d(w) / dt = q10 * (winf - w) / wtau, d(z) / dt = q10 * (zinf - z) / ztau,
             d(n) / dt = q10 * (ninf - n) / ntau, d(p) / dt = q10 * (pinf - p) / ptau,
             d(h1) / dt = (hinfno - h1) / tau1, d(h2) / dt = (hinfno - h2) / tau2,
             method(exponential_euler));
};

struct text : written {
  static constexpr auto na = R"(
    ina = gnabar*m**3*h*(ENa-v) : amp
    dm/dt=q10*(minf-m)/mtau : 1
    dh/dt=q10*(hinf-h)/htau : 1
    minf = 1./(1+exp(-(vu + 38.) / 7.)) : 1
    hinf = 1./(1+exp((vu + 65.) / 6.)) : 1
    mtau =  ((10. / (5*exp((vu+60.) / 18.) + 36.*exp(-(vu+60.) / 25.))) + 0.04)*ms : second
    htau =  ((100. / (7*exp((vu+60.) / 11.) + 10.*exp(-(vu+60.) / 25.))) + 0.6)*ms : second
  )";
  static constexpr auto kht = R"(
    ikht = gkhtbar*(nf*n**2 + (1-nf)*p)*(EK-v) : amp
    dn/dt=q10*(ninf-n)/ntau : 1
    dp/dt=q10*(pinf-p)/ptau : 1
    ninf =   (1 + exp(-(vu + 15) / 5.))**-0.5 : 1
    pinf =  1. / (1 + exp(-(vu + 23) / 6.)) : 1
    ntau =  ((100. / (11*exp((vu+60) / 24.) + 21*exp(-(vu+60) / 23.))) + 0.7)*ms : second
    ptau = ((100. / (4*exp((vu+60) / 32.) + 5*exp(-(vu+60) / 22.))) + 5)*ms : second
  )";
  static constexpr auto hyperpolarised = R"(
    ih = ghbar*r*(Eh-v) : amp
    dr/dt=q10*(rinf-r)/rtau : 1
    rinf = 1. / (1+exp((vu + 76.) / 7.)) : 1
    rtau = ((100000. / (237.*exp((vu+60.) / 12.) + 17.*exp(-(vu+60.) / 14.))) + 25.)*ms : second
  )";
  static constexpr auto klt = R"(
    iklt = gkltbar*w**4*z*(EK-v) : amp
    dw/dt=q10*(winf-w)/wtau : 1
    dz/dt=q10*(zinf-z)/ztau : 1
    winf = (1. / (1 + exp(-(vu + 48.) / 6.)))**0.25 : 1
    zinf = zss + ((1.-zss) / (1 + exp((vu + 71.) / 10.))) : 1
    wtau = ((100. / (6.*exp((vu+60.) / 6.) + 16.*exp(-(vu+60.) / 45.))) + 1.5)*ms : second
    ztau = ((1000. / (exp((vu+60.) / 20.) + exp(-(vu+60.) / 8.))) + 50)*ms : second
  )";
  static constexpr auto ka = R"(
    ika = gkabar*a**4*b*c*(EK-v): amp
    da/dt=q10*(ainf-a)/atau : 1
    db/dt=q10*(binf-b)/btau : 1
    dc/dt=q10*(cinf-c)/ctau : 1
    ainf = (1. / (1 + exp(-(vu + 31) / 6.)))**0.25 : 1
    binf = 1. / (1 + exp((vu + 66) / 7.))**0.5 : 1
    cinf = 1. / (1 + exp((vu + 66) / 7.))**0.5 : 1
    atau =  ((100. / (7*exp((vu+60) / 14.) + 29*exp(-(vu+60) / 24.))) + 0.1)*ms : second
    btau =  ((1000. / (14*exp((vu+60) / 27.) + 29*exp(-(vu+60) / 24.))) + 1)*ms : second
    ctau = ((90. / (1 + exp((-66-vu) / 17.))) + 10)*ms : second
  )";
  static constexpr auto leak = R"(
    ileak = gl*(El-v) : amp
  )";
  static constexpr auto hcno = R"(
    ihcno = gbarno*(h1*frac + h2*(1-frac))*(Eh-v) : amp
    dh1/dt=(hinfno-h1)/tau1 : 1
    dh2/dt=(hinfno-h2)/tau2 : 1
    hinfno = 1./(1+exp((vu+66.)/7.)) : 1
    tau1 = bet1/(qt*0.008*(1+alp1))*ms : second
    tau2 = bet2/(qt*0.0029*(1+alp2))*ms : second
    alp1 = exp(1e-3*3*(vu+50)*9.648e4/(8.315*(273.16+temp))) : 1
    bet1 = exp(1e-3*3*0.3*(vu+50)*9.648e4/(8.315*(273.16+temp))) : 1
    alp2 = exp(1e-3*3*(vu+84)*9.648e4/(8.315*(273.16+temp))) : 1
    bet2 = exp(1e-3*3*0.6*(vu+84)*9.648e4/(8.315*(273.16+temp))) : 1
  )";
  static constexpr auto membrane = R"(
    dv/dt = (ileak + ina + ikht + iklt + ika + ih + ihcno + I)/C : volt
    vu = v/mV : 1  # unitless v
    I : amp
    gnabar : siemens (constant)
    gkhtbar : siemens (constant)
    gkltbar : siemens (constant)
    gkabar : siemens (constant)
    ghbar : siemens (constant)
    gbarno : siemens (constant)
    gl : siemens (constant)
  )";
  static constexpr auto model =
      brian::neuron(brian::equations(membrane) + leak + ka + na + hyperpolarised + klt + kht + hcno,
                    brian::method("exponential_euler"),
                    brian::constants("C", C, "Eh", Eh, "EK", EK, "El", El, "ENa", ENa, "nf", nf,
                                     "zss", zss, "temp", temp, "q10", q10, "frac", frac, "qt", qt));
};
}  // namespace rothman_manis_2003
}  // namespace models
