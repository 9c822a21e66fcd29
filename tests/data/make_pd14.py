"""The microcircuit of Potjans and Diesmann (2014) with 3 % of its neurons, and of the synapses of each, made with NEST 3.10:
make_pd14.py OUTDIR [--scale S --seconds T --networks N --threads T --dc]. README.md says what the files are.

A description of its own, in NEST's words, of the numbers in benchmarks/pd14/microcircuit.py; examples/pd14.cpp is the one it is compared with."""
import argparse, os, pathlib, sys, nest, numpy as np
p=argparse.ArgumentParser(); p.add_argument('out'); p.add_argument('--scale',type=float,default=.03); p.add_argument('--seconds',type=float,default=1.)
p.add_argument('--networks',type=int,default=8); p.add_argument('--threads',type=int,default=1); p.add_argument('--dc',action='store_true'); a=p.parse_args()
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2]/'benchmarks'/'pd14'))
from microcircuit import EXTERNAL as K_ext, FULL_RATE as rate, FULL_SIZE as size, J, PROBABILITY as probability, TAU_SYN as tau_syn, V_DEVIATION as V0_sd, V_MEAN as V0
f=a.scale; root=np.sqrt(f)
K=np.log(1-probability)/np.log(1-1/np.outer(size,size))  # synapses, by target and source
w=np.tile([J,-4*J],(8,4)); w[0,2]*=2
inside=(w*K/size[:,None]*rate).sum(axis=1); outside=J*K_ext*8  # pA/s
dc=1e-3*tau_syn*((1-root)*inside+(outside if a.dc else (1-root)*outside))

def network(seed):
    nest.ResetKernel(); nest.set_verbosity('M_WARNING'); nest.resolution=.1; nest.rng_seed=seed; nest.local_num_threads=a.threads
    n=np.round(f*size).astype(int); pops=[]; out=[]
    for k in range(8):
        cells=nest.Create('iaf_psc_exp',int(n[k]),dict(C_m=250.,tau_m=10.,tau_syn_ex=tau_syn,tau_syn_in=tau_syn,t_ref=2.,E_L=-65.,V_reset=-65.,V_th=-50.,I_e=dc[k]))
        cells.V_m=nest.random.normal(V0[k],V0_sd[k]); pops.append(cells)
        r=nest.Create('spike_recorder'); nest.Connect(cells,r); out.append(r)
        if not a.dc:
            g=nest.Create('poisson_generator',dict(rate=8.*round(f*K_ext[k]))); nest.Connect(g,cells,'all_to_all',dict(weight=J/root,delay=1.5))
    for t in range(8):
        for s in range(8):
            number=int(round(f*f*K[t,s])); mean=w[t,s]/root; delay=1.5 if s%2==0 else .75
            if number==0: continue
            nest.Connect(pops[s],pops[t],dict(rule='fixed_total_number',N=number),dict(
                weight=nest.math.redraw(nest.random.normal(mean,.1*abs(mean)),min=0. if mean>0 else -np.inf,max=np.inf if mean>0 else 0.),
                delay=nest.math.redraw(nest.random.normal(delay,.5*delay),min=.05,max=np.inf)))
    nest.Simulate(300.); begin=nest.biological_time; nest.Simulate(1e3*a.seconds)
    counts=[];cvs=[];sync=[]
    for k in range(8):
        e=out[k].events; keep=e['times']>begin; who=(e['senders'][keep]-pops[k][0].global_id).astype(int); t=e['times'][keep]
        counts.append(np.bincount(who,minlength=n[k])); of=[np.sort(t[who==i]) for i in range(n[k])]
        cvs.append([np.std(np.diff(x))/np.mean(np.diff(x)) for x in of if len(x)>5])
        bins=np.bincount(((t[who<1000]-begin-.05)/3).astype(int),minlength=int(1e3*a.seconds/3))[:int(1e3*a.seconds/3)]; sync.append(np.var(bins)/np.mean(bins))
    return counts,cvs,sync

all_counts=[];all_cvs=[];all_sync=[]
for seed in range(1,a.networks+1):
    counts,cvs,sync=network(seed); all_counts.append(np.concatenate(counts)); all_cvs.append([np.mean(c) if c else np.nan for c in cvs]); all_sync.append(sync)
    print('rate',np.round([c.mean()/a.seconds for c in counts],2),'CV',np.round(all_cvs[-1],3),'synchrony',np.round(sync,2),flush=True)
d=f'{a.out}/pd14'; os.makedirs(d,exist_ok=True)
np.save(f'{d}/counts.npy',np.array(all_counts).astype(np.uint8)); np.save(f'{d}/cv.npy',np.array(all_cvs)); np.save(f'{d}/synchrony.npy',np.array(all_sync))
