# Moods as material, from the command line: mixed, compared, side by side, fitted.
. "$(dirname "$0")/cli_lib.sh"

# ---- blend: mistakes ----
run 2 blend
err_has "'blend' wants two moods or more"
run 2 blend the-zone
run 2 blend the-zone:0 red-dawn:0
err_has "add up to 0"
run 2 blend the-zone:-1 red-dawn
err_has "'the-zone:-1': the weight after the colon"
run 2 blend the-zone: red-dawn
run 2 blend the-zon:2 red-down
err_has "did you mean 'the-zone'?"
err_has "did you mean 'red-dawn'?"
run 2 blend the-zone red-dawn --camera terace
err_has "did you mean 'terrace'?"
run 2 blend the-zone red-dawn --weight 3
run 1 blend the-zone red-dawn -o absent/a.ini
err_has "absent/a.ini"
out_is_empty
holds

# ---- blend: what comes out ----
run 0 blend the-zone:0.3 red-dawn:0.7
cp log/out log/mix.ini
out_has "# A blend of moods: 30% the-zone, 70% red-dawn."
out_has "base = red-dawn"
out_has "elevation = 14 deg"
err_is_empty
run 0 blend the-zone:3 red-dawn:7 -o mix.ini
that "stdout is the path alone" [ "$(cat log/out)" = mix.ini ]
that "only shares of weights count" cmp mix.ini log/mix.ini
run 0 check mix.ini
run 0 blend the-zone smoke-noon:2 --camera lid -o mix.ini
that "a file that is there is replaced" grep -q "base = smoke-noon" mix.ini
run 0 presets --json
run 0 check mix.ini
run 0 blend mix.ini red-dawn -o more.ini
that "a file is named by its whole path" grep -q "A blend of moods: 50% mix, 50% red-dawn" more.ini
run 0 blend red-dawn mix.ini:2 -o more.ini
that "a file is named by its whole path" grep -qx "base = $PWD/mix.ini" more.ini
run 0 check more.ini
# on its own base: a circle
cp mix.ini before.ini
run 2 blend red-dawn mix.ini:2 -o mix.ini
err_has "base goes in a circle"
that "and nothing happens to it" cmp mix.ini before.ini
mkdir 'a#b'
cp mix.ini 'a#b/m.ini'
run 2 blend red-dawn 'a#b/m.ini:2'
err_has "cannot name this path as its base"
run 0 blend red-dawn:2 'a#b/m.ini'
rm -r 'a#b' before.ini more.ini

# ---- diff ----
run 2 diff
run 2 diff the-zone
err_has "'diff' wants two moods, not 1"
run 2 diff the-zone red-dawn smoke-noon
run 2 diff the-zone the-zon
err_has "did you mean 'the-zone'?"
out_is_empty
run 0 diff the-zone the-zone
out_is_empty
err_is_empty
run 1 diff the-zone red-dawn
out_has "[fog]"
that "values stand with their units" grep -qE '^  visibility +250 m +600 m$' log/out
that "in columns" [ "$(grep -E '^  [a-z_]+ +[-#0-9]' log/out | sed 's/^\(  [a-z_]* *\).*/\1/' | awk '{ print length }' | sort -u | wc -l)" = 1 ]
that "cameras are named" grep -qE '^  only in +lid +-$' log/out
run 1 diff the-zone red-dawn --json
out_is_json
that "the object holds numbers" python3 - <<'PY'
import json
d = json.load(open("log/out"))
assert d["a"] == "the-zone" and d["b"] == "red-dawn" and d["equal"] is False
rows = {(r["section"], r["name"]): r for r in d["rows"]}
row = rows["fog", "visibility"]
assert (row["a"], row["b"], row["unit"]) == (250, 600, "m"), row
assert rows["grade", "gain"]["a"] == "#fbf8ec"
assert d["cameras_only_in_a"] == ["hollow", "lid"] and d["first_camera_b"] == "gate"
PY
run 0 diff --json the-zone the-zone
out_has '"equal": true'
printf 'base = the-zone\n[camera.lid]\npitch = -4 deg\n[camera.hollow]\n' >lid.ini
run 1 diff the-zone lid.ini
out_has "[camera.lid]"
that "a view's row" grep -qE '^  pitch +-2 deg +-4 deg$' log/out
that "the first view" grep -qE '^  first +hollow +lid$' log/out
# what a blend of one mood alone is
run 0 blend the-zone:1 red-dawn:0 -o one.ini
run 0 diff the-zone one.ini
run 0 blend red-dawn:0 the-zone:2 -o one.ini
run 0 diff one.ini the-zone
rm lid.ini one.ini mix.ini

# ---- sheets and matches: mistakes ----
run 2 render --all the-zone
err_has "leave out 'the-zone'"
run 2 render --all --sweep sun.elevation=1:2:3
run 2 render --own
run 2 render --columns 3
err_has "--columns is for sheets"
run 2 render --all -o all.exr
err_has "a sheet is a .png or .jpg"
run 2 render --all --probe 1,1
run 2 render --all --projection equirect
run 2 render --all --bars
err_has "the pictures of a sheet have none"
run 2 render --all --clean --size 400x40
err_has "400x40 is 10:1"
run 2 render --all --size 20
err_has "--size 20 would be 20x8 here"
run 2 render --sweep sun.elevaton=1:2:3
err_has "did you mean 'sun.elevation'?"
run 2 render --sweep sun.elevation=1:2:3 --sweep sun.elevation=1:2:3
err_has "both go along sun.elevation"
run 2 render --sweep sun.elevation=1:2:3 --sweep fog.top=1:2:3 --sweep fog.lid=1:2:3
run 2 render --sweep sun.elevation=1:2:3 --sweep fog.top=1:2:3 --columns 2
run 2 render --sweep fog.top=-900:500:3
err_has "top"
run 2 render --sweep sun.elevation=1:2:64 --size 4096x64 --columns 64
err_has "give a smaller --size"
run 2 match
err_has "wants one picture"
run 2 match a.png b.png
run 1 match absent.png
err_has "absent.png"
echo "base = the-zone" >no.jpg
run 2 match no.jpg
err_has "no PNG or JPEG picture"
run 2 match no.jpg --fit exposur
err_has "did you mean 'exposure'?"
run 2 match no.jpg --mood the-zon
run 2 match no.jpg --drawings 0
rm no.jpg
holds

# ---- sheets ----
small="--size 96x40 --quality draft"
draw_first render the-zone $small -q --set sun.elevation=40 -o one.png
run 0 render the-zone $small --sweep sun.elevation=20:40:2 -o strip.png --json
out_is_json
out_has '"pictures": 2'
that "a sheet holds its pictures and its command" python3 - "$stillair" <<'PY'
import struct, zlib

def read(path):
    data = open(path, "rb").read()
    at, packed, texts = 8, b"", {}
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", body)
        if kind == b"IDAT":
            packed += body
        if kind == b"iTXt":
            key, rest = body.split(b"\0", 1)
            texts[key.decode()] = rest[4:] if rest[0] == 0 else zlib.decompress(rest[4:])
        at += 12 + size
    raw, rows, before = zlib.decompress(packed), [], bytearray(3 * width)
    for y in range(height):
        line = bytearray(raw[y * (3 * width + 1):(y + 1) * (3 * width + 1)])
        kind, line = line[0], line[1:]
        for i in range(len(line)):
            a, b = line[i - 3] if i >= 3 else 0, before[i]
            c = before[i - 3] if i >= 3 else 0
            p = a + b - c
            paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
            line[i] = line[i] + (0, a, b, (a + b) // 2, paeth)[kind] & 255
        rows.append(bytes(line))
        before = line
    return width, height, rows, texts

w, h, one, _ = read("one.png")
W, H, sheet, texts = read("strip.png")
assert (w, h) == (96, 40) and W > 2 * w and H > h
command = texts["stillair:command"].decode()
assert command.startswith("stillair render the-zone --size 96x40"), command
assert "--sweep sun.elevation=20:40:2" in command
inner = [row for row in one if any(row)]  # the picture may have a line of bars
found = [(y, x) for y in range(H - len(inner) + 1)
         for x in [sheet[y].find(inner[0])] if x >= 0
         and all(sheet[y + i][x:x + 3 * w] == inner[i] for i in range(len(inner)))]
assert len(found) == 1, found
assert found[0][1] // 3 > w, "it is the second one"
PY
run 0 render the-zone $small --sweep sun.elevation=20:40:2 --sweep 'fog.visibility=100 m:1 km:2'
that "the default name" [ "$(cat log/out)" = the-zone-sweep.png ]
rm strip.png the-zone-sweep.png
dark="--set grade.grain=0 -o dark.png"
run 3 render the-zone $small --sweep sun.elevation=-20:40:2 $dark
err_has "sun elevation -20 deg: the picture is blank"
that "a sheet with a hole is written" [ -s dark.png ]
rm dark.png
run 1 render the-zone $small --sweep sun.elevation=-30:-20:2 $dark
mkdir -p log/config/stillair/presets
echo "base = the-zone" >log/config/stillair/presets/mine.ini
run 0 render --all --own $small --camera terrace -o all.png --json
out_has '"pictures": 10'
# on_sheet SHEET PICTURE BESIDE: it is there once, and right and left of it that code of grey.
on_sheet() {
    convert "$1" -depth 8 rgb:log/sheet && convert "$2" -depth 8 rgb:log/picture &&
        python3 - "$(size "$1")" "$(size "$2")" "$3" <<'PY'
import sys
(W, H), (w, h) = (map(int, s.split("x")) for s in sys.argv[1:3])
sheet, picture = open("log/sheet", "rb").read(), open("log/picture", "rb").read()
rows = [picture[3 * w * y:3 * w * (y + 1)] for y in range(h)]
found = [(x, y) for y in range(H - h + 1)
         for x in [sheet[3 * W * y:3 * W * (y + 1)].find(rows[0]) // 3] if x >= 0
         and all(sheet.startswith(rows[i], 3 * (W * (y + i) + x)) for i in range(h))]
assert len(found) == 1, found
x, y = found[0]
for i in range(h):
    for beside in (x - 1, x + w):
        at = 3 * (W * (y + i) + beside)
        assert sheet[at:at + 3] == bytes([int(sys.argv[3])] * 3), (beside, y + i, sheet[at:at + 3])
PY
}
souper="pea-souper --camera terrace --quality draft -q"
run 0 render $souper --size 66x40 -o souper.png
that "a mood of 1.66 has no bars in a sheet of cells of 2.39" on_sheet all.png souper.png 27
run 0 render $souper --size 96 -o souper.png
run 0 render $souper --size 96 --sweep fog.top=80:100:2 -o strip.png
that "in a strip of its own it fills its cell" [ "$(size souper.png)" = 96x58 ]
run 0 render $souper --size 96 --set fog.top=80 -o souper.png
that "to the pixel" on_sheet strip.png souper.png 27
run 0 render $souper --size 96x40 --clean --sweep fog.top=80:100:2 -o strip.png
run 0 render $souper --size 96x40 --clean --set fog.top=80 -o souper.png
that "--clean fills a cell of another shape" on_sheet strip.png souper.png 27
rm souper.png strip.png
run 2 render --all $small --camera terace -o none.png
rm all.png
run 0 render the-zone $small --sweep sun.elevation=20:40:2 -o strip.jpg -q
that "a JPEG carries its command too" grep -qa "stillair render the-zone" strip.jpg
rm strip.jpg

# ---- matches ----
run 0 render the-zone --size 240x100 --quality draft -q --set grade.exposure=2.9 -o reference.png
run 0 match reference.png --mood the-zone --fit exposure --json -o found.ini
out_is_json
that "an exposure is found again" python3 - <<'PY'
import json
d = json.load(open("log/out"))
assert d["files"] == ["found.ini"] and d["drawings"] == 1
assert d["distance_after"]["sum"] < 0.25 * d["distance_before"]["sum"], d
(fitted,) = d["fitted"]
assert fitted["key"] == "grade.exposure" and fitted["before"] == "1.7 EV"
assert abs(float(fitted["after"].split()[0]) - 2.9) < 0.15, fitted
PY
run 0 check found.ini
cp found.ini 'a#b.ini'
run 2 match reference.png --mood ./a#b.ini -o never.ini
err_has "cannot name this path as its base"
run 2 match reference.png --mood found.ini -o found.ini
err_has "base goes in a circle"
rm 'a#b.ini'
run 1 diff the-zone found.ini
that "nothing else has changed" [ "$(grep -c '^  [a-z]' log/out)" = 1 ]
# Between two walls over the fog: inside it nothing tells of the sun, and far above it nothing of its visibility.
run 0 render drowned-skyline --camera narrows --size 240x100 --quality draft -q --set sun.elevation=20 \
    --set 'fog.visibility=700 m' -o reference.png
run 0 match reference.png --mood drowned-skyline --camera narrows --fit sun,visibility --drawings 26 --json
that "the default name" [ -s drowned-skyline-matched.ini ]
that "sun and visibility are found again" python3 - <<'PY'
import json
d = json.load(open("log/out"))
assert d["drawings"] <= 27 # and the start
assert d["distance_after"]["sum"] < 0.4 * d["distance_before"]["sum"], d
found = {f["key"]: float(f["after"].split()[0]) for f in d["fitted"]}
assert abs(found["sun.elevation"] - 20) < 1.5, found
assert 0.6 < found["fog.visibility"] / 700 < 1.6, found
PY
run 0 match reference.png --mood the-zone --camera lid --fit sun,visibility --drawings 3 -q -o few.ini
cp few.ini log/few.ini
run 0 match reference.png --mood the-zone --camera lid --fit sun,visibility --drawings 3 -q -o few.ini
that "the same search finds the same" cmp few.ini log/few.ini
rm -f few.ini found.ini drowned-skyline-matched.ini reference.png one.png
holds
finish
