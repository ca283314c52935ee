"""Three clients: one that does as it is asked, one that does not label, and one that finds out what pays."""

import flcrowd


class Truthful(flcrowd.Strategy):
    """Does what it is asked."""

    def choose(self, view, memory):
        return view.asked


class Shirker(flcrowd.Strategy):
    """Computes and reports as it is asked, and labels with less effort."""

    effort = flcrowd.option(0.0, "The labeling effort.", at_least=0, at_most=1)

    def choose(self, view, memory):
        return view.asked.but(effort=self.effort)


class EpsilonGreedy(flcrowd.Strategy):
    """Plays the effort that paid best so far, and now and then a random one."""

    epsilon = flcrowd.option(0.1, "How often it plays at random.", at_least=0, at_most=1)
    efforts = flcrowd.option([0.0, 0.5, 1.0], "What it chooses from.")

    def choose(self, view, memory):
        plays = memory.setdefault("plays", [0] * len(self.efforts))
        memory.setdefault("means", [0.0] * len(self.efforts))
        random = view.random()
        untried = [arm for arm, count in enumerate(plays) if count == 0]
        if untried:
            arm = random.choice(untried)
        elif random.random() < self.epsilon:
            arm = random.randrange(len(plays))
        else:
            arm = memory["means"].index(max(memory["means"]))
        memory["arm"] = arm
        return view.asked.but(effort=self.efforts[arm])

    def observe(self, outcome, memory):
        arm = memory["arm"]
        memory["plays"][arm] += 1
        memory["means"][arm] += (outcome.payoff - memory["means"][arm]) / memory["plays"][arm]


if __name__ == "__main__":
    flcrowd.serve({
        "python/truthful": Truthful,
        "python/shirker": Shirker,
        "python/epsilon-greedy": EpsilonGreedy,
    })
