//! The best eligible consortium, proved: candidates and constraints in, members, bound and alternatives out.
