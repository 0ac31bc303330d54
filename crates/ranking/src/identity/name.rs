//! Names without what differs between registers.

use crate::text::fold;

/// Legal forms as they stand once folded and with single letters joined; longest phrases first within a first word.
const FORMS: &[&[&str]] = &[
    &["gesellschaft", "mit", "beschrankter", "haftung"],
    &["gemeinnutzige", "gesellschaft", "mbh"],
    &["gesellschaft", "mbh"],
    &["gmbh", "and", "co", "kg"],
    &["gmbh", "co", "kg"],
    &["gmbh", "and", "co"],
    &["ag", "and", "co", "kg"],
    &["mbh", "and", "co", "kg"],
    &["gesmbh"],
    &["gesmbh"],
    &["ges", "mbh"],
    &["gmbh"],
    &["ggmbh"],
    &["mbh"],
    &["ag"],
    &["kg"],
    &["kgaa"],
    &["ohg"],
    &["gemeinnutzige", "gmbh"],
    &["kommanditgesellschaft", "auf", "aktien"],
    &["srlu"],
    &["sihtasutus"],
    &["udruzenje"],
    &["spolka", "komandytowa"],
    &["gbr"],
    &["ug"],
    &["ug", "haftungsbeschrankt"],
    &["ev"],
    &["eg"],
    &["eingetragener", "verein"],
    &["aktiengesellschaft"],
    &["kommanditgesellschaft"],
    &["societe", "anonyme"],
    &["societe", "par", "actions", "simplifiee"],
    &["societe", "a", "responsabilite", "limitee"],
    &["societe", "anonyme", "a", "conseil", "d", "administration"],
    &["societe", "cooperative"],
    &["sa"],
    &["sas"],
    &["sasu"],
    &["sarl"],
    &["eurl"],
    &["snc"],
    &["sca"],
    &["scs"],
    &["scrl"],
    &["scarl"],
    &["sprl"],
    &["bvba"],
    &["asbl"],
    &["aisbl"],
    &["vzw"],
    &["ivzw"],
    &["gie"],
    &["geie"],
    &["eeig"],
    &["epic"],
    &["gip"],
    &["scop"],
    &["ste"],
    &["soc"],
    &["nv"],
    &["nv", "sa"],
    &["bv"],
    &["cv"],
    &["cvba"],
    &["besloten", "vennootschap"],
    &["naamloze", "vennootschap"],
    &["societa", "per", "azioni"],
    &["societa", "a", "responsabilita", "limitata"],
    &["societa", "cooperativa"],
    &["societa", "consortile"],
    &["societa", "consortile", "a", "responsabilita", "limitata"],
    &["spa"],
    &["srl"],
    &["srls"],
    &["scpa"],
    &["soc", "coop"],
    &["soc", "cons", "arl"],
    &["scrl"],
    &["scarl"],
    &["onlus"],
    &["sapa"],
    &["coop"],
    &["arl"],
    &["sociedad", "anonima"],
    &["sociedad", "limitada"],
    &["sociedad", "anonima", "unipersonal"],
    &["sociedad", "limitada", "unipersonal"],
    &["sociedad", "cooperativa"],
    &["sl"],
    &["slu"],
    &["sll"],
    &["slne"],
    &["sau"],
    &["sal"],
    &["sociedade", "anonima"],
    &["lda"],
    &["limitada"],
    &["unipessoal"],
    &["unipessoal", "lda"],
    &["ltd"],
    &["limited"],
    &["plc"],
    &["llp"],
    &["llc"],
    &["inc"],
    &["incorporated"],
    &["corp"],
    &["corporation"],
    &["company"],
    &["co"],
    &["co", "ltd"],
    &["public", "limited", "company"],
    &["private", "limited", "company"],
    &["clg"],
    &["dac"],
    &["company", "limited", "by", "guarantee"],
    &["designated", "activity", "company"],
    &["lbg"],
    &["cic"],
    &["teoranta"],
    &["ab"],
    &["aktiebolag"],
    &["publ"],
    &["as"],
    &["asa"],
    &["aps"],
    &["amba"],
    &["ans"],
    &["ba"],
    &["hf"],
    &["ehf"],
    &["ohf"],
    &["oy"],
    &["oyj"],
    &["ky"],
    &["ry"],
    &["rf"],
    &["sr"],
    &["osakeyhtio"],
    &["aktieselskab"],
    &["anpartsselskab"],
    &["ae"],
    &["epe"],
    &["oe"],
    &["ike"],
    &["anonimi", "etaireia"],
    &["anonymi", "etaireia"],
    &["anonymos", "etaireia"],
    &["societe", "anonyme", "sa"],
    &["spzoo"],
    &["sp", "zoo"],
    &["sp", "z", "oo"],
    &["sp", "z", "o", "o"],
    &["spzo", "o"],
    &["spolka", "z", "ograniczona", "odpowiedzialnoscia"],
    &["spolka", "akcyjna"],
    &["spolka", "z", "oo"],
    &["spj"],
    &["spk"],
    &["sro"],
    &["spol", "sro"],
    &["spol", "s", "ro"],
    &["vos"],
    &["vvi"],
    &["ops"],
    &["zs"],
    &["zu"],
    &["akciova", "spolecnost"],
    &["spolecnost", "s", "rucenim", "omezenym"],
    &["doo"],
    &["dd"],
    &["dno"],
    &["kft"],
    &["zrt"],
    &["nyrt"],
    &["rt"],
    &["bt"],
    &["korlatolt", "felelossegu", "tarsasag"],
    &["zartkoruen", "mukodo", "reszvenytarsasag"],
    &["reszvenytarsasag"],
    &["nonprofit"],
    &["kozhasznu"],
    &["ood"],
    &["eood"],
    &["ad"],
    &["ead"],
    &["uab"],
    &["ab"],
    &["sia"],
    &["ou"],
    &["mtu"],
    &["vsi"],
    &["asociacija"],
    &["anonim", "sirketi"],
    &["limited", "sirketi"],
    &["ltd", "sti"],
    &["ltd", "sirketi"],
    &["anonim", "sirketi"],
    &["sanayi", "ve", "ticaret"],
    &["ticaret"],
    &["sanayi", "ticaret"],
    &["san", "ve", "tic"],
    &["san", "tic"],
    &["dis", "ticaret"],
    &["ooo"],
    &["oao"],
    &["zao"],
    &["pjsc"],
    &["ojsc"],
    &["jsc"],
    &["pte"],
    &["pty"],
    &["gmbh", "co"],
    &["se"],
    &["sce"],
    &["ets"],
    &["aie"],
    &["ute"],
    &["fundacion", "privada"],
    &["srl", "unipersonale"],
    &["unipersonale"],
    &["in", "liquidazione"],
    &["in", "liquidation"],
];

/// Words that registers add or leave out at will.
const LITTLE: &[&str] = &[
    "a", "al", "and", "at", "d", "da", "das", "de", "dei", "del", "dell", "della", "delle", "den", "der", "des", "di",
    "die", "do", "dos", "du", "e", "el", "et", "for", "fuer", "fur", "i", "il", "in", "l", "la", "las", "le", "les",
    "lo", "los", "och", "of", "og", "on", "pour", "the", "to", "und", "van", "voor", "y", "za",
];

/// Common words of names in the languages of Europe, each group under its English word.
const COMMON: &[(&str, &[&str])] = &[
    (
        "university",
        &[
            "universitat",
            "universite",
            "universita",
            "universidad",
            "universidade",
            "universiteit",
            "universitet",
            "universitesi",
            "universitetet",
            "uniwersytet",
            "univerzita",
            "univerza",
            "univerzitet",
            "universitatea",
            "universitas",
            "egyetem",
            "yliopisto",
            "ulikool",
            "panepistimio",
            "universitaria",
            "universitaire",
            "universitario",
            "universitari",
        ],
    ),
    (
        "institute",
        &[
            "institut",
            "instituto",
            "istituto",
            "instytut",
            "instituut",
            "institutt",
            "institutet",
            "instituttet",
            "institutul",
            "intezet",
            "ustav",
        ],
    ),
    ("centre", &["center", "centro", "zentrum", "centrum", "centar", "senter", "kozpont", "centrul", "kentro"]),
    (
        "research",
        &[
            "recherche",
            "recherches",
            "ricerca",
            "ricerche",
            "investigacion",
            "investigacao",
            "forschung",
            "onderzoek",
            "forskning",
            "cercetare",
            "recerca",
            "badan",
            "vyzkum",
        ],
    ),
    ("national", &["nationale", "nacional", "nazionale", "nationales", "narodowy", "narodni", "nemzeti", "nasjonal"]),
    (
        "ministry",
        &[
            "ministere",
            "ministerio",
            "ministero",
            "ministerie",
            "ministerium",
            "ministerstwo",
            "ministerstvo",
            "ministarstvo",
            "ministerul",
            "ministerio",
        ],
    ),
    (
        "technical",
        &[
            "technische",
            "technique",
            "technika",
            "tecnica",
            "tecnico",
            "teknisk",
            "tekniska",
            "technology",
            "technologies",
            "technologie",
            "tecnologia",
            "technicka",
        ],
    ),
    (
        "medical",
        &["medizinische", "medizin", "medicine", "medecine", "medicina", "medisch", "medische", "medicale", "medyczny"],
    ),
    (
        "europe",
        &["european", "europeen", "europeenne", "europea", "europeo", "europaische", "europees", "europaisches"],
    ),
    ("association", &["associazione", "asociacion", "associacao", "verein", "verband", "vereniging"]),
    (
        "city",
        &[
            "comune",
            "citta",
            "ville",
            "ciudad",
            "ayuntamiento",
            "gemeente",
            "stadt",
            "municipality",
            "municipio",
            "camara",
        ],
    ),
    (
        "hospital",
        &[
            "hospitalier",
            "krankenhaus",
            "klinikum",
            "ziekenhuis",
            "ospedale",
            "hopital",
            "hopitaux",
            "szpital",
            "nemocnice",
        ],
    ),
    (
        "science",
        &[
            "sciences",
            "scienze",
            "ciencias",
            "wissenschaft",
            "wissenschaften",
            "nauk",
            "nauka",
            "scientifique",
            "scientific",
        ],
    ),
    ("agency", &["agence", "agencia", "agenzia", "agentschap", "agentur"]),
    ("academy", &["academie", "academia", "accademia", "akademie", "akademia", "akademii"]),
    ("energy", &["energie", "energia", "energi", "energetika"]),
    ("nuclear", &["nucleaire", "nucleare", "kernenergie", "nukleare"]),
    ("development", &["developpement", "desarrollo", "desenvolvimento", "sviluppo", "entwicklung", "dezvoltare"]),
];

/// The English word of a common word, the word itself otherwise.
pub(super) fn common(word: &str) -> &str {
    COMMON.iter().find(|(_, others)| others.contains(&word)).map_or(word, |(english, _)| english)
}

/// What two spellings of one name still share: umlauts written out or not, no blanks.
pub(super) fn compact(normal: &str) -> String {
    respelled(normal).replace(' ', "")
}

/// Umlauts that are written out become the single letter, as accents have gone before.
pub(super) fn respelled(normal: &str) -> String {
    normal.replace("ue", "u").replace("ae", "a").replace("oe", "o")
}

/// The parts of a name that stand for the whole: `Studiecentrum / Centre d'étude` holds two names, `Name (Acronym)` one and its short form.
pub(super) fn aliases(name: &str) -> Vec<String> {
    name.split(['*', '/', '(', ')', '[', ']', ';', '|', '–'])
        .flat_map(|part| part.split(" - "))
        .map(normalise)
        .filter(|alias| telling_words(alias).len() >= 2 && alias.chars().count() >= 12)
        .collect()
}

/// Lower case, no accents, no punctuation, legal form taken off: what two registers should agree on.
///
/// ```
/// assert_eq!(ranking::identity::normalise("Société d'Études S.A.R.L."), ranking::identity::normalise("SOCIETE D ETUDES SARL"));
/// assert_eq!(ranking::identity::normalise("Müller & Söhne GmbH"), "muller and sohne");
/// ```
#[must_use]
pub fn normalise(name: &str) -> String {
    let words = plain_words(name);
    let kept = without_form(&words);
    if kept.is_empty() { words.join(" ") } else { kept.join(" ") }
}

/// The same with the legal form left on, to tell `Thales SA` from `Thales Italia SpA` when it matters.
#[must_use]
pub fn normalise_keeping_form(name: &str) -> String {
    plain_words(name).join(" ")
}

/// The words that carry a name: little words and legal form left out.
pub(crate) fn telling_words(normal: &str) -> Vec<&str> {
    normal.split(' ').filter(|word| !word.is_empty() && LITTLE.binary_search(word).is_err()).collect()
}

fn plain_words(name: &str) -> Vec<String> {
    let folded = fold(name).replace(['&', '+'], " and ");
    let mut words: Vec<String> = Vec::new();
    let mut letters = String::new();
    // Dots and blanks between single letters are spelling: S.A., S. A., SA.
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if word.chars().nth(1).is_none() && word.chars().all(char::is_alphabetic) {
            letters.push_str(word);
            continue;
        }
        if !letters.is_empty() {
            words.push(std::mem::take(&mut letters));
        }
        words.push(word.to_owned());
    }
    if !letters.is_empty() {
        words.push(letters);
    }
    words
}

fn without_form(words: &[String]) -> &[String] {
    let mut kept = words;
    loop {
        let ends = FORMS.iter().filter(|form| ends_with(kept, form)).map(|form| form.len()).max();
        match ends {
            Some(length) if length < kept.len() => kept = &kept[..kept.len() - length],
            _ => break,
        }
    }
    loop {
        // At the head only what no name begins with.
        let begins = [
            &["stichting"][..],
            &["sihtasutus"],
            &["viesoji", "istaiga"],
            &["ooo"],
            &["oao"],
            &["zao"],
            &["uab"],
            &["sia"],
            &["vsi"],
            &["societe", "anonyme"],
            &["spzoo"],
        ]
        .into_iter()
        .find(|form| kept.len() > form.len() && kept.iter().zip(*form).all(|(a, b)| a == b));
        match begins {
            Some(form) => kept = &kept[form.len()..],
            None => return kept,
        }
    }
}

fn ends_with(words: &[String], form: &[&str]) -> bool {
    words.len() >= form.len() && words[words.len() - form.len()..].iter().zip(form).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_words_are_sorted_for_the_binary_search() {
        assert!(LITTLE.is_sorted(), "{:?}", LITTLE.windows(2).find(|w| w[0] > w[1]));
    }

    #[test]
    fn a_name_that_is_all_legal_form_stays() {
        assert_eq!(normalise("S.A."), "sa");
    }
}
