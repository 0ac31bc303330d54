partnering-title = Qui convient
partnering-idea-title = Qui convient à cette idée ?
partnering-idea-lede = Dites ce que vous voulez faire, en français ou en anglais : Corridor cherche qui l’a déjà fait, ou dit savoir le faire.
partnering-text = Votre idée
partnering-text-more = Avec vos mots (facultatif)
partnering-text-hint = En français ou en anglais ; quelques lignes trouvent mieux que quelques mots.
partnering-with = Déjà dans l’équipe
partnering-with-add = Ajouter un membre de l’équipe
partnering-with-hint = Nom, PIC, ROR ou SIREN.
partnering-excluded = Écartés
partnering-take-out = , reprendre
partnering-members-only = Adhérents de { $name } seulement
partnering-newcomers-first = Nouveaux venus d’abord
partnering-newcomers-hint = Les organisations sans projet européen connu, classées selon ce qu’elles déclarent.
partnering-unnamed = Aussi celles dont on ne connaît que le numéro
partnering-ask = Qui convient ?
partnering-nothing = Décrivez une idée, ou ouvrez un appel : les organisations qui conviennent apparaissent ici, chacune avec ses raisons.
partnering-none = Personne ne convient avec ces filtres.
partnering-count = { $count ->
    [one] Une organisation, avec ses raisons
   *[other] Les { $count } organisations qui conviennent le mieux
}
partnering-how = D’après { $projects } projets européens passés de { $organisations } organisations et ce qu’elles déclarent. Les pourcentages des raisons s’additionnent pour donner la note.
partnering-show-more = En voir plus
partnering-stale = L’annuaire vient de changer ; le classement est en cours de mise à jour et montre l’état d’avant.
partnering-unknown = Introuvable : { $what }
partnering-building = Le classement est en cours de construction
partnering-building-doing = Lecture des projets et de ce que déclarent les organisations
partnering-again = Regarder de nouveau
partnering-all-with-reasons = Toutes, avec leurs raisons
partnering-add = Dans l’équipe
partnering-exclude = Écarter
partnering-draft = Constituer un consortium
partnering-member = adhérent
partnering-newcomer = nouveau venu
partnering-colon = {" : "}
partnering-more = { $count ->
    [one] et un autre
   *[other] et { $count } autres
}

## Reasons
partnering-reason-similar = { $count ->
    [one] participe à un projet proche
   *[other] participe à { $count } projets proches
}
partnering-reason-shared = { $count ->
    [one] un projet commun avec { $name }, déjà dans l’équipe
   *[other] { $count } projets communs avec { $name }, déjà dans l’équipe
}
partnering-reason-circle = a travaillé avec les partenaires habituels de l’équipe
partnering-reason-declared = sa fiche indique « { $text } »
partnering-reason-vouched = sa fiche indique « { $text } », attesté par un pôle
partnering-reason-vouched-by = sa fiche indique « { $text } », attesté par { $by }
partnering-reason-programme = { $count ->
    [one] un projet dans la même partie du programme ({ $programme })
   *[other] { $count } projets dans les mêmes parties du programme ({ $programme })
}
partnering-reason-similar-circle = a travaillé avec des membres de projets proches
partnering-reason-named = est nommé dans le texte
partnering-reason-country = se trouve dans un pays dont parle le texte
partnering-reason-strand = { $count ->
    [one] un projet sur des sujets de mêmes filières ({ $strand })
   *[other] { $count } projets sur des sujets de mêmes filières ({ $strand })
}
partnering-reason-activity = { $count ->
    [one] un consortium connu
   *[other] { $count } consortiums connus
}
partnering-programme-sc1 = santé
partnering-programme-sc2 = alimentation et bioéconomie
partnering-programme-sc3 = énergie
partnering-programme-sc4 = transports
partnering-programme-sc5 = climat et matières premières
partnering-programme-sc6 = sociétés inclusives
partnering-programme-sc7 = sociétés sûres
partnering-programme-leit = technologies clés
partnering-programme-leit-ict = technologies numériques
partnering-programme-leit-nmp = matériaux et production
partnering-programme-erc = Conseil européen de la recherche
partnering-programme-msca = Marie Skłodowska-Curie
partnering-programme-fet = technologies futures
partnering-programme-infra = infrastructures de recherche
partnering-programme-fp7-health = 7e PCRD Santé
partnering-programme-fp7-ict = 7e PCRD Numérique
partnering-programme-fp7-jti = initiatives technologiques conjointes du 7e PCRD
partnering-programme-fp7-people = 7e PCRD Personnes

## Coverage
partnering-coverage = Ce que couvrent vos adhérents
partnering-coverage-lede = { $count ->
    [0] { $name } a un adhérent pour chaque compétence du sujet.
    [one] Il manque à { $name } une compétence du sujet.
   *[other] Il manque à { $name } { $count } compétences du sujet.
}
partnering-members-count = { $count ->
    [one] un adhérent
   *[other] { $count } adhérents
}
partnering-hole = personne
partnering-look = Chercher ailleurs

## Past projects
partnering-projects-title = Projets passés proches
partnering-projects-how = Les projets européens passés les plus proches du sujet, par les mots et par le sens. Ils votent pour leurs membres dans le classement.
partnering-project = Projet
partnering-project-about = Objet
partnering-near = Proximité
partnering-no-projects = Aucun projet passé ne ressemble à ce sujet.
