### Errores, tal como los dicen las páginas y las respuestas de la API. Sin punto final.

problem-not-found = No encontrado
problem-bad-request = Solicitud incorrecta
problem-method = Método no permitido
problem-not-allowed = Esto no está permitido
problem-internal = Algo ha fallado aquí: inténtelo de nuevo
problem-database = La base de datos no responde: inténtelo de nuevo
problem-unconfirmed = no se ha podido confirmar: escanee de nuevo
problem-slow-down = Demasiadas solicitudes: inténtelo más tarde
problem-body-too-large = El envío es demasiado grande: { $most } bytes como máximo. Envíe menos de una vez
problem-form-elsewhere = Este formulario se envió desde otro sitio: abra la página aquí
problem-link-not-valid = Este enlace ya no es válido
problem-no-event = Evento no encontrado
problem-no-ticket = Entrada no encontrada
problem-no-reservation = Reserva no encontrada
problem-no-place = No existe ese puesto en la lista de espera

## Changes by a ticket's holder

problem-handed-on = Esta entrada se ha traspasado: su código y su enlace son ahora de otra persona
problem-not-offered = Este evento no lo ofrece: consulte al organizador
problem-ticket-is-cancelled = La entrada está anulada
problem-ticket-is-blocked = La entrada está bloqueada
problem-ticket-over = La hora de la entrada ya ha pasado
problem-ticket-scanned = La entrada ya se ha escaneado
problem-too-late-to-cancel = Es demasiado tarde para anular: consulte al organizador
problem-ticket-unpaid = La entrada no está pagada: páguela primero
problem-handed-on-limit = Esta entrada no se puede traspasar otra vez
problem-change-unusable = La entrada no se puede cambiar así

## Booking and the waiting list

problem-booking-unusable = No se puede hacer la reserva
problem-sold-out = Agotado
problem-few-left = Plazas libres a esa hora: { $left }
problem-no-showing = No hay ninguna sesión a esa hora
problem-phone-limit = Entradas de una sesión por número de teléfono: { $most } como máximo
problem-time-over = Esa sesión ya ha pasado
problem-no-waiting-list = Este evento no tiene lista de espera
problem-waits-already = Esta dirección ya espera para esa sesión
problem-party-too-large = El grupo es demasiado grande
problem-seats-left = Quedan plazas: resérvelas
problem-waiting-full = La lista de espera de esa sesión está completa
problem-place-ended = Este puesto en la lista de espera ha terminado
problem-offer-over = El plazo para aceptar estas plazas ha terminado
problem-no-offer = Aún no se ofrecen plazas
problem-no-more-bookings = Este evento ya no admite reservas
problem-offer-unusable = La oferta no se puede aceptar así
problem-offer-phone = debe ser un número de teléfono: de 3 a 20 cifras, con espacios y + - ( ) . / entre ellas
