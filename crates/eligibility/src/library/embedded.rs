//! The instruments that come with the program, compiled into it so that it works anywhere.

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../../instruments/", $path)))),*]
    };
}

/// Instruments and sets, by path below `instruments/`. A test compares this list with the folder.
pub(super) const FILES: &[(&str, &str)] = files![
    "clusters-go-international.toml",
    "cosme-cluster-excellence.toml",
    "eccp-cluster-profile.toml",
    "eic-accelerator.toml",
    "eic-pathfinder-challenges.toml",
    "eic-pathfinder-open.toml",
    "eic-transition.toml",
    "eureka-globalstars.toml",
    "eureka-network-projects.toml",
    "euroclusters.toml",
    "eurostars-2.toml",
    "eurostars-3.toml",
    "fui.toml",
    "horizon-2020-ria.toml",
    "horizon-europe-cofund.toml",
    "horizon-europe-csa.toml",
    "horizon-europe-ia.toml",
    "horizon-europe-ria.toml",
    "i-demo-regionalise.toml",
    "i-demo.toml",
    "ihi-single-stage.toml",
    "ihi-two-stage.toml",
    "imi2-two-stage.toml",
    "interreg-central-europe.toml",
    "interreg-europe.toml",
    "msca-doctoral-networks-industrial.toml",
    "msca-doctoral-networks-joint.toml",
    "msca-doctoral-networks.toml",
    "pspc-regions.toml",
    "sets/countries.toml",
    "sets/country-names.toml",
    "sets/groups.toml",
    "sets/programmes.toml",
    "sets/regions.toml",
];

/// Test vectors.
pub(super) const VECTORS: &[(&str, &str)] = files![
    "vectors/clusters-go-international.json",
    "vectors/cosme-cluster-excellence.json",
    "vectors/eccp-cluster-profile.json",
    "vectors/eic-accelerator.json",
    "vectors/eic-pathfinder-challenges.json",
    "vectors/eic-pathfinder-open.json",
    "vectors/eic-transition.json",
    "vectors/eureka-globalstars.json",
    "vectors/eureka-network-projects.json",
    "vectors/euroclusters.json",
    "vectors/eurostars-2.json",
    "vectors/eurostars-3.json",
    "vectors/fui.json",
    "vectors/horizon-2020-ria.json",
    "vectors/horizon-europe-cofund.json",
    "vectors/horizon-europe-csa.json",
    "vectors/horizon-europe-ia.json",
    "vectors/horizon-europe-ria.json",
    "vectors/i-demo-regionalise.json",
    "vectors/i-demo.json",
    "vectors/ihi-single-stage.json",
    "vectors/ihi-two-stage.json",
    "vectors/imi2-two-stage.json",
    "vectors/interreg-central-europe.json",
    "vectors/interreg-europe.json",
    "vectors/msca-doctoral-networks-industrial.json",
    "vectors/msca-doctoral-networks-joint.json",
    "vectors/msca-doctoral-networks.json",
    "vectors/pspc-regions.json",
    "vectors/refused.json",
];
