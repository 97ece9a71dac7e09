"""What the pages show: view dataclasses and the queries behind them, without the web."""
