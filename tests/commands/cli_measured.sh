# Measured light from the command line: OpenEXR and Radiance.
. "$(dirname "$0")/cli_lib.sh"
small="--size 96x60 --samples 1 --set things.amount=0"

draw_first render $small -o a.exr
that "stdout is the path alone" [ "$(cat log/out)" = a.exr ]
holds a.exr

# ---- the file ----
that "the header says what the numbers are" python3 - <<'PY'
import struct
data = open("a.exr", "rb").read()
assert data[:4] == b"\x76\x2f\x31\x01"
at, attributes = 8, {}
def string():
    global at
    end = data.index(b"\0", at)
    text, at = data[at:end], end + 1
    return text
while data[at]:
    name, kind = string(), string()
    size, = struct.unpack_from("<I", data, at)
    attributes[name] = kind, data[at + 4:at + 4 + size]
    at += 4 + size
text = lambda name: attributes[name][1].decode()
triple = lambda name: [round(v, 5) for v in struct.unpack("<3f", attributes[name][1])]
assert text(b"stillair:unit") == "W m^-2 sr^-1 nm^-1"
assert triple(b"stillair:wavelengths_nm") == [680, 550, 440]
assert triple(b"stillair:white") == [1.474, 1.8504, 1.91198]
assert text(b"Software") == "stillair 0.2.0"
assert text(b"stillair:size") == "96x60" and text(b"stillair:samples") == "1"
assert text(b"stillair:seed") == "7" and "[sun]" in text(b"stillair:preset")
# 96x60 holds a picture of 2.39:1: 96x40, without bars
assert struct.unpack("<4i", attributes[b"dataWindow"][1]) == (0, 0, 95, 39)
assert attributes[b"compression"][1] == b"\3"
channels = attributes[b"channels"][1]
assert channels.index(b"B\0\1") < channels.index(b"G\0\1") < channels.index(b"R\0\1") # 1: half
PY
run 0 render $small -o again.exr
that "the same file twice" cmp a.exr again.exr
run 0 render $small --depth half -o again.exr
that "half is the default" cmp a.exr again.exr
run 0 render $small --depth float -o again.EXR
that "32 bits are another file" [ "$(cmp -s a.exr again.EXR; echo $?)" = 1 ]
run 0 render $small --set 'grade.exposure=5 EV' -o b.exr
run 0 render $small -o a.hdr
that "a Radiance picture" python3 - <<'PY'
head = open("a.hdr", "rb").read(4096).split(b"\n\n")[0].decode().split("\n")
assert head[0] == "#?RADIANCE" and "FORMAT=32-bit_rle_rgbe" in head, head
assert "# stillair:unit W m^-2 sr^-1 nm^-1" in head and "# stillair:samples 1" in head, head
assert b"-Y 40 +X 96\n" in open("a.hdr", "rb").read()
PY
rm -f again.exr again.EXR b.exr a.hdr

# ---- layers ----
run 0 render $small --aov position,radiance,normal,distance -o layers.exr
that "channels by name, positions in 32 bits" python3 - <<'PY'
import struct
data = open("layers.exr", "rb").read()
at = data.index(b"channels\0chlist\0") + 16 + 4
found = {}
while data[at]:
    end = data.index(b"\0", at)
    found[data[at:end].decode()] = struct.unpack_from("<I", data, end + 1)[0]
    at = end + 17
assert found == {"R": 1, "G": 1, "B": 1, "distance.Z": 2, "normal.X": 1, "normal.Y": 1,
                 "normal.Z": 1, "position.X": 2, "position.Y": 2, "position.Z": 2}, found
assert b"stillair:unit.distance\0string\0\1\0\0\0m" in data
PY
run 2 render --aov distance,normals -o b.exr
err_has "no layer is called 'normals'; did you mean 'normal'?"
run 2 render --aov distance -o b.png
err_has "--aov is for OpenEXR; name the file with -o FILE.exr"
run 2 render --aov distance -o b.hdr
run 2 render --aov distance
rm layers.exr

# ---- probes ----
run 0 render $small -o p.png
cp p.png plain.png
run 0 render $small -o p.png --probe 48,12 --probe 48,45 --json
cp log/out png.json
out_is_json
that "probes do not change the picture" cmp p.png plain.png
run 0 render $small -o p.exr --probe 48,2 --probe 48,35 --json
that "the probes agree, by file" python3 - <<'PY'
import json, math
j, of_png = json.load(open("log/out")), json.load(open("png.json"))
sky, land = j["probes"]
# The PNG of 96x60 has bars of 10 rows.
for a, b in zip(j["probes"], of_png["probes"]):
    assert a["x"] == b["x"] and a["y"] == b["y"] - 10
    assert {k: a[k] for k in a if k != "y"} == {k: b[k] for k in b if k != "y"}
assert sky["distance_m"] is None and sky["altitude_m"] is None and sky["normal"] is None, sky
assert land["distance_m"] > 0 and -500 < land["altitude_m"] < 4000, land
assert abs(sum(v * v for v in land["normal"]) - 1) < 1e-4
sun, share = (1.474, 1.8504, 1.91198), (0.2126, 0.7152, 0.0722)
for p in j["probes"]:
    light = p["radiance_w_m2_sr_nm"]
    assert all(v > 0 for v in light)
    luminance = 133000 * sum(c * v / s for c, v, s in zip(share, light, sun))
    assert abs(p["luminance_cd_m2"] / luminance - 1) < 1e-5
    for t, d in zip(p["transmittance"], p["optical_depth"]):
        assert 0 <= t <= 1 and abs(math.exp(-d) - t) < 1e-5
PY
run 0 render $small -o p.exr --probe 48,2 --probe 48,35
that "a line a probe" [ "$(wc -l <log/out)" = 3 ]
out_has " W/(m2 sr nm), "
out_has ", sky"
that "the file has what was asked for, no more" cmp p.exr a.exr
run 2 render $small --probe 48,5 -o p.png
err_has "--probe 48,5 is outside the picture, which goes from 0,10 to 95,49"
run 2 render $small --probe 96,5 -o p.exr
err_has "which goes from 0,0 to 95,39"
for bad in 4 4, ,4 4,5,6 -1,4 a,b 4x5; do
    run 2 render $small --probe=$bad -o p.exr
    err_has "--probe wants X,Y in pixels from the top left, such as 480,200, not '$bad'"
done
rm p.png plain.png png.json p.exr

run 0 render --size 96 --samples 1 -o wide.hdr
that "a width alone takes the mood's aspect" grep -qax -- "-Y 40 +X 96" wide.hdr
rm wide.hdr

# ---- the whole sphere ----
run 0 render --projection equirect --size 64x32 --samples 1 -o sphere.exr
that "OpenEXR's own word for it" python3 - <<'PY'
data = open("sphere.exr", "rb").read()
assert b"envmap\0envmap\0\1\0\0\0\0" in data
assert b"stillair:projection\0string\0\10\0\0\0equirect" in data
PY
run 0 render sphere.exr -o copy.exr
that "it renders as itself" cmp sphere.exr copy.exr
run 0 render sphere.exr -o copy.png
run 0 render --projection equirect --size 64x32 --samples 1 -o sphere.png
that "and as its picture" cmp sphere.png copy.png
run 0 render --projection equirect --size 64 --samples 1 --clean -o sphere.png
that "a width alone is 2:1" [ "$(size sphere.png)" = 64x32 ]
run 0 show --preset sphere.png
out_has "aspect = 2.39" # the sphere's shape is not the mood's
run 2 render --projection equirect --size 96x60 -o b.png
err_has "--projection equirect is of 2:1: give a --size such as 2048x1024, not 96x60"
run 2 render --projection equirect --aov normal -o b.exr
err_has "--aov is for --projection perspective: the whole sphere has light alone"
run 2 render --projection equirect --probe 1,1 -o b.png
err_has "--probe is for --projection perspective"
run 2 render sphere.png --probe 1,1 -o b.png
run 2 render --projection fisheye -o b.png
err_has "--projection wants perspective, equirect, cubemap or stereo, not 'fisheye'"
rm sphere.exr copy.exr sphere.png copy.png

# ---- an OpenEXR file renders as itself ----
run 0 render $small --seed 12 --set 'sun.elevation=20 deg' -o other.exr
run 0 render other.exr -o copy.exr
that "an OpenEXR file renders as itself" cmp other.exr copy.exr
run 0 render $small --seed 12 --set 'sun.elevation=20 deg' -o other.png
run 0 render other.exr -o copy.png
that "and as the picture" cmp other.png copy.png
run 0 render other.png -o copy.exr
that "and the picture as it" cmp other.exr copy.exr
head -c 300 other.exr >cut.exr
run 2 render cut.exr -o copy.exr
err_has "cut.exr: no preset in this picture"
run 2 render absent.exr -o copy.exr
run 2 render other.exr --camera absent -o copy.exr
rm -f other.exr copy.exr other.png copy.png cut.exr

# ---- wrong usage ----
run 2 render --depth double -o b.exr
err_has "--depth wants 8, 16, half or float, not 'double'"
run 2 render --depth float -o b.png
err_has "--depth float is for OpenEXR; name the file with -o FILE.exr"
run 2 render --depth float -o b.hdr
run 2 render --depth float
holds a.exr

# ---- whole or not at all ----
last="stillair render, with a limit of 1 KiB a file" code=0
cp a.exr old.exr
(
    ulimit -f 1
    exec "$stillair" render $small --seed 5 -o old.exr >/dev/null 2>log/err
) || code=$?
that "a full disk is exit code 1" [ "$code" = 1 ]
err_has "old.exr: cannot write: File too large"
that "a full disk leaves the old file" cmp a.exr old.exr
rm old.exr
run 1 render -o absent/a.hdr
err_has "absent/a.hdr: cannot create a file in its folder"
holds a.exr

# ---- still water mirrors the hills behind it, not the sky alone ----
run 0 render i-can-breathe --camera water --neutral --size 240x100 --samples 4 -q --json \
    --probe 126,80 --probe 34,92 -o pool.png
that "tan hills and blue sky" python3 - <<'PY'
import json
red_by_blue = [p["radiance_w_m2_sr_nm"][0] / p["radiance_w_m2_sr_nm"][2]
               for p in json.load(open("log/out"))["probes"]]
assert red_by_blue[0] > 0.8 and red_by_blue[1] < 0.5, red_by_blue
PY
rm pool.png
finish
