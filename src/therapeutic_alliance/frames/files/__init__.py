"""Files of columns: scored piece by piece in bounded memory."""
