### Comprobaciones de una instalación, como las dicen `run.py check` y *Funcionamiento*.
checks-title = Comprobaciones
checks-running = Comprobando…
checks-failed = No se pudieron obtener las comprobaciones: { $why }
checks-again = Comprobar de nuevo
checks-sound = Nada que corregir, a las { $time }.
checks-found = { $count ->
    [one] 1 punto por corregir, a las { $time }.
    [many] { $count } puntos por corregir, a las { $time }.
   *[other] { $count } puntos por corregir, a las { $time }.
}
checks-aspect = Punto comprobado
checks-state = Estado
checks-more = Qué hacer
checks-ok = Correcto
checks-warn = Por corregir
checks-fail = Averiado

## Los puntos comprobados

aspect-certificate = Certificado
aspect-clock = Reloj
aspect-disk = Disco
aspect-open-files = Archivos abiertos
aspect-secrets = Secretos
aspect-hub-secret = Secreto del servidor
aspect-database = Base de datos
aspect-database-version = Versión de la base de datos
aspect-replica-set = Replica set
aspect-indexes = Índices
aspect-database-clock = Reloj de la base de datos
aspect-mail = Correo
aspect-wallet-passes = Tarjetas Wallet

## Cómo están

check-late = sin resultado en { $seconds } s
check-broken = no se pudo comprobar: consulte el registro
check-url-local = { $url } solo lleva a esta máquina: ningún teléfono llega a ella; defina HUB_BASE_URL
check-url-no-address = { $host } no tiene dirección: cree su registro DNS
check-url-silent = { $url } no responde: revise el proxy, el cortafuegos y este servidor; el registro dice por qué
check-url-late = { $url } no responde en { $seconds } s: revise el proxy, el cortafuegos y este servidor
check-url-closed = { $url } rechaza la conexión: ¿está en marcha el proxy, y en ese puerto?
check-url-no-tls = { $url } no habla TLS: configure el certificado del proxy, o revise el puerto
check-url-other-server = en { $url } responde otro servidor: el proxy debe pasar todas las rutas
check-url-status = { $url } responde con el estado { $status }: ¿funciona el servidor detrás del proxy?
check-url-answers = { $url } responde, versión { $version }
check-url-other-version = { $url } responde como versión { $version }, esta es { $own }: reinicie el servidor
check-upgrade-lost = no llega: el proxy debe dejar pasar los «upgrades» en /live
check-upgrade-refused = no llega (estado { $status }): el proxy debe dejar pasar los «upgrades» en /live
check-upgrade-through = los «upgrades» de WebSocket llegan
check-certificate-untrusted = los teléfonos no confían en él: renuévelo, o envíe toda la cadena; el registro dice por qué
check-certificate-ended = ha caducado, y los teléfonos lo rechazan: certbot renew, y después recargue el proxy
check-certificate-early = todavía no es válido: revise el reloj de esta máquina, o bien el certificado
check-certificate-own = está autofirmado, y los teléfonos lo rechazan: pida uno a una autoridad, por ejemplo con certbot
check-certificate-chain = no se confía en su emisor, o su cadena está incompleta: que el proxy envíe toda la cadena (fullchain.pem)
check-certificate-other-name = no es para { $host }: pida uno para ese nombre, o ponga en HUB_BASE_URL el nombre que tiene
check-certificate-unseen = no se llega a { $url } desde aquí: compruebe con un teléfono que se abre
check-certificate-holds = vale hasta el { $date } ({ $days ->
    [one] 1 día
    [many] { $days } días
   *[other] { $days } días
})
check-certificate-late = vale hasta el { $date } ({ $days ->
    [one] 1 día
    [many] { $days } días
   *[other] { $days } días
}): ya debería estar renovado; certbot renew y recargue el proxy
check-clock-synchronised = está sincronizado
check-clock-free = no está sincronizado: timedatectl set-ntp true
check-clock-unknown = el sistema no dice si está sincronizado: compárelo con el de un teléfono
check-disk-free = { $size } GB libres en { $folder }
check-disk-little = { $size } GB libres en { $folder }: libere espacio
check-disk-full = { $size } GB libres en { $folder }: libere espacio, sin él la base de datos se detiene
check-files-any = sin límite por proceso
check-files-enough = { $limit } por proceso
check-files-few = { $limit } por proceso: defina LimitNOFILE=65536 (systemd) o ulimit -n 65536 antes de iniciarlo
check-secrets-kept = solo su propietario puede leer sus archivos
check-secrets-open = otros usuarios de esta máquina pueden leer { $path }: chmod 600 { $path }
check-secret-since = en uso desde el { $date } ({ $days ->
    [one] 1 día
    [many] { $days } días
   *[other] { $days } días
})
check-secret-unfinished = { $names } va a sustituirlo, y no todos los servidores lo conocen todavía: run.py secret rotate continúa
check-secret-earlier = uno anterior sigue en vigor: run.py secret rotate vuelve a sellar el resto y después run.py secret retire le pone fin
check-secret-retired = uno retirado ({ $names }) sigue en { $path } o en los ajustes: guárdelo mejor con las copias de seguridad de su época
check-secret-unknown = { $names } está en vigor y no se conoce aquí: añádalo a { $path }
check-secret-short = tiene menos de { $characters } caracteres y podría adivinarse a partir de una base de datos robada: sustitúyalo por uno aleatorio con run.py secret rotate
check-database-no-hub = ningún servidor funciona en { $folder }: inícielo o indique su carpeta de datos
check-database-refused = HUB_MONGODB_URI no se puede usar: revise su forma y sus nombres; el registro dice por qué
check-database-login = rechaza el acceso de HUB_MONGODB_URI: revise usuario, contraseña y authSource
check-database-rights = al usuario de HUB_MONGODB_URI le faltan permisos: necesita los roles readWrite y dbAdmin de la base { $database }
check-database-old = su versión no sirve: use MongoDB 8.0
check-database-standalone = es un servidor aislado: HUB_MONGODB_URI debe nombrar un replica set o un clúster fragmentado
check-database-silent = no es accesible: revise sus miembros, la red y el cortafuegos; el registro dice por qué
check-database-no-primary = responde, pero no tiene primario: arranque los miembros que faltan, hace falta una mayoría
check-database-no-member = ningún host de HUB_MONGODB_URI es del replica set que nombra: revise replicaSet
check-database-no-trust = no se confía en su certificado TLS, o no es para este nombre: revise tlsCAFile y el certificado; el registro dice por qué
check-database-unknown-host = los nombres de host de HUB_MONGODB_URI no se conocen aquí: revise sus registros DNS
check-version-supported = MongoDB { $version }
check-version-ended = MongoDB { $version } no recibe parches de seguridad desde el { $date }: ponga una más nueva
check-version-unsupported = MongoDB { $version } ya no recibe parches de seguridad: ponga una más nueva
check-members-embedded = la integrada: una sola copia, en esta máquina; haga copias de seguridad o use un replica set de tres
check-members-unseen = { $count ->
    [one] 1 miembro; su retraso no se ve: dé a la cuenta el rol clusterMonitor
    [many] { $count } miembros; su retraso no se ve: dé a la cuenta el rol clusterMonitor
   *[other] { $count } miembros; su retraso no se ve: dé a la cuenta el rol clusterMonitor
}
check-members-few = { $count ->
    [one] 1 miembro guarda los datos: con tres, el servidor sigue cuando falta uno
    [many] { $count } miembros guardan los datos: con tres, el servidor sigue cuando falta uno
   *[other] { $count } miembros guardan los datos: con tres, el servidor sigue cuando falta uno
}
check-members-sound = { $count ->
    [one] 1 miembro, sin retraso
    [many] { $count } miembros, ninguno con retraso
   *[other] { $count } miembros, ninguno con retraso
}
check-member-away = { $host } está en { $state }: inícielo o consulte su registro
check-member-arbiter = { $host } es un árbitro: sustitúyalo por un miembro con datos
check-member-behind = { $host } lleva { $seconds } s de retraso: revise su disco y su red
check-indexes-there = están todos
check-indexes-missing = faltan: { $names }; el servidor los crea al iniciarse: reinícielo
check-clock-agrees = coincide con el de esta máquina
check-clock-apart = difiere en { $seconds } s del de esta máquina: sincronice ambos
check-mail-none = sin configurar: los asistentes no reciben entradas por correo; defina HUB_SMTP_HOST y HUB_SMTP_FROM
check-mail-login = { $server } rechaza el acceso: revise HUB_SMTP_USER y HUB_SMTP_PASSWORD
check-mail-tls = { $server } no ofrece un TLS de confianza: revise HUB_SMTP_SECURITY y su puerto
check-mail-security = { $server } rechaza lo que pide HUB_SMTP_SECURITY={ $security }
check-mail-away = no se llega a { $server }: revise HUB_SMTP_HOST, HUB_SMTP_PORT y el cortafuegos
check-mail-taken = { $server } acepta correo de { $sender }
check-passes-none = no hay certificado de Apple configurado: las entradas son páginas y códigos QR
check-passes-incomplete = falta { $names }: certificado, clave y WWDR van juntos
check-passes-no-file = { $name }: { $path } no existe
check-passes-unreadable = { $name }: no se puede leer { $path }: revise su propietario y sus permisos
check-passes-no-certificate = { $name }: { $path } no es un certificado en PEM o DER
check-passes-key-locked = HUB_WALLET_KEY: { $path } necesita HUB_WALLET_KEY_PASSWORD
check-passes-key-open = HUB_WALLET_KEY: { $path } no tiene contraseña, y hay una definida
check-passes-key-unreadable = HUB_WALLET_KEY: no se puede leer { $path } con esa contraseña
check-passes-key-kind = HUB_WALLET_KEY: { $path } no es una clave RSA ni EC
check-passes-other-key = HUB_WALLET_KEY no es la clave de HUB_WALLET_CERT
check-passes-other-issuer = HUB_WALLET_CERT no lo emitió HUB_WALLET_WWDR, sino { $issuer }
check-passes-other-kind = HUB_WALLET_CERT no es un certificado de tarjetas Wallet: su sujeto no nombra ni tipo de tarjeta ni equipo
check-passes-ready = el certificado de las tarjetas vale hasta el { $date }
check-passes-expiring = el certificado de las tarjetas caduca el { $date }: renuévelo
check-passes-early = el certificado de las tarjetas vale a partir del { $date }
check-passes-expired = el certificado de las tarjetas caducó el { $date }: renuévelo
