"""The mechanism acme/improving for FLCrowd."""

import flcrowd


class Improving(flcrowd.Mechanism):
    """Pays what the work costs, and a share of what the training took off the test loss."""

    share = flcrowd.option(0.5, "The clients' share of what the server gains.", at_least=0, at_most=1)

    def announce(self, view, memory):
        asked = [view.asked(client) for client in view.clients]
        memory["costs"] = [view.cost(client, action) for client, action in zip(view.clients, asked)]
        memory["scales"] = [self.share * view.money_per_loss * client.weight for client in view.clients]
        return [flcrowd.Assignment(*action) for action in asked]

    def rounds(self, protocol):
        return [1]

    def observe(self, round, memory):
        memory["first_loss"] = round.loss(round.global_model)

    def pay(self, payment, memory):
        gain = memory["first_loss"] - payment.test_loss
        return [cost + scale * gain for cost, scale in zip(memory["costs"], memory["scales"])]


if __name__ == "__main__":
    flcrowd.serve({"acme/improving": Improving})
