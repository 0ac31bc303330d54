# Côtés : brouillons des candidats et de l’industrie, leur fusion, le registre des contributions.

consortia-tab-ledger = Contributions
consortia-tab-merger = Fusion
consortia-field-holds = Côté rassemblé par le brouillon
sides-holds-open = Non précisé
sides-holds-hint = Tant que les deux côtés ne sont pas réunis, un brouillon rassemble les candidats ou l’industrie.
sides-which = Quel côté ce brouillon rassemble-t-il ?
sides-which-applicant = Les candidats, qui répondent à l’appel dès la première étape
sides-which-industry = L’industrie, qui rejoint le consortium à la seconde étape
sides-note-industry = Ce brouillon ne rassemble que l’industrie : seules les règles disant qui peut contribuer sont lues. Les autres le seront une fois ce brouillon réuni à celui des candidats.
sides-is-closed = Ce brouillon est clos : les deux côtés ont été réunis et continuent dans un même brouillon.
sides-to-merged = Voir la suite
sides-refused-closed = Ce brouillon est clos, car les deux côtés ont été réunis et continuent dans un même brouillon.
sides-refused-shared = Ce brouillon continue pour deux équipes et l’autre le perdrait de vue : mettez-le plutôt de côté. Il pourra être supprimé une fois que l’autre équipe aura supprimé son brouillon clos.

## Registre
sides-ledger = Contributions
sides-ledger-lede = Ce que chaque membre engage en plus de l’argent public, s’il en a le droit, et ce qui manque pour atteindre la part demandée par l’instrument.
sides-own-ledger-lede = Ce que votre organisation engage en plus de l’argent public, et si elle en a le droit.
sides-no-terms = L’instrument de ce brouillon ne demande aucune part de contributions.
sides-share-title = Part des contributions
sides-share-unknown = Encore inconnue : personne n’a indiqué les coûts éligibles
sides-share-reached = { $share } de contributions pour { $at_least } demandés
sides-share-missing = { $share } de contributions pour { $at_least } demandés : part non atteinte
sides-lack = Il manque { $amount }, en nature ou en numéraire, dans la limite des coûts éligibles.
sides-lack-additional = Sous forme d’activités additionnelles, qui augmentent l’assiette, il faudrait { $amount }.
sides-room = Ces contributions permettraient { $amount } de plus.
sides-carries = Pour en représenter { $at_least }, ces contributions permettent un projet de { $carries } au plus.
sides-given = Contributions
sides-base = Coûts éligibles et activités additionnelles
sides-without-costs = { $count ->
    [one] Les coûts éligibles d’un membre ne sont pas encore indiqués.
   *[other] Les coûts éligibles de { $count } membres ne sont pas encore indiqués.
}
sides-lines = Engagements
sides-column-kind = Nature
sides-column-amount = Montant en euros
sides-column-may = Admise
sides-column-problems = À corriger
sides-column-rule = Règle
sides-may-not = non admise
sides-may-open = admise ou non : un fait manque
sides-may-pay = Qui peut engager quoi
sides-nobody-may = Personne sur cette feuille
sides-export = Contributions en CSV
sides-own-lines = Nos engagements
sides-own-correct = Corriger nos montants
sides-all-lines = Au total

## Fusion
sides-merger = Fusion
sides-merger-lede = Candidats et industrie travaillent séparément jusqu’à l’accord des deux équipes. Le brouillon des candidats continue alors avec les deux côtés, et celui de l’industrie est clos.
sides-one-side = L’instrument de ce brouillon n’a qu’un côté : il n’y a rien à fusionner.
sides-say-which = Indiquez d’abord quel côté ce brouillon rassemble.
sides-together = Les deux côtés sont réunis
sides-together-with = Réunis avec { $cluster } le { $date }.
sides-undo = Annuler la fusion
sides-undo-hint = Jusqu’au { $date }, et tant que personne n’a validé le brouillon réuni ni noté son dépôt, chaque équipe peut l’annuler. Les deux brouillons redeviennent alors ce qu’ils étaient.
sides-undo-sure = Annuler la fusion ? Les changements apportés depuis au brouillon réuni ne resteront que dans son historique.
sides-undo-over = La fusion ne peut plus être annulée : un jour s’est écoulé, ou elle l’a déjà été.
sides-undo-signed = La fusion ne peut plus être annulée : un partenaire a validé le brouillon réuni.
sides-undo-submitted = La fusion ne peut plus être annulée : le brouillon réuni a été déposé. Un dépôt noté par erreur se retire d’abord sous « Résultat ».
sides-merged-seen = Les montants des candidats ne vous sont pas montrés ; les règles sont lues sur tous.
sides-no-letter-to = Aucun courrier électronique au sujet d’une fusion ne parvient à { $names } : personne n’y répond ici et aucune adresse n’est connue. Prévenez-les vous-même, ou faites inviter ici quelqu’un qui répond pour eux.
sides-asked = { $cluster } propose une fusion
sides-asked-text = Son brouillon : { $draft }. Rien du vôtre ne lui est montré avant votre accord.
sides-who-comes = Qui arrive
sides-rules-change = Ce que disent les règles
sides-rules-unread = Les règles ne peuvent pas encore être lues : complétez les feuilles.
sides-rule-not-asked = non demandée
sides-accept = Accepter et fusionner
sides-accept-hint = Tous les partenaires des deux brouillons sont avertis par courrier électronique. L’autre équipe voit alors qui participe et ce que disent les règles, mais aucun montant de vos partenaires.
sides-decline = Refuser
sides-waiting = En attente de l’autre équipe
sides-waiting-text = Proposée le { $date }. Vous verrez leur côté dès leur accord.
sides-withdraw = Retirer la proposition
sides-give-code = Donner un code à l’autre côté
sides-give-code-text = Personne ne peut trouver votre brouillon. Pour vous proposer une fusion, il faut un code de votre part : remettez-le vous-même. Il sert une fois, pendant une semaine.
sides-code = Code de fusion
sides-code-once = Copiez le code maintenant : il ne sera plus affiché.
sides-code-works = Un code est valable jusqu’au { $date }. Un nouveau code le remplace.
sides-make-code = Créer un code
sides-make-code-again = Créer un nouveau code
sides-use-code = Proposer une fusion
sides-use-code-text = Avec un code de l’autre côté, vous proposez une fusion. Son équipe voit alors ce que votre feuille apporterait : qui participe, et ce que disent les règles des deux côtés ensemble.
sides-propose = Proposer la fusion
sides-wrong-code = Ce code ne convient pas : il est mal saisi, déjà utilisé, ou date de plus d’une semaine. Demandez-en un nouveau à l’autre équipe.
sides-wrong-no-side = L’un des brouillons n’indique pas quel côté il rassemble.
sides-wrong-same-side = Les deux brouillons rassemblent le même côté.
sides-wrong-other-topic = Les brouillons répondent à des sujets ou à des instruments différents.
sides-wrong-together = Ce brouillon rassemble déjà les deux côtés.
sides-wrong-doubled = Ces organisations figurent sur les deux feuilles ; l’une des équipes doit d’abord les retirer :
done-sides-ledger-saved = Les contributions sont enregistrées.
done-sides-proposed = La fusion est proposée. L’autre équipe en est avertie par courrier électronique.
done-sides-merged = Les deux côtés sont réunis. Les deux équipes et tous les partenaires dont une adresse est connue en sont avertis par courrier électronique.
done-sides-refused = La proposition est close.
done-sides-undone = La fusion est annulée. Les deux brouillons redeviennent ce qu’ils étaient.

change-draft-merge-code = Code de fusion créé
change-draft-merger-propose = Fusion proposée
change-draft-merger-decline = Fusion refusée
change-draft-merger-withdraw = Proposition de fusion retirée
change-draft-merge-sides = Deux côtés réunis
change-draft-merger-undo = Fusion annulée

## Courriers
mail-merger-button = Voir la fusion
mail-merger-proposed-subject = { $cluster } propose une fusion avec « { $draft } »
mail-merger-proposed-text = { $cluster } a utilisé le code de votre brouillon « { $draft } » et propose de fusionner les deux côtés. Voyez qui arriverait et ce que diraient les règles, puis acceptez ou refusez. Rien de votre brouillon ne lui est montré avant votre accord.
mail-merger-declined-subject = { $cluster } a refusé la fusion avec « { $draft } »
mail-merger-declined-text = { $cluster } a refusé de fusionner les deux côtés. Votre brouillon « { $draft } » reste tel quel.
mail-merger-merged-subject = Les deux côtés de « { $draft } » sont réunis
mail-merger-merged-text = Le brouillon « { $draft } » et celui de { $cluster } ont été réunis : candidats et industrie travaillent désormais sur un même brouillon, et ses partenaires voient qui est de l’autre côté. Les montants restent à ceux qu’ils concernent. Pendant un jour, les équipes peuvent annuler la fusion.
mail-merger-undone-subject = La fusion de « { $draft } » est annulée
mail-merger-undone-text = Le brouillon « { $draft } » et celui de { $cluster } sont de nouveau deux brouillons, et chacun redevient ce qu’il était. Aucun côté ne voit plus l’autre.
