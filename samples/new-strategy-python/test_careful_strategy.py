import unittest

import flcrowd
from careful_strategy import Careful


class CarefulTests(unittest.TestCase):
    def test_keeps_the_rules(self):
        flcrowd.check(Careful())

    def test_tries_both_ways_and_keeps_to_the_one_that_pays(self):
        actions = flcrowd.check(Careful(curiosity=0))["flat pay"]
        self.assertEqual([1, 0.2], [action.effort for action in actions[:2]])
        self.assertEqual({0.2}, {action.effort for action in actions[2:]})

    def test_refuses_options_out_of_range(self):
        with self.assertRaisesRegex(Exception, "must be at least 0 and at most 1"):
            Careful(curiosity=2)


if __name__ == "__main__":
    unittest.main()
