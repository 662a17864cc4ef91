"""Rate limits on requests: one limiter for each kind of request that could be abused (booking-api.md, who may)."""

from hub.access.login_limits import LoginLimits
from hub.clock import Clock
from hub.rate_limit import AN_HOUR_S, RateLimiter
from hub.settings import Settings
from hub.vault import TokenPurpose, Vault


class Limits:
    """Rate limiters of requests (booking-api.md, who may)."""

    def __init__(self, settings: Settings, vault: Vault, clock: Clock) -> None:
        monotonic = clock.monotonic
        self.anonymous_bookings = RateLimiter(settings.anonymous_bookings_per_min, monotonic)
        self.failed_pairings = RateLimiter(settings.failed_pairings_per_min, monotonic)
        self.bad_keys = RateLimiter(settings.bad_keys_per_min, monotonic)
        self.feedback = RateLimiter(settings.feedback_per_min, monotonic)
        self.guest_changes = RateLimiter(settings.guest_changes_per_min, monotonic)
        self.manual_check_ins = RateLimiter(settings.manual_check_ins_per_min, monotonic)
        self.unknown_barcodes = RateLimiter(settings.unknown_barcodes_per_min, monotonic)
        self.waiting_mailboxes = RateLimiter(settings.mails_per_recipient_per_h, monotonic, AN_HOUR_S)
        self.wallet_logs = RateLimiter(settings.wallet_logs_per_min, monotonic)
        self.logins = LoginLimits(settings, vault.token_key(TokenPurpose.BROWSER), monotonic)
        self.passwords = RateLimiter(settings.failed_logins_per_account_per_min, monotonic)
        self.logins_ended = RateLimiter(settings.failed_logins_per_account_per_min, monotonic)
        self.proofs = RateLimiter(settings.mails_per_recipient_per_h, monotonic, AN_HOUR_S)
        self.resets_of_address = RateLimiter(settings.password_links_per_address_per_h, monotonic, AN_HOUR_S)
        self.resets_of_client = RateLimiter(settings.password_links_per_client_per_h, monotonic, AN_HOUR_S)
        self.codes_of_user = RateLimiter(settings.failed_codes_per_account_per_h, monotonic, AN_HOUR_S)
        self.codes_of_client = RateLimiter(settings.failed_logins_per_address_per_min, monotonic)
        self.passkey_requests = RateLimiter(settings.passkey_requests_per_min, monotonic)
