"""FLCrowd in Python: strategies and mechanisms of your own, runs, and tables. One file; Python 3.9 or newer and nothing else.

A plug-in is a script that ends with flcrowd.serve({"acme/careful": Careful, ...}), where the classes are a Strategy or a
Mechanism. FLCrowd starts it (plugins = ["careful.py"]), asks on standard input and reads the answers on standard output; what
is printed goes to standard error. docs/write-a-strategy-in-python.md shows the whole way, docs/processes.md the protocol.
"""

import array
import base64
import csv
import json
import os
import platform
import queue
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from typing import NamedTuple

__version__ = "0.1.0"
__all__ = [
    "Action", "Assignment", "Mechanism", "Record", "Refused", "Run", "RunFailed", "Strategy", "check", "mechanism_view", "option",
    "read", "run", "serve", "view",
]

_PROTOCOL = 1
_REFUSED = -32001
_FAILED = -32000
_BAD_OPTION = -32602
_NO_METHOD = -32601


class Refused(Exception):
    """Raise it where a game is none that you play, such as one with nothing to label: the message is for the user."""


class Action(NamedTuple):
    """What a client does: labels with effort in [0, 1], draws batches of so many samples, reports w + gamma (w_H - w)."""

    effort: float
    batch_size: int
    gamma: float

    def but(self, **changes):
        """The same with something else: asked.but(effort=0)."""
        for name in changes:
            if name not in self._fields:
                raise TypeError(f"an action has no {name!r}; it has {', '.join(self._fields)}")
        return self._replace(**changes)

    def coming_to(self, attendance):
        """The same in a share, in [0, 1], of the rounds in which the client is asked: it stays away from the others."""
        return Attending(*self, attendance)


class Attending(NamedTuple):
    """An action of a client that stays away from rounds."""

    effort: float
    batch_size: int
    gamma: float
    attendance: float


class Record(dict):
    """What came from the program, to be read as view.costs.labeling or view["costs"]["labeling"]."""

    __slots__ = ()

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no '{name}'; there are {', '.join(self)}") from None


class View(Record):
    """All that a client knows when it chooses; docs/processes.md lists it."""

    __slots__ = ()

    @property
    def asked(self):
        """The action that does what the server asks for."""
        return Action(self.assignment.effort, self.assignment.batch_size, self.assignment.gamma)

    def random(self, purpose=""):
        """Random numbers that are the same wherever, and however often, this is played; others for every purpose."""
        return _random(self.seed, purpose)

    def cost(self, action):
        """What an action is expected to cost this client: c_l e + a T c_p D, or a T H c_p D by local step."""
        return _cost(self.costs, self.protocol, action)


class Outcome(Record):
    """How an episode ended: episode, action, reward, cost, test_loss."""

    __slots__ = ()

    @property
    def action(self):
        action = self["action"]
        return _action(action)

    @property
    def payoff(self):
        """Reward less cost."""
        return self["reward"] - self["cost"]


class Sample(Record):
    """One sample in the hands of a client: client, sample, label, class_count, seed."""

    __slots__ = ()

    def random(self, purpose=""):
        """Random numbers of this sample."""
        return _random(self.seed, f"{purpose}/{self.sample}")


class Round(Record):
    """One round in the hands of a client that reports: client, round of rounds, weight, seed; models are arrays of 32-bit numbers."""

    __slots__ = ()

    def random(self, purpose=""):
        """Random numbers of this round."""
        return _random(self.seed, purpose)


class option:
    """An option of a strategy or mechanism: a class attribute, such as curiosity = flcrowd.option(0.1, "How often.", 0, 1)."""

    def __init__(self, default, description="", at_least=None, at_most=None):
        self.default, self.description, self.at_least, self.at_most = default, description, at_least, at_most

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        return self.default

    @property
    def range(self):
        """For people."""
        limits = [f"{word} {limit}" for word, limit in (("at least", self.at_least), ("at most", self.at_most)) if limit is not None]
        return " and ".join(limits)

    def read(self, value):
        """The value of a configuration, in which numbers may stand as text."""
        try:
            value = _convert(self.default, value)
        except (TypeError, ValueError):
            raise _BadOption(self.name, f"is {_shown(value)}; must be {_noun(self.default)}") from None
        low = self.at_least is not None and not value >= self.at_least
        if low or (self.at_most is not None and not value <= self.at_most):
            raise _BadOption(self.name, f"is {_shown(value)}; must be {self.range}")
        return value


class _BadOption(Exception):
    def __init__(self, name, problem):
        super().__init__(f"option {_key(name)} {problem}")
        self.option, self.problem = _key(name), problem


class _Plugin:
    """Options are class attributes: plain values, or option(...) with a description and a range."""

    def __init__(self, **options):
        known = self._options()
        for name, value in options.items():
            if name not in known:
                has = f"it has {', '.join(map(_key, known))}" if known else "it has no options"
                raise _BadOption(name, f"is unknown; {has}")
            self.__dict__[name] = known[name].read(value)
        self._remembers = "memory" in self._capabilities()
        self.setup()
        self._is_set_up = True

    def setup(self):
        """Checks options and computes what follows from them: the one place where attributes may be set."""

    def __setattr__(self, name, value):
        if self.__dict__.get("_is_set_up"):
            raise AttributeError(
                f"self.{name} is set while playing, but all clients share self, and it is lost when the process ends; "
                "keep it in memory")
        self.__dict__[name] = value

    @classmethod
    def _options(cls):
        found = {}
        for owner in reversed(cls.__mro__):
            if owner in (object, _Plugin, Strategy, Mechanism):
                continue
            for name, value in vars(owner).items():
                if isinstance(value, option):
                    found[name] = value
                elif not name.startswith("_") and name != "needs_gradient" and isinstance(value, (bool, int, float, str, list, dict)):
                    found[name] = option(value)
                    found[name].name = name
        return found

    @classmethod
    def _overrides(cls, *names):
        base = Strategy if issubclass(cls, Strategy) else Mechanism
        return any(getattr(cls, name) is not getattr(base, name) for name in names)


class Strategy(_Plugin):
    """How clients play. One object plays all clients of an entry, so that it keeps nothing of its own: what a client
    remembers is in its memory, a dictionary of what JSON can say, which is saved with the run."""

    def choose(self, view, memory):
        """The action for one episode."""
        raise NotImplementedError

    def observe(self, outcome, memory):
        """Learns how the last episode ended; called before the next choose. Whoever defines it has a memory."""

    def label(self, sample, memory):
        """The label that the client gives to a sample: a function of the sample and of what choose left in memory."""
        return sample.label

    def report(self, round, memory):
        """The model that the client reports: round.report is w + gamma (w_H - w), round.global_model w, round.local w_H; round.previous
        is the global model of the round before (None in the first), round.rounds T, round.weight p_i."""
        return round.report

    @classmethod
    def _capabilities(cls):
        return [name for name, methods in (("memory", ["observe"]), ("labeler", ["label"]), ("reporter", ["report"]))
                if cls._overrides(*methods)]

    def _answer(self, method, params, ask):
        if method == "choose":
            return self._choose(params)
        memory = params.get("memory", {}) if self._remembers else _NoMemory()
        if method == "label":
            common = {"client": params["client"], "class_count": params["class_count"], "seed": params["seed"]}
            return {"labels": [
                self.label(Sample(common, sample=sample, label=label), memory)
                for sample, label in zip(params["samples"], params["labels"])]}
        if method == "report":
            shown = Round({name: params.get(name) for name in ("client", "round", "rounds", "weight", "seed")})
            shown.update({"global_model": _model(params["global"]), "local": _model(params["local"])})
            shown["previous"] = _model(params["previous"]) if "previous" in params else None
            shown["report"] = _model(params["report"])
            return {"report": _base64(self.report(shown, memory))}
        raise _NoSuchMethod(method)

    def _choose(self, params):
        memory = (params.get("memory") or {}) if self._remembers else _NoMemory()
        if self._remembers and "outcome" in params:
            self.observe(Outcome(params["outcome"]), memory)
        effort, batch_size, gamma, *attendance = self.choose(View(params["view"]), memory)
        answer = {"effort": effort, "batch_size": batch_size, "gamma": gamma, "attendance": attendance[0] if attendance else 1}
        if self._remembers:
            _check_memory(memory)
            answer["memory"] = memory
        return answer


class Assignment(NamedTuple):
    """What the server asks of a client, and what it promises: fixed - loss_slope f, as far as it pays by the test loss."""

    effort: float
    batch_size: int
    gamma: float
    fixed: float = 0.0
    loss_slope: float = 0.0
    announced: dict = {}


class MechanismView(Record):
    """What the server knows when it announces an episode: episode, clients, protocol, money_per_loss."""

    __slots__ = ()

    def asked(self, client, batch_size=50):
        """Full effort, an honest report, and the batch size of the configuration, or this one where it leaves that open."""
        size = client.batch_size if client.get("batch_size") is not None else min(batch_size, client.max_batch_size)
        return Action(1.0, size, 1.0)

    def cost(self, client, action):
        """What an action costs a client."""
        return _cost(client.costs, self.protocol, action)


class Payment(Record):
    """What the server knows when it pays: episode, assignments, protocol, test_loss, rounds_asked, rounds_heard."""

    __slots__ = ()


class ObservedRound(Record):
    """A round as the server knows it: episode, round, seed, protocol, models, and reports with client, weight and model."""

    __slots__ = ("_ask",)

    def random(self, purpose=""):
        """Random numbers of this round."""
        return _random(self.seed, purpose)

    def loss(self, model):
        """The loss of a model on the server's test data."""
        return self._ask("loss", {"model": _base64(model)})

    def gradient(self, model):
        """Its gradient, where the class says needs_gradient."""
        return _model(self._ask("gradient", {"model": _base64(model)})["model"])

    def aggregate(self, clients):
        """The global model that the reports of these clients would have made."""
        return _model(self._ask("aggregate", {"clients": list(clients)})["model"])


class Mechanism(_Plugin):
    """How the server asks and pays. It keeps nothing of its own either: memory is empty when an episode is announced, and
    lasts until it is paid."""

    def announce(self, view, memory):
        """One Assignment per client, in the order of view.clients."""
        raise NotImplementedError

    def pay(self, payment, memory):
        """One reward per client, in their order, in money."""
        raise NotImplementedError

    def observe(self, round, memory):
        """Takes note of a round. Whoever defines it is shown the rounds that `rounds` names."""

    def rounds(self, protocol):
        """The rounds to look at, from 1; None: all of them."""
        return None

    needs_gradient = False

    @classmethod
    def _capabilities(cls):
        return (["reports"] if cls._overrides("observe") else []) + (["gradient"] if cls.needs_gradient else [])

    def _answer(self, method, params, ask):
        memory = params.get("memory", {})
        if method == "announce":
            view = MechanismView(params["view"])
            assignments = [_assignment(assignment) for assignment in self.announce(view, memory)]
            return self._with(memory, {"assignments": assignments})
        if method == "rounds":
            rounds = self.rounds(params["protocol"])
            return {"rounds": None if rounds is None else list(rounds)}
        if method == "observe":
            seen = ObservedRound(params)
            seen._ask = ask
            seen["global_model"], seen["next"] = _model(params["global"]), _model(params["next"])
            for report in seen["reports"]:
                report["model"] = _model(report["model"])
            self.observe(seen, memory)
            return self._with(memory, {})
        if method == "pay":
            return self._with(memory, {"rewards": list(self.pay(Payment(params), memory))})
        raise _NoSuchMethod(method)

    @staticmethod
    def _with(memory, answer):
        _check_memory(memory)
        answer["memory"] = memory
        return answer


def serve(plugins):
    """Plays what FLCrowd asks for until it has enough. The last line of a script: flcrowd.serve({"acme/careful": Careful})."""
    _Server(plugins).run()


class _Server:
    def __init__(self, plugins):
        self.plugins = plugins
        self.playing = None
        self.output = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)  # what is printed must not get between the answers
        sys.stdout = sys.stderr
        self.lines = queue.SimpleQueue()
        self.asked = self.count = self.questions = 0
        self.seconds = 0.0
        threading.Thread(target=self._read, daemon=True).start()

    def run(self):
        while (line := self.lines.get()) is not None:
            since = time.perf_counter()
            self._accept(json.loads(line, object_hook=Record))
            self.seconds += time.perf_counter() - since
        if os.environ.get("FLCROWD_COUNT"):
            print(f"{self.questions} questions on {self.count} lines, {self.seconds:.2f} s")

    def _read(self):
        for line in sys.stdin.buffer:
            self.lines.put(line)
        self.lines.put(None)
        time.sleep(1)
        os._exit(0)  # whoever asked is gone, whatever is still being computed

    def _accept(self, message):
        self.count += 1
        self.questions += len(message) if isinstance(message, list) else 1
        if not isinstance(message, list):
            self._write(self._reply(message))
            return
        replies, since = [], time.monotonic()
        for request in message:
            replies.append(self._reply(request))
            if time.monotonic() - since > 1:  # a sign of life
                self._write(replies)
                replies, since = [], time.monotonic()
        if replies:
            self._write(replies)

    def _write(self, message):
        self.output.write(message.encode() if isinstance(message, str) else b"[" + ",".join(message).encode() + b"]")
        self.output.write(b"\n")
        self.output.flush()

    def _reply(self, request):
        answer = {"jsonrpc": "2.0", "id": request["id"]}
        try:
            answer["result"] = self._answer(request["method"], request.get("params", {}))
            return _to_json(answer)
        except Exception as e:
            answer.pop("result", None)
            answer["error"] = _error(e)
            return json.dumps(answer)

    def _answer(self, method, params):
        if method == "describe":
            return {"protocol": _PROTOCOL, "runtime": f"{platform.python_implementation()} {platform.python_version()}",
                    "plugins": [_described(name, cls) for name, cls in self.plugins.items()]}
        if method == "create":
            cls = self.plugins[params["name"]]
            self.playing = cls(**{key.replace("-", "_"): value for key, value in params["options"].items()})
            return {"capabilities": cls._capabilities()}
        return self.playing._answer(method, params, self._ask)

    def _ask(self, method, params):
        self.asked += 1
        self._write(json.dumps({"jsonrpc": "2.0", "id": f"back-{self.asked}", "method": method, "params": params}, allow_nan=False))
        answer = json.loads(self.lines.get(), object_hook=Record)
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["result"]


# Equal memories are equal texts.
_to_json = json.JSONEncoder(allow_nan=False, sort_keys=True, separators=(",", ":")).encode


class _NoSuchMethod(Exception):
    pass


class _NoMemory(dict):
    def __setitem__(self, key, value):
        raise TypeError("there is no memory; define observe(self, outcome, memory), which may do nothing, to have one")

    setdefault = update = __setitem__


def _described(name, cls):
    return {
        "kind": "strategy" if issubclass(cls, Strategy) else "mechanism",
        "name": name,
        "description": ((cls.__doc__ or "").strip().splitlines() or [""])[0],
        "options": [
            {"name": _key(key), "type": _noun(o.default), "default": _shown(o.default), "range": o.range,
             "description": o.description}
            for key, o in cls._options().items()],
    }


def _error(e):
    if isinstance(e, _BadOption):
        return {"code": _BAD_OPTION, "message": e.problem, "data": {"option": e.option}}
    if isinstance(e, Refused):
        return {"code": _REFUSED, "message": str(e)}
    if isinstance(e, _NoSuchMethod):
        return {"code": _NO_METHOD, "message": f"there is no method '{e}'"}
    here = os.path.abspath(__file__)
    frames = [frame for frame in traceback.extract_tb(e.__traceback__) if os.path.abspath(frame.filename) != here]

    # The author's own line, not the library's that it called.
    folder = os.path.dirname(os.path.abspath(sys.argv[0]))
    own = [frame for frame in frames if os.path.dirname(os.path.abspath(frame.filename)) == folder]
    last = (own or frames or [None])[-1]
    where = f" ({os.path.basename(last.filename)}, line {last.lineno}, in {last.name})" if last else ""
    return {"code": _FAILED, "message": f"{type(e).__name__}: {e}{where}"}


def _check_memory(memory):
    if isinstance(memory, dict):
        for key, value in memory.items():
            if type(key) is not str:
                raise TypeError(f"memory has the key {key!r}; keys are texts, as JSON has no others: str({key!r})")
            _check_memory(value)
    elif isinstance(memory, (list, tuple)):
        for value in memory:
            _check_memory(value)


def _assignment(given):
    given = Assignment(*given)
    return {"effort": given.effort, "batch_size": given.batch_size, "gamma": given.gamma, "terms": {
        "fixed": given.fixed, "loss_slope": given.loss_slope, "announced": given.announced}}


def _action(given):
    action = Action(given["effort"], given["batch_size"], given["gamma"])
    return action if given["attendance"] == 1 else action.coming_to(given["attendance"])


def _random(seed, purpose):
    return random.Random(f"{seed}/{purpose}")


def _cost(costs, protocol, action):
    steps = protocol.rounds * (protocol.local_steps if protocol.cost_basis == "local_step" else 1)
    attendance = action[3] if len(action) > 3 else 1
    return costs.labeling * action[0] + attendance * steps * costs.computation * action[1]


def _model(text):
    model = array.array("f")
    model.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        model.byteswap()
    return model


def _base64(model):
    model = array.array("f", model)
    if sys.byteorder == "big":
        model.byteswap()
    return base64.b64encode(model.tobytes()).decode()


def _key(name):
    return name.replace("_", "-")


def _shown(value):
    if value is None:
        return "not set"
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value)


def _noun(default):
    if isinstance(default, bool):
        return "true or false"
    if isinstance(default, (list, tuple)):
        return "a list"
    return {int: "a whole number", float: "a number", str: "a text", dict: "an object"}.get(type(default), "a value")


def _convert(default, value):
    if isinstance(default, bool):
        return {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}[
            value if isinstance(value, str) else _shown(value)] if isinstance(value, (str, bool)) else int("")
    if isinstance(default, int):
        number = float(value)
        if number != int(number):
            raise ValueError
        return int(number)
    if isinstance(default, float):
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")):
            raise ValueError
        return number
    if isinstance(default, str):
        if not isinstance(value, str):
            raise TypeError
        return value
    if isinstance(default, (list, tuple)):
        if not isinstance(value, (list, tuple)):
            raise TypeError
        return [_convert(default[0], item) for item in value] if default else list(value)
    if isinstance(default, dict):
        if not isinstance(value, dict):
            raise TypeError
    return value


# Runs and tables.


class RunFailed(Exception):
    """FLCrowd refused an experiment, or a run failed: the message is what it said."""


def run(experiment, settings=None, plugins=(), out=None, overwrite=False, threads=None, program=None, show=False):
    """Runs an experiment, a file or a name such as "quickstart", and returns its tables.

    settings changes settings by their paths: {"seed": 2, "learning.rounds": 20}. out is the folder, by default a new one below
    ./runs. program is the command, by default what the variable FLCROWD names, or `flcrowd`. show lets it show how it goes."""
    command = [*_program(program), "run", str(experiment), "--json"]
    for path, value in (settings or {}).items():
        command += ["--set", f"{path}={json.dumps(value)}"]
    for plugin in plugins:
        command += ["--plugin", str(plugin)]
    command += ["--out", str(out)] if out is not None else []
    command += ["--overwrite"] if overwrite else []
    command += ["--threads", str(threads)] if threads is not None else []
    with tempfile.TemporaryFile() as errors:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=None if show else errors, check=False)
        errors.seek(0)
        said = errors.read().decode("utf-8", "replace").strip().splitlines()
    if ended.returncode != 0:
        raise RunFailed("\n".join(said[-5:]) or f"flcrowd ended with exit code {ended.returncode}")
    summary = json.loads(ended.stdout)
    return Run(summary["directory"], summary)


def read(folder):
    """The tables of a run that is over, or under way."""
    return Run(folder)


class Run:
    """A run's folder. Tables are attributes: run.clients, run.episodes, run.rest_points for rest-points.csv; lists of
    dictionaries, or frames of pandas where that is installed. json is run.json, summary what `flcrowd run --json` printed."""

    def __init__(self, folder, summary=None):
        self.folder, self.summary = os.path.abspath(folder), summary
        if not os.path.isfile(self._path("run.json")):
            raise FileNotFoundError(f"{self.folder} is not the folder of a run: there is no run.json in it")

    def __repr__(self):
        return f"Run({self.folder!r})"

    def __dir__(self):
        return [*super().__dir__(), *self.tables]

    @property
    def json(self):
        with open(self._path("run.json"), encoding="utf-8") as file:
            return json.load(file)

    @property
    def tables(self):
        """The names of all tables."""
        return sorted(name[:-4].replace("-", "_") for name in os.listdir(self.folder) if name.endswith(".csv"))

    def rows(self, table):
        """A table as a list of dictionaries: numbers are numbers, and None is a field that is empty."""
        with open(self._csv(table), encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for column in rows[0] if rows else []:
            read_cell = _reader([row[column] for row in rows])
            for row in rows:
                row[column] = read_cell(row[column]) if row[column] != "" else None
        return rows

    def frame(self, table):
        """A table as a frame of pandas."""
        import pandas

        return pandas.read_csv(self._csv(table), float_precision="round_trip")

    def __getattr__(self, table):
        if table.startswith("_"):
            raise AttributeError(table)
        try:
            return self.frame(table)
        except ImportError:
            return self.rows(table)

    def _csv(self, table):
        path = self._path(table.replace("_", "-") + ".csv")
        if not os.path.isfile(path):
            raise AttributeError(f"there is no table '{table}'; there are {', '.join(self.tables)}")
        return path

    def _path(self, name):
        return os.path.join(self.folder, name)


def _reader(cells):
    """What all cells of a column can be read by that are not empty."""
    for kind in (int, float):
        try:
            for cell in cells:
                if cell != "":
                    kind(cell)
        except ValueError:
            continue
        return kind
    return str


def _program(program):
    given = program or os.environ.get("FLCROWD") or shutil.which("flcrowd")
    if not given:
        raise FileNotFoundError(
            "there is no command flcrowd; name it by run(..., program=...), the variable FLCROWD, or install it as a tool of .NET")
    words = [given] if isinstance(given, str) and os.path.exists(given) else shlex.split(given) if isinstance(given, str) else list(given)
    return ["dotnet", *words] if words[0].endswith(".dll") else words


# Tests of strategies, without FLCrowd.


def view(**changes):
    """A view of a game, for tests: ten clients, full effort and D' = 50 asked for a fixed pay of 30."""
    usual = {
        "client": 3, "episode": 0, "episodes": 16, "seed": 1,
        "assignment": {"effort": 1.0, "batch_size": 50, "gamma": 1.0, "terms": {"fixed": 30.0, "loss_slope": 0.0, "announced": {}}},
        "protocol": {"rounds": 100, "local_steps": 1, "step_size": 0.05, "replacement": True, "cost_basis": "round"},
        "costs": {"labeling": 20.0, "computation": 0.001},
        "participation_rate": 1.0, "weight": 0.1, "sample_count": 600, "class_count": 10, "max_batch_size": 600,
        "repeats": 0, "published": None,
    }
    usual.update(changes)
    return View(_records(usual))


def mechanism_view(clients=10, **changes):
    """What the server knows of a game, for tests of mechanisms: equal clients, and D' = 50."""
    usual = {
        "episode": 0, "money_per_loss": 1000.0,
        "clients": [
            {"client": client, "weight": 1 / clients, "costs": {"labeling": 20.0, "computation": 0.001},
             "participation_rate": 1.0, "sample_count": 600, "max_batch_size": 600, "batch_size": 50}
            for client in range(clients)],
        "protocol": {"rounds": 100, "local_steps": 1, "step_size": 0.05, "replacement": True, "cost_basis": "round"},
    }
    usual.update(changes)
    return MechanismView(_records(usual))


def check(strategy, episodes=16):
    """Plays some games and raises AssertionError where a rule is broken that every strategy keeps: actions in range, the same
    choices for the same seed, memory that JSON can say and nothing that is kept elsewhere. Returns the actions."""
    games = {
        "flat pay": {},
        "pay by the test loss": {"assignment": {"effort": 1.0, "batch_size": 50, "gamma": 1.0, "terms": {
            "fixed": 120.0, "loss_slope": 80.0, "announced": {}}}},
        "batches of one sample at most": {"sample_count": 1, "max_batch_size": 1, "assignment": {
            "effort": 1.0, "batch_size": 1, "gamma": 1.0, "terms": {"fixed": 30.0, "loss_slope": 0.0, "announced": {}}}},
        "nothing to label": {"sample_count": 0, "class_count": 0, "max_batch_size": 2 ** 31 - 1},
        "published payoffs": {"published": [
            {"behavior": {"effort": 0.0, "batch_factor": 1.0, "gamma": 1.0}, "clients": 2, "mean_payoff": 30.0},
            {"behavior": {"effort": 1.0, "batch_factor": 1.0, "gamma": 1.0}, "clients": 8, "mean_payoff": -10.0}]},
    }
    played = {}
    for name, changes in games.items():
        try:
            played[name] = _play(strategy, changes, episodes)
        except Refused:
            continue
        assert played[name] == _play(strategy, changes, episodes), f"in the game '{name}' it does not do the same twice"
    assert played, "it refuses every game"
    return played


def _play(strategy, changes, episodes):
    actions, params = [], {}
    for episode in range(episodes):
        shown = view(**changes)
        if episode == 0:
            shown["published"] = None
        shown["episode"], shown["seed"] = episode, random.Random(f"check/{episode}").getrandbits(64)
        text = json.dumps({**params, "view": shown}, allow_nan=False)
        answer = json.loads(json.dumps(strategy._answer("choose", json.loads(text, object_hook=Record), None), allow_nan=False))
        action = _action(answer)
        assert 0 <= action.effort <= 1, f"effort {action.effort} is not between 0 and 1"
        assert type(action.batch_size) is int and 1 <= action.batch_size <= shown.max_batch_size, (
            f"batch size {action.batch_size} is no whole number between 1 and {shown.max_batch_size}")
        assert action.gamma >= 0, f"gamma {action.gamma} is below 0"
        assert 0 <= answer["attendance"] <= 1, f"attendance {answer['attendance']} is not between 0 and 1"
        actions.append(action)
        loss = 1.5 - action.effort / 2 + random.Random(episode).gauss(0, 0.1)
        terms = shown.assignment.terms
        params = {"outcome": {"episode": episode, "action": {"attendance": 1, **action._asdict()}, "reward": terms.fixed - terms.loss_slope * loss,
                              "cost": shown.cost(action), "test_loss": loss}}
        if "memory" in answer:
            params["memory"] = answer["memory"]
    return actions


def _records(value):
    if isinstance(value, dict):
        return Record((key, _records(item)) for key, item in value.items())
    return [_records(item) for item in value] if isinstance(value, list) else value
