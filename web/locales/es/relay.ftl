### La página de estado de un repetidor, y lo que dicen de él las demás páginas de un repetidor.

relay-title = Repetidor { $name }
relay-dashboard = Panel en vivo
relay-scanner = Escáner
relay-at-the-hub = En el servidor
relay-asking = Se pregunta al repetidor
relay-stale = El repetidor no responde desde las { $time }: así estaba entonces.
relay-hub = Su servidor: { $address }

relay-state-connected = Conectado desde las { $time }
relay-state-degraded = Conectado, lento desde las { $time }
relay-state-alone = Solo desde las { $time }
relay-state-catching_up = Se pone al día desde las { $time }
relay-state-ended = Terminado a las { $time }

relay-strip = { $state }. { $more }

relay-more-connected = El servidor decide sobre cada escaneo.
relay-more-degraded = El servidor responde tarde. Los escaneos a los que no responde a tiempo se deciden aquí.
relay-more-alone = No se puede llegar al servidor. Las puertas siguen, y lo que hacen se envía cuando vuelva la conexión. Aquí no hay nada que hacer.
relay-more-catching_up = La conexión ha vuelto. Los escaneos se deciden aquí hasta que todos se hayan enviado.

relay-ended = El servidor ya no acepta este repetidor. No deja entrar a nadie: use el propio servidor.
relay-ended-relay_taken = Otro repetidor ha ocupado su lugar. No deja entrar a nadie: use el otro, o el propio servidor.
relay-ended-relay_lost = Se declaró perdido en el servidor. No deja entrar a nadie: inícielo de nuevo con otra clave, o use el propio servidor.
relay-ended-restored = El servidor se restauró desde una copia de seguridad. Espere a que no quede ningún escaneo por enviar, e inicie el repetidor en una carpeta nueva.
relay-ended-event_over = El evento ha terminado, y su copia se ha eliminado.

relay-inside = Dentro ahora
relay-admitted = Admitidos
relay-admitted-of = { $admitted } de { $booked }
relay-waiting = Escaneos por enviar
relay-behind = Cambios del servidor por recoger
relay-exchange = Últimas noticias del servidor
relay-exchange-never = Ninguna desde su inicio
relay-clock = Su reloj
relay-clock-right = En hora
relay-clock-ahead = { $seconds } s por delante del servidor
relay-clock-behind = { $seconds } s por detrás del servidor
relay-refused = Escaneos que el servidor no registró
relay-refused-more = Solo constan aquí. Pregunte, con el código, a quien gestiona el servidor.
relay-refused-line = { $time }, { $device }: { $code }
relay-refused-device = un teléfono
