"""Money: exact amounts in minor units of a currency, by the exponents of ISO 4217. Pure; no floats."""

from decimal import Decimal, InvalidOperation, localcontext

from babel.numbers import parse_pattern

from hub.language.catalogue import Language

MOST_MAJOR = 10**9
"""Amounts are below this many major units."""
LONGEST = 40
PRECISION = 400
"""Digits with which amounts are calculated: more than any text of `LONGEST` or any float has."""
USUAL_EXPONENT = 2

EXPONENTS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
"""Digits after the point, of the currencies that have not two."""
CURRENCIES = frozenset(
    [
        *EXPONENTS,
        *"AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF".split(),
        *"CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG".split(),
        *"HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU".split(),
        *"MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR".split(),
        *"SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED".split(),
        *"VES WST XCD YER ZAR ZMW ZWG".split(),
    ]
)
"""Codes of the currencies in use (ISO 4217)."""
WRONG_CURRENCY = "must be a currency by three letters, like EUR"


def currency_code(text: str) -> str:
    """Return a currency's code as ISO 4217 writes it."""
    return text.strip().upper()


def exponent_of(currency: str) -> int:
    """Number of digits after the point in a currency; two for one that is not known."""
    return EXPONENTS.get(currency, USUAL_EXPONENT)


def to_minor(amount: str | int | float, currency: str) -> int:
    """Return an amount in minor units. Raises `ValueError` where it is none, negative, too large or too fine.

    A float is taken as the shortest decimal that means it: what was written as 20.1 is 20.10. A text has no more
    digits after its point than its currency: `1.250` EUR may mean 1250.
    """
    with localcontext(prec=PRECISION):
        value = _decimal(amount)
        if isinstance(amount, str) and _digits_of(value) > exponent_of(currency):
            raise ValueError("finer than this currency is")
        minor = value.scaleb(exponent_of(currency))
        if minor != minor.to_integral_value():
            raise ValueError("finer than this currency is")
        return int(minor)


def nearest_minor(amount: str | int | float, currency: str) -> int | None:
    """Return an amount of an older version in minor units, rounded; None where it is no amount."""
    with localcontext(prec=PRECISION):
        try:
            value = _decimal(amount)
        except ValueError:
            return None
        return int(value.scaleb(exponent_of(currency)).to_integral_value())


def decimal_text(minor: int, currency: str) -> str:
    """Return an amount as a decimal: `20.00` of 2000 EUR, `2000` of 2000 JPY."""
    exponent = exponent_of(currency)
    whole, part = divmod(abs(minor), 10**exponent)
    sign = "-" if minor < 0 else ""
    return f"{sign}{whole}.{part:0{exponent}}" if exponent else f"{sign}{whole}"


def money_in(language: Language, minor: int, currency: str) -> str:
    """Return an amount as readers of a language read it: `€20.00`, `20,00 €`. Exact, with the currency's own digits."""
    exponent = exponent_of(currency)
    pattern = parse_pattern(language.locale.currency_formats["standard"].pattern)
    pattern.frac_prec = (exponent, exponent)
    amount = Decimal(minor).scaleb(-exponent)
    return str(pattern.apply(amount, language.locale, currency=currency, currency_digits=False))


def decimal_in(language: Language, decimal: str) -> str:
    """Return a decimal as readers of a language read it, with all its digits: `1,250.00`, `1 250,00`. Exact."""
    _, _, digits = decimal.partition(".")
    pattern = parse_pattern(language.locale.decimal_formats[None].pattern)
    pattern.frac_prec = (len(digits), len(digits))
    return str(pattern.apply(Decimal(decimal), language.locale))


def money_text(minor: int, currency: str) -> str:
    """Return an amount as people read it, with its currency: `20.00 EUR`."""
    return f"{decimal_text(minor, currency)} {currency}"


def _digits_of(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _decimal(amount: str | int | float) -> Decimal:
    text = amount if isinstance(amount, str) else repr(amount)
    if len(text) > LONGEST:
        raise ValueError("too long")
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError("not a number") from None
    if not value.is_finite() or "_" in text:
        raise ValueError("not a number")
    if not 0 <= value < MOST_MAJOR or value.adjusted() < -PRECISION:
        raise ValueError("out of range")
    return value
