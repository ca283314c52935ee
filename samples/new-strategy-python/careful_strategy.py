"""The client strategy acme/careful for FLCrowd."""

import flcrowd


class Careful(flcrowd.Strategy):
    """Works as it is asked or labels with little effort, whichever paid more so far."""

    curiosity = flcrowd.option(0.1, "How often it tries what paid less so far, as a probability.", at_least=0, at_most=1)
    little_effort = flcrowd.option(0.2, "The labeling effort where it does not work as asked.", at_least=0, at_most=1)

    def choose(self, view, memory):
        memory["way"] = self._next_way(view, memory)
        return view.asked if memory["way"] == "as asked" else view.asked.but(effort=self.little_effort)

    def observe(self, outcome, memory):
        tried = memory.setdefault(memory["way"], {"episodes": 0, "payoff": 0.0})
        tried["episodes"] += 1
        tried["payoff"] += (outcome.payoff - tried["payoff"]) / tried["episodes"]

    def _next_way(self, view, memory):
        ways = ["as asked", "with little effort"]
        for way in ways:
            if way not in memory:
                return way
        better, other = sorted(ways, key=lambda way: memory[way]["payoff"], reverse=True)
        return other if view.random().random() < self.curiosity else better


if __name__ == "__main__":
    flcrowd.serve({"acme/careful": Careful})
