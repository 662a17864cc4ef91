"""Changes by a ticket's holder: its name corrected, the ticket cancelled, or handed on (docs/guests.md).

One path each for programs, which send JSON, and for the forms of the ticket page, which work without JavaScript. The
ticket's token is the only credential that counts, so that no other site can send these forms in anybody's name.
"""

from collections.abc import Mapping
from uuid import uuid4

import msgspec

from handlers.api.forms import cleaned
from handlers.http.access import Rule
from handlers.http.base import BaseHandler, bad_token, retry_after, token_of
from handlers.pages.ticket import TicketPageHandler
from hub.errors import BadInput, Conflict, HubError, NotAllowed, NotFound, SlowDown, Unavailable
from hub.formats.contact import is_address, is_name
from hub.model.ticket import Ticket
from hub.tickets.holder import Action, NextHolder, refusal
from hub.validation import F, collect

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
WRONG_NAME, WRONG_EMAIL = "1 to 100 characters", "must be a mail address"


class NameForm(msgspec.Struct, kw_only=True):
    """Body of a correction of the name."""

    name: str


class TransferForm(NameForm, kw_only=True):
    """Body of a hand-over: the next holder's name, and the address that their ticket is mailed to."""

    email: str | None = None


class TransferAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Answer to a hand-over; `link` opens the new ticket, and is there only where no mail brings it."""

    id: str
    name: str
    mailed: bool
    link: str | msgspec.UnsetType = msgspec.UNSET


class HolderChangeHandler(TicketPageHandler):
    """Base of the changes that a ticket's holder makes, by form or by JSON."""

    action: Action

    @property
    def is_form(self) -> bool:
        """Whether a browser sent a page's form; programs may send JSON under any type, as curl does by default."""
        return (
            self.is_browser and self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower() in FORMS
        )

    @property
    def wants_page(self) -> bool:
        """Whether a browser asks."""
        return self.is_form or (self.is_read and self.is_browser)

    @property
    def token(self) -> str:
        """The ticket's token, in the address or as Bearer."""
        return token_of(self) or ""

    def shape(self, error: HubError) -> None:
        """Write an error as a page to a browser, to programs as problem+json."""
        if not self.wants_page:
            BaseHandler.shape(self, error)
        elif isinstance(error, NotAllowed) and error.status == 401:
            super().shape(NotFound(error.message))
        else:
            super().shape(error)

    def refuse_stranger(self) -> None:
        """Refuse a request without a token."""
        raise bad_token()

    def refuse(self, rule: Rule) -> None:
        """Refuse a key or a login: organisers have calls of their own."""
        raise NotAllowed("not_allowed", "This needs the ticket's own token")

    def body(self, form: type[F]) -> F:
        """Body of the request as a `form`. Raises `BadInput` with all errors."""
        raw = self._sent(form) if self.is_form else self.json_body()
        body, problems = collect(cleaned(raw), form)
        if isinstance(body, NameForm) and not is_name(body.name):
            problems.add("name", WRONG_NAME)
        if isinstance(body, TransferForm):
            body.email = body.email or None
            if body.email is not None and not is_address(body.email):
                problems.add("email", WRONG_EMAIL)
        problems.raise_if_any("The ticket cannot be changed so")
        return body

    def _sent(self, form: type[F]) -> Mapping[str, str]:
        names = getattr(form, "__struct_fields__", ())
        return {name: text for name in names if (text := self.get_body_argument(name, None)) is not None}

    async def post(self, ticket_id: str) -> None:
        """Make the change; a form that cannot be used is shown again, with its errors."""
        ticket = await self.opened_ticket(ticket_id)
        try:
            self.hub.limits.guest_changes.take(ticket.id)
            await self.change(ticket)
        except (BadInput, Conflict, SlowDown, Unavailable) as wrong:
            if not self.is_form:
                raise
            self.set_status(wrong.status)
            for name, value in retry_after(wrong).items():
                self.set_header(name, value)
            await self.show_again(ticket, wrong)

    async def change(self, ticket: Ticket) -> None:
        """Make the change and answer it."""
        raise NotImplementedError

    async def show_again(self, ticket: Ticket, wrong: HubError) -> None:
        """Show the form as it was sent, with its errors."""
        await self.show(ticket, await self.hub.feedback.of_ticket(ticket.id), wrong=wrong)

    async def answer_ticket(self, changed: Ticket, news: str) -> None:
        """Answer a ticket that stays its holder's."""
        token = self.hub.booking.access_token(changed)
        if self.is_form:
            self.redirect(f"/t/{changed.id}?token={token}&news={news}", status=303)
        else:
            self.answer(await self.hub.booking.describe(changed, self.hub.clock.now(), token=token))


class RenameHandler(HolderChangeHandler):
    """`/t/{id}/name?token=...`."""

    action = "rename"

    async def get(self, ticket_id: str) -> None:
        """Lead back to the page, where the form is."""
        ticket = await self.opened_ticket(ticket_id)
        self.redirect(f"/t/{ticket.id}?token={self.token}#changes", status=303)

    async def change(self, ticket: Ticket) -> None:
        """Correct the name."""
        name = self.body(NameForm).name
        act = self.hub.tickets.by_holder.rename(ticket.issue, name)
        await self.answer_ticket(await self.hub.tickets.change(ticket.id, act), "renamed")


class ConfirmedChangeHandler(HolderChangeHandler):
    """Base of the changes with a page of their own, on which they are confirmed."""

    template: str

    async def get(self, ticket_id: str) -> None:
        """Show the page; the ticket's own, with the reason, where it cannot be done."""
        ticket = await self.opened_ticket(ticket_id)
        event = await self.hub.events.get(ticket.event)
        wrong = refusal(self.action, ticket, event, self.hub.clock.now())
        if wrong is None:
            await self.show_step(ticket)
            return
        self.set_status(wrong.status)
        await super().show_again(ticket, wrong)

    async def show_step(self, ticket: Ticket, wrong: HubError | None = None, *, is_last: bool = False) -> None:
        """Render a step of the change; the last one has all that is needed, and asks whether it is meant."""
        event = await self.hub.events.get(ticket.event)
        self.render(
            self.template,
            event=event,
            shown=await self.pass_of(ticket, event),
            errors=wrong.errors if isinstance(wrong, BadInput) else {},
            wrong=wrong,
            name=self.get_body_argument("name", ""),
            email=self.get_body_argument("email", ""),
            sends_mail=self.hub.sends_mail,
            is_last=is_last,
        )


class GuestCancelHandler(ConfirmedChangeHandler):
    """`/t/{id}/cancel?token=...`."""

    action, template = "cancel", "cancel_ticket.html"

    async def change(self, ticket: Ticket) -> None:
        """Cancel the ticket."""
        act = self.hub.tickets.by_holder.cancel(ticket.issue)
        await self.answer_ticket(await self.hub.tickets.change(ticket.id, act), "canceled")


class TransferHandler(ConfirmedChangeHandler):
    """`/t/{id}/transfer?token=...`."""

    action, template = "transfer", "hand_on.html"

    async def change(self, ticket: Ticket) -> None:
        """Hand the ticket on; a form asks once more before."""
        body = self.body(TransferForm)
        if self.is_form and self.get_body_argument("confirmed", "") != "yes":
            await self.show_step(ticket, is_last=True)
            return
        to = NextHolder(reservation=str(uuid4()), name=body.name, email=body.email, language=self.asked_language)
        act = self.hub.tickets.by_holder.transfer(ticket.issue, to)
        changed = await self.hub.tickets.change(ticket.id, act)
        await self._answer(changed, is_mailed=body.email is not None and self.hub.sends_mail)

    async def show_again(self, ticket: Ticket, wrong: HubError) -> None:
        """Show the form again where something in it is wrong, else the ticket."""
        if isinstance(wrong, Conflict):
            await super().show_again(ticket, wrong)
        else:
            await self.show_step(ticket, wrong)

    async def _answer(self, changed: Ticket, *, is_mailed: bool) -> None:
        page = f"/t/{changed.id}?token={self.hub.booking.access_token(changed)}"
        if self.is_form:
            before = f"/t/{changed.id}?token={self.token}&news=mailed"
            self.redirect(before if is_mailed else f"{page}&news=handed_on", status=303)
        elif is_mailed:
            self.answer(TransferAnswer(id=changed.id, name=changed.name, mailed=True))
        else:
            link = self.hub.settings.base_url + page
            self.answer(TransferAnswer(id=changed.id, name=changed.name, mailed=False, link=link))
