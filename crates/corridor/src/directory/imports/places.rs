//! Countries, French regions from postcodes, and website addresses.

use std::collections::HashMap;

/// The countries of ISO 3166 with their names in both languages.
#[derive(Debug)]
pub struct Countries {
    by_code: HashMap<String, [String; 2]>,
    by_name: HashMap<String, String>,
}

/// The list that comes with the program, so that imports need no file beside their own.
const LIST: &str = include_str!("../../../../../data/reference/countries.csv");

impl Countries {
    /// The bundled list.
    pub fn bundled() -> Self {
        let mut countries = Countries { by_code: HashMap::new(), by_name: HashMap::new() };
        let mut reader = csv::Reader::from_reader(LIST.as_bytes());
        for record in reader.records().flatten() {
            let cell = |place: usize| record.get(place).unwrap_or("").trim().to_owned();
            let (code, english, french) = (cell(0), cell(3), cell(4));
            countries.by_name.insert(ranking::text::fold(&cell(1)), code.clone());
            for names in [&english, &french, &cell(5), &cell(6)] {
                for name in names.split(';').map(str::trim).filter(|name| !name.is_empty()) {
                    countries.by_name.insert(ranking::text::fold(name), code.clone());
                }
            }
            countries.by_code.insert(code, [english, french]);
        }
        countries
    }

    /// Whether these two letters are a country.
    pub fn knows(&self, code: &str) -> bool {
        self.by_code.contains_key(code)
    }

    /// The code of a country given by two letters or by its name in either language.
    pub fn code_of(&self, text: &str) -> Option<String> {
        let upper = text.trim().to_uppercase();
        let code = match upper.as_str() {
            "EL" => "GR",
            "UK" => "GB",
            other => other,
        };
        if self.knows(code) {
            return Some(code.to_owned());
        }
        self.by_name.get(&ranking::text::fold(text.trim())).cloned()
    }
}

/// The department of a French postcode: its first two digits, three overseas.
pub fn department(postcode: &str) -> Option<&str> {
    if postcode.len() != 5 || !postcode.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(if postcode.starts_with("97") || postcode.starts_with("98") { &postcode[..3] } else { &postcode[..2] })
}

/// The region, in the division that holds since 2016, of a French postcode.
pub fn french_region(postcode: &str) -> Option<&'static str> {
    region_of_department(department(postcode)?)
}

/// The region of a French department.
pub fn region_of_department(department: &str) -> Option<&'static str> {
    Some(match department {
        "01" | "03" | "07" | "15" | "26" | "38" | "42" | "43" | "63" | "69" | "73" | "74" => "Auvergne-Rhône-Alpes",
        "21" | "25" | "39" | "58" | "70" | "71" | "89" | "90" => "Bourgogne-Franche-Comté",
        "22" | "29" | "35" | "56" => "Bretagne",
        "18" | "28" | "36" | "37" | "41" | "45" => "Centre-Val de Loire",
        "20" => "Corse",
        "08" | "10" | "51" | "52" | "54" | "55" | "57" | "67" | "68" | "88" => "Grand Est",
        "02" | "59" | "60" | "62" | "80" => "Hauts-de-France",
        "75" | "77" | "78" | "91" | "92" | "93" | "94" | "95" => "Île-de-France",
        "14" | "27" | "50" | "61" | "76" => "Normandie",
        "16" | "17" | "19" | "23" | "24" | "33" | "40" | "47" | "64" | "79" | "86" | "87" => "Nouvelle-Aquitaine",
        "09" | "11" | "12" | "30" | "31" | "32" | "34" | "46" | "48" | "65" | "66" | "81" | "82" => "Occitanie",
        "44" | "49" | "53" | "72" | "85" => "Pays de la Loire",
        "04" | "05" | "06" | "13" | "83" | "84" => "Provence-Alpes-Côte d'Azur",
        "971" => "Guadeloupe",
        "972" => "Martinique",
        "973" => "Guyane",
        "974" => "La Réunion",
        "976" => "Mayotte",
        _ => return None,
    })
}

/// The name of a French town without postal extras (`MONTPELLIER CEDEX 5`), folded.
pub fn town_key(city: &str) -> String {
    let folded = ranking::text::fold(city);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take_while(|word| *word != "cedex")
        .map(|word| match word {
            "st" => "saint",
            "ste" => "sainte",
            other => other,
        })
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    words.join(" ")
}

/// A website with its protocol; only http and https addresses become links.
pub fn website(text: &str) -> String {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    match lower.split_once("://") {
        Some(("http" | "https", _)) => text.to_owned(),
        Some(_) => String::new(),
        None => format!("https://{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_and_towns_lead_to_regions() {
        assert_eq!(french_region("69007"), Some("Auvergne-Rhône-Alpes"));
        assert_eq!(french_region("97490"), Some("La Réunion"));
        assert_eq!(french_region("6410"), None);
        assert_eq!(town_key("MONTPELLIER CEDEX 5"), "montpellier");
        assert_eq!(town_key("St-Étienne"), town_key("SAINT ETIENNE"));
    }

    #[test]
    fn countries_are_known_by_code_and_by_name_in_both_languages() {
        let countries = Countries::bundled();
        for text in ["DE", "de", "Allemagne", "allemagne", "Germany"] {
            assert_eq!(countries.code_of(text).as_deref(), Some("DE"), "{text}");
        }
        assert_eq!(countries.code_of("QQ"), None);
        assert_eq!(countries.code_of("EL").as_deref(), Some("GR"));
    }

    #[test]
    fn scripts_are_no_websites() {
        assert_eq!(website("www.medicen.org"), "https://www.medicen.org");
        assert_eq!(website("javascript://alert(1)"), "");
    }
}
