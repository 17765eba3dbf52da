"""Papers of one page: slips, receipts, recovery sheets."""
