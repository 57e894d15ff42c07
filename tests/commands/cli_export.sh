# The land from the command line: every format of the same grid says the same.
. "$(dirname "$0")/cli_lib.sh"
grid="--size 70 --spacing 2.5 --origin -1200,340.5"

# ---- mistakes, before anything is drawn ----
run 2 export
err_has "say what to export: one of height, mask, mesh"
run 2 export hieght
err_has "'hieght' cannot be exported; did you mean 'height'?"
run 2 export haven-morning height
err_has "one of height, mask, mesh comes first"
run 2 export height
err_has "--size 1024"
run 2 export height --size 64
err_has "--spacing 4"
run 2 export height --size 1 --spacing 1
err_has "from 2 to 8192"
run 2 export height --size 9000 --spacing 1
for spacing in 0 0.009 4097 -1 nan 1e 2k ''; do
    run 2 export height --size 64 --spacing "$spacing"
done
err_has "--spacing is empty"
run 2 export height --size 64 --spacing 5000
err_has "--spacing wants metres from 0.01 to 4096, not '5000'"
for origin in 5 5, ,5 5,6,7 x,y '5;6' '5, 6 k' 1e12,0 inf,0; do
    run 2 export height --size 64 --spacing 1 --origin "$origin"
    err_has "--origin wants X,Y in metres east and north"
done
run 2 export height $grid --name playa
err_has "--name is for masks"
run 2 export mask $grid
err_has "say which mask with --name: one of playa, drainage, rock, sediment"
run 2 export mask $grid --name playas
err_has "there is no mask 'playas'; did you mean 'playa'?"
run 2 export height $grid -o land
err_has "land: a height is written as one of .exr, .r32, .png, .asc"
run 2 export height $grid -o land.ply
run 2 export height $grid -o folder.png/land
run 2 export mask $grid --name rock -o rock.asc
err_has "rock.asc: a mask is written as one of .exr, .r32, .png;"
run 2 export mesh $grid -o land.exr
err_has "land.exr: a mesh is written as one of .ply, .obj;"
run 2 export height the-zone haven-morning $grid
err_has "'haven-morning' is one preset too many"
run 2 export height the-zon $grid
err_has "the-zone"
run 2 export height --set land.relieff=3 $grid
err_has "did you mean 'land.relief'?"
run 2 export height --samples 3 $grid
err_has "unknown option '--samples'"
run 1 export height $grid -o absent/a.exr
err_has "absent/a.exr: cannot create a file in its folder"
holds

# ---- all formats hold the same ----
draw_first export height $grid -o a.r32
that "stdout is the path alone" [ "$(cat log/out)" = a.r32 ]
err_is_empty
holds a.r32
run 0 export height $grid -o a.R32
that "endings in capitals" cmp a.r32 a.R32
rm a.R32
run 0 export height haven-morning -o a.asc $grid
run 0 export height $grid -o a.exr --threads 1
run 0 export height $grid -o a.png --json -q
err_is_empty
out_is_json
cp log/out a.json
run 0 export mesh $grid -o a.ply
run 0 export mesh $grid -o a.obj
that "the formats agree" python3 - <<'PY'
import json, struct, zlib
n = 70
r32 = open("a.r32", "rb").read()
heights = struct.unpack("<%df" % (n * n), r32)
as_float = lambda text: struct.unpack("f", struct.pack("f", float(text)))[0]

j = json.load(open("a.json"))
assert set(j) == {"files", "seconds", "min_m", "max_m", "size", "spacing_m", "origin_x_m",
                  "origin_y_m"}, j
assert j["files"] == ["a.png"] and j["seconds"] > 0 and j["size"] == n
assert (j["spacing_m"], j["origin_x_m"], j["origin_y_m"]) == (2.5, -1200, 340.5)
assert (j["min_m"], j["max_m"]) == (min(heights), max(heights))

lines = open("a.asc").read().splitlines()
head = dict(line.split() for line in lines[:6])
assert head == {"ncols": "70", "nrows": "70", "xllcenter": "-1200", "yllcenter": "340.5",
                "cellsize": "2.5", "NODATA_value": "-9999.0"}, head
assert [as_float(word) for line in lines[6:] for word in line.split()] == list(heights)

data = open("a.ply", "rb").read()
at = data.index(b"end_header\n") + 11
vertices = [struct.unpack_from("<6f", data, at + 24 * i) for i in range(n * n)]
assert [v[2] for v in vertices] == list(heights)
assert vertices[0][:2] == (0, (n - 1) * 2.5) and vertices[-1][:2] == ((n - 1) * 2.5, 0)
assert all(abs(v[3] ** 2 + v[4] ** 2 + v[5] ** 2 - 1) < 1e-5 and v[5] > 0 for v in vertices)
assert len(data) == at + 24 * n * n + 13 * 2 * (n - 1) ** 2

obj = [line.split() for line in open("a.obj")]
assert [as_float(w[3]) for w in obj if w[0] == "v"] == list(heights)
assert sum(w[0] == "f" for w in obj) == 2 * (n - 1) ** 2

png = open("a.png", "rb").read()
at, packed, texts = 8, b"", {}
while at < len(png):
    size, kind = struct.unpack_from(">I4s", png, at)
    body = png[at + 8:at + 8 + size]
    if kind == b"IDAT":
        packed += body
    elif kind == b"iTXt":
        key, rest = body.split(b"\0", 1)
        texts[key.decode()] = rest[4:].decode()
    at += 12 + size
low, high = float(texts["stillair:low"]), float(texts["stillair:high"])
assert (low, high) == (j["min_m"], j["max_m"]), texts
assert texts["stillair:unit"] == "m" and texts["stillair:spacing_m"] == "2.5"
rows, above = zlib.decompress(packed), bytes(2 * n)
for y in range(n):
    row = rows[y * (2 * n + 1):(y + 1) * (2 * n + 1)]
    assert row[0] == 2
    above = bytes((a + b) & 255 for a, b in zip(row[1:], above))
    for grey, height in zip(struct.unpack(">%dH" % n, above), heights[y * n:(y + 1) * n]):
        assert abs(low + grey / 65535 * (high - low) - height) < 0.501 / 65535 * (high - low)

exr = open("a.exr", "rb").read()
at = exr.index(b"stillair:origin_y_m\0double\0") + 27 + 4 + 8 + 1
values = b""
for i in range((n + 15) // 16):
    block, = struct.unpack_from("<Q", exr, at + 8 * i)
    y, size = struct.unpack_from("<ii", exr, block)
    want = min(16, n - y) * n * 4
    body = exr[block + 8:block + 8 + size]
    if size != want:
        body = bytearray(zlib.decompress(body))
        for k in range(1, want):
            body[k] = (body[k - 1] + body[k] - 128) & 255
        plain = bytearray(want)
        plain[0::2], plain[1::2] = body[:(want + 1) // 2], body[(want + 1) // 2:]
        body = bytes(plain)
    values += body
assert values == r32
PY
rm a.asc a.exr a.png a.json a.ply a.obj

# ---- the grid ----
run 0 export height --size 70 --spacing '2.5 m' --origin='-1200 m,340.5m' -o b.r32
that "units may be said" cmp a.r32 b.r32
run 0 export height --size 70 --spacing 2.5 --origin -1150,365.5 -o b.r32
that "20 columns east and 10 rows north, it is the same land" python3 - <<'PY'
import struct
n = 70
a, b = ([struct.unpack_from("<%df" % n, open(f, "rb").read(), 4 * n * y) for y in range(n)]
        for f in ("a.r32", "b.r32"))
for y in range(n - 10):
    assert b[y + 10][:n - 20] == a[y][20:], y
PY
run 0 export height $grid --seed 12 -o b.r32
that "another seed is another land" [ "$(cmp -s a.r32 b.r32; echo $?)" = 1 ]
run 0 export height $grid --set 'land.relief=900 m' -o b.r32
that "another relief too" [ "$(cmp -s a.r32 b.r32; echo $?)" = 1 ]
run 0 export height $grid --set 'fog.top=600 m' --data "$root" -o b.r32
that "the air does not move the ground" cmp a.r32 b.r32
last="LP_NUM_THREADS=1 stillair export height" code=0
LP_NUM_THREADS=1 "$stillair" export height $grid --threads 1 -o b.r32 >log/out 2>log/err || code=$?
that "one thread: the same land" cmp a.r32 b.r32
run 0 export height --size 5 --spacing 0.3 --json -o b.r32
that "the middle is at 0,0" python3 - <<'PY'
import json
j = json.load(open("log/out"))
assert (j["origin_x_m"], j["origin_y_m"]) == (-0.6, -0.6), j
PY
rm b.r32

# ---- rock: hard layers stand as faces, limestone has hollows ----
rock="--size 256 --spacing 1 --origin 3200,22400"
run 0 export height $rock --set land.karst=0 --set land.hardness=1 -o hard.r32
run 0 export height $rock --set land.karst=0 --set land.hardness=1 --set land.detail=0 -o bare.r32
run 0 export height $rock --set land.karst=0 --set land.hardness=0 -o soft.r32
that "faces, and fewer where no layer is hard" python3 - <<'PY'
import math, struct
n = 256
def share(name, degrees):
    h = struct.unpack("<%df" % (n * n), open(name, "rb").read())
    steep = math.tan(math.radians(degrees))
    return sum(math.hypot(h[y * n + x + 1] - h[y * n + x - 1], h[y * n + n + x] - h[y * n - n + x]) > 2 * steep
               for y in range(1, n - 1) for x in range(1, n - 1)) / (n - 2) ** 2
hard, bare, soft = (share(f, 65) for f in ("hard.r32", "bare.r32", "soft.r32"))
assert hard > 0.02 and bare < 0.002 and soft < 0.7 * hard, (hard, bare, soft)
PY
upland="--size 256 --spacing 2 --origin 12100,5600"
run 0 export height $upland --set land.karst=0 -o even.r32
run 0 export height $upland --set land.karst=1 -o karst.r32
that "dolines close downward, and little rises" python3 - <<'PY'
import struct
n = 256 * 256
even, karst = (struct.unpack("<%df" % n, open(f, "rb").read()) for f in ("even.r32", "karst.r32"))
rise = sorted(k - e for k, e in zip(karst, even))
assert rise[0] < -4 and rise[-1] < 3 and rise[n // 2] < 0.5, (rise[0], rise[n // 2], rise[-1])
PY
rm hard.r32 bare.r32 soft.r32 even.r32 karst.r32

# ---- masks ----
for mask in playa drainage rock sediment; do
    run 0 export mask --name $mask --size 150 --spacing 256 -o $mask.r32 --json
    out_is_json
    out_has "\"name\": \"$mask\""
done
run 0 export mask --name playa --size 20 --spacing 256 -o playa.png
err_has "playa.png: black is 0, white 1"
that "the masks are what they should be" python3 - <<'PY'
import struct
read = lambda name: struct.unpack("<22500f", open(name + ".r32", "rb").read())
assert set(read("playa")) == {0, 1}
assert all(v == int(v) for v in read("rock"))
assert all(0 <= v < 14 for v in read("drainage"))
assert all(v >= 0 for v in read("sediment"))
PY
rm playa.r32 drainage.r32 rock.r32 sediment.r32 playa.png

# ---- where it goes ----
run 0 export height --size 4 --spacing 9
that "heights are named after the preset" [ "$(cat log/out)" = haven-morning-height.exr ]
run 0 export mask the-zone --name rock --size 4 --spacing 9
that "so are masks" [ "$(cat log/out)" = the-zone-rock.exr ]
run 0 export mesh the-zone --size 4 --spacing 9
that "so are meshes" [ "$(cat log/out)" = the-zone-mesh.ply ]
holds a.r32 haven-morning-height.exr the-zone-mesh.ply the-zone-rock.exr
rm haven-morning-height.exr the-zone-mesh.ply the-zone-rock.exr
cp a.r32 old.r32
last="stillair export, with a limit of 2 KiB a file" code=0
: >log/out
(
    ulimit -f 2
    exec "$stillair" export height $grid --seed 5 -o old.r32 >/dev/null 2>log/err
) || code=$?
that "a full disk is exit code 1" [ "$code" = 1 ]
err_has "old.r32: cannot write: File too large"
that "a full disk leaves the old file" cmp a.r32 old.r32
rm old.r32

# ---- numbers that are none ----
mkdir data
cp -r "$root/shaders" "$root/presets" data
sed -i 's/ground_height(p, u_spacing)/uintBitsToFloat(0x7fc00000u)/' data/shaders/ground/ground_export.glsl
run 1 export height $grid --data data -o nan.r32
err_has "the height at -1200 m east, 513 m north is not a finite number"
rm -r data
holds a.r32

# ---- interrupted ----
for signal in INT TERM; do
    "$stillair" export height --size 8192 --spacing 0.1 -o cut.exr >log/out 2>log/err &
    pid=$!
    last="stillair export, with SIG$signal" code=0
    sleep 1.5
    kill -s $signal $pid
    wait $pid || code=$?
    that "SIG$signal is exit code 4" [ "$code" = 4 ]
    err_has "interrupted; cut.exr was not written"
    out_is_empty
    holds a.r32
done
finish
