### Lo que ven los asistentes: entradas, reservas, formulario de reserva, lista de espera.

## Every page

skip = Ir al contenido
language = <span class="hidden-text">Idioma: </span>{ $name }
page-title = { $title } · { $organisation }
label-value = { $label }: { $value }
label-link = { $label }: <a href="{ $href }">{ $value }</a>
to-start = Ir al inicio
administration = Administración
administration-at-the-hub = Administración en el servidor
account = Mi cuenta
log-out = Cerrar sesión
no-texts = No se han podido cargar los textos de esta página. Vuelva a cargarla; si no basta, el servidor necesita `make setup` con npm.

## Days and times

when = { $day }, { $time }
when-until = { $day }, de { $time } a { $end }
when-until-day = { $day }, { $time }, hasta el { $end }
moment = { $day }, { $time }
lately = { $weekday }, { $time }

## Seats

seat-block = bloque { $value }
seat-row = fila { $value }
seat-seat = asiento { $value }

## Ways to reach the organiser

contact-title = ¿Preguntas? Consulte al organizador
contact-email = Correo electrónico
contact-phone = Teléfono
contact-web = Sitio web

## Prices

price-free = gratis
kind-price = { $kind }, { $price }
pay-at-door = Se paga en la entrada. { $where }
pay-before = Se paga antes de venir. { $where }
pay-within = Plazo de pago: { $time }. Después las plazas quedan libres para otros. { $where }
pay-ask = Pregunte al organizador dónde.
unpaid-at-door = A pagar en la entrada: { $amount }. { $where }
unpaid-at-door-unknown = A pagar en la entrada. { $where }
unpaid-until = { $count ->
    [one] Pague { $amount } antes del { $until }, o su plaza quedará libre para otros. { $where }
    [many] Pague { $amount } antes del { $until }, o sus plazas quedarán libres para otros. { $where }
   *[other] Pague { $amount } antes del { $until }, o sus plazas quedarán libres para otros. { $where }
}
unpaid-until-unknown = { $count ->
    [one] Pague antes del { $until }, o su plaza quedará libre para otros. { $where }
    [many] Pague antes del { $until }, o sus plazas quedarán libres para otros. { $where }
   *[other] Pague antes del { $until }, o sus plazas quedarán libres para otros. { $where }
}
unpaid-before = Pague { $amount } antes de venir. { $where }
unpaid-before-unknown = Pague antes de venir. { $where }
unpaid-not-let-in = Antes no se podrá entrar.

## A ticket

ticket-title = Entrada: { $event }
ticket-valid = Entrada válida
ticket-valid-line = Muestre este código en el acceso.
ticket-inside = Ya está dentro
ticket-inside-line = Que lo disfrute.
ticket-left = Ha salido
ticket-left-line = Muestre este código para volver a entrar.
ticket-used = Usada
ticket-used-line = Esta entrada vale para un solo acceso y ya se ha usado.
ticket-unpaid = Pendiente de pago
ticket-canceled = Anulada
ticket-canceled-line = Con esta entrada ya no se puede acceder. ¿Preguntas? Consulte al organizador.
ticket-blocked = Bloqueada
ticket-blocked-line = El organizador ha bloqueado esta entrada. Consúltele antes de venir.
ticket-expired = Terminada
ticket-expired-line = La hora de esta entrada ya ha pasado.
ticket-scanned = Escaneada: <time data-scanned>{ $at }</time>
ticket-scanned-door = (<b data-door>{ $door }</b>)
ticket-behind = Sin conexión: puede que esto no sea lo más reciente.
ticket-map = { $address } (mapa)
ticket-qr = El código QR de esta entrada, para escanear en el acceso
ticket-number = Número de entrada <b class="number">{ $number }</b>
keep-title = Guardar esta entrada
keep-wallet = Añadir a { $wallet }
keep-picture = Guardar como imagen
keep-calendar = Añadir al calendario
keep-calendar-when = Añadir al calendario: { $when }
doors-open = Apertura de puertas a las { $time }
doors-open-day = Apertura de puertas el { $day } a las { $time }
terms-heading = Condiciones generales
keep-print = Imprimir

## How to keep it. What stands in <b> is what the phone or this page calls it.

guide-title = Cómo guardarla en el teléfono
guide-apple-wallet = Abra esta página en Safari y toque <b>Añadir a Apple Wallet</b> y luego <b>Añadir</b>. La entrada aparecerá en la pantalla de bloqueo cuando llegue la hora.
guide-apple-picture = Toque <b>Guardar como imagen</b> y luego <b>Guardar en Fotos</b>, o mantenga el dedo sobre el código y elíjalo ahí.
guide-apple-picture-or = O toque <b>Guardar como imagen</b> y luego <b>Guardar en Fotos</b>, o mantenga el dedo sobre el código y elíjalo ahí.
guide-apple-home = O toque el símbolo de compartir y <b>Añadir a pantalla de inicio</b>: la página se abre como una aplicación.
guide-android-wallet = Toque <b>Añadir a Google Wallet</b> y siga los pasos. Necesita una cuenta de Google en el teléfono.
guide-android-picture = Toque <b>Guardar como imagen</b>: estará en sus descargas y en Fotos.
guide-android-picture-or = O toque <b>Guardar como imagen</b>: estará en sus descargas y en Fotos.
guide-android-home = O abra el menú del navegador y elija <b>Añadir a pantalla de inicio</b>.
guide-trouble = Si no funciona
guide-trouble-mail = ¿No ocurre nada en el programa de correo o de mensajes? Copie el enlace y ábralo en Safari o Chrome.
guide-trouble-code = ¿No se puede leer el código en el acceso? Suba el brillo y limpie la pantalla. Cristal roto: imprima la entrada.
guide-trouble-network = ¿No hay red en el recinto? Una imagen guardada o una impresión funcionan sin ella.
guide-trouble-phone = ¿Sin teléfono? Imprima esta página, o dé su nombre o el número de entrada en el acceso.

## Several tickets of one booking

reservation-title = { $count ->
    [one] { $count } entrada: { $event }
    [many] { $count } entradas: { $event }
   *[other] { $count } entradas: { $event }
}
reservation-heading = { $count ->
    [one] Su entrada
    [many] Sus { $count } entradas
   *[other] Sus { $count } entradas
}
reservation-line = Un código por persona. Muéstrelos en el acceso uno tras otro.
reservation-apple-all = Añadir todas a Apple Wallet
reservation-apple-part = Añadir { $part } a Apple Wallet
reservation-print = Imprimir todas
reservation-list = Entradas
reservation-of = { $n } de { $count }
reservation-alone = Solo esta entrada, para pasarla a otra persona

## News on top of a page

news-moved = La hora ha cambiado: compruébela.
news-booked = <b>Reserva hecha.</b> Esta página es su entrada: guarde su dirección, guarde la imagen o imprímala.
news-renamed = <b>Corregido.</b> El nombre de esta entrada ha cambiado.
news-canceled = <b>Anulada.</b> Su plaza queda libre para otros.
news-handed-on = <b>Traspasada.</b> Esta página es la entrada de la otra persona: envíele ahora la dirección, porque su propio enlace y su código ya no valen. Quien tiene la dirección tiene la entrada.

## Changes by the ticket's holder

changes-title = Cambiar esta entrada
changes-wrong-name = No se ha cambiado nada: indique un nombre de 1 a 100 caracteres.
changes-wrong = { $problem }.
changes-name = Nombre en esta entrada
changes-rename = Corregir el nombre
changes-hand-on = Traspasarla a otra persona
changes-cancel = Anular esta entrada
changes-back = Volver a la entrada
changes-keep = Conservarla
cancel-title = Anular: { $event }
cancel-heading = ¿Anular esta entrada?
cancel-line = Con el código ya no se podrá entrar, y la plaza quedará libre para otros en el acto. No podrá deshacerlo por su cuenta.
cancel-button = Anular la entrada
hand-on-title = Traspasar: { $event }
hand-on-heading = Traspasar esta entrada
hand-on-heading-last = ¿Traspasarla a { $name }?
hand-on-mailed = La nueva entrada se envía por correo a <strong class="address">{ $email }</strong>. ¿Es correcto? Después no podrá verla ni cambiarla.
hand-on-link = En la página siguiente recibirá el enlace de la nueva entrada, para que lo envíe usted.
hand-on-line = Desde ese momento su código, su enlace y su tarjeta Wallet ya no valen, y solo la otra persona puede deshacerlo.
hand-on-button = Traspasarla
hand-on-name = ¿De quién es a partir de ahora?
hand-on-name-wrong = Indique un nombre de 1 a 100 caracteres.
hand-on-email = Su correo electrónico <span class="muted">(opcional)</span>
hand-on-email-wrong = Esta dirección de correo no es válida. Compruébela o déjela vacía.
hand-on-email-hint = La entrada se envía ahí. Sin dirección recibirá un enlace para enviarlo usted.
hand-on-next = Continuar
handed-on-title = Esta entrada se ha traspasado
handed-on-mailed = <strong>Hecho.</strong> La nueva entrada va de camino por correo.
handed-on-line = Ahora es de otra persona, que tiene un código y un enlace nuevos. Este enlace, su código y su tarjeta Wallet ya no valen: en el acceso se indica que la entrada fue sustituida.
handed-on-help = ¿No era su intención? Pida a la otra persona que la devuelva, o ayuda al organizador.

## Feedback after the visit

feedback-title = ¿Ha funcionado su entrada?
feedback-thanks = <b>Gracias.</b>
feedback-said-yes = Ha respondido que funcionó.
feedback-said-no = Ha respondido que no funcionó.
feedback-change = Puede cambiar su respuesta.
feedback-choose = Elija sí o no.
feedback-too-long = { $most ->
    [one] Como máximo { $most } carácter, por favor.
    [many] Como máximo { $most } caracteres, por favor.
   *[other] Como máximo { $most } caracteres, por favor.
}
feedback-slow-down = Ha ido un poco rápido. Espere un momento y vuelva a enviarlo.
feedback-text = ¿Algo que añadir? <span class="muted">(opcional)</span>
feedback-hint = El organizador lo lee sin su nombre.
feedback-yes = Sí
feedback-no = No

## Links that open nothing, and errors

no-ticket-title = Este enlace no abre ninguna entrada
no-ticket-line = Puede ser un enlace antiguo: cuando se vuelve a emitir una entrada, solo la abre el enlace más reciente. O se perdió una parte al copiarlo.
no-ticket-help = Busque el mensaje más reciente con su entrada y abra ahí el enlace. Si no sirve, pida al organizador que lo envíe de nuevo, o dé su nombre en el acceso.
error-again = No se ha perdido nada. Espere un momento y vuelva a cargar esta página.
error-not-found = El enlace puede ser antiguo o estar mal escrito.
error-not-allowed = Un propietario de este servidor puede dar más permisos a su cuenta, o mirarlo por usted.
error-other = Vuelva atrás, recargue la página e inténtelo de nuevo.
error-request = Número de esta petición, para quienes cuidan de este servidor: { $id }
