### Las páginas de las tarjetas Wallet de un evento y de sus códigos de práctica. Lo que sigue a `practice-shows-` es el código de una respuesta.
passes-off = No se ofrecen tarjetas a nadie más. Las que están en los teléfonos siguen funcionando. Antes: el { $percent } por ciento de las reservas.
passes-invited = Solo reservas invitadas: las de prueba. Invítelas en la página de su reserva.
passes-percent = Reservas invitadas, y el { $percent } por ciento de todas.
passes-on = Todo el mundo.
passes-stop = Detener
passes-ask-stop = ¿No ofrecer tarjetas a nadie más? Los mensajes en espera no se envían. Quien tiene una tarjeta la conserva, y sigue funcionando.
passes-resume = Reanudar
passes-invite = Ofrecer solo a invitados
passes-did-stop = Detenido: no se ofrecen tarjetas a nadie más.
passes-did-resume = Reanudado: las tarjetas se ofrecen como antes.
passes-started = La tanda ha comenzado.
passes-step-offered = Ofrecidas
passes-step-opened = Abiertas
passes-step-added = Añadidas a Wallet
passes-step-scanned = Admitidas con ella
passes-reservations = { $count ->
    [one] Ofrecidas a { $count } reserva.
    [many] Ofrecidas a { $count } reservas.
   *[other] Ofrecidas a { $count } reservas.
}
passes-answers = Respuestas de quienes añadieron una: funcionó, { $worked }; no funcionó, { $failed }.
passes-testers = De prueba
passes-percents = { $above } a { $percent }
passes-no-letter = Sin mensaje
passes-sent = { $count ->
    [one] { $count } mensaje
    [many] { $count } mensajes
   *[other] { $count } mensajes
}
passes-sent-unknown = Mensajes: { $sent }, y { $unknown } aún sin saber
passes-share = { $share } % del paso anterior
practice-of = Códigos de práctica: { $name }
practice-code = Código de práctica: { $label }
practice-no-ticket = Para practicar. No es una entrada.
practice-shows-admitted = Entrada escaneada
practice-shows-exited = Salida registrada
practice-shows-already_scanned = Entrada ya escaneada
practice-shows-canceled = Entrada anulada
practice-shows-unpaid = Entrada sin pagar
practice-shows-blocked = Entrada bloqueada
practice-shows-replaced = Entrada reemitida
practice-shows-expired = Entrada caducada
practice-shows-too_early = Demasiado pronto para esta entrada
practice-shows-too_late = Demasiado tarde para esta entrada
practice-shows-wrong_door = Puerta equivocada
practice-shows-full = Aforo completo
practice-shows-not_inside = La entrada no está dentro
practice-shows-wrong_event = Otro evento
practice-shows-invalid_code = El QR no es de una entrada
practice-shows-bad_signature = Firma de la entrada no válida
practice-shows-unknown_ticket = Entrada no encontrada

## The page of passes

passes-title = Tarjetas Wallet
passes-event = El evento
passes-refresh = Actualizar
passes-who = A quién se ofrecen
passes-far = Hasta dónde llegaron los asistentes
passes-step = Paso
passes-tickets = Entradas
passes-part = Proporción
passes-next = Próxima tanda
passes-how-many = A qué porcentaje de reservas ofrecerlas
passes-how-many-hint = A quien se ofrecieron tarjetas se le siguen ofreciendo. 0 envía el mensaje a los invitados de prueba.
passes-no-mail = No hay servidor de correo configurado (HUB_SMTP_HOST): la tanda no lleva mensaje.
passes-subject = Asunto del mensaje <span class="hint">opcional</span>
passes-letter = Mensaje a quienes se ofrecen ahora <span class="hint">opcional</span>
passes-letter-hint = Sus palabras; debajo van el enlace a sus entradas y su contacto. Vacío: sin mensaje.
passes-start = Comenzar la tanda
passes-waves = Tandas
passes-begun = Comienzo
passes-of-percent = Porcentaje
passes-letters = Mensajes enviados

## The page of practice codes

practice-title = Códigos de práctica
practice-print = Imprimir
practice-lead = Un código para cada respuesta que puede dar una puerta. Escaneados en las puertas de este evento, dicen qué representan; no se cuenta nada. En el escáner, active la práctica para ver la pantalla entera.
