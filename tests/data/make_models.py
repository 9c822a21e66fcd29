"""Reference runs of the neuron models in Brian 2's example scripts: make_models.py OUTDIR [NAME ...].

Made with Brian 2.9 (numpy target, double precision). Per model OUTDIR/NAME/ gets
  start.npy   rows x neurons: start values of the variables in `given`, SI units
  trace.npy   samples x variables x neurons: the variables in `recorded` before the first of each `every` steps
  spikes.npy  two rows: step and neuron of every spike, in Brian's order
  table.npy   the values of the timed array, if the model has one
The random numbers of the stochastic models are all 0.5, as in Brian 2's own tests.
"""
import os
import sys

import numpy as np
from brian2 import *
from brian2.core.functions import DEFAULT_FUNCTIONS
from brian2.units.constants import faraday_constant, gas_constant, zero_celsius

prefs.codegen.target = "numpy"
out = sys.argv[1]
chosen = sys.argv[2:]
models = []

half = Function(lambda vectorisation_idx: 0.5 * np.ones_like(vectorisation_idx, dtype=float),
                arg_units=[], return_unit=1, auto_vectorise=True, stateless=False)


def model(f):
    models.append(f)
    return f


def save(name, **arrays):
    os.makedirs(f"{out}/{name}", exist_ok=True)
    for key, a in arrays.items():
        np.save(f"{out}/{name}/{key}.npy", np.ascontiguousarray(a))


class Experiment:
    """A group that is run and stored."""

    def __init__(self, name, group, given, recorded, every=10, dt=0.1 * ms, fixed=False, others=()):
        self.name, self.group, self.dt, self.fixed = name, group, dt, fixed
        self.start = [np.array(getattr(group, v + "_")[:], dtype=float) for v in given]
        self.trace = StateMonitor(group, recorded, record=True, dt=every * dt)
        self.recorded = recorded
        self.spikes = SpikeMonitor(group) if "spike" in group.events else None
        self.net = Network(group, *others, self.trace, *([self.spikes] if self.spikes is not None else []))

    def run(self, duration):
        randn = DEFAULT_FUNCTIONS["randn"]
        if self.fixed:
            DEFAULT_FUNCTIONS["randn"] = half
        self.net.run(duration, namespace={})
        DEFAULT_FUNCTIONS["randn"] = randn
        return self

    def save(self, **more):
        trace = np.array([np.asarray(getattr(self.trace, v + "_"), dtype=float) for v in self.recorded])  # variables x neurons x samples
        steps = np.zeros((2, 0))
        if self.spikes is not None:
            steps = np.array([np.rint(np.asarray(self.spikes.t_) / float(self.dt)), np.asarray(self.spikes.i)])
        save(self.name, start=np.array(self.start), trace=trace.transpose(2, 0, 1), spikes=steps.astype(np.int32), **more)
        print(f"{self.name:24} {len(self.group)} neurons, {trace.shape[2]} samples, {steps.shape[1]} spikes,",
              "finite" if np.isfinite(trace).all() else "NOT FINITE", flush=True)


def neurons(n, eqs, namespace, dt=0.1 * ms, **more):
    defaultclock.dt = dt
    return NeuronGroup(n, eqs, namespace=namespace, **more)


# ---- deterministic models ---------------------------------------------------------------------------------------------


@model
def cobahh():
    area = 20000 * umetre**2
    g = neurons(4, """
        dv/dt = (gl*(El-v)+ge*(Ee-v)+gi*(Ei-v)-
                 g_na*(m*m*m)*h*(v-ENa)-
                 g_kd*(n*n*n*n)*(v-EK))/Cm : volt
        dm/dt = alpha_m*(1-m)-beta_m*m : 1
        dn/dt = alpha_n*(1-n)-beta_n*n : 1
        dh/dt = alpha_h*(1-h)-beta_h*h : 1
        dge/dt = -ge*(1./taue) : siemens
        dgi/dt = -gi*(1./taui) : siemens
        alpha_m = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VT)/(4*mV))/ms : Hz
        beta_m = 0.28*(mV**-1)*5*mV/exprel((v-VT-40*mV)/(5*mV))/ms : Hz
        alpha_h = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
        beta_h = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
        alpha_n = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VT)/(5*mV))/ms : Hz
        beta_n = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
        """, dict(Cm=(1*ufarad*cm**-2)*area, gl=(5e-5*siemens*cm**-2)*area, El=-60*mV, EK=-90*mV, ENa=50*mV,
                  g_na=(100*msiemens*cm**-2)*area, g_kd=(30*msiemens*cm**-2)*area, VT=-63*mV, taue=5*ms, taui=10*ms, Ee=0*mV,
                  Ei=-80*mV), threshold="v>-20*mV", refractory=3*ms, method="exponential_euler")
    g.v = [-65, -60, -58, -70]*mV
    g.ge = [40, 60, 200, 500]*nS
    g.gi = [200, 20, 100, 0]*nS
    Experiment("cobahh", g, ["v", "ge", "gi"], ["v", "m", "n", "h", "ge", "gi"], 10).run(100*ms).save()


@model
def hodgkin_huxley():
    area = 20000 * umetre**2
    g = neurons(4, """
        dv/dt = (gl*(El-v) - g_na*(m*m*m)*h*(v-ENa) - g_kd*(n*n*n*n)*(v-EK) + I)/Cm : volt
        dm/dt = 0.32*(mV**-1)*4*mV/exprel((13.*mV-v+VT)/(4*mV))/ms*(1-m)-0.28*(mV**-1)*5*mV/exprel((v-VT-40.*mV)/(5*mV))/ms*m : 1
        dn/dt = 0.032*(mV**-1)*5*mV/exprel((15.*mV-v+VT)/(5*mV))/ms*(1.-n)-.5*exp((10.*mV-v+VT)/(40.*mV))/ms*n : 1
        dh/dt = 0.128*exp((17.*mV-v+VT)/(18.*mV))/ms*(1.-h)-4./(1+exp((40.*mV-v+VT)/(5.*mV)))/ms*h : 1
        I : amp
        """, dict(Cm=1*ufarad*cm**-2*area, gl=5e-5*siemens*cm**-2*area, El=-65*mV, EK=-90*mV, ENa=50*mV,
                  g_na=100*msiemens*cm**-2*area, g_kd=30*msiemens*cm**-2*area, VT=-63*mV),
        threshold="v > -40*mV", refractory="v > -40*mV", method="exponential_euler")
    g.v = -65*mV
    g.I = [0, 0.2, 0.4, 0.7]*nA
    Experiment("hodgkin_huxley", g, ["v", "I"], ["v", "m", "n", "h"], 10).run(200*ms).save()


@model
def brette_gerstner_2005():
    C, gL = 281*pF, 30*nS
    VT, DeltaT = -50.4*mV, 2*mV
    g = neurons(2, """
        dvm/dt = (gL*(EL - vm) + gL*DeltaT*exp((vm - VT)/DeltaT) + I - w)/C : volt
        dw/dt = (a*(vm - EL) - w)/tauw : amp
        I : amp
        """, dict(C=C, gL=gL, EL=-70.6*mV, VT=VT, DeltaT=DeltaT, Vcut=VT + 5*DeltaT, tauw=144*ms, a=4*nS, b=0.0805*nA, Vr=-70.6*mV),
        threshold="vm>Vcut", reset="vm=Vr; w+=b", method="euler")
    g.vm = -70.6*mV
    e = Experiment("brette_gerstner_2005", g, ["vm"], ["vm", "w"], 5)
    e.run(20*ms)
    g.I = [1, 1.5]*nA
    e.run(100*ms)
    g.I = 0*nA
    e.run(20*ms).save()


@model
def naud_2008():
    columns = dict(c_m=[200, 200, 130, 200, 200, 100, 100, 100]*pF, g_l=[10, 12, 18, 10, 12, 10, 10, 12]*nS,
                   e_l=[-70, -70, -58, -58, -70, -65, -65, -60]*mV, a=[2, 2, 4, 2, -10, -10, 10, -11]*nS,
                   tau_w=[30, 300, 150, 120, 300, 90, 90, 130]*ms, b=[0, 60, 120, 100, 0, 30, 100, 30]*pA,
                   v_r=[-58, -58, -50, -46, -58, -47, -47, -48]*mV, i_stim=[500, 500, 400, 210, 300, 110, 180, 160]*pA)
    regular, irregular = slice(0, 7), slice(7, 8)  # the last one is chaotic
    for name, some in ("naud_2008", regular), ("naud_2008_irregular", irregular):
        g = neurons(some.stop - some.start, """
            dvm/dt = (g_l*(e_l - vm) + g_l*d_t*exp((vm-v_t)/d_t) + i_stim - w)/c_m : volt
            dw/dt  = (a*(vm - e_l) - w)/tau_w : amp
            c_m : farad (constant)
            g_l : siemens (constant)
            e_l : volt (constant)
            a : siemens (constant)
            tau_w : second (constant)
            b : amp (constant)
            v_r : volt (constant)
            i_stim : amp (constant)
            """, dict(v_t=-50.0*mV, d_t=2.0*mV), threshold="vm > 0*mV", reset="vm = v_r; w += b", method="euler")
        for key, values in columns.items():
            setattr(g, key, values[some])
        g.vm = "e_l"
        Experiment(name, g, ["vm", *columns], ["vm", "w"], 40).run(600*ms).save()


@model
def touboul_brette_2008():
    C, VT, DeltaT = 281*pF, -50.4*mV, 2*mV
    g = neurons(4, """
        dvm/dt=(gL*(EL-vm)+gL*DeltaT*exp((vm-VT)/DeltaT)+I-w)/C : volt
        dw/dt=(a*(vm-EL)-w)/tauw : amp
        Vr:volt
        """, dict(C=C, gL=30*nS, EL=-70.6*mV, VT=VT, DeltaT=DeltaT, tauw=40*ms, a=4*nS, b=0.08*nA, I=.8*nA, Vcut=VT + 5*DeltaT),
        dt=0.01*ms, threshold="vm > Vcut", reset="vm = Vr; w += b", method="euler")
    g.vm = -70.6*mV
    g.Vr = np.linspace(-48.3, -47.7, 4)*mV
    Experiment("touboul_brette_2008", g, ["vm", "Vr"], ["vm", "w"], 100, 0.01*ms).run(200*ms).save()


@model
def izhikevich_2003():
    g = neurons(4, """dv/dt = (0.04*v**2 + 5*v + 140 - u + I + I_noise )/ms : 1
         du/dt = (a*(b*v - u))/ms  : 1
         I : 1
         I_noise : 1
         a : 1
         b : 1
         c : 1
         d : 1
        """, {}, dt=1*ms, threshold="v>=30", reset="v=c; u+=d", method="euler")
    g.v = -65
    g.a = [0.02, 0.02, 0.1, 0.06]
    g.b = [0.2, 0.2, 0.2, 0.22]
    g.c = [-65, -50, -65, -61]
    g.d = [8, 2, 2, 5]
    g.u = "b*v"
    g.I = [10, 8, 4, 2]
    g.I_noise = [0, 2.5, 1.25, 0.5]
    Experiment("izhikevich_2003", g, ["v", "u", "I", "I_noise", "a", "b", "c", "d"], ["v", "u"], 5, 1*ms).run(1000*ms).save()


@model
def izhikevich_2007():
    g = neurons(4, """dv/dt = (ge * (Ee-v) + El - v) / taum : volt
                      dge/dt = -ge / taue : 1""", dict(taum=10*ms, Ee=0*mV, vt=-54*mV, vr=-60*mV, El=-74*mV, taue=5*ms),
                threshold="v>vt", reset="v = vr", method="euler")
    g.v = -60*mV
    g.ge = [0.1, 1, 5, 20]
    Experiment("izhikevich_2007", g, ["v", "ge"], ["v", "ge"], 5).run(50*ms).save()


@model
def morris_lecar_1981():
    g = neurons(4, """
        dV/dt = (-g_L*(V - V_L) - g_Ca*m_inf*(V - V_Ca) - g_K*n*(V - V_K) + I)/C : volt
        dn/dt = lambda_n*(n_inf - n) : 1
        m_inf = 0.5*(1 + tanh((V - V_1)/V_2)) : 1
        n_inf = 0.5*(1 + tanh((V - V_3)/V_4)) : 1
        lambda_n = lambda_n__max*cosh((V - V_3)/(2*V_4)) : Hz
        I : amp
        """, dict(g_L=2*mS, g_Ca=4*mS, g_K=8*mS, V_L=-50*mV, V_Ca=100*mV, V_K=-70*mV, lambda_n__max=1.0/(15*ms), V_1=10*mV,
                  V_2=15*mV, V_3=-1*mV, V_4=14.5*mV, C=20*uF), dt=0.01*ms, method="exponential_euler")
    g.I = [100, 200, 400, 475]*uA
    g.V = -50*mV
    g.n = "n_inf"
    Experiment("morris_lecar_1981", g, ["V", "n", "I"], ["V", "n"], 100, 0.01*ms).run(220*ms).save()


@model
def hindmarsh_rose_1984():
    g = neurons(3, """
        dx/dt = (y - a*x**3 + b*x**2 + I - z)/time_unit : 1
        dy/dt = (c - d*x**2 - y)/time_unit : 1
        dz/dt = r*(s*(x - x_1) - z)/time_unit : 1
        I : 1 (constant)
        """, dict(time_unit=1*ms, x_1=-1.6, a=1, b=3, c=1, d=5, r=0.001, s=4), method="rk4")
    g.x = -1.6
    g.y = "c - d*x**2"
    g.z = "r*(s*(x - x_1))"
    g.I = [0.4, 2, 4]
    Experiment("hindmarsh_rose_1984", g, ["x", "y", "z", "I"], ["x", "y", "z"], 50).run(1000*ms).save()


@model
def wang_buzsaki_1996():
    g = neurons(2, """
        dv/dt = (-gNa*m**3*h*(v-ENa)-gK*n**4*(v-EK)-gL*(v-EL)+Iapp)/Cm : volt
        m = alpha_m/(alpha_m+beta_m) : 1
        alpha_m = 0.1/mV*10*mV/exprel(-(v+35*mV)/(10*mV))/ms : Hz
        beta_m = 4*exp(-(v+60*mV)/(18*mV))/ms : Hz
        dh/dt = 5*(alpha_h*(1-h)-beta_h*h) : 1
        alpha_h = 0.07*exp(-(v+58*mV)/(20*mV))/ms : Hz
        beta_h = 1./(exp(-0.1/mV*(v+28*mV))+1)/ms : Hz
        dn/dt = 5*(alpha_n*(1-n)-beta_n*n) : 1
        alpha_n = 0.01/mV*10*mV/exprel(-(v+34*mV)/(10*mV))/ms : Hz
        beta_n = 0.125*exp(-(v+44*mV)/(80*mV))/ms : Hz
        """, dict(Cm=1*uF, Iapp=2*uA, gL=0.1*msiemens, EL=-65*mV, ENa=55*mV, EK=-90*mV, gNa=35*msiemens, gK=9*msiemens),
        dt=0.01*ms, method="exponential_euler")
    g.v = [-70, -60]*mV
    g.h = 1
    Experiment("wang_buzsaki_1996", g, ["v", "h"], ["v", "h", "n"], 50, 0.01*ms).run(100*ms).save()


@model
def adaptive_threshold():
    g = neurons(3, """
        dv/dt = -v/(10*ms) : volt
        dvt/dt = (10*mV-vt)/(15*ms) : volt
        """, {}, threshold="v>vt", reset="""
        v = 0*mV
        vt += 3*mV
        """, method="exact")
    g.vt = 10*mV
    g.v = [0, 5, 12]*mV
    g.run_regularly("v += (3 + 0.5*i)*mV", dt=2*ms)  # where the script has Poisson input
    Experiment("adaptive_threshold", g, ["v", "vt"], ["v", "vt"], 7).run(200*ms).save()


@model
def rothman_manis_2003():
    eqs_na = """
    ina = gnabar*m**3*h*(ENa-v) : amp
    dm/dt=q10*(minf-m)/mtau : 1
    dh/dt=q10*(hinf-h)/htau : 1
    minf = 1./(1+exp(-(vu + 38.) / 7.)) : 1
    hinf = 1./(1+exp((vu + 65.) / 6.)) : 1
    mtau =  ((10. / (5*exp((vu+60.) / 18.) + 36.*exp(-(vu+60.) / 25.))) + 0.04)*ms : second
    htau =  ((100. / (7*exp((vu+60.) / 11.) + 10.*exp(-(vu+60.) / 25.))) + 0.6)*ms : second
    """
    eqs_kht = """
    ikht = gkhtbar*(nf*n**2 + (1-nf)*p)*(EK-v) : amp
    dn/dt=q10*(ninf-n)/ntau : 1
    dp/dt=q10*(pinf-p)/ptau : 1
    ninf =   (1 + exp(-(vu + 15) / 5.))**-0.5 : 1
    pinf =  1. / (1 + exp(-(vu + 23) / 6.)) : 1
    ntau =  ((100. / (11*exp((vu+60) / 24.) + 21*exp(-(vu+60) / 23.))) + 0.7)*ms : second
    ptau = ((100. / (4*exp((vu+60) / 32.) + 5*exp(-(vu+60) / 22.))) + 5)*ms : second
    """
    eqs_ih = """
    ih = ghbar*r*(Eh-v) : amp
    dr/dt=q10*(rinf-r)/rtau : 1
    rinf = 1. / (1+exp((vu + 76.) / 7.)) : 1
    rtau = ((100000. / (237.*exp((vu+60.) / 12.) + 17.*exp(-(vu+60.) / 14.))) + 25.)*ms : second
    """
    eqs_klt = """
    iklt = gkltbar*w**4*z*(EK-v) : amp
    dw/dt=q10*(winf-w)/wtau : 1
    dz/dt=q10*(zinf-z)/ztau : 1
    winf = (1. / (1 + exp(-(vu + 48.) / 6.)))**0.25 : 1
    zinf = zss + ((1.-zss) / (1 + exp((vu + 71.) / 10.))) : 1
    wtau = ((100. / (6.*exp((vu+60.) / 6.) + 16.*exp(-(vu+60.) / 45.))) + 1.5)*ms : second
    ztau = ((1000. / (exp((vu+60.) / 20.) + exp(-(vu+60.) / 8.))) + 50)*ms : second
    """
    eqs_ka = """
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
    """
    eqs_leak = """
    ileak = gl*(El-v) : amp
    """
    eqs_hcno = """
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
    """
    eqs = """
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
    """
    eqs += eqs_leak + eqs_ka + eqs_na + eqs_ih + eqs_klt + eqs_kht + eqs_hcno
    temp = 22.
    g = neurons(6, eqs, dict(C=12*pF, Eh=-43*mV, EK=-70*mV, El=-65*mV, ENa=50*mV, nf=0.85, zss=0.5, temp=temp,
                             q10=3. ** ((temp - 22) / 10.), frac=0.0, qt=4.5 ** ((temp - 33.) / 10.)), method="exponential_euler")
    conductances = ["gnabar", "gkhtbar", "gkltbar", "gkabar", "ghbar", "gbarno", "gl"]
    kinds = [(1000, 150, 0, 0, 0.5, 0, 2), (1000, 80, 0, 65, 0.5, 0, 2), (1000, 150, 20, 0, 2, 0, 2), (1000, 150, 35, 0, 3.5, 0, 2),
             (1000, 150, 200, 0, 20, 0, 2), (1000, 150, 600, 0, 0, 40, 2)]
    for key, values in zip(conductances, np.array(kinds).T):
        setattr(g, key, values*nS)
    g.v = -65*mV
    e = Experiment("rothman_manis_2003", g, ["v", *conductances], ["v", "m", "h", "a", "r", "w", "n", "p", "h2"], 20)
    e.run(50*ms)
    g.I = 250*pA
    e.run(100*ms).save()


@model
def cuba():
    g = neurons(4, """
        dv/dt  = (ge+gi-(v-El))/taum : volt (unless refractory)
        dge/dt = -ge/taue : volt
        dgi/dt = -gi/taui : volt
        """, dict(taum=20*ms, taue=5*ms, taui=10*ms, Vt=-50*mV, Vr=-60*mV, El=-49*mV), threshold="v>Vt", reset="v = Vr",
        refractory=5*ms, method="exact")
    g.v = [-60, -55, -51, -52]*mV
    g.ge = [0, 20, 60, 100]*mV
    g.gi = [0, -30, 0, -90]*mV
    Experiment("cuba", g, ["v", "ge", "gi"], ["v", "ge", "gi"], 10).run(200*ms).save()


@model
def if_curve_lif():
    g = neurons(5, """
        dv/dt = (v0 - v) / tau : volt (unless refractory)
        v0 : volt
        """, dict(tau=10*ms), threshold="v > 10*mV", reset="v = 0*mV", refractory=5*ms, method="exact")
    g.v0 = [0, 9.5, 10.5, 15, 20]*mV
    Experiment("if_curve_lif", g, ["v0"], ["v"], 10).run(200*ms).save()


@model
def phase_locking():
    g = neurons(5, """
        dv/dt = (-v + a * sin(2 * pi * freq * t) + b) / tau : 1
        a : 1
        """, dict(tau=20*ms, b=1.2, freq=10*Hz), threshold="v > 1", reset="v = 0", method="euler")
    g.v = [0.1, 0.3, 0.5, 0.7, 0.9]
    g.a = [0.05, 0.2, 0.4, 0.6, 0.75]
    Experiment("phase_locking", g, ["v", "a"], ["v"], 25).run(500*ms).save()


@model
def brette_2004():
    g = neurons(5, """
        dv/dt = (-v + a + 2*sin(2*pi*t/tau))/tau : 1
        a : 1
        """, dict(tau=100*ms), threshold="v>1", reset="v=0", method="euler")
    g.a = np.linspace(2, 4, 5)
    Experiment("brette_2004", g, ["a"], ["v"], 50).run(1000*ms).save()


@model
def jansen_rit_1995():
    values = np.random.RandomState(1995).rand(500)
    g = neurons(6, """
        dy0/dt = y3                             /second : 1
        dy3/dt = (A        * Sp -2*y3 -y0/te*second)/te : 1
        dy1/dt = y4                             /second : 1
        dy4/dt = (A*(p+ C2 * Se)-2*y4 -y1/te*second)/te : 1
        dy2/dt = y5                             /second : 1
        dy5/dt = (B   * C4 * Si -2*y5 -y2/ti*second)/ti : 1
        p  = P0+nstim(t)*dlP                   : 1
        Sp = e0/(1+exp(r0*(v0 - (y1-y2)    ))) : 1
        Se = e0/(1+exp(r0*(v0 -  C1*y0     ))) : 1
        Si = e0/(1+exp(r0*(v0 -  C3*y0     ))) : 1
        C1            : 1
        C2 = 0.8 *C1  : 1
        C3 = 0.25*C1  : 1
        C4 = 0.25*C1  : 1
        P0            : 1
        dlP           : 1
        """, dict(te=10.*ms, ti=20.*ms, e0=5., v0=6., r0=0.56, A=3.25, B=22., nstim=TimedArray(values, 2*ms)), method="euler")
    g.C1 = [68, 128, 135, 270, 675, 1350]
    g.P0 = 120
    g.dlP = 320. - 120
    Experiment("jansen_rit_1995", g, ["C1", "P0", "dlP"], ["y0", "y1", "y2", "y3", "y4", "y5"], 100).run(1000*ms).save(table=values)


@model
def cobahh_approximated():
    values = np.array([0]*4 + [4] + [0]*15 + [15] + [0])*uA/(cmeter**2)
    eqs = Equations("""
        m_inf = 1/(1+exp((v_m_half-v)/k_m)) : 1
        tau_m = c_m_base + c_m_amp*exp(-(v_m_max - v)**2/sigma_m**2) : second
        dm/dt = (m_inf - m)/tau_m : 1
        n_inf = 1/(1+exp((v_n_half-v)/k_n)) : 1
        tau_n = c_n_base + c_n_amp*exp(-(v_n_max - v)**2/sigma_n**2) : second
        dn/dt = (n_inf - n)/tau_n : 1
        h_inf = 1/(1+exp((v_h_half-v)/k_h)) : 1
        tau_h = c_h_base + c_h_amp*exp(-(v_h_max - v)**2/sigma_h**2) : second
        dh/dt = (h_inf - h)/tau_h : 1
        g_K = g_K_bar*n**4 : siemens/meter**2
        g_Na = g_Na_bar*m**3*h : siemens/meter**2
        I_K = g_K*(v - e_K) : ampere/meter**2
        I_Na = g_Na*(v - e_Na) : ampere/meter**2
        I_L = g_L*(v - e_L) : ampere/meter**2
        I_ext = I_stim(t) : ampere/meter**2
        dv/dt = (I_ext - I_K - I_Na - I_L)/C_mem : volt
        """)
    g = neurons(2, eqs, dict(v_n_half=12*mV, v_m_half=25*mV, v_h_half=3*mV, k_n=15*mV, k_m=9*mV, k_h=-7*mV, v_n_max=-14*mV,
                             v_m_max=27*mV, v_h_max=-2*mV, sigma_n=50*mV, sigma_m=30*mV, sigma_h=20*mV, c_n_amp=4.7*ms,
                             c_m_amp=0.46*ms, c_h_amp=7.4*ms, c_n_base=1.1*ms, c_m_base=0.04*ms, c_h_base=1.2*ms,
                             g_K_bar=36*mS/(cmeter**2), g_Na_bar=120*mS/(cmeter**2), g_L=0.3*mS/(cmeter**2), e_K=-12*mV,
                             e_Na=120*mV, e_L=10.6*mV, C_mem=1*uF/cmeter**2, I_stim=TimedArray(values, dt=0.5*ms)),
                dt=0.01*ms, method="euler")
    g.v = [0, 5]*mV
    g.m, g.n, g.h = 0.05, 0.32, 0.60
    e = Experiment("cobahh_approximated", g, ["v", "m", "n", "h"], ["v", "m", "n", "h"], 20, 0.01*ms)
    e.run(20*ms).save(table=np.asarray(values))


@model
def destexhe_1998():
    """The soma alone, with the conductances of Fig. 12 A2."""
    T = 34*kelvin + zero_celsius
    F, R = faraday_constant, gas_constant
    g = neurons(3, """
        dv/dt = (gl*(El-v) - I_Na - I_K - I_T + I_inj)/Cm : volt
        I_inj : amp/meter**2
        I_Na = g_Na * m**3 * h * (v-E_Na) : amp/meter**2
        I_K = g_K * n**4 * (v-E_K) : amp/meter**2
        v2 = v - VT : volt  # shifted membrane potential (Traub convention)
        dm/dt = (0.32*(mV**-1)*(13.*mV-v2)/
                (exp((13.*mV-v2)/(4.*mV))-1.)*(1-m)-0.28*(mV**-1)*(v2-40.*mV)/
                (exp((v2-40.*mV)/(5.*mV))-1.)*m) / ms * tadj_HH: 1
        dn/dt = (0.032*(mV**-1)*(15.*mV-v2)/
                (exp((15.*mV-v2)/(5.*mV))-1.)*(1.-n)-.5*exp((10.*mV-v2)/(40.*mV))*n) / ms * tadj_HH: 1
        dh/dt = (0.128*exp((17.*mV-v2)/(18.*mV))*(1.-h)-4./(1+exp((40.*mV-v2)/(5.*mV)))*h) / ms * tadj_HH: 1
        I_T = P_Ca * m_T**2*h_T * G_Ca : amp/meter**2
        G_Ca = Z_Ca**2*F*v*gamma*(Ca_i - Ca_o*exp(-Z_Ca*gamma*v))/(1 - exp(-Z_Ca*gamma*v)) : coulomb/meter**3
        dm_T/dt = -(m_T - m_T_inf)/tau_m_T : 1
        dh_T/dt = -(h_T - h_T_inf)/tau_h_T : 1
        m_T_inf = 1/(1 + exp(-(v/mV + 56)/6.2)) : 1
        h_T_inf = 1/(1 + exp((v/mV + 80)/4)) : 1
        tau_m_T = (0.612 + 1.0/(exp(-(v/mV + 131)/16.7) + exp((v/mV + 15.8)/18.2))) * ms / tadj_m_T: second
        tau_h_T = (int(v<-81*mV) * exp((v/mV + 466)/66.6) +
                   int(v>=-81*mV) * (28 + exp(-(v/mV + 21)/10.5))) * ms / tadj_h_T: second
        """, dict(VT=-52*mV, El=-76.5*mV, E_Na=50*mV, E_K=-100*mV, tadj_HH=3.0**((34-36)/10.0), tadj_m_T=2.5**((34-24)/10.0),
                  tadj_h_T=2.5**((34-24)/10.0), F=F, gamma=F/(R*T), Z_Ca=2, Ca_i=240*nM, Ca_o=2*mM, Cm=0.88*uF/cm**2,
                  gl=0.0379*msiemens/cm**2, g_Na=100*msiemens/cm**2, g_K=100*msiemens/cm**2, P_Ca=9.5e-5*cm/second),
        dt=0.01*ms, method="exponential_euler")
    g.v = [-74, -84, -60]*mV
    g.m_T = "m_T_inf"
    g.h_T = "h_T_inf"
    g.I_inj = [0.5, 2, 0]*uA/cm**2
    e = Experiment("destexhe_1998", g, ["v", "m_T", "h_T", "I_inj"], ["v", "m", "n", "h", "m_T", "h_T"], 100, 0.01*ms)
    e.run(150*ms).save()


@model
def custom_events():
    g = neurons(3, """
        dv/dt = (g-v)/(50*ms) : 1
        dg/dt = -g/(10*ms) : 1
        allow_gspike : boolean
        """, {}, threshold="v>1", reset="v = 0; g = 0; allow_gspike = True;",
        events={"gspike": "g>1 and allow_gspike", "end_gspike": "g<1 and not allow_gspike"}, method="exact")
    g.run_on_event("gspike", "allow_gspike = False")
    g.run_on_event("end_gspike", "allow_gspike = True")
    g.run_regularly("g += 0.5*(1 + i)", dt=4*ms)  # where the script has Poisson input
    g.allow_gspike = True
    Experiment("custom_events", g, ["allow_gspike"], ["v", "g", "allow_gspike"], 3).run(100*ms).save()


@model
def exprel_function():
    """Named expressions of a parameter, around the place where one of them is 0/0."""
    g = neurons(41, """
        v : volt
        # opening rate from the HH model
        alpha_simple = 0.32*(mV**-1)*(-50*mV-v)/
                       (exp((-50*mV-v)/(4*mV))-1.)/ms : Hz
        alpha_improved = 0.32*(mV**-1)*4*mV/exprel((-50*mV-v)/(4*mV))/ms : Hz
        """, {})
    g.v = np.linspace(-70, -30, 41)*mV
    defaultclock.dt = 0.1*ms
    Experiment("exprel_function", g, ["v"], ["alpha_simple", "alpha_improved"], 1).run(0.1*ms).save()


# ---- stochastic models, with every random number 0.5 --------------------------------------------------------------------


@model
def ornstein_uhlenbeck():
    g = neurons(2, """
        tau : second
        sigma : 1
        dy/dt = -y/tau + sqrt(2*sigma**2/tau)*xi : 1
        """, {}, method="euler")
    g.tau = [1, 0.1]*second
    g.sigma = [0.1, 0.31622]
    g.y = 1
    Experiment("ornstein_uhlenbeck", g, ["tau", "sigma", "y"], ["y"], 20, fixed=True).run(200*ms).save()


@model
def non_reliability():
    g = neurons(3, """
        dx/dt = (1.1 - x) / tau + sigma * (2 / tau)**.5 * xi : 1 (unless refractory)
        """, dict(tau=20*ms, sigma=.015), threshold="x > 1", reset="x = 0", refractory=5*ms, method="euler")
    g.x = [0, 0.4, 0.9]
    Experiment("non_reliability", g, ["x"], ["x"], 10, fixed=True).run(200*ms).save()


@model
def reliability():
    # Brian updates groups in the order of their names.
    source = neurons(1, "dx/dt = -x / tau_input + (2 /tau_input)**.5 * xi : 1", dict(tau_input=5*ms), method="euler", name="input")
    g = neurons(3, """
        dx/dt = (0.9 + .5 * I - x) / tau + sigma * (2 / tau)**.5 * xi : 1
        I : 1 (linked)
        """, dict(tau=10*ms, sigma=.015), threshold="x > 1", reset="x = 0", refractory=5*ms, method="euler", name="neurons")
    g.x = [0.1, 0.5, 0.8]
    g.I = linked_var(source, "x")
    Experiment("reliability", g, ["x"], ["x"], 10, fixed=True, others=[source]).run(100*ms).save()


@model
def brunel_hakim_1999():
    g = neurons(3, """
        dV/dt = (-V+muext + sigmaext * sqrt(tau) * xi)/tau : volt
        """, dict(tau=20*ms, muext=25*mV, sigmaext=1*mV, theta=20*mV, Vr=10*mV, taurefr=2*ms), threshold="V>theta", reset="V=Vr",
        refractory="taurefr", method="euler")
    g.V = [10, 12, 19]*mV
    Experiment("brunel_hakim_1999", g, ["V"], ["V"], 10, fixed=True).run(100*ms).save()


@model
def platkiewicz_brette_2011():
    tau, tauI = 5*ms, 5*ms
    ka, ki = 5*mV, 6*mV
    g = neurons(3, """
        dv/dt=(EL-v+mu+sigma*I)/tau : volt
        dtheta/dt=(vT+a*clip(v-Vi, 0*mV, inf*mV)-theta)/tauh : volt
        dI/dt=-I/tauI+(2/tauI)**.5*xi : 1 # Ornstein-Uhlenbeck
        """, dict(EL=-70*mV, vT=-55*mV, Vi=-63*mV, tauh=5*ms, tau=tau, a=ka/ki, tauI=tauI, mu=15*mV,
                  sigma=6*mV/sqrt(tauI/(tauI + tau))), threshold="v>theta", reset="v=EL", refractory=5*ms, method="euler")
    g.v = -70*mV
    g.theta = -55*mV
    g.I = [0, 5, 20]
    Experiment("platkiewicz_brette_2011", g, ["v", "theta", "I"], ["v", "theta", "I"], 10, fixed=True).run(60*ms).save()


@model
def diesmann_1999():
    g = neurons(3, """
        dV/dt = (-(V-Vr)+x)*(1./taum) : volt
        dx/dt = (-x+y)*(1./taupsp) : volt
        dy/dt = -y*(1./taupsp)+25.27*mV/ms+
                (39.24*mV/ms**0.5)*xi : volt
        """, dict(Vr=-70*mV, Vt=-55*mV, taum=10*ms, taupsp=0.325*ms), threshold="V>Vt", reset="V=Vr", refractory=1*ms,
        method="euler")
    g.V = [-70, -65, -56]*mV
    g.y = [0, 20, 200]*mV
    Experiment("diesmann_1999", g, ["V", "y"], ["V", "x", "y"], 10, fixed=True).run(60*ms).save()


for method in ("milstein", "heun"):

    def stochastic_odes(method=method):
        g = neurons(2, "dX/dt = (mu - 0.5*second*sigma**2)*X + X*sigma*xi*second**.5: 1", dict(mu=0.5/second, sigma=0.1/second),
                    dt=1*ms, method=method)
        g.X = [1, 2.5]
        Experiment(f"stochastic_odes_{method}", g, ["X"], ["X"], 10, 1*ms, fixed=True).run(500*ms).save()

    stochastic_odes.__name__ = f"stochastic_odes_{method}"
    models.append(stochastic_odes)


@model
def sturzl_2000():
    rng = np.random.RandomState(2000)
    time = np.arange(501)*0.1e-3
    w, total = 0., 0.
    for f in range(150, 451):
        D = np.exp(-(f - 300)**2/(2*(50**2)))
        w += 100*D*np.cos(2*np.pi*f*time + 2*np.pi*rng.rand())
        total += D
    w = .01*w/total
    gamma = (22.5 + 45*np.arange(8))*2*np.pi/360
    g = neurons(8, """
        dv/dt = (1 + rates(t - d) - v)/tau_legs + sigma*(2./tau_legs)**.5*xi:1
        d : second
        """, dict(tau_legs=1*ms, sigma=.01, rates=TimedArray(w, dt=0.1*ms)), threshold="v > 1", reset="v = 0", refractory=1*ms,
        method="euler")
    g.d = 2.5*cm/(50*meter/second)*(1 - np.cos(144*2*np.pi/360 - gamma))
    Experiment("sturzl_2000", g, ["d"], ["v"], 5, fixed=True).run(50*ms).save(table=w)


for f in models:
    if not chosen or f.__name__ in chosen:
        start_scope()
        f()
