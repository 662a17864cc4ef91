### Lo que dicen los scripts del panel.

## The curve

curve-none = Aún no ha llegado nadie. La curva empieza con el primer escaneo.
curve-arrived = Llegadas: { $arrived } de { $booked } reservas, { $since } de ellas desde las { $time }.
curve-arrived-only = Llegadas: { $arrived }, { $since } de ellas desde las { $time }.
curve-busiest = Los cinco minutos con más llegadas: { $time }, con { $count }.
curve-other = { $name }: { $count } en ese momento.
curve-at = { $time }: { $arrived } llegadas, { $inside } dentro
curve-at-other = { $count } entonces
curve-failed = La curva no se puede leer ahora. Se volverá a intentar automáticamente.
curve-other-failed = Esa noche no se puede leer ahora. Vuelva a elegirla.

## Refusals

refusals-others = Otros motivos
refusals-unknown = Otro motivo

## Alerts

alert-none = Sin alertas.
alert-dismiss = Descartar
alert-dismiss-one = Descartar: { $text }
alert-at = ({ $door })
alert-silent = { $device }{ $at } no da señales desde las { $time }. Compruebe que está encendido y tiene red.
alert-battery = { $device }{ $at }: batería baja, { $battery } %.
alert-queue = { $count ->
    [one] { $device }{ $at } trabaja sin conexión: 1 escaneo en espera.
    [many] { $device }{ $at } trabaja sin conexión: { $count } escaneos en espera.
   *[other] { $device }{ $at } trabaja sin conexión: { $count } escaneos en espera.
}
alert-stalled = { $count ->
    [one] { $door }: ningún escaneo desde las { $time }; 1 en las otras puertas.
    [many] { $door }: ningún escaneo desde las { $time }; { $count } en las otras puertas.
   *[other] { $door }: ningún escaneo desde las { $time }; { $count } en las otras puertas.
}
alert-relay = { $name } trabaja solo desde las { $time }: sus puertas siguen, y sus escaneos llegan cuando vuelva la conexión.
alert-near = Casi completo: { $name }, { $inside } de { $limit } dentro.
alert-full = Completo: { $name }, { $inside } de { $limit } dentro.
alert-unknown = { $place } Hay una alerta que esta página no puede leer. Revise los teléfonos y las puertas y vuelva a cargar la página.
alert-conflicts = { $count ->
    [one] 1 conflicto: entró una persona que el servidor habría rechazado.
    [many] { $count } conflictos: entraron personas que el servidor habría rechazado.
   *[other] { $count } conflictos: entraron personas que el servidor habría rechazado.
}
sound-on = Sonido activado
sound-off = Sonido desactivado

## Devices

device-unnamed = Un teléfono
device-online = En línea
device-training = { $device }: en práctica
device-silent = Sin señales
device-silent-since = Sin señales, visto a las { $time }
device-unpaired = Aún sin vincular
device-seen = Visto a las { $time }
device-away = Aún no visto
device-battery = Batería al { $battery } %
device-queue = { $count ->
    [one] 1 escaneo en espera
    [many] { $count } escaneos en espera
   *[other] { $count } escaneos en espera
}
door-unnamed = Una puerta
guest-unnamed = Un asistente

## Conflicts

conflict-entry = Entrada: { $place }, { $time }
conflict-counted = Contada: { $place }, { $time }

## People inside

people-venue = El recinto
people-of = { $inside } de { $limit }
people-free = Libres: { $free }
people-over = { $over } por encima del aforo
people-full = Completo
people-no-limit = Sin aforo fijado
people-headcount = { $count ->
    [one] 1 de ellas sin entrada
    [many] { $count } de ellas sin entrada
   *[other] { $count } de ellas sin entrada
}
recount-done = Registrado. { $name }: { $inside } dentro.

## The list of scans

scans-found = { $found } de los últimos { $all } escaneos

## What guests say

feedback-none = Aún no ha respondido ningún asistente.
feedback-worked = { $count ->
    [one] Ha respondido 1 asistente: funcionó para el { $share } %.
    [many] Han respondido { $count } asistentes: funcionó para el { $share } %.
   *[other] Han respondido { $count } asistentes: funcionó para el { $share } %.
}
feedback-failed = { $count ->
    [one] Para 1, no.
    [many] Para { $count }, no.
   *[other] Para { $count }, no.
}
feedback-unreadable = Las respuestas no se pueden leer ahora. Se volverán a pedir en un minuto.

## The connection

stale-figures = Cifras de las { $time }
stale-blocked = La conexión en directo no llega: ¿deja pasar el proxy los «upgrades»? Mientras tanto, esta página pregunta cada 5 segundos.
stale-since = Sin actualizar: estas son las cifras de las { $time }. El servidor no responde; esta página sigue intentándolo.
stale-ended = Sin actualizar: la conexión ha terminado. Vuelva a cargar la página.
connection-connecting = Conectando
connection-live = En directo
connection-polled = Cada 5 segundos
connection-reconnecting = Reconectando
connection-stale = Sin actualizar
connection-ended = Detenido
connection-ended-more = El servidor ha terminado esta conexión. Vuelva a cargar la página.

## The large figures

percent = { $share } %
figures-places = de { $places } plazas
figures-no-limit = de { $places } plazas; sin aforo fijado
figures-over = { $over } por encima del aforo de { $limit }
figures-full = Completo: el aforo es de { $limit }
figures-free = Libres: { $free } de { $limit }
figures-of-booked = { $share } de las reservas
figures-of-attempts = { $share } de los intentos

## The list of scans: its buttons and names

scans-pause = Pausar
scans-go-on = Continuar
scans-go-on-new = Continuar ({ $missed } más)
scans-go-on-some = Continuar (nuevos escaneos)
scans-guest = Asistente
scans-unknown = Código desconocido
feedback-said = «{ $text }»
