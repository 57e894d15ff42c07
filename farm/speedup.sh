#!/bin/bash
# How much faster two workers of one core are than one, on the same frames:
#
#   farm/speedup.sh PROGRAM [WORDS OF stillair render]...
#   farm/speedup.sh build/stillair haven-morning --frames 1-24 --size 640 --quality draft
#
# One worker draws all frames on core A; then two draw a half each, on cores A and B, at once. All
# start with the world built. The frames must be the same, byte for byte. Prints the seconds and the
# ratio; 2 is what two machines would give, less says what the two share: memory, caches, a turbo
# clock. The machine must be idle, or the figures mean nothing.
set -eu
[ $# -gt 1 ] || { sed -n 's/^# \{0,1\}//p' "$0" | sed -n 1,4p >&2; exit 2; }
program=$1
shift
# Two cores that this process may use, of different cores where threads share one.
mapfile -t cores < <(taskset -cp $$ | sed 's/.*: //' | tr , '\n' | while IFS=- read -r a b; do
    seq "$a" "${b:-$a}"
done | while read -r cpu; do
    siblings=/sys/devices/system/cpu/cpu$cpu/topology/thread_siblings_list
    echo "$(cut -d, -f1 "$siblings" 2>/dev/null | cut -d- -f1 || echo "$cpu") $cpu"
done | sort -n -k 1,1 -u | cut -d ' ' -f 2)
[ ${#cores[@]} -ge 2 ] || { echo "speedup.sh: it takes two cores, here is ${#cores[@]}" >&2; exit 1; }
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/one" "$work/two"
export LIBGL_ALWAYS_SOFTWARE=1 LP_NUM_THREADS=1

# worker CORE FOLDER SHARE WORDS...
worker() {
    local core=$1 folder=$2 share=$3
    shift 3
    taskset -c "$core" "$program" render "$@" --threads 1 --chunk "$share" -q \
        --cache "$work/cache" -o "$work/$folder/frame.####.png" >/dev/null
}
seconds_since() {
    awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.2f", b - a }'
}

"$program" render "$@" --frames 1-1 --size 16x16 --quality draft --cache "$work/cache" -q \
    -o "$work/first.####.png" >/dev/null
start=$(date +%s.%N)
worker "${cores[0]}" one 1/1 "$@"
one=$(seconds_since "$start")
start=$(date +%s.%N)
worker "${cores[0]}" two 1/2 "$@" &
a=$!
worker "${cores[1]}" two 2/2 "$@" &
b=$!
wait $a
wait $b
two=$(seconds_since "$start")
diff -r "$work/one" "$work/two" >&2
awk -v one="$one" -v two="$two" -v n="$(find "$work/one" -type f | wc -l)" 'BEGIN {
    printf "%d frames, the same to the byte: 1 worker %.2f s, 2 workers %.2f s, %.2f times as fast\n",
        n, one, two, one / two }'
