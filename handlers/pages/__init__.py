"""HTML pages, made from `web/templates`, and the static files behind them."""
