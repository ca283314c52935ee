import unittest

import flcrowd
from improving_mechanism import Improving


class ImprovingTests(unittest.TestCase):
    def test_pays_costs_and_a_share_of_the_gain_by_weight(self):
        memory = {}
        mechanism = Improving(share=0.5)
        view = flcrowd.mechanism_view(clients=2, money_per_loss=1000)
        assignments = mechanism.announce(view, memory)
        self.assertEqual([1, 1], [assignment.effort for assignment in assignments])
        memory["first_loss"] = 2.0
        payment = flcrowd.Payment(test_loss=1.5)
        cost = view.cost(view.clients[0], view.asked(view.clients[0]))
        self.assertEqual([cost + 0.5 * 1000 * 0.5 * 0.5] * 2, mechanism.pay(payment, memory))

    def test_looks_at_the_first_round_only(self):
        self.assertEqual([1], Improving().rounds(None))


if __name__ == "__main__":
    unittest.main()
