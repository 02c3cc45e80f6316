"""Words too common to tell one text from another, folded (no accents, no capitals).

Short on purpose: a word that may carry the meaning of a question (“sans”, “avant”, “ensemble”) stays.
"""

from __future__ import annotations

_FRENCH = """
a afin ai aie ainsi alors apres as au aucun aura aurait aussi autre autres aux avaient avais avait
avec avez avoir avons bien c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez
ci comme comment d dans de depuis des donc dont du elle elles en encore entre es est et etaient
etait etant ete etes etre eu eux fait font fut il ils j je l la le les leur leurs lors lui m ma mais
me meme memes mes mon n ne ni nos notre nous on ont ou par parce pas peu peut peuvent plus pour
pourquoi qu quand que quel quelle quelles quels qui quoi s sa se sera serait seront ses si sinon
soit sommes son sont sous suis sur t ta te tel telle tels tes ton tous tout toute toutes tres tu un
une vers voici vos votre vous y
"""

_ENGLISH = """
a about all also am an and any are as at be because been being both but by can could d did do does
each for from had has have having he her here his how i if in into is it its ll m me more most my no
nor not of on or our re s she so some such t than that the their them then there these they this
those through to too us ve very was we were what when where which while who whom why will with would
you your
"""

_DUTCH = """
aan al alle alles als altijd andere ben bij d daar dan dat de der deze die dit doch doen dus een en
er ge geen had heb hebben heeft hem het hier hij hoe hun iets ik in is je kan kunnen maar me meer
met mij mijn moet na naar niet niets nog nu of om onder ons ook op over reeds s t te tot u uit uw
van veel voor waar waarom want waren was wat we wel werd wie wij wil worden wordt zal ze zelf zich
zij zijn zo zonder zou
"""

STOP_WORDS: dict[str, frozenset[str]] = {
    "fr": frozenset(_FRENCH.split()),
    "en": frozenset(_ENGLISH.split()),
    "nl": frozenset(_DUTCH.split()),
}
