//! The few numbers of the method: how neighbours vote, and how the parts are blended.
//!
//! They were chosen on projects that started before 2019, as the README of the crate tells.

use serde::{Deserialize, Serialize};

/// How many parts a score is blended from.
pub const PARTS: usize = 10;

/// The parts, in the order of every array of [`PARTS`] numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Votes of the past projects that resemble the text.
    Text,
    /// Projects in the same parts of the programme as those.
    Programme,
    /// Usual partners of the members already in, and of their partners (ridge regression over consortia).
    Circle,
    /// Projects shared with the members already in.
    Shared,
    /// Shared projects that also resemble the text.
    SharedTheme,
    /// Usual partners of the organisations that the text brings up (the same regression).
    Echo,
    /// The text names the organisation.
    Named,
    /// How many consortia the organisation has been in.
    Activity,
    /// Votes of similar projects for organisations of the countries that the text speaks of.
    Country,
    /// What the organisation declares.
    Declared,
}

impl Part {
    /// All parts, in order.
    pub const ALL: [Self; PARTS] = [
        Self::Text,
        Self::Programme,
        Self::Circle,
        Self::Shared,
        Self::SharedTheme,
        Self::Echo,
        Self::Named,
        Self::Activity,
        Self::Country,
        Self::Declared,
    ];
}

/// What the query offers to go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// 0 without text, 1 a line such as the title of a topic, 2 a paragraph or more.
    pub text: usize,
    /// 0 without members, 1 with one or two, 2 with more.
    pub members: usize,
}

/// Weight of each part in each situation.
pub type Blend = [f32; PARTS];

/// All numbers of the method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// How many of the nearest projects vote, for a short and for a long text.
    pub neighbours: [usize; 2],
    /// The power that a similarity is raised to before it votes, for a short and for a long text.
    pub sharpness: [f32; 2],
    /// Weight of the embedding beside the words, for a short and for a long English text.
    pub dense: [f32; 2],
    /// Weight of the embedding beside the words when the text is in another language.
    pub dense_foreign: f32,
    /// Cosines of embeddings below this say nothing.
    pub dense_floor: f32,
    /// Weight of the title of the topic as a field of its own, for a short and for a long text.
    pub topic: [f32; 2],
    /// How far the weights of terms follow what past consortia say of them; 0 for not at all.
    pub bearing: f32,
    /// Years after which a past project votes half as much.
    pub half_life: f32,
    /// The power of the number of members that a project's vote is divided by.
    pub size: f32,
    /// The same for shared projects.
    pub shared_size: f32,
    /// Ridge of the regression over consortia.
    pub ridge: f32,
    /// The power of the number of members that a consortium's row is divided by in that regression.
    pub ridge_size: f32,
    /// The power that the vote of a programme part is raised to.
    pub programme_power: f32,
    /// Ridge of the regression on those whom the text brings up.
    pub echo_ridge: f32,
    /// The power of the number of members that a row is divided by there.
    pub echo_size: f32,
    /// How many of the organisations that the text brings up stand in for members, in the echo.
    pub echo_depth: usize,
    /// The power that their votes are raised to there.
    pub echo_power: f32,
    /// Projects at least this near, relative to the nearest, vote beyond the limit of neighbours.
    pub tie: f32,
    /// What the vote of a project is worth to its coordinator, relative to the others, for a short and for a long text.
    pub coordinator: [f32; 2],
    /// Weight of the family of topics beside the part of the programme.
    pub family: f32,
    /// A longer text, in distinct stems, counts as a paragraph.
    pub paragraph: usize,
    /// The power of the surprise that a statement is near: how little a vague one counts.
    pub surprise: f32,
    /// Weight of a confirmed statement relative to an unconfirmed one.
    pub vouched: f32,
    /// Blends by `[text][members]`, see [`Situation`].
    pub blends: [[Blend; 3]; 3],
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            neighbours: [100, 200],
            sharpness: [2.0, 2.5],
            dense: [0.3, 0.0],
            dense_foreign: 2.0,
            dense_floor: 0.2,
            topic: [0.2, 0.0],
            bearing: 0.3,
            half_life: 6.0,
            size: 0.0,
            shared_size: 0.3,
            ridge: 20.0,
            ridge_size: 0.0,
            programme_power: 0.5,
            echo_ridge: 100.0,
            echo_size: 0.3,
            echo_depth: 50,
            echo_power: 1.0,
            tie: 0.97,
            coordinator: [2.0, 1.5],
            family: 0.5,
            paragraph: 25,
            surprise: 2.0,
            vouched: 1.25,
            //        text prog circ shar them echo name acti ctry decl
            blends: [
                [
                    [0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.0, 1.0, 0.0, 0.0],
                    [0.0, 0.3, 0.25, 1.4, 0.0, 0.1, 0.0, 0.147, 0.0, 0.0],
                    [0.0, 0.2, 1.0, 0.3, 0.0, 0.1, 0.0, 0.2, 0.0, 0.0],
                ],
                [
                    [0.75, 0.75, 0.0, 0.0, 0.0, 0.8, 1.0, 0.128, 0.3, 0.5],
                    [0.55, 1.05, 0.36, 0.45, 0.258, 0.05, 1.0, 0.04, 0.2, 0.45],
                    [0.7, 0.2, 0.833, 1.2, 0.0, 0.0, 1.0, 0.0, 0.3, 0.45],
                ],
                [
                    [0.5, 0.043, 0.0, 0.0, 0.0, 0.086, 1.286, 0.014, 0.857, 0.35],
                    [0.75, 0.15, 0.05, 0.3, 0.16, 0.0, 1.0, 0.0, 1.2, 0.5],
                    [0.825, 0.0, 0.6, 0.682, 0.083, 0.0, 0.909, 0.0, 0.4, 0.5],
                ],
            ],
        }
    }
}

impl Weights {
    /// The blend for a situation.
    #[must_use]
    pub fn blend(&self, situation: Situation) -> &Blend {
        &self.blends[situation.text.min(2)][situation.members.min(2)]
    }
}
