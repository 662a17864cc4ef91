### Entradas y reservas en la administración, tal como las dicen sus scripts: listas, lotes, una entrada, una reserva.
admin-ticket-valid = Válida
admin-ticket-unpaid = Sin pagar
admin-ticket-blocked = Bloqueada
admin-ticket-canceled = Anulada
admin-ticket-expired = Caducada
admin-ticket-no-name = Sin nombre
admin-ticket-event = Evento
admin-ticket-when = Sesión
admin-ticket-date = Fecha
admin-ticket-time = Hora
admin-ticket-product = Tipo de entrada
admin-ticket-phone = Teléfono
admin-ticket-seat = Asiento
admin-ticket-seat-block = bloque { $value }
admin-ticket-seat-row = fila { $value }
admin-ticket-seat-seat = asiento { $value }
admin-ticket-notice = Nota para la puerta
admin-ticket-same-answer = Hay dos respuestas a esto: deje solo una.
admin-ticket-booked = Reservada en
admin-ticket-reservation = su reserva
admin-ticket-number = Entrada
admin-ticket-qr = Código de la entrada: { $name }
admin-ticket-link-page = Página de la entrada
admin-ticket-link-pkpass = Tarjeta Apple Wallet
admin-ticket-link-google = Google Wallet
admin-ticket-do-print = Imprimir
admin-ticket-do-block = Bloquear
admin-ticket-do-unblock = Desbloquear
admin-ticket-do-reissue = Volver a emitir
admin-ticket-do-cancel = Anular la entrada
admin-ticket-do-restore = Retirar la anulación
admin-ticket-do-delete = Eliminar
admin-ticket-ask-reissue = ¿Dar un código nuevo a esta entrada? El código y los enlaces que tiene el asistente dejan de valer; entréguele los nuevos.
admin-ticket-ask-cancel = ¿Anular esta entrada? Su plaza queda libre al instante. La anulación se puede retirar mientras quede una plaza.
admin-ticket-ask-delete = ¿Eliminar esta entrada, con el nombre y el teléfono del asistente? Su plaza queda libre al instante. No se puede deshacer.
admin-ticket-did-block = Bloqueada: desde ahora las puertas la rechazan.
admin-ticket-did-unblock = Desbloqueada.
admin-ticket-did-reissue = Emitida de nuevo: entregue la entrada nueva.
admin-ticket-did-cancel = Anulada.
admin-ticket-did-restore = Restablecida: las puertas vuelven a admitirla.
tickets-list = Entradas
tickets-filters = { $event }: sesión, estado, orden
tickets-all-events = Todos los eventos: fecha, estado
tickets-some = { $shown } de { $total } entradas
tickets-order = reserva { $order }
tickets-pick = Elegir la entrada: { $name }
tickets-chosen = { $count ->
    [one] 1 entrada elegida
    [many] { $count } entradas elegidas
   *[other] { $count } entradas elegidas
}
tickets-unpick = No elegir ninguna
tickets-cancel = Anularlas
tickets-resend = Reenviar los enlaces
tickets-ask-cancel = { $count ->
    [one] ¿Anular esta entrada? Su plaza queda libre al instante.
    [many] ¿Anular estas { $count } entradas? Sus plazas quedan libres al instante.
   *[other] ¿Anular estas { $count } entradas? Sus plazas quedan libres al instante.
}
tickets-ask-pay = { $count ->
    [one] ¿Marcar 1 reserva como pagada? Todas sus entradas pasan a ser válidas.
    [many] ¿Marcar { $count } reservas como pagadas? Todas sus entradas pasan a ser válidas.
   *[other] ¿Marcar { $count } reservas como pagadas? Todas sus entradas pasan a ser válidas.
}
tickets-ask-resend = { $count ->
    [one] ¿Reenviar por correo el enlace de 1 reserva?
    [many] ¿Reenviar por correo los enlaces de { $count } reservas?
   *[other] ¿Reenviar por correo los enlaces de { $count } reservas?
}
tickets-none-payable = Ninguna de estas está pendiente de pago.
tickets-none-printable = Ninguna de estas tiene un código que imprimir: están anuladas.
tickets-no-mail = Desde aquí no se envían correos. Abra una reserva para pasar su enlace.
tickets-choose-all = Elegir las { $total } que coinciden
tickets-all-chosen = Están elegidas las { $total } entradas que coinciden
tickets-all-block = { $count ->
    [one] Bloqueando 1 entrada
    [many] Bloqueando { $count } entradas
   *[other] Bloqueando { $count } entradas
}
tickets-all-unblock = { $count ->
    [one] Desbloqueando 1 entrada
    [many] Desbloqueando { $count } entradas
   *[other] Desbloqueando { $count } entradas
}
tickets-all-pay = { $count ->
    [one] Marcando 1 entrada como pagada
    [many] Marcando { $count } entradas como pagadas
   *[other] Marcando { $count } entradas como pagadas
}
tickets-all-resend = { $count ->
    [one] Reenviando el enlace de 1 entrada
    [many] Reenviando los enlaces de { $count } entradas
   *[other] Reenviando los enlaces de { $count } entradas
}
tickets-all-cancel = { $count ->
    [one] Anulando 1 entrada
    [many] Anulando { $count } entradas
   *[other] Anulando { $count } entradas
}
tickets-all-unchanged = { $count ->
    [one] 1 ya estaba así.
    [many] { $count } ya estaban así.
   *[other] { $count } ya estaban así.
}
tickets-all-refused = { $count ->
    [one] 1 sin hacer: { $why }:
    [many] { $count } sin hacer: { $why }:
   *[other] { $count } sin hacer: { $why }:
}
tickets-all-stop = Detener
tickets-all-stopped = Detenido tras { $n } de { $count }.
tickets-all-go-on = Continuar
tickets-all-leave = Dejarlo así
tickets-all-close = Cerrar
tickets-all-most-printed = Se imprimen como máximo { $most } entradas a la vez: reduzca la lista por sesión, tipo de entrada o estado.
tickets-ask-block = { $count ->
    [one] ¿Bloquear esta entrada? Las puertas la rechazan hasta que se desbloquee.
    [many] ¿Bloquear estas { $count } entradas? Las puertas las rechazan hasta que se desbloqueen.
   *[other] ¿Bloquear estas { $count } entradas? Las puertas las rechazan hasta que se desbloqueen.
}
tickets-ask-unblock = { $count ->
    [one] ¿Desbloquear esta entrada?
    [many] ¿Desbloquear estas { $count } entradas?
   *[other] ¿Desbloquear estas { $count } entradas?
}
tickets-ask-mail = { $count ->
    [one] ¿Reenviar por correo el enlace de 1 entrada? Cada reserva recibe un solo correo.
    [many] ¿Reenviar por correo los enlaces de { $count } entradas? Cada reserva recibe un solo correo.
   *[other] ¿Reenviar por correo los enlaces de { $count } entradas? Cada reserva recibe un solo correo.
}
tickets-ask-pay-all = { $count ->
    [one] ¿Marcar 1 entrada como pagada? Se paga lo que cuesta.
    [many] De { $count } entradas, ¿marcar como pagadas las que no lo están? Cada una se paga por lo que cuesta.
   *[other] De { $count } entradas, ¿marcar como pagadas las que no lo están? Cada una se paga por lo que cuesta.
}
tickets-progress = { $n } de { $count }
tickets-done = { $count ->
    [one] 1 hecha.
    [many] { $count } hechas.
   *[other] { $count } hechas.
}
tickets-not-done = { $count ->
    [one] 1 sin hacer:
    [many] { $count } sin hacer:
   *[other] { $count } sin hacer:
}
tickets-first = { $count ->
    [one] La primera entrada
    [many] Las primeras { $count } entradas
   *[other] Las primeras { $count } entradas
}
admin-reservation-of = Reserva: { $name }
admin-reservation-paid = Pagada
admin-reservation-unpaid = Sin pagar
admin-reservation-email = Correo electrónico
admin-reservation-tickets = Entradas
admin-reservation-number = Reserva
admin-reservation-link = el enlace
admin-reservation-do-pay = Marcar como pagada
admin-reservation-do-resend = Reenviar el enlace
admin-reservation-do-invite = Ofrecer tarjetas Wallet
admin-reservation-do-uninvite = No ofrecer tarjetas Wallet
admin-reservation-do-cancel = Anular todas las entradas
admin-reservation-do-restore = Retirar la anulación
admin-reservation-ask-cancel = ¿Anular todas las entradas de esta reserva? Sus plazas quedan libres al instante. La anulación se puede retirar mientras queden plazas.
admin-reservation-did-pay = Pagada: sus entradas son válidas.
admin-reservation-did-cancel = Anulada.
admin-reservation-did-restore = Restablecida.
admin-reservation-did-invite = Se ofrecen tarjetas Wallet a estos asistentes.
admin-reservation-did-uninvite = Ya no se ofrecen tarjetas Wallet a estos asistentes.
admin-reservation-mailed = El correo está en camino. El enlace, para pasarlo también de otro modo:
admin-reservation-hand-on = Desde aquí no se envían correos. Pase este enlace:
admin-ticket-showing = { $count ->
    [one] { $when } (queda 1 plaza)
    [many] { $when } (quedan { $count } plazas)
   *[other] { $when } (quedan { $count } plazas)
}
