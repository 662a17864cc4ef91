"""Rate limits on requests: one limiter for each kind of request that could be abused (booking-api.md, who may)."""

from hub.access.login_limits import LoginLimits
from hub.clock import Clock
from hub.rate_limit import A_MINUTE_S, AN_HOUR_S, Buckets, RateLimiter
from hub.settings import Settings
from hub.vault import TokenPurpose, Vault


class Limits:
    """Rate limiters of requests (booking-api.md, who may); counted in `buckets`, which workers share, else here."""

    def __init__(self, settings: Settings, vault: Vault, clock: Clock, buckets: Buckets | None = None) -> None:
        def limiter(name: str, most: int, within_s: float = A_MINUTE_S) -> RateLimiter:
            return RateLimiter(most, clock.monotonic, within_s, buckets=buckets, name=name)

        self.anonymous_bookings = limiter("anonymous_bookings", settings.anonymous_bookings_per_min)
        self.failed_pairings = limiter("failed_pairings", settings.failed_pairings_per_min)
        self.bad_keys = limiter("bad_keys", settings.bad_keys_per_min)
        self.feedback = limiter("feedback", settings.feedback_per_min)
        self.guest_changes = limiter("guest_changes", settings.guest_changes_per_min)
        self.manual_check_ins = limiter("manual_check_ins", settings.manual_check_ins_per_min)
        self.unknown_barcodes = limiter("unknown_barcodes", settings.unknown_barcodes_per_min)
        self.waiting_mailboxes = limiter("waiting_mailboxes", settings.mails_per_recipient_per_h, AN_HOUR_S)
        self.wallet_logs = limiter("wallet_logs", settings.wallet_logs_per_min)
        self.logins = LoginLimits(settings, vault.token_key(TokenPurpose.BROWSER), clock.monotonic, buckets)
        self.passwords = limiter("passwords", settings.failed_logins_per_account_per_min)
        self.logins_ended = limiter("logins_ended", settings.failed_logins_per_account_per_min)
        self.proofs = limiter("proofs", settings.mails_per_recipient_per_h, AN_HOUR_S)
        self.resets_of_address = limiter("resets_of_address", settings.password_links_per_address_per_h, AN_HOUR_S)
        self.resets_of_client = limiter("resets_of_client", settings.password_links_per_client_per_h, AN_HOUR_S)
        self.codes_of_user = limiter("codes_of_user", settings.failed_codes_per_account_per_h, AN_HOUR_S)
        self.codes_of_client = limiter("codes_of_client", settings.failed_logins_per_address_per_min)
        self.passkey_requests = limiter("passkey_requests", settings.passkey_requests_per_min)
