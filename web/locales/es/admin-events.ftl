### Los eventos en la administración, tal como los dicen sus scripts: lista, formulario, sesiones, lista de espera, primeros pasos.
admin-events-open = Todo el mundo
admin-events-keys = Con una clave
admin-events-closed = Cerrado
admin-events-any-time = En cualquier momento
admin-events-copy = Duplicar
admin-events-live = Ver en directo
admin-events-unused = Lo que se reserva sin evento va a «{ $event }», que figura aquí desde su primera reserva.
admin-events-unused-settings = Ajustes: { $event }
first-event = Cree un evento: un nombre, una hora, una puerta.
first-phone = Vincule un teléfono: se convierte en escáner al leer un código.
first-ticket = Reserve una entrada de prueba y escanéela.
first-make-event = Crear un evento
first-pair-phone = Vincular un teléfono
first-book-ticket = Reservar una entrada de prueba
first-done = Hecho
first-guest = Asistente de prueba
first-no-seat = Este evento no tiene ninguna sesión con una plaza libre: añada una primero.
event-copy-of = Una copia sin sus entradas ni sus teléfonos: { $name }. Elija cuándo empieza: todas las demás horas se mueven con ella.
event-picture-remove = Quitar la imagen
event-picture-unreadable = Este navegador no puede mostrar la imagen: elija una imagen JPEG, PNG o WebP.
event-picture-refused = El evento se ha creado, sin su imagen: { $why }
event-no-products = Este evento aún no tiene tipos de entrada.
event-first-door = Puerta principal
event-made = El evento se ha creado. Ahora: vincule un teléfono para su puerta y reserve después una entrada de prueba.
event-seats = Plazas de la sesión { $when }
event-ends = Fin de la sesión { $when }
event-change = Cambiar
event-full = Completo
event-takes-bookings = Se aceptan reservas como se indica arriba. Cerrarlas pone fin a eso; las puertas siguen.
event-is-closed = Ya no se aceptan reservas. Las puertas siguen.
event-warn-unsold = Con precio: { $name }. La página de reservas no lo vende, salvo que el tipo de entrada lo indique.
event-warn-ahead = Todo el mundo puede reservar: { $name }. Una entrada así no está pagada, y hasta entonces no deja pasar a nadie.
event-warn-door = Todo el mundo puede reservar y se paga en la puerta: { $name }.
event-warn-hold = Las plazas sin pagar se guardan sin fin: indique tras cuántos minutos vuelven a quedar libres.
event-warn-where = Los asistentes no saben dónde pagar: indíquelo.
event-close = Cerrar las reservas
event-close-asked = ¿No aceptar más reservas: { $name }? Las puertas siguen, y puede volver a abrirlas.
event-reopen = Volver a aceptar reservas
admin-waiting-shown = { $count ->
    [one] 1 asistente
    [many] { $count } asistentes
   *[other] { $count } asistentes
}
admin-waiting-first = { $count ->
    [one] El primer asistente
    [many] Los primeros { $count } asistentes
   *[other] Los primeros { $count } asistentes
}
admin-waiting-seats = { $count ->
    [one] 1 plaza
    [many] { $count } plazas
   *[other] { $count } plazas
}
admin-waiting-waits = En espera
admin-waiting-position = En espera, número { $position }
admin-waiting-offered = Plazas ofrecidas
admin-waiting-until = hasta el { $until }
admin-waiting-link = Copiar el enlace
admin-waiting-remove = Quitar de la lista
admin-waiting-ask = ¿Quitar de la lista de espera: { $name }? Las plazas que se le ofrecieron pasan al siguiente que espera.
admin-waiting-removed = Ya no espera: { $name }.
event-left = Quedan { $left }
event-multi = { $count ->
    [one] { $count } vez
    [many] { $count } veces
   *[other] { $count } veces
}
