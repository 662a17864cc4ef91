### Lo que lee un asistente en la entrada, en el teléfono de control y en el idioma de su reserva: una frase corta, en grande.

at-door-welcome = ¡Le damos la bienvenida!
at-door-seat-block = bloque { $value }
at-door-seat-row = fila { $value }
at-door-seat-seat = asiento { $value }
at-door-entrance = Su acceso: { $doors }
at-door-no-entrance = Esta entrada no es válida en este acceso.
at-door-already = Esta entrada ya se usó a las { $time }.
at-door-day = Su entrada es para el { $day }, { $time }.
at-door-opens = Acceso a partir de las { $time }.
at-door-closed = El acceso se cerró a las { $time }.
at-door-expired = Esta entrada ya no es válida.
at-door-unpaid = Esta entrada aún no está pagada.
at-door-due = Falta por pagar de esta entrada: { $sum }
at-door-canceled = Esta reserva se ha anulado.
at-door-blocked = Esta entrada está bloqueada. Consulte al organizador.
at-door-full = Ahora mismo está completo. Espere, por favor.
at-door-event = Esta entrada es para otro evento.
at-door-replaced = Hay un código más reciente para esta entrada. Abra su último correo.
