import json
import re
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FORCES = {force["id"]: force for force in json.loads((ROOT / "stories/data/forces.json").read_text(encoding="utf-8"))}
TERRITORIAL = {force["id"] for force in FORCES.values() if force["kind"] == "territorial"}
TOWNS = json.loads((ROOT / "stories/data/towns.json").read_text(encoding="utf-8"))

# Towns whose force is not the one a stranger would guess, and names that several places share.
SURPRISES = {
    "Slough": ["thames-valley"],
    "Peterborough": ["cambridgeshire"],
    "Hull": ["humberside"],
    "Bath": ["avon-and-somerset"],
    "Glossop": ["derbyshire"],
    "Southport": ["merseyside"],
    "Ashton-in-Makerfield": ["greater-manchester"],
    "Croydon": ["metropolitan"],
    "City of London": ["city-of-london"],
    "Caerdydd": ["south-wales"],
    "Bangor": ["northern-ireland", "north-wales"],
    "Newport": ["gwent", "hampshire", "west-mercia"],
    "Richmond": ["metropolitan", "north-yorkshire"],
}


def test_every_town_has_territorial_forces_and_each_force_has_names_and_towns():
    assert len(TOWNS["towns"]) >= 400
    assert all(ids and set(ids) <= TERRITORIAL for ids in TOWNS["towns"].values())
    assert all(ids and set(ids) <= FORCES.keys() for ids in TOWNS["names"].values())
    assert all(len(set(ids)) == len(ids) for kind in ("towns", "names") for ids in TOWNS[kind].values())
    assert {town: TOWNS["towns"][town] for town in SURPRISES} == SURPRISES
    assert "CC BY 4.0" in TOWNS["source"]
    towns = [force for ids in TOWNS["towns"].values() for force in ids]
    assert {force for ids in TOWNS["names"].values() for force in ids} == FORCES.keys()
    assert all(towns.count(force) >= (7 if force == "city-of-london" else 15) for force in TERRITORIAL)


def test_no_town_or_name_is_there_twice_however_it_is_spelled():
    def folded(name):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        return " ".join(re.sub(r"[-.]", " ", plain).replace("'", "").split())

    keys = []
    json.loads((ROOT / "stories/data/towns.json").read_text(encoding="utf-8"), object_pairs_hook=keys.extend)
    names = [folded(key) for key, value in keys if isinstance(value, list)]

    assert len(set(names)) == len(names) == len(TOWNS["towns"]) + len(TOWNS["names"])
    assert all(name == name.lower().strip() for name in TOWNS["names"])


def test_every_force_has_its_own_pages_and_its_oversights_and_nobody_is_named():
    text = (ROOT / "site/campaign/data/contacts.json").read_text(encoding="utf-8")
    contacts = json.loads(text)
    addresses = re.findall(r'"(https?://[^"]*)"', text)

    assert contacts.keys() == FORCES.keys()
    assert all(address.startswith("https://") and "?" not in address for address in addresses)
    assert "@" not in text
    for contact in contacts.values():
        assert contact.keys() == {"contact", "foi", "whatdotheyknow", "oversight", "source", "checked"}
        assert re.search(r"//(www\.)?[a-z-]+\.police\.uk/|//www\.gov\.uk/", contact["contact"])
        assert contact["whatdotheyknow"].startswith("https://www.whatdotheyknow.com/body/")
        assert re.search("Commissioner|Mayor of|Authority|Board|Committee", contact["oversight"]["name"])
        assert re.fullmatch(r"20\d\d-\d\d", contact["checked"])
        assert "not opened" in contact["source"]
