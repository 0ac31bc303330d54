/** The few words that islands say themselves; everything else comes from the server in the reader's language. */
const WORDS = {
  en: {
    loading: "Loading the picture…",
    failed: "The picture could not be loaded; the table below says the same.",
    nothing: "Nothing to draw yet.",
    searching: "Searching…",
    noSuggestion: "No suggestion; press Enter to search",
    keepTyped: "Not in the directory: the text will be kept as typed",
    chosen: "Chosen:",
    suggestions: "Suggestions",
    suggestionCount: (count: number) => (count === 1 ? "1 suggestion" : `${count} suggestions`),
    search: "Search everything",
    close: "Close",
    carryOut: "Carry it out",
    leaveIt: "Change nothing",
    draftKept: (time: string) => `Kept in this browser at ${time}`,
    draftFound: "A text you had not sent was put back.",
    draftDrop: "Drop it",
    unreachable: "The server does not answer; what you typed is kept.",
    refused: "The server could not do this; what you typed is kept.",
    jointProjects: (count: number) => (count === 1 ? "1 joint project" : `${count} joint projects`),
    opening: "Opening",
    cutOff: "Cut-off",
    firstStage: "First stage",
    deadline: "Deadline",
    today: "Today",
    others: "Others",
    linesOfMap: "Joint projects between two places",
    zoomIn: "Closer",
    zoomOut: "Farther",
    zoomReset: "Whole map",
    passkeyKnown: "This device has a passkey for this account already.",
    passkeyTrouble: "It did not work. Nothing was changed; try again, or sign in by a link.",
  },
  fr: {
    loading: "Chargement de l’image…",
    failed: "L’image n’a pas pu être chargée ; le tableau ci-dessous dit la même chose.",
    nothing: "Rien à dessiner pour l’instant.",
    searching: "Recherche…",
    noSuggestion: "Aucune suggestion ; Entrée pour rechercher",
    keepTyped: "Absente de l’annuaire : le texte sera gardé tel quel",
    chosen: "Choisie :",
    suggestions: "Suggestions",
    suggestionCount: (count: number) => (count < 2 ? `${count} suggestion` : `${count} suggestions`),
    search: "Rechercher partout",
    close: "Fermer",
    carryOut: "Exécuter",
    leaveIt: "Ne rien changer",
    draftKept: (time: string) => `Conservé dans ce navigateur à ${time}`,
    draftFound: "Un texte non envoyé a été remis en place.",
    draftDrop: "L’effacer",
    unreachable: "Le serveur ne répond pas ; votre saisie est conservée.",
    refused: "Le serveur n’a pas pu le faire ; votre saisie est conservée.",
    jointProjects: (count: number) => (count < 2 ? `${count} projet commun` : `${count} projets communs`),
    opening: "Ouverture",
    cutOff: "Relève",
    firstStage: "Première étape",
    deadline: "Clôture",
    today: "Aujourd’hui",
    others: "Autres",
    linesOfMap: "Projets communs entre deux lieux",
    zoomIn: "Rapprocher",
    zoomOut: "Éloigner",
    zoomReset: "Carte entière",
    passkeyKnown: "Cet appareil a déjà une clé d’accès pour ce compte.",
    passkeyTrouble: "Cela n’a pas fonctionné. Rien n’a changé ; réessayez, ou connectez-vous par un lien.",
  },
} as const;

/** The language of the page. */
export const language: "fr" | "en" = document.documentElement.lang.startsWith("fr") ? "fr" : "en";
export const words = WORDS[language];

const plain = new Intl.NumberFormat(language);
const euro = new Intl.NumberFormat(language, { style: "currency", currency: "EUR", maximumFractionDigits: 0 });
const compactEuro = new Intl.NumberFormat(language, { style: "currency", currency: "EUR", notation: "compact", maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

/** A figure in the reader's way of writing it. */
export function figure(value: number, unit: "count" | "money" | "percent" = "count", compact = false): string {
  if (unit === "money") return (compact ? compactEuro : euro).format(value);
  if (unit === "percent") return share.format(value);
  return plain.format(value);
}
