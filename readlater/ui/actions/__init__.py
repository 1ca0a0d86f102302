"""The deeds of the menus, one file a menu."""
