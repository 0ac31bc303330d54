# Le planning d’un événement : cherché, modifié, publié ; agendas, calendriers et grand écran.

events-tab-timetable = Planning

## Chiffres et recherche
timetable-version = Version { $number }
timetable-state-draft = Brouillon
timetable-state-published = Publié
timetable-state-past = Antérieur
timetable-held = Rendez-vous placés
timetable-held-note = sur { $asked } convenus
timetable-breaks = Attentes
timetable-proved = Prouvé : aucun planning n’en a moins
timetable-proved-short = prouvé
timetable-bound = { $bound } au moins sont inévitables
timetable-bound-none = Minimum possible non prouvé
timetable-shortfall = Manquants aux minimums
timetable-shortfall-note = rendez-vous que des participants devraient avoir au moins
timetable-changes = Changements de table
timetable-changes-note = entre deux rendez-vous d’affilée
timetable-took = Durée de la recherche
timetable-seconds = { $seconds } s
timetable-none = { $count ->
    [one] Un rendez-vous est convenu et attend son heure.
   *[other] { $count } rendez-vous sont convenus et attendent leur heure.
}
timetable-nothing = Le planning apparaîtra ici dès que deux participants seront convenus de se rencontrer.
timetable-not-newest = Cette version n’est plus la dernière.
timetable-see-newest = Voir la version { $number }
timetable-search-title = Recherche
timetable-search-text = La recherche dure { $seconds } secondes au plus et montre ce qu’elle trouve. Les rendez-vous verrouillés ne bougent pas. Ce qu’elle a trouvé quand elle s’achève, ou quand vous quittez la page, devient un brouillon : personne ne le voit avant sa publication.
timetable-search = Établir le planning
timetable-search-again = Chercher à nouveau
timetable-search-stop = Arrêter et garder le meilleur
timetable-searching = Recherche en cours…
timetable-search-stopping = Arrêt en cours…
timetable-search-ended = La recherche est terminée.
timetable-search-trouble = La recherche s’est interrompue. Rien de ce qui existait n’a changé ; réessayez.
timetable-runs-already = Une recherche est déjà en cours pour ce planning : attendez sa fin ou arrêtez-la.
timetable-nothing-agreed = Aucun rendez-vous n’est encore convenu : il n’y a rien à placer.
timetable-refused = Quelque chose empêche d’établir un planning : la page le nomme.
timetable-without = Aucun planning n’a été trouvé dans ce délai, sans preuve qu’il n’en existe pas. Cherchez plus longtemps ou déverrouillez des rendez-vous.
timetable-conflict-title = Pas de planning
timetable-conflict = Il n’existe aucun planning. Ces éléments sont incompatibles entre eux ; sans l’un d’eux, quel qu’il soit, les autres le seraient :
timetable-conflict-mend = Changez l’un d’eux : déverrouillez un rendez-vous, retirez-en un que l’équipe a fixé, demandez un autre créneau à quelqu’un, ajoutez une table ou renoncez à une règle.
timetable-conflict-locked = Le rendez-vous { $one } – { $other } est verrouillé au { $time }.
timetable-conflict-set = Le rendez-vous { $one } – { $other } a été fixé par l’équipe et doit avoir lieu.
timetable-conflict-fairness = Le nombre d’attentes de deux personnes diffère de { $limit } au plus.
timetable-conflict-run = { $person } a au plus { $most } rendez-vous d’affilée.
timetable-conflict-window = { $one } et { $other } ne se sont accordés que sur certaines sessions.
timetable-conflict-order = Le rendez-vous { $before } – { $after } vient après { $one } – { $other }.
timetable-conflict-available = { $person } n’est là que sur certains créneaux.
timetable-conflict-maximum = { $participant } a au plus { $most } rendez-vous.
timetable-conflict-booth = { $participant } reçoit sur son propre stand.
timetable-conflict-tables = Le { $time }, { $tables ->
    [0] il n’y a aucune table
    [one] il y a une table
   *[other] il y a { $tables } tables
}.
timetable-conflict-tables-often = Les tables manquent sur { $count } créneaux.
timetable-conflict-not-smallest = Le temps n’a pas suffi pour raccourcir cette liste autant que possible.

## La grille
timetable-grid = Qui rencontre qui
timetable-days = Jours
timetable-table = table { $number }
timetable-legend-wait = attend entre deux rendez-vous
timetable-legend-locked = verrouillé
timetable-left-out = { $count ->
    [one] Un rendez-vous convenu n’est pas placé
   *[other] { $count } rendez-vous convenus ne sont pas placés
}
timetable-left-out-hint = Cherchez à nouveau, prévoyez plus de tables ou de créneaux, ou ouvrez-en un pour le placer à la main.
timetable-broken = L’événement a changé depuis : cette version ne convient plus. Cherchez à nouveau ou déplacez ce qui est nommé.
timetable-broken-publish = Cette version ne peut pas être publiée :
timetable-refusals = Certains rendez-vous ne peuvent pas avoir lieu :
timetable-refusals-blocked = Avant d’établir un planning :
timetable-refusal-nobody = { $participant } n’a personne qui vienne : nommez quelqu’un.
timetable-refusal-no-time = { $participant } est convenu de rendez-vous ({ $count }), mais personne n’y est libre à aucun moment.
timetable-refusal-no-common = { $one } et { $other } n’ont aucun créneau en commun.
timetable-refusal-two-participants = { $person } représente deux participants, { $first } et { $second } : nul ne peut être assis à deux tables.
timetable-refusal-lost = Rendez-vous verrouillés dont l’heure, la table ou les personnes n’existent plus : { $count }. Déverrouillez-les ou déplacez-les.
timetable-refusal-locked-away = Le rendez-vous { $one } – { $other } est verrouillé au { $time }, or l’un des deux n’est pas libre.
timetable-refusal-locked-closed = Le rendez-vous { $one } – { $other } est verrouillé au { $time }, or sa salle n’est pas disponible.
timetable-refusal-locked-tables = { $count } rendez-vous sont verrouillés au { $time }, mais il n’y a que { $tables } tables.
timetable-refusal-locked-person = { $person } est verrouillé dans deux rendez-vous au { $time }.
timetable-refusal-locked-place = La table { $table } est verrouillée pour deux rendez-vous au { $time }.

## Règles qu’un déplacement enfreint
timetable-rule-left-out = Le rendez-vous { $one } – { $other } doit avoir lieu.
timetable-rule-unknown = L’événement n’a plus ce créneau, cette table ou cette personne.
timetable-rule-lost = Rendez-vous dont l’heure, la table, les personnes ou la demande n’existent plus : { $count }.
timetable-rule-stranger = { $person } ne fait pas partie de { $participant }.
timetable-rule-window = { $one } et { $other } sont convenus d’autres sessions.
timetable-rule-away = { $person } n’est pas libre.
timetable-rule-closed = La salle de la table { $table } n’est pas disponible à ce moment.
timetable-rule-not-at-booth = Ce rendez-vous a lieu au stand de son hôte, table { $table }.
timetable-rule-foreign-booth = La table { $table } est le stand de { $participant }.
timetable-rule-locked = Le rendez-vous { $one } – { $other } est verrouillé ailleurs.
timetable-rule-order = Le rendez-vous { $one } – { $other } doit venir d’abord.
timetable-rule-person-twice = { $person } est alors dans un autre rendez-vous : { $one } – { $other }.
timetable-rule-place-twice = La table { $table } est prise par { $one } – { $other }.
timetable-rule-long-run = { $person } aurait { $length } rendez-vous d’affilée ; { $most } au plus.
timetable-rule-travel = { $person } aurait besoin de { $needed } minutes d’une salle à l’autre et n’en a que { $there }.
timetable-rule-too-many = { $participant } aurait { $held } rendez-vous ; { $most } au plus.
timetable-rule-unfair = { $person } aurait { $breaks } attentes et { $other } { $fewest } : l’écart permis est de { $limit }.

## Un rendez-vous
timetable-not-held = Ce rendez-vous est convenu mais n’est pas placé.
timetable-lock = Verrouiller ici
timetable-unlock = Déverrouiller
timetable-lock-hint = Un rendez-vous verrouillé ne bouge pas, quelle que soit la recherche.
timetable-take-out = Retirer du planning
timetable-move = Déplacer
timetable-place-act = Placer
timetable-move-act = Déplacer
timetable-move-refused = Il ne peut pas avoir lieu là. Rien n’a été modifié :
timetable-where-to = Où il pourrait avoir lieu
timetable-when = Quand
timetable-free-or-why = Tables libres, ou ce qui s’y oppose
timetable-tables-free = { $count ->
    [one] une table libre
   *[other] { $count } tables libres
}
timetable-no-table = Aucune table n’est libre.
timetable-which-table = Table
timetable-any-table = N’importe quelle table libre
timetable-back = Retour au planning

## Versions et publication
timetable-versions = Versions
timetable-versions-lede = Chaque recherche et chaque modification crée une version. Les quarante derniers brouillons sont conservés, ainsi que tout ce qui a été publié.
timetable-version-column = Version
timetable-why = Origine
timetable-made-at = Créée
timetable-see = voir
timetable-from-to = Ce qui change de la version { $from } à la version { $to }
timetable-count-changes = { $count ->
    [0] Rien n’a changé.
    [one] Un rendez-vous a changé.
   *[other] { $count } rendez-vous ont changé.
}
timetable-changed = Ce qui change
timetable-change-new = Nouveau
timetable-change-moved = Déplacé
timetable-change-gone = Supprimé
timetable-reason-searched = recherche
timetable-reason-stopped = recherche arrêtée
timetable-reason-moved = { $one } – { $other } déplacé à la main
timetable-reason-taken-out = { $one } – { $other } retiré
timetable-reason-locked = { $one } – { $other } verrouillé
timetable-reason-unlocked = { $one } – { $other } déverrouillé
timetable-publish-ask = Publier…
timetable-publish-title = Publier la version { $number }
timetable-publish-text = Chacun voit aussitôt son agenda, et ceux dont l’agenda change en sont avertis.
timetable-publish-over = Elle remplace la version { $number }.
timetable-publish-act = Publier
timetable-touched = Participants concernés
timetable-letters = { $count ->
    [0] aucun courriel ne part
    [one] un courriel part
   *[other] { $count } courriels partent
}
timetable-demonstration = Dans la démonstration, aucun courriel n’est envoyé à de vraies personnes.
timetable-is-published = Cette version a déjà été publiée.
timetable-event-cancelled = L’événement est annulé : reprenez-le d’abord.
timetable-publish-broken = Cette version enfreint des règles que la page nomme ({ $count }) : cherchez à nouveau ou déplacez ce qui est nommé.
timetable-booked-twice = Déjà pris à cette heure, ici ou à un autre événement : { $who } ({ $zone }). Rien n’a été publié ; cherchez à nouveau, et le planning en tiendra compte.

## Et si
timetable-what-if = Qu’apporteraient des tables de plus ?
timetable-what-if-lede = La même recherche deux fois, quelques secondes chacune : avec l’événement tel quel, puis avec davantage.
timetable-more-tables = Tables en plus
timetable-more-slots = Créneaux en plus par jour
timetable-compare = Comparer
timetable-compare-hint = Cela prend une dizaine de secondes.
timetable-what-if-title = Avec { $tables ->
    [0] autant de tables
    [one] une table de plus
   *[other] { $tables } tables de plus
} et { $slots ->
    [0] autant de créneaux
    [one] un créneau de plus par jour
   *[other] { $slots } créneaux de plus par jour
}
timetable-what-if-more = { $count ->
    [one] Un rendez-vous de plus est placé.
   *[other] { $count } rendez-vous de plus sont placés.
}
timetable-what-if-less = { $count ->
    [one] Un rendez-vous de moins a été placé dans ce délai.
   *[other] { $count } rendez-vous de moins ont été placés dans ce délai.
}
timetable-what-if-saves = { $count ->
    [one] Une attente de moins.
   *[other] { $count } attentes de moins.
}
timetable-what-if-costs = { $count ->
    [one] Une attente de plus.
   *[other] { $count } attentes de plus.
}
timetable-what-if-same = Cela ne change rien.
timetable-what-if-none = L’une des deux recherches n’a trouvé aucun planning dans ce délai.
timetable-what-if-too-much = C’est plus qu’un événement ne peut contenir : une journée finit à minuit, avec 128 créneaux et 6 000 tables au plus.
timetable-what-if-note = Sur { $asked } rendez-vous convenus. Trouvé en quatre secondes chacune, sans preuve : une recherche plus longue peut faire mieux des deux côtés.
timetable-as-it-is = Tel quel
timetable-with-more = Avec plus

## Agendas
timetable-agenda = Agenda
timetable-agenda-of = Agenda de { $person }
timetable-agenda-as-of = Tel que publié le
timetable-agenda-empty = Aucun rendez-vous n’est prévu pour vous.
timetable-agenda-none = Vos rendez-vous apparaîtront ici dès que { $cluster } aura publié le planning.
timetable-place = Table { $table }
timetable-place-room = { $room }, table { $table }
timetable-for-you = Pour vous : { $person }
timetable-offers = Offre
timetable-seeks = Recherche
timetable-calendar = Dans votre calendrier
timetable-calendar-lede = Une adresse privée que votre calendrier lit de lui-même : les rendez-vous y bougent avec le planning.
timetable-calendar-file = Télécharger en .ics
timetable-calendar-make = Adresse privée pour { $person }
timetable-calendar-hint = Quiconque a l’adresse peut lire cet agenda. En créer une nouvelle met fin à la précédente.
timetable-calendar-made = L’adresse privée pour { $person }. Elle n’est montrée que cette fois : copiez-la dans votre calendrier (s’abonner, à partir d’une adresse).
timetable-calendar-summary = Rendez-vous avec { $with }
timetable-calendar-text = { $event }. { $with } : { $their }. Pour vous : { $own }.
timetable-board = Grand écran
timetable-board-now = Maintenant
timetable-board-next = Ensuite
timetable-board-none = Aucun rendez-vous à venir.

done-timetable-made = Le planning est là, en brouillon.
done-timetable-locked = Le rendez-vous est verrouillé.
done-timetable-unlocked = Le rendez-vous est déverrouillé.
done-timetable-moved = Le rendez-vous est déplacé, dans un nouveau brouillon.
done-timetable-taken-out = Le rendez-vous est retiré, dans un nouveau brouillon.
done-timetable-published = Le planning est publié.

mail-event-agenda-subject = Votre agenda pour { $event }
mail-event-agenda-text = { $cluster } a publié un planning de « { $event } ». Ce qui change pour { $organisation } :
mail-event-agenda-new = Nouveau : { $with }, { $when }, { $where }
mail-event-agenda-moved = Déplacé : { $with }, { $when }, { $where } (avant : { $before })
mail-event-agenda-gone = Supprimé : { $with }, { $when }

timetable-order = Avant ou après un autre
timetable-order-lede = Quand deux rendez-vous doivent se suivre, la recherche, les déplacements à la main et la publication s’y tiennent.
timetable-order-before = Avant { $meeting }
timetable-order-after = Après { $meeting }
timetable-order-how = Ce rendez-vous a lieu
timetable-order-is-before = avant
timetable-order-is-after = après
timetable-order-other = L’autre rendez-vous
timetable-order-act = Fixer l’ordre
timetable-unorder = Y renoncer
timetable-order-itself = Un rendez-vous ne peut pas avoir lieu avant lui-même.
timetable-order-circle = Ces rendez-vous formeraient une boucle, chacun devant précéder le suivant : { $value }.
done-timetable-ordered = L’ordre est fixé.
done-timetable-unordered = L’ordre est levé.
