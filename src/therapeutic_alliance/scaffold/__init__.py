"""Projects of plugins, made from templates: what ``alliance new`` writes."""
