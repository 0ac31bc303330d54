# Le programme de tous les pôles, et les types d’événements.

programme-title = Programme
programme-lede = Les événements de tous les pôles de cette instance que vous pouvez voir, les plus récents d’abord.
programme-calendar = Au format calendrier
programme-region = Région de l’organisateur
programme-kind = Type
programme-year = Année
programme-all = Indifférent
programme-narrow = Affiner
programme-everything = Tout afficher
programme-no-date = Sans date
programme-attendance = Participation
programme-own-attendance = { $invited ->
    [0] aucun invité
    [one] un invité
   *[other] { $invited } invités
}, { $confirmed ->
    [0] aucun participant
    [one] un participant
   *[other] { $confirmed } participants
}{ $came ->
    [0] {""}
    [one] , un venu
   *[other] , { $came } venus
}
programme-confirmed = { $confirmed ->
    [0] personne encore
    [one] un participant
   *[other] { $confirmed } participants
}
programme-kept = { $kept } rendez-vous tenus sur { $told } renseignés
programme-none = Aucun événement ne vous est montré. Ils apparaissent ici dès qu’ils vous sont ouverts.
programme-none-so = Aucun événement ne correspond.

events-of-kind-business = Rendez-vous B2B
events-of-kind-clusters = Rencontres entre pôles
events-of-kind-conference = Conférence
events-of-kind-call-information = Information sur un appel
events-of-kind-signing = Signature
events-of-kind-committee = Comité
events-of-kind-kickoff = Lancement
events-field-kind = Type d’événement
events-field-kind-hint = Seuls les rendez-vous B2B et les rencontres entre pôles ont des demandes, des tables et un planning.
events-field-about = Mois ou année, si les jours ne sont pas connus
events-field-about-hint = 2027-03 ou 2027. Laissez alors les jours vides.
events-template-plain = Événement sans demandes de rendez-vous
events-template-plain-hint = Conférence, signature, comité, information sur un appel : des jours, un lieu, qui vient.
events-session-programme = Programme
events-wrong-about = Écrivez un mois, par exemple 2027-03, ou une année, par exemple 2027.
events-wrong-about-and-days = Les jours sont connus : laissez ceci vide.
