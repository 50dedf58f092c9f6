"""Pure rules of a dossier's life: statuses, actions, replay, words."""
