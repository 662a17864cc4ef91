### Lo que ven los asistentes al reservar o al apuntarse a una lista de espera.

## The list of events

book-index = Reservar entradas
book-index-empty = Ahora mismo no hay nada que reservar.
book-index-empty-line = En cuanto un evento abra sus reservas, aparecerá aquí.
book-any-time = Entradas para cualquier sesión
book-choose-time = Elija su sesión
book-no-times = Aún no hay sesiones
book-left = Quedan: <b data-left>{ $count }</b>
book-sold-out = Agotado
book-sold-out-waiting = Agotado, lista de espera

## The form

book-title = Reservar: { $event }
book-all-events = Todos los eventos
book-see-all = Ver todos los eventos
book-nothing-yet = Aún no se ha reservado nada: hay algo que corregir más abajo.
book-failed = No se ha podido reservar. Inténtelo de nuevo en un momento.
book-when = Sesión
book-day = Día
book-time = Hora
book-clock = Las horas son las del lugar ({ $timezone }).
book-doors = Apertura de puertas { $duration } antes.
book-doors-then = Apertura de puertas a esas horas.
book-terms = Al reservar acepta las condiciones generales anteriores.
book-kind-left = { $kind } (quedan: { $count })
book-kind-none = { $kind } (agotado)
book-kind = Tipo de entrada
book-count = Entradas
book-name = Su nombre
book-others = Nombres de los demás <span class="muted">(opcional)</span>
book-others-hint = Uno por línea, si reserva varias entradas: así cada una lleva su nombre en el acceso. Si no, todas van al suyo.
book-phone = Su número de teléfono
book-phone-hint = Con él le encuentran en el acceso si pierde su entrada.
book-email = Su correo electrónico
book-email-optional = Su correo electrónico <span class="muted">(opcional)</span>
book-email-hint = Ahí enviamos sus entradas.
book-total = Total
book-total-later = El total es el precio por el número de entradas; lo indica la página siguiente.
book-button = Reservar
book-join = Apuntarse a la lista de espera
book-join-time = Apuntarse a la lista de espera: { $time }

## Why there is nothing to book

book-over = Este evento ha terminado.
book-closed = Las reservas están cerradas.
book-closed-line = Las entradas reservadas siguen siendo válidas.
book-elsewhere = Las entradas de este evento no se reservan aquí.
book-elsewhere-line = Pregunte al organizador dónde están.
book-none = Aún no hay sesiones.
book-none-line = En cuanto las haya, aparecerán aquí.
book-full = Agotado.
book-full-line = Si alguien devuelve una plaza, aparece aquí en el acto. Vuelva a mirar más tarde.
book-full-waiting = Si se devuelve una plaza, se ofrece a la siguiente persona de la lista de espera.

## What is wrong with a field

wrong = Revise este campo.
wrong-when = Elija una sesión.
wrong-when-sold-out = No quedan plazas suficientes en esa sesión: alguien fue más rápido. No se ha reservado nada.
wrong-when-over = Esa sesión ya ha pasado. Elija otra.
wrong-when-gone = Ya no hay nada a esa hora. Elija otra sesión.
wrong-when-seats-left = Quedan plazas suficientes a esa hora: no hace falta esperar.
wrong-when-waiting-full = La lista de espera de esa sesión está completa. Elija otra.
wrong-count = { $most ->
    [one] Elija { $most } entrada.
    [many] Elija de 1 a { $most } entradas.
   *[other] Elija de 1 a { $most } entradas.
}
wrong-seats = { $most ->
    [one] Elija { $most } plaza, y no más de las que tiene la sesión en total.
    [many] Elija de 1 a { $most } plazas, y no más de las que tiene la sesión en total.
   *[other] Elija de 1 a { $most } plazas, y no más de las que tiene la sesión en total.
}
wrong-kind = Elija un tipo de entrada.
wrong-kind-sold-out = No quedan tantas entradas de este tipo en esa sesión. No se ha reservado nada: elija menos, otro tipo u otra sesión.
wrong-name = Indique su nombre, de 1 a 100 caracteres.
wrong-others = Escriba un nombre por línea, de 1 a 100 caracteres cada uno, y no más que entradas reserve para otros.
wrong-phone = Indique su número de teléfono: de 3 a 20 cifras, espacios, + - ( ) .
wrong-phone-limit = { $most ->
    [one] Un número de teléfono puede tener como máximo { $most } entrada de una sesión.
    [many] Un número de teléfono puede tener como máximo { $most } entradas de una sesión.
   *[other] Un número de teléfono puede tener como máximo { $most } entradas de una sesión.
}
wrong-phone-optional = Este número de teléfono no es válido: de 3 a 20 cifras, espacios, + - ( ) . Déjelo vacío o compruébelo.
wrong-email = Esta dirección de correo no es válida. Ejemplo: ada@example.org
wrong-email-optional = Esta dirección de correo no es válida. Compruébela o déjela vacía.
wrong-slow-down = Demasiadas reservas a la vez desde su red. Espere un minuto y vuelva a enviarlo.
wrong-unavailable = No hemos podido confirmar su reserva. Vuelva a enviarla: se hace una sola vez, por muchas veces que la envíe.
wrong-sent-before = Ya ha reservado con este formulario. Envíelo otra vez solo si quiere también estas entradas.
wrong-nearest = Las más cercanas con plazas:
wrong-nearest-time = { $count ->
    [one] <b>{ $time }</b>, queda { $count }
    [many] <b>{ $time }</b>, quedan { $count }
   *[other] <b>{ $time }</b>, quedan { $count }
}
wrong-join = Apuntarse a la lista de espera de esa sesión
wrong-book-them = Reservarlas

## The waiting list: joining

wait-title = Lista de espera: { $event }
wait-page = Lista de espera
wait-back = Volver a las sesiones
wait-nothing-yet = Aún no está en la lista: hay algo que corregir más abajo.
wait-failed = No está en la lista. Inténtelo de nuevo en un momento.
wait-slow-down = Demasiados intentos desde su red o con esa dirección. Espere un rato y vuelva a enviarlo.
wait-unavailable = No hemos podido confirmar su puesto. Vuelva a enviarlo: esperará una sola vez, por muchas veces que lo envíe.
wait-sent-before = Ya está esperando con este formulario. Envíelo otra vez solo si quiere otro puesto.
wait-none = Aquí no hay lista de espera.
wait-none-line = Ver lo que se puede reservar
wait-how = Cuando queden plazas libres y sea su turno, se le guardarán durante { $time }.
wait-mailed = Entonces le escribiremos.
wait-not-mailed = No se envía ningún correo: conserve la página siguiente y vuelva a mirar, o pregunte al organizador.
wait-choose = Elija una sesión
wait-time-left = { $count ->
    [one] { $time } (queda { $count })
    [many] { $time } (quedan { $count })
   *[other] { $time } (quedan { $count })
}
wait-seats = Plazas
wait-seats-hint = Se ofrecen juntas: cuantas menos necesite, antes llegará su turno.
wait-phone = Su número de teléfono <span class="muted">(puede darlo más tarde)</span>
wait-mailbox = Mire su correo
wait-mailbox-line = Le hemos enviado un enlace: muestra su puesto en la cola y permite dejarla. Cuando haya plazas libres y sea su turno, le escribiremos de nuevo y se las guardaremos durante { $time }.
wait-mailbox-help = ¿No hay nada tras unos minutos? Mire en el correo no deseado, compruebe la dirección y <a href="{ $link }">apúntese de nuevo</a>: una dirección tiene un solo puesto, por muchas veces que se apunte.

## The waiting list: a place in it

place-offered = { $count ->
    [one] Una plaza es suya hasta el { $until }
    [many] { $count } plazas son suyas hasta el { $until }
   *[other] { $count } plazas son suyas hasta el { $until }
}
place-accept-in-time = { $count ->
    [one] Acepte a tiempo; si no, se ofrece a la siguiente persona.
    [many] Acepte a tiempo; si no, se ofrecen a la siguiente persona.
   *[other] Acepte a tiempo; si no, se ofrecen a la siguiente persona.
}
place-accept = Aceptar
place-decline = No, gracias
place-kind-choose = Elegir un tipo
place-kind-gone = Lo que esperaba ya no se vende. El precio es por plaza.
place-kind-none = Estas plazas están reservadas para usted, pero lo que esperaba ya no se vende y aquí no se puede reservar otra cosa. Pregunte al organizador antes de que acabe el plazo.
place-number = Su puesto en la cola: { $position }
place-how = { $count ->
    [one] Cuando quede libre una plaza y sea su turno, se le guardará durante { $time }.
    [many] Cuando queden libres { $count } plazas a la vez y sea su turno, se le guardarán durante { $time }.
   *[other] Cuando queden libres { $count } plazas a la vez y sea su turno, se le guardarán durante { $time }.
}
place-mailed = Entonces le escribiremos; esta página muestra su puesto.
place-not-mailed = No se envía ningún correo: conserve esta página y vuelva a mirar, o pregunte al organizador.
place-passed = { $times ->
    [one] Una vez quedaron libres menos plazas de las que necesita y fueron para grupos más pequeños. Conserva su puesto.
    [many] { $times } veces quedaron libres menos plazas de las que necesita y fueron para grupos más pequeños. Conserva su puesto.
   *[other] { $times } veces quedaron libres menos plazas de las que necesita y fueron para grupos más pequeños. Conserva su puesto.
}
place-leave = Dejar la lista de espera
place-booked = Sus plazas están reservadas
place-tickets = Abrir sus entradas
place-lapsed = El plazo para aceptar ha terminado
place-lapsed-line = Las plazas pasaron a la siguiente persona. <a href="{ $link }">Ver lo que queda</a>
place-gone = No está en la lista de espera
place-gone-line = Dejó su puesto, o este enlace es antiguo. No se conserva nada sobre usted.
