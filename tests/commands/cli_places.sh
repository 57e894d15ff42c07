# Places and maps from the command line; a camera that stands at a place.
. "$(dirname "$0")/cli_lib.sh"
world="--set land.grid=512"
small="--size 96x40 --samples 1"

# ---- places ----
run 0 places $world
out_has "terrace"
out_has "hollow"
that "a line each and a header" [ "$(wc -l <log/out)" = 12 ]
run 0 places haven-morning $world --seed 12 --json
out_is_json
that "JSON says where, with units" python3 - <<'PY'
import json
j = json.load(open("log/out"))
assert j["seed"] == 12
names = [p["name"] for p in j["places"]]
assert names == "terrace slope shore canyon ridge summit playa pass hollow orchard line".split(), names
for p in j["places"]:
    assert -32768 <= p["x_m"] < 32768 and -32768 <= p["y_m"] < 32768, p
    assert 0 <= p["yaw_deg"] < 360 and abs(p["pitch_deg"]) < 30, p
    assert p["score"] > 0 and p["height_m"] > 0 and p["reason"], p
    assert p["above_playa_m"] <= p["altitude_m"] + 500, p
PY
cp log/out one.json
run 0 places haven-morning $world --seed 12 --json --threads 1
that "one thread: the same places" cmp log/out one.json
rm one.json
run 2 places a.ini b.ini
err_has "'b.ini' is one preset too many"
run 2 places --camera nowhere
run 2 render --set camera.place=teracce
err_has "camera.place"
choices=$("$stillair" params --json | python3 -c '
import json, sys
for section in json.load(sys.stdin)["sections"]:
    for p in section["parameters"]:
        if p["key"] == "camera.place":
            print(" ".join(p["choices"]))')
that "the choices of camera.place are the places" \
    [ "$choices" = "none terrace slope shore canyon ridge summit playa pass hollow orchard line" ]

# ---- map ----
run 0 map $world --size 300 -o map.png
that "stdout is the path alone" [ "$(cat log/out)" = map.png ]
that "the map has the size" python3 - <<'PY'
import struct
data = open("map.png", "rb").read()
assert data[:8] == b"\x89PNG\r\n\x1a\n" and struct.unpack(">II", data[16:24]) == (300, 300)
PY
cp map.png keep.png
run 0 map $world --size 300 -o map.png --threads 1
that "the same map from one thread" cmp map.png keep.png
run 0 map $world --size 300 --things -o map.png
that "lines and things are marked" [ "$(cmp -s map.png keep.png; echo $?)" = 1 ]
run 0 map $world --size 300 --things --set things.amount=0 -o map.png
that "none where there are none" [ "$(convert map.png rgb:- | cksum)" = "$(convert keep.png rgb:- | cksum)" ]
run 0 map $world --size 300 --places -o map.png --json
out_is_json
that "marks are drawn" [ "$(cmp -s map.png keep.png; echo $?)" = 1 ]
run 0 map keep.png --size 256 --layer height -o map.png
that "a map carries its preset" [ -s map.png ]
run 0 map $world --layer drainage --size 256 --origin -8000,4000 --extent 16000 -o map.png
run 0 map $world --size 256
that "the default name is the preset's" [ -s haven-morning-map.png ]
rm -f map.png keep.png haven-morning-map.png
run 2 map --layer hieght
err_has "there is no layer 'hieght'; did you mean 'height'? the layers: hillshade, height, slope"
run 2 map --size 100
run 2 map --extent 12 -o map.png
err_has "--extent wants metres from 500 to 65536"
run 2 map --origin 12
err_has "--origin wants X,Y"
run 0 map $world --layer drainage --size 256 --origin '-8000 m,4000m' --extent '16000 m' -o units.png
run 0 map $world --layer drainage --size 256 --origin -8000,4000 --extent 16000 -o bare.png
that "units may be said" cmp units.png bare.png
rm units.png bare.png
run 0 map $world --size 256 -o map.PNG
rm map.PNG
run 2 map -v --no-cache -o map.jpg
err_has "name the file *.png"
run 1 map -v --no-cache -o absent/map.png
err_has "absent/map.png"
that "before any world is built" [ "$(grep -c 'world: built' log/err)" = 0 ]
holds

# ---- a camera at a place ----
last="stillair render at a place" code=0
"$stillair" render $world $small --set camera.place=shore -o first.png >log/out 2>log/err || code=$?
if [ "$code" = 5 ]; then
    [ -n "${CI:-}" ] && echo "FAILED: there is no OpenGL, and in CI there must be" && exit 1
    echo "NOTE: there is no OpenGL here; no picture was drawn"
    finish
fi
that "a picture at a place" [ "$code" = 0 ]
run 0 render first.png -o again.png
that "a PNG remembers the place" cmp first.png again.png
that "by its name" grep -q "place = shore" first.png
run 0 render $world $small --set camera.place=shore --seed 23 -o other.png
that "another land, another shore" [ "$(cmp -s first.png other.png; echo $?)" = 1 ]
run 0 render $world $small --set camera.place=shore --set 'camera.yaw=90 deg' -o turned.png
that "yaw counts from the place's" [ "$(cmp -s first.png turned.png; echo $?)" = 1 ]
run 0 render $world $small --set camera.place=terrace --threads 1 -o one.png
run 0 render $world $small --set camera.place=terrace -o two.png
that "the same spot with any number of threads" cmp one.png two.png
finish
