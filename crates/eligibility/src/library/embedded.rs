//! The instruments that come with the program, compiled into it so that it works anywhere.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../../instruments/", $path)))),*]
    };
}

/// Instruments and sets, by path below `instruments/`. A test compares this list with the folder.
pub(super) const FILES: &[(&str, &str)] = files![
    "eurostars-3.toml",
    "horizon-europe-csa.toml",
    "horizon-europe-ia.toml",
    "horizon-europe-ria.toml",
    "i-demo.toml",
    "ihi-two-stage.toml",
    "sets/countries.toml",
    "sets/country-names.toml",
    "sets/groups.toml",
    "sets/regions.toml",
];

/// Test vectors.
pub(super) const VECTORS: &[(&str, &str)] = files![];
