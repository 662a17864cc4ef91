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
aspect-database = Base de datos
aspect-database-version = Versión de la base de datos
aspect-replica-set = Replica set
aspect-indexes = Índices
aspect-database-clock = Reloj de la base de datos
aspect-mail = Correo
aspect-wallet-passes = Pases de Wallet

## Cómo están

check-late = sin resultado en { $seconds } s
check-broken = no se pudo comprobar: consulte el registro
check-url-local = { $url } solo lleva a esta máquina: ningún teléfono llega a ella; defina HUB_BASE_URL
check-url-no-address = { $host } no tiene dirección: cree su registro DNS
check-url-silent = { $url } no responde ({ $why }): revise el proxy, el cortafuegos y el hub
check-url-other-server = en { $url } responde otro servidor: el proxy debe pasar todas las rutas
check-url-status = { $url } responde con el estado { $status }: ¿funciona el hub detrás del proxy?
check-url-answers = { $url } responde, versión { $version }
check-url-other-version = { $url } responde como versión { $version }, esta es { $own }: reinicie el hub
check-upgrade-lost = no llega ({ $why }): el proxy debe dejar pasar los «upgrades» en /live
check-upgrade-refused = no llega (estado { $status }): el proxy debe dejar pasar los «upgrades» en /live
check-upgrade-through = los «upgrades» de WebSocket llegan
check-certificate-untrusted = los teléfonos no confían en él: { $why }; renuévelo o envíe la cadena completa
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
check-database-no-hub = ningún hub funciona en { $folder }: inícielo o indique su carpeta de datos
check-database-refused = la base de datos se niega: { $why }
check-database-silent = no responde ({ $why }): revise sus miembros
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
    [one] 1 miembro guarda los datos: con tres, el hub sigue cuando falta uno
    [many] { $count } miembros guardan los datos: con tres, el hub sigue cuando falta uno
   *[other] { $count } miembros guardan los datos: con tres, el hub sigue cuando falta uno
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
check-indexes-missing = faltan: { $names }; el hub los crea al iniciarse: reinícielo
check-clock-agrees = coincide con el de esta máquina
check-clock-apart = difiere en { $seconds } s del de esta máquina: sincronice ambos
check-mail-none = sin configurar: los invitados no reciben entradas por correo; defina HUB_SMTP_HOST y HUB_SMTP_FROM
check-mail-login = { $server } rechaza el acceso: revise HUB_SMTP_USER y HUB_SMTP_PASSWORD
check-mail-tls = { $server } no ofrece un TLS de confianza: revise HUB_SMTP_SECURITY y su puerto
check-mail-security = { $server } rechaza lo que pide HUB_SMTP_SECURITY={ $security }
check-mail-away = no se llega a { $server }: revise HUB_SMTP_HOST, HUB_SMTP_PORT y el cortafuegos
check-mail-taken = { $server } acepta correo de { $sender }
check-passes-none = no hay certificado de Apple configurado: las entradas son páginas y códigos QR
check-passes-unusable = el certificado de los pases no se puede usar: { $why }
check-passes-ready = el certificado de los pases vale hasta el { $date }
check-passes-expiring = el certificado de los pases caduca el { $date }: renuévelo
check-passes-early = el certificado de los pases vale a partir del { $date }
check-passes-expired = el certificado de los pases caducó el { $date }: renuévelo
