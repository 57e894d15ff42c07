# What the command line tells of a preset's air.
own_worlds=1
. "$(dirname "$0")/cli_lib.sh"

# ---- text ----
run 0 air
out_has "haven-morning, the sun 9 deg high"
for word in "AIR QUALITY" "on the ground, 0 m" "the fog's base" "hazardous" "sulphate [ug/m3]" \
    "extinction [1/km], 440 nm" "single-scattering albedo, 550 nm" "Angstrom exponent, 440-680 nm" \
    "OPTICAL DEPTH above 0 m" "molecules" "ozone" "RED/GREEN" "above the fog, "; do
    out_has "$word"
done
err_is_empty
that "an empty layer is left out" [ "$(grep -c slab log/out)" = 0 ]
that "the range that was asked for" grep -q "^on the ground, 0 m  *300 m " log/out
that "nothing but text" [ "$(LC_ALL=C grep -c '[^ -~]' log/out)" = 0 ]
that "no figure is missing" [ "$(grep -c 'nan\|inf\| -0 ' log/out)" = 0 ]
cp log/out one.txt
run 0 air haven-morning --set 'fog.no2=25 ppb' -q
that "the default preset" cmp log/out one.txt
rm one.txt
run 0 air --set slab.dust=500ug/m3 --set 'fog.top=200 m'
out_has "the slab's base"
out_has "dust [ug/m3]"

# ---- JSON ----
for preset in $("$stillair" presets --json | python3 -c '
import json, sys
print(*[p["name"] for p in json.load(sys.stdin)["presets"]])'); do
    run 0 air "$preset" --json
    out_is_json
    that "$preset: the keys and figures that hold for any air" python3 - "$preset" <<'PY'
import json, math, sys
j = json.load(open("log/out"))
assert j["preset"] == sys.argv[1]
assert j["wavelengths_nm"] == [680, 550, 440]
assert j["layers"] and "-0" not in open("log/out").read().replace("e-0", "").split()
for l in j["layers"]:
    beta, albedo = l["extinction_per_m"], l["single_scattering_albedo"]
    assert len(beta) == len(albedo) == len(l["asymmetry"]) == len(l["optical_depth"]) == 3
    assert all(b > 0 for b in beta) and all(0 < a <= 1 for a in albedo), l
    assert not l["visibility_unmet"] and l["base_m"] < l["top_m"]
    if l["visibility_asked_m"]:
        assert abs(l["visibility_m"] / l["visibility_asked_m"] - 1) < 0.005, l
    assert sum(l["ingredients_ug_m3"].values()) >= l["pm25_ug_m3"] * 0.9999 > 0
    assert l["air_quality"] and l["no2_ppb"] >= 0
assert abs(j["visibility_m"] * j["extinction_per_m"][1] - math.log(50)) < 1e-3
for w in range(3):
    parts = [d[w] for d in j["optical_depth_of"].values()]
    assert len(parts) == 5 and abs(sum(parts) - j["optical_depth"][w]) < 1e-3 * sum(parts)
assert j["sun"][0]["above"] == "ground" and j["sun"][0]["altitude_m"] == 0
assert j["sun"][0]["transmittance"] == j["sun_transmittance"]
for s in j["sun"]:
    assert all(0 <= t <= 1 for t in s["transmittance"]) and all(0 <= k <= 1 for k in s["sky_share"])
    if max(s["transmittance"]) > 0:
        assert max(s["colour_linear_srgb"]) == 1 and len(s["colour"]) == 7
    else:
        assert s["colour_linear_srgb"] == [None] * 3 or s["colour_linear_srgb"] is None
assert (j["pm25_ug_m3"] > 225.45) == (j["air_quality"] == "hazardous")
PY
done
run 0 air --json --set sun.elevation=-10deg
out_is_json
that "by night the sun has no colour" python3 - <<'PY'
import json
s = json.load(open("log/out"))["sun"][0]
assert s["transmittance"] == [0, 0, 0] and s["colour"] is None and s["red_over_green"] is None
PY
run 0 air --json --set fog.sulphate=0ug/m3 --set fog.soot=0ug/m3 --set fog.visibility=0m --set fog.no2=0ppb
that "a layer without anything is not listed" python3 - <<'PY'
import json
assert [l["name"] for l in json.load(open("log/out"))["layers"]] == ["haze"]
PY

# ---- a wish that cannot be met ----
run 0 air --set haze.visibility=100m --json
out_is_json
err_has "fog.visibility = 300 m is out of reach"
that "it is told in JSON too" python3 - <<'PY'
import json
fog = json.load(open("log/out"))["layers"][-1]
assert fog["visibility_unmet"] and fog["visibility_asked_m"] == 300 and fog["visibility_m"] < 110
PY
run 0 air --set haze.visibility=100m -q
out_has "300 m was asked for"
err_is_empty

# ---- mistakes ----
run 2 air a.ini b.ini
err_has "'b.ini' is one preset too many"
run 2 air haven-mornin
err_has "haven-morning"
run 2 air --seed 12
err_has "unknown option '--seed'"
run 2 air --set fog.visiblity=3m
err_has "did you mean 'fog.visibility'?"
run 2 air --set 'fog.visibility=200 m' --set fog.load=3
err_has "fog.visibility and fog.load both say how much is in the air; remove one"
out_is_empty
printf 'base = haven-morning\n[fog]\nvisibility = 300 m\nload = 3\n' >both.ini
run 2 air both.ini
err_has "both.ini:"
err_has "fog.visibility and fog.load both say how much is in the air; remove one"
out_is_empty
rm both.ini
if [ -e /dev/full ]; then
    last="stillair air >/dev/full" code=0
    "$stillair" air >/dev/full 2>log/err || code=$?
    that "a full standard output is a failure" [ "$code" = 1 ]
fi
that "no world was built" [ ! -e log/cache/stillair ]
holds
finish
