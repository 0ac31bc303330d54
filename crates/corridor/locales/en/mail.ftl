# Letters.
mail-foot = Corridor, { $address }. A program wrote this letter; nobody reads answers to it.
mail-hello = Hello { $name },
mail-or-copy = Or copy this address into your browser:
mail-sign-in-subject = Your link to Corridor
mail-sign-in-text = Here is the link you asked for. It works once, for { $minutes } minutes, in the browser in which you asked for it.
mail-sign-in-button = Sign in
mail-sign-in-asked = It was asked for on { $moment }.
mail-sign-in-browser = It was asked for on { $moment }, in this browser: { $browser }.
mail-sign-in-not-you = If it was not you, do nothing: without your browser the link opens nothing.
mail-no-account-subject = No account under this address
mail-no-account-text = Somebody, perhaps you, asked { $address } for a link to sign in with this address. There is no account under it.
mail-no-account-help = If you have one, try your other addresses. If you have none, the administrator of your cluster can invite you.
mail-no-account-not-you = If it was not you, do nothing.
mail-invitation-subject = You are invited to Corridor
mail-invitation-by = { $inviter } invites you to Corridor, where innovation clusters and their members find calls, partners and consortia.
mail-invitation-text = You are invited to Corridor, where innovation clusters and their members find calls, partners and consortia.
mail-invitation-role = Your role: { $role }
mail-invitation-accept = You can accept until { $moment }:
mail-invitation-button = See the invitation
mail-invitation-not-you = If you do not know what this is about, do nothing: without your consent there is no account.
mail-claim-subject = Your organisation in Corridor: { $organisation }
mail-claim-vouched = You are now a contact of { $organisation }. Switch to that role in the menu at the top right: you can correct its record and invite colleagues.
mail-claim-refused = The cluster did not confirm that you speak for { $organisation }. Please get in touch with it if this is a mistake.

## When a way in changed
mail-ways-in-subject = Your account on { $address }: { $what }
mail-ways-in-what = { $moment }: { $what }
mail-ways-in-yours = If that was you, there is nothing to do. If it was not, sign in now, end all sessions, and take out what is not yours:

## When a cluster is asked into an alliance
mail-alliance-subject = { $proposed_by } proposes an alliance: { $alliance }
mail-alliance-text = { $proposed_by } asks { $cluster } into the alliance { $alliance }. Until you answer, nothing is shared with it or by it; in it, each cluster still decides for every detail whether the alliance sees it, and may leave at any moment.
mail-alliance-others = Also asked: { $others }.
mail-alliance-answer = You accept or decline as an administrator of your cluster, under Administration, Alliances:
mail-alliance-button = See the proposal

## When an administrator ended a token
mail-token-ended-subject = Your token for programs was ended: { $label }
mail-token-ended-by = { $moment }: { $by } ended your token “{ $label }” ({ $role }).
mail-token-ended = { $moment }: an administrator ended your token “{ $label }” ({ $role }).
mail-token-ended-then = The program that uses it is refused from now on. If you still need it, ask why first; your tokens stand under:
