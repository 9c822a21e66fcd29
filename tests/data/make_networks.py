"""Networks of Brian's example scripts, made with Brian 2.9 in double precision (numpy target, Python 3.11):
make_networks.py OUTDIR [NAME ...]. README.md says what the files are."""
import os, sys, numpy as np
from brian2 import *
prefs.codegen.target='numpy'
BrianLogger.log_level_error()
out=sys.argv[1]
def save(d,**k):
    os.makedirs(f'{out}/{d}',exist_ok=True)
    for n,a in k.items(): np.save(f'{out}/{d}/{n}.npy',np.ascontiguousarray(a))
def narrow(a):
    """Index arrays and steps fit into 16 bits."""
    a=np.asarray(a); assert a.size==0 or (a.min()>=0 and a.max()<65536); return a.astype(np.uint16)
def bern(rng,n_pre,n_post,p,autapses=True):
    m=rng.random((n_pre,n_post))<p
    if not autapses: np.fill_diagonal(m,False)
    i,j=np.nonzero(m); return narrow(i),narrow(j)
def single(a):
    """Rounded to 32 bits, which is how it is stored, but computed with in double precision."""
    return np.asarray(a).astype(np.float32)
def wide(a): return np.asarray(a).astype(float)
def spikes(m,prefix='spike'):
    return {f'{prefix}_neuron':narrow(m.i),f'{prefix}_step':narrow(np.rint(np.asarray(m.t/second)/float(defaultclock.dt)))}
def begin(dt=0.1):
    start_scope(); defaultclock.dt=dt*ms
def count(m): return m.num_spikes
def poisson_trains(rng,n,rate,steps,dt=1e-4):
    s,i=np.nonzero(rng.random((steps,n))<rate*dt); return narrow(i),narrow(s)
def generator(n,i,s): return SpikeGeneratorGroup(n,i.astype(int),s.astype(int)*defaultclock.dt)

# ---- without random numbers: spike for spike

def synfire():
    """Diesmann, Gewaltig and Aertsen (1999): frompapers/Diesmann_et_al_1999.py, with delays, and a drive of its own for each neuron in place of noise."""
    begin(); rng=np.random.default_rng(1999)
    Vr=-70*mV; Vt=-55*mV; taum=10*ms; taupsp=0.325*ms; weight=4.86*mV; size=100; groups=10
    P=NeuronGroup(size*groups,'''dV/dt = (-(V-Vr)+x)*(1./taum) : volt
        dx/dt = (-x+y)*(1./taupsp) : volt
        dy/dt = -y*(1./taupsp)+drive : volt
        drive : volt/second''',threshold='V>Vt',reset='V=Vr',refractory=1*ms,method='euler')
    V0=-0.070+rng.random(1000)*0.015; drive=25.27+rng.standard_normal(1000)*6
    P.V=V0*volt; P.drive=drive*volt/second
    when=np.sort(np.rint(200+rng.standard_normal(85)*10).astype(int))
    G=generator(85,np.arange(85),when)
    S=Synapses(P,P,on_pre='y+=weight',delay=5*ms)
    S.connect(j='k for k in range((int(i/size)+1)*size, (int(i/size)+2)*size) if i<N_pre-size')
    I=Synapses(G,P[:size],on_pre='y+=weight'); I.connect()
    m=SpikeMonitor(P); Network(P,G,S,I,m).run(120*ms)
    save('synfire',v0=V0,drive=drive,pulse_step=narrow(when),**spikes(m)); print('synfire',count(m),len(S))

def gap_junctions():
    """synapses/gapjunctions.py"""
    begin(); n=10; v0=1.05; tau=10*ms
    P=NeuronGroup(n,'''dv/dt = (v0 - v + Igap)/tau : 1
        Igap : 1''',threshold='v > 1',reset='v = 0',method='exact')
    P.v='i*1.0/(n-1)'
    S=Synapses(P,P,'''w : 1
        Igap_post = w*(v_pre - v_post) : 1 (summed)''')
    S.connect(); S.w=.02
    m=SpikeMonitor(P); t=StateMonitor(P,'v',record=[0,5]); Network(P,S,m,t).run(500*ms)
    save('gap_junctions',v_trace=np.array(t.v_)[:,:1000],**spikes(m)); print('gap_junctions',count(m))

def nmda():
    """synapses/nonlinear.py"""
    begin(); a=1/(10*ms); b=1/(10*ms); c=1/(10*ms)
    P=NeuronGroup(2,'dv/dt = 1/(10*ms) : 1',threshold='v>1',reset='v = 0',method='euler')
    Q=NeuronGroup(1,'''dv/dt = (g-v)/(10*ms) : 1
        g : 1''',method='exact')
    S=Synapses(P,Q,'''dg_syn/dt = -a*g_syn+b*x*(1-g_syn) : 1 (clock-driven)
        g_post = g_syn : 1 (summed)
        dx/dt = -c*x : 1 (clock-driven)
        w : 1''',on_pre='x += w',method='euler')
    S.connect(); S.w=[1.,10.]; P.v=[0.,0.5]
    m=SpikeMonitor(P); s=StateMonitor(S,['g_syn','x'],record=True); q=StateMonitor(Q,['g','v'],record=0)
    Network(P,Q,S,m,s,q).run(200*ms)
    save('nmda',g_syn=np.array(s.g_syn_),x=np.array(s.x_),g=np.array(q.g_)[0],v=np.array(q.v_)[0],**spikes(m)); print('nmda',count(m),q.v[0][-1])

def kuramoto():
    """coupled_oscillators.py"""
    begin(1); rng=np.random.default_rng(1975); N=50; K=2/second
    P=NeuronGroup(N,'''dTheta/dt = omega + K/N*coupling : 1
        omega : 1/second (constant)
        coupling : 1''',method='euler')
    theta0=rng.random(N)*2*np.pi; omega=np.clip(0.5+rng.standard_normal(N)*0.5,0,None)
    P.Theta=theta0; P.omega=omega/second
    S=Synapses(P,P,'coupling_post = sin(Theta_pre - Theta_post) : 1 (summed)'); S.connect()
    t=StateMonitor(P,'Theta',record=True,dt=100*ms); Network(P,S,t).run(5*second)
    th=np.array(t.Theta_); r=np.abs(np.exp(1j*th).mean(axis=0))
    save('kuramoto',theta0=theta0,omega=omega,theta=th,theta_end=np.array(P.Theta_)); print('kuramoto',r[0],r[-1])

def tsodyks():
    """Tsodyks, Uziel and Markram (2000): frompapers/Tsodyks_Uziel_Markram_2000.py, a fifth of the neurons, each with twice the inputs."""
    begin(1); rng=np.random.default_rng(2000)
    eqs='''dv/dt = -v/tau_mem + (I_ee + I_ei + I_ie + I_ii)/tau_mem + I_b/tau_mem : volt (unless refractory)
        I_ee : volt
        I_ei : volt
        I_ie : volt
        I_ii : volt
        I_b : volt'''
    tau_mem=30*ms; v_thresh=15*mV; v_reset=13.5*mV
    def group(n,ref):
        g=NeuronGroup(n,eqs,threshold='v>v_thresh',reset='v=v_reset',refractory=ref,method='exact',namespace=dict(tau_mem=tau_mem,v_thresh=v_thresh,v_reset=v_reset))
        b=single(14.5+rng.random(n)); g.I_b=wide(b)*1e-3*volt; return g,b
    E,bE=group(80,3*ms); I,bI=group(20,2*ms)
    def normal(mean,low,high,n):
        a=rng.normal(mean,0.5*abs(mean),(200,n)); ok=(a>=low)&(a<=high); return single(a[ok.argmax(axis=0),np.arange(n)])
    data=dict(b_e=bE,b_i=bI); syn=[]
    for name,a,b,A,U,rec,fac in (('ee',E,E,1.8*2.5,(.5,.1,.9),800,None),('ei',E,I,7.2*2.5,(.04,.001,.07),100,1000),('ie',I,E,-5.4*2.5,(.5,.1,.9),800,None),('ii',I,I,-7.2*2.5,(.04,.001,.07),100,1000)):
        model=f'''A : volt
        U : 1
        tau_rec : second
        dx/dt = z/tau_rec : 1 (clock-driven)
        dy/dt = -y/tau_I : 1 (clock-driven)
        z = 1 - x - y : 1
        I_{name}_post = A*y : volt (summed)'''
        on='y += U*x; x += -U*x'
        if fac:
            model+='''
        du/dt = -u/tau_facil : 1 (clock-driven)
        tau_facil : second'''
            on='u += U*(1-u); y += u*x; x += -u*x'
        S=Synapses(a,b,model=model,on_pre=on,method='exact',namespace=dict(tau_I=3*ms))
        i,j=bern(rng,len(a),len(b),.2); S.connect(i=i.astype(int),j=j.astype(int)); n=len(i)
        w=normal(A,*sorted((.2*A,2*A)),n); u=normal(*U,n); r=normal(rec,5,np.inf,n)
        S.A=wide(w)*1e-3*volt; S.U=wide(u); S.tau_rec=wide(r)*1e-3*second; S.x=1
        data.update({f'{name}_pre':i.astype(np.uint8),f'{name}_post':j.astype(np.uint8),f'{name}_A':w,f'{name}_U':u,f'{name}_rec':r})
        if fac:
            f=normal(fac,5,np.inf,n); S.tau_facil=wide(f)*1e-3*second; data[f'{name}_facil']=f
        syn.append(S)
    me=SpikeMonitor(E); mi=SpikeMonitor(I); Network(E,I,*syn,me,mi).run(1000*ms)
    save('tsodyks',x_end=np.array(syn[0].x_),**data,**spikes(me,'exc'),**spikes(mi,'inh')); print('tsodyks',count(me),count(mi),[len(s) for s in syn])

def stdp():
    """synapses/STDP.py (Song, Miller and Abbott 2000), with given trains of spikes."""
    begin(); rng=np.random.default_rng(2001); n=1000
    gmax=.01; dApre=.01*gmax; dApost=-.01*1.05*gmax; taupre=taupost=20*ms
    i,s=poisson_trains(rng,n,15,20000)
    G=generator(n,i,s)
    P=NeuronGroup(1,'''dv/dt = (ge*(0*mV-v) + (-74*mV-v))/(10*ms) : volt
        dge/dt = -ge/(5*ms) : 1''',threshold='v>-54*mV',reset='v = -60*mV',method='euler')
    P.v=-60*mV
    S=Synapses(G,P,'''w : 1
        dApre/dt = -Apre/taupre : 1 (event-driven)
        dApost/dt = -Apost/taupost : 1 (event-driven)''',on_pre='''ge += w
        Apre += dApre
        w = clip(w+Apost,0,gmax)''',on_post='''Apost += dApost
        w = clip(w+Apre,0,gmax)''')
    S.connect(); w0=single(rng.random(n)*gmax); S.w=wide(w0)
    m=SpikeMonitor(P); Network(G,P,S,m).run(2*second)
    save('stdp',input_neuron=i,input_step=s,w0=w0,spike_step=spikes(m)['spike_step'],w_end=np.array(S.w_)); print('stdp',count(m))

def cuba_stdp():
    """CUBA.py with the plasticity of synapses/STDP.py at the excitatory synapses, a tenth of the neurons, each with as many inputs."""
    begin(); rng=np.random.default_rng(2007)
    taum=20*ms; taue=5*ms; taui=10*ms; Vt=-50*mV; Vr=-60*mV; El=-49*mV
    P=NeuronGroup(400,'''dv/dt=(ge+gi-(v-El))/taum : volt (unless refractory)
        dge/dt=-ge/taue : volt
        dgi/dt=-gi/taui : volt''',threshold='v>Vt',reset='v=Vr',refractory=5*ms,method='exact')
    v0=-0.060+rng.random(400)*0.010; P.v=v0*volt
    wmax=3.24*mV; tau=20*ms; up=0.02*wmax; down=-0.021*wmax
    E=Synapses(P[:320],P,'''w : volt
        da/dt = -a/tau : volt (event-driven)
        db/dt = -b/tau : volt (event-driven)''',on_pre='''ge += w
        a += up
        w = clip(w+b,0*mV,wmax)''',on_post='''b += down
        w = clip(w+a,0*mV,wmax)''')
    I=Synapses(P[320:],P,on_pre='gi-=9*mV')
    ei,ej=bern(rng,320,400,.1); ii,ij=bern(rng,80,400,.1)
    E.connect(i=ei.astype(int),j=ej.astype(int)); I.connect(i=ii.astype(int),j=ij.astype(int)); E.w=1.62*mV
    m=SpikeMonitor(P); Network(P,E,I,m).run(500*ms)
    save('cuba_stdp',v0=v0,exc_pre=ei,exc_post=ej,inh_pre=ii,inh_post=ij,w_end=single(E.w_),**spikes(m)); print('cuba_stdp',count(m),len(E),np.std(E.w_))

def vogels():
    """Vogels et al. (2011): frompapers/Vogels_et_al_2011.py, a 25th of the neurons, each with a fifth of the inputs, five times as strong."""
    begin(); rng=np.random.default_rng(2011); NE=320; NI=80
    gl=10.0*nsiemens; el=-60*mV; er=-80*mV; vt=-50.*mV; memc=200.0*pfarad; bg=200*pA; tau_ampa=5*ms; tau_gaba=10*ms; tau_stdp=20*ms
    P=NeuronGroup(NE+NI,'''dv/dt=(-gl*(v-el)-(g_ampa*v+g_gaba*(v-er))+bg)/memc : volt (unless refractory)
        dg_ampa/dt = -g_ampa/tau_ampa : siemens
        dg_gaba/dt = -g_gaba/tau_gaba : siemens''',threshold='v > vt',reset='v=el',refractory=5*ms,method='euler')
    v0=-0.060+rng.random(400)*0.010; P.v=v0*volt
    E=Synapses(P[:NE],P,on_pre='g_ampa += 1.5*nS'); II=Synapses(P[NE:],P[NE:],on_pre='g_gaba += 15*nS')
    alpha=3*Hz*tau_stdp*2; gmax=100
    IE=Synapses(P[NE:],P[:NE],'''w : 1
        dApre/dt=-Apre/tau_stdp : 1 (event-driven)
        dApost/dt=-Apost/tau_stdp : 1 (event-driven)
        eta : 1 (shared)''',on_pre='''Apre += 1.
        w = clip(w+(Apost-alpha)*eta, 0, gmax)
        g_gaba += w*nS''',on_post='''Apost += 1.
        w = clip(w+Apre*eta, 0, gmax)''')
    pairs={}
    for name,S,a,b in (('e',E,NE,NE+NI),('ii',II,NI,NI),('ie',IE,NI,NE)):
        i,j=bern(rng,a,b,.1); S.connect(i=i.astype(int),j=j.astype(int)); pairs[name+'_pre']=i; pairs[name+'_post']=j
    IE.w=1e-10; m=SpikeMonitor(P); net=Network(P,E,II,IE,m)
    IE.eta=0; net.run(50*ms); IE.eta=0.5; net.run(250*ms)
    save('vogels',v0=v0,w_end=np.array(IE.w_),**pairs,**spikes(m)); print('vogels',count(m),len(IE),np.max(IE.w_))

def spatial():
    """synapses/spatial_connections.py on neurons that fire: deterministic synapses with delays by distance, and counts of random ones."""
    begin(); rng=np.random.default_rng(25); rows=cols=20; grid_dist=25*umeter
    P=NeuronGroup(rows*cols,'''dv/dt = (drive - v)/(10*ms) : 1 (unless refractory)
        drive : 1
        x : meter
        y : meter''',threshold='v>1',reset='v = 0',refractory=2*ms,method='exact')
    P.x='(i // rows) * grid_dist - rows/2.0 * grid_dist'; P.y='(i % rows) * grid_dist - cols/2.0 * grid_dist'
    drive=0.8+0.3*rng.random(400); P.drive=drive
    distance=120*umeter; speed=0.023*meter/second
    S=Synapses(P,P,'w : 1',on_pre='v += w')
    S.connect('i != j and sqrt((x_pre - x_post)**2 + (y_pre - y_post)**2) < distance')
    S.w='0.03*exp(-((x_pre-x_post)**2 + (y_pre-y_post)**2)/(2*(60*umeter)**2))'
    S.delay='0.1*ms + sqrt((x_pre - x_post)**2 + (y_pre - y_post)**2)/speed'
    m=SpikeMonitor(P); Network(P,S,m).run(200*ms)
    # How many random synapses there are at each squared distance (in squares of the grid), of ten networks.
    ten=[]
    for k in range(10):
        seed(k); R=Synapses(P,P); R.connect('i != j',p='1.5 * exp(-((x_pre-x_post)**2 + (y_pre-y_post)**2)/(2*(60*umeter)**2))')
        i,j=np.array(R.i),np.array(R.j); ten.append(np.bincount((i//rows-j//rows)**2+(i%rows-j%rows)**2,minlength=723)[:200])
    save('spatial',drive=drive,synapses=narrow(np.bincount(np.array(S.i),minlength=400)),random_at_distance=np.array(ten,dtype=np.uint16),**spikes(m)); print('spatial',count(m),len(S),len(R))

def jeffress():
    """synapses/jeffress.py, with given noise as the sound and without any in the neurons."""
    begin(.02); rng=np.random.default_rng(1948)
    noise=single(10*rng.standard_normal(10000)); sound=TimedArray(wide(noise),dt=defaultclock.dt)
    max_delay=20*cm/(300*metre/second); angular_speed=2*pi/(200*ms); tau_ear=1*ms; tau=1*ms; n=30
    ears=NeuronGroup(2,'''dx/dt = (sound(t-delay)-x)/tau_ear : 1 (unless refractory)
        delay = distance*sin(theta) : second
        distance : second
        dtheta/dt = angular_speed : 1''',threshold='x>1',reset='x = 0',refractory=2.5*ms,method='euler')
    ears.distance=[-.5*max_delay,.5*max_delay]
    P=NeuronGroup(n,'dv/dt = -v/tau : 1',threshold='v>0.7',reset='v = 0',method='euler')
    S=Synapses(ears,P,on_pre='v += .5'); S.connect()
    S.delay['i==0']='(1.0*j)/(n-1)*1.1*max_delay'; S.delay['i==1']='(1.0*(n-j-1))/(n-1)*1.1*max_delay'
    m=SpikeMonitor(P); e=SpikeMonitor(ears); Network(ears,P,S,m,e).run(200*ms)
    save('jeffress',sound=noise,**spikes(m),**spikes(e,'ear')); print('jeffress',count(m),count(e))

def clopath():
    """Clopath et al. (2010): frompapers/Clopath_et_al_2010_no_homeostasis.py, some of its rates, a third of its pairings."""
    begin(); V_rest=-70.*mV; V_thresh=-50.*mV; Theta_low=V_rest; x_reset=1.; taux=15.*ms; A_LTD=1.5e-4; A_LTP=1.5e-2; tau1=40*ms; tau2=30*ms
    gleak=30.*nS; C=300.*pF; tau_AMPA=2.*ms; E_AMPA=0.*mV; gmax=5.e-10*siemens; w_max=1.
    P=NeuronGroup(2,'''dv/dt = (gleak*(V_rest-v) + I_ext + I_syn)/C : volt
        dv1/dt = (v-v1)/tau1 : volt
        dv2/dt = (v-v2)/tau2 : volt
        I_ext : amp
        I_syn = g_ampa*(E_AMPA-v) : amp
        dg_ampa/dt = -g_ampa/tau_AMPA : siemens
        dx_trace/dt = -x_trace/taux : 1''',threshold='v>V_thresh',reset='v=V_rest;x_trace+=x_reset/(taux/ms)',method='euler')
    S=Synapses(P,P,'w : 1',on_pre='''g_ampa_post += w*gmax
        w_minus = A_LTD*(v1_post/mV - Theta_low/mV)*int(v1_post/mV - Theta_low/mV > 0)
        w = clip(w-w_minus,0,w_max)''',on_post='''v1 += 10*mV
        v2 += 10*mV
        w_plus = A_LTP*x_trace_pre*(v2_post/mV - Theta_low/mV)*int(v2_post/mV - Theta_low/mV > 0)
        w = clip(w+w_plus,0,w_max)''')
    S.connect('i!=j'); m=SpikeMonitor(P); net=Network(P,S,m); weights=[]; ends=[]
    for rate in (10.,20.,50.):
        P.v=V_rest; P.v1=V_rest; P.v2=V_rest; P.I_ext=0*amp; P.x_trace=0.; S.w=0.5
        for k in range(5):
            P.v[0]=V_thresh+1*mV; net.run(10*ms); P.v[1]=V_thresh+1*mV; net.run(1/(rate*Hz)-10*ms)
        weights.append(np.array(S.w_)); ends.append([np.array(P.v_),np.array(P.v1_),np.array(P.v2_),np.array(P.x_trace_)])
    save('clopath',weights=np.array(weights),ends=np.array(ends),**spikes(m)); print('clopath',count(m),weights)

def kremer():
    """Kremer et al. (2011): frompapers/Kremer_et_al_2011_barrel_cortex.py, four barrels of a few neurons; layer 4 fires by integration, not by chance."""
    begin(); rng=np.random.default_rng(2011)
    M4,M23e,M23i,side=6,5,3,2; N4,N23e,N23i,B=M4**2,M23e**2,M23i**2,side**2
    Fmax=.5/(5*ms); taum,taue,taui=10*ms,2*ms,25*ms; El=-70*mV; Vt,vt_inc,tauvt=-55*mV,2*mV,50*ms; taup,taud=5*ms,25*ms
    EPSP,IPSP=10*mV,-3*mV
    EPSC=EPSP*(taue/taum)**(taum/(taue-taum)); IPSC=IPSP*(taui/taum)**(taum/(taui-taum)); Ap,Ad=.05*EPSC,-.04*EPSC
    direction=TimedArray(wide(directions:=single(rng.random(8)*2*np.pi)),dt=60*ms)
    L4=NeuronGroup(N4*B,'''dphase/dt = rate : 1
        rate = int(is_active)*clip(cos(direction(t) - selectivity), 0, inf)*Fmax : Hz
        is_active = abs((barrel_x + 0.5 - bar_x) * cos(direction(t)) + (barrel_y + 0.5 - bar_y) * sin(direction(t))) < 0.5 : boolean
        barrel_x : integer
        barrel_y : integer
        selectivity : 1
        bar_x = cos(direction(t))*(t - start)/(5*ms) + side/2.0 - cos(direction(t))*radius : 1 (shared)
        bar_y = sin(direction(t))*(t - start)/(5*ms) + side/2.0 - sin(direction(t))*radius : 1 (shared)
        start : second (shared)''',threshold='phase > 1',reset='phase -= 1',method='euler',namespace=dict(radius=6.,side=side,Fmax=Fmax,direction=direction))
    L4.barrel_x='(i // N4) % side'; L4.barrel_y='i // (side*N4)'; L4.selectivity='(i%N4)/(1.0*N4)*2*pi'
    phase0=single(rng.random(N4*B)); L4.phase=wide(phase0)
    L4.run_regularly('start = t',dt=60*ms,when='start')
    L=NeuronGroup(B*(N23e+N23i),'''dv/dt=(ge+gi+El-v)/taum : volt
        dge/dt=-ge/taue : volt
        dgi/dt=-gi/taui : volt
        dvt/dt=(Vt-vt)/tauvt : volt
        barrel_idx : integer
        x : 1
        y : 1''',threshold='v>vt',reset='v = El; vt += vt_inc',refractory=2*ms,method='euler')
    L.v=El; L.vt=Vt; E=L[:B*N23e]; I=L[B*N23e:]
    E.x='(i % (side*M23e)) * (1.0/M23e)'; E.y='(i // (side*M23e)) * (1.0/M23e)'; E.barrel_idx='floor(x) + floor(y)*side'
    I.x='i % (side*M23i) * (1.0/M23i)'; I.y='i // (side*M23i) * (1.0/M23i)'; I.barrel_idx='floor(x) + floor(y)*side'
    def feedforward(): return Synapses(L4,E,'''w : volt
        dA_source/dt = -A_source/taup : volt (event-driven)
        dA_target/dt = -A_target/taud : volt (event-driven)''',on_pre='''ge += w
        A_source += Ap
        w = clip(w+A_target, 0*volt, EPSC)''',on_post='''A_target += Ad
        w = clip(w+A_source, 0*volt, EPSC)''')
    # All pairs of a barrel that a condition chooses, of which half are drawn.
    F=feedforward(); F.connect('(barrel_x_pre + side*barrel_y_pre) == barrel_idx_post'); fi,fj=np.array(F.i),np.array(F.j)
    all_pairs=len(fi); chosen=rng.random(all_pairs)<.5; fi,fj=fi[chosen],fj[chosen]
    F=feedforward(); F.connect(i=fi,j=fj); F.w=EPSC*.5
    def near(a,b,p,width):
        ax,ay,bx,by=(np.array(q) for q in (a.x_,a.y_,b.x_,b.y_))
        d=((ax[:,None]-bx)/width)**2+((ay[:,None]-by)/width)**2
        i,j=np.nonzero(rng.random(d.shape)<p*np.exp(-.5*d)); return i,j
    RE=Synapses(E,L,'w : volt',on_pre='ge += w'); ei,ej=near(E,L,.3,.4); RE.connect(i=ei,j=ej)
    RE.w['j<B*N23e']=EPSC*.3; RE.w['j>=B*N23e']=EPSC
    RI=Synapses(I,E,on_pre='gi += IPSC'); ii,ij=near(I,E,1.,.2); RI.connect(i=ii,j=ij)
    m=SpikeMonitor(L); m4=SpikeMonitor(L4); Network(L4,L,F,RE,RI,m,m4,*L4.contained_objects).run(480*ms)
    n=narrow
    save('kremer',direction=directions,phase0=phase0,feed_pre=n(fi),feed_post=n(fj),exc_pre=n(ei),exc_post=n(ej),inh_pre=n(ii),inh_post=n(ij),w_end=np.array(F.w_),same_barrel=np.array([all_pairs],dtype=np.int32),**spikes(m),**spikes(m4,'layer4'))
    print('kremer',count(m),count(m4),len(F),len(RE),len(RI),float(EPSC),np.std(F.w_))

# ---- with random numbers: what does not depend on the seed

def irregularity(m,n,first):
    """Of each neuron with at least five intervals behind a time: their standard deviation by their mean."""
    i,t=np.array(m.i),np.array(m.t_); keep=t>=first; cvs=[]
    for k in range(n):
        d=np.diff(t[keep&(i==k)])
        if len(d)>=5: cvs.append(d.std()/d.mean())
    return cvs
def counts_behind(m,n,first): return np.bincount(np.array(m.i)[np.array(m.t_)>=first],minlength=n)

def brunel_hakim():
    """Brunel and Hakim (1999): frompapers/Brunel_Hakim_1999.py, a fifth of the neurons and inputs, five times as strong."""
    rates=[];power=[]
    for k in range(8):
        begin(); seed(k); N=1000; Vr=10*mV; theta=20*mV; tau=20*ms; delta=2*ms; J=.5*mV; muext=25*mV; sigmaext=1*mV
        P=NeuronGroup(N,'dV/dt = (-V+muext+sigmaext*sqrt(tau)*xi)/tau : volt',threshold='V>theta',reset='V=Vr',refractory=2*ms,method='euler')
        P.V=Vr; S=Synapses(P,P,on_pre='V -= J',delay=delta); S.connect(p=.2)
        m=SpikeMonitor(P); net=Network(P,S,m); net.run(600*ms)
        rates.append(counts_behind(m,N,.1))
        steps=np.rint(np.array(m.t_)/1e-4).astype(int); a=np.bincount(steps,minlength=6000)[1000:].reshape(-1,5).sum(axis=1).astype(float); a-=a.mean()
        c=np.array([np.mean(a[:len(a)-l]*a[l:]) for l in range(40)])/np.mean(a*a); power.append(c)
    save('brunel_hakim',counts=np.array(rates,dtype=np.uint8),correlation=np.array(power)); r=np.array(rates).mean(axis=1)/.5; print('brunel_hakim',r,np.round(power[0],2))

def brunel():
    """Brunel (2000): frompapers/Brunel_2000.py, a tenth of the neurons and inputs, stronger synapses; asynchronous and irregular."""
    rates=[];cvs=[]
    for k in range(12):
        begin(); seed(k); rng=np.random.default_rng(k); NE,NI,CE=1000,250,100; theta=20*mV; Vr=10*mV; tau=20*ms; J=.4*mV; g=8
        P=NeuronGroup(NE+NI,'dv/dt = -v/tau : volt (unless refractory)',threshold='v>theta',reset='v=Vr',refractory=2*ms,method='exact')
        P.v='rand()*theta'
        E=Synapses(P[:NE],P,on_pre='v += J',delay=1.5*ms); E.connect(i=rng.integers(0,NE,(NE+NI)*CE),j=np.repeat(np.arange(NE+NI),CE))
        I=Synapses(P[NE:],P,on_pre='v -= g*J',delay=1.5*ms); I.connect(i=rng.integers(0,NI,(NE+NI)*CE//4),j=np.repeat(np.arange(NE+NI),CE//4))
        X=PoissonInput(P,'v',CE,2*theta/(J*CE*tau),J)
        m=SpikeMonitor(P); net=Network(P,E,I,X,m); net.run(600*ms)
        rates.append(counts_behind(m,NE+NI,.1)); cvs.append(irregularity(m,NE+NI,.1))
    save('brunel',counts=np.array(rates,dtype=np.uint8),**{f'cv_{k}':single(c) for k,c in enumerate(cvs)}); print('brunel',np.array(rates).mean(axis=1)/.5,[np.mean(c) for c in cvs],[len(c) for c in cvs])

def brunel_wang():
    """Brunel and Wang (2001): frompapers/Brunel_Wang_2001.py, a tenth of the neurons, one selective group that is shown a stimulus."""
    ce=[];ci=[];gating=[]
    for k in range(6):
        begin(); seed(k); NE,NI=80,20; sel=16
        V_L=-70*mV; V_thr=-50*mV; V_reset=-55*mV; V_E=0*mV; V_I=-70*mV; rate=3*Hz; Cext=800; tA=2*ms; tr=2*ms; td=100*ms; alpha=.5/ms; tG=10*ms
        def group(n,Cm,gm,ref,ext,rec,nmda,gaba):
            P=NeuronGroup(n,'''dv/dt = (-gm*(v-V_L) - I)/Cm : volt (unless refractory)
            I = g_ext*(v-V_E)*s_ext + g_rec*(v-V_E)*s_ampa + g_nmda*(v-V_E)/(1+exp(-0.062*v/mV)/3.57)*s_nmda + g_gaba*(v-V_I)*s_gaba : amp
            ds_ext/dt = -s_ext/tA : 1
            ds_ampa/dt = -s_ampa/tA : 1
            s_nmda : 1
            ds_gaba/dt = -s_gaba/tG : 1''',threshold='v>V_thr',reset='v=V_reset',refractory=ref,method='euler',
            namespace=dict(gm=gm,Cm=Cm,g_ext=ext,g_rec=rec,g_nmda=nmda,g_gaba=gaba,V_L=V_L,V_E=V_E,V_I=V_I,V_thr=V_thr,V_reset=V_reset,tA=tA,tG=tG))
            P.v=V_L; return P
        E=group(NE,.5*nF,25*nS,2*ms,2.08*nS,.104*nS*10,.327*nS*10,1.25*nS*10)
        I=group(NI,.2*nF,20*nS,1*ms,1.62*nS,.081*nS*10,.258*nS*10,.973*nS*10)
        model='''w : 1
        s_nmda_post = w*s : 1 (summed)
        ds/dt = -s/td + alpha*x*(1-s) : 1 (clock-driven)
        dx/dt = -x/tr : 1 (clock-driven)'''
        on='s_ampa += w; x += 1'
        EE=Synapses(E,E,model,on_pre=on,method='euler',delay=.5*ms); EE.connect('i != j'); wp=2.1; f=.2; wm=1-f*(wp-1)/(1-f)
        EE.w=1; EE.w['i < sel and j < sel']=wp; EE.w['i >= sel and j < sel']=wm
        EI=Synapses(E,I,model,on_pre=on,method='euler',delay=.5*ms); EI.connect(); EI.w=1
        IE=Synapses(I,E,on_pre='s_gaba += 1',delay=.5*ms); IE.connect()
        II=Synapses(I,I,on_pre='s_gaba += 1',delay=.5*ms); II.connect('i != j')
        XE=PoissonInput(E,'s_ext',Cext,rate,1); XI=PoissonInput(I,'s_ext',Cext,rate,1)
        stim=TimedArray(np.array([0.,0.,25.,0.,0.])*Hz,dt=100*ms)
        G=PoissonGroup(sel,rates='stim(t)'); GS=Synapses(G,E[:sel],on_pre='s_ext += 4'); GS.connect()
        me=SpikeMonitor(E); mi=SpikeMonitor(I); net=Network(E,I,EE,EI,IE,II,XE,XI,G,GS,me,mi); net.run(500*ms,namespace=dict(td=td,alpha=alpha,tr=tr,sel=sel,stim=stim))
        ce.append(np.array([[np.sum((np.array(me.t_)>=b*.1)&(np.array(me.t_)<(b+1)*.1)&(np.array(me.i)==n)) for b in range(5)] for n in range(NE)]))
        ci.append(np.array(mi.count)); gating.append(np.array(E.s_nmda_))
    ce=np.array(ce); print('brunel_wang',ce[:,:sel].mean(axis=(0,1))/.1,ce[:,sel:].mean(axis=(0,1))/.1,np.array(ci).mean(axis=1)/.5,np.mean(gating,axis=1))
    save('brunel_wang',exc_counts=np.array(ce,dtype=np.uint8),inh_counts=np.array(ci,dtype=np.uint8),s_nmda=np.array(gating))

networks=[synfire,gap_junctions,nmda,kuramoto,tsodyks,stdp,cuba_stdp,vogels,spatial,jeffress,clopath,kremer,brunel_hakim,brunel,brunel_wang]
if __name__=='__main__':
    import time
    for f in networks:
        if len(sys.argv)>2 and f.__name__ not in sys.argv[2:]: continue
        start=time.time(); f(); print(f'  {time.time()-start:.1f} s',flush=True)
