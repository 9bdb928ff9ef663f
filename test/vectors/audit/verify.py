"""Checks an audit log independently: python3 verify.py <log> [<head> [<checkpoints> <public key, base64>]] prints the verdict as JSON.
The format stands in docs/audit.md. Only the standard library is used; Ed25519 is RFC 8032, the tree RFC 6962, notes C2SP signed notes."""
import base64, hashlib, json, os, sys

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P

def add(a, b):
    (x1, y1), (x2, y2) = a, b
    k = D * x1 * x2 * y1 * y2 % P
    return ((x1 * y2 + x2 * y1) * pow(1 + k, P - 2, P) % P, (y1 * y2 + x1 * x2) * pow(1 - k, P - 2, P) % P)

def times(n, point):
    out = (0, 1)
    while n:
        if n & 1: out = add(out, point)
        point, n = add(point, point), n >> 1
    return out

def decode(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P != u: x = x * pow(2, (P - 1) // 4, P) % P
    if v * x * x % P != u: raise ValueError("no point")
    return (P - x if x & 1 != sign else x, y)

BASE = decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def signed(key, text, sig):
    h = int.from_bytes(hashlib.sha512(sig[:32] + key + text).digest(), "little")
    return times(int.from_bytes(sig[32:], "little"), BASE) == add(decode(sig[:32]), times(h, decode(key)))

def sha(data): return hashlib.sha256(data).digest()

def root(leaves):
    if len(leaves) < 2: return leaves[0] if leaves else sha(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + root(leaves[:half]) + root(leaves[half:]))

def checkpoints(path, key):
    found = []
    for line in open(path, encoding="utf8") if path and os.path.exists(path) else []:
        text, _, signatures = json.loads(line)["note"].partition("\n\n")
        for signature in signatures.split("\n"):
            raw = base64.b64decode(signature.split(" ")[-1]) if signature.startswith("\u2014 ") else b""
            name = signature.split(" ")[1] if raw else ""
            if raw[:4] == sha(name.encode() + b"\n\1" + key)[:4] and signed(key, (text + "\n").encode(), raw[4:]):
                found.append((int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2])))
    return sorted(found)

def verify(log, head=None, notes=None, key=None):
    known = json.load(open(head)) if head and os.path.exists(head) else {"seq": 0}
    signs = checkpoints(notes, base64.b64decode(key)) if key else []
    lines = open(log, "rb").read().split(b"\n")
    seq, prev, leaves, proved = 0, "0" * 64, [], 0
    def broken(what, number=None): return {"kind": "broken", "what": what, "line": number or seq + 1, "proved": proved}
    for number, line in enumerate(lines[:-1] if lines[-1] == b"" else lines, 1):
        try: record = json.loads(line)
        except ValueError:
            return broken("malformed" if number < len(lines) else "torn" if known["seq"] <= seq else "truncated", number)
        body = line[:-75] + b"}"
        if line[-75:-66] != b',"hash":"' or hashlib.sha256(body).hexdigest() != record["hash"]: return broken("edited", number)
        if record["seq"] <= seq: return broken("reordered", number)
        if record["seq"] > seq + 1:
            later = any(json.loads(one)["seq"] == seq + 1 for one in lines[number:] if one)
            return broken("reordered" if later else "removed", number)
        if record["prev"] != prev: return broken("edited", number)
        seq, prev = record["seq"], record["hash"]
        leaves.append(sha(b"\0" + line))
        for size, wanted in signs:
            if size == seq and root(leaves) != wanted: return broken("rewritten", number)
            if size == seq: proved = size
    if max([known["seq"]] + [size for size, _ in signs]) > seq: return broken("truncated")
    return {"kind": "intact", "records": seq, "proved": proved}

if __name__ == "__main__":
    print(json.dumps(verify(*sys.argv[1:])))
