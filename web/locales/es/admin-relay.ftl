### Página del repetidor de un evento, en la administración.

relay-lead = Un repetidor es un pequeño servidor en un equipo del lugar. Sus puertas comparten una misma verdad y siguen mientras la conexión con este servidor va lenta o falta.
relay-none = No se ha unido ningún repetidor
relay-is-there = { $name } está conectado
relay-is-alone = { $name } trabaja solo desde: { $time }
relay-is-lost = { $name } se dio por perdido: { $time }
relay-there-more = Este servidor decide sobre cada escaneo en sus puertas.
relay-alone-more = Sus puertas siguen, y lo que hicieron llega cuando vuelva la conexión. Delo por perdido solo si el equipo ha desaparecido para siempre.
relay-alone-free = Hace diez minutos que no se sabe de él, así que otro repetidor puede unirse. Lo que hicieron sus puertas llega igualmente cuando vuelva la conexión.
relay-lost-more = Su clave ya no vale. Los escaneos que no había enviado llegan de los teléfonos de sus puertas.
relay-not-named = Los teléfonos no lo encuentran: falta { $address } en HUB_ALLOWED_ORIGINS de este servidor.
relay-address = Su dirección, como llegan a él los teléfonos
relay-address-hint = Con https y un certificado en el que confíen los teléfonos, por ejemplo { $example }. Déjela vacía para probarlo en un solo equipo.
relay-joined = Se unió
relay-heard = Últimas noticias
relay-waiting-now = Escaneos que le quedan por enviar
relay-waited = Escaneos que le quedaban entonces por enviar
relay-clock-ahead-s = Su reloj va adelantado
relay-seconds = { $seconds } s
relay-lose = Dar por perdido
relay-lose-ask = ¿Dar { $name } por perdido? Su clave deja de valer y ya no deja entrar a nadie; otro repetidor puede unirse enseguida. Los escaneos que no ha enviado llegan de los teléfonos de sus puertas, en cuanto alcancen este servidor: no los desvincule. No se puede deshacer.
relay-lose-waited = { $count ->
    [one] 1 escaneo esperaba en las últimas noticias.
    [many] { $count } escaneos esperaban en las últimas noticias.
   *[other] { $count } escaneos esperaban en las últimas noticias.
}
relay-lose-done = { $name } se ha dado por perdido.
relay-new = Nuevo repetidor
relay-name = Nombre
relay-name-hint = Dónde está, por ejemplo «Sala»: así se llama en el panel.
relay-make = Crear su clave
relay-made = La clave de { $name }
relay-made-run = Inícielo en el equipo del lugar con esta orden:
relay-command = La orden que inicia el repetidor
relay-made-named = Añada { $address } a HUB_ALLOWED_ORIGINS de este servidor y reinícielo, para que los teléfonos encuentren el repetidor.
relay-made-hint = Si está instalado como paquete, la orden empieza por { $package } en lugar de { $checkout }. La clave vale solo para este evento y termina tres días después.
relay-keys = Claves de repetidores para este evento
relay-keys-by-owners = Las claves de repetidores las crean los propietarios.
relay-key-used = En uso
relay-key-ready = Sin uso
relay-key-ended = Revocada
relay-key-revoke = Revocar
relay-key-ask = ¿Revocar la clave { $name }? Un repetidor que la usa sigue solo y ya no puede enviar lo que hace. Si el equipo ha desaparecido, dé el repetidor por perdido en su lugar.
relay-key-revoked = La clave { $name } se ha revocado.
