### La página de importar y exportar. Tras `import-column-` va nuestro nombre de una columna, tras `import-means-` el sentido de un estado, tras `import-change-` e `import-why-` lo que hace la importación con una entrada.
import-no-file = Elija primero un archivo.
import-too-large = Este archivo tiene { $size } MB, y se admiten { $most } MB como máximo: envíe la lista en varios archivos.
import-tickets = { $count ->
    [one] { $count } entrada
    [many] { $count } entradas
   *[other] { $count } entradas
}
import-rows = Contiene
import-unpaid = Sin pagar
import-left-out = Omitidas, por estar anuladas
import-seats = entradas: { $count }; plazas libres después: { $left }
import-columns = Columnas
import-ignored = Columnas no usadas
import-read-as = Leído como
import-read-as-csv = { $encoding }, { $separator }
import-separator-comma = coma
import-separator-semicolon = punto y coma
import-separator-tab = tabulador
import-separator-pipe = barra vertical
import-hidden-sheet = Hoja oculta
import-hidden-sheet-is = «{ $sheet }» está oculta en el libro, y es la que se lee
import-hidden-rows = Filas ocultas
import-hidden-rows-read = { $count ->
    [one] También se lee { $count } fila que el libro oculta: quite su filtro para verla
    [many] También se leen { $count } filas que el libro oculta: quite su filtro para verlas
   *[other] También se leen { $count } filas que el libro oculta: quite su filtro para verlas
}
import-hidden-columns = Columnas ocultas, también leídas
import-unread = No leído
import-unread-are = Otras hojas que parecen listas: { $sheets }. Guarde cada una en su propio archivo.
import-batches = Muchas a la vez
import-batches-how = Tantas entradas se corrigen de 50 en 50, y las puertas siguen mientras tanto. Si se interrumpe, las corregidas quedan así: el mismo archivo hace el resto.
import-state = «{ $state }» ({ $rows })
import-state-of = { $column }: «{ $state }» ({ $rows })
import-warning = Fila { $row }
import-untouched = Fila { $row }, { $name }
import-why-scanned = Se deja como está: escaneada
import-why-expired = Se deja como está: ya pasó
import-means-good = Una entrada válida
import-means-unpaid = Sin pagar
import-means-cancelled = Anulada
import-means-blocked = Bloqueada
import-change-added = Nuevas
import-change-changed = Corregidas
import-change-canceled = Anuladas
import-change-unchanged = Sin cambios
import-change-untouched = Escaneadas o ya pasadas, se dejan como están
import-choice-state = { $count ->
    [one] «{ $state }» en { $count } fila significa
    [many] «{ $state }» en { $count } filas significa
   *[other] «{ $state }» en { $count } filas significa
}
import-choice-product = { $count ->
    [one] «{ $product }», { $count } entrada: no es un tipo de entrada de este evento. Es
    [many] «{ $product }», { $count } entradas: no es un tipo de entrada de este evento. Son
   *[other] «{ $product }», { $count } entradas: no es un tipo de entrada de este evento. Son
}
import-product = { $count ->
    [one] «{ $product }», { $count } entrada
    [many] «{ $product }», { $count } entradas
   *[other] «{ $product }», { $count } entradas
}
import-renamed = Leído como: { $means }
import-unknown-product = No es un tipo de entrada de este evento: las puertas que solo admiten ciertos tipos de entrada no lo conocen
import-same = { $count ->
    [one] La única entrada de este archivo ({ $count }) ya está aquí: no hay nada que importar.
    [many] Las { $count } entradas de este archivo ya están aquí: no hay nada que importar.
   *[other] Las { $count } entradas de este archivo ya están aquí: no hay nada que importar.
}
import-choice-encoding = La fila { $row } se lee bien así
import-choice-dates = { $example } es el
import-choice-column = Columna «{ $head }» { $example }
import-choice-choose = Elegir
import-choice-unused = No usada
import-do-again = Importar: nuevas { $added }, corregidas { $changed }, anuladas { $canceled }
import-corrected = Nuevas { $added }, corregidas { $changed }, anuladas { $canceled }, sin cambios { $unchanged }, dejadas { $untouched }: las puertas ya lo saben.
import-nothing-new = Nada ha cambiado: entradas como estaban, { $unchanged }.
import-nothing = { $count ->
    [one] La única entrada de este archivo ({ $count }) se anuló en su vendedor y nunca estuvo aquí: no hay nada que importar.
    [many] Las { $count } entradas de este archivo se anularon en su vendedor y nunca estuvieron aquí: no hay nada que importar.
   *[other] Las { $count } entradas de este archivo se anularon en su vendedor y nunca estuvieron aquí: no hay nada que importar.
}
import-do = { $count ->
    [one] Importar { $count } entrada
    [many] Importar { $count } entradas
   *[other] Importar { $count } entradas
}
import-problems = { $count ->
    [one] { $count } error
    [many] { $count } errores
   *[other] { $count } errores
}
import-first-problems = Los primeros { $shown } de { $count } errores
import-staging = { $staged } de { $rows } entradas. Puede salir de esta página: sigue adelante.
import-completed = Entradas importadas: { $rows }. Las puertas ya las conocen.
import-failed = La importación falló: no se conservó nada de ella.
import-failed-partly = La importación falló a medias: entradas que quedan corregidas, { $changed }; anuladas, { $canceled }. La misma lista hace el resto.
import-past-staging = En curso
import-past-completed = Importado
import-past-failed = Falló
import-past-some = { $staged } de { $rows } entradas
import-past-why = Qué estaba mal
import-past-follow = Por dónde va
import-past-gone = Alguien que ya no está
import-past-unknown = No consta
import-column-notice = Nota para la puerta
import-column-block = Bloque
import-column-seat = Asiento
import-column-seat-row = Fila del asiento
import-column-answer = Una respuesta, guardada con la entrada
import-column-fields = Respuestas
import-column-answers = Respuestas
import-column-quantity = Cantidad
import-column-row = Fila
import-column-barcode = Código
import-column-first_name = Nombre
import-column-last_name = Apellidos
import-column-phone_number = Teléfono
import-column-product = Tipo de entrada
import-column-price = Precio
import-column-date = Fecha
import-column-time = Hora
import-column-paid = Pagada
import-column-change = Cambio
import-column-uuid = Id de la entrada
import-column-reservation = Reserva
import-column-name = Nombre completo
import-column-email = Correo electrónico
import-column-starts = Fecha y hora
import-column-status = Estado
import-column-canceled = Anulada
import-column-blocked = Bloqueada
import-column-valid = Válida

## The page

import-event = Evento
import-title = Importar entradas
import-lead = Una lista de entradas vendidas en otro sitio, en CSV o .xlsx: se reconocen las exportaciones de Weezevent, Billetweb, HelloAsso, Universe, Hi.Events, Eventbrite, SeeTickets, pretix, TiBillet y de un servidor como este. Primero se examina: nada cambia hasta que usted lo diga. Una lista más reciente añade, corrige y anula; las entradas escaneadas se quedan.
import-file = Archivo
import-look = Examinar
import-the-import = La importación
import-choices = Lo que el archivo no dice
import-choices-kept = Se guarda para el próximo archivo de este vendedor.
import-look-again = Examinar de nuevo
import-holds = Lo que contiene el archivo
import-first-rows = Las primeras filas
import-mend = Corríjalos en el archivo y examínelo de nuevo. Las filas se numeran como en una hoja de cálculo; el encabezado es la fila 1.
import-column = Columna
import-wrong = Qué está mal
import-past = Importaciones hasta ahora
import-past-tickets = Entradas
import-past-by = Por
import-none = Aún no se ha importado nada en este evento.
import-export = Exportar
import-export-tickets = Entradas en CSV
import-export-scans = Escaneos en CSV
import-export-hint = Las entradas contienen los nombres y teléfonos de los asistentes: guarde el archivo como guarda esos datos.
