### Lo que dicen los scripts de varias páginas.

any-unreachable = No se puede conectar con el servidor. Compruebe la conexión y vuelva a intentarlo.
any-failed = Algo ha fallado aquí: vuelva a intentarlo

## Showings

showing-today = Hoy, { $time }
showing-tomorrow = Mañana, { $time }
showing-day = { $day }, { $time }
