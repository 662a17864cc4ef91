"""Access rules in words: for docs/access.md and the OpenAPI document."""

from handlers.http.access import ALL_ROLES, Rule


def role_words(rule: Rule) -> str:
    """Return the roles for one event that a rule names."""
    if rule.within is None or not rule.scopes:
        return ""
    return "all" if rule.within.roles == ALL_ROLES else ", ".join(rule.within.roles).replace("_", " ")


def rule_words(rule: Rule) -> str:
    """Return a rule in words."""
    who = " or ".join(f"`{scope}`" for scope in rule.scopes) or "any credential"
    if not rule.is_keyed:
        return "the ticket's token"
    if rule.holder:
        who += ", or the ticket's token"
    if rule.is_open:
        who = f"anybody; of credentials {who}" if rule.scopes else "anybody"
    right = f"a device with the right `{rule.may}`" if rule.may else ""
    return "; ".join(part for part in (who, right, rule.but) if part)
