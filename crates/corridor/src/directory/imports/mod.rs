//! Data in: importers that can be taken up again, change nothing the second time, and keep the source of every fact.
