# shellcheck shell=bash
# Slurm on this machine alone, for the tests: its own munged, a controller and nodes of one CPU each,
# all of them of this user, in a folder that is theirs, on free ports of 127.0.0.1.
#
#   slurm_start FOLDER NODE...   exports SLURM_CONF, so that sbatch and the rest find it
#   slurm_stop                   ends everything that was started, jobs too; for a trap
PATH=$PATH:/usr/sbin:/sbin
slurm_folder='' slurm_munged='' slurm_controller=''
declare -A slurm_daemon=() slurm_port=()

slurm_is_here() {
    command -v munged >/dev/null && command -v slurmctld >/dev/null && command -v slurmd >/dev/null
}

# wait_until SECONDS COMMAND...: polls; false when the time is over.
wait_until() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.2
    done
}

slurm_write_configuration() {
    local me host node
    me=$(id -un)
    host=$(uname -n)
    host=${host%%.*}
    cat <<END
ClusterName=stillair
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=${slurm_port[controller]}
AuthType=auth/munge
# A task that comes back into the queue waits until its old credential is void.
AuthInfo=socket=$slurm_folder/munge.socket,cred_expire=5
SlurmUser=$me
SlurmdUser=$me
StateSaveLocation=$slurm_folder/state
SlurmdSpoolDir=$slurm_folder/%n
SlurmctldPidFile=$slurm_folder/slurmctld.pid
SlurmdPidFile=$slurm_folder/%n.pid
SlurmctldLogFile=$slurm_folder/slurmctld.log
SlurmdLogFile=$slurm_folder/%n.log
MailProg=/bin/true
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=1,sched_interval=1,bf_interval=1
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
ReturnToService=2
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
SlurmctldParameters=preempt_send_user_signal
KillWait=10
END
    for node in "$@"; do
        echo "NodeName=$node NodeHostname=$host NodeAddr=127.0.0.1 Port=${slurm_port[$node]} CPUs=1"
    done
    echo "PartitionName=farm Nodes=ALL Default=YES PriorityTier=1 GraceTime=60"
    echo "PartitionName=urgent Nodes=ALL PriorityTier=2 PreemptMode=OFF"
}

# Each daemon works in the folder of its node, and so do those that it starts: thus they are found.
slurm_start_node() {
    mkdir -p "$slurm_folder/$1"
    (cd "$slurm_folder/$1" && exec slurmd -D -N "$1" -f "$SLURM_CONF") >>"$slurm_folder/$1.out" 2>&1 &
    slurm_daemon[$1]=$!
}

slurm_node_is() {
    [ "$(sinfo --noheader --nodes "$1" --partition farm --format %t 2>/dev/null)" = "$2" ]
}

slurm_start() {
    local name names ports
    slurm_folder=$1
    shift
    mkdir -p "$slurm_folder/state"
    names=(controller "$@")
    mapfile -t ports < <(python3 - ${#names[@]} <<'PY'
import socket, sys
held = [socket.socket() for _ in range(int(sys.argv[1]))]
for s in held:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
PY
    )
    for name in "${!names[@]}"; do
        slurm_port[${names[name]}]=${ports[name]}
    done
    export SLURM_CONF=$slurm_folder/slurm.conf
    slurm_write_configuration "$@" >"$SLURM_CONF"
    (umask 077 && head -c 1024 /dev/urandom >"$slurm_folder/munge.key")
    munged --foreground --force --key-file="$slurm_folder/munge.key" \
        --socket="$slurm_folder/munge.socket" --pid-file="$slurm_folder/munged.pid" \
        --log-file="$slurm_folder/munged.log" --seed-file="$slurm_folder/munged.seed" \
        >"$slurm_folder/munged.out" 2>&1 &
    slurm_munged=$!
    wait_until 20 test -S "$slurm_folder/munge.socket" || return 1
    (cd "$slurm_folder/state" && exec slurmctld -D -f "$SLURM_CONF") >"$slurm_folder/slurmctld.out" 2>&1 &
    slurm_controller=$!
    for name in "$@"; do
        slurm_start_node "$name"
    done
    for name in "$@"; do
        wait_until 40 slurm_node_is "$name" idle || return 1
    done
}

# slurm_processes NODE [NAME]: what runs on the node, beside its daemon: the stepds, which work in its
# folder, and all that they started; or of those the programs of that name.
slurm_processes() {
    local pids=() proc parent pid name found=0
    for proc in /proc/[0-9]*; do
        pid=${proc#/proc/}
        if [ "$pid" != "${slurm_daemon[$1]:-}" ] &&
            [ "$(readlink "$proc/cwd" 2>/dev/null)" = "$slurm_folder/$1" ]; then
            pids+=("$pid")
        fi
    done
    while [ $found -lt ${#pids[@]} ]; do
        parent=${pids[found]}
        found=$((found + 1))
        for pid in $(cat "/proc/$parent/task/"*/children 2>/dev/null); do
            pids+=("$pid")
        done
    done
    for pid in "${pids[@]}"; do
        name=$(cat "/proc/$pid/comm" 2>/dev/null) || continue
        [ -n "${2:-}" ] && [ "$name" != "$2" ] || echo "$pid"
    done
}

# Everything on the node stands still, or goes on: daemon, stepds and what they started. What is born
# while this looks around is found the second time.
slurm_freeze_node() {
    local all='' before=-
    while [ "$all" != "$before" ]; do
        before=$all
        all=$(echo "${slurm_daemon[$1]}" && slurm_processes "$1")
        # shellcheck disable=SC2086 # a list
        kill -STOP $all 2>/dev/null
    done
}
slurm_thaw_node() {
    # shellcheck disable=SC2046 # a list
    kill -CONT $(slurm_processes "$1") "${slurm_daemon[$1]}" 2>/dev/null
}

# The node dies as if its plug was pulled: its daemon and all that runs on it, without a last word.
slurm_kill_node() {
    local pids
    kill -KILL "${slurm_daemon[$1]}" 2>/dev/null
    wait "${slurm_daemon[$1]}" 2>/dev/null
    slurm_daemon[$1]=
    while pids=$(slurm_processes "$1") && [ -n "$pids" ]; do
        # shellcheck disable=SC2086 # a list
        kill -KILL $pids 2>/dev/null
        sleep 0.1
    done
}

slurm_stop() {
    local node
    [ -n "$slurm_folder" ] || return 0
    for node in "${!slurm_daemon[@]}"; do
        slurm_kill_node "$node"
    done
    # The controller has a helper, which ends when it does.
    for pid in $slurm_controller $slurm_munged; do
        kill -TERM "$pid" 2>/dev/null
        wait_until 10 slurm_is_gone "$pid" || kill -KILL "$pid" 2>/dev/null
        wait "$pid" 2>/dev/null
    done
    slurm_folder=
}

slurm_is_gone() {
    [ ! -e "/proc/$1" ] || [ "$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null)" = Z ]
}

# slurm_job_field ID FIELD: of every task of the job, a line each.
slurm_job_field() {
    scontrol show job --oneliner "$1" 2>/dev/null | sed -n "s/.*[ ]$2=\([^ ]*\).*/\1/p"
}
