"""heard.env and desk.env: what the site's processes are told. A secret that is there already stays as it is."""

import secrets
from collections.abc import Mapping
from pathlib import Path

from operations.layout import env_file_text, read_env_file
from operations.machine import USER, Failed, Machine
from operations.questions import Answers

SECRETS = ("SECRET_KEY", "RECEIPT_PEPPER")
HEAD = """What every process of Heard is told. `heard setup` writes it and keeps what you add (docs/configuration.md).
No comment may stand behind a value. After a change: systemctl restart heard-public heard-desk"""
DESK_HEAD = "What the desk's process is told besides, and instead."
DESK_PORT = 8001


def write_env_files(machine: Machine, answers: Answers, made: Mapping[str, str]) -> None:
    """Write both; `made` holds names that other steps made up, such as ONION_HOST."""
    machine.step("Write the environment files")
    layout = machine.layout
    told = read_env_file(layout.env_file)
    if answers["role"] == "public" and not all(told.get(name) or told.get(f"{name}_FILE") for name in SECRETS):
        raise Failed(
            f"All machines share their secrets: copy {layout.env_file} here from the desk's, and run this again."
        )
    values = heard_env(told, answers, made)
    _write(machine, layout.env_file, values, HEAD)
    if answers["role"] in ("all", "desk"):
        kept = {name: value for name, value in read_env_file(layout.desk_env_file).items() if name != "ALLOWED_HOSTS"}
        hosts = {"ALLOWED_HOSTS": ",".join(desk_hosts(answers, made))}
        _write(machine, layout.desk_env_file, hosts | kept, DESK_HEAD)
        _write_for_backups(machine, answers)


def _write_for_backups(machine: Machine, answers: Answers) -> None:
    """Whom backups are locked to and where they go, where `heard backup` looks for it."""
    etc = machine.layout.etc
    texts = {
        "backup.pub": answers["backup_key"],
        "backup.toml": answers["backup_to"] and f'to = "{answers["backup_to"]}"',
    }
    for name, text in texts.items():
        if text:
            machine.write(etc / name, f"{text}\n", mode=0o640, owner=f"root:{USER}")
    # Made by root's `rclone config`.
    if (etc / "rclone.conf").exists():
        machine.write(etc / "rclone.conf", (etc / "rclone.conf").read_text(), mode=0o640, owner=f"root:{USER}")


def _write(machine: Machine, path: Path, values: dict[str, str], head: str) -> None:
    if machine.dry:
        hidden = (*SECRETS, "DATABASE_URL", "CACHE_URL", "EMAIL_URL")
        values = {name: "…" if name in hidden else value for name, value in values.items()}
    machine.write(path, env_file_text(values, head=head), mode=0o640, owner=f"root:{USER}")


def heard_env(told: Mapping[str, str], answers: Answers, made: Mapping[str, str]) -> dict[str, str]:
    """What stands in heard.env: what is there already, with what the answers say put over it, but for secrets."""
    name = answers["name"]
    # One may be in a file of its own.
    here = [each for each in SECRETS if f"{each}_FILE" not in told]
    values = {each: told.get(each) or secrets.token_hex(32) for each in here}
    values |= {
        "BASE_URL": f"https://{name}",
        "ALLOWED_HOSTS": name,
        "TRUSTED_PROXIES": told.get("TRUSTED_PROXIES", "127.0.0.1"),
        "DATA_DIR": "/var/lib/heard",
        "RUN_DIR": "/run/heard",
        "SECURITY_CONTACT": answers["security_contact"],
        "EMAIL_URL": answers["email"],
        "CACHE_URL": answers.get("redis_url", ""),
        "DATABASE_URL": answers.get("database_url", ""),
        "ONION_HOST": told.get("ONION_HOST", "") if answers["role"] == "desk" else "",
        "DESK_URL": told.get("DESK_URL", "") if answers["role"] == "public" else desk_url(answers, made),
    } | dict(made)
    values = {each: value for each, value in values.items() if each != "DESK_ONION" and value}
    ours = {*values, "CACHE_URL", "DATABASE_URL", "ONION_HOST", "EMAIL_URL"}
    return values | {each: value for each, value in told.items() if each not in ours}


def desk_url(answers: Answers, made: Mapping[str, str]) -> str:
    """Where moderators find the desk."""
    scheme = "https" if answers["desk_reach"] == "vpn" else "http"
    port = f":{DESK_PORT}" if answers["desk_reach"] == "tunnel" else ""
    return f"{scheme}://{desk_hosts(answers, made)[0]}{port}"


def desk_hosts(answers: Answers, made: Mapping[str, str]) -> list[str]:
    """The names to which the desk answers; the first is the one in links."""
    return {
        "vpn": [answers.get("desk_name", "")],
        "onion": [made.get("DESK_ONION", "")],
        "tunnel": ["localhost", "127.0.0.1"],
    }[answers["desk_reach"]]
