# Pictures that say how they were made: show, verify, and JPEG.
. "$(dirname "$0")/cli_lib.sh"
small="--size 96x60 --quality draft --seed 12 --set sun.elevation=20deg"

draw_first render $small -o a.png
run 0 render $small --depth float --aov radiance,distance,normal -o a.exr
run 0 render $small --jpeg-quality 80 -o a.jpg
run 0 render $small -o b.JPEG
run 0 render $small -o a.hdr
holds a.exr a.hdr a.jpg a.png b.JPEG

# ---- JPEG ----
that "a JPEG of that size, smaller at a lower quality" python3 - <<'PY'
import os
data = open("a.jpg", "rb").read()
assert data[:3] == b"\xff\xd8\xff" and data[-2:] == b"\xff\xd9"
frame = data.index(b"\xff\xc0")
assert data[frame + 5:frame + 9] == bytes([0, 60, 0, 96])
assert data[frame + 11] == 0x11, "colour at full size"
assert os.path.getsize("a.jpg") < os.path.getsize("b.JPEG")
PY
run 0 render a.jpg -o again.jpg
that "a JPEG renders as itself" cmp a.jpg again.jpg
run 0 render a.jpg -o again.png
that "and as the picture" cmp a.png again.png
run 2 render $small --jpeg-quality 80 -o c.png
err_has "--jpeg-quality is for JPEG; name the file with -o FILE.jpg"
run 2 render $small --jpeg-quality 0 -o c.jpg
rm again.jpg again.png b.JPEG

# ---- PNG of 16 bits ----
run 0 render $small --depth 16 -o deep.png
that "16 bits, within a step and its dither of the 8, and finer" python3 - <<'PY'
import zlib
def read(path):
    data, at, packed, head = open(path, "rb").read(), 8, b"", None
    while at < len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
        at += size + 12
    width, height, depth = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:8], "big"), head[8]
    step = 3 * depth // 8
    rows, before, out = zlib.decompress(packed), bytes(width * step), []
    for y in range(height):
        how, row = rows[y * (width * step + 1)], bytearray(rows[y * (width * step + 1) + 1:][:width * step])
        for k in range(width * step):
            left, up = row[k - step] if k >= step else 0, before[k]
            corner = before[k - step] if k >= step else 0
            p = left + up - corner
            paeth = min((left, up, corner), key=lambda v: abs(p - v))
            row[k] = (row[k] + (0, left, up, (left + up) // 2, paeth)[how]) & 255
        before = row
        out += row if depth == 8 else [row[i] << 8 | row[i + 1] for i in range(0, len(row), 2)]
    return depth, out
(eight, a), (sixteen, b) = read("a.png"), read("deep.png")
assert (eight, sixteen) == (8, 16) and len(a) == len(b)
assert max(abs(x - y / 257) for x, y in zip(a, b)) < 1.5
assert abs(sum(a) - sum(b) / 257) < 0.05 * len(a)
assert len(set(b)) > 4 * len(set(a))
PY
run 0 verify deep.png
out_has "deep.png: identical"
run 2 render $small --depth 16 -o c.exr
err_has "--depth 16 is for PNG; name the file with -o FILE.png"
run 2 render $small --depth 16 -o c.jpg
rm deep.png

# ---- show ----
run 0 show a.png
that "nothing but data" [ ! -s log/err ]
out_has "  title       Haven, morning"
out_has "  seed        12"
out_has "  size        96x60"
out_has "  version     stillair 0.2.0"
out_has "stillair render a.png --camera islands --size 96x60 --quality draft --samples 1"
run 0 show a.jpg a.exr a.png --json
out_is_json
that "what each is made of, and how to make it again" python3 - <<'PY'
import json
pictures = json.load(open("log/out"))["pictures"]
assert [p["file"] for p in pictures] == ["a.jpg", "a.exr", "a.png"]
for p in pictures:
    assert p["seed"] == 12 and p["samples"] == 1 and p["quality"] == "draft", p
    assert (p["width_px"], p["height_px"]) == (96, 60) and p["projection"] == "perspective"
    assert p["driver"] and len(p["world"]) == 8, p
assert "--jpeg-quality 80" in pictures[0]["command"]
assert "--depth float --aov radiance,distance,normal" in pictures[1]["command"]
PY
for e in png jpg exr; do
    "$stillair" show a.$e --json >log/shown
    command=$(python3 -c 'import json; print(json.load(open("log/shown"))["pictures"][0]["command"])')
    last=$command code=0
    (stillair() { "$stillair" "$@"; }; eval "$command") >log/out 2>log/err || code=$?
    that "the command of a .$e works" [ "$code" = 0 ]
    that "and makes the .$e again" cmp a.$e a-again.$e
    rm -f a-again.$e
done
run 0 show --preset a.png
cp log/out out.ini
run 0 check out.ini
run 0 render out.ini --size 96x60 --quality draft -o c.png
that "the preset alone draws the same" python3 - <<'PY'
import zlib
def pixels(path):
    data, at, packed = open(path, "rb").read(), 8, b""
    while at < len(data):
        size = int.from_bytes(data[at:at + 4], "big")
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + size]
        at += size + 12
    return zlib.decompress(packed)
assert pixels("c.png") == pixels("a.png")
PY
cp a.png "it's a -picture.png"
run 0 show "it's a -picture.png"
out_has "stillair render 'it'\\''s a -picture.png'"
rm out.ini c.png "it's a -picture.png"
run 2 show a.hdr
err_has "a.hdr: this is no PNG, JPEG or OpenEXR file"
run 2 show "$root/README.md"
run 1 show absent.png
err_has "absent.png: cannot read"
run 2 show
err_has "'show' wants at least one file"
run 2 show a.png a.jpg --preset
run 2 show a.png --preset --json

# ---- verify ----
export TMPDIR=$work/log/tmp
mkdir "$TMPDIR"
run 0 verify a.png a.exr a.jpg
that "three verdicts and no more" [ "$(cat log/out)" = "a.png: identical
a.exr: identical
a.jpg: identical" ]
that "nothing is left of what was drawn" [ -z "$(ls -A "$TMPDIR")" ]
# One step in one number of a pixel; and another driver.
python3 - <<'PY'
import zlib
data = open("a.png", "rb").read()
at, out, packed = 8, data[:8], b""
def chunk(kind, body):
    return (len(body).to_bytes(4, "big") + kind + body +
            zlib.crc32(kind + body).to_bytes(4, "big"))
while at < len(data):
    size = int.from_bytes(data[at:at + 4], "big")
    kind, body = data[at + 4:at + 8], data[at + 8:at + 8 + size]
    if kind == b"IDAT":
        packed += body
    else:
        if kind == b"IEND":
            rows = bytearray(zlib.decompress(packed))
            stride, y, x, line = 96 * 3 + 1, 30, 40, None
            before = bytes(stride)
            for i in range(60): # without filters, so that a number is a number
                row = rows[i * stride:(i + 1) * stride]
                how = row[0]
                for k in range(1, stride):
                    left = row[k - 3] if k > 3 else 0
                    up, corner = before[k], before[k - 3] if k > 3 else 0
                    p = left + up - corner
                    paeth = min((left, up, corner), key=lambda v: abs(p - v))
                    row[k] = (row[k] + (0, left, up, (left + up) // 2, paeth)[how]) & 255
                row[0] = 0
                rows[i * stride:(i + 1) * stride] = row
                before = row
            at_number = y * stride + 1 + 3 * x
            rows[at_number] += 2 if rows[at_number] < 128 else -2
            out += chunk(b"IDAT", zlib.compress(bytes(rows)))
        if body.startswith(b"stillair:driver\0"):
            body = b"stillair:driver\0\0\0\0\0another driver\x1b[2J"
        out += chunk(kind, body)
    at += size + 12
open("touched.png", "wb").write(out)
PY
run 1 verify touched.png
out_has "touched.png: differs in 1 of 5760 pixels: 2 steps of 255 at most"
out_has "driver: was another driver?[2J, is "
run 1 verify --tolerance 1 touched.png
run 0 verify --tolerance 2 touched.png
run 1 verify --json a.png touched.png
out_is_json
that "the difference for programs" python3 - <<'PY'
import json
a, b = json.load(open("log/out"))["pictures"]
assert a["identical"] and a["changed"] == [] and a["largest_steps"] == 0
assert not b["identical"] and not b["within_tolerance"] and b["pixels_different"] == 1
assert b["largest_steps"] == 2 and abs(b["mean_steps"] - 2 / (96 * 60 * 3)) < 1e-9
assert [c["what"] for c in b["changed"]] == ["driver"]
PY
run 0 show touched.png
out_has "driver      another driver?[2J"
run 2 verify a.hdr a.png
out_has "a.png: identical"
head -c 6000 a.png >cut.png
run 1 verify cut.png
err_has "cut.png: the PNG is damaged: it ends early"
run 2 verify
err_has "'verify' wants at least one file"
run 2 verify --tolerance 256 a.png
TMPDIR=$work/absent run 1 verify a.png
err_has "set TMPDIR"
that "and the environment is as before" [ -d "$TMPDIR" ]

# ---- pictures from anyone ----
python3 - <<'PY'
import zlib
def chunk(kind, body):
    return (len(body).to_bytes(4, "big") + kind + body +
            zlib.crc32(kind + body).to_bytes(4, "big"))
def picture(name, texts, size=(16, 16)):
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"".join(n.to_bytes(4, "big") for n in size) +
                                       b"\x08\x02\0\0\0")
    for key, text in texts.items():
        out += chunk(b"iTXt", b"stillair:" + key + b"\0\0\0\0\0" + text)
    out += chunk(b"IDAT", zlib.compress(bytes(49 * 16))) + chunk(b"IEND", b"")
    open(name, "wb").write(out)
picture("path.png", {b"preset": b"base = /etc/passwd.ini\n", b"size": b"16x16"})
picture("name.png", {b"preset": b"base = the-zone\n", b"size": b"16x16"})
picture("large.png", {b"preset": b"title = x\n", b"size": b"16384x16384", b"samples": b"4096"})
picture("huge.png", {b"preset": b"title = x\n"}, (2000000000, 2000000000))
picture("wrong.png", {b"preset": b"title = x\n", b"size": b"-1x4"})
picture("escape.png", {b"preset": b"title = \x1b]0;x\x07\xc2\x9b2J\n", b"size": b"16x16"})
PY
for file in path.png name.png; do
    for command in show verify render check; do
        run 2 $command $file
        err_has "the preset of a picture cannot have a base"
    done
done
run 1 verify large.png
err_has "is of 16x16 pixels, but was drawn as 16384x16384: it was changed since"
run 2 show huge.png
run 2 show wrong.png
err_has "wrong.png: its text 'stillair:size' is wrong"
run 0 show escape.png
out_has "title       ?]0;x??2J"
rm -f path.png name.png large.png huge.png wrong.png escape.png cut.png touched.png
holds a.exr a.hdr a.jpg a.png
finish
