"""The game day: a rollout that is played window by window, alone, in one room, or everybody on their own screen."""

from components.ui.game.begin import begin
from components.ui.game.over import over
from components.ui.game.play import games, mine, play, waiting

__all__ = ["begin", "games", "mine", "over", "play", "waiting"]
