# Pictures from the command line: the same bytes every time, whole or not at all.
. "$(dirname "$0")/cli_lib.sh"
small="--size 96x40 --samples 1 --set things.amount=0"

draw_first render $small -o first.png
that "stdout is the path alone" [ "$(cat log/out)" = first.png ]
holds first.png

# ---- the same bytes, whatever the thread count and the order of options ----
run 0 render $small -o again.png
err_is_empty # the world is kept by now: too quick for a line of progress
that "the same picture twice" cmp first.png again.png
run 0 render --threads 1 haven-morning -o one.png $small
that "one thread: the same picture" cmp first.png one.png
run 0 render --threads 2 $small -o x.png -o two.png
that "two threads: the same picture" cmp first.png two.png
last="LP_NUM_THREADS=1 stillair render $small" code=0
LP_NUM_THREADS=1 "$stillair" render $small -o lp.png >log/out 2>log/err || code=$?
that "one thread of the rasteriser: the same picture" cmp first.png lp.png
run 0 render $small --data "$root" -o data.png
that "shaders from disk: the same picture" cmp first.png data.png
rm -f again.png one.png two.png lp.png data.png

# ---- things: none are none, and those that stand are there ----
bare="--size 96x40 --samples 1"
rows="trees orchards pines shrubs boulders grass reeds walls fences" none="--set thing.walker.kind=none --set thing.watcher.kind=none"
for row in $rows; do none="$none --set things.$row=0"; done
run 0 render $bare --camera orchard --set things.amount=0 -o bare.png
run 0 render $bare --camera orchard $none --set things.pylons=none --set things.poles=none -o none.png
pixels() { convert "$1" rgb:-; }
that "an amount of 0 and none of each: the same picture" [ "$(pixels bare.png | cksum)" = "$(pixels none.png | cksum)" ]
run 0 render $bare --camera orchard -o stands.png
that "an orchard is another picture" [ "$(pixels bare.png | cksum)" != "$(pixels stands.png | cksum)" ]
rm -f bare.png none.png stands.png

# ---- a picture renders as itself ----
run 0 render first.png -o copy.png
that "a PNG renders as itself" cmp first.png copy.png
run 0 render --size 96x40 --quality draft -o draft.png
that "a draft is another picture" [ "$(cmp first.png draft.png >log/err; echo $?)" = 1 ]
run 0 render draft.png -o copy.png
that "with its quality, and the one sample of that" cmp draft.png copy.png
rm draft.png
run 2 render --quality best -o no.png
err_has "--quality wants draft, good or final, not 'best'"
run 0 render --size 48x48 --samples 2 --seed 12 --set 'sun.elevation=20 deg' -o other.png
that "another seed is another picture" [ "$(cmp first.png other.png >log/err; echo $?)" = 1 ]
run 0 render other.png -o copy.png
that "with its seed, sets, size and samples" cmp other.png copy.png
mv copy.png renamed.png
run 0 render renamed.png -o copy.png
that "whatever its name" cmp other.png copy.png
run 0 render other.png --size 16x16 -o copy.png
that "unless told otherwise" [ "$(cmp -s other.png copy.png; echo $?)" = 1 ]
run 0 check other.png
run 2 render other.png
err_has "say where with -o"
run 0 render --set land.seed=3 --seed 12 $small -o a.png
run 0 render --seed 12 $small -o b.png
that "the last --set or --seed wins" cmp a.png b.png
run 0 render $small --neutral -o plain.png
that "in neutral light it is another picture" [ "$(cmp -s first.png plain.png; echo $?)" = 1 ]
run 0 render plain.png -o copy.png
that "which renders as itself" cmp plain.png copy.png
run 0 show --preset plain.png
that "with clear air and a plain print" grep -qx 'load = 0' log/out
that "and a high sun" grep -q '^elevation = 35 deg' log/out
run 0 render $small --set sun.elevation=3 --neutral -o low.png
run 0 show --preset low.png
that "--set is stronger" grep -q '^elevation = 3 deg' log/out
rm plain.png low.png
that "the texts stand before the pixels" python3 - <<'PY'
import struct, zlib
data = open("other.png", "rb").read()
at, order, texts = 8, [], {}
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    assert struct.unpack(">I", data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(kind + body)
    order.append(kind)
    if kind == b"iTXt":
        key, rest = body.split(b"\0", 1)
        texts[key] = rest[4:]
    at += 12 + size
assert order[0] == b"IHDR" and order[-1] == b"IEND"
assert order.index(b"IDAT") > max(i for i, k in enumerate(order) if k in (b"iTXt", b"sRGB", b"pHYs"))
assert texts[b"stillair:size"] == b"48x48", texts
assert texts[b"stillair:samples"] == b"2"
assert texts[b"stillair:seed"] == b"12"
assert texts[b"Software"] == b"stillair 0.2.0"
assert texts[b"stillair:camera"]
assert b"[sun]" in texts[b"stillair:preset"]
PY
rm -f a.png b.png copy.png other.png renamed.png

# ---- the shape of the file: the mood's own, with bars, filled ----
draft="--quality draft -q"
for shape in haven-morning:1920x804 smoke-noon:1920x1038 pea-souper:1920x1156; do
    run 2 render ${shape%:*} --region none # says the size and draws nothing
    err_has "inside ${shape#*:}"
done
run 2 render pea-souper --size 640 --region none
err_has "inside 640x386"
run 0 render smoke-noon --size 96 $draft -o own.png
that "a width alone takes the mood's aspect" [ "$(size own.png)" = 96x52 ]
that "without bars" has_no_bars own.png
run 0 render own.png --size 64 -q -o again.png
that "in another size with its aspect" [ "$(size again.png)" = 64x34 ]
run 0 render --size 96 --bars $draft -o bars.png --json
that "--bars is 16:9" [ "$(size bars.png)" = 96x54 ]
that "a bar of 7 rows above, and the picture" \
    [ "$(light bars.png 96x7+0+0)" = 0 -a "$(light bars.png 96x1+0+7)" -gt 0 ]
that "and one below" [ "$(light bars.png 96x7+0+47)" = 0 -a "$(light bars.png 96x1+0+46)" -gt 0 ]
that "its print is that of the picture inside" print_is bars.png 96x40+0+7
run 0 render bars.png -q -o again.png
that "it renders itself again" cmp bars.png again.png
run 0 render own.png --bars -q -o again.png
that "a picture can get bars, as wide as it is" \
    [ "$(size again.png) $(light again.png 96x1+0+0)" = "96x54 0" ]
run 0 render bars.png --clean -q -o again.png
that "and lose them in its size" [ "$(size again.png)" = 96x54 ]
that "all of them" has_no_bars again.png

run 0 render --clean --size 96x60 $draft -o clean.png
that "--clean fills any shape" has_no_bars clean.png
run 0 show --preset clean.png
that "its preset says so" [ "$(grep -cxE '(grain|vignette) = 0|aspect = 1.6' log/out)" = 3 ]
run 0 verify clean.png
out_has "clean.png: identical"
run 0 render --clean --size 96x60 $draft --set grade.grain=9 --set grade.vignette=1 \
    --set grade.aspect=3 -o again.png
that "whatever was set" cmp clean.png again.png
run 2 render --bars --size 96x54
err_has "--bars makes the file 16:9, and --size 96x54 says its shape too; give the width alone, --size 96"
run 2 render --bars --clean
err_has "--bars and --clean do not go together: --clean leaves no bars"
run 2 render --bars -o m.exr
err_has "measured light has no bars"
run 2 render --bars --region 0,0,16x16
err_has "a --region has no bars"
run 2 render --bars --projection cubemap
err_has "a whole sphere has no bars"
run 2 render --clean --size 400x40
err_has "400x40 is 10:1, and a picture's aspect is from 0.5 to 4"
run 2 render --size 30
err_has "--size 30 would be 30x12 here"
run 2 render --size 20000 --set grade.aspect=0.5
err_has "--size 20000 would be 20000x40000 here"
rm own.png bars.png clean.png again.png

# ---- built worlds are kept ----
one="$small --set land.grid=512 -o c.png"
run 0 render $one --no-cache -v
err_has "world: built"
cp c.png plain.png
run 0 render $one --cache log/worlds -v
err_has "it is not there yet; building"
that "--cache keeps one world" [ "$(ls -A log/worlds | wc -l)" = 1 ]
that "and draws the same picture" cmp c.png plain.png
run 0 render $one --no-cache --cache log/worlds -v
err_has "world: read from log/worlds/world-"
that "a world that is read gives the same picture" cmp c.png plain.png
world=$(echo log/worlds/world-*)
printf 'x' | dd of="$world" bs=1 seek=4096 conv=notrunc 2>/dev/null
run 0 render $one --cache=log/worlds -v
err_has "its planes are damaged; building"
that "a damaged world is built anew" cmp c.png plain.png
run 0 render $one --cache=log/worlds -v
err_has "world: read from"
rm -r log/worlds
run 0 render $one --cache log/worlds --no-cache -v
err_has "world: built"
that "--no-cache keeps none" [ ! -e log/worlds ]
run 0 render $one --cache /proc/worlds
err_has "stillair: warning: the world is not kept for the next time: /proc/worlds: "
that "that is no failure" cmp c.png plain.png
run 0 render $one --cache /proc/worlds -q
err_is_empty
that "without options it is the user's cache" [ -n "$(ls "$XDG_CACHE_HOME"/stillair/world-*)" ]
rm -f c.png plain.png

# ---- air that cannot be had ----
run 0 render $small --set haze.visibility=100m -o thick.png
err_has "stillair: warning: fog.visibility = 300 m is out of reach"
run 0 render $small --set haze.visibility=100m -q -o thick.png
err_is_empty
rm -f thick.png

# ---- where it goes ----
run 0 render $small
that "the default name is the preset's" cmp first.png haven-morning.png
run 0 render $small -o first.png
that "-o overwrites" cmp first.png haven-morning.png
run 0 render $small -o here.png --json -q
out_is_json
that "JSON says what and how long" python3 - <<'PY'
import json
j = json.load(open("log/out"))
assert j["files"] == ["here.png"] and j["samples"] == 1 and j["seconds"] > 0, j
PY
that "and how bright" print_is here.png 96x40+0+0
run 0 render $small -o here.png --json -q --resume
that "nothing was drawn, so nothing is told of it" [ "$(grep -c print log/out)" = 0 ]
name=$'odd "name" \\ \xc3\xa9.png'
run 0 render $small -o "$name" --json
out_is_json
run 0 render $small -o here.png -v
err_has "OpenGL: "
that "-v says nothing on stdout" [ "$(cat log/out)" = here.png ]
rm -f here.png haven-morning.png "$name"

# ---- where it cannot go ----
run 1 render -o absent/a.png
err_has "absent/a.png: cannot create a file in its folder: No such file or directory"
mkdir folder
run 1 render -o folder
err_has "folder: is a folder"
run 1 render -o /proc/a.png
err_has "/proc/a.png"
if [ "$(id -u)" != 0 ]; then
    chmod 555 folder
    run 1 render -o folder/a.png
    err_has "Permission denied"
fi
rmdir folder
: >log/out
last="stillair render, with a limit of 2 KiB a file" code=0
cp first.png old.png
(
    ulimit -f 2
    exec "$stillair" render $small --seed 5 -o old.png >/dev/null 2>log/err
) || code=$?
that "a full disk is exit code 1" [ "$code" = 1 ]
err_has "old.png: cannot write: File too large"
that "a full disk leaves the old file" cmp first.png old.png
rm old.png
holds first.png
mkdir disk
if mount -t tmpfs -o size=4k none disk 2>/dev/null; then
    run 1 render $small -o disk/a.png
    err_has "disk/a.png: cannot write: No space left on device"
    that "a full disk holds nothing" [ -z "$(ls -A disk)" ]
    umount disk
fi
rmdir disk

# ---- interrupted ----
for signal in INT TERM; do
    "$stillair" render --size 640x270 --samples 4096 -o cut.png >log/out 2>log/err &
    pid=$!
    last="stillair render, with SIG$signal" code=0
    sleep 1.5
    kill -s $signal $pid
    wait $pid || code=$?
    that "SIG$signal is exit code 4" [ "$code" = 4 ]
    # Before the first samples there is nothing to keep; after them the picture holds those.
    if [ -e cut.png ]; then
        err_has "stopped: cut.png holds"
        out_has "cut.png"
        rm cut.png
    else
        err_has "interrupted; cut.png was not written"
        out_is_empty
    fi
    holds first.png
done

# ---- a terminal ----
if script -qec true /dev/null >/dev/null 2>&1; then
    TERM=xterm script -qec "'$stillair' render $small --samples 8 -o bar.png" /dev/null \
        >log/out 2>log/err </dev/null
    last="stillair render, on a terminal" code=$?
    that "it ends well on a terminal" [ "$code" = 0 ]
    that "a bar is drawn" grep -q '\[#*\.*\] *[0-9]*%' log/out
    that "and wiped off" [ "$(tr '\r' '\n' <log/out | grep -c 'bar.png$')" = 1 ]
    TERM=xterm script -qec "'$stillair' render $small -q -o bar.png" /dev/null >log/out 2>log/err
    that "-q draws none" [ "$(tr -d '\r' <log/out)" = bar.png ]
    rm -f bar.png
    TERM=xterm NO_COLOR=1 script -qec "'$stillair' render --size 1" /dev/null >log/out 2>log/err
    that "no colour with NO_COLOR" [ "$(grep -c "$(printf '\033')" log/out)" = 0 ]
    TERM=xterm script -qec "'$stillair' render --size 1" /dev/null >log/out 2>log/err
    that "colour on a terminal" [ "$(grep -c "$(printf '\033')\[1;31m" log/out)" = 1 ]
else
    echo "NOTE: no pseudo-terminal can be had here; the bar and the colours were not tested"
fi
finish
