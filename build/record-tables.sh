#!/usr/bin/env bash
# The tables of a small setting of every experiment that comes with the program, and of some more, so that no kind of table is
# left out: to hold a change that should change no number against what was before it.
#
#     build/record-tables.sh "dotnet src/Host/bin/Release/net10.0/flcrowd.dll" /tmp/before > /tmp/before.txt
#     ... change, build, and the same into /tmp/after ...
#     diff /tmp/before.txt /tmp/after.txt
#
# Prints the SHA-256 of every table; takes some minutes on two cores. FOLDER keeps, per experiment NAME:
#     runs/NAME            the run's folder, with report.html and plots
#     json/NAME.json       what `flcrowd run NAME --json` printed
#     text/NAME.txt        what `flcrowd report` printed into a pipe
#     text/NAME.run.txt    what `flcrowd run` printed into a pipe, standard error too, for one experiment of each kind
# A third argument, a pattern such as 'fig*', plays only what it matches.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,14s/^# \{0,1\}//p' "$0" >&2; exit 2; }

flcrowd=$1
only=${3:-*}
experiments=$(cd "$(dirname "$0")/../hocon/experiments" && pwd)
mkdir -p "$2"
cd "$2"
mkdir -p runs shown json text conf
export LC_ALL=C

sums() { find "$1" -type f \( -name '*.csv' -o -name '*.nfg' \) | sort | xargs -d '\n' -r sha256sum; }

chosen() {
    # shellcheck disable=SC2254
    case $1 in $only) ;; *) return 1 ;; esac
}

# play EXIT-CODE NAME EXPERIMENT [--set k=v]...
play() {
    local code=$1 name=$2 experiment=$3 got=0 before
    shift 3
    chosen "$name" || return 0
    # Constants of models are kept in FOLDER: nothing that the machine remembers takes part.
    $flcrowd run "$experiment" "$@" --set execution.cache="$PWD/cache" --out "runs/$name" --json \
        > "json/$name.json" 2> "text/$name.err" || got=$?
    [ "$got" = "$code" ] || { echo "$name: exit code $got" >&2; tail -n 3 "text/$name.err" >&2; exit 1; }
    before=$(sums "runs/$name")
    got=0
    $flcrowd report "runs/$name" > "text/$name.txt" 2>> "text/$name.err" || got=$?
    [ "$before" = "$(sums "runs/$name")" ] || { echo "$name: flcrowd report changed a table" >&2; exit 1; }
    printf '%4d s  %s\n' "$SECONDS" "$name" >&2
}

# show NAME EXPERIMENT [--set k=v]...: what the run itself says.
show() {
    local name=$1 experiment=$2
    shift 2
    chosen "$name" || return 0
    $flcrowd run "$experiment" "$@" --set execution.cache="$PWD/cache" --out "shown/$name" > "text/$name.run.txt" 2>&1
}

samples="--set data.samples-per-client=50"
short="$samples --set learning.rounds=4"
measure="--set experiment.regret.replicates=4 --set experiment.regret.max-replicates=8"
tuning="--set learning.tuning.seeds=4 --set learning.tuning.points=5"
pilot="game.lceme.surrogate-options"

# What differs in one panel only is set in a file: --set is for all of a collection. The paper's cnn takes minutes; the experiment cnn has it.
for figure in fig2 fig3 fig4 fig5; do
    cat > "conf/$figure.conf" << END
include "$experiments/paper/$figure.conf"
flcrowd { data.samples-per-client = 50, learning.rounds = 2, experiment.seeds = 2 }
flcrowd.experiment.axes.panel {
  "cnn, theory-like regime (eta = 0.02)".learning.model = softmax
  "cnn, figure regime (eta = 0.4)".learning.model = softmax
}
END
done
for figure in fig4 fig5; do
    echo 'flcrowd.execution.evaluate-every = 1' >> "conf/$figure.conf"
done
for figure in fig6 fig7; do
    cat > "conf/$figure.conf" << END
include "$experiments/paper/$figure.conf"
flcrowd { data.samples-per-client = 50, learning.rounds = 4, experiment.draws = 2 }
flcrowd.experiment.axes.panel {
  "softmax, figure regime (eta = 0.7), pilot".$pilot.seeds = 4
  "cnn, figure regime (eta = 0.2), pilot" { learning.model = softmax, $pilot.seeds = 4 }
}
END
done
echo 'flcrowd.experiment.grid."clients.0.batch-size" = [10, 60, 180]' >> conf/fig6.conf
cat > conf/paper.conf << END
flcrowd.experiment { kind = collection, experiments = ["$PWD/conf/fig2.conf", "$PWD/conf/fig3.conf", "$PWD/conf/fig4.conf", "$PWD/conf/fig5.conf", "$PWD/conf/fig6.conf", "$PWD/conf/fig7.conf"] }
END

# Columns that no shipped experiment has: axes beside variants and a grid, failures, a floor, several episodes, names that need quotes.
cat > conf/sweep.conf << 'END'
flcrowd {
  data { clients = 4, partition = iid }
  learning { model = quadratic, step-size = 0.1, rounds = 6 }
  game { assignment = 20, mechanism = lceme, lceme.surrogate = theorem1, payoff-basis = bound, floor = 1 }
  experiment {
    kind = sweep, episodes = 2, seeds = [3, 18446744073709551615]
    variants {
      "all, \"as asked\"" { clients = [{ strategy = truthful, share = 1 }] }
      "μ: one <b>shirks</b>" { clients = [{ strategy = shirk-labeling, count = 1 }, { strategy = truthful, share = 1 }] }
    }
    axes { steps { few { learning.local-steps = 1 }, more { learning.local-steps = 2 } }, cost { "10" { game.labeling-cost = 10 }, "20" {} } }
    grid { "learning.step-size" = [0.05, 0.1] }
  }
  execution.evaluate-every = 3
}
END
cat > conf/failures.conf << 'END'
flcrowd {
  data { clients = 4 }
  learning { model = quadratic, rounds = 6 }
  game.assignment = 20
  clients = [{ strategy = misreport, gamma = 1e45, ids = [2] }, { strategy = truthful, share = 1 }]
  experiment { kind = sweep, draws = 2, grid { "learning.step-size" = [0.1, 0.2], "execution.on-client-failure" = [exclude, fail] } }
}
END
cat > conf/play.conf << 'END'
flcrowd {
  data { clients = 6, samples-per-client = 50, partition = dirichlet, replacement = false }
  learning { model = mlp, rounds = 6, local-steps = 2, aggregator = trimmed-mean }
  game { mechanism = per-sample, assignment = [5, 10, 15, 20, 25, 30], payoff-basis = sample, cost-per = local-step }
  clients = [
    { strategy = mixed, count = 2, strategies = [{ strategy = truthful, weight = 2 }, { strategy = label-flip, weight = 1 }] }
    { strategy = fixed, effort = 0.5, batch-size = 7, gamma = 0.9, count = 1, labeling-cost = 5, weight = 2 }
    { strategy = truthful, share = 1 }
  ]
  experiment { episodes = 3, publish-payoffs = on }
  execution.evaluate-every = 1
}
END
cat > conf/gains.conf << 'END'
flcrowd {
  data.clients = 4
  learning { model = quadratic, step-size = 0.1, rounds = 6 }
  game { assignment = 20, mechanism = lceme, lceme.surrogate = theorem1 }
  clients = [{ strategy = fixed, effort = 0.5, count = 2 }, { strategy = truthful, share = 1 }]
  experiment {
    kind = regret
    variants { "one, two" { game.labeling-cost = 10 }, other { game.labeling-cost = 20 } }
    axes { pace { slow { learning.step-size = 0.05 }, fast { learning.step-size = 0.2 } } }
    grid { "game.assignment" = [10, 20] }
    regret {
      batch-factors = [0.5, 1], gammas = [0, 1], replicates = 4, max-replicates = 8
      coalitions = [{ name = "pair", clients = [1, 3], gamma = 2 }, { name = "all", share = 1, effort = 0 }]
    }
  }
}
END
cat > conf/learning.conf << 'END'
flcrowd {
  data.clients = 4
  learning { model = quadratic, step-size = 0.1, rounds = 5 }
  game.assignment = 20
  clients = [{ strategy = imitation, count = 2 }, { strategy = epsilon-greedy, count = 1 }, { strategy = regret-matching, share = 1 }]
  experiment {
    kind = dynamics, episodes = 30, publish-payoffs = on
    revision { order = random, turn = 2, inertia = 0.2 }
    dynamics.settled = 5
    grid { "game.mechanism" = [flat, per-sample] }
    regret { clients = one-per-entry, gammas = [0, 1], batch-factors = [0.5, 1], replicates = 4, max-replicates = 4 }
  }
}
END
cat > conf/divisions.conf << 'END'
flcrowd {
  data.clients = 3
  learning { model = quadratic, step-size = 0.1, rounds = 5 }
  game.assignment = 20
  experiment {
    kind = population, seeds = 3
    population { strategies { "as, asked" { strategy = truthful }, rider { strategy = free-rider } }, starts = 4, population-size = 3, cache = games }
    variants { low { game.flat.amount = 5 }, high { game.flat.amount = 50 } }
    grid { "game.labeling-cost" = [5, 20] }
  }
}
END
cat > conf/several.conf << END
flcrowd.experiment { kind = collection, experiments = ["$PWD/conf/play.conf", "$PWD/conf/gains.conf", "$PWD/conf/divisions.conf"] }
END

set -f # patterns and lists in settings are no file names
play 0 quadratic quadratic --set experiment.seeds=3
play 0 cnn cnn $samples --set learning.rounds=2 --set execution.evaluate-every=1
play 0 fashion fashion $samples --set data.set=digits --set learning.rounds=2 --set experiment.seeds=1 --set execution.evaluate-every=1
play 0 crowd-10000 crowd-10000 $short --set data.clients=200
play 0 deviations deviations $short --set experiment.seeds=2
play 0 effort effort $short --set experiment.seeds=2
play 0 gamma gamma $short --set experiment.seeds=2
play 0 lceme lceme $short --set experiment.seeds=2 --set $pilot.seeds=4 --set $pilot.force=true
play 0 mechanisms mechanisms $short
play 0 learners-1000 learners-1000 $short --set data.clients=25 --set experiment.episodes=5 \
    --set clients.0.count=5 --set clients.1.count=5 --set clients.2.count=5 --set clients.3.count=5 --set clients.4.count=5
play 0 regret regret $short $tuning $measure --set experiment.regret.clients=[0,4] --set experiment.regret.gammas=[0,1] \
    --set "experiment.variants.\"lceme, pilot\".$pilot={seeds=4,force=true}"
play 0 coalitions coalitions --set experiment.regret.replicates=4 --set experiment.regret.max-replicates=8 --set learning.rounds=5
play 0 quickstart quickstart $short $measure --set data.clients=4 --set experiment.episodes=12 \
    --set experiment.revision.turn=2 --set experiment.dynamics.settled=4 \
    --set "experiment.variants.\"lceme, pilot\".$pilot={seeds=4,force=true}"
play 0 pilot-learners pilot-learners $short $tuning $measure --set data.clients=3 --set experiment.episodes=12 \
    --set experiment.revision.turn=2 --set experiment.dynamics.settled=4 --set experiment.regret.gammas=[0,1] \
    --set $pilot.seeds=4 --set $pilot.force=true
play 0 experience experience $measure --set data.clients=4 --set learning.rounds=5 --set experiment.episodes=200 --set experiment.revision.turn=5
play 0 best-response best-response $measure --set data.clients=4 --set learning.rounds=20
play 0 best-response-played best-response $measure --set data.clients=3 --set learning.rounds=10 \
    --set experiment.dynamics.payoffs=played --set experiment.dynamics.search=grid --set experiment.dynamics.revisions=5 \
    --set experiment.regret.gammas=[0,1,1.5]
play 0 population population $short --set data.clients=3 --set game.assignment=20 --set experiment.draws=2 --set $pilot.seeds=4 --set $pilot.force=true
for figure in fig2 fig3 fig4 fig5 fig6 fig7; do
    play 0 $figure conf/$figure.conf
done
play 0 paper conf/paper.conf
for own in sweep play gains learning divisions several; do
    play 0 $own conf/$own.conf
done
play 3 failures conf/failures.conf

show quadratic quadratic --set experiment.seeds=3
for own in sweep play gains learning divisions several; do
    show $own conf/$own.conf
done

sums runs
