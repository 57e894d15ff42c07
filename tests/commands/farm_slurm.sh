# A sequence and a big picture on many machines: Slurm runs farm/stillair.sbatch on three nodes, one of
# them dies in the middle of a chunk, a task is put back into the queue, another is preempted and
# cancelled. What comes out is, byte for byte, what one process draws. All of it is on this machine; the log of it stays beside the
# tests (farm_slurm.log).
keep=$PWD/farm_slurm.log
. "$(dirname "$0")/cli_lib.sh"
. "$(dirname "$0")/slurm_lib.sh"
if ! slurm_is_here; then
    [ -n "${CI:-}" ] && echo "FAILED: there is no Slurm, and in CI there must be" && exit 1
    echo "SKIPPED: there is no Slurm here (Debian: slurm-wlm, munge)"
    exit 77
fi
alone=
# shellcheck disable=SC2154 # work is cli_lib's
trap 'slurm_stop; [ -z "$alone" ] || { kill -KILL $alone; wait $alone; } 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' INT TERM
frames=12 chunks=4 nodes="n1 n2 n3"
each=$((frames / chunks))
slurm=$work/log/slurm
: >"$keep"

# Words for people, in the kept log too; with the seconds since the start.
tell() {
    echo "$(printf '%3d s' $SECONDS)  $*" | tee -a "$keep"
}
tell_queue() {
    squeue --format '%.12i %.9T %.6N %r' 2>&1 | sed 's/^/       /' >>"$keep"
}
# Where things went wrong: what Slurm has to say about it.
explain() {
    tail -n 30 "$slurm"/*.log "$slurm"/*.out
    cat stillair-*.log
    scontrol show job
} 2>/dev/null
# must DESCRIPTION COMMAND...: that, and without it there is nothing to go on with.
must() {
    local before=$failures
    that "$@"
    [ "$failures" = "$before" ] || { explain; finish; }
}

words=(--set 'fog.top=400 m' --size 96x40 --quality draft --samples 240 --frames "1-$frames")
draw_first render --size 16x16 --quality draft -o first.png
rm first.png

last="starting Slurm" code=0
# shellcheck disable=SC2086 # a list
must "three nodes come up" slurm_start "$slurm" $nodes
tell "Slurm $(slurmctld -V | cut -d ' ' -f 2) runs on $nodes"
export STILLAIR=$stillair
unset STILLAIR_CHUNKS STILLAIR_RETRIES STILLAIR_REQUEUES

# ---- what one process draws, meanwhile ----
mkdir many one
"$stillair" render "${words[@]}" -o 'one/frame.####.png' >log/one.out 2>log/one.err &
alone=$!

# ---- the sequence ----
last="sbatch farm/stillair.sbatch"
job=$(sbatch --parsable --array=1-$chunks "$root/farm/stillair.sbatch" "${words[@]}" \
    -o 'many/frame.####.png' 2>log/err)
must "Slurm takes the array" [ -n "$job" ]
tell "job $job: $frames frames in $chunks chunks"

drawn() {
    find many -name 'frame.*.png' | wc -l
}
# share_is_begun: of the share at least one frame is drawn, and one is not.
share_is_begun() {
    local i whole=0
    for ((i = (share - 1) * each + 1; i <= share * each; i++)); do
        [ ! -e "many/frame.$(printf %04d "$i").png" ] || whole=$((whole + 1))
    done
    [ "$whole" -ge 1 ] && [ "$whole" -lt "$each" ]
}
# find_share PID: the I of its --chunk I/N.
find_share() {
    share=$(tr '\0' '\n' 2>/dev/null <"/proc/$1/cmdline" | sed -n '/^--chunk$/{n;s,/.*,,p;}')
    [ -n "$share" ]
}

# ---- a node dies while it draws ----
# It is held still first and looked at then, so that what is seen is what dies: a task that has drawn a
# part of its chunk, and cannot end before the plug is pulled. The first frame takes long, those after it
# do not: once it is known which are n2's, nothing slow comes between seeing one and holding the task.
n2_is_in_the_middle() {
    victim=$(slurm_processes n2 stillair)
    [ -n "$victim" ] && find_share "$victim" || return
    until share_is_begun; do
        kill -0 "$victim" 2>/dev/null || return
        sleep 0.02
    done
    kill -STOP "$victim" 2>/dev/null
    slurm_freeze_node n2
    share_is_begun && [ "$(slurm_processes n2 stillair)" = "$victim" ] && return
    slurm_thaw_node n2
    return 1
}
must "n2 draws" wait_until 120 n2_is_in_the_middle
task=${job}_$share
find many -name 'frame.*.png' -printf '%f %i %T@\n' | sort >log/kept
tell "n2 dies in the middle of chunk $share, $(drawn) frames drawn; what it ran was process $victim"
slurm_kill_node n2
must "nothing runs there" [ -z "$(slurm_processes n2)" ]
must "n2 is given up" scontrol update nodename=n2 state=down reason=died
task_waits_anew() {
    [ "$(slurm_job_field "$task" Restarts)" = 1 ]
}
must "its task is back in the queue" wait_until 30 task_waits_anew
tell "task $task is $(slurm_job_field "$task" JobState), Restarts=1"
tell_queue

# ---- a task is put back by hand ----
requeue_one() {
    running=$(squeue --noheader --jobs "$job" --states R --array --format %i | head -n 1)
    [ -n "$running" ] && scontrol requeue "$running"
}
must "a task that runs is put back" wait_until 30 requeue_one
tell "$running is put back into the queue, $(drawn) frames drawn"

# ---- the node comes back ----
slurm_start_node n2
scontrol update nodename=n2 state=resume 2>/dev/null
n2_is_back() {
    sinfo --noheader --nodes n2 --partition farm --format %t | grep -qE '^(idle|alloc|mix)$'
}
must "n2 is back" wait_until 40 n2_is_back
tell "n2 is back, $(drawn) frames drawn"
tell_queue
queue_is_empty() {
    [ -z "$(squeue --noheader --jobs "$job" 2>/dev/null)" ]
}
must "the job ends" wait_until 200 queue_is_empty
tell "job $job is over, $(drawn) frames drawn; started anew: $(slurm_job_field "$job" Restarts |
    grep -c '[1-9]') tasks"
starts_anew() {
    grep -qE -- "--chunk ${1#*_}/$chunks on n[123], 1 threads, start 2" "stillair-$1.log"
}
that "the dead node's task was started anew" starts_anew "$task"
that "the one that was put back, too" starts_anew "$running"
find many -name 'frame.*.png' -printf '%f %i %T@\n' | sort >log/now
that "what was drawn when n2 died was not drawn again" [ -z "$(comm -23 log/kept log/now)" ]
tell "of the $(wc -l <log/kept) frames that were there when n2 died, $(comm -12 log/kept log/now |
    wc -l) are the same files still"
must "every task ended well" [ "$(slurm_job_field "$job" JobState | sort | uniq -c | tr -s ' ')" = \
    " $chunks COMPLETED" ]

# ---- it is what one process draws ----
code=0
wait $alone || code=$?
alone=
must "one process draws them all" [ "$code" = 0 ]
that "there are $frames frames" [ "$(drawn)" = $frames ]
that "all frames are the same, byte for byte" diff -r -x '.stillair-*.tmp' one many
tell "$(for f in one/*; do cmp "$f" "many/${f#one/}" && echo "$f"; done | wc -l) frames of $frames" \
    "are the same, byte for byte, as one process's"
that "they are not all one picture" [ "$(sha256sum one/* | cut -c 1-64 | sort -u | wc -l)" = $frames ]
tell "temporary files that the dead left: $(find many -name '.stillair-*.tmp' | wc -l)"
code=0
LP_NUM_THREADS=2 "$stillair" render --threads 2 "${words[@]}" --chunk 3/$chunks -o 'two.####.png' \
    >log/out 2>log/err || code=$?
for f in two.*.png; do
    that "two threads, the same bytes" cmp "$f" "one/frame.${f#two.}"
done

# ---- one picture in tiles ----
last="sbatch --tiles" code=0
words=(--set 'fog.top=400 m' --size 128x256 --set grade.aspect=0.5 --quality draft --tile-size 64)
"$stillair" render "${words[@]}" -o alone.png >log/out 2>log/err || code=$?
must "one process draws the picture" [ "$code" = 0 ]
tiled=$(sbatch --parsable --array=1-3 "$root/farm/stillair.sbatch" "${words[@]}" --tiles -o tiled.png)
tiles_are_over() {
    [ -z "$(squeue --noheader --jobs "$tiled" 2>/dev/null)" ]
}
must "the tiles' job ends" wait_until 120 tiles_are_over
must "each of its tasks ended well" [ "$(slurm_job_field "$tiled" JobState | sort | uniq -c |
    tr -s ' ')" = " 3 COMPLETED" ]
that "each drew its own share" [ "$(grep -ho -- '--tiles ./3 on' stillair-"$tiled"_?.log | sort -u |
    wc -l)" = 3 ]
must "the picture is the same, byte for byte" cmp alone.png tiled.png
that "no tile is left" [ ! -e tiled.png.tiles ]
tell "job $tiled: a picture in $(sed -n 's/.* of \([0-9]*\) tiles are missing.*/\1/p' \
    stillair-"$tiled"_?.log | sort -u) tiles, 3 tasks on $(slurm_job_field "$tiled" NodeList | sort |
    tr '\n' ' ')is the same, byte for byte, as one process's"

# ---- preempted, then cancelled ----
last="sbatch, preempted"
long=$(sbatch --parsable --array=1-1 -w n3 "$root/farm/stillair.sbatch" --size 640x268 --samples 4096 \
    --frames 1-1 -o 'long.####.png')
n3_draws() {
    [ -n "$(slurm_processes n3 stillair)" ]
}
must "the long task draws" wait_until 60 n3_draws
log=stillair-${long}_1.log
tell "job $long draws on n3; a job of a partition that comes first wants n3"
urgent=$(sbatch --parsable -p urgent -w n3 --output urgent.log --wrap 'echo urgent')
urgent_is_done() {
    [ "$(slurm_job_field "$urgent" JobState)" = COMPLETED ]
}
must "the urgent job runs" wait_until 60 urgent_is_done
that "the task was asked to stop, not killed" grep -q 'interrupted; ' "$log"
that "and went back into the queue" grep -q 'stopped; ' "$log"
must "it is drawn anew" wait_until 60 n3_draws
that "it counts as started anew" [ "$(slurm_job_field "$long" Restarts)" = 1 ]
tell "job $long was stopped, put back into the queue, and draws anew"
last="scancel"
scancel "$long"
n3_is_free() {
    [ -z "$(slurm_processes n3)" ] && slurm_node_is n3 idle
}
must "a cancelled task ends" wait_until 60 n3_is_free
that "and stays so" [ "$(slurm_job_field "$long" JobState)" = CANCELLED ]
that "no picture" [ ! -e long.0001.png ]
tell "job $long was cancelled, and stays so"
{
    echo "--- what the tasks said"
    grep stillair.sbatch stillair-*.log | sed 's/stillair.sbatch: //'
} >>"$keep"
finish
