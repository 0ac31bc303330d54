# The participants of a draft as the form of the Funding & Tenders portal asks for them.

portal-table = Participants for the portal’s form:
portal-number = No.
portal-role = Role
portal-short-name = Short name
portal-legal-name = Legal name
portal-pic = PIC
portal-country = Country
portal-department = Department
portal-type = Type of organisation
portal-sme = SME
portal-personnel = A. Personnel costs
portal-subcontracting = B. Subcontracting costs
portal-travel = C.1 Travel and subsistence
portal-equipment = C.2 Equipment
portal-goods = C.3 Other goods, works and services
portal-third-parties = D.1 Financial support to third parties
portal-internal = D.2 Internally invoiced goods and services
portal-indirect = E. Indirect costs
portal-total = Total eligible costs
portal-most = Maximum EU contribution
portal-requested = Requested EU contribution
portal-own = Own resources
