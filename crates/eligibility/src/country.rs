//! Country codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A country by its ISO 3166-1 alpha-2 code; `XK` (Kosovo) is in use though the standard leaves it to its users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// A text that names no country.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown country {0:?}: write the two capital letters of ISO 3166-1")]
pub struct UnknownCountry(String);

/// Every alpha-2 code of ISO 3166-1, and XK.
const CODES: &str = "\
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR \
GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP \
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl Country {
    /// The two letters.
    pub fn code(&self) -> &str {
        // Only checked ASCII letters ever get in.
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The letters with which the codes of its regions begin in the NUTS nomenclature.
    pub fn nuts(&self) -> &str {
        match self.code() {
            "GR" => "EL",
            "GB" => "UK",
            code => code,
        }
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    /// Reads the code; the European habits `UK` and `EL` are taken for `GB` and `GR`.
    fn from_str(text: &str) -> Result<Self, UnknownCountry> {
        let code = match text {
            "UK" => "GB",
            "EL" => "GR",
            other => other,
        };
        let bytes: [u8; 2] = code.as_bytes().try_into().map_err(|_| UnknownCountry(text.chars().take(40).collect()))?;
        if CODES.split(' ').any(|known| known == code) { Ok(Self(bytes)) } else { Err(UnknownCountry(text.into())) }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
