"""Rules side by side: on given series, and on simulated ones whose truth is known."""
