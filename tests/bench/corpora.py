# corpora.py DIR - three texts out of Debian's packages, for the bench of tokcount: en.txt,
# code.txt (50 MB each, as far as there is so much) and ml.txt (other scripts, about half
# of its characters Chinese, Japanese and Korean).
import gzip, html, os, re, subprocess, sys

PACKAGES = {
    "en": "dict-gcide dict-foldoc libreoffice-help-en-us python3.11-doc",
    "ml": "manpages-ja manpages-zh libreoffice-help-ja libreoffice-help-zh-cn "
    "libreoffice-help-zh-tw libreoffice-help-ko libreoffice-help-ru libreoffice-help-hi "
    "libreoffice-help-vi manpages-ru",
}


def unpack(name):
    to = f"x/{name}"
    if not os.path.isdir(to):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "download", name], **quiet)
        os.makedirs(to)
        for deb in [f for f in os.listdir(".") if f.startswith(name + "_")]:
            subprocess.run(["dpkg-deb", "-x", deb, to], check=True)
    return to


def text(path):
    if path.endswith((".gz", ".dz")):
        data = gzip.open(path).read()
    else:
        with open(path, "rb") as f:
            data = f.read()
    t = data.decode("utf-8", "ignore")
    if path.endswith(".html"):
        t = re.sub(r"(?s)<(script|style).*?</\1>", "", t)
        t = re.sub(r"\n\s*\n+", "\n\n", html.unescape(re.sub(r"<[^>]+>", "", t)))
    return t


def foreign(line):
    return len(line) > 3 and sum(ord(c) > 127 for c in line) * 10 >= 4 * len(line)


def write(name, roots, endings, limit, keep=None):
    size, seen = 0, set()
    with open(name, "w") as out:
        for root in roots:
            for folder, _, files in sorted(os.walk(root)):
                for f in sorted(files):
                    if size > limit or not f.endswith(endings):
                        continue
                    try:
                        lines = text(os.path.join(folder, f)).split("\n")
                    except OSError:
                        continue
                    if keep:
                        lines = [l for l in lines if keep(l) and not (l in seen or seen.add(l))]
                    part = "\n".join(lines) + "\n"
                    size += len(part.encode())
                    out.write(part)


os.makedirs(sys.argv[1], exist_ok=True)
os.chdir(sys.argv[1])
write("en.txt", [unpack(p) for p in PACKAGES["en"].split()], (".dz", ".html", ".txt"), 50e6)
write("code.txt", ["/usr/include", "/usr/lib/python3", "/usr/lib/python3.11", "/usr/share/perl",
    "/usr/src"], (".h", ".hpp", ".py", ".pm", ".c"), 50e6)
write("ml.txt", [unpack(p) for p in PACKAGES["ml"].split()], (".gz", ".html"), 60e6, foreign)
