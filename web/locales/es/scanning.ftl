### Lo que dicen los scripts del escáner: palabras cortas para un teléfono en una mano. Veredictos y motivos: `verdicts.ftl`.

## Verdicts

scan-verdict-again = Escanear otra vez
scan-verdict-none = Sin veredicto
scan-verdict-just = Recién admitido
scan-verdict-just-out = Acaba de salir
scan-verdict-alarm = ¡Atención!
scan-verdict-not-taken = No se ha cobrado
scan-verdict-pay-again = Toque otra vez

## The lines of a verdict

scan-line-already = Ya escaneada { $when } { $door } { $by }
scan-line-at = ({ $door })
scan-line-by = por { $device }
scan-line-early = La entrada es para las { $time }; desde las { $from }
scan-line-late = La entrada es para las { $time }; hasta las { $until }
scan-line-opens = { $door } abre más tarde; desde las { $from }
scan-line-closed = Puerta cerrada desde las { $until }: { $door }
scan-line-expired-then = Caducada. { $when }
scan-line-go-to = Puerta equivocada: la correcta es { $doors }
scan-line-no-door = Puerta equivocada: ninguna puerta acepta esta entrada
scan-line-pay-again = El servidor no ha confirmado: no se sabe si el pago quedó registrado. Toque otra vez: nunca se cobra dos veces.
scan-line-pay-alone = Este teléfono está sin conexión: ahora no se cobra. Envíelos a la taquilla.
scan-line-paid = { $sum } cobrados, { $method }
scan-line-due = Sin pagar: { $sum } por pagar
scan-line-not-inside = No está dentro. ¿Está este teléfono en Salida?
scan-line-full = Completo: { $zone }
scan-line-just = Acaba de admitirla, hace { $count } s
scan-line-just-out = Acaba de darle salida, hace { $count } s
scan-line-not-confirmed = El servidor no ha confirmado. No deje entrar todavía.
scan-line-no-list = Sin conexión, y este teléfono aún no tiene la lista de asistentes. No deje entrar.
scan-line-speaks = Reservó en { $language }
scan-show-guest = Enseñar al asistente
scan-line-admitted = { $count ->
    [one] 1 persona
    [many] { $count } personas
   *[other] { $count } personas
}
scan-line-fits = De esta reserva podrían entrar ahora: { $count }
scan-line-practice = Práctica: no se registra nada
scan-line-layout = El lector escribe con otra distribución de teclado, o las mayúsculas están bloqueadas: configúrelo como este dispositivo, o use la cámara.
scan-line-elsewhere = Otra ventana de este escáner consulta esta entrada. No deje entrar todavía.
scan-line-page = Es la dirección de la página de una entrada: escanee el código QR que muestra.
scan-line-practice-code = Un código de práctica no es una entrada. La práctica está en el menú.
scan-line-late-admit = El servidor ha admitido a { $name }. Usted había rechazado: deje entrar.
scan-line-late-refuse = El servidor no habría admitido a { $name }: { $reason }.
scan-name-unknown = esta persona
scan-party-title = { $count ->
    [one] 1 entrada en esta reserva
    [many] { $count } entradas en esta reserva
   *[other] { $count } entradas en esta reserva
}
scan-seat-block = bloque { $value }
scan-seat-row = fila { $value }
scan-seat-seat = asiento { $value }
scan-when-tomorrow = Para mañana, { $day }, { $time }
scan-when-later = Para el { $day }, { $time }
scan-when-yesterday = Era para ayer, { $day }, { $time }
scan-when-earlier = Era para el { $day }, { $time }
scan-offline-decided = Decidido sin conexión, según lo que se sabía { $age }
scan-offline-now = ahora mismo
scan-offline-minutes = { $count ->
    [one] hace 1 minuto
    [many] hace { $count } minutos
   *[other] hace { $count } minutos
}
scan-offline-hours = { $count ->
    [one] hace 1 hora
    [many] hace { $count } horas
   *[other] hace { $count } horas
}
scan-take = Cobrar { $sum }: { $method }
scan-pay-cash = efectivo
scan-pay-card = tarjeta
scan-let-fits = Admitir { $count }

## Refusals of what is no scan, by their codes

scan-said-other = El servidor lo ha rechazado. Inténtelo otra vez, o pregunte al organizador.
scan-said-bad_key = La clave de este teléfono ya no vale: pida un código de vinculación al organizador.
scan-said-device_archived = Este teléfono ha sido retirado.
scan-said-not_allowed = Este teléfono no tiene ese permiso.
scan-said-unavailable = El servidor no pudo confirmar: inténtelo otra vez.
scan-said-slow_down = Demasiado a la vez: espere un momento y vuelva a intentarlo.
scan-said-nonce_reused = No se ha admitido a nadie: escanee otra vez.
scan-said-already_paid = Ya está pagada. Escanéela otra vez.
scan-said-amount_unknown = Aquí no se sabe cuánto cuesta. Envíelos a la taquilla.
scan-said-amount_changed = Ahora cuesta otro importe. Elija o escanee otra vez.
scan-said-ticket_canceled = La reserva está anulada.
scan-said-sold_out = Agotado: otros fueron más rápidos. Elija otra vez.
scan-said-time_over = Esa sesión ya ha pasado. Elija otra.
scan-said-no_showing = No hay sesión a esa hora. Elija otra.
scan-said-not_found = Esto ya no se vende.
scan-said-unknown_scan = Ese escaneo no es de esta entrada.
scan-said-pairing_failed = Este código de vinculación no vale o está agotado: pida uno nuevo al organizador.

## The connection

scan-health-ready = Listo
scan-health-connecting = Conectando
scan-health-offline = Sin conexión
scan-health-offline-waiting = { $count ->
    [one] Sin conexión, 1 escaneo en espera
    [many] Sin conexión, { $count } escaneos en espera
   *[other] Sin conexión, { $count } escaneos en espera
}
scan-health-sending = { $count ->
    [one] Enviando 1 escaneo
    [many] Enviando { $count } escaneos
   *[other] Enviando { $count } escaneos
}
scan-health-gone = Ya no está vinculado
scan-health-no-list = Listo, pero no para trabajar sin conexión
scan-health-list = Lista de asistentes: { $percent } % recibido
scan-health-offline-list = Sin conexión, { $percent } % de la lista de asistentes recibido

## Pairing

scan-pair-used-up = { $count ->
    [one] Este código de vinculación está agotado: era para un solo teléfono. Pida uno nuevo al organizador.
    [many] Este código de vinculación está agotado: los { $count } teléfonos están vinculados. Pida uno nuevo al organizador.
   *[other] Este código de vinculación está agotado: los { $count } teléfonos están vinculados. Pida uno nuevo al organizador.
}
scan-pair-over = El evento ha terminado: este teléfono ha olvidado a sus asistentes y su clave. Para volver a escanear, pida un código de vinculación al organizador.
scan-pair-no-store = Esta ventana no guarda nada, como las ventanas privadas: abra el escáner en una normal.
scan-pair-no-packages = No se pudo cargar una parte de esta página. Cárguela de nuevo; si no basta, el servidor necesita `make setup` con npm.
scan-pair-lead = Vincule este teléfono una vez. Después escanea hasta que el organizador lo retire.
scan-pair-anew = Este teléfono está vinculado: { $device }. ¿Vincularlo de nuevo?
scan-pair-failed = El servidor no respondió como se esperaba. Inténtelo otra vez.
scan-pair-unreachable = No se puede conectar con el servidor. Compruebe la red de este teléfono y vuelva a intentarlo.
scan-pair-not-one = No es un código de vinculación de este servidor.
scan-offer-organiser = Organizador
scan-offer-event = Evento
scan-offer-all-events = todos
scan-offer-door = Puerta
scan-offer-no-door = ninguna propia: admite al recinto
scan-offer-device = Nombre de este teléfono
scan-offer-may = Puede
scan-offer-scan = escanear entradas
scan-offer-may-force = admitir pese a un rechazo
scan-offer-may-over_limit = admitir con el aforo completo
scan-offer-may-undo = deshacer escaneos
scan-offer-may-search = buscar asistentes
scan-offer-may-names = ver nombres
scan-offer-may-headcount = contar personas sin entrada
scan-offer-may-door = cambiar de puerta
scan-offer-may-sell = vender entradas y cobrar
scan-unpair-ask = ¿Desvincular este teléfono? Para volver a escanear necesita un nuevo código de vinculación.
scan-unpair-lose-sale = La última venta no está confirmada: abra primero «Vender entradas». ¿Desvincular de todos modos?
scan-unpair-lose = { $count ->
    [one] 1 escaneo aún no se ha enviado y se perdería. ¿Desvincular de todos modos?
    [many] { $count } escaneos aún no se han enviado y se perderían. ¿Desvincular de todos modos?
   *[other] { $count } escaneos aún no se han enviado y se perderían. ¿Desvincular de todos modos?
}

## Scanning

scan-code = Código de la entrada
scan-scan = Escanear
scan-asking = Comprobando
scan-read-waiting = { $count ->
    [one] 1 más se ha leído y espera
    [many] { $count } más se han leído y esperan
   *[other] { $count } más se han leído y esperan
}
scan-read-too-many = Demasiados a la vez: el último no se tomó. Escanéelo otra vez.
scan-exit-on = SALIDA
scan-undo = Deshacer
scan-undo-ask = ¿Deshacer este escaneo?
scan-undone = Deshecho
scan-undo-late = Pasados 15 minutos solo un organizador puede deshacer un escaneo: avise a uno.
scan-undo-failed = No se puede conectar con el servidor: no se ha deshecho nada.
scan-guest = Asistente
scan-unknown = Código desconocido
scan-at-door = Entradas: { $count }
scan-at-door-out = Salidas: { $count }
scan-inside = { $count } dentro
scan-inside-of = { $count } de { $limit } dentro
scan-venue = El recinto
scan-camera-on = Usar la cámara
scan-camera-off = Apagar la cámara
scan-camera-NotAllowedError = Permita la cámara para este sitio en los ajustes del navegador y vuelva a intentarlo.
scan-camera-NotFoundError = Este dispositivo no tiene cámara. Use un lector, o escriba el código.
scan-camera-NotReadableError = Otra app o pestaña usa la cámara. Ciérrela y vuelva a intentarlo.
scan-camera-ended = Se ha retirado la cámara a esta página. Permítala de nuevo y toque «Usar la cámara».
scan-camera-insecure = La cámara necesita una dirección segura (https). Pídala al organizador; mientras tanto funciona un lector.
scan-camera-reader = No se pudo cargar el lector de códigos QR: conéctese una vez y vuelva a intentarlo. Mientras tanto funciona un lector o escribir.
scan-camera-other = La cámara no se puede usar ahora. Cierre otras apps que la usen y vuelva a intentarlo.
scan-heads-count = { $count } dentro sin entrada
scan-heads-none = No hay tantas personas contadas dentro sin entrada.
scan-heads-unanswered = El servidor no ha respondido. Toque lo mismo otra vez: cuenta una sola vez.
scan-training-on = PRÁCTICA. No se registra nada. Termina a los 10 minutos.
scan-training-over = La práctica ha terminado: a partir de ahora los escaneos cuentan.
scan-door-now = Este teléfono está ahora aquí: { $door }.
scan-door-alone = No se puede conectar con el servidor: la puerta sigue siendo la misma.
scan-door-waiting = Aún no se han enviado escaneos de esta puerta: cámbiela después.
scan-force-list = En la lista de invitados
scan-force-paid = Ha pagado
scan-force-back = Salió un momento
scan-force-known = Conocido del organizador

## Conflicts

scan-conflict-title = { $count ->
    [one] 1 conflicto por trabajar sin conexión
    [many] { $count } conflictos por trabajar sin conexión
   *[other] { $count } conflictos por trabajar sin conexión
}
scan-conflict-line = { $name }, { $time }: { $verdict } aquí. El servidor: { $reason }.
scan-conflict-undo-late = { $name }, { $time }: deshecho aquí, pero sigue contando: pasados 15 minutos solo un organizador puede deshacer un escaneo. Avise a uno.
scan-conflict-undo-refused = { $name }, { $time }: deshecho aquí, pero sigue contando. Avise a un organizador. El servidor: { $reason }.
scan-conflict-held = Este teléfono ha sido retirado: sus escaneos sin conexión esperan al organizador.
scan-conflict-wrong = { $count ->
    [one] 1 escaneo no se pudo enviar: muestre este teléfono al organizador.
    [many] { $count } escaneos no se pudieron enviar: muestre este teléfono al organizador.
   *[other] { $count } escaneos no se pudieron enviar: muestre este teléfono al organizador.
}

## Finding a guest

scan-find-none = No se encuentra a nadie.
scan-find-short = Escriba 3 letras o cifras o más.
scan-find-failed = La búsqueda no es posible ahora. Inténtelo otra vez.
scan-find-none-then = No hay asistentes en esta sesión.
scan-find-no-guests = Aún no hay asistentes.
scan-find-offline = Sin conexión: según este teléfono; los correos se encuentran solo enteros.
scan-find-offline-no-names = Sin conexión, y este teléfono no puede ver nombres: busque por teléfono, correo, número de entrada, reserva, código de barras o asiento.
scan-find-showing = { $when }: { $came }
scan-find-came = { $came } de { $booked } han llegado
scan-find-all-times = Todas las sesiones
scan-find-others = Encontrados en otras sesiones: { $count }
scan-find-phone = teléfono …{ $end }
scan-find-order = reserva { $order }
scan-find-ticket = Entrada
scan-find-price = Precio
scan-find-let-in = Admitir a esta persona
scan-find-let-out = Registrar la salida de esta persona
scan-find-look = Ver esta entrada
scan-find-count = { $count ->
    [one] 1 asistente
    [many] { $count } asistentes
   *[other] { $count } asistentes
}
scan-state-valid = Válida, sin escanear
scan-state-scanned = Válida, escaneada
scan-state-unpaid = Sin pagar
scan-state-canceled = Anulada
scan-state-blocked = Bloqueada
scan-state-expired = Caducada

## Selling

scan-sale-title = Vender entradas
scan-sale-title-unconfirmed = Vender entradas: la última venta no está confirmada
scan-sale-elsewhere = La última venta no se confirmó antes de que este teléfono pasara a otro evento: pregunte allí si se vendió.
scan-sale-left = { $when } (quedan { $left })
scan-sale-ticket = Entrada
scan-sale-less = Una menos: { $kind }
scan-sale-more = Una más: { $kind }
scan-sale-free = Gratis
scan-sale-change = Cambio: { $sum }
scan-sale-missing = Faltan: { $sum }
scan-sale-take = { $sum }: { $method }
scan-sale-hand-out = Entregar gratis
scan-sale-sold = { $count ->
    [one] Vendida: 1 entrada. { $paid }
    [many] Vendidas: { $count } entradas. { $paid }
   *[other] Vendidas: { $count } entradas. { $paid }
}
scan-sale-admit = { $count ->
    [one] Admitir a esta persona
    [many] Admitir a las { $count }
   *[other] Admitir a las { $count }
}
scan-sale-alone = No se puede conectar con el servidor: este teléfono no vende ni cobra nada ahora.
scan-sale-unknown = El servidor no ha respondido: no se sabe si se ha vendido. Toque otra vez: nunca se vende dos veces.
scan-sale-unconfirmed = Esta venta no se confirmó: inténtelo otra vez. Nunca se vende dos veces.
scan-sale-no-time = No hay ninguna sesión a la venta: todas han pasado.
scan-sale-sold-out = Agotado: quedan { $left }.
scan-sale-product-left = { $product }: en esta sesión solo quedan { $left }.
scan-sale-training = Durante la práctica no se venden entradas.
scan-sale-qr = Código de la entrada
