"""Made with Brian 2.11 in double precision (numpy target, Python 3.13): make_data.py OUTDIR."""
import os, sys, numpy as np
from brian2 import *
prefs.codegen.target='numpy'
out=sys.argv[1]
def save(d,**k):
    os.makedirs(f'{out}/{d}',exist_ok=True)
    for n,a in k.items(): np.save(f'{out}/{d}/{n}.npy',np.ascontiguousarray(a))
def bern(rng,n_pre,n_post,p):
    i,j=np.nonzero(rng.random((n_pre,n_post))<p); return i.astype(np.uint16),j.astype(np.uint16)
def steps(t): return np.rint(np.asarray(t/second)/1e-4).astype(np.int32)

def cuba():
    start_scope(); rng=np.random.default_rng(2007)
    taum=20*ms; taue=5*ms; taui=10*ms; Vt=-50*mV; Vr=-60*mV; El=-49*mV
    eqs='''dv/dt=(ge+gi-(v-El))/taum : volt (unless refractory)
    dge/dt=-ge/taue : volt
    dgi/dt=-gi/taui : volt'''
    P=NeuronGroup(4000,eqs,threshold='v>Vt',reset='v=Vr',refractory=5*ms,method='exact')
    v0=-0.060+rng.random(4000)*0.010; P.v=v0*volt
    ei,ej=bern(rng,3200,4000,.02); ii,ij=bern(rng,800,4000,.02)
    Ce=Synapses(P[:3200],P,on_pre='ge+=1.62*mV'); Ce.connect(i=ei.astype(int),j=ej.astype(int))
    Ci=Synapses(P[3200:],P,on_pre='gi-=9*mV'); Ci.connect(i=ii.astype(int),j=ij.astype(int))
    s=SpikeMonitor(P); 
    net=Network(P,Ce,Ci,s); net.run(100*ms)
    v100,ge100,gi100=np.array(P.v_),np.array(P.ge_),np.array(P.gi_)
    net.run(900*ms)
    save('cuba',exc_pre=ei,exc_post=ej,inh_pre=ii,inh_post=ij,v0=v0,spike_neuron=np.array(s.i,dtype=np.int32),spike_step=steps(s.t),v_100ms=v100,ge_100ms=ge100,gi_100ms=gi100)
    print('cuba',len(s.i)/4000.)

def cobahh():
    start_scope(); rng=np.random.default_rng(2008)
    area=20000*umetre**2; Cm=(1*ufarad*cm**-2)*area; gl=(5e-5*siemens*cm**-2)*area; El=-60*mV; EK=-90*mV; ENa=50*mV
    g_na=(100*msiemens*cm**-2)*area; g_kd=(30*msiemens*cm**-2)*area; VT=-63*mV; taue=5*ms; taui=10*ms; Ee=0*mV; Ei=-80*mV
    eqs=Equations('''
    dv/dt = (gl*(El-v)+ge*(Ee-v)+gi*(Ei-v)-g_na*(m*m*m)*h*(v-ENa)-g_kd*(n*n*n*n)*(v-EK))/Cm : volt
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
    ''')
    P=NeuronGroup(4000,eqs,threshold='v>-20*mV',refractory=3*ms,method='exponential_euler')
    v0=-0.060+(rng.standard_normal(4000)*5-5)*1e-3; ge0=(rng.standard_normal(4000)*1.5+4)*10e-9; gi0=(rng.standard_normal(4000)*12+20)*10e-9
    P.v=v0*volt; P.ge=ge0*siemens; P.gi=gi0*siemens
    ei,ej=bern(rng,3200,4000,.02); ii,ij=bern(rng,800,4000,.02)
    Ce=Synapses(P[:3200],P,on_pre='ge+=6*nS'); Ce.connect(i=ei.astype(int),j=ej.astype(int))
    Ci=Synapses(P[3200:],P,on_pre='gi+=67*nS'); Ci.connect(i=ii.astype(int),j=ij.astype(int))
    s=SpikeMonitor(P); tr=StateMonitor(P,'v',record=[1,10,100])
    run(500*ms)
    save('cobahh',exc_pre=ei,exc_post=ej,inh_pre=ii,inh_post=ij,v0=v0,ge0=ge0,gi0=gi0,spike_neuron=np.array(s.i,dtype=np.int32),spike_step=steps(s.t),v_trace=np.array(tr.v_))
    print('cobahh',len(s.i)/4000./.5)

for f in (cuba,cobahh): f()
