"""From text to records: what do tables, uploads, ledgers and entries say?"""
