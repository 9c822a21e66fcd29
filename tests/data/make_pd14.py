"""The microcircuit of Potjans and Diesmann (2014) with 3 % of its neurons, and of the synapses of each, made with NEST 3.10:
make_pd14.py OUTDIR [--scale S --seconds T --networks N --threads T --dc]. README.md says what the files are.

A description of its own, in NEST's words; examples/pd14.cpp is the one it is compared with."""
import argparse, os, nest, numpy as np
p=argparse.ArgumentParser(); p.add_argument('out'); p.add_argument('--scale',type=float,default=.03); p.add_argument('--seconds',type=float,default=1.)
p.add_argument('--networks',type=int,default=8); p.add_argument('--threads',type=int,default=1); p.add_argument('--dc',action='store_true'); a=p.parse_args()
size=np.array([20683,5834,21915,5479,4850,1065,14395,2948])
probability=np.array([[.1009,.1689,.0437,.0818,.0323,0,.0076,0],[.1346,.1371,.0316,.0515,.0755,0,.0042,0],[.0077,.0059,.0497,.135,.0067,.0003,.0453,0],
    [.0691,.0029,.0794,.1597,.0033,0,.1057,0],[.1004,.0622,.0505,.0057,.0831,.3726,.0204,0],[.0548,.0269,.0257,.0022,.06,.3158,.0086,0],
    [.0156,.0066,.0211,.0166,.0572,.0197,.0396,.2252],[.0364,.001,.0034,.0005,.0277,.008,.0658,.1443]])
K_ext=np.array([1600,1500,2100,1900,2000,1900,2900,2100]); rate=np.array([.903,2.965,4.414,5.876,7.569,8.633,1.105,7.829])
V0=np.array([-68.28,-63.16,-63.33,-63.45,-63.11,-61.66,-66.72,-61.43]); V0_sd=np.array([5.36,4.57,4.74,4.94,4.94,4.55,5.46,4.48])
tau_syn=.5; f=a.scale; root=np.sqrt(f)
K=np.log(1-probability)/np.log(1-1/np.outer(size,size))  # synapses, by target and source
w=np.tile([87.8,-4*87.8],(8,4)); w[0,2]*=2
inside=(w*K/size[:,None]*rate).sum(axis=1); outside=87.8*K_ext*8  # pA/s
dc=1e-3*tau_syn*((1-root)*inside+(outside if a.dc else (1-root)*outside))

def network(seed):
    nest.ResetKernel(); nest.set_verbosity('M_WARNING'); nest.resolution=.1; nest.rng_seed=seed; nest.local_num_threads=a.threads
    n=np.round(f*size).astype(int); pops=[]; out=[]
    for k in range(8):
        cells=nest.Create('iaf_psc_exp',int(n[k]),dict(C_m=250.,tau_m=10.,tau_syn_ex=tau_syn,tau_syn_in=tau_syn,t_ref=2.,E_L=-65.,V_reset=-65.,V_th=-50.,I_e=dc[k]))
        cells.V_m=nest.random.normal(V0[k],V0_sd[k]); pops.append(cells)
        r=nest.Create('spike_recorder'); nest.Connect(cells,r); out.append(r)
        if not a.dc:
            g=nest.Create('poisson_generator',dict(rate=8.*round(f*K_ext[k]))); nest.Connect(g,cells,'all_to_all',dict(weight=87.8/root,delay=1.5))
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
        e=out[k].events; keep=e['times']>begin; who=e['senders'][keep]-pops[k][0].global_id; t=e['times'][keep]
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
