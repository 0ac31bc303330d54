# Les suites des rendez-vous : dites par les participants, lues par l’équipe au regard des chiffres du domaine.

events-part-outcomes = Après les rendez-vous
events-tab-results = Résultats
job-events-outcomes = Demander les suites des rendez-vous, au lendemain d’un événement

## Dit par un participant
event-outcomes-title = Les suites de vos rendez-vous
event-outcomes-lede = Dites-le rendez-vous par rendez-vous : chaque réponse s’enregistre séparément et reste modifiable. { $cluster }, qui organise l’événement, la lit ; l’autre partie, non.
event-outcomes-progress = { $count ->
    [one] { $said } réponse sur un rendez-vous
   *[other] { $said } réponses sur { $count } rendez-vous
}
event-outcomes-to-come = { $count ->
    [one] Un autre n’a pas encore commencé.
   *[other] { $count } autres n’ont pas encore commencé.
}
event-outcomes-none-begun = { $count ->
    [one] Votre rendez-vous n’a pas encore commencé. Dès son début, vous pourrez en dire ici les suites.
   *[other] Aucun de vos { $count } rendez-vous n’a encore commencé. Dès le début de chacun, vous pourrez en dire ici les suites.
}
event-outcomes-kept = Le rendez-vous a-t-il eu lieu ?
event-outcomes-kept-yes = Oui
event-outcomes-kept-no = Non
event-outcomes-second = Souhaitez-vous un second rendez-vous ?
event-outcomes-second-yes = Oui, nous voulons poursuivre
event-outcomes-second-no = Non
event-outcomes-not-said = Sans réponse
event-outcomes-rating = Quelle en était la qualité ?
event-outcomes-rating-5 = 5 – excellente
event-outcomes-rating-4 = 4 – bonne
event-outcomes-rating-3 = 3 – moyenne
event-outcomes-rating-2 = 2 – faible
event-outcomes-rating-1 = 1 – sans intérêt
event-outcomes-words = En quelques mots (facultatif)
event-outcomes-words-hint = Ce dont vous êtes convenus, ce qui aiderait. Pour l’organisateur seulement ; ne nommez des personnes que si c’est nécessaire.
event-outcomes-take-back = Retirer la réponse
event-outcomes-correct = Corriger
event-outcomes-said-kept = A eu lieu
event-outcomes-said-not-kept = N’a pas eu lieu
event-outcomes-said-second = second rendez-vous souhaité
event-outcomes-said-no-second = pas de second rendez-vous
event-outcomes-said-rating = note : { $rating } sur 5
event-outcomes-by-team = Noté par l’organisateur.
event-outcomes-take-up = En faire un brouillon de consortium
event-outcomes-look-for-team = Chercher une équipe avec les deux
event-outcomes-wrong-kept = Dites si le rendez-vous a eu lieu.
event-outcomes-too-early = ce rendez-vous n’a pas encore commencé : ses suites peuvent être dites dès son début

done-event-outcome-said = Enregistré. Merci.
done-event-outcome-noted = Noté.
done-event-outcome-taken-back = Réponse retirée : rien n’est dit de ce rendez-vous.

## Les résultats, pour l’équipe
event-results-views = Vues des résultats
event-results-meetings = Rendez-vous
event-results-participants = Par participant
event-results-delegations = Par paire de délégations
event-results-accepted = Demandes acceptées
event-results-of-answered = { $of ->
    [0] aucune réponse pour l’instant
   *[other] { $count } oui sur { $of ->
        [one] une réponse
       *[other] { $of } réponses
    }
}
event-results-field-accepted = bons événements : 40 à 60 %
event-results-enough = Deux rendez-vous ou plus
event-results-of-participants = { $of ->
    [0] aucun participant pour l’instant
   *[other] { $count } sur { $of ->
        [one] un participant
       *[other] { $of } participants
    }
}
event-results-field-enough = bons événements : deux chacun
event-results-held = Tenus
event-results-of-known = { $of ->
    [0] rien n’en est dit pour l’instant
   *[other] { $count } sur { $of } dont l’issue est connue
}
event-results-field-held = bons événements : 80 %
event-results-second = Second rendez-vous souhaité
event-results-of-held = { $of ->
    [0] rien n’en est dit pour l’instant
   *[other] { $count } sur { $of } tenus pour lesquels on le sait
}
event-results-field-second = bons événements : 20 à 30 %
event-results-rating = Note
event-results-of-ratings = { $count ->
    [0] aucune note pour l’instant
    [one] sur 5, d’après une note
   *[other] sur 5, d’après { $count } notes
}
event-results-n-of-m = { $count } sur { $of }
event-results-beside-below = en dessous
event-results-beside-within = au niveau
event-results-beside-above = au-dessus
event-results-unsaid-count = { $count ->
    [one] Un rendez-vous commencé sur { $of } : personne n’en a encore rien dit.
   *[other] { $count } rendez-vous commencés sur { $of } : personne n’en a encore rien dit.
}
event-results-contradicted-count = { $count ->
    [one] Un fait l’objet de réponses contraires.
   *[other] { $count } font l’objet de réponses contraires.
}
event-results-to-come-count = { $count ->
    [one] Un est encore à venir.
   *[other] { $count } sont encore à venir.
}
event-results-how = La règle de calcul
event-results-how-accepted = Demandes acceptées : parmi celles qu’une partie a faites et auxquelles l’autre a répondu. Les rendez-vous que vous avez fixés n’en font pas partie.
event-results-how-enough = Deux rendez-vous ou plus : parmi les participants confirmés à ce jour ; rendez-vous du planning publié, hors ceux qui n’ont pas eu lieu.
event-results-how-held = Tenus : une partie le dit, et l’autre ne dit pas le contraire. Si les deux se contredisent, le rendez-vous ne compte ni comme tenu ni comme non tenu, jusqu’à ce que l’une se corrige ou que vous le notiez.
event-results-how-second = Second rendez-vous souhaité : une partie le souhaite et l’autre ne dit pas non, parmi les rendez-vous tenus pour lesquels quelqu’un s’est prononcé.
event-results-how-said = Ce que personne n’a dit ne compte pour rien, et jamais pour un non. Un rendez-vous annulé avant son début ne compte pas du tout.
event-results-came = Issue
event-results-came-kept = Tenu
event-results-came-not-kept = Non tenu
event-results-came-contradicted = Réponses contraires
event-results-came-unsaid = Sans réponse
event-results-came-to-come = À venir
event-results-second-held = Un second rendez-vous, parmi les tenus :
event-results-second-both = Souhaité par les deux
event-results-second-one = Souhaité par l’un
event-results-second-disputed = Souhaité par l’un, pas par l’autre
event-results-second-no = Non souhaité
event-results-second-unsaid = Sans réponse
event-results-second-line = Second rendez-vous : { $what }
event-results-all = Tous
event-results-listed = { $count ->
    [0] Aucun rendez-vous
    [one] Un rendez-vous
   *[other] { $count } rendez-vous
}
event-results-between = entre { $one } et { $other }
event-results-of = de { $name }
event-results-wanted = second rendez-vous souhaité
event-results-show-all = Tout afficher
event-results-column-meeting = Rendez-vous
event-results-column-when = Date et lieu
event-results-column-second = Second rendez-vous
event-results-pair = { $one } – { $other }
event-results-none-so = Aucun n’est dans ce cas.
event-results-no-meeting = Le planning publié ne comporte aucun rendez-vous à tenir.
event-results-not-published = Les résultats commencent avec le planning publié : dès qu’un rendez-vous a commencé, ses deux parties peuvent en dire les suites.
event-results-export-hint = Les fichiers contiennent les réponses de chaque partie, mais pas ses commentaires.
event-results-all-participants = Tous
event-results-with-two = Deux rendez-vous ou plus
event-results-with-fewer = Moins de deux
event-results-with-unsaid = N’a pas tout dit
event-results-column-meetings = Rendez-vous
event-results-column-unsaid = Sans réponse de sa part
event-results-column-not-said = Sans réponse
event-results-column-pair = Délégations
event-results-pairs = Rendez-vous par paire de délégations
event-results-square = Délégation par délégation
event-results-square-lede = Combien de rendez-vous ; parmi eux, combien ont eu lieu, et pour combien un second est souhaité.
event-results-square-cell = { $held ->
    [one] { $held } tenu
   *[other] { $held } tenus
}, { $second } à suivre
event-results-no-delegation = Sans délégation
event-results-no-delegations = Aucun participant ne vient encore avec une délégation : indiquez-la sur la page de chacun.
event-results-note-lede = Notez pour l’une des deux parties ce qu’elle vous a dit. La réponse porte la mention « noté par l’organisateur » ; la partie la voit et peut la corriger.
event-results-note-for = Noter pour { $name }
event-results-contradicted-note = Une partie dit que le rendez-vous a eu lieu, l’autre que non. Il ne compte ni dans un sens ni dans l’autre : interrogez les deux, et notez ce qu’il en est.
event-results-short = Rencontres lors de vos événements
event-results-met = A rencontré

## Le courriel
mail-meet-outcomes-subject = Vos rendez-vous à { $event } : quelles suites ?
mail-meet-outcomes-text = Merci d’avoir participé à « { $event } ». { $count ->
    [one] Vous n’avez pas encore dit les suites d’un rendez-vous de { $organisation }.
   *[other] Vous n’avez pas encore dit les suites de { $count } rendez-vous de { $organisation }.
} Une minute suffit : a-t-il eu lieu, souhaitez-vous vous revoir ? { $cluster } lit votre réponse, l’autre partie non. Ce courriel ne vient qu’une fois.

## Données personnelles
personal-meeting = Des mots sur un rendez-vous
personal-meetings = Mots sur des rendez-vous
personal-reason-meetings = Qu’un rendez-vous a eu lieu fait partie des résultats de l’événement ; cela reste, sans le nom.
personal-audience-meeting = L’équipe du pôle qui organise l’événement, et le participant qui l’a dit
purpose-meeting-words = Ce que les participants disent des rendez-vous
purpose-meeting-words-data = Des mots à l’intention de l’organisateur, qui peuvent nommer des personnes ; le compte qui les a dits
purpose-meeting-words-recipients = L’équipe du pôle qui organise l’événement
purpose-meeting-words-period = À compter du jour où cela a été dit : trois ans, le temps de rendre compte de ce qui a suivi les rendez-vous d’un événement (RGPD, article 5, paragraphe 1, point e). Les chiffres restent.

## La démonstration
event-results-demonstration-name = Rencontre des pôles santé (démonstration)
event-results-demonstration-summary = Une journée passée de rendez-vous entre de vrais membres de plusieurs pôles, en délégations. Les rencontres et leurs suites sont inventées pour cette démonstration.
