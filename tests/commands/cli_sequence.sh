# Sequences from the command line: frames along a path, shares, what goes on after a fall, streams.
. "$(dirname "$0")/cli_lib.sh"
small="--size 96x40 --quality draft --set things.amount=0"

cat >log/fly.ini <<'INI'
base = haven-morning
[path.fly]
duration = 0.25 s
camera = shore
camera.x = 0 s: 0 m, 0.25 s: 20 m
camera.yaw = 0 s: -10 deg, 0.25 s: 10 deg
sun.elevation = 0 s: 9 deg, 0.25 s: 12 deg
[path.stand]
duration = 0.25 s
[path.grade]
grade.grain = 0 s: 0, 0.25 s: 12
grade.vignette = 0 s: 1, 0.25 s: 0
INI
fly=log/fly.ini

# python: the texts of a picture as "key value" lines.
row() {
    python3 - "$1" "$2" "$3" <<'PY'
import re, struct, sys
data, at, text = open(sys.argv[1], "rb").read(), 8, ""
while at < len(data):
    size, kind = struct.unpack(">I4s", data[at:at + 8])
    body = data[at + 8:at + 8 + size]
    if kind == b"iTXt" and body.startswith(b"stillair:preset\0"):
        text = body.split(b"\0", 1)[1][4:].decode()
    at += 12 + size
section = re.search(r"^\[" + sys.argv[2] + r"(?:\.\w+)?\]\n(.*?)(?:^\[|\Z)", text, re.S | re.M).group(1)
print(re.search("^" + sys.argv[3] + " = (.*)$", section, re.M).group(1))
PY
}

draw_first render $fly $small --frames all -o out/f.####.png
for n in 1 2 3 4 5 6; do echo out/f.000$n.png; done >log/names
that "stdout is the files" cmp log/out log/names
that "and there are no others" [ "$(ls out | wc -l)" = 6 ]
that "frame 1 is the path's start" [ "$(row out/f.0001.png sun elevation)" = "9 deg" ]
that "the wind blows" [ "$(row out/f.0001.png wind time) $(row out/f.0004.png wind time)" = "0 s 0.125 s" ]
that "it moves" [ "$(row out/f.0001.png camera x)" = "0 m" ]
that "halfway it is in the middle" [ "$(row out/f.0004.png camera x)" = "10 m" ]
that "of its camera" grep -qa "camera.shore" out/f.0001.png
that "frames differ" [ "$(cat out/*.png | wc -c)" -gt 0 ] && ! cmp -s out/f.0003.png out/f.0004.png

# ---- a frame is a still: however it is come to ----
run 0 render out/f.0004.png -o still.png
that "a frame renders as itself" cmp still.png out/f.0004.png
run 0 render $fly $small --frames 4 -o alone.png
that "a frame alone is the same" cmp alone.png out/f.0004.png
run 0 render $fly $small --frames 1-6 --chunk 2/3 -o share%d.png
that "a share" [ "$(cat log/out | tr '\n' ' ')" = "share3.png share4.png " ]
that "of a share too" cmp share4.png out/f.0004.png
run 0 render $fly $small --frames 2-6:2 --json -o step##.png
out_is_json
that "every second" [ "$(ls step*.png | tr '\n' ' ')" = "step02.png step04.png step06.png " ]
that "with a step too" cmp step04.png out/f.0004.png
run 0 render $fly $small --frames 7 --fps 48 -o fast.png
that "twice as many are half as far" [ "$(row fast.png camera x)" = "10 m" ]
run 0 render $fly $small --path stand --frames 4 -o stand.png
that "another path" [ "$(row stand.png camera x) $(row stand.png wind time)" = "0 m 0.125 s" ]
that "from the preset's first camera" grep -qa "camera.islands" stand.png
run 0 render $fly $small --path none --frames 4 -o wind.png
that "none: only the wind blows" [ "$(row wind.png camera x) $(row wind.png wind time)" = "0 m 0.125 s" ]
run 0 render $fly $small --camera terrace --frames 1 -o terrace.png
that "--camera wins" grep -qa "camera.terrace" terrace.png
rm -f ./*.png

# ---- grain is each frame's own, and nothing else moves where nothing moves ----
halves() {
    head -c $((96 * 40 * 3)) log/out >log/one
    tail -c $((96 * 40 * 3)) log/out >log/two
}
run 0 render $fly $small --path stand --frames 1-2 -o - --set wind.speed=0 --set grade.grain=20
halves
that "grain differs from frame to frame" [ "$(cmp -s log/one log/two; echo $?)" = 1 ]
run 0 render $fly $small --path stand --frames 1-2 -o - --set wind.speed=0 --set grade.grain=0
halves
that "without it, what stands still is the same" cmp log/one log/two

# ---- grade.auto looks at the whole path once: nothing pumps, and shares agree ----
automatic="$fly $small --set grade.auto=on"
run 0 render $fly $small --frames 1 -o plain.png
run 0 render $automatic --frames all -o auto#.png
for n in 1 2 3 4 5 6; do
    echo "$(row auto$n.png grade black) $(row auto$n.png grade white)"
done | sort -u >log/prints
that "all frames have one black and one white" [ "$(wc -l <log/prints)" = 1 ]
that "which are not the mood's" [ "$(cat log/prints)" != "$(row plain.png grade black) $(row plain.png grade white)" ]
run 0 render $automatic --frames all --chunk 2/3 -o share#.png
that "a share's are the same" cmp auto4.png share4.png
run 0 render $automatic --frames all --resume -o auto#.png
that "those that are there are known" grep -q "6 of 6 frames are there already" log/err
run 0 verify auto3.png
rm -f ./*.png
# ---- --clean is for every frame ----
run 0 render $fly --path grade --size 96x54 --quality draft --clean --frames 1-4 -o c.##.png
for n in 1 4; do
    that "frame $n has neither grain nor vignette, and fills its file" [ "$(row c.0$n.png grade grain) \
$(row c.0$n.png grade vignette) $(row c.0$n.png grade aspect)" = "0 0 1.7777778" ]
    that "as one sees" has_no_bars c.0$n.png
done
run 0 verify c.04.png
out_has "c.04.png: identical"
run 0 render $fly --path grade --size 96x54 --quality draft --clean --frames 1-4 -o c.##.png --resume
err_has "4 of 4 frames are there already"
run 0 render $fly --size 96 --quality draft --frames 1 -o c.png
that "a width alone" [ "$(size c.png)" = 96x40 ]
rm ./c.*

# ---- a job that fell goes on ----
cp -r out before
rm out/f.0002.png
truncate -s -20 out/f.0003.png
run 0 render $fly $small --samples 2 --frames 5 -o out/f.####.png
run 0 render $fly $small --frames all -o out/f.####.png --resume --json
err_has "3 of 6 frames are there already"
that "three were drawn" grep -q '"drawn": 3' log/out
that "and all are as they were" diff -r out before
run 0 render $fly $small --frames all -o out/f.####.png --resume
err_has "6 of 6 frames are there already"
that "all files are told" cmp log/out log/names
rm out/f.0002.png
mkdir out/f.0002.png
run 3 render $fly $small --frames 1-3 -o out/f.####.png
err_has "frame 2: "
err_has "1 of 3 frames are missing"
that "the others are told" [ "$(tr '\n' ' ' <log/out)" = "out/f.0001.png out/f.0003.png " ]
rm -r out before

last="stillair render --frames 1-400 with SIGINT" code=0
"$stillair" render $fly $small --frames 1-400 -o out/f.####.png >log/out 2>log/err &
for _ in $(seq 300); do [ -e out/f.0002.png ] && break; sleep 0.1; done
kill -INT $!
wait $! || code=$?
that "an interrupt is exit code 4" [ "$code" = 4 ]
err_has "the same command with --resume goes on"
that "nothing is half there" [ -z "$(find out -name '.*.tmp')" ]
rm -r out

# ---- measured light ----
run 0 render $fly $small --frames 1-2 -o m.##.exr
cp m.02.exr log/m.exr
truncate -s -9 m.02.exr
run 0 render $fly $small --frames 1-2 -o m.##.exr --resume
err_has "1 of 2 frames are there already"
that "it is drawn again" cmp m.02.exr log/m.exr
rm ./*.exr

# ---- one after another ----
run 0 render $fly $small --frames 1-3 -o -
that "raw frames" [ "$(wc -c <log/out)" = $((3 * 96 * 40 * 3)) ]
run 0 render $fly $small --frames 1-2 -o - --stream png
that "two PNGs" [ "$(grep -ac IHDR log/out)" = 2 ]
run 0 render $fly $small --frames 1 -o one.png
run 0 render $fly $small --frames 1 -o - --stream png
cp log/out log/streamed.png
that "a streamed PNG carries the frame's preset" "$stillair" check -q log/streamed.png
if command -v compare >/dev/null; then
    that "and its pixels" [ "$(compare -metric AE log/streamed.png one.png null: 2>&1)" = 0 ]
fi
rm one.png
last="stillair render -o - | true" code=0
{ "$stillair" render $fly $small --frames 1-9 -o - 2>log/err || echo $? >log/code; } | true
that "a reader that goes away is a failure" [ "$(cat log/code)" = 1 ]
err_has "went away"
holds

if command -v ffmpeg >/dev/null; then
    for kind in mp4 webm mov; do
        run 0 render $fly $small -o fly.$kind
        that "stdout is the video" [ "$(cat log/out)" = fly.$kind ]
        holds fly.$kind
        that "it has the path's frames" [ "$(ffprobe -v error -count_frames -show_entries \
            stream=width,height,r_frame_rate,nb_read_frames,color_space -of csv=p=0 fly.$kind)" = 96,40,bt709,24/1,6 ]
        rm fly.$kind
    done
    run 2 render $fly --size 97x40 -o odd.mp4
    err_has "give --size 98x40"
    last="stillair render -o slow.mp4 with SIGINT" code=0
    "$stillair" render $fly $small --frames 1-400 -o slow.mp4 >log/out 2>log/err &
    for _ in $(seq 300); do [ -n "$(ls -A | grep tmp)" ] && break; sleep 0.1; done
    kill -INT $!
    wait $! || code=$?
    that "an interrupted video is exit code 4" [ "$code" = 4 ]
    err_has "interrupted; the video is not whole"
    holds
    mkdir bin
    printf '#!/bin/sh\necho "no such encoder" >&2\nexit 1\n' >bin/ffmpeg
    chmod +x bin/ffmpeg
    PATH=$PWD/bin:$PATH run 1 render $fly $small -o bad.mp4
    err_has "bad.mp4: ffmpeg failed: no such encoder"
    rm -r bin
    holds
elif [ -n "${CI:-}" ]; then
    last=ffmpeg code=127
    fail "there is no ffmpeg, and in CI there must be"
fi
mkdir nothing
PATH=$PWD/nothing run 1 render $fly $small -o no.mp4
err_has "needs ffmpeg"
rmdir nothing
holds

# ---- what is no sequence ----
run 2 render $fly $small --frames 1-3 -o one.png
err_has "write #### where the number goes"
run 2 render $fly $small --frames 3-1 -o f#.png
err_has "runs backwards"
run 2 render $fly $small --path flie -o f#.png
err_has "no path 'flie'; did you mean 'fly'? paths: fly, stand"
echo "title = still" >log/still.ini
run 2 render log/still.ini $small --frames all -o f#.png
err_has "the preset has no path"
run 2 render $fly $small --path none -o f#.png
err_has "say which frames with --frames A-B"
run 2 render $fly $small --chunk 1/2 -o f#.png
err_has "--chunk is for a sequence; say which with --frames A-B"
run 2 render $fly $small --frames 1-2 --fps 0 -o f#.png
err_has "--fps wants a number"
run 2 render $fly $small --frames 1-2 --stream png -o f#.png
err_has "add -o -"
run 2 render $fly $small --frames 1-2 --resume -o x.mp4
err_has "--resume is for frames in files of their own"
run 2 render $fly $small --frames 1-2 --json -o -
err_has "both want stdout"
run 0 presets --json
out_is_json
that "paths are listed" grep -q '"crane"' log/out
run 2 render $fly $small --frames 1-2 --probe 1,1 -o f#.png
err_has "--probe is for one picture"
run 2 render $fly $small --frames 1-2 --set 'fog.base=340 m' --set 'fog.top=330 m' -o f#.png
holds

finish
