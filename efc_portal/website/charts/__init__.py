"""Charts as accessible SVG drawn on the server, and the figures behind them."""
