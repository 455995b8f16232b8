"""Catalogs from and to other tools' formats."""
