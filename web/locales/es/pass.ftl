### Tarjetas en Apple Wallet y Google Wallet, y la entrada del calendario. Hay poco sitio: sea breve.

pass-title = Entrada: { $event }
pass-state = Entrada
pass-state-changed = Su entrada: %@
pass-valid = Válida
pass-canceled = Anulada
pass-unpaid = Sin pagar
pass-blocked = Bloqueada
pass-replaced = Sustituida
pass-expired = Caducada
pass-admitted-at = Acceso { $time }
pass-event = Evento
pass-event-changed = Nuevo nombre: %@
pass-begins = Comienzo
pass-begins-changed = Nueva hora: %@
pass-place = Lugar
pass-place-changed = Nuevo lugar: %@
pass-name = Nombre
pass-kind = Tipo
pass-seat = Asiento
pass-seat-changed = Nuevo asiento: %@
pass-void = Esta entrada ya no es válida
pass-void-replaced = Se ha emitido otra entrada en lugar de esta: abra su enlace y añádala de nuevo.
pass-void-handed-on = Esta entrada se ha traspasado: otra persona tiene su nuevo código.
pass-admitted = Acceso
pass-admitted-door = { $when } ({ $door })
pass-doors = Apertura
pass-until = Válida hasta
pass-address = Dirección
pass-organiser = Organizador: { $way }
pass-number = Número de entrada
pass-issued-by = Emitida por
pass-terms = Condiciones generales

calendar-number = Número de entrada { $number }
