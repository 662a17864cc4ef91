"""Vocabulary of further languages: heads of columns and states of tickets that mean one thing alone. Pure.

The most usual ones of Italian, Dutch, Portuguese, Polish, Czech, the languages of the North, Russian, Japanese, Chinese
and Korean; all else is mapped by hand. `columns.py` and `states.py` have the four languages that are known in full.
"""

from collections.abc import Mapping
from typing import NamedTuple

from hub.model.imports import Meaning

HEADS: Mapping[str, str] = {
    "barcode": "codice a barre, codice qr, streepjescode, streckkod, stregkode, strekkode, viivakoodi, kod kreskowy, "
    "kod qr, čárový kód, qr kód, штрихкод, qr код, バーコード, qrコード, 条形码, 二维码, 條碼, 바코드, qr코드",
    "reservation": "numero ordine, numero d ordine, codice ordine, ordine, bestelnummer, bestelling, ordernummer, "
    "ordrenummer, tilausnumero, numer zamówienia, zamówienie, číslo objednávky, objednávka, número do pedido, "
    "номер заказа, заказ, 注文番号, 订单号, 訂單編號, 주문번호",
    "first_name": "voornaam, förnamn, fornavn, etunimi, imię, jméno, primeiro nome, имя, 名",
    "last_name": "cognome, achternaam, efternamn, efternavn, etternavn, sukunimi, nazwisko, příjmení, "
    "sobrenome, "
    "фамилия, 姓",
    "name": "nome e cognome, nome completo, volledige naam, naam, namn, navn, imię i nazwisko, "
    "jméno a příjmení, фио, "
    "имя и фамилия, 名前, お名前, 氏名, 姓名, 이름",
    "phone_number": "telefono, cellulare, numero di telefono, telefoon, telefoonnummer, mobiel, telefone, telemóvel, "
    "celular, mobiltelefon, puhelin, puhelinnumero, numer telefonu, телефон, номер телефона, 電話番号, "
    "電話, 电话, 手机, "
    "전화번호",
    "email": "indirizzo email, e-mailadres, emailadres, e-post, e-postadress, epost, sähköposti, "
    "adres e-mail, эл почта, "
    "электронная почта, メールアドレス, 电子邮件, 邮箱, 이메일",
    "product": "tipo di biglietto, tipo biglietto, biglietto, soort ticket, kaartsoort, tipo de ingresso, "
    "tipo de bilhete, biljettyp, biljett, billettype, lipputyyppi, rodzaj biletu, typ biletu, bilet, typ vstupenky, "
    "тип билета, билет, 券種, チケット種別, 票种",
    "price": "prezzo, prijs, preço, hinta, цена, 料金, 価格, 价格, 가격",
    "date": "дата, 日付, 日期, 날짜",
    "time": "ora, tijd, tidspunkt, godzina, kellonaika, время, 時間, 时间, 시간",
    "paid": "pagato, betaald, betald, betalt, opłacone, zaplaceno, оплачено, 支払い済み, 已支付",
    "canceled": "annullato, rimborsato, geannuleerd, terugbetaald, avbokad, annulleret, kansellert, anulowane, "
    "stornováno, отменено, キャンセル済み, 已取消",
}
"""For each of our columns what it is called."""


class Ambiguous(NamedTuple):
    """Head that is a column of ours in some languages, and another thing elsewhere (`cena`: price, or dinner)."""

    column: str
    languages: frozenset[str]


AMBIGUOUS: Mapping[str, Ambiguous] = {
    "data": Ambiguous("date", frozenset({"it", "pt", "pl", "ro"})),
    "dato": Ambiguous("date", frozenset({"sv", "da", "no"})),
    "cena": Ambiguous("price", frozenset({"pl", "cs"})),
    "pris": Ambiguous("price", frozenset({"sv", "da", "no"})),
    "ingresso": Ambiguous("product", frozenset({"pt"})),
    "tid": Ambiguous("time", frozenset({"sv", "da", "no"})),
    "čas": Ambiguous("time", frozenset({"cs"})),
}
"""They count where another head is there that only these languages have; in these they mean nothing else."""

MARKS: Mapping[str, str] = {
    "it": "codice a barre, codice qr, numero ordine, numero d ordine, codice ordine, ordine, cognome, nome e cognome, "
    "cellulare, numero di telefono, indirizzo email, tipo di biglietto, tipo biglietto, biglietto, prezzo, pagato, "
    "annullato, rimborsato, posto, fila e posto, stato, stato ordine, stato dell ordine, stato del biglietto, "
    "stato pagamento, stato del pagamento",
    "it pt": "nome, nome completo",
    "it ro": "ora",
    "pt": "número do pedido, primeiro nome, sobrenome, apelido, telefone, telemóvel, tipo de ingresso, "
    "tipo de bilhete, bilhete, preço, situação, status do pedido, estado do pedido, status do pagamento",
    "ro": "cod de bare, cod qr, prenume, nume, nume de familie, nume complet, număr comandă, comandă, tip bilet, preț, "
    "adresă de email",
    "pl": "kod kreskowy, kod qr, numer zamówienia, zamówienie, imię, nazwisko, imię i nazwisko, numer telefonu, "
    "adres e-mail, rodzaj biletu, typ biletu, bilet, godzina, opłacone, anulowane, miejsce, status zamówienia, "
    "status płatności, status biletu",
    "cs": "čárový kód, číslo objednávky, objednávka, jméno, příjmení, jméno a příjmení, typ vstupenky, vstupenka, "
    "zaplaceno, stornováno, stav objednávky, stav platby",
    "sv": "streckkod, förnamn, efternamn, namn, biljettyp, biljett, betald, avbokad, biljettstatus, betalstatus",
    "sv no": "e-post, e-postadress",
    "sv da no": "mobiltelefon, ordrenummer, ordrestatus",
    "da no": "fornavn, navn, billettype, betalt, tidspunkt",
    "da": "stregkode, efternavn, annulleret, billetstatus, betalingsstatus",
    "no": "strekkode, etternavn, kansellert",
}
"""Heads by the languages that have them."""

WORDS: Mapping[Meaning, str] = {
    "good": "pagato, pagata, valido, valida, confermato, confermata, betaald, geldig, bevestigd, pago, "
    "válido, betald, "
    "giltig, bekräftad, betalt, gyldig, bekræftet, bekreftet, maksettu, opłacone, opłacony, zapłacone, ważny, "
    "potwierdzone, zaplaceno, оплачен, оплачено, действителен, подтвержден, 支払い済み, 支払済み, 有効, "
    "已支付, 已付款, 有效",
    "unpaid": "non pagato, non pagata, in attesa, in attesa di pagamento, niet betaald, onbetaald, openstaand, "
    "in afwachting, não pago, pendente, aguardando pagamento, obetald, ej betald, väntar på betalning, ikke betalt, "
    "ubetalt, maksamatta, nieopłacone, nieopłacony, oczekuje na płatność, nezaplaceno, не оплачен, не оплачено, "
    "ожидает оплаты, 未払い, 未支払い, 未付款, 未支付, 待支付",
    "cancelled": "annullato, annullata, rimborsato, rimborsata, cancellato, cancellata, scaduto, geannuleerd, "
    "terugbetaald, verlopen, ongeldig, estornado, avbokad, återbetald, makulerad, ogiltig, annulleret, refunderet, "
    "kansellert, refundert, ugyldig, peruttu, peruutettu, anulowane, anulowany, zwrócone, unieważniony, stornováno, "
    "zrušeno, отменен, отменено, возвращен, возврат, аннулирован, キャンセル, キャンセル済み, 返金済み, "
    "払い戻し, 無効, "
    "已取消, 已退款",
    "blocked": "bloccato, bloccata, sospeso, geblokkeerd, spärrad, blokeret, zablokowany, заблокирован",
}
