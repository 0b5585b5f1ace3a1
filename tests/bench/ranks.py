# ranks.py RANKS - a tokenizer.json with the tokens of a .tiktoken file and the merges
# that they imply, so that Hugging Face's library can count with them; the pre-tokenizer is
# given as one regular expression on standard input.
import base64, json, sys


def alphabet():
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in printable]
    return {b: chr(b) for b in printable} | {b: chr(256 + i) for i, b in enumerate(rest)}


LETTERS = alphabet()


def name(token):
    return "".join(LETTERS[b] for b in token)


def merge_of(token, ranks):
    """The two tokens that the last merge of this one joins."""
    parts = [bytes([b]) for b in token]
    while len(parts) > 2:
        pairs = [(ranks.get(a + b, 1 << 30), i) for i, (a, b) in enumerate(zip(parts, parts[1:]))]
        rank, i = min(pairs)
        if rank >= ranks[token]:
            return None
        parts[i : i + 2] = [parts[i] + parts[i + 1]]
    return parts


ranks = {}
for line in open(sys.argv[1], "rb"):
    token, rank = line.split()
    ranks[base64.b64decode(token)] = int(rank)
merges = [merge_of(t, ranks) for t in sorted(ranks, key=ranks.get) if len(t) > 1]
split = {"type": "Split", "pattern": {"Regex": sys.stdin.read().strip()},
         "behavior": "Removed", "invert": True}
level = {"type": "ByteLevel", "add_prefix_space": False, "trim_offsets": True, "use_regex": False}
json.dump({
    "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
    "normalizer": None, "post_processor": None, "decoder": None,
    "pre_tokenizer": {"type": "Sequence", "pretokenizers": [split, level]},
    "model": {"type": "BPE", "dropout": None, "unk_token": None,
              "continuing_subword_prefix": None, "end_of_word_suffix": None,
              "fuse_unk": False, "byte_fallback": False, "ignore_merges": True,
              "vocab": {name(t): r for t, r in ranks.items()},
              "merges": [[name(a), name(b)] for a, b in filter(None, merges)]}}, sys.stdout)
