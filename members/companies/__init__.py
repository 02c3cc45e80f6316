"""Companies: finding one, joining it, proving that one acts for it, its public page."""
