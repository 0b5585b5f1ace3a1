"""measured.py NAME FILE OUT COMMAND ...: best of three runs of a whole process, as JSON."""
import json, os, subprocess, sys, time
name, path, out, args = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
best = None
for _ in range(int(os.environ.get("RUNS") or 3)):
    with open(out, "w") as f:
        start = time.monotonic()
        p = subprocess.Popen(args, stdout=f, stderr=subprocess.DEVNULL)
        _, status, u = os.wait4(p.pid, 0)
        took = time.monotonic() - start
    if os.waitstatus_to_exitcode(status) not in (0, 1): # 1: a gate that found something
        sys.exit(f"{name}: failed")
    if best is None or took < best[0]:
        best = took, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024
size = int(os.environ.get("SIZE") or os.path.getsize(path))
print(json.dumps({"bench": name, "wall_s": round(best[0], 3), "cpu_s": round(best[1], 3),
    "mb_per_cpu_s": round(size / best[1] / 1e6), "mb_per_s": round(size / best[0] / 1e6),
    "peak_mib": round(best[2])}))
