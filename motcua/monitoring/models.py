"""Rollups and the readers' own copy of each dossier's facts."""
