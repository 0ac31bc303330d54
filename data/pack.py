#!/usr/bin/env python3
"""Make the packaged data of Corridor from the collected sources.

    python3 data/pack.py --shared DIR            write the files beside this script
    python3 data/pack.py --shared DIR --check    compare with what is there, and look over the
                                                 hand-written French labels; write nothing

DIR is the folder that holds `data/` and `world/` as collected. Only what its
licence allows to pass on is taken; README.md beside this script says what is
left out and why. The result depends on the sources and on the version of the
`zstd` command alone (1.5.4 made the committed files): a file that is not
changed is copied byte for byte. Files that this script does not name
(README.md, euroscivoc_fr.csv, the texts of the Creative Commons licences) are
written by hand and left alone.

Standard library and the `zstd` command only.
"""

import argparse
import csv
import filecmp
import io
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
LIMIT = 25_000_000

# Taken as they are.
COPIED = [
    "cordis/organisations.csv.zst",
    "cordis/participations.csv.zst",
    "cordis/fp7_projects.csv.zst",
    "cordis/fp7_briefs.csv.zst",
    "calls/open_calls.jsonl.zst",
    "ror/ror.jsonl.zst",
    "reference/countries.csv",
    "reference/eu_status.csv",
    "reference/euroscivoc.csv",
    "reference/nace.csv",
    "reference/naf_rev2_fr.csv",
    "reference/nuts_codes.csv",
]

# Licence notices of the repositories that the files above came from.
NOTICES = [
    "Apache-2.0-CordisData.txt",
    "MIT-CORDIS-DB-EU-Projects-Scraper.txt",
    "MIT-ODFest2017-horizon2020-network.txt",
    "MIT-RIECS_CS_infrastructures.txt",
    "MIT-dataesr-pcri.txt",
    "MIT-eunets.txt",
    "MIT-i18n-iso-countries.txt",
]

WORLD = [
    "alliances",
    "calls",
    "clusters",
    "events",
    "news",
    "organisations",
    "relay",
    "strategy",
]

# The documents behind the world, by the number their file name starts with.
DOCUMENTS = {
    "000": "IMI support group article",
    "001": "Medicen strategic plan 2009-2011",
    "002": "Sector contract review 2020 and company news 2021",
    "003": "LifeScience Corridor France and Kansai agreement 2008",
    "004": "S3martMed announcement 2018",
}

# Text sources that name the call, or the funding scheme, of a project. For a
# row that the Norwegian list shares with others, these columns are kept only
# when one of those others fills them.
NAMES_CALL = {"cleantech_maastricht", "derrabauke", "poltys"}
NAMES_SCHEME = {"cleantech_maastricht", "derrabauke", "ecsel", "erc", "inrae_fp7"}


def decompress(path):
    """Return the text of a zstd file."""
    done = subprocess.run(["zstd", "-dqc", str(path)], check=True, stdout=subprocess.PIPE)
    return done.stdout.decode("utf-8")


def compress(text, path):
    """Write text as a zstd file, level 19, one thread so that the bytes repeat."""
    command = ["zstd", "-19", "-q", "-c", "--single-thread", "--no-check"]
    done = subprocess.run(command, check=True, input=text.encode("utf-8"), stdout=subprocess.PIPE)
    path.write_bytes(done.stdout)


def rows_of(path):
    """Read a compressed csv file: its header and its rows."""
    reader = csv.DictReader(io.StringIO(decompress(path), newline=""))
    return reader.fieldnames, list(reader)


def write_rows(header, rows, path):
    """Write rows as a compressed csv file in the form of the sources."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    compress(out.getvalue(), path)


def without_norway(project):
    """Clear what a project row knows only through the Norwegian list.

    The licence of that list is not stated. Identity, dates, money and numbers
    of partners come from the CORDIS extraction that also gives the
    participations, and stay.
    """
    sources = [s for s in project["text_source"].split(";") if s]
    others = {s for s in sources if s != "norway"}
    joined = project["id_match"] == "norway"
    if "norway" not in sources and not joined:
        return project
    clear = []
    if joined:
        # The grant number, and all that hangs on it, was found through that list.
        clear += ["project_id", "topic", "topic_title", "id_match", "topic_match"]
        others = set()
    if not others:
        clear += ["acronym", "title", "objective"]
    if not others & NAMES_CALL:
        clear.append("call")
    if not others & NAMES_SCHEME:
        clear.append("funding_scheme")
    kept = {**project, **dict.fromkeys(clear, "")}
    kept["text_source"] = ";".join(s for s in sources if s in others)
    return kept


def pack_cordis(shared, out):
    """Projects and topics without what rests on the Norwegian list."""
    source = shared / "data" / "cordis"
    header, projects = rows_of(source / "projects.csv.zst")
    joined = {p["rcn"] for p in projects if p["id_match"] == "norway"}
    projects = [without_norway(p) for p in projects]
    write_rows(header, projects, out / "cordis" / "projects.csv.zst")

    header, topics = rows_of(source / "h2020_topics.csv.zst")
    for topic in topics:
        if topic["rcn"] in joined:
            topic["rcn"] = ""
    write_rows(header, topics, out / "cordis" / "h2020_topics.csv.zst")


def pack_world(shared, out):
    """The world with the names of its documents instead of file names."""
    name = re.compile(r'"(\d{3})_[0-9a-f]+\.txt"')
    for stem in WORLD:
        text = (shared / "world" / f"{stem}.toml").read_text(encoding="utf-8")
        text = name.sub(lambda m: f'"{DOCUMENTS[m.group(1)]}"', text)
        (out / "world" / f"{stem}.toml").write_text(text, encoding="utf-8")


def pack(shared, out):
    """Write every generated file under `out` and return their paths."""
    for folder in ["cordis", "calls", "ror", "reference", "world", "LICENSES"]:
        (out / folder).mkdir(parents=True, exist_ok=True)
    for path in COPIED:
        shutil.copyfile(shared / "data" / path, out / path)
    for path in NOTICES:
        shutil.copyfile(shared / "data" / "LICENSES" / path, out / "LICENSES" / path)
    pack_cordis(shared, out)
    pack_world(shared, out)
    made = COPIED + [f"LICENSES/{n}" for n in NOTICES] + [f"world/{s}.toml" for s in WORLD]
    return sorted(made + ["cordis/projects.csv.zst", "cordis/h2020_topics.csv.zst"])


def faults_of_french_labels(folder):
    """What is wrong with the hand-written French labels: ideally nothing.

    One row a concept, in the same order; no label stands for two concepts, and
    no alternative label repeats or competes with another.
    """
    def rows(name):
        with open(folder / "reference" / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    concepts, labels = rows("euroscivoc.csv"), rows("euroscivoc_fr.csv")
    faults = []
    if [c["code"] for c in concepts] != [r["code"] for r in labels]:
        faults.append("euroscivoc_fr.csv has not the codes of euroscivoc.csv, in their order")
    english = {c["title"].strip().lower(): c["code"] for c in concepts}
    used = {"label_fr": {}, "alt_labels_en": {}}
    for row in labels:
        french = [row["label_fr"], *filter(None, row["alt_labels_fr"].split(";"))]
        other = list(filter(None, row["alt_labels_en"].split(";")))
        if not row["label_fr"]:
            faults.append(f"euroscivoc_fr.csv: {row['code']} has no label")
        for column, words in [("label_fr", french), ("alt_labels_en", other)]:
            for word in words:
                if word != word.strip() or word in used[column]:
                    faults.append(f"euroscivoc_fr.csv: {row['code']}: {word!r} is untrimmed or used twice")
                used[column][word] = row["code"]
        for word in other:
            if english.get(word.lower(), row["code"]) != row["code"]:
                faults.append(f"euroscivoc_fr.csv: {row['code']}: {word!r} is another concept's title")
    return faults


def main():
    parser = argparse.ArgumentParser(description="make the packaged data of Corridor")
    parser.add_argument("--shared", type=pathlib.Path, required=True, metavar="DIR",
                        help="folder with the collected data/ and world/")
    parser.add_argument("--out", type=pathlib.Path, default=HERE, metavar="DIR",
                        help="folder to write (default: beside this script)")
    parser.add_argument("--check", action="store_true",
                        help="compare with --out and write nothing")
    options = parser.parse_args()
    csv.field_size_limit(sys.maxsize)

    if not options.check:
        made = pack(options.shared, options.out)
        size = sum(f.stat().st_size for f in options.out.rglob("*") if f.is_file())
        print(f"{len(made)} files written, {size:,} bytes in {options.out}")
        return 0 if size <= LIMIT else f"more than {LIMIT:,} bytes"

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        made = pack(options.shared, scratch)
        _, differing, missing = filecmp.cmpfiles(scratch, options.out, made, shallow=False)
    faults = [f"differs from its sources: {path}" for path in differing + missing]
    faults += faults_of_french_labels(options.out)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(made) - len(differing) - len(missing)} of {len(made)} files as made")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
