"""Where the workspace's own JSX lies; files that import one another stand in one folder of the build."""

import reflex as rx
from reflex_components_lucide.icon import LUCIDE_LIBRARY

SHARED = [rx.asset(name, shared=True) for name in ("parts.jsx", "claims.jsx", "draft.jsx", "composer.jsx")]
ICONS = [LUCIDE_LIBRARY]


def island(file: str) -> str:
    """Return what a component's `library` names for a JSX file beside this module."""
    return rx.asset(file, shared=True).importable_path
