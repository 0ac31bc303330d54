# Letters.
mail-foot = Corridor, { $address }. Ce courriel est écrit par un programme ; personne ne lit les réponses.
mail-hello = Bonjour { $name },
mail-or-copy = Ou copiez cette adresse dans votre navigateur :
mail-sign-in-subject = Votre lien vers Corridor
mail-sign-in-text = Voici le lien que vous avez demandé. Il fonctionne une seule fois, pendant { $minutes } minutes, dans le navigateur où vous l’avez demandé.
mail-sign-in-button = Me connecter
mail-sign-in-asked = Il a été demandé le { $moment }.
mail-sign-in-browser = Il a été demandé le { $moment }, dans ce navigateur : { $browser }.
mail-sign-in-not-you = Si ce n’était pas vous, ne faites rien : sans votre navigateur, le lien n’ouvre rien.
mail-no-account-subject = Aucun compte à cette adresse
mail-no-account-text = Quelqu’un, peut-être vous, a demandé à { $address } un lien de connexion pour cette adresse. Il n’y a pas de compte à cette adresse.
mail-no-account-help = Si vous en avez un, essayez vos autres adresses. Sinon, l’administrateur de votre pôle peut vous inviter.
mail-no-account-not-you = Si ce n’était pas vous, ne faites rien.
mail-invitation-subject = Vous êtes invité sur Corridor
mail-invitation-by = { $inviter } vous invite sur Corridor, où les pôles et leurs adhérents trouvent appels, partenaires et consortiums.
mail-invitation-text = Vous êtes invité sur Corridor, où les pôles et leurs adhérents trouvent appels, partenaires et consortiums.
mail-invitation-role = Votre rôle : { $role }
mail-invitation-accept = Vous pouvez accepter jusqu’au { $moment } :
mail-invitation-button = Voir l’invitation
mail-invitation-not-you = Si vous ne savez pas de quoi il s’agit, ne faites rien : sans votre accord, aucun compte n’est créé.
mail-claim-subject = Votre organisation dans Corridor : { $organisation }
mail-claim-vouched = Vous êtes désormais un contact de { $organisation }. Prenez ce rôle dans le menu en haut à droite : vous pourrez corriger sa fiche et inviter des collègues.
mail-claim-refused = Le pôle n’a pas confirmé que vous représentez { $organisation }. Adressez-vous à lui s’il s’agit d’une erreur.

## Lorsqu’un moyen de connexion a changé
mail-ways-in-subject = Votre compte sur { $address } : { $what }
mail-ways-in-what = { $moment } : { $what }
mail-ways-in-yours = Si c’était vous, il n’y a rien à faire. Sinon, connectez-vous dès maintenant, fermez toutes les sessions et retirez ce qui n’est pas à vous :

## Quand un pôle est invité dans une alliance
mail-alliance-subject = { $proposed_by } propose une alliance : { $alliance }
mail-alliance-text = { $proposed_by } invite { $cluster } à rejoindre l’alliance { $alliance }. Tant que vous n’avez pas répondu, rien n’est partagé ; dans l’alliance, chaque pôle décide encore, donnée par donnée, de ce qu’elle voit, et peut la quitter à tout moment.
mail-alliance-others = Également invités : { $others }.
mail-alliance-answer = Vous acceptez ou refusez en tant qu’administrateur de votre pôle, dans Administration, Alliances :
mail-alliance-button = Voir la proposition

## Lorsqu’un administrateur a révoqué un jeton
mail-token-ended-subject = Votre jeton pour programmes est révoqué : { $label }
mail-token-ended-by = { $moment } : { $by } a révoqué votre jeton « { $label } » ({ $role }).
mail-token-ended = { $moment } : un administrateur a révoqué votre jeton « { $label } » ({ $role }).
mail-token-ended-then = Le programme qui s’en sert est désormais refusé. S’il vous est encore utile, demandez d’abord pourquoi ; vos jetons figurent à cette adresse :
