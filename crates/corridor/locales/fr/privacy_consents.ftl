## Ses propres consentements
consents-mine = Mes consentements
consents-mine-lede = Ce que vous avez accepté, dans les termes qui vous ont été présentés. Retirer un consentement est aussi simple que le donner ; le retrait ne remet pas en cause ce qui a été fait auparavant.
consents-mine-none = Aucun consentement ne vous a été demandé. Ce qui est détenu à votre sujet figure sous Mes données, avec sa base légale.
consent-audience = Visible par
consent-when = Donné
consent-wording = Texte présenté
consent-withdraw = Retirer ce consentement
consent-give = Donner de nouveau ce consentement
consent-then-erased = Seul votre consentement justifie cette conservation. Si vous le retirez, l’entrée est supprimée aussitôt, y compris pour ceux qui la voient aujourd’hui.
consent-then-stays = Si vous le retirez, l’entrée demeure sur une autre base légale : { $basis }. Vous pouvez demander son effacement, ou vous y opposer, sous Mes données.
consent-again-wording = J’accepte que ceci soit conservé et utilisé : { $what }. Visible par : { $audience }. Je peux retirer cet accord à tout moment.
consent-standing-none = Non demandé
consent-standing-asked = Demandé, sans réponse
consent-standing-given = Donné
consent-standing-confirmed = Confirmé depuis l’adresse de la personne
consent-standing-withdrawn = Retiré
consent-not-given = ce consentement n’est pas donné : il n’y a rien à retirer
consent-given-already = ce consentement est déjà donné
consent-asked-already = cette personne a déjà été sollicitée, et peut encore répondre au courriel
consent-letter-over = ce lien a servi, est trop ancien ou n’est pas des nôtres
consent-problem-address = cette fiche ne porte aucune adresse électronique à laquelle on puisse écrire : personne ne peut être sollicité
consent-channel-page = sur la page
consent-channel-letter = par courriel
consent-channel-paper = sur papier
consent-channel-telephone = par téléphone
consent-channel-meeting = lors d’une rencontre
consent-channel-import = lors d’un import
consent-by-themself = La personne concernée
done-consent-withdrawn = Retiré. L’entrée demeure sur une autre base légale.
done-consent-withdrawn-erased = Retiré, et l’entrée est supprimée.
done-consent-given = Donné de nouveau.
done-consent-asked = Le courriel est en route.

## Le journal, pour ceux qui détiennent les données
consents-title = Bases légales et consentements
consents-lede = À quel titre chaque fiche sur une personne est détenue : qui a noté, donné, confirmé ou retiré quoi, quand et comment. Le journal ne fait que s’allonger ; le dernier état fait foi.
consents-without = Fiches sans base légale
consents-without-none = Chaque fiche qui appelle une base propre en porte une.
consents-without-some = { $count ->
    [one] Cette fiche a été enregistrée sans dire à quel titre. Notez une base là où elle est tenue, sollicitez la personne par courriel, ou supprimez-la.
   *[other] Ces { $count } fiches ont été enregistrées sans dire à quel titre. Notez une base là où elles sont tenues, sollicitez les personnes par courriel, ou supprimez-les.
}
consents-log = Journal
consents-log-none = Rien n’a encore été noté.
consents-every = Toutes
consents-filter = Afficher
consents-newest = Les { $count } entrées les plus récentes.
consents-when = Date
consents-since = Détenue depuis
consents-record = Nature de la fiche
consents-event = Événement
consents-how = Moyen
consents-who = Saisi par
consents-version = version { $version }
consents-about = Organisation
consents-no-basis = Aucune
consents-objection = une opposition attend sa décision
consents-usable = Cette fiche peut être utilisée.
consents-not-usable = Cette fiche ne peut pas être utilisée : aucune base ne la justifie, ou une opposition attend sa décision.
consent-ask-title = Solliciter par courriel
consent-ask-hint = Un courriel à { $email } pose cette question, mot pour mot. Seule compte une réponse depuis cette adresse, même après un retrait antérieur :
consent-ask = Envoyer le courriel
change-consent-withdraw = Consentement retiré
change-consent-give = Consentement donné de nouveau
change-consent-ask = Consentement sollicité par courriel
change-consent-confirm = Consentement confirmé par courriel
change-consent-refuse = Consentement refusé par courriel

## Le courriel et sa réponse
consent-letter-wording = J’accepte que { $cluster } conserve mon nom, ma fonction et mes coordonnées en tant que contact de { $about }, et les montre à son équipe et à ceux qu’il désigne en regard de chaque champ. Je peux retirer cet accord à tout moment et sans frais.
consent-asked-title = Êtes-vous d’accord ?
consent-asked-hint = En cas de refus, ce que seul votre consentement permettrait est supprimé, et tout autre usage est suspendu jusqu’à décision. Rien d’autre ne dépend de votre réponse.
consent-yes = J’accepte
consent-no = Je refuse
consent-answered-title = Merci de votre réponse
consent-answered-yes = Votre consentement est noté, avec le jour et le texte. Vous pouvez le retirer à tout moment : écrivez au pôle, ou connectez-vous.
consent-answered-no = Votre refus est noté. Vos coordonnées ne sont plus utilisées jusqu’à ce que le pôle ait statué sur votre opposition.
consent-answered-gone = Votre refus est noté, et vos coordonnées sont supprimées.
mail-consent-subject = { $cluster } sollicite votre consentement
mail-consent-why = { $cluster } vous a enregistré comme contact de { $about } et vous demande si vous acceptez ceci :
mail-consent-answer = Répondez oui ou non ici, sous { $days } jours :
mail-consent-nothing = Sans réponse de votre part, rien n’est tenu pour accepté.

## Views of the desk
privacy-tab-consents = Bases légales
privacy-tab-retention = Conservation
