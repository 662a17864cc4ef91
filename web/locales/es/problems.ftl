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
problem-reservation-change-unusable = La reserva no se puede cambiar así
problem-change-unusable = La entrada no se puede cambiar así

## Booking and the waiting list

problem-booking-unusable = No se puede hacer la reserva
problem-sold-out = Agotado
problem-few-left = Plazas libres a esa hora: { $left }
problem-product-sold-out = { $product }: agotado
problem-product-few-left = { $product }: plazas libres a esa hora: { $left }
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

## Who asks

problem-key-missing = Falta la clave de API o no es válida
problem-archived = La aplicación está archivada.
problem-key-needed = Se necesita una clave o iniciar sesión
problem-scope-needed = Para esto se necesita el permiso { $scopes }
problem-role = Su función no permite hacer esto
problem-page = Esta cuenta no puede ver esta página
problem-page-old = La página está desactualizada: recárguela
problem-login-elsewhere = Este formulario se envió desde otro sitio: abra la página de inicio de sesión e inténtelo de nuevo
problem-own-token = Para esto se necesita el token de la propia entrada
problem-owner-scope = Solo un propietario crea o revoca una clave con el permiso admin
problem-key-revoked = Esta clave se ha revocado mientras tanto
problem-key-rights = El usuario cuyos permisos tendría esta clave ya no puede crearla
problem-key-unusable = No se puede crear la clave
problem-no-key = Clave no encontrada
problem-wrong-login = Usuario o contraseña incorrectos
problem-no-user = Usuario no encontrado
problem-user-busy = Este usuario acaba de crear una clave: inténtelo de nuevo
problem-login-ended = Su sesión ha terminado entretanto: inicie sesión de nuevo
problem-user-unusable = El usuario no se puede guardar así
problem-no-password = Para esto hay que iniciar sesión: una clave no tiene contraseña
problem-password-unusable = No se puede cambiar la contraseña
problem-sold-elsewhere = Para entradas vendidas en otro sitio se necesita una clave
problem-details-need-key = Para una nota, un asiento y respuestas de una entrada se necesita una clave

## Requests

problem-not-json = El cuerpo de la solicitud no es JSON
problem-not-object = El cuerpo de la solicitud debe ser un objeto JSON
problem-list-unusable = La lista no se puede leer así
problem-list-search = búsqueda
problem-list-cursor = cursor
problem-idempotency-key = Idempotency-Key
problem-idempotency = Este Idempotency-Key se usó para otra solicitud
problem-unstorable = Un valor es demasiado grande o contiene caracteres que no se pueden guardar
problem-stopping = el hub se está deteniendo: inténtelo de nuevo
problem-unreadable = No se puede leer el registro ({ $thing }): consulte al organizador
problem-taken = Ya está en uso
problem-taken-names = Ya está en uso: { $names }
problem-not-ready = no está listo
problem-no-such-page = No existe esta página
problem-no-such-event = No existe este evento
problem-own-event = No es un evento suyo
problem-which-event = Indique el evento

## Events and their showings

problem-event-unusable = El evento no se puede guardar así
problem-event-change-unusable = El evento no se puede cambiar así
problem-showings-unusable = Las sesiones no se pueden guardar así
problem-no-showing-when = No hay ninguna sesión: { $when }
problem-showing-there = Ya hay una sesión: { $when }
problem-showing-booked = Plazas reservadas ({ $when }): { $count }
problem-door-used = Hay dispositivos en esa puerta: { $names }
problem-zone-used = Hay alguien en esa zona
problem-product-sold = Hay entradas vendidas de este tipo y se cuentan por su nombre; quite primero su número de entradas: { $names }
problem-no-zone = No existe esa zona
problem-unknown-timezone = timezone: zona horaria desconocida
problem-when-needed = Se necesitan la fecha y la hora
problem-skipped-time = Esa hora no existe ese día
problem-pictures-busy = se están creando demasiadas imágenes
problem-qr-size = tamaño
problem-qr-format = formato
problem-part = parte
problem-not-a-uuid = El id de la entrada no es un uuid

## Devices

problem-device-unusable = El dispositivo no se puede guardar así
problem-no-device = Dispositivo no encontrado
problem-device-archived = Un dispositivo archivado no se puede vincular

## Imports

problem-import-ended = La importación terminó mientras tanto: importe de nuevo
problem-import-meanwhile = Una entrada de la lista se cambió mientras tanto: importe de nuevo
problem-import-time = La hora se cambió mientras tanto ({ $name }): importe de nuevo
problem-import-empty = No hay ninguna entrada en el archivo
problem-import-joined = Una importación puede completar pedidos de { $most } entradas como máximo: envíela en varios archivos
problem-import-rows = Una importación puede tener { $most } entradas como máximo: envíelas en varios archivos
problem-import-kinds = Una importación puede tener como máximo { $times } sesiones y { $products } tipos de entrada
problem-import-choices = Estas opciones no se pueden usar
problem-import-columns = La fila { $row } tiene más de { $most } columnas: no es una lista de entradas
problem-import-long-row = Una fila tiene más de { $most } caracteres: busque unas comillas sin cerrar
problem-import-no-csv = La fila { $row } no es CSV: busque unas comillas sin cerrar
problem-import-large = El archivo es demasiado grande: { $most } bytes como máximo
problem-import-no-body = El archivo está vacío
problem-import-unknown = No es CSV ni .xlsx: ábralo en una hoja de cálculo y guárdelo como uno de ellos
problem-import-no-file = Envíe el propio archivo como cuerpo de la solicitud, como text/csv
problem-import-encoding = Hay letras de este archivo que no se pueden leer con certeza: indique la lectura correcta
problem-workbook-empty = El libro está vacío
problem-workbook-unreadable = Este libro no se puede leer: guárdelo como .xlsx o CSV
problem-workbook-locked = Este libro está protegido con contraseña: quítela o guarde la lista como CSV
problem-workbook-formula = La celda { $cell } contiene una fórmula sin su resultado: guarde antes el libro en una hoja de cálculo
problem-workbook-old = Este libro es anterior a 2007 (.xls): guárdelo como .xlsx o CSV
problem-archive-other = Es un archivo de { $kind }: guarde la lista como .xlsx o CSV
problem-workbook-large = El libro es demasiado grande: guarde la lista como CSV
problem-sheet-long = La hoja es demasiado larga: { $most } filas como máximo
problem-sheet-wide = La hoja tiene más de { $most } columnas: no es una lista de entradas
problem-imports-busy = Se están importando otros archivos: inténtelo de nuevo en un minuto
problem-no-import = Importación no encontrada
problem-import-under-way = Hay otra importación de este evento en curso: espere a que termine
problem-import-stopped = El hub se detuvo durante la importación: importe de nuevo
problem-import-failed = Algo ha fallado aquí: importe de nuevo

## Tickets, reservations and payments

problem-reservation-canceled = La reserva está anulada
problem-expired-restore = Una entrada caducada no se puede restablecer
problem-scanned-move = Una entrada escaneada no se puede cambiar de sesión
problem-expired-move = Una entrada caducada no se puede cambiar de sesión
problem-no-address = No hay ninguna dirección a la que enviarlo
problem-wait-unusable = No se puede esperar a eso
problem-payment-unusable = No se puede cobrar el pago
problem-refund-unusable = No se puede devolver
problem-costs-by-now = No se ha cobrado nada: ahora cuesta { $amount }
problem-paid-already = No se ha cobrado nada: ya está pagado
problem-paid-already-how = No se ha cobrado nada: ya está pagado ({ $method })
problem-paid-already-amount = No se ha cobrado nada: ya está pagado ({ $amount } por entrada, { $method })
problem-no-payment = Aquí no se cobró ningún pago por ello, así que no se puede devolver
problem-picture-unusable = La imagen no se puede usar
problem-picture-body = Envíe la imagen misma como cuerpo
problem-no-picture = Esa imagen no existe
problem-more-than-taken = Se pueden devolver { $amount } como máximo
problem-no-mail-here = Desde aquí no se envían correos: entregue los enlaces
problem-batch-unusable = No se puede hacer esto con estas entradas
problem-till-unusable = No se puede cerrar la caja
problem-no-till = No existe esa caja
problem-till-closed = Esta caja ya se cerró: sus cifras han empezado de nuevo
problem-till-empty = No hay nada que cerrar: ni fondo ni pagos desde el último cierre

## Passes, webhooks and deliveries

problem-passes-unavailable = Ahora mismo no se pueden crear tarjetas aquí
problem-passes-off = Este evento no ofrece tarjetas
problem-passes-some = De momento, las tarjetas se ofrecen solo a algunos asistentes de este evento
problem-passes-everybody = Las tarjetas ya se ofrecen a todos
problem-wave-unusable = No se puede iniciar la oleada
problem-waves-most = Un evento tiene { $most } oleadas como máximo
problem-passes-not-stopped = Las tarjetas no están detenidas
problem-passes-busy = se están creando demasiadas tarjetas
problem-wallet-off = Aquí no se ofrece { $wallet }
problem-pass-token = No es el token de esa tarjeta
problem-registration-unusable = No se puede usar el registro
problem-no-pass = Tarjeta no encontrada
problem-pass-phones = Demasiados teléfonos siguen esta entrada
problem-webhook-unusable = El webhook no se puede guardar así
problem-no-webhook = Webhook no encontrado
problem-webhooks-most = Ya hay { $most } webhooks
problem-no-delivery = Entrega no encontrada
problem-no-message = Mensaje no encontrado
problem-waits-to-be-sent = Ya espera a ser enviado

## Fields: what is wrong with one, after its name

problem-field-missing = falta
problem-field-unusable = no se puede usar
problem-field-malformed = no tiene la forma correcta
problem-field-unknown = no se conoce aquí
problem-field-object = debe ser un objeto
problem-field-list = debe ser una lista
problem-field-text = debe ser texto
problem-field-whole = debe ser un número entero
problem-field-number = debe ser un número
problem-field-boolean = debe ser true o false
problem-field-uuid = debe ser un uuid
problem-field-not-a-uuid = no es un uuid
problem-field-empty = no debe estar vacío
problem-field-large = es demasiado grande
problem-field-many = demasiados
problem-field-most = debe ser { $high } como máximo
problem-field-least = debe ser { $low } como mínimo
problem-field-range = debe ser de { $low } a { $high }
problem-field-years = debe estar entre los años { $low } y { $high }
problem-field-pixels = debe ser de { $low } a { $high } píxeles
problem-field-username = debe tener de 1 a 64 letras, cifras o . @ + - _
problem-field-party = plazas de esa sesión en total: { $count }
problem-field-characters = debe tener de { $low } a { $high } caracteres
problem-field-characters-most = debe tener { $high } caracteres como máximo
problem-field-entries-most = debe tener { $high } elementos como máximo
problem-field-name = de 1 a 100 caracteres
problem-field-one-of = debe ser uno de: { $values }
problem-field-language = debe ser uno de { $values }
problem-field-mail = debe ser una dirección de correo
problem-field-mail-like = debe ser una dirección de correo, como ada@example.org
problem-field-phone = debe ser un número de teléfono, como +33 1 23 45 67 89
problem-field-printable = debe ser imprimible
problem-field-not-sold = no se vende aquí
problem-field-chosen = debe elegirse
problem-field-date = debe ser AAAA-MM-DD (2026-12-24)
problem-field-time = debe ser HH:MM
problem-field-calendar = no está en el calendario
problem-field-over = ya ha pasado
problem-field-no-showing = no hay sesión
problem-field-skipped = no existe por el cambio al horario de verano
problem-field-offset = necesita una diferencia UTC, como 2026-12-24T20:30:00+01:00
problem-field-moment = debe ser una hora con diferencia UTC, como 2026-12-24T20:30:00+01:00
problem-field-timezone = un nombre IANA como Europe/Paris
problem-field-differ = los nombres deben ser distintos
problem-field-after-start = debe ser posterior a starts_at
problem-field-after-beginning = debe ser posterior a su comienzo
problem-password-unfit = No se puede usar la contraseña
problem-role-sell = Su función no permite que un dispositivo venda
problem-role-names = Su función no permite que un dispositivo muestre nombres de clientes
problem-sells-no-more = Este evento ya no vende entradas: sus reservas están cerradas
problem-gives-nothing-away = Un dispositivo no regala nada que cueste: lo hace la taquilla
problem-password-first = Elija primero una contraseña propia
problem-field-longer = debe tener { $low } caracteres o más
problem-field-made = es la que se creó para usted: elija otra
problem-field-same = es la que ya tiene: elija otra
problem-field-not-yours = no es su contraseña
problem-field-archived = está archivado
problem-field-no-such-door = este evento no tiene esa puerta
problem-field-no-such-event = ese evento no existe
problem-field-event-needed = necesita un evento
problem-field-own-event = es necesario: su rol es para eventos concretos
problem-field-own-path = tienen su propia ruta: .../showings
problem-field-no-such-id = este evento no tiene nada con ese id
problem-field-policy = debe ser single, reentry, multi:N o daily
problem-field-no-such-product = nombra un tipo de entrada que este evento no tiene
problem-field-no-such-zone = no nombra ninguna zona de este evento
problem-field-same-time = dos veces la misma hora
problem-field-control-characters = no debe tener caracteres de control
problem-field-visible = debe ser texto visible en una línea, sin caracteres de control
problem-field-web-address = debe ser una dirección web como https://example.org/help, de { $most } caracteres como máximo
problem-field-currency = debe ser una moneda en tres letras, como EUR
problem-field-amount = debe ser un importe de su moneda, como 20.00
problem-field-amount-free = no debe indicarse en lo que es gratis
problem-field-amount-unknown = debe indicarse: no se conoce el precio
problem-field-currency-several = debe indicarse: estas entradas tienen precios en varias
problem-field-currencies-paid = debe quedar vacío: estas entradas se pagaron en varias monedas
problem-field-picture-kind = debe ser una imagen JPEG, PNG o WebP
problem-field-picture-large = debe tener { $most } millones de píxeles como máximo
problem-field-picture-small = debe tener al menos { $low } píxeles de ancho y de alto
problem-field-picture-damaged = está dañada: guarde la imagen de nuevo
problem-field-payments-only = es solo para pagos
problem-field-currency-needed = debe indicarse, como EUR
problem-field-words-most = { $most } palabras como máximo
problem-field-length-most = { $most } caracteres como máximo
problem-field-no-email = la reserva no tiene ninguna
problem-field-plain-text = debe ser texto sin formato
problem-field-plain-line = debe ser una línea de texto sin formato
problem-field-no-mail = no hay ningún servidor de correo configurado
problem-field-more-than = debe ser más de { $low }
problem-field-push-token = debe ser el token de notificaciones de Apple
problem-field-no-such-kind = no existe el tipo { $kind }
problem-field-names-length = debe tener nombres de { $low } a { $high } caracteres
problem-field-same-event = debe quedar como está: una entrada no puede pasar a otro evento
problem-field-a-date = debe ser una fecha, YYYY-MM-DD
problem-field-needed-with = es necesario con { $name }
problem-field-random = debe tener 128 bits aleatorios si no hay credenciales
problem-field-cursor = debe tomarse de una cabecera Link
problem-field-picture = debe ser png o svg
problem-link-of-another = Este enlace es de otro usuario: inicie sesión con la cuenta de esa dirección
problem-account-login = Hace falta iniciar sesión: una clave no tiene cuenta
problem-field-anothers-address = es la dirección de otro usuario
problem-device-door = Este dispositivo no puede elegir su puerta
problem-code-wrong = El código no es correcto
problem-password-wrong = Contraseña incorrecta
problem-cannot-be-done = Así no es posible
problem-factor-on = El segundo factor ya está activado: desactívelo primero
problem-factor-off = El segundo factor está desactivado
problem-app-older = Configure la aplicación de nuevo: este código es de una anterior
problem-app-first = Configure primero la aplicación
problem-field-code-now = no es el código actual de la aplicación
problem-field-code-used = no es correcto o ya se usó
