# The same statistics as diff-eval's, in numpy and scipy: the yardstick of tests/bench/run.
# usage: paired.py FILE - replay records with one baseline answer and a candidate each.
import json, math, sys
import numpy as np
from scipy import stats

def whole(side): return side["response"]["choices"][0]["finish_reason"] == "stop"
def numbers(side): return side["timing"]["total_ms"], side["usage"]["input"], side["usage"]["output"]

sessions, old, new, diffs = {}, [], [], []
cluster = []
for line in open(sys.argv[1]):
    r = json.loads(line)
    a, b = r["baseline"][0], r["candidate"]
    cluster.append(sessions.setdefault(r["session"], len(sessions)))
    old.append(whole(a)); new.append(whole(b))
    diffs.append([y - x for x, y in zip(numbers(a), numbers(b))])
old, new, cluster, diffs = map(np.array, (old, new, cluster, diffs))
b, c, n = int((old & ~new).sum()), int((~old & new).sum()), len(old)
d = new.astype(float) - old
G = len(sessions)
sums = np.bincount(cluster, d, G); counts = np.bincount(cluster, minlength=G)
D = d.mean(); se = math.sqrt(((sums - D * counts) ** 2).sum()) / n * math.sqrt(G / (G - 1))
half = stats.t.ppf(.975, G - 1) * se
print(f"{b} regressed, {c} improved, McNemar p = {stats.binomtest(min(b, c), b + c).pvalue:.3g}; {D:+.4f} [{D - half:+.4f}, {D + half:+.4f}]")
rng = np.random.default_rng(42)
for k in range(diffs.shape[1]):
    s = np.bincount(cluster, diffs[:, k], G)
    means = np.empty(10000)
    for i in range(10000):
        at = rng.integers(0, G, G)
        means[i] = s[at].sum() / counts[at].sum()
    print(f"{diffs[:, k].mean():+.4f} {np.quantile(means, [.025, .975])}")
