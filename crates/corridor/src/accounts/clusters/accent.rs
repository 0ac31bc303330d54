//! The accent colour of a cluster: whatever is chosen, what is shown can be read in both themes.
//!
//! Readable means the contrast that WCAG 2.2 asks of text, on the paper of the theme and for the words that stand on the
//! accent itself: 4.5 : 1 on light paper, and the enhanced 7 : 1 on dark, where coloured letters glare. The shade shown
//! keeps the hue chosen and moves no further in lightness than it must.

use palette::{FromColor, IsWithinBounds, Oklch, Srgb, color_difference::Wcag21RelativeContrast};

/// What the colours of the two themes stand on and carry; the same values as in `web/styles/tokens.css`.
const LIGHT: Theme = Theme { papers: ["#fbfaf7", "#f2f0ea", "#ffffff"], words: "#ffffff", contrast: 4.5, step: -0.005 };
const DARK: Theme = Theme { papers: ["#16191c", "#101315", "#1f2327"], words: "#14171a", contrast: 7.0, step: 0.005 };

struct Theme {
    papers: [&'static str; 3],
    words: &'static str,
    contrast: f32,
    /// Where more contrast lies: darker on light paper, lighter on dark.
    step: f32,
}

/// A colour as people write it: `#0a5f70`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent([u8; 3]);

/// The shades of an accent that are shown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Shades {
    /// On light paper.
    pub light: String,
    /// On dark paper.
    pub dark: String,
    /// Whether the colour chosen is shown as it is on light paper.
    pub light_as_chosen: bool,
    /// Whether it is on dark paper.
    pub dark_as_chosen: bool,
}

impl std::str::FromStr for Accent {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.trim().trim_start_matches('#').to_ascii_lowercase();
        let wrong = || NotAColour(text.to_owned());
        // Three digits are short for six: #06c is #0066cc.
        let digits = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits,
            _ => return Err(wrong()),
        };
        // `from_str_radix` takes a sign, which is no colour.
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let channel = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| wrong());
        Ok(Accent([channel(0)?, channel(2)?, channel(4)?]))
    }
}

/// A text is no colour.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not a colour: `{0}` (write six digits such as #0a5f70)")]
pub struct NotAColour(String);

impl std::fmt::Display for Accent {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Accent {
    /// The shades of it that are shown.
    pub fn shades(self) -> Shades {
        let (light, dark) = (self.readable_in(&LIGHT), self.readable_in(&DARK));
        Shades {
            light: light.to_string(),
            dark: dark.to_string(),
            light_as_chosen: light == self,
            dark_as_chosen: dark == self,
        }
    }

    fn srgb(self) -> Srgb<f32> {
        Srgb::from(self.0).into_format()
    }

    /// The nearest shade of the same hue that can be read.
    fn readable_in(self, theme: &Theme) -> Accent {
        if self.can_be_read_in(theme) {
            return self;
        }
        let mut colour = Oklch::from_color(self.srgb());
        // 200 steps lead from one end of the lightness to the other.
        for _ in 0..200 {
            colour.l = (colour.l + theme.step).clamp(0.0, 1.0);
            let shade = Accent(within_screen(colour).into_format().into());
            if shade.can_be_read_in(theme) {
                return shade;
            }
        }
        Accent(if theme.step < 0.0 { [0; 3] } else { [255; 3] })
    }

    fn can_be_read_in(self, theme: &Theme) -> bool {
        let beside = |other: &str| {
            let other = other.parse::<Accent>().map_or(self, |other| other).srgb();
            self.srgb().relative_contrast(other) >= theme.contrast
        };
        theme.papers.into_iter().all(beside) && beside(theme.words)
    }
}

/// The colour with as much of its strength as a screen can show at that lightness: strength gives way, the hue stays.
fn within_screen(mut colour: Oklch) -> Srgb<f32> {
    for _ in 0..64 {
        let shown = Srgb::from_color(colour);
        if shown.is_within_bounds() {
            return shown;
        }
        colour.chroma *= 0.95;
    }
    colour.chroma = 0.0;
    Srgb::from_color(colour)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_is_chosen_can_be_read_in_both_themes(red: u8, green: u8, blue: u8) {
            let accent = Accent([red, green, blue]);
            let shades = accent.shades();
            let read = |text: &str| text.parse::<Accent>().unwrap();
            prop_assert!(read(&shades.light).can_be_read_in(&LIGHT), "{accent} {shades:?}");
            prop_assert!(read(&shades.dark).can_be_read_in(&DARK), "{accent} {shades:?}");
            prop_assert_eq!(accent.can_be_read_in(&LIGHT), shades.light_as_chosen);
        }
    }

    /// The table of colours of houses: what is chosen, what is shown on light and on dark paper.
    #[test]
    fn a_colour_that_can_be_read_stays_and_others_move_as_little_as_they_must() {
        let shown = |text: &str| {
            let shades = text.parse::<Accent>().unwrap().shades();
            (shades.light, shades.dark)
        };
        assert_eq!(shown("#0a5f70").0, "#0a5f70");
        let (light, dark) = shown("#ffdd00");
        assert_eq!(dark, "#ffdd00", "yellow stays on dark paper");
        assert!(light.as_str() < "#a0ffff", "and is darkened on light paper: {light}");
        assert_eq!(shown("#000").0, "#000000");
        assert_eq!(shown("#fff").1, "#ffffff");
        assert_eq!(shown("#808080").0.len(), 7);
    }

    #[test]
    fn the_papers_are_those_of_the_stylesheet() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/styles/tokens.css");
        let tokens = std::fs::read_to_string(path).unwrap();
        for (name, at) in [("--paper", 0), ("--sunken", 1), ("--raised", 2)] {
            let line = format!("{name}: light-dark({}, {});", LIGHT.papers[at], DARK.papers[at]);
            assert!(tokens.contains(&line), "{line}");
        }
        assert!(tokens.contains(&format!("--on-accent: light-dark({}, {});", LIGHT.words, DARK.words)));
    }

    #[test]
    fn colours_are_written_in_three_or_six_digits() {
        assert_eq!(" 06C ".parse::<Accent>().unwrap().to_string(), "#0066cc");
        for wrong in ["", "#12", "#1234567", "teal", "#+1+2+3", "#ééé", "#12345g"] {
            assert!(wrong.parse::<Accent>().is_err(), "{wrong}");
        }
    }
}
