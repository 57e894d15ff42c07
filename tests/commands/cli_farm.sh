# What a farm needs of one process: lines for a render manager, a clean end, and the script and the
# template that start it. Without a scheduler: its commands are played here.
. "$(dirname "$0")/cli_lib.sh"
here=$(cd "$(dirname "$0")" && pwd)
small="--size 64x27 --quality draft --set things.amount=0"

# ---- --progress ----
run 2 render --progress bars
err_has "--progress wants bar, openjd or none, not 'bars'"
run 2 render --progress openjd --json
err_has "--progress openjd and --json both write to stdout; give only one of them"
out_is_empty
run 2 render nowhere --progress openjd
that "the manager is told that it failed" grep -q '^openjd_fail: ' log/out
run 1 render $small --progress openjd -o absent/a.png
out_has "openjd_fail: absent/a.png: cannot create a file in its folder"
draw_first render $small --progress openjd -o a.png
that "lines for the manager, then the path" python3 - <<'PY'
import re
lines = open("log/out").read().splitlines()
assert lines[-1] == "a.png", lines
told = [re.match(r"openjd_(status|progress): (.+)\Z", line) for line in lines[:-1]]
assert all(told), lines
percent = [float(m[2]) for m in told if m[1] == "progress"]
assert percent == sorted(percent) and percent[0] >= 0 and percent[-1] == 100, percent
assert any(m[1] == "status" for m in told), lines
PY
run 0 render $small --progress none -o b.png
that "stdout is the path alone" [ "$(cat log/out)" = b.png ]
err_is_empty
that "the same picture" cmp a.png b.png

# ---- any number of threads ----
for threads in 1 2 3; do
    last="LP_NUM_THREADS=$threads stillair render" code=0
    LP_NUM_THREADS=$threads "$stillair" render $small --threads $threads -o b.png >log/out 2>log/err ||
        code=$?
    that "$threads threads, the same bytes" cmp a.png b.png
done
rm b.png

# ---- told twice to stop, as by a scheduler and by a script ----
"$stillair" render --size 640x270 --samples 4096 --progress openjd -o cut.png >log/out 2>log/err &
pid=$!
last="stillair render, two signals" code=0
sleep 1.5
kill -TERM $pid
kill -INT $pid
wait $pid || code=$?
that "exit code 4" [ "$code" = 4 ]
err_has "interrupted; cut.png was not written"
out_has "openjd_fail: interrupted; cut.png was not written"
holds a.png
rm a.png

# ---- the Slurm script ----
mkdir log/bin
cat >log/bin/stillair <<'SH'
echo "$LP_NUM_THREADS $LIBGL_ALWAYS_SOFTWARE|$*" >>log/calls
exit "${CODE:-0}"
SH
cat >log/bin/squeue <<'SH'
echo "${STATE:-RUNNING}"
SH
cat >log/bin/scontrol <<'SH'
echo "$*" >>log/requeued
SH
for f in log/bin/*; do
    sed -i '1i #!/bin/sh' "$f"
    chmod +x "$f"
done
# task CODE VARIABLE=VALUE... -- WORD...: what a task of an array does; log/calls is what stillair got,
# log/requeued what scontrol got.
task() {
    local expected=$1 variables=()
    shift
    while [ "$1" != -- ]; do
        variables+=("$1")
        shift
    done
    shift
    rm -f log/calls log/requeued
    last="${variables[*]} stillair.sbatch $*" code=0
    env -u LIBGL_ALWAYS_SOFTWARE PATH="$PWD/log/bin:$PATH" SLURM_ARRAY_JOB_ID=7 \
        SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=4 \
        SLURM_ARRAY_TASK_STEP=1 SLURM_ARRAY_TASK_COUNT=4 "${variables[@]}" \
        bash "$root/farm/stillair.sbatch" "$@" >log/out 2>log/err || code=$?
    checks=$((checks + 1))
    [ "$code" = "$expected" ] || fail "expected exit code $expected"
}
called() {
    that "stillair gets: $1" [ "$(cat log/calls 2>/dev/null)" = "$1" ]
}
requeued() {
    that "requeued: '$1'" [ "$(cat log/requeued 2>/dev/null)" = "$1" ]
}
task 0 -- mood --frames 1-9 -o 'a b.####.png'
called '1 1|render --threads 1 --chunk 3/4 --resume mood --frames 1-9 -o a b.####.png'
requeued ''
task 0 SLURM_CPUS_PER_TASK=6 LIBGL_ALWAYS_SOFTWARE=0 -- mood
called '6 0|render --threads 6 --chunk 3/4 --resume mood'
task 0 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_ID=9 SLURM_ARRAY_TASK_MAX=9 SLURM_ARRAY_TASK_STEP=3 -- mood
called '1 1|render --threads 1 --chunk 4/4 --resume mood'
task 0 STILLAIR_CHUNKS=16 SLURM_ARRAY_TASK_MAX=9 -- mood
called '1 1|render --threads 1 --chunk 3/16 --resume mood'
task 2 SLURM_ARRAY_TASK_MAX=9 -- mood
err_has "the array has gaps; say how many chunks there are with STILLAIR_CHUNKS"
called ''
task 0 -- --tiles mood --size 99x99
called '1 1|render --threads 1 --tiles 3/4 --resume mood --size 99x99'
task 0 CODE=3 -- mood --tiles
err_has "this share is whole"
requeued ''
task 3 CODE=3 -- mood
requeued 'requeue 7_3'
task 1 CODE=1 -- mood
requeued 'requeue 7_3'
task 5 CODE=5 SLURM_RESTART_COUNT=2 -- mood
requeued 'requeue 7_3'
task 1 CODE=1 SLURM_RESTART_COUNT=3 -- mood
requeued ''
task 1 CODE=1 STILLAIR_RETRIES=0 -- mood
requeued ''
task 4 CODE=4 SLURM_RESTART_COUNT=3 -- mood
requeued 'requeue 7_3'
task 4 CODE=4 SLURM_RESTART_COUNT=100 -- mood
requeued ''
task 4 CODE=4 STATE=COMPLETING -- mood
err_has "its state is COMPLETING, it is left so"
requeued ''
task 2 CODE=2 -- mood
requeued ''

# ---- the Open Job Description template ----
last="tests/commands/openjd.py farm/stillair.openjd.yaml" code=0
template=$root/farm/stillair.openjd.yaml
python3 "$here/openjd.py" --selftest "$template" >log/out 2>log/err || code=$?
that "it follows the specification, and what does not is found out" [ "$code" = 0 ]
python3 "$here/openjd.py" "$template" ChunkCount=3 Frames=1-6 "OutputDir=a b" 'Output=f.##.png' \
    Size=32x16 Quality=draft Preset=the-zone "Program=$stillair" >log/tasks 2>log/err || code=$?
that "it makes tasks" [ "$code" = 0 ]
for task in 0 1 2 1; do # one of them twice
    last="task $task" code=0
    python3 - $task >log/out 2>log/err <<'PY' || code=$?
import json, os, subprocess, sys
task = json.load(open("log/tasks"))[int(sys.argv[1])]
for name, text in task["files"].items():
    open("log/" + name, "w").write(text)
args = [os.path.join("log", a) if a in task["files"] else a for a in task["args"]]
sys.exit(subprocess.run(args).returncode)
PY
    that "a task ends well" [ "$code" = 0 ]
    out_has "openjd_progress: 100.0"
done
that "all frames are there" [ "$(ls 'a b' | tr '\n' ' ')" = \
    "f.01.png f.02.png f.03.png f.04.png f.05.png f.06.png " ]
rm -r 'a b'
holds
finish
