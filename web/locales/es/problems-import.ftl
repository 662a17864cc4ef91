### Lo que está mal en un archivo importado y en sus celdas: cada texto figura junto a su fila y su columna.
problem-cell-same = es el mismo que en la fila { $row }
problem-cell-formula-unread = La celda { $cell } contiene una fórmula sin su resultado; su columna no se lee
problem-cell-sold-out = solo quedan { $left } para { $when } ({ $rows }): el archivo tiene { $count }
problem-cell-product-out = solo quedan { $left } de { $product } para { $when } ({ $rows }): el archivo tiene { $count }
problem-cell-other-id = es el de otra entrada que el id de la fila
problem-cell-elsewhere = es de otro evento, o se está importando
problem-cell-there = ya existe
problem-cell-invisible = está entre signos invisibles: leído como { $plain }
problem-cell-replaced = se sustituyó por el error { $said } de la hoja de cálculo: exporte la lista de nuevo
problem-cell-number-lost = una hoja de cálculo lo convirtió en el número { $said }, sus cifras se perdieron: exporte la lista de nuevo y deje la columna como texto
problem-cell-number-last = una hoja de cálculo lo convirtió en el número { $said }, sus últimas cifras se perdieron
problem-cell-number = una hoja de cálculo lo convirtió en el número { $said }: leído como { $plain }
problem-cell-number-kept = una hoja de cálculo lo convirtió en el número { $said }, sus cifras se perdieron: se conserva como está escrito
problem-cell-formula = está escrito como la fórmula { $said }: leído como { $plain }
problem-cell-quotes = está entre comillas: leído como { $plain }
problem-cell-apostrophe = empieza con el apóstrofo de una hoja de cálculo: leído como { $plain }
problem-cell-zeros = perdió sus últimas cifras: una hoja de cálculo puso ceros en su lugar
problem-cell-answers = son más de { $most }: se conservan las primeras
problem-cell-unreadable = no se puede leer: omitido
problem-cell-long = tiene más de { $most } caracteres: se conservan los primeros
problem-cell-unprintable-left = contiene caracteres que no se pueden imprimir: leído sin ellos
problem-cell-unprintable = contiene caracteres que no se pueden imprimir
problem-cell-quantity = indica { $count } entradas: una fila se importa como una
problem-cell-quantity-unread = no se puede leer: una fila se importa como una entrada
problem-cell-more = tiene más celdas que el encabezado: una celda con un separador debe ir entre comillas
problem-cell-no-phone = no es un número de teléfono: se conserva como está escrito
problem-cell-no-mail = no es una dirección de correo: omitida
problem-cell-nothing = no tiene letras ni cifras: ninguna entrada lleva eso
problem-cell-needed = es necesario
problem-cell-no-uuid = no es un uuid
problem-cell-no-date = no es una fecha, como 2026-12-24, 24/12/2026 o 24.12.2026
problem-cell-no-date-dmy = no es una fecha en el orden día, mes, año
problem-cell-no-date-mdy = no es una fecha en el orden mes, día, año
problem-cell-no-date-ymd = no es una fecha en el orden año, mes, día
problem-cell-no-time = no es una hora, como 20:30, 20h30 u 8:30 PM
problem-cell-times-at = A las { $time }, sesiones del evento: { $count }; indique fecha y hora
problem-cell-times = Sesiones del evento: { $count }; indique fecha y hora
problem-cell-times-day = Sesiones ese día: { $count }; indique fecha y hora
problem-cell-no-day = no es un día del evento
problem-cell-dates = { $said } puede ser { $means }, y ninguna fila lo decide: diga cuál
problem-cell-dates-change = { $said } tiene el día y el mes en otro orden que las filas anteriores
problem-cell-state-unread = «{ $head }» no se lee, y dice «{ $said }» ({ $rows }): diga qué significa la columna
problem-cell-paid = debe ser sí o no, y es «{ $said }» ({ $rows }): o diga si es válida, sin pagar, anulada o bloqueada
problem-cell-state = «{ $said }» ({ $rows }) no es un estado conocido: diga si es válida, sin pagar, anulada o bloqueada
problem-cell-total = «{ $said }» hace de esta una línea de totales y no una entrada: omitida
problem-cell-amounts = solo contiene importes, como una línea de totales: omitida
problem-cell-remark = «{ $said }» es una observación y no una entrada: omitida
problem-rows-one = 1 fila
problem-rows-many = { $count } filas
problem-row-at = fila { $row }
problem-rows-at = filas { $low } a { $high }

## The file as a whole

problem-import-no-codes = En la primera fila del archivo no hay ninguna columna de códigos
problem-import-codes-needed = falta: se necesita una columna con el código, el id o la reserva
problem-import-nothing-one = No se importó nada. { $why }: 1 error
problem-import-nothing = No se importó nada. { $why }: { $count } errores
problem-import-why-one = { $why }: 1 error
problem-import-why = { $why }: { $count } errores
problem-import-partly = { $why }. Entradas corregidas antes: { $count }; la misma lista corrige el resto
problem-rows-duplicate = Estos códigos ya existen
problem-rows-sold-out = No hay plazas suficientes
problem-rows-states = Hay estados de entradas desconocidos: diga qué significan
problem-rows-dates = Hay fechas que se leen de dos maneras: diga de cuál
problem-rows-ruined = Hay códigos que una hoja de cálculo ha estropeado
problem-rows-unusable = Estas filas no se pueden importar

## Choices for a file

problem-choice-state = debe ser una palabra del archivo, dos puntos y good, unpaid, cancelled o blocked
problem-choice-column = debe ser un encabezado del archivo, dos puntos y uno de { $values }; o nada
problem-choice-product = debe ser un nombre del archivo, dos puntos y un tipo de entrada del evento
problem-choice-dates = debe ser dmy, mdy o ymd
problem-choice-most = { $most } como máximo
problem-choice-pair = debe ser dos textos con dos puntos entre ellos, de { $most } caracteres como máximo
