"""The numbers of tests/network/traps.cpp, as Brian 2.9 prints them: make_traps.py [cython]. Where statements run in an order (traps 6 and 7), compiled code counts."""
import sys, numpy as np
from brian2 import *
prefs.codegen.target=sys.argv[1] if len(sys.argv)>1 else 'numpy'
np.set_printoptions(precision=17,linewidth=160)
BrianLogger.log_level_error()
def begin(): start_scope(); defaultclock.dt=.1*ms
def steps(m): return np.rint(np.array(m.t_)/1e-4).astype(int)
def by_neuron(m,n): return [list(map(int,steps(m)[np.array(m.i)==k])) for k in range(n)]
def show(name,*a):
    print('##',name)
    for x in a: print('  ',x.tolist() if isinstance(x,np.ndarray) else x)

# 1
begin()
G=NeuronGroup(3,'dv/dt = (1.5-v)/ms : 1',threshold='v>1',reset='v=0.1',method='euler'); G.v=[.97,.6,.2]
S=Synapses(G,G,on_pre='v_post += 0.25'); S.connect()
m=[StateMonitor(G,'v',record=True,when=w) for w in ('start','before_synapses','after_synapses','after_resets')]
s=SpikeMonitor(G,'v'); Network(G,S,s,*m).run(1*ms)
show('1',*[np.array(x.v_)[:,:6] for x in m],list(zip(map(int,s.i),map(int,steps(s)))),np.array(s.v_))

# 2
begin()
G=NeuronGroup(4,'''dv/dt = 2/ms : 1 (unless refractory)
R : second''',threshold='v>1',reset='v=0',refractory='R',method='euler'); G.R=[.3,.7,1.2,.25]*ms
H=NeuronGroup(3,'''dv/dt = 2/ms : 1 (unless refractory)
k : 1''',threshold='v>1',reset='v=0',refractory='(1 + k*sin(t/(0.7*ms)))*ms',method='euler'); H.k=[0,.5,.95]
s,r=SpikeMonitor(G),SpikeMonitor(H); o=StateMonitor(H,'not_refractory',record=True,when='end'); run(6*ms)
show('2',by_neuron(s,4),by_neuron(r,3),''.join(str(int(x)) for x in o.not_refractory[2]),np.array(G.v_),np.array(H.v_))

# 3
begin()
G=NeuronGroup(2,'''dx/dt = 0.1/ms : 1 (unless refractory)
dy/dt = 0.1/ms : 1
fires : boolean''',threshold='fires and t_in_timesteps%7 == 2',reset='x += 10; y += 10',refractory=.4*ms,events={'low':'x < 100'},method='euler'); G.fires=[True,False]
G.run_on_event('low','y += 1000')
G.run_regularly('x += 0.5; y += 0.5',dt=.2*ms)
src=NeuronGroup(1,'v:1',threshold='True'); S=Synapses(src,G,on_pre='x += 1; y += 1'); S.connect()
s=SpikeMonitor(G); m=StateMonitor(G,['x','y'],record=True,when='end'); run(1.2*ms)
show('3',np.array(m.x_),np.array(m.y_)%1000,np.array(m.y_)//1000,by_neuron(s,2))

# 4
begin()
G=NeuronGroup(3,'''dv/dt = (2-v)/ms : 1 (unless refractory)
du/dt = (2-u)/ms : 1
a : 1''',threshold='u>1',reset='u=0',refractory='u>a',method='euler'); G.a=[-1,.6,.2]
H=NeuronGroup(2,'''dv/dt = (2-v)/ms : 1 (unless refractory)
on : boolean''',threshold='v>1',reset='v=0',refractory='on',method='euler'); H.on=[True,False]
s,r=SpikeMonitor(G),SpikeMonitor(H); run(3*ms)
show('4',by_neuron(s,3),by_neuron(r,2),np.array(G.v_),np.array(H.v_))

# 5
begin()
G=NeuronGroup(2,'''v = sin(2*pi*t/(2.3*ms)) : 1
level : 1''',threshold='v>level'); G.level=[.5,.95]
H=NeuronGroup(2,'''v = sin(2*pi*t/(2.3*ms)) : 1
level : 1''',threshold='v>level',refractory='v>level'); H.level=[.5,.95]
s,r=SpikeMonitor(G),SpikeMonitor(H); run(5*ms)
show('5',by_neuron(s,2),by_neuron(r,2))

# 6
begin()
src=NeuronGroup(3,'v:1',threshold='t_in_timesteps < 3 and (i+t_in_timesteps)%2 == 0'); T=NeuronGroup(2,'v:1')
S=Synapses(src,T,'w:1',on_pre='v_post = 0.5*v_post + w'); S.connect(i=[2,0,1,0,2,0],j=[0,0,1,0,1,1]); S.w=[1,2,3,4,5,6]
m=StateMonitor(T,'v',record=True,when='end'); run(.4*ms); show('6 order',np.array(m.v_))
begin()
src=NeuronGroup(2,'v:1',threshold='t_in_timesteps < 3'); T=NeuronGroup(1,'v:1')
S=Synapses(src,T,'w:1',on_pre='v_post = 0.5*v_post + w'); S.connect(i=[1,0,1,0],j=[0,0,0,0]); S.w=[1,2,4,8]; S.delay=[0,.2,.1,0]*ms
m=StateMonitor(T,'v',record=True,when='end'); run(.6*ms); show('6 delays',np.array(m.v_))
begin()
src=NeuronGroup(2,'v:1',threshold='t_in_timesteps%2 == 0'); T=NeuronGroup(2,'v:1',threshold='t_in_timesteps%3 == 0')
S=Synapses(src,T,'w:1',on_pre={'b':'w = 2*w + 1','a':'w = 3*w'},on_post='w = w - 2'); S.connect(); S.w=[1,2,3,4]
m=StateMonitor(S,'w',record=True,when='end'); run(.7*ms); show('6 pathways',np.array(m.w_))
begin()
src=NeuronGroup(2,'v:1',threshold='t_in_timesteps%2 == 0'); T=NeuronGroup(2,'v:1',threshold='t_in_timesteps%3 == 0')
S=Synapses(src,T,'w:1',on_pre={'b':'w = 2*w + 1','a':'w = 3*w'},on_post='w = w - 2'); S.connect(); S.w=[1,2,3,4]
S.b.order=-2; S.post.order=-3
m=StateMonitor(S,'w',record=True,when='end'); run(.7*ms); show('6 orders',np.array(m.w_))

# 7
begin()
G=NeuronGroup(3,'v:1',threshold='t_in_timesteps == 0'); G.v=[1,2,3]
S=Synapses(G,G,on_pre='v_post += 10*v_pre; v_pre = v_pre + v_post'); S.connect(i=[0,0,1,2,2],j=[0,1,1,0,2])
run(.1*ms); show('7 aliases',np.array(G.v_))
begin()
G=NeuronGroup(3,'v:1',threshold='t_in_timesteps == 0'); G.v=[1,2,3]
S=Synapses(G,G,on_pre='v_pre = v_pre + 10*v_post; v_post += v_pre'); S.connect(i=[0,0,1,2,2],j=[0,1,1,0,2])
run(.1*ms); show('7 reversed',np.array(G.v_))
begin()
G=NeuronGroup(3,'v:1',threshold='t_in_timesteps == 0'); G.v=[1,2,3]
S=Synapses(G,G,'x:1',on_pre='x = v_post; v_post = 2*v_post; x += v_post; v_post += x'); S.connect(i=[0,0,1,2,2],j=[0,1,1,1,2])
run(.1*ms); show('7 lines',np.array(G.v_),np.array(S.x_))

# 8
begin()
G=NeuronGroup(3,'''x : 1
total : 1 (shared)
twice : 1 (shared)''',method='euler')
G.run_regularly('total += 1; twice = 2*total; x += twice*i + total',dt=.2*ms); run(.6*ms)
show('8',np.array(G.x_),np.array(G.total_).item(),np.array(G.twice_).item())

# 9
begin()
G=NeuronGroup(7,'''k : integer
n : integer
x : 1
y : 1
b : boolean'''); G.k='i-3'; G.x='(i-3)*0.75'; G.b='i%2 == 0'
def value(e): G.y=e; return np.array(G.y_)
def whole(e): G.n=e; return np.array(G.n[:])
for e in ('k/2','k//2','k%3','k%-3','x%0.5','x//0.5','x%-0.4','int(x)','int(b)*x','k**2','clip(x,-1,1)','abs(k)/3','-k//2','-(k//2)','int(x>0)-int(x<0)','sign(x)','ceil(x)+floor(x)','(k+1)/(2*3)','1/2*x'):
    try: show('9 '+e,value(e))
    except Exception as err: show('9 '+e,repr(err)[:80])
for e in ('x','2*x','k/2','clip(k,-1.5,1.5)','int(x)+1','x*x'): show('9 n = '+e,whole(e))
begin()
G=NeuronGroup(3,'''n : integer
x : 1
y : 1''',threshold='True',reset='n = int(2.7*(i+1)); x = n/2; n = int(n*1.5); y = n//2 + clip(n,0,3.5)'); run(.1*ms); show('9 block',np.array(G.n[:]),np.array(G.x_),np.array(G.y_))

# 10
for method in ('euler','exponential_euler','rk2','rk4','heun'):
    begin()
    G=NeuronGroup(1,'''dx/dt = (y - x*f)/ms : 1
dy/dt = -(x + g*y)/ms + sin(t/ms)/ms : 1
g = 2 - cos(x) : 1
f = 1 + 0.5*sin(y) : 1
held = x + 10*y : 1 (constant over dt)
dz/dt = (held - z)/ms : 1''',method=method); G.x=1; G.y=.5
    run(.5*ms); show('10 '+method,np.array([G.x_[0],G.y_[0],G.z_[0]]))

# 11
begin()
a=SpikeGeneratorGroup(2,[0,0,1,0,1],[1,3,3,6,8]*ms); b=NeuronGroup(2,'v:1',threshold='t_in_timesteps%25 == 24')
S=Synapses(a,b,'''w:1
dx/dt = -x/(4*ms) : 1 (event-driven)
dy/dt = (1-y)/(3*ms) : 1 (event-driven)''',on_pre='w += x*y; x += 1',on_post='w -= 0.5*x; y *= 0.5'); S.connect(); S.x=[1,2,3,4]; S.w=0
run(9*ms); show('11 event-driven',np.array(S.w_),np.array(S.x_),np.array(S.y_),np.array(S.lastupdate_))
for whole in (True,False):
    begin()
    a=NeuronGroup(3,'dx/dt = (1+i)/ms : 1',method='euler'); b=NeuronGroup(5,'''dv/dt = g/ms : 1
    g : 1''',method='euler'); b.g=7; a.x=[1,2,3]
    S=Synapses(a,b if whole else b[1:4],'''g_post = w*x_pre : 1 (summed)
    dw/dt = 1/ms : 1 (clock-driven)''',method='euler'); S.connect(i=[0,1,2,0],j=np.array([0,0,2,2])+whole); S.w=[1,2,3,4]
    m=StateMonitor(b,['g','v'],record=True,when='end'); Network(a,b,S,m).run(.3*ms); show('11 sums of all' if whole else '11 sums of a slice',np.array(m.g_),np.array(m.v_))

# 12
for d in (.25,.2,.2000001,.20002,.200005,.1999999): 
    begin(); G=NeuronGroup(1,'x:1'); G.run_regularly('x += 1'); run(d*ms); show(f'12 run {d}',np.array(G.x_),np.rint(np.array(defaultclock.t_)/1e-4).item())
begin(); G=NeuronGroup(1,'x:1'); G.run_regularly('x += 1')
for k in range(30): run(.03*ms)
show('12 pieces',np.array(G.x_),repr(defaultclock.t))
begin(); times=[.04,.05,.0999,.09995,.29999,.1,.7-.4,.3]; 
g=SpikeGeneratorGroup(8,range(8),times*ms); s=SpikeMonitor(g); run(1*ms); show('12 generator',by_neuron(s,8))
begin(); src=NeuronGroup(1,'v:1',threshold='t_in_timesteps == 0'); T=NeuronGroup(6,'v:1'); S=Synapses(src,T,on_pre='v_post += t/ms'); S.connect(); S.delay=[.04,.05,.0500001,.149999,.15,.249]*ms
run(1*ms); show('12 delays',np.array(T.v_))
begin(); G=NeuronGroup(1,'''x : 1
v = ta(t) : 1'''); ta=TimedArray([1,2,3,4],dt=.25*ms); m=StateMonitor(G,'v',record=0); run(1.3*ms); show('12 timed array',np.array(m.v_))
begin(); ta=TimedArray([1,2,3,4],dt=.3*ms); G=NeuronGroup(1,'v = ta(t-0.15*ms) : 1'); m=StateMonitor(G,'v',record=0); run(1.3*ms); show('12 shifted',np.array(m.v_))
