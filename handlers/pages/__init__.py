"""The pages that people look at, made from `web/templates`, and the static files behind them."""
