# The command line as a user types it, where no picture is drawn.
. "$(dirname "$0")/cli_lib.sh"

# ---- help and version ----
run 0 --version
that "the version is one line" [ "$(cat log/out)" = "stillair 0.2.0" ]
err_is_empty
run 0 --version -v
that "-v adds nothing to the version" [ "$(cat log/out)" = "stillair 0.2.0" ]
run 0 --help
for command in render map places air export presets params check; do
    out_has "  $command "
done
out_has "Example:"
err_is_empty
for command in render map places air export presets params check; do
    run 0 $command --help
    out_has "Usage: stillair $command"
    out_has "--help"
    out_has "Example:"
    out_has "  stillair $command"
    err_is_empty
    run 0 $command -h
done
run 2
err_has "Usage: stillair COMMAND"
out_is_empty

# ---- mistakes of usage ----
run 2 rendr
err_has "stillair: error: unknown command 'rendr'; did you mean 'render'?"
run 2 xyzzy
err_has "unknown command 'xyzzy'; see 'stillair --help'"
run 2 haven-morning
err_has "did you mean 'stillair render haven-morning'?"
run 2 --json render
err_has "the command comes first"
run 2 -q render
err_has "write 'stillair render ...' first"
run 2 render --siez 96x40
err_has "unknown option '--siez'; did you mean '--size'?"
err_has "stillair render --help"
run 2 render --frmaes 3
err_has "unknown option '--frmaes'; did you mean '--frames'?"
run 2 render --size 96x
err_has "--size wants a width in pixels or WIDTHxHEIGHT, each from 16 to 32768"
run 2 render --size 0x40
run 2 render --samples 0
err_has "from 1 to 4096"
run 2 render --threads none
run 2 render --samples
err_has "--samples needs a value: --samples N"
run 2 render a.ini b.ini
err_has "'b.ini' is one preset too many"
run 2 render --size 96x40 -o a.tif
err_has "stillair writes PNG"
run 2 presets all
run 2 params all
run 2 check
err_has "at least one file"
holds

# ---- mistakes in presets ----
run 2 render haven-mornin
err_has "haven-morning"
run 2 render absent.ini
err_has "absent.ini"
run 2 render --set fog.visiblity=3
err_has "--set fog.visiblity=3: "
err_has "did you mean 'fog.visibility'?"
run 2 render --set fog.top=banana --set sun.elevatoin=3 --seed x
err_has "fog.top=banana"
err_has "did you mean 'sun.elevation'?"
err_has "land.seed=x"
run 2 render --set nonsense
err_has "nonsense"
run 2 render --camera nowhere
err_has "no camera 'nowhere'"
err_has "cameras: "
camera=$("$stillair" presets --json | python3 -c '
import json, sys
for p in json.load(sys.stdin)["presets"]:
    if p["name"] == "haven-morning":
        print(p["cameras"][0])')
run 2 render --camera "${camera}x"
err_has "did you mean '$camera'?"

cat >five.ini <<'INI'
base = haven-morning
[sun]
elevation = 9 metres
elevatoin = 3 deg
[fgo]
top = 3 m
[fog]
top = 99999 km
[ground]
rock = #12
INI
cp five.ini keep.ini
run 2 check five.ini
for line in 3 4 5 8 10; do
    err_has "five.ini:$line: "
done
err_has "did you mean 'sun.elevation'?"
that "five mistakes, five lines" [ "$(grep -c '^five.ini:' log/err)" = 5 ]
out_is_empty
that "check leaves the file alone" cmp five.ini keep.ini
run 2 render five.ini --size 96x40
that "render says them all too" [ "$(grep -c '^five.ini:' log/err)" = 5 ]
printf 'base = haven-morning\n[sun]\nelevation = 12 deg\n' >good.ini
run 0 check good.ini
that "check says ok" [ "$(cat log/out)" = "good.ini: ok" ]
err_is_empty
run 2 check good.ini five.ini good.ini absent.ini
that "each good file is ok" [ "$(grep -c 'good.ini: ok' log/out)" = 2 ]
err_has "absent.ini"
run 2 check .
run 2 check /dev/null/x
head -c 1000 /dev/urandom >noise.ini
run 2 check noise.ini
printf '\211PNG\r\n\032\n' >stub.png
run 2 check stub.png
err_has "stub.png"
rm -f five.ini keep.ini good.ini noise.ini stub.png

# ---- what ships is right ----
run 0 presets
out_has "haven-morning"
run 0 presets --json
out_is_json
run 0 presets --data "$root"
out_has "haven-morning"
run 1 presets --data /nonexistent
err_has "/nonexistent"
names=$("$stillair" presets --json | python3 -c '
import json, sys
for p in json.load(sys.stdin)["presets"]:
    assert p["title"], p
    print(p["name"])')
that "there are presets" [ -n "$names" ]
for name in $names; do
    run 0 check "$name"
    out_has "$name: ok"
    run 0 check "$root/presets/$name.ini"
done

# ---- own presets ----
own=$XDG_CONFIG_HOME/stillair/presets
mkdir -p "$own"
printf 'base = the-zone\ntitle = My own valley\n[camera.here]\nx = 1 m\n' >"$own/valley.ini"
printf '[sun]\nelevation = 80 deg\n' >"$own/the-zone.ini" # a shipped name: only its path reaches it
run 0 presets
out_has "My own valley"
that "shipped ones come first" [ "$(tail -n 1 log/out | cut -d' ' -f1)" = valley ]
run 0 presets --json
that "one is my own" [ "$(python3 -c '
import json, sys
print([p["name"] for p in json.load(sys.stdin)["presets"] if p["own"]])' <log/out)" = "['valley']" ]
run 0 check valley
run 0 air valley
run 2 check valey
err_has "did you mean 'valley'?"
err_has "your own: valley"
printf 'base = valley\n' >built.ini
run 0 check built.ini
printf '[fog]\ntpo = 3 m\n' >"$own/broken.ini"
run 2 presets
err_has "broken.ini:2: unknown key 'fog.tpo'"
out_has "valley"
rm -r "$XDG_CONFIG_HOME" built.ini

run 0 params
out_has "fog.top"
run 0 params --markdown
out_has "| \`top\`"
run 0 params --json
out_is_json
out_has "fog.top"

# ---- standard output that cannot be written ----
if [ -e /dev/full ]; then
    last="stillair params >/dev/full" code=0
    "$stillair" params >/dev/full 2>log/err || code=$?
    that "a full standard output is a failure" [ "$code" = 1 ]
    err_has "cannot write to standard output"
fi

# ---- no OpenGL ----
last="stillair render, without an OpenGL driver" code=0
: >log/out
__EGL_VENDOR_LIBRARY_FILENAMES=/nonexistent "$stillair" render --size 96x40 --samples 1 -o no.png \
    >log/out 2>log/err || code=$?
that "no OpenGL is exit code 5" [ "$code" = 5 ]
err_has "stillair: error: "
out_is_empty
holds
finish
