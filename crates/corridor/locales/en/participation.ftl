# Participation: partners of a draft, invitations, expressions of interest, sign-off.

rail-workspaces = Our consortia
consortia-tabs = Parts of the draft
consortia-tab-sheet = Sheet
consortia-tab-own = Our part
consortia-tab-history = History
consortia-tab-what-if = What if
consortia-field-merged = Both sides put together
participation-refused-no-organisation = You act for no organisation: ask your cluster to make you the contact of yours.

## Workspaces
participation-workspaces = Our consortia
participation-workspaces-lede = The drafts in which your organisation takes part.
participation-workspaces-none = Your organisation takes part in no draft yet. When a cluster invites it and you accept, the draft stands here.
participation-column-role = Our role
participation-column-cluster = Led by
participation-of-cluster = A draft of { $cluster }
participation-side = Who takes part
participation-you = you
participation-totals = Sums of those listed here. One that would tell what a single other partner asks for is left out.
