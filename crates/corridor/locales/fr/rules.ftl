# Instruments : versions de leurs règles, éditeur, ce qu’un sujet y change.

rules-versions = Versions
rules-versions-lede = Une version ne change jamais : ce qui a été lu selon elle reste lisible. Chaque jour, la version en vigueur est celle dont le premier jour est le plus récent.
rules-version = Version
rules-version-number = Version { $number }
rules-version-since = Lu selon la version { $number } des règles, en vigueur depuis le { $date }.
rules-version-shipped = Lu selon les règles livrées avec le programme.
rules-version-changed = Le sujet de l’appel en change certaines.
rules-read-on = Au { $date }.
rules-shipped = Telle que livrée avec le programme
rules-from-the-start = Depuis le début
rules-in-force = en vigueur
rules-replaced = remplacée
rules-valid-from = En vigueur à partir du
rules-valid-from-hint = Premier jour où les brouillons sont lus selon elle. Jusque-là, la version précédente reste en vigueur.
rules-reason = Motif
rules-reason-hint = Ce qui change et où vous l’avez lu : l’historique le garde.
rules-reason-restored = Retour à la version { $number }
rules-published = Publiée
rules-acts = Actions
rules-restore = Rétablir
rules-edit = Modifier les règles
rules-edit-lede = Le texte d’un côté, ce qu’il dit de l’autre. « Vérifier » exécute les cas de test sans rien enregistrer ; seul un texte conforme à tous peut être publié, comme nouvelle version.
rules-new = Nouvel instrument
rules-new-lede = Il commence par une ébauche d’une règle et de deux cas de test, à remplacer par ce que dit l’appel.
rules-id = Nom court
rules-id-hint = Minuscules sans accent, chiffres et traits d’union, par exemple mon-appel-2027. Il ne change plus.
rules-begin = Commencer
rules-judgement = Résultat de la vérification
rules-line = Ligne { $line }
rules-read = Le texte est lisible.
rules-vectors-flaw = Les cas de test ne sont pas utilisables :
rules-vectors-differ = { $run ->
    [one] Le seul cas de test n’obtient pas la réponse attendue.
   *[other] { $count ->
        [one] Un cas de test sur { $run } n’obtient pas la réponse attendue.
       *[other] { $count } cas de test sur { $run } n’obtiennent pas la réponse attendue.
    }
}
rules-vectors-agree = { $count ->
    [one] Le seul cas de test obtient la réponse attendue.
   *[other] Les { $count } cas de test obtiennent la réponse attendue.
}
rules-vectors-ran = Cas par cas
rules-differs = Diffère
rules-agrees = Conforme
rules-toml = Texte
rules-toml-label = Règles, en TOML
rules-vectors = Cas de test
rules-vectors-hint = Des consortiums en JSON, chacun avec la réponse attendue. À un chiffre modifié correspondent un cas qui respecte encore la règle et un autre qui ne la respecte plus.
rules-in-words = En toutes lettres
rules-publish-title = Publier
rules-check = Vérifier
rules-publish = Publier
rules-only-green = La publication attend que le texte soit lisible et que tous les cas de test soient conformes.
rules-sets = Données communes aux instruments
rules-sets-lede = Pays, régions, groupes et plafonds, avec leurs dates. Leurs versions se font comme celles des instruments, et sont confrontées aux cas de test de tous.
rules-set-countries = Ensembles de pays
rules-set-country-names = Noms des pays
rules-set-groups = Groupes de participants
rules-set-programmes = Programmes
rules-set-regions = Catégories de régions
rules-set-state-aid = Plafonds d’aides d’État
rules-note-flaw = Ce que le sujet change n’a pas pu être appliqué à cette version des règles, lue ici sans changement : { $flaw }
rules-wrong-reason = Indiquez pourquoi cette version est faite.
rules-wrong-not-green = Le texte ou un cas de test n’est pas conforme : voyez ci-dessus.
rules-wrong-day = Écrivez un jour du calendrier, par exemple 2027-01-01.
rules-wrong-id = Minuscules sans accent, chiffres et traits d’union, entre 2 et 60 signes.
rules-wrong-known = Un instrument porte déjà ce nom : modifiez celui-là.
rules-clash = Quelqu’un a publié une autre version pendant que vous modifiiez celle-ci. Votre saisie est ci-dessous : comparez-la à la sienne, puis publiez à nouveau.
done-rules-published = La version est publiée.
change-rules-publish = Version de règles publiée
