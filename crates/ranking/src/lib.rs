//! Ranks organisations for a text, with reasons that add up to the score.
