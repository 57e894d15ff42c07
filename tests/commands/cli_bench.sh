# Frame times over a fixed flight. Figures are compared with one another, never with a clock.
. "$(dirname "$0")/cli_lib.sh"

# ---- wrong usage ----
run 2 bench --flight defalt
err_has "did you mean 'default'?"
out_is_empty
run 2 bench --flight xyzzy
err_has "the flights: default, low, high, ahead, turn, rest"
run 2 bench --frames 0
run 2 bench --frames many
run 2 bench --size 320
run 2 bench --warm-up -1
run 2 bench --rate 0
run 2 bench haven-mornin
run 2 bench one two
err_has "stillair bench --help"
run 2 bench --camera nowhere
out_is_empty
run 0 bench --help
out_has "stillair bench the-zone"
err_is_empty

# ---- a short flight ----
bench=(bench haven-morning --size 128x72 --warm-up 2)
draw_first "${bench[@]}" --frames 6 --json
out_is_json
cp log/out first.json
that "every key, and figures that agree with one another" python3 - <<'PY'
import json, math
r = json.load(open("first.json"))
assert (r["preset"], r["flight"], r["width"], r["height"]) == ("haven-morning", "default", 128, 72)
assert (r["warm_up"], r["frames"], r["rate_per_s"]) == (2, 6, 30)
assert r["opengl"] and r["first_frame_since"] in ("process", "command")
assert 0 < r["median_ms"] <= r["p95_ms"] <= r["p99_ms"] <= r["max_ms"] <= r["sum_ms"]
assert 3 * r["median_ms"] <= r["sum_ms"] * 1.001  # half of the frames take the median or more
assert r["sum_ms"] <= 6 * r["max_ms"] * 1.001
# Between the frames only the figures are noted and progress is told: 2%, and a millisecond a frame.
assert r["sum_ms"] <= r["wall_ms"] * 1.001
assert r["wall_ms"] <= 1.02 * r["sum_ms"] + 6, (r["wall_ms"], r["sum_ms"])
assert r["first_frame_ms"] > 0 and r["triangles"] >= 0 and r["peak_rss_kib"] > 1024
assert r["rest_samples"] >= 0
assert 0 < r["internal_width"] <= 128 and 0 < r["internal_height"] <= 72
assert r["passes_ms"] and r["passes_ms"].keys() == r["passes_mean_ms"].keys()
assert all(ms >= 0 for ms in [*r["passes_ms"].values(), *r["passes_mean_ms"].values()])
assert sum(r["passes_mean_ms"].values()) > 0
assert r["passes_max_ms"].keys() == r["passes_ms"].keys()
assert all(r["passes_max_ms"][k] >= r["passes_mean_ms"][k] * 0.999 for k in r["passes_ms"])
keys = ["fill_ms", "arithmetic_gflops", "texture_rgba8_ms", "texture_rgba8_3d_ms",
        "texture_rgba32f_ms", "mesh_mtri_per_s"]
for name in ("yardstick", "yardstick_before", "yardstick_after"):
    assert list(r[name]) == keys and all(v > 0 for v in r[name].values()), name
for k in keys:
    mean = (r["yardstick_before"][k] + r["yardstick_after"][k]) / 2
    assert math.isclose(r["yardstick"][k], mean, rel_tol=1e-3), k
PY

# What does not depend on the clock is the same again.
run 0 "${bench[@]}" --frames 6 --no-yardstick --json -q
err_is_empty
cp log/out again.json
that "the same flight" python3 - <<'PY'
import json
a, b = json.load(open("first.json")), json.load(open("again.json"))
assert [k for k in a if not k.startswith("yardstick")] == list(b) and a["passes_ms"].keys() == b["passes_ms"].keys()
assert (a["width"], a["height"], a["frames"]) == (b["width"], b["height"], b["frames"])
PY
rm first.json again.json

# ---- text ----
for flight in high low turn rest; do
    words=()
    [ $flight = rest ] || words=(--no-yardstick) # the last one's text is looked at below
    run 0 "${bench[@]}" --flight $flight --frames 1 "${words[@]}" -q
    out_has "flight '$flight', 1 frame after 2 at 128x72"
    err_is_empty
done
for word in "FRAME " "p95" "p99" "wall clock" "first frame" "drawn at" "memory" "PASS, ms" \
    "YARDSTICK" "fill_ms" "arithmetic_gflops" "mesh_mtri_per_s"; do
    out_has "$word"
done
that "nothing but figures" [ "$(grep -c 'nan\|inf' log/out)" = 0 ]
holds

# ---- at rest ----
run 0 "${bench[@]}" --flight rest --no-yardstick --frames 150 --json -q
out_is_json
that "how long until the still begins, and no pass of the moving picture runs then" python3 - <<'PY'
import json
r = json.load(open("log/out"))
assert r["rest_samples"] >= 1 and r["first_still_ms"] > 0
assert all(v == 0 for v in r["passes_ms"].values()), r["passes_ms"]
PY
run 0 "${bench[@]}" --no-yardstick --frames 2 --json -q
that "in flight it never does" python3 - <<'PY'
import json
r = json.load(open("log/out"))
assert r["first_still_ms"] is None and sum(r["passes_mean_ms"].values()) > 0
PY

# ---- beside the still ----
run 2 bench --keep log/kept
err_has "--keep goes with --likeness N"
run 0 "${bench[@]}" --no-yardstick --frames 4 --likeness 2 --changes --keep log/kept --json -q
that "frames and changes are compared with stills, and kept" python3 - <<'PY'
import glob, json
r = json.load(open("log/out"))["likeness"]
assert r["frames"] == 2 and 0.3 < r["least"] <= r["mean"] <= 1 and r["tears"] <= r["bad_blocks"]
names = [c["name"] for c in r["changes"]]
assert names == ["jump", "turn", "sun", "fog", "exposure"], names
assert all(1 <= c["until"] <= c["frames"] + 1 for c in r["changes"])
kept = len(glob.glob("log/kept/*-frame.png"))
assert kept == len(glob.glob("log/kept/*-still.png")) == 2 + sum(c["frames"] for c in r["changes"])
PY

# A quarter of the picture's width, as two cores can fly it: the picture that kept what was drawn before had
# a likeness of .919 here, and 91 torn blocks. At its full size, as a GPU flies it, it is one sample of the still, which draws surfaces as finely as half a pixel.
mean() { python3 -c 'import json; r = json.load(open("log/out"))["likeness"]; print(r["mean"], r["tears"])'; }
run 0 bench sunburnt-dusk --size 640x360 --internal 160 --warm-up 24 --frames 2 --likeness 2 --no-yardstick --json -q
read -r small torn < <(mean)
that "a moving picture is like its still, and not torn" awk "BEGIN { exit !($small > 0.95 && $torn < 5) }"
run 0 bench sunburnt-dusk --size 640x360 --internal 640 --warm-up 24 --frames 2 --likeness 2 --no-yardstick --json -q
read -r large torn < <(mean)
that "the more so the larger it is drawn" awk "BEGIN { exit !($large > 0.97 && $large > $small && $torn == 0) }"
echo "likeness $small of a quarter of the width, $large of all of it"

# ---- in a window ----
last="stillair bench --window (no display)" code=0
env -u DISPLAY -u WAYLAND_DISPLAY "$stillair" bench --window >log/out 2>log/err </dev/null || code=$?
that "no display is exit code 5" [ "$code" = 5 ]
err_has "no display for a window"
out_is_empty
if ! command -v Xvfb >/dev/null; then
    echo "NOTE: Xvfb is not here, so the window was not tested"
    [ -n "${CI:-}" ] && echo "FAILED: in CI it must be" && exit 1
    finish
fi
xvfb=''
leave() {
    [ -n "$xvfb" ] && kill "$xvfb" 2>/dev/null
    wait
    rm -rf "$work"
}
trap leave EXIT
Xvfb -displayfd 3 -screen 0 640x480x24 -nolisten tcp 3>log/display 2>/dev/null &
xvfb=$!
for _ in $(seq 50); do
    [ -s log/display ] && break
    sleep 0.1
done
DISPLAY=:$(cat log/display)
export DISPLAY
unset WAYLAND_DISPLAY
run 0 "${bench[@]}" --window --no-yardstick --frames 4 --json -q
err_is_empty
out_is_json
that "the same figures from a window" python3 - <<'PY'
import json
r = json.load(open("log/out"))
assert (r["width"], r["height"], r["frames"]) == (128, 72, 4)
assert 0 < r["median_ms"] <= r["max_ms"] and sum(r["passes_mean_ms"].values()) > 0
PY

finish
